"""A plan as the graph tells it: its statements in order, with their places and judgements."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode

from visidaerah.spans import Span
from visidaerah.vocabulary import OA, PROV, RDF, RDFS, SKOS, VD
from visidaerah.web.pages.reader import SHORT_NAME
from visidaerah.web.pages.terms import Link, Wording, best, named_nodes, normal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from visidaerah.web.pages.reader import Reader

PARTS = """\
SELECT ?root ?whole ?link ?element ?class ?position WHERE {
  ?root (
    vd:hasVision | vd:hasPillar | vd:hasComponent | vd:hasMission | vd:hasGoal | vd:hasObjective
  )* ?whole .
  VALUES ?link {
    vd:hasVision vd:hasPillar vd:hasComponent vd:hasMission vd:hasGoal vd:hasObjective
  }
  ?whole ?link ?element .
  ?element a ?class .
  OPTIONAL { ?element vd:position ?position }
}
ORDER BY ?position ?element"""

LINKS: tuple[NamedNode, ...] = (
    VD.hasVision,
    VD.hasPillar,
    VD.hasComponent,
    VD.hasMission,
    VD.hasGoal,
    VD.hasObjective,
)
"""What leads from a whole to its parts, as in `PARTS`, which is for readers to try."""

CLASS_ORDER: tuple[NamedNode, ...] = (
    VD.Vision,
    VD.Pillar,
    VD.Mission,
    VD.Goal,
    VD.Objective,
    VD.Characteristic,
    VD.Dimension,
    VD.Means,
    VD.Measure,
    VD.IntendedOutcome,
    VD.Principle,
)
"""The kinds of statement, in the order in which they are told."""


DEEPEST = 40
"""Parts nested deeper are not told: no plan is, and a graph of anyone's may be endless."""

_DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a source text: where something is written."""

    link: Link
    span: Span
    source: NamedNode

    @property
    def href(self) -> str | None:
        """Where the sentence is shown."""
        return self.link.href


@dataclass(frozen=True, slots=True)
class Facet:
    """A finer detail that a statement names: in the words of the text, and in the reader's."""

    link: Link
    place: Place | None
    translation: Wording | None


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """The finer details of one kind that a statement names."""

    kind: Link
    members: tuple[Facet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A sector that a statement concerns, or a pillar that it contributes to, and why."""

    link: Link
    target: Link
    method: Link | None
    confidence: str | None
    evidence: tuple[tuple[Place, str], ...]
    reason: Wording | None

    @property
    def words(self) -> tuple[tuple[Place, str], ...]:
        """The different words among the evidence, each where it stands first."""
        first: dict[str, tuple[Place, str]] = {}
        for place, words in self.evidence:
            first.setdefault(words.casefold(), (place, words))
        return tuple(first.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement of a plan with all that hangs on it."""

    node: NamedNode
    link: Link
    kind: Link
    class_iri: str
    position: int | None
    marker: str | None
    text: Wording
    explanation: Wording | None
    places: tuple[Place, ...]
    explained_at: tuple[Place, ...]
    named_at: tuple[Place, ...]
    sectors: tuple[Judgement, ...]
    candidates: tuple[Judgement, ...]
    contributions: tuple[Judgement, ...]
    facets: tuple[FacetGroup, ...]
    parts: tuple[Statement, ...]

    @property
    def translation(self) -> Wording | None:
        """The label, where it says the text in another language."""
        return translation(self.link.label, self.text)

    @property
    def name(self) -> str:
        """What the statement is called among its like: "Misi 4"."""
        kind = str(self.kind)[:1].upper() + str(self.kind)[1:]
        return f"{kind} {self.position}" if self.position else kind

    @property
    def is_short(self) -> bool:
        """Tell whether the wording is short enough to serve as a name."""
        return len(self.text.text) <= SHORT_NAME

    def walk(self) -> Iterator[Statement]:
        """Yield the statement and all its parts, wholes before their parts."""
        yield self
        for part in self.parts:
            yield from part.walk()


def outline(reader: Reader, root: NamedNode) -> tuple[Statement, ...]:
    """Return the statements of a plan, or the parts of a statement, with their own parts."""
    return _parts(reader, root, frozenset({root}))


def _parts(reader: Reader, whole: NamedNode, above: frozenset[NamedNode]) -> tuple[Statement, ...]:
    """Return the parts of a whole; what would be part of itself is left out."""
    if len(above) >= DEEPEST:
        return ()
    members = named_nodes(part for link in LINKS for part in reader.objects(whole, link))
    found = (
        statement(reader, element, _parts(reader, element, above | {element}))
        for element in members
        if element not in above and _is_statement(reader, element)
    )
    return tuple(sorted(found, key=_reading_order))


def _is_statement(reader: Reader, node: NamedNode) -> bool:
    return any(class_ in CLASS_ORDER for class_ in reader.objects(node, RDF.type))


def _reading_order(found: Statement) -> tuple[int, int, int, str]:
    kind = [node.value for node in CLASS_ORDER].index(found.class_iri)
    start = found.places[0].span.start if found.places else 0
    top = kind < CLASS_ORDER.index(VD.Characteristic)
    return (kind, found.position or 0, start, "") if top else (99, start, found.position or 0, "")


def statement(reader: Reader, node: NamedNode, parts: tuple[Statement, ...] = ()) -> Statement:
    """Return a statement by its name, with the given parts."""
    kind = next((one for one in CLASS_ORDER if one in reader.classes(node)), VD.PlanElement)
    text = reader.words(node, VD.normalizedText, VD.statementText) or reader.label(node)
    return Statement(
        node=node,
        link=reader.link(node),
        kind=reader.link(kind),
        class_iri=kind.value,
        position=number(reader, node, VD.position),
        marker=_value(reader, node, VD.printedMarker),
        text=Wording(normal(text.text), text.language),
        explanation=reader.words(node, VD.explanationText),
        places=places(reader, node, VD.statedIn),
        explained_at=places(reader, node, VD.explainedIn),
        named_at=places(reader, node, VD.namedInVisionAt),
        sectors=judgements(reader, node, VD.hasSectorAssignment, VD.assignedSector),
        candidates=judgements(reader, node, VD.hasSectorCandidate, VD.assignedSector),
        contributions=judgements(reader, node, VD.hasContribution, VD.contributionTarget),
        facets=facets(reader, node),
        parts=parts,
    )


def facets(reader: Reader, node: NamedNode) -> tuple[FacetGroup, ...]:
    """Return the facets of a statement by kind, in text order."""
    by_kind: dict[NamedNode, list[Facet]] = defaultdict(list)
    for facet in named_nodes(reader.objects(node, VD.hasFacet)):
        for kind in named_nodes(reader.objects(facet, VD.facetKind)):
            by_kind[kind].append(_facet(reader, facet))
    found = (
        FacetGroup(reader.link(kind), tuple(sorted(members, key=_start)))
        for kind, members in by_kind.items()
    )
    return tuple(sorted(found, key=lambda group: str(group.kind)))


def _facet(reader: Reader, node: NamedNode) -> Facet:
    label = reader.label(node)
    text = reader.words(node, VD.statementText) or label
    words = Wording(normal(text.text), text.language)
    place = next(iter(places(reader, node, VD.statedIn)), None)
    return Facet(reader.link(node, words), place, translation(label, words))


def translation(label: Wording, text: Wording) -> Wording | None:
    """Return a label that says a text in another language, None where it says nothing new."""
    new = label.language != text.language and label.text.casefold() != text.text.casefold()
    return label if new else None


def judgements(
    reader: Reader, node: NamedNode, property_: NamedNode, target: NamedNode
) -> tuple[Judgement, ...]:
    """Return the judgements on a statement, the surest first."""
    found = [
        judgement(reader, one, thing)
        for one in named_nodes(reader.objects(node, property_))
        for thing in named_nodes(reader.objects(one, target))
    ]
    return tuple(sorted(found, key=lambda one: (-float(one.confidence or 0), one.target.iri)))


def judgement(reader: Reader, node: NamedNode, target: NamedNode) -> Judgement:
    """Return a judgement on a target, with its method, confidence and evidence."""
    methods = named_nodes(reader.objects(node, VD.method))
    evidence = places(reader, node, VD.evidenceSpan)
    return Judgement(
        link=reader.link(node),
        target=reader.link(target),
        method=next((reader.link(method) for method in methods), None),
        confidence=_decimal(reader, node),
        evidence=tuple((place, quote(reader, place)) for place in evidence),
        reason=reader.words(node, RDFS.comment, SKOS.note),
    )


def places(reader: Reader, node: NamedNode, property_: NamedNode) -> tuple[Place, ...]:
    """Return where something is written, in text order."""
    spans = named_nodes(reader.objects(node, property_))
    found = (place(reader, span) for span in spans)
    return tuple(sorted(filter(None, found), key=lambda one: one.span))


def place(reader: Reader, node: NamedNode) -> Place | None:
    """Return a span of a source text, or None where the graph does not say which it is."""
    source = next(named_nodes(reader.objects(node, OA.hasSource)), None)
    for selector in reader.objects(node, OA.hasSelector):
        if source is None or not isinstance(selector, NamedNode | BlankNode):
            continue
        start, end = (
            next(iter(reader.store.triples(selector, one)), None) for one in (OA.start, OA.end)
        )
        span = _span(start and start.object, end and end.object)
        if span:
            return Place(reader.link(node, Wording("")), span, source)
    return None


def quote(reader: Reader, one: Place) -> str:
    """Return the words at a place, with white space collapsed."""
    return normal(one.span.of(source_text(reader, one.source)))


def source_text(reader: Reader, source: NamedNode) -> str:
    """Return the text of a source, empty where the graph does not hold it."""
    found = best(reader.literals(source, PROV.value), reader.language)
    return found.value if found else ""


def _span(start: object, end: object) -> Span | None:
    try:
        return Span(int(getattr(start, "value", "")), int(getattr(end, "value", "")))
    except ValueError:
        return None


def _start(facet: Facet) -> tuple[int, str]:
    return (facet.place.span.start if facet.place else 0, facet.link.iri)


def _value(reader: Reader, node: NamedNode, property_: NamedNode) -> str | None:
    words = reader.words(node, property_)
    return words.text if words else None


def number(reader: Reader, node: NamedNode, property_: NamedNode) -> int | None:
    """Return the whole number that a thing has for a property, if it has one."""
    value = _value(reader, node, property_) or ""
    return int(value) if value.isdecimal() and len(value) < 10 else None


def _decimal(reader: Reader, node: NamedNode) -> str | None:
    """Return the confidence if it is a plain decimal number."""
    value = _value(reader, node, VD.confidence) or ""
    return value if _DECIMAL.fullmatch(value) else None
