"""What the data page tells: dumps, graphs, how to ask, how to cite."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from visidaerah import __version__, measures
from visidaerah.vocabulary import PREFIXES
from visidaerah.web.description import citation
from visidaerah.web.dumps import GZIP, all_dumps
from visidaerah.web.pages.copying import curl
from visidaerah.web.pages.metadata import inert
from visidaerah.web.pages.resource import within
from visidaerah.web.pages.terms import short
from visidaerah.web.pages.waiting import Awaited
from visidaerah.web.urls import dump_path, graph_path, page_of

if TYPE_CHECKING:
    from markupsafe import Markup

    from visidaerah.web.dumps import Dump
    from visidaerah.web.pages.reader import Reader
    from visidaerah.web.site import Site

FIRST_QUERY = f"""\
PREFIX vd: <{PREFIXES["vd"]}>

SELECT ?plan ?vision WHERE {{
  ?plan vd:hasVision/vd:normalizedText ?vision .
}}"""
"""A query to begin with."""


QUICKLY_DUMPED = 50_000
"""Statements of a release whose files are made in a moment; a page waits for these."""

PATIENCE = 1.0
"""Seconds that a page waits for the files of a larger one."""

GRAPHS_PER_PAGE = 100
"""Named graphs that the page shows at once."""

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
    """All that the data page tells; `making` where the files are not there yet.

    `graphs` are those of a page.
    """

    triples: int
    dumps: tuple[DumpFile, ...]
    making: bool
    graphs: tuple[GraphEntry, ...]
    page: int
    pages: int
    curl: str
    citation: str


def data_page(reader: Reader, page: int) -> DataPage:
    """Return what the data page tells, with a page of the graphs."""
    site = reader.site
    small = len(reader.store) <= QUICKLY_DUMPED
    made = awaited_dumps(site).value(None if small else PATIENCE)
    sizes = graph_sizes(reader)
    here, pages = within(page, len(sizes), GRAPHS_PER_PAGE)
    shown = islice(sizes.items(), (here - 1) * GRAPHS_PER_PAGE, here * GRAPHS_PER_PAGE)
    return DataPage(
        triples=len(reader.store),
        dumps=tuple(dump_file(reader, dump) for dump in made or ()),
        making=made is None,
        graphs=tuple(graph_entry(reader, graph, size) for graph, size in shown),
        page=here,
        pages=pages,
        curl=curl(site.absolute("/sparql"), FIRST_QUERY),
        citation=reader.t(
            "data.citation", version=__version__, release=reader.store.version, base=site.base
        ),
    )


@lru_cache(maxsize=4)
def awaited_dumps(site: Site) -> Awaited[tuple[Dump, ...]]:
    """Return the files of a release, which take minutes to make where it is large."""
    return Awaited(lambda: all_dumps(site))


def dump_file(reader: Reader, dump: Dump) -> DumpFile:
    """Return a file of the release as a row of the table."""
    return DumpFile(
        href=dump_path(dump.name),
        name=dump.name,
        title=dump.format.title,
        media_type=GZIP,
        format=dump.format.media_type,
        size=f"{reader.t.number(round(len(dump.content) / 1000))} kB",
        checksum=dump.sha256,
    )


def graph_sizes(reader: Reader) -> dict[NamedNode, int]:
    """Return how many statements each named graph has, in order of the names."""
    found = ((row["of"], row["n"]) for row in reader.store.measured(measures.BY_GRAPH))
    sizes = {
        graph: int(size.value)
        for graph, size in found
        if isinstance(graph, NamedNode) and isinstance(size, Literal)
    }
    return {graph: sizes[graph] for graph in sorted(sizes, key=str)}


def graph_entry(reader: Reader, graph: NamedNode, size: int) -> GraphEntry:
    """Return a named graph as a row of the table."""
    return GraphEntry(
        name=short(graph.value),
        page=page_of(graph.value, reader.site.base),
        href=graph_path(graph.value),
        triples=size,
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
