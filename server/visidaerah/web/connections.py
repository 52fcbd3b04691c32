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
    CROWDED,
    FAILED,
    Reply,
    Request,
    environment,
    expects_consent,
    failure,
    framing_head,
    has_body,
    head,
    refusal,
    too_large,
    wrong_head,
)
from visidaerah.web.running import run_apart

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Iterable
    from wsgiref.types import WSGIEnvironment

    from visidaerah.limits import Limits
    from visidaerah.web.exchanges import Refusal

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

HALF_CLOSED = 0.3
"""Seconds for which an answer is still made for a client that says it sends no more.

One that has left altogether looks the same, until something is sent to it.
"""

SPARED = 1.0
"""Seconds for which a connection may do nothing before it makes place for others."""

BODIES = 256 << 20
"""Bytes of all requests' bodies that are held at once; short ones (`JOINED`) always are."""

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
        self.held = 0
        self._looked = 0.0

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

    def have_place(self) -> bool:
        """Tell whether there is place for the last that came; those that do nothing make some."""
        most, now = self.limits.connections, time.monotonic()
        if len(self.open) > most and now - self._looked > SWEPT / 10:
            self._looked = now
            idle = sorted(
                (one for one in self.open if one.is_idle(now)), key=Connection.waiting_since
            )
            for connection in idle[: max(1, most // 20)]:
                connection.make_place()
        return len(self.open) <= most

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
        self._refusal: Refusal | None = None
        self._carried: Request | None = None
        self._has_ended_one = False
        self._waiting: deque[tuple[Request, WSGIEnvironment]] = deque()
        self._task: asyncio.Task[None] | None = None
        self._moved = self._taken = time.monotonic()
        self._unsent = 0
        self._is_sending = self._is_half_closed = False
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
        if not self._all.have_place():
            self._all.open.discard(self)
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
        for request, _ in self._waiting:
            self._let_go(request)
        if self._request:
            self._let_go(self._request)
        self._waiting.clear()
        self.resume_writing()
        if self._task:
            self._task.cancel()

    def data_received(self, data: bytes) -> None:
        """Take bytes of requests."""
        self._moved = time.monotonic()
        if self._is_closing or self._refusal:
            return
        self._has_ended_one = False
        try:
            self._feed(data)
        except httptools.HttpParserCallbackError:
            log.exception("A request failed.")
            self._refusal = HTTPStatus.INTERNAL_SERVER_ERROR, FAILED
        except httptools.HttpParserError as error:
            self._refusal = self._refusal or (
                HTTPStatus.BAD_REQUEST,
                f"This is no request of HTTP/1.1: {error}.",
            )
        if self._request and not self._request.version and not self._has_ended_one:
            self._request.head_size += len(data)
            self._refuse_long_head(self._request)
        if self._refusal and not self._task:
            self._refuse()

    def _feed(self, data: bytes | memoryview) -> None:
        """Have the parser read, and go on as before where the client offers another protocol."""
        while True:
            try:
                self._parser.feed_data(data)
            except httptools.HttpParserUpgrade as reached:
                if self._request is None:
                    # What follows CONNECT is for somebody else.
                    self._is_closing = True
                    return
                data = memoryview(data)[reached.args[0] :]
                self._carry_on(self._request)
            else:
                return

    def _carry_on(self, request: Request) -> None:
        """Read the body of a request whose head offers another protocol (RFC 9110, 7.8).

        The parser stops behind such a head; another is told where the request ends.
        """
        self._carried = request
        self._parser = httptools.HttpRequestParser(self)
        self._parser.feed_data(framing_head(request))

    def eof_received(self) -> bool:
        """Answer what was asked before the client said that it sends no more."""
        if self._task is None:
            return False
        self._is_half_closed = True
        asyncio.get_running_loop().call_later(HALF_CLOSED, self._leave)
        return True

    def _leave(self) -> None:
        """Give up an answer of which nothing was sent yet: the client has left."""
        if self._task and not self._is_sending:
            self.abort()

    def pause_writing(self) -> None:
        """Wait until the client has taken some."""
        self._writable = self._writable or asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        """Go on, as the client has taken some."""
        self._taken = time.monotonic()
        writable, self._writable = self._writable, None
        if writable and not writable.done():
            writable.set_result(None)

    # What the parser finds.

    def on_message_begin(self) -> None:
        """Begin a request; none behind one that is refused."""
        if not self._refusal or self._request is None:
            self._request = self._carried or Request()

    def on_url(self, part: bytes) -> None:
        """Take a part of the address."""
        assert self._request  # noqa: S101 (begun)
        if not self._carried:
            self._request.target += part

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header; one behind the body is none (RFC 9110, 6.5.1)."""
        assert self._request  # noqa: S101 (begun)
        request = self._request
        if not request.version:
            request.headers.append((name, value))
        elif not self._carried and not self._refusal:
            request.head_size += len(name) + len(value) + 4
            self._refuse_long_head(request)

    def on_headers_complete(self) -> None:
        """Take the head as whole, and look whether it is within limits."""
        assert self._request  # noqa: S101 (begun)
        request, self._carried = self._request, None
        if request.version:
            request.offers_other = False
            return
        request.method = self._parser.get_method().decode("ascii")
        request.version = self._parser.get_http_version()
        is_other = self._parser.should_upgrade()
        request.offers_other = is_other and request.method != "CONNECT"
        request.keeps_open = self._parser.should_keep_alive() and request.method != "CONNECT"
        request.head_size = sum(len(name) + len(value) + 4 for name, value in request.headers)
        self._refusal = self._refusal or wrong_head(request, self._limits)
        self._refuse_long_head(request)
        if not self._refusal and not self._task and expects_consent(request):
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def on_body(self, part: bytes) -> None:
        """Take a part of the body."""
        assert self._request  # noqa: S101 (begun)
        if self._refusal:
            return
        size = len(self._request.body) + len(part)
        if size > self._limits.body:
            self._refusal = too_large("request's body", self._limits.body)
        elif size > JOINED and self._all.held + len(part) > BODIES:
            self._refusal = HTTPStatus.SERVICE_UNAVAILABLE, CROWDED
        else:
            self._all.held += len(part)
            self._request.body += part

    def on_message_complete(self) -> None:
        """Answer a whole request, after those before it."""
        assert self._request  # noqa: S101 (begun)
        if self._refusal or self._request.offers_other or self._transport.is_closing():
            return
        request, self._request = self._request, None
        self._has_ended_one = True
        environ = environment(request, self._client, self._all.environ)
        is_free = self._task is None and self._transport.get_write_buffer_size() <= JOINED
        if is_free and self._answered_at_once(request, environ):
            self._let_go(request)
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

    def _refuse(self) -> None:
        """Say what was wrong, and close once the client has had time to read it."""
        if self._is_closing or self._transport.is_closing() or self._refusal is None:
            return
        if self._request:
            self._let_go(self._request)
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
        if not before or unsent < before:
            self._taken = now
        still = now - self._moved
        if unsent and now - self._taken > self._limits.idle:
            log.info("Closed a connection whose client took nothing for %gs.", self._limits.idle)
            self.abort()
        elif self._task or self._is_closing:
            self._moved = now
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

    def waiting_since(self) -> float:
        """Return the time since when nothing was asked, or something is not asked whole."""
        return self._request.began if self._request else self._moved

    def is_idle(self, now: float) -> bool:
        """Tell whether nothing was asked whole for a while, and nothing is being answered."""
        is_busy = self._task or self._is_closing or self._transport.get_write_buffer_size()
        return not is_busy and now - self.waiting_since() > SPARED

    def make_place(self) -> None:
        """Close the connection, as others need its place."""
        self._all.open.discard(self)
        self._transport.close()

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
        try:
            while self._waiting and not self._transport.is_closing():
                await self._answer(*self._waiting.popleft())
        except asyncio.CancelledError:
            self._transport.abort()
            raise
        except Exception:
            log.exception("An answer broke off.")
            self.abort()
        finally:
            self._task = None
        self._transport.resume_reading()
        self._refuse()
        if self._is_half_closed:
            self._transport.close()

    async def _answer(self, request: Request, environ: WSGIEnvironment) -> None:
        try:
            reply = await self._reply_to(environ)
            self._is_sending = True
            try:
                await self._send(request, reply)
            finally:
                reply.close()
            await self._drained()
        finally:
            self._is_sending = False
            self._let_go(request)

    def _let_go(self, request: Request) -> None:
        """Count the body of a request no more."""
        self._all.held -= len(request.body)
        request.body = bytearray()

    async def _reply_to(self, environ: WSGIEnvironment) -> Reply:
        try:
            return await self._all.answering.answer(environ)
        except Exception:
            log.exception("A request failed.")
            return failure()

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
        needs = not is_told and has_body(request, reply)
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
