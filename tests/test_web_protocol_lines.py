"""What clients rely on at the endpoint and the graph store, one line each, by name.

Sources: SPARQL 1.1 Protocol (P), Query (Q), Graph Store HTTP Protocol (G), Service Description (D),
CSV and TSV results (C), HTTP (H, RFC 9110), Fetch (W), form encoding (F).
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, TestResponse

from releases import TWO_GRAPHS, release
from test_web_serving import free_port
from visidaerah.web import create_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask.testing import FlaskClient

SELECT = "SELECT ?o { ?s ?p ?o }"
ASK = "ASK {}"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
RESULT_TYPES = {JSON, XML, "text/csv", "text/tab-separated-values"}
DIRECT, FORM = "application/sparql-query", "application/x-www-form-urlencoded"
G1, G2, UNKNOWN = (f"http://example.org/{name}" for name in ("g1", "g2", "unknown"))
UTF8_TEXT = "é ř 漢 \U0001f600"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A request, the statuses that answer it, and what else holds."""

    path: str
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    statuses: set[int] = field(default_factory=lambda: {200})
    holds: Callable[[TestResponse], object] = lambda _response: True


def asked(query: str, accept: str | None = None, **more: Any) -> Line:
    """Return GET of a query; `of` are further parameters."""
    parameters = {"query": query} | more.pop("of", {})
    headers = {"Accept": accept} if accept else {}
    return Line(path="/sparql?" + urlencode(parameters), headers=headers, **more)


def posted(body: str | bytes, kind: str | None, **more: Any) -> Line:
    """Return POST of a body to the endpoint."""
    headers = {"Content-Type": kind} if kind else {}
    content = body.encode() if isinstance(body, str) else body
    return Line(path="/sparql", method="POST", headers=headers, body=content, **more)


def graph(query: str, accept: str | None = None, **more: Any) -> Line:
    """Return GET at the graph store."""
    return Line(path=f"/graphs?{query}", headers={"Accept": accept} if accept else {}, **more)


def typed(kind: str) -> Callable[[TestResponse], object]:
    return lambda response: response.mimetype == kind and response.data


def values(response: TestResponse) -> list[str]:
    rows = response.get_json(force=True)["results"]["bindings"]
    return sorted(row["o"]["value"] for row in rows)


def has(*expected: str) -> Callable[[TestResponse], object]:
    return lambda response: values(response) == sorted(expected)


def triples(response: TestResponse) -> list[ox.Quad]:
    return list(ox.parse(response.data, format=ox.RdfFormat.TURTLE))


def allows(*methods: str) -> Callable[[TestResponse], object]:
    def check(response: TestResponse) -> bool:
        return set(methods) <= {name.strip() for name in response.headers["Allow"].split(",")}

    return check


def named(*names: str) -> str:
    return urlencode([("named-graph-uri", name) for name in names])


ANY_RESULT = lambda response: response.mimetype in RESULT_TYPES  # noqa: E731 (a name for a check)
IN_GRAPH = "SELECT ?o { GRAPH ?g { ?s ?p ?o } }"
G1_GRAPH = f"graph={quote(G1, safe='')}"

LINES: dict[str, Line] = {
    "q-json": asked(SELECT, JSON, holds=typed(JSON)),
    "q-xml": asked(SELECT, XML, holds=typed(XML)),
    "q-csv": asked(SELECT, "text/csv", holds=typed("text/csv")),
    "q-tsv": asked(SELECT, "text/tab-separated-values", holds=typed("text/tab-separated-values")),
    "q-ask-xml": asked(ASK, XML, holds=typed(XML)),
    "q-turtle": asked(CONSTRUCT, "text/turtle", holds=typed("text/turtle")),
    "q-ntriples": asked(CONSTRUCT, "application/n-triples", holds=typed("application/n-triples")),
    "q-rdfxml": asked(CONSTRUCT, "application/rdf+xml", holds=typed("application/rdf+xml")),
    "q-jsonld": asked(CONSTRUCT, "application/ld+json", holds=typed("application/ld+json")),
    "q-construct-empty": asked(
        "CONSTRUCT WHERE { <urn:none> ?p ?o }",
        holds=lambda response: response.mimetype == "text/turtle" and triples(response) == [],
    ),
    "q-describe-unknown": asked(
        "DESCRIBE <urn:unknown>", holds=lambda response: triples(response) == []
    ),
    "q-direct-charset": posted(ASK, f"{DIRECT}; charset=UTF-8"),
    "q-form-charset": posted(urlencode({"query": ASK}), f"{FORM}; charset=UTF-8"),
    "q-type-case": posted(ASK, "Application/SPARQL-Query"),
    "q-plus": Line(path="/sparql?query=ASK+%7B%7D"),
    "q-decode-once": posted(
        urlencode({"query": 'SELECT ("%41" AS ?o) {}'}), FORM, holds=has("%41")
    ),
    "q-unicode-get": asked(f'SELECT ("{UTF8_TEXT}" AS ?o) {{}}', holds=has(UTF8_TEXT)),
    "q-unicode-direct": posted(f'SELECT ("{UTF8_TEXT}" AS ?o) {{}}', DIRECT, holds=has(UTF8_TEXT)),
    "q-form-dataset": posted(
        urlencode({"query": SELECT, "default-graph-uri": G1}), FORM, holds=has("one", "both")
    ),
    "q-dataset-wins": asked(
        f"SELECT ?o FROM <{G2}> {{ ?s ?p ?o }}",
        of={"default-graph-uri": G1},
        holds=has("one", "both"),
    ),
    "q-dataset-merges": Line(
        path="/sparql?"
        + urlencode([("query", SELECT), ("default-graph-uri", G1), ("default-graph-uri", G2)]),
        holds=has("one", "two", "both"),
    ),
    "q-named-only": asked(SELECT, of={"named-graph-uri": G1}, holds=has()),
    "q-named-two": Line(
        path=f"/sparql?{urlencode({'query': IN_GRAPH})}&{named(G1, G2)}",
        holds=has("one", "both", "two", "both"),
    ),
    "q-default-only": asked(IN_GRAPH, of={"default-graph-uri": G1}, holds=has()),
    "q-dataset-unknown": asked(SELECT, of={"default-graph-uri": UNKNOWN}, holds=has()),
    "q-dataset-bad-iri": asked(SELECT, of={"default-graph-uri": "not an iri"}, statuses={400}),
    "q-missing": Line(path=f"/sparql?default-graph-uri={G1}", statuses={400}),
    "q-empty": Line(path="/sparql?query=", statuses={400}),
    "q-empty-direct": posted("", DIRECT, statuses={400}),
    "q-two": posted(urlencode([("query", ASK), ("query", ASK)]), FORM, statuses={400}),
    "q-and-update": posted(urlencode({"query": ASK, "update": "CLEAR ALL"}), FORM, statuses={400}),
    "q-not-update": asked('INSERT DATA { <urn:a> <urn:b> "c" }', statuses={400, 403}),
    "q-update-type": posted("CLEAR ALL", "application/sparql-update", statuses={403}),
    "q-bad-utf8": posted(b"ASK { # \xff\n}", DIRECT, statuses={400}),
    "q-bad-percent": Line(path="/sparql?query=ASK%7B%7D%FF", statuses={400}),
    "q-405": Line(
        path="/sparql?query=ASK%7B%7D",
        method="DELETE",
        statuses={405},
        holds=allows("GET", "POST"),
    ),
    "q-415": posted(
        ASK, "text/plain", statuses={415}, holds=lambda response: response.headers["Accept-Post"]
    ),
    "q-no-type": posted(ASK, None, statuses={400, 415}),
    "q-406": asked(ASK, "image/png", statuses={406}),
    "q-q-values": asked(ASK, f"{XML};q=0.2, {JSON};q=0.9", holds=typed(JSON)),
    "q-q-zero": asked(
        ASK,
        f"{JSON};q=0, */*;q=0.5",
        holds=lambda response: response.mimetype in RESULT_TYPES - {JSON},
    ),
    "q-wildcard": asked(
        SELECT,
        "text/*",
        holds=lambda response: response.mimetype in {"text/csv", "text/tab-separated-values"},
    ),
    "q-fallback": asked(ASK, "image/png, */*;q=0.1", holds=ANY_RESULT),
    "q-no-accept": asked(ASK, holds=ANY_RESULT),
    "q-browser": asked(SELECT, BROWSER, holds=typed("text/html")),
    "q-vary": asked(ASK, JSON, holds=lambda response: "Accept" in response.vary),
    "q-head": asked(
        ASK,
        JSON,
        method="HEAD",
        holds=lambda response: response.mimetype == JSON and response.data == b"",
    ),
    "q-options": Line(
        path="/sparql",
        method="OPTIONS",
        statuses={200, 204},
        holds=allows("GET", "HEAD", "POST", "QUERY", "OPTIONS"),
    ),
    "q-cors": Line(
        path="/sparql?query=ASK%7B%7D",
        headers={"Origin": "https://example.org"},
        holds=lambda response: response.headers["Access-Control-Allow-Origin"] == "*",
    ),
    "q-preflight": Line(
        path="/sparql",
        method="OPTIONS",
        headers={
            "Origin": "https://example.org",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type, authorization",
        },
        statuses={200, 204},
        holds=lambda response: (
            "POST" in response.headers["Access-Control-Allow-Methods"]
            and {"content-type", "authorization"}
            <= {
                name.strip().lower()
                for name in response.headers["Access-Control-Allow-Headers"].split(",")
            }
        ),
    ),
    "q-base": asked(
        "SELECT (<x> AS ?o) {}", holds=lambda response: values(response)[0].startswith("http")
    ),
    "q-extra": asked(ASK, of={"foo": "bar"}),
    "q-version": asked(ASK, of={"version": "1.2"}),
    "q-long-post": posted(f"{ASK} # {'x' * 200_000}", DIRECT),
    "q-long-get": asked(f"{ASK} # {'x' * 6_000}", statuses={200, 414}),
    "q-function": asked(
        "SELECT (<urn:x:f>(1) AS ?y) {}",
        holds=lambda response: response.get_json(force=True)["results"]["bindings"] == [{}],
    ),
    "q-csv-crlf": asked(
        SELECT,
        "text/csv",
        holds=lambda response: response.data.count(b"\r\n") == response.data.count(b"\n") == 5,
    ),
    "q-error-text": asked(
        "SELEC",
        statuses={400},
        holds=lambda response: response.content_type.startswith("text/plain") and response.text,
    ),
    "q-query-method": Line(
        path="/sparql",
        method="QUERY",
        headers={"Content-Type": DIRECT},
        body=ASK.encode(),
        holds=lambda response: DIRECT in response.headers["Accept-Query"],
    ),
    "g-turtle": graph(G1_GRAPH, "text/turtle", holds=typed("text/turtle")),
    "g-ntriples": graph(G1_GRAPH, "application/n-triples", holds=typed("application/n-triples")),
    "g-rdfxml": graph(G1_GRAPH, "application/rdf+xml", holds=typed("application/rdf+xml")),
    "g-no-accept": graph(
        G1_GRAPH,
        holds=lambda response: response.mimetype == "text/turtle" and len(triples(response)) == 2,
    ),
    "g-406": graph(G1_GRAPH, "image/png", statuses={406}),
    "g-both": graph(f"default&{G1_GRAPH}", statuses={400}),
    "g-get-missing": graph(f"graph={UNKNOWN}", statuses={404}),
    "g-405": graph(G1_GRAPH, method="PROPFIND", statuses={405}, holds=allows("GET", "HEAD")),
    "g-put-wrong-if-match": Line(
        path=f"/graphs?{G1_GRAPH}",
        method="PUT",
        headers={"If-Match": '"wrong"', "Content-Type": "text/turtle"},
        statuses={405, 412},
    ),
    "d-language": Line(path="/sparql", holds=lambda response: "SPARQL11Query" in response.text),
    "d-formats": Line(path="/sparql", holds=lambda response: "resultFormat" in response.text),
    "d-dataset": Line(
        path="/sparql",
        holds=lambda response: (
            "defaultDataset" in response.text and "defaultGraph" in response.text
        ),
    ),
    "d-html": Line(path="/sparql", headers={"Accept": "text/html"}, holds=typed("text/html")),
}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(release(TWO_GRAPHS)).test_client()


@pytest.mark.parametrize("again", ["evaluated", "kept"])
@pytest.mark.parametrize("name", LINES)
def test_the_line_holds(client: FlaskClient, name: str, again: str) -> None:
    line = LINES[name]
    response = client.open(line.path, method=line.method, headers=line.headers, data=line.body)
    assert response.status_code in line.statuses, response.text
    assert line.holds(response)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the command on the same data; give its host and port."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "two.trig").write_text(TWO_GRAPHS, encoding="utf-8")
    port = free_port()
    command = [sys.executable, "-m", "visidaerah", "serve", "--port", str(port)]
    options = ["--dataset", "two.trig", "--log-file", "log"]
    with subprocess.Popen([*command, *options], stdout=subprocess.PIPE, cwd=folder) as process:
        assert process.stdout
        assert process.stdout.readline()
        yield f"127.0.0.1:{port}"
        process.terminate()
        assert process.wait(timeout=20) == 0


@pytest.mark.parametrize("name", LINES)
def test_the_line_holds_through_a_real_server(place: str, name: str) -> None:
    line = LINES[name]
    connection = HTTPConnection(place, timeout=20)
    body = line.body if line.method in {"POST", "QUERY", "PUT"} else None
    connection.request(line.method, line.path, body, line.headers)
    received = connection.getresponse()
    status = f"{received.status} {received.reason}"
    headers, asked_for = Headers(received.getheaders()), EnvironBuilder().get_request()
    response = TestResponse([received.read()], status, headers, asked_for)
    connection.close()
    assert response.status_code in line.statuses, response.text
    assert line.holds(response)
    assert "X-Request-Id" in response.headers
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_known_graph_is_not_sent_again_g_etag(client: FlaskClient) -> None:
    tag = client.get(f"/graphs?{G1_GRAPH}").headers["ETag"]
    assert client.get(f"/graphs?{G1_GRAPH}", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("name", [name for name in LINES if name.startswith("q-")])
def test_nothing_at_the_endpoint_changes_the_release(client: FlaskClient, name: str) -> None:
    line = LINES[name]
    client.open(line.path, method=line.method, headers=line.headers, data=line.body)
    count = client.get("/sparql?" + urlencode({"query": SELECT}))
    assert values(count) == ["both", "default", "one", "two"]
