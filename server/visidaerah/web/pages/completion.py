"""Completions for a query: prefixes, classes, properties and things of the data, best first."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from threading import Lock
from typing import TYPE_CHECKING

from flask import Response, request
from pyoxigraph import NamedNode

from visidaerah.measures import BY_PROPERTY
from visidaerah.vocabulary import OWL, PREFIXES, RDF, RDFS
from visidaerah.web.description import counts_by
from visidaerah.web.pages.search import words_of
from visidaerah.web.pages.terms import named_nodes, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import TypeAlias

    from flask import Blueprint

    from visidaerah.web.pages.reader import Reader
    from visidaerah.web.pages.search import SearchIndex
    from visidaerah.web.site import Site

    Uses: TypeAlias = Mapping[NamedNode, int]

PATH = "/completions"
"""Where the editor asks for names."""

SHOWN_AT_MOST = 30
"""Completions in an answer."""

THINGS_PER_KIND = 5
LONGEST_NAME = 80
LONGEST_ASKED = 200

# Not by distinct things, which takes many times as long; it is only an order.
BY_TYPE = "SELECT ?of (COUNT(*) AS ?n) { ?s a ?of } GROUP BY ?of"

DECLARED_CLASSES = (OWL.Class, RDFS.Class)
DECLARED_PROPERTIES = (
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.AnnotationProperty,
    RDF.Property,
)

_LOCAL_NAME = re.compile(r"[A-Za-z_][\w-]*(?:\.[\w-]+)*", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A name that a query can use.

    `text` is what the query will hold: a prefixed name, an IRI in angle brackets, or the prefix of
    a declaration. `name` says it in the reader's language, `detail` of what kind a thing is.
    `prefix` and `namespace` are what `text` needs declared; without a prefix it needs nothing.
    """

    kind: str
    text: str
    iri: str
    name: str = ""
    detail: str = ""
    prefix: str = ""
    namespace: str = ""


@dataclass(frozen=True, slots=True)
class KnownTerm:
    """A class or property: how it is completed, its names in lower case, and how often it is used.

    `keys` are the prefixed name, the local name and the label.
    """

    completion: Completion
    keys: tuple[str, str, str]
    uses: int

    def rank(self, asked: str) -> tuple[int, int, str] | None:
        """Return how well it fits what was typed, smaller is better; None where it does not."""
        curie, local, label = self.keys
        fits = (
            curie.startswith(asked),
            local.startswith(asked),
            label.startswith(asked),
            self.completion.iri.lower().startswith(asked),
            ":" not in asked and asked in f"{local} {label}",
        )
        best = next((place for place, fit in enumerate(fits) if fit), None)
        return None if best is None else (best, -self.uses, curie)


def completion_of(kind: str, iri: str, name: str = "") -> Completion:
    """Return how a class or property is completed: by a known prefix, or else as an IRI."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL_NAME.fullmatch(local := iri[len(namespace) :]):
            return Completion(
                kind=kind,
                text=f"{prefix}:{local}",
                iri=iri,
                name=name,
                prefix=prefix,
                namespace=namespace,
            )
    return Completion(kind=kind, text=f"<{iri}>", iri=iri, name=name)


class Completer:
    """The route on which the editor asks for names.

    What the release uses takes a look through all of it, once; it never changes.
    """

    def __init__(
        self, reader_of: Callable[[Site], Reader], index: Callable[[], SearchIndex]
    ) -> None:
        self._reader_of = reader_of
        self._index = index
        self._lock = Lock()
        self._uses: tuple[Uses, Uses] | None = None
        self._terms: dict[str, tuple[KnownTerm, ...]] = {}

    def add_routes(self, routes: Blueprint, site: Site) -> None:
        """Add the route to those of the pages."""
        routes.add_url_rule(PATH, "completions", lambda: self.answer(site))

    def answer(self, site: Site) -> Response:
        """Complete what a reader has typed."""
        reader = self._reader_of(site)
        asked, kind = request.args.get("q", "")[:LONGEST_ASKED], request.args.get("kind", "")
        return as_json(completions(reader, self.terms(reader), self._index(), asked, kind))

    def terms(self, reader: Reader) -> tuple[KnownTerm, ...]:
        """Return the classes and properties of the release, named in the reader's language."""
        with self._lock:
            if self._uses is None:
                self._uses = (counts_by(reader.site, BY_TYPE), counts_by(reader.site, BY_PROPERTY))
            if reader.language not in self._terms:
                self._terms[reader.language] = known_terms(reader, *self._uses)
            return self._terms[reader.language]


def known_terms(reader: Reader, classes: Uses, properties: Uses) -> tuple[KnownTerm, ...]:
    """Return the classes and properties that the release uses, or declares, in one language."""
    kinds = (
        ("class", classes, DECLARED_CLASSES),
        ("property", properties, DECLARED_PROPERTIES),
    )
    return tuple(
        _known_term(reader, node, kind, uses.get(node, 0))
        for kind, uses, declared_as in kinds
        for node in dict.fromkeys((*uses, *_declared(reader, declared_as)))
    )


def _declared(reader: Reader, classes: Iterable[NamedNode]) -> Iterator[NamedNode]:
    for class_ in classes:
        yield from named_nodes(t.subject for t in reader.store.triples(None, RDF.type, class_))


def _known_term(reader: Reader, node: NamedNode, kind: str, uses: int) -> KnownTerm:
    name = shorten(reader.label(node).text, LONGEST_NAME)
    completion = completion_of(kind, node.value, name)
    local = re.split(r"[#/:]", node.value)[-1]
    return KnownTerm(completion, (completion.text.lower(), local.lower(), name.lower()), uses)


def completions(
    reader: Reader, terms: Iterable[KnownTerm], index: SearchIndex, asked: str, kind: str
) -> tuple[Completion, ...]:
    """Return the best completions of what was typed; `kind` narrows them, empty it does not."""
    if kind == "prefix":
        return tuple(_prefixes(asked.rstrip(":").lower()))[:SHOWN_AT_MOST]
    found = _best(terms, asked.lower(), kind)
    if kind or ":" in asked:
        return found[:SHOWN_AT_MOST]
    return (*found[: SHOWN_AT_MOST // 2], *_things(reader, index, asked))[:SHOWN_AT_MOST]


def _prefixes(asked: str) -> Iterator[Completion]:
    for prefix, namespace in PREFIXES.items():
        if prefix.startswith(asked):
            yield Completion(
                kind="prefix",
                text=f"{prefix}:",
                iri=namespace,
                name=namespace,
                prefix=prefix,
                namespace=namespace,
            )


def _best(terms: Iterable[KnownTerm], asked: str, kind: str) -> tuple[Completion, ...]:
    ranked = ((term.rank(asked), term) for term in terms if kind in {"", term.completion.kind})
    fitting = [(rank, term) for rank, term in ranked if rank is not None]
    return tuple(term.completion for _, term in sorted(fitting, key=lambda pair: pair[0]))


def _things(reader: Reader, index: SearchIndex, asked: str) -> list[Completion]:
    """Return the things that are found, those first whose name begins with what was typed."""
    words = words_of(asked)
    found = index.find(words, {}).values() if words else ()
    iris = (iri for one in found for iri in one.iris[:THINGS_PER_KIND])
    things = [_thing(reader, NamedNode(iri)) for iri in iris]
    start = asked.strip().lower()
    return sorted(things, key=lambda one: (not one.name.lower().startswith(start), len(one.name)))


def _thing(reader: Reader, node: NamedNode) -> Completion:
    return Completion(
        kind="thing",
        text=f"<{node.value}>",
        iri=node.value,
        name=shorten(reader.label(node).text, LONGEST_NAME),
        detail=", ".join(str(reader.label(one)) for one in reader.kinds(node)),
    )


def as_json(found: Iterable[Completion]) -> Response:
    """Return completions as the editor reads them: `{"completions": [{"text": …}, …]}`."""
    said = [{key: value for key, value in asdict(one).items() if value} for one in found]
    response = Response(
        json.dumps({"completions": said}, ensure_ascii=False), mimetype="application/json"
    )
    response.vary.update(("Accept-Language", "Cookie"))
    return response
