"""The clients that people have understand what they are answered."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = """
import sys
sys.path.insert(0, {tests!r})
import socket
from plain_pages import PlainPages
from releases import OWN, release
from visidaerah.web.serving import serve
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
serve(release(OWN), port=port, renderer=PlainPages())
"""
PILLARS = """
PREFIX vd: <https://w3id.org/visidaerah/ontology#>
SELECT ?pillar { ?plan vd:hasPillar ?pillar }"""
PILLAR = "https://w3id.org/visidaerah/id/plan/x/pillar/1"
PLAN = rdflib.URIRef("https://w3id.org/visidaerah/id/plan/x")


@pytest.fixture(scope="module")
def place() -> Iterator[str]:
    program = PROGRAM.format(tests=str(Path(__file__).parent))
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        yield process.stdout.readline().split()[2]
        process.terminate()
        process.wait(timeout=30)


def test_rdflib_asks_the_endpoint(place: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{place}sparql"))
    assert [str(row[0]) for row in graph.query(PILLARS)] == [PILLAR]  # type: ignore[index]
    assert {str(term) for term in graph.objects(PLAN, rdflib.RDFS.label)} == {"Rencana X"}
    built = graph.query("CONSTRUCT WHERE { ?s a ?class }").graph
    assert built is not None
    assert len(built) > 5


# rdflib's own parser still uses what rdflib deprecates.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("kind", ["turtle", "xml", "json-ld", "nt"])
def test_rdflib_follows_a_name_to_its_data(place: str, kind: str) -> None:
    graph = rdflib.Graph().parse(f"{place}id/plan/x", format=kind)
    assert (PLAN, rdflib.RDFS.label, rdflib.Literal("Rencana X", lang="id")) in graph


@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize("way", ["urlencoded", POSTDIRECTLY])
def test_sparqlwrapper_reads_a_table(place: str, method: str, way: str) -> None:
    client = SPARQLWrapper(f"{place}sparql")
    client.setMethod(method)
    client.setRequestMethod(way)
    client.setQuery(PILLARS)
    client.setReturnFormat(JSON)
    answer: Any = client.queryAndConvert()
    rows = answer["results"]["bindings"]
    assert [row["pillar"]["value"] for row in rows] == [PILLAR]


@pytest.mark.parametrize("kind", [XML, CSV])
def test_sparqlwrapper_reads_other_tables(place: str, kind: str) -> None:
    client = SPARQLWrapper(f"{place}sparql")
    client.setQuery(PILLARS)
    client.setReturnFormat(kind)
    result: Any = client.queryAndConvert()
    text = result.toxml() if kind == XML else result.decode()
    assert PILLAR in text


def test_sparqlwrapper_reads_a_graph(place: str) -> None:
    client = SPARQLWrapper(f"{place}sparql")
    client.setQuery("CONSTRUCT WHERE { ?s a ?class }")
    client.setReturnFormat(TURTLE)
    answer: Any = client.queryAndConvert()
    assert b"vd:Pillar" in answer


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_curl_is_answered_without_options(place: str) -> None:
    def curl(*arguments: str) -> str:
        return subprocess.run(
            ["curl", "-sS", *arguments], capture_output=True, text=True, timeout=60, check=True
        ).stdout

    assert "@prefix vd:" in curl("-L", f"{place}id/plan/x")
    table = curl("--data-urlencode", f"query={PILLARS}", f"{place}sparql")
    assert json.loads(table)["results"]["bindings"][0]["pillar"]["value"] == PILLAR
    direct = curl(
        "-H",
        "Content-Type: application/sparql-query",
        "-H",
        "Accept: text/csv",
        "--data-binary",
        PILLARS,
        f"{place}sparql",
    )
    assert direct == f"pillar\n{PILLAR}\n"
    chunked = curl(
        "-H",
        "Content-Type: application/sparql-query",
        "-H",
        "Transfer-Encoding: chunked",
        "--data-binary",
        "ASK {}",
        f"{place}sparql",
    )
    assert json.loads(chunked)["boolean"] is True
