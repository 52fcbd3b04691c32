"""What was read from a document as quads, in reading order, each graph apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from visidaerah import __version__, names
from visidaerah.elements import Element, elements_of
from visidaerah.errors import DocumentError
from visidaerah.spans import Span
from visidaerah.vocabulary import DCT, OA, ORG, PROV, RDF, RDFS, SKOS, VD, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Triple

    from visidaerah.documents import Document
    from visidaerah.regions import Region
    from visidaerah.sectors import SectorJudgement
    from visidaerah.statements.model import (
        DeclaredCount,
        Establishment,
        Facet,
        Foundation,
        GlossaryTerm,
        Period,
        Plan,
    )

    Pair = tuple[NamedNode, NamedNode | Literal]
    Link = tuple[NamedNode, NamedNode, NamedNode | Literal]
    Triples = Iterator[Link]

CONTEXT = 24
"""Characters of text kept before and after a quote, to find it again in a changed text."""

THRESHOLD = 0.5
"""Confidence from which a sector judgement is published; below it is a candidate."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document with what was read from it.

    `region` is the region of the plan, None where it is not one of the 552. `judgements` are the
    sectors of each element, by the element's path.
    """

    document: Document
    plan: Plan
    region: Region | None
    judgements: Mapping[str, tuple[SectorJudgement, ...]]


def document_quads(reading: Reading) -> Iterator[Quad]:
    """Yield what the text says, and nothing else, each statement with its span."""
    triples = (*_source(reading), *_plan(reading), *_elements(reading))
    spans = _spans(reading.document, (triple[2] for triple in triples))
    return _in_graph(names.graph("document", reading.document.slug), (*triples, *spans))


def judgement_quads(reading: Reading) -> Iterator[Quad]:
    """Yield which sectors the elements concern: a node a judgement, with method and evidence."""
    slug = reading.document.slug
    triples = [
        triple
        for path, judgements in reading.judgements.items()
        for judgement in judgements
        for triple in _judgement(slug, path, judgement)
    ]
    evidence = _spans(reading.document, (triple[2] for triple in triples))
    return _in_graph(names.graph("judgement", slug), (*triples, *evidence))


def curation_quads(document: Document, curated: Iterable[Triple]) -> Iterator[Quad]:
    """Yield what a person added, with a description of every span of the document it mentions.

    Raises DocumentError where it mentions a span that is not in the text.
    """
    triples = [(triple.subject, triple.predicate, triple.object) for triple in curated]
    spans = _spans(document, (triple[2] for triple in triples))
    return _in_graph(names.graph("curation", document.slug), (*triples, *spans))


def provenance_quads(reading: Reading, graphs: Iterable[NamedNode]) -> Iterator[Quad]:
    """Yield where the given graphs of a document come from (PROV-O), without a clock."""
    slug = reading.document.slug
    program, activity = names.software(__version__), names.activity(slug)
    triples = [
        *_describe(
            activity,
            (RDF.type, PROV.Activity),
            (RDFS.label, _id(f"pembacaan naskah {slug}")),
            (RDFS.label, _en(f"reading of the text {slug}")),
            (PROV.used, names.document(slug)),
            (PROV.wasAssociatedWith, program),
        ),
        *_describe(
            program,
            (RDF.type, PROV.SoftwareAgent),
            (RDFS.label, Literal(f"visidaerah {__version__}")),
            (DCT.hasVersion, Literal(__version__)),
            (PROV.actedOnBehalfOf, names.MAINTAINERS),
        ),
    ]
    for graph in graphs:
        triples += _graph_origin(graph, slug)
    return _in_graph(names.PROVENANCE, triples)


def _graph_origin(graph: NamedNode, slug: str) -> Triples:
    curated = graph == names.graph("curation", slug)
    origin = (
        (PROV.wasAttributedTo, names.MAINTAINERS)
        if curated
        else (PROV.wasGeneratedBy, names.activity(slug))
    )
    return _describe(
        graph,
        (RDF.type, PROV.Entity),
        (PROV.wasDerivedFrom, names.document(slug)),
        origin,
    )


def _source(reading: Reading) -> Triples:
    document, metadata = reading.document, reading.document.metadata
    known: tuple[tuple[NamedNode, NamedNode | Literal | None], ...] = (
        (RDF.type, VD.SourceText),
        (RDFS.label, Literal(metadata.title, language=metadata.language)),
        (DCT.title, Literal(metadata.title, language=metadata.language)),
        (DCT.language, Literal(metadata.language)),
        (DCT.publisher, names.government(reading.region.code) if reading.region else None),
        (DCT.source, NamedNode(metadata.url) if metadata.url else None),
        (DCT.issued, _date(metadata.issued)),
        (VD.retrieved, _date(metadata.retrieved)),
        (VD.sha256, Literal(document.sha256)),
        (VD.characterCount, Literal(len(document.text))),
        (VD.reports, names.plan(document.slug)),
        (PROV.value, Literal(document.text)),
    )
    return _describe(names.document(document.slug), *((p, o) for p, o in known if o is not None))


def _date(day: object) -> Literal | None:
    return Literal(str(day), datatype=XSD.date) if day else None


def _plan(reading: Reading) -> Triples:
    slug, plan, region = reading.document.slug, reading.plan, reading.region
    subject = names.plan(slug)
    label_id, label_en = _plan_labels(reading)
    yield from _describe(
        subject,
        (RDF.type, VD.DevelopmentPlan),
        (RDFS.label, _id(label_id)),
        (RDFS.label, _en(label_en)),
    )
    if region:
        yield subject, VD.coversRegion, names.region(region.code)
        if plan.region and plan.region.span:
            yield subject, VD.regionNamedAt, names.span(slug, plan.region.span)
        yield from _government(region)
    if plan.plan_type:
        yield (
            subject,
            VD.hasPlanType,
            names.concept("plan-type", names.slug_of(plan.plan_type.code)),
        )
        yield subject, VD.planTypeNamedAt, names.span(slug, plan.plan_type.span)
    if plan.period:
        yield from _period(slug, plan.period)
    if plan.establishment:
        yield from _establishment(reading, plan.establishment)
    for declared in plan.counts:
        yield from _count(slug, declared)
    for term in plan.terms:
        yield from _term(reading, term)


def _plan_labels(reading: Reading) -> tuple[str, str]:
    """Return a name for the plan, made only of what its text states."""
    plan = reading.plan
    place = region_label(reading.region) if reading.region else reading.document.slug
    years = _years(plan.period) if plan.period else ""
    if plan.plan_type:
        name = f"{plan.plan_type.code} {place}{years}"
        return name, name
    return f"Rencana pembangunan {place}{years}", f"Development plan of {place}{years}"


def _years(period: Period) -> str:
    stated = [str(year) for year in (period.start_year, period.end_year) if year]
    return " " + "–".join(stated) if stated else ""


def region_label(region: Region) -> str:
    """Return the full Indonesian name of a region: "Kota Metro", "Provinsi Lampung"."""
    return f"{region.kind.capitalize()} {region.name}"


def _government(region: Region) -> Triples:
    return _describe(
        names.government(region.code),
        (RDF.type, VD.RegionalGovernment),
        (RDFS.label, _id(f"Pemerintah {region_label(region)}")),
        (RDFS.label, _en(f"Government of {region_label(region)}")),
        (VD.governs, names.region(region.code)),
    )


def _period(slug: str, period: Period) -> Triples:
    subject = names.part(slug, "period")
    yield names.plan(slug), VD.hasPeriod, subject
    stated = [str(year) for year in (period.start_year, period.end_year) if year]
    label = "–".join(stated) or f"{period.duration_years} tahun"
    label_en = "–".join(stated) or f"{period.duration_years} years"
    yield from _describe(
        subject, (RDF.type, VD.PlanPeriod), (RDFS.label, _id(label)), (RDFS.label, _en(label_en))
    )
    if period.start_year:
        yield subject, VD.startYear, Literal(str(period.start_year), datatype=XSD.gYear)
    if period.end_year:
        yield subject, VD.endYear, Literal(str(period.end_year), datatype=XSD.gYear)
    if period.duration_years:
        yield subject, VD.durationYears, Literal(period.duration_years)
    yield subject, VD.statedIn, names.span(slug, period.span)


def _establishment(reading: Reading, establishment: Establishment) -> Triples:
    slug = reading.document.slug
    subject = names.part(slug, "establishment")
    yield names.plan(slug), VD.hasEstablishment, subject
    yield from _describe(
        subject,
        (RDF.type, VD.Establishment),
        (RDFS.label, _id("penetapan " + _plan_labels(reading)[0])),
        (RDFS.label, _en("establishment of " + _plan_labels(reading)[1])),
        (VD.statedIn, names.span(slug, establishment.span)),
    )
    for office in establishment.offices:
        post = _office(reading, office.title)
        yield subject, VD.establishedBy, post
        yield from _describe(
            post,
            (RDF.type, VD.Office),
            (RDFS.label, _id(f"{office.title}{_of_region(reading)}")),
            (VD.statedIn, names.span(slug, office.span)),
        )
        if reading.region:
            yield post, ORG.postIn, names.government(reading.region.code)


def _office(reading: Reading, title: str) -> NamedNode:
    if reading.region:
        return names.office(reading.region.code, title)
    return names.part(reading.document.slug, f"office/{names.slug_of(title)}")


def _of_region(reading: Reading) -> str:
    return f" {reading.region.name}" if reading.region else ""


def _count(slug: str, declared: DeclaredCount) -> Triples:
    subject = names.part(slug, f"count/{declared.of}")
    yield names.plan(slug), VD.declaresCount, subject
    yield from _describe(
        subject,
        (RDF.type, VD.DeclaredCount),
        (VD.countOf, names.concept("countable", declared.of)),
        (VD.countValue, Literal(declared.value)),
        (VD.statedIn, names.span(slug, declared.span)),
    )


def _term(reading: Reading, term: GlossaryTerm) -> Triples:
    slug, text = reading.document.slug, reading.document.text
    abbreviation, expansion = _normal(term.span.of(text)), _normal(term.expansion.of(text))
    subject = names.part(slug, f"term/{names.slug_of(abbreviation)}")
    yield names.plan(slug), VD.hasTerm, subject
    yield from _describe(
        subject,
        (RDF.type, VD.GlossaryTerm),
        (SKOS.prefLabel, _id(expansion)),
        (SKOS.altLabel, _id(abbreviation)),
        (VD.abbreviates, _id(expansion)),
        (VD.definedIn, _innermost(reading, term.span)),
        (VD.statedIn, names.span(slug, term.span)),
        (VD.expandedIn, names.span(slug, term.expansion)),
    )
    if term.definition:
        yield subject, SKOS.definition, _id(_normal(term.definition.of(text)))
        yield subject, VD.explainedIn, names.span(slug, term.definition)


def _innermost(reading: Reading, place: Span) -> NamedNode:
    """Name the vision, pillar or mission whose wording or explanation holds the place."""
    for element in elements_of(reading.plan):
        if not element.parent and any(span.covers(place) for span in element.spans):
            return names.part(reading.document.slug, element.path)
    return names.plan(reading.document.slug)


def _elements(reading: Reading) -> Triples:
    for element in elements_of(reading.plan):
        yield from _element(reading, element)
    for foundation in reading.plan.foundations:
        yield from _foundation(reading.document.slug, foundation)


def _element(reading: Reading, element: Element) -> Triples:
    slug, text, plan = reading.document.slug, reading.document.text, reading.plan
    subject = names.part(slug, element.path)
    whole = names.part(slug, element.parent)
    quote = element.span.of(text)
    yield whole, PART_OF_WHOLE.get(element.kind, VD.hasComponent), subject
    yield from _describe(
        subject,
        (RDF.type, CLASSES[element.kind]),
        (RDFS.label, _id(_normal(quote))),
        (VD.position, Literal(element.position)),
        (VD.statementText, _id(quote)),
        (VD.normalizedText, _id(_normal(quote))),
        (VD.statedIn, names.span(slug, element.span)),
    )
    if element.marker:
        yield subject, VD.printedMarker, Literal(element.marker)
    if element.explanation:
        yield subject, VD.explanationText, _id(element.explanation.of(text))
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
        yield from _describe(
            subject,
            (RDF.type, VD.Facet),
            (RDFS.label, _id(_normal(quote))),
            (VD.facetKind, names.concept("facet-kind", kind)),
            (VD.statementText, _id(quote)),
            (VD.statedIn, names.span(slug, facet.span)),
        )


def _foundation(slug: str, foundation: Foundation) -> Triples:
    for number in foundation.pillars:
        pillar = names.part(slug, f"pillar/{number}")
        for ground in foundation.founded_on:
            yield pillar, VD.isFoundedOn, names.part(slug, f"pillar/{ground}")
        yield pillar, VD.foundationStatedIn, names.span(slug, foundation.span)


def _judgement(slug: str, path: str, judgement: SectorJudgement) -> Triples:
    published = judgement.confidence >= THRESHOLD
    element = names.part(slug, path)
    subject = names.part(slug, f"{path}/sector/{judgement.sector}")
    yield element, VD.hasSectorAssignment if published else VD.hasSectorCandidate, subject
    yield from _describe(
        subject,
        (RDF.type, VD.SectorAssignment if published else VD.SectorCandidate),
        (VD.assignedSector, names.sector(judgement.sector)),
        (VD.confidence, Literal(f"{judgement.confidence:.2f}", datatype=XSD.decimal)),
        (VD.method, names.concept("method", judgement.method)),
        *((VD.evidenceSpan, names.span(slug, place)) for place in judgement.evidence),
    )


def _spans(document: Document, mentioned: Iterable[object]) -> Triples:
    """Describe every span that the given objects mention, in text order."""
    mark = names.document(document.slug).value + "#char="
    found = {node.value for node in mentioned if isinstance(node, NamedNode)}
    places = (value.removeprefix(mark).split(",") for value in found if value.startswith(mark))
    for start, end in sorted((int(start), int(end)) for start, end in places):
        yield from _span(document, start, end)


def _span(document: Document, start: int, end: int) -> Triples:

    slug, text, place = document.slug, document.text, Span(start, end)
    subject = names.span(slug, place)
    position, quote = names.span(slug, place, "position"), names.span(slug, place, "quote")
    yield from _describe(
        subject,
        (RDF.type, VD.TextSpan),
        (OA.hasSource, names.document(slug)),
        (OA.hasSelector, position),
        (OA.hasSelector, quote),
    )
    yield from _describe(
        position,
        (RDF.type, OA.TextPositionSelector),
        (OA.start, Literal(start)),
        (OA.end, Literal(end)),
    )
    context: list[Pair] = [
        (OA.prefix, _id(text[max(0, start - CONTEXT) : start])),
        (OA.suffix, _id(text[end : end + CONTEXT])),
    ]
    yield from _describe(
        quote,
        (RDF.type, OA.TextQuoteSelector),
        (OA.exact, _id(place.of(text))),
        *(pair for pair in context if pair[1].value),
    )


def _describe(subject: NamedNode, *pairs: Pair) -> Triples:
    return ((subject, predicate, value) for predicate, value in pairs)


def _in_graph(graph: NamedNode, triples: Iterable[Link]) -> Iterator[Quad]:
    return (Quad(*triple, graph) for triple in dict.fromkeys(triples))


def _normal(quote: str) -> str:
    """Collapse white space, U+00A0 included."""
    return " ".join(quote.split())


def _id(value: str) -> Literal:
    return Literal(value, language="id")


def _en(value: str) -> Literal:
    return Literal(value, language="en")
