"""Introductions: the sentences that name a statement and lead on to it with a link word."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from visidaerah.spans import Span

_REACH = 320
_MOST = 200


@dataclass(frozen=True, slots=True)
class Introduction:
    """Words such as "Visi Kota … tahun … adalah": `start` of the noun, `end` behind the link."""

    start: int
    end: int


def introductions(
    text: str, within: Span, noun: re.Pattern[str], link: re.Pattern[str], breaks: str
) -> Iterator[Introduction]:
    """Yield each link word that a noun precedes in the same clause, in order.

    `breaks` are the characters that end the clause. One looks back from the links, a few hundred
    characters at most, so that the time is linear in the length of the text.
    """
    begin = within.start
    for match in islice(link.finditer(text, within.start, within.end), _MOST):
        first = max(begin, match.start() - _REACH)
        first = max(first, 1 + max(text.rfind(c, first, match.start()) for c in breaks))
        sentence = text.rfind(". ", first, match.start()) + 1
        named = noun.search(text, max(first, sentence), match.start() + 1) or noun.search(
            text, first, match.start() + 1
        )
        if named and named.end() <= match.start():
            yield Introduction(named.start(), match.end())
            begin = match.end()
