"""What went wrong, told so that a reader knows what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from visidaerah.web.pages.reading import ENGLISH, told

if TYPE_CHECKING:
    from visidaerah.errors import SyntaxReason
    from visidaerah.web.pages.reader import Reader
    from visidaerah.web.problems import Problem

TOLD: dict[str, str] = {
    "address-too-long": "too-large",
    "bad-request": "bad-request",
    "dataset": "bad-request",
    "document-busy": "document-busy",
    "document-missing": "document-missing",
    "document-timeout": "document-timeout",
    "document-too-heavy": "document-too-heavy",
    "document-too-large": "document-too-large",
    "document-too-long": "document-too-long",
    "document-unreadable": "document-unreadable",
    "encoding": "bad-request",
    "headers-too-large": "too-large",
    "internal": "internal",
    "method-not-allowed": "method-not-allowed",
    "not-acceptable": "not-acceptable",
    "not-found": "not-found",
    "answer-too-long": "answer-too-long",
    "query": "query",
    "query-cancelled": "query-cancelled",
    "query-forbidden": "query-forbidden",
    "query-syntax": "query-syntax",
    "query-timeout": "query-timeout",
    "query-too-heavy": "query-too-heavy",
    "region-unknown": "region-unknown",
    "spool-full": "spool-full",
    "too-large": "too-large",
    "too-many-queries": "too-many-queries",
    "unsupported-type": "bad-request",
    "usage": "bad-request",
}
"""Kinds of problem by the words with which they are told; others by their status."""

REASONS: dict[SyntaxReason, str] = {
    "ends-early": "trouble.reason.ends-early",
    "unknown-prefix": "trouble.reason.unknown-prefix",
}
"""The commonest mistakes by the words with which they are told."""

UNREADABLE = "document-unreadable"
"""The kind of which only the sentence of who read the file tells what is wrong."""

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
    """A problem in the reader's words; `lines` are those of the query around the place.

    `reason` and `paste`, which is what mends it, are those of a common mistake. `detail` is the
    server's own sentence, in English, for those who read it or have nothing else.
    """

    heading: str
    remedy: str
    reason: str | None
    paste: str | None
    detail: str | None
    lines: tuple[QueryLine, ...]


def trouble(reader: Reader, problem: Problem) -> Trouble:
    """Return a problem in the reader's words."""
    words = TOLD.get(problem.kind) or ("internal" if problem.status >= 500 else "bad-request")
    return Trouble(
        heading=reader.t(f"trouble.{words}.heading"),
        remedy=_of_a_file(reader, problem) or reader.t(f"trouble.{words}.remedy"),
        reason=reader.t(REASONS[problem.reason]) if problem.reason else None,
        paste=problem.paste,
        detail=_detail(reader, problem),
        lines=lines_at_fault(problem.query or "", problem.line, problem.column),
    )


def _of_a_file(reader: Reader, problem: Problem) -> str | None:
    """Return why a file cannot be read and what to do, where the reader's language has words."""
    words = told(reader, problem.detail) if problem.kind == UNREADABLE else None
    return words.text if words and words.language == reader.language else None


def _detail(reader: Reader, problem: Problem) -> str | None:
    is_only_told = problem.kind == UNREADABLE and _of_a_file(reader, problem) is None
    return problem.detail if reader.language == ENGLISH or is_only_told else None


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
