"""The server speaks HTTP/1.1 with clients of every kind, and none of them holds it up."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from servers import Server, children, running, soon
from visidaerah.limits import Limits
from visidaerah.web import connections as connections_module
from visidaerah.web.connections import Connections
from visidaerah.web.exchanges import Reply, Request, environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from wsgiref.types import WSGIEnvironment

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it serves on Linux only")

DIGITS = "{ 1 2 3 4 5 6 7 8 9 0 }"
LONG = "SELECT * {" + " ".join(f"VALUES ?{name} {DIGITS}" for name in "vwxyz") + "}"
TCP_ESTABLISHED = 1

ASK = "/sparql?query=ASK%7B%7D"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running("idle=1", "headers=4k", "address=6k", "body=20k", "header=2k") as found:
        yield found


def talk(server: Server, request: bytes) -> bytes:
    """Send bytes, and return all that comes until the server closes the connection."""
    with server.connect() as connection:
        connection.sendall(request)
        return rest(connection)


def rest(connection: socket.socket) -> bytes:
    """Return all that comes until the end."""
    pieces = []
    while piece := connection.recv(1 << 16):
        pieces.append(piece)
    return b"".join(pieces)


def get(path: str, *headers: str, method: str = "GET", version: str = "1.1") -> bytes:
    """Return a request; the connection is closed after its answer."""
    lines = [f"{method} {path} HTTP/{version}", "Host: x", "Connection: close", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def test_requests_of_one_connection_are_answered_in_order(server: Server) -> None:
    first = get(ASK).replace(b"Connection: close", b"Accept: text/csv")
    head = first.replace(b"GET", b"HEAD")
    second = get("/sparql?query=ASK%7B?s?p?o%7D", "Accept: application/sparql-results+xml")
    found = talk(server, first + head + second)
    assert found.count(b"HTTP/1.1 200 OK") == 3
    assert found.index(b"text/csv") < found.index(b"sparql-results+xml")
    assert found.count(b"true") == 2


def test_a_client_of_http_1_0_is_told_the_end_by_the_end(server: Server) -> None:
    found = talk(server, get(ASK, version="1.0").replace(b"Connection: close\r\n", b""))
    assert found.startswith(b"HTTP/1.1 200 OK")
    assert b"Connection: close" in found


def test_a_long_answer_is_whole_and_as_long_as_it_says(server: Server) -> None:
    head, _, body = talk(server, get(f"/sparql?query={quote(LONG)}")).partition(b"\r\n\r\n")
    assert f"content-length: {len(body)}".encode() in head.lower()
    assert len(body) > 5_000_000
    assert body.endswith(b"]}}")


@pytest.mark.parametrize(
    ("request_", "status", "told"),
    [
        (b"garbage\r\n\r\n", 400, b"no request of HTTP/1.1"),
        (b"FOO / HTTP/1.1\r\nHost: x\r\n\r\n", 400, b"no request of HTTP/1.1"),
        (b"GET / HTTP/1.1\r\n\r\n", 400, b"names one host"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400, b"names one host"),
        (get("/").replace(b"Host: x", b"Host: x, y"), 400, b"name of no host"),
        (get("/").replace(b"Host: x", b"Host: a@b"), 400, b"name of no host"),
        (get("http://a@b/"), 400, b"name of no host"),
        (get("/", version="2.0"), 505, b"HTTP/1.1 is"),
        (
            get("/sparql", "Transfer-Encoding: gzip, chunked", method="POST"),
            501,
            b"not as 'gzip, chunked'",
        ),
        (get("/?" + "x" * 7000), 414, b"more than 6,144 bytes"),
        (get("/", *(f"X-{n}: {'y' * 500}" for n in range(12))), 431, b"more than 4,096 bytes"),
        (get("/", "X: " + "y" * 3000), 431, b"longer than 2048 characters"),
        (get("/sparql", "Content-Length: 20481", method="POST"), 413, b"more than 20,480 bytes"),
        (
            get("/sparql", "Transfer-Encoding: chunked", method="POST")
            + b"6000\r\n"
            + b"x" * 0x6000
            + b"\r\n0\r\n\r\n",
            413,
            b"more than 20,480 bytes",
        ),
        (
            get("/sparql", "Transfer-Encoding: chunked", "Content-Length: 3", method="POST"),
            400,
            b"no request of HTTP/1.1",
        ),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(
    server: Server, request_: bytes, status: int, told: bytes
) -> None:
    found = talk(server, request_)
    assert found.startswith(b"HTTP/1.1 %d " % status)
    assert told in found


def test_endless_headers_are_refused_before_they_end(server: Server) -> None:
    with server.connect() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX: ")
        for _ in range(20):
            connection.sendall(b"y" * 500)
        assert rest(connection).startswith(b"HTTP/1.1 431 ")


def test_a_body_in_chunks_is_read(server: Server) -> None:
    head = get(
        "/sparql",
        "Transfer-Encoding: chunked",
        "Content-Type: application/sparql-query",
        method="POST",
    )
    assert b"true" in talk(server, head + b"3\r\nASK\r\n3\r\n {}\r\n0\r\n\r\n")


CHUNKED = get(
    "/sparql",
    "Transfer-Encoding: chunked",
    "Content-Type: application/sparql-query",
    "Accept: application/sparql-results+json",
    method="POST",
)


def test_what_follows_a_body_in_chunks_is_no_header(server: Server) -> None:
    trailers = b"Host: y\r\nAccept: text/csv\r\nX-Request-Id: other\r\n"
    found = talk(server, CHUNKED + b"6\r\nASK {}\r\n0\r\n" + trailers + b"\r\n")
    assert b'"boolean":true' in found
    assert b"other" not in found


def test_endless_lines_behind_a_body_are_refused(server: Server) -> None:
    found = talk(server, CHUNKED + b"6\r\nASK {}\r\n0\r\n" + b"X: y\r\n" * 1000)
    assert found.startswith(b"HTTP/1.1 431 ")


def test_a_body_does_not_count_as_the_head_behind_it(server: Server) -> None:
    asked = b"ASK {}" + b" " * 15_000
    first = get(
        "/sparql",
        f"Content-Length: {len(asked)}",
        "Content-Type: application/sparql-query",
        method="POST",
    ).replace(b"Connection: close\r\n", b"")
    with server.connect() as connection:
        connection.sendall(first + asked + get(ASK)[:30])
        assert connection.recv(100).startswith(b"HTTP/1.1 200 ")
        connection.sendall(get(ASK)[30:])
        assert rest(connection).count(b"HTTP/1.1 200 ") == 1


def test_who_says_that_no_more_follows_is_answered(server: Server) -> None:
    with server.connect() as connection:
        connection.sendall(get("/sparql?query=SELECT%20(1%20AS%20?half)%20%7B%7D", version="1.0"))
        connection.shutdown(socket.SHUT_WR)
        assert b"half" in rest(connection)


def test_who_waits_for_consent_gets_it(server: Server) -> None:
    head = get(
        "/sparql",
        "Content-Length: 6",
        "Expect: 100-continue",
        "Content-Type: application/sparql-query",
        method="POST",
    )
    with server.connect() as connection:
        connection.sendall(head)
        assert connection.recv(100).startswith(b"HTTP/1.1 100 Continue\r\n\r\n")
        connection.sendall(b"ASK {}")
        assert b"true" in rest(connection)


@pytest.mark.parametrize(
    "begun", [b"GET / HTTP/1.1\r\nHost:", get("/sparql", "Content-Length: 9", method="POST")]
)
def test_who_sends_too_slowly_is_told(server: Server, begun: bytes) -> None:
    found = talk(server, begun)
    assert found.startswith(b"HTTP/1.1 408 ")
    assert b"not whole after 1 seconds" in found


def test_a_request_that_breaks_off_harms_nobody(server: Server) -> None:
    for cut in (b"GE", b"GET /sparql", get(ASK)[:-2], get("/", "Content-Length: 9")):
        with server.connect() as connection:
            connection.sendall(cut)
    assert server.ask("ASK {}").status == 200


def ends(connection: socket.socket) -> bool:
    """Tell whether the server has closed a connection, without taking more than it sent."""
    reset = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]
    return reset != TCP_ESTABLISHED


def spooled_files(server: Server) -> list[str]:
    """Return the files without names that the process which serves has open."""
    found = []
    for pid in children(server.process.pid):
        for link in Path(f"/proc/{pid}/fd").iterdir():
            target = str(link.readlink())
            if "(deleted)" in target:
                found.append(target)
    return found


def test_who_takes_nothing_of_a_long_answer_is_let_go(server: Server) -> None:
    connections = [server.connect() for _ in range(3)]
    try:
        for number, connection in enumerate(connections):
            connection.sendall(get(f"/sparql?query={quote(LONG)}%20%23{number}"))
        assert soon(lambda: bool(spooled_files(server)))
        assert server.ask("ASK {}").status == 200
        assert all(soon(partial(ends, connection)) for connection in connections)
        assert soon(lambda: spooled_files(server) == [])
    finally:
        for connection in connections:
            connection.close()


def test_other_protocols_are_not_spoken_and_the_request_is_answered(server: Server) -> None:
    asked = get(ASK, "Upgrade: h2c").replace(b"close", b"Upgrade, close")
    assert b"true" in talk(server, asked)
    assert talk(server, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    ("framing", "body"),
    [
        ("Content-Length: 24", b"SELECT (1 AS ?behind) {}"),
        ("Transfer-Encoding: chunked", b"18\r\nSELECT (1 AS ?behind) {}\r\n0\r\n\r\n"),
    ],
)
def test_a_body_is_read_behind_the_offer_of_another_protocol(
    server: Server, framing: str, body: bytes
) -> None:
    offer = "Connection: Upgrade, HTTP2-Settings"
    type_ = "Content-Type: application/sparql-query"
    asked = get("/sparql", "Upgrade: h2c", framing, type_, method="POST")
    asked = asked.replace(b"Connection: close", offer.encode())
    found = talk(server, (asked + body) * 2 + get(ASK))
    assert found.count(b"HTTP/1.1 200 ") == 3
    assert found.count(b'"vars":["behind"]') == 2
    assert b"true" in found


def test_connections_over_the_limit_are_refused_and_others_are_served_later() -> None:
    with running("connections=2") as server:
        first, second = server.connect(), server.connect()
        with first, second:
            refused = talk(server, b"")
        assert refused.startswith(b"HTTP/1.1 503 ")
        assert b"Retry-After: 5" in refused
        assert soon(lambda: server.ask("ASK {}").status == 200)


def test_connections_that_do_nothing_make_place_for_others() -> None:
    with running("connections=3") as server, ExitStack() as idle:
        for _ in range(3):
            idle.enter_context(server.connect())
        assert soon(lambda: server.ask("ASK {}").status == 200, seconds=10)


class Breaking:
    """Answers requests with a body that breaks off, or with what was sent."""

    def at_once(self, _environ: WSGIEnvironment) -> Reply | None:
        """Have all wait."""
        return None

    async def answer(self, environ: WSGIEnvironment) -> Reply:
        """Return an answer of its kind."""
        if environ["PATH_INFO"] == "/breaks":
            return Reply("200 OK", [("Content-Length", "100000")], self.pieces())
        body = environ["wsgi.input"].read()
        return Reply("200 OK", [("Content-Length", str(len(body)))], [body])

    def pieces(self) -> Iterator[bytes]:
        """Yield one piece, and fail."""
        yield b"begun"
        raise OSError("The file is gone.")


async def told(*requests: bytes) -> list[bytes]:
    """Return what a server of `Breaking` answers on one connection after another."""
    connections = Connections(Breaking(), Limits(), {})
    server = await asyncio.get_running_loop().create_server(connections, "127.0.0.1", 0)
    found = []
    async with server:
        for request in requests:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            writer.write(request)
            with suppress(ConnectionResetError):
                found.append(await asyncio.wait_for(reader.read(), 10))
            writer.close()
    return found


def test_an_answer_that_breaks_off_ends_its_connection(caplog: pytest.LogCaptureFixture) -> None:
    answers = asyncio.run(told(get("/breaks"), get("/", "Content-Length: 2") + b"ok"))
    assert answers[-1].endswith(b"ok")
    assert "An answer broke off." in caplog.text


def test_long_bodies_wait_for_memory_and_short_ones_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections_module, "BODIES", 100_000)
    long, short = b"x" * 150_000, b"y" * 1000
    asked = [
        get("/", f"Content-Length: {len(body)}") + body for body in (long, short, long[:90_000])
    ]
    refused, *answered = asyncio.run(told(*asked))
    assert refused.startswith(b"HTTP/1.1 503 ")
    assert b"Retry-After" in refused
    assert [len(one.partition(b"\r\n\r\n")[2]) for one in answered] == [1000, 90_000]


def read(target: bytes, *headers: tuple[bytes, bytes]) -> dict[str, object]:
    """Return a request as the application reads it."""
    request = Request(method="GET", version="1.1", target=bytearray(target), headers=list(headers))
    return environment(request, "192.0.2.1", {})


@pytest.mark.parametrize(
    ("target", "path", "query"),
    [
        (b"/a%20b/%C3%A9?q=%C3%A9#part", "/a b/\u00c3\u00a9", "q=%C3%A9"),
        (b"http://example.org/page?x", "/page", "x"),
        (b"http://example.org", "/", ""),
        (b"*", "/", ""),
        (b"//double", "//double", ""),
    ],
)
def test_an_address_is_read_in_all_its_forms(target: bytes, path: str, query: str) -> None:
    environ = read(target)
    assert (environ["PATH_INFO"], environ["QUERY_STRING"]) == (path, query)


def test_headers_are_handed_on_once_and_none_under_a_false_name() -> None:
    environ = read(
        b"/",
        (b"Accept", b"a/b"),
        (b"accept", b"c/d"),
        (b"Cookie", b"a=1"),
        (b"Cookie", b"b=2"),
        (b"X_Forwarded_For", b"203.0.113.9"),
        (b"Connection", b"close"),
    )
    assert environ["HTTP_ACCEPT"] == "a/b, c/d"
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert "HTTP_X_FORWARDED_FOR" not in environ
    assert "HTTP_CONNECTION" not in environ


def test_who_asks_on_and_on_without_reading_is_held_up_alone(server: Server) -> None:
    address = f"/sparql?query={quote(LONG)}%20LIMIT%203000"
    many = get(address, "Accept: text/csv").replace(b"Connection: close\r\n", b"") * 400
    assert server.get(address[1:], Accept="text/csv").status == 200
    (web,) = (pid for pid in children(server.process.pid) if os.getpgid(pid) != pid)
    before = resident(web)
    with server.connect() as connection, suppress(OSError):
        connection.settimeout(2)
        connection.sendall(many)
        assert server.ask("ASK {}").status == 200
    assert resident(web) - before < 40 << 20


def resident(pid: int) -> int:
    """Return the bytes of memory that a process has."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
