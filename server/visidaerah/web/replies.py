"""Graphs and pages as responses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, request

from visidaerah.formats import write_graph
from visidaerah.web.negotiation import HTML, preferred
from visidaerah.web.problems import Problem, ProblemRaised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pyoxigraph as ox

    from visidaerah.formats import Format


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
    offer = preferred(request.headers.get("Accept"), offers)
    if offer is None:
        raise not_acceptable(offers, address)
    return offer


def not_acceptable(
    offers: tuple[Format, ...], address: Callable[[Format], str] | None = None
) -> ProblemRaised:
    """Return the problem of a client that accepts none of the offers."""
    types = ", ".join(offer.media_type for offer in offers)
    places = ((offer.media_type, address(offer)) for offer in offers) if address else ()
    return ProblemRaised(
        Problem(
            status=406,
            kind="not-acceptable",
            detail=f"This is not there as {request.headers.get('Accept')}. There are: {types}.",
            alternatives=tuple(places),
        )
    )


def not_found(what: str) -> ProblemRaised:
    """Return the problem of a thing that is not there."""
    return ProblemRaised(Problem(status=404, kind="not-found", detail=what))


def bad_request(what: str) -> ProblemRaised:
    """Return the problem of a request that cannot be understood."""
    return ProblemRaised(Problem(status=400, kind="bad-request", detail=what))
