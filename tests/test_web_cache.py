"""Answers are kept and given again, the right one to each, within a bound."""

from __future__ import annotations

import ast
import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pytest

from plain_pages import PlainPages
from releases import OWN, TWO_GRAPHS, release
from visidaerah import web
from visidaerah.web import create_app, front_of
from visidaerah.web.cache import Answer, AnswerCache, Bounds, KeptAnswer, may_be_kept

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from visidaerah.store import QueryAnswer, QueryRequest, Store

SELECT = "SELECT DISTINCT ?o { ?s ?p ?o } ORDER BY STR(?o)"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


class Counting:
    """Answers as a store does, and counts how often it was asked."""

    def __init__(self, store: Store) -> None:
        self.store, self.asked = store, 0

    def answer(self, request: QueryRequest) -> QueryAnswer:
        self.asked += 1
        return self.store.answer(request)


@pytest.fixture
def counting() -> Counting:
    return Counting(release(OWN))


@pytest.fixture
def client(counting: Counting) -> FlaskClient:
    return create_app(counting.store, answer=counting.answer).test_client()


def state(response: TestResponse) -> str:
    """Return what `Server-Timing` says of the cache."""
    return response.headers["Server-Timing"].partition(",")[0].removeprefix("cache;desc=")


def ask(client: FlaskClient, query: str = SELECT, **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get("/sparql?" + urlencode({"query": query}), headers=named)


def test_the_same_question_is_evaluated_once(client: FlaskClient, counting: Counting) -> None:
    first, second = ask(client), ask(client)
    assert counting.asked == 1
    assert (state(first), state(second)) == ("miss", "hit")
    assert first.data == second.data
    differing = {name for name, value in first.headers if second.headers.get(name) != value}
    assert differing <= {"X-Request-Id", "Server-Timing", "Date"}
    assert "Date" not in second.headers


@pytest.mark.parametrize(
    "path", ["/", "/page/plan/x", "/data/plan/x.ttl", "/id/plan/x", "/dataset"]
)
def test_pages_data_and_redirects_are_kept(client: FlaskClient, path: str) -> None:
    first, second = client.get(path), client.get(path)
    assert (state(first), state(second)) == ("miss", "hit")
    assert first.data == second.data
    assert first.headers.get("Location") == second.headers.get("Location")


@pytest.mark.parametrize("kind", ["application/sparql-query", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize("method", ["POST", "QUERY"])
def test_queries_in_a_body_are_kept_by_their_body(
    client: FlaskClient, counting: Counting, kind: str, method: str
) -> None:
    def send(query: str) -> TestResponse:
        body = query if kind.endswith("query") else urlencode({"query": query})
        return client.open("/sparql", method=method, data=body, content_type=kind)

    assert send(SELECT).data == send(SELECT).data
    assert counting.asked == 1
    assert send("ASK {}").json == {"head": {}, "boolean": True}
    assert counting.asked == 2


@pytest.mark.parametrize(
    "changed",
    [
        {"Accept": "text/csv"},
        {"Accept": BROWSER},
        {"Accept": BROWSER, "Accept_Language": "en"},
        {"Accept": BROWSER, "Cookie": "lang=en"},
        {"Accept_Encoding": "gzip"},
        {"Host": "other.example"},
        {"X_Forwarded_Host": "other.example"},
    ],
)
def test_what_may_change_an_answer_keeps_answers_apart(
    client: FlaskClient, changed: dict[str, str]
) -> None:
    ask(client)
    different = ask(client, **changed)
    assert state(different) == "miss"
    plain = create_app(release(OWN)).test_client()
    assert different.data == ask(plain, **changed).data
    assert different.content_type == ask(plain, **changed).content_type


def test_headers_that_mean_the_same_share_an_answer(client: FlaskClient) -> None:
    ask(client, Accept="text/html, text/csv;q=0.5", Accept_Language="en-GB,en;q=0.7")
    again = ask(client, Accept="text/csv ;q=0.5,Text/HTML", Accept_Language="en, id;q=0.1")
    assert state(again) == "hit"


def test_the_language_of_a_kept_page_is_the_readers(client: FlaskClient) -> None:
    for _ in range(2):
        assert (
            client.get("/", headers={"Accept-Language": "en"}).headers["Content-Language"] == "en"
        )
        assert (
            client.get("/", headers={"Accept-Language": "id"}).headers["Content-Language"] == "id"
        )


def test_a_kept_answer_is_not_sent_to_those_who_know_it(client: FlaskClient) -> None:
    first = ask(client)
    tag = first.headers["ETag"]
    for known in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = ask(client, If_None_Match=known)
        assert (state(again), again.status_code, again.data) == ("hit", 304, b"")
        assert again.headers["ETag"] == tag
        assert again.headers["Access-Control-Allow-Origin"] == "*"
        assert "Accept" in again.vary
        assert "Content-Type" not in again.headers
    assert ask(client, If_None_Match='"other"').status_code == 200


def test_head_is_answered_from_what_get_has_left(client: FlaskClient) -> None:
    whole = client.get("/data/plan/x.ttl")
    head = client.head("/data/plan/x.ttl")
    assert (state(head), head.status_code, head.data) == ("hit", 200, b"")
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]


def test_head_leaves_nothing_behind(client: FlaskClient) -> None:
    client.head("/data/plan/x.ttl")
    whole = client.get("/data/plan/x.ttl")
    assert state(whole) == "miss"
    assert whole.data


def test_both_codings_are_kept(client: FlaskClient) -> None:
    for coding in ("gzip", "identity"):
        first = client.get("/data/plan/x.ttl", headers={"Accept-Encoding": coding})
        again = client.get("/data/plan/x.ttl", headers={"Accept-Encoding": coding})
        assert (state(first), state(again)) == ("miss", "hit")
        assert first.data == again.data
        assert again.headers.get("Content-Encoding", "identity") == coding


@pytest.mark.parametrize("query", ["SELEC", "SELECT * { SERVICE <urn:x> {} }", ""])
def test_errors_are_not_kept(client: FlaskClient, query: str) -> None:
    codes = {ask(client, query).status_code for _ in range(2)}
    assert len(codes) == 1
    assert codes < {400, 403}
    assert state(ask(client, query)) == "miss"
    assert client.get("/nothing").status_code == 404
    assert state(client.get("/nothing")) == "miss"


@pytest.mark.parametrize("function", ["NOW()", "rand()", "Uuid()", "STRUUID()"])
def test_the_time_and_chance_are_asked_for_every_time(
    client: FlaskClient, counting: Counting, function: str
) -> None:
    for _ in range(2):
        response = ask(client, f"SELECT ({function} AS ?o) {{}}")
        assert response.headers["Cache-Control"] == "no-store"
    assert counting.asked == 2
    ask(client, 'SELECT ("now" AS ?o) {}')
    assert state(ask(client, 'SELECT ("now" AS ?o) {}')) == "hit"


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("POST", "/data/plan/x.ttl", {}),
        ("OPTIONS", "/", {}),
        ("GET", "/data/plan/x.ttl", {"Range": "bytes=0-3"}),
        ("GET", "/data/plan/x.ttl", {"X-Anything": "x" * 9000}),
    ],
)
def test_what_is_no_plain_reading_is_not_looked_up(
    client: FlaskClient, method: str, path: str, headers: dict[str, str]
) -> None:
    client.get(path)
    assert "cache" not in client.open(path, method=method, headers=headers).headers["Server-Timing"]


def test_a_long_query_in_a_body_is_answered_and_not_kept(client: FlaskClient) -> None:
    query = f"ASK {{}} # {'x' * 70_000}"
    for _ in range(2):
        response = client.post("/sparql", data=query, content_type="application/sparql-query")
        assert response.json == {"head": {}, "boolean": True}
        assert "cache" not in response.headers["Server-Timing"]


def kept(size: int) -> KeptAnswer:
    return KeptAnswer.of(Answer(status="200 OK", headers=[], body=bytes(size)), "/")


def test_what_was_asked_for_longest_ago_makes_place() -> None:
    cache = AnswerCache(Bounds(entries=2))
    for name in ("a", "b"):
        cache.keep((name,), kept(1))
    assert cache.get(("a",))
    cache.keep(("c",), kept(1))
    assert [bool(cache.get((name,))) for name in "abc"] == [True, False, True]
    assert cache.evicted == 1


def test_the_bytes_that_are_kept_are_bounded() -> None:
    cache = AnswerCache(Bounds(size=100_000, largest=50_000))
    for number in range(20):
        cache.keep((str(number),), kept(30_000))
        cache.keep((str(number),), kept(40_000))
        assert 40_000 <= cache.size <= 100_000
    cache.keep(("large",), kept(60_000))
    assert cache.get(("large",)) is None
    assert len(cache) == 2


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        ("404 NOT FOUND", {"Content-Length": "3"}),
        ("206 PARTIAL CONTENT", {"Content-Length": "3"}),
        ("200 OK", {"Content-Length": "3", "Cache-Control": "no-store"}),
        ("200 OK", {"Content-Length": "3", "cache-control": "private, max-age=3"}),
        ("200 OK", {"Content-Length": "1001"}),
        ("200 OK", {}),
    ],
)
def test_what_is_not_for_everyone_or_of_unknown_length_is_not_kept(
    status: str, headers: dict[str, str]
) -> None:
    assert not may_be_kept(status, list(headers.items()), 1000)
    assert may_be_kept("200 OK", [("Content-Length", "3"), ("Cache-Control", "no-cache")], 1000)


def start_response(status: str, headers: object, error: object = None) -> Any:
    assert status == "200 OK"


def test_a_server_may_look_up_before_it_hands_over() -> None:
    app = create_app(release(TWO_GRAPHS), renderer=PlainPages())
    front = front_of(app)
    body = b"ASK {}"
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/sparql",
        "QUERY_STRING": "",
        "CONTENT_TYPE": "application/sparql-query",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_HOST": "localhost",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
    }

    def fresh() -> dict[str, object]:
        return {**environ, "wsgi.input": BytesIO(body)}

    asked = fresh()
    assert front.hit(asked) is None
    assert b"true" in b"".join(app(asked, start_response))
    found = front.hit(fresh())
    assert found
    assert (found.code, b"true" in found.body) == (200, True)
    assert dict(found.headers)["Server-Timing"].startswith("cache;desc=hit")
    assert front.cache.misses == 1


def test_an_odd_address_has_its_own_answer(client: FlaskClient) -> None:
    for path in ("/id/plan/x", "/id/plan/none", "/id/" + quote("pl\u00e4n")):
        assert client.get(path).status_code == client.get(path).status_code


KNOWN_TO_KEYS = {"args", "path", "query_string", "accept_languages", "host_url", "method"}
"""What of a request a kept page may depend on; `cookies` besides, where the language is found."""

OF_POSTS = {"form", "files", "get_data", "content_length", "mimetype", "max_form_memory_size"}
"""What there is of requests whose answers are not kept."""


def used_of_requests(path: Path) -> set[str]:
    """Return the attributes of Flask's `request` that a module reads."""
    return {
        node.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "request"
    }


def test_pages_depend_on_nothing_that_keys_do_not_hold() -> None:
    modules = sorted((Path(web.__file__).parent / "pages").glob("*.py"))
    used = {path.name: used_of_requests(path) for path in modules}
    assert "accept_languages" in used["frame.py"]
    used["frame.py"].discard("cookies")
    for path in modules:
        headers = re.findall(r"request\.headers(.{14})", path.read_text(encoding="utf-8"))
        assert set(headers) <= {'.get("Accept")'}
        used[path.name].discard("headers")
    assert set().union(*used.values()) <= KNOWN_TO_KEYS | OF_POSTS


def test_a_client_that_accepts_very_much_is_answered_and_not_kept(client: FlaskClient) -> None:
    for _ in range(2):
        response = ask(client, Accept=", ".join(f"a/b{n}" for n in range(400)) + ", */*")
        assert response.status_code == 200
        assert "cache" not in response.headers["Server-Timing"]
