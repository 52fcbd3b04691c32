"""Every answer is safe to show, to share and to keep."""

from __future__ import annotations

import gc
import gzip
import logging
import os
from typing import TYPE_CHECKING

import pytest

from plain_pages import PlainPages
from releases import OWN, release
from visidaerah.answers import QueryAnswer
from visidaerah.spool import Spooled, nameless_file
from visidaerah.web import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from visidaerah.answers import QueryRequest

BROWSER = "text/html,*/*;q=0.8"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(release(OWN), renderer=PlainPages()).test_client()


@pytest.mark.parametrize(
    "path", ["/", "/ontology", "/dataset", "/sparql", "/nothing", "/id/plan/x"]
)
def test_pages_may_load_nothing_from_elsewhere(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Accept": BROWSER})
    assert response.mimetype == "text/html"
    policy = response.headers["Content-Security-Policy"]
    for rule in (
        "default-src 'none'",
        "script-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ):
        assert rule in policy
    assert "unsafe" not in policy
    assert response.headers["Referrer-Policy"]
    assert response.headers["Permissions-Policy"]


@pytest.mark.parametrize(
    "path", ["/", "/data/plan/x.ttl", "/sparql?query=ASK%7B%7D", "/nothing", "/robots.txt"]
)
def test_no_browser_guesses_a_type_and_every_script_may_read(
    client: FlaskClient, path: str
) -> None:
    response = client.get(path, headers={"Origin": "https://example.org"})
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in response.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.parametrize("path", ["/", "/data/plan/x.ttl", "/ontology", "/.well-known/void"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_is_known_is_not_sent_again(client: FlaskClient, path: str, method: str) -> None:
    tag = client.get(path).headers["ETag"]
    again = client.open(path, method=method, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    other = client.open(path, method=method, headers={"If-None-Match": '"other"'})
    assert other.status_code == 200


def test_a_changed_release_changes_the_tags_of_what_it_touches_only() -> None:
    changed = create_app(
        release(OWN.replace("Rencana X", "Rencana Y")), renderer=PlainPages()
    ).test_client()
    same = create_app(release(OWN), renderer=PlainPages()).test_client()
    for path, touched in (("/data/plan/x.ttl", True), ("/ontology.ttl", False)):
        tags = [app.get(path).headers["ETag"] for app in (changed, same)]
        assert (tags[0] != tags[1]) == touched


def test_compressed_and_plain_answers_carry_the_same_content(client: FlaskClient) -> None:
    packed = client.get("/.well-known/void", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/.well-known/void")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.vary
    assert packed.headers["ETag"] == plain.headers["ETag"]
    assert len(packed.data) < len(plain.data)
    head = client.head("/.well-known/void", headers={"Accept-Encoding": "gzip"})
    assert head.headers["Content-Length"] == packed.headers["Content-Length"]


@pytest.mark.parametrize("name", ["Accept", "If-None-Match", "X-Anything"])
def test_a_header_that_is_too_long_is_refused(client: FlaskClient, name: str) -> None:
    assert client.get("/sparql?query=ASK%7B%7D", headers={name: "x" * 9000}).status_code == 431


@pytest.mark.parametrize("accept", [";;q=x", '"', "text/", "/", "*", "\x7f", "a/b;q=", ",", "é"])
def test_a_broken_accept_header_is_no_failure(client: FlaskClient, accept: str) -> None:
    for path in ("/id/plan/x", "/sparql", "/sparql?query=ASK%7B%7D", "/nothing"):
        assert client.get(path, headers={"Accept": accept}).status_code < 500


@pytest.mark.parametrize("path", ["/", "/id/plan/x", "/data/plan/x.ttl", "/graphs", "/dataset"])
def test_options_are_answered_everywhere(client: FlaskClient, path: str) -> None:
    response = client.options(path)
    assert (response.status_code, response.data) == (204, b"")
    assert "GET" in response.headers["Allow"]
    assert "Content-Type" not in response.headers
    assert client.options("/nothing").status_code == 404


@pytest.mark.parametrize("path", ["/", "/id/plan/x", "/data/plan/x.ttl", "/ontology"])
def test_nothing_is_written_anywhere(client: FlaskClient, path: str) -> None:
    response = client.put(path, data=b"x")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert "data enter through documents" in response.text


def test_a_failure_is_told_without_its_inside_and_noted(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        response = client.get("/broken")
    assert response.status_code == 500
    assert "secret" not in response.text
    assert "Traceback" not in response.text
    assert "ZeroDivisionError" in caplog.text


def test_scripts_of_others_cannot_take_back_queries(client: FlaskClient) -> None:
    preflight = client.options("/sparql/queries/x", headers={"Origin": "https://example.org"})
    assert "DELETE" in preflight.headers["Allow"]
    assert "DELETE" not in preflight.headers["Access-Control-Allow-Methods"]
    answer = client.delete("/sparql/queries/x", headers={"Origin": "https://example.org"})
    assert "Access-Control-Allow-Origin" not in answer.headers


class Spooling:
    """Answers with a file, as workers do where an answer is long."""

    def __init__(self, size: int) -> None:
        self.content = b"s,p,o\r\n" * (size // 7)
        self.closed = 0

    def answer(self, _request: QueryRequest) -> QueryAnswer:
        descriptor = nameless_file()
        os.write(descriptor, self.content)
        spooled = Spooled(descriptor)
        spooled.on_close = self.close
        return QueryAnswer(kind="bindings", format="csv", content=spooled)

    def close(self) -> None:
        self.closed += 1


@pytest.mark.parametrize("size", [300_000, 3_000_000])
@pytest.mark.parametrize("coding", ["gzip", "identity"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_long_answers_are_compressed_on_their_way(size: int, coding: str, method: str) -> None:
    spooling = Spooling(size)
    app = create_app(release(OWN), renderer=PlainPages(), answer=spooling.answer)
    headers = {"Accept-Encoding": coding, "Accept": "text/csv"}
    response = app.test_client().open("/sparql?query=ASK{}", method=method, headers=headers)
    assert response.status_code == 200
    assert "Accept-Encoding" in response.vary
    assert response.headers.get("Content-Encoding", "identity") == coding
    body = gzip.decompress(response.data) if response.data and coding == "gzip" else response.data
    assert body == (spooling.content if method == "GET" else b"")
    response.close()
    gc.collect()
    assert spooling.closed == 1


def test_a_reader_that_leaves_lets_go_of_a_long_answer() -> None:
    spooling = Spooling(3_000_000)
    app = create_app(release(OWN), renderer=PlainPages(), answer=spooling.answer)
    headers = {"Accept-Encoding": "gzip", "Accept": "text/csv"}
    response = app.test_client().get("/sparql?query=ASK{}", headers=headers)
    assert next(response.iter_encoded())
    assert spooling.closed == 0
    response.close()
    assert spooling.closed == 1
