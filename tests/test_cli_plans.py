"""A data folder of one's own: what is in it, taken out of it, or wrong with it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from own_plans import (
    Capture,
    add,
    kept,
    names_of,
    one_sentence,
    place,  # noqa: F401 (every test works there)
    run,
    text_of,
    write,
)


def test_plans_are_listed_and_shown_again(capsys: Capture) -> None:
    assert run("plans") == 0
    assert "no plans yet" in capsys.readouterr().out
    add(write("a.txt", text_of("Tegal", "Menata pasar", "Membangun jalan")))
    capsys.readouterr()
    assert run("plans") == 0
    head, _, row = capsys.readouterr().out.splitlines()
    assert head.split() == ["plan", "region", "years", "pillars", "missions", "title"]
    assert row.split() == ["kota-tegal-2025", "33.76", "2025–2029", "0", "2", "a"]
    assert run("plans", "kota-tegal-2025") == 0
    assert "1. Menata pasar [" in capsys.readouterr().out


def test_a_plan_that_is_not_whole_is_listed_with_the_remedy(capsys: Capture) -> None:
    add(write("a.txt", text_of("Tegal")))
    add(write("b.txt", text_of("Blitar")))
    Path("visidaerah-data/graph/kota-tegal-2025.trig").unlink()
    Path("visidaerah-data/documents/kota-blitar-2025/document.toml").write_text("title = ")
    capsys.readouterr()
    assert run("plans") == 0
    shown = capsys.readouterr().out
    assert "visidaerah build --data visidaerah-data" in shown
    assert "document.toml is not TOML" in shown


def test_a_plan_is_removed_but_what_was_added_by_hand_only_on_demand(capsys: Capture) -> None:
    add(write("a.txt", text_of("Tegal")))
    write("visidaerah-data/documents/kota-tegal-2025/curation.ttl", "# mine")
    capsys.readouterr()
    assert run("remove", "kota-tegal-2025") == 2
    assert "curation.ttl" in one_sentence(capsys)
    assert run("remove", "kota-tegal-2025", "--yes") == 0
    assert kept() == []
    assert run("remove", "kota-tegal-2025") == 2
    assert run("remove", "kota-metro") == 2


def test_a_plan_that_is_removed_and_added_again_keeps_the_names_of_its_statements() -> None:
    add(write("a.txt", text_of("Tegal", "Menata pasar", "Membangun jalan")))
    assert run("remove", "kota-tegal-2025") == 0
    add(write("a.txt", text_of("Tegal", "Memajukan sekolah", "Menata pasar", "Membangun jalan")))
    assert names_of("kota-tegal-2025") == [
        *("3,1,Memajukan sekolah", "1,2,Menata pasar", "2,3,Membangun jalan"),
    ]
    assert not list(Path("visidaerah-data/removed").iterdir())


def test_names_are_forgotten_on_demand_and_by_another_text() -> None:
    again = text_of("Tegal", "Memajukan sekolah", "Menata pasar")
    ordered = ["1,1,Memajukan sekolah", "2,2,Menata pasar"]
    add(write("a.txt", text_of("Tegal", "Menata pasar")))
    run("remove", "kota-tegal-2025", "--forget")
    add(write("a.txt", again))
    assert names_of("kota-tegal-2025") == ordered
    run("remove", "kota-tegal-2025")
    add(write("b.txt", text_of("Blitar", "Membangun jalan")), "--slug", "kota-tegal-2025")
    assert names_of("kota-tegal-2025") == ["1,1,Membangun jalan"]


@pytest.mark.parametrize(
    "command",
    [["query", "which-regions-have-a-plan"], ["export"], ["check"], ["plans"], ["remove", "x"]],
)
def test_a_folder_that_is_none_is_named(command: list[str], capsys: Capture) -> None:
    assert run(*command, "--data", "absent") == 2
    assert "There is no folder absent" in one_sentence(capsys)


def test_a_broken_graph_in_the_folder_is_named_with_the_remedy(capsys: Capture) -> None:
    add(write("a.txt", text_of("Tegal")))
    write("visidaerah-data/graph/kota-tegal-2025.trig", "no graph")
    capsys.readouterr()
    assert run("query", "which-regions-have-a-plan") == 1
    told = one_sentence(capsys)
    assert "kota-tegal-2025.trig is not TriG" in told
    assert "visidaerah build --data visidaerah-data" in told


@pytest.mark.parametrize("command", [["plans"], ["remove", "kota-tegal-2025"], ["check"]])
def test_a_folder_that_is_a_file_is_named(
    command: list[str], capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.txt", text_of("Tegal"))
    assert run(*command, "--data", "a.txt") == 2
    assert "a.txt is a file. Name your data folder" in one_sentence(capsys)
    monkeypatch.setenv("VISIDAERAH_DATA", "a.txt")
    assert run(*command) == 2
    assert "a.txt is a file. Name your data folder" in one_sentence(capsys)


def test_the_remedy_names_the_folder(capsys: Capture) -> None:
    add(write("a.txt", text_of("Tegal")), "--data", "my own")
    capsys.readouterr()
    assert run("plans", "kota-blitar", "--data", "my own") == 2
    assert "visidaerah plans --data 'my own'" in one_sentence(capsys)


def test_a_terminal_of_few_letters_is_shown_what_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    add(write("a.txt", text_of("Tegal")))
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    done = subprocess.run(
        [sys.executable, "-m", "visidaerah", "plans"], check=True, capture_output=True, text=True
    )
    assert "2025?2029" in done.stdout
    assert done.stderr == ""
