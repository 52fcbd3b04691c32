"""What the data page tells: dumps, graphs, how to ask, how to cite."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from visidaerah import __version__
from visidaerah.vocabulary import PREFIXES
from visidaerah.web.description import citation
from visidaerah.web.dumps import GZIP, all_dumps
from visidaerah.web.pages.copying import curl
from visidaerah.web.pages.metadata import inert
from visidaerah.web.pages.terms import short
from visidaerah.web.urls import dump_path, graph_path, page_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from visidaerah.web.pages.reader import Reader

FIRST_QUERY = f"""\
PREFIX vd: <{PREFIXES["vd"]}>

SELECT ?plan ?vision WHERE {{
  ?plan vd:hasVision/vd:normalizedText ?vision .
}}"""
"""A query to begin with."""


BY_GRAPH = """\
SELECT ?graph (COUNT(*) AS ?statements) WHERE {
  GRAPH ?graph { ?thing ?property ?value }
}
GROUP BY ?graph
ORDER BY ?graph"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpFile:
    """A dump as a row of the table; `size` is in kilobytes, in the reader's numerals."""

    href: str
    name: str
    title: str
    media_type: str
    format: str
    size: str
    checksum: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphEntry:
    """A named graph as a row of the table."""

    name: str
    page: str
    href: str
    triples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPage:
    """All that the data page tells."""

    triples: int
    dumps: tuple[DumpFile, ...]
    graphs: tuple[GraphEntry, ...]
    curl: str
    citation: str


def data_page(reader: Reader) -> DataPage:
    """Return what the data page tells."""
    site = reader.site
    return DataPage(
        triples=len(reader.store),
        dumps=tuple(dumps(reader)),
        graphs=tuple(graphs(reader)),
        curl=curl(site.absolute("/sparql"), FIRST_QUERY),
        citation=reader.t(
            "data.citation", version=__version__, release=reader.store.version, base=site.base
        ),
    )


def dumps(reader: Reader) -> Iterator[DumpFile]:
    """Yield the release's files."""
    for dump in all_dumps(reader.site):
        yield DumpFile(
            href=dump_path(dump.name),
            name=dump.name,
            title=dump.format.title,
            media_type=GZIP,
            format=dump.format.media_type,
            size=f"{reader.t.number(round(len(dump.content) / 1000))} kB",
            checksum=dump.sha256,
        )


def graphs(reader: Reader) -> Iterator[GraphEntry]:
    """Yield the named graphs, in order."""
    for graph in reader.store.graph_names:
        if isinstance(graph, NamedNode):
            yield GraphEntry(
                name=short(graph.value),
                page=page_of(graph.value, reader.site.base),
                href=graph_path(graph.value),
                triples=sum(1 for _ in reader.store.triples(graph=graph)),
            )


def dataset_json(reader: Reader, page: DataPage) -> Markup:
    """Return the data set as schema.org's Dataset, which search engines for data read."""
    site = reader.site
    files = (
        {
            "@type": "DataDownload",
            "name": dump.name,
            "contentUrl": site.absolute(dump.href),
            "encodingFormat": dump.format,
        }
        for dump in page.dumps
    )
    return inert(
        {
            "@context": "https://schema.org/",
            "@type": "Dataset",
            "@id": f"{site.base}dataset",
            "name": "visidaerah",
            "description": reader.t("site.promise"),
            "inLanguage": reader.language,
            "version": reader.store.version,
            "isAccessibleForFree": True,
            "url": site.absolute("/dataset"),
            "distribution": list(files),
        }
        | citation(site, reader.language)
    )
