"""Clients' connections: HTTP/1.1 requests come in, answers go out, within limits of size and time.

Measured on the same machine with the same small query, in µs at one client and answers per second
at eight: this on uvloop 29 and 20,000 before the application; uvicorn 127 and 16,000; granian's
RSGI 167 and 9,000, whose streams hold an answer in memory however slowly it is read, and whose WSGI
knows nothing of a client that has left. The parser is llhttp, which Node uses.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import struct
import time
from collections import deque
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol, cast

import httptools

from visidaerah.web.exchanges import (
    TEXT,
    WITHOUT_BODY,
    Reply,
    Request,
    environment,
    expects_consent,
    has_body,
    head,
    refusal,
    too_large,
)
from visidaerah.web.running import run_apart

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Iterable
    from wsgiref.types import WSGIEnvironment

    from visidaerah.limits import Limits

KEPT_OPEN = 75.0
"""Seconds that a connection is kept without a request."""

LINGERING = 2.0
"""Seconds for which a client that was refused may go on sending, so that it reads why."""

NO_LINGERING = struct.pack("ii", 1, 0)

SWEPT = 1.0
"""Seconds between two looks at who takes too long."""

PIPELINED = 16
"""Requests of one connection that wait for the answer before theirs."""

JOINED = 64 << 10
"""Bytes of a body that is sent in one piece with its head."""

PIECE = 256 << 10
"""Bytes that are handed to the network at once."""

PATIENCE = 3
"""How many times as long as a client may send nothing a whole request may take."""

log = logging.getLogger(__name__)


class Answering(Protocol):
    """What answers requests."""

    def at_once(self, environ: WSGIEnvironment) -> Reply | None:
        """Return an answer that needs no waiting, where there is one."""

    def answer(self, environ: WSGIEnvironment) -> Awaitable[Reply]:
        """Return the answer."""


class Connections:
    """All connections of a server; those on which nothing moves are closed."""

    def __init__(self, answering: Answering, limits: Limits, environ: WSGIEnvironment) -> None:
        self.answering = answering
        self.limits = limits
        self.environ = environ
        self.open: set[Connection] = set()
        self.is_ending = False

    def __call__(self) -> Connection:
        """Return what serves a new connection."""
        return Connection(self)

    async def sweep(self) -> None:
        """Close, again and again, what nothing moves on."""
        while True:
            await asyncio.sleep(SWEPT)
            now = time.monotonic()
            for connection in list(self.open):
                connection.look(now)

    async def end(self, grace: float) -> None:
        """Answer what was asked, for at most so many seconds, and close all."""
        self.is_ending = True
        deadline = time.monotonic() + grace
        for connection in list(self.open):
            connection.close_if_idle()
        while self.open and time.monotonic() < deadline:
            await asyncio.sleep(0.02)
        for connection in list(self.open):
            connection.abort()


class Connection(asyncio.Protocol):
    """One client's connection."""

    def __init__(self, connections: Connections) -> None:
        self._all = connections
        self._limits = connections.limits
        self._parser = httptools.HttpRequestParser(self)
        self._request: Request | None = None
        self._refusal: tuple[HTTPStatus, str] | None = None
        self._waiting: deque[tuple[Request, WSGIEnvironment]] = deque()
        self._task: asyncio.Task[None] | None = None
        self._moved = time.monotonic()
        self._unsent = 0
        self._writable: asyncio.Future[None] | None = None
        self._is_closing = False

    # What the loop tells.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to serve, or refuse where too many are served."""
        self._transport = cast("asyncio.Transport", transport)
        self._transport.set_write_buffer_limits(high=JOINED)
        peer = transport.get_extra_info("peername")
        self._client = str(peer[0]) if peer else ""
        self._all.open.add(self)
        if len(self._all.open) > self._limits.connections:
            self._refusal = (
                HTTPStatus.SERVICE_UNAVAILABLE,
                f"{self._limits.connections} connections are open, and there is no place for more. "
                "Try again in a moment.",
            )
            self._refuse()

    def connection_lost(self, _error: Exception | None) -> None:
        """Give up what was being answered."""
        self._is_closing = True
        self._all.open.discard(self)
        self._waiting.clear()
        self.resume_writing()
        if self._task:
            self._task.cancel()

    def data_received(self, data: bytes) -> None:
        """Take bytes of requests."""
        self._moved = time.monotonic()
        if self._is_closing or self._refusal:
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            # No other protocol is spoken here; the request itself is answered (RFC 9110, 7.8).
            self._is_closing = True
        except httptools.HttpParserCallbackError as error:
            log.error("A request failed.", exc_info=error.__context__ or error)
            self._refusal = (
                HTTPStatus.INTERNAL_SERVER_ERROR,
                "The server failed on this request. It is noted; try again later.",
            )
        except httptools.HttpParserError as error:
            self._refusal = self._refusal or (
                HTTPStatus.BAD_REQUEST,
                f"This is no request of HTTP/1.1: {error}.",
            )
        if self._request and not self._request.version:
            self._request.head_size += len(data)
            self._refuse_long_head(self._request)
        if self._refusal and not self._task:
            self._refuse()

    def pause_writing(self) -> None:
        """Wait until the client has taken some."""
        self._writable = self._writable or asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        """Go on, as the client has taken some."""
        self._moved = time.monotonic()
        writable, self._writable = self._writable, None
        if writable and not writable.done():
            writable.set_result(None)

    # What the parser finds.

    def on_message_begin(self) -> None:
        """Begin a request."""
        self._request = Request()

    def on_url(self, part: bytes) -> None:
        """Take a part of the address."""
        assert self._request  # noqa: S101 (begun)
        self._request.target += part

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header."""
        assert self._request  # noqa: S101 (begun)
        self._request.headers.append((name, value))

    def on_headers_complete(self) -> None:
        """Take the head as whole, and look whether it is within limits."""
        assert self._request  # noqa: S101 (begun)
        request = self._request
        request.method = self._parser.get_method().decode("ascii")
        request.version = self._parser.get_http_version()
        is_other = self._parser.should_upgrade()
        request.keeps_open = self._parser.should_keep_alive() and not is_other
        request.head_size = sum(len(name) + len(value) + 4 for name, value in request.headers)
        self._refuse_long_head(request)
        self._refuse_wrong_head(request)
        if not self._refusal and not self._task and expects_consent(request):
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def on_body(self, part: bytes) -> None:
        """Take a part of the body."""
        assert self._request  # noqa: S101 (begun)
        if len(self._request.body) + len(part) > self._limits.body:
            self._refusal = too_large("request's body", self._limits.body)
        elif not self._refusal:
            self._request.body += part

    def on_message_complete(self) -> None:
        """Answer a whole request, after those before it."""
        request, self._request = self._request, None
        if request is None or self._refusal:
            return
        environ = environment(request, self._client, self._all.environ)
        is_free = self._task is None and self._transport.get_write_buffer_size() <= JOINED
        if is_free and self._answered_at_once(request, environ):
            return
        self._waiting.append((request, environ))
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._work())
        elif len(self._waiting) >= PIPELINED:
            self._transport.pause_reading()

    # What is refused.

    def _refuse_long_head(self, request: Request) -> None:
        if len(request.target) > self._limits.address:
            self._refusal = (
                HTTPStatus.REQUEST_URI_TOO_LONG,
                f"The address has more than {self._limits.address:,} bytes. "
                "Send a long query by POST.",
            )
        elif request.head_size > self._limits.headers + len(request.target):
            self._refusal = (
                HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                f"The headers have more than {self._limits.headers:,} bytes. Send fewer.",
            )

    def _refuse_wrong_head(self, request: Request) -> None:
        said = [name.lower() for name, _ in request.headers]
        if said.count(b"host") != 1 and (request.version == "1.1" or b"host" in said):
            self._refusal = (HTTPStatus.BAD_REQUEST, "A request names one host (RFC 9112, 3.2).")
        length = next((v for n, v in request.headers if n.lower() == b"content-length"), b"0")
        if length.isdigit() and int(length) > self._limits.body:
            self._refusal = too_large("request's body", self._limits.body)

    def _refuse(self) -> None:
        """Say what was wrong, and close once the client has had time to read it."""
        if self._is_closing or self._refusal is None:
            return
        status, sentence = self._refusal
        log.info("Refused a request: %d, %s", status, sentence)
        self._is_closing = True
        self._transport.write(refusal(status, sentence))
        with suppress(OSError, NotImplementedError):
            self._transport.write_eof()
        asyncio.get_running_loop().call_later(LINGERING, self._transport.close)

    # What takes too long.

    def look(self, now: float) -> None:
        """Close the connection where the client takes too long to send, or to take what is sent."""
        unsent, before = self._transport.get_write_buffer_size(), self._unsent
        self._unsent = unsent
        if unsent < before:
            self._moved = now
        still = now - self._moved
        if unsent and still > self._limits.idle:
            log.info("Closed a connection whose client took nothing for %gs.", self._limits.idle)
            self.abort()
        elif self._task or self._is_closing:
            return
        elif self._request is None and still > KEPT_OPEN:
            self._transport.close()
        elif self._request and (
            still > self._limits.idle or now - self._request.began > PATIENCE * self._limits.idle
        ):
            self._refusal = (
                HTTPStatus.REQUEST_TIMEOUT,
                f"The request was not whole after {self._limits.idle:g} seconds. Send it faster.",
            )
            self._refuse()

    def close_if_idle(self) -> None:
        """Close the connection where nothing is asked."""
        if self._task is None:
            self._transport.close()

    def abort(self) -> None:
        """Close the connection at once, and what the kernel holds for the client with it."""
        with suppress(OSError):
            kept = self._transport.get_extra_info("socket")
            kept.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGERING)
        self._transport.abort()

    # What is answered.

    def _answered_at_once(self, request: Request, environ: WSGIEnvironment) -> bool:
        reply = self._all.answering.at_once(environ)
        if reply is None:
            return False
        self._send_whole(request, reply, b"".join(reply.body))
        return True

    async def _work(self) -> None:
        """Answer what waits, one after the other, as fast as the client takes it."""
        while self._waiting and not self._transport.is_closing():
            request, environ = self._waiting.popleft()
            reply = await self._reply_to(environ)
            try:
                await self._send(request, reply)
            finally:
                reply.close()
            await self._drained()
        self._task = None
        self._transport.resume_reading()
        self._refuse()

    async def _reply_to(self, environ: WSGIEnvironment) -> Reply:
        try:
            return await self._all.answering.answer(environ)
        except Exception:
            log.exception("A request failed.")
            sentence = b"500 Internal Server Error\nThe server failed on this request.\n"
            headers = [("Content-Type", TEXT), ("Content-Length", str(len(sentence)))]
            return Reply("500 INTERNAL SERVER ERROR", headers, [sentence])

    async def _send(self, request: Request, reply: Reply) -> None:
        length = next((v for name, v in reply.headers if name.lower() == "content-length"), None)
        if not has_body(request, reply) or (length and int(length) <= JOINED):
            self._send_whole(request, reply, b"".join(reply.body))
            return
        is_chunked = length is None and request.version == "1.1"
        stays = self._keeps_open(request) and (is_chunked or length is not None)
        framing = [("Transfer-Encoding", "chunked")] if is_chunked else []
        self._transport.write(head(reply, framing, stays=stays))
        async for piece in pieces(reply.body, is_quick=length is not None):
            await self._drained()
            if self._transport.is_closing():
                return
            self._transport.write(b"%x\r\n%b\r\n" % (len(piece), piece) if is_chunked else piece)
        if is_chunked:
            self._transport.write(b"0\r\n\r\n")
        if not stays:
            self._transport.close()

    def _send_whole(self, request: Request, reply: Reply, body: bytes) -> None:
        stays = self._keeps_open(request)
        content = body if has_body(request, reply) else b""
        is_told = any(name.lower() == "content-length" for name, _ in reply.headers)
        needs = not is_told and reply.code not in WITHOUT_BODY
        framing = [("Content-Length", str(len(content)))] if needs else []
        self._transport.write(head(reply, framing, stays=stays) + content)
        if not stays:
            self._transport.close()

    def _keeps_open(self, request: Request) -> bool:
        return request.keeps_open and not self._is_closing and not self._all.is_ending

    async def _drained(self) -> None:
        await asyncio.sleep(0)
        while self._writable and not self._transport.is_closing():
            await self._writable


async def pieces(body: Iterable[bytes], *, is_quick: bool) -> AsyncIterator[bytes]:
    """Yield a body in pieces that the network takes at once; what is not quick runs in a thread."""
    found = iter(body)
    while True:
        chunk = next(found, None) if is_quick else await run_apart(partial(next, found, None))
        if chunk is None:
            return
        view = memoryview(chunk)
        for start in range(0, len(chunk), PIECE):
            yield bytes(view[start : start + PIECE])
