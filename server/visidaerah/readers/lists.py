"""What precedes the items of a list, as it is printed: numbers, letters, numerals, bullets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable

    from visidaerah.readers.markup import Element

MARKED = re.compile(
    r"(?:[-–—•●○▪■□◦‣⁃∙·➢➤➔→►▶✓✔✅☑❖◆◇\ue000-\uf8ff](?:\s|(?=\w))"
    r"|\(?(?:\d{1,2}|[A-Za-z]|[ivxIVX]{2,5})[.)](?:\s|$)|\d{1,2}[.)](?=[^\W\d]))"
)
"""A line that already begins with a marker of its own."""

BULLET = "-"
_NUMERALS = (
    ("m", 1000),
    ("cm", 900),
    ("d", 500),
    ("cd", 400),
    ("c", 100),
    ("xc", 90),
    ("l", 50),
    ("xl", 40),
    ("x", 10),
    ("ix", 9),
    ("v", 5),
    ("iv", 4),
    ("i", 1),
)
_LARGEST_NUMERAL = 3999


def letters(number: int) -> str:
    """Return a number as letters: 1 is "a", 26 "z", 27 "aa" as word processors count."""
    return chr(ord("a") + (number - 1) % 26) * min(1 + (number - 1) // 26, 9)


def roman(number: int) -> str:
    """Return a number as a Roman numeral in small letters."""
    if number > _LARGEST_NUMERAL:
        return str(number)
    written = ""
    for numeral, value in _NUMERALS:
        count, number = divmod(number, value)
        written += numeral * count
    return written


FIGURES: dict[str, Callable[[int], str]] = {
    "1": str,
    "a": letters,
    "A": lambda number: letters(number).upper(),
    "i": roman,
    "I": lambda number: roman(number).upper(),
}
"""How numbers are written, by HTML's name of the style (`<ol type>`)."""


def figure(style: str, number: int) -> str:
    """Return a number in a style; what is not positive has no letters or numerals."""
    return FIGURES.get(style, str)(number) if number > 0 else str(number)


@dataclass(slots=True)
class Numbering:
    """An HTML list that is being counted."""

    style: str | None
    number: int = 0

    @classmethod
    def of(cls, element: Element) -> Self:
        """Begin to count a list: `start` and `type` as HTML has them (4.4.5)."""
        if element.tag != "ol":
            return cls(None)
        return cls(
            element.attributes.get("type") or "1", _integer(element.attributes.get("start"), 1) - 1
        )

    def next(self, item: Element) -> str:
        """Return the marker of the next item."""
        self.number = _integer(item.attributes.get("value"), self.number + 1)
        return BULLET if self.style is None else f"{figure(self.style, self.number)}."


def _integer(written: str | None, default: int) -> int:
    return int(written) if written and re.fullmatch(r"[+-]?\d{1,6}", written.strip()) else default
