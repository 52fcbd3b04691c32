"""The pages of the shipped release and of small ones, as a browser asks for them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from html_pages import Page, parsed
from visidaerah.store import Store
from visidaerah.vocabulary import PREFIXES
from visidaerah.web import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


class Visitor:
    """Someone with a browser: sees pages in a language."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self._seen: dict[tuple[str, str, int], Page] = {}

    def see(self, address: str, language: str = "id", status: int = 200) -> Page:
        """Return a page, after checking that it is one; a release never changes, so seen once."""
        key = (address, language, status)
        if key not in self._seen:
            self._seen[key] = parsed(self.source(*key))
        return self._seen[key]

    def source(self, address: str, language: str = "id", status: int = 200) -> str:
        """Return the HTML of a page."""
        headers = {"Accept": BROWSER, "Accept-Language": language}
        response = self.client.get(address, headers=headers)
        assert (response.status_code, response.mimetype) == (status, "text/html"), address
        return response.get_data(as_text=True)


@cache
def shipped() -> Visitor:
    """Return a visitor of the shipped release."""
    return Visitor(create_app(Store.shipped()).test_client())


def quads_of(trig: str) -> Iterator[ox.Quad]:
    """Return the statements of some TriG; the usual prefixes are declared."""
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    base = "https://w3id.org/visidaerah/"
    return ox.parse(f"{head}\n{trig}", format=ox.RdfFormat.TRIG, base_iri=base)


def visitor_of(trig: str) -> Visitor:
    """Return a visitor of the release in some TriG; the usual prefixes are declared."""
    return Visitor(create_app(Store.from_quads(quads_of(trig))).test_client())
