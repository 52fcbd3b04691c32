"""The page of a plan: the whole plan told in order, each statement with its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode

from visidaerah.vocabulary import SKOS, VD
from visidaerah.web.pages.gaps import gaps
from visidaerah.web.pages.marks import Mark, parts
from visidaerah.web.pages.outline import (
    CLASS_ORDER,
    PARTS,
    Place,
    Statement,
    number,
    outline,
    places,
    source_text,
)
from visidaerah.web.pages.terms import Link, Wording, named_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visidaerah.web.pages.gaps import Gap
    from visidaerah.web.pages.marks import Part
    from visidaerah.web.pages.reader import Reader

FACT_PROPERTIES: tuple[tuple[str, NamedNode, NamedNode | None], ...] = (
    ("plan.region", VD.coversRegion, VD.regionNamedAt),
    ("plan.type", VD.hasPlanType, VD.planTypeNamedAt),
    ("plan.period", VD.hasPeriod, None),
)
"""What is told of a plan at its head: in which words, and what says where its text has it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A thing that is said of a plan, under the words of a message, and where."""

    name: str
    value: Link
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class CountCheck:
    """A number of parts that the text claims, beside the number that was found in it."""

    what: Link
    declared: int
    found: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A coined word or abbreviation of the plan, its expansion and what the plan says it is."""

    link: Link
    expansion: Wording
    definition: Wording | None
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """All that a plan's page tells."""

    link: Link
    regions: tuple[Link, ...]
    source: Link | None
    facts: tuple[Fact, ...]
    setters: tuple[Fact, ...]
    visions: tuple[tuple[Statement, tuple[Part[Link], ...]], ...]
    pillars: tuple[Statement, ...]
    missions: tuple[Statement, ...]
    goals: tuple[Statement, ...]
    foundations: dict[str, tuple[Link, ...]]
    counts: tuple[CountCheck, ...]
    gaps: tuple[Gap, ...]
    terms: tuple[Term, ...]
    sectors: tuple[tuple[Link, int], ...]
    query: str

    @property
    def anchors(self) -> dict[str, str]:
        """Where on the page a pillar or mission is told, by its IRI."""
        start = f"{self.link.iri}/"
        told = (one.link.iri for one in (*self.pillars, *self.missions))
        return {iri: iri.removeprefix(start) for iri in told}

    @property
    def untold(self) -> tuple[str, ...]:
        """The facts that nobody states, by their messages."""
        told = {fact.name for fact in self.facts}
        return tuple(name for name, _, _ in FACT_PROPERTIES if name not in told)


def query_behind(plan: NamedNode) -> str:
    """Return the query that reads the statements of one plan, to be tried and changed."""
    query = PARTS.replace("?root (", f"{plan} (").replace("SELECT ?root", "SELECT")
    return f"PREFIX vd: <{VD.iri}>\n\n{query}"


def plan_page(reader: Reader, plan: NamedNode) -> PlanPage:
    """Return what the page of a plan tells."""
    told = outline(reader, plan)
    pillars = _of([one for whole in told for one in whole.walk()], VD.Pillar)
    declared = tuple(counts(reader, plan, told))
    return PlanPage(
        link=reader.link(plan),
        regions=tuple(map(reader.link, named_nodes(reader.objects(plan, VD.coversRegion)))),
        source=next(sources(reader, plan), None),
        facts=tuple(facts(reader, plan)),
        setters=tuple(setters(reader, plan)),
        visions=tuple((vision, key_words(reader, vision, pillars)) for vision in _visions(told)),
        pillars=pillars,
        missions=_everywhere(told, VD.Mission),
        goals=_of(told, VD.Goal) + _of(told, VD.Objective),
        foundations=foundations(reader, pillars),
        counts=declared,
        gaps=gaps(reader, told, declared),
        terms=tuple(terms(reader, plan)),
        sectors=sectors(told),
        query=query_behind(plan),
    )


def sources(reader: Reader, plan: NamedNode) -> Iterator[Link]:
    """Yield the source texts that report a plan."""
    for triple in reader.store.triples(None, VD.reports, plan):
        if isinstance(triple.subject, NamedNode):
            yield reader.link(triple.subject)


def facts(reader: Reader, plan: NamedNode) -> Iterator[Fact]:
    """Yield the region, the plan type and the period of a plan, as far as they are known."""
    for name, property_, stated in FACT_PROPERTIES:
        for value in sorted(set(reader.objects(plan, property_)), key=str):
            yield Fact(
                name, reader.shown(value), _places(reader, plan if stated else value, stated)
            )


def _places(reader: Reader, thing: object, property_: NamedNode | None) -> tuple[Place, ...]:
    if not isinstance(thing, NamedNode):
        return ()
    return places(reader, thing, property_ or VD.statedIn)


def setters(reader: Reader, plan: NamedNode) -> Iterator[Fact]:
    """Yield the offices that set the content of a plan."""
    for event in reader.objects(plan, VD.hasEstablishment):
        if isinstance(event, NamedNode | BlankNode):
            where = _places(reader, event, VD.statedIn)
            for office in sorted(set(reader.objects(event, VD.establishedBy)), key=str):
                yield Fact("plan.set_by", reader.shown(office), where)


def key_words(
    reader: Reader, vision: Statement, pillars: Sequence[Statement]
) -> tuple[Part[Link], ...]:
    """Return the wording of a vision with the words that name its pillars marked."""
    if not vision.places:
        return ()
    place = vision.places[0]
    text = place.span.of(source_text(reader, place.source))
    marks = [
        Mark(named.span, pillar.link)
        for pillar in pillars
        for named in pillar.named_at
        if named.source == place.source
    ]
    return tuple(parts(text, marks, place.span.start))


def foundations(reader: Reader, pillars: Sequence[Statement]) -> dict[str, tuple[Link, ...]]:
    """Return which pillars each pillar is founded on, by its IRI."""
    grounds = {
        pillar.node.value: tuple(
            sorted(
                map(reader.link, named_nodes(reader.objects(pillar.node, VD.isFoundedOn))),
                key=lambda link: link.iri,
            )
        )
        for pillar in pillars
    }
    return {iri: links for iri, links in grounds.items() if links}


def counts(reader: Reader, plan: NamedNode, told: Sequence[Statement]) -> Iterator[CountCheck]:
    """Yield the counts that the text declares, each beside what was found."""
    classes = {one.value.rpartition("#")[2].lower(): one for one in CLASS_ORDER}
    for count in named_nodes(reader.objects(plan, VD.declaresCount)):
        declared = number(reader, count, VD.countValue)
        for kind in named_nodes(reader.objects(count, VD.countOf)):
            class_ = classes.get(kind.value.rpartition("/")[2])
            if class_ and declared is not None:
                where = places(reader, count, VD.statedIn)
                found = len(_everywhere(told, class_))
                yield CountCheck(reader.link(kind), declared, found, where)


def terms(reader: Reader, plan: NamedNode) -> Iterator[Term]:
    """Yield the terms that a plan defines, in the order of their names."""
    found = sorted(named_nodes(reader.objects(plan, VD.hasTerm)), key=str)
    for term in found:
        yield Term(
            link=reader.link(term, reader.words(term, SKOS.altLabel)),
            expansion=reader.label(term),
            definition=reader.words(term, SKOS.definition),
            places=places(reader, term, VD.statedIn),
        )


def sectors(told: Sequence[Statement]) -> tuple[tuple[Link, int], ...]:
    """Return the sectors that the statements concern with how many do, most first."""
    found: dict[str, tuple[Link, int]] = {}
    for whole in told:
        for one in whole.walk():
            for target in {judgement.target for judgement in one.sectors}:
                found[target.iri] = (target, found.get(target.iri, (target, 0))[1] + 1)
    return tuple(sorted(found.values(), key=lambda pair: (-pair[1], pair[0].iri)))


def _is(statement: Statement, class_: NamedNode) -> bool:
    return statement.class_iri == class_.value


def _of(told: Sequence[Statement], class_: NamedNode) -> tuple[Statement, ...]:
    return tuple(one for one in told if _is(one, class_))


def _everywhere(told: Sequence[Statement], class_: NamedNode) -> tuple[Statement, ...]:
    """Return the statements of a class, those that are part of another statement too."""
    return tuple(one for whole in told for one in whole.walk() if _is(one, class_))


def _visions(told: Sequence[Statement]) -> tuple[Statement, ...]:
    return _of(told, VD.Vision)
