"""A reader of a page: the graph in their language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from pyoxigraph import BlankNode, Literal, NamedNode

from visidaerah.vocabulary import OA, OWL, PROV, RDF, RDFS, VD
from visidaerah.web.pages.portions import long_texts
from visidaerah.web.pages.terms import (
    LABEL_PROPERTIES,
    Link,
    Wording,
    best,
    curie,
    name_from,
    named_nodes,
    normal,
    shorten,
    text_of,
)
from visidaerah.web.urls import GRAPHS, ONTOLOGY, is_canonical, is_followable, local_href

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from visidaerah.store import Row, Store, Term
    from visidaerah.web.language import Messages
    from visidaerah.web.site import Site

TARGETS = (VD.assignedSector, VD.contributionTarget, VD.countOf)
"""What a nameless thing is of: it is named by its class and this."""

AT = "at"
"""The parameter that asks for the portion of a long text that has a character."""

SPAN = "#char="
"""What comes before the offsets in the name of a span (RFC 5147)."""

REMEMBERED_AT_MOST = 100_000
LONGEST_REMEMBERED = 300
"""Characters of an IRI whose name is remembered: queries make IRIs of any length."""

"""Names kept per language."""

LONGEST_NAME = 2000
"""Characters of a name; anyone's data may have longer ones."""

SHORT_NAME = 40
"""Characters up to which the wording of a statement serves as its name in a table."""


@dataclass(frozen=True, slots=True)
class Reader:
    """The graph as one reader sees it: terms by their names in the reader's language.

    `lexicon` names the terms of the ontology where the release, which may be anyone's, does not.
    `remembered` are names found before, in this language: a release never changes. `texts` are
    those of sources that this reader has read; they can be long, and each quote is cut from one.
    """

    site: Site
    lexicon: Store
    t: Messages
    remembered: dict[str, Wording]
    texts: dict[str, list[Literal]] = field(default_factory=dict, kw_only=True)

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.t.language

    @property
    def store(self) -> Store:
        """The release that is read."""
        return self.site.store

    def select(self, query: str, **bindings: Term) -> list[Row]:
        """Answer a SELECT query of our own."""
        return self.store.select(query, **bindings)

    def objects(self, thing: NamedNode | BlankNode, property_: NamedNode) -> Iterator[Term]:
        """Yield the values of a property of a thing."""
        return (triple.object for triple in self.store.triples(thing, property_))

    def literals(self, thing: NamedNode, property_: NamedNode) -> list[Literal]:
        """Return the literal values of a property of a thing, in order."""
        if property_ == PROV.value and str(thing) in self.texts:
            return self.texts[str(thing)]
        found = self._literals(thing, property_)
        if property_ == PROV.value:
            self.texts[str(thing)] = found
        return found

    def _literals(self, thing: NamedNode | BlankNode, property_: NamedNode) -> list[Literal]:
        for source in (self.store, self.lexicon):
            values = (triple.object for triple in source.triples(thing, property_))
            found = [value for value in values if isinstance(value, Literal)]
            if found:
                return sorted(found, key=str)
        return []

    def words(self, thing: NamedNode, *properties: NamedNode) -> Wording | None:
        """Return the words of the first of the properties that has any, nearest in language."""
        for property_ in properties:
            found = best(self.literals(thing, property_), self.language)
            if found is not None:
                return text_of(found)
        return None

    def classes(self, thing: NamedNode) -> tuple[NamedNode, ...]:
        """Return the classes of a thing, in order."""
        return tuple(sorted(named_nodes(self.objects(thing, RDF.type)), key=str))

    def links(self, terms: Iterable[object]) -> dict[str, Link]:
        """Return how the IRIs among the terms are shown, by IRI."""
        return {node.value: self.link(node) for node in named_nodes(terms)}

    def link(self, node: NamedNode, label: Wording | None = None) -> Link:
        """Return how an IRI is shown: under the given words, else under its best name."""
        iri, label = node.value, label or self.label(node)
        if iri.startswith(f"{self.site.base}{ONTOLOGY}") and not self.has_ontology:
            return Link(iri, label, None)
        if is_canonical(iri, self.site.base):
            return Link(iri, label, self._local(iri))
        if any(self.store.triples(node)):
            return Link(iri, label, own_page(iri))
        return Link(iri, label, iri if is_followable(iri) else None, outside=True)

    def shown(self, term: Term) -> Link:
        """Return how any term is shown; what has no IRI leads nowhere."""
        if isinstance(term, NamedNode):
            return self.link(term)
        return Link("", self.unlinked(term), None)

    def unlinked(self, term: Term) -> Wording:
        """Return the words for a term that has no IRI: a blank node has no name."""
        if isinstance(term, BlankNode):
            return Wording(self.t("site.unnamed"))
        return text_of(term) if isinstance(term, Literal) else Wording(str(term))

    @property
    def has_ontology(self) -> bool:
        """Tell whether the release, which may be anyone's, documents the terms it uses."""
        return any(self.store.triples(NamedNode(f"{self.site.base}{ONTOLOGY}")))

    def _local(self, iri: str) -> str:
        """Return the page for one of our names, at the sentence for a span of a text.

        Graphs and what has another fragment, such as a selector, are shown on pages of their own.
        """
        base = self.site.base
        at_own_place = iri.startswith(f"{base}{ONTOLOGY}#") or SPAN in iri or "#" not in iri
        if iri.startswith(base + GRAPHS) or not at_own_place:
            return own_page(iri)
        source, mark, span = iri.partition(SPAN)
        if mark and source in long_texts(self.store):
            return portion_href(local_href(source, base), span)
        return local_href(iri, base)

    def label(self, node: NamedNode) -> Wording:
        """Return the best name of a thing: as stated, its quote, what it is of, or its IRI."""
        known = self.remembered.get(node.value)
        if known is None:
            known = self._name(node)
            if len(node.value) <= LONGEST_REMEMBERED:
                self._remember(node, known)
        return known

    def _remember(self, node: NamedNode, name: Wording) -> None:
        if len(self.remembered) >= REMEMBERED_AT_MOST:
            self.remembered.clear()
        self.remembered[node.value] = name

    def _name(self, node: NamedNode) -> Wording:
        return (
            self._stated_name(node)
            or self._name_of_ours(node)
            or self._quote(node)
            or self._name_by_target(node)
            or Wording(name_from(node.value))
        )

    def short_label(self, node: NamedNode) -> Wording:
        """Return a name short enough for a table: "Misi 4" where the whole wording is the name."""
        label = self.label(node)
        position = next(iter(self.literals(node, VD.position)), None)
        if position is None or len(label.text) < SHORT_NAME:
            return label
        kind = next((self.label(one) for one in self.kinds(node)), label)
        return Wording(f"{kind.text[:1].upper()}{kind.text[1:]} {position.value}", kind.language)

    def _stated_name(self, node: NamedNode) -> Wording | None:
        """Return the name nearest in language; among those, that of the best property."""
        names = [name for one in LABEL_PROPERTIES for name in self.literals(node, one)]
        nearest = best(names, self.language)
        if nearest is None:
            return None
        name = text_of(next(name for name in names if name.language == nearest.language))
        return Wording(shorten(name.text, LONGEST_NAME), name.language)

    def _name_of_ours(self, node: NamedNode) -> Wording | None:
        """Return our words for a graph, or for a term of another vocabulary."""
        kind, _, name = node.value.removeprefix(self.site.base + GRAPHS).partition("/")
        if node.value.startswith(self.site.base + GRAPHS) and f"graph.{kind}" in self.t.words:
            plan = self._stated_name(NamedNode(f"{self.site.base}id/plan/{name}")) if name else None
            return Wording(self.t(f"graph.{kind}", name=plan or name))
        ours = f"term.{curie(node.value).replace(':', '-')}"
        return Wording(self.t(ours)) if ours in self.t.words else None

    def _quote(self, node: NamedNode) -> Wording | None:
        selectors = named_nodes([node, *self.objects(node, OA.hasSelector)])
        quotes = [quote for one in selectors for quote in self.literals(one, OA.exact)]
        if not quotes:
            return None
        return Wording(f"“{shorten(normal(quotes[0].value))}”", quotes[0].language)

    def _name_by_target(self, node: NamedNode) -> Wording | None:
        targets = named_nodes(value for one in TARGETS for value in self.objects(node, one))
        names = [self._stated_name(one) for one in (*self.classes(node)[:1], *targets)]
        return Wording(": ".join(map(str, filter(None, names)))) if any(names) else None

    def kinds(self, thing: NamedNode) -> tuple[NamedNode, ...]:
        """Return the most special classes of a thing: ours if there are any, in order."""
        classes = self.classes(thing)
        above = {one for class_ in classes for one in self._superclasses(class_)}
        special = tuple(class_ for class_ in classes if class_ not in above)
        return tuple(one for one in special if one.value.startswith(VD.iri)) or special

    def _superclasses(self, class_: NamedNode) -> set[NamedNode]:
        found: set[NamedNode] = set()
        new = {class_}
        while new:
            above = (t.object for one in new for t in self.lexicon.triples(one, RDFS.subClassOf))
            new = set(named_nodes(above)) - found - {class_}
            found |= new
        return found

    def inverse_label(self, property_: NamedNode) -> Wording | None:
        """Return what the inverse of a property is called, if it has one with a name."""
        inverses = (
            *(t.subject for t in self.lexicon.triples(None, OWL.inverseOf, property_)),
            *(t.object for t in self.lexicon.triples(property_, OWL.inverseOf)),
        )
        return next((self._stated_name(one) for one in named_nodes(inverses)), None)

    def knows(self, thing: NamedNode) -> bool:
        """Tell whether the graph says anything of a thing."""
        return self.store.has(thing.value)


def own_page(iri: str) -> str:
    """Return the address of the page about a thing that has no path of its own."""
    return f"/page?{urlencode({'iri': iri})}"


def portion_href(page: str, span: str) -> str:
    """Return the address of a span ("12,34") in a text that takes more than one page."""
    start = span.partition(",")[0]
    return f"{page}?{urlencode({AT: start})}{SPAN}{span}"
