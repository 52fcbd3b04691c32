"""The first mistake of a query that is being written, for the editor to mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import jsonify, request

from visidaerah.answers import QueryRequest
from visidaerah.errors import QuerySyntaxError, VisidaerahError

if TYPE_CHECKING:
    from flask import Blueprint, Response

    from visidaerah.web.site import Site

PATH = "/mistake"
"""Where the editor asks."""

NO_GRAPH = "urn:visidaerah:no-graph"
"""Asked of a graph that is not there, a query is parsed and has nothing to look through."""


def add_routes(routes: Blueprint, site: Site) -> None:
    """Add the route to those of the pages."""
    routes.add_url_rule(PATH, "mistake", lambda: answer(site), methods=["POST"])


def answer(site: Site) -> Response:
    """Answer `{"mistake": {"line": 1, "column": 8, …}}`, or null in its place.

    What is half written is no failure of the request, so that the status is 200 all the same.
    """
    error = mistake_of(site, request.form.get("query", ""))
    response = jsonify(mistake=told(error) if error else None)
    response.cache_control.no_store = True
    return response


def mistake_of(site: Site, query: str) -> QuerySyntaxError | None:
    """Return why a query cannot be read, as its own parser says, None where it can."""
    asked = QueryRequest(query=query, formats=("json", "nt"), default_graphs=(NO_GRAPH,))
    try:
        site.answer(asked)
    except QuerySyntaxError as error:
        return error
    except VisidaerahError:
        # It is read, and refused for something else, which whoever runs it is told.
        return None
    return None


def told(error: QuerySyntaxError) -> dict[str, object]:
    """Return a mistake as the editor reads it; line and column are 1-based."""
    return {
        "line": error.line,
        "column": error.column,
        "reason": error.reason,
        "paste": error.paste,
        "detail": str(error),
    }
