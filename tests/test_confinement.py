"""Work in a process of its own ends with an answer, or with the reason why there is none."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from visidaerah.confinement import Confines, environment, run_confined

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = """
import json, os, socket, sys
from visidaerah.confinement import Confines, confine
confine(Confines(**json.loads(sys.argv[1])))
content = sys.stdin.buffer.read()
"""

linux = pytest.mark.skipif(sys.platform != "linux", reason="the limits are those of Linux")


@pytest.fixture
def ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ended:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return Ended(tmp_path)


class Ended:
    """Runs the rest of a program in confines, and tells how it ended."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, program: str, content: bytes = b"", **confines: int) -> tuple[str, bytes]:
        (self._folder / "work.py").write_text(HEAD + textwrap.dedent(program), encoding="utf-8")
        found = run_confined("work", content, Confines(**confines))
        return found.ending, found.answer


def test_the_answer_is_what_the_program_writes(ended: Ended) -> None:
    assert ended("sys.stdout.buffer.write(content[::-1])", b"abc\x00") == ("done", b"\x00cba")


def test_a_program_that_fails_is_lost(ended: Ended) -> None:
    assert ended("sys.stdout.write('half'); raise ValueError") == ("lost", b"")
    assert ended("os.abort()") == ("lost", b"")


@linux
def test_a_program_that_calculates_too_long_is_late(ended: Ended) -> None:
    assert ended("while True: pass", seconds=1) == ("late", b"")


@linux
def test_a_program_that_takes_too_much_memory_is_lost(ended: Ended) -> None:
    assert ended("print(len(bytearray(1 << 30)))", memory=64 << 20) == ("lost", b"")


@linux
def test_a_program_that_answers_too_much_is_lost(ended: Ended) -> None:
    program = "sys.stdout.buffer.write(b'x' * (1 << 20)); sys.stdout.buffer.flush()"
    assert ended(program, answer=1 << 16) == ("lost", b"")


@linux
def test_a_program_reaches_no_network(ended: Ended) -> None:
    program = """
    try:
        socket.create_connection(("127.0.0.1", PORT), timeout=1)
    except OSError as error:
        print("refused" if error.errno != 111 else "asked")
    """
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        assert ended(program.replace("PORT", port)) == ("done", b"refused\n")


@linux
def test_a_program_opens_few_files(ended: Ended) -> None:
    assert ended("[os.dup(0) for _ in range(100)]", files=20) == ("lost", b"")


@linux
def test_a_program_ends_with_the_process_that_began_it(tmp_path: Path) -> None:
    program = "open('pid', 'w').write(str(os.getpid())); time.sleep(60)"
    (tmp_path / "work.py").write_text(f"import time\n{HEAD}\n{program}", encoding="utf-8")
    begin = "from visidaerah.confinement import *; run_confined('work', b'', Confines())"
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-c", begin]
    with subprocess.Popen(command, cwd=tmp_path, env=environment) as beginner:
        pid = waited_for(lambda: (tmp_path / "pid").is_file() and (tmp_path / "pid").read_text())
        assert Path("/proc", pid).exists()
        beginner.kill()
    waited_for(lambda: not is_running(pid))


def is_running(pid: str) -> bool:
    try:
        return ") Z" not in Path("/proc", pid, "stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False


def waited_for(condition: Callable[[], Any]) -> Any:
    """Return what a condition gives as soon as it gives something."""
    for _ in range(400):
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError("It did not come about.")


@linux
def test_limits_that_are_lower_already_stay(ended: Ended) -> None:
    import resource

    program = "import resource; print(resource.getrlimit(resource.RLIMIT_NOFILE))"
    _, highest = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert ended(program, files=highest + 1) == ("done", f"({highest}, {highest})\n".encode())


@linux
def test_a_program_lets_others_go_first(ended: Ended) -> None:
    assert ended("print(os.nice(0))") == ("done", f"{os.nice(0) + 10}\n".encode())


def test_a_program_that_reads_nothing_gets_its_answer_through(ended: Ended) -> None:
    assert ended("sys.stdout.write('done')", b"x" * (1 << 20)) == ("done", b"done")


def test_secrets_of_the_environment_are_not_passed_on() -> None:
    given = {"PATH": "/bin", "AWS_SECRET_ACCESS_KEY": "x", "LANG": "C"}
    assert environment(given) == {"PATH": "/bin", "LANG": "C"}
    assert "PATH" in os.environ
