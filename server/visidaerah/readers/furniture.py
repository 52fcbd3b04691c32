"""Running headers, footers and page numbers: what pages repeat at their edges."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visidaerah.readers.layout import Line

_EDGE_LINES = 4
_NEIGHBOURS = 8
_FEWEST_PAGES = 3
_SAME_HEIGHT = 6.0
_FEWEST_WORDS = 2
_MOST_TITLE_LINES = 3
_AS_MANY = 0.7
# Numbers, those of pages by the chapter too: "V-12".
_DIGITS = re.compile(r"(?:\b[IVXLC]{1,7}\s?[-–]\s?)?\d+")
_PAGE_NUMBER = re.compile(
    r"[-–—|.\s]*(?:(?:hal(?:aman)?|page)\b[.:]?\s*)?"
    r"(?:[ivxlc]{1,7}|[IVXLC]{1,7}\s*[-–.|]?\s*\d{1,4}|\d{1,3}|[IVXLC]{1,7})"
    r"(?:\s*(?:dari|of|/)\s*\d{1,4})?[-–—|.\s]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningTitle:
    """What most pages repeat in words, and the index of the page that has it first."""

    page: int
    lines: tuple[str, ...]


def without_furniture(
    pages: Sequence[Sequence[Line]],
) -> tuple[list[list[Line]], RunningTitle | None]:
    """Return the lines of each page without headers, footers and page numbers, and their title.

    A line at the top or bottom of a page is one of them if two more of the neighbouring pages have
    it at the same height, whatever its numbers. The header of the first page stays: it may be the
    only place that names the plan; where it does not, the title is what the others repeat.
    """
    repeated = _repeated(pages)
    kept: list[list[Line]] = []
    dropped: list[tuple[int, Line]] = []
    for number, lines in enumerate(pages):
        head, foot = _head(number, lines, repeated), _foot(number, lines, repeated)
        kept.append(list(lines[head:foot]))
        dropped += ((number, line) for line in [*lines[:head], *lines[foot:]])
    return kept, _running_title(kept[0] if kept else [], dropped)


def _running_title(
    first_page: Sequence[Line], dropped: Sequence[tuple[int, Line]]
) -> RunningTitle | None:
    """Return the headers and footers that the most pages have and the first page does not show.

    There are several where about as many pages have each.
    """
    alike: defaultdict[str, list[tuple[int, Line]]] = defaultdict(list)
    for page, line in dropped:
        if not is_page_number(line.text):
            alike[_shape(line)].append((page, line))
    most = max(map(len, alike.values()), default=0)
    usual = [places for places in alike.values() if len(places) > most * _AS_MANY]
    shown = " ".join(line.text for line in first_page).casefold()
    lines = tuple(
        text
        for places in usual[:_MOST_TITLE_LINES]
        if len((text := _shared_words([line for _, line in places])).split()) >= _FEWEST_WORDS
        if text.casefold() not in shown
    )
    return RunningTitle(page=usual[0][0][0], lines=lines) if lines else None


def _shared_words(lines: Sequence[Line]) -> str:
    """Return the words that are the same in all these lines: no page numbers."""
    columns = zip(*(line.text.split(" ") for line in lines), strict=False)
    return " ".join(words[0] for words in columns if len(set(words)) == 1).strip(" |-–—•")


def _head(number: int, lines: Sequence[Line], repeated: set[tuple[int, int]]) -> int:
    """Return how many lines at the top of a page are its header."""
    head = 0
    while number and head < len(lines):
        if (number, head) not in repeated and not (head == 0 and is_page_number(lines[head].text)):
            break
        head += 1
    return head


def _foot(number: int, lines: Sequence[Line], repeated: set[tuple[int, int]]) -> int:
    """Return where the footer of a page begins; its only line is none."""
    last = len(lines) - 1
    foot = last
    while foot > 0:
        if (number, foot) not in repeated and not (
            foot == last and is_page_number(lines[foot].text)
        ):
            break
        foot -= 1
    return foot + 1


def _repeated(pages: Sequence[Sequence[Line]]) -> set[tuple[int, int]]:
    """Return page and line of each line that recurs at the same height on pages near by."""
    seen: defaultdict[str, list[tuple[int, int, float]]] = defaultdict(list)
    for number, lines in enumerate(pages):
        for index in _edges(lines):
            seen[_shape(lines[index])].append((number, index, lines[index].bottom))
    return {
        (number, index)
        for places in seen.values()
        if len(places) >= _FEWEST_PAGES
        for position, (number, index, height) in enumerate(places)
        if _near(places, position, number, height) >= _FEWEST_PAGES
    }


def _near(
    places: Sequence[tuple[int, int, float]], position: int, number: int, height: float
) -> int:
    """Count the pages near by that have the line at this height; places are in page order."""
    window = places[max(0, position - 2 * _NEIGHBOURS) : position + 2 * _NEIGHBOURS + 1]
    return len(
        {
            page
            for page, _, other in window
            if abs(page - number) <= _NEIGHBOURS and abs(other - height) <= _SAME_HEIGHT
        }
    )


def _edges(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the indices of the first and last lines of a page."""
    for index in range(len(lines)):
        if index < _EDGE_LINES or index >= len(lines) - _EDGE_LINES:
            yield index


def is_page_number(text: str) -> bool:
    """Tell whether a line is nothing but a page's number, in any of its forms."""
    return bool(_PAGE_NUMBER.fullmatch(text))


def _shape(line: Line) -> str:
    """Return the line with its numbers as 0, so that it is the same on all pages."""
    return _DIGITS.sub("0", line.text)
