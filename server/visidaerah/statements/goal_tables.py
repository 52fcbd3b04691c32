"""Tables of goals: the rows under "Misi | Tujuan | Sasaran", with the mission of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING, Literal, TypeAlias

from visidaerah.blocks.markers import marker_at
from visidaerah.spans import Span
from visidaerah.statements.goal_labels import mission_at, opens_like_a_goal
from visidaerah.statements.goal_lists import stated_in
from visidaerah.statements.goal_pieces import folded, numbers_by_words
from visidaerah.statements.goal_ties import Group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from visidaerah.statements.goal_lists import Stated
    from visidaerah.statements.model import Mission
    from visidaerah.statements.outline import Passage

Column: TypeAlias = Literal["mission", "goal", "objective", "other"]
# The cells of a row that hold something, the first of each kind of column.
Row: TypeAlias = "Mapping[Column, Span]"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalTable:
    """A table with what its rows state; `span` covers its lines."""

    span: Span
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    """The columns of a table, what divides its cells, and where each begins on its line."""

    columns: tuple[Column, ...]
    divider: re.Pattern[str]
    starts: tuple[int, ...]


_OF = r"(?:\s+(?:strategis|daerah|pembangunan|rpjmd|perangkat|kota|kabupaten|provinsi|desa))*"
_NOUNS: dict[Column, str] = {"mission": "misi", "goal": "tujuan", "objective": "sasaran"}
_HEADS = {
    column: re.compile(rf"\W*{noun}{_OF}\W*", re.IGNORECASE) for column, noun in _NOUNS.items()
}
_BARS = re.compile(r"\|")
_TABS = re.compile(r"\t")
_GAPS = re.compile(r"(?<=\S)[ \xa0]{3,}(?=\S)")
_DIVIDERS = (_BARS, _TABS, _GAPS)
_DIVIDING = ("|", "\t", "   ", "\xa0\xa0")
# Rows that state nothing: a rule under the header, or the columns' numbers.
_NO_ROW = re.compile(r"[\s|:+=_–-]*|[\s|]*(?:\(?\d{1,2}\)?[\s|]+)+\(?\d{1,2}\)?[\s|]*")
_LINE = re.compile(r"[^\n]*\n?")
_WORDS_OF_HEAD = 6
_LINES_ABOVE = 4
_ROWS_WITHOUT_BARS = 12


def tables_of(
    text: str, passages: Sequence[Passage], missions: Sequence[Mission]
) -> tuple[GoalTable, ...]:
    """Return the tables that have a column of goals or objectives, in order."""
    if not passages or not any(mark in text for mark in _DIVIDING):
        return ()
    numbers = numbers_by_words(text, missions, fewest=1)
    lines = list(_lines(text, passages[0].span.start, passages[-1].span.end))
    found: list[GoalTable] = []
    end = 0
    for index, line in enumerate(lines):
        header = _header(text, line) if line.start >= end else None
        if header is None:
            continue
        rows = list(_rows(text, header, lines, index + 1))
        end = rows[-1][0].end if rows else line.end
        above = _mission_above(text, lines[max(0, index - _LINES_ABOVE) : index])
        stated = _groups(text, (row for _, row in rows), numbers, above)
        groups = tuple(group for group in stated if group.stated)
        if groups and not (header.divider is _GAPS and _is_wrapped(text, rows)):
            found.append(GoalTable(span=Span(line.start, end), groups=groups))
    return tuple(found)


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    begin, stop = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    for match in _LINE.finditer(text, begin, stop if stop >= 0 else len(text)):
        if match.end() > match.start():
            yield Span(match.start(), match.end())


def _header(text: str, line: Span) -> _Header | None:
    """Return the columns that a line heads, where it has several and one is of goals."""
    words = line.of(text).lower()
    if "tujuan" not in words and "sasaran" not in words:
        return None
    for divider in _DIVIDERS:
        cells = _cells(text, line, divider)
        columns = tuple(_column(text, cell) for cell in cells)
        heads = all(_can_head(text, cell) for cell in cells if cell)
        if len(cells) > 1 and heads and {"goal", "objective"} & {*columns}:
            starts = tuple(cell.start - line.start if cell else 0 for cell in cells)
            return _Header(columns=columns, divider=divider, starts=starts)
    return None


def _can_head(text: str, cell: Span) -> bool:
    """Tell whether a cell is short and states nothing, as beside a label it does."""
    stated = text[cell.start] in ":=" or opens_like_a_goal(text, cell)
    return len(cell.of(text).split()) <= _WORDS_OF_HEAD and not stated


def _column(text: str, cell: Span | None) -> Column:
    quote = cell.of(text) if cell else ""
    return next((column for column, pattern in _HEADS.items() if pattern.fullmatch(quote)), "other")


def _cells(text: str, line: Span, divider: re.Pattern[str]) -> list[Span | None]:
    """Return the cells of a line, None for an empty one; bars around a row divide nothing.

    A bar that only ends a row stands before an empty cell.
    """
    start, end = _bounds(text, line, divider)
    cuts = [match.span() for match in divider.finditer(text, start, end)]
    begins = (start, *(behind for _, behind in cuts))
    ends = (*(before for before, _ in cuts), end)
    return [Span.stripped(text, *cell) for cell in zip(begins, ends, strict=True)]


def _bounds(text: str, line: Span, divider: re.Pattern[str]) -> tuple[int, int]:
    """Return where the cells of a line begin and end."""
    content = Span.stripped(text, line.start, line.end)
    if content is None:
        return line.start, line.start
    if divider is not _BARS:
        return line.start, content.end
    framed = text[content.start] == "|"
    opens = content.start + framed
    return opens, max(opens, content.end - (framed and text[content.end - 1] == "|"))


def _rows(
    text: str, header: _Header, lines: Sequence[Span], first: int
) -> Iterator[tuple[Span, Row]]:
    """Yield the rows below a header with their lines, up to what is no row."""
    for index in range(first, len(lines)):
        line = lines[index]
        if _NO_ROW.fullmatch(text, line.start, line.end):
            if not line.of(text).strip():
                return
            continue
        row = _row(text, header, lines, index)
        if row is None:
            return
        yield line, row


def _row(text: str, header: _Header, lines: Sequence[Span], index: int) -> Row | None:
    """Return the cells of a line by column, None where it is no row of the table.

    Where cells are missing it is those at the left, as of merged cells that a reader left out.
    """
    line = lines[index]
    cells = _cells(text, line, header.divider)
    if header.divider is _GAPS:
        return _by_place(line, header, cells)
    if len(cells) == 1 and cells[0] and header.divider is _BARS:
        if mission_at(text, line.start, line.end):
            return {"mission": cells[0]}
        if not _goes_on(text, lines[index + 1 : index + 1 + _ROWS_WITHOUT_BARS]):
            return None
    missing = len(header.columns) - len(cells)
    padding: list[Span | None] = [None] * missing
    placed = [*cells, *padding] if header.divider is _TABS else [*padding, *cells]
    return _by_column(zip(header.columns, placed, strict=False))


def _is_wrapped(text: str, rows: Iterable[tuple[Span, Row]]) -> bool:
    """Tell whether cells run over several lines, so that none is one stretch of the text."""
    return any(text[cell.start].islower() for _, row in rows for cell in row.values())


def _goes_on(text: str, lines: Iterable[Span]) -> bool:
    """Tell whether a row with bars follows before the table ends."""
    quotes = takewhile(str.strip, (line.of(text) for line in lines))
    return any("|" in quote for quote in quotes)


def _by_place(line: Span, header: _Header, cells: Iterable[Span | None]) -> Row | None:
    """Return cells under the header that begins nearest; None where one runs across columns."""
    placed: list[tuple[Column, Span]] = []
    for cell in cells:
        if cell:
            begins = cell.start - line.start
            nearest = min(range(len(header.starts)), key=lambda n: abs(header.starts[n] - begins))
            behind = header.starts[nearest + 1 : nearest + 2]
            if behind and cell.end - line.start > behind[0]:
                return None
            placed.append((header.columns[nearest], cell))
    return _by_column(placed)


def _by_column(placed: Iterable[tuple[Column, Span | None]]) -> Row:
    row: dict[Column, Span] = {}
    for column, cell in placed:
        if cell:
            row.setdefault(column, cell)
    return row


def _mission_above(text: str, lines: Iterable[Span]) -> int | None:
    """Return the mission that a heading shortly above a table names."""
    named = [mission_at(text, line.start, line.end) for line in lines]
    return next((mission[0] for mission in reversed(named) if mission), None)


def _groups(
    text: str, rows: Iterable[Row], numbers: Mapping[str, int], above: int | None
) -> Iterator[Group]:
    """Yield a group for each goal with its objectives; an empty cell goes on with the one above."""
    group, words = Group(stated=(), mission=above), {"mission": "", "goal": ""}
    for row in rows:
        if named := _changed(text, row.get("mission"), words["mission"]):
            yield group
            words = {"mission": named, "goal": ""}
            group = Group(stated=(), mission=_mission(text, row["mission"], numbers))
        if aim := _changed(text, row.get("goal"), words["goal"]):
            yield group
            words["goal"] = aim
            group = Group(stated=_stated(text, row, "goal"), mission=group.mission)
        group = replace(group, stated=(*group.stated, *_objectives(text, row, group)))
    yield group


def _changed(text: str, cell: Span | None, before: str) -> str | None:
    """Return the words of a cell, None where it is empty or repeats the one above."""
    words = folded(text, cell) if cell else ""
    return words if words and words != before else None


def _mission(text: str, cell: Span, numbers: Mapping[str, int]) -> int | None:
    """Return the mission that a cell names: by number, or by its words behind a marker."""
    named = mission_at(text, cell.start, cell.end)
    if named:
        return named[0]
    begin = marker_at(text, cell.start, cell.end)[1]
    return numbers.get(folded(text, Span(begin, cell.end))) if begin < cell.end else None


def _stated(text: str, row: Row, column: Literal["goal", "objective"]) -> tuple[Stated, ...]:
    cell = row.get(column)
    return tuple(stated_in(text, cell, column)) if cell else ()


def _objectives(text: str, row: Row, group: Group) -> Iterator[Stated]:
    """Yield the objectives of a row, part of the group's goal where it has exactly one."""
    goals = sum(one.level == "goal" for one in group.stated)
    known = {folded(text, one.span) for one in group.stated}
    for one in _stated(text, row, "objective"):
        if folded(text, one.span) not in known:
            yield replace(one, part=goals == 1)
