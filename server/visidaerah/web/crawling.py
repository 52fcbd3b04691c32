"""What crawlers and followers read: robots.txt, the site map, the feed of releases."""

from __future__ import annotations

import gzip
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox
from flask import Blueprint, Response

from visidaerah import __version__
from visidaerah.web import urls
from visidaerah.web.description import TITLES, release_day
from visidaerah.web.dumps import GZIP
from visidaerah.web.replies import not_found

if TYPE_CHECKING:
    from collections.abc import Iterable

    from visidaerah.web.site import Site

PAGES = ("/", "/plans", "/sectors", "/questions", "/data", "/ontology")
"""The pages that are about no one thing."""

MOST_IN_SITE_MAP = 50_000
"""Addresses in one file (sitemaps.org)."""

SITE_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
THINGS = "SELECT DISTINCT ?thing { ?thing a ?class FILTER(isIRI(?thing)) }"


ATOM = "application/atom+xml"


def blueprint(site: Site) -> Blueprint:
    """Return the routes of what crawlers read."""
    routes = Blueprint("crawling", __name__)

    @routes.get("/robots.txt")
    def robots() -> Response:
        return Response(robots_text(site), content_type="text/plain; charset=utf-8")

    @routes.get("/sitemap.xml")
    def sitemap() -> Response:
        return xml_reply(site_map_or_index(site))

    @routes.get("/sitemap-<int:number>.xml")
    def sitemap_part(number: int) -> Response:
        return xml_reply(site_map(site, part_of_pages(site, number)))

    @routes.get("/sitemap.xml.gz")
    def sitemap_compressed() -> Response:
        return Response(gzip.compress(site_map_or_index(site).encode(), mtime=0), content_type=GZIP)

    @routes.get("/feed.atom")
    def feed() -> Response:
        return xml_reply(feed_of(site), ATOM)

    return routes


def robots_text(site: Site) -> str:
    """Return what crawlers may read: everything but the answers of queries."""
    closed = "".join(
        f"Disallow: {path}\n" for path in ("/sparql", "/graphs", "/resolve", "/search")
    )
    return f"User-agent: *\nAllow: /\n{closed}\nSitemap: {site.absolute('/sitemap.xml')}\n"


@lru_cache(maxsize=4)
def page_paths(site: Site) -> tuple[str, ...]:
    """Return the paths of all pages, in order."""
    found = site.store.select(THINGS)
    iris = (term.value for row in found if isinstance(term := row["thing"], ox.NamedNode))
    paths = {path for iri in iris if (path := urls.path_of(iri, site.base))}
    return (*PAGES, *(urls.page_path(path) for path in sorted(paths)))


def part_of_pages(site: Site, number: int) -> tuple[str, ...]:
    """Return the pages of one file of the site map, from 1.

    Raises ProblemRaised with 404 for a file that there is not.
    """
    start = (number - 1) * MOST_IN_SITE_MAP
    part = page_paths(site)[start : start + MOST_IN_SITE_MAP] if number > 0 else ()
    if not part:
        raise not_found(f"There is no part {number} of the site map.")
    return part


def site_map_or_index(site: Site) -> str:
    """Return the site map, or the list of its parts where one file cannot hold it."""
    pages = page_paths(site)
    if len(pages) <= MOST_IN_SITE_MAP:
        return site_map(site, pages)
    parts = range(1, -(-len(pages) // MOST_IN_SITE_MAP) + 1)
    return entries(site, "sitemapindex", "sitemap", (f"/sitemap-{n}.xml" for n in parts))


def site_map(site: Site, pages: Iterable[str]) -> str:
    """Return a site map."""
    return entries(site, "urlset", "url", pages)


def entries(site: Site, root: str, element: str, paths: Iterable[str]) -> str:
    """Return a list of addresses in the form of sitemaps.org."""
    day = release_day(site)
    modified = f"<lastmod>{day}</lastmod>" if day else ""
    lines = (
        f"<{element}><loc>{escape(site.absolute(path))}</loc>{modified}</{element}>\n"
        for path in paths
    )
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{SITE_MAP}">\n'
    return f"{head}{''.join(lines)}</{root}>\n"


def xml_reply(content: str, kind: str = "application/xml") -> Response:
    """Return an XML document."""
    return Response(content, content_type=f"{kind}; charset=utf-8")


def feed_of(site: Site) -> str:
    """Return the feed of releases (RFC 4287): this one, as others are not known here.

    Raises ProblemRaised with 404 where the release has no date.
    """
    day = release_day(site)
    if day is None:
        raise not_found("This data set comes without a date, so there is no feed of its releases.")
    size = f"{len(site.store):,} triples, release {site.store.version}."
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>{escape(site.base)}feed.atom</id>
<title>{escape(TITLES["en"])}</title>
<updated>{day}T00:00:00Z</updated>
<author><name>visidaerah</name></author>
<link rel="self" type="{ATOM}" href={quoteattr(site.absolute("/feed.atom"))}/>
<link rel="alternate" type="text/html" href={quoteattr(site.absolute("/dataset"))}/>
<entry>
<id>{escape(site.base)}dataset#{site.store.version}</id>
<title>visidaerah {__version__}</title>
<updated>{day}T00:00:00Z</updated>
<link rel="alternate" type="text/html" href={quoteattr(site.absolute("/data"))}/>
<summary>{size}</summary>
</entry>
</feed>
"""
