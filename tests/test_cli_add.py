"""Adding documents at the command line: what is shown, kept, refused and resumed."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from visidaerah.cli import main

REGIONS = ("Binjai", "Tegal", "Blitar", "Kediri", "Madiun", "Pekalongan")
UNSOUND = "<plan/kota-tegal-2025/vision> vd:isFoundedOn <plan/kota-tegal-2025/vision> ."
Capture = pytest.CaptureFixture[str]


def text_of(city: str, *missions: str, years: str = "2025-2029") -> str:
    listed = "".join(f"{n}. {mission}\n" for n, mission in enumerate(missions, 1))
    return (
        f"VISI DAN MISI KOTA {city.upper()} TAHUN {years}\n\n"
        f"Visi: “Terwujudnya Kota {city} yang Sehat dan Cerdas”\n\n"
        f"Misi:\n{listed or '1. Meningkatkan mutu pendidikan' + chr(10)}"
    )


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of the test's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VISIDAERAH_DATA", raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


def write(name: str, content: str | bytes) -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return name


def run(*arguments: str) -> int:
    return main(list(arguments))


def add(*arguments: str) -> int:
    return run("add", "--no-check", *arguments)


def kept(folder: str = "visidaerah-data") -> list[str]:
    return sorted(path.name for path in Path(folder, "documents").glob("*"))


def graph_of(slug: str, folder: str = "visidaerah-data") -> str:
    return Path(folder, "graph", f"{slug}.trig").read_text(encoding="utf-8")


def names_of(slug: str) -> list[str]:
    """Return the missions of a plan with their names and places, in the order of the text."""
    query = (
        "PREFIX vd: <https://w3id.org/visidaerah/ontology#> "
        "SELECT ?name ?place ?text WHERE { "
        f"<https://w3id.org/visidaerah/id/plan/{slug}> vd:hasMission ?mission . "
        "?mission vd:position ?place ; vd:normalizedText ?text . "
        "BIND(REPLACE(STR(?mission), '^.*/mission/', '') AS ?name) } ORDER BY ?place"
    )
    write("names.rq", query)
    with redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")) as answer:
        run("query", "names.rq", "--only", "--format", "csv")
        answer.seek(0)
        return answer.read().splitlines()[1:]


def curate(slug: str, *statements: str, folder: str = "visidaerah-data") -> None:
    head = (
        "@base <https://w3id.org/visidaerah/id/> .",
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
        "@prefix vd: <https://w3id.org/visidaerah/ontology#> .",
    )
    write(f"{folder}/documents/{slug}/curation.ttl", "\n".join((*head, *statements)) + "\n")


def one_sentence(capsys: Capture) -> str:
    shown = capsys.readouterr()
    assert shown.out == ""
    assert len(shown.err.splitlines()) == 1
    return shown.err


def test_what_was_found_is_shown_checked_and_kept(capsys: Capture) -> None:
    file = write("Visi.txt", text_of("Tegal", "Meningkatkan mutu pendidikan", "Membangun jalan"))
    assert run("add", file) == 0
    shown = capsys.readouterr().out
    for expected in (
        "kota-tegal-2025: Visi.txt",
        "Kota Tegal (33.76)",
        "2025–2029",
        "Terwujudnya Kota Tegal yang Sehat dan Cerdas [",
        "2 found",
        "1. Meningkatkan mutu pendidikan [",
        "Pendidikan (",
        "Checks     Sound: nothing wrong.",
    ):
        assert expected in shown
    assert kept() == ["kota-tegal-2025"]
    text = Path("visidaerah-data/documents/kota-tegal-2025/text.txt")
    assert text.read_bytes() == Path(file).read_bytes()


def test_a_region_that_is_not_known_is_a_warning(capsys: Capture) -> None:
    file = write("desa.txt", text_of("Tegal").replace("Kota Tegal", "Desa Antah"))
    write(file, Path(file).read_text(encoding="utf-8").replace("KOTA TEGAL", "DESA ANTAH"))
    assert run("add", file) == 0
    shown = capsys.readouterr().out
    assert "It is the vision of a village" in shown
    assert "Sound: 1 warning." in shown
    assert kept() == ["desa-antah-2025"]


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


def test_a_batch_with_a_plan_that_breaks_a_rule_ends_with_1(capsys: Capture) -> None:
    for city in REGIONS[:2]:
        add(write(f"texts/{city}.txt", text_of(city)))
        write(f"texts/{city}.txt", text_of(city, "Menata pasar"))
    curate("kota-tegal-2025", UNSOUND)
    capsys.readouterr()
    assert run("add", "texts", "--jobs", "1") == 1
    assert "break rules" in capsys.readouterr().err


def test_own_plans_stand_beside_the_shipped_ones(capsys: Capture) -> None:
    add(write("a.txt", text_of("Tegal")))
    capsys.readouterr()
    run("query", "which-regions-have-a-plan")
    shown = capsys.readouterr().out
    assert "Kota Tegal" in shown
    assert "Kota Metro" in shown
    run("query", "which-regions-have-a-plan", "--only")
    shown = capsys.readouterr().out
    assert "Kota Tegal" in shown
    assert "Kota Metro" not in shown


def test_one_plan_of_the_folder_is_exported() -> None:
    add(write("a.txt", text_of("Tegal")), "--data", "own")
    assert run("export", "--plan", "kota-tegal-2025", "--data", "own", "-o", "tegal.ttl") == 0
    assert "Meningkatkan mutu pendidikan" in Path("tegal.ttl").read_text(encoding="utf-8")


def test_the_environment_names_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISIDAERAH_DATA", "mine")
    add(write("a.txt", text_of("Tegal")))
    assert kept("mine") == ["kota-tegal-2025"]
    assert not Path("visidaerah-data").exists()


def test_a_plan_of_ones_own_takes_the_place_of_the_shipped_one(capsys: Capture) -> None:
    add(write("a.txt", text_of("Metro", "Menata pasar")), "--slug", "kota-metro")
    capsys.readouterr()
    assert run("query", "what-are-the-missions-of-metro") == 0
    shown = capsys.readouterr().out
    assert "Menata pasar" in shown
    assert "1 row" in shown


def test_what_is_said_of_a_document_is_kept_and_in_its_graph() -> None:
    said = {
        "--title": 'Visi "resmi" \\ Tegal',
        "--url": "https://example.org/visi",
        "--retrieved": "2026-01-31",
        "--publisher": "Bappeda",
        "--region": "33.71",
        "--slug": "tegal-resmi",
    }
    assert (
        add(write("a.txt", text_of("Tegal")), *(part for pair in said.items() for part in pair))
        == 0
    )
    assert kept() == ["tegal-resmi"]
    graph = graph_of("tegal-resmi")
    for expected in ("//example.org/visi", "2026-01-31", "region/33.71", 'Visi \\"resmi\\"'):
        assert expected in graph
    add(write("a.txt", text_of("Tegal", "Menata pasar")), "--slug", "tegal-resmi")
    assert "//example.org/visi" in graph_of("tegal-resmi")
    assert "Menata pasar" in graph_of("tegal-resmi")


def test_a_rebuild_gives_the_same_graph() -> None:
    add(write("a.html", f"<html><body><main><p>{text_of('Tegal')}</p></main></body></html>"))
    slug = kept()[0]
    before = graph_of(slug)
    Path(f"visidaerah-data/graph/{slug}.trig").unlink()
    assert run("build", "--data", "visidaerah-data") == 0
    assert graph_of(slug) == before
    assert Path(f"visidaerah-data/documents/{slug}/original.html").is_file()


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


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("nothing.txt", "Selamat datang di laman kami.", "--yes"),
        ("empty.txt", "", "empty.txt is empty"),
        ("blank.txt", " \n\t", "blank.txt is empty"),
        ("scan.png", b"\x89PNG\r\n\x1a\n", "is an image"),
        ("rubbish.bin", bytes(range(256)) * 40, "is no text"),
        ("broken.docx", b"PK\x03\x04 not a zip", "broken.docx"),
    ],
)
def test_what_gives_no_plan_is_refused_in_one_sentence(
    name: str, content: str | bytes, message: str, capsys: Capture
) -> None:
    assert add(write(name, content)) == 1
    assert message in one_sentence(capsys)
    assert kept() == []


def test_what_states_nothing_is_added_on_demand() -> None:
    assert add(write("Kosong.txt", "Selamat datang."), "--yes") == 0
    assert kept() == ["kosong"]
    assert "vd:Mission" not in graph_of("kosong")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["absent.txt"], "absent.txt cannot be read"),
        (["a.txt", "--region", "99.99"], "no region with the code '99.99'"),
        (["a.txt", "--slug", "Kota Tegal"], "is no slug"),
        (["a.txt", "--url", "visi.html"], "https://"),
        (["a.txt", "b.txt", "--slug", "x"], "of one document"),
        (["a.txt", "--data", "a.txt"], "a.txt cannot be written"),
        (["hollow"], "hollow has no document"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_with_the_remedy(
    arguments: list[str], message: str, capsys: Capture
) -> None:
    write("a.txt", text_of("Tegal"))
    write("b.txt", text_of("Blitar"))
    Path("hollow").mkdir()
    assert add(*arguments) in {1, 2}
    assert message in one_sentence(capsys)
    assert kept() == []


@pytest.mark.parametrize(
    "wrong", [["--retrieved", "yesterday"], ["--jobs", "0"], ["--jobs", "many"]]
)
def test_a_wrong_call_of_add_ends_with_2(wrong: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as stop:
        add("a.txt", *wrong)
    assert stop.value.code == 2
    assert wrong[1] in capsys.readouterr().err


def test_standard_input_is_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    content = io.TextIOWrapper(io.BytesIO(text_of("Tegal").encode()))
    monkeypatch.setattr(sys, "stdin", content)
    assert add("-") == 0
    assert kept() == ["kota-tegal-2025"]


@pytest.mark.parametrize(
    "name", ["visi\nmisi.txt", "visi\udcff.txt", "Visi “Tegal” (1).txt", "-.txt"]
)
def test_names_of_files_may_be_odd(name: str, capsys: Capture) -> None:
    assert add(write(f"./{name}", text_of("Antahberantah").replace("Kota Antahberantah", ""))) == 0
    assert len(kept()) == 1
    assert run("plans") == 0
    assert len(capsys.readouterr().out.encode().splitlines()) >= 3


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


@pytest.mark.parametrize("command", [["query", "which-regions-have-a-plan"], ["export"], ["check"]])
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


def test_a_document_of_word_is_added_with_its_file() -> None:
    body = "".join(
        f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text_of("Tegal").splitlines()
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile("Visi.docx", "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>',
        )
    assert add("Visi.docx") == 0
    assert Path("visidaerah-data/documents/kota-tegal-2025/original.docx").is_file()
    assert "document/kota-tegal-2025/file" in graph_of("kota-tegal-2025")


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


def test_a_document_of_a_page_is_sound_too(capsys: Capture) -> None:
    page = (
        "<html><body><h1>Visi dan Misi Kota Tegal 2025-2029</h1>"
        "<p>Visi: “Terwujudnya Kota Tegal yang Sehat”</p><h2>Misi</h2>"
        "<ol><li>Meningkatkan mutu pendidikan</li><li>Membangun puskesmas</li></ol></body></html>"
    )
    assert run("add", write("visi.html", page)) == 0
    assert "Sound: nothing wrong." in capsys.readouterr().out


def test_a_file_of_the_same_name_in_another_folder_replaces_nothing(capsys: Capture) -> None:
    first = write("a/visi.txt", text_of("Tegal", "Meningkatkan mutu pendidikan"))
    second = write("b/visi.txt", text_of("Tegal", "Membangun puskesmas"))
    assert add(first) == 0
    capsys.readouterr()
    for _ in range(2):
        assert add(second) == 1
        assert "would be named kota-tegal-2025, which is there already" in one_sentence(capsys)
    assert "pendidikan" in graph_of("kota-tegal-2025")
