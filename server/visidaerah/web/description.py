"""What the service says of itself, computed from what it does: SD, VoID and DCAT."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from visidaerah import __version__
from visidaerah.formats import RDF_WRITERS, RESULT_WRITERS
from visidaerah.measures import BY_CLASS, BY_GRAPH, BY_PROPERTY, COUNTS
from visidaerah.names import MAINTAINERS, ONTOLOGY_GRAPH
from visidaerah.vocabulary import (
    DCAT,
    DCT,
    FOAF,
    ONTOLOGY,
    OWL,
    PREFIXES,
    RDF,
    SD,
    SPDX,
    VOID,
    XSD,
)
from visidaerah.web.dumps import GZIP, all_dumps
from visidaerah.web.urls import dump_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from visidaerah.store import Term
    from visidaerah.web.dumps import Dump
    from visidaerah.web.site import Site

MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
LICENCE = ox.NamedNode("https://creativecommons.org/licenses/by/4.0/")
PUBLIC = ox.NamedNode("http://publications.europa.eu/resource/authority/access-right/PUBLIC")
SIMPLE_ENTAILMENT = ox.NamedNode("http://www.w3.org/ns/entailment/Simple")

TITLES = {
    "en": "visidaerah: what Indonesian regional development plans say",
    "id": "visidaerah: isi rencana pembangunan daerah Indonesia",
}
DESCRIPTIONS = {
    "en": (
        "The visions, pillars, missions and periods that regional development plans of Indonesia "
        "state, each traceable to its sentence, with the government affairs they concern."
    ),
    "id": (
        "Visi, pokok visi, misi, dan periode yang dinyatakan rencana pembangunan daerah di "
        "Indonesia, masing-masing terlacak sampai kalimatnya, beserta urusan pemerintahan terkait."
    ),
}
KEYWORDS = {
    "en": ("regional development plan", "vision", "mission", "Indonesia", "linked data"),
    "id": ("rencana pembangunan daerah", "RPJMD", "visi", "misi", "data terhubung"),
}

PLANS = "SELECT ?plan { ?plan a vd:DevelopmentPlan }"
REGIONS = "SELECT DISTINCT ?region { ?plan vd:coversRegion ?region }"
YEARS = """
SELECT ?from ?to {
  { SELECT (MIN(?start) AS ?from) { ?period vd:startYear ?start } }
  { SELECT (MAX(?end) AS ?to) { ?period vd:endYear ?end } }
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slices:
    """A way to divide the release (VoID, 4.4): `query` counts each slice as `measure`."""

    name: str
    link: ox.NamedNode
    of: ox.NamedNode
    measure: ox.NamedNode
    query: str


CLASS_SLICES = Slices(
    name="class",
    link=VOID.classPartition,
    of=VOID["class"],
    measure=VOID.entities,
    query=BY_CLASS,
)
PROPERTY_SLICES = Slices(
    name="property",
    link=VOID.propertyPartition,
    of=VOID.property,
    measure=VOID.triples,
    query=BY_PROPERTY,
)


def dataset(site: Site) -> ox.NamedNode:
    """Return the name of the data set."""
    return ox.NamedNode(site.base + "dataset")


def is_own(site: Site) -> bool:
    """Tell whether the release is ours; of a file of anyone's we state no title and no licence."""
    return site.store.has_graph(ONTOLOGY_GRAPH.value)


def service_description(site: Site, endpoint: str) -> list[ox.Triple]:
    """Describe the endpoint (SPARQL 1.1 Service Description).

    `endpoint` is the address under which the client reached it.
    """
    service = ox.NamedNode(site.base + "sparql")
    formats = (
        *(form.iri for form in RESULT_WRITERS.values()),
        *(form.iri for form in RDF_WRITERS.values()),
        ox.RdfFormat.JSON_LD.iri,
    )
    return [
        *about(
            service,
            (RDF.type, SD.Service),
            (SD.endpoint, ox.NamedNode(endpoint)),
            (SD.supportedLanguage, SD.SPARQL10Query),
            (SD.supportedLanguage, SD.SPARQL11Query),
            (SD.feature, SD.UnionDefaultGraph),
            (SD.defaultEntailmentRegime, SIMPLE_ENTAILMENT),
            (SD.defaultDataset, part(site, "sparql-dataset")),
            (SD.availableGraphs, part(site, "sparql-dataset")),
            *((SD.resultFormat, ox.NamedNode(iri)) for iri in formats),
        ),
        *sparql_dataset(site),
    ]


@lru_cache(maxsize=4)
def sparql_dataset(site: Site) -> tuple[ox.Triple, ...]:
    """Describe what queries see: the merge of all graphs, and each graph by its name."""
    whole, merged = part(site, "sparql-dataset"), part(site, "default-graph")
    sizes = counts_by(site, BY_GRAPH)
    return (
        *about(
            whole,
            (RDF.type, SD.Dataset),
            (RDF.type, SD.GraphCollection),
            (SD.defaultGraph, merged),
            *((SD.namedGraph, part(site, f"named-graph-{n}")) for n, _ in enumerate(sizes, 1)),
        ),
        *about(merged, (RDF.type, SD.Graph), (VOID.triples, integer(len(site.store)))),
        *(
            triple
            for n, (graph, size) in enumerate(sizes.items(), 1)
            for triple in named_graph(site, n, graph, size)
        ),
    )


def named_graph(site: Site, number: int, graph: ox.NamedNode, size: int) -> list[ox.Triple]:
    """Describe a named graph and its content."""
    content = part(site, f"graph-{number}")
    return [
        *about(
            part(site, f"named-graph-{number}"),
            (RDF.type, SD.NamedGraph),
            (SD.name, graph),
            (SD.graph, content),
        ),
        *about(content, (RDF.type, SD.Graph), (VOID.triples, integer(size))),
    ]


@lru_cache(maxsize=4)
def void(site: Site) -> tuple[ox.Triple, ...]:
    """Describe the release (VoID): where it is and how much of what there is."""
    document, whole = ox.NamedNode(site.base + ".well-known/void"), dataset(site)
    return (
        *about(document, (RDF.type, VOID.DatasetDescription), (FOAF.primaryTopic, whole)),
        *about(
            whole,
            (RDF.type, VOID.Dataset),
            (VOID.sparqlEndpoint, ox.NamedNode(site.base + "sparql")),
            (VOID.uriSpace, ox.Literal(site.base + "id/")),
            (VOID.triples, integer(len(site.store))),
            *((VOID.dataDump, dump_node(site, dump.name)) for dump in all_dumps(site)),
            *((VOID.exampleResource, plan) for plan in column(site, PLANS, "plan")),
            *((VOID.vocabulary, ox.NamedNode(iri)) for iri in vocabularies(site)),
            *((VOID.feature, ox.NamedNode(form.iri)) for form in RDF_WRITERS.values()),
            *((name, integer(count(site, query))) for name, query in COUNTS.items()),
        ),
        *about(whole, *own_metadata(site)),
        *partitions(site, CLASS_SLICES),
        *partitions(site, PROPERTY_SLICES),
    )


def partitions(site: Site, slices: Slices) -> Iterator[ox.Triple]:
    """Yield a part of the release for each class or property, with its size."""
    for number, (name, size) in enumerate(counts_by(site, slices.query).items(), 1):
        node = part(site, f"{slices.name}-{number}")
        yield ox.Triple(dataset(site), slices.link, node)
        yield from about(node, (slices.of, name), (slices.measure, integer(size)))


@lru_cache(maxsize=4)
def catalogue(site: Site) -> tuple[ox.Triple, ...]:
    """Describe the release for catalogues (DCAT 3): its files, its endpoint, what it covers."""
    whole, service = dataset(site), ox.NamedNode(site.base + "sparql")
    return (
        *about(
            whole,
            (RDF.type, DCAT.Dataset),
            (DCT.identifier, ox.Literal(whole.value)),
            (DCAT.version, ox.Literal(__version__)),
            (OWL.versionInfo, ox.Literal(f"{__version__} ({site.store.version})")),
            (DCAT.landingPage, whole),
            *((DCT.spatial, region) for region in column(site, REGIONS, "region")),
            *own_metadata(site),
        ),
        *period_covered(site),
        *(triple for dump in all_dumps(site) for triple in distribution(site, dump)),
        *about(
            service,
            (RDF.type, DCAT.DataService),
            (DCT.title, ox.Literal("SPARQL endpoint", language="en")),
            (DCT.title, ox.Literal("Titik akses SPARQL", language="id")),
            (DCT.conformsTo, ox.NamedNode("https://www.w3.org/TR/sparql11-protocol/")),
            (DCAT.endpointURL, service),
            (DCAT.endpointDescription, service),
            (DCAT.servesDataset, whole),
        ),
    )


def own_metadata(site: Site) -> Iterator[tuple[ox.NamedNode, Term]]:
    """Yield title, licence and the like where the release is ours."""
    if not is_own(site):
        return
    for language, title in TITLES.items():
        yield DCT.title, ox.Literal(title, language=language)
        yield DCT.description, ox.Literal(DESCRIPTIONS[language], language=language)
        for word in KEYWORDS[language]:
            yield DCAT.keyword, ox.Literal(word, language=language)
        yield DCT.language, ox.Literal(language)
    yield DCT.license, LICENCE
    yield DCT.accessRights, PUBLIC
    yield DCT.creator, MAINTAINERS
    yield DCT.publisher, MAINTAINERS
    yield DCAT.contactPoint, MAINTAINERS
    yield DCT.conformsTo, ox.NamedNode(ONTOLOGY)
    for name in (DCT.issued, DCT.modified):
        yield from ((name, day) for day in release_dates(site, name))


def citation(site: Site, language: str) -> dict[str, object]:
    """Return who made the data set, when, and what it is about, in schema.org's words.

    Nothing where the release is not ours.
    """
    if not is_own(site):
        return {}
    names = (triple.object for triple in site.store.triples(MAINTAINERS, FOAF.name))
    name = next((name.value for name in names if isinstance(name, ox.Literal)), "visidaerah")
    maker = {"@type": "Organization", "@id": MAINTAINERS.value, "name": name}
    day = release_day(site)
    return {
        "license": LICENCE.value,
        "creator": maker,
        "publisher": maker,
        "keywords": list(KEYWORDS[language]),
        **({"datePublished": day.isoformat()} if day else {}),
    }


def release_dates(site: Site, name: ox.NamedNode) -> Iterator[Term]:
    """Yield the date of the release: the ontology's, since they are released together."""
    found = site.store.triples(ox.NamedNode(ONTOLOGY), name)
    return (triple.object for triple in found)


@lru_cache(maxsize=4)
def release_day(site: Site) -> date | None:
    """Return the date of the release, None where it has none."""
    days = (day_of(term) for term in release_dates(site, DCT.modified))
    return next((day for day in days if day), None)


def day_of(term: Term) -> date | None:
    """Return the day that a literal of xsd:date means, None for others and for no day at all."""
    if not isinstance(term, ox.Literal) or term.datatype != XSD.date:
        return None
    try:
        return date.fromisoformat(term.value)
    except ValueError:
        return None


def period_covered(site: Site) -> list[ox.Triple]:
    """Describe the years that the plans cover, where any are stated."""
    years = next(iter(site.store.select(YEARS)), {})
    if not years:
        return []
    period = part(site, "temporal")
    bounds = {DCAT.startDate: years.get("from"), DCAT.endDate: years.get("to")}
    return [
        ox.Triple(dataset(site), DCT.temporal, period),
        *about(
            period,
            (RDF.type, DCT.PeriodOfTime),
            *((name, year) for name, year in bounds.items() if year is not None),
        ),
    ]


def distribution(site: Site, dump: Dump) -> list[ox.Triple]:
    """Describe a dump: type, size and checksum."""
    node = dump_node(site, dump.name)
    checksum = ox.NamedNode(f"{node.value}#sha256")
    return [
        ox.Triple(dataset(site), DCAT.distribution, node),
        *about(
            node,
            (RDF.type, DCAT.Distribution),
            (DCT.title, ox.Literal(f"{dump.format.title}, gzip", language="en")),
            (DCAT.downloadURL, node),
            (DCAT.accessURL, dataset(site)),
            (DCAT.mediaType, ox.NamedNode(MEDIA_TYPES + dump.format.media_type)),
            (DCAT.compressFormat, ox.NamedNode(MEDIA_TYPES + GZIP)),
            (DCAT.byteSize, ox.Literal(str(len(dump.content)), datatype=XSD.nonNegativeInteger)),
            (SPDX.checksum, checksum),
            *([(DCT.license, LICENCE)] if is_own(site) else []),
        ),
        *about(
            checksum,
            (RDF.type, SPDX.Checksum),
            (SPDX.algorithm, SPDX.checksumAlgorithm_sha256),
            (SPDX.checksumValue, ox.Literal(dump.sha256, datatype=XSD.hexBinary)),
        ),
    ]


def about(subject: ox.NamedNode, *said: tuple[ox.NamedNode, Term]) -> list[ox.Triple]:
    """Return triples about a subject."""
    return [ox.Triple(subject, predicate, value) for predicate, value in said]


def part(site: Site, name: str) -> ox.NamedNode:
    """Name a part of the data set's description."""
    return ox.NamedNode(f"{site.base}dataset#{name}")


def dump_node(site: Site, name: str) -> ox.NamedNode:
    """Name a dump."""
    return ox.NamedNode(site.base.rstrip("/") + dump_path(name))


def integer(value: int) -> ox.Literal:
    """Return a number as a term."""
    return ox.Literal(value)


def count(site: Site, query: str) -> int:
    """Return the number that a query counts."""
    return number_of(site.store.measured(query)[0]["n"])


def counts_by(site: Site, query: str) -> dict[ox.NamedNode, int]:
    """Return the numbers that a query counts by thing, in the order of names."""
    rows = site.store.measured(query)
    sizes = {of: number_of(row["n"]) for row in rows if isinstance(of := row["of"], ox.NamedNode)}
    return {of: sizes[of] for of in sorted(sizes, key=str)}


def number_of(term: Term) -> int:
    """Return the value of an integer literal."""
    return int(term.value) if isinstance(term, ox.Literal) else 0


def column(site: Site, query: str, name: str) -> list[ox.NamedNode]:
    """Return the IRIs that a query finds, in order."""
    found = {row[name] for row in site.store.select(query)}
    return sorted((term for term in found if isinstance(term, ox.NamedNode)), key=str)


def vocabularies(site: Site) -> list[str]:
    """Return the namespaces, of those we know, whose properties the release uses."""
    used = [name.value for name in counts_by(site, BY_PROPERTY)]
    return [start for start in PREFIXES.values() if any(iri.startswith(start) for iri in used)]
