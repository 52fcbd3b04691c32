"""Ruled tables on a page: words become cells by the rules around them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from visidaerah.readers.layout import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from visidaerah.readers.layout import Line, Word


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line drawn on a page, or a thin box filled, in points."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def is_upright(self) -> bool:
        """Tell whether it divides columns, not rows."""
        return self.top - self.bottom > self.right - self.left


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Rules in one line: where the line is, and from where to where they run along it."""

    place: int
    begin: float
    end: float


Cell: TypeAlias = "tuple[int, int, int, int]"

_TOLERANCE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The lines of the cells of a table row, from left to right; `top` is where the row begins."""

    top: float
    cells: tuple[tuple[Line, ...], ...]


def rows_and_rest(lines: Sequence[Line], rules: Sequence[Rule]) -> tuple[list[Row], list[Line]]:
    """Return the rows of the tables on a page from top to bottom, and the lines in no table.

    A cell that spans rows stands in the row where it begins. A box alone is no table.
    """
    upright = _merged((r.left, r.bottom, r.top) for r in rules if r.is_upright)
    level = _merged((r.bottom, r.left, r.right) for r in rules if not r.is_upright)
    cells: defaultdict[Cell, list[Word]] = defaultdict(list)
    for word in (word for line in lines for word in line.words):
        if cell := _cell_of(word, upright, level):
            cells[cell].append(word)
    tables = _in_tables(cells)
    held = {id(word) for cell in tables for word in cells[cell]}
    rest = [part for line in lines if (part := _without(line, held))]
    return list(_rows(tables, cells)), rest


def _merged(rules: Iterable[tuple[float, float, float]]) -> list[_Stretch]:
    """Join rules in one line that touch: the borders of cells become those of their table."""
    merged: list[_Stretch] = []
    for place, begin, end in sorted((round(place), begin, end) for place, begin, end in rules):
        last = merged[-1] if merged else None
        if last and last.place == place and begin <= last.end + _TOLERANCE:
            merged[-1] = _Stretch(place, last.begin, max(last.end, end))
        else:
            merged.append(_Stretch(place, begin, end))
    return merged


def _cell_of(word: Word, upright: Sequence[_Stretch], level: Sequence[_Stretch]) -> Cell | None:
    """Return the left, bottom, right and top rule around a word; None where one is missing."""
    x, y = (word.left + word.right) / 2, (word.bottom + word.top) / 2
    sides = _around(x, y, upright), _around(y, x, level)
    (left, right), (bottom, top) = sides
    if left is None or right is None or bottom is None or top is None:
        return None
    return left, bottom, right, top


def _around(place: float, along: float, rules: Sequence[_Stretch]) -> tuple[int | None, int | None]:
    """Return the nearest rules before and behind a place that run past it."""
    past = [rule.place for rule in rules if rule.begin <= along <= rule.end]
    before = max((rule for rule in past if rule <= place), default=None)
    return before, min((rule for rule in past if rule > place), default=None)


def _in_tables(cells: Iterable[Cell]) -> list[Cell]:
    """Return the cells that have another beside them, from top to bottom and left to right."""
    by_left: defaultdict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        by_left[cell[0]].append(cell)
    beside = {
        both
        for cell in list(cells)
        for place in range(cell[2] - _TOLERANCE, cell[2] + _TOLERANCE + 1)
        for other in by_left.get(place, ())
        if min(cell[3], other[3]) - max(cell[1], other[1]) > _TOLERANCE
        for both in (cell, other)
    }
    return sorted(beside, key=lambda cell: (-cell[3], cell[0]))


def _rows(tables: Sequence[Cell], cells: dict[Cell, list[Word]]) -> Iterator[Row]:
    for top, row in groupby(tables, key=lambda cell: cell[3]):
        yield Row(top=top, cells=tuple(tuple(lines_of(cells[cell])) for cell in row))


def _without(line: Line, held: set[int]) -> Line | None:
    words = tuple(word for word in line.words if id(word) not in held)
    if len(words) == len(line.words):
        return line
    return type(line)(words) if words else None
