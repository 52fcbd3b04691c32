"""What every part of the web application is given: the release, its names and its renderer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from flask import request

from visidaerah.limits import Limits
from visidaerah.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyoxigraph as ox
    from flask import Blueprint

    from visidaerah.store import QueryAnswer, QueryRequest, Store, Term
    from visidaerah.web.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The answer of a query, as values to show.

    For SELECT `variables` and `rows` (None is unbound), for ASK `boolean`, for CONSTRUCT and
    DESCRIBE `triples`. `total` counts the rows or triples that there are, up to
    `COUNTED_AT_MOST`: `has_more` tells of others. No more than `SHOWN_AT_MOST` are carried.
    """

    query: str
    kind: Literal["boolean", "bindings", "graph"]
    total: int = 0
    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    boolean: bool | None = None
    triples: tuple[ox.Triple, ...] = ()
    has_more: bool = False


SHOWN_AT_MOST = 1000
"""How many rows or triples a page of results carries; the files carry all."""

COUNTED_AT_MOST = 10_000
"""How many a page counts."""


class Renderer(Protocol):
    """The pages that the protocol's routes answer with where a reader asks for HTML.

    Each returns a whole document; status and headers are the caller's. They run inside a request,
    from which they take the reader's language.
    """

    def blueprint(self, site: Site) -> Blueprint:
        """Return the routes that only answer in HTML, and the files that pages are made of."""

    def prepare(self, site: Site) -> None:
        """Take what pages need of the whole release; it may take long, and nobody waits for it."""

    def render_error(self, site: Site, problem: Problem) -> str:
        """Tell what happened and what to do; with the query and the place where one is at fault."""

    def render_results(self, site: Site, results: Results) -> str:
        """Show the answer of a query, the query itself and its other formats."""

    def render_query_form(self, site: Site) -> str:
        """Show the form that asks for a query (GET /sparql without one)."""

    def render_ontology(self, site: Site) -> str:
        """Show the ontology's documentation."""

    def render_dataset(self, site: Site) -> str:
        """Show what the data set is: dumps, endpoint, licence, how to cite."""


LIMITS = Limits()


def no_such_query(_id: str) -> bool:
    """Tell that no query of the id is under way."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Site:
    """A release as it is served.

    `base` is where the canonical names begin: it is in the data and never changes. `public_url`
    is where this server is reached (`https://example.org`, no slash at the end); None takes it from
    each request. It is used in addresses, never in data. `answer` answers queries of anyone's, as
    `Store.answer` does; `cancel` takes back the one with an id, and tells whether there was one.
    """

    store: Store
    renderer: Renderer
    answer: Callable[[QueryRequest], QueryAnswer]
    base: str = BASE
    public_url: str | None = None
    cancel: Callable[[str], bool] = no_such_query
    limits: Limits = LIMITS

    def absolute(self, path: str) -> str:
        """Return the full address of a path on this server, as the client reaches it."""
        return (self.public_url or request.host_url.rstrip("/")) + path
