"""Where the graphs of a document come from (PROV-O), without a clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from visidaerah import __version__, names
from visidaerah.quads.source import origin_triples
from visidaerah.quads.triples import describe, english, in_graph, indonesian
from visidaerah.vocabulary import DCT, PROV, RDF, RDFS, VD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from visidaerah.quads.reading import Reading
    from visidaerah.quads.triples import Triples


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
        triples += _graph_origin(graph, slug)
    return in_graph(names.PROVENANCE, triples)


def _graph_origin(graph: NamedNode, slug: str) -> Triples:
    curated = graph == names.graph("curation", slug)
    origin = (
        ((PROV.wasAttributedTo, names.MAINTAINERS), (VD.method, names.concept("method", "human")))
        if curated
        else ((PROV.wasGeneratedBy, names.activity(slug)),)
    )
    return describe(
        graph,
        (RDF.type, PROV.Entity),
        (PROV.wasDerivedFrom, names.document(slug)),
        *origin,
    )
