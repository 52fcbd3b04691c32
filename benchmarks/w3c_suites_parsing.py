"""RDF files are read as `serve --dataset` reads them, and compared with what they mean."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox
from w3c_suites_tests import BASE, Manifest, Test, path_of

from visidaerah.errors import DatasetError
from visidaerah.sources import read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    Read = Callable[[Path, str], Iterable[ox.Quad]]


@dataclass(frozen=True, slots=True)
class Suite:
    """A suite of files in one format."""

    name: str
    manifest: str


PARSING = tuple(
    Suite(name, f"rdf/rdf11/{folder}/manifest.ttl")
    for name, folder in (
        ("N-Triples", "rdf-n-triples"),
        ("N-Quads", "rdf-n-quads"),
        ("Turtle", "rdf-turtle"),
        ("TriG", "rdf-trig"),
        ("RDF/XML", "rdf-xml"),
    )
)


def parsing_scores(checkout: Path, suite: Suite) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """Return how many tests there are, and those that fail for us and for the engine alone."""
    tests = Manifest(checkout, suite.manifest).tests()
    ours, engine = (
        tuple(test.name for test in tests if not passes(checkout, test, read))
        for read in (read_as_dataset, read_by_engine)
    )
    return len(tests), ours, engine


def passes(checkout: Path, test: Test, read: Read) -> bool:
    """Tell whether a file is read as it should be."""
    try:
        found = canonical(read(path_of(checkout, test.query), test.query))
    except (DatasetError, SyntaxError, UnicodeDecodeError):
        return "Negative" in test.kind
    if "Negative" in test.kind or not test.result:
        return "Negative" not in test.kind
    expected = read_by_engine(path_of(checkout, test.result), test.result)
    return found == canonical(expected)


def canonical(quads: Iterable[ox.Quad]) -> ox.Dataset:
    """Return statements with labels of blank nodes that depend on the statements alone."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def read_by_engine(path: Path, base: str) -> Iterable[ox.Quad]:
    """Read a file by the engine alone."""
    form = ox.RdfFormat.from_extension(path.suffix[1:])
    assert form  # noqa: S101 (the suites have no other files)
    return ox.parse(path=path, format=form, base_iri=base)


def read_as_dataset(path: Path, base: str) -> Iterable[ox.Quad]:
    """Read a file as `serve --dataset` does, with its own place taken for its address."""
    quads = read_file(path)
    place = path.resolve().as_uri().removesuffix(base.removeprefix(BASE))
    with tempfile.TemporaryFile() as stream:
        ox.serialize(quads, stream, ox.RdfFormat.N_QUADS)
        stream.seek(0)
        content = stream.read().replace(b"<" + place.encode(), b"<" + BASE.encode())
    return ox.parse(content, format=ox.RdfFormat.N_QUADS)
