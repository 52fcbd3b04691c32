"""Queries around the framework are answered exactly as by it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest

from plain_pages import PlainPages
from releases import TWO_GRAPHS, release
from visidaerah.limits import Limits
from visidaerah.web import create_app, direct

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse

SELECT = "SELECT ?s ?p ?o { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
LONG = "SELECT * { VALUES ?x { " + " ".join(map(str, range(500))) + " } }"
EXPENSIVE = "SELECT * { " + "{" * 400 + "}" * 400 + " }"

JSON = "application/sparql-results+json"
QUERY_TYPE = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"

BY_THE_FRAMEWORK = {"If-Unmodified-Since": "Fri, 31 Dec 2100 00:00:00 GMT"}
"""A condition that always holds; the framework decides on conditions."""

OWN = frozenset({"X-Request-Id", "Server-Timing", "Date"})
"""Headers of one request alone."""


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(release(TWO_GRAPHS), renderer=PlainPages(), limits=Limits(query=20_000))


def told(response: TestResponse) -> tuple[int, list[tuple[str, str]], bytes]:
    """Return all of an answer that has to be alike."""
    id_ = response.headers["X-Request-Id"].encode()
    headers = sorted(pair for pair in response.headers if pair[0] not in OWN)
    return response.status_code, headers, response.data.replace(id_, b"")


@pytest.mark.parametrize("coding", ["gzip", "identity"])
@pytest.mark.parametrize("accept", [None, "*/*", JSON, "text/csv", "text/turtle", "image/png", "é"])
@pytest.mark.parametrize(
    "query",
    [SELECT, CONSTRUCT, LONG, "ASK {}", "", "ASK {", "SELECT", EXPENSIVE, "ASK {}" + " " * 20_000],
    ids=lambda query: query[:20].strip(),
)
def test_answers_and_errors_are_those_of_the_framework(
    app: Flask, query: str, accept: str | None, coding: str
) -> None:
    headers = {"Accept-Encoding": coding} | ({"Accept": accept} if accept else {})
    address = "/sparql?" + urlencode({"query": query})
    client = app.test_client()
    found = client.get(address, headers=headers)
    expected = client.get(address, headers=headers | BY_THE_FRAMEWORK)
    assert told(found) == told(expected)


@pytest.mark.parametrize("method", ["POST", "QUERY"])
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (QUERY_TYPE, SELECT.encode()),
        (QUERY_TYPE + "; charset=utf-8", b"ASK {}"),
        (QUERY_TYPE.upper(), b"ASK {}"),
        (QUERY_TYPE, b"ASK { \xff }"),
        (QUERY_TYPE, b""),
        (FORM, b"query=" + quote(SELECT).encode()),
        (FORM, b"query=ASK+%7B%7D&default-graph-uri=no%20iri"),
        (FORM, b"query=ASK+%7B%7D&format=xml"),
        (FORM, b"update=CLEAR+ALL"),
        (FORM, b"query=%FF"),
        ("application/sparql-update", b"CLEAR ALL"),
        ("text/plain", b"ASK {}"),
        ("", b"ASK {}"),
    ],
)
def test_bodies_are_read_as_by_the_framework(
    app: Flask, method: str, kind: str, body: bytes
) -> None:
    client = app.test_client()
    headers = {"Content-Type": kind, "Accept": JSON}
    found = client.open("/sparql", method=method, data=body, headers=headers)
    expected = client.open("/sparql", method=method, data=body, headers=headers | BY_THE_FRAMEWORK)
    assert told(found) == told(expected)


@pytest.mark.parametrize(
    ("accept", "is_plain"),
    [
        (None, True),
        ("", True),
        ("*/*", True),
        (JSON, True),
        ("application/sparql-results+json, */*;q=0.1", True),
        ("image/png", True),
        ("text/html", False),
        ("Text/HTML;q=0.1, text/csv", False),
        ("application/xhtml+xml", False),
        ("text/csv, text/*;q=0.1, text/turtle;q=0", False),
    ],
)
def test_whoever_may_get_a_page_gets_it_from_the_framework(
    accept: str | None, is_plain: bool
) -> None:
    assert direct.is_never_page(accept) == is_plain


def test_plain_queries_do_without_the_framework() -> None:
    app = create_app(release(TWO_GRAPHS), renderer=PlainPages())

    @app.before_request
    def refuse() -> tuple[str, int]:
        return "the framework was asked", 418

    client = app.test_client()
    plain = client.get("/sparql?" + urlencode({"query": SELECT}), headers={"Accept": JSON})
    posted = client.post("/sparql", data=SELECT, headers={"Content-Type": QUERY_TYPE})
    page = client.get("/sparql?" + urlencode({"query": SELECT}), headers={"Accept": "text/html"})
    described = client.get("/sparql", headers={"Accept": "text/turtle"})
    assert (plain.status_code, posted.status_code) == (200, 200)
    assert (page.status_code, described.status_code) == (418, 418)


def test_a_failure_of_ours_is_told_as_one(caplog: pytest.LogCaptureFixture) -> None:
    def fail(_query: object) -> None:
        raise RuntimeError("broken")

    app = create_app(release(TWO_GRAPHS), renderer=PlainPages(), answer=fail)  # type: ignore[arg-type]
    response = app.test_client().get("/sparql?query=ASK+{}", headers={"Accept": JSON})
    assert response.status_code == 500
    assert "broken" not in response.text
    assert "A request failed." in caplog.text
