"""A span: the place of some characters in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` of a text, in Unicode code points, end excluded.

    The positions are those of `oa:TextPositionSelector` (Web Annotation Data Model, 4.2.6)
    and of RFC 5147's `char=start,end`; `text[start:end]` is the quote.

    Raises ValueError where the span is empty or begins before the text.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"A span needs 0 <= start < end, not {self.start} and {self.end}.")

    def of(self, text: str) -> str:
        """Return the quote."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Tell whether every character of the other span is in this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the spans share a character."""
        return self.start < other.end and other.start < self.end

    @classmethod
    def stripped(
        cls, text: str, start: int, end: int, characters: str | None = None
    ) -> Self | None:
        """Return the span without `characters` (white space) at its ends; None if none is left."""
        quote = text[start:end]
        left = len(quote) - len(quote.lstrip(characters))
        right = len(quote.rstrip(characters))
        return cls(start + left, start + right) if left < right else None
