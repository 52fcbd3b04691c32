"""What went wrong, told so that a reader knows what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from visidaerah.web.pages.reader import Reader
    from visidaerah.web.problems import Problem

TOLD: dict[str, str] = {
    "address-too-long": "too-large",
    "bad-request": "bad-request",
    "dataset": "bad-request",
    "encoding": "bad-request",
    "headers-too-large": "too-large",
    "internal": "internal",
    "method-not-allowed": "method-not-allowed",
    "not-acceptable": "not-acceptable",
    "not-found": "not-found",
    "query": "query",
    "query-forbidden": "query-forbidden",
    "query-syntax": "query-syntax",
    "query-timeout": "query-timeout",
    "too-large": "too-large",
    "unsupported-type": "bad-request",
    "usage": "bad-request",
}
"""Kinds of problem by the words with which they are told; others by their status."""

AROUND = 3
"""Lines of the query that are shown before and after the one at fault."""


@dataclass(frozen=True, slots=True)
class QueryLine:
    """A line of a query; `wrong` is what begins at the place of the mistake, None elsewhere."""

    number: int
    right: str
    wrong: str | None


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem in the reader's words; `lines` are those of the query around the place."""

    heading: str
    remedy: str
    lines: tuple[QueryLine, ...]


def trouble(reader: Reader, problem: Problem) -> Trouble:
    """Return a problem in the reader's words."""
    words = TOLD.get(problem.kind) or ("internal" if problem.status >= 500 else "bad-request")
    return Trouble(
        heading=reader.t(f"trouble.{words}.heading"),
        remedy=reader.t(f"trouble.{words}.remedy"),
        lines=lines_at_fault(problem.query or "", problem.line, problem.column),
    )


def lines_at_fault(query: str, line: int | None, column: int | None) -> tuple[QueryLine, ...]:
    """Return the lines around a mistake (1-based line and column), none where it is unknown."""
    if line is None:
        return ()
    numbered = enumerate(query.split("\n"), start=1)
    near = ((number, text) for number, text in numbered if abs(number - line) <= AROUND)
    cut = max((column or 1) - 1, 0)
    return tuple(
        QueryLine(number, text[:cut], text[cut:])
        if number == line
        else QueryLine(number, text, None)
        for number, text in near
    )
