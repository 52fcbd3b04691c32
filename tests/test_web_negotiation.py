"""What a client accepts decides what it gets."""

from __future__ import annotations

import pytest

from visidaerah.web.negotiation import (
    GRAPH_OFFERS,
    QUERY_OFFERS,
    RESOURCE_OFFERS,
    preferred,
    ranked,
)

FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
COMUNICA = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,"
    "application/n-triples;q=0.8,text/turtle;q=0.6,application/rdf+xml;q=0.5,text/html;q=0.2"
)


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "ttl"),
        ("", "ttl"),
        ("*/*", "ttl"),
        (FIREFOX, "html"),
        (COMUNICA, "nq"),
        ("text/turtle;q=0.5, application/ld+json;q=0.9", "jsonld"),
        ("application/ld+json, text/turtle", "ttl"),
        ("text/html, application/n-triples, application/rdf+xml", "rdf"),
        ("text/*", "ttl"),
        ("application/*", "jsonld"),
        ("text/turtle;q=0, */*", "jsonld"),
        ("application/ld+json, */*", "jsonld"),
        ("Text/Turtle; charset=UTF-8", "ttl"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "jsonld"),
        ('application/ld+json;profile="a,b;q=0";q=1', "jsonld"),
        ("application/rdf+xml ; q=1.000", "rdf"),
        ("application/x-turtle", "ttl"),
        ("text/n3", "ttl"),
        ("application/json", "jsonld"),
        ("application/xml", "rdf"),
        ("text/plain", "nt"),
        ("text/plain, text/turtle;q=0.5", "ttl"),
        ("application/xhtml+xml", "html"),
        ("image/png, */*;q=0.1", "ttl"),
        ("text/html, image/gif, *; q=.2, */*; q=.2", "html"),
        (";;q=x", "ttl"),
        (",,,", "ttl"),
        ("text/turtle;q=7, application/rdf+xml;q=0.1", "rdf"),
        ('"', "ttl"),
        ("foo/bar", None),
        ("image/*", None),
        ("text/turtle;q=0", None),
        ("*/*;q=0", None),
    ],
)
def test_a_resource_comes_as_the_client_likes_it_best(
    accept: str | None, chosen: str | None
) -> None:
    offer = preferred(accept, RESOURCE_OFFERS)
    assert (offer.name if offer else None) == chosen


@pytest.mark.parametrize(
    ("accept", "first"),
    [
        (None, ["json", "xml"]),
        ("text/*", ["csv", "tsv"]),
        ("application/sparql-results+json;q=0, */*;q=0.5", ["xml", "csv"]),
        ("application/sparql-results+xml;q=0.2, application/sparql-results+json;q=0.9", ["json"]),
        ("application/json", ["json", "jsonld"]),
        ("application/xml", ["xml", "rdf"]),
    ],
)
def test_the_formats_of_a_query_are_ranked_for_either_form(
    accept: str | None, first: list[str]
) -> None:
    assert [offer.name for offer in ranked(accept, QUERY_OFFERS)][: len(first)] == first


def test_an_html_page_is_no_graph() -> None:
    assert preferred("text/html", GRAPH_OFFERS) is None


def test_a_hostile_header_is_answered() -> None:
    for header in ('"' * 8000, "a/b;" * 2000, ",".join(["a/b;q=0.5"] * 800), "\\" * 8000):
        assert preferred(header + ",*/*", RESOURCE_OFFERS) in {*RESOURCE_OFFERS, None}
