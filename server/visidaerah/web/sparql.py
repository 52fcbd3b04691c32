"""The SPARQL endpoint: SPARQL 1.1 Protocol, query operation, by GET, POST and QUERY."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox
from flask import Blueprint, Response, request
from werkzeug.http import parse_etags

from visidaerah import __version__
from visidaerah.answers import UNBOUNDED, QueryAnswer, QueryRequest
from visidaerah.errors import VisidaerahError
from visidaerah.formats import GRAPH_FORMATS, RESULT_FORMATS, Format
from visidaerah.screening import tokens
from visidaerah.spool import Spooled
from visidaerah.web.description import service_description
from visidaerah.web.negotiation import GRAPH_OFFERS, HTML, QUERY_OFFERS, ranked
from visidaerah.web.operations import ACCEPTED_TYPES, Received, problem, read_operation
from visidaerah.web.problems import ProblemRaised, problem_of_error
from visidaerah.web.replies import TRUNCATED, graph_reply, html_reply, negotiate, not_acceptable
from visidaerah.web.site import COUNTED_AT_MOST, SHOWN_AT_MOST, Results
from visidaerah.web.traces import AskedQuery

if TYPE_CHECKING:
    from collections.abc import Iterator

    from visidaerah.web.cache import Headers
    from visidaerah.web.operations import Operation
    from visidaerah.web.site import Site
    from visidaerah.web.traces import Trace

WHOLE_GRAPH = '</data>; rel="related"; title="the whole graph as files"'

HELD = 512 << 10
"""Bytes of an answer that is sent from memory, so that it can be packed tightly and kept."""

FLEETING = frozenset({"NOW", "RAND", "UUID", "STRUUID"})
"""Functions whose value changes from call to call (SPARQL 1.1 Query Language, 17.4)."""

MAYBE_FLEETING = re.compile("now|rand|uuid", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Written:
    """An answer to a query: `body` is in memory or, where it is long, in a file."""

    headers: Headers
    body: bytes | Spooled
    status: HTTPStatus = HTTPStatus.OK

    def response(self) -> Response:
        """Return it as the framework sends it."""
        return Response(
            self.body,
            self.status,
            self.headers,
            direct_passthrough=isinstance(self.body, Spooled),
        )


def blueprint(site: Site) -> Blueprint:
    """Return the routes of the endpoint."""
    routes = Blueprint("sparql", __name__)

    @routes.route("/sparql", methods=["GET", "POST", "QUERY"])
    def sparql() -> Response:
        received = Received.of(request.environ, request_body)
        operation = read_operation(received, site.limits.query)
        if operation.query is not None and not operation.as_form:
            return answer(site, received, operation).response()
        response = describe(site)
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


def request_body() -> bytes:
    """Return the body of the current request, a form's as it was sent."""
    return request.get_data(cache=False, parse_form_data=False)


def describe(site: Site) -> Response:
    """Answer GET without a query: the form for readers, the service description for programs."""
    offer = negotiate((*GRAPH_OFFERS, HTML))
    if offer == HTML:
        return html_reply(site.renderer.render_query_form(site))
    return graph_reply(service_description(site, site.absolute("/sparql")), offer)


def answer(site: Site, received: Received, operation: Operation) -> Written:
    """Answer a query in the format that the client likes best of those that fit its form.

    Raises ProblemRaised where it cannot be answered.
    """
    liked = liked_formats(received, operation)
    if is_fleeting(operation.query or ""):
        found = evaluated(site, received, operation, liked)
        found.headers.append(("Cache-Control", "no-store"))
    elif liked[0] == HTML:
        # Its tag is of its content, as pages change with the program too.
        found = evaluated(site, received, operation, liked)
    else:
        found = tagged(site, received, operation, liked)
    if operation.format is None and not any(name == "Vary" for name, _ in found.headers):
        found.headers.append(("Vary", "Accept"))
    found.headers.append(("Accept-Query", ACCEPTED_TYPES))
    return found


def is_fleeting(query: str) -> bool:
    """Tell whether the query asks for the time or for chance, so that each answer is another."""
    if not MAYBE_FLEETING.search(query):
        return False
    return any(kind == "word" and word.upper() in FLEETING for kind, word in tokens(query))


def tagged(
    site: Site, received: Received, operation: Operation, liked: tuple[Format, ...]
) -> Written:
    """Answer with an entity tag; with that alone where the client knows the answer."""
    tag = tag_of(site, received, operation, liked)
    if received.method != "POST" and parse_etags(received.known).contains_weak(tag):
        found = Written([], b"", HTTPStatus.NOT_MODIFIED)
    else:
        found = evaluated(site, received, operation, liked)
    found.headers.extend([("ETag", f'W/"{tag}"'), ("Cache-Control", "no-cache")])
    return found


def liked_formats(received: Received, operation: Operation) -> tuple[Format, ...]:
    """Return the formats that the client accepts, best first.

    Raises ProblemRaised with 406 where there is none.
    """
    if operation.format is not None:
        return (RESULT_FORMATS.get(operation.format) or GRAPH_FORMATS[operation.format],)
    liked = ranked(received.accept, QUERY_OFFERS)
    if not liked:
        raise not_acceptable(received.accept, QUERY_OFFERS)
    return liked


def tag_of(site: Site, received: Received, operation: Operation, liked: tuple[Format, ...]) -> str:
    """Return the entity tag of an answer, known before it is: release, request and formats.

    It is weak, because the order of rows is free.
    """
    names = tuple(form.name for form in liked)
    release = __version__, site.store.version
    content = repr((release, operation, names, "html" in names and received.reader))
    return sha256(content.encode()).hexdigest()[:16]


def evaluated(
    site: Site, received: Received, operation: Operation, liked: tuple[Format, ...]
) -> Written:
    """Evaluate the query and write its answer, as a page where the client likes HTML best."""
    query = QueryRequest(
        query=operation.query or "",
        formats=evaluation_formats(liked),
        default_graphs=operation.default_graphs,
        named_graphs=operation.named_graphs,
        base=site.base,
        rows=COUNTED_AT_MOST if liked[0] == HTML else UNBOUNDED,
    )
    return written(site, query.query, found_by(site, query, received.trace), liked)


def found_by(site: Site, query: QueryRequest, trace: Trace) -> QueryAnswer:
    """Evaluate a query, and note how it fared.

    Raises ProblemRaised where it cannot be answered.
    """
    started, outcome = time.perf_counter(), "ok"
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


def written(site: Site, query: str, found: QueryAnswer, liked: tuple[Format, ...]) -> Written:
    """Write an answer in the best format that fits its kind."""
    fitting = GRAPH_FORMATS if found.kind == "graph" else RESULT_FORMATS
    best = next(form for form in liked if form == HTML or form.name in fitting)
    if best == HTML:
        return page(site.renderer.render_results(site, results_of(query, found)))
    return in_full(found, best)


def page(text: str) -> Written:
    """Return a page that was chosen because the client prefers HTML."""
    varying = ("Vary", "Accept, Accept-Language, Cookie")
    return Written([("Content-Type", HTML.content_type), varying], text.encode())


def in_full(found: QueryAnswer, form: Format) -> Written:
    """Return an answer as it was written; one that was cut says so."""
    content = found.content
    is_long = isinstance(content, Spooled) and content.size > HELD
    body = content if is_long else held(content)
    size = body.size if isinstance(body, Spooled) else len(body)
    headers = [("Content-Type", form.content_type), ("Content-Length", str(size))]
    if found.cut_at is not None:
        headers += [(TRUNCATED, f"rows={found.cut_at}"), ("Link", WHOLE_GRAPH)]
    return Written(headers, body)


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
