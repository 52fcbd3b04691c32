"""A release is loaded, asked, and refuses what would do harm."""

from __future__ import annotations

import gzip
import json
import pickle
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from releases import OWN, TWO_GRAPHS, release
from visidaerah.errors import (
    DatasetError,
    QueryError,
    QueryForbidden,
    QuerySyntaxError,
    UsageError,
)
from visidaerah.store import QueryRequest, Store
from visidaerah.vocabulary import BASE

if TYPE_CHECKING:
    from pathlib import Path

EX = "http://example.org/"
TURTLE = b'<http://example.org/a> <http://example.org/p> "1" .'


def values(store: Store, query: str, **options: tuple[str, ...]) -> list[str]:
    """Return the values of ?o."""
    answer = store.answer(QueryRequest(query=query, **options))  # type: ignore[arg-type]
    bindings = json.loads(answer.body)["results"]["bindings"]
    return sorted(row["o"]["value"] for row in bindings)


def test_the_shipped_release_has_ontology_schemes_and_regions_in_their_graphs() -> None:
    store = Store.shipped()
    names = {graph.value for graph in store.graph_names}
    assert {f"{BASE}graph/{name}" for name in ("ontology", "sectors", "regions")} <= names
    pillar = ox.NamedNode(f"{BASE}ontology#Pillar")
    assert any(store.triples(pillar, graph=ox.NamedNode(f"{BASE}graph/ontology")))
    health = ox.NamedNode(f"{BASE}id/sector/1.02")
    assert any(store.triples(health, graph=ox.NamedNode(f"{BASE}graph/sectors")))
    magelang = ox.NamedNode(f"{BASE}id/region/33.71")
    assert any(store.triples(magelang, graph=ox.NamedNode(f"{BASE}graph/regions")))


def test_loading_the_shipped_release_twice_gives_the_same_version() -> None:
    assert Store.shipped().version == Store.shipped().version


def test_other_content_gives_another_version() -> None:
    assert release(OWN).version != release(TWO_GRAPHS).version
    assert release(OWN).version == release(OWN).version


def test_a_query_meets_the_merge_of_all_graphs_each_triple_once() -> None:
    assert values(release(TWO_GRAPHS), "SELECT ?o { ?s ?p ?o }") == [
        "both",
        "default",
        "one",
        "two",
    ]
    assert len(release(TWO_GRAPHS)) == 4


def test_graph_tells_where_a_statement_comes_from() -> None:
    found = values(release(TWO_GRAPHS), "SELECT ?o { GRAPH <http://example.org/g2> { ?s ?p ?o } }")
    assert found == ["both", "two"]


@pytest.mark.parametrize(
    ("dataset", "query", "found"),
    [
        ({"default_graphs": (EX + "g1",)}, "SELECT ?o { ?s ?p ?o }", ["both", "one"]),
        (
            {"default_graphs": (EX + "g1", EX + "g2")},
            "SELECT ?o { ?s ?p ?o }",
            ["both", "one", "two"],
        ),
        (
            {"default_graphs": (EX + "g1", EX + "g2"), "named_graphs": (EX + "g2",)},
            "SELECT ?o FROM <http://example.org/g1> { ?s ?p ?o . GRAPH ?g { ?s ?p ?o } }",
            ["both", "two"],
        ),
        ({"named_graphs": (EX + "g1",)}, "SELECT ?o { ?s ?p ?o }", []),
        ({"named_graphs": (EX + "g1",)}, "SELECT ?o { GRAPH ?g { ?s ?p ?o } }", ["both", "one"]),
        ({"default_graphs": (EX + "g1",)}, "SELECT ?o { GRAPH ?g { ?s ?p ?o } }", []),
        (
            {"default_graphs": (EX + "g1",)},
            "SELECT ?o FROM <http://example.org/g2> { ?s ?p ?o }",
            ["both", "one"],
        ),
        ({}, "SELECT ?o FROM <http://example.org/g2> { ?s ?p ?o }", ["both", "two"]),
        ({"default_graphs": (EX + "unknown",)}, "SELECT ?o { ?s ?p ?o }", []),
    ],
)
def test_the_protocols_dataset_overrides_from(
    dataset: dict[str, tuple[str, ...]], query: str, found: list[str]
) -> None:
    assert values(release(TWO_GRAPHS), query, **dataset) == found


def test_a_dataset_of_no_iris_is_refused() -> None:
    with pytest.raises(UsageError, match="'not an iri' is no absolute IRI"):
        values(release(TWO_GRAPHS), "SELECT ?o { ?s ?p ?o }", default_graphs=("not an iri",))


def test_statements_come_back_with_the_graphs_that_make_them() -> None:
    quads = set(release(TWO_GRAPHS).quads())
    assert quads == set(ox.parse(TWO_GRAPHS, format=ox.RdfFormat.TRIG))


def test_select_gives_rows_without_unbound_variables() -> None:
    rows = release(OWN).select(
        "SELECT ?plan ?none { ?plan a vd:DevelopmentPlan OPTIONAL { ?plan vd:none ?none } }"
    )
    assert rows == [{"plan": ox.NamedNode(f"{BASE}id/plan/x")}]


def test_select_binds_variables_to_terms() -> None:
    store = release(TWO_GRAPHS)
    rows = store.select("SELECT ?s ?o { ?s ?p ?o }", s=ox.NamedNode(EX + "d"))
    assert [row["o"] for row in rows] == [ox.Literal("default")]
    assert store.select("SELECT ?s ?o { ?s ?p ?o }", o=ox.Literal('"} #')) == []


def test_a_request_binds_variables_to_terms() -> None:
    request = QueryRequest(
        query="SELECT ?s ?o { ?s ?p ?o }", bindings=(("s", ox.NamedNode(EX + "d")),)
    )
    assert b"default" in release(TWO_GRAPHS).answer(request).body


def test_each_form_of_query_has_its_door() -> None:
    store = release(OWN)
    assert store.ask("ASK { ?s a vd:Pillar }")
    assert not store.ask("ASK { ?s a vd:Nothing }")
    assert len(store.construct("CONSTRUCT { ?s a vd:Found } { ?s a vd:Pillar }")) == 1
    with pytest.raises(UsageError):
        store.select("ASK {}")
    with pytest.raises(UsageError):
        store.construct("ASK {}")


def test_our_own_queries_are_told_where_they_do_not_parse() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        release(OWN).select("SELECT ?s WHERE {\n ?s ?p }")
    assert (caught.value.line, caught.value.column) == (2, 9)


@pytest.mark.parametrize(
    ("query", "formats", "kind", "form"),
    [
        ("ASK {}", ("csv",), "boolean", "csv"),
        ("SELECT * {}", ("ttl", "xml", "json"), "bindings", "xml"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", ("json", "nq", "ttl"), "graph", "nq"),
        ("DESCRIBE <http://example.org/a>", ("jsonld",), "graph", "jsonld"),
    ],
)
def test_an_answer_comes_in_the_first_format_that_fits(
    query: str, formats: tuple[str, ...], kind: str, form: str
) -> None:
    answer = release(TWO_GRAPHS).answer(QueryRequest(query=query, formats=formats))
    assert (answer.kind, answer.format) == (kind, form)
    assert answer.body


@pytest.mark.parametrize(
    ("query", "formats"), [("ASK {}", ("ttl",)), ("CONSTRUCT WHERE { ?s ?p ?o }", ("json", "csv"))]
)
def test_a_format_that_does_not_fit_is_refused(query: str, formats: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="written as"):
        release(TWO_GRAPHS).answer(QueryRequest(query=query, formats=formats))


def test_an_unknown_function_leaves_its_variable_unbound() -> None:
    query = "SELECT (<urn:f>(1) AS ?a) (<urn:g>(2) AS ?b) (3 AS ?c) {}"
    answer = release(TWO_GRAPHS).answer(QueryRequest(query=query))
    assert [row.keys() for row in json.loads(answer.body)["results"]["bindings"]] == [{"c"}]


def test_an_unknown_function_in_a_filter_keeps_no_row() -> None:
    assert values(release(TWO_GRAPHS), "SELECT ?o { ?s ?p ?o FILTER(<urn:f>(?o)) }") == []


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <urn:a> <urn:b> 1 }",
        "PREFIX ex: <http://example.org/> DELETE WHERE { ?s ?p ?o }",
        "# a remark\nLOAD <http://example.org/>",
        "clear all",
    ],
)
def test_an_update_is_refused_in_words(update: str) -> None:
    store = release(TWO_GRAPHS)
    with pytest.raises(QuerySyntaxError, match="read-only"):
        store.answer(QueryRequest(query=update))
    assert len(store) == 4


def test_a_query_that_does_not_parse_is_told_where_and_why() -> None:
    with pytest.raises(QuerySyntaxError, match=r"line 2, column 5: the prefix foo: ") as caught:
        release(TWO_GRAPHS).answer(QueryRequest(query="SELECT * {\n ?s foo:p ?o }"))
    assert (caught.value.line, caught.value.column) == (2, 5)
    assert (caught.value.reason, caught.value.paste) == ("unknown-prefix", None)


def test_a_known_prefix_comes_with_the_line_that_declares_it() -> None:
    with pytest.raises(QuerySyntaxError, match="Begin the query with PREFIX vd: ") as caught:
        release(TWO_GRAPHS).answer(QueryRequest(query="SELECT * { ?s vd:hasMission/vd:x ?o }"))
    assert caught.value.paste == "PREFIX vd: <https://w3id.org/visidaerah/ontology#>"
    assert release(TWO_GRAPHS).answer(
        QueryRequest(query=f"{caught.value.paste} SELECT * {{ ?s vd:hasMission/vd:x ?o }}")
    )


@pytest.mark.parametrize(
    "query",
    ["SELECT ?s { ?s ?p ?o", "ASK {{ ?s ?p ?o }\n # a remark\n", "SELECT", "ASK { ?s ?p ?o ."],
)
def test_a_query_that_ends_too_early_is_told_so(query: str) -> None:
    with pytest.raises(QuerySyntaxError, match="ends too early") as caught:
        release(TWO_GRAPHS).answer(QueryRequest(query=query))
    assert caught.value.reason == "ends-early"


@pytest.mark.parametrize("query", ["SELECT ?a { ?a oops }", "SELEC ?a {}", "SELECT ?x ?x {}"])
def test_other_mistakes_have_no_such_reason(query: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        release(TWO_GRAPHS).answer(QueryRequest(query=query))
    assert caught.value.reason is None


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("SELECT * { ?z ?b ?a . OPTIONAL { ?a ?c ?m } }", "z,b,a,c,m"),
        ("select distinct*{?z ?b $a}", "z,b,a"),
        ("PREFIX select: <urn:x> # SELECT *\nSELECT REDUCED * { ?z select:* ?a }", "z,a"),
        ("SELECT * { { SELECT ?b { ?z ?y ?b } } ?a ?p ?b MINUS { ?b ?n ?a } }", "b,a,p"),
        ("SELECT * { ?z ?p ?a BIND(<urn:f>(?a) AS ?b) }", "z,p,a,b"),
        ("SELECT ?b { { SELECT * { ?z ?a ?b } } }", "b"),
        ("SELECT (COUNT(*) AS ?n) { ?z ?a ?b }", "n"),
        ("SELECT * {}", ""),
    ],
)
def test_columns_that_are_not_named_stand_in_the_order_of_the_query(
    query: str, columns: str
) -> None:
    answer = release(TWO_GRAPHS).answer(QueryRequest(query=query, formats=("csv",)))
    assert answer.body.decode().splitlines()[0] == columns


def test_a_syntax_error_behind_a_star_has_its_own_place() -> None:
    with pytest.raises(QuerySyntaxError, match="line 1, column 23") as caught:
        release(TWO_GRAPHS).answer(QueryRequest(query="SELECT * { ?zz ?pp ?o]"))
    assert caught.value.line == 1


def test_service_is_refused_before_evaluation() -> None:
    with pytest.raises(QueryForbidden, match="SERVICE"):
        release(TWO_GRAPHS).answer(QueryRequest(query="ASK { SERVICE <http://x/> {} }"))


def test_deep_nesting_is_refused_before_parsing() -> None:
    with pytest.raises(QueryError, match="brackets inside one another"):
        release(TWO_GRAPHS).answer(QueryRequest(query="SELECT" + "(" * 5000))


def test_requests_and_answers_can_be_sent_to_another_process() -> None:
    request = QueryRequest(query="ASK {}", bindings=(("s", ox.Literal("a", language="id")),))
    assert pickle.loads(pickle.dumps(request)) == request
    answer = release(TWO_GRAPHS).answer(QueryRequest(query="ASK {}"))
    assert pickle.loads(pickle.dumps(answer)) == answer


FILES = {
    "a.ttl": TURTLE,
    "a.nt": TURTLE,
    "a.nq": TURTLE,
    "a.trig": TURTLE,
    "A.TTL": TURTLE,
    "a.ttl.gz": gzip.compress(TURTLE),
    "a.rdf": (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://example.org/">'
        b'<rdf:Description rdf:about="http://example.org/a"><p>1</p></rdf:Description></rdf:RDF>'
    ),
    "a.jsonld": b'{"@id": "http://example.org/a", "http://example.org/p": "1"}',
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_any_rdf_format_is_a_release(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    rows = Store.from_path(tmp_path / name).select("SELECT * { ?s ?p ?o }")
    assert [row["o"] for row in rows] == [ox.Literal("1")]


def test_relative_iris_of_a_file_are_below_it(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_bytes(b"<#x> a <#Y> .")
    assert Store.from_path(path).has(path.as_uri() + "#x")


def test_an_empty_file_is_an_empty_release(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_bytes(b"")
    assert len(Store.from_path(tmp_path / "a.ttl")) == 0


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.docx", b"", "tells no format"),
        ("noextension", b"", "tells no format"),
        ("a.ttl", b"<a <b> .", "is not Turtle: .*line 1"),
        ("a.ttl", b"\xff\xfe", "is not Turtle: .*UTF-8"),
        ("a.nt.gz", b"no gzip", "cannot be read"),
        ("a.nt.gz", gzip.compress(TURTLE)[:-9], "cut short"),
        ("a.jsonld", b'{"@context": "http://example.org/c", "a": "b"}', "nothing is fetched"),
        ("a.jsonld", b'{"@context": 7', "is not JSON-LD"),
        ("a.rdf", b"<html>", "is not RDF/XML"),
    ],
)
def test_a_broken_file_is_refused_in_one_sentence(
    name: str, content: bytes, sentence: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DatasetError, match=sentence):
        Store.from_path(tmp_path / name)


def test_a_missing_file_and_a_folder_without_graphs_are_refused(tmp_path: Path) -> None:
    for name in ("none.ttl", "none"):
        with pytest.raises(DatasetError, match="There is no such file"):
            Store.from_path(tmp_path / name)
    (tmp_path / "notes.txt").write_bytes(b"")
    with pytest.raises(DatasetError, match="has no file of a known format"):
        Store.from_path(tmp_path)


def test_a_release_knows_what_it_says_something_of() -> None:
    store = release(OWN)
    assert store.has(f"{BASE}id/plan/x")
    assert store.has(f"{BASE}graph/inferred")
    assert not store.has(f"{BASE}id/plan/none")


def test_parts_of_a_document_are_found_by_what_is_before_the_hash() -> None:
    document = f"{BASE}id/document/x"
    assert release(OWN).fragments_of(document) == (ox.NamedNode(f"{document}#char=3,9"),)


def test_a_folder_is_a_release_of_all_its_files(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "a.ttl").write_bytes(b"_:x <http://example.org/p> 1 .")
    (tmp_path / "below" / "b.nq.gz").write_bytes(
        gzip.compress(b'_:x <http://example.org/p> "2" <http://example.org/g> .\n')
    )
    (tmp_path / ".hidden.ttl").write_bytes(b"broken")
    (tmp_path / "README.md").write_bytes(b"broken")
    store = Store.from_path(tmp_path)
    assert values(store, "SELECT ?o { ?s ?p ?o }") == ["1", "2"]
    assert values(store, "SELECT (COUNT(DISTINCT ?s) AS ?o) { ?s ?p ?x }") == ["2"]


def test_a_default_graph_of_ones_own_is_kept_beside_named_graphs() -> None:
    quads = set(release(TWO_GRAPHS).quads())
    assert {quad for quad in quads if quad.graph_name == ox.DefaultGraph()}
    assert quads == set(ox.parse(TWO_GRAPHS, format=ox.RdfFormat.TRIG))


def test_a_query_about_the_whole_is_asked_once() -> None:
    store = release(OWN)
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert store.measured(query) == store.select(query)
    assert store.measured(query) is store.measured(query)
