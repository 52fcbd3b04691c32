from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from rdflib import SKOS, Graph, Namespace, URIRef

from visidaerah import assets
from visidaerah.spans import Span
from visidaerah.statements.model import DeclaredCount, FacetKind
from visidaerah.vocabulary import BASE, PREFIXES

ID = Namespace(f"{BASE}id/")
VD = Namespace(PREFIXES["vd"])
SMALL = {
    "countable": "countables.ttl",
    "facet-kinds": "facet-kinds.ttl",
    "methods": "methods.ttl",
    "plan-types": "plan-types.ttl",
}
DIMENSIONS = {
    "giffinger": {"economy", "environment", "governance", "living", "mobility", "people"},
    "kominfo": {"branding", "economy", "environment", "governance", "living", "society"},
    "magelang": {"economy", "environment", "governance", "infrastructure", "living", "people"},
}


@cache
def scheme_file(name: str) -> Graph:
    return Graph().parse(Path(str(assets.ontology())) / name)


def concepts(scheme: str, file: str) -> set[str]:
    found = scheme_file(file).subjects(SKOS.inScheme, ID[f"scheme/{scheme}"])
    return {str(concept).rpartition("/")[2] for concept in found}


def smart(city: str, dimension: str) -> URIRef:
    return ID[f"smart-city/{city}/{dimension}"]


def matches(dimension: str, predicate: URIRef) -> set[str]:
    found = scheme_file("smart-city.ttl").objects(smart("magelang", dimension), predicate)
    return {str(concept).removeprefix(f"{ID}smart-city/") for concept in found}


@pytest.mark.parametrize(("scheme", "file"), SMALL.items())
def test_a_scheme_and_its_concepts_know_each_other(scheme: str, file: str) -> None:
    graph, node = scheme_file(file), ID[f"scheme/{scheme}"]
    tops = set(graph.objects(node, SKOS.hasTopConcept))
    assert len(tops) >= 3
    assert tops == set(graph.subjects(SKOS.topConceptOf, node))
    assert tops == set(graph.subjects(SKOS.inScheme, node))


def test_what_the_engine_tells_apart_has_a_concept() -> None:
    assert concepts("facet-kinds", "facet-kinds.ttl") == {kind.value for kind in FacetKind}
    assert concepts("methods", "methods.ttl") == {"named", "keyword", "human"}
    counted = get_type_hints(DeclaredCount, localns={"Span": Span})["of"]
    assert concepts("countable", "countables.ttl") == set(get_args(counted))


def test_a_plan_type_is_named_after_its_abbreviation_and_has_its_usual_period() -> None:
    graph = scheme_file("plan-types.ttl")
    years = {
        str(graph.value(concept, SKOS.notation)): graph.value(concept, VD.usualDurationYears)
        for concept in graph.subjects(SKOS.inScheme, ID["scheme/plan-types"])
    }
    assert {name: value and int(str(value)) for name, value in years.items()} == {
        "RPJPD": 20,
        "RPJMD": 5,
        "RKPD": 1,
        "Renstra": 5,
        "Renja": 1,
        "RPD": None,
        "RPJMDes": 6,
        "RKPDes": 1,
    }
    assert concepts("plan-types", "plan-types.ttl") == {name.lower() for name in years}


@pytest.mark.parametrize("city", DIMENSIONS)
def test_a_smart_city_has_six_dimensions(city: str) -> None:
    tops = scheme_file("smart-city.ttl").objects(
        ID[f"scheme/smart-city-{city}"], SKOS.hasTopConcept
    )
    assert set(tops) == {smart(city, dimension) for dimension in DIMENSIONS[city]}


@pytest.mark.parametrize("dimension", ["economy", "environment", "governance", "living"])
def test_four_dimensions_of_magelang_match_both_others(dimension: str) -> None:
    expected = {f"giffinger/{dimension}", f"kominfo/{dimension}"}
    assert matches(dimension, SKOS.closeMatch) == expected


def test_the_other_dimensions_of_magelang_match_as_far_as_they_do() -> None:
    assert matches("people", SKOS.closeMatch) == {"giffinger/people"}
    assert matches("people", SKOS.relatedMatch) == {"kominfo/society"}
    assert matches("infrastructure", SKOS.closeMatch) == set()
    assert matches("infrastructure", SKOS.relatedMatch) == {"giffinger/mobility"}
    assert matches("city-branding", SKOS.relatedMatch) == {"kominfo/branding"}


def test_narrower_and_broader_mirror_each_other() -> None:
    graph = scheme_file("smart-city.ttl")
    pairs = set(graph.subject_objects(SKOS.broader))
    assert pairs == {(smart("magelang", "city-branding"), smart("magelang", "economy"))}
    assert {(narrow, broad) for broad, narrow in graph.subject_objects(SKOS.narrower)} == pairs
