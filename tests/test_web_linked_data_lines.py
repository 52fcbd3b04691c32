"""What clients rely on in the linked data of the shipped release, one numbered line each.

Names and redirects 1-8, negotiation 9-20, what the data say 21-25, links 26-32, discovery 33-41,
the endpoint 42-52, sharing and safety 53-56, canonical names 57-61, caches 62-64. Lines 44 to 46
and 50 are in test_web_protocol_lines and test_web_sparql, 52 is in test_web_evaluation, 60 in
test_operating, 65 and on in test_web_checkers.
"""

from __future__ import annotations

import gzip
import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from releases import OWN, release
from visidaerah import __version__
from visidaerah.formats import DATASET_FORMATS, GRAPH_FORMATS
from visidaerah.store import Store
from visidaerah.vocabulary import BASE
from visidaerah.web import create_app, resources
from visidaerah.web.urls import local_href

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

PLAN = "plan/kota-metro"
THING = f"{BASE}id/{PLAN}"
HERE = "http://localhost"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
TYPES = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "nt": "application/n-triples",
    "trig": "application/trig",
    "nq": "application/n-quads",
}
READERS = {
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
    "nt": ox.RdfFormat.N_TRIPLES,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Store.shipped()).test_client()


def get(client: FlaskClient, path: str, accept: str | None = None, **more: str) -> TestResponse:
    headers = {name.replace("_", "-"): value for name, value in more.items()}
    return client.get(path, headers=headers | ({"Accept": accept} if accept else {}))


def ask(client: FlaskClient, query: str, **more: str) -> TestResponse:
    return get(client, "/sparql?" + urlencode({"query": query}), **more)


def links(response: TestResponse) -> set[tuple[str, str, str | None]]:
    """Return relation, target and type of each `Link`."""
    found = re.findall(
        r'<([^>]*)>; rel="([^"]*)"(?:; type="([^"]*)")?',
        ", ".join(response.headers.getlist("Link")),
    )
    return {(relation, target, kind or None) for target, relation, kind in found}


def graph(response: TestResponse, form: str = "ttl") -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(response.data, format=READERS[form])}


# Names and redirects


def test_1_a_name_leads_a_reader_to_a_page(client: FlaskClient) -> None:
    response = get(client, f"/id/{PLAN}", BROWSER)
    assert response.status_code == 303
    assert response.headers["Location"] == f"{HERE}/page/{PLAN}"
    assert "Accept" in response.vary
    assert f"/page/{PLAN}" in response.text
    assert len(response.data) < 1000


@pytest.mark.parametrize("form", TYPES)
def test_2_a_name_leads_a_program_to_data(client: FlaskClient, form: str) -> None:
    response = get(client, f"/id/{PLAN}", TYPES[form])
    assert response.status_code == 303
    assert response.headers["Location"] == f"{HERE}/data/{PLAN}.{form}"
    data = get(client, f"/data/{PLAN}.{form}")
    named = {quad.graph_name for quad in ox.parse(data.data, format=READERS[form])}
    assert (len(named) > 1) == (form in DATASET_FORMATS)


@pytest.mark.parametrize("accept", [BROWSER, *TYPES.values()])
def test_3_head_has_the_headers_of_get(client: FlaskClient, accept: str) -> None:
    full = get(client, f"/id/{PLAN}", accept)
    head = client.head(f"/id/{PLAN}", headers={"Accept": accept})
    assert (head.status_code, head.data) == (303, b"")
    for name in ("Location", "Vary", "Content-Type", "Content-Length"):
        assert head.headers[name] == full.headers[name]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [(BROWSER, "text/html"), ("application/problem+json", "application/problem+json")],
)
def test_4_an_unknown_name_is_not_found(client: FlaskClient, accept: str, kind: str) -> None:
    response = get(client, "/id/plan/none", accept)
    assert (response.status_code, response.mimetype) == (404, kind)


def test_5_encoded_and_decoded_names_are_one(client: FlaskClient) -> None:
    plain, encoded = get(client, f"/data/{PLAN}.ttl"), get(client, "/data/plan/kota%2Dmetro.ttl")
    assert plain.data == encoded.data


def test_6_the_ontology_is_a_page_or_data(client: FlaskClient) -> None:
    assert get(client, "/ontology", BROWSER).mimetype == "text/html"
    for form, kind in TYPES.items():
        response = get(client, "/ontology", kind)
        assert (response.status_code, response.mimetype) == (200, kind)
        assert response.headers["Content-Location"] == f"/ontology.{form}"
        assert "Accept" in response.vary


def test_7_a_version_of_the_ontology_is_for_ever(client: FlaskClient) -> None:
    response = get(client, f"/ontology/{__version__}", "text/turtle")
    assert "immutable" in response.headers["Cache-Control"]
    place = response.headers["Content-Location"]
    assert place == f"/ontology/{__version__}.ttl"
    assert get(client, place).data == response.data
    version = ox.NamedNode(f"{BASE}ontology/{__version__}")
    named = ox.NamedNode("http://www.w3.org/2002/07/owl#versionIRI")
    assert ox.Triple(ox.NamedNode(f"{BASE}ontology"), named, version) in graph(response)


@pytest.mark.parametrize("path", [f"/id/{PLAN}/", f"/page/{PLAN}/", "/ontology/", "/plans/?a=b"])
def test_8_a_document_has_one_address(client: FlaskClient, path: str) -> None:
    response = get(client, path)
    assert response.status_code == 308
    assert response.headers["Location"] == HERE + path.replace("/?", "?").rstrip("/")
    assert get(client, f"/page/{PLAN.upper()}").status_code == 404


# Negotiation


@pytest.mark.parametrize(
    ("line", "path", "accept", "kind"),
    [
        ("9", "/ontology", BROWSER, "text/html"),
        ("9", "/dataset", BROWSER, "text/html"),
        ("10", "/ontology", None, "text/turtle"),
        ("10", "/ontology", "*/*", "text/turtle"),
        ("10", "/", None, "text/html"),
        ("10", f"/page/{PLAN}", "*/*", "text/html"),
        ("11", "/ontology", "text/turtle;q=0.5, application/ld+json;q=0.9", TYPES["jsonld"]),
        ("11", "/ontology", f"text/html, {TYPES['nt']}, {TYPES['rdf']}", TYPES["rdf"]),
        ("11", "/ontology", f"{TYPES['nt']}, {TYPES['jsonld']}, {TYPES['ttl']}", TYPES["ttl"]),
        ("12", "/ontology", "text/*", "text/turtle"),
        ("12", "/ontology", "application/*", TYPES["jsonld"]),
        ("12", "/ontology", "text/turtle;q=0, */*", TYPES["jsonld"]),
        ("13", "/ontology", "Text/Turtle; charset=UTF-8", "text/turtle"),
        (
            "13",
            "/ontology",
            'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"',
            TYPES["jsonld"],
        ),
        ("14", "/ontology", ";;q=x", "text/turtle"),
        ("16", "/ontology", "application/x-turtle", "text/turtle"),
        ("16", "/ontology", "text/n3", "text/turtle"),
        ("16", "/ontology", "application/json", TYPES["jsonld"]),
        ("16", "/ontology", "application/xml", TYPES["rdf"]),
        ("16", "/ontology", "text/plain", TYPES["nt"]),
        ("16", "/ontology", "text/plain, text/turtle;q=0.5", "text/turtle"),
    ],
)
def test_9_to_16_the_accepted_type_decides(
    client: FlaskClient, line: str, path: str, accept: str | None, kind: str
) -> None:
    assert get(client, path, accept).mimetype == kind


def test_14_a_header_over_8_kilobytes_is_refused(client: FlaskClient) -> None:
    get(client, "/ontology")
    assert get(client, "/ontology", "text/turtle," * 800).status_code == 431


@pytest.mark.parametrize("path", [f"/id/{PLAN}", "/ontology", "/dataset"])
def test_15_who_accepts_nothing_is_told_what_there_is(client: FlaskClient, path: str) -> None:
    response = get(client, path, "foo/bar")
    assert response.status_code == 406
    assert "Accept" in response.vary
    assert response.mimetype in {"text/plain", "application/problem+json"}
    offered = {kind for relation, _, kind in links(response) if relation == "alternate"}
    assert offered >= set(TYPES.values())
    for relation, target, kind in links(response):
        assert relation == "alternate"
        assert target in response.text
        assert get(client, target, kind).status_code == 200


@pytest.mark.parametrize("form", TYPES)
def test_17_the_type_is_what_was_chosen(client: FlaskClient, form: str) -> None:
    response = get(client, "/ontology", TYPES[form])
    charset = "; charset=utf-8" if TYPES[form].startswith("text/") else ""
    assert response.content_type == TYPES[form] + charset
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_18_what_is_negotiated_says_so(client: FlaskClient) -> None:
    for path, accept in (("/ontology", None), (f"/id/{PLAN}", None), ("/ontology", "foo/bar")):
        assert "Accept" in get(client, path, accept).vary
    tag = get(client, "/ontology").headers["ETag"]
    assert "Accept" in get(client, "/ontology", If_None_Match=tag).vary
    for path in (f"/data/{PLAN}.ttl", "/ontology.rdf", "/dataset.jsonld"):
        assert "Accept" not in get(client, path).vary
    assert {"Accept-Language", "Cookie"} <= set(get(client, f"/page/{PLAN}").vary)


def test_19_an_extension_decides(client: FlaskClient) -> None:
    assert get(client, f"/data/{PLAN}.ttl", "text/html").mimetype == "text/turtle"
    assert get(client, f"/data/{PLAN}.docx").status_code == 404


@pytest.mark.parametrize("language", ["id", "en"])
def test_20_the_reader_chooses_the_language_of_pages_alone(
    client: FlaskClient, language: str
) -> None:
    asked = get(client, f"/page/{PLAN}?lang={language}", BROWSER)
    accepted = get(client, f"/page/{PLAN}", BROWSER, Accept_Language=language)
    for page in (asked, accepted):
        assert page.headers["Content-Language"] == language
        assert f'<html lang="{language}"' in page.text
    data = get(client, f"/data/{PLAN}.ttl", Accept_Language=language)
    assert data.data == get(client, f"/data/{PLAN}.ttl").data


# What the data say


def test_21_no_address_of_this_server_is_in_the_data(client: FlaskClient) -> None:
    for path in (f"/data/{PLAN}.ttl", "/ontology.ttl", "/.well-known/void", "/dataset.ttl"):
        response = get(client, path)
        assert "localhost" not in response.text
        assert BASE in response.text


def test_22_a_document_describes_itself(client: FlaskClient) -> None:
    document = ox.NamedNode(f"{BASE}data/{PLAN}")
    said = {
        t.predicate.value: t.object
        for t in graph(get(client, f"/data/{PLAN}.ttl"))
        if t.subject == document
    }
    assert said["http://xmlns.com/foaf/0.1/primaryTopic"] == ox.NamedNode(THING)
    for name in ("license", "isPartOf", "modified"):
        assert f"http://purl.org/dc/terms/{name}" in said
    assert said["http://www.w3.org/ns/prov#wasDerivedFrom"] == ox.NamedNode(
        f"{BASE}id/document/kota-metro"
    )


def test_23_all_that_is_said_of_a_thing_is_there(client: FlaskClient) -> None:
    store = Store.shipped()
    thing = ox.NamedNode(THING)
    said = graph(get(client, f"/data/{PLAN}.nt"), "nt")
    assert set(store.triples(thing)) <= said
    assert set(store.triples(object=thing)) <= said
    labelled = {t.subject for t in said if t.predicate.value.endswith(("#label", "#prefLabel"))}
    assert len(labelled) > 10


@pytest.mark.parametrize("form", ["ttl", "trig", "jsonld"])
def test_24_prefixes_are_declared_and_the_order_is_stable(client: FlaskClient, form: str) -> None:
    other = create_app(Store.shipped()).test_client()
    response = get(client, f"/data/{PLAN}.{form}")
    assert response.data == get(other, f"/data/{PLAN}.{form}").data
    assert response.text.startswith('{"@context"' if form == "jsonld" else "@prefix")


def test_25_every_format_says_the_same(client: FlaskClient) -> None:
    graphs = {form: graph(get(client, f"/data/{PLAN}.{form}"), form) for form in TYPES}
    assert len({frozenset(found) for found in graphs.values()}) == 1


# Links


def test_26_a_page_links_to_its_thing_and_data(client: FlaskClient) -> None:
    found = links(get(client, f"/page/{PLAN}"))
    assert ("canonical", THING, None) in found
    for form, kind in TYPES.items():
        assert ("alternate", f"/data/{PLAN}.{form}", kind) in found
    for form in ("ttl", "jsonld"):
        assert ("describedby", f"/data/{PLAN}.{form}", TYPES[form]) in found
    assert {"license", "type"} <= {relation for relation, _, _ in found}


def test_27_data_link_to_their_thing_and_other_forms(client: FlaskClient) -> None:
    found = links(get(client, f"/data/{PLAN}.ttl"))
    assert ("describes", THING, None) in found
    assert ("canonical", f"{BASE}data/{PLAN}.ttl", None) in found
    assert ("alternate", f"/page/{PLAN}", "text/html") in found
    assert ("collection", f"{BASE}dataset", None) in found
    others = {kind for relation, _, kind in found if relation == "alternate"}
    assert others == {"text/html", *TYPES.values()} - {"text/turtle"}


def test_28_a_page_carries_its_links_and_a_part_of_its_data(client: FlaskClient) -> None:
    response = get(client, f"/page/{PLAN}")
    for relation, target, _ in links(response):
        assert re.search(rf'<link rel="{relation}" href="{re.escape(target)}"', response.text)
    blocks = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', response.text, re.DOTALL
    )
    assert blocks
    said = graph(get(client, f"/data/{PLAN}.nt"), "nt")
    for block in blocks:
        embedded = {q.triple for q in ox.parse(block, format=ox.RdfFormat.JSON_LD)}
        assert embedded <= said


def test_29_the_data_set_has_its_signposts(client: FlaskClient) -> None:
    found = links(get(client, "/dataset", BROWSER))
    by_relation: dict[str, list[str]] = {}
    for relation, target, _ in found:
        by_relation.setdefault(relation, []).append(target)
    assert by_relation["cite-as"] == [f"{BASE}dataset"]
    assert len(by_relation["item"]) == len(GRAPH_FORMATS)
    assert len(by_relation["author"]) == len(by_relation["license"]) == 1
    assert set(by_relation["type"]) == {
        "https://schema.org/AboutPage",
        "https://schema.org/Dataset",
    }
    assert len(by_relation["describedby"]) == 2
    assert all(kind for relation, _, kind in found if relation in {"item", "describedby"})
    dump = get(client, urlsplit(by_relation["item"][0]).path.removeprefix("/visidaerah"))
    assert ("collection", f"{BASE}dataset", "text/html") in links(dump)
    assert "type" in {relation for relation, _, _ in links(dump)}
    assert ("describes", f"{BASE}dataset", None) in links(get(client, "/dataset.ttl"))


def test_30_the_link_sets_hold_all_of_it(client: FlaskClient) -> None:
    found = links(get(client, "/dataset", BROWSER))
    sets = {kind: target for relation, target, kind in found if relation == "linkset"}
    assert set(sets) == {"application/linkset+json", "application/linkset"}
    plain = get(client, "/dataset/linkset")
    whole = get(client, "/dataset/linkset.json")
    assert plain.mimetype == "application/linkset"
    assert whole.mimetype == "application/linkset+json"
    (context,) = [
        c for c in whole.get_json(force=True)["linkset"] if c["anchor"] == f"{BASE}dataset"
    ]
    for relation, target, _ in found - {link for link in found if link[0] in {"next", "prev"}}:
        assert target in {link["href"] for link in context[relation]}
        assert f'<{target}>; rel="{relation}"' in plain.text


def test_31_long_lists_come_in_pages(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    popular = "SELECT ?o (COUNT(*) AS ?n) { ?s ?p ?o FILTER(isIRI(?o)) } GROUP BY ?o"
    table = ask(client, f"{popular} ORDER BY DESC(?n) LIMIT 1").get_json(force=True)
    row = table["results"]["bindings"][0]
    monkeypatch.setattr(resources, "INCOMING_PER_PAGE", int(row["n"]["value"]) // 2)
    response = get(client, "/data.nt?" + urlencode({"iri": row["o"]["value"]}))
    found = {relation: target for relation, target, _ in links(response)}
    assert {"first", "next", "last"} <= found.keys()
    last = links(get(client, found["last"]))
    assert {"first", "prev", "last"} <= {relation for relation, _, _ in last}
    assert "next" not in {relation for relation, _, _ in last}


@pytest.mark.parametrize(
    "path", ["/", f"/page/{PLAN}", f"/data/{PLAN}.ttl", "/dataset", "/ontology", "/sparql"]
)
def test_32_headers_are_short(client: FlaskClient, path: str) -> None:
    response = get(client, path, BROWSER)
    assert sum(len(name) + len(value) + 4 for name, value in response.headers) < 8 * 1024


# Discovery


def test_33_void_is_answered_at_once(client: FlaskClient) -> None:
    response = get(client, "/.well-known/void")
    assert (response.status_code, response.mimetype) == (200, "text/turtle")
    for name in (
        "sparqlEndpoint",
        "dataDump",
        "uriSpace",
        "exampleResource",
        "vocabulary",
        "triples",
        "entities",
        "classes",
        "properties",
        "classPartition",
        "propertyPartition",
    ):
        assert f"void:{name}" in response.text
    assert "dct:license" in response.text
    assert get(client, "/.well-known/void", TYPES["rdf"]).mimetype == TYPES["rdf"]


def test_34_counts_are_true(client: FlaskClient) -> None:
    said = graph(get(client, "/.well-known/void"))
    (triples,) = {
        t.object.value
        for t in said
        if t.subject == ox.NamedNode(f"{BASE}dataset")
        and t.predicate.value.endswith("#triples")
        and isinstance(t.object, ox.Literal)
    }
    counted = ask(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").get_json(force=True)
    assert counted["results"]["bindings"][0]["n"]["value"] == triples


def test_35_the_data_set_is_described_for_catalogues(client: FlaskClient) -> None:
    assert "https://schema.org" in get(client, "/dataset", BROWSER).text
    text = get(client, "/dataset.ttl").text
    for name in (
        "dcat:distribution",
        "dcat:mediaType",
        "dcat:byteSize",
        "spdx:checksum",
        "dcat:downloadURL",
        "dcat:compressFormat",
        "dcat:endpointURL",
        "dcat:endpointDescription",
        "dcat:servesDataset",
        "dcat:version",
        "dct:temporal",
        "dct:spatial",
        "dcat:contactPoint",
        "dct:license",
        "dct:accessRights",
    ):
        assert name in text


def test_36_the_site_map_lists_pages_that_there_are(client: FlaskClient) -> None:
    response = get(client, "/sitemap.xml")
    assert gzip.decompress(get(client, "/sitemap.xml.gz").data) == response.data
    places = [
        node.text or ""
        for node in ElementTree.fromstring(response.data).iter()
        if node.tag.endswith("loc")
    ]
    assert f"{HERE}/page/{PLAN}" in places
    assert response.text.count("<lastmod>") == len(places) <= 50_000
    for place in places[:: len(places) // 20]:
        assert get(client, urlsplit(place).path, BROWSER).status_code == 200


def test_37_crawlers_leave_the_endpoint_alone(client: FlaskClient) -> None:
    text = get(client, "/robots.txt").text
    assert "Disallow: /sparql" in text
    assert "Disallow: /page" not in text
    assert "Disallow: /data" not in text
    assert f"Sitemap: {HERE}/sitemap.xml" in text


@pytest.mark.parametrize("form", TYPES)
def test_38_a_dump_can_be_checked_and_resumed(client: FlaskClient, form: str) -> None:
    latest = get(client, f"/dumps/kg-latest.{form}.gz")
    assert latest.status_code == 302
    path = urlsplit(latest.headers["Location"]).path
    whole = get(client, path)
    assert whole.mimetype == "application/gzip"
    assert int(whole.headers["Content-Length"]) == len(whole.data)
    part = get(client, path, Range="bytes=10-19")
    assert (part.status_code, part.data) == (206, whole.data[10:20])
    assert get(client, path, If_None_Match=whole.headers["ETag"]).status_code == 304
    assert get(client, path, Range="bytes=999999999-").status_code == 416
    assert sha256(whole.data).hexdigest() in get(client, f"{path}.sha256").text


def test_39_the_context_has_a_version_for_ever(client: FlaskClient) -> None:
    context = get(client, "/context.jsonld")
    assert context.mimetype == "application/ld+json"
    assert context.headers["Access-Control-Allow-Origin"] == "*"
    assert "max-age" in context.headers["Cache-Control"]
    versioned = get(client, f"/context/{__version__}.jsonld")
    assert versioned.data == context.data
    assert "immutable" in versioned.headers["Cache-Control"]
    remote = "CONSTRUCT {} WHERE {}"
    assert ask(client, remote).status_code == 200


def test_40_prefixes_and_questions_are_listed(client: FlaskClient) -> None:
    assert "sh:declare" in get(client, "/prefixes", "text/turtle").text
    assert get(client, "/prefixes", "application/json").get_json()["vd"] == f"{BASE}ontology#"
    assert "sh:SPARQLExecutable" in get(client, "/queries", "text/turtle").text
    page = get(client, "/queries", BROWSER)
    assert get(client, urlsplit(page.headers["Location"]).path).status_code == 200


def test_41_interfaces_and_releases_are_listed(client: FlaskClient) -> None:
    catalog = get(client, "/.well-known/api-catalog")
    assert catalog.content_type.startswith("application/linkset+json")
    (endpoint,) = json.loads(catalog.data)["linkset"]
    relations = ("service-desc", "service-doc", "service-meta", "status")
    for place in (link["href"] for relation in relations for link in endpoint[relation]):
        assert get(client, urlsplit(place).path).status_code == 200
    assert get(client, "/feed.atom").mimetype == "application/atom+xml"


# The endpoint


@pytest.mark.parametrize("form", ["ttl", "jsonld", "rdf"])
def test_42_the_endpoint_describes_itself(client: FlaskClient, form: str) -> None:
    response = get(client, "/sparql", TYPES[form])
    assert response.mimetype == TYPES[form]
    said = {t.object.value for t in graph(response, form) if isinstance(t.object, ox.NamedNode)}
    service = "http://www.w3.org/ns/sparql-service-description#"
    assert {f"{service}SPARQL11Query", f"{service}UnionDefaultGraph"} <= said
    assert f"{service}BasicFederatedQuery" not in said
    assert get(client, "/sparql").mimetype == "text/turtle"
    assert get(client, "/sparql", BROWSER).mimetype == "text/html"


def test_43_every_way_of_asking_gives_the_same(client: FlaskClient) -> None:
    query = "SELECT ?p { ?p a <https://w3id.org/visidaerah/ontology#DevelopmentPlan> } ORDER BY ?p"
    kind = "application/sparql-query"
    answers = [
        ask(client, query),
        client.post("/sparql", data={"query": query}),
        client.post("/sparql", data=query, content_type=kind),
        client.open("/sparql", method="QUERY", data=query, content_type=kind),
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.data for answer in answers}) == 1


def test_47_a_mistake_has_its_place(client: FlaskClient) -> None:
    response = ask(client, "SELECT * {\n  ?s ?p }", Accept="application/problem+json, */*;q=0.5")
    assert response.status_code == 400
    told = response.get_json(force=True)
    assert told["line"] == 2
    assert told["column"] > 1
    assert told["detail"]


def test_48_nothing_is_updated_and_nobody_else_is_asked(client: FlaskClient) -> None:
    assert client.post("/sparql", data={"update": "CLEAR ALL"}).status_code == 403
    assert ask(client, "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }").status_code == 403


def test_49_other_methods_are_told_which_there_are(client: FlaskClient) -> None:
    assert client.options("/sparql").status_code == 204
    response = client.put("/sparql", data=b"x")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_51_an_answer_is_timed_tagged_and_packed(client: FlaskClient) -> None:
    response = ask(client, "SELECT * { ?s ?p ?o } LIMIT 100", Accept_Encoding="gzip")
    assert response.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response.vary
    assert response.headers["Cache-Control"]
    assert "total;dur=" in response.headers["Server-Timing"]
    again = ask(client, "SELECT * { ?s ?p ?o } LIMIT 100", If_None_Match=response.headers["ETag"])
    assert again.status_code == 304
    assert "Content-Encoding" not in ask(client, "ASK {}", Accept_Encoding="gzip").headers


# Sharing and safety


@pytest.mark.parametrize("path", ["/", f"/data/{PLAN}.ttl", "/sparql?query=ASK%7B%7D", "/none"])
def test_53_scripts_of_any_origin_may_read(client: FlaskClient, path: str) -> None:
    for _ in range(2):
        response = get(client, path, Origin="https://example.org")
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        exposed = response.headers["Access-Control-Expose-Headers"]
        assert all(name in exposed for name in ("Link", "ETag", "Content-Location", "X-Request-Id"))
        assert "Access-Control-Allow-Credentials" not in response.headers
    written = client.delete(path, headers={"Origin": "https://example.org"})
    assert "Access-Control-Allow-Origin" not in written.headers


@pytest.mark.parametrize("path", ["/", f"/page/{PLAN}", "/sparql", "/ontology", "/none"])
def test_54_pages_load_nothing_from_elsewhere(client: FlaskClient, path: str) -> None:
    response = get(client, path, BROWSER)
    assert response.mimetype == "text/html"
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["Referrer-Policy"]
    assert response.headers["Permissions-Policy"]
    loading = re.findall(r'(?:src|action|data)="([^"]*)"', response.text)
    loading += re.findall(r'<link rel="(?:stylesheet|icon|preload)" href="([^"]*)"', response.text)
    assert loading
    assert all(target.startswith("/") and not target.startswith("//") for target in loading)


def test_55_scripts_in_the_data_are_inert() -> None:
    client = create_app(release(OWN)).test_client()
    page = get(client, "/page/plan/x/pillar/1", BROWSER).text
    assert "<script></script>" not in page.replace(" ", "")
    assert "</script><script>" not in page


def test_56_nothing_is_fetched_from_elsewhere(client: FlaskClient) -> None:
    response = get(client, "/resolve?iri=http://127.0.0.1:1/secret")
    assert response.status_code == 404


# Canonical names


def test_57_links_are_local_and_names_canonical(client: FlaskClient) -> None:
    assert local_href(THING) == f"/page/{PLAN}"
    assert local_href("https://example.org/a") == "https://example.org/a"
    assert THING in get(client, f"/page/{PLAN}").text


def test_58_a_public_address_changes_no_byte_of_data(client: FlaskClient) -> None:
    public = create_app(Store.shipped(), public_url="https://data.example").test_client()
    for path in (f"/data/{PLAN}.ttl", "/ontology.rdf", "/.well-known/void", "/dataset.ttl"):
        assert get(public, path).data == get(client, path).data
    moved = get(public, f"/id/{PLAN}").headers["Location"]
    assert moved == f"https://data.example/data/{PLAN}.ttl"
    believed = get(client, f"/id/{PLAN}", X_Forwarded_Host="evil.example").headers["Location"]
    assert "evil" not in believed


@pytest.mark.parametrize("query", [f"iri={THING}", "curie=vd:Pillar"])
def test_59_names_are_resolved_here(client: FlaskClient, query: str) -> None:
    response = get(client, f"/resolve?{query}")
    assert response.status_code == 303
    assert response.headers["Location"].startswith(HERE)
    assert client.get(f"/resolve?{query}", follow_redirects=True).status_code == 200


def test_61_a_page_is_the_same_by_its_name_and_its_address(client: FlaskClient) -> None:
    by_name = client.get(f"/id/{PLAN}", headers={"Accept": BROWSER}, follow_redirects=True)
    assert by_name.data == get(client, f"/page/{PLAN}", BROWSER).data


# Caches


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["/", f"/page/{PLAN}", f"/data/{PLAN}.ttl", "/dataset.ttl"])
def test_62_what_is_known_is_not_sent_again(client: FlaskClient, path: str, method: str) -> None:
    first = get(client, path)
    assert first.headers["Last-Modified"].endswith("00:00:00 GMT")
    again = client.open(path, method=method, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_63_files_of_pages_are_named_after_their_content(client: FlaskClient) -> None:
    page = get(client, "/", BROWSER)
    files = set(re.findall(r'"(/assets/[^"]+)"', page.text))
    assert files
    for path in files:
        assert "immutable" in get(client, path).headers["Cache-Control"]
    assert page.headers["Cache-Control"] == "no-cache"
    assert page.headers["ETag"].startswith("W/")


def test_64_a_new_release_changes_the_tags_of_what_it_touches() -> None:
    old, new = (
        create_app(release(text)).test_client() for text in (OWN, OWN.replace("Rencana X", "Y"))
    )
    tags = {
        path: {get(client, path).headers["ETag"] for client in (old, new)}
        for path in ("/data/plan/x.ttl", "/ontology.ttl")
    }
    assert {path: len(found) for path, found in tags.items()} == {
        "/data/plan/x.ttl": 2,
        "/ontology.ttl": 1,
    }
