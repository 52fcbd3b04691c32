"""Whatever is sent, the answer is no failure, and it is as safe as every other."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from releases import OWN, release
from test_web_serving import PROGRAM, free_port
from visidaerah.web import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

PATHS = ["/", "/id/plan/x", "/data/plan/x.ttl", "/sparql?query=ASK%7B%7D", "/graphs?default"]
SAFETY = ("X-Content-Type-Options", "Referrer-Policy", "X-Request-Id", "Server-Timing")


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(release(OWN)).test_client()


ODD_HEADERS = {
    "Accept": ["x" * 8192, ";" * 8000, "a/b," * 2000, "*/*;q=" + "9" * 5000, "\x80\xff/\xfe", '"'],
    "Accept-Language": ["x" * 8000, "id;q=1e999", "*;q=nan", ";;;", "\xff", "en," * 2700],
    "Accept-Encoding": ["gzip;q=", "gzip;q=inf", "\x00", "," * 8000, "gzip;q=0"],
    "Cookie": ["lang=../../etc/passwd", "lang=<script>", "=;=;=", "lang=" + "x" * 8000, "\xff"],
    "If-None-Match": ['"', "W/", "*" * 8000, '""""', "W/*"],
    "If-Modified-Since": ["yesterday", "Thu, 99 Zzz 9999 99:99:99 GMT"],
    "If-Match": ["nothing", "*"],
    "Range": ["bytes=", "bytes=-", "bytes=9-1", "bytes=" + "0-1," * 2000, "lines=1-2"],
    "Host": ["", "evil.example:99999", "a b", "[::1", "\xff"],
    "X-Forwarded-Host": ["evil.example"],
    "X-Forwarded-For": ["not an address", "," * 8000],
    "X-Request-Id": ["\x1b[2J", "x" * 8000, '"><script>'],
    "Content-Type": ["multipart/form-data", "\xff/\xff", "application/json;charset=nope"],
    "Content-Length": ["-1", "many"],
    "Origin": ["null", "javascript:alert(1)"],
}
HEADERS = [(name, value) for name, values in ODD_HEADERS.items() for value in values]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("name", "value"), HEADERS)
def test_an_odd_header_is_no_failure(client: FlaskClient, path: str, name: str, value: str) -> None:
    """The environment is set as servers do, since clients refuse to send some of these."""
    key = name.upper().replace("-", "_")
    key = key if key.startswith("CONTENT_") else f"HTTP_{key}"
    for _ in range(2):
        response = client.get(path, environ_overrides={key: value})
        assert response.status_code < 500, response.text
        assert all(response.headers.get(header) for header in SAFETY)
        assert all("\n" not in said and "\r" not in said for _, said in response.headers)
        assert "evil.example" not in response.headers.get("Location", "") or name == "Host"


@pytest.mark.parametrize(
    "path",
    [
        "/id/%00", "/id/%zz", "/id/%", "/id/%FF%FE", "/page/" + "x" * 9000, "/data/" + "a/" * 2000,
        "//evil.example/", "/id/../../etc/passwd", "/data/..%2f..%2fetc%2fpasswd.ttl",
        "/dumps/%2e%2e%2fsecret", "/assets/x/..%2f..%2f__init__.py", "/graph/%0d%0aX-Evil:1",
        "/resolve?iri=https://w3id.org/visidaerah/%0d%0aX-Evil:%201", "/resolve?iri=%00",
        "/resolve?curie=:::", "/resolve?iri=javascript:alert(1)", "/data.ttl?iri=%FF",
        "/sparql?" + "&".join(f"p{n}=1" for n in range(2000)), "/sparql?query=%",
        "/?lang=%0d%0aX:1",
        "/sparql?query=ASK%7B%7D&format=%00", "/graphs?graph=%00", "/graphs?graph=" + "x" * 9000,
        "/search?q=" + "%F0%9F%98%80" * 2000, "/search?q=%00", "/page?iri=" + "%3C" * 500,
        "/data/plan/x.ttl?page=" + "9" * 5000, "/data/plan/x.ttl?page=-1", "/ontology/%0a",
        "/context/%2e%2e.jsonld", "/sitemap-99999999999999999999.xml", "/queries/..%2f..%2fx.rq",
    ],
)  # fmt: skip
@pytest.mark.parametrize("accept", ["text/html", "application/problem+json", "*/*"])
def test_an_odd_address_is_no_failure(client: FlaskClient, path: str, accept: str) -> None:
    response = client.get(path, headers={"Accept": accept})
    assert response.status_code < 500, response.text
    assert "X-Evil" not in response.headers
    target = urlsplit(response.headers.get("Location", "/"))
    assert target.netloc in {"", "localhost"}
    if "html" in response.content_type:
        assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "PROPFIND", "BREW", "TRACE"])
@pytest.mark.parametrize("path", ["/", "/sparql", "/data/plan/x.ttl", "/nothing"])
def test_an_odd_method_is_refused_and_shared_with_nobody(
    client: FlaskClient, path: str, method: str
) -> None:
    response = client.open(path, method=method, headers={"Origin": "https://example.org"})
    assert response.status_code in {404, 405}
    assert "Access-Control-Allow-Origin" not in response.headers
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_many_different_requests_leave_a_bounded_memory(client: FlaskClient) -> None:
    from visidaerah.web import front_of

    app = create_app(release(OWN))
    cache = front_of(app).cache
    cache.bounds = type(cache.bounds)(size=400_000, entries=50, largest=100_000)
    visitor = app.test_client()
    for number in range(200):
        visitor.get(f"/sparql?query=ASK%7B%7D&{number}", headers={"Accept": f"a/b{number}, */*"})
    assert 0 < len(cache) <= 50
    assert 0 < cache.size <= 400_000


# Through a real server


@pytest.fixture(scope="module")
def place() -> Iterator[tuple[str, int]]:
    port = free_port()
    program = PROGRAM.format(tests=str(Path(__file__).parent), port=port)
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout
        assert process.stdout.readline()
        yield "127.0.0.1", port
        process.terminate()
        assert process.wait(timeout=20) == 0


def status_of(place: tuple[str, int], request: bytes) -> str:
    """Send bytes as they are; return the status line, empty where there is none."""
    answer = b""
    with socket.create_connection(place, timeout=0.5) as connection, suppress(OSError):
        connection.sendall(request)
        while b"\r\n" not in answer:
            received = connection.recv(4096)
            if not received:
                break
            answer += received
    return answer.split(b"\r\n", 1)[0].decode("latin-1")


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nAccept: \xff\xfe\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nAccept: " + b"a" * 9000 + b"\r\n\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 5000 + b"\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nshort",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"BREW / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
def test_a_broken_request_is_no_failure_and_others_are_answered(
    place: tuple[str, int], request_bytes: bytes
) -> None:
    status = status_of(place, request_bytes)
    assert not status.startswith("HTTP/1.1 5"), status
    well = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert status_of(place, well).startswith("HTTP/1.1 200")
