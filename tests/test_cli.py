"""The command line: output people can use, errors in one sentence, exit codes for scripts."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, parse

from visidaerah import __version__, assets
from visidaerah.cli import main
from visidaerah.queries import load_queries

if TYPE_CHECKING:
    from pathlib import Path

METRO = "kota-metro"
TEXT = (
    "VISI KOTA METRO\nTerwujudnya Kota Metro yang Rukun\n"
    "MISI KOTA METRO\n1. Meningkatkan mutu pendidikan\n2. Membangun puskesmas\n"
)

Capture = pytest.CaptureFixture[str]


def run(*arguments: str) -> int:
    return main(list(arguments))


def fails(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    assert isinstance(stop.value.code, int)
    return stop.value.code


@pytest.fixture
def text_file(tmp_path: Path) -> Path:
    path = tmp_path / "Visi Kota.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_help_names_every_command(capsys: Capture) -> None:
    assert fails("--help") == 0
    shown = capsys.readouterr().out
    commands = "add plans remove extract build check query questions export serve"
    for command in commands.split():
        assert f"\n    {command}" in shown


def test_the_version_is_the_packages(capsys: Capture) -> None:
    assert fails("--version") == 0
    assert capsys.readouterr().out == f"visidaerah {__version__}\n"


@pytest.mark.parametrize(
    "wrong", [[], ["dance"], ["serve", "--port", "0"], ["export", "--format", "doc"]]
)
def test_a_wrong_call_ends_with_2(wrong: list[str], capsys: Capture) -> None:
    assert fails(*wrong) == 2
    sentence, remedy = capsys.readouterr().err.splitlines()
    assert sentence.startswith("visidaerah: ")
    assert remedy.startswith("What it takes: visidaerah ")
    assert remedy.endswith(" --help")


def test_help_does_not_wait_for_heavy_libraries() -> None:
    program = (
        "import sys\nfrom visidaerah.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = ('flask', 'rdflib', 'owlready2', 'pyshacl', 'yaml')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_extract_gives_offsets_into_the_file(text_file: Path, capsys: Capture) -> None:
    assert run("extract", str(text_file)) == 0
    record = json.loads(capsys.readouterr().out)
    vision = record["vision"]
    assert TEXT[vision["start"] : vision["end"]] == "Terwujudnya Kota Metro yang Rukun"
    missions = [TEXT[m["start"] : m["end"]] for m in record["missions"]]
    assert missions == ["Meningkatkan mutu pendidikan", "Membangun puskesmas"]
    region = record["region"]
    assert (region["name"], region["type"], region["code"]) == ("Metro", "kota", "18.72")
    assert record["sectors_by_mission"] == {"1": ["pendidikan"], "2": ["kesehatan"]}


@pytest.mark.parametrize(("name", "form"), [("ttl", RdfFormat.TURTLE), ("trig", RdfFormat.TRIG)])
def test_extract_gives_a_graph_too(
    name: str, form: RdfFormat, text_file: Path, capsys: Capture
) -> None:
    assert run("extract", str(text_file), "--format", name) == 0
    quads = list(parse(capsys.readouterr().out.encode(), form))
    assert any("id/plan/visi-kota/mission/2" in str(quad.subject) for quad in quads)


def test_extract_of_an_empty_file_says_that_nothing_was_found(
    tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    assert run("extract", str(tmp_path / "empty.txt")) == 0
    shown = capsys.readouterr()
    record = json.loads(shown.out)
    assert (record["vision"], record["missions"], record["pillars"]) == (None, [], [])
    assert "no vision, pillar or mission was found" in shown.err


@pytest.mark.parametrize(
    ("content", "message"), [(None, "cannot be read"), (b"\x89PNG\r\n\x1a\n..", "is an image")]
)
def test_extract_of_an_unreadable_file_is_one_sentence(
    content: bytes | None, message: str, tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / "x.txt"
    if content is not None:
        path.write_bytes(content)
    assert run("extract", str(path)) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert message in shown.err
    assert len(shown.err.splitlines()) == 1


def test_questions_are_listed_in_both_languages(capsys: Capture) -> None:
    assert run("questions") == 0
    lines = capsys.readouterr().out.splitlines()
    assert len([line for line in lines if line and not line.startswith(" ")]) >= 28
    assert any(line.strip().startswith("Apa ") for line in lines)
    assert any(line.strip().startswith("Which ") for line in lines)


def test_a_saved_question_is_answered_as_a_table(capsys: Capture) -> None:
    assert run("query", "what-are-the-missions-of-metro") == 0
    lines = capsys.readouterr().out.splitlines()
    assert "mission" in lines[0].lower()
    assert set(lines[1]) == {"─", " "}
    assert lines[-1].endswith("rows")


@pytest.mark.parametrize("name", [question.name for question in load_queries(assets.queries())])
def test_every_saved_question_can_be_shown_with_its_defaults(name: str, capsys: Capture) -> None:
    assert run("query", name) == 0
    assert capsys.readouterr().out.strip()


def test_a_query_from_a_file_is_answered_in_csv(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "count.rq"
    path.write_text(
        "PREFIX vd: <https://w3id.org/visidaerah/ontology#>\n"
        "SELECT (COUNT(?p) AS ?plans) WHERE { ?p a vd:DevelopmentPlan }"
    )
    assert run("query", str(path), "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert int(rows[0]["plans"]) >= 2


def test_a_query_from_standard_input_may_construct_a_graph(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    query = io.TextIOWrapper(
        io.BytesIO(
            b"CONSTRUCT { ?p a <http://example.org/P> } WHERE { ?p a "
            b"<https://w3id.org/visidaerah/ontology#DevelopmentPlan> }"
        )
    )
    monkeypatch.setattr(sys, "stdin", query)
    assert run("query", "-") == 0
    assert len(list(parse(capsys.readouterr().out.encode(), RdfFormat.TURTLE))) >= 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["query", "no-such-question"], "visidaerah questions"),
        (["query", "what-are-the-missions-of-metro", "--param", "plan"], "NAME=VALUE"),
        (["query", "what-are-the-missions-of-metro", "--param", "colour=red"], "colour"),
        (["export", "--plan", "kota-tiada"], "no plan 'kota-tiada'"),
        (["export", "--plan", "Kota Metro"], "is no slug"),
        (["export", "--dataset", "none.ttl"], "none.ttl"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence_with_the_remedy(
    arguments: list[str], message: str, capsys: Capture
) -> None:
    assert run(*arguments) in {1, 2}
    shown = capsys.readouterr().err
    assert message in shown
    assert len(shown.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("ttl", RdfFormat.TURTLE),
        ("nt", RdfFormat.N_TRIPLES),
        ("rdf", RdfFormat.RDF_XML),
        ("trig", RdfFormat.TRIG),
        ("nq", RdfFormat.N_QUADS),
        ("jsonld", RdfFormat.JSON_LD),
    ],
)
def test_a_plan_is_exported_in_every_format(name: str, form: RdfFormat, tmp_path: Path) -> None:
    target = tmp_path / f"metro.{name}"
    assert run("export", "--plan", METRO, "-o", str(target)) == 0
    triples = {quad.triple for quad in parse(target.read_bytes(), form)}
    assert len(triples) > 500
    assert "kota-magelang" not in target.read_text(encoding="utf-8")


def test_an_export_can_be_served_and_asked_again(tmp_path: Path, capsys: Capture) -> None:
    target = tmp_path / "all.nq"
    assert run("export", "-o", str(target)) == 0
    assert run("query", "what-are-the-missions-of-metro", "--dataset", str(target)) == 0
    assert "5 rows" in capsys.readouterr().out


def test_a_target_that_cannot_be_written_is_named(capsys: Capture) -> None:
    assert run("export", "--plan", METRO, "-o", "/no/such/folder/x.ttl") == 2
    assert "/no/such/folder/x.ttl cannot be written" in capsys.readouterr().err


def test_build_writes_what_changed_and_only_that(tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "documents" / "kota-contoh"
    folder.mkdir(parents=True)
    (folder / "document.toml").write_text('title = "Visi Kota Contoh"')
    (folder / "text.txt").write_text(TEXT)
    assert run("build", "--data", str(tmp_path), "--dry-run") == 1
    assert not (tmp_path / "graph").exists()
    assert run("build", "--data", str(tmp_path)) == 0
    built = (tmp_path / "graph" / "kota-contoh.trig").read_bytes()
    assert b"id/plan/kota-contoh/mission/2" in built
    capsys.readouterr()
    assert run("build", "--data", str(tmp_path)) == 0
    assert "graphs already up to date: 1" in capsys.readouterr().err


def test_a_closed_pipe_is_no_error() -> None:
    done = subprocess.run(
        f"{sys.executable} -m visidaerah export --format nt | head -1",
        shell=True,
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1
