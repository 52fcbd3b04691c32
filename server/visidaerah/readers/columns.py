"""A table in CSV whose columns are named after statements becomes text, a column at a time."""

from __future__ import annotations

import csv
import re
from itertools import groupby
from typing import TYPE_CHECKING

from visidaerah.readers.composing import compose
from visidaerah.readers.lists import MARKED
from visidaerah.readers.model import CSV, Piece, SourceContent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Row = tuple[int, list[str]]
    """A row of a table with its number, the head's being 1."""

_DELIMITERS = ",;\t|"
_STATEMENT = re.compile(r"(?:visi(?:on)?|misi|missions?)(?:[ _-]?\d{1,2})?", re.IGNORECASE)
_VISION = re.compile(r"visi(?:on)?", re.IGNORECASE)
_BREAK = re.compile(r"\r?\n|\r|<br\s*/?>", re.IGNORECASE)
_EDGES = " \t\xa0\ufeff"


def read_columns(text: str) -> SourceContent | None:
    """Return the statements of a table as text, None where the text is no such table.

    The columns are named in the first row, or a column names what stands right of it. Of rows that
    each have a vision the first is read: a document is of one plan.
    """
    rows = _rows(text)
    if len(rows) < 2:
        return None
    (_, head), body = rows[0], rows[1:]
    remarks: tuple[str, ...] = ()
    if (names := _headless(rows)) is not None:
        pieces = list(_by_row(rows, names))
    elif any(_STATEMENT.fullmatch(name) for name in head):
        chosen, remarks = _first_plan(head, body)
        pieces = list(_by_column(head, chosen))
    elif (names := _column_of_names(body)) is not None:
        pieces = list(_by_row(body, names))
    else:
        return None
    composed, places = compose(pieces)
    return SourceContent(text=composed, media_type=CSV, places=places, remarks=remarks)


def _rows(text: str) -> list[Row]:
    """Return the rows that hold something, their cells without white space around."""
    first = text.lstrip("\ufeff").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        rows = list(
            csv.reader(text.lstrip("\ufeff").splitlines(keepends=True), delimiter=delimiter)
        )
    except csv.Error:
        return []
    stripped = ((n, [cell.strip(_EDGES) for cell in row]) for n, row in enumerate(rows, 1))
    return [(number, row) for number, row in stripped if any(row)]


def _first_plan(head: Sequence[str], body: Sequence[Row]) -> tuple[Sequence[Row], tuple[str, ...]]:
    """Return the rows of one plan: all, or the first of those that have a vision each."""
    vision = next((i for i, name in enumerate(head) if _VISION.fullmatch(name)), None)
    if vision is None:
        return body, ()
    plans = [row for row in body if vision < len(row[1]) and row[1][vision]]
    visions = {row[vision] for _, row in plans}
    if len(visions) < 2:
        return body, ()
    remark = (
        f"The table has {len(plans)} rows with a vision; the first was read, row {plans[0][0]}."
        " Save each of the others as a file of its own, with the first row above it."
    )
    first = plans[0][1][vision]
    return [row for row in plans if row[1][vision] == first], (remark,)


def _by_column(head: Sequence[str], body: Sequence[Row]) -> Iterator[Piece]:
    """Yield the cells of each column, those of statements below the column's name."""
    for index, name in enumerate(head):
        rows = {row[index]: n for n, row in reversed(body) if index < len(row) and row[index]}
        cells = [(n, cell) for cell, n in reversed(rows.items())]
        if _STATEMENT.fullmatch(name):
            yield from _section(name, cells)
        else:
            yield from (_piece(n, f"{name}: {cell}") for n, cell in cells[:1] if name)


def _headless(rows: Sequence[Row]) -> int | None:
    """Return the column that names statements from the first row on, None without any."""
    (_, head), body = rows[0], rows[1:]
    named = (i for i, name in enumerate(head[:-1]) if _STATEMENT.fullmatch(name))
    column = next(named, None)
    if column is None:
        return None
    below = (row[column] for _, row in body if column < len(row))
    return column if any(_STATEMENT.fullmatch(cell) for cell in below) else None


def _column_of_names(body: Sequence[Row]) -> int | None:
    """Return the first column whose cells name what stands right of them, None without any."""
    named = (
        column for _, row in body for column, cell in enumerate(row[:-1]) if _VISION.fullmatch(cell)
    )
    return min(named, default=None)


def _by_row(body: Sequence[Row], names: int) -> Iterator[Piece]:
    whole = [(n, row) for n, row in body if len(row) > names]
    for name, rows in groupby(whole, key=lambda numbered: numbered[1][names]):
        yield from _section(name, [(n, " ".join(row[names + 1 :]).strip()) for n, row in rows])


def _section(name: str, cells: Sequence[tuple[int, str]]) -> Iterator[Piece]:
    """Yield a name and the lines of what it names, as items where there are several cells."""
    if not cells:
        return
    yield _piece(cells[0][0], name.replace("_", " "), "\n\n")
    for number, cell in cells:
        for line in filter(None, map(str.strip, _BREAK.split(cell))):
            marked = len(cells) == 1 or MARKED.match(line)
            yield _piece(number, line if marked else f"- {line}")


def _piece(row: int, text: str, separator: str = "\n") -> Piece:
    line = " ".join(text.split())
    return Piece(text=line, kind="block", value=f"row/{row}", separator=separator)
