"""Marked lists within prose, "(a) …; (b) …", become items with their markers and limits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from visidaerah.spans import Span
from visidaerah.statements.sentences import first_sentence_end, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# "(a)", "(1)", "(iv)" anywhere; "a.", "1)", "iv." after white space; a bullet that opens a line.
MARKER = re.compile(
    r"""
      (?P<open>\()(?P<bracketed>[a-z]|[ivx]{2,4}|\d{1,2})\)
    | (?<!\S)(?P<bare>[a-z]|[ivx]{2,4}|\d{1,2})(?P<stop>[.)])(?=\s)
    | (?:(?<=\n)|\A)[^\S\n]{0,20}(?P<bullet>[-–—*•▪●○◦·➢✓✔])(?=\s)
    """,
    re.VERBOSE,
)
LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")
DIGITS = tuple(str(number) for number in range(1, 100))
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv")
# What a list of two items has at least once: a mark behind a number or letter, or a line end.
_MAY_BE_LIST = re.compile(r"[.)\n]")
BULLETS = ("",)
NUMBERINGS = (LETTERS, DIGITS, ROMAN, BULLETS)


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a marked list: the printed marker, where that stands, and what the item says."""

    marker: str
    start: int
    span: Span


@dataclass(frozen=True, slots=True)
class _Marker:
    printed: str
    style: str
    label: str
    start: int
    end: int


def marked_lists(text: str, within: Span) -> Iterator[tuple[Item, ...]]:
    """Yield the outermost marked lists of a stretch that have two items or more, in order.

    The markers of a list have one style and count without a hole. Its last item ends with its
    first sentence, or its line where every other item has one.
    """
    if not _MAY_BE_LIST.search(text, within.start, within.end):
        return
    end = within.start
    for sequence in sorted(_sequences(_markers(text, within)), key=lambda found: found[0].start):
        if sequence[0].start >= end:
            items = tuple(_items(text, sequence, within.end))
            end = max((item.span.end for item in items), default=end)
            if len(items) > 1:
                yield items


def _markers(text: str, within: Span) -> Iterator[_Marker]:
    for match in MARKER.finditer(text, within.start, within.end):
        found = match.groupdict(default="")
        yield _Marker(
            printed=match.group().strip(),
            style=found["open"] + found["stop"] + found["bullet"],
            label=found["bracketed"] or found["bare"],
            start=match.start(),
            end=match.end(),
        )


def _sequences(markers: Iterable[_Marker]) -> list[list[_Marker]]:
    """Gather markers that count on from each other; one list of each style is open at a time."""
    sequences: list[list[_Marker]] = []
    latest: dict[str, list[_Marker]] = {}
    for marker in markers:
        sequence = latest.get(marker.style)
        if sequence and marker.label == _label_after(sequence):
            sequence.append(marker)
        elif any(marker.label == numbering[0] for numbering in NUMBERINGS):
            latest[marker.style] = [marker]
            sequences.append(latest[marker.style])
    return [sequence for sequence in sequences if len(sequence) > 1]


def _label_after(sequence: Sequence[_Marker]) -> str | None:
    first = sequence[0].label
    numbering = next(numbering for numbering in NUMBERINGS if numbering[0] == first)
    if numbering is BULLETS:
        return first
    return numbering[len(sequence)] if len(sequence) < len(numbering) else None


def _items(text: str, sequence: Sequence[_Marker], limit: int) -> Iterator[Item]:
    last = sequence[-1]
    ends = [following.start for _, following in pairwise(sequence)]
    each_on_a_line = all(
        _fills_line(text[marker.end : end]) for marker, end in zip(sequence, ends, strict=False)
    )
    if last.end < limit:
        ends.append(_end_of_last(text, Span(last.end, limit), each_on_a_line))
    for marker, end in zip(sequence, ends, strict=False):
        if span := trimmed(text, marker.end, end):
            yield Item(marker=marker.printed, start=marker.start, span=span)


def _end_of_last(text: str, rest: Span, each_on_a_line: bool) -> int:
    end = first_sentence_end(text, rest)
    line_end = text.find("\n", rest.start, end) if each_on_a_line else -1
    return end if line_end < 0 else line_end


def _fills_line(item: str) -> bool:
    return "\n" in item and "\n" not in item.strip()
