"""The source text as triples: its characters, and apart from them what is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from visidaerah import names
from visidaerah.quads.plan import government_triples
from visidaerah.quads.triples import describe
from visidaerah.vocabulary import DCT, FOAF, PROV, RDF, RDFS, VD, XSD

if TYPE_CHECKING:
    from visidaerah.documents import SourceFile
    from visidaerah.quads.reading import Reading
    from visidaerah.quads.triples import Triples


def source_triples(reading: Reading) -> Triples:
    """Yield the text itself: its characters, their hash, and the plan that they report."""
    document = reading.document
    return describe(
        names.document(document.slug),
        (RDF.type, VD.SourceText),
        (VD.sha256, Literal(document.sha256)),
        (VD.characterCount, Literal(len(document.text))),
        (VD.reports, names.plan(document.slug)),
        (PROV.value, Literal(document.text)),
    )


def origin_triples(reading: Reading) -> Triples:
    """Yield what is known of the text and does not stand in it: title, publisher, source, file."""
    document, metadata = reading.document, reading.document.metadata
    title = Literal(metadata.title, language=metadata.language)
    known: tuple[tuple[NamedNode, NamedNode | Literal | None], ...] = (
        (RDFS.label, title),
        (DCT.title, title),
        (DCT.language, Literal(metadata.language)),
        (DCT.publisher, _publisher(reading)),
        (DCT.source, NamedNode(metadata.url) if metadata.url else None),
        (DCT.issued, _date(metadata.issued)),
        (VD.retrieved, _date(metadata.retrieved)),
        (PROV.wasDerivedFrom, names.source_file(document.slug) if document.source else None),
    )
    yield from describe(names.document(document.slug), *((p, o) for p, o in known if o is not None))
    yield from _publisher_triples(reading)
    if document.source:
        yield from _file(document.slug, document.source)


def _publisher(reading: Reading) -> NamedNode | None:
    """Name the publisher: the region's own government, or another body by its name."""
    publisher, region = reading.document.metadata.publisher, reading.region
    if not publisher:
        return None
    if region and publisher == f"Pemerintah {region.label()}":
        return names.government(region.code)
    return names.agent(publisher)


def _publisher_triples(reading: Reading) -> Triples:
    publisher, node = reading.document.metadata.publisher, _publisher(reading)
    if not publisher or not node:
        return
    if reading.region and node == names.government(reading.region.code):
        yield from government_triples(reading.region)
    else:
        yield from describe(
            node, (RDF.type, FOAF.Agent), (RDFS.label, Literal(publisher, language="id"))
        )


def _file(slug: str, file: SourceFile) -> Triples:
    return describe(
        names.source_file(slug),
        (RDF.type, VD.SourceFile),
        (RDFS.label, Literal(file.name)),
        (DCT.title, Literal(file.name)),
        (DCT.format, Literal(file.media_type)),
        (VD.sha256, Literal(file.sha256)),
    )


def _date(day: object) -> Literal | None:
    return Literal(str(day), datatype=XSD.date) if day else None
