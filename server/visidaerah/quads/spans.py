"""Spans of a text as Web Annotation selectors (Web Annotation Data Model, 4.2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from visidaerah import names
from visidaerah.errors import DocumentError
from visidaerah.quads.triples import describe, english, indonesian
from visidaerah.spans import Span
from visidaerah.vocabulary import OA, RDF, RDFS, VD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from visidaerah.documents import Document
    from visidaerah.quads.triples import Pair, Triples
    from visidaerah.readers import Place, PlaceKind


CONTEXT = 24
"""Characters of text kept before and after a quote, to find it again in a changed text."""

_PLACE_WORDS: dict[PlaceKind, tuple[str, str]] = {
    "page": ("halaman", "page"),
    "block": ("bagian", "block"),
}


def describe_spans(document: Document, mentioned: Iterable[object]) -> Triples:
    """Describe every span that the given objects mention, in text order."""
    mark = names.document(document.slug).value + "#char="
    found = {node.value for node in mentioned if isinstance(node, NamedNode)}
    for place in sorted(_place(document, iri) for iri in found if iri.startswith(mark)):
        yield from _span(document, place)


def _place(document: Document, iri: str) -> Span:
    """Return the span that an IRI names.

    Raises DocumentError where the document has no such span.
    """
    numbers = re.fullmatch(r".*#char=(\d{1,12}),(\d{1,12})", iri)
    start, end = (int(number) for number in numbers.groups()) if numbers else (0, 0)
    if not start < end <= len(document.text):
        raise DocumentError(
            f"{iri} is no span of {document.slug}, which has {len(document.text)} characters."
            " Write #char=START,END with START < END."
        )
    return Span(start, end)


def _span(document: Document, place: Span) -> Triples:
    slug, text = document.slug, document.text
    start, end = place.start, place.end
    subject = names.span(slug, place)
    position, quote = names.span(slug, place, "position"), names.span(slug, place, "quote")
    places = document.source.places_of(place) if document.source else ()
    yield from describe(
        subject,
        (RDF.type, VD.TextSpan),
        (OA.hasSource, names.document(slug)),
        (OA.hasSelector, position),
        (OA.hasSelector, quote),
        *((VD.locatedIn, names.source_place(slug, each.kind, each.value)) for each in places),
    )
    yield from describe(
        position,
        (RDF.type, OA.TextPositionSelector),
        (OA.start, Literal(start)),
        (OA.end, Literal(end)),
    )
    context: list[Pair] = [
        (OA.prefix, indonesian(text[max(0, start - CONTEXT) : start])),
        (OA.suffix, indonesian(text[end : end + CONTEXT])),
    ]
    yield from describe(
        quote,
        (RDF.type, OA.TextQuoteSelector),
        (OA.exact, indonesian(place.of(text))),
        *(pair for pair in context if pair[1].value),
    )
    for each in places:
        yield from _source_place(slug, each)


def _source_place(slug: str, place: Place) -> Triples:
    """Yield the page or block of the source file out of which a span came."""
    subject = names.source_place(slug, place.kind, place.value)
    said = f"{place.value} ({place.label})" if place.label else place.value
    word_id, word_en = _PLACE_WORDS[place.kind]
    yield from describe(
        subject,
        (RDF.type, VD.SourcePlace),
        (RDFS.label, indonesian(f"{word_id} {said}")),
        (RDFS.label, english(f"{word_en} {said}")),
        (OA.hasSource, names.source_file(slug)),
    )
    if place.kind == "page":
        yield subject, VD.pageNumber, Literal(int(place.value))
