"""Tables as files that spreadsheet programs open: CSV and XLSX, in which no cell is a formula."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import chain
from typing import TYPE_CHECKING

from visidaerah.errors import AnswerTooLong

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Value = str | int | Decimal | None

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8; header=present"

# OWASP, "CSV Injection": what makes spreadsheet programs take a text for a formula.
FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")

MOST_CELLS = 100_000
"""Cells of a workbook; a longer table is had as CSV, which is sent as it is written."""

LONGEST_CELL = 32_767
"""Characters of a cell of a workbook (ECMA-376 says no more; Excel refuses more)."""

CUT = "… [cut]"

# XML 1.0 has no place for these, not even as references.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

WIDTHS = (10, 60)
"""Least and greatest width of a column, in characters."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: a name, the heads of its columns, and its rows, which may be made as they are read.

    Each row has a value for each head; None is an empty cell.
    """

    name: str
    heads: tuple[str, ...]
    rows: Iterable[tuple[Value, ...]]


def csv_lines(sheet: Sheet) -> Iterator[str]:
    """Yield the lines of a table as CSV (RFC 4180), after the mark by which Excel knows UTF-8."""
    yield "\N{BYTE ORDER MARK}"
    for row in chain((sheet.heads,), sheet.rows):
        line = StringIO()
        csv.writer(line).writerow(map(inert, row))
        yield line.getvalue()


def inert(value: Value) -> str:
    """Return a value as it stands in CSV: a text that could be a formula follows an apostrophe."""
    if not isinstance(value, str):
        return "" if value is None else str(value)
    return f"'{value}" if FORMULA.match(value) else value


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """Return tables as a workbook (XLSX), the same tables always as the same bytes.

    Raises AnswerTooLong where they have more cells than `MOST_CELLS`.
    """
    from xlsxwriter import Workbook

    content = BytesIO()
    # Texts stay texts: nothing is taken for a formula, a number or an address.
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with Workbook(content, options) as book:
        book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
        written = 0
        for sheet in sheets:
            written = write_sheet(book, sheet, written)
    return content.getvalue()


def write_sheet(book: Workbook, sheet: Sheet, written: int) -> int:
    """Write a table under a head that stays in view; return how many cells there are by now.

    `written` is how many there were.

    Raises AnswerTooLong where there are more than `MOST_CELLS`.
    """
    page = book.add_worksheet(sheet.name)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    widths = [len(head) for head in sheet.heads]
    number = 0
    for number, row in enumerate(chain((sheet.heads,), sheet.rows)):
        written += len(row)
        if written > MOST_CELLS:
            raise too_long()
        for column, value in enumerate(row):
            write_cell(page, (number, column), value, wrapped if number else bold)
            widths[column] = max(widths[column], len(str(value or "")))
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(number, 1), len(sheet.heads) - 1)
    for column, width in enumerate(widths):
        page.set_column(column, column, min(max(width + 2, WIDTHS[0]), WIDTHS[1]))
    return written


def write_cell(page: Worksheet, place: tuple[int, int], value: Value, look: Format) -> None:
    """Write a value: a number as a number, a text as a text that is nothing else."""
    if isinstance(value, str):
        page.write_string(*place, writable(value), look)
    elif value is not None:
        page.write_number(*place, float(value), look)


def writable(text: str) -> str:
    """Return a text that a cell can hold; what is cut says so."""
    shown = UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    return shown if len(shown) <= LONGEST_CELL else shown[: LONGEST_CELL - len(CUT)] + CUT


def too_long() -> AnswerTooLong:
    """Return the error of a table that a workbook should not have."""
    return AnswerTooLong(
        f"The table has more than {MOST_CELLS:,} cells, too many for a workbook. "
        "Take it as CSV, or ask for less."
    )
