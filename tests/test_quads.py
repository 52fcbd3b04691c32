"""What was read becomes quads, every statement with its span, in the graph of its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple

from visidaerah import names
from visidaerah.documents import Document, Metadata, from_bytes
from visidaerah.errors import DocumentError
from visidaerah.quads import (
    Reading,
    curation_quads,
    document_quads,
    judgement_quads,
    provenance_quads,
)
from visidaerah.regions import Region
from visidaerah.sectors import SectorJudgement
from visidaerah.spans import Span
from visidaerah.statements.model import (
    Component,
    ComponentKind,
    DeclaredCount,
    Establishment,
    Facet,
    FacetKind,
    Foundation,
    GlossaryTerm,
    Mission,
    Office,
    Period,
    Pillar,
    Plan,
    PlanType,
    RegionMention,
    Vision,
)
from visidaerah.vocabulary import DCT, OA, PROV, RDF, RDFS, SKOS, VD, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable
from dataclasses import replace

TEXT = (
    "VISI RPJMD 2021-2026 KOTA CONTOH ditetapkan Walikota: Kota\u00a0 sehat, ada 1 pokok visi.\n"
    "1. Sehat\nSehat (S) diwujudkan dengan puskesmas.\nUntuk itu:\n- Membangun puskesmas"
)
REGION = Region(code="99.71", name="Contoh", kind="kota", province="99")


def place(quote: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(quote, start + 1)
    return Span(start, start + len(quote))


def document(title: str = "Visi Kota Contoh") -> Document:
    return from_bytes(TEXT.encode(), "kota-contoh", Metadata(title=title))


PLAN = Plan(
    region=RegionMention(name="Contoh", kind="kota", code="99.71", span=place("KOTA CONTOH")),
    plan_type=PlanType(code="RPJMD", span=place("RPJMD")),
    period=Period(span=place("2021-2026"), start_year=2021, end_year=2026),
    establishment=Establishment(
        span=place("ditetapkan Walikota"),
        offices=(Office(title="Walikota", span=place("Walikota")),),
    ),
    vision=Vision(span=place("Kota\u00a0 sehat")),
    pillars=(
        Pillar(
            span=place("Sehat"),
            marker="1.",
            explanation=place("Sehat (S) diwujudkan dengan puskesmas"),
            named_in_vision=place("sehat"),
            components=(Component(kind=ComponentKind.MEANS, span=place("puskesmas")),),
            facets=(Facet(kind=FacetKind.EMPHASIS, span=place("puskesmas")),),
        ),
    ),
    missions=(Mission(span=place("Membangun puskesmas"), marker="-"),),
    counts=(DeclaredCount(of="pillar", value=1, span=place("1 pokok visi")),),
    terms=(GlossaryTerm(span=place("(S)"), expansion=place("Sehat", 1)),),
    foundations=(Foundation(pillars=(1,), founded_on=(1,), span=place("sehat")),),
    service=place("Untuk itu"),
)
READING = Reading(
    document=document(),
    plan=PLAN,
    region=REGION,
    judgements={
        "mission/1": (
            SectorJudgement(
                sector="1.02",
                evidence=(place("puskesmas", 1),),
                method="keyword",
                confidence=0.8,
            ),
            SectorJudgement(
                sector="1.03",
                evidence=(place("Membangun"),),
                method="keyword",
                confidence=0.3,
            ),
        )
    },
)


def triples(quads: Iterable[Quad]) -> set[Triple]:
    return {quad.triple for quad in quads}


STATED = triples(document_quads(READING))
PART = {path: names.part("kota-contoh", path) for path in ("vision", "pillar/1", "mission/1")}


def values(subject: NamedNode, predicate: NamedNode) -> list[object]:
    return [t.object for t in STATED if (t.subject, t.predicate) == (subject, predicate)]


def quote_of(iri: object) -> str:
    """Return the characters that a span's position selector points at."""
    assert isinstance(iri, NamedNode)
    position = NamedNode(iri.value.replace("#char", "#position"))
    (start,), (end,) = values(position, OA.start), values(position, OA.end)
    assert isinstance(start, Literal)
    assert isinstance(end, Literal)
    return TEXT[int(start.value) : int(end.value)]


def test_the_plan_says_its_region_type_period_and_who_set_it() -> None:
    plan = names.plan("kota-contoh")
    assert values(plan, VD.coversRegion) == [names.region("99.71")]
    assert values(plan, VD.hasPlanType) == [names.concept("plan-type", "rpjmd")]
    period = names.part("kota-contoh", "period")
    assert values(period, VD.startYear) == [Literal("2021", datatype=XSD.gYear)]
    establishment = names.part("kota-contoh", "establishment")
    assert values(establishment, VD.establishedBy) == [names.office("99.71", "Walikota")]
    assert Literal("RPJMD Kota Contoh 2021–2026", language="id") in values(plan, RDFS.label)


def test_a_plan_without_a_stated_type_is_given_none() -> None:
    reading = Reading(document=document(), plan=Plan(), region=REGION, judgements={})
    predicates = {quad.predicate for quad in document_quads(reading)}
    assert VD.hasPlanType not in predicates
    assert VD.hasPeriod not in predicates


def test_a_statement_is_kept_as_printed_and_once_more_with_plain_spaces() -> None:
    vision = PART["vision"]
    assert values(vision, VD.statementText) == [Literal("Kota\u00a0 sehat", language="id")]
    assert values(vision, VD.normalizedText) == [Literal("Kota sehat", language="id")]


def test_plain_words_have_no_marks_of_emphasis() -> None:
    text = "Kota **sehat** dan <b>asri</b>, 5 * 5 warga_kota"
    marked = from_bytes(text.encode(), "kota-contoh", Metadata(title="Visi"))
    plan = Plan(vision=Vision(span=Span(0, len(text))))
    reading = Reading(document=marked, plan=plan, region=REGION, judgements={})
    plain = {q.object for q in document_quads(reading) if q.predicate == VD.normalizedText}
    assert plain == {Literal("Kota sehat dan asri, 5 * 5 warga_kota", language="id")}


def test_every_element_is_stated_where_its_quote_stands() -> None:
    elements = {t.subject for t in STATED if t.predicate == VD.statementText}
    assert len(elements) == 5
    for element in elements:
        assert isinstance(element, NamedNode)
        (span,) = values(element, VD.statedIn)
        assert values(element, VD.statementText) == [Literal(quote_of(span), language="id")]


def test_every_span_that_is_mentioned_is_described_with_both_selectors() -> None:
    mentioned = {
        t.object for t in STATED if isinstance(t.object, NamedNode) and "#char=" in t.object.value
    }
    described = {t.subject for t in STATED if t.object == VD.TextSpan}
    assert mentioned == described
    assert mentioned
    for span in mentioned:
        quote = NamedNode(str(getattr(span, "value", "")).replace("#char", "#quote"))
        assert values(quote, OA.exact) == [Literal(quote_of(span), language="id")]


def test_a_pillar_has_marker_explanation_parts_facets_and_its_words_in_the_vision() -> None:
    pillar = PART["pillar/1"]
    assert values(pillar, VD.printedMarker) == [Literal("1.")]
    assert values(pillar, VD.hasComponent) == [names.part("kota-contoh", "pillar/1/means/1")]
    assert values(pillar, VD.hasFacet) == [names.part("kota-contoh", "pillar/1/facet/emphasis/1")]
    assert [quote_of(span) for span in values(pillar, VD.namedInVisionAt)] == ["sehat"]
    assert [quote_of(span) for span in values(pillar, VD.explainedIn)] == [
        "Sehat (S) diwujudkan dengan puskesmas"
    ]


def test_missions_serve_the_vision_only_where_the_text_says_so() -> None:
    assert values(PART["mission/1"], VD.servesVision) == [PART["vision"]]
    silent = Reading(
        document=document(),
        plan=Plan(vision=PLAN.vision, missions=PLAN.missions),
        region=REGION,
        judgements={},
    )
    assert VD.servesVision not in {quad.predicate for quad in document_quads(silent)}


def test_a_term_is_defined_in_the_pillar_that_holds_it() -> None:
    term = names.part("kota-contoh", "term/s")
    assert values(term, VD.definedIn) == [PART["pillar/1"]]
    assert values(term, SKOS.prefLabel) == [Literal("Sehat", language="id")]


def test_the_source_carries_its_text_and_hash() -> None:
    source = names.document("kota-contoh")
    assert values(source, PROV.value) == [Literal(TEXT)]
    assert values(source, VD.sha256) == [Literal(document().sha256)]


def test_what_is_known_of_a_text_is_no_statement_of_the_text() -> None:
    own, other = "Pemerintah Kota Contoh", "Dinas Kominfo"
    assert not values(names.document("kota-contoh"), DCT.title)
    for publisher, node in ((own, names.government("99.71")), (other, names.agent(other))):
        metadata = Metadata(title="Visi", publisher=publisher, url="https://example.org/visi")
        reading = replace(READING, document=replace(document(), metadata=metadata))
        known = triples(provenance_quads(reading, []))
        source = names.document("kota-contoh")
        assert Triple(source, DCT.title, Literal("Visi", language="id")) in known
        assert Triple(source, DCT.source, NamedNode("https://example.org/visi")) in known
        assert Triple(source, DCT.publisher, node) in known
        assert Triple(node, RDFS.label, Literal(publisher, language="id")) in known


def test_a_judgement_below_the_threshold_is_a_candidate() -> None:
    judged = triples(judgement_quads(READING))
    mission = PART["mission/1"]
    assignment = names.part("kota-contoh", "mission/1/sector/1.02")
    candidate = names.part("kota-contoh", "mission/1/sector/1.03")
    assert Triple(mission, VD.hasSectorAssignment, assignment) in judged
    assert Triple(assignment, VD.confidence, Literal("0.80", datatype=XSD.decimal)) in judged
    assert Triple(mission, VD.hasSectorCandidate, candidate) in judged
    assert Triple(candidate, RDF.type, VD.SectorCandidate) in judged


def test_provenance_knows_the_program_and_no_clock() -> None:
    quads = list(provenance_quads(READING, [names.graph("document", "kota-contoh")]))
    assert {quad.graph_name for quad in quads} == {names.PROVENANCE}
    assert not [q for q in quads if isinstance(q.object, Literal) and "date" in str(q.object)]


def test_curation_may_mention_any_span_of_the_text() -> None:
    span = NamedNode(names.document("kota-contoh").value + "#char=0,4")
    quads = triples(curation_quads(document(), [Triple(PART["vision"], VD.evidenceSpan, span)]))
    assert Triple(span, RDF.type, VD.TextSpan) in quads


@pytest.mark.parametrize("fragment", ["char=0,99999", "char=4,4", "char=1", "char=a,b"])
def test_curation_that_mentions_no_span_of_the_text_is_refused(fragment: str) -> None:
    span = NamedNode(f"{names.document('kota-contoh').value}#{fragment}")
    with pytest.raises(DocumentError, match="is no span of kota-contoh"):
        list(curation_quads(document(), [Triple(PART["vision"], VD.evidenceSpan, span)]))


def test_every_graph_has_its_own_name() -> None:
    assert {quad.graph_name for quad in document_quads(READING)} == {
        names.graph("document", "kota-contoh")
    }
    assert {quad.graph_name for quad in judgement_quads(READING)} == {
        names.graph("judgement", "kota-contoh")
    }
