"""The chapter of vision and missions, in a book of hundreds of pages."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from visidaerah.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from visidaerah.readers.model import Place, SourceContent

_BOOK = 120_000
"""A text longer than this (some forty pages) is read by the chapter."""

# A title goes on over short lines; what ends in a full stop is the text of the chapter.
_CHAPTER = re.compile(
    r"^[ \t]*(?:BAB|Bab)[ \t]+(?P<number>[IVXL]{1,6}|\d{1,2})\b(?![ \t]+[a-z(,])[.:]?"
    r"(?=(?P<title>[^\n]{0,120}(?:\n+(?![ \t]*(?:BAB|Bab)\b)[^\n]{1,79}[^\n.](?=\n)){0,3}))",
    re.MULTILINE,
)
# An entry of a table of contents: leaders, or a page number at the end of its line.
_ENTRY = re.compile(r"\.{4,}|…{2,}|[._ ]{6,}|\s(?:[IVXL]{1,6}\s?[-–]\s?)?\d{1,3}\s*$")
_VISION = re.compile(r"\bVISI\b", re.IGNORECASE)
_MISSION = re.compile(r"\bMISI\b", re.IGNORECASE)
_NUMERALS = {"I": 1, "V": 5, "X": 10, "L": 50}
_BETWEEN = "\n\n"
_SHORTEST = 1_500
_TITLE_PAGE = 400


def chapter_alone(content: SourceContent) -> SourceContent:
    """Return a book's title page and its chapter of vision and missions; other texts as they are.

    A remark says what was left out, or that the book has no such chapter.
    """
    if len(content.text) < _BOOK:
        return content
    chapter = vision_chapter(content.text)
    if chapter is None:
        remark = "No chapter whose title names vision and missions was found; the whole was kept."
        return replace(content, remarks=(*content.remarks, remark))
    title_page = _title_page(content, chapter)
    kept = [span for span in (title_page, chapter) if span and span.of(content.text).strip("\n")]
    lines = filter(None, chapter.of(content.text)[:100].split("\n"))
    heading = " ".join(islice(lines, 2))
    remark = f"Of {len(content.text):,} characters only the title page and the chapter “{heading}”"
    return replace(
        content,
        text=_BETWEEN.join(span.of(content.text).strip("\n") for span in kept) + "\n",
        places=tuple(_moved(content.places, kept, content.text)),
        remarks=(*content.remarks, f"{remark}{_pages(content.places, chapter)} were kept."),
    )


def vision_chapter(text: str) -> Span | None:
    """Return the longest chapter whose title names vision and missions; None if there is none.

    A chapter ends where one with a higher number begins; entries of a table of contents and the
    summaries of an introduction begin none that is long.
    """
    heads = [
        (_number(match["number"]), match)
        for match in _CHAPTER.finditer(text)
        if not _ENTRY.search(match["title"].partition("\n")[0])
    ]
    chapters = [
        Span(match.start(), _end(heads[index + 1 :], number, len(text)))
        for index, (number, match) in enumerate(heads)
        if _VISION.search(match["title"]) and _MISSION.search(match["title"])
    ]
    longest = max(chapters, key=lambda span: span.end - span.start, default=None)
    return longest if longest and longest.end - longest.start >= _SHORTEST else None


def _end(following: Sequence[tuple[int, re.Match[str]]], number: int, default: int) -> int:
    return next((match.start() for other, match in following if other > number), default)


def _number(written: str) -> int:
    if written.isdecimal():
        return int(written)
    digits = [_NUMERALS[letter] for letter in written]
    return sum(-one if one < after else one for one, after in pairwise([*digits, 0]))


def _title_page(content: SourceContent, chapter: Span) -> Span | None:
    """Return the first page, or the first lines of a file without pages.

    The running title that stands before it is from a later page.
    """
    places = (
        sorted(content.places[:2], key=lambda place: int(place.value)) if _paged(content) else ()
    )
    end = places[0].span.end if places else _TITLE_PAGE
    end = min(end, chapter.start, content.text.find("\n", _TITLE_PAGE))
    return Span(0, end) if end > 0 else None


def _paged(content: SourceContent) -> bool:
    return bool(content.places) and content.places[0].kind == "page"


def _moved(places: Sequence[Place], kept: Iterable[Span], text: str) -> Iterator[Place]:
    """Yield the places of the stretches that are kept, where these are in the new text."""
    begin = 0
    for stretch in kept:
        stripped = Span.stripped(text, stretch.start, stretch.end, "\n")
        if stripped is None:
            continue
        for place in places:
            start = max(place.span.start, stripped.start)
            end = min(place.span.end, stripped.end)
            if start < end:
                shift = begin - stripped.start
                yield replace(place, span=Span(start + shift, end + shift))
        begin += stripped.end - stripped.start + len(_BETWEEN)


def _pages(places: Sequence[Place], chapter: Span) -> str:
    """Return the pages of a chapter for a remark; nothing in a file without pages."""
    pages = [p.value for p in places if p.kind == "page" and p.span.overlaps(chapter)]
    return f" on pages {pages[0]}–{pages[-1]}" if pages else ""
