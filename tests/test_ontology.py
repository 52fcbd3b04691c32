from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter, defaultdict
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, VANN, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection

import visidaerah
from requirements import requires_java
from visidaerah import assets, checks
from visidaerah.names import ONTOLOGY_GRAPH
from visidaerah.store import shipped_quads
from visidaerah.vocabulary import ONTOLOGY, PREFIXES
from vocabularies import is_known

if TYPE_CHECKING:
    from rdflib.term import Node

ROOT = URIRef(ONTOLOGY)
VD = PREFIXES["vd"]
LANGUAGES = {"id", "en"}
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, RDFS.Datatype)
PACKAGE = Path(visidaerah.__file__).parent


@cache
def modules() -> dict[str, Graph]:
    """The files of the ontology that are vocabulary, by name."""
    files = sorted(Path(str(assets.ontology())).glob("*.ttl"))
    parsed = {file.name: Graph().parse(file) for file in files}
    vocabulary = {
        name: graph
        for name, graph in parsed.items()
        if (None, RDF.type, SKOS.ConceptScheme) not in graph
    }
    assert len(vocabulary) >= 6
    return vocabulary


@cache
def ontology() -> Graph:
    merged = Graph()
    for graph in modules().values():
        merged += graph
    return merged


@cache
def shipped_predicates_and_classes() -> frozenset[str]:
    used = set()
    for quad in shipped_quads():
        used.add(quad.predicate.value)
        if quad.predicate.value == str(RDF.type) and isinstance(quad.object, NamedNode):
            used.add(quad.object.value)
    assert len(used) > 50
    return frozenset(used)


def own(kind: Node | None = None) -> list[URIRef]:
    kinds = [kind] if kind else KINDS
    found = {
        term
        for one in kinds
        for term in ontology().subjects(RDF.type, one)
        if isinstance(term, URIRef) and term.startswith(VD)
    }
    assert found
    return sorted(found)


def properties() -> list[URIRef]:
    return [*own(OWL.ObjectProperty), *own(OWL.DatatypeProperty)]


def name(term: Node) -> str:
    return str(term).removeprefix(VD)


def texts(term: Node, predicate: URIRef) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for text in ontology().objects(term, predicate):
        assert isinstance(text, Literal)
        found[text.language or ""].append(str(text))
    return found


def superclasses(term: Node) -> set[Node]:
    return {c for c in ontology().objects(term, RDFS.subClassOf) if isinstance(c, URIRef)}


def members(node: Node, predicate: URIRef) -> list[Node]:
    head = ontology().value(node, predicate)
    assert head is not None
    return list(Collection(ontology(), head))


def disjoint_sets() -> list[set[Node]]:
    nodes = ontology().subjects(RDF.type, OWL.AllDisjointClasses)
    return [set(members(node, OWL.members)) for node in nodes]


# The header


@pytest.mark.parametrize(
    "predicate",
    [
        DCTERMS.bibliographicCitation,
        DCTERMS.created,
        DCTERMS.creator,
        DCTERMS.issued,
        DCTERMS.license,
        DCTERMS.modified,
        DCTERMS.publisher,
        DCTERMS.source,
        OWL.versionIRI,
        OWL.versionInfo,
        URIRef("http://purl.org/ontology/bibo/status"),
        VANN.preferredNamespacePrefix,
        VANN.preferredNamespaceUri,
    ],
)
def test_the_header_states(predicate: URIRef) -> None:
    assert (ROOT, RDF.type, OWL.Ontology) in ontology()
    assert (ROOT, predicate, None) in ontology()


@pytest.mark.parametrize("predicate", [DCTERMS.title, DCTERMS.description])
def test_the_header_states_in_both_languages(predicate: URIRef) -> None:
    assert {k: len(v) for k, v in texts(ROOT, predicate).items()} == {"id": 1, "en": 1}


def test_the_version_is_the_package_s() -> None:
    version = ontology().value(ROOT, OWL.versionInfo)
    assert str(version) == visidaerah.__version__
    assert str(ontology().value(ROOT, OWL.versionIRI)) == f"{ONTOLOGY}/{version}"
    assert str(version) in str(ontology().value(ROOT, DCTERMS.bibliographicCitation))


def test_the_preferred_prefix_is_the_one_in_use() -> None:
    prefix = str(ontology().value(ROOT, VANN.preferredNamespacePrefix))
    assert str(ontology().value(ROOT, VANN.preferredNamespaceUri)) == PREFIXES[prefix] == VD


def test_the_licence_is_creative_commons_attribution() -> None:
    licence = ontology().value(ROOT, DCTERMS.license)
    assert licence == URIRef("https://creativecommons.org/licenses/by/4.0/")


def test_the_creator_has_a_name() -> None:
    creator = ontology().value(ROOT, DCTERMS.creator)
    assert creator is not None
    assert texts(creator, RDFS.label).keys() == LANGUAGES


# Every term


@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.definition], ids=["label", "definition"])
def test_every_term_has_one_in_each_language(predicate: URIRef) -> None:
    wrong = [
        name(term)
        for term in own()
        if {k: len(v) for k, v in texts(term, predicate).items()} != {"id": 1, "en": 1}
    ]
    assert len(own()) > 100
    assert wrong == []


def test_notes_and_other_labels_come_in_both_languages() -> None:
    noted = [
        (term, predicate)
        for predicate in (SKOS.scopeNote, SKOS.altLabel, SKOS.note)
        for term in own()
        if (term, predicate, None) in ontology()
    ]
    assert noted
    assert [pair for pair in noted if texts(*pair).keys() != LANGUAGES] == []


def test_every_class_has_an_example() -> None:
    assert [name(c) for c in own(OWL.Class) if not texts(c, SKOS.example)] == []


def test_every_term_says_where_it_is_defined() -> None:
    wrong = [name(t) for t in own() if (t, RDFS.isDefinedBy, ROOT) not in ontology()]
    assert wrong == []


def test_a_term_has_one_kind() -> None:
    kinds = Counter(term for kind in KINDS for term in own(kind))
    assert [name(term) for term, count in kinds.items() if count > 1] == []


def test_no_two_terms_share_a_label() -> None:
    labels = Counter(
        (language, label)
        for term in own()
        for language, found in texts(term, RDFS.label).items()
        for label in found
    )
    assert [label for label, count in labels.items() if count > 1] == []


def test_no_annotation_has_stray_white_space() -> None:
    literals = {o for o in ontology().objects() if isinstance(o, Literal) and o.language}
    assert literals
    assert [str(text) for text in literals if " ".join(str(text).split()) != str(text)] == []


def test_a_definition_is_a_sentence_that_does_not_begin_with_the_label() -> None:
    pairs = [
        (texts(term, RDFS.label)[language][0], texts(term, SKOS.definition)[language][0])
        for term in own()
        for language in sorted(LANGUAGES)
    ]
    assert len(pairs) > 200
    assert [d for _, d in pairs if not re.fullmatch(r"[A-Z0-9].+\.", d)] == []
    assert [d for label, d in pairs if d.casefold().startswith(f"{label.casefold()} ")] == []
    assert [d for label, d in pairs if len(d.split()) <= len(label.split())] == []


def test_classes_are_upper_camel_and_properties_lower_camel() -> None:
    capital = [*own(OWL.Class), *own(RDFS.Datatype)]
    assert [name(t) for t in capital if not re.fullmatch(r"([A-Z][a-z0-9]*)+", name(t))] == []
    assert [name(t) for t in properties() if not re.fullmatch(r"[a-z][A-Za-z0-9]*", name(t))] == []


def test_no_class_is_a_rest_or_a_mixture() -> None:
    words = re.compile(r"Other|Misc|And[A-Z]|Or[A-Z]|Thing[A-Z]")
    assert [name(c) for c in own(OWL.Class) if words.search(name(c))] == []


def test_no_name_carries_a_file_s_extension() -> None:
    assert [t for t in own() if re.search(r"\.(owl|ttl|rdf|xml|html?)\b", t)] == []


# How terms hang together


def test_every_property_has_one_domain_and_one_range() -> None:
    wrong = [
        (name(term), str(predicate))
        for term in properties()
        for predicate in (RDFS.domain, RDFS.range)
        if len(list(ontology().objects(term, predicate))) != 1
    ]
    assert wrong == []


def test_every_relation_between_things_has_an_inverse() -> None:
    linked = {
        term
        for pair in ontology().subject_objects(OWL.inverseOf)
        for term in pair
        if isinstance(term, URIRef)
    }
    between_things = [
        p for p in own(OWL.ObjectProperty) if (p, RDFS.range, SKOS.Concept) not in ontology()
    ]
    assert len(between_things) > 30
    assert [name(p) for p in between_things if p not in linked] == []


def test_an_inverse_runs_the_other_way() -> None:
    pairs = list(ontology().subject_objects(OWL.inverseOf))
    assert pairs
    for inverse, relation in pairs:
        assert inverse != relation
        assert ends(inverse) == tuple(reversed(ends(relation))), name(inverse)


def ends(relation: Node) -> tuple[str, str]:
    domain, range_ = (ontology().value(relation, p) for p in (RDFS.domain, RDFS.range))
    return described(domain), described(range_)


def described(expression: Node | None) -> str:
    if isinstance(expression, BNode):
        return " or ".join(str(member) for member in members(expression, OWL.unionOf))
    return str(expression)


def test_a_property_fits_within_the_one_above_it() -> None:
    for term, above in ontology().subject_objects(RDFS.subPropertyOf):
        for inner, outer in zip(ends(term), ends(above), strict=True):
            allowed = set(outer.split(" or "))
            assert all(allowed & ancestors(part) for part in inner.split(" or ")), name(term)


def ancestors(iri: str) -> set[str]:
    return {str(c) for c in ontology().transitive_objects(URIRef(iri), RDFS.subClassOf)}


@pytest.mark.parametrize("predicate", [RDFS.subClassOf, RDFS.subPropertyOf])
def test_no_hierarchy_runs_in_a_circle(predicate: URIRef) -> None:
    for term, above in ontology().subject_objects(predicate):
        if isinstance(above, URIRef):
            assert term not in set(ontology().transitive_objects(above, predicate))


def test_no_class_hides_another_under_a_second_name() -> None:
    assert list(ontology().subject_objects(OWL.equivalentClass)) == []
    assert list(ontology().subject_objects(OWL.sameAs)) == []


def test_every_class_takes_part_in_an_axiom() -> None:
    linking = (RDFS.domain, RDFS.range, RDFS.subClassOf, OWL.allValuesFrom, RDF.first)
    linked = {o for p in linking for o in ontology().objects(None, p)}
    linked |= set(ontology().subjects(RDFS.subClassOf))
    assert [name(c) for c in own(OWL.Class) if c not in linked] == []


def test_sibling_classes_are_kept_apart() -> None:
    siblings: defaultdict[Node, set[URIRef]] = defaultdict(set)
    for term in own(OWL.Class):
        for above in superclasses(term):
            if str(above).startswith(VD):
                siblings[above].add(term)
    together = [s for s in siblings.values() if len(s) > 1]
    assert len(together) >= 4
    sets = disjoint_sets()
    overlapping = [
        (name(a), name(b))
        for children in together
        for a, b in combinations(sorted(children), 2)
        if not any({a, b} <= apart for apart in sets)
    ]
    assert overlapping == []


def test_a_chain_has_more_than_one_link_and_ends_where_it_should() -> None:
    chains = list(ontology().subject_objects(OWL.propertyChainAxiom))
    assert {name(derived) for derived, _ in chains} == {"concernsSector", "contributesTo"}
    for derived, head in chains:
        links = list(Collection(ontology(), head))
        assert len(links) == 2
        assert ends(links[0])[0] == ends(derived)[0]
        assert ends(links[-1])[1] == ends(derived)[1]


def test_having_parts_is_transitive_and_covers_every_part() -> None:
    whole = URIRef(VD + "hasElement")
    assert (whole, RDF.type, OWL.TransitiveProperty) in ontology()
    parts = {name(p) for p in ontology().subjects(RDFS.subPropertyOf, whole)}
    assert parts == {
        "hasVision",
        "hasPillar",
        "hasComponent",
        "hasMission",
        "hasGoal",
        "hasObjective",
    }


def test_a_region_is_known_by_its_code() -> None:
    assert members(URIRef(VD + "Region"), OWL.hasKey) == [URIRef(VD + "regionCode")]


# The profile


RL_SUPERCLASS = {OWL.allValuesFrom, OWL.onProperty, RDF.type}
RL_AXIOMS = {
    OWL.AllDisjointClasses,
    OWL.AsymmetricProperty,
    OWL.Class,
    OWL.DatatypeProperty,
    OWL.FunctionalProperty,
    OWL.IrreflexiveProperty,
    OWL.AnnotationProperty,
    OWL.ObjectProperty,
    OWL.Ontology,
    OWL.Restriction,
    OWL.TransitiveProperty,
}
RL_DATATYPES = {
    RDFS.Literal,
    XSD.decimal,
    XSD.integer,
    XSD.string,
}
"""Those of the datatypes of OWL 2 RL (OWL 2 Profiles, section 4.2.1) that are used here."""


def test_the_axioms_stay_within_owl_2_rl_but_for_the_union_of_wholes() -> None:
    used = {kind for kind in ontology().objects(None, RDF.type) if str(kind).startswith(str(OWL))}
    assert used <= RL_AXIOMS
    unions = {described(node) for node in ontology().subjects(OWL.unionOf)}
    assert unions == {f"{VD}DevelopmentPlan or {VD}PlanElement"}
    for restriction in ontology().subjects(RDF.type, OWL.Restriction):
        assert set(ontology().predicates(restriction)) == RL_SUPERCLASS


def test_the_header_names_all_that_leaves_the_profile() -> None:
    with_a_union = {
        f"vd:{name(term)}"
        for node in ontology().subjects(OWL.unionOf)
        for predicate in (RDFS.domain, RDFS.range)
        for term in ontology().subjects(predicate, node)
    }
    ranges = {ontology().value(term, RDFS.range) for term in own(OWL.DatatypeProperty)}
    own_datatypes = {f"vd:{name(term)}" for term in own(RDFS.Datatype)}
    lacking = {ontology().qname(str(datatype)) for datatype in ranges - RL_DATATYPES}
    assert len(with_a_union) == 8
    assert {"rdf:langString", "xsd:date", "xsd:gYear"} == lacking
    for comments in texts(ROOT, RDFS.comment).values():
        named = set(re.findall(r"\b(?:rdf|vd|xsd):\w+", comments[0]))
        assert named == with_a_union | lacking | own_datatypes


# What is used is declared


def test_every_own_term_that_the_graph_uses_is_declared() -> None:
    used = {iri for iri in shipped_predicates_and_classes() if iri.startswith(VD)}
    assert used
    assert used - set(map(str, own())) == set()


def test_every_own_term_that_the_code_or_a_query_names_is_declared() -> None:
    queries = [Path(str(assets.queries())).rglob("*.rq")]
    files = [f for found in (PACKAGE.rglob("*.py"), *queries) for f in found]
    named = {
        term
        for file in files
        for term in re.findall(
            r"\b(?:VD\.(?!iri\b)|vd:)([A-Za-z][A-Za-z0-9]*)\b", file.read_text("utf-8")
        )
    }
    assert len(named) > 40
    assert named - {name(term) for term in own()} == set()


def test_every_reused_term_is_in_its_vocabulary() -> None:
    shapes = checks.shipped_shapes()
    used = {str(t) for graph in (ontology(), shapes) for t in graph.predicates()}
    used |= {str(t) for t in ontology().subjects(RDF.type, None) if not str(t).startswith(VD)}
    used |= {str(kind) for kind in ontology().objects(None, RDF.type)}
    used |= {str(c) for c in ontology().objects(None, RDFS.subClassOf) if isinstance(c, URIRef)}
    used |= shipped_predicates_and_classes()
    foreign = {
        iri for iri in used if "://" in iri and not iri.startswith("https://w3id.org/visidaerah/")
    }
    assert len(foreign) > 80
    assert {iri for iri in foreign if not is_known(iri)} == set()


def test_a_misspelt_term_is_not_known() -> None:
    assert is_known("http://www.w3.org/ns/oa#exact")
    assert not is_known("http://www.w3.org/ns/oa#exactly")
    assert not is_known("http://www.w3.org/ns/prov#wasDerivedfrom")


def test_every_reused_term_in_the_graph_has_its_kind_declared() -> None:
    built_in = tuple(map(str, (OWL, RDF, RDFS)))
    used = {
        iri
        for iri in shipped_predicates_and_classes()
        if not iri.startswith((VD, *built_in)) and "/shacl#" not in iri
    }
    declared = {str(term) for term in ontology().subjects(RDF.type, None)}
    assert used
    assert used - declared == set()


# The files


def turtle_files() -> list[Path]:
    folder = Path(str(assets.ontology()))
    found = [*sorted(folder.rglob("*.ttl")), *sorted(Path(str(assets.data())).glob("*.ttl"))]
    assert len(found) > 20
    return found


def test_turtle_is_formatted() -> None:
    turtlefmt = Path(sys.executable).parent / "turtlefmt"
    done = subprocess.run(
        [turtlefmt, "--check", *turtle_files()], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "module", ["elsewhere.ttl", "judgement.ttl", "plan.ttl", "region.ttl", "source.ttl"]
)
def test_terms_stand_in_code_point_order(module: str) -> None:
    content = (assets.ontology() / module).read_bytes()
    order = list(
        dict.fromkeys(
            triple.subject.value
            for triple in parse(content, RdfFormat.TURTLE)
            if isinstance(triple.subject, NamedNode)
        )
    )
    assert len(order) > 5
    assert order == sorted(order)


def test_nothing_depends_on_the_alignments() -> None:
    rest = [graph for file, graph in modules().items() if file != "alignments.ttl"]
    foreign = set(modules()["alignments.ttl"].objects(None, RDFS.subClassOf))
    assert foreign
    assert [c for c in foreign if any((None, None, c) in graph for graph in rest)] == []


# Reasoning


def vocabulary_quads() -> list[Quad]:
    return [quad for quad in shipped_quads() if quad.graph_name == ONTOLOGY_GRAPH]


def stated(turtle: str) -> list[Quad]:
    prefixes = f"@prefix vd: <{VD}> . @prefix rdfs: <{RDFS}> . @prefix owl: <{OWL}> ."
    return list(parse(prefixes + turtle, RdfFormat.TURTLE, base_iri="https://example.org/"))


@requires_java
def test_the_ontology_is_consistent_and_every_class_can_have_members() -> None:
    outcome = checks.check_reasoning(vocabulary_quads())
    assert outcome.skipped is None
    assert outcome.findings == ()
    assert int(outcome.looked_at.split()[0]) >= len(own(OWL.Class))


@requires_java
def test_the_reasoner_finds_a_class_that_cannot_have_members() -> None:
    turtle = "<both> a owl:Class ; rdfs:subClassOf vd:Vision , vd:Mission ."
    outcome = checks.check_reasoning([*vocabulary_quads(), *stated(turtle)])
    assert [finding.node for finding in outcome.findings] == ["https://example.org/both"]


@requires_java
@pytest.mark.parametrize(
    "turtle",
    [
        "<x> a vd:Vision , vd:Mission .",
        "<plan> a vd:DevelopmentPlan ; vd:hasPillar <pillar> .",
        "<x> a vd:Pillar ; vd:isFoundedOn <x> .",
        "<x> vd:hasComponent <y> . <y> a vd:Mission .",
    ],
)
def test_the_reasoner_finds_a_contradiction(turtle: str) -> None:
    outcome = checks.check_reasoning([*vocabulary_quads(), *stated(turtle)])
    assert [finding.rule for finding in outcome.findings] == ["consistency"]
