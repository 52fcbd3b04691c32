"""The terms of the graph in words: what a reader sees in place of an IRI or a literal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pyoxigraph import BlankNode, Literal, NamedNode

from visidaerah.vocabulary import BASE, DCT, FOAF, PREFIXES, RDFS, SKOS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple

    Term = NamedNode | BlankNode | Literal | Triple

LABEL_PROPERTIES: tuple[NamedNode, ...] = (
    SKOS.prefLabel,
    RDFS.label,
    DCT.title,
    FOAF.name,
    NamedNode(PREFIXES["schema"] + "name"),
)
"""Where a name is looked for, best first."""

_WORD_BOUNDARY = re.compile(r"(?<=[a-z])(?=[A-Z])|[-_]+")


@dataclass(frozen=True, slots=True)
class Wording:
    """Some words and their language, None where they have none (a name, a code)."""

    text: str
    language: str | None = None

    def __str__(self) -> str:
        return self.text

    @property
    def without_stop(self) -> Wording:
        """The words without the full stop at their end, to stand within a sentence."""
        return Wording(self.text.rstrip(" ."), self.language)


@dataclass(frozen=True, slots=True)
class Link:
    """A resource as a reader meets it: words, and where they lead (None: nowhere safe)."""

    iri: str
    label: Wording
    href: str | None
    outside: bool = False

    def __str__(self) -> str:
        return self.label.text


def curie(iri: str) -> str:
    """Shorten an IRI by a known prefix; what has none stays as it is."""
    for prefix, namespace in PREFIXES.items():
        name = iri.removeprefix(namespace)
        if name != iri and re.fullmatch(r"[\w.-]+", name):
            return f"{prefix}:{name}"
    return iri


def short(iri: str) -> str:
    """Shorten an IRI for a table: a prefixed name, or a path below the base."""
    return curie(iri.removeprefix(BASE)) if iri != BASE else iri


def name_from(iri: str) -> str:
    """Make words of an IRI that nobody named: `…#hasVision` is "has vision"."""
    tail = re.split(r"[#/]", unquote(iri).rstrip("#/"))[-1]
    return " ".join(_WORD_BOUNDARY.split(tail)).strip().lower() or iri


def text_of(literal: Literal) -> Wording:
    """Return the words of a literal."""
    return Wording(literal.value, literal.language)


def best(candidates: Iterable[Literal], language: str) -> Literal | None:
    """Return the literal nearest to the reader: their language, none, the other, any."""
    return min(candidates, key=lambda literal: _distance(literal, language), default=None)


def _distance(literal: Literal, language: str) -> tuple[int, str, str]:
    tag = (literal.language or "").lower()
    if tag.split("-")[0] == language:
        rank = 0
    else:
        rank = 1 if not tag else 2 if tag.split("-")[0] in {"id", "en"} else 3
    return rank, tag, literal.value


def normal(text: str) -> str:
    """Collapse white space, U+00A0 included."""
    return " ".join(text.split())


def shorten(text: str, limit: int = 90) -> str:
    """Cut a text at a word so that it has at most `limit` characters, with an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[limit // 2 :] else head).rstrip(" ,;:") + "…"


def is_number(literal: Literal) -> bool:
    """Tell whether a literal is a number, to be set flush right."""
    return literal.datatype in {XSD.integer, XSD.decimal, XSD.double, XSD.float}


def named_nodes(terms: Iterable[object]) -> Iterator[NamedNode]:
    """Yield the IRIs among terms, each once."""
    seen: set[NamedNode] = set()
    for term in terms:
        if isinstance(term, NamedNode) and term not in seen:
            seen.add(term)
            yield term
