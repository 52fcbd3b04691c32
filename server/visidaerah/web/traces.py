"""What is known of a request while it is answered: its id, its route, and where the time went."""

from __future__ import annotations

import re
import secrets
import time
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import has_request_context, request

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

KEY = "visidaerah.trace"
"""Where the trace of a request is in its WSGI environment."""

ID_HEADER = "X-Request-Id"

NO_ROUTE = "none"
"""The route of a request for an address that there is not."""

# What stands in headers, logs and pages as it is: no spaces, quotes or control characters.
SANE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+/=@-]{0,127}", re.ASCII)


@dataclass(slots=True)
class AskedQuery:
    """A query that was evaluated: its text, how it ended, and after how many seconds.

    `outcome` is `ok` or the kind of the problem that it met.
    """

    text: str
    outcome: str
    seconds: float


@dataclass(slots=True)
class Trace:
    """A request on its way: `spans` are milliseconds by name, as `Server-Timing` tells them."""

    id: str
    started: float = field(default_factory=time.perf_counter)
    route: str = NO_ROUTE
    cache: str | None = None
    query: AskedQuery | None = None
    spans: dict[str, float] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """Return for how long the request has been worked on."""
        return time.perf_counter() - self.started

    def headers(self) -> list[tuple[str, str]]:
        """Return the headers that belong to this request alone."""
        return [(ID_HEADER, self.id), ("Server-Timing", self.timing())]

    def timing(self) -> str:
        """Return where the time went until now (Server Timing, W3C)."""
        cache = f"cache;desc={self.cache}, " if self.cache else ""
        spans = "".join(f"{name};dur={value:.1f}, " for name, value in self.spans.items())
        return f"{cache}{spans}total;dur={self.seconds * 1000:.1f}"


def trace_of(environ: WSGIEnvironment) -> Trace:
    """Return the trace of a request, begun now where it has none yet."""
    found: Trace | None = environ.get(KEY)
    if found is None:
        found = environ[KEY] = Trace(request_id(environ.get("HTTP_X_REQUEST_ID", "")))
    return found


def request_id(wish: str) -> str:
    """Return the id that the client or a proxy wishes for where it is sane, else a new one."""
    return wish if SANE_ID.fullmatch(wish) else new_id()


READY_IDS: list[str] = []
"""Ids that are not given yet: chance is fetched for many at once, as each fetching is slow."""


def new_id() -> str:
    """Return 16 hex digits that nobody can guess."""
    try:
        return READY_IDS.pop()
    except IndexError:
        chance = secrets.token_hex(8 * 256)
        READY_IDS.extend(chance[start : start + 16] for start in range(16, len(chance), 16))
        return chance[:16]


underway: ContextVar[WSGIEnvironment | None] = ContextVar("underway", default=None)
"""The WSGI environment of a request that is answered without the framework."""


def current_environment() -> WSGIEnvironment | None:
    """Return the WSGI environment of the request that is being answered, None where none is."""
    found = underway.get()
    return request.environ if found is None and has_request_context() else found


def current_trace() -> Trace:
    """Return the trace of the request that is being answered."""
    return trace_of(request.environ)
