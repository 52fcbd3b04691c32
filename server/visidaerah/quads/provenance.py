"""Where the graphs of a document come from (PROV-O), without a clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from visidaerah import __version__, names
from visidaerah.quads.source import origin_triples
from visidaerah.quads.triples import describe, english, in_graph, indonesian
from visidaerah.vocabulary import DCT, FOAF, PROV, RDF, RDFS, VD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from visidaerah.quads.reading import Reading
    from visidaerah.quads.triples import Pair, Triples


def provenance_quads(reading: Reading, graphs: Iterable[NamedNode]) -> Iterator[Quad]:
    """Yield where a document and its graphs come from (PROV-O), without a clock."""
    slug = reading.document.slug
    program, activity = names.software(__version__), names.activity(slug)
    triples = [
        *origin_triples(reading),
        *describe(
            activity,
            (RDF.type, PROV.Activity),
            (RDFS.label, indonesian(f"pembacaan naskah {slug}")),
            (RDFS.label, english(f"reading of the text {slug}")),
            (PROV.used, names.document(slug)),
            (PROV.wasAssociatedWith, program),
        ),
        *describe(
            program,
            (RDF.type, PROV.SoftwareAgent),
            (RDFS.label, Literal(f"visidaerah {__version__}")),
            (DCT.hasVersion, Literal(__version__)),
            (PROV.actedOnBehalfOf, names.MAINTAINERS),
        ),
    ]
    for graph in graphs:
        curated = graph == names.graph("curation", slug)
        triples += _curation_origin(reading, graph) if curated else _reading_origin(reading, graph)
    return in_graph(names.PROVENANCE, triples)


def _reading_origin(reading: Reading, graph: NamedNode) -> Triples:
    slug = reading.document.slug
    return describe(
        graph,
        (RDF.type, PROV.Entity),
        (PROV.wasDerivedFrom, names.document(slug)),
        (PROV.wasGeneratedBy, names.activity(slug)),
    )


def _curation_origin(reading: Reading, graph: NamedNode) -> Triples:
    slug, name = reading.document.slug, reading.document.metadata.curated_by
    curator = names.agent(name or f"curator {slug}")
    yield from describe(
        graph,
        (RDF.type, PROV.Entity),
        (PROV.wasDerivedFrom, names.document(slug)),
        (PROV.wasAttributedTo, curator),
        (VD.method, names.concept("method", "human")),
    )
    if curator != names.MAINTAINERS:
        yield from describe(curator, (RDF.type, FOAF.Agent), *_called(name, slug))


def _called(name: str | None, slug: str) -> Iterator[Pair]:
    """Yield the name of a curator, or what is known of one who gave none."""
    if name:
        yield RDFS.label, Literal(name)
    else:
        yield RDFS.label, indonesian(f"penyusun tambahan pada {slug}")
        yield RDFS.label, english(f"whoever added to {slug}")
