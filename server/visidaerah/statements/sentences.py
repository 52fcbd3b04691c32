"""Prose becomes sentences, and any stretch of it loses what does not belong to its wording."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from visidaerah.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

# Read in a pattern before anything else, brackets hide what they hold.
BRACKETED = r"\([^()]*\)"
# Unicode's white space, and the two invisible characters that texts use as if they were.
WHITE = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u200b\ufeff"
)
QUOTES = "\"'“”„‟‘’‚«»"
EDGES = WHITE + QUOTES + ".,;:…"
CONNECTIVES = frozenset({"dan", "serta", "atau", "maupun", "dan/atau", "&"})
# A full stop after one of these, or after a single letter, ends no sentence.
ABBREVIATION = re.compile(r"[^\W\d_]|dr|drs|hj|ir|jl|kab|kec|kel|no|prof|prov|st|tgl")
ALPHANUMERIC = re.compile(r"[^\W_]")
BOUNDARY = re.compile(
    rf"""
      {BRACKETED}
    | (?P<stop>[.!?…][{QUOTES})]*) (?=\s+[{QUOTES}(]*\s?[A-Z0-9] | \s*\Z)
    | (?P<gap>\n[^\S\n]*\n)
    """,
    re.VERBOSE,
)


def sentences(text: str, within: Span) -> Iterator[Span]:
    """Yield the sentences of a stretch, without the marks that end or enclose them.

    A full stop ends one where a capital or a digit follows, a blank line always; not in brackets.
    """
    start = within.start
    for end, resume in _boundaries(text, within):
        sentence = Span.stripped(text, start, end, WHITE + QUOTES)
        if sentence and ALPHANUMERIC.search(text, sentence.start, sentence.end):
            yield sentence
        start = resume


def first_sentence_end(text: str, within: Span) -> int:
    """Return where the first sentence of a stretch ends, its closing mark excluded."""
    return next(_boundaries(text, within))[0]


def _boundaries(text: str, within: Span) -> Iterator[tuple[int, int]]:
    for match in BOUNDARY.finditer(text, within.start, within.end):
        if match.lastgroup is not None and not _abbreviates(text, within.start, match.start()):
            yield match.start(), match.end()
    yield within.end, within.end


def _abbreviates(text: str, start: int, stop: int) -> bool:
    words = text[max(start, stop - 8) : stop].split()
    return bool(words) and text[stop] == "." and bool(ABBREVIATION.fullmatch(words[-1].casefold()))


def trimmed(text: str, start: int, end: int) -> Span | None:
    """Return the stretch without white space, quotation marks, stops and connectives at its ends.

    None where no letter or digit is left.
    """
    span = Span.stripped(text, start, end, EDGES)
    while span and (outer := _connectives_at_ends(text, span)):
        before, after = outer
        span = Span.stripped(text, span.start + before, span.end - after, EDGES)
    return span if span and ALPHANUMERIC.search(text, span.start, span.end) else None


def _connectives_at_ends(text: str, span: Span) -> tuple[int, int] | None:
    first = text[span.start : min(span.end, span.start + 10)].split(maxsplit=1)[0]
    last = text[max(span.start, span.end - 10) : span.end].rsplit(maxsplit=1)[-1]
    before = len(first) if first.casefold() in CONNECTIVES else 0
    after = len(last) if last.casefold() in CONNECTIVES and len(last) < span.end - span.start else 0
    return (before, after) if before or after else None
