"""What a client accepts, ranked against what there is (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from visidaerah.formats import GRAPH_FORMATS, RESULT_FORMATS, Format

HTML = Format(name="html", title="HTML", media_type="text/html", aliases=("application/xhtml+xml",))
TEXT = Format(name="text", title="plain text", media_type="text/plain")
PROBLEM = Format(
    name="problem",
    title="problem details",
    media_type="application/problem+json",
    aliases=(
        "application/json",
        "application/ld+json",
        "application/sparql-results+json",
    ),
)

# Preference first: what `*/*` gets.
RESOURCE_OFFERS = (*GRAPH_FORMATS.values(), HTML)
QUERY_OFFERS = (*RESULT_FORMATS.values(), *GRAPH_FORMATS.values(), HTML)
GRAPH_OFFERS = tuple(GRAPH_FORMATS.values())
ERROR_OFFERS = (TEXT, PROBLEM, HTML)

# A client that says text/plain seldom means N-Triples.
ALIAS_QUALITY = {"text/plain": 0.1}

MEDIA_RANGE = re.compile(
    r"""
    \s* (?P<type> [\w!\#$&^.+*-]+ / [\w!\#$&^.+*-]+ ) \s*
    (?P<parameters> (?: ; (?: [^;,"] | "(?:[^"\\]|\\.)*" )* )* )
    (?: , | $ )
    """,
    re.VERBOSE,
)
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
QUALITY = re.compile(r";\s*q\s*=\s*(?P<value>[^;\s]*)", re.IGNORECASE)
# Wider than the grammar: Java's default is `q=.2`, others send more than three digits.
QUALITY_VALUE = re.compile(r"0?\.\d+|0\.?|1(?:\.0*)?")


@dataclass(frozen=True, slots=True)
class Rank:
    """How well an offer is liked; a type that is named beats one that a wildcard allows."""

    quality: float
    specificity: int

    @property
    def key(self) -> tuple[float, int]:
        """Return what to sort by, the best last."""
        return self.quality, self.specificity


UNACCEPTABLE = Rank(0.0, 0)


def preferred(accept: str | None, offers: tuple[Format, ...]) -> Format | None:
    """Return the offer that the client likes best, the first of them where it likes all alike.

    None means that it accepts none of them. A header that is absent, empty or wholly broken
    accepts everything.
    """
    return next(iter(ranked(accept, offers)), None)


@lru_cache(maxsize=512)
def ranked(accept: str | None, offers: tuple[Format, ...]) -> tuple[Format, ...]:
    """Return the acceptable offers, best first; among equals in the order of the offers."""
    ranges = media_ranges(accept or "")
    if not ranges:
        return offers
    ranks = {offer: rank(offer, ranges) for offer in offers}
    acceptable = [offer for offer in offers if ranks[offer].quality > 0]
    return tuple(sorted(acceptable, key=lambda offer: ranks[offer].key, reverse=True))


@lru_cache(maxsize=256)
def wishes(accept: str) -> tuple[tuple[str, float], ...]:
    """Return what a client accepts, spelled in one way.

    Two headers with the same wishes get the same answer, whatever is offered.
    """
    return tuple(sorted(media_ranges(accept).items()))


def media_ranges(accept: str) -> dict[str, float]:
    """Return the quality of each media range, in lower case; broken parts are left out."""
    ranges: dict[str, float] = {}
    for part in split_parts(accept):
        match = MEDIA_RANGE.fullmatch(part)
        quality = quality_of(match["parameters"]) if match else None
        if match and quality is not None:
            ranges.setdefault(match["type"].lower(), quality)
    return ranges


def split_parts(header: str) -> list[str]:
    """Split at commas outside quoted strings."""
    return re.findall(r'(?:[^,"]|"(?:[^"\\]|\\.)*"?)+', header)


def quality_of(parameters: str) -> float | None:
    """Return the weight among a media range's parameters: 1 where absent, None where broken."""
    found = QUALITY.search(QUOTED.sub("", parameters))
    if not found:
        return 1.0
    return float(found["value"]) if QUALITY_VALUE.fullmatch(found["value"]) else None


def rank(offer: Format, ranges: dict[str, float]) -> Rank:
    """Return how well the client likes an offer: by its own type, an alias, or a wildcard."""
    if offer.media_type in ranges:
        return Rank(ranges[offer.media_type], 3)
    aliases = (
        Rank(ranges[alias] * ALIAS_QUALITY.get(alias, 1.0), 2)
        for alias in offer.aliases
        if alias in ranges
    )
    candidates = (*aliases, wildcard_rank(offer, ranges))
    return max(candidates, key=lambda candidate: candidate.key)


def wildcard_rank(offer: Format, ranges: dict[str, float]) -> Rank:
    """Return how well wildcards like an offer; the narrower wildcard decides."""
    family = offer.media_type.partition("/")[0] + "/*"
    if family in ranges:
        return Rank(ranges[family], 1)
    return Rank(ranges["*/*"], 0) if "*/*" in ranges else UNACCEPTABLE
