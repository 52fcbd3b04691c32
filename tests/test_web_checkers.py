"""What checkers of FAIR data ask, asked beforehand: of the ontology (FOOPS!, 65-76) and of the
data set's page (F-UJI, 77-87), each check by its name.

Three checks of FOOPS! need a registry's entry, which is made after publication (prefix.cc, LOV).
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest

from visidaerah.store import Store
from visidaerah.vocabulary import BASE, ONTOLOGY, PREFIXES
from visidaerah.web import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
# In the order in which FOOPS! asks; it gives up where the first fails.
ASKED = ("application/rdf+xml", "text/turtle", "text/n3", "application/ld+json")
READERS = {
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
# Namespaces of registered vocabularies (Linked Open Vocabularies), of those that are used.
REGISTERED = ("dct", "foaf", "prov", "skos", "dcat", "void", "oa")
PERSISTENT = re.compile(r"https://(w3id\.org|purl\.org|doi\.org|www\.w3\.org)/")


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Store.shipped()).test_client()


def follow(client: FlaskClient, iri: str, accept: str) -> TestResponse:
    """Ask for a canonical name as a checker does, redirects by hand."""
    place = iri.removeprefix(BASE.rstrip("/")).partition("#")[0]
    for _ in range(5):
        response = client.get(place, headers={"Accept": accept})
        target = response.headers.get("Location")
        if target is None:
            return response
        assert urlsplit(target).netloc, "FOOPS! follows absolute addresses only"
        place = urlsplit(target).path
    raise AssertionError(f"{iri} leads round in circles")


@pytest.fixture(scope="module")
def ontology(client: FlaskClient) -> ox.Store:
    store = ox.Store()
    store.load(follow(client, ONTOLOGY, "text/turtle").data, ox.RdfFormat.TURTLE)
    return store


def rows(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    found = store.query(query, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    return [tuple(term.value if term else "" for term in row) for row in found]


def values(ontology: ox.Store, name: str) -> list[str]:
    return [row[0] for row in rows(ontology, f"SELECT ?o {{ <{ONTOLOGY}> {name} ?o }}")]


@pytest.mark.parametrize("accept", [HTML, *ASKED])
def test_65_cn1_doc1_rdf1_the_ontology_comes_as_page_and_as_rdf(
    client: FlaskClient, accept: str
) -> None:
    response = follow(client, ONTOLOGY, accept)
    assert response.status_code == 200
    assert response.mimetype == {"text/n3": "text/turtle"}.get(accept, accept.partition(",")[0])
    if response.mimetype in READERS:
        assert list(ox.parse(response.data, format=READERS[response.mimetype]))


def test_66_uri1_uri2_its_name_resolves_and_is_the_one_inside(ontology: ox.Store) -> None:
    named = rows(ontology, "SELECT ?o { ?o a owl:Ontology }")
    assert (ONTOLOGY,) in named


def test_67_purl1_its_name_is_persistent() -> None:
    assert PERSISTENT.match(ONTOLOGY)


def test_68_ver1_ver2_its_version_has_a_name_that_resolves(
    client: FlaskClient, ontology: ox.Store
) -> None:
    (version,) = values(ontology, "owl:versionIRI")
    assert version != ONTOLOGY
    for accept in (HTML, *ASKED):
        assert follow(client, version, accept).status_code == 200


@pytest.mark.parametrize(
    ("check", "names"),
    [
        ("69 OM1 title", "dct:title"),
        ("69 OM1 description", "dct:description"),
        ("69 OM1 licence", "dct:license"),
        ("69 OM1 version", "owl:versionIRI"),
        ("69 OM1 author", "dct:creator"),
        ("69 OM1 namespace", "<http://purl.org/vocab/vann/preferredNamespaceUri>"),
        ("70 OM2 prefix", "<http://purl.org/vocab/vann/preferredNamespacePrefix>"),
        ("70 OM2 version info", "owl:versionInfo"),
        ("70 OM2 created", "dct:created"),
        ("70 OM2 citation", "dct:bibliographicCitation"),
        ("71 OM3 publisher", "dct:publisher"),
        ("71 OM3 status", "<http://purl.org/ontology/bibo/status>"),
        ("71 OM3 source", "dct:source"),
        ("71 OM3 issued", "dct:issued"),
        ("71 OM3 modified", "dct:modified"),
        ("72 OM4 licence", "dct:license"),
        ("73 OM5.1 created", "dct:created"),
        ("73 OM5.2 issued", "dct:issued"),
    ],
)
def test_69_to_73_the_ontology_says_of_itself(ontology: ox.Store, check: str, names: str) -> None:
    assert values(ontology, names), check


def test_72_om4_the_licence_is_an_address(ontology: ox.Store) -> None:
    (licence,) = values(ontology, "dct:license")
    assert licence.startswith("https://creativecommons.org/")


def test_74_voc1_voc2_other_vocabularies_are_used(ontology: ox.Store) -> None:
    used = {row[0] for row in rows(ontology, "SELECT DISTINCT ?p { ?s ?p ?o }")}
    reused = {name for name in REGISTERED if any(iri.startswith(PREFIXES[name]) for iri in used)}
    assert "dct" in reused
    others = rows(
        ontology,
        "SELECT ?o { ?s rdfs:subClassOf|rdfs:subPropertyOf|rdfs:range ?o FILTER(isIRI(?o)) }",
    )
    assert any(not iri.startswith(f"{ONTOLOGY}#") for (iri,) in others)


@pytest.mark.parametrize("said", ["rdfs:label", "skos:definition|rdfs:comment"])
def test_75_voc3_voc4_every_term_is_labelled_and_described(ontology: ox.Store, said: str) -> None:
    kinds = "owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty"
    terms = f"?t a ?kind . VALUES ?kind {{ {kinds} }} FILTER(STRSTARTS(STR(?t), '{ONTOLOGY}#'))"
    assert rows(ontology, f"SELECT ?t {{ {terms} }}")
    assert rows(ontology, f"SELECT ?t {{ {terms} FILTER NOT EXISTS {{ ?t {said} ?x }} }}") == []


def test_76_http1_find1_the_protocol_is_open_and_the_prefix_is_said(ontology: ox.Store) -> None:
    assert ONTOLOGY.startswith("https://")
    assert values(ontology, "<http://purl.org/vocab/vann/preferredNamespacePrefix>") == ["vd"]


# F-UJI


@pytest.fixture(scope="module")
def page(client: FlaskClient) -> TestResponse:
    response = client.get("/dataset", headers={"Accept": HTML})
    assert response.status_code == 200
    return response


@pytest.fixture(scope="module")
def embedded(page: TestResponse) -> dict[str, Any]:
    """Return the page's schema.org description of the data set."""
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)
    (found,) = [block for block in map(json.loads, blocks) if "schema.org" in str(block)]
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def catalogue(client: FlaskClient) -> ox.Store:
    store = ox.Store()
    store.load(client.get("/dataset.ttl").data, ox.RdfFormat.TURTLE)
    return store


def of_data_set(catalogue: ox.Store, name: str) -> list[str]:
    return [row[0] for row in rows(catalogue, f"SELECT ?o {{ <{BASE}dataset> {name} ?o }}")]


def test_77_f1_the_identifier_is_a_persistent_address(embedded: dict[str, Any]) -> None:
    identifier = embedded.get("@id") or embedded.get("identifier")
    assert identifier == f"{BASE}dataset"
    assert PERSISTENT.match(identifier)


@pytest.mark.parametrize(
    "member",
    ["creator", "name", "datePublished", "publisher", "@type", "description", "keywords"],
)
def test_78_f2_the_core_is_described(embedded: dict[str, Any], member: str) -> None:
    assert embedded.get(member)


def test_79_f3_the_content_is_named_and_can_be_fetched(
    client: FlaskClient, embedded: dict[str, Any], catalogue: ox.Store
) -> None:
    assert embedded["distribution"]
    files = rows(catalogue, "SELECT ?f { ?d dcat:downloadURL ?f }")
    assert files
    for (address,) in files:
        assert follow(client, address, "*/*").status_code == 200


def test_80_f4_the_description_is_embedded_and_typed(embedded: dict[str, Any]) -> None:
    assert "schema.org" in json.dumps(embedded["@context"])
    assert embedded["@type"] == "Dataset"


def test_81_a1_access_is_stated(catalogue: ox.Store) -> None:
    (rights,) = of_data_set(catalogue, "dct:accessRights")
    assert rights.endswith("PUBLIC")


@pytest.mark.parametrize("accept", ASKED)
def test_82_i1_the_description_is_negotiated(client: FlaskClient, accept: str) -> None:
    response = follow(client, f"{BASE}dataset", accept)
    assert response.status_code == 200
    assert list(ox.parse(response.data, format=READERS[str(response.mimetype)]))


def test_83_i2_the_vocabularies_are_registered_ones(catalogue: ox.Store) -> None:
    used = {row[0] for row in rows(catalogue, "SELECT DISTINCT ?p { ?s ?p ?o }")}
    assert any(iri.startswith(PREFIXES["dcat"]) for iri in used)
    assert any(iri.startswith(PREFIXES["dct"]) for iri in used)


def test_84_i3_related_things_are_linked(catalogue: ox.Store, client: FlaskClient) -> None:
    assert of_data_set(catalogue, "dct:spatial")
    assert of_data_set(catalogue, "dct:conformsTo") == [ONTOLOGY]
    void = client.get("/.well-known/void").text
    assert "void:exampleResource" in void


def test_85_r1_files_have_type_and_size(catalogue: ox.Store) -> None:
    files = rows(
        catalogue,
        "SELECT ?t ?size { ?d dcat:downloadURL ?f ; dcat:mediaType ?t ; dcat:byteSize ?size }",
    )
    assert len(files) == 6
    assert all(int(size) > 0 for _, size in files)
    services = rows(catalogue, "SELECT ?e { ?s dcat:endpointURL ?e ; dct:conformsTo ?p }")
    assert services == [(f"{BASE}sparql",)]


def test_86_r1_the_licence_is_stated(
    embedded: dict[str, Any], catalogue: ox.Store, page: TestResponse
) -> None:
    (licence,) = of_data_set(catalogue, "dct:license")
    assert embedded["license"] == licence
    assert f'<{licence}>; rel="license"' in ", ".join(page.headers.getlist("Link"))


def test_87_r1_the_origin_is_told_in_prov(client: FlaskClient, catalogue: ox.Store) -> None:
    assert of_data_set(catalogue, "dct:creator")
    assert of_data_set(catalogue, "dct:issued")
    data = client.get("/data/plan/kota-metro.ttl").text
    assert "prov:wasDerivedFrom" in data
