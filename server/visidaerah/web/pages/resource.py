"""The page of any thing: what is said of it, where it is stated, and who refers to it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from visidaerah.vocabulary import DCT, OA, PROV, RDF, RDFS, SKOS, VD, XSD
from visidaerah.web.pages.outline import CLASS_ORDER, outline, statement
from visidaerah.web.pages.terms import Link, Wording, named_nodes, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from visidaerah.store import Term
    from visidaerah.web.pages.outline import Statement
    from visidaerah.web.pages.reader import Reader

WHOLE_TO_PART: tuple[NamedNode, ...] = (
    VD.hasVision,
    VD.hasPillar,
    VD.hasMission,
    VD.hasGoal,
    VD.hasObjective,
    VD.hasComponent,
    VD.hasFacet,
    VD.hasTerm,
    VD.hasPeriod,
    VD.hasEstablishment,
    VD.declaresCount,
    VD.hasSectorAssignment,
    VD.hasSectorCandidate,
    VD.hasContribution,
)
"""What leads from a whole to what belongs to it: the way up, read backwards."""

GROUPS: dict[str, tuple[NamedNode, ...]] = {
    "wording": (
        VD.statementText,
        VD.normalizedText,
        VD.explanationText,
        SKOS.prefLabel,
        RDFS.label,
        DCT.title,
        SKOS.altLabel,
        SKOS.definition,
        SKOS.scopeNote,
        SKOS.example,
        SKOS.editorialNote,
        RDFS.comment,
        DCT.description,
        SKOS.notation,
        VD.regionCode,
        VD.properName,
        VD.bpsCode,
        VD.printedMarker,
        VD.position,
        OA.exact,
        OA.prefix,
        OA.suffix,
    ),
    "parts": WHOLE_TO_PART[:11],
    "stated": (
        VD.statedIn,
        VD.explainedIn,
        VD.namedInVisionAt,
        VD.expandedIn,
        VD.regionNamedAt,
        VD.planTypeNamedAt,
        VD.serviceStatedIn,
        VD.foundationStatedIn,
        VD.evidenceSpan,
        OA.hasSource,
        OA.hasSelector,
    ),
    "judged": (
        VD.hasSectorAssignment,
        VD.hasSectorCandidate,
        VD.hasContribution,
        VD.assignedSector,
        VD.contributionTarget,
        VD.confidence,
        VD.method,
        VD.concernsSector,
        VD.contributesTo,
    ),
    "related": (
        SKOS.broader,
        SKOS.narrower,
        SKOS.related,
        SKOS.closeMatch,
        SKOS.relatedMatch,
        SKOS.narrowMatch,
        SKOS.broadMatch,
        SKOS.inScheme,
        SKOS.topConceptOf,
        VD.isFoundedOn,
        VD.servesVision,
        VD.coversRegion,
        VD.partOfRegion,
        RDFS.subClassOf,
        RDFS.subPropertyOf,
        RDFS.domain,
        RDFS.range,
        RDFS.seeAlso,
    ),
    "origin": (
        DCT.source,
        DCT.publisher,
        DCT.creator,
        DCT.issued,
        DCT.license,
        DCT.language,
        PROV.wasDerivedFrom,
        PROV.wasGeneratedBy,
        PROV.wasAttributedTo,
        PROV.value,
        RDFS.isDefinedBy,
        VD.sha256,
        VD.characterCount,
        VD.reports,
    ),
}
"""Properties by what they are about, in the order in which they are shown."""

GROUP_OF: dict[NamedNode, str] = {
    property_: group for group, properties in GROUPS.items() for property_ in properties
}
RANK: dict[NamedNode, int] = {property_: rank for rank, property_ in enumerate(GROUP_OF)}

HIDDEN = frozenset({RDF.type, SKOS.hiddenLabel})
"""Shown otherwise, or meant for machines (SKOS Reference, 5.1)."""

LONGEST = 2000
"""Characters of a literal that a page shows; the data files have all."""

PER_PAGE = 50
"""How many values of a property, and how many references to a thing, a page lists."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a property in words; `cut` is its length where that is not shown in full."""

    shown: Link | Wording
    cut: int | None = None

    @property
    def link(self) -> Link | None:
        """The value, if it is a thing."""
        return self.shown if isinstance(self.shown, Link) else None


@dataclass(frozen=True, slots=True)
class Saying:
    """A property with its values, or with the things that refer by it.

    `inverse` is what such a reference is called from the other side, if that has a name; `more`
    counts the values that are left out.
    """

    relation: Link
    values: tuple[Value, ...]
    inverse: Wording | None = None
    more: int = 0

    @property
    def is_series(self) -> bool:
        """Tell whether the values are many short words, better set in a row than in a column."""
        return len(self.values) > 4 and all(
            value.link is None and len(str(value.shown)) < 60 for value in self.values
        )


@dataclass(frozen=True, slots=True)
class Group:
    """Sayings about one matter; `name` is that of its heading."""

    name: str
    sayings: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class References:
    """A page of the things that refer to a thing."""

    total: int
    page: int
    pages: int
    sayings: tuple[Saying, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourcePage:
    """All that the page of a thing tells; `statement` where it is a stated part of a plan."""

    link: Link
    kinds: tuple[Link, ...]
    trail: tuple[Link, ...]
    statement: Statement | None
    groups: tuple[Group, ...]
    references: References
    graphs: tuple[Link, ...]


def resource_page(reader: Reader, node: NamedNode, page: int) -> ResourcePage:
    """Return what the page of a thing tells; `page` is that of the references, from 1."""
    classes = reader.classes(node)
    stated = any(one in CLASS_ORDER for one in classes)
    return ResourcePage(
        link=reader.link(node),
        kinds=kinds(reader, node),
        trail=trail(reader, node),
        statement=statement(reader, node, outline(reader, node)) if stated else None,
        groups=groups(reader, node),
        references=references(reader, node, page),
        graphs=graphs(reader, node),
    )


def kinds(reader: Reader, node: NamedNode) -> tuple[Link, ...]:
    """Return what a thing is: its most special classes; for an entry of a list, the list."""
    found = reader.kinds(node)
    lists = tuple(named_nodes(reader.objects(node, SKOS.inScheme)))
    return tuple(map(reader.link, lists if found == (SKOS.Concept,) and lists else found))


def graphs(reader: Reader, node: NamedNode) -> tuple[Link, ...]:
    """Return the named graphs that say something of a thing."""
    names = named_nodes(quad.graph_name for quad in reader.store.quads(node))
    return tuple(reader.link(name) for name in sorted(names, key=str))


def trail(reader: Reader, node: NamedNode) -> tuple[Link, ...]:
    """Return the wholes that a thing is part of, the outermost first."""
    above = [reader.link(one, reader.short_label(one)) for one in wholes(reader, node)]
    return tuple(reversed(above))


def wholes(reader: Reader, node: NamedNode) -> Iterator[NamedNode]:
    """Yield what a thing is part of, then what that is part of; a circle ends."""
    seen = {node}
    above = _whole_of(reader, node)
    while above and above not in seen:
        yield above
        seen.add(above)
        above = _whole_of(reader, above)


def _whole_of(reader: Reader, node: NamedNode) -> NamedNode | None:
    for property_ in WHOLE_TO_PART:
        for triple in reader.store.triples(None, property_, node):
            if isinstance(triple.subject, NamedNode):
                return triple.subject
    return None


def groups(reader: Reader, node: NamedNode) -> tuple[Group, ...]:
    """Return what is said of a thing, by matter."""
    found: dict[NamedNode, list[Term]] = defaultdict(list)
    for triple in reader.store.triples(node):
        if triple.predicate not in HIDDEN:
            found[triple.predicate].append(triple.object)
    by_group: dict[str, list[Saying]] = defaultdict(list)
    for property_ in sorted(found, key=lambda one: (RANK.get(one, len(RANK)), one.value)):
        by_group[GROUP_OF.get(property_, "other")].append(_saying(reader, property_, found))
    names = (name for name in (*GROUPS, "other") if name in by_group)
    return tuple(Group(name, tuple(by_group[name])) for name in names)


def _saying(
    reader: Reader, property_: NamedNode, found: Mapping[NamedNode, Sequence[Term]]
) -> Saying:
    ordered = sorted(found[property_], key=lambda term: _in_order(reader, term))
    shown = tuple(value(reader, term) for term in ordered[:PER_PAGE])
    return Saying(reader.link(property_), shown, more=len(ordered) - len(shown))


def _in_order(reader: Reader, term: Term) -> tuple[bool, str]:
    language = term.language if isinstance(term, Literal) else None
    return language not in {None, reader.language}, str(term)


def value(reader: Reader, term: Term) -> Value:
    """Return a value in words, cut where it is too long for a page."""
    if isinstance(term, NamedNode):
        return Value(reader.link(term))
    if isinstance(term, Literal) and term.datatype == XSD.decimal:
        return Value(Wording(reader.t.decimal(term.value)))
    words = reader.unlinked(term)
    if len(words.text) <= LONGEST:
        return Value(words)
    return Value(Wording(shorten(words.text, LONGEST), words.language), len(words.text))


def references(reader: Reader, node: NamedNode, page: int) -> References:
    """Return a page of what refers to a thing, by property."""
    found = sorted(
        (triple.predicate.value, triple.subject.value, triple.predicate, triple.subject)
        for triple in reader.store.triples(None, None, node)
        if isinstance(triple.subject, NamedNode | BlankNode)
    )
    here, pages = within(page, len(found), PER_PAGE)
    shown = found[(here - 1) * PER_PAGE : here * PER_PAGE]
    return References(len(found), here, pages, _sayings(reader, shown))


def within(page: int, total: int, size: int) -> tuple[int, int]:
    """Return the page nearest to the one asked for, from 1, and how many there are."""
    pages = max(1, -(-total // size))
    return min(max(page, 1), pages), pages


def _sayings(
    reader: Reader, shown: Sequence[tuple[str, str, NamedNode, NamedNode | BlankNode]]
) -> tuple[Saying, ...]:
    by_property: dict[NamedNode, list[Value]] = defaultdict(list)
    for _, _, property_, subject in shown:
        by_property[property_].append(value(reader, subject))
    return tuple(
        Saying(reader.link(property_), tuple(values), reader.inverse_label(property_))
        for property_, values in by_property.items()
    )
