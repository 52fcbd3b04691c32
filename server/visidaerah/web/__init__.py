"""The release as a web application: SPARQL, linked data, dumps and pages."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from visidaerah.errors import VisidaerahError
from visidaerah.web import discovery, dumps, graphs, resources, sparql
from visidaerah.web.headers import add_headers
from visidaerah.web.pages import Pages
from visidaerah.web.problems import Problem, problem_of_error, problem_of_exception
from visidaerah.web.replies import problem_response
from visidaerah.web.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response

    from visidaerah.store import QueryAnswer, QueryRequest, Store
    from visidaerah.web.site import Renderer

LARGEST_BODY = 4 * 1024 * 1024
"""Bytes of a request's body; larger ones are answered 413."""

log = logging.getLogger(__name__)


def create_app(
    store: Store,
    *,
    public_url: str | None = None,
    trusted_proxies: int = 0,
    renderer: Renderer | None = None,
    answer: Callable[[QueryRequest], QueryAnswer] | None = None,
) -> Flask:
    """Return the application that serves a release.

    `public_url` is the address under which the server is reached (`https://example.org`); without
    it each request tells. `trusted_proxies` is how many proxies in front are believed when they
    say so in `X-Forwarded-*`. `renderer` makes the pages that routes of the protocol answer with;
    ours by default. `answer` answers queries of anyone's; by default they are evaluated in this
    process, which they can then occupy or end.
    """
    app = Flask(__name__, static_folder=None)
    app.url_map.strict_slashes = True
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    renderer = renderer or Pages(store)
    site = Site(
        store=store, renderer=renderer, answer=answer or store.answer, public_url=public_url
    )
    if trusted_proxies:
        proxies = dict.fromkeys(("x_for", "x_proto", "x_host"), trusted_proxies)
        app.wsgi_app = ProxyFix(app.wsgi_app, **proxies)  # type: ignore[method-assign]
    app.extensions["visidaerah"] = site
    add_headers(app, site)
    add_problems(app, site)
    for part in (sparql, resources, graphs, dumps, discovery, renderer):
        app.register_blueprint(part.blueprint(site))
    return app


def add_problems(app: Flask, site: Site) -> None:
    """Register how errors look: never a traceback, always a sentence."""

    @app.errorhandler(HTTPException)
    def http_problem(error: HTTPException) -> Response:
        return problem_response(site, problem_of_exception(error))

    @app.errorhandler(VisidaerahError)
    def known_problem(error: VisidaerahError) -> Response:
        return problem_response(site, problem_of_error(error))

    @app.errorhandler(Exception)
    def unknown_problem(error: Exception) -> Response:
        log.error("A request failed.", exc_info=error)
        detail = "The server failed on this request. It is noted; try again later."
        return problem_response(site, Problem(status=500, kind="internal", detail=detail))
