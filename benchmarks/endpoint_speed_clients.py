"""Clients as light as they can be, so that what they measure is the server."""

from __future__ import annotations

import selectors
import socket
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOST = "127.0.0.1"
RECEIVED = 256 << 10
JSON = "application/sparql-results+json"


@dataclass(frozen=True, slots=True)
class Latency:
    """How long answers took, in microseconds."""

    p50: float
    p99: float
    most: float

    @classmethod
    def of(cls, seconds: list[float]) -> Latency:
        """Return the quantiles of some times."""
        times = sorted(seconds)
        at = (times[len(times) // 2], times[len(times) * 99 // 100], times[-1])
        return cls(*(value * 1e6 for value in at))


def get(path: str, accept: str = JSON) -> bytes:
    """Return the bytes of a GET request."""
    return f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept: {accept}\r\n\r\n".encode()


def get_query(path: str, query: str) -> bytes:
    """Return the bytes of a request for a query, by the protocol's GET."""
    return get(f"{path}?query={quote(query, safe='')}")


def connected(port: int, seconds: float = 120) -> socket.socket:
    """Return a connection that waits for nothing before it sends."""
    connection = socket.create_connection((HOST, port), timeout=seconds)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def is_whole(answer: bytes | bytearray) -> bool:
    """Tell whether an answer has all its bytes."""
    head, found, body = bytes(answer).partition(b"\r\n\r\n")
    if not found:
        return False
    fields = head.lower()
    if b"transfer-encoding: chunked" in fields:
        return body.endswith(b"0\r\n\r\n")
    place = fields.find(b"content-length:")
    if place < 0:
        return fields.startswith((b"http/1.1 204", b"http/1.1 304"))
    return len(body) >= int(fields[place + 15 :].split(b"\r\n", 1)[0])


def ask(connection: socket.socket, request: bytes) -> bytes:
    """Send a request and return its answer.

    Raises OSError where there is none.
    """
    connection.sendall(request)
    answer = bytearray()
    while not is_whole(answer):
        piece = connection.recv(RECEIVED)
        if not piece:
            raise ConnectionError("The server has ended the connection.")
        answer += piece
    return bytes(answer)


def refuse_failure(answer: bytes) -> None:
    """Raise RuntimeError for an answer that is no success: a wrong answer is no fast one."""
    if answer[9:12] not in {b"200", b"304"}:
        raise RuntimeError(f"The server answered {answer[:300]!r}.")


def one_client(port: int, requests: Iterator[bytes], seconds: float) -> Latency:
    """Send requests, one after the other, for some seconds."""
    times = []
    with connected(port) as connection:
        deadline = time.perf_counter() + seconds
        while (started := time.perf_counter()) < deadline:
            answer = ask(connection, next(requests))
            times.append(time.perf_counter() - started)
            refuse_failure(answer)
    return Latency.of(times)


def many_clients(port: int, requests: Iterator[bytes], seconds: float, count: int) -> float:
    """Send requests over several connections for some seconds; return the answers per second."""
    crowd = Crowd(port, count, lambda: next(requests))
    started = time.perf_counter()
    answered = crowd.run(lambda: time.perf_counter() - started > seconds, refuse_failure)
    return answered / (time.perf_counter() - started)


class Crowd:
    """Connections that each send a request as soon as the last one is answered."""

    def __init__(self, port: int, count: int, request: Callable[[], bytes]) -> None:
        self._port = port
        self._count = count
        self._request = request
        self._answers: dict[socket.socket, bytearray] = {}

    def run(self, is_over: Callable[[], bool], look: Callable[[bytes], object]) -> int:
        """Send until it is over; `look` at each answer; return how many there were."""
        answered = 0
        with selectors.DefaultSelector() as selector:
            for _ in range(self._count):
                self._begin(selector)
            while not is_over():
                for key, _ in selector.select(timeout=0.1):
                    assert isinstance(key.fileobj, socket.socket)  # noqa: S101 (nothing else is in)
                    answered += self._receive(selector, key.fileobj, look)
        for connection in self._answers:
            connection.close()
        return answered

    def _begin(self, selector: selectors.BaseSelector) -> None:
        connection = connected(self._port)
        selector.register(connection, selectors.EVENT_READ)
        self._answers[connection] = bytearray()
        connection.sendall(self._request())

    def _receive(
        self,
        selector: selectors.BaseSelector,
        connection: socket.socket,
        look: Callable[[bytes], object],
    ) -> int:
        answer = self._answers[connection]
        piece = connection.recv(RECEIVED)
        answer += piece
        if not piece:
            selector.unregister(connection)
            del self._answers[connection]
            connection.close()
            self._begin(selector)
            return 0
        if not is_whole(answer):
            return 0
        look(bytes(answer))
        answer.clear()
        connection.sendall(self._request())
        return 1
