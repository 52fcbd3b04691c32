"""The headers that every answer carries: sharing, safety, entity tags, compression."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime, time
from functools import lru_cache
from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from flask import Response, current_app, redirect, request
from werkzeug.datastructures import Accept
from werkzeug.exceptions import RequestHeaderFieldsTooLarge
from werkzeug.http import http_date, parse_accept_header

from visidaerah.web.description import release_day
from visidaerah.web.traces import current_trace
from visidaerah.web.urls import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from wsgiref.types import WSGIEnvironment

    from flask import Flask
    from werkzeug.wrappers import Response as BaseResponse

    from visidaerah.web.site import Site

    Headers = list[tuple[str, str]]

LONGEST_HEADER = 8 * 1024
"""Characters of one request header; longer ones are answered 431."""

GZIP = "gzip"

# zlib's word for it.
GZIP_FORMAT = 16 + zlib.MAX_WBITS

COMPRESSED_FROM = 1024
"""Bytes of a body from which compression pays."""

ENDPOINT = "/sparql"

READING = frozenset({"GET", "HEAD", "OPTIONS"})
ASKING = frozenset({"POST", "QUERY"})
"""Methods that only read at the endpoint, and are refused elsewhere."""

SHARING = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Accept-Query, Content-Language, Content-Length, Content-Location, ETag, Link, "
        "Retry-After, Server-Timing, X-Request-Id, X-Visidaerah-Truncated"
    ),
}

PREFLIGHT = {
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Language, Authorization, Content-Type, If-None-Match, Range, "
        "X-Request-Id, X-Requested-With"
    ),
    "Access-Control-Max-Age": "86400",
}

SAFETY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}

# Whatever can run in a browser by itself: pages, and pictures that may carry scripts.
ACTIVE_TYPES = frozenset({"text/html", "application/xhtml+xml", "image/svg+xml"})

PAGE_SAFETY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'; object-src 'none'"
    ),
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

# By whether scripts of others may read the answer, and whether it can run in a browser.
COMMON = {
    (is_shared, is_active): [
        *SAFETY.items(),
        *(PAGE_SAFETY.items() if is_active else ()),
        *(SHARING.items() if is_shared else ()),
    ]
    for is_shared in (True, False)
    for is_active in (True, False)
}

COMPRESSIBLE = ("text/", "application/json", "application/xml", "image/svg+xml")
COMPRESSIBLE_ENDINGS = ("+json", "+xml", "n-triples", "n-quads", "trig")


def add_headers(app: Flask, site: Site) -> None:
    """Register what happens before and after every request."""

    @app.before_request
    def begin() -> BaseResponse | None:
        name_route()
        refuse_long_headers(site.limits.header)
        return without_final_slash(site) or options()

    @app.after_request
    def end(response: Response) -> Response:
        # A tag is of the content, however it is packed; and it alone decides, whatever the date.
        return compress(dated(site, tag(response)))


def name_route() -> None:
    """Note which route answers, by its pattern."""
    if request.url_rule is not None:
        current_trace().route = request.url_rule.rule


def refuse_long_headers(longest: int) -> None:
    """Answer 431 where a header is longer than any honest one."""
    if has_long_header(request.environ, longest):
        raise RequestHeaderFieldsTooLarge(
            f"A header is longer than {longest} characters. Shorten it."
        )


def has_long_header(environ: WSGIEnvironment, longest: int = LONGEST_HEADER) -> bool:
    """Tell whether a header of a request is longer than is answered."""
    return any(name[:5] == "HTTP_" and len(value) > longest for name, value in environ.items())


def without_final_slash(site: Site) -> BaseResponse | None:
    """Send `/id/plan/x/` to `/id/plan/x`: a document has one address."""
    path = request.path.rstrip("/")
    if path in {request.path, ""} or request.method not in {"GET", "HEAD"}:
        return None
    query = request.query_string.decode("latin-1")
    return redirect(site.absolute(quoted(path) + (f"?{query}" if query else "")), 308)


def options() -> Response | None:
    """Answer OPTIONS, preflight requests included, for every route alike."""
    if request.method != "OPTIONS" or request.routing_exception is not None:
        return None
    response = current_app.make_default_options_response()
    response.status_code = HTTPStatus.NO_CONTENT
    response.headers.pop("Content-Type")
    response.headers.update(PREFLIGHT)
    there = {name.strip() for name in response.headers["Allow"].split(",")}
    response.headers["Access-Control-Allow-Methods"] = ", ".join(sorted(there & shared_methods()))
    return response


def shared_methods() -> frozenset[str]:
    """Return the methods with which scripts of any origin may ask for the current address."""
    return READING | ASKING if request.path == ENDPOINT else READING


def common_headers(method: str, path: str, kind: str) -> list[tuple[str, str]]:
    """Return the headers that every answer of a media type carries, errors and kept ones too.

    Scripts of any origin read what anyone may read; writing methods are not shared. Browsers guess
    no types, and pages load nothing from elsewhere.
    """
    is_shared = method in READING or (method in ASKING and path == ENDPOINT)
    return COMMON[is_shared, kind.partition(";")[0] in ACTIVE_TYPES]


def tag(response: Response) -> Response:
    """Give every whole answer to GET and HEAD an entity tag, and answer 304 where it is known."""
    if request.method not in {"GET", "HEAD"} or response.status_code != HTTPStatus.OK:
        return response
    if response.is_streamed or response.direct_passthrough:
        return response
    if not response.get_etag()[0]:
        response.set_etag(sha256(response.get_data()).hexdigest()[:16], weak=True)
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-cache"
    if "HTTP_IF_NONE_MATCH" in request.environ or "HTTP_IF_MATCH" in request.environ:
        response.make_conditional(request)
    return response


def dated(site: Site, response: Response) -> Response:
    """Say when the release was made.

    Clients cannot ask by that date (If-Modified-Since): releases of one day would be the same.
    """
    is_kept = response.status_code in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}
    if is_kept and "no-store" not in response.headers.get("Cache-Control", ""):
        response.headers.update(dating(site))
    return response


def dating(site: Site) -> Headers:
    """Return the header that says when the release was made; none where that is not known."""
    moment = release_moment(site)
    return [("Last-Modified", moment)] if moment else []


@lru_cache(maxsize=4)
def release_moment(site: Site) -> str | None:
    """Return when the release was made as HTTP writes it, None where that is not known."""
    day = release_day(site)
    return http_date(datetime.combine(day, time(), UTC)) if day else None


def packed(
    headers: Headers, body: bytes | Iterable[bytes], accepted: str
) -> tuple[Headers, Iterable[bytes]]:
    """Return the headers and the body of a whole answer, compressed as `compress` does it."""
    said = dict(headers)
    size, kind = int(said.get("Content-Length", "0")), said.get("Content-Type", "")
    pieces = [body] if isinstance(body, bytes) else body
    if size <= COMPRESSED_FROM or not is_text(kind.partition(";")[0]):
        return headers, pieces
    vary = ", ".join(filter(None, (said.get("Vary"), "Accept-Encoding")))
    kept = [pair for pair in headers if pair[0] != "Vary"] + [("Vary", vary)]
    if content_coding(accepted) != GZIP:
        return kept, pieces
    kept = [pair for pair in kept if pair[0] != "Content-Length"] + [("Content-Encoding", GZIP)]
    if not isinstance(body, bytes):
        return kept, Packed(body)
    content = gzip.compress(body, compresslevel=5, mtime=0)
    return [*kept, ("Content-Length", str(len(content)))], [content]


def is_text(kind: str) -> bool:
    """Tell whether a media type is one of texts, which can be compressed."""
    return kind.startswith(COMPRESSIBLE) or kind.endswith(COMPRESSIBLE_ENDINGS)


def compress(response: Response) -> Response:
    """Compress a long text for clients that ask for gzip."""
    if not is_compressible(response):
        return response
    response.vary.add("Accept-Encoding")
    if content_coding(request.headers.get("Accept-Encoding", "")) != GZIP:
        return response
    response.content_encoding = GZIP
    if response.is_streamed:
        response.response = Packed(cast("Iterable[bytes]", response.response))
        response.headers.pop("Content-Length")
    else:
        response.set_data(gzip.compress(response.get_data(), compresslevel=5, mtime=0))
    return response


class Packed:
    """A body compressed as it is sent, quickly rather than tightly; closing it closes the body."""

    def __init__(self, body: Iterable[bytes]) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        """Yield the body in gzip's format (RFC 1952)."""
        packer = zlib.compressobj(level=1, wbits=GZIP_FORMAT)
        for chunk in self._body:
            yield packer.compress(chunk)
        yield packer.flush()

    def close(self) -> None:
        """Let go of what the body is made from."""
        closing = getattr(self._body, "close", None)
        if closing:
            closing()


@lru_cache(maxsize=256)
def content_coding(accepted: str) -> str:
    """Return how to compress for a client: `gzip` where it unpacks that, else `identity`."""
    wishes = parse_accept_header(accepted, Accept)
    return GZIP if wishes.quality(GZIP) > 0 else "identity"


def is_compressible(response: Response) -> bool:
    """Tell whether the answer is a long text, whole, of known length, and not compressed yet."""
    if (response.content_length or 0) <= COMPRESSED_FROM or response.content_encoding:
        return False
    return (
        response.status_code not in {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}
        and "Content-Range" not in response.headers
        and is_text(response.mimetype or "")
    )
