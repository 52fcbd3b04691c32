"""The routes of files that people open: answers as tables, and plans as tables and bundles."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import request

from visidaerah.answers import QueryRequest
from visidaerah.errors import AnswerTooLong, VisidaerahError
from visidaerah.web.language import PARAMETER
from visidaerah.web.pages.attachments import file_reply, sheets_reply
from visidaerah.web.pages.bundle import bundle, file_name
from visidaerah.web.pages.choosing import named, short_name
from visidaerah.web.pages.plan_tables import plan_sheets
from visidaerah.web.pages.results import Download
from visidaerah.web.pages.spreadsheets import CSV, XLSX
from visidaerah.web.pages.tables import answer_sheet
from visidaerah.web.problems import ProblemRaised, problem_of_error
from visidaerah.web.replies import bad_request, not_found
from visidaerah.web.sparql import is_fleeting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flask import Blueprint, Response
    from pyoxigraph import NamedNode

    from visidaerah.answers import QueryAnswer
    from visidaerah.web.pages.choosing import PlanKey
    from visidaerah.web.pages.reader import Reader
    from visidaerah.web.site import Site

ZIP = "application/zip"

MOST_ROWS = 100_000
"""Rows of an answer that a table has; a longer one is refused, never cut."""

LARGEST_FOR_WORKBOOK = 16 << 20
"""Bytes of an answer that a workbook has: it is built in memory, CSV is sent as it is written."""


def add_routes(
    routes: Blueprint,
    site: Site,
    reader_of: Callable[[Site], Reader],
    keys_of: Callable[[Reader], Sequence[PlanKey]],
) -> None:
    """Add the routes to those of the pages; `keys_of` names the plans of the release."""

    @routes.get("/table.<form>")
    def table(form: str) -> Response:
        return answer_reply(reader_of(site), request.args.get("query", ""), form)

    @routes.get("/plan.<form>")
    def plan(form: str) -> Response:
        reader = reader_of(site)
        name = request.args.get("plan", "")
        return plan_reply(reader, named(keys_of(reader), [name])[0].node, form)


def answer_reply(reader: Reader, query: str, form: str) -> Response:
    """Answer a query of anyone's as a table with names beside IRIs.

    Raises ProblemRaised where there is no query, no such form, or what its evaluation meets.
    """
    if not query.strip():
        raise bad_request("The query is missing. Give it as the parameter `query`.")
    try:
        asked = QueryRequest(
            query=query, formats=("json", "nt"), base=reader.site.base, rows=MOST_ROWS
        )
        found = reader.site.answer(asked)
        if found.cut_at is not None:
            raise too_many_rows(found.cut_at)
        if form == "xlsx" and size_of(found) > LARGEST_FOR_WORKBOOK:
            raise too_large_for_workbook()
        reply = sheets_reply([answer_sheet(reader, found)], "visidaerah", form)
    except VisidaerahError as error:
        raise ProblemRaised(problem_of_error(error, query)) from error
    if is_fleeting(query):
        reply.cache_control.no_store = True
    return reply


def size_of(found: QueryAnswer) -> int:
    """Return the bytes of an answer."""
    content = found.content
    return len(content) if isinstance(content, bytes) else content.size


def too_large_for_workbook() -> AnswerTooLong:
    """Return the error of an answer that would take too much memory as a workbook."""
    return AnswerTooLong(
        f"The answer has more than {LARGEST_FOR_WORKBOOK >> 20} MB, too many for a workbook. "
        "Take it as CSV, or ask in parts with LIMIT and OFFSET."
    )


def too_many_rows(rows: int) -> AnswerTooLong:
    """Return the error of an answer that a table would not have all of."""
    return AnswerTooLong(
        f"The answer has more than {rows:,} rows, too many for a table. "
        "Ask in parts with LIMIT and OFFSET, or take it as plain CSV from /sparql."
    )


def plan_reply(reader: Reader, plan: NamedNode, form: str) -> Response:
    """Answer a plan as a table, a workbook or a bundle.

    Raises ProblemRaised with 404 for another form, AnswerTooLong for a plan of too many cells.
    """
    name = file_name(plan, reader.site.base, form)
    if form == "zip":
        return file_reply(bundle(reader, plan), ZIP, name)
    if form in {"csv", "xlsx"}:
        return sheets_reply(plan_sheets(reader, plan), name.removesuffix(f".{form}"), form)
    raise not_found(f"A plan is not there as {form!r}; there are csv, xlsx and zip.")


def answer_downloads(reader: Reader, query: str) -> tuple[Download, ...]:
    """Return where the answer of a query is as tables with names beside IRIs."""
    tail = urlencode({"query": query, PARAMETER: reader.language})
    return (
        Download(f"/table.xlsx?{tail}", reader.t("files.xlsx"), XLSX),
        Download(f"/table.csv?{tail}", reader.t("files.csv"), CSV.partition(";")[0]),
    )


def plan_downloads(reader: Reader, plan: NamedNode) -> tuple[Download, ...]:
    """Return where a plan is as a bundle and as tables."""
    names = {"plan": short_name(plan, reader.site.base), PARAMETER: reader.language}
    tail = urlencode(names)
    return (
        Download(f"/plan.zip?{tail}", reader.t("files.zip"), ZIP),
        Download(f"/plan.xlsx?{tail}", reader.t("files.xlsx"), XLSX),
        Download(f"/plan.csv?{tail}", reader.t("files.csv"), CSV.partition(";")[0]),
    )
