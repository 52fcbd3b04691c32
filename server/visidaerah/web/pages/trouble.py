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
class Trouble:
    """A problem in the reader's words; `lines` are (number, line, at fault) around the place."""

    heading: str
    remedy: str
    lines: tuple[tuple[int, str, bool], ...]


def trouble(reader: Reader, problem: Problem) -> Trouble:
    """Return a problem in the reader's words."""
    words = TOLD.get(problem.kind) or ("internal" if problem.status >= 500 else "bad-request")
    return Trouble(
        heading=reader.t(f"trouble.{words}.heading"),
        remedy=reader.t(f"trouble.{words}.remedy"),
        lines=lines_at_fault(problem.query or "", problem.line),
    )


def lines_at_fault(query: str, line: int | None) -> tuple[tuple[int, str, bool], ...]:
    """Return the lines of a query around the one at fault (1-based), none where it is unknown."""
    if line is None:
        return ()
    first, last = max(1, line - AROUND), line + AROUND
    numbered = enumerate(query.splitlines(), start=1)
    return tuple((n, text, n == line) for n, text in numbered if first <= n <= last)
