"""Adding many documents: what is bad stops nothing, and what is there is passed over."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from own_plans import (
    REGIONS,
    UNSOUND,
    Capture,
    add,
    curate,
    graph_of,
    kept,
    one_sentence,
    place,  # noqa: F401 (every test works there)
    run,
    text_of,
    write,
)
from visidaerah.errors import UsageError
from visidaerah.library import Entry, Library

if TYPE_CHECKING:
    import pytest


def test_a_batch_with_a_plan_that_breaks_a_rule_ends_with_1(capsys: Capture) -> None:
    for city in REGIONS[:2]:
        add(write(f"texts/{city}.txt", text_of(city)))
        write(f"texts/{city}.txt", text_of(city, "Menata pasar"))
    curate("kota-tegal-2025", UNSOUND)
    capsys.readouterr()
    assert run("add", "texts", "--jobs", "1") == 1
    assert "break rules" in capsys.readouterr().err


def test_many_files_and_folders_are_added_by_all_cores_in_their_order(capsys: Capture) -> None:
    for number, city in enumerate(REGIONS):
        write(f"texts/{number}/{city}.txt", text_of(city))
    write("texts/photo.jpg", b"\xff\xd8\xff")
    write("texts/.hidden.txt", text_of("Metro"))
    assert add("texts", write("Salatiga.txt", text_of("Salatiga")), "--jobs", "2") == 0
    shown = capsys.readouterr()
    slugs = [f"kota-{city.lower()}-2025" for city in (*REGIONS, "Salatiga")]
    assert [line.partition(":")[0] for line in shown.out.splitlines()] == slugs
    assert kept() == sorted(slugs)
    assert "7 added, 0 unchanged, 0 failed" in shown.err


def test_a_batch_goes_on_after_bad_files_and_names_them_at_the_end(capsys: Capture) -> None:
    write("texts/1.txt", text_of("Binjai"))
    write("texts/2.pdf", b"no PDF" + bytes(range(256)) * 10)
    write("texts/3.txt", "Selamat datang.")
    write("texts/4.txt", text_of("Tegal"))
    write("texts/5.txt", text_of("Tegal", "Menata pasar"))
    assert add("texts", "absent.txt", "--jobs", "2") == 1
    told = capsys.readouterr().err.splitlines()
    assert kept() == ["kota-binjai-2025", "kota-tegal-2025"]
    assert [
        next(n for n in ("2.pdf", "3.txt", "5.txt", "absent.txt") if n in line)
        for line in told[:-1]
    ]
    assert told[-1].startswith("2 added, 0 unchanged, 4 failed")


def test_a_batch_resumes_with_what_is_not_there_yet(capsys: Capture) -> None:
    for city in REGIONS:
        write(f"texts/{city}.txt", text_of(city))
    add("texts", "--jobs", "1")
    Path("visidaerah-data/graph/kota-tegal-2025.trig").unlink()
    write("texts/Blitar.txt", text_of("Blitar", "Menata pasar"))
    capsys.readouterr()
    assert add("texts", "--jobs", "1") == 0
    shown = capsys.readouterr()
    assert "2 added, 4 unchanged, 0 failed" in shown.err
    assert [line.partition(":")[0] for line in shown.out.splitlines()] == [
        "kota-blitar-2025",
        "kota-tegal-2025",
    ]
    assert "replaced" in shown.out


def test_a_batch_is_checked_together(capsys: Capture) -> None:
    for city in REGIONS[:2]:
        write(f"texts/{city}.txt", text_of(city))
    assert run("add", "texts", "--jobs", "1") == 0
    assert "Checks     Sound: nothing wrong." in capsys.readouterr().out


def test_the_data_folder_is_not_added_to_itself(capsys: Capture) -> None:
    write("a.txt", text_of("Tegal"))
    Path("loop").symlink_to(".", target_is_directory=True)
    assert add(".") == 0
    capsys.readouterr()
    assert add(".") == 0
    assert capsys.readouterr().out == "kota-tegal-2025 is up to date: a.txt has not changed.\n"
    assert kept() == ["kota-tegal-2025"]
    assert add("visidaerah-data") == 2


def test_an_interrupt_leaves_what_is_whole(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    for city in REGIONS:
        write(f"texts/{city}.txt", text_of(city))
    calls = iter(range(3))

    def stop_at_the_third(*_: object) -> str:
        if next(calls) == 2:
            raise KeyboardInterrupt
        return "added"

    with monkeypatch.context() as patch:
        patch.setattr("visidaerah.cli.findings.line", stop_at_the_third)
        assert add("texts", "--jobs", "1") == 130
    assert "say the same again to go on" in capsys.readouterr().err
    assert len(kept()) == 3
    assert run("build", "--data", "visidaerah-data", "--dry-run") == 0
    assert add("texts", "--jobs", "1") == 0
    assert len(kept()) == len(REGIONS)


def test_add_works_as_a_program_of_its_own() -> None:
    for city in REGIONS[:3]:
        write(f"texts/{city}.txt", text_of(city))
    done = subprocess.run(
        [sys.executable, "-m", "visidaerah", "add", "texts", "--jobs", "2", "--no-check"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stderr.strip().endswith("3 added, 0 unchanged, 0 failed: visidaerah-data")


def test_what_is_to_be_looked_at_is_shown_on_demand(capsys: Capture) -> None:
    write("texts/1.txt", text_of("Tegal"))
    write("texts/2.txt", text_of("Blitar").replace(" TAHUN 2025-2029", ""))
    assert add("texts", "--jobs", "1", "--data", "own") == 0
    shown = capsys.readouterr().out
    assert "kota-blitar: 1 mission, no pillars, 1 thing to look at (texts/2.txt)" in shown
    assert "To see what to look at: visidaerah plans SLUG --data own" in shown
    assert run("plans", "kota-blitar", "--data", "own") == 0
    assert "Look at    The text states no period." in capsys.readouterr().out


def test_a_batch_goes_on_after_a_graph_that_is_broken(capsys: Capture) -> None:
    for city in REGIONS[:2]:
        add(write(f"texts/{city}.txt", text_of(city)))
        write(f"texts/{city}.txt", text_of(city, "Menata pasar"))
    write("visidaerah-data/graph/kota-binjai-2025.trig", "no graph")
    capsys.readouterr()
    assert add("texts", "--jobs", "1") == 1
    told = capsys.readouterr().err
    assert "The graph of kota-binjai-2025 is broken" in told
    assert "Build it again: visidaerah build --data visidaerah-data\n" in told
    assert "1 added, 0 unchanged, 1 failed" in told
    assert run("build", "--data", "visidaerah-data") == 0
    assert add("texts", "--jobs", "1") == 0


def test_copies_in_a_batch_are_one_document(capsys: Capture) -> None:
    for name in ("1", "2", "3"):
        write(f"texts/{name}.txt", text_of("Tegal"))
    for added in (1, 0):
        assert add("texts", "--jobs", "1") == 0
        assert f"{added} added, {3 - added} unchanged, 0 failed" in capsys.readouterr().err


def test_the_name_of_what_is_unchanged_is_taken(capsys: Capture) -> None:
    add(write("texts/1.txt", text_of("Tegal")))
    write("texts/2.txt", text_of("Tegal"))
    write("texts/1.txt", text_of("Tegal", "Menata pasar"))
    capsys.readouterr()
    assert add("texts", "--jobs", "1") == 1
    told = capsys.readouterr().err
    assert "texts/1.txt would be named kota-tegal-2025, which texts/2.txt has in this batch" in told
    assert "0 added, 1 unchanged, 1 failed" in told
    assert "Menata pasar" not in graph_of("kota-tegal-2025")


def test_standard_input_is_no_part_of_a_batch(capsys: Capture) -> None:
    assert add(write("a.txt", text_of("Tegal")), "-") == 2
    assert "Add it by itself" in one_sentence(capsys)


def test_a_disk_that_is_full_stops_a_batch_and_tells_what_is_done(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    for city in REGIONS:
        write(f"texts/{city}.txt", text_of(city))
    put, room = Library.put, iter((True, True, False))

    def almost_full(self: Library, entry: Entry, *, over: str | None = None) -> None:
        if not next(room):
            raise UsageError(f"{self.folder} cannot be written: No space left on device.")
        put(self, entry, over=over)

    monkeypatch.setattr(Library, "put", almost_full)
    assert add("texts", "--jobs", "1") == 2
    tally, reason = capsys.readouterr().err.splitlines()
    assert tally == "2 added, 0 unchanged, 0 failed: stopped; say the same again to go on"
    assert "No space left on device" in reason
    assert len(kept()) == 2


def test_an_interrupt_waits_until_a_document_is_whole(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    for city in REGIONS:
        write(f"texts/{city}.txt", text_of(city))
    exchange = Library._exchange

    def interrupted(self: Library, slug: str, staging: Path) -> None:
        signal.raise_signal(signal.SIGINT)
        exchange(self, slug, staging)

    monkeypatch.setattr(Library, "_exchange", interrupted)
    assert add("texts", "--jobs", "1") == 130
    assert "1 added, 0 unchanged, 0 failed: stopped" in capsys.readouterr().err
    assert run("build", "--data", "visidaerah-data", "--dry-run") == 0


def test_two_batches_at_once_leave_a_folder_that_is_whole() -> None:
    for city in REGIONS:
        write(f"texts/{city}.txt", text_of(city))
    command = [sys.executable, "-m", "visidaerah", "add", "texts", "--jobs", "1", "--no-check"]
    both = [subprocess.Popen(command, stdout=-3, stderr=-3) for _ in range(2)]
    assert {process.wait() for process in both} <= {0, 1}
    assert len(kept()) == len(REGIONS)
    assert run("build", "--data", "visidaerah-data", "--dry-run") == 0
    assert add("texts", "--jobs", "1") == 0
