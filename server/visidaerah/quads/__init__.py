"""What was read from a document as quads, in reading order, each graph apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Quad

from visidaerah import names
from visidaerah.quads.judgements import judgement_quads
from visidaerah.quads.parts import element_triples
from visidaerah.quads.plan import plan_triples
from visidaerah.quads.provenance import provenance_quads
from visidaerah.quads.reading import Reading
from visidaerah.quads.source import source_triples
from visidaerah.quads.spans import describe_spans
from visidaerah.quads.triples import in_graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple

    from visidaerah.documents import Document

__all__ = [
    "Reading",
    "curation_quads",
    "document_quads",
    "judgement_quads",
    "provenance_quads",
]


def document_quads(reading: Reading) -> Iterator[Quad]:
    """Yield what the text says, and nothing else, each statement with its span."""
    triples = (*source_triples(reading), *plan_triples(reading), *element_triples(reading))
    spans = describe_spans(reading.document, (triple[2] for triple in triples))
    return in_graph(names.graph("document", reading.document.slug), (*triples, *spans))


def curation_quads(document: Document, curated: Iterable[Triple]) -> Iterator[Quad]:
    """Yield what a person added, with a description of every span of the document it mentions.

    Raises DocumentError where it mentions a span that is not in the text.
    """
    graph = names.graph("curation", document.slug)
    triples = list(curated)
    spans = describe_spans(document, (triple.object for triple in triples))
    yield from (Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)
    yield from in_graph(graph, spans)
