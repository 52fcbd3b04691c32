"""The small words in which triples are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


Pair: TypeAlias = tuple[NamedNode, NamedNode | Literal]
Link: TypeAlias = tuple[NamedNode, NamedNode, NamedNode | Literal]
Triples: TypeAlias = "Iterator[Link]"


def describe(subject: NamedNode, *pairs: Pair) -> Triples:
    """Yield the triples of one subject, in the order given."""
    return ((subject, predicate, value) for predicate, value in pairs)


def in_graph(graph: NamedNode, triples: Iterable[Link]) -> Iterator[Quad]:
    """Yield the triples as quads of a graph, each once."""
    return (Quad(*triple, graph) for triple in dict.fromkeys(triples))


def normal(quote: str) -> str:
    """Collapse white space, U+00A0 included."""
    return " ".join(quote.split())


def indonesian(value: str) -> Literal:
    """Return a literal in Indonesian."""
    return Literal(value, language="id")


def english(value: str) -> Literal:
    """Return a literal in English."""
    return Literal(value, language="en")
