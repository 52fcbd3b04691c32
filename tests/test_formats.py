"""Graphs are written in every format, the same graph always as the same bytes."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

from releases import OWN, release
from visidaerah.errors import FormatError, UsageError
from visidaerah.formats import (
    GRAPH_FORMATS,
    RDF_WRITERS,
    graph_format,
    write_graph,
    write_results,
)
from visidaerah.store import QueryRequest, Store

# rdflib's own parsers still use what rdflib deprecates.
pytestmark = pytest.mark.filterwarnings(
    "ignore:(Dataset.default_context|ConjunctiveGraph) is deprecated:DeprecationWarning"
)

RDFLIB_NAMES = {
    "ttl": "turtle",
    "jsonld": "json-ld",
    "rdf": "xml",
    "nt": "nt",
    "trig": "trig",
    "nq": "nquads",
}
EX = "http://example.org/"


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(EX + name)


VALUES: list[ox.NamedNode | ox.BlankNode | ox.Literal] = [
    ox.Literal("x"),
    ox.Literal(""),
    ox.Literal("dua\nbaris “kutip” \U0001f600 \\ </script>"),
    ox.Literal("kota", language="id"),
    ox.Literal("2016", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#gYear")),
    ox.Literal(3),
    ox.Literal("a", datatype=node("type")),
    node("b"),
    node("b/c d".replace(" ", "%20")),
    ox.BlankNode("b1"),
]
TRIPLES = [
    *(ox.Triple(node("a"), node("p"), value) for value in VALUES),
    ox.Triple(ox.BlankNode("b1"), node("p"), ox.Literal("of the blank node")),
    ox.Triple(node("a"), ox.NamedNode(str(rdflib.RDF.type)), node("C")),
]


def parsed(content: bytes, form: str) -> rdflib.Graph:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=content, format=RDFLIB_NAMES[form])
    graph = rdflib.Graph()
    for triple in dataset.triples((None, None, None)):
        graph.add(triple)
    return graph


@pytest.mark.parametrize("form", GRAPH_FORMATS)
def test_every_format_says_the_same(form: str) -> None:
    expected = parsed(write_graph(TRIPLES, "nt"), "nt")
    assert len(expected) == len(TRIPLES)
    assert isomorphic(parsed(write_graph(TRIPLES, form), form), expected)


@pytest.mark.parametrize("form", GRAPH_FORMATS)
def test_the_order_of_the_statements_does_not_matter(form: str) -> None:
    statements = list(release(OWN).quads())
    assert write_graph(statements, form) == write_graph(reversed(statements * 2), form)


def test_formats_with_graphs_keep_them() -> None:
    quads = set(release(OWN).quads())
    for form in ("trig", "nq"):
        read = ox.parse(write_graph(quads, form), format=ox.RdfFormat.from_extension(form))
        assert set(read) == quads


def test_only_prefixes_in_use_are_declared() -> None:
    written = write_graph(release(OWN).quads(), "ttl").decode()
    assert "@prefix vd:" in written
    assert "@prefix dcat:" not in written


def test_json_ld_is_compact_and_needs_no_remote_context() -> None:
    document = json.loads(write_graph(release(OWN).quads(), "jsonld"))
    assert document["@context"]["vd"] == "https://w3id.org/visidaerah/ontology#"
    names = [item["@id"] for item in document["@graph"]]
    assert len(names) == len(set(names))
    pillar = next(item for item in document["@graph"] if item["@id"].endswith("pillar/1"))
    assert pillar["@type"] == ["vd:Pillar"]
    assert pillar["vd:position"] == [{"@value": "1", "@type": "xsd:integer"}]


@pytest.mark.parametrize("form", GRAPH_FORMATS)
def test_an_empty_graph_can_be_written(form: str) -> None:
    assert len(parsed(write_graph([], form), form)) == 0


def test_an_unknown_format_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(UsageError, match=r"'docx'.*ttl, jsonld, rdf, nt, trig, nq"):
        write_graph([], "docx")
    with pytest.raises(UsageError):
        graph_format("html")


def test_a_triple_term_is_beyond_json_ld() -> None:
    said = ox.Triple(node("a"), node("says"), ox.Triple(node("a"), node("p"), node("b")))
    with pytest.raises(UsageError, match="triple term"):
        write_graph([said], "jsonld")


def test_an_iri_with_a_comma_stays_one_field_of_csv() -> None:
    store = ox.Store()
    span = ox.NamedNode("http://example.org/text#char=1,2")
    store.add(ox.Quad(span, ox.NamedNode("http://example.org/p"), ox.Literal('a "b", c\r\nd')))
    found = store.query("SELECT ?s ?o ?none WHERE { ?s ?p ?o }")
    assert isinstance(found, ox.QuerySolutions)
    output = io.BytesIO()
    write_results(found, "csv", output)
    written = output.getvalue().decode()
    assert list(csv.reader(io.StringIO(written, newline=""))) == [
        ["s", "o", "none"],
        [span.value, 'a "b", c\r\nd', ""],
    ]
    assert written.startswith("s,o,none\r\n")


def test_an_unknown_result_format_is_refused() -> None:
    answer = ox.Store().query("ASK {}")
    assert isinstance(answer, ox.QueryBoolean)
    with pytest.raises(UsageError, match="no result format 'doc'"):
        write_results(answer, "doc", io.BytesIO())


ODD_CHARACTERS = ("\x00", "\x01", "\x0b", "\x1f", "\ufffe", "\uffff")


@pytest.mark.parametrize("character", ODD_CHARACTERS)
def test_what_xml_cannot_carry_is_refused_and_others_are_named(character: str) -> None:
    triple = ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("http://e/p"), ox.Literal(character))
    with pytest.raises(FormatError, match=rf"U\+{ord(character):04X}.*Turtle, JSON-LD, N-Triples"):
        write_graph([triple], "rdf")
    request = QueryRequest(query="SELECT ?o { ?s ?p ?o }", formats=("xml",))
    with pytest.raises(FormatError, match="JSON, CSV, TSV"):
        Store.from_quads([ox.Quad(*triple)]).answer(request)


@pytest.mark.parametrize("form", ["ttl", "jsonld", "nt", "trig", "nq"])
def test_other_formats_carry_what_xml_cannot(form: str) -> None:
    triples = [
        ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(character))
        for character in ODD_CHARACTERS
    ]
    reader = ox.RdfFormat.JSON_LD if form == "jsonld" else RDF_WRITERS[form]
    again = {quad.triple for quad in ox.parse(write_graph(triples, form), format=reader)}
    assert again == set(triples)


def test_tabs_line_ends_and_other_alphabets_are_carried_by_xml() -> None:
    words = ox.Literal("a\tb\nc \ufffd \uff5e é \U0001f600")
    triple = ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("http://e/p"), words)
    content = write_graph([triple], "rdf")
    assert {q.triple for q in ox.parse(content, format=ox.RdfFormat.RDF_XML)} == {triple}
