"""The named graphs, read (SPARQL 1.1 Graph Store HTTP Protocol)."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, request

from visidaerah.errors import UsageError
from visidaerah.store import DEFAULT_GRAPH, absolute_iri
from visidaerah.web import urls
from visidaerah.web.negotiation import GRAPH_OFFERS, HTML, RESOURCE_OFFERS
from visidaerah.web.problems import Problem, ProblemRaised
from visidaerah.web.replies import bad_request, graph_reply, negotiate, not_found

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox
    from werkzeug.wrappers import Response as BaseResponse

    from visidaerah.store import Graph
    from visidaerah.web.site import Site


LARGEST_GRAPH = 500_000
"""Triples of the largest graph that is sent whole: they are sorted in memory."""


def blueprint(site: Site) -> Blueprint:
    """Return the routes of the graph store."""
    routes = Blueprint("graphs", __name__)

    @routes.get("/graphs")
    def graphs() -> Response:
        triples = site.store.triples(graph=asked_graph(site))
        return graph_reply(not_too_many(triples), negotiate(GRAPH_OFFERS))

    @routes.get("/graph/<path:path>")
    def graph(path: str) -> BaseResponse:
        iri = f"{site.base}{urls.GRAPHS}{path}"
        if not site.store.has_graph(iri):
            raise not_found(f"There is no graph {iri}.")
        wants_page = negotiate(RESOURCE_OFFERS) == HTML
        place = urls.page_of(iri, site.base) if wants_page else urls.graph_path(iri)
        response = redirect(site.absolute(place), 303)
        response.vary.add("Accept")
        return response

    return routes


def not_too_many(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Return the triples of a graph that can be sent whole.

    Raises ProblemRaised with 413 where there are too many.
    """
    found = list(islice(triples, LARGEST_GRAPH + 1))
    if len(found) > LARGEST_GRAPH:
        raise ProblemRaised(
            Problem(
                status=413,
                kind="answer-too-long",
                detail=f"The graph has more than {LARGEST_GRAPH:,} triples. Ask for parts of it at "
                "/sparql, with CONSTRUCT, LIMIT and OFFSET.",
            )
        )
    return found


def asked_graph(site: Site) -> Graph:
    """Return the graph that the address names; the default graph is the merge of all.

    Raises ProblemRaised: 400 unless it names one, 404 for one that there is not.
    """
    names = request.args.getlist("graph")
    if len(names) + ("default" in request.args) != 1:
        known = ", ".join(graph.value for graph in site.store.graph_names) or "none"
        raise bad_request(f"Name one graph: ?graph=IRI or ?default. There are: {known}.")
    return named_graph(site, names[0]) if names else DEFAULT_GRAPH


def named_graph(site: Site, name: str) -> ox.NamedNode:
    """Return the graph of a name.

    Raises ProblemRaised: 400 for what is no absolute IRI, 404 for a graph that there is not.
    """
    try:
        node = absolute_iri(name)
    except UsageError as error:
        raise bad_request(str(error)) from error
    if not site.store.has_graph(name):
        raise not_found(f"There is no graph {name}.")
    return node
