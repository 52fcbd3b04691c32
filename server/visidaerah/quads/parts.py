"""The elements of a plan as triples: vision, pillars, components, missions, goals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal

from visidaerah import names
from visidaerah.quads.triples import describe, indonesian, normal
from visidaerah.vocabulary import RDF, RDFS, VD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import NamedNode

    from visidaerah.elements import Element
    from visidaerah.quads.reading import Reading
    from visidaerah.quads.triples import Triples
    from visidaerah.statements.model import (
        Facet,
        Foundation,
    )

CLASSES = {
    "vision": VD.Vision,
    "pillar": VD.Pillar,
    "mission": VD.Mission,
    "goal": VD.Goal,
    "objective": VD.Objective,
    "characteristic": VD.Characteristic,
    "dimension": VD.Dimension,
    "means": VD.Means,
    "measure": VD.Measure,
    "outcome": VD.IntendedOutcome,
    "principle": VD.Principle,
}
PART_OF_WHOLE = {
    "vision": VD.hasVision,
    "pillar": VD.hasPillar,
    "mission": VD.hasMission,
    "goal": VD.hasGoal,
    "objective": VD.hasObjective,
}


def element_triples(reading: Reading) -> Triples:
    """Yield the elements with what is part of them, and which pillars rest on which."""
    for element in reading.elements:
        yield from _element(reading, element)
    for foundation in reading.plan.foundations:
        yield from _foundation(reading, foundation)


def _part_of_whole(element: Element) -> NamedNode:
    """Return how the whole has the element: a vision is resolved into pillars, a plan is not."""
    if element.kind == "pillar" and not element.parent:
        return VD.hasElement
    return PART_OF_WHOLE.get(element.kind, VD.hasComponent)


def _element(reading: Reading, element: Element) -> Triples:
    slug, text, plan = reading.document.slug, reading.document.text, reading.plan
    subject = names.part(slug, element.path)
    whole = names.part(slug, element.parent)
    quote = element.span.of(text)
    yield whole, _part_of_whole(element), subject
    yield from describe(
        subject,
        (RDF.type, CLASSES[element.kind]),
        (RDFS.label, indonesian(normal(quote))),
        (VD.position, Literal(element.position)),
        (VD.statementText, indonesian(quote)),
        (VD.normalizedText, indonesian(normal(quote))),
        (VD.statedIn, names.span(slug, element.span)),
    )
    if element.marker:
        yield subject, VD.printedMarker, Literal(element.marker)
    if element.explanation:
        yield subject, VD.explanationText, indonesian(element.explanation.of(text))
        yield subject, VD.explainedIn, names.span(slug, element.explanation)
    if element.named_in_vision:
        yield subject, VD.namedInVisionAt, names.span(slug, element.named_in_vision)
    if element.kind == "mission" and plan.service and plan.vision:
        yield subject, VD.servesVision, names.part(slug, "vision")
        yield subject, VD.serviceStatedIn, names.span(slug, plan.service)
    yield from _facets(slug, text, element.path, element.facets)


def _facets(slug: str, text: str, path: str, facets: Iterable[Facet]) -> Triples:
    numbers: dict[str, int] = {}
    for facet in facets:
        kind = facet.kind.value
        numbers[kind] = numbers.get(kind, 0) + 1
        subject = names.part(slug, f"{path}/facet/{kind}/{numbers[kind]}")
        quote = facet.span.of(text)
        yield names.part(slug, path), VD.hasFacet, subject
        yield from describe(
            subject,
            (RDF.type, VD.Facet),
            (RDFS.label, indonesian(normal(quote))),
            (VD.facetKind, names.concept("facet-kind", kind)),
            (VD.statementText, indonesian(quote)),
            (VD.statedIn, names.span(slug, facet.span)),
        )


def _foundation(reading: Reading, foundation: Foundation) -> Triples:
    slug = reading.document.slug
    for number in foundation.pillars:
        pillar = names.part(slug, reading.name_of("pillar", number))
        for ground in foundation.founded_on:
            yield pillar, VD.isFoundedOn, names.part(slug, reading.name_of("pillar", ground))
        yield pillar, VD.foundationStatedIn, names.span(slug, foundation.span)
