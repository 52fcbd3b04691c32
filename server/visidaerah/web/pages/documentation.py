"""The ontology documented from its Turtle: classes and properties in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from visidaerah.vocabulary import DCT, OWL, RDF, RDFS, SKOS, VD
from visidaerah.web.language import LANGUAGES
from visidaerah.web.pages.terms import Link, Wording, named_nodes, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from visidaerah.store import Store
    from visidaerah.web.pages.reader import Reader

    Uses = Mapping[NamedNode, int]

SECTIONS: tuple[tuple[str, NamedNode], ...] = (
    ("classes", OWL.Class),
    ("relations", OWL.ObjectProperty),
    ("attributes", OWL.DatatypeProperty),
    ("annotations", OWL.AnnotationProperty),
)
"""The parts of the documentation: name of the heading, and what it lists."""

FACTS: tuple[NamedNode, ...] = (
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    RDFS.domain,
    RDFS.range,
    OWL.inverseOf,
    SKOS.closeMatch,
    SKOS.relatedMatch,
    RDFS.seeAlso,
    DCT.source,
)
"""What is told of a term besides its definition."""


MEMBERS = 3
"""How many things of the data are named as examples of a class."""

BY_CLASS = "SELECT ?term (COUNT(?thing) AS ?uses) WHERE { ?thing a ?term } GROUP BY ?term"
BY_PROPERTY = "SELECT ?term (COUNT(*) AS ?uses) WHERE { ?thing ?term ?value } GROUP BY ?term"


@dataclass(frozen=True, slots=True)
class TermDoc:
    """A term of the ontology; names and definitions come in every language it has."""

    name: str
    link: Link
    labels: tuple[Wording, ...]
    definitions: tuple[Wording, ...]
    examples: tuple[Wording, ...]
    facts: tuple[tuple[Link, tuple[Link, ...]], ...]
    uses: int
    members: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The terms of one kind, by their names in the reader's language."""

    name: str
    terms: tuple[TermDoc, ...]


def sections(reader: Reader, uses: Uses) -> tuple[Section, ...]:
    """Return the terms of the ontology by kind; `uses` tells how often the release uses each."""
    found = (Section(name, tuple(_terms(reader, class_, uses))) for name, class_ in SECTIONS)
    return tuple(section for section in found if section.terms)


def _terms(reader: Reader, class_: NamedNode, uses: Uses) -> Iterator[TermDoc]:
    triples = reader.lexicon.triples(None, RDF.type, class_)
    nodes = sorted(named_nodes(triple.subject for triple in triples), key=str)
    terms = [_term(reader, node, uses) for node in nodes if node.value.startswith(VD.iri)]
    return iter(sorted(terms, key=lambda term: str(term.labels[0] if term.labels else term.name)))


def _term(reader: Reader, node: NamedNode, uses: Uses) -> TermDoc:
    return TermDoc(
        name=node.value.removeprefix(VD.iri),
        link=reader.link(node),
        labels=_both(reader, node, RDFS.label),
        definitions=_both(reader, node, SKOS.definition),
        examples=_both(reader, node, SKOS.example),
        facts=tuple(_facts(reader, node)),
        uses=uses.get(node, 0),
        members=_members(reader, node),
    )


def _both(reader: Reader, node: NamedNode, property_: NamedNode) -> tuple[Wording, ...]:
    """Return a property's values, those in the reader's language first."""
    words = [text_of(literal) for literal in reader.literals(node, property_)]
    order = [reader.language, *LANGUAGES]
    known = [one for one in words if one.language in order]
    others = [one for one in words if one.language not in order]
    return (*sorted(known, key=lambda one: order.index(one.language or "")), *others)


def _facts(reader: Reader, node: NamedNode) -> Iterator[tuple[Link, tuple[Link, ...]]]:
    for property_ in FACTS:
        triples = reader.lexicon.triples(node, property_)
        values = sorted(named_nodes(triple.object for triple in triples), key=str)
        if values:
            yield reader.link(property_), tuple(map(reader.link, values))


def _members(reader: Reader, node: NamedNode) -> tuple[Link, ...]:
    """Return a few things of the data that are of a class."""
    found = named_nodes(t.subject for t in reader.store.triples(None, RDF.type, node))
    return tuple(map(reader.link, islice(found, MEMBERS)))


def count_uses(store: Store) -> Uses:
    """Count the members of each class and the statements by each property."""
    uses: dict[NamedNode, int] = {}
    for query in (BY_PROPERTY, BY_CLASS):
        for row in store.select(query):
            term, number = row["term"], row["uses"]
            if isinstance(term, NamedNode) and isinstance(number, Literal):
                uses[term] = int(number.value)
    return uses
