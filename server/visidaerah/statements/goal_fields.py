"""Fields of goals: what the rows of a database dump hold in columns named after goals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from visidaerah.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from visidaerah.statements.goal_labels import Level


@dataclass(frozen=True, slots=True)
class GoalField:
    """A value of a column "tujuan" or "sasaran", without its quotation marks."""

    level: Level
    span: Span


_COLUMNS: dict[str, Level] = {"tujuan": "goal", "sasaran": "objective"}
_INSERT = re.compile(r"\bINSERT\s+INTO\s[^()]{0,120}\(([^()]{1,900})\)\s*VALUES\s*", re.IGNORECASE)
_NAME = re.compile(r"[\s`\"'\[\]]+")
_VALUE = re.compile(r"\s*(?:'(?P<text>(?:[^'\\]|\\.|'')*)'|[^,()']*)\s*(?P<end>[,)])", re.DOTALL)
_NEXT_ROW = re.compile(r"\s*,?\s*\(")


def fields_of(text: str) -> tuple[GoalField, ...]:
    """Return the fields that columns of goals and objectives hold, in order."""
    return tuple(field for insert in _INSERT.finditer(text) for field in _fields(text, insert))


def _fields(text: str, insert: re.Match[str]) -> Iterator[GoalField]:
    names = [_NAME.sub("", name).lower() for name in insert[1].split(",")]
    levels = [_COLUMNS.get(name) for name in names]
    if any(levels):
        for row in _rows(text, insert.end()):
            for level, span in zip(levels, row, strict=False):
                if level and span:
                    yield GoalField(level, span)


def _rows(text: str, start: int) -> Iterator[list[Span | None]]:
    """Yield the values of each row, None for one that is no text."""
    while opening := _NEXT_ROW.match(text, start):
        row: list[Span | None] = []
        start = opening.end()
        while value := _VALUE.match(text, start):
            filled = value["text"] and value["text"].strip()
            row.append(Span(*value.span("text")) if filled else None)
            start = value.end()
            if value["end"] == ")":
                break
        else:
            return
        yield row
