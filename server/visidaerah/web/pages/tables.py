"""The answer of a query as a table for people: names beside IRIs, columns in words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pyoxigraph as ox

from visidaerah.vocabulary import XSD
from visidaerah.web.pages.results import GRAPH_COLUMNS, column_name
from visidaerah.web.pages.spreadsheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visidaerah.answers import QueryAnswer, Term
    from visidaerah.web.pages.reader import Reader
    from visidaerah.web.pages.spreadsheets import Value

    Row = Sequence[Term | None]

NUMBERS = {
    type_.value
    for type_ in (
        XSD.integer,
        XSD.decimal,
        XSD.double,
        XSD.float,
        XSD.nonNegativeInteger,
        XSD.int,
        XSD.long,
    )
}
MOST_DIGITS = 15
"""Digits of a number that spreadsheet programs keep; one with more stays a text."""

MOST_PLACES = 300
"""Places before or behind the point that such programs can have."""


def answer_sheet(reader: Reader, found: QueryAnswer) -> Sheet:
    """Return an answer as a table; each column with IRIs is two: the names, and the IRIs."""
    if found.kind == "boolean":
        words = reader.t("results.true" if _is_true(found) else "results.false")
        return Sheet(reader.t("table.answer"), (reader.t("table.answer"),), ((words,),))
    heads = _heads(reader, found)
    with_iris = _columns_with_iris(found, len(heads))
    return Sheet(
        reader.t("table.answer"),
        tuple(_double(heads, with_iris)),
        (tuple(_cells(reader, row, with_iris)) for row in _rows(found)),
    )


def _heads(reader: Reader, found: QueryAnswer) -> Sequence[str]:
    if found.kind == "graph":
        return [reader.t(f"results.{name}") for name in GRAPH_COLUMNS]
    with found.reader() as source:
        parsed = ox.parse_query_results(source, format=ox.QueryResultsFormat.JSON)
        variables = parsed.variables if isinstance(parsed, ox.QuerySolutions) else ()
        return [column_name(reader, variable.value) for variable in variables]


def _is_true(found: QueryAnswer) -> bool:
    with found.reader() as source:
        return bool(ox.parse_query_results(source, format=ox.QueryResultsFormat.JSON))


def _rows(found: QueryAnswer) -> Iterator[Row]:
    """Yield the rows; an answer is read again each time, so that none is held whole."""
    with found.reader() as source:
        if found.kind == "graph":
            for quad in ox.parse(source, format=ox.RdfFormat.N_TRIPLES):
                yield tuple(quad.triple)
            return
        parsed = ox.parse_query_results(source, format=ox.QueryResultsFormat.JSON)
        if isinstance(parsed, ox.QuerySolutions):
            yield from map(tuple, parsed)


def _columns_with_iris(found: QueryAnswer, columns: int) -> tuple[bool, ...]:
    with_iris = [False] * columns
    for row in _rows(found):
        for column, term in enumerate(row):
            with_iris[column] |= isinstance(term, ox.NamedNode)
    return tuple(with_iris)


def _double(heads: Sequence[str], with_iris: Sequence[bool]) -> Iterator[str]:
    for head, has_iris in zip(heads, with_iris, strict=True):
        yield head
        if has_iris:
            yield f"{head} (IRI)"


def _cells(reader: Reader, row: Row, with_iris: Sequence[bool]) -> Iterator[Value]:
    for term, has_iris in zip(row, with_iris, strict=True):
        yield value(reader, term)
        if has_iris:
            yield term.value if isinstance(term, ox.NamedNode) else None


def value(reader: Reader, term: Term | None) -> Value:
    """Return a term as the value of a cell: a thing by its name, a number as a number."""
    if isinstance(term, ox.NamedNode):
        return reader.label(term).text
    if isinstance(term, ox.Literal):
        return _number(term) if term.datatype.value in NUMBERS else term.value
    return None if term is None else reader.unlinked(term).text


def _number(literal: ox.Literal) -> Value:
    digits = literal.value
    is_plain = digits.isascii() and sum(map(str.isdecimal, digits)) <= MOST_DIGITS
    try:
        found = Decimal(digits) if is_plain and digits[-1:].isdecimal() else None
    except ArithmeticError:
        return digits
    is_kept = found is not None and found.is_finite() and abs(found.adjusted()) < MOST_PLACES
    return found if is_kept else digits
