"""What readers added speaks of things that the text's graph has, in its own graph, with reasons."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from visidaerah import assets, names
from visidaerah.vocabulary import BASE, DCT, ORG, PROV, RDF, RDFS, SKOS, VD

if TYPE_CHECKING:
    from pyoxigraph import Triple

SLUGS = sorted(f.name for f in (assets.data() / "documents").iterdir() if f.is_dir())
OWN_KINDS = {VD.Contribution, VD.Facet, VD.OutsideFact, ORG.Post, DCT.BibliographicResource}


@cache
def curation(slug: str) -> tuple[Triple, ...]:
    """Return what stands in the file, without the spans that the build describes."""
    content = (assets.data() / "documents" / slug / "curation.ttl").read_bytes()
    triples = tuple(quad.triple for quad in parse(content, RdfFormat.TURTLE, base_iri=BASE))
    assert len(triples) > 50
    return triples


@cache
def built(slug: str) -> tuple[Quad, ...]:
    content = (assets.data() / "graph" / f"{slug}.trig").read_bytes()
    return tuple(parse(content, RdfFormat.TRIG))


def subjects_stated(slug: str) -> set[object]:
    stated = names.graph("document", slug)
    return {quad.subject for quad in built(slug) if quad.graph_name == stated}


def of_kind(slug: str, kind: NamedNode) -> set[object]:
    return {t.subject for t in curation(slug) if t.predicate == RDF.type and t.object == kind}


def values(slug: str, subject: object, predicate: NamedNode) -> list[object]:
    return [t.object for t in curation(slug) if t.subject == subject and t.predicate == predicate]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_curator_speaks_of_things_that_the_text_states_or_that_are_added_here(slug: str) -> None:
    added = {t.subject for t in curation(slug) if t.predicate == RDF.type}
    spoken_of = {t.subject for t in curation(slug)}
    assert spoken_of - added - subjects_stated(slug) == set()


@pytest.mark.parametrize("slug", SLUGS)
def test_a_curator_adds_only_what_no_text_states(slug: str) -> None:
    typed = {t.subject: t.object for t in curation(slug) if t.predicate == RDF.type}
    assert set(typed.values()) <= OWN_KINDS
    assert set(typed) & subjects_stated(slug) == set()


@pytest.mark.parametrize("slug", SLUGS)
def test_all_that_is_curated_stands_in_the_built_graph(slug: str) -> None:
    own = names.graph("curation", slug)
    in_graph = {quad.triple for quad in built(slug) if quad.graph_name == own}
    assert set(curation(slug)) - in_graph == set()


@pytest.mark.parametrize("slug", SLUGS)
def test_every_labelled_thing_of_a_plan_has_an_english_name(slug: str) -> None:
    named: dict[object, set[str]] = {}
    for quad in built(slug):
        if quad.predicate in {RDFS.label, SKOS.prefLabel} and isinstance(quad.object, Literal):
            named.setdefault(quad.subject, set()).add(quad.object.language or "")
    assert len(named) > 50
    assert [str(s) for s, languages in named.items() if languages & {"id", "en"} == {"id"}] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_a_contribution_has_method_confidence_evidence_and_a_reason_in_both_languages(
    slug: str,
) -> None:
    contributions = of_kind(slug, VD.Contribution)
    assert contributions
    for node in contributions:
        assert values(slug, node, VD.method) == [names.concept("method", "human")]
        (confidence,) = values(slug, node, VD.confidence)
        assert isinstance(confidence, Literal)
        assert 0.5 <= float(confidence.value) <= 1
        assert len(values(slug, node, VD.evidenceSpan)) >= 2
        reasons = values(slug, node, RDFS.comment)
        assert {r.language for r in reasons if isinstance(r, Literal)} == {"id", "en"}


@pytest.mark.parametrize("slug", SLUGS)
def test_a_contribution_has_evidence_in_the_mission_and_in_the_pillar(slug: str) -> None:
    for link in (t for t in curation(slug) if t.predicate == VD.hasContribution):
        (pillar,) = values(slug, link.object, VD.contributionTarget)
        evidence = [place(node) for node in values(slug, link.object, VD.evidenceSpan)]
        for element in (link.subject, pillar):
            around = [place(node) for node in spans_of(slug, element)]
            assert any(a <= start and end <= b for a, b in around for start, end in evidence)


def spans_of(slug: str, element: object) -> list[object]:
    roles = {VD.statedIn, VD.explainedIn}
    return [q.object for q in built(slug) if q.subject == element and q.predicate in roles]


def place(span: object) -> tuple[int, int]:
    assert isinstance(span, NamedNode)
    start, end = span.value.rpartition("#char=")[2].split(",")
    return int(start), int(end)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_curated_facet_stands_within_the_words_of_its_element(slug: str) -> None:
    links = [t for t in curation(slug) if t.predicate == VD.hasFacet]
    assert {t.object for t in links} == of_kind(slug, VD.Facet)
    assert links
    for link in links:
        (span,) = values(slug, link.object, VD.statedIn)
        start, end = place(span)
        around = [place(node) for node in spans_of(slug, link.subject)]
        assert any(a <= start and end <= b for a, b in around)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_fact_from_elsewhere_names_its_source_and_leaves_the_plan_alone(slug: str) -> None:
    facts = of_kind(slug, VD.OutsideFact)
    assert facts
    publications = of_kind(slug, DCT.BibliographicResource)
    for fact in facts:
        assert values(slug, fact, DCT.relation) == [names.plan(slug)]
        sources = values(slug, fact, DCT.source)
        assert sources
        assert set(sources) <= publications
    assert {t.subject for t in curation(slug)} & {
        names.plan(slug),
        names.part(slug, "period"),
    } == set()


@pytest.mark.parametrize("slug", SLUGS)
def test_a_publication_says_who_published_it_and_where_it_is(slug: str) -> None:
    publications = of_kind(slug, DCT.BibliographicResource)
    assert publications
    for publication in publications:
        assert values(slug, publication, DCT.publisher) or values(
            slug, publication, DCT.bibliographicCitation
        )
        (where,) = values(slug, publication, RDFS.seeAlso)
        assert isinstance(where, NamedNode)
        assert where.value.startswith("https://")


@pytest.mark.parametrize("slug", SLUGS)
def test_all_that_is_added_has_its_maker_and_its_method_once_on_its_graph(slug: str) -> None:
    graph = names.graph("curation", slug)
    origin = {q.predicate: q.object for q in built(slug) if q.subject == graph}
    assert origin[PROV.wasAttributedTo] == names.MAINTAINERS
    assert origin[VD.method] == names.concept("method", "human")


def test_the_years_that_others_report_are_on_no_period_of_the_plan() -> None:
    slug = "kota-metro"
    (fact,) = (t.subject for t in curation(slug) if t.predicate == VD.reportedStartYear)
    assert fact == names.part(slug, "context/rpjmd-2021-2026")
    assert [q for q in built(slug) if q.predicate in {VD.startYear, VD.endYear}] == []
