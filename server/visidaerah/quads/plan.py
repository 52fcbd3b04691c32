"""The plan itself as triples: its region, type, period, establishment, counts and terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from visidaerah import names
from visidaerah.quads.triples import describe, english, indonesian, normal
from visidaerah.vocabulary import ORG, RDF, RDFS, SKOS, VD, XSD

if TYPE_CHECKING:
    from visidaerah.quads.reading import Reading
    from visidaerah.quads.triples import Triples
    from visidaerah.regions import Region
    from visidaerah.spans import Span
    from visidaerah.statements.model import (
        DeclaredCount,
        Establishment,
        GlossaryTerm,
        Period,
    )


def plan_triples(reading: Reading) -> Triples:
    """Yield what the text says of the plan as a whole."""
    slug, plan, region = reading.document.slug, reading.plan, reading.region
    subject = names.plan(slug)
    label_id, label_en = _plan_labels(reading)
    yield from describe(
        subject,
        (RDF.type, VD.DevelopmentPlan),
        (RDFS.label, indonesian(label_id)),
        (RDFS.label, english(label_en)),
    )
    if region:
        yield subject, VD.coversRegion, names.region(region.code)
        if plan.region and plan.region.span:
            yield subject, VD.regionNamedAt, names.span(slug, plan.region.span)
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
        yield from _count(reading, declared)
    for term in plan.terms:
        yield from _term(reading, term)


def _plan_labels(reading: Reading) -> tuple[str, str]:
    """Return a name for the plan in Indonesian and English, made only of what its text states."""
    plan, region = reading.plan, reading.region
    years = _years(plan.period) if plan.period else ""
    place_id = (region.label("id") if region else reading.document.slug) + years
    place_en = (region.label("en") if region else reading.document.slug) + years
    if plan.plan_type:
        return f"{plan.plan_type.code} {place_id}", f"{plan.plan_type.code} of {place_en}"
    return f"Rencana pembangunan {place_id}", f"Development plan of {place_en}"


def _years(period: Period) -> str:
    stated = [str(year) for year in (period.start_year, period.end_year) if year]
    return " " + "–".join(stated) if stated else ""


def government_triples(region: Region) -> Triples:
    """Yield the government of a region."""
    return describe(
        names.government(region.code),
        (RDF.type, VD.RegionalGovernment),
        (RDFS.label, indonesian(f"Pemerintah {region.label('id')}")),
        (RDFS.label, english(f"Government of {region.label('en')}")),
        (VD.governs, names.region(region.code)),
    )


def _period(slug: str, period: Period) -> Triples:
    subject = names.part(slug, "period")
    yield names.plan(slug), VD.hasPeriod, subject
    stated = [str(year) for year in (period.start_year, period.end_year) if year]
    label = "–".join(stated) or f"{period.duration_years} tahun"
    label_en = "–".join(stated) or f"{period.duration_years} years"
    yield from describe(
        subject,
        (RDF.type, VD.PlanPeriod),
        (RDFS.label, indonesian(label)),
        (RDFS.label, english(label_en)),
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
    yield from describe(
        subject,
        (RDF.type, VD.Establishment),
        (RDFS.label, indonesian("penetapan " + _plan_labels(reading)[0])),
        (RDFS.label, english("establishment of the " + _plan_labels(reading)[1])),
        (VD.statedIn, names.span(slug, establishment.span)),
    )
    if reading.region:
        yield from government_triples(reading.region)
    for office in establishment.offices:
        post = _office(reading, office.title)
        yield subject, VD.establishedBy, post
        yield from describe(
            post,
            (RDF.type, VD.Office),
            (RDFS.label, indonesian(f"{office.title}{_of_region(reading)}")),
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


def _count(reading: Reading, declared: DeclaredCount) -> Triples:
    slug = reading.document.slug
    subject = names.part(slug, f"count/{declared.of}")
    yield names.plan(slug), VD.declaresCount, subject
    yield from describe(
        subject,
        (RDF.type, VD.DeclaredCount),
        (RDFS.label, indonesian(normal(declared.span.of(reading.document.text)))),
        (VD.countOf, names.concept("countable", declared.of)),
        (VD.countValue, Literal(declared.value)),
        (VD.statedIn, names.span(slug, declared.span)),
    )


def _term(reading: Reading, term: GlossaryTerm) -> Triples:
    slug, text = reading.document.slug, reading.document.text
    word = normal(term.span.of(text))
    subject = names.part(slug, f"term/{names.slug_of(word)}")
    yield names.plan(slug), VD.hasTerm, subject
    yield from describe(
        subject,
        (RDF.type, VD.GlossaryTerm),
        (VD.definedIn, _innermost(reading, term.span)),
        (VD.statedIn, names.span(slug, term.span)),
    )
    if term.expansion:
        expansion = indonesian(normal(term.expansion.of(text)))
        yield subject, SKOS.prefLabel, expansion
        yield subject, SKOS.altLabel, indonesian(word)
        yield subject, VD.abbreviates, expansion
        yield subject, VD.expandedIn, names.span(slug, term.expansion)
    else:
        yield subject, SKOS.prefLabel, indonesian(word)
    if term.definition:
        yield subject, SKOS.definition, indonesian(normal(term.definition.of(text)))
        yield subject, VD.explainedIn, names.span(slug, term.definition)


def _innermost(reading: Reading, place: Span) -> NamedNode:
    """Name the vision, pillar or mission whose wording or explanation holds the place."""
    for element in reading.elements:
        holds = any(span.covers(place) for span in element.spans)
        if holds and element.kind in {"vision", "pillar", "mission"}:
            return names.part(reading.document.slug, element.path)
    return names.plan(reading.document.slug)
