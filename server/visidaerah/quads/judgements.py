"""Which sectors the elements concern: a node a judgement, with method and evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, Quad

from visidaerah import names
from visidaerah.quads.spans import describe_spans
from visidaerah.quads.triples import describe, in_graph
from visidaerah.vocabulary import RDF, VD, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from visidaerah.quads.reading import Reading
    from visidaerah.quads.triples import Triples
    from visidaerah.sectors import SectorJudgement


def judgement_quads(reading: Reading) -> Iterator[Quad]:
    """Yield which sectors the elements concern: a node a judgement, with method and evidence."""
    slug = reading.document.slug
    triples = [
        triple
        for path, judgements in reading.judgements.items()
        for judgement in judgements
        for triple in _judgement(slug, path, judgement)
    ]
    evidence = describe_spans(reading.document, (triple[2] for triple in triples))
    return in_graph(names.graph("judgement", slug), (*triples, *evidence))


def _judgement(slug: str, path: str, judgement: SectorJudgement) -> Triples:
    published = judgement.is_published
    element = names.part(slug, path)
    subject = names.part(slug, f"{path}/sector/{judgement.sector}")
    yield element, VD.hasSectorAssignment if published else VD.hasSectorCandidate, subject
    yield from describe(
        subject,
        (RDF.type, VD.SectorAssignment if published else VD.SectorCandidate),
        (VD.assignedSector, names.sector(judgement.sector)),
        (VD.confidence, Literal(f"{judgement.confidence:.2f}", datatype=XSD.decimal)),
        (VD.method, names.concept("method", judgement.method)),
        *((VD.evidenceSpan, names.span(slug, place)) for place in judgement.evidence),
    )
