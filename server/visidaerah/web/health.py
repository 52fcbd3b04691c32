"""Whether the server lives, whether it is ready, and its numbers, for those who watch it."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, Response

from visidaerah import __version__
from visidaerah.errors import VisidaerahError
from visidaerah.store import QueryRequest
from visidaerah.web.metrics import CONTENT_TYPE

if TYPE_CHECKING:
    from visidaerah.web.metrics import Metrics
    from visidaerah.web.site import Site

TINY = QueryRequest(query="ASK {}")
"""The query by which a worker shows that it works."""


def blueprint(site: Site, metrics: Metrics) -> Blueprint:
    """Return the routes for those who watch; no answer of theirs is kept by anyone."""
    routes = Blueprint("health", __name__)

    @routes.get("/healthz")
    def live() -> Response:
        return state(site, "live")

    @routes.get("/healthz/ready")
    def ready() -> Response:
        try:
            site.answer(TINY)
        except VisidaerahError as error:
            return state(site, "not ready", HTTPStatus.SERVICE_UNAVAILABLE, str(error))
        return state(site, "ready")

    @routes.get("/metrics")
    def numbers() -> Response:
        return unkept(Response(metrics.text(), content_type=CONTENT_TYPE))

    return routes


def state(
    site: Site, word: str, status: HTTPStatus = HTTPStatus.OK, detail: str | None = None
) -> Response:
    """Return the state of the server as JSON: `live`, `ready` or `not ready`."""
    said = {"status": word, "version": __version__, "release": site.store.version}
    content = json.dumps(said | ({"detail": detail} if detail else {})) + "\n"
    response = Response(content, status, content_type="application/json")
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = "5"
    return unkept(response)


def unkept(response: Response) -> Response:
    """Forbid that anyone keeps an answer that is true for a moment."""
    response.cache_control.no_store = True
    return response
