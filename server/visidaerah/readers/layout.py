"""Words on a page become lines in reading order: column after column, row after row."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, zip_longest
from math import inf
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without a blank and their box, in points; `bottom` < `top`."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """Return the height of the box: that of the font, not of the letters."""
        return self.top - self.bottom


# So many single letters side by side are a word whose letters are spaced out.
_FEWEST_SPACED = 4
_WORD_GAP = 1.6


@dataclass(frozen=True)
class Line:
    """Words side by side, from left to right."""

    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """Return the words with one blank between them, however far they are apart.

        A heading whose letters are spaced out ("V I S I") is one of words again.
        """
        if len(self.words) < _FEWEST_SPACED or any(len(word.text) > 1 for word in self.words):
            return " ".join(word.text for word in self.words)
        gaps = [right.left - left.right for left, right in pairwise(self.words)]
        usual = median(gaps) * _WORD_GAP
        blanks = [" " if gap > usual else "" for gap in gaps]
        letters = (word.text for word in self.words)
        return "".join(map("".join, zip_longest(letters, blanks, fillvalue="")))

    @cached_property
    def height(self) -> float:
        """Return the height of the font."""
        return median(word.height for word in self.words)

    @cached_property
    def bottom(self) -> float:
        """Return where the line stands."""
        return median(word.bottom for word in self.words)

    @property
    def left(self) -> float:
        """Return where the first word begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Return where the last word ends."""
        return self.words[-1].right

    def part(self, left: float, right: float) -> Line | None:
        """Return the line's words between two places; None if there are none."""
        words = tuple(word for word in self.words if left <= word.left < right)
        return Line(words) if words else None


# A gutter is a blank as wide as this part of the font's height that runs through so many lines.
_GUTTER = 0.9
_FEWEST_LINES = 4
# Columns of prose have so many words to a line; less is a column of numbers, labels or figures.
_FEWEST_WORDS = 2.5
_ROW_GAP = 1.25
_MOST_LINES = 400
_END_GAP = 2.0
_FAR = 5.0
_OTHER_SIZE = 0.15
# More lines than that, and two paragraphs only happen to end at one height.
_MOST_LINES_OF_A_CELL = 10


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Return the words as lines from top to bottom, across all columns."""
    groups: list[list[Word]] = []
    for word in sorted(words, key=lambda word: -(word.bottom + word.top)):
        if groups and _beside(groups[-1][0], word):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [Line(tuple(sorted(group, key=lambda word: word.left))) for group in groups]


def _beside(first: Word, word: Word) -> bool:
    shared = min(first.top, word.top) - max(first.bottom, word.bottom)
    return shared > 0.5 * min(first.height, word.height)


def reading_order(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines in the stretches in which they are read: a column, or a cell, at a time.

    A page of more lines than any print has is read line by line.
    """
    if len(lines) > _MOST_LINES:
        yield list(lines)
        return
    begin = 0
    plain: list[Line] = []
    while begin < len(lines):
        end, gutter = _gutter_run(lines, begin)
        head = _head(plain, gutter) if gutter else []
        columns = _columns([*head, *lines[begin:end]], gutter) if gutter else None
        if columns is None:
            plain.append(lines[begin])
            begin += 1
            continue
        if above := plain[: len(plain) - len(head)]:
            yield above
        plain = []
        for column in columns:
            yield from reading_order(column)
        begin = end
    if plain:
        yield plain


def _head(plain: Sequence[Line], gutter: tuple[float, float]) -> list[Line]:
    """Return the last lines that stand right of a gutter: that column begins a little higher."""
    count = 0
    while count < len(plain) and plain[-1 - count].left >= gutter[1]:
        count += 1
    return list(plain[len(plain) - count :])


def _gutter_run(lines: Sequence[Line], begin: int) -> tuple[int, tuple[float, float] | None]:
    """Return where the lines end that share the widest blank of the first, and that blank."""
    best: tuple[int, tuple[float, float] | None] = (begin + 1, None)
    for blank in _blanks(lines[begin : begin + 2]):
        gutter, end = blank, begin
        while end < len(lines) and (shared := _shared_blank(lines[end], gutter)):
            if end > begin and _far_apart(lines[end - 1], lines[end]):
                break
            gutter, end = shared, end + 1
        if end - begin < _FEWEST_LINES:
            continue
        end = _without_tail(lines, begin, end, gutter)
        if end - begin >= _FEWEST_LINES and end > best[0]:
            best = (end, gutter)
    return best


def _far_apart(above: Line, below: Line) -> bool:
    return above.bottom - below.bottom > _FAR * above.height


def _blanks(lines: Sequence[Line]) -> Iterator[tuple[float, float]]:
    """Yield the blanks between the words of the first line, and between it and the second."""
    for word, following in pairwise(lines[0].words):
        yield word.right, following.left
    for left, right in pairwise(sorted(lines, key=lambda line: line.left)):
        if left.right < right.left:
            yield left.right, right.left


def _without_tail(lines: Sequence[Line], begin: int, end: int, gutter: tuple[float, float]) -> int:
    """Return where the run ends without what follows it left of the gutter: a heading, a gap."""
    last = end - 1
    while last > begin and lines[last].right <= gutter[0]:
        last -= 1
    pitch = _pitch(lines[begin:end])
    for index in range(last + 1, end):
        other_size = (
            abs(lines[index].height - lines[last].height) > _OTHER_SIZE * lines[last].height
        )
        if other_size or lines[index - 1].bottom - lines[index].bottom > pitch * _END_GAP:
            return index
    return end


def _shared_blank(line: Line, gutter: tuple[float, float]) -> tuple[float, float] | None:
    """Return what a line leaves free of a blank, None where that is too narrow for a gutter."""
    left, right = gutter
    for word in line.words:
        if word.right > left and word.left < right:
            if word.left - left >= right - word.right:
                right = min(right, word.left)
            else:
                left = max(left, word.right)
    return (left, right) if right - left >= line.height * _GUTTER else None


def _columns(lines: Sequence[Line], gutter: tuple[float, float]) -> list[list[Line]] | None:
    """Return the lines left and right of a gutter, or row by row; None where they are no columns.

    Numbers, bullets and labels before an indented text are no column: their lines go on.
    """
    middle = sum(gutter) / 2
    pitch = max(_pitch(_side(lines, 0.0, middle)), _pitch(_side(lines, middle, inf)))
    rows = [list(row) for row in _rows(lines, pitch)]
    halves = [[_side(row, 0.0, middle), _side(row, middle, inf)] for row in rows]
    sides = [[line for half in halves for line in half[side]] for side in (0, 1)]
    if any(
        len(side) < _FEWEST_LINES - 1 or _words_per_line(side) < _FEWEST_WORDS for side in sides
    ):
        return None
    is_table = len(rows) > 1 and all(left and right for left, right in halves)
    if is_table and median(len(half) for pair in halves for half in pair) > _MOST_LINES_OF_A_CELL:
        return sides
    return [half for pair in halves for half in pair if half] if is_table else sides


def _side(lines: Iterable[Line], left: float, right: float) -> list[Line]:
    return [part for line in lines if (part := line.part(left, right))]


def _words_per_line(lines: Sequence[Line]) -> float:
    return median(len(line.words) for line in lines)


def _pitch(lines: Sequence[Line]) -> float:
    """Return the usual distance from line to line."""
    steps = [above.bottom - below.bottom for above, below in pairwise(lines)]
    return median(steps) if steps else 0.0


def _rows(lines: Sequence[Line], pitch: float) -> Iterator[list[Line]]:
    """Divide lines where a wider gap than the usual runs across all of them."""
    row = [lines[0]]
    for above, below in pairwise(lines):
        if above.bottom - below.bottom > pitch * _ROW_GAP:
            yield row
            row = []
        row.append(below)
    yield row
