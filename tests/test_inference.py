"""What follows from the ontology is derived, and nothing else."""

from __future__ import annotations

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from visidaerah.inference import infer, read_axioms

ONTOLOGY = b"""
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:City rdfs:subClassOf :Region . :Region rdfs:subClassOf :Thing, [ a owl:Restriction ] .
:hasPillar rdfs:subPropertyOf :hasElement . :hasComponent rdfs:subPropertyOf :hasElement .
:hasElement a owl:TransitiveProperty .
:concerns owl:propertyChainAxiom ( :hasAssignment :assigned ) .
"""
AXIOMS = read_axioms(parse(ONTOLOGY, RdfFormat.TURTLE))


def example(name: str) -> NamedNode:
    return NamedNode(f"http://example.org/{name}")


def derived(*lines: str) -> set[str]:
    stated = [Triple(*(_node(word) for word in line.split())) for line in lines]
    return {" ".join(_name(node) for node in link) for link in infer(stated, AXIOMS)}


def _node(word: str) -> NamedNode:
    rdf_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    return NamedNode(rdf_type) if word == "a" else example(word)


def _name(node: NamedNode) -> str:
    name = node.value.removeprefix("http://example.org/")
    return "a" if name.endswith("#type") else name


def test_a_member_of_a_class_is_a_member_of_its_superclasses() -> None:
    assert derived("metro a City") == {"metro a Region", "metro a Thing"}


def test_a_part_of_a_part_is_an_element_of_the_whole() -> None:
    assert derived("plan hasPillar one", "one hasComponent two") == {
        "plan hasElement one",
        "one hasElement two",
        "plan hasElement two",
    }


def test_a_chain_of_two_properties_gives_its_short_form() -> None:
    assert derived("mission hasAssignment node", "node assigned health") == {
        "mission concerns health"
    }


def test_order_of_the_statements_does_not_matter() -> None:
    lines = ["c hasElement d", "a hasPillar b", "b hasComponent c"]
    assert derived(*lines) == derived(*reversed(lines))


def test_a_circle_ends() -> None:
    assert "one hasElement one" in derived("one hasElement two", "two hasElement one")


def test_nothing_follows_from_nothing() -> None:
    assert derived() == set()
