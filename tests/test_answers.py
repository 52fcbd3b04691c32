"""Answers are written piece by piece, and one that is cut says so and is well-formed."""

from __future__ import annotations

import csv
import io
import json
import os

import pyoxigraph as ox
import pytest

from visidaerah.answers import SORTED_UP_TO, Bounds, QueryAnswer, QueryRequest
from visidaerah.errors import AnswerTooLong, SpoolFull
from visidaerah.formats import GRAPH_FORMATS, RDF_WRITERS, RESULT_FORMATS, RESULT_WRITERS
from visidaerah.slices import Slice, is_select, slice_of, sliced
from visidaerah.spool import Spooled
from visidaerah.store import Store

EX = "http://example.org/"
ROWS = 5000
ALL = "SELECT ?s ?o { ?s ?p ?o }"


@pytest.fixture(scope="module")
def store() -> Store:
    predicate = ox.NamedNode(EX + "p")
    return Store.from_quads(
        ox.Quad(ox.NamedNode(f"{EX}{n}"), predicate, ox.Literal(f"row, number\n{n}"))
        for n in range(ROWS)
    )


def rows(answer: QueryAnswer) -> int:
    """Return how many rows an answer has, as a reader of its format counts them."""
    if answer.format == "csv":
        return len(list(csv.reader(io.StringIO(answer.body.decode(), newline="")))) - 1
    found = ox.parse_query_results(answer.body, format=RESULT_WRITERS[answer.format])
    assert isinstance(found, ox.QuerySolutions)
    return sum(1 for _ in found)


@pytest.mark.parametrize("form", RESULT_FORMATS)
def test_a_table_over_the_limit_of_rows_is_cut_and_says_so(store: Store, form: str) -> None:
    answer = store.answer(QueryRequest(query=ALL, formats=(form,)), Bounds(rows=100))
    assert (rows(answer), answer.cut_at) == (100, 100)


@pytest.mark.parametrize("form", RESULT_FORMATS)
def test_a_table_over_the_limit_of_bytes_is_cut_behind_a_row(store: Store, form: str) -> None:
    answer = store.answer(QueryRequest(query=ALL, formats=(form,)), Bounds(size=50_000))
    assert answer.cut_at
    assert rows(answer) == answer.cut_at
    assert 40_000 < len(answer.body) < 60_000


@pytest.mark.parametrize("form", RESULT_FORMATS)
def test_a_table_at_the_limit_is_whole(store: Store, form: str) -> None:
    answer = store.answer(QueryRequest(query=ALL, formats=(form,)), Bounds(rows=ROWS))
    assert (rows(answer), answer.cut_at) == (ROWS, None)


@pytest.mark.parametrize(
    ("query", "number", "cut_at"),
    [
        (ALL + " LIMIT 7", 7, None),
        (ALL + " LIMIT 10 OFFSET 4995", 5, None),
        (ALL + " OFFSET 4990", 10, None),
        (ALL + " OFFSET 4989", 10, 10),
        (ALL + " ORDER BY ?o LIMIT 2000", 10, 10),
        ("SELECT ?o { { SELECT ?o { ?s ?p ?o } LIMIT 3000 } }", 10, 10),
        ("SELECT ?o { ?s ?p ?o } VALUES ?o { 1 2 3 }", 0, None),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", 1, None),
        ("SELECT * { VALUES ?x { 1 2 3 } } # LIMIT 99", 3, None),
    ],
)
def test_what_a_query_asks_for_itself_is_kept(
    store: Store, query: str, number: int, cut_at: int | None
) -> None:
    answer = store.answer(QueryRequest(query=query), Bounds(rows=10))
    assert (rows(answer), answer.cut_at) == (number, cut_at)


def test_who_wants_fewer_rows_gets_fewer(store: Store) -> None:
    answer = store.answer(QueryRequest(query=ALL, rows=3), Bounds(rows=100))
    assert (rows(answer), answer.cut_at) == (3, 3)


@pytest.mark.parametrize("form", GRAPH_FORMATS)
@pytest.mark.parametrize("bounds", [Bounds(rows=60), Bounds(size=60_000)])
def test_a_graph_over_a_limit_is_cut_and_says_so(store: Store, form: str, bounds: Bounds) -> None:
    answer = store.answer(
        QueryRequest(query="CONSTRUCT WHERE { ?s ?p ?o }", formats=(form,)), bounds
    )
    known = RDF_WRITERS | {"jsonld": ox.RdfFormat.JSON_LD}
    assert answer.cut_at
    assert len(list(ox.parse(answer.body, format=known[form]))) == answer.cut_at < ROWS


def test_solutions_that_make_one_triple_are_not_cut(store: Store) -> None:
    query = "CONSTRUCT { <urn:a> <urn:b> 1 } WHERE { ?s ?p ?o }"
    assert store.answer(QueryRequest(query=query), Bounds(rows=10)).cut_at is None


def test_a_long_graph_is_written_as_it_is_found() -> None:
    many = SORTED_UP_TO + 5
    store = Store.from_quads(
        ox.Quad(ox.NamedNode(f"{EX}{n}"), ox.NamedNode(EX + "p"), ox.Literal(n))
        for n in range(many)
    )
    request = QueryRequest(query="CONSTRUCT WHERE { ?s ?p ?o }", formats=("nt",))
    answer = store.answer(request)
    assert answer.body.count(b"\n") == many


def test_a_long_answer_is_in_a_file_and_a_short_one_in_memory(store: Store) -> None:
    bounds = Bounds(inline=10_000)
    long = store.answer(QueryRequest(query=ALL, formats=("tsv",)), bounds).content
    assert isinstance(long, Spooled)
    assert long.size == len(long.whole()) == len(b"".join(long))
    long.close()
    assert isinstance(store.answer(QueryRequest(query="ASK {}"), bounds).content, bytes)


def test_a_row_that_is_too_long_cannot_be_cut() -> None:
    literal = ox.Literal("x" * 90_000)
    store = Store.from_quads([ox.Quad(ox.NamedNode(EX), ox.NamedNode(EX + "p"), literal)])
    with pytest.raises(AnswerTooLong, match="more than 9,000 bytes"):
        store.answer(QueryRequest(query="CONSTRUCT WHERE { ?s ?p ?o }"), Bounds(size=9000))
    answer = store.answer(QueryRequest(query=ALL), Bounds(size=9000))
    assert (json.loads(answer.body)["results"]["bindings"], answer.cut_at) == ([], 0)


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_full_disk_is_told(store: Store, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_folder: object) -> int:
        return os.open("/dev/full", os.O_WRONLY)

    monkeypatch.setattr("visidaerah.answers.nameless_file", full)
    with pytest.raises(SpoolFull, match="no place left"):
        store.answer(QueryRequest(query=ALL, formats=(form,)), Bounds(inline=100))


@pytest.mark.parametrize(
    ("query", "own"),
    [
        ("SELECT * {} LIMIT 5 OFFSET 2", Slice(5, 2)),
        ("SELECT * {}limit 5#", Slice(5, 0)),
        ("SELECT * { { SELECT * {} LIMIT 5 } }", Slice()),
        ("SELECT * {} ORDER BY EXISTS { ?s ?p ?o } LIMIT 4", Slice(4, 0)),
        ("SELECT * {} LIMIT 4 VALUES (?a ?b) { (1 2) }", Slice(4, 0)),
        ("PREFIX limit: <urn:5> SELECT * { ?s limit:5 5 }", Slice()),
        ("SELECT * {", Slice()),
        ("", Slice()),
    ],
)
def test_the_slice_of_a_query_is_at_its_own_end(query: str, own: Slice) -> None:
    assert slice_of(query) == own
    assert slice_of(sliced(query, Slice(9, 8))) == Slice(9, 8)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("# ASK\nPREFIX ask: <urn:ask> BASE <urn:x> SELECT * {}", True),
        ("select*{}", True),
        ("CONSTRUCT { ?s ?p ?o } WHERE { { SELECT * { ?s ?p ?o } } }", False),
        ("", False),
    ],
)
def test_queries_that_select_rows_are_known(query: str, told: bool) -> None:
    assert is_select(query) == told
