"""A release is loaded into a folder, whole or not at all, and served from there."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from releases import OWN, TWO_GRAPHS, release
from servers import Server, children
from test_web_serving import free_port
from visidaerah.cli import main
from visidaerah.errors import DatasetError, UsageError
from visidaerah.loading import load
from visidaerah.marker import MARKER
from visidaerah.measures import MEASURES
from visidaerah.store import QueryRequest, Store

if TYPE_CHECKING:
    from pathlib import Path


def silent(_line: str) -> None:
    """Tell nobody."""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "two.trig"
    path.write_text(TWO_GRAPHS, encoding="utf-8")
    return path


def test_a_loaded_release_is_the_one_of_its_file(source: Path, tmp_path: Path) -> None:
    load([source], tmp_path / "store", silent)
    found, expected = Store.from_path(tmp_path / "store"), Store.from_path(source)
    assert set(found.quads()) == set(expected.quads())
    assert set(found.triples()) == set(expected.triples())
    assert len(found) == len(expected)
    assert found.graph_names == expected.graph_names


@pytest.mark.parametrize("query", MEASURES)
def test_what_is_counted_at_loading_is_what_queries_count(query: str, tmp_path: Path) -> None:
    (tmp_path / "own.trig").write_text(OWN, encoding="utf-8")
    load([tmp_path / "own.trig"], tmp_path / "store", silent)
    counted = Store.from_path(tmp_path / "store").measured(query)
    expected = release(OWN).select(query)
    assert sorted(map(str, counted)) == sorted(map(str, expected))


def test_many_files_are_loaded_each_with_its_blank_nodes(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.nt").write_bytes(b'_:x <http://example.org/p> "1" .\n')
    (folder / "b.nt.gz").write_bytes(gzip.compress(b'_:x <http://example.org/p> "2" .\n'))
    lines: list[str] = []
    load([folder], tmp_path / "store", lines.append)
    rows = Store.from_path(tmp_path / "store").select("SELECT DISTINCT ?s { ?s ?p ?o }")
    assert len(rows) == 2
    assert [line.split("/")[-1].split(":")[0] for line in lines[:2]] == ["a.nt", "b.nt.gz"]


def test_loading_the_same_files_again_gives_the_same_version(source: Path, tmp_path: Path) -> None:
    first = load([source], tmp_path / "one", silent)
    assert load([source], tmp_path / "two", silent) == first
    source.write_text(OWN, encoding="utf-8")
    assert load([source], tmp_path / "three", silent).version != first.version


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.ttl", b"<a <b> .", "is not Turtle"),
        ("a.nt.gz", gzip.compress(b"<urn:a> <urn:b> <urn:c> .")[:-9], "cut short"),
        ("a.nt.gz", b"no gzip", "cannot be loaded"),
        ("a.doc", b"", "tells no format"),
        ("a.jsonld", b'{"@context": "http://example.org/c", "a": "b"}', "nothing is fetched"),
    ],
)
def test_a_broken_file_leaves_what_was_there(
    name: str, content: bytes, sentence: str, source: Path, tmp_path: Path
) -> None:
    load([source], tmp_path / "store", silent)
    before = set(tmp_path.iterdir())
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DatasetError, match=sentence):
        load([source, tmp_path / name], tmp_path / "store", silent, force=True)
    assert len(Store.from_path(tmp_path / "store")) == 4
    assert set(tmp_path.iterdir()) == before | {tmp_path / name}


def test_a_release_is_replaced_by_force_only(source: Path, tmp_path: Path) -> None:
    load([source], tmp_path / "store", silent)
    with pytest.raises(UsageError, match="--force"):
        load([source], tmp_path / "store", silent)
    source.write_bytes(b"")
    load([source], tmp_path / "store", silent, force=True)
    assert len(Store.from_path(tmp_path / "store")) == 0


def test_a_folder_of_something_else_is_never_replaced(source: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds something else"):
        load([source], tmp_path, silent, force=True)
    assert source.exists()


def test_a_folder_that_cannot_be_written_is_told(source: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises((DatasetError, UsageError), match="file"):
        load([source], tmp_path / "file" / "store", silent)


def test_a_release_of_another_form_is_refused(source: Path, tmp_path: Path) -> None:
    load([source], tmp_path / "store", silent)
    marker = tmp_path / "store" / MARKER
    for text in ("", "[]", '{"form": 99}', '{"form": 1, "x": 1}'):
        marker.write_text(text, encoding="utf-8")
        with pytest.raises(DatasetError, match="visidaerah load"):
            Store.from_path(tmp_path / "store")


def test_a_damaged_release_is_refused_when_it_is_opened(source: Path, tmp_path: Path) -> None:
    load([source], tmp_path / "store", silent)
    for file in (tmp_path / "store" / "quads").iterdir():
        file.write_bytes(b"damaged")
    with pytest.raises(DatasetError, match="cannot be opened"):
        Store.from_path(tmp_path / "store").open()


def test_the_command_loads_and_others_ask(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "store"
    assert main(["load", str(source), "--to", str(store)]) == 0
    assert "4 triples" in capsys.readouterr().out
    query = tmp_path / "all.rq"
    query.write_text("SELECT ?o { ?s ?p ?o }", encoding="utf-8")
    assert main(["query", str(query), "--dataset", str(store), "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["results"]["bindings"]) == 4
    assert main(["load", str(source), "--to", str(store)]) == 2
    assert "--force" in capsys.readouterr().err


def test_long_answers_come_from_a_loaded_release(tmp_path: Path) -> None:
    lines = (f"<urn:{n}> <urn:p> <urn:o> .\n" for n in range(3000))
    (tmp_path / "a.nt").write_text("".join(lines), encoding="utf-8")
    load([tmp_path / "a.nt"], tmp_path / "store", silent)
    answer = Store.from_path(tmp_path / "store").answer(QueryRequest(query="SELECT * {?s ?p ?o}"))
    found = ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.JSON)
    assert isinstance(found, ox.QuerySolutions)
    assert sum(1 for _ in found) == 3000


def command(store: Path, port: int) -> list[str]:
    """Return the command that serves a loaded release."""
    options = ["--dataset", str(store), "--port", str(port)]
    return [sys.executable, "-m", "visidaerah", "serve", *options]


@pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")
def test_a_loaded_release_is_served_and_each_worker_opens_it(source: Path, tmp_path: Path) -> None:
    load([source], tmp_path / "store", silent)
    with subprocess.Popen(
        command(tmp_path / "store", free_port()),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stdout
        server = Server(process, process.stdout.readline().split()[2])
        answer = server.ask("SELECT ?o { ?s ?p ?o } ORDER BY ?o", Accept="text/csv")
        assert answer.text.split() == ["o", "both", "default", "one", "two"]
        assert "4" in server.get(".well-known/void", Accept="text/turtle").text
        assert len(children(process.pid)) == 2
        process.terminate()
        assert process.wait(timeout=30) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")
def test_a_damaged_release_is_not_served(source: Path, tmp_path: Path) -> None:
    load([source], tmp_path / "store", silent)
    for file in (tmp_path / "store" / "quads").iterdir():
        file.write_bytes(b"damaged")
    run = subprocess.run(
        command(tmp_path / "store", free_port()),
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.count("\n") == 1
    assert "cannot be opened" in run.stderr
