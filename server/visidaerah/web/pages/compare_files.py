"""A comparison to take away: as tables, and as a picture of coloured cells."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from visidaerah.web.pages.compare import COLUMNS, SHADES, shade
from visidaerah.web.pages.spreadsheets import Sheet
from visidaerah.web.pages.terms import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyoxigraph import NamedNode

    from visidaerah.web.pages.compare import SectorCounts
    from visidaerah.web.pages.reader import Reader
    from visidaerah.web.pages.spreadsheets import Value

LISTED_AT_MOST = 200
"""Plans whose counts a workbook lists one by one, besides the matrix."""

COLOURS = ("#f4f2ec", "#d5e5ea", "#a3c7d2", "#5f9db0", "#0b5a70")
"""The colour of a cell by its strength."""

INKS = ("#566068", "#1c2226", "#1c2226", "#1c2226", "#ffffff")
"""The colour of the number in a cell, to be read on the colour of the cell."""

NAMES_WIDTH = 330
CELL_WIDTH = 120
CELL_HEIGHT = 26
HEAD_HEIGHT = 120
LONGEST_NAME = 44
LINE_LENGTH = 15
MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Square:
    """A cell of the picture: the place of its corner, its number, and its colours."""

    x: int
    y: int
    number: str
    fill: str
    ink: str


@dataclass(frozen=True, slots=True)
class Label:
    """Words in the picture, in lines, and where they begin."""

    x: int
    y: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The matrix of plans and sectors, laid out."""

    width: int
    height: int
    heads: tuple[Label, ...]
    names: tuple[Label, ...]
    squares: tuple[Square, ...]


def comparison_sheets(
    reader: Reader, sectors: Sequence[SectorCounts], plans: Sequence[NamedNode], form: str
) -> tuple[Sheet, ...]:
    """Return a comparison as tables: CSV has a row for each count, a workbook the matrix first.

    Where plans are many, the workbook has the matrix alone.
    """
    as_list = list_sheet(reader, sectors, plans)
    if form == "csv":
        return (as_list,)
    matrix = matrix_sheet(reader, sectors, plans)
    return (matrix, as_list) if len(plans) <= LISTED_AT_MOST else (matrix,)


def list_sheet(
    reader: Reader, sectors: Sequence[SectorCounts], plans: Sequence[NamedNode]
) -> Sheet:
    """Return the counts above zero, one in a row, with names beside IRIs."""
    t = reader.t
    heads = (
        t("table.plan"),
        t("table.code"),
        t("table.sector"),
        t("table.group"),
        t("compare.counted"),
        t("table.plan_iri"),
        t("table.sector_iri"),
    )

    def rows() -> Iterator[tuple[Value, ...]]:
        for number, plan in enumerate(plans):
            name = reader.label(plan).text
            for one in sectors:
                if count := one.counts[number]:
                    words = (name, one.code, str(one.link), str(one.group))
                    yield (*words, count, plan.value, one.node.value)

    return Sheet(t("compare.list"), heads, rows())


def matrix_sheet(
    reader: Reader, sectors: Sequence[SectorCounts], plans: Sequence[NamedNode]
) -> Sheet:
    """Return the counts with a row for each plan and a column for each sector that has any."""
    touched = [one for one in sectors if one.total]
    names = (str(one.link) for one in touched)
    heads = (reader.t("table.plan"), reader.t("table.plan_iri"), *names)

    def rows() -> Iterator[tuple[Value, ...]]:
        for number, plan in enumerate(plans):
            counts = (one.counts[number] for one in touched)
            yield (reader.label(plan).text, plan.value, *counts)

    return Sheet(reader.t("compare.matrix"), heads, rows())


def picture(
    reader: Reader, sectors: Sequence[SectorCounts], plans: Sequence[NamedNode], page: int
) -> Picture:
    """Return a page of the matrix, as the page in HTML shows it, laid out."""
    first = (page - 1) * COLUMNS
    shown = plans[first : first + COLUMNS]
    touched = [one for one in sectors if one.total]
    most = max((n for one in touched for n in one.counts), default=1)
    squares = (
        _square(reader, row, column, one.counts[first + column], most)
        for row, one in enumerate(touched)
        for column in range(len(shown))
    )
    return Picture(
        width=NAMES_WIDTH + CELL_WIDTH * len(shown) + 10,
        height=HEAD_HEIGHT + CELL_HEIGHT * len(touched) + 10,
        heads=tuple(_head(reader, n, plan) for n, plan in enumerate(shown)),
        names=tuple(_name(row, one) for row, one in enumerate(touched)),
        squares=tuple(squares),
    )


def _square(reader: Reader, row: int, column: int, count: int, most: int) -> Square:
    strength = min(shade(count, most), SHADES)
    return Square(
        x=NAMES_WIDTH + column * CELL_WIDTH,
        y=HEAD_HEIGHT + row * CELL_HEIGHT,
        number=reader.t.number(count) if count else "–",
        fill=COLOURS[strength],
        ink=INKS[strength],
    )


def _head(reader: Reader, column: int, plan: NamedNode) -> Label:
    lines = wrap(reader.label(plan).text, LINE_LENGTH, break_long_words=True)[:MOST_LINES]
    top = HEAD_HEIGHT - 16 * len(lines)
    return Label(NAMES_WIDTH + column * CELL_WIDTH + 6, top, tuple(lines))


def _name(row: int, one: SectorCounts) -> Label:
    words = f"{one.code}  {one.link}" if one.code else str(one.link)
    return Label(10, HEAD_HEIGHT + row * CELL_HEIGHT + 17, (shorten(words, LONGEST_NAME),))
