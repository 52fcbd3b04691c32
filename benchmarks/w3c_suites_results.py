"""Results of any form become values that are equal where the W3C's tests hold them equal."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from w3c_suites_tests import Term

    Row = tuple[tuple[str, Term], ...]

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
XSD = "http://www.w3.org/2001/XMLSchema#"
CELL, POSITION, COUNT = (ox.NamedNode(f"urn:x-result:{name}") for name in ("c", "i", "n"))
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

VALUES: dict[str, Callable[[str], object]] = {
    XSD + "boolean": lambda text: {"1": "true", "0": "false"}.get(text, text),
    XSD + "integer": int,
    XSD + "decimal": Decimal,
    XSD + "double": float,
    XSD + "float": float,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A result: a yes or no, rows (each with its bound variables, in order), or a graph."""

    boolean: bool | None = None
    rows: tuple[Row, ...] | None = None
    triples: tuple[ox.Triple, ...] | None = None
    is_ordered: bool = False
    is_csv: bool = False


def agree(expected: Found, found: Found, *, is_lax: bool) -> bool:
    """Tell whether a result is the expected one; a lax one may have fewer copies of a row."""
    if expected.boolean is not None or found.boolean is not None:
        return expected.boolean == found.boolean
    if expected.triples is not None:
        triples = found.triples
        return triples is not None and same_graph(map(plain, expected.triples), map(plain, triples))
    if expected.rows is None or found.rows is None:
        return False
    if expected.is_csv:
        return texts(expected) == texts(found)
    if is_lax:
        return set(map(plain_row, expected.rows)) == set(map(plain_row, found.rows))
    is_ordered = expected.is_ordered
    return same_graph(as_graph(expected.rows, is_ordered), as_graph(found.rows, is_ordered))


def same_graph(one: Iterable[ox.Triple], other: Iterable[ox.Triple]) -> bool:
    """Tell whether two graphs are isomorphic."""
    return canonical(one) == canonical(other)


def canonical(triples: Iterable[ox.Triple]) -> ox.Dataset:
    """Return a graph with labels of blank nodes that depend on the graph alone."""
    graph = ox.Dataset(ox.Quad(one.subject, one.predicate, one.object) for one in triples)
    graph.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return graph


def as_graph(rows: Sequence[Row], is_ordered: bool) -> list[ox.Triple]:
    """Return a table as a graph, which is isomorphic for equal tables."""
    counted = (
        [(row, POSITION, place) for place, row in enumerate(rows)]
        if is_ordered
        else [(row, COUNT, times) for row, times in Counter(map(plain_row, rows)).items()]
    )
    graph = []
    for row, predicate, number in counted:
        node = ox.BlankNode()
        graph.append(ox.Triple(node, predicate, ox.Literal(number)))
        for name, term in plain_row(row):
            column = ox.NamedNode(f"{CELL.value}:{name}")
            graph.append(ox.Triple(node, column, term))
    return graph


def plain_row(row: Row) -> Row:
    """Return a row with plain values."""
    return tuple(sorted(((name, plain_term(term)) for name, term in row), key=str))


def plain(triple: ox.Triple) -> ox.Triple:
    """Return a triple with plain values."""
    return ox.Triple(triple.subject, triple.predicate, plain_term(triple.object))


def plain_term(term: Term) -> Term:
    """Return a term as its value would be written: the engine keeps values of numbers."""
    if isinstance(term, ox.Triple):
        return plain(term)
    if not isinstance(term, ox.Literal) or term.datatype.value not in VALUES:
        return term
    try:
        value = VALUES[term.datatype.value](term.value)
    except (ValueError, InvalidOperation):
        return term
    text = f"{value.normalize() + 0:f}" if isinstance(value, Decimal) else str(value)
    return ox.Literal(text, datatype=term.datatype)


def texts(found: Found) -> Counter[tuple[tuple[str, str], ...]]:
    """Return a table as CSV carries it: texts, blank nodes alike."""
    return Counter(
        tuple(sorted((name, "_" if is_blank(term) else text(term)) for name, term in row))
        for row in found.rows or ()
    )


def is_blank(term: Term) -> bool:
    """Tell whether a term is a blank node, or one as CSV writes it."""
    return isinstance(term, ox.BlankNode) or text(term).startswith("_:")


def text(term: Term) -> str:
    """Return a term as CSV writes it."""
    plain = plain_term(term)
    return str(plain) if isinstance(plain, ox.Triple) else plain.value


# Reading


def read_results(content: bytes, kind: str) -> Found:
    """Return the result in some bytes: `kind` is the media type or the extension of a file.

    Raises ValueError or SyntaxError where they hold none.
    """
    if kind in {"text/csv", "csv"}:
        return read_csv(content)
    results = ox.QueryResultsFormat.from_media_type(kind) or (
        ox.QueryResultsFormat.from_extension(kind) if kind not in {"rdf", "ttl"} else None
    )
    if results:
        return of_engine(ox.parse_query_results(content, format=results))
    form = ox.RdfFormat.from_media_type(kind) or ox.RdfFormat.from_extension(kind)
    if form is None:
        raise ValueError(f"{kind!r} is no format of results.")
    return Found(triples=tuple(quad.triple for quad in ox.parse(content, format=form)))


def of_engine(results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Found:
    """Return a result of the engine."""
    if isinstance(results, ox.QueryBoolean):
        return Found(boolean=bool(results))
    if isinstance(results, ox.QueryTriples):
        return Found(triples=tuple(results))
    names = [variable.value for variable in results.variables]
    rows = ([(name, row[name]) for name in names if row[name] is not None] for row in results)
    return Found(rows=tuple(tuple(row) for row in rows))


def read_csv(content: bytes) -> Found:
    """Return the table in CSV."""
    lines = list(csv.reader(io.StringIO(content.decode(), newline="")))
    rows = (zip(lines[0], line, strict=True) for line in lines[1:])
    cells = (tuple((name, ox.Literal(value)) for name, value in row if value) for row in rows)
    return Found(rows=tuple(cells), is_csv=True)


def read_expected(content: bytes, extension: str, base: str) -> Found:
    """Return the result in a file of the suites, which may be a graph that describes a table."""
    results = {"srx": "xml", "srj": "json", "csv": "csv", "tsv": "tsv"}
    if extension in results:
        return read_results(content, results[extension])
    form = ox.RdfFormat.from_extension(extension)
    assert form  # noqa: S101 (the suites have no other files)
    triples = tuple(quad.triple for quad in ox.parse(content, format=form, base_iri=base))
    described = [one.subject for one in triples if one.object == ox.NamedNode(RS + "ResultSet")]
    return described_result(triples, described[0]) if described else Found(triples=triples)


def described_result(triples: Sequence[ox.Triple], node: Term) -> Found:
    """Return the result that a graph describes (DAWG result sets)."""

    def values(subject: Term, name: str) -> list[Term]:
        wanted = ox.NamedNode(RS + name)
        return [one.object for one in triples if (one.subject, one.predicate) == (subject, wanted)]

    booleans = values(node, "boolean")
    if booleans:
        return Found(boolean=text(booleans[0]) == "true")
    solutions = values(node, "solution")
    order = {one: text(place) for one in solutions for place in values(one, "index")}
    rows = [
        tuple(
            (text(values(cell, "variable")[0]), values(cell, "value")[0])
            for cell in values(one, "binding")
        )
        for one in sorted(solutions, key=lambda one: int(order.get(one, 0)))
    ]
    return Found(rows=tuple(rows), is_ordered=bool(order))
