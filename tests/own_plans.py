"""A person who adds plans of their own at the command line, for the tests."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from visidaerah.cli import main

REGIONS = ("Binjai", "Tegal", "Blitar", "Kediri", "Madiun", "Pekalongan")
UNSOUND = "<plan/kota-tegal-2025/vision> vd:isFoundedOn <plan/kota-tegal-2025/vision> ."
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of the test's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VISIDAERAH_DATA", raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


def text_of(city: str, *missions: str, years: str = "2025-2029") -> str:
    listed = "".join(f"{n}. {mission}\n" for n, mission in enumerate(missions, 1))
    return (
        f"VISI DAN MISI KOTA {city.upper()} TAHUN {years}\n\n"
        f"Visi: “Terwujudnya Kota {city} yang Sehat dan Cerdas”\n\n"
        f"Misi:\n{listed or '1. Meningkatkan mutu pendidikan' + chr(10)}"
    )


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


def folded(text: str) -> str:
    """Return what was shown without the line ends at the terminal's width."""
    return " ".join(text.split())


def one_sentence(capsys: Capture) -> str:
    shown = capsys.readouterr()
    assert shown.out == ""
    assert len(shown.err.splitlines()) == 1
    return shown.err
