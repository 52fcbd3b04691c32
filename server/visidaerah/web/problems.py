"""What went wrong, as a value: the status, the kind and the sentence of each error."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from visidaerah.errors import (
    AnswerTooLong,
    FormatError,
    QueryCancelled,
    QueryError,
    QueryForbidden,
    QuerySyntaxError,
    QueryTimeout,
    QueryTooHeavy,
    SpoolFull,
    TooManyQueries,
    UsageError,
    VisidaerahError,
)

if TYPE_CHECKING:
    from visidaerah.errors import SyntaxReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An answer that is not what was asked (RFC 9457).

    `detail` is a sentence in English that names the thing and the remedy. `kind` is a word for
    pages that say it in the reader's language and for programs. `query`, `line`
    and `column` (1-based) are given where a query is at fault, `reason` and `paste` where the
    mistake is a common one, `alternatives` (media type, path) where the thing exists in other
    formats, `headers` where the protocol demands some. `request` is the id under which the
    request is in the server's log; it is known when the problem is told.
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
    request: str | None = None

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
    (TooManyQueries, 429, "too-many-queries"),
    (QueryCancelled, 409, "query-cancelled"),
    (SpoolFull, 503, "spool-full"),
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


LATER = frozenset({HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS})
"""What may be otherwise in a moment."""


def problem_of_error(error: VisidaerahError, query: str | None = None) -> Problem:
    """Return the problem that an error of the tree is."""
    status, kind = next((code, word) for of, code, word in STATUSES if isinstance(error, of))
    retry = (("Retry-After", "5"),) if status in LATER else ()
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
