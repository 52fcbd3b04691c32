"""Graphs, pages and problems as responses, each as the client prefers it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Response, request

from visidaerah.formats import write_graph
from visidaerah.web.negotiation import ERROR_OFFERS, HTML, PROBLEM, TEXT, preferred
from visidaerah.web.problems import Problem, ProblemRaised
from visidaerah.web.traces import current_trace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pyoxigraph as ox

    from visidaerah.formats import Format
    from visidaerah.web.site import Site


TRUNCATED = "X-Visidaerah-Truncated"
"""The header of an answer that a limit has cut: `rows=1000`."""


def graph_reply(
    statements: Iterable[ox.Quad | ox.Triple], form: Format, *, negotiated: bool = True
) -> Response:
    """Return a graph in a format; a negotiated answer varies by what the client accepts."""
    response = Response(write_graph(statements, form.name), content_type=form.content_type)
    if negotiated:
        response.vary.add("Accept")
    return response


def html_reply(page: str) -> Response:
    """Return a page that was chosen because the client prefers HTML."""
    response = Response(page, content_type=HTML.content_type)
    response.vary.update(["Accept", "Accept-Language", "Cookie"])
    return response


def negotiate(offers: tuple[Format, ...], address: Callable[[Format], str] | None = None) -> Format:
    """Return the offer that the current request prefers.

    Raises ProblemRaised with 406, listing the address of each offer.
    """
    accept = request.headers.get("Accept")
    offer = preferred(accept, offers)
    if offer is None:
        raise not_acceptable(accept, offers, address)
    return offer


def not_acceptable(
    accept: str | None,
    offers: tuple[Format, ...],
    address: Callable[[Format], str] | None = None,
) -> ProblemRaised:
    """Return the problem of a client that accepts none of the offers."""
    types = ", ".join(offer.media_type for offer in offers)
    places = ((offer.media_type, address(offer)) for offer in offers) if address else ()
    return ProblemRaised(
        Problem(
            status=406,
            kind="not-acceptable",
            detail=f"This is not there as {accept}. There are: {types}.",
            alternatives=tuple(places),
        )
    )


def not_found(what: str) -> ProblemRaised:
    """Return the problem of a thing that is not there."""
    return ProblemRaised(Problem(status=404, kind="not-found", detail=what))


def bad_request(what: str) -> ProblemRaised:
    """Return the problem of a request that cannot be understood."""
    return ProblemRaised(Problem(status=400, kind="bad-request", detail=what))


def problem_response(site: Site, problem: Problem) -> Response:
    """Return the problem as the client prefers it, as text where it accepts none of the forms."""
    offer = preferred(request.headers.get("Accept"), ERROR_OFFERS) or TEXT
    writers = {HTML: site.renderer.render_error, PROBLEM: as_json, TEXT: as_text}
    told = replace(problem, request=current_trace().id)
    response = Response(writers[offer](site, told), problem.status, content_type=offer.content_type)
    response.headers.extend(problem.headers)
    response.vary.add("Accept")
    response.cache_control.no_store = True
    for media_type, path in problem.alternatives:
        response.headers.add("Link", f'<{path}>; rel="alternate"; type="{media_type}"')
    return response


def as_text(_site: Site, problem: Problem) -> str:
    """Return the problem as a sentence, and where else to look."""
    places = "".join(f"\n{media_type}: {path}" for media_type, path in problem.alternatives)
    asked = f"\nRequest: {problem.request}" if problem.request else ""
    return f"{problem.status} {problem.title}\n{problem.detail}{places}{asked}\n"


def as_json(_site: Site, problem: Problem) -> str:
    """Return the problem as RFC 9457's problem details.

    Their type is `about:blank`, so that the title is the status's; `kind` and `request`, the
    id under which the request is in the server's log, are members of our own.
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
        "request": problem.request,
        "alternatives": [
            {"type": media_type, "href": path} for media_type, path in problem.alternatives
        ],
    }
    said = {name: value for name, value in members.items() if value not in (None, [])}
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"
