"""The release as a web application: SPARQL, linked data, dumps and pages."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from visidaerah.errors import VisidaerahError
from visidaerah.web import crawling, discovery, dumps, graphs, health, ontologies, resources, sparql
from visidaerah.web.cache import AnswerCache
from visidaerah.web.direct import Direct
from visidaerah.web.front import Front
from visidaerah.web.headers import add_headers
from visidaerah.web.metrics import Metrics
from visidaerah.web.pages import Pages
from visidaerah.web.problems import Problem, problem_of_error, problem_of_exception
from visidaerah.web.replies import problem_response
from visidaerah.web.site import LIMITS, Site, no_such_query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import WSGIEnvironment

    from flask import Response

    from visidaerah.limits import Limits
    from visidaerah.store import QueryAnswer, QueryRequest, Store
    from visidaerah.web.logs import Journal
    from visidaerah.web.metrics import LaneState
    from visidaerah.web.site import Renderer
    from visidaerah.web.traces import Trace

log = logging.getLogger(__name__)


def create_app(
    store: Store,
    *,
    public_url: str | None = None,
    trusted_proxies: int = 0,
    renderer: Renderer | None = None,
    answer: Callable[[QueryRequest], QueryAnswer] | None = None,
    lanes: Callable[[], Iterable[LaneState]] | None = None,
    journal: Journal | None = None,
    cache: AnswerCache | None = None,
    cancel: Callable[[str], bool] = no_such_query,
    limits: Limits = LIMITS,
) -> Flask:
    """Return the application that serves a release.

    `public_url` is the address under which the server is reached (`https://example.org`); without
    it each request tells. `trusted_proxies` is how many proxies in front are believed when they
    say so in `X-Forwarded-*`. `renderer` makes the pages that routes of the protocol answer with;
    ours by default. `answer` answers queries of anyone's; by default they are evaluated in this
    process, which they can then occupy or end. `lanes` tells how those fare who evaluate them.
    `journal` is told of every answer; without one nothing is noted. `cache` keeps answers. `cancel`
    takes back the query with an id. `limits` are what a request may take.
    """
    app = Flask(__name__, static_folder=None)
    app.url_map.strict_slashes = True
    app.config["MAX_CONTENT_LENGTH"] = limits.body
    renderer = renderer or Pages(store)
    site = Site(
        store=store,
        renderer=renderer,
        answer=answer or store.answer,
        public_url=public_url,
        cancel=cancel,
        limits=limits,
    )
    app.wsgi_app = Direct(app, site)  # type: ignore[method-assign]
    if trusted_proxies:
        proxies = dict.fromkeys(("x_for", "x_proto", "x_host"), trusted_proxies)
        app.wsgi_app = ProxyFix(app.wsgi_app, **proxies)  # type: ignore[method-assign]
    app.extensions["visidaerah"] = site
    metrics = Metrics()
    add_front(app, cache or AnswerCache(), metrics, journal)
    metrics.watch(store, front_of(app).cache, journal, lanes)
    add_headers(app, site)
    add_problems(app, site)
    for part in (sparql, resources, ontologies, graphs, dumps, discovery, crawling, renderer):
        app.register_blueprint(part.blueprint(site))
    app.register_blueprint(health.blueprint(site, metrics))
    return app


def add_front(app: Flask, cache: AnswerCache, metrics: Metrics, journal: Journal | None) -> None:
    """Put before the application what keeps, counts and notes its answers."""

    def note(environ: WSGIEnvironment, trace: Trace, status: int, sent: int) -> None:
        metrics.note_answer(environ, trace, status, sent)
        if journal:
            journal.note_answer(environ, trace, status, sent)

    front = Front(app.wsgi_app, cache, note)
    app.wsgi_app = front  # type: ignore[method-assign]
    app.extensions["visidaerah.front"] = front


def front_of(app: Flask) -> Front:
    """Return what stands before an application that `create_app` made."""
    front: Front = app.extensions["visidaerah.front"]
    return front


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
