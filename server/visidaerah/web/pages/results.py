"""The answer of a query as a table of terms in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from visidaerah.vocabulary import PREFIXES, XSD
from visidaerah.web.pages.terms import Link, Wording, curie, is_number, name_from, short, shorten
from visidaerah.web.urls import query_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from visidaerah.store import Term
    from visidaerah.web.pages.reader import Reader
    from visidaerah.web.site import Results

LONGEST = 600
"""Characters of a literal that a cell shows; the files have all."""

GRAPH_COLUMNS = ("subject", "predicate", "object")

FORMATS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "bindings": (
        ("csv", "CSV", "text/csv"),
        ("tsv", "TSV", "text/tab-separated-values"),
        ("json", "JSON", "application/sparql-results+json"),
        ("xml", "XML", "application/sparql-results+xml"),
    ),
    "graph": (
        ("ttl", "Turtle", "text/turtle"),
        ("jsonld", "JSON-LD", "application/ld+json"),
        ("nt", "N-Triples", "application/n-triples"),
        ("rdf", "RDF/XML", "application/rdf+xml"),
    ),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A literal in a table; `note` is its datatype where it is neither text nor number."""

    text: str
    language: str | None
    number: bool
    note: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with named columns; a cell is None where its variable is unbound."""

    names: tuple[str, ...]
    rows: tuple[tuple[tuple[str, Link | Cell | None], ...], ...]


@dataclass(frozen=True, slots=True)
class Download:
    """The same answer in another format."""

    href: str
    name: str
    media_type: str


def results_table(reader: Reader, results: Results) -> Table:
    """Return an answer as a table for those who asked in SPARQL: terms as they are."""
    heads, rows = _heads_and_rows(reader, results)
    return _table(heads, ((cell(reader, term) for term in row) for row in rows))


def results_in_words(reader: Reader, results: Results) -> Table:
    """Return an answer as a table for those who never heard of an IRI: things by their names."""
    heads, rows = _heads_and_rows(reader, results)
    names = [column_name(reader, head) for head in heads]
    return _table(names, ((cell_in_words(reader, term) for term in row) for row in rows))


def summary(reader: Reader, results: Results) -> str:
    """Return what an answer is, in a line."""
    if results.kind == "boolean":
        return reader.t("results.yes" if results.boolean else "results.no")
    if not results.total:
        return reader.t("results.nothing")
    if results.kind == "graph":
        return reader.t("results.triples", n=results.total)
    return reader.t("results.rows", n=results.total)


def _heads_and_rows(
    reader: Reader, results: Results
) -> tuple[Sequence[str], Iterable[Sequence[Term | None]]]:
    if results.kind == "graph":
        heads = [reader.t(f"results.{name}") for name in GRAPH_COLUMNS]
        return heads, (tuple(triple) for triple in results.triples)
    return results.variables, results.rows


def _table(heads: Sequence[str], rows: Iterable[Iterable[Link | Cell | None]]) -> Table:
    return Table(tuple(heads), tuple(tuple(zip(heads, row, strict=True)) for row in rows))


def column_name(reader: Reader, variable: str) -> str:
    """Return a variable of a saved query as the head of a column."""
    known = f"column.{variable}"
    return reader.t(known) if known in reader.t.words else name_from(variable)


def cell_in_words(reader: Reader, term: Term | None) -> Link | Cell | None:
    """Return a term as it stands in the answer of a question: things by their names."""
    if isinstance(term, Literal) and term.datatype == XSD.boolean:
        return Cell(reader.t(f"results.{term.value}"), None, number=False, note=None)
    if isinstance(term, Literal) and term.datatype == XSD.decimal:
        return Cell(reader.t.decimal(term.value), None, number=True, note=None)
    if isinstance(term, BlankNode):
        return Cell(reader.unlinked(term).text, None, number=False, note=None)
    if not isinstance(term, NamedNode):
        return cell(reader, term)
    label = reader.short_label(term)
    return reader.link(term, Wording(shorten(label.text, 70), label.language))


def cell(reader: Reader, term: Term | None) -> Link | Cell | None:
    """Return a term as it stands in a table: IRIs by their short names, literals by their words."""
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return reader.link(term, Wording(short(term.value)))
    if not isinstance(term, Literal):
        return Cell(shorten(str(term), LONGEST), None, number=False, note=None)
    plain = term.language or is_number(term) or term.datatype.value == PREFIXES["xsd"] + "string"
    note = None if plain else curie(term.datatype.value)
    return Cell(shorten(term.value, LONGEST), term.language, is_number(term), note)


def downloads(query: str, kind: str) -> tuple[Download, ...]:
    """Return where the answer of a query is in its other formats."""
    formats = FORMATS["graph" if kind == "graph" else "bindings"]
    return tuple(Download(query_path(query, format=name), title, m) for name, title, m in formats)
