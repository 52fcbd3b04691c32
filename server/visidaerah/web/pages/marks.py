"""Marks on a text: nested and crossing places become a stream of openings, text and closings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from visidaerah.spans import Span

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Mark(Generic[Key]):
    """A place in a text and what is marked there."""

    span: Span
    key: Key


@dataclass(frozen=True, slots=True)
class Open(Generic[Key]):
    """A mark begins, or goes on (`continued`) after a crossing mark has ended.

    `height` counts the marks nested in it, one in another: 0 for an innermost mark.
    """

    mark: Mark[Key]
    continued: bool
    height: int = 0


@dataclass(frozen=True, slots=True)
class Close(Generic[Key]):
    """The mark opened last ends, or is interrupted."""

    mark: Mark[Key]


@dataclass(frozen=True, slots=True)
class Words(Generic[Key]):
    """Characters under the same marks; `mark` is the innermost, None outside all of them.

    `first` tells the first visible words of that mark, which alone need a stop on the keyboard's
    way.
    """

    text: str
    mark: Mark[Key] | None
    first: bool


Part: TypeAlias = "Open[Key] | Close[Key] | Words[Key]"


def parts(text: str, marks: Iterable[Mark[Key]], start: int = 0) -> list[Part[Key]]:
    """Return the text, whose first character is at `start`, with its marks.

    Marks that cross are split so that openings and closings nest. What lies outside is dropped.
    """
    end = start + len(text)
    kept = sorted(
        (mark for mark in marks if start <= mark.span.start and mark.span.end <= end),
        key=lambda mark: (mark.span.start, -mark.span.end),
    )
    stream = list(_stream(text, start, kept))
    heights = _heights(stream)
    return [
        Open(part.mark, part.continued, heights[id(part.mark)]) if isinstance(part, Open) else part
        for part in stream
    ]


def _stream(text: str, offset: int, marks: list[Mark[Key]]) -> Iterator[Part[Key]]:
    boundaries = {offset, offset + len(text)}
    for mark in marks:
        boundaries |= {mark.span.start, mark.span.end}
    cuts = sorted(boundaries)
    waiting = list(reversed(marks))
    stack: list[Mark[Key]] = []
    ending = Counter(mark.span.end for mark in marks)
    seen: set[int] = set()
    for here, there in zip(cuts, [*cuts[1:], cuts[-1]], strict=True):
        yield from _closings(stack, here, ending[here])
        while waiting and waiting[-1].span.start == here:
            stack.append(waiting.pop())
            yield Open(stack[-1], continued=False)
        if there > here:
            inner, words = stack[-1] if stack else None, text[here - offset : there - offset]
            first = id(inner) not in seen and not words.isspace()
            yield Words(words, inner, first)
            seen |= {id(inner)} if first else set()


def _closings(stack: list[Mark[Key]], here: int, ending: int) -> Iterator[Part[Key]]:
    """Close the marks that end here; those that cross them are closed too and go on after."""
    interrupted: list[Mark[Key]] = []
    while ending:
        mark = stack.pop()
        yield Close(mark)
        if mark.span.end > here:
            interrupted.append(mark)
        else:
            ending -= 1
    for mark in reversed(interrupted):
        stack.append(mark)
        yield Open(mark, continued=True)


def _heights(stream: Iterable[Part[Key]]) -> dict[int, int]:
    heights: dict[int, int] = {}
    stack: list[Mark[Key]] = []
    for part in stream:
        if isinstance(part, Open):
            stack.append(part.mark)
            heights.setdefault(id(part.mark), 0)
        elif isinstance(part, Close):
            stack.pop()
            if stack:
                outer = id(stack[-1])
                heights[outer] = max(heights[outer], heights[id(part.mark)] + 1)
    return heights
