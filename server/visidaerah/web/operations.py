"""What a request asks of the endpoint (SPARQL 1.1 Protocol, 2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from visidaerah.errors import UsageError
from visidaerah.formats import GRAPH_FORMATS, RESULT_FORMATS
from visidaerah.store import absolute_iri
from visidaerah.web.problems import Problem, ProblemRaised
from visidaerah.web.traces import trace_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import WSGIEnvironment

    from visidaerah.web.traces import Trace

FORM = "application/x-www-form-urlencoded"
QUERY_TYPE = "application/sparql-query"
UPDATE_TYPE = "application/sparql-update"
ACCEPTED_TYPES = f"{QUERY_TYPE}, {FORM}"

READ_ONLY = (
    "This endpoint is read-only: data enter through documents and a build, not over SPARQL Update."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A request to the endpoint, as far as an answer depends on it.

    `kind` is the media type of the body, which is read when it is called for; `known` is what
    stands in If-None-Match, `reader` what tells the language of a page.
    """

    method: str
    parameters: bytes
    kind: str
    body: Callable[[], bytes]
    accept: str | None
    known: str
    reader: str
    trace: Trace

    @classmethod
    def of(cls, environ: WSGIEnvironment, body: Callable[[], bytes]) -> Received:
        """Return the request of a WSGI environment."""
        get = environ.get
        return cls(
            method=environ["REQUEST_METHOD"],
            parameters=get("QUERY_STRING", "").encode("latin-1"),
            kind=get("CONTENT_TYPE", "").partition(";")[0].strip().lower(),
            body=body,
            accept=get("HTTP_ACCEPT"),
            known=get("HTTP_IF_NONE_MATCH", ""),
            reader=get("HTTP_ACCEPT_LANGUAGE", "") + get("HTTP_COOKIE", ""),
            trace=trace_of(environ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What a request asks of the endpoint; no `query` asks for the service description.

    `format` overrides what the client accepts; `as_form` asks readers' form to show the query
    instead of answering it.
    """

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None
    as_form: bool = False


def read_operation(received: Received, longest: int) -> Operation:
    """Read the operation of a request, whose query has at most `longest` characters.

    Raises ProblemRaised with 400, 403, 413, 414 or 415.
    """
    parameters = decoded(received.parameters)
    if received.method not in {"GET", "HEAD"}:
        parameters += body_parameters(received)
    return operation_of(parameters, received.method, longest)


def body_parameters(received: Received) -> list[tuple[str, str]]:
    """Return the parameters of the body; a direct query (2.1.3) is one parameter.

    Raises ProblemRaised: 415 for another type, 403 for an update.
    """
    if received.kind == FORM:
        return decoded(received.body())
    if received.kind == QUERY_TYPE:
        return [("query", utf8(received.body()))]
    if received.kind == UPDATE_TYPE:
        return [("update", "")]
    raise problem(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "unsupported-type",
        f"A query is sent as {ACCEPTED_TYPES}, not as {received.kind or 'an unnamed type'}.",
        headers=(("Accept-Post", ACCEPTED_TYPES), ("Accept-Query", ACCEPTED_TYPES)),
    )


def decoded(form: bytes) -> list[tuple[str, str]]:
    """Decode URL-encoded parameters, once.

    Raises ProblemRaised with 400 where they are not UTF-8.
    """
    try:
        return parse_qsl(utf8(form), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise problem(400, "encoding", f"The parameters cannot be decoded: {error}.") from error


def utf8(content: bytes) -> str:
    """Decode UTF-8.

    Raises ProblemRaised with 400.
    """
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise problem(
            400, "encoding", f"The request is not UTF-8 at byte {error.start}."
        ) from error


def operation_of(parameters: Iterable[tuple[str, str]], method: str, longest: int) -> Operation:
    """Return the operation that parameters ask for; unknown ones are ignored.

    A query has at most `longest` characters.

    Raises ProblemRaised: 403 for an update, 400 for what contradicts itself, 413 or 414 for a
    query that is too long.
    """
    values: dict[str, list[str]] = {}
    for name, value in parameters:
        values.setdefault(name, []).append(value)
    refuse_updates(values)
    operation = Operation(
        query=one_query(values, method, longest),
        default_graphs=graphs(values, "default-graph-uri"),
        named_graphs=graphs(values, "named-graph-uri"),
        format=wanted_format(values),
        as_form=values.get("show") == ["form"] and method in {"GET", "HEAD"},
    )
    refuse_incomplete(operation, method)
    return operation


def refuse_updates(values: dict[str, list[str]]) -> None:
    """Raise ProblemRaised for an update, 400 where a query comes with it."""
    if "update" in values and "query" in values:
        raise problem(400, "query", "A request carries a query or an update, not both.")
    if "update" in values:
        raise problem(403, "query-forbidden", READ_ONLY)


def one_query(values: dict[str, list[str]], method: str, longest: int) -> str | None:
    """Return the query, None where there is none.

    Raises ProblemRaised for two queries, an empty one, or one that is too long.
    """
    queries = values.get("query", [])
    if len(queries) > 1:
        raise problem(400, "query", "A request carries one query. Send the others by themselves.")
    query = queries[0] if queries else None
    if query is not None and not query.strip():
        raise problem(400, "query", "The query is empty. Write one, such as ASK {}.")
    if query is not None and len(query) > longest:
        raise problem(
            413 if method == "POST" else 414,
            "too-large",
            f"The query is longer than {longest} characters. Shorten it.",
        )
    return query


def graphs(values: dict[str, list[str]], name: str) -> tuple[str, ...]:
    """Return the graphs that a dataset parameter names.

    Raises ProblemRaised with 400 for what is no absolute IRI.
    """
    try:
        return tuple(absolute_iri(iri).value for iri in values.get(name, []))
    except UsageError as error:
        raise problem(400, "dataset", f"{name}: {error}") from error


def wanted_format(values: dict[str, list[str]]) -> str | None:
    """Return the format that the address itself asks for, where it is a known one."""
    wanted = next(iter(values.get("format", []) or values.get("output", [])), None)
    return wanted if wanted in RESULT_FORMATS or wanted in GRAPH_FORMATS else None


def refuse_incomplete(operation: Operation, method: str) -> None:
    """Raise ProblemRaised with 400 where a query is missing."""
    if operation.query is not None:
        return
    if operation.default_graphs or operation.named_graphs:
        raise problem(400, "query", "A dataset is named, but the query is missing.")
    if method not in {"GET", "HEAD"}:
        raise problem(400, "query", "The query is missing. Send it as the parameter `query`.")


def problem(
    status: int,
    kind: str,
    detail: str,
    query: str | None = None,
    headers: tuple[tuple[str, str], ...] = (),
) -> ProblemRaised:
    """Return a problem to raise."""
    return ProblemRaised(
        Problem(status=status, kind=kind, detail=detail, query=query, headers=headers)
    )
