"""The government affairs and themes as a tree, and the statements that concern each."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from visidaerah.vocabulary import BASE, SKOS, VD
from visidaerah.web.pages.marks import Mark, parts
from visidaerah.web.pages.outline import judgement, places, source_text, statement
from visidaerah.web.pages.resource import wholes, within
from visidaerah.web.pages.terms import Link, Wording, named_nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from visidaerah.web.pages.marks import Part
    from visidaerah.web.pages.outline import Judgement, Place, Statement
    from visidaerah.web.pages.reader import Reader

JUDGED = """\
SELECT DISTINCT ?sector ?element ?judgement WHERE {
  ?element vd:hasSectorAssignment ?judgement .
  ?judgement vd:assignedSector ?sector .
}
ORDER BY ?element ?judgement"""

SCHEMES: tuple[NamedNode, ...] = (
    NamedNode(f"{BASE}id/scheme/urusan"),
    NamedNode(f"{BASE}id/scheme/tema"),
)
"""The schemes by whose concepts statements are judged: government affairs, then themes."""

PLANS_PER_PAGE = 20
"""How many plans a page of a sector lists with their statements."""

MEMBERS = """\
SELECT ?scheme ?group ?sector WHERE {
  ?sector skos:inScheme ?scheme .
  FILTER NOT EXISTS { ?narrower skos:broader ?sector }
  OPTIONAL { ?sector skos:broader ?group }
}
ORDER BY ?group ?sector"""


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector with how many statements of each plan concern it, by the plan's IRI."""

    link: Link
    code: str | None
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many statements concern it."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class SectorGroup:
    """A group of sectors; a scheme without groups is one itself."""

    link: Link
    sectors: tuple[Sector, ...]


@dataclass(frozen=True, slots=True)
class SectorTree:
    """The sectors by group, and the plans whose statements are counted."""

    plans: tuple[Link, ...]
    groups: tuple[SectorGroup, ...]


@dataclass(frozen=True, slots=True)
class Concern:
    """A statement that concerns a sector, its wording with the evidence marked, and the reason."""

    statement: Statement
    judgement: Judgement
    words: tuple[Part[None], ...]
    wording: Wording
    place: Place | None


@dataclass(frozen=True, slots=True)
class Concerns:
    """The statements of one plan that concern a sector."""

    plan: Link
    concerns: tuple[Concern, ...]


@dataclass(frozen=True, slots=True)
class ConcernsPage:
    """A page of the plans with statements that concern a sector; `total` counts statements."""

    total: int
    page: int
    pages: int
    groups: tuple[Concerns, ...]


def sector_tree(reader: Reader) -> SectorTree:
    """Return the sectors that statements can concern, by group, with their counts."""
    counts, plans = _counts(reader)
    groups: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    for row in (row for scheme in SCHEMES for row in reader.select(MEMBERS, scheme=scheme)):
        group = next(named_nodes([row.get("group", row["scheme"])]))
        groups[group] += named_nodes([row["sector"]])
    told = (
        SectorGroup(reader.link(node), tuple(_sector(reader, one, counts) for one in members))
        for node, members in groups.items()
    )
    return SectorTree(plans, tuple(told))


def _sector(
    reader: Reader, node: NamedNode, counts: Mapping[NamedNode, Mapping[str, int]]
) -> Sector:
    code = reader.words(node, SKOS.notation)
    return Sector(reader.link(node), code.text if code else None, counts.get(node, {}))


def _counts(reader: Reader) -> tuple[Mapping[NamedNode, Counter[str]], tuple[Link, ...]]:
    """Return how many statements of each plan concern each sector, and the plans."""
    counts: dict[NamedNode, Counter[str]] = defaultdict(Counter)
    pairs = {(row["sector"], row["element"]) for row in reader.select(JUDGED)}
    for sector, element in pairs:
        if isinstance(sector, NamedNode) and isinstance(element, NamedNode):
            counts[sector][_plan_of(reader, element).value] += 1
    plans = sorted({iri for counter in counts.values() for iri in counter})
    return counts, tuple(reader.link(NamedNode(iri)) for iri in plans)


def _plan_of(reader: Reader, element: NamedNode) -> NamedNode:
    return [element, *wholes(reader, element)][-1]


def is_sector(reader: Reader, node: NamedNode) -> bool:
    """Tell whether statements are judged by a thing."""
    in_scheme = set(reader.objects(node, SKOS.inScheme)) & set(SCHEMES)
    return bool(in_scheme) or any(reader.store.triples(None, VD.assignedSector, node))


def concerns(reader: Reader, sector: NamedNode, page: int) -> ConcernsPage:
    """Return a page of the statements that concern a sector, by plan, in reading order."""
    by_plan: dict[NamedNode, list[tuple[NamedNode, NamedNode]]] = defaultdict(list)
    rows = reader.select(JUDGED, sector=sector)
    for row in rows:
        element, judged = row["element"], row["judgement"]
        if isinstance(element, NamedNode) and isinstance(judged, NamedNode):
            by_plan[_plan_of(reader, element)].append((element, judged))
    here, pages = within(page, len(by_plan), PLANS_PER_PAGE)
    shown = sorted(by_plan, key=str)[(here - 1) * PLANS_PER_PAGE : here * PLANS_PER_PAGE]
    groups = (_concerns_of(reader, plan, sector, by_plan[plan]) for plan in shown)
    return ConcernsPage(len(rows), here, pages, tuple(groups))


def _concerns_of(
    reader: Reader,
    plan: NamedNode,
    sector: NamedNode,
    judged: Iterable[tuple[NamedNode, NamedNode]],
) -> Concerns:
    found = (concern(reader, *pair, sector) for pair in judged)
    return Concerns(reader.link(plan), tuple(sorted(found, key=_reading_order)))


def concern(reader: Reader, element: NamedNode, judged: NamedNode, sector: NamedNode) -> Concern:
    """Return why a statement concerns a sector, with the evidence marked in its words."""
    reason = judgement(reader, judged, sector)
    stated = (*places(reader, element, VD.statedIn), *places(reader, element, VD.explainedIn))
    place = max(stated, key=lambda place: _evidence_in(place, reason), default=None)
    told = statement(reader, element)
    words: tuple[Part[None], ...] = ()
    if place:
        text = place.span.of(source_text(reader, place.source))
        marks: list[Mark[None]] = [Mark(found.span, None) for found, _ in reason.evidence]
        words = tuple(parts(text, marks, place.span.start))
    return Concern(told, reason, words, told.text, place)


def _evidence_in(place: Place, reason: Judgement) -> int:
    return sum(place.span.covers(found.span) for found, _ in reason.evidence)


def _reading_order(found: Concern) -> tuple[int, str]:
    return (found.place.span.start if found.place else 0, found.statement.node.value)
