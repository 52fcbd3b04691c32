"""Columns: what the cells below "Visi" or "Misi" state, where these head the columns of a table."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Literal

from visidaerah.blocks.markers import marker_at
from visidaerah.spans import Span
from visidaerah.statements.mission_lines import mission_span, numbered_inside
from visidaerah.statements.model import Mission
from visidaerah.statements.wording import opens_like_a_mission, word_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HEADS = {
    noun: re.compile(
        rf"\W*(?:pernyataan\s+|rumusan\s+|uraian\s+)?{noun}\b(?:\s+\w+){{0,3}}\W*", re.IGNORECASE
    )
    for noun in ("visi", "misi")
}
# Rows that state nothing: a rule under the header, or the numbers of the columns.
_NO_ROW = re.compile(r"[\s|:+=–-]*|[\s|]*(?:\(?\d{1,2}\)?[\s|]+)+\(?\d{0,2}\)?[\s|]*")
_NUMBER = re.compile(r"\W*(\d{1,2}|[IVXivx]{1,4})\W*")
# What heads the other columns of a plan's table.
_PLANNED = re.compile(
    r"\b(?:visi|tujuan|sasaran|strategi|kebijakan|program|indikator)\b", re.IGNORECASE
)
_DIVIDERS = ("|", "\t")
_LONGEST_HEADER = 500
_WORDS_OF_HEAD = 5
_FEWEST_WORDS = 3

# The cells of a row, None for an empty one; and a row with the cell of the column read.
Row = list[Span | None]


def vision_in_column(text: str, heading: Span) -> Span | None:
    """Return the first cell of the column of visions of the table that a heading belongs to."""
    return next((cell for _, cell in _column(text, heading, "visi")), None)


def missions_in_column(text: str, heading: Span) -> tuple[Mission, ...]:
    """Return what the column of missions of the table states that a heading belongs to.

    A cell that repeats the one above, or is empty, goes on with its mission. Neither column nor
    wording tells a plan in tables of journeys.
    """
    missions = tuple(_missions(text, _column(text, heading, "misi")))
    planned = _PLANNED.search(text, *_line_around(text, heading))
    efforts = any(opens_like_a_mission(text, one.span) for one in missions)
    return missions if planned or efforts else ()


def _column(text: str, heading: Span, noun: Literal["visi", "misi"]) -> Iterator[tuple[Row, Span]]:
    """Yield the rows below a heading, each with its cell below the noun, while they state much."""
    start, end = _line_around(text, heading)
    short = end - start <= _LONGEST_HEADER
    divider = next((mark for mark in _DIVIDERS if short and mark in text[start:end]), None)
    if divider is None:
        return
    column = _number_of(text, _cells(text, start, end, divider), noun)
    if column is None:
        return
    for row in takewhile(lambda row: len(row) > column, _rows(text, end, divider)):
        cell = row[column]
        if cell and not _states(text, cell):
            return
        if cell:
            yield row, cell


def _states(text: str, cell: Span) -> bool:
    """Tell whether a cell has words enough for a statement: two, if they begin an effort."""
    fewest = _FEWEST_WORDS - opens_like_a_mission(text, cell)
    return word_count(text, cell) >= fewest


def _line_around(text: str, span: Span) -> tuple[int, int]:
    first, last = max(0, span.start - _LONGEST_HEADER), span.end + _LONGEST_HEADER
    start = text.rfind("\n", first, span.start) + 1 or first
    end = text.find("\n", span.end, last)
    return start, end if end >= 0 else min(last, len(text))


def _cells(text: str, start: int, end: int, divider: str) -> Row:
    cells: Row = []
    while start <= end:
        cut = text.find(divider, start, end)
        stop = cut if cut >= 0 else end
        cells.append(Span.stripped(text, start, stop))
        start = stop + 1
    return cells


def _number_of(text: str, cells: Row, noun: Literal["visi", "misi"]) -> int | None:
    """Return the number of the column that a noun heads, if every cell is a short heading."""
    filled = [cell for cell in cells if cell]
    short = all(word_count(text, cell) <= _WORDS_OF_HEAD for cell in filled)
    if len(filled) < 2 or not short or any(":" in cell.of(text) for cell in filled):
        return None
    head = _HEADS[noun]
    return next((at for at, c in enumerate(cells) if c and head.fullmatch(c.of(text))), None)


def _rows(text: str, start: int, divider: str) -> Iterator[Row]:
    """Yield the rows below the end of a line, up to a line that is none."""
    while 0 <= start < len(text):
        end = text.find("\n", start + 1)
        stop = end if end >= 0 else len(text)
        line = text[start + 1 : stop]
        if not line.strip():
            start = end
            continue
        if divider not in line:
            return
        if not _NO_ROW.fullmatch(line):
            yield _cells(text, start + 1, stop, divider)
        start = end


def _missions(text: str, cells: Iterator[tuple[Row, Span]]) -> Iterator[Mission]:
    previous = ""
    for row, cell in cells:
        if cell.of(text) == previous:
            continue
        previous = cell.of(text)
        if several := numbered_inside(text, cell):
            yield from several
        elif mission := _mission(text, row, cell):
            yield mission


def _mission(text: str, row: Sequence[Span | None], cell: Span) -> Mission | None:
    """Return a cell as mission; its number may stand in the row's first cell."""
    marker, start = marker_at(text, cell.start, cell.end)
    span = mission_span(text, start, cell.end)
    first = next(other for other in row if other)
    number = _NUMBER.fullmatch(first.of(text))
    printed = marker.text if marker else (number[1] if number else None)
    return Mission(span=span, marker=printed) if span else None
