"""The W3C's manifests become tests: what is asked, of which data, and what is right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BASE = "https://w3c.github.io/rdf-tests/"
"""Where the manifests assume that their files are."""

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Data:
    """A file and the name of the graph that it is."""

    file: str
    graph: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """A test: `kind` is the local name of its class; files are named by their IRIs."""

    name: str
    kind: str
    query: str
    default: tuple[Data, ...]
    named: tuple[Data, ...]
    result: str | None
    is_lax: bool
    node: ox.NamedNode | ox.BlankNode


class Manifest:
    """A manifest and those that it includes."""

    def __init__(self, checkout: Path, path: str) -> None:
        self._checkout = checkout
        self.graph = ox.Store()
        self._read(BASE + path)
        self._roots = [BASE + path]

    def _read(self, iri: str) -> None:
        file = path_of(self._checkout, iri)
        quads = ox.parse(
            path=file, format=ox.RdfFormat.TURTLE, base_iri=iri, rename_blank_nodes=True
        )
        found = ox.Store()
        found.extend(quads)
        self.graph.extend(found)
        for quad in found.quads_for_pattern(None, ox.NamedNode(MF + "include"), None):
            for included in self.listed(quad.object):
                assert isinstance(included, ox.NamedNode)  # noqa: S101 (a manifest is a file)
                self._read(included.value)

    def value(self, subject: Term, name: str) -> Term | None:
        """Return a value of a property."""
        return next(iter(self.values(subject, name)), None)

    def values(self, subject: Term, name: str) -> list[Term]:
        """Return the values of a property."""
        assert isinstance(subject, ox.NamedNode | ox.BlankNode)  # noqa: S101 (so the manifests)
        found = self.graph.quads_for_pattern(subject, ox.NamedNode(name), None)
        return [quad.object for quad in found]

    def listed(self, node: Term) -> Iterator[Term]:
        """Yield the members of an RDF list."""
        while (first := self.value(node, RDF + "first")) is not None:
            yield first
            node = self.value(node, RDF + "rest") or node

    def tests(self) -> list[Test]:
        """Return the tests that entries name, in order."""
        entries = self.graph.quads_for_pattern(None, ox.NamedNode(MF + "entries"), None)
        nodes = [node for quad in entries for node in self.listed(quad.object)]
        return sorted((self._test(node) for node in nodes), key=lambda test: test.name)

    def _test(self, node: Term) -> Test:
        assert isinstance(node, ox.NamedNode | ox.BlankNode)  # noqa: S101 (so the manifests)
        action = self.value(node, MF + "action") or node
        query = self.value(action, QT + "query") if is_node(action) else None
        result = self.value(node, MF + "result")
        return Test(
            name=short(node),
            kind=short(self.value(node, RDF + "type") or node).rpartition("#")[2],
            query=text_of(query or action),
            default=tuple(Data(text_of(one), text_of(one)) for one in self._all(action, "data")),
            named=tuple(map(self._graph_data, self._named(node, action))),
            result=text_of(result) if isinstance(result, ox.NamedNode) else None,
            is_lax=self.value(node, MF + "resultCardinality") is not None,
            node=node,
        )

    def _all(self, action: Term, name: str) -> list[Term]:
        return self.values(action, QT + name) if is_node(action) else []

    def _named(self, node: Term, action: Term) -> list[Term]:
        return self._all(action, "graphData") + self.values(node, UT + "graphData")

    def _graph_data(self, node: Term) -> Data:
        file = self.value(node, QT + "graph") or self.value(node, UT + "graph") or node
        label = self.value(node, RDFS + "label")
        return Data(text_of(file), text_of(label or file))


def is_node(term: Term) -> bool:
    """Tell whether a term may have properties."""
    return isinstance(term, ox.NamedNode | ox.BlankNode)


def text_of(term: Term) -> str:
    """Return an IRI or the text of a literal; a blank node has none."""
    return "" if isinstance(term, ox.Triple) else term.value


def short(term: Term) -> str:
    """Return the end of a test's name: its folder and its own name."""
    return "/".join(text_of(term).replace("/manifest#", "#").split("/")[-1:])


def path_of(checkout: Path, iri: str) -> Path:
    """Return the file that an IRI below the assumed base names."""
    return checkout / iri.removeprefix(BASE)
