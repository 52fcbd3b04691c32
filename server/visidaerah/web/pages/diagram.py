"""The ontology as a picture: classes as boxes with their relations, in columns."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeGuard

from pyoxigraph import BlankNode, NamedNode

from visidaerah.vocabulary import OWL, RDF, RDFS, VD
from visidaerah.web.pages.terms import named_nodes, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from visidaerah.web.pages.reader import Reader

WIDTH = 248
GAP = 40
HEAD = 34
LINE = 21
SPACE = 18
LONGEST_NAME = 30
LONGEST_LINE = 33
DEEPEST = 4
"""Columns of the picture; what is further from a root stands in the last."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A property between two classes."""

    property: NamedNode
    domain: NamedNode
    range: NamedNode


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a box: words, the term that they name, and where they stand."""

    words: str
    href: str
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassBox:
    """A class: its corner, height and name, the classes below it, and its relations."""

    x: int
    y: int
    height: int
    name: str
    href: str
    kinds: tuple[Line, ...]
    relations: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A relation as a row of the table beside the picture."""

    domain: str
    name: str
    range: str
    href: str


@dataclass(frozen=True, slots=True)
class Diagram:
    """The picture in pixels, the paths of its lines (SVG), and the same as a table."""

    width: int
    height: int
    boxes: tuple[ClassBox, ...]
    wires: tuple[str, ...]
    rows: tuple[RelationRow, ...]


def diagram(reader: Reader) -> Diagram:
    """Return the picture of the ontology, in the reader's language."""
    found = sorted(set(relations(reader)), key=lambda one: (one.domain.value, one.property.value))
    columns = columns_of(found)
    below = subclasses(reader, {node for column in columns for node in column})
    boxes = {node: box for box, node in _boxes(reader, columns, found, below)}
    return Diagram(
        width=DEEPEST * WIDTH + (DEEPEST - 1) * GAP + 4,
        height=max((box.y + box.height for box in boxes.values()), default=0) + 4,
        boxes=tuple(boxes.values()),
        wires=tuple(_wires(found, boxes)),
        rows=tuple(_row(reader, one) for one in found),
    )


def relations(reader: Reader) -> Iterator[Relation]:
    """Yield the relations between classes of ours; of two inverse ones, the one that is primary."""
    for triple in reader.lexicon.triples(None, RDF.type, OWL.ObjectProperty):
        node = triple.subject
        if not _is_ours(node) or any(reader.lexicon.triples(node, OWL.inverseOf)):
            continue
        for domain in classes_of(reader, node, RDFS.domain):
            for range_ in classes_of(reader, node, RDFS.range):
                yield Relation(node, domain, range_)


def classes_of(reader: Reader, node: NamedNode, property_: NamedNode) -> Iterator[NamedNode]:
    """Yield the classes of ours that a property says of another, the members of a union singly."""
    for triple in reader.lexicon.triples(node, property_):
        found = triple.object
        if _is_ours(found):
            yield found
        elif isinstance(found, BlankNode):
            for union in reader.lexicon.triples(found, OWL.unionOf):
                yield from filter(_is_ours, members(reader, union.object))


def members(reader: Reader, list_: object) -> Iterator[NamedNode]:
    """Yield the members of an RDF list that are IRIs; a list that runs in a circle ends."""
    seen: set[BlankNode] = set()
    while isinstance(list_, BlankNode) and list_ not in seen:
        seen.add(list_)
        yield from named_nodes(t.object for t in reader.lexicon.triples(list_, RDF.first))
        list_ = next((t.object for t in reader.lexicon.triples(list_, RDF.rest)), None)


def columns_of(found: Sequence[Relation]) -> list[list[NamedNode]]:
    """Return the classes by how far they are from those that nothing else leads to."""
    targets: defaultdict[NamedNode, set[NamedNode]] = defaultdict(set)
    for one in found:
        if one.domain != one.range:
            targets[one.domain].add(one.range)
    every = {node for one in found for node in (one.domain, one.range)}
    led_to = {node for nodes in targets.values() for node in nodes}
    depth = dict.fromkeys(every - led_to, 0)
    level = set(depth) or every
    for distance in range(1, DEEPEST):
        level = {node for one in level for node in targets[one]} - set(depth)
        depth |= dict.fromkeys(level, distance)
    last = dict.fromkeys(every - set(depth), DEEPEST - 1)
    placed = sorted((depth | last).items(), key=lambda pair: pair[0].value)
    return [[node for node, at in placed if at == column] for column in range(DEEPEST)]


def subclasses(reader: Reader, shown: set[NamedNode]) -> Mapping[NamedNode, Sequence[NamedNode]]:
    """Return the classes of ours below each class that have no box of their own, in order."""
    below: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    for triple in sorted(reader.lexicon.triples(None, RDFS.subClassOf), key=str):
        if _is_ours(triple.subject) and _is_ours(triple.object) and triple.subject not in shown:
            below[triple.object].append(triple.subject)
    return below


def _boxes(
    reader: Reader,
    columns: Sequence[Sequence[NamedNode]],
    found: Sequence[Relation],
    below: Mapping[NamedNode, Sequence[NamedNode]],
) -> Iterator[tuple[ClassBox, NamedNode]]:
    for number, column in enumerate(columns):
        y = 2
        for node in column:
            own = [one for one in found if one.domain == node]
            box = _box(reader, node, (2 + number * (WIDTH + GAP), y), own, below.get(node, ()))
            y += box.height + SPACE
            yield box, node


def _box(
    reader: Reader,
    node: NamedNode,
    corner: tuple[int, int],
    own: Sequence[Relation],
    below: Sequence[NamedNode],
) -> ClassBox:
    x, y = corner
    kinds = _lines(y + HEAD, ((_name(reader, one), one) for one in below))
    told = (
        (f"{_name(reader, one.property)} → {_name(reader, one.range)}", one.property) for one in own
    )
    lines = _lines(y + HEAD + LINE * len(kinds), told)
    return ClassBox(
        x=x,
        y=y,
        height=HEAD + LINE * (len(kinds) + len(lines)) + (6 if kinds or lines else 0),
        name=shorten(_name(reader, node), LONGEST_NAME),
        href=_anchor(node),
        kinds=kinds,
        relations=lines,
    )


def _lines(top: int, told: Iterable[tuple[str, NamedNode]]) -> tuple[Line, ...]:
    return tuple(
        Line(shorten(words, LONGEST_LINE), _anchor(node), top + LINE * number + 14)
        for number, (words, node) in enumerate(told)
    )


def _wires(found: Sequence[Relation], boxes: Mapping[NamedNode, ClassBox]) -> Iterator[str]:
    """Yield a line for each relation that leads to the next column; the others are only told."""
    for one in found:
        start, end = boxes[one.domain], boxes[one.range]
        y = next(line.y for line in start.relations if line.href == _anchor(one.property)) - 5
        x, across = start.x + WIDTH, end.y + HEAD // 2
        if end.x == x + GAP:
            yield f"M{x} {y}C{x + GAP // 2} {y} {end.x - GAP // 2} {across} {end.x} {across}"


def _row(reader: Reader, one: Relation) -> RelationRow:
    return RelationRow(
        domain=_name(reader, one.domain),
        name=_name(reader, one.property),
        range=_name(reader, one.range),
        href=_anchor(one.property),
    )


def _name(reader: Reader, node: NamedNode) -> str:
    return reader.label(node).text


def _anchor(node: NamedNode) -> str:
    return f"#{node.value.removeprefix(VD.iri)}"


def _is_ours(term: object) -> TypeGuard[NamedNode]:
    return isinstance(term, NamedNode) and term.value.startswith(VD.iri)
