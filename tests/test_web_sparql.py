"""The endpoint keeps the SPARQL 1.1 Protocol, line by line."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from plain_pages import PlainPages
from releases import OWN, TWO_GRAPHS, release
from visidaerah.limits import Limits
from visidaerah.web import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
G1, G2 = "http://example.org/g1", "http://example.org/g2"
DIRECT = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"
SELECT = "SELECT ?o { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(release(TWO_GRAPHS), renderer=PlainPages()).test_client()


def get(client: FlaskClient, query: str, accept: str | None = None, **more: str) -> TestResponse:
    headers = {"Accept": accept} if accept is not None else {}
    return client.get("/sparql?" + urlencode({"query": query} | more), headers=headers)


def post(client: FlaskClient, body: str | bytes, kind: str | None, query: str = "") -> TestResponse:
    return client.post(f"/sparql{query}", data=body, headers={"Content-Type": kind} if kind else {})


def values(response: TestResponse) -> list[str]:
    assert response.status_code == 200, response.text
    return sorted(row["o"]["value"] for row in response.get_json(force=True)["results"]["bindings"])


@pytest.mark.parametrize(
    ("query", "media_type"),
    [
        (SELECT, "application/sparql-results+json"),
        (SELECT, "application/sparql-results+xml"),
        (SELECT, "text/csv"),
        (SELECT, "text/tab-separated-values"),
        ("ASK {}", "application/sparql-results+json"),
        ("ASK {}", "application/sparql-results+xml"),
        ("ASK {}", "text/csv"),
        ("ASK {}", "text/tab-separated-values"),
        (CONSTRUCT, "text/turtle"),
        (CONSTRUCT, "application/n-triples"),
        (CONSTRUCT, "application/rdf+xml"),
        (CONSTRUCT, "application/ld+json"),
        (CONSTRUCT, "application/trig"),
        (CONSTRUCT, "application/n-quads"),
        ("DESCRIBE <http://example.org/a>", "text/turtle"),
    ],
)
def test_an_answer_has_exactly_the_type_that_was_asked_for(
    client: FlaskClient, query: str, media_type: str
) -> None:
    response = get(client, query, media_type)
    assert response.status_code == 200
    assert response.mimetype == media_type
    assert response.data
    if media_type.startswith("text/"):
        assert response.content_type == f"{media_type}; charset=utf-8"


@pytest.mark.parametrize(
    "query",
    ["CONSTRUCT WHERE { <urn:none> ?p ?o }", "DESCRIBE <urn:unknown>"],
)
def test_a_graph_without_triples_is_an_answer(client: FlaskClient, query: str) -> None:
    response = get(client, query)
    assert response.status_code == 200
    assert response.mimetype == "text/turtle"
    assert list(ox.parse(response.data, format=ox.RdfFormat.TURTLE)) == []


@pytest.mark.parametrize(
    "kind",
    [DIRECT, f"{DIRECT}; charset=UTF-8", "Application/SPARQL-Query"],
)
def test_a_direct_post_is_answered(client: FlaskClient, kind: str) -> None:
    assert values(post(client, SELECT, kind)) == ["both", "default", "one", "two"]


@pytest.mark.parametrize("kind", [FORM, f"{FORM}; charset=UTF-8", FORM.title()])
def test_a_form_is_answered(client: FlaskClient, kind: str) -> None:
    body = urlencode({"query": SELECT})
    assert values(post(client, body, kind)) == ["both", "default", "one", "two"]


def test_the_query_method_is_answered_and_announced(client: FlaskClient) -> None:
    response = client.open("/sparql", method="QUERY", data=SELECT, content_type=DIRECT)
    assert values(response) == ["both", "default", "one", "two"]
    assert DIRECT in response.headers["Accept-Query"]


def test_plus_is_a_space(client: FlaskClient) -> None:
    assert client.get("/sparql?query=ASK+%7B%7D").status_code == 200


@pytest.mark.parametrize(
    "text", ["%41", "%2541", "a+b", "1&2=3;4", "é ř 漢 \U0001f600", "'q' \\\"q\\\"", "# no remark"]
)
def test_literals_survive_every_way_of_asking(client: FlaskClient, text: str) -> None:
    query = f'SELECT ("{text}" AS ?o) {{}}'
    expected = [text.replace('\\"', '"')]
    assert values(get(client, query)) == expected
    assert values(post(client, urlencode({"query": query}), FORM)) == expected
    assert values(post(client, query.encode(), DIRECT)) == expected


def test_windows_line_ends_survive(client: FlaskClient) -> None:
    query = "SELECT ?o # remark\r\n{ ?s ?p\r\n?o }"
    assert len(values(get(client, query))) == 4
    assert len(values(post(client, query, DIRECT))) == 4


DATASETS = [
    ([("default-graph-uri", G1)], SELECT, ["both", "one"]),
    ([("default-graph-uri", G1)], f"SELECT ?o FROM <{G2}> {{ ?s ?p ?o }}", ["both", "one"]),
    ([("named-graph-uri", G1)], SELECT, []),
    ([("named-graph-uri", G1)], "SELECT ?o { GRAPH ?g { ?s ?p ?o } }", ["both", "one"]),
    ([("default-graph-uri", G1)], "SELECT ?o { GRAPH ?g { ?s ?p ?o } }", []),
    ([("default-graph-uri", "urn:unknown")], SELECT, []),
    (
        [("default-graph-uri", G1), ("default-graph-uri", G2)],
        "SELECT DISTINCT ?o { ?s ?p ?o }",
        ["both", "one", "two"],
    ),
    (
        [("named-graph-uri", G1), ("named-graph-uri", G2)],
        "SELECT ?o { GRAPH ?g { ?s ?p ?o } }",
        ["both", "both", "one", "two"],
    ),
]


@pytest.mark.parametrize(("dataset", "query", "found"), DATASETS)
def test_the_dataset_of_the_request_is_the_one_that_is_asked(
    client: FlaskClient, dataset: list[tuple[str, str]], query: str, found: list[str]
) -> None:
    by_form = urlencode([("query", query), *dataset])
    assert values(client.get(f"/sparql?{by_form}")) == found
    assert values(post(client, by_form, FORM)) == found
    assert values(post(client, query, DIRECT, "?" + urlencode(dataset))) == found


def test_without_a_dataset_the_default_graph_is_the_merge(client: FlaskClient) -> None:
    assert values(get(client, SELECT)) == ["both", "default", "one", "two"]


BAD = [
    ("GET", "?default-graph-uri=http%3A%2F%2Fexample.org%2Fg1", None, None, 400),
    ("GET", "?query=", None, None, 400),
    ("GET", "?query=%20", None, None, 400),
    ("GET", "?query=ASK%7B%7D%FF", None, None, 400),
    ("GET", "?query=ASK%7B%7D&query=ASK%7B%7D", None, None, 400),
    ("GET", "?query=ASK%7B%7D&default-graph-uri=not%20an%20iri", None, None, 400),
    ("GET", "?query=INSERT%20DATA%20%7B%20%3Ca%3E%20%3Cb%3E%20%3Cc%3E%20%7D", None, None, 400),
    ("GET", "?query=ASK%20%7B", None, None, 400),
    ("GET", "?update=CLEAR%20ALL", None, None, 403),
    ("POST", "", DIRECT, b"", 400),
    ("POST", "", DIRECT, b"ASK {} # \xff", 400),
    ("POST", "?query=ASK%7B%7D", DIRECT, b"ASK {}", 400),
    ("POST", "", FORM, b"", 400),
    ("POST", "", FORM, b"query=ASK%7B%7D&query=ASK%7B%7D", 400),
    ("POST", "", FORM, b"query=ASK%7B%7D&update=CLEAR+ALL", 400),
    ("POST", "", FORM, b"query=ASK%7B%7D%FF", 400),
    ("POST", "", FORM, b"update=CLEAR+ALL", 403),
    ("POST", "", "application/sparql-update", b"CLEAR ALL", 403),
    ("POST", "", "text/plain", b"ASK {}", 415),
    ("POST", "", "multipart/form-data; boundary=x", b"--x--", 415),
    ("POST", "", None, b"ASK {}", 415),
    ("POST", "", None, b"", 415),
    ("QUERY", "", "text/plain", b"ASK {}", 415),
    ("DELETE", "?query=ASK%7B%7D", None, None, 405),
    ("PUT", "", "text/turtle", b"", 405),
    ("PATCH", "", "text/turtle", b"", 405),
]


@pytest.mark.parametrize(("method", "address", "kind", "body", "status"), BAD)
def test_what_cannot_be_answered_is_said_and_changes_nothing(
    client: FlaskClient,
    method: str,
    address: str,
    kind: str | None,
    body: bytes | None,
    status: int,
) -> None:
    headers = {"Content-Type": kind} if kind else {}
    response = client.open("/sparql" + address, method=method, data=body, headers=headers)
    assert response.status_code == status
    assert response.content_type == "text/plain; charset=utf-8"
    assert len(response.text.splitlines()[1]) > 20
    assert len(values(get(client, SELECT))) == 4


def test_a_refused_method_names_the_others_and_how_data_enter(client: FlaskClient) -> None:
    response = client.delete("/sparql?query=ASK{}")
    allowed = {method.strip() for method in response.headers["Allow"].split(",")}
    assert {"GET", "HEAD", "POST", "QUERY", "OPTIONS"} <= allowed
    assert "documents and a build" in response.text


def test_a_refused_type_is_told_which_are_accepted(client: FlaskClient) -> None:
    response = post(client, "ASK {}", "text/plain")
    assert DIRECT in response.headers["Accept-Post"]
    assert FORM in response.headers["Accept-Post"]


@pytest.mark.parametrize(
    ("query", "accept", "status", "media_type"),
    [
        (SELECT, "image/png", 406, "text/plain"),
        (SELECT, "text/turtle", 406, "text/plain"),
        (CONSTRUCT, "text/csv", 406, "text/plain"),
        (
            SELECT,
            "application/sparql-results+xml;q=0.2, application/sparql-results+json;q=0.9",
            200,
            "application/sparql-results+json",
        ),
        (
            SELECT,
            "application/sparql-results+json;q=0, */*;q=0.5",
            200,
            "application/sparql-results+xml",
        ),
        (SELECT, "text/*", 200, "text/csv"),
        (CONSTRUCT, "text/*", 200, "text/turtle"),
        (SELECT, "image/png, */*;q=0.1", 200, "application/sparql-results+json"),
        (SELECT, "", 200, "application/sparql-results+json"),
        (SELECT, "*/*", 200, "application/sparql-results+json"),
        (CONSTRUCT, "*/*", 200, "text/turtle"),
        (SELECT, BROWSER, 200, "text/html"),
        (CONSTRUCT, BROWSER, 200, "text/html"),
        (SELECT, "application/json", 200, "application/sparql-results+json"),
        (SELECT, "text/csv, text/html;q=0.5", 200, "text/csv"),
        (CONSTRUCT, "text/csv, text/html;q=0.5", 200, "text/html"),
    ],
)
def test_the_accepted_type_decides(
    client: FlaskClient, query: str, accept: str, status: int, media_type: str
) -> None:
    response = get(client, query, accept)
    assert (response.status_code, response.mimetype) == (status, media_type)
    assert "Accept" in response.vary


def test_a_client_that_accepts_nothing_is_told_what_there_is(client: FlaskClient) -> None:
    assert "text/csv" in get(client, SELECT, "image/png").text


def test_the_address_can_name_the_format(client: FlaskClient) -> None:
    response = get(client, SELECT, BROWSER, format="csv")
    assert response.mimetype == "text/csv"
    assert "Accept" not in response.vary
    assert get(client, SELECT, BROWSER, format="docx").mimetype == "text/html"


def test_readers_get_pages(client: FlaskClient) -> None:
    assert "bindings 4" in get(client, SELECT, BROWSER).text
    assert "boolean 0 True" in get(client, "ASK {}", BROWSER).text
    assert "graph 4" in get(client, CONSTRUCT, BROWSER).text
    assert client.get("/sparql", headers={"Accept": BROWSER}).text == "<form>"
    assert get(client, SELECT, BROWSER, show="form").text == "<form>"


def test_a_page_carries_the_first_rows_and_tells_how_many_there_are(client: FlaskClient) -> None:
    numbers = " ".join(map(str, range(1200)))
    page = get(client, f"SELECT * {{ VALUES ?x {{ {numbers} }} }}", BROWSER).text
    assert "bindings 1200" in page
    assert page.endswith("1000")


def test_head_has_the_headers_of_get_and_no_body(client: FlaskClient) -> None:
    address = "/sparql?query=ASK%7B%7D"
    head, whole = client.head(address), client.get(address)
    assert head.status_code == 200
    assert head.data == b""
    for name in ("Content-Type", "Content-Length", "ETag", "Vary"):
        assert head.headers[name] == whole.headers[name]


def test_options_name_the_methods(client: FlaskClient) -> None:
    response = client.options("/sparql")
    assert response.status_code == 204
    assert {"GET", "POST", "QUERY"} <= {
        name.strip() for name in response.headers["Allow"].split(",")
    }


def test_scripts_of_any_origin_may_ask(client: FlaskClient) -> None:
    origin = {"Origin": "https://example.org"}
    response = client.get("/sparql?query=ASK%7B%7D", headers=origin)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    preflight = client.options(
        "/sparql",
        headers=origin
        | {
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type, authorization",
        },
    )
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    allowed = preflight.headers["Access-Control-Allow-Headers"].lower()
    assert "content-type" in allowed
    assert "authorization" in allowed


def test_relative_iris_are_resolved(client: FlaskClient) -> None:
    assert values(get(client, "SELECT (<x> AS ?o) {}")) == ["https://w3id.org/visidaerah/x"]


@pytest.mark.parametrize("more", [{"foo": "bar"}, {"version": "1.2"}])
def test_unknown_parameters_are_ignored(client: FlaskClient, more: dict[str, str]) -> None:
    assert get(client, "ASK {}", None, **more).status_code == 200


def test_a_query_of_200_kilobytes_is_answered(client: FlaskClient) -> None:
    query = f"SELECT * {{ VALUES ?x {{ {'123456789 ' * 20_000} }} }}"
    assert len(query) > 200_000
    assert post(client, query, DIRECT).status_code == 200


def test_a_query_of_6_kilobytes_by_get_is_answered(client: FlaskClient) -> None:
    assert get(client, f"ASK {{}} # {'x' * 6000}").status_code == 200


def test_a_query_over_the_limit_is_refused_by_its_length(client: FlaskClient) -> None:
    long = "ASK {} #" + "x" * Limits().query
    response = post(client, long, DIRECT)
    assert response.status_code == 413
    assert str(Limits().query) in response.text
    assert get(client, long).status_code == 414


def test_a_body_over_the_limit_is_refused(client: FlaskClient) -> None:
    assert post(client, b"x" * 5_000_000, DIRECT).status_code == 413


def test_an_unknown_function_leaves_its_variable_unbound(client: FlaskClient) -> None:
    response = get(client, "SELECT (<urn:x:f>(1) AS ?y) {}")
    assert response.get_json(force=True)["results"]["bindings"] == [{}]


def test_booleans_may_be_written_in_capitals(client: FlaskClient) -> None:
    found = get(client, "SELECT (TRUE AS ?yes) { FILTER(!FALSE) }", "text/csv")
    assert found.text == "yes\r\ntrue\r\n"


def test_lines_of_csv_end_in_crlf(client: FlaskClient) -> None:
    body = get(client, SELECT, "text/csv").data
    assert body.startswith(b"o\r\n")
    assert body.count(b"\r\n") == body.count(b"\n") == 5


def test_service_is_forbidden(client: FlaskClient) -> None:
    response = get(client, "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
    assert response.status_code == 403
    assert "SERVICE" in response.text


def test_a_syntax_error_has_its_place(client: FlaskClient) -> None:
    query = "SELECT *\n{ ?s ?p }"
    told = get(client, query, "application/json")
    assert told.status_code == 400
    assert told.mimetype == "application/problem+json"
    problem = told.get_json(force=True)
    assert (problem["status"], problem["kind"], problem["line"]) == (400, "query-syntax", 2)
    assert problem["column"] > 0
    assert "line 2" in problem["detail"]
    assert "line 2" in get(client, query).text
    page = get(client, query, BROWSER)
    assert (page.status_code, page.mimetype) == (400, "text/html")


def test_errors_are_not_kept_by_caches(client: FlaskClient) -> None:
    assert get(client, "ASK {").headers["Cache-Control"] == "no-store"


def test_an_answer_that_is_known_is_not_sent_again(client: FlaskClient) -> None:
    first = get(client, SELECT)
    tag = first.headers["ETag"]
    address = "/sparql?" + urlencode({"query": SELECT})
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag
    assert "Accept" in again.vary
    other_type = client.get(address, headers={"If-None-Match": tag, "Accept": "text/csv"})
    assert other_type.status_code == 200
    assert get(client, SELECT + " LIMIT 1").headers["ETag"] != tag


def test_an_answer_tells_how_long_it_took(client: FlaskClient) -> None:
    timing = get(client, "SELECT (1 AS ?o) { # asked once\n }").headers["Server-Timing"]
    assert re.fullmatch(
        r"cache;desc=miss, queue;dur=0.0, query;dur=[\d.]+, total;dur=[\d.]+", timing
    )


def test_a_long_answer_is_compressed_when_asked(client: FlaskClient) -> None:
    query = f"SELECT * {{ VALUES ?x {{ {'123456789 ' * 500} }} }}"
    address = "/sparql?" + urlencode({"query": query})
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.vary
    assert len(packed.data) < len(client.get(address).data) / 5
    refused = client.get(address, headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


SD = "http://www.w3.org/ns/sparql-service-description#"


def described(response: TestResponse) -> ox.Store:
    assert response.status_code == 200
    store = ox.Store()
    store.load(response.data, ox.RdfFormat.TURTLE)
    return store


def objects(store: ox.Store, name: str) -> set[str]:
    found = store.quads_for_pattern(None, ox.NamedNode(SD + name), None)
    return {quad.object.value for quad in found if isinstance(quad.object, ox.NamedNode)}


def test_the_endpoint_describes_itself(client: FlaskClient) -> None:
    store = described(client.get("/sparql"))
    assert f"{SD}SPARQL11Query" in objects(store, "supportedLanguage")
    assert objects(store, "feature") == {f"{SD}UnionDefaultGraph"}
    assert objects(store, "endpoint") == {"http://localhost/sparql"}
    assert objects(store, "name") == {G1, G2}
    assert store.query(
        f"ASK {{ ?d <{SD}defaultDataset>/<{SD}defaultGraph> ?g . "
        "?g <http://rdfs.org/ns/void#triples> 4 }"
    )


def test_every_format_that_is_described_is_answered(client: FlaskClient) -> None:
    formats = objects(described(client.get("/sparql")), "resultFormat")
    assert len(formats) == 10
    for name, media_type in (
        ("SPARQL_Results_JSON", "application/sparql-results+json"),
        ("Turtle", "text/turtle"),
    ):
        assert any(iri.endswith(name) for iri in formats)
        query = SELECT if "sparql" in media_type else CONSTRUCT
        assert get(client, query, media_type).status_code == 200


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
        (BROWSER, "text/html"),
    ],
)
def test_the_description_is_negotiated(client: FlaskClient, accept: str, media_type: str) -> None:
    response = client.get("/sparql", headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (200, media_type)
    assert "Accept" in response.vary


def test_there_is_no_description_as_a_picture(client: FlaskClient) -> None:
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


def test_a_public_address_is_described() -> None:
    app = create_app(release(OWN), public_url="https://data.example.org", renderer=PlainPages())
    store = described(app.test_client().get("/sparql"))
    assert objects(store, "endpoint") == {"https://data.example.org/sparql"}


def test_forwarded_addresses_are_believed_only_from_trusted_proxies() -> None:
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    open_app = create_app(release(OWN), renderer=PlainPages()).test_client()
    behind = create_app(release(OWN), renderer=PlainPages(), trusted_proxies=1).test_client()
    assert objects(described(open_app.get("/sparql", headers=headers)), "endpoint") == {
        "http://localhost/sparql"
    }
    assert objects(described(behind.get("/sparql", headers=headers)), "endpoint") == {
        "https://evil.example/sparql"
    }


def test_an_iri_with_odd_characters_is_asked_for_as_it_is(client: FlaskClient) -> None:
    query = "SELECT (STR(<http://example.org/kota%20é>) AS ?o) {}"
    assert values(client.get(f"/sparql?query={quote(query)}")) == ["http://example.org/kota%20é"]


def test_problems_are_json_that_says_what_to_do(client: FlaskClient) -> None:
    response = client.get("/nothing", headers={"Accept": "application/problem+json"})
    assert response.status_code == 404
    problem = json.loads(response.data)
    assert problem["status"] == 404
    assert problem["title"] == "Not Found"
    assert problem["detail"]


ODD = '<urn:s> <http://e/p> "a\\u0001b" .'


@pytest.mark.parametrize(
    ("query", "accept"),
    [(SELECT, "application/sparql-results+xml"), (CONSTRUCT, "application/rdf+xml")],
)
def test_what_xml_cannot_carry_is_not_acceptable(query: str, accept: str) -> None:
    odd = create_app(release(ODD), renderer=PlainPages()).test_client()
    response = get(odd, query, accept)
    assert response.status_code == 406
    assert "U+0001" in response.text
    assert get(odd, query).status_code == 200


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "text/csv"])
def test_columns_that_are_not_named_come_in_the_order_of_the_query(
    client: FlaskClient, accept: str
) -> None:
    text = get(client, "SELECT * { ?s ?p ?o }", accept).text
    places = [text.index(name) for name in ('"s"', '"p"', '"o"')] if "json" in accept else []
    assert places == sorted(places)
    assert "json" in accept or text.startswith("s,p,o\r\n")


def test_a_common_mistake_has_a_reason_and_the_line_that_mends_it(client: FlaskClient) -> None:
    response = get(client, "SELECT * { ?s vd:hasMission ?o }", "application/json")
    problem = response.get_json(force=True)
    assert response.status_code == 400
    assert problem["reason"] == "unknown-prefix"
    assert problem["paste"].startswith("PREFIX vd: <")


def test_the_tag_of_a_page_of_results_is_of_its_content(client: FlaskClient) -> None:
    page = get(client, SELECT, BROWSER)
    assert page.mimetype == "text/html"
    headers = {"Accept": BROWSER, "If-None-Match": page.headers["ETag"]}
    again = client.get("/sparql?" + urlencode({"query": SELECT}), headers=headers)
    assert again.status_code == 304
    other = get(client, "SELECT ?s { ?s ?p ?o }", BROWSER)
    assert (other.headers["ETag"] == page.headers["ETag"]) == (other.data == page.data)
