"""Names lead to documents, documents say what is known and where else to look."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest

from plain_pages import PlainPages
from releases import OWN, PREFIXES, TWO_GRAPHS, release
from visidaerah.formats import GRAPH_FORMATS, graph_format
from visidaerah.store import Store
from visidaerah.vocabulary import BASE
from visidaerah.web import create_app, resources, urls
from visidaerah.web.resources import INCOMING_PER_PAGE

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
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
    return create_app(release(OWN), renderer=PlainPages()).test_client()


@pytest.fixture(scope="module")
def foreign() -> FlaskClient:
    return create_app(release(TWO_GRAPHS), renderer=PlainPages()).test_client()


def get(client: FlaskClient, path: str, accept: str | None = None) -> TestResponse:
    return client.get(path, headers={"Accept": accept} if accept is not None else {})


def triples(response: TestResponse, form: str) -> set[ox.Triple]:
    assert response.status_code == 200, response.text
    return {quad.triple for quad in ox.parse(response.data, format=READERS[form])}


def links(response: TestResponse) -> dict[str, list[str]]:
    """Return the targets of Link headers by relation."""
    found: dict[str, list[str]] = {}
    for header in response.headers.getlist("Link"):
        match = re.match(r'<(?P<target>[^>]+)>; rel="(?P<relation>[^"]+)"', header)
        assert match, header
        found.setdefault(match["relation"], []).append(match["target"])
    return found


@pytest.mark.parametrize(
    ("accept", "target"),
    [
        (None, "/data/plan/x.ttl"),
        ("*/*", "/data/plan/x.ttl"),
        ("text/html", "/page/plan/x"),
        (BROWSER, "/page/plan/x"),
        ("text/turtle", "/data/plan/x.ttl"),
        ("application/ld+json", "/data/plan/x.jsonld"),
        ("application/rdf+xml", "/data/plan/x.rdf"),
        ("application/n-triples", "/data/plan/x.nt"),
        ("application/trig", "/data/plan/x.trig"),
        ("application/n-quads", "/data/plan/x.nq"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_name_leads_to_a_document_in_the_form_the_client_likes(
    client: FlaskClient, accept: str | None, target: str, method: str
) -> None:
    headers = {"Accept": accept} if accept else {}
    response = client.open("/id/plan/x", method=method, headers=headers)
    assert response.status_code == 303
    assert response.headers["Location"] == f"http://localhost{target}"
    assert "Accept" in response.vary
    assert (target in response.text) == (method == "GET")
    assert get(client, target).status_code == 200


@pytest.mark.parametrize("path", ["/id/plan/none", "/data/plan/none.ttl", "/id", "/id/plan"])
def test_what_is_not_known_is_not_found(client: FlaskClient, path: str) -> None:
    assert get(client, path).status_code == 404
    assert get(client, path, "application/json").mimetype == "application/problem+json"
    assert get(client, path, BROWSER).mimetype == "text/html"


@pytest.mark.parametrize("path", ["/id/a b", "/id/%3Cx%3E", "/id/%00", "/id/%FF", "/id/%22"])
def test_what_is_no_name_is_not_found(client: FlaskClient, path: str) -> None:
    assert get(client, path).status_code == 404


def test_names_with_other_letters_and_escapes_round_trip() -> None:
    store = release(PREFIXES + '<id/kota/é> dct:title "a" . <id/kota/a%20b> dct:title "b" .')
    client = create_app(store, renderer=PlainPages()).test_client()
    for path in ("é", "%C3%A9"):
        location = urlsplit(get(client, f"/id/kota/{path}").headers["Location"]).path
        assert location == "/data/kota/%C3%A9.ttl"
        assert b'"a"' in get(client, location).data
    location = urlsplit(get(client, "/id/kota/a%20b").headers["Location"]).path
    assert location == "/data/kota/a%20b.ttl"
    assert b'"b"' in get(client, location).data


def test_a_name_that_ends_in_a_dotted_code_is_no_extension(client: FlaskClient) -> None:
    location = get(client, "/id/region/33.71").headers["Location"]
    assert location.endswith("/data/region/33.71.ttl")
    assert b"Kota Magelang" in get(client, "/data/region/33.71.ttl").data
    assert get(client, "/data/region/33.71").headers["Location"] == location


@pytest.mark.parametrize("path", ["/id/plan/x/", "/data/plan/x.ttl/", "/ontology/", "/sparql/"])
def test_a_document_has_one_address(client: FlaskClient, path: str) -> None:
    response = get(client, path + "?a=1%202")
    assert response.status_code == 308
    assert response.headers["Location"] == f"http://localhost{path.rstrip('/')}?a=1%202"


def test_a_slash_never_leads_to_another_host(client: FlaskClient) -> None:
    response = client.get("/", environ_overrides={"PATH_INFO": "//evil.example//"})
    assert response.status_code == 308
    assert urlsplit(response.headers["Location"]).netloc == "localhost"


def test_nothing_acceptable_lists_what_there_is(client: FlaskClient) -> None:
    response = get(client, "/id/plan/x", "foo/bar")
    assert response.status_code == 406
    assert "Accept" in response.vary
    assert "/data/plan/x.ttl" in response.text
    assert set(links(response)["alternate"]) >= {"/data/plan/x.rdf", "/page/plan/x"}


@pytest.mark.parametrize("form", GRAPH_FORMATS)
def test_data_comes_in_the_format_of_its_address(client: FlaskClient, form: str) -> None:
    response = get(client, f"/data/plan/x.{form}", "text/html")
    assert response.content_type == graph_format(form).content_type
    assert "Accept" not in response.vary
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert triples(response, form) == triples(get(client, "/data/plan/x.nt"), "nt")


def test_an_unknown_extension_is_not_found(client: FlaskClient) -> None:
    assert get(client, "/data/plan/x.docx").status_code == 404
    assert "jsonld" in get(client, "/data.docx?iri=urn:x").text


def test_data_says_all_of_a_thing_and_labels_what_it_mentions(client: FlaskClient) -> None:
    said = triples(get(client, "/data/plan/x/pillar/1.nt"), "nt")
    pillar = ox.NamedNode(f"{BASE}id/plan/x/pillar/1")
    outgoing = set(release(OWN).triples(pillar))
    incoming = set(release(OWN).triples(None, None, pillar))
    assert len(outgoing) == 4
    assert incoming
    assert outgoing | incoming <= said
    labels = {str(triple.object.value) for triple in said if isinstance(triple.object, ox.Literal)}
    assert {"vision pillar", "Rencana X"} <= labels


def test_the_data_of_a_text_say_all_of_its_spans(client: FlaskClient) -> None:
    said = triples(get(client, "/data/document/x.nt"), "nt")
    span = ox.NamedNode(f"{BASE}id/document/x#char=3,9")
    assert set(release(OWN).triples(span)) <= said


def test_formats_with_graphs_tell_which_graph_says_what(client: FlaskClient) -> None:
    response = get(client, "/data/plan/x.trig")
    graphs = {quad.graph_name for quad in ox.parse(response.data, format=ox.RdfFormat.TRIG)}
    names = {graph.value for graph in graphs if isinstance(graph, ox.NamedNode)}
    assert {f"{BASE}graph/{name}" for name in ("document/x", "inferred", "provenance")} <= names


def test_a_document_describes_itself(client: FlaskClient) -> None:
    said = {str(triple) for triple in triples(get(client, "/data/plan/x.nt"), "nt")}
    document = f"<{BASE}data/plan/x>"
    for statement in (
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://xmlns.com/foaf/0.1/Document>",
        f"<http://xmlns.com/foaf/0.1/primaryTopic> <{BASE}id/plan/x>",
        "<http://purl.org/dc/terms/license> <https://creativecommons.org/licenses/by/4.0/>",
        f"<http://purl.org/dc/terms/isPartOf> <{BASE}dataset>",
        f"<http://rdfs.org/ns/void#inDataset> <{BASE}dataset>",
        '<http://purl.org/dc/terms/modified> "2026-11-21"^^<http://www.w3.org/2001/XMLSchema#date>',
        f"<http://www.w3.org/ns/prov#wasDerivedFrom> <{BASE}id/document/x>",
    ):
        assert f"{document} {statement}" in said


def test_a_public_address_changes_no_byte_of_data(client: FlaskClient) -> None:
    elsewhere = create_app(
        release(OWN), public_url="https://data.example.org", renderer=PlainPages()
    ).test_client()
    for path in ("/data/plan/x.ttl", "/data/plan/x.jsonld", "/ontology.rdf", "/dataset.ttl"):
        content = get(elsewhere, path).data
        assert content == get(client, path).data
        assert b"localhost" not in content
        assert b"data.example.org" not in content
    assert get(elsewhere, "/id/plan/x").headers["Location"].startswith("https://data.example.org/")


def test_what_points_to_a_thing_is_paged_and_never_cut() -> None:
    count = 2 * INCOMING_PER_PAGE + 3
    pointing = "".join(f"<id/thing/{n}> dct:relation <id/hub> .\n" for n in range(count))
    client = create_app(release(PREFIXES + pointing), renderer=PlainPages()).test_client()
    path: str | None = "/data/hub.nt"
    hub = ox.NamedNode(f"{BASE}id/hub")
    pages, subjects = 0, set()
    while path:
        response = get(client, path)
        subjects |= {t.subject for t in triples(response, "nt") if t.object == hub}
        path = next(iter(links(response).get("next", [])), None)
        pages += 1
    assert pages == 3
    assert len(subjects - {ox.NamedNode(f"{BASE}data/hub")}) == count
    assert links(response)["prev"] == ["/data/hub.nt?page=2"]
    assert get(client, "/data/hub.nt?page=4").status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "", "²", "9" * 400])
def test_what_is_no_page_is_refused(client: FlaskClient, page: str) -> None:
    assert get(client, f"/data/plan/x.ttl?page={quote(page)}").status_code in {400, 404}


def test_data_link_to_the_thing_and_to_its_other_forms(client: FlaskClient) -> None:
    found = links(get(client, "/data/plan/x.ttl"))
    assert found["describes"] == [f"{BASE}id/plan/x"]
    assert found["canonical"] == [f"{BASE}data/plan/x.ttl"]
    assert found["collection"] == [f"{BASE}dataset"]
    forms = {f"/data/plan/x.{form}" for form in GRAPH_FORMATS} - {"/data/plan/x.ttl"}
    assert set(found["alternate"]) == forms | {"/page/plan/x"}


def test_pages_link_to_the_thing_and_to_its_data(client: FlaskClient) -> None:
    response = get(client, "/page/plan/x")
    found = links(response)
    assert found["canonical"] == [f"{BASE}id/plan/x"]
    assert set(found["alternate"]) == {f"/data/plan/x.{form}" for form in GRAPH_FORMATS}
    assert found["describedby"] == ["/data/plan/x.ttl", "/data/plan/x.jsonld"]
    assert found["license"] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert f"{BASE}ontology#DevelopmentPlan" in found["type"]
    assert sum(map(len, response.headers.getlist("Link"))) < 8000
    assert "Link" not in get(client, "/").headers


@pytest.mark.parametrize("form", GRAPH_FORMATS)
def test_the_ontology_is_negotiated(client: FlaskClient, form: str) -> None:
    response = get(client, "/ontology", graph_format(form).media_type)
    assert (response.status_code, response.mimetype) == (200, graph_format(form).media_type)
    assert response.headers["Content-Location"] == f"/ontology.{form}"
    assert "Accept" in response.vary
    assert triples(response, form) == triples(get(client, f"/ontology.{form}"), form)
    assert ox.NamedNode(f"{BASE}ontology") in {t.subject for t in triples(response, form)}


def test_readers_get_the_ontology_as_a_page(client: FlaskClient) -> None:
    assert get(client, "/ontology", BROWSER).text == "<h1>ontology</h1>"


def test_a_version_of_the_ontology_never_changes(client: FlaskClient) -> None:
    response = get(client, "/ontology/0.1.0")
    assert response.status_code == 200
    assert "immutable" in response.headers["Cache-Control"]
    assert f"{BASE}ontology/0.1.0" in {
        t.object.value for t in triples(response, "ttl") if isinstance(t.object, ox.NamedNode)
    }
    assert get(client, "/ontology/9.9.9").status_code == 404


def test_a_module_of_the_ontology_is_part_of_its_document(client: FlaskClient) -> None:
    response = get(client, "/ontology/module")
    assert (response.status_code, response.headers["Location"]) == (
        303,
        "http://localhost/ontology",
    )


def test_a_release_of_others_has_no_ontology_and_no_licence_of_ours(foreign: FlaskClient) -> None:
    assert get(foreign, "/ontology").status_code == 404
    assert b"license" not in get(foreign, "/data.ttl?iri=http://example.org/a").data


@pytest.mark.parametrize(
    ("query", "target"),
    [
        (f"iri={BASE}id/plan/x", "/id/plan/x"),
        (f"iri={quote(BASE + 'id/document/x#char=3,9')}", "/id/document/x#char=3,9"),
        ("curie=vd:Pillar", "/ontology#Pillar"),
    ],
)
def test_a_canonical_name_is_resolved_here(client: FlaskClient, query: str, target: str) -> None:
    response = get(client, f"/resolve?{query}")
    assert response.status_code == 303
    assert response.headers["Location"] == f"http://localhost{target}"


def test_a_name_of_others_is_resolved_where_something_is_said_of_it(foreign: FlaskClient) -> None:
    address = "iri=http%3A%2F%2Fexample.org%2Fa"
    assert get(foreign, f"/resolve?{address}").headers["Location"].endswith(f"/data.ttl?{address}")
    page = get(foreign, f"/resolve?{address}", BROWSER)
    assert page.headers["Location"].endswith(f"/page?{address}")
    said = triples(get(foreign, f"/data.ttl?{address}"), "ttl")
    assert {"one", "two"} <= {t.object.value for t in said if isinstance(t.object, ox.Literal)}
    assert links(get(foreign, f"/page?{address}"))["canonical"] == ["http://example.org/a"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("iri=", 400),
        ("curie=nothing:x", 400),
        ("iri=http://example.org/unknown", 404),
        ("iri=javascript:alert(1)", 404),
        ("iri=%00", 404),
    ],
)
def test_what_cannot_be_resolved_is_said(client: FlaskClient, query: str, status: int) -> None:
    assert get(client, f"/resolve?{query}").status_code == status


def test_every_canonical_name_in_the_data_leads_somewhere(client: FlaskClient) -> None:
    names = {
        term.value
        for quad in release(OWN).quads()
        for term in (*quad.triple, quad.graph_name)
        if isinstance(term, ox.NamedNode) and term.value.startswith(BASE)
    }
    described = {name for name in names if release(OWN).has(name)} - {f"{BASE}ontology/0.1.0"}
    assert len(described) > 8
    for name in described:
        response = client.get(urls.quoted_iri("/" + name.removeprefix(BASE)), follow_redirects=True)
        assert response.status_code == 200, name


def test_every_canonical_name_that_is_shipped_leads_somewhere() -> None:
    store = Store.shipped()
    client = create_app(store, renderer=PlainPages()).test_client()
    terms = {term for quad in store.quads() for term in (*quad.triple, quad.graph_name)}
    iris = {term.value for term in terms if isinstance(term, ox.NamedNode)}
    documents = {iri.partition("#")[0] for iri in iris if iri.startswith(BASE)}
    assert len(documents) > 500
    paths = {iri: urls.quoted_iri("/" + iri.removeprefix(BASE)) for iri in documents}
    assert [iri for iri in paths if client.head(paths[iri]).status_code not in {200, 303}] == []


@pytest.mark.parametrize(
    ("iri", "href"),
    [
        (f"{BASE}id/plan/x", "/page/plan/x"),
        (f"{BASE}id/document/x#char=3,9", "/page/document/x#char=3,9"),
        (f"{BASE}ontology#Pillar", "/ontology#Pillar"),
        (f"{BASE}dataset", "/dataset"),
        (BASE, "/"),
        ("http://example.org/x", "http://example.org/x"),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_links_lead_to_local_pages(iri: str, href: str) -> None:
    assert urls.local_href(iri) == href


def test_only_web_addresses_are_followable() -> None:
    assert urls.is_followable("https://example.org/")
    assert not urls.is_followable("javascript:alert(1)")
    assert not urls.is_followable("data:text/html,x")


def test_no_header_leads_to_a_script() -> None:
    data = "<javascript:alert(3)> a <javascript:alert(4)>, <http://e/C> ; <http://e/p> 1 ."
    client = create_app(release(data), renderer=PlainPages()).test_client()
    for address in ("/page?iri=javascript:alert(3)", "/data.ttl?iri=javascript:alert(3)"):
        response = client.get(address)
        links = response.headers.getlist("Link")
        assert response.status_code == 200
        assert links
        assert [link for link in links if link.startswith("<javascript:")] == []


def test_data_that_a_format_cannot_carry_are_not_acceptable_in_it() -> None:
    data = '<http://e/s> <http://e/p> "a\\u0001b" .'
    client = create_app(release(data), renderer=PlainPages()).test_client()
    refused = client.get("/data.rdf?iri=http://e/s")
    assert refused.status_code == 406
    assert "Turtle" in refused.text
    assert client.get("/data.ttl?iri=http://e/s").status_code == 200


def test_a_version_of_the_ontology_never_changes_but_its_page_may(client: FlaskClient) -> None:
    for address in ("/ontology/0.1.0.ttl", "/ontology/0.1.0.jsonld", "/ontology/0.1.0"):
        response = client.get(address)
        assert response.status_code == 200
        assert "immutable" in response.headers["Cache-Control"]
    page = client.get("/ontology/0.1.0", headers={"Accept": BROWSER})
    assert page.mimetype == "text/html"
    assert "immutable" not in page.headers["Cache-Control"]
    assert client.get("/ontology/0.1.0.exe").status_code == 404
    assert client.get("/ontology/9.ttl").status_code == 404


def test_the_page_of_the_ontology_names_its_data(client: FlaskClient) -> None:
    links = client.get("/ontology", headers={"Accept": BROWSER}).headers.getlist("Link")
    assert '</ontology.ttl>; rel="alternate"; type="text/turtle"' in links
    assert f'<{BASE}ontology>; rel="canonical"' in links


def test_a_term_that_there_is_not_is_not_found(client: FlaskClient) -> None:
    assert client.get("/resolve?curie=vd:Nothing").status_code == 404


def test_a_thing_that_very_much_points_to_says_where_to_ask_for_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(resources, "INCOMING_AT_MOST", 3)
    pointing = "".join(f"<id/a/{n}> <id/p> <id/hub> .\n" for n in range(5))
    client = create_app(release(PREFIXES + pointing), renderer=PlainPages()).test_client()
    response = client.get("/data/hub.nt")
    assert response.headers["X-Visidaerah-Truncated"] == "incoming=3"
    assert sum("/p> <" in line for line in response.text.splitlines()) == 3
    (rest,) = re.findall(r'<([^>]+)>; rel="related"', ", ".join(response.headers.getlist("Link")))
    assert len(client.get(rest).get_json(force=True)["results"]["bindings"]) == 5
    assert "X-Visidaerah-Truncated" not in client.get("/data/a/1.nt").headers
