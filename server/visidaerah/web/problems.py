"""What went wrong, told as a problem document, a sentence or a page, as the client prefers."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from visidaerah.errors import (
    AnswerTooLong,
    FormatError,
    QueryError,
    QueryForbidden,
    QuerySyntaxError,
    QueryTimeout,
    QueryTooHeavy,
    UsageError,
    VisidaerahError,
)
from visidaerah.web.negotiation import ERROR_OFFERS, HTML, PROBLEM, TEXT, preferred

if TYPE_CHECKING:
    from visidaerah.errors import SyntaxReason
    from visidaerah.web.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An answer that is not what was asked (RFC 9457).

    `detail` is a sentence in English that names the thing and the remedy. `kind` is a word for
    pages that say it in the reader's language and for programs. `query`, `line`
    and `column` (1-based) are given where a query is at fault, `reason` and `paste` where the
    mistake is a common one, `alternatives` (media type, path) where the thing exists in other
    formats, `headers` where the protocol demands some.
    """

    status: int
    kind: str
    detail: str
    query: str | None = None
    line: int | None = None
    column: int | None = None
    reason: SyntaxReason | None = None
    paste: str | None = None
    alternatives: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        """Return the reason phrase of the status: "Not Found"."""
        return HTTPStatus(self.status).phrase


class ProblemRaised(HTTPException):
    """A problem on its way to the edge, where it becomes a response."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.code = problem.status
        self.problem = problem


# What each error of the tree is at HTTP; the most special first.
STATUSES: tuple[tuple[type[VisidaerahError], int, str], ...] = (
    (QuerySyntaxError, 400, "query-syntax"),
    (QueryForbidden, 403, "query-forbidden"),
    (QueryTimeout, 503, "query-timeout"),
    (QueryTooHeavy, 503, "query-too-heavy"),
    (AnswerTooLong, 413, "answer-too-long"),
    (QueryError, 400, "query"),
    (FormatError, 406, "not-acceptable"),
    (UsageError, 400, "usage"),
    (VisidaerahError, 500, "internal"),
)

KINDS = {
    400: "bad-request",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    413: "too-large",
    414: "address-too-long",
    415: "unsupported-type",
    416: "range",
    431: "headers-too-large",
    500: "internal",
}


def problem_of_error(error: VisidaerahError, query: str | None = None) -> Problem:
    """Return the problem that an error of the tree is."""
    status, kind = next((code, word) for of, code, word in STATUSES if isinstance(error, of))
    retry = (("Retry-After", "5"),) if status == HTTPStatus.SERVICE_UNAVAILABLE else ()
    problem = Problem(status=status, kind=kind, detail=str(error), query=query, headers=retry)
    return at_place(problem, error) if isinstance(error, QuerySyntaxError) else problem


def at_place(problem: Problem, error: QuerySyntaxError) -> Problem:
    """Return the problem with the place of a mistake and what mends it."""
    return replace(
        problem, line=error.line, column=error.column, reason=error.reason, paste=error.paste
    )


def problem_of_exception(error: HTTPException) -> Problem:
    """Return the problem that a raised HTTP status is."""
    if isinstance(error, ProblemRaised):
        return error.problem
    status = error.code or 500
    allow = isinstance(error, MethodNotAllowed) and error.valid_methods
    return Problem(
        status=status,
        kind=KINDS.get(status, "http"),
        detail=method_sentence(error) if allow else error.description or HTTPStatus(status).phrase,
        headers=(("Allow", ", ".join(sorted(allow))),) if allow else (),
    )


def method_sentence(error: MethodNotAllowed | HTTPException) -> str:
    """Say which methods there are, and how data enter for those who came to write."""
    methods = ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
    return (
        f"{request.method} is not answered here; {methods} are. The graph is read-only over HTTP: "
        "data enter through documents and a build."
    )


def problem_response(site: Site, problem: Problem) -> Response:
    """Return the problem as the client prefers it, as text where it accepts none of the forms."""
    offer = preferred(request.headers.get("Accept"), ERROR_OFFERS) or TEXT
    writers = {HTML: site.renderer.render_error, PROBLEM: as_json, TEXT: as_text}
    response = Response(
        writers[offer](site, problem), problem.status, content_type=offer.content_type
    )
    response.headers.extend(problem.headers)
    response.vary.add("Accept")
    response.cache_control.no_store = True
    for media_type, path in problem.alternatives:
        response.headers.add("Link", f'<{path}>; rel="alternate"; type="{media_type}"')
    return response


def as_text(_site: Site, problem: Problem) -> str:
    """Return the problem as a sentence, and where else to look."""
    places = "".join(f"\n{media_type}: {path}" for media_type, path in problem.alternatives)
    return f"{problem.status} {problem.title}\n{problem.detail}{places}\n"


def as_json(_site: Site, problem: Problem) -> str:
    """Return the problem as RFC 9457's problem details.

    Their type is `about:blank`, so that the title is the status's; `kind` is a member of our own.
    """
    members = {
        "kind": problem.kind,
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "line": problem.line,
        "column": problem.column,
        "reason": problem.reason,
        "paste": problem.paste,
        "alternatives": [
            {"type": media_type, "href": path} for media_type, path in problem.alternatives
        ],
    }
    said = {name: value for name, value in members.items() if value not in (None, [])}
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"
