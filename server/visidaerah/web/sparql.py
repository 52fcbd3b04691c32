"""The SPARQL endpoint: SPARQL 1.1 Protocol, query operation, by GET, POST and QUERY."""

from __future__ import annotations

import re
import time
from hashlib import sha256
from http import HTTPStatus
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox
from flask import Blueprint, Response, request

from visidaerah import __version__
from visidaerah.answers import UNBOUNDED, QueryAnswer, QueryRequest
from visidaerah.errors import VisidaerahError
from visidaerah.formats import GRAPH_FORMATS, RESULT_FORMATS, Format
from visidaerah.screening import tokens
from visidaerah.spool import Spooled
from visidaerah.web.description import service_description
from visidaerah.web.negotiation import GRAPH_OFFERS, HTML, QUERY_OFFERS, preferred, ranked
from visidaerah.web.operations import ACCEPTED_TYPES, problem, read_operation
from visidaerah.web.problems import ProblemRaised, problem_of_error
from visidaerah.web.replies import TRUNCATED, graph_reply, html_reply, not_acceptable
from visidaerah.web.site import COUNTED_AT_MOST, SHOWN_AT_MOST, Results
from visidaerah.web.traces import AskedQuery, current_trace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from visidaerah.web.operations import Operation
    from visidaerah.web.site import Site

WHOLE_GRAPH = '</data>; rel="related"; title="the whole graph as files"'

HELD = 512 << 10
"""Bytes of an answer that is sent from memory, so that it can be packed tightly and kept."""

FLEETING = frozenset({"NOW", "RAND", "UUID", "STRUUID"})
"""Functions whose value changes from call to call (SPARQL 1.1 Query Language, 17.4)."""

MAYBE_FLEETING = re.compile("now|rand|uuid", re.IGNORECASE)


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
        response = Response(status=HTTPStatus.NO_CONTENT)
        response.headers.pop("Content-Type")
        return response

    return routes


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
    if isinstance(found.content, Spooled) and found.content.size > HELD:
        response = Response(found.content, content_type=form.content_type, direct_passthrough=True)
        response.content_length = found.content.size
    else:
        response = Response(held(found.content), content_type=form.content_type)
    if found.cut_at is not None:
        response.headers[TRUNCATED] = f"rows={found.cut_at}"
        response.headers.add("Link", WHOLE_GRAPH)
    return response


def held(content: bytes | Spooled) -> bytes:
    """Return content in memory, and let go of its file."""
    if isinstance(content, bytes):
        return content
    try:
        return content.whole()
    finally:
        content.close()


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
