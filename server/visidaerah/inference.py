"""The consequences of the ontology that people query, by forward chaining, without Java.

Of the OWL 2 RL/RDF rules (OWL 2 Profiles, section 4.3) these are applied to a fixpoint:
cax-sco (subclasses), prp-spo1 (sub-properties), prp-spo2 for chains of two (property chains)
and prp-trp (transitive properties). Inverses are declared, not materialised: a query reads a
property in either direction.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import BlankNode, NamedNode

from visidaerah.vocabulary import OWL, RDF, RDFS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Quad, Triple

Link: TypeAlias = tuple[NamedNode, NamedNode, NamedNode]


@dataclass(frozen=True, slots=True, kw_only=True)
class Axioms:
    """The axioms that the rules need: named classes and properties only."""

    superclasses: Mapping[NamedNode, frozenset[NamedNode]]
    superproperties: Mapping[NamedNode, frozenset[NamedNode]]
    chains: tuple[tuple[NamedNode, NamedNode, NamedNode], ...]
    transitive: frozenset[NamedNode]


def read_axioms(ontology: Iterable[Quad | Triple]) -> Axioms:
    """Take the axioms out of an ontology's triples; a chain is (first, second, derived)."""
    objects: dict[tuple[object, NamedNode], list[object]] = defaultdict(list)
    for triple in ontology:
        objects[triple.subject, triple.predicate].append(triple.object)
    return Axioms(
        superclasses=_named(objects, RDFS.subClassOf),
        superproperties=_named(objects, RDFS.subPropertyOf),
        chains=tuple(_chains(objects)),
        transitive=frozenset(
            subject
            for (subject, predicate), kinds in objects.items()
            if predicate == RDF.type and OWL.TransitiveProperty in kinds
            if isinstance(subject, NamedNode)
        ),
    )


def _named(
    objects: Mapping[tuple[object, NamedNode], list[object]], predicate: NamedNode
) -> dict[NamedNode, frozenset[NamedNode]]:
    return {
        subject: frozenset(value for value in values if isinstance(value, NamedNode))
        for (subject, used), values in objects.items()
        if used == predicate and isinstance(subject, NamedNode)
    }


def _chains(
    objects: Mapping[tuple[object, NamedNode], list[object]],
) -> Iterable[tuple[NamedNode, NamedNode, NamedNode]]:
    for (derived, predicate), heads in objects.items():
        if predicate != OWL.propertyChainAxiom or not isinstance(derived, NamedNode):
            continue
        for head in heads:
            links = _list(objects, head)
            if len(links) == 2:
                yield links[0], links[1], derived


def _list(
    objects: Mapping[tuple[object, NamedNode], list[object]], head: object
) -> list[NamedNode]:
    items: list[NamedNode] = []
    while isinstance(head, BlankNode):
        items += [i for i in objects[head, RDF.first] if isinstance(i, NamedNode)]
        head = objects[head, RDF.rest][0]
    return items


def infer(stated: Iterable[Quad | Triple], axioms: Axioms) -> list[Link]:
    """Return what follows from the stated triples and is not among them, in code-point order."""
    closure = _Closure(axioms)
    known = {
        (triple.subject, triple.predicate, triple.object)
        for triple in stated
        if triple.predicate in closure.concerned
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode)
    }
    derived = closure.of(known) - known
    return sorted(derived, key=lambda link: tuple(node.value for node in link))


class _Closure:
    """A semi-naive fixpoint: each link is combined once with those that came before it.

    `chained` are the predicates that chains are made of, `concerned` all that rules read or give.
    """

    def __init__(self, axioms: Axioms) -> None:
        self.axioms = axioms
        self.forward: dict[tuple[NamedNode, NamedNode], set[NamedNode]] = defaultdict(set)
        self.backward: dict[tuple[NamedNode, NamedNode], set[NamedNode]] = defaultdict(set)
        pairs = [*axioms.chains, *((p, p, p) for p in axioms.transitive)]
        self.as_first: dict[NamedNode, list[tuple[NamedNode, NamedNode]]] = defaultdict(list)
        self.as_second: dict[NamedNode, list[tuple[NamedNode, NamedNode]]] = defaultdict(list)
        for first, second, result in pairs:
            self.as_first[first].append((second, result))
            self.as_second[second].append((first, result))
        self.chained = frozenset((*self.as_first, *self.as_second))
        given = frozenset(result for *_, result in pairs).union(*axioms.superproperties.values())
        self.concerned = self.chained | given | axioms.superproperties.keys() | {RDF.type}

    def of(self, links: Iterable[Link]) -> set[Link]:
        """Return the links with all that follows from them."""
        known: set[Link] = set()
        agenda = list(links)
        while agenda:
            link = agenda.pop()
            if link not in known:
                known.add(link)
                subject, predicate, value = link
                if predicate in self.chained:
                    self.forward[subject, predicate].add(value)
                    self.backward[value, predicate].add(subject)
                agenda += self._consequences(link)
        return known

    def _consequences(self, link: Link) -> Iterable[Link]:
        subject, predicate, value = link
        if predicate == RDF.type:
            for superclass in self.axioms.superclasses.get(value, ()):
                yield subject, predicate, superclass
        for superproperty in self.axioms.superproperties.get(predicate, ()):
            yield subject, superproperty, value
        for second, result in self.as_first.get(predicate, ()):
            for end in self.forward.get((value, second), ()):
                yield subject, result, end
        for first, result in self.as_second.get(predicate, ()):
            for start in self.backward.get((subject, first), ()):
                yield start, result, value
