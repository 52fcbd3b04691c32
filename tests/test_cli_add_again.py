"""Adding a document again: its name, what was said of it and its statements' names stay."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from own_plans import (
    UNSOUND,
    Capture,
    add,
    curate,
    folded,
    graph_of,
    kept,
    names_of,
    one_sentence,
    place,  # noqa: F401 (every test works there)
    run,
    text_of,
    write,
)
from visidaerah.library import Entry, Library


def test_a_plan_that_breaks_a_rule_is_kept_and_the_code_is_1(capsys: Capture) -> None:
    file = write("a.txt", text_of("Tegal"))
    add(file)
    curate("kota-tegal-2025", UNSOUND)
    write(file, text_of("Tegal", "Menata pasar"))
    capsys.readouterr()
    assert run("add", file) == 1
    shown = capsys.readouterr()
    assert "[pillar-rests-on-itself]" in shown.out
    assert (
        shown.err == "visidaerah: kota-tegal-2025 is kept, but breaks rules (see Checks above).\n"
    )
    assert "Menata pasar" in graph_of("kota-tegal-2025")


def test_an_unchanged_file_is_passed_over(capsys: Capture) -> None:
    file = write("a.txt", text_of("Tegal"))
    add(file)
    capsys.readouterr()
    assert add(file) == 0
    assert capsys.readouterr().out == "kota-tegal-2025 is up to date: a.txt has not changed.\n"


def test_a_changed_file_takes_its_own_place_and_says_what_changed(capsys: Capture) -> None:
    add(write("a.txt", text_of("Tegal", "Menata pasar", "Membangun jalan", "Menjaga hutan")))
    capsys.readouterr()
    add(write("a.txt", text_of("Tegal", "Menata pasar", "Membuka sekolah", "Membangun jalan raya")))
    shown = capsys.readouterr().out
    assert "+ mission/4: Membuka sekolah\n" in shown
    assert "~ mission/2: Membangun jalan\n" in shown
    assert "→ Membangun jalan raya\n" in shown
    assert "- mission/3: Menjaga hutan\n" in shown
    assert "mission/1" not in shown
    assert kept() == ["kota-tegal-2025"]


def test_a_mission_put_before_others_leaves_them_their_names(capsys: Capture) -> None:
    add(write("a.txt", text_of("Tegal", "Menata pasar", "Membangun jalan")))
    add(write("a.txt", text_of("Tegal", "Membuka sekolah", "Menata pasar", "Membangun jalan")))
    shown = capsys.readouterr().out
    assert "1. Membuka sekolah [" in shown
    assert "] (mission/3)\n" in shown
    assert names_of("kota-tegal-2025") == [
        "3,1,Membuka sekolah",
        "1,2,Menata pasar",
        "2,3,Membangun jalan",
    ]
    before = graph_of("kota-tegal-2025")
    assert "mission/3/sector/1.01" in before
    Path("visidaerah-data/graph/kota-tegal-2025.trig").unlink()
    assert run("build", "--data", "visidaerah-data") == 0
    assert graph_of("kota-tegal-2025") == before
    capsys.readouterr()
    assert run("plans", "kota-tegal-2025") == 0
    assert "] (mission/3)\n" in capsys.readouterr().out


def test_the_number_of_what_is_gone_is_never_given_again() -> None:
    texts = ["Menata pasar", "Membangun jalan", "Menjaga hutan"]
    add(write("a.txt", text_of("Tegal", *texts)))
    add(write("a.txt", text_of("Tegal", *texts[:2])))
    add(write("a.txt", text_of("Tegal", *texts[:2], "Membuka sekolah")))
    assert names_of("kota-tegal-2025")[-1] == "4,3,Membuka sekolah"
    add(write("a.txt", text_of("Tegal", *texts)))
    assert names_of("kota-tegal-2025")[-1] == "5,3,Menjaga hutan"
    assert run("build", "--data", "visidaerah-data", "--dry-run") == 0


def test_names_that_follow_the_text_need_no_file_of_their_own() -> None:
    file = Path("visidaerah-data/documents/kota-tegal-2025/names.toml")
    add(write("a.txt", text_of("Tegal", "Menata pasar", "Membangun jalan")))
    add(write("a.txt", text_of("Tegal", "Menata pasar", "Membangun jalan", "Menjaga hutan")))
    assert not file.exists()
    add(write("a.txt", text_of("Tegal", "Membangun jalan", "Menata pasar", "Menjaga hutan")))
    assert '"mission/2" = "Membangun jalan"\n"mission/1" = "Menata pasar"' in file.read_text()


def test_a_broken_file_of_names_is_named(capsys: Capture) -> None:
    add(write("a.txt", text_of("Tegal")))
    write("visidaerah-data/documents/kota-tegal-2025/names.toml", '[statements]\n"x" = 1\n')
    capsys.readouterr()
    for arguments in (
        ("plans", "kota-tegal-2025"),
        ("build", "--data", "visidaerah-data"),
        ("add", write("a.txt", text_of("Tegal", "Menata pasar"))),
    ):
        assert run(*arguments) == 1
        assert "kota-tegal-2025/names.toml is not understood" in one_sentence(capsys)


def test_what_people_added_follows_its_statement(capsys: Capture) -> None:
    add(write("a.txt", text_of("Tegal", "Menata pasar", "Membangun jalan")))
    curate("kota-tegal-2025", '<plan/kota-tegal-2025/mission/2> rdfs:label "Build roads"@en .')
    capsys.readouterr()
    add(write("a.txt", text_of("Tegal", "Membuka sekolah", "Menata pasar", "Membangun jalan")))
    assert "curation.ttl" not in capsys.readouterr().out
    assert "2,3,Membangun jalan" in names_of("kota-tegal-2025")
    add(write("a.txt", text_of("Tegal", "Membuka sekolah", "Menata pasar")))
    shown = " ".join(capsys.readouterr().out.split())
    assert (
        "curation.ttl speaks of mission/2, which is not there (it was “Membangun jalan”)" in shown
    )
    assert run("plans", "kota-tegal-2025") == 0
    assert "curation.ttl speaks of mission/2, which is not there:" in capsys.readouterr().out


def test_another_text_of_the_same_region_and_year_needs_a_name(capsys: Capture) -> None:
    add(write("a.txt", text_of("Tegal")))
    capsys.readouterr()
    other = write("b.txt", text_of("Tegal", "Menata pasar"))
    assert add(other) == 1
    assert "b.txt would be named kota-tegal-2025" in one_sentence(capsys)
    assert add(other, "--slug", "tegal-lain") == 0
    assert add(other, "--slug", "kota-tegal-2025") == 0
    assert kept() == ["kota-tegal-2025", "tegal-lain"]
    assert "Menata pasar" in graph_of("kota-tegal-2025")


def test_several_periods_of_a_region_live_side_by_side() -> None:
    for years in ("2015-2019", "2020-2024", "2025-2029"):
        add(write(f"{years}.txt", text_of("Tegal", years=years)))
    assert kept() == ["kota-tegal-2015", "kota-tegal-2020", "kota-tegal-2025"]


def test_a_file_of_the_same_name_in_another_folder_replaces_nothing(capsys: Capture) -> None:
    first = write("a/visi.txt", text_of("Tegal", "Meningkatkan mutu pendidikan"))
    second = write("b/visi.txt", text_of("Tegal", "Membangun puskesmas"))
    assert add(first) == 0
    capsys.readouterr()
    for _ in range(2):
        assert add(second) == 1
        told = one_sentence(capsys)
        assert "would be named kota-tegal-2025, which is there already, from a/visi.txt." in told
    assert "pendidikan" in graph_of("kota-tegal-2025")


def test_the_same_file_touches_nothing_however_often_it_is_said(capsys: Capture) -> None:
    said = (
        write("a.txt", text_of("Tegal")),
        "--url",
        "https://example.org/visi",
        "--region",
        "33.76",
    )
    add(*said)
    before = {path: path.stat().st_mtime_ns for path in Path("visidaerah-data").rglob("*")}
    capsys.readouterr()
    for arguments in (said, said[:1], (*said, "--slug", "kota-tegal-2025")):
        assert add(*arguments) == 0
        assert capsys.readouterr().out.endswith("is up to date: a.txt has not changed.\n")
    assert {path: path.stat().st_mtime_ns for path in Path("visidaerah-data").rglob("*")} == before


def test_corrected_years_are_of_the_same_plan(capsys: Capture) -> None:
    add(write("a.txt", text_of("Tegal")))
    capsys.readouterr()
    assert add(write("a.txt", text_of("Tegal", years="2026-2030"))) == 0
    shown = folded(capsys.readouterr().out)
    assert "Changed ~ period: 2025–2029 → 2026–2030" in shown
    assert "The period changed, and the name kota-tegal-2025 stayed." in shown
    assert "--slug kota-tegal-2026, then visidaerah remove kota-tegal-2025" in shown
    assert kept() == ["kota-tegal-2025"]


def test_what_was_said_of_a_file_need_not_be_said_again(capsys: Capture) -> None:
    said = ("--region", "33.71", "--publisher", "Bappeda", "--title", "Visi resmi")
    add(write("a.txt", text_of("Tegal")), *said)
    assert kept() == ["kota-magelang-2025"]
    add(write("./a.txt", text_of("Tegal", "Menata pasar")))
    assert kept() == ["kota-magelang-2025"]
    for expected in ("region/33.71", '"Visi resmi"', "id/agent/bappeda", "Menata pasar"):
        assert expected in graph_of("kota-magelang-2025")
    capsys.readouterr()
    add("a.txt", "--region", "33.76")
    shown = folded(capsys.readouterr().out)
    assert "~ region: 33.71 → 33.76" in shown
    assert kept() == ["kota-magelang-2025"]


def test_a_new_address_is_told(capsys: Capture) -> None:
    add(write("a.txt", text_of("Tegal")), "--url", "https://example.org/a")
    capsys.readouterr()
    add("a.txt", "--url", "https://example.org/b")
    assert "~ url: https://example.org/a → https://example.org/b" in folded(capsys.readouterr().out)


@pytest.mark.parametrize(
    "other",
    [
        text_of("Blitar", "Meningkatkan mutu pendidikan"),
        text_of("Tegal", "Menata pasar", years="2030-2034").replace("Sehat dan Cerdas", "Bahari"),
    ],
)
def test_a_file_that_now_holds_another_plan_is_asked_about(other: str, capsys: Capture) -> None:
    add(write("unduhan.txt", text_of("Tegal").replace("Terwujudnya Kota Tegal yang", "Kota")))
    before = graph_of("kota-tegal-2025")
    capsys.readouterr()
    assert add(write("unduhan.txt", other)) == 1
    told = one_sentence(capsys)
    assert "unduhan.txt was added as kota-tegal-2025, and now holds another plan" in told
    assert graph_of("kota-tegal-2025") == before
    slug = told.partition("Keep both with --slug ")[2].partition(",")[0]
    assert add("unduhan.txt", "--slug", slug) == 0
    assert kept() == sorted([slug, "kota-tegal-2025"])
    assert "unduhan.txt is there as kota-tegal-2025 too" in folded(capsys.readouterr().out)
    write("unduhan.txt", text_of("Kediri"))
    assert add("unduhan.txt") == 1
    assert "Say which it is with --slug" in one_sentence(capsys)


def test_a_file_that_was_moved_is_known_by_its_content() -> None:
    add(write("a.txt", text_of("Tegal")))
    Path("a.txt").rename("b.txt")
    assert add("b.txt") == 0
    assert add(write("b.txt", text_of("Tegal", "Menata pasar"))) == 0
    assert kept() == ["kota-tegal-2025"]
    assert "Menata pasar" in graph_of("kota-tegal-2025")


def test_a_copy_adds_nothing(capsys: Capture) -> None:
    add(write("a.txt", text_of("Tegal")))
    capsys.readouterr()
    assert add(write("b.txt", text_of("Tegal"))) == 0
    assert capsys.readouterr().out == (
        "kota-tegal-2025 is up to date: b.txt has the same content.\n"
    )


def test_standard_input_replaces_nothing_unasked(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pipe(text: str, *arguments: str) -> int:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        return add("-", *arguments)

    assert pipe(text_of("Tegal")) == 0
    assert pipe(text_of("Tegal")) == 0
    capsys.readouterr()
    assert pipe(text_of("Tegal", "Menata pasar")) == 1
    told = one_sentence(capsys)
    assert "standard input would be named kota-tegal-2025, which is there already" in told
    assert "--slug" in told
    assert "Menata pasar" not in graph_of("kota-tegal-2025")
    assert pipe(text_of("Tegal", "Menata pasar"), "--slug", "kota-tegal-2025") == 0
    assert "Menata pasar" in graph_of("kota-tegal-2025")


def test_a_change_of_another_process_is_not_written_over(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(write("a.txt", text_of("Tegal")))
    write("a.txt", text_of("Tegal", "Menata pasar"))
    capsys.readouterr()

    def meanwhile(self: Library, entry: Entry, *, over: str) -> None:
        put(self, replace(entry, graph=entry.graph + b"# other\n"))
        put(self, entry, over=over)

    put = Library.put
    monkeypatch.setattr(Library, "put", meanwhile)
    assert add("a.txt") == 1
    assert "kota-tegal-2025 was changed by another process meanwhile" in one_sentence(capsys)


def test_goals_and_objectives_are_shown_under_their_mission_and_follow_it(capsys: Capture) -> None:
    aims = "\n\nTujuan:\n1. Pasar yang bersih\n\nSasaran:\n1. Bertambahnya pedagang\n\n"
    text = text_of("Tegal").partition("Misi:")[0]
    first = f"Misi 1: Menata pasar{aims}Misi 2: Membangun jalan\n"
    assert run("add", write("a.txt", text + first)) == 0
    shown = capsys.readouterr().out
    for expected in (
        "             1. Menata pasar [",
        "                Goal 1. Pasar yang bersih [",
        "                   Objective 1. Bertambahnya pedagang [",
        "  Goals      1 found\n",
        "  Objectives 1 found\n",
    ):
        assert expected in shown
    then = first.replace("Misi 2", "Misi 3").replace(
        "Misi 1:", "Misi 1: Membuka sekolah\n\nMisi 2:"
    )
    assert run("add", write("a.txt", text + then)) == 0
    shown = capsys.readouterr().out
    assert "+ mission/3: Membuka sekolah\n" in shown
    assert "goal" not in shown.partition("Changed")[2]
    assert "mission/1/goal/1/objective/1" in graph_of("kota-tegal-2025")
    assert run("plans", "kota-tegal-2025") == 0
    assert "Objective 1. Bertambahnya pedagang [" in capsys.readouterr().out


def test_places_that_a_person_points_to_are_looked_over_when_their_words_change(
    capsys: Capture,
) -> None:
    add(write("a.txt", text_of("Tegal", "Menata pasar")))
    start = text_of("Tegal", "Menata pasar").index("pasar")
    places = [f"<document/kota-tegal-2025#char={a},{b}>" for a, b in ((0, 4), (start, start + 5))]
    link = "<plan/kota-tegal-2025/mission/1> vd:explainedIn"
    curate("kota-tegal-2025", *(f"{link} {each} ." for each in places))
    capsys.readouterr()
    add(write("a.txt", text_of("Tegal", "Meninjau pasar", "Menata pasar")))
    shown = folded(capsys.readouterr().out)
    assert shown.count("curation.ttl points to") == 1
    assert f"characters {start}–{start + 5}, which were “pasar” and are “u pas”" in shown
    add(write("a.txt", text_of("Tegal", "Menata pasar")))
    far = f"{link} <document/kota-tegal-2025#char=0,9999> ."
    curate("kota-tegal-2025", far)
    capsys.readouterr()
    assert add(write("a.txt", text_of("Tegal", "Menata pasar desa"))) == 1
    assert "The curation.ttl of kota-tegal-2025 is wrong: " in one_sentence(capsys)


def test_what_a_person_adds_is_under_their_name_or_nobodys() -> None:
    add(write("a.txt", text_of("Tegal")))
    curate("kota-tegal-2025", '<plan/kota-tegal-2025/mission/1> rdfs:label "Schools"@en .')
    add(write("a.txt", text_of("Tegal", "Meningkatkan mutu pendidikan", "Menata pasar")))
    assert "wasAttributedTo <id/agent/curator-kota-tegal-2025>" in graph_of("kota-tegal-2025")
    metadata = Path("visidaerah-data/documents/kota-tegal-2025/document.toml")
    metadata.write_text(metadata.read_text() + 'curated_by = "Siti Aminah"\n')
    assert run("build", "--data", "visidaerah-data") == 0
    assert "wasAttributedTo <id/agent/siti-aminah>" in graph_of("kota-tegal-2025")
    add(write("a.txt", text_of("Tegal", "Meningkatkan mutu pendidikan")))
    assert "wasAttributedTo <id/agent/siti-aminah>" in graph_of("kota-tegal-2025")
    assert run("check", "--only", "--no-reasoner", "--data", "visidaerah-data") == 0


def test_what_stated_nothing_may_state_something_later() -> None:
    add(write("Kosong.txt", "Selamat datang."), "--yes")
    assert add(write("Kosong.txt", text_of("Tegal"))) == 0
    assert kept() == ["kosong"]
    assert "Meningkatkan mutu pendidikan" in graph_of("kosong")
