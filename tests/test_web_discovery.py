"""Programs find what there is, and what they are told is true."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from plain_pages import PlainPages
from releases import OWN, PREFIXES, TWO_GRAPHS, release
from visidaerah import __version__
from visidaerah.formats import GRAPH_FORMATS
from visidaerah.vocabulary import BASE
from visidaerah.vocabulary import PREFIXES as KNOWN_PREFIXES
from visidaerah.web import crawling, create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

VOID = "http://rdfs.org/ns/void#"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
SITE_MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(release(OWN), renderer=PlainPages()).test_client()


@pytest.fixture(scope="module")
def foreign() -> FlaskClient:
    return create_app(release(TWO_GRAPHS), renderer=PlainPages()).test_client()


def described(response: TestResponse) -> ox.Store:
    assert response.status_code == 200
    store = ox.Store()
    store.load(response.data, ox.RdfFormat.TURTLE)
    return store


def table(store: ox.Store, query: str) -> dict[str, str]:
    """Return the rows of a SELECT of two variables."""
    return {row[0]: row[1] for row in rows(store, query)}


def rows(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    """Return the rows of a SELECT as strings."""
    solutions = store.query(query, prefixes=KNOWN_PREFIXES)
    assert isinstance(solutions, ox.QuerySolutions)
    return sorted(tuple(str(term.value) for term in row) for row in solutions)


def test_void_is_answered_at_once(client: FlaskClient) -> None:
    response = client.get("/.well-known/void")
    assert (response.status_code, response.mimetype) == (200, "text/turtle")
    assert client.get("/.well-known/void", headers={"Accept": BROWSER}).status_code == 200
    negotiated = client.get("/.well-known/void", headers={"Accept": "application/rdf+xml"})
    assert negotiated.mimetype == "application/rdf+xml"
    assert "Accept" in negotiated.vary


@pytest.mark.parametrize(
    ("property_", "query"),
    [
        ("triples", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
        ("properties", "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }"),
        ("classes", "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }"),
        ("distinctSubjects", "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"),
        ("distinctObjects", "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }"),
    ],
)
def test_void_counts_what_queries_count(client: FlaskClient, property_: str, query: str) -> None:
    store = described(client.get("/.well-known/void"))
    claimed = rows(store, f"SELECT ?n {{ <{BASE}dataset> void:{property_} ?n }}")
    answer = client.get("/sparql", query_string={"query": query})
    assert claimed == [(answer.get_json(force=True)["results"]["bindings"][0]["n"]["value"],)]


def test_void_counts_each_class_and_property(client: FlaskClient) -> None:
    store = described(client.get("/.well-known/void"))
    classes = table(store, "SELECT ?c ?n { ?x void:class ?c ; void:entities ?n }")
    assert classes[f"{BASE}ontology#Pillar"] == "1"
    properties = table(store, "SELECT ?p ?n { ?x void:property ?p ; void:triples ?n }")
    assert properties[f"{BASE}ontology#hasPillar"] == "1"
    assert len(properties) > 8


def test_void_says_where_everything_is(client: FlaskClient) -> None:
    store = described(client.get("/.well-known/void"))
    said = table(store, f"SELECT ?p (SAMPLE(?v) AS ?o) {{ <{BASE}dataset> ?p ?v }} GROUP BY ?p")
    assert said[f"{VOID}sparqlEndpoint"] == f"{BASE}sparql"
    assert said[f"{VOID}uriSpace"] == f"{BASE}id/"
    assert said[f"{VOID}exampleResource"] == f"{BASE}id/plan/x"
    assert said["http://purl.org/dc/terms/license"].startswith("https://creativecommons.org/")
    dumps = rows(store, "SELECT ?d { ?x void:dataDump ?d }")
    assert len(dumps) == len(GRAPH_FORMATS)
    for (dump,) in dumps:
        assert client.get("/" + dump.removeprefix(BASE)).status_code == 200
    assert (f"{BASE}ontology#",) in rows(store, "SELECT ?v { ?x void:vocabulary ?v }")


def test_the_data_set_is_described_for_catalogues(client: FlaskClient) -> None:
    store = described(client.get("/dataset"))
    dataset = f"<{BASE}dataset>"
    assert store.query(
        f"""ASK {{ {dataset} a dcat:Dataset ; dct:title ?t ; dct:license ?l ; dcat:version ?v ;
            dct:accessRights ?a ; dcat:contactPoint ?c ; dct:publisher ?p ;
            dct:modified ?d ;
            dct:spatial <{BASE}id/region/33.71> ; dct:temporal ?period .
            ?period dcat:startDate "2016"^^xsd:gYear ; dcat:endDate "2021"^^xsd:gYear .
            ?service a dcat:DataService ; dcat:endpointURL <{BASE}sparql> ;
              dcat:servesDataset {dataset} }}""",
        prefixes=KNOWN_PREFIXES,
    )


def test_each_distribution_has_the_size_and_checksum_of_its_file(client: FlaskClient) -> None:
    query = """SELECT ?url ?size ?sum { ?d a dcat:Distribution ; dcat:downloadURL ?url ;
        dcat:byteSize ?size ; dcat:mediaType ?t ; dcat:compressFormat ?c ;
        spdx:checksum/spdx:checksumValue ?sum }"""
    found = rows(described(client.get("/dataset.ttl")), query)
    assert len(found) == len(GRAPH_FORMATS)
    for url, size, checksum in found:
        path = "/" + url.removeprefix(BASE)
        assert len(client.get(path).data) == int(size)
        assert client.get(path + ".sha256").text.startswith(checksum)


def test_readers_get_the_data_set_as_a_page(client: FlaskClient) -> None:
    response = client.get("/dataset", headers={"Accept": BROWSER})
    assert response.text == "<h1>dataset</h1>"
    assert "Accept" in response.vary
    graph = client.get("/dataset", headers={"Accept": "application/ld+json"})
    assert graph.headers["Content-Location"] == "/dataset.jsonld"


def test_of_a_release_of_others_no_title_and_no_licence_is_claimed(foreign: FlaskClient) -> None:
    for path in ("/dataset", "/.well-known/void"):
        assert b"license" not in foreign.get(path).data
        assert b'dct:title "visidaerah' not in foreign.get(path).data


def test_the_data_set_has_its_signposts(client: FlaskClient) -> None:
    headers = client.get("/dataset", headers={"Accept": BROWSER}).headers.getlist("Link")
    relations = [re.search('rel="([^"]+)"', header)[1] for header in headers]  # type: ignore[index]
    assert relations.count("cite-as") == 1
    assert relations.count("describedby") == 2
    assert relations.count("item") == len(GRAPH_FORMATS)
    assert {"type", "author", "license", "linkset"} <= set(relations)
    assert sum(map(len, headers)) < 8000


def test_the_link_sets_say_what_the_headers_say(client: FlaskClient) -> None:
    response = client.get("/dataset/linkset.json")
    assert response.mimetype == "application/linkset+json"
    contexts = {item["anchor"]: item for item in json.loads(response.data)["linkset"]}
    whole = contexts[f"{BASE}dataset"]
    assert len(whole["item"]) == len(GRAPH_FORMATS)
    for item in whole["item"]:
        assert contexts[item["href"]]["collection"][0]["href"] == f"{BASE}dataset"
    assert contexts[f"{BASE}dataset.ttl"]["describes"][0]["href"] == f"{BASE}dataset"
    plain = client.get("/dataset/linkset")
    assert plain.mimetype == "application/linkset"
    assert plain.text.count("anchor=") == sum(
        len(links) for item in contexts.values() for name, links in item.items() if name != "anchor"
    )


def test_the_interfaces_are_listed(client: FlaskClient) -> None:
    response = client.get("/.well-known/api-catalog")
    assert response.mimetype == "application/linkset+json"
    assert json.loads(response.data)["linkset"][0]["anchor"] == "http://localhost/sparql"


def test_crawlers_read_pages_and_data_but_no_answers(client: FlaskClient) -> None:
    response = client.get("/robots.txt")
    assert response.content_type == "text/plain; charset=utf-8"
    lines = response.text.splitlines()
    assert {"Allow: /", "Disallow: /sparql"} <= set(lines)
    assert "Sitemap: http://localhost/sitemap.xml" in lines
    assert not any("Disallow: /page" in line or "Disallow: /data" in line for line in lines)


def addresses(content: bytes) -> list[str]:
    found = [node.text for node in ElementTree.fromstring(content).iter(f"{SITE_MAP}loc")]
    return [address for address in found if address]


def test_the_site_map_lists_every_page_with_its_date(client: FlaskClient) -> None:
    response = client.get("/sitemap.xml")
    assert response.mimetype == "application/xml"
    listed = addresses(response.data)
    assert "http://localhost/page/plan/x/pillar/1" in listed
    assert "http://localhost/" in listed
    assert len(listed) == len(set(listed))
    assert response.text.count("<lastmod>2026-11-21</lastmod>") == len(listed)
    packed = client.get("/sitemap.xml.gz")
    assert gzip.decompress(packed.data) == response.data


def test_every_thing_in_the_site_map_has_a_page(client: FlaskClient) -> None:
    things = [
        path
        for url in addresses(client.get("/sitemap.xml").data)
        if (path := urlsplit(url).path).startswith("/page/")
    ]
    assert things
    for path in things:
        assert client.get(path).status_code == 200


def test_a_long_site_map_is_an_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawling, "MOST_IN_SITE_MAP", 4)
    things = "".join(f"<id/thing/{n}> a <id/kind> .\n" for n in range(5))
    client = create_app(release(PREFIXES + things), renderer=PlainPages()).test_client()
    parts = addresses(client.get("/sitemap.xml").data)
    pages = [page for part in parts for page in addresses(client.get(part).data)]
    assert len(parts) == 3
    assert len(pages) == 11
    assert client.get("/sitemap-4.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def test_the_context_names_prefixes_and_properties(client: FlaskClient) -> None:
    response = client.get("/context.jsonld")
    assert response.mimetype == "application/ld+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "max-age" in response.headers["Cache-Control"]
    context = json.loads(response.data)["@context"]
    assert context["vd"] == f"{BASE}ontology#"
    assert context["hasPillar"] == {"@id": f"{BASE}ontology#hasPillar", "@type": "@id"}
    assert context["position"]["@type"] == "http://www.w3.org/2001/XMLSchema#integer"
    fixed = client.get(f"/context/{__version__}.jsonld")
    assert fixed.data == response.data
    assert "immutable" in fixed.headers["Cache-Control"]
    assert client.get("/context/0.0.0.jsonld").status_code == 404


def test_prefixes_come_as_a_table_and_as_declarations(client: FlaskClient) -> None:
    assert client.get("/prefixes", headers={"Accept": "application/json"}).json == KNOWN_PREFIXES
    assert client.get("/prefixes.json").json == KNOWN_PREFIXES
    store = described(client.get("/prefixes"))
    declared = table(store, "SELECT ?p ?n { ?x sh:declare [ sh:prefix ?p ; sh:namespace ?n ] }")
    assert declared == KNOWN_PREFIXES


def test_saved_queries_come_as_examples_for_programs(client: FlaskClient) -> None:
    store = described(client.get("/queries"))
    found = rows(store, "SELECT ?q ?text { ?q a sh:SPARQLSelectExecutable ; sh:select ?text }")
    assert len(found) > 10
    for iri, text in found:
        response = client.get("/" + iri.removeprefix(BASE))
        assert response.mimetype == "application/sparql-query"
        assert response.text == text
    assert client.get("/queries/none.rq").status_code == 404
    page = client.get("/queries", headers={"Accept": BROWSER})
    assert (page.status_code, page.headers["Location"]) == (303, "http://localhost/questions")


@pytest.mark.parametrize(
    ("path", "place"), [("/.well-known/void", "/data"), ("/prefixes", "/sparql#prefixes")]
)
def test_who_takes_pages_only_is_sent_to_one(client: FlaskClient, path: str, place: str) -> None:
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 303
    assert response.headers["Location"] == f"http://localhost{place}"
    assert "Accept" in response.headers["Vary"]
    assert client.get(path, headers={"Accept": "image/png"}).status_code == 406


def test_releases_can_be_followed(client: FlaskClient, foreign: FlaskClient) -> None:
    response = client.get("/feed.atom")
    assert response.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(response.data)
    atom = "{http://www.w3.org/2005/Atom}"
    assert feed.findtext(f"{atom}id")
    assert feed.findtext(f"{atom}updated") == "2026-11-21T00:00:00Z"
    entries = feed.findall(f"{atom}entry")
    assert [entry.findtext(f"{atom}updated") for entry in entries] == ["2026-11-21T00:00:00Z"]
    assert foreign.get("/feed.atom").status_code == 404


def test_a_release_with_an_impossible_date_is_served() -> None:
    odd = create_app(release(OWN.replace("2026-11-21", "2026-13-99")), renderer=PlainPages())
    response = odd.test_client().get("/dataset.ttl")
    assert response.status_code == 200
    assert "Last-Modified" not in response.headers
    assert odd.test_client().get("/sitemap.xml").status_code == 200
