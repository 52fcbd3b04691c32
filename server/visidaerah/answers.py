"""What is asked in SPARQL and what is answered, written piece by piece within bounds."""

from __future__ import annotations

import csv
import io
import os
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Literal, cast

import pyoxigraph as ox
from pyoxigraph import RdfFormat, serialize

from visidaerah.errors import AnswerTooLong, FormatError
from visidaerah.formats import (
    DATASET_FORMATS,
    GRAPH_FORMATS,
    NOT_IN_XML,
    RDF_WRITERS,
    RESULT_FORMATS,
    RESULT_WRITERS,
    as_quad,
    unfit_for_xml,
    write_graph,
    write_results,
)
from visidaerah.screening import Nesting
from visidaerah.slices import Slice, is_select, slice_of, sliced
from visidaerah.spool import Spooled, nameless_file
from visidaerah.vocabulary import BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
    Evaluate = Callable[[str], Result]
    Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

UNBOUNDED = sys.maxsize

SORTED_UP_TO = 20_000
"""Triples of an answer that are written in order; a longer one is written as it is found."""

LEAST_ROW = {"json": 2, "xml": 17, "csv": 2, "tsv": 1}
"""Bytes that a row takes at least, by format: an answer with fewer in all cannot have been cut."""

SLACK = 8
"""The part (one of so many) by which an answer may be longer when it is written a second time."""

LEAST_SLACK = 32 << 10
"""Bytes by which it may be longer in any case: the engine writes some thousand at once."""

STREAM_WRITERS = RDF_WRITERS | {"jsonld": RdfFormat.JSON_LD}

NESTING = Nesting()

Kind = Literal["boolean", "bindings", "graph"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryRequest:
    """A query as it arrives: text, dataset and the formats its sender accepts, best first.

    `default_graphs` and `named_graphs` are the protocol's dataset (SPARQL 1.1 Protocol, 2.1.4),
    which overrides FROM; with neither the query meets the whole release. `base` resolves relative
    IRIs. `bindings` are the values of variables, bound as terms. `rows` is how many rows or triples
    are wanted at most. All values are plain, so that a request can be sent to another process.
    """

    query: str
    formats: tuple[str, ...] = ("json", "ttl")
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    base: str = BASE
    bindings: tuple[tuple[str, Term], ...] = ()
    rows: int = UNBOUNDED


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryAnswer:
    """An answer, written in a format: `kind` tells ASK, SELECT and CONSTRUCT or DESCRIBE apart.

    `content` is in memory, or in a file where it is long. `cut_at` is how many rows or triples it
    has where there are more; None for a whole one. `waited` is for how many seconds the query stood
    in a queue.
    """

    kind: Kind
    format: str
    content: bytes | Spooled
    cut_at: int | None = None
    waited: float = 0.0

    @property
    def body(self) -> bytes:
        """Return the content in memory, however long it is."""
        return self.content if isinstance(self.content, bytes) else self.content.whole()

    def reader(self) -> IO[bytes]:
        """Return a file to read the content from."""
        return (
            io.BytesIO(self.content) if isinstance(self.content, bytes) else self.content.reader()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How long an answer may be: `rows`, bytes (`size`), and how much of it is held in memory.

    What is longer than `inline` bytes goes to a file in `folder`, the usual one by default.
    `nesting` is what the query itself may have.
    """

    rows: int = UNBOUNDED
    size: int = UNBOUNDED
    inline: int = UNBOUNDED
    folder: Path | None = None
    nesting: Nesting = NESTING


WHOLE = Bounds()
"""No bounds: for queries of our own, and for people at their own machine."""


class Full(Exception):
    """A sink has as much as it takes."""


class Sink:
    """Takes an answer as it is written: in memory, and in a file once it is long.

    `largest` is how many bytes it takes. What is XML is refused where XML cannot carry it.
    """

    def __init__(self, bounds: Bounds, *, is_xml: bool) -> None:
        self.size = 0
        self.largest = bounds.size
        self._bounds = bounds
        self._is_xml = is_xml
        self._pieces: list[bytes] = []
        self._descriptor: int | None = None
        self._tail = b""

    def write(self, piece: bytes) -> int:
        """Take a piece.

        Raises Full over the bound, FormatError for a character that XML cannot carry, OSError
        where the file cannot be written.
        """
        if self.size + len(piece) > self.largest:
            raise Full
        if self._is_xml:
            self._refuse_odd(piece)
        self.size += len(piece)
        if self._descriptor is None:
            self._pieces.append(piece)
            if self.size > self._bounds.inline:
                self._move_to_file()
        else:
            write_whole(self._descriptor, piece)
        return len(piece)

    def flush(self) -> None:
        """Do nothing: every piece is where it belongs at once."""

    def _refuse_odd(self, piece: bytes) -> None:
        # A character may be in two pieces.
        seen = self._tail + piece
        odd = NOT_IN_XML.search(seen)
        if odd:
            raise unfit_for_xml(odd.group(), RESULT_FORMATS)
        self._tail = seen[-2:]

    def _move_to_file(self) -> None:
        self._descriptor = nameless_file(self._bounds.folder)
        write_whole(self._descriptor, b"".join(self._pieces))
        self._pieces = []

    def content(self) -> bytes | Spooled:
        """Return what was written; the sink is to be left alone afterwards."""
        if self._descriptor is None:
            return b"".join(self._pieces)
        descriptor, self._descriptor = self._descriptor, None
        return Spooled(descriptor)


def write_whole(descriptor: int, content: bytes) -> None:
    """Write all of it to a file.

    Raises OSError where that cannot be done, as on a full disk.
    """
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def write_answer(evaluate: Evaluate, request: QueryRequest, bounds: Bounds) -> QueryAnswer:
    """Evaluate a query and write its answer in the first accepted format that fits its form.

    Raises FormatError where none does or it cannot carry the answer, AnswerTooLong for an answer
    that cannot be cut, OSError where a file for a long one cannot be written.
    """
    if request.rows < bounds.rows:
        bounds = replace(bounds, rows=request.rows)
    table = Table.of(evaluate, request.query, bounds)
    result = table.result()
    if isinstance(result, ox.QueryTriples):
        form = first_fitting(request.formats, GRAPH_FORMATS, "a graph")
        content, cut_at = written_graph(result, form, bounds)
        return QueryAnswer(kind="graph", format=form, content=content, cut_at=cut_at)
    form = first_fitting(request.formats, RESULT_FORMATS, "a table or a yes or no")
    if isinstance(result, ox.QueryBoolean):
        content = result.serialize(format=RESULT_WRITERS[form]) or b""
        return QueryAnswer(kind="boolean", format=form, content=content)
    content, cut_at = written_table(table, result, form, bounds)
    return QueryAnswer(kind="bindings", format=form, content=content, cut_at=cut_at)


def first_fitting(formats: tuple[str, ...], known: Iterable[str], what: str) -> str:
    """Return the first of the accepted formats that is known.

    Raises FormatError where there is none.
    """
    known = tuple(known)
    for form in formats:
        if form in known:
            return form
    raise FormatError(f"The answer is {what}, which is written as {', '.join(known)} only.")


@dataclass(frozen=True, slots=True)
class Table:
    """A query whose rows can be asked for in part; `rows` is how many it may give.

    `own` is the slice that the query itself asks for, None where it gives no more rows than it may
    in any case.
    """

    evaluate: Evaluate
    query: str
    rows: int
    own: Slice | None

    @classmethod
    def of(cls, evaluate: Evaluate, query: str, bounds: Bounds) -> Table:
        """Return a query of any form within bounds; only those that select rows are cut."""
        own = slice_of(query) if bounds.rows < UNBOUNDED and is_select(query) else None
        fits = own is not None and own.limit is not None and own.limit <= bounds.rows
        return cls(evaluate, query, bounds.rows, None if fits else own)

    def result(self) -> Result:
        """Return the result with no more rows than it may have."""
        if self.own is None:
            return self.evaluate(self.query)
        try:
            return self.part(self.rows)
        except SyntaxError:
            return self.evaluate(self.query)

    def part(self, limit: int, behind: int = 0) -> Result:
        """Return the result with some of the rows, from a number of rows on."""
        offset = slice_of(self.query).offset if self.own is None else self.own.offset
        return self.evaluate(sliced(self.query, Slice(limit, offset + behind)))

    def has_more(self) -> bool:
        """Tell whether there are rows beyond those that it may have."""
        if self.own is None:
            return False
        beyond = self.part(1, self.rows)
        return isinstance(beyond, ox.QuerySolutions) and any(True for _ in beyond)


def written_table(
    table: Table, solutions: ox.QuerySolutions, form: str, bounds: Bounds
) -> tuple[bytes | Spooled, int | None]:
    """Return a table written, and at how many rows it was cut.

    One that has too many bytes is written again with as many rows as they were enough for: only
    the query itself can tell where a row ends in every format.
    """
    sink = Sink(bounds, is_xml=form == "xml")
    try:
        write_results(solutions, form, sink)
    except Full:
        kept = rows_in(sink.content(), form)
        return written_again(table.part(kept), form, bounds), kept
    is_cut = sink.size >= table.rows * LEAST_ROW[form] and table.has_more()
    return sink.content(), table.rows if is_cut else None


def written_again(result: Result, form: str, bounds: Bounds) -> bytes | Spooled:
    """Return fewer rows of a table written.

    Raises AnswerTooLong where they are still too long.
    """
    sink = Sink(with_slack(bounds), is_xml=form == "xml")
    try:
        write_results(cast("ox.QuerySolutions", result), form, sink)
    except Full:
        raise too_long(bounds) from None
    return sink.content()


def rows_in(content: bytes | Spooled, form: str) -> int:
    """Return how many rows a table that breaks off has whole, the last of which may be in doubt."""
    answer = QueryAnswer(kind="bindings", format=form, content=content)
    number = 0
    with answer.reader() as source, suppress(SyntaxError, ValueError, UnicodeDecodeError):
        for _ in rows_of(source, form):
            number += 1
    return max(number - 1, 0)


def rows_of(source: IO[bytes], form: str) -> Iterator[object]:
    """Yield the rows of a written table."""
    if form != "csv":
        parsed = ox.parse_query_results(source, format=RESULT_WRITERS[form])
        yield from cast("ox.QuerySolutions", parsed)
        return
    lines = io.TextIOWrapper(source, encoding="utf-8", newline="")
    yield from islice(csv.reader(lines), 1, None)


def written_graph(
    triples: ox.QueryTriples, form: str, bounds: Bounds
) -> tuple[bytes | Spooled, int | None]:
    """Return a graph written, and at how many triples it was cut.

    A short one is in order, so that equal graphs give equal bytes.
    """
    first = list(islice(triples, SORTED_UP_TO + 1))
    if len(first) <= min(SORTED_UP_TO, bounds.rows):
        content = write_graph(first, form)
        if len(content) <= bounds.size:
            sink = Sink(bounds, is_xml=False)
            sink.write(content)
            return sink.content(), None
    return streamed_graph(chain(first, triples), form, bounds)


def streamed_graph(
    triples: Iterable[ox.Triple], form: str, bounds: Bounds
) -> tuple[bytes | Spooled, int | None]:
    """Return a graph written as its triples come, and at how many it was cut.

    Raises AnswerTooLong for a single triple that is too long, FormatError for what the format
    cannot carry.
    """
    sink = Sink(with_slack(bounds), is_xml=form == "rdf")
    kept = Kept(triples, bounds, sink)
    statements = map(as_quad, kept) if form in DATASET_FORMATS else kept
    try:
        serialize(statements, cast("IO[bytes]", sink), STREAM_WRITERS[form], prefixes=PREFIXES)
    except Full:
        raise too_long(bounds) from None
    except OSError as error:
        if error.errno is None:
            raise FormatError(f"{GRAPH_FORMATS[form].title}: {error}.") from error
        raise
    return sink.content(), kept.number if kept.is_cut else None


class Kept:
    """The triples that have a place within bounds: `number` so far, `is_cut` once there is more."""

    def __init__(self, triples: Iterable[ox.Triple], bounds: Bounds, sink: Sink) -> None:
        self._triples = triples
        self._bounds = bounds
        self._sink = sink
        self.number = 0
        self.is_cut = False

    def __iter__(self) -> Iterator[ox.Triple]:
        """Yield them."""
        for triple in self._triples:
            if self.number >= self._bounds.rows or self._sink.size >= self._bounds.size:
                self.is_cut = True
                return
            self.number += 1
            yield triple


def with_slack(bounds: Bounds) -> Bounds:
    """Return bounds that let an answer end well: the last brackets, rows that are a bit longer."""
    return replace(bounds, size=bounds.size + bounds.size // SLACK + LEAST_SLACK)


def too_long(bounds: Bounds) -> AnswerTooLong:
    """Return the error of an answer that cannot be cut to its limit."""
    return AnswerTooLong(
        f"The answer has more than {bounds.size:,} bytes, and its first row alone is too long. "
        "Ask for less of it, for example with SUBSTR, or fetch a dump (/data)."
    )
