"""What there is: the plans with their regions and sizes, and the questions to begin with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from visidaerah.vocabulary import RDF, VD
from visidaerah.web.pages.search import words_of
from visidaerah.web.pages.terms import Link, Wording, named_nodes, normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import NamedNode

    from visidaerah.web.pages.questions import Question
    from visidaerah.web.pages.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEntry:
    """A plan in a list."""

    link: Link
    region: Link | None
    province: Link | None
    period: Link | None
    plan_type: Link | None
    vision: Wording | None
    pillars: int
    missions: int
    source: Link | None


def plan_entries(reader: Reader) -> tuple[PlanEntry, ...]:
    """Return the plans, by the names of their regions."""
    triples = reader.store.triples(None, RDF.type, VD.DevelopmentPlan)
    found = [plan_entry(reader, plan) for plan in named_nodes(t.subject for t in triples)]
    return tuple(sorted(found, key=lambda entry: (str(entry.region or ""), entry.link.iri)))


def plan_entry(reader: Reader, plan: NamedNode) -> PlanEntry:
    """Return what a list tells of a plan."""
    visions = named_nodes(reader.objects(plan, VD.hasVision))
    pillars = {pillar for vision in visions for pillar in reader.objects(vision, VD.hasPillar)}
    region = _first(reader, plan, VD.coversRegion)
    vision = _first(reader, plan, VD.hasVision)
    province = _first(reader, region, VD.partOfRegion) if region else None
    sources = named_nodes(t.subject for t in reader.store.triples(None, VD.reports, plan))
    return PlanEntry(
        link=reader.link(plan),
        region=_link(reader, region),
        province=_link(reader, province),
        period=_link(reader, _first(reader, plan, VD.hasPeriod)),
        plan_type=_link(reader, _first(reader, plan, VD.hasPlanType)),
        vision=_wording(reader, vision) if vision else None,
        pillars=len(pillars),
        missions=len(set(reader.objects(plan, VD.hasMission))),
        source=_link(reader, next(sources, None)),
    )


def _first(reader: Reader, node: NamedNode, property_: NamedNode) -> NamedNode | None:
    return min(named_nodes(reader.objects(node, property_)), key=str, default=None)


def _link(reader: Reader, node: NamedNode | None) -> Link | None:
    return reader.link(node) if node else None


def _wording(reader: Reader, vision: NamedNode) -> Wording | None:
    words = reader.words(vision, VD.normalizedText, VD.statementText)
    return Wording(normal(words.text), words.language) if words else None


def matching(questions: Sequence[Question], asked: str) -> tuple[Question, ...]:
    """Return the questions whose wording has all the words that were asked for."""
    words = [word.casefold() for word in words_of(asked)]
    return tuple(
        question
        for question in questions
        if words and all(word in question.title.casefold() for word in words)
    )
