"""Spans of a text as Web Annotation selectors (Web Annotation Data Model, 4.2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from visidaerah import names
from visidaerah.errors import DocumentError
from visidaerah.quads.triples import describe, indonesian
from visidaerah.spans import Span
from visidaerah.vocabulary import OA, RDF, VD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from visidaerah.documents import Document
    from visidaerah.quads.triples import Pair, Triples


CONTEXT = 24
"""Characters of text kept before and after a quote, to find it again in a changed text."""


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
    yield from describe(
        subject,
        (RDF.type, VD.TextSpan),
        (OA.hasSource, names.document(slug)),
        (OA.hasSelector, position),
        (OA.hasSelector, quote),
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
