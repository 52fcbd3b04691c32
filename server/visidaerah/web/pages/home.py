"""What there is: the plans with their regions and sizes, and the questions to begin with."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from visidaerah.vocabulary import RDF, VD
from visidaerah.web.pages.reader import own_page
from visidaerah.web.pages.search import words_of
from visidaerah.web.pages.terms import Link, Wording, named_nodes, normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visidaerah.web.pages.questions import Question
    from visidaerah.web.pages.reader import Reader


FIRST_PLANS = 6
"""How many plans the front page tells; the list of plans has all."""

FIRST_QUESTIONS = (
    "which-missions-concern-education",
    "how-do-two-plans-compare-by-sector",
    "which-affairs-does-no-plan-touch",
)
"""The questions that the front page shows, as far as the data can answer them."""


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


CLASSES = """\
SELECT ?class (COUNT(DISTINCT ?thing) AS ?things) WHERE { ?thing a ?class }
GROUP BY ?class
ORDER BY DESC(?things) ?class
LIMIT 50"""

FIRST = 8
"""How many members of a class are named."""


@dataclass(frozen=True, slots=True)
class ClassEntry:
    """A class of things in data that know no plan: how many there are, and the first of them."""

    link: Link
    things: int
    members: tuple[Link, ...]


def class_entries(reader: Reader) -> tuple[ClassEntry, ...]:
    """Return the classes of the things in the data, the largest first."""
    rows = reader.select(CLASSES)
    found = ((row["class"], row["things"]) for row in rows)
    return tuple(
        _class_entry(reader, class_, int(things.value))
        for class_, things in found
        if isinstance(class_, NamedNode) and isinstance(things, Literal)
    )


def _class_entry(reader: Reader, class_: NamedNode, things: int) -> ClassEntry:
    link = reader.link(class_)
    members = named_nodes(t.subject for t in reader.store.triples(None, RDF.type, class_))
    return ClassEntry(
        Link(link.iri, link.label, own_page(link.iri)),
        things,
        tuple(map(reader.link, islice(members, FIRST))),
    )


def unclassed(reader: Reader) -> tuple[Link, ...]:
    """Return the first things of data that name no classes."""
    return tuple(
        map(reader.link, islice(named_nodes(t.subject for t in reader.store.triples()), 50))
    )


def inviting(questions: Sequence[Question]) -> tuple[Question, ...]:
    """Return the questions that the front page shows; others in the place of those not offered."""
    first = [one for name in FIRST_QUESTIONS for one in questions if one.name == name]
    others = (one for one in questions if one not in first)
    return tuple(islice((*first, *others), len(FIRST_QUESTIONS)))


def matching(questions: Sequence[Question], asked: str) -> tuple[Question, ...]:
    """Return the questions whose wording has all the words that were asked for."""
    words = [word.casefold() for word in words_of(asked)]
    return tuple(
        question
        for question in questions
        if words and all(word in question.title.casefold() for word in words)
    )
