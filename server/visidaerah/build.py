"""Documents become graphs: the whole pipeline on one screen.

document → statements → judgements → quads → consequences → TriG
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from visidaerah import assets, names
from visidaerah.documents import read_bytes, read_folder
from visidaerah.elements import named_elements
from visidaerah.errors import DocumentError, UsageError
from visidaerah.inference import Axioms, infer, read_axioms
from visidaerah.quads import (
    Reading,
    curation_quads,
    document_quads,
    judgement_quads,
    provenance_quads,
)
from visidaerah.regions import Region, read_regions
from visidaerah.sectors import SectorScheme, judge, read_scheme
from visidaerah.statements import Gazetteer, read_plan
from visidaerah.trig import write_trig
from visidaerah.vocabulary import BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from importlib.resources.abc import Traversable

    from visidaerah.documents import Document
    from visidaerah.statements.model import Plan

GRAPH_PREFIXES = {
    name: PREFIXES[name]
    for name in ("dct", "foaf", "oa", "org", "prov", "rdfs", "skos", "vd", "xsd")
}
ALIGNMENTS = "alignments.ttl"
"""The ontology's links to other models: nothing is inferred from them, so that they can go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What reading needs to know beforehand: the regions, the sectors, the ontology's axioms."""

    regions: tuple[Region, ...]
    gazetteer: Gazetteer
    scheme: SectorScheme
    axioms: Axioms


def shipped_knowledge() -> Knowledge:
    """Read the shipped regions, sector scheme and ontology."""
    files = (file for file in _turtle(assets.ontology()) if file.name != ALIGNMENTS)
    ontology = (triple for file in files for triple in _parse(file))
    regions = read_regions((assets.data() / "regions.ttl").read_bytes())
    return Knowledge(
        regions=regions,
        gazetteer=Gazetteer.of(regions),
        scheme=read_scheme((assets.ontology() / "sectors.ttl").read_bytes()),
        axioms=read_axioms(ontology),
    )


def _turtle(folder: Traversable) -> Iterator[Traversable]:
    return (file for file in folder.iterdir() if file.name.endswith(".ttl"))


def _parse(file: Traversable) -> list[Triple]:
    """Parse a Turtle file, relative IRIs against the project's base.

    Raises DocumentError where it is not Turtle.
    """
    try:
        quads = parse(read_bytes(file), RdfFormat.TURTLE, base_iri=BASE, without_named_graphs=True)
        return [quad.triple for quad in quads]
    except SyntaxError as error:
        raise DocumentError(f"{file} is not Turtle: {error}.") from error


def read(document: Document, knowledge: Knowledge) -> Reading:
    """Read a document: its statements, and the sectors that each of them concerns."""
    plan = read_plan(document, knowledge.gazetteer)
    return Reading(
        document=document,
        plan=plan,
        region=_region(document, plan, knowledge.regions),
        judgements={
            element.path: judge(document.text, element.own_words, knowledge.scheme)
            for element in named_elements(plan, document.text, document.naming)
        },
    )


def _region(document: Document, plan: Plan, regions: Iterable[Region]) -> Region | None:
    """Return the region that the metadata names, or else the one that the text does.

    Raises DocumentError where the metadata names a region that does not exist.
    """
    wanted = document.metadata.region
    code = wanted or (plan.region.code if plan.region else None)
    found = next((region for region in regions if region.code == code), None)
    if wanted and not found:
        raise DocumentError(
            f"{document.slug}: there is no region with the code {wanted!r}."
            " Give a Ministry of Home Affairs code such as 33.71, or none."
        )
    return found


def graphs_of(
    reading: Reading, knowledge: Knowledge, curated: Iterable[Triple] = ()
) -> Iterator[Quad]:
    """Yield all quads of a document, graph after graph, each in reading order.

    Raises DocumentError where the curation mentions a span that is not in the text.
    """
    stated = [
        *document_quads(reading),
        *judgement_quads(reading),
        *_curated(reading.document, curated),
    ]
    yield from stated
    yield from (Quad(*link, names.INFERRED) for link in infer(stated, knowledge.axioms))
    graphs = dict.fromkeys(
        quad.graph_name for quad in stated if isinstance(quad.graph_name, NamedNode)
    )
    yield from provenance_quads(reading, graphs)


def _curated(document: Document, curated: Iterable[Triple]) -> list[Quad]:
    try:
        return list(curation_quads(document, curated))
    except DocumentError as error:
        raise DocumentError(f"The curation.ttl of {document.slug} is wrong: {error}") from error


def to_trig(quads: Iterable[Quad]) -> bytes:
    """Write quads as TriG, the same quads always as the same bytes."""
    return write_trig(quads, GRAPH_PREFIXES, BASE)


def build_folder(folder: Traversable, knowledge: Knowledge) -> bytes:
    """Build the graph of a document's folder (`document.toml`, `text.txt`, `curation.ttl`).

    Raises DocumentError where a file is missing or broken.
    """
    document = read_folder(folder)
    names.checked_slug(document.slug)
    return to_trig(graphs_of(read(document, knowledge), knowledge, curation_of(folder)))


def curation_of(folder: Traversable) -> list[Triple]:
    """Return what a person added to a document (`curation.ttl`), nothing where nobody did.

    Raises DocumentError where it is not Turtle.
    """
    curation = folder / "curation.ttl"
    return _parse(curation) if curation.is_file() else []


def document_folders(data: Traversable) -> list[Traversable]:
    """Return the folders of all documents of a data folder, in the order of their slugs.

    Raises UsageError where there are none.
    """
    documents = data / "documents"
    folders = [f for f in documents.iterdir() if f.is_dir()] if documents.is_dir() else []
    if not folders:
        raise UsageError(f"{data} has no documents. Put them in {data}/documents/SLUG/text.txt.")
    return sorted(folders, key=lambda folder: folder.name)
