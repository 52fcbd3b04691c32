"""The one place that mints IRIs: what a thing of a plan is called."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from pyoxigraph import NamedNode

from visidaerah.errors import UsageError
from visidaerah.spans import Span
from visidaerah.vocabulary import BASE

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
INFERRED = NamedNode(f"{BASE}graph/inferred")
ONTOLOGY_GRAPH = NamedNode(f"{BASE}graph/ontology")
PROVENANCE = NamedNode(f"{BASE}graph/provenance")
REGIONS_GRAPH = NamedNode(f"{BASE}graph/regions")
SECTORS_GRAPH = NamedNode(f"{BASE}graph/sectors")
MAINTAINERS = NamedNode(f"{BASE}id/agent/maintainers")


def slug_of(words: str) -> str:
    """Return words as a slug: ASCII, lower-case, hyphens; empty where nothing is left of them."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def checked_slug(slug: str) -> str:
    """Return the slug of a plan if it is one.

    Raises UsageError where it is not ASCII letters, digits and single hyphens, in lower case.
    """
    if not SLUG.fullmatch(slug):
        raise UsageError(
            f"{slug!r} is no slug. Use lower-case ASCII letters, digits and hyphens"
            f" (for example {slug_of(slug) or 'kota-metro'})."
        )
    return slug


def plan(slug: str) -> NamedNode:
    """Name a plan."""
    return NamedNode(f"{BASE}id/plan/{slug}")


def part(slug: str, path: str) -> NamedNode:
    """Name a part of a plan by its path: `pillar/3/dimension/4`, `period`; empty for the plan."""
    return NamedNode(f"{BASE}id/plan/{slug}/{path}") if path else plan(slug)


def document(slug: str) -> NamedNode:
    """Name a source text."""
    return NamedNode(f"{BASE}id/document/{slug}")


def span(slug: str, place: Span, scheme: str = "char") -> NamedNode:
    """Name a span by RFC 5147 (`char=76,143`); its selectors by `position` and `quote`."""
    return NamedNode(f"{BASE}id/document/{slug}#{scheme}={place.start},{place.end}")


def place_of(slug: str, node: object) -> Span | None:
    """Return the characters of a source text that a node names, None where it names none."""
    mark = re.escape(f"{document(slug).value}#char=")
    name = node.value if isinstance(node, NamedNode) else ""
    found = re.fullmatch(rf"{mark}(\d{{1,12}}),(\d{{1,12}})", name)
    start, end = map(int, found.groups()) if found else (0, 0)
    return Span(start, end) if start < end else None


def source_file(slug: str) -> NamedNode:
    """Name the file that a source text was read from."""
    return NamedNode(f"{BASE}id/document/{slug}/file")


def source_place(slug: str, kind: str, value: str) -> NamedNode:
    """Name a place in such a file: `page=12` (RFC 8118), or `block=` and the path of a block."""
    return NamedNode(f"{BASE}id/document/{slug}/file#{kind}={quote(value, safe='/')}")


def graph(kind: str, slug: str) -> NamedNode:
    """Name a graph of a document: kind `document`, `judgement` or `curation`."""
    return NamedNode(f"{BASE}graph/{kind}/{slug}")


def agent(name: str) -> NamedNode:
    """Name a body that is not the government of a region."""
    return NamedNode(f"{BASE}id/agent/{slug_of(name) or 'unnamed'}")


def activity(slug: str) -> NamedNode:
    """Name the reading of a document by the program."""
    return NamedNode(f"{BASE}id/activity/reading/{slug}")


def software(version: str) -> NamedNode:
    """Name the program at a version."""
    return NamedNode(f"{BASE}id/software/visidaerah/{version}")


def region(code: str) -> NamedNode:
    """Name a region by its Ministry of Home Affairs code."""
    return NamedNode(f"{BASE}id/region/{code}")


def government(region_code: str) -> NamedNode:
    """Name the government of a region."""
    return NamedNode(f"{BASE}id/region/{region_code}/government")


def office(region_code: str, title: str) -> NamedNode:
    """Name a post of a regional government."""
    return NamedNode(f"{BASE}id/region/{region_code}/office/{slug_of(title)}")


def concept(kind: str, name: str) -> NamedNode:
    """Name a concept of a scheme: kind `plan-type`, `method`, `facet-kind`, `countable`."""
    return NamedNode(f"{BASE}id/{kind}/{name}")


def sector(identifier: str) -> NamedNode:
    """Name a government affair by its code ("1.02"), or a theme by its slug ("agama")."""
    kind = "sector" if identifier[0].isdigit() else "theme"
    return concept(kind, identifier)
