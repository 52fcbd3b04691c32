"""Files become statements: those that are shipped, and anyone's, as long as they may be."""

from __future__ import annotations

import gzip
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import pyoxigraph as ox

from visidaerah import assets
from visidaerah.bombs import refuse_bomb
from visidaerah.errors import DatasetError
from visidaerah.names import ONTOLOGY_GRAPH, PROVENANCE, REGIONS_GRAPH, SECTORS_GRAPH
from visidaerah.vocabulary import BASE, RDF, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from importlib.resources.abc import Traversable

    Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph

DATA_GRAPHS = {"provenance.ttl": PROVENANCE, "regions.ttl": REGIONS_GRAPH}

COMPRESSED = ".gz"
KNOWN_FORMATS = {
    "jsonld": ox.RdfFormat.JSON_LD,
    "json": ox.RdfFormat.JSON_LD,
    "nq": ox.RdfFormat.N_QUADS,
    "nt": ox.RdfFormat.N_TRIPLES,
    "owl": ox.RdfFormat.RDF_XML,
    "rdf": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "ttl": ox.RdfFormat.TURTLE,
    "turtle": ox.RdfFormat.TURTLE,
}
"""Formats by the extensions that a folder's files are known by."""

REMOTE_CONTEXT = "No LoadDocumentCallback"


def shipped_quads() -> Iterator[ox.Quad]:
    """Yield the statements of the shipped files, each file in its graph.

    Raises DatasetError where a file is broken.
    """
    yield from quads_with_own(())


def quads_with_own(graphs: Sequence[Path], *, only: bool = False) -> Iterator[ox.Quad]:
    """Yield the shipped statements with those of graphs of documents, as `Store.with_own` does.

    Raises DatasetError where a file is broken.
    """
    yield from knowledge_quads()
    own = {path.name for path in graphs}
    for file in [] if only else sorted_files(assets.data() / "graph", ".trig"):
        if file.name not in own:
            yield from parse_file(file)
    for path in graphs:
        yield from read_file(path)


def knowledge_quads() -> Iterator[ox.Quad]:
    """Yield the shipped ontology, schemes, regions and provenance, each in its graph.

    Raises DatasetError where a file is broken.
    """
    for file in sorted_files(assets.ontology(), ".ttl"):
        triples = [quad.triple for quad in parse_file(file)]
        graph = graph_of_ontology_file(triples)
        yield from (in_graph(triple, graph) for triple in triples)
    for name, graph in DATA_GRAPHS.items():
        file = assets.data() / name
        if file.is_file():
            yield from (in_graph(quad.triple, graph) for quad in parse_file(file))


def in_graph(triple: ox.Triple, graph: Graph) -> ox.Quad:
    """Return the triple as a statement of a graph."""
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def with_stable_blank_nodes(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return the statements with canonical labels of blank nodes, so that equal files look equal.

    Only for our own files: canonicalisation (RDFC-1.0) can be slow on hostile ones.
    """
    quads = list(quads)
    blank = {quad for quad in quads if any(isinstance(term, ox.BlankNode) for term in quad)}
    dataset = ox.Dataset(blank)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return [*(quad for quad in quads if quad not in blank), *dataset]


def graph_of_ontology_file(triples: list[ox.Triple]) -> ox.NamedNode:
    """Return the graph of a file: a file that makes a concept scheme is no vocabulary."""
    is_scheme = any(
        triple.predicate == RDF.type and triple.object == SKOS.ConceptScheme for triple in triples
    )
    return SECTORS_GRAPH if is_scheme else ONTOLOGY_GRAPH


def sorted_files(folder: Traversable, suffix: str) -> list[Traversable]:
    """Return the folder's own files with a suffix, by name; none where there is no folder."""
    if not folder.is_dir():
        return []
    files = (file for file in folder.iterdir() if file.name.endswith(suffix))
    return sorted(files, key=lambda file: file.name)


def parse_file(file: Traversable) -> list[ox.Quad]:
    """Return the statements of a shipped file.

    Raises DatasetError where it is broken.
    """
    return parse(file.read_bytes(), format_of(file.name), file.name, BASE)


def read_file(path: Path) -> list[ox.Quad]:
    """Return the statements of anyone's file.

    Raises DatasetError where it cannot be read, is of no known format, or is broken.
    """
    return list(quads_of(path))


def quads_of(path: Path, *, is_one_of_many: bool = False) -> Iterator[ox.Quad]:
    """Yield the statements of anyone's file; relative IRIs are resolved against its place.

    Blank nodes of one of many files get labels of their own.

    Raises DatasetError where it cannot be read, is of no known format, or is broken.
    """
    rdf_format = format_of(path.name.removesuffix(COMPRESSED))
    with opened(path) as stream, told(path, rdf_format):
        refuse_bomb(stream, path, rdf_format)
    with opened(path) as stream, told(path, rdf_format):
        yield from ox.parse(
            stream,
            format=rdf_format,
            base_iri=path.resolve().as_uri(),
            rename_blank_nodes=is_one_of_many,
        )


def files_of(path: Path) -> list[Path]:
    """Return the file, or all files below a folder whose names tell a format, in order.

    Raises DatasetError where there are none.
    """
    if not path.exists():
        raise DatasetError(f"There is no such file: {path}.")
    if not path.is_dir():
        return [path]
    known = [file for file in sorted(path.rglob("*")) if is_known(file) and file.is_file()]
    if not known:
        extensions = ", ".join(f".{name}" for name in KNOWN_FORMATS)
        raise DatasetError(f"The folder {path} has no file of a known format ({extensions}).")
    return known


def is_known(file: Path) -> bool:
    """Tell whether a file's name tells a format and does not hide."""
    extension = file.name.removesuffix(COMPRESSED).rpartition(".")[2].lower()
    return extension in KNOWN_FORMATS and not file.name.startswith(".")


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file, uncompressed where its name tells that it is compressed.

    Raises DatasetError where it cannot be read.
    """
    if path.is_dir():
        raise DatasetError(f"{path} is a folder. Name a file.")
    if not path.exists():
        raise DatasetError(f"There is no such file: {path}.")
    try:
        with path.open("rb") as raw:
            yield uncompressed(raw, path)
    except OSError as error:
        raise DatasetError(f"{path} cannot be read: {error.strerror or error}.") from error


def uncompressed(raw: IO[bytes], path: Path) -> IO[bytes]:
    """Return the stream of a file's content."""
    return cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if path.suffix == COMPRESSED else raw


@contextmanager
def told(path: Path, rdf_format: ox.RdfFormat) -> Iterator[None]:
    """Tell what is wrong with a file that is being parsed.

    Raises DatasetError, with the line at fault where it is known.
    """
    try:
        yield
    except SyntaxError as error:
        if REMOTE_CONTEXT in str(error):
            raise DatasetError(
                f"{path} names a JSON-LD context elsewhere, and nothing is fetched from there. "
                "Write the context into the file, or convert it to Turtle first."
            ) from error
        raise DatasetError(f"{path} is not {rdf_format.name}: {error.msg}.") from error
    except MemoryError as error:
        raise DatasetError(
            f"{path} has a value that is too long to be read, one of over 16 MB. Shorten it."
        ) from error
    except EOFError as error:
        raise DatasetError(f"{path} is cut short: its gzip data have no end.") from error
    except zlib.error as error:
        raise DatasetError(f"{path} cannot be read: its gzip data are broken.") from error


def parse(content: bytes, rdf_format: ox.RdfFormat, name: str, base: str) -> list[ox.Quad]:
    """Return the statements of some bytes; relative IRIs are resolved against the base.

    Raises DatasetError where they are broken, with the line at fault.
    """
    with told(Path(name), rdf_format):
        return list(ox.parse(content, format=rdf_format, base_iri=base))


def format_of(name: str) -> ox.RdfFormat:
    """Return the format that a file's name tells.

    Raises DatasetError where it tells none.
    """
    extension = name.rpartition(".")[2].lower()
    found = KNOWN_FORMATS.get(extension) or ox.RdfFormat.from_extension(extension)
    if found is None:
        raise DatasetError(
            f"{name} tells no format. Name it .ttl, .trig, .nt, .nq, .rdf or .jsonld "
            "(and .gz after it where it is compressed)."
        )
    return found
