"""The small words in which triples are written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


# Markdown's and HTML's; a single star or underscore may be the text's own.
_EMPHASIS = re.compile(r"\*\*|__|</?(?:b|i|u|em|strong|span|font)\b[^<>]{0,200}>", re.IGNORECASE)

Pair: TypeAlias = tuple[NamedNode, NamedNode | Literal]
Link: TypeAlias = tuple[NamedNode, NamedNode, NamedNode | Literal]
Triples: TypeAlias = "Iterator[Link]"


def describe(subject: NamedNode, *pairs: Pair) -> Triples:
    """Yield the triples of one subject, in the order given."""
    return ((subject, predicate, value) for predicate, value in pairs)


def in_graph(graph: NamedNode, triples: Iterable[Link]) -> Iterator[Quad]:
    """Yield the triples as quads of a graph, each once, all of a subject together.

    Subjects, and the predicates of a subject, keep the order in which they first came.
    """
    grouped: dict[NamedNode, dict[NamedNode, dict[NamedNode | Literal, None]]] = {}
    for subject, predicate, value in triples:
        grouped.setdefault(subject, {}).setdefault(predicate, {})[value] = None
    for subject, predicates in grouped.items():
        for predicate, values in predicates.items():
            yield from (Quad(subject, predicate, value, graph) for value in values)


def normal(quote: str) -> str:
    """Leave out marks of emphasis and collapse white space, U+00A0 included."""
    return " ".join(_EMPHASIS.sub("", quote).split())


def indonesian(value: str) -> Literal:
    """Return a literal in Indonesian."""
    return Literal(value, language="id")


def english(value: str) -> Literal:
    """Return a literal in English."""
    return Literal(value, language="en")
