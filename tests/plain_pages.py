"""Pages without looks, for tests of the protocol: each says in plain words what it was given."""

# ruff: noqa: ARG002 (the protocol's parameters)

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from flask import Blueprint

if TYPE_CHECKING:
    from visidaerah.web.problems import Problem
    from visidaerah.web.site import Results, Site


class PlainPages:
    """A `web.site.Renderer`."""

    def blueprint(self, site: Site) -> Blueprint:
        routes = Blueprint("plain", __name__)

        @routes.get("/")
        def home() -> str:
            return "<p>home"

        @routes.get("/broken")
        def broken() -> str:
            raise ZeroDivisionError("a secret")

        @routes.get("/page/<path:path>")
        def page(path: str) -> str:
            return f"<p>page of {escape(path)}"

        @routes.get("/page")
        def page_of_any() -> str:
            return "<p>page of a thing"

        return routes

    def prepare(self, site: Site) -> None:
        pass

    def render_error(self, site: Site, problem: Problem) -> str:
        return f"<h1>{problem.status}</h1><p>{escape(problem.detail)}"

    def render_results(self, site: Site, results: Results) -> str:
        return f"<p>{results.kind} {results.total} {results.boolean} {len(results.rows)}"

    def render_query_form(self, site: Site) -> str:
        return "<form>"

    def render_ontology(self, site: Site) -> str:
        return "<h1>ontology</h1>"

    def render_dataset(self, site: Site) -> str:
        return "<h1>dataset</h1>"
