"""Answers are kept in memory and given again for the same request, within a bound.

A release never changes while it is served, so an answer is right for as long as the process lives.
What may change an answer is in the key: address, body, and what the client accepts, speaks and
unpacks, each reduced to its outcome, so that browsers share answers although their headers differ.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import lru_cache
from http import HTTPStatus
from io import BytesIO
from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header, parse_cookie

from visidaerah.web.headers import ASKING, ENDPOINT, content_coding, has_long_header
from visidaerah.web.language import COOKIE, choose
from visidaerah.web.negotiation import wishes

if TYPE_CHECKING:
    from collections.abc import Hashable
    from wsgiref.types import WSGIEnvironment

Headers = list[tuple[str, str]]
Key = tuple["Hashable", ...]

KEPT_STATUSES = frozenset(
    {HTTPStatus.OK, HTTPStatus.SEE_OTHER, HTTPStatus.PERMANENT_REDIRECT, HTTPStatus.FOUND}
)

LONGEST_BODY = 64 * 1024
"""Bytes of a request's body that may be part of a key."""

LONGEST_ACCEPT = 2000
"""Characters of an Accept that may be part of a key."""

# These ask for a part of an answer, or for none; the application answers them.
CONDITIONS = ("HTTP_RANGE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
# Where proxies are trusted, addresses in an answer depend on these.
FORWARDED = ("HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST")

# What tells of a body; a 304 has none (RFC 9110, 15.4.5).
OF_A_BODY = frozenset({"content-type", "content-length", "content-encoding", "content-language"})

MOMENTARY = frozenset({"/healthz", "/healthz/ready", "/metrics"})
"""Addresses whose answers are true for a moment."""

OVERHEAD = 2048
"""Bytes counted for an answer besides its body: key, headers and the table's own."""


WISH = 200
"""Bytes counted for each media type that a client names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much is kept: `size` bytes in all, in `entries` answers of at most `largest` bytes."""

    size: int = 64 << 20
    entries: int = 10_000
    largest: int = 512 << 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A whole answer, as it is sent."""

    status: str
    headers: Headers
    body: bytes

    @property
    def code(self) -> int:
        """Return the status as a number."""
        return int(self.status[:3])


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer to GET and what answers those who know it; `route` is the one that made it."""

    answer: Answer
    unchanged: Answer
    entity_tag: str | None
    route: str

    @classmethod
    def of(cls, answer: Answer, route: str) -> KeptAnswer:
        """Return an answer ready to be given again."""
        tag = next((value for name, value in answer.headers if name.lower() == "etag"), None)
        lasting = [pair for pair in answer.headers if pair[0].lower() != "date"]
        headers = [pair for pair in lasting if pair[0].lower() not in OF_A_BODY]
        return cls(
            replace(answer, headers=lasting),
            Answer(status="304 NOT MODIFIED", headers=headers, body=b""),
            tag and tag.removeprefix("W/"),
            route,
        )

    def to(self, environ: WSGIEnvironment) -> Answer:
        """Return the answer to a request: 304 where it knows the content, no body for HEAD."""
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and environ["REQUEST_METHOD"] != "POST" and self.matches(known):
            return self.unchanged
        if environ["REQUEST_METHOD"] == "HEAD":
            return Answer(status=self.answer.status, headers=self.answer.headers, body=b"")
        return self.answer

    def matches(self, known: str) -> bool:
        """Tell whether If-None-Match names the content; tags are compared weakly."""
        return self.entity_tag is not None and (self.entity_tag in known or known.strip() == "*")


class AnswerCache:
    """Answers by request; those asked for longest ago make place for others."""

    def __init__(self, bounds: Bounds = Bounds()) -> None:
        self.bounds = bounds
        self.size = 0
        self.hits = self.misses = self.evicted = 0
        self._kept: OrderedDict[Key, KeptAnswer] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        """Return how many answers are kept."""
        return len(self._kept)

    def get(self, key: Key) -> KeptAnswer | None:
        """Return the answer to a request; never waits for more than another look-up."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                self.misses += 1
            else:
                self.hits += 1
                self._kept.move_to_end(key)
            return found

    def keep(self, key: Key, kept: KeptAnswer) -> None:
        """Keep an answer that is not too large, and let go of those that no place is left for."""
        if len(kept.answer.body) > self.bounds.largest:
            return
        with self._lock:
            self._let_go(key)
            self._kept[key] = kept
            self.size += cost(key, kept)
            while self.size > self.bounds.size or len(self._kept) > self.bounds.entries:
                self._let_go(next(iter(self._kept)))
                self.evicted += 1

    def _let_go(self, key: Key) -> None:
        found = self._kept.pop(key, None)
        if found is not None:
            self.size -= cost(key, found)


def cost(key: Key, kept: KeptAnswer) -> int:
    """Return about how many bytes an answer takes."""
    asked = sum(map(weight, key))
    head = sum(map(len, chain.from_iterable(kept.answer.headers)))
    return asked + head + len(kept.answer.body) + OVERHEAD


def weight(part: Hashable) -> int:
    """Return about how many bytes a part of a key takes."""
    if isinstance(part, tuple):
        return WISH * len(part)
    return len(part) if isinstance(part, str | bytes) else 0


def may_be_kept(status: str, headers: Headers, largest: int) -> bool:
    """Tell whether an answer may be given again: no error, no part, not too large, not private."""
    if int(status[:3]) not in KEPT_STATUSES:
        return False
    said = {name.lower(): value for name, value in headers}
    control = said.get("cache-control", "")
    length = said.get("content-length", "")
    return (
        "no-store" not in control
        and "private" not in control
        and length.isdecimal()
        and int(length) <= largest
    )


def request_key(environ: WSGIEnvironment) -> Key | None:
    """Return what an answer depends on; None for a request whose answer is not kept."""
    asked = asked_body(environ) if environ.get("PATH_INFO") not in MOMENTARY else None
    if asked is None or any(name in environ for name in CONDITIONS) or has_long_header(environ):
        return None
    get = environ.get
    accept = get("HTTP_ACCEPT", "")
    if len(accept) > LONGEST_ACCEPT:
        return None
    return (
        *asked,
        environ["wsgi.url_scheme"],
        get("HTTP_HOST"),
        *(get(name) for name in FORWARDED),
        get("PATH_INFO"),
        get("QUERY_STRING"),
        wishes(accept),
        spoken(get("HTTP_COOKIE", ""), get("HTTP_ACCEPT_LANGUAGE", "")),
        content_coding(get("HTTP_ACCEPT_ENCODING", "")),
    )


def asked_body(environ: WSGIEnvironment) -> tuple[Hashable, ...] | None:
    """Return method, type and body of a request that only reads; None for others.

    A body is looked at only where it is in memory already (see `hold_body`).
    """
    method = environ["REQUEST_METHOD"]
    if method in {"GET", "HEAD"}:
        return ("GET",)
    body = environ.get("wsgi.input")
    if (
        method not in ASKING
        or environ.get("PATH_INFO") != ENDPOINT
        or not isinstance(body, BytesIO)
    ):
        return None
    content = body.getvalue()
    return (method, environ.get("CONTENT_TYPE"), content) if len(content) <= LONGEST_BODY else None


def hold_body(environ: WSGIEnvironment) -> None:
    """Read the short body of a query into memory, so that it can be part of a key."""
    length = environ.get("CONTENT_LENGTH") or ""
    if (
        environ["REQUEST_METHOD"] in ASKING
        and environ.get("PATH_INFO") == ENDPOINT
        and length.isdecimal()
        and int(length) <= LONGEST_BODY
        and not isinstance(environ["wsgi.input"], BytesIO)
    ):
        environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(int(length)))


@lru_cache(maxsize=1024)
def spoken(cookie: str, accepted: str) -> str:
    """Return the language in which a reader would get a page whose address names none."""
    remembered = parse_cookie(cookie).get(COOKIE)
    return choose(None, remembered, parse_accept_header(accepted, LanguageAccept))
