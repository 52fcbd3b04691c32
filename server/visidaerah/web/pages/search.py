"""Search by name and by text: what is found, by kind, with its sentence."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from visidaerah.vocabulary import DCT, RDF, RDFS, SKOS, VD
from visidaerah.web.pages.outline import CLASS_ORDER
from visidaerah.web.pages.resource import kinds, wholes, within
from visidaerah.web.pages.terms import LABEL_PROPERTIES, Link, named_nodes, normal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from visidaerah.store import Store
    from visidaerah.web.pages.reader import Reader

    Entry = tuple[str, str, str, str, str]
    """IRI, kind, names, texts, names of the plan."""

KINDS: tuple[tuple[str, tuple[NamedNode, ...]], ...] = (
    ("plans", (VD.DevelopmentPlan, VD.SourceText)),
    ("statements", CLASS_ORDER),
    ("terms", (VD.GlossaryTerm,)),
    ("sectors", (SKOS.Concept,)),
    ("regions", (VD.Province, VD.Regency, VD.City)),
    ("offices", (VD.Office, VD.RegionalGovernment)),
)
"""What can be found, in the order in which it is shown."""

OTHER = "other"
"""The kind of what has a name in data that know no plan."""

FOUND = (*(name for name, _ in KINDS), OTHER)
"""The kinds under which things are found, in order."""

NAMES = (*LABEL_PROPERTIES, SKOS.altLabel, SKOS.notation, DCT.identifier)
TEXTS = (
    VD.statementText,
    VD.explanationText,
    SKOS.definition,
    SKOS.hiddenLabel,
    SKOS.scopeNote,
    VD.regionCode,
)
OTHER_TEXTS = (*TEXTS, DCT.description, RDFS.comment)
SHOWN = (
    VD.normalizedText,
    VD.explanationText,
    SKOS.definition,
    SKOS.scopeNote,
    DCT.description,
    RDFS.comment,
)
"""Texts that a hit is shown with."""

AROUND = 90
"""Characters shown before what was found; about twice as many after it."""

SHOWN_PER_KIND = 20
SHORTEST = 3
"""Characters of the shortest word that the index of three-letter pieces knows."""

_WORD = re.compile(r"[\w.-]+")

# bm25() weighs a hit in the name ten times one in the text; it is smaller for better hits.
BEST_FIRST = "bm25(found, 0, 0, 10.0, 1.0, 0.0)"
SHORT_FIRST = "length(name)"


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found; `snippet` is the text around what was found, (words, is it found)."""

    link: Link
    kind: Link | None
    plan: Link | None
    snippet: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page of the things of one kind that were found, the best first, and how many there are."""

    total: int
    page: int
    pages: int
    iris: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """A page of what was found of one kind, and how many there are."""

    name: str
    total: int
    page: int
    pages: int
    hits: tuple[Hit, ...]


class SearchIndex:
    """The names and texts of a release in SQLite's full-text index of three-letter pieces.

    A piece is found within a word, so that *sehat* finds *kesehatan*. Some of the words may be
    those of the plan that a thing is part of, so that *agama Magelang* finds what Magelang says.
    """

    def __init__(self, store: Store) -> None:
        self._lock = Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute(
            "CREATE VIRTUAL TABLE found USING fts5"
            "(iri UNINDEXED, kind UNINDEXED, name, text, plan, tokenize = 'trigram')"
        )
        self._database.executemany(
            "INSERT INTO found VALUES (?, ?, ?, ?, ?)", (*_entries(store), *_others(store))
        )

    def find(self, words: Sequence[str], pages: Mapping[str, int]) -> dict[str, Found]:
        """Return what has all the words, by kind; `pages` tells which page of a kind, from 1.

        The whole is gone through once, as that is what takes long where there is much.
        """
        condition, order, values = _condition(words)
        query = f"SELECT kind, iri FROM found WHERE {condition} ORDER BY {order}, iri"  # noqa: S608 (no values)
        with self._lock:
            rows = self._database.execute(query, values).fetchall()
        by_kind: dict[str, list[str]] = defaultdict(list)
        for kind, iri in rows:
            by_kind[kind].append(iri)
        return {kind: _found(iris, pages.get(kind, 1)) for kind, iris in by_kind.items()}


def _found(iris: Sequence[str], asked: int) -> Found:
    page, pages = within(asked, len(iris), SHOWN_PER_KIND)
    return Found(
        total=len(iris),
        page=page,
        pages=pages,
        iris=tuple(iris[(page - 1) * SHOWN_PER_KIND : page * SHOWN_PER_KIND]),
    )


def _condition(words: Sequence[str]) -> tuple[str, str, tuple[str, ...]]:
    """Return condition, order and values; words too short for the index are looked for by LIKE."""
    if all(len(word) >= SHORTEST for word in words):
        quoted = [f'"{word}"' for word in words]
        own = f"{{name text}} : ({' OR '.join(quoted)})"
        return "found MATCH ?", BEST_FIRST, (" AND ".join((*quoted, own)),)
    anywhere = " AND ".join("name || ' ' || text || ' ' || plan LIKE ?" for _ in words)
    own = " OR ".join("name || ' ' || text LIKE ?" for _ in words)
    return f"{anywhere} AND ({own})", SHORT_FIRST, tuple(f"%{word}%" for word in words) * 2


def _entries(store: Store) -> Iterator[Entry]:
    seen: set[NamedNode] = set()
    plans = _plans(store)
    for kind, classes in KINDS:
        for class_ in classes:
            for triple in store.triples(None, RDF.type, class_):
                if isinstance(triple.subject, NamedNode) and triple.subject not in seen:
                    seen.add(triple.subject)
                    names, texts = (_text(store, triple.subject, some) for some in (NAMES, TEXTS))
                    plan = plans.get(triple.subject, "")
                    yield triple.subject.value, kind, names, texts, plan


def _plans(store: Store) -> dict[NamedNode, str]:
    """Return the names of the plan, of each thing that is part of one."""
    named: dict[NamedNode, str] = {}
    found: dict[NamedNode, str] = {}
    for triple in store.triples(None, VD.hasElement):
        plan, part = triple.subject, triple.object
        if isinstance(plan, NamedNode) and isinstance(part, NamedNode):
            if plan not in named:
                named[plan] = _text(store, plan, NAMES)
            found[part] = named[plan]
    return found


def _others(store: Store) -> Iterator[Entry]:
    """Yield what has a name where there is no plan: the data are about something else."""
    if any(store.triples(None, RDF.type, VD.DevelopmentPlan)):
        return
    classes = {class_ for _, some in KINDS for class_ in some}
    for thing in named_nodes(
        t.subject for one in LABEL_PROPERTIES for t in store.triples(None, one)
    ):
        if not classes & {triple.object for triple in store.triples(thing, RDF.type)}:
            names, texts = (_text(store, thing, some) for some in (NAMES, OTHER_TEXTS))
            yield thing.value, OTHER, names, texts, ""


def _text(store: Store, thing: NamedNode, properties: Sequence[NamedNode]) -> str:
    values = (triple.object for one in properties for triple in store.triples(thing, one))
    texts = {normal(value.value) for value in values if isinstance(value, Literal)}
    return " \n".join(sorted(texts))


def words_of(asked: str) -> list[str]:
    """Return the words to look for."""
    return [word.strip(".-") for word in _WORD.findall(asked[:200]) if word.strip(".-")][:8]


def search(
    reader: Reader, index: SearchIndex, asked: str, pages: Mapping[str, int]
) -> tuple[Hits, ...]:
    """Return what was found for what a reader asked, by kind; `pages` tells which page of each."""
    words = words_of(asked)
    if not words:
        return ()
    by_kind = index.find(words, pages)
    return tuple(_hits(reader, name, by_kind[name], words) for name in FOUND if name in by_kind)


def _hits(reader: Reader, name: str, found: Found, words: Sequence[str]) -> Hits:
    return Hits(
        name=name,
        total=found.total,
        page=found.page,
        pages=found.pages,
        hits=tuple(_hit(reader, NamedNode(iri), words) for iri in found.iris),
    )


def _hit(reader: Reader, node: NamedNode, words: Sequence[str]) -> Hit:
    above = list(wholes(reader, node))
    link = reader.link(node)
    texts = (normal(one.value) for property_ in SHOWN for one in reader.literals(node, property_))
    found = next((text for text in texts if _place(text, words) is not None), "")
    return Hit(
        link=link,
        kind=next(iter(kinds(reader, node)), None),
        plan=reader.link(above[-1]) if above else None,
        snippet=() if found == link.label.text else snippet(found, words),
    )


def snippet(text: str, words: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """Return the text around the first of the words, cut into what was found and what was not."""
    place = _place(text, words)
    if place is None:
        return ()
    start = max(0, place - AROUND)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = text.find(" ", place + 2 * AROUND)
    shown = text[start : None if end < 0 else end]
    shown = ("…" if start else "") + shown + ("" if end < 0 else "…")
    pattern = re.compile("(" + "|".join(map(re.escape, words)) + ")", re.IGNORECASE)
    return tuple((piece, bool(at % 2)) for at, piece in enumerate(pattern.split(shown)) if piece)


def _place(text: str, words: Sequence[str]) -> int | None:
    folded = text.lower()
    return min((at for word in words if (at := folded.find(word.lower())) >= 0), default=None)
