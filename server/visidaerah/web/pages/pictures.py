"""Answers of queries as pictures: bars for counts, a network for a graph, laid out as values."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from visidaerah.vocabulary import RDF
from visidaerah.web.pages.terms import is_number, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Triple

    from visidaerah.store import Term
    from visidaerah.web.pages.reader import Reader
    from visidaerah.web.site import Results

    Node = NamedNode | BlankNode

MOST_BARS = 40
MOST_NODES = 60
"""More are no picture but a thicket; the table has all."""

COLUMN_WIDTH = 300
NODE_WIDTH = 190
ROW_HEIGHT = 44
NODE_HEIGHT = 28
LONGEST_LABEL = 23


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its name, its number as it is written, and its length in hundredths of the longest."""

    name: str
    number: str
    length: int


@dataclass(frozen=True, slots=True)
class Box:
    """A thing in a network: the left upper corner, its name and where it leads."""

    x: int
    y: int
    name: str
    href: str | None

    @property
    def middle(self) -> int:
        """The height at which lines meet it."""
        return self.y + NODE_HEIGHT // 2


@dataclass(frozen=True, slots=True)
class Line:
    """A relation between two things: its path (SVG), and its name at a place."""

    path: str
    name: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Network:
    """A graph as a picture of a width and height in pixels."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: int
    height: int


def bars_of(reader: Reader, results: Results) -> tuple[Bar, ...]:
    """Return a table of names and numbers as bars; none where it is no such table, or too long."""
    column = number_column(results)
    if column is None or not 1 < results.total <= MOST_BARS:
        return ()
    pairs = [(row[1 - column], row[column]) for row in results.rows]
    values = [amount(term) for _, term in pairs]
    longest = max(values)
    return tuple(
        Bar(name_of(reader, name), written(reader, number), round(100 * value / longest))
        for (name, number), value in zip(pairs, values, strict=True)
        if longest
    )


def number_column(results: Results) -> int | None:
    """Return which of two columns holds nothing but numbers not below zero, None where none does.

    The other one must have a value in every row.
    """
    if len(results.variables) != 2 or not results.rows:
        return None
    for column in (1, 0):
        if all(row[1 - column] is not None and amount(row[column]) >= 0 for row in results.rows):
            return column
    return None


def amount(term: Term | None) -> Decimal:
    """Return the value of a number that can be drawn; -1 for anything else."""
    if not isinstance(term, Literal) or not is_number(term):
        return Decimal(-1)
    try:
        value = Decimal(term.value)
    except InvalidOperation:
        return Decimal(-1)
    return value if value.is_finite() and value < Decimal(10) ** 15 else Decimal(-1)


def name_of(reader: Reader, term: Term | None) -> str:
    """Return a term as the name of a bar or box."""
    if isinstance(term, NamedNode):
        return shorten(reader.short_label(term).text, 60)
    return shorten(reader.unlinked(term).text, 60) if term is not None else ""


def written(reader: Reader, term: Term | None) -> str:
    """Return a number as the reader's language writes it."""
    return reader.t.decimal(term.value) if isinstance(term, Literal) else ""


def network_of(reader: Reader, results: Results) -> Network | None:
    """Return a graph's things and relations as a picture; None where it has none, or too many.

    Literals and classes are left to the table.
    """
    links = [triple for triple in results.triples if is_link(triple)]
    columns = columns_of(links)
    count = sum(map(len, columns))
    if not 1 < count <= MOST_NODES or results.total > len(results.triples):
        return None
    boxes = {
        node: box for x, column in enumerate(columns) for node, box in _boxes(reader, column, x)
    }
    return Network(
        boxes=tuple(boxes.values()),
        lines=tuple(_line(reader, triple, boxes) for triple in links),
        width=COLUMN_WIDTH * (len(columns) - 1) + NODE_WIDTH + 20,
        height=ROW_HEIGHT * max(map(len, columns)) + 20,
    )


def is_link(triple: Triple) -> bool:
    """Tell whether a triple relates two things."""
    kinds = (NamedNode, BlankNode)
    ends = isinstance(triple.subject, kinds) and isinstance(triple.object, kinds)
    return ends and triple.predicate != RDF.type


def columns_of(links: Sequence[Triple]) -> list[list[Node]]:
    """Return the things by their distance from those that nothing leads to, each once, in order."""
    targets: defaultdict[Node, list[Node]] = defaultdict(list)
    for triple in links:
        targets[triple.subject].append(triple.object)  # type: ignore[arg-type, index]
    things = list(dict.fromkeys(node for one in links for node in (one.subject, one.object)))
    led_to = {node for nodes in targets.values() for node in nodes}
    left = dict.fromkeys((*(n for n in things if n not in led_to), *things))
    columns: list[list[Node]] = []
    while left:
        # Roots first; a circle has none, and is entered anywhere.
        roots = [node for node in left if node not in led_to] or [next(iter(left))]
        _walk(roots, targets, left, columns)  # type: ignore[arg-type]
    return columns


def _walk(
    level: list[Node],
    targets: dict[Node, list[Node]],
    left: dict[Node, None],
    columns: list[list[Node]],
) -> None:
    """Move what can be reached from a level, level by level, from what is left into the columns."""
    depth = 0
    while level:
        for node in level:
            left.pop(node, None)
        if depth == len(columns):
            columns.append([])
        columns[depth] += level
        following = (node for one in level for node in targets.get(one, ()))
        level = [node for node in dict.fromkeys(following) if node in left]
        depth += 1


def _boxes(reader: Reader, column: Iterable[Node], x: int) -> Iterable[tuple[Node, Box]]:
    for y, node in enumerate(column):
        name = shorten(name_of(reader, node), LONGEST_LABEL)
        yield node, Box(10 + COLUMN_WIDTH * x, 10 + ROW_HEIGHT * y, name, reader.shown(node).href)


def _line(reader: Reader, triple: Triple, boxes: dict[Node, Box]) -> Line:
    start, end = boxes[triple.subject], boxes[triple.object]  # type: ignore[index]
    x1, x2 = start.x + NODE_WIDTH, end.x
    bend = max(abs(x2 - x1) // 2, 40)
    y1, y2 = start.middle, end.middle
    path = f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"
    name = shorten(reader.label(triple.predicate).text, 16)
    return Line(path, name, (x1 + x2) // 2, (y1 + y2) // 2 - 4)
