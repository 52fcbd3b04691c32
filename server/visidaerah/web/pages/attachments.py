"""Files that a browser saves: tables, pictures and bundles as responses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response
from werkzeug.http import dump_options_header

from visidaerah.web.pages.spreadsheets import CSV, XLSX, csv_lines, workbook
from visidaerah.web.replies import not_found

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from visidaerah.web.pages.spreadsheets import Sheet


def file_reply(content: str | bytes | Iterable[str], media_type: str, name: str) -> Response:
    """Return a file to be saved under a name; its words are in the reader's language."""
    response = Response(content, content_type=media_type)
    response.headers["Content-Disposition"] = dump_options_header("attachment", {"filename": name})
    response.vary.update(("Accept-Language", "Cookie"))
    return response


def sheets_reply(sheets: Sequence[Sheet], name: str, form: str) -> Response:
    """Return tables as a workbook, or the first of them as CSV, which is sent as it is written.

    Raises AnswerTooLong where there are too many cells for a workbook, and ProblemRaised with 404
    for another form.
    """
    if form == "xlsx":
        return file_reply(workbook(sheets), XLSX, f"{name}.xlsx")
    if form == "csv":
        return file_reply(csv_lines(sheets[0]), CSV, f"{name}.csv")
    raise not_found(f"Tables are not there as {form!r}; there are csv and xlsx.")
