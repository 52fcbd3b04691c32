"""The government affairs and themes as a tree, and the statements that concern each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from visidaerah.vocabulary import BASE, SKOS, VD
from visidaerah.web.pages.marks import Mark, parts
from visidaerah.web.pages.outline import judgement, places, source_text, statement
from visidaerah.web.pages.resource import wholes, within
from visidaerah.web.pages.terms import Link, Wording, named_nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from visidaerah.store import Row, Store
    from visidaerah.web.pages.marks import Part
    from visidaerah.web.pages.outline import Judgement, Place, Statement
    from visidaerah.web.pages.reader import Reader
    from visidaerah.web.pages.tallies import Tally

    Judged = tuple[NamedNode, NamedNode]

JUDGED = """\
SELECT DISTINCT ?sector ?plan ?element ?judgement WHERE {
  ?judgement vd:assignedSector ?sector .
  ?element vd:hasSectorAssignment ?judgement .
  OPTIONAL { ?plan vd:hasElement ?element ; a vd:DevelopmentPlan }
}
ORDER BY ?element ?judgement"""

JUDGED_IN_PLAN = """\
SELECT DISTINCT ?sector ?plan ?element ?judgement WHERE {
  ?plan vd:hasElement ?element .
  ?element vd:hasSectorAssignment ?judgement .
  ?judgement vd:assignedSector ?sector .
}
ORDER BY ?element ?judgement"""

IN_PLAN: dict[str, str] = {
    "statements": JUDGED_IN_PLAN,
    "missions": JUDGED_IN_PLAN.replace("vd:hasElement", "vd:hasMission"),
}
"""What of a plan is listed, by the names of `tallies.COUNTED`."""

SCHEMES: tuple[NamedNode, ...] = (
    NamedNode(f"{BASE}id/scheme/urusan"),
    NamedNode(f"{BASE}id/scheme/tema"),
)
"""The schemes by whose concepts statements are judged: government affairs, then themes."""

PLANS_PER_PAGE = 5
"""How many plans a page of a sector lists with their statements."""

FEW_PLANS = 4
"""Up to so many plans have columns of their own in the tree."""

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
    """The sectors by group, and the plans whose statements are counted, where these are few."""

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


def members(reader: Reader) -> dict[NamedNode, list[NamedNode]]:
    """Return the sectors that statements can concern, by group or scheme, in order."""
    groups: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    for row in (row for scheme in SCHEMES for row in reader.select(MEMBERS, scheme=scheme)):
        group = next(named_nodes([row.get("group", row["scheme"])]))
        groups[group] += named_nodes([row["sector"]])
    return dict(groups)


def sector_tree(reader: Reader, tally: Tally) -> SectorTree:
    """Return the sectors that statements can concern, by group, with their counts."""
    groups = (
        SectorGroup(reader.link(node), tuple(sector(reader, one, tally) for one in nodes))
        for node, nodes in members(reader).items()
    )
    few = sorted(tally.plans, key=str) if len(tally.plans) <= FEW_PLANS else ()
    return SectorTree(tuple(map(reader.link, few)), tuple(groups))


def sector(reader: Reader, node: NamedNode, tally: Tally) -> Sector:
    """Return a sector with its counts."""
    counts = {plan.value: n for plan, n in tally.by_sector.get(node, {}).items()}
    return Sector(reader.link(node), code(reader, node), counts)


def code(reader: Reader, node: NamedNode) -> str | None:
    """Return the code of a sector in its scheme, if it has one."""
    found = reader.words(node, SKOS.notation)
    return found.text if found else None


def is_sector(reader: Reader, node: NamedNode) -> bool:
    """Tell whether statements are judged by a thing."""
    in_scheme = set(reader.objects(node, SKOS.inScheme)) & set(SCHEMES)
    return bool(in_scheme) or any(reader.store.triples(None, VD.assignedSector, node))


def judged_by_sector(store: Store) -> dict[NamedNode, tuple[Row, ...]]:
    """Return all that is judged, by sector: one question about a release, not one for each."""
    found: dict[NamedNode, list[Row]] = defaultdict(list)
    for row in store.select(JUDGED):
        if isinstance(sector := row["sector"], NamedNode):
            found[sector].append(row)
    return {sector: tuple(rows) for sector, rows in found.items()}


def concerns(reader: Reader, sector: NamedNode, rows: Iterable[Row], page: int) -> ConcernsPage:
    """Return a page of the statements that concern a sector, by plan, in reading order.

    `rows` are what is judged to concern it.
    """
    by_plan: dict[NamedNode, set[Judged]] = defaultdict(set)
    for row in rows:
        for judged in _judged(row):
            by_plan[_plan_of(reader, judged[0], row)].add(judged)
    here, pages = within(page, len(by_plan), PLANS_PER_PAGE)
    shown = sorted(by_plan, key=str)[(here - 1) * PLANS_PER_PAGE : here * PLANS_PER_PAGE]
    groups = (_concerns_of(reader, one, sector, by_plan[one]) for one in shown)
    return ConcernsPage(sum(map(len, by_plan.values())), here, pages, tuple(groups))


def concerns_in(reader: Reader, sector: NamedNode, plan: NamedNode, counted: str) -> Concerns:
    """Return the statements of one plan that concern a sector; `counted` is one of `IN_PLAN`."""
    rows = reader.select(IN_PLAN[counted], sector=sector, plan=plan)
    return _concerns_of(reader, plan, sector, {judged for row in rows for judged in _judged(row)})


def _judged(row: Row) -> Iterator[Judged]:
    element, judgement = row["element"], row["judgement"]
    if isinstance(element, NamedNode) and isinstance(judgement, NamedNode):
        yield element, judgement


def _plan_of(reader: Reader, element: NamedNode, row: Row) -> NamedNode:
    """Return the plan of an element; what belongs to none counts as its own whole."""
    plan = row.get("plan")
    return plan if isinstance(plan, NamedNode) else [element, *wholes(reader, element)][-1]


def _concerns_of(
    reader: Reader,
    plan: NamedNode,
    sector: NamedNode,
    judged: Iterable[Judged],
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
