"""What the README shows runs, and it shows every command."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from visidaerah.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
LINES = [line.partition(" #")[0].strip() for line in "".join(BLOCKS).splitlines() if line.strip()]


def test_the_readme_shows_commands() -> None:
    assert len(LINES) >= 8


@pytest.mark.checkout
@pytest.mark.parametrize("line", LINES)
def test_a_command_of_the_readme_runs(line: str, tmp_path: Path) -> None:
    program = f"{shlex.quote(sys.executable)} -m visidaerah"
    command = re.sub(r"\bvisidaerah (?=\w)", f"{program} ", line)
    command = command.replace("data/documents", str(ROOT / "data" / "documents"))
    command = command.replace("build ", f"build --data {shlex.quote(str(ROOT / 'data'))} ")
    done = subprocess.run(
        command, shell=True, cwd=tmp_path, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_the_document_that_the_readme_adds_gives_what_is_shown(tmp_path: Path) -> None:
    (document,) = re.findall(r"```text\n(.*?)```", README, re.DOTALL)
    (shown,) = re.findall(r"```console\n(\$ visidaerah add .*?)```", README, re.DOTALL)
    (tmp_path / "visi-misi.md").write_text(document, encoding="utf-8")
    turns = [turn.partition("\n") for turn in shown.split("$ visidaerah ")[1:]]
    assert len(turns) >= 2
    for command, _, expected in turns:
        done = subprocess.run(
            [sys.executable, "-m", "visidaerah", *shlex.split(command)],
            cwd=tmp_path,
            env={**os.environ, "COLUMNS": "100", "VISIDAERAH_DATA": ""},
            check=True,
            capture_output=True,
            text=True,
        )
        assert done.stdout == expected


def test_the_readme_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    commands = re.findall(r"^    (\w+)\s", capsys.readouterr().out, re.MULTILINE)
    assert len(commands) == 11
    assert [name for name in commands if f"visidaerah {name}" not in README] == []


def test_the_two_commands_are_targets_of_make() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("serve", "test", "check", "format"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
        assert f"make {target}" in README + CONTRIBUTING
