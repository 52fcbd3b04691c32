"""Queries whose answers are handed on as they are go around the framework, which takes most time.

They are read, negotiated, evaluated and written by the same functions as the route does it. The
framework has what may need a page, part of an answer, or a request that is odd in any way; and it
tells what went wrong.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from visidaerah.formats import GRAPH_FORMATS, RESULT_FORMATS
from visidaerah.web.headers import ASKING, ENDPOINT, dating, has_long_header, packed
from visidaerah.web.negotiation import ERROR_OFFERS, HTML, QUERY_OFFERS, preferred, ranked
from visidaerah.web.operations import Received, read_operation
from visidaerah.web.sparql import answer, is_fleeting
from visidaerah.web.traces import underway

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from flask import Flask

    from visidaerah.web.site import Site
    from visidaerah.web.sparql import Written

METHODS = ASKING | {"GET"}

CONDITIONS = ("HTTP_RANGE", "HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
"""Headers on which the framework decides what is sent."""


class Direct:
    """Stands before the framework (WSGI) and answers plain queries in its place."""

    def __init__(self, app: Flask, site: Site) -> None:
        self._app = app
        self._site = site
        self._framework: WSGIApplication = app.wsgi_app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        body = plain_body(environ, self._site.limits.body)
        if body is None or has_long_header(environ, self._site.limits.header):
            return self._framework(environ, start_response)
        token = underway.set(environ)
        try:
            found = self._answered(environ, body)
        except Exception as error:  # noqa: BLE001 (the framework tells what went wrong)
            return self._told(error, environ, start_response)
        finally:
            underway.reset(token)
        return (
            sent(found, self._site, environ, start_response)
            if found
            else self._framework(environ, start_response)
        )

    def _answered(self, environ: WSGIEnvironment, body: Callable[[], bytes]) -> Written | None:
        received = Received.of(environ, body)
        received.trace.route = ENDPOINT
        operation = read_operation(received, self._site.limits.query)
        if operation.query is None or operation.as_form or is_fleeting(operation.query):
            return None
        return answer(self._site, received, operation)

    def _told(
        self, error: Exception, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        with self._app.request_context(environ):
            told = self._app.handle_user_exception(error)
            return self._app.finalize_request(told)(environ, start_response)


def plain_body(environ: WSGIEnvironment, longest: int) -> Callable[[], bytes] | None:
    """Return what reads the body of a plain query; None for another request."""
    if (
        environ.get("PATH_INFO") != ENDPOINT
        or environ["REQUEST_METHOD"] not in METHODS
        or any(name in environ for name in CONDITIONS)
        or not is_never_page(environ.get("HTTP_ACCEPT"))
    ):
        return None
    if environ["REQUEST_METHOD"] == "GET":
        return bytes
    body = environ["wsgi.input"]
    if not isinstance(body, BytesIO):
        return None
    content = body.getvalue()
    is_whole = environ.get("CONTENT_LENGTH") == str(len(content)) and len(content) <= longest
    return (lambda: content) if is_whole else None


@lru_cache(maxsize=512)
def is_never_page(accept: str | None) -> bool:
    """Tell whether a client gets no page, whatever the form of its query and even if it fails."""
    liked = ranked(accept, QUERY_OFFERS)
    better = {form.name for form in liked[: liked.index(HTML) if HTML in liked else None]}
    fits_all = better & RESULT_FORMATS.keys() and better & GRAPH_FORMATS.keys()
    has_page = HTML in liked and not fits_all
    return not has_page and preferred(accept, ERROR_OFFERS) != HTML


def sent(
    found: Written, site: Site, environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    """Begin an answer with what the framework adds to every one, and return its body."""
    headers, body = packed(found.headers, found.body, environ.get("HTTP_ACCEPT_ENCODING", ""))
    start_response(f"{found.status.value} {found.status.phrase.upper()}", [*headers, *dating(site)])
    return body
