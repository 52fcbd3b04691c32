"""The SPARQL endpoint: SPARQL 1.1 Protocol, query operation, by GET, POST and QUERY."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pyoxigraph as ox
from flask import Blueprint, Response, request

from visidaerah import __version__
from visidaerah.answers import UNBOUNDED, QueryAnswer, QueryRequest
from visidaerah.errors import UsageError, VisidaerahError
from visidaerah.formats import GRAPH_FORMATS, RESULT_FORMATS, Format
from visidaerah.screening import tokens
from visidaerah.spool import Spooled
from visidaerah.store import absolute_iri
from visidaerah.web.description import service_description
from visidaerah.web.negotiation import GRAPH_OFFERS, HTML, QUERY_OFFERS, preferred, ranked
from visidaerah.web.problems import Problem, ProblemRaised, problem_of_error
from visidaerah.web.replies import graph_reply, html_reply, not_acceptable
from visidaerah.web.site import COUNTED_AT_MOST, SHOWN_AT_MOST, Results
from visidaerah.web.traces import AskedQuery, current_trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from visidaerah.web.site import Site

FORM = "application/x-www-form-urlencoded"
QUERY_TYPE = "application/sparql-query"
UPDATE_TYPE = "application/sparql-update"
ACCEPTED_TYPES = f"{QUERY_TYPE}, {FORM}"

TRUNCATED = "X-Visidaerah-Truncated"
"""The header of an answer that a limit of rows or bytes has cut: `rows=1000`."""

WHOLE_GRAPH = '</data>; rel="related"; title="the whole graph as files"'

FLEETING = frozenset({"NOW", "RAND", "UUID", "STRUUID"})
"""Functions whose value changes from call to call (SPARQL 1.1 Query Language, 17.4)."""

MAYBE_FLEETING = re.compile("now|rand|uuid", re.IGNORECASE)

READ_ONLY = (
    "This endpoint is read-only: data enter through documents and a build, not over SPARQL Update."
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


def blueprint(site: Site) -> Blueprint:
    """Return the routes of the endpoint."""
    routes = Blueprint("sparql", __name__)

    @routes.route("/sparql", methods=["GET", "POST", "QUERY"])
    def sparql() -> Response:
        operation = read_operation(site)
        is_asked = operation.query is not None and not operation.as_form
        response = answer(site, operation) if is_asked else describe(site)
        response.headers["Accept-Query"] = ACCEPTED_TYPES
        return response

    @routes.delete("/sparql/queries/<id_>")
    def cancel(id_: str) -> Response:
        if not site.cancel(id_):
            raise problem(404, "not-found", f"No query with the id {id_!r} is being answered.")
        return Response(status=HTTPStatus.NO_CONTENT)

    return routes


def read_operation(site: Site) -> Operation:
    """Read the operation of the current request.

    Raises ProblemRaised with 400, 403, 413, 414 or 415.
    """
    parameters = decoded(request.query_string)
    if request.method not in {"GET", "HEAD"}:
        parameters += body_parameters()
    return operation_of(parameters, site.limits.query)


def body_parameters() -> list[tuple[str, str]]:
    """Return the parameters of the body; a direct query (2.1.3) is one parameter.

    Raises ProblemRaised: 415 for another type, 403 for an update.
    """
    if request.mimetype == FORM:
        return decoded(request.get_data(cache=False, parse_form_data=False))
    if request.mimetype == QUERY_TYPE:
        return [("query", utf8(request.get_data(cache=False)))]
    if request.mimetype == UPDATE_TYPE:
        return [("update", "")]
    raise problem(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "unsupported-type",
        f"A query is sent as {ACCEPTED_TYPES}, not as {request.mimetype or 'an unnamed type'}.",
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


def operation_of(parameters: Iterable[tuple[str, str]], longest: int) -> Operation:
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
        query=one_query(values, longest),
        default_graphs=graphs(values, "default-graph-uri"),
        named_graphs=graphs(values, "named-graph-uri"),
        format=wanted_format(values),
        as_form=values.get("show") == ["form"] and request.method in {"GET", "HEAD"},
    )
    refuse_incomplete(operation)
    return operation


def refuse_updates(values: dict[str, list[str]]) -> None:
    """Raise ProblemRaised for an update, 400 where a query comes with it."""
    if "update" in values and "query" in values:
        raise problem(400, "query", "A request carries a query or an update, not both.")
    if "update" in values:
        raise problem(403, "query-forbidden", READ_ONLY)


def one_query(values: dict[str, list[str]], longest: int) -> str | None:
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
            413 if request.method == "POST" else 414,
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


def refuse_incomplete(operation: Operation) -> None:
    """Raise ProblemRaised with 400 where a query is missing."""
    if operation.query is not None:
        return
    if operation.default_graphs or operation.named_graphs:
        raise problem(400, "query", "A dataset is named, but the query is missing.")
    if request.method not in {"GET", "HEAD"}:
        raise problem(400, "query", "The query is missing. Send it as the parameter `query`.")


def describe(site: Site) -> Response:
    """Answer GET without a query: the form for readers, the service description for programs."""
    offers = (*GRAPH_OFFERS, HTML)
    offer = preferred(request.headers.get("Accept"), offers)
    if offer is None:
        raise not_acceptable(offers)
    if offer == HTML:
        return html_reply(site.renderer.render_query_form(site))
    return graph_reply(service_description(site, site.absolute("/sparql")), offer)


def answer(site: Site, operation: Operation) -> Response:
    """Answer a query in the format that the client likes best of those that fit its form."""
    liked = liked_formats(operation)
    if is_fleeting(operation.query or ""):
        response = evaluated(site, operation, liked)
        response.cache_control.no_store = True
    elif liked[0] == HTML:
        # Its tag is of its content, as pages change with the program too.
        response = evaluated(site, operation, liked)
    else:
        response = tagged(site, operation, liked)
    if operation.format is None:
        response.vary.add("Accept")
    return response


def is_fleeting(query: str) -> bool:
    """Tell whether the query asks for the time or for chance, so that each answer is another."""
    if not MAYBE_FLEETING.search(query):
        return False
    return any(kind == "word" and word.upper() in FLEETING for kind, word in tokens(query))


def tagged(site: Site, operation: Operation, liked: tuple[Format, ...]) -> Response:
    """Answer with an entity tag; with that alone where the client knows the answer."""
    entity_tag = tag_of(site, operation, liked)
    if request.method != "POST" and request.if_none_match.contains_weak(entity_tag):
        response = Response(status=HTTPStatus.NOT_MODIFIED)
    else:
        response = evaluated(site, operation, liked)
    response.set_etag(entity_tag, weak=True)
    response.cache_control.no_cache = True
    return response


def liked_formats(operation: Operation) -> tuple[Format, ...]:
    """Return the formats that the client accepts, best first.

    Raises ProblemRaised with 406 where there is none.
    """
    if operation.format is not None:
        return (RESULT_FORMATS.get(operation.format) or GRAPH_FORMATS[operation.format],)
    liked = ranked(request.headers.get("Accept"), QUERY_OFFERS)
    if not liked:
        raise not_acceptable(QUERY_OFFERS)
    return liked


def tag_of(site: Site, operation: Operation, liked: tuple[Format, ...]) -> str:
    """Return the entity tag of an answer, known before it is: release, request and formats.

    It is weak, because the order of rows is free.
    """
    names = tuple(form.name for form in liked)
    language = request.headers.get("Accept-Language", "") + request.headers.get("Cookie", "")
    release = __version__, site.store.version
    content = repr((release, operation, names, "html" in names and language))
    return sha256(content.encode()).hexdigest()[:16]


def evaluated(site: Site, operation: Operation, liked: tuple[Format, ...]) -> Response:
    """Evaluate the query and write its answer, as a page where the client likes HTML best."""
    query = QueryRequest(
        query=operation.query or "",
        formats=evaluation_formats(liked),
        default_graphs=operation.default_graphs,
        named_graphs=operation.named_graphs,
        base=site.base,
        rows=COUNTED_AT_MOST if liked[0] == HTML else UNBOUNDED,
    )
    return written(site, query.query, found_by(site, query), liked)


def found_by(site: Site, query: QueryRequest) -> QueryAnswer:
    """Evaluate a query, and note how it fared.

    Raises ProblemRaised where it cannot be answered.
    """
    trace, started, outcome = current_trace(), time.perf_counter(), "ok"
    try:
        found = site.answer(query)
        trace.spans["queue"] = found.waited * 1000
        return found
    except VisidaerahError as error:
        problem = problem_of_error(error, query.query)
        outcome = problem.kind
        raise ProblemRaised(problem) from error
    finally:
        seconds = time.perf_counter() - started
        trace.query = AskedQuery(query.query, outcome, seconds)
        trace.spans["query"] = seconds * 1000


def evaluation_formats(liked: tuple[Format, ...]) -> tuple[str, ...]:
    """Return what to ask of the store: a page is made of JSON or N-Triples."""
    plain = (("json", "nt") if form == HTML else (form.name,) for form in liked)
    return tuple(name for names in plain for name in names)


def written(site: Site, query: str, found: QueryAnswer, liked: tuple[Format, ...]) -> Response:
    """Write an answer in the best format that fits its kind."""
    fitting = GRAPH_FORMATS if found.kind == "graph" else RESULT_FORMATS
    best = next(form for form in liked if form == HTML or form.name in fitting)
    if best == HTML:
        return html_reply(site.renderer.render_results(site, results_of(query, found)))
    return in_full(found, best)


def in_full(found: QueryAnswer, form: Format) -> Response:
    """Return an answer as it was written; one that was cut says so."""
    response = Response(found.content, content_type=form.content_type, direct_passthrough=True)
    if isinstance(found.content, Spooled):
        response.content_length = found.content.size
    else:
        response.direct_passthrough = False
    if found.cut_at is not None:
        response.headers[TRUNCATED] = f"rows={found.cut_at}"
        response.headers.add("Link", WHOLE_GRAPH)
    return response


def results_of(query: str, found: QueryAnswer) -> Results:
    """Return an answer as values to show, cut to what a page carries."""
    with found.reader() as source:
        if found.kind == "graph":
            parsed = ox.parse(source, format=ox.RdfFormat.N_TRIPLES)
            return shown_triples(query, found, (quad.triple for quad in parsed))
        parsed_results = ox.parse_query_results(source, format=ox.QueryResultsFormat.JSON)
        if isinstance(parsed_results, ox.QueryBoolean):
            return Results(query=query, kind="boolean", boolean=bool(parsed_results))
        return shown_rows(query, found, parsed_results)


def shown_triples(query: str, found: QueryAnswer, triples: Iterator[ox.Triple]) -> Results:
    """Return a graph as values to show."""
    shown = tuple(islice(triples, SHOWN_AT_MOST))
    total, has_more = counted(len(shown), triples, found)
    return Results(query=query, kind="graph", total=total, triples=shown, has_more=has_more)


def shown_rows(query: str, found: QueryAnswer, solutions: ox.QuerySolutions) -> Results:
    """Return a table as values to show."""
    rows = tuple(tuple(solution) for solution in islice(solutions, SHOWN_AT_MOST))
    total, has_more = counted(len(rows), solutions, found)
    return Results(
        query=query,
        kind="bindings",
        total=total,
        variables=tuple(variable.value for variable in solutions.variables),
        rows=rows,
        has_more=has_more,
    )


def counted(shown: int, rest: Iterator[object], found: QueryAnswer) -> tuple[int, bool]:
    """Return how many rows there are, as far as they are counted, and whether there are more."""
    total = shown + sum(1 for _ in islice(rest, COUNTED_AT_MOST - shown))
    return total, found.cut_at is not None or next(rest, None) is not None


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
