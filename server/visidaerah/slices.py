"""A query is asked for a part of its rows: LIMIT and OFFSET written into its text.

Only tokens of the query's own end are touched (SPARQL 1.1, 18.2.5.5: Slice), so a LIMIT of a
subquery is left alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from visidaerah.screening import PROLOGUE, TOKEN

if TYPE_CHECKING:
    import re

NUMBERED = frozenset({"LIMIT", "OFFSET"})


@dataclass(frozen=True, slots=True)
class Slice:
    """Which rows a query asks for: at most `limit`, None for all, from `offset` on."""

    limit: int | None = None
    offset: int = 0


def is_select(query: str) -> bool:
    """Tell whether the query is one that selects rows."""
    words = (match.group().upper() for match in tokens_of(query) if match.lastgroup == "word")
    return next((word for word in words if word not in PROLOGUE), None) == "SELECT"


def slice_of(query: str) -> Slice:
    """Return the part of its rows that a query itself asks for."""
    said = {name: number for name, number, _, _ in numbered(own_end(query))}
    return Slice(said.get("LIMIT"), said.get("OFFSET", 0))


def sliced(query: str, part: Slice) -> str:
    """Return the query with another slice in place of its own."""
    end = own_end(query)
    kept, place = "", 0
    for _, _, start, stop in numbered(end):
        kept += query[place:start]
        place = stop
    stop = end[-1].end() if end else place
    limit = "" if part.limit is None else f" LIMIT {part.limit}"
    return f"{kept}{query[place:stop]}\n{limit} OFFSET {part.offset} {query[stop:]}"


@lru_cache(maxsize=4)
def own_end(query: str) -> list[re.Match[str]]:
    """Return the tokens that solution modifiers may be among: behind the last group, before VALUES.

    The closing bracket of the group comes first.
    """
    found = tokens_of(query)
    without = found[: start_of_values(found)]
    closing = [place for place, match in enumerate(without) if match.group() == "}"]
    return without[closing[-1] :] if closing else without


@lru_cache(maxsize=4)
def tokens_of(query: str) -> list[re.Match[str]]:
    """Return the tokens of a query but remarks; for the few that are looked at again at once."""
    return [match for match in TOKEN.finditer(query) if match.lastgroup != "comment"]


def start_of_values(found: list[re.Match[str]]) -> int:
    """Return the place of the VALUES clause that ends a query; behind the end where it has none.

    `VALUES ?x { … }` and `VALUES (?x ?y) { … }` hold no braces.
    """
    braces = [place for place, match in enumerate(found) if match.group() in {"{", "}"}]
    if len(braces) < 2 or braces[-1] != len(found) - 1 or found[braces[-2]].group() != "{":
        return len(found)
    place = braces[-2] - 1
    while place >= 0 and (found[place].lastgroup == "variable" or found[place].group() in "()"):
        place -= 1
    is_values = place >= 0 and found[place].group().upper() == "VALUES"
    return place if is_values else len(found)


def numbered(end: list[re.Match[str]]) -> list[tuple[str, int, int, int]]:
    """Return LIMIT and OFFSET among tokens: the word, its number, where it starts and stops."""
    return [
        (word.group().upper(), int(number.group()), word.start(), number.end())
        for word, number in pairwise(end)
        if word.group().upper() in NUMBERED and number.lastgroup == "number"
    ]
