"""Numbers up to 99 as texts print them: in figures, in words, or as both: "5 (lima)"."""

from __future__ import annotations

_UNITS = {
    "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8,
    "sembilan": 9,
}  # fmt: skip
_TEENS = {"sepuluh": 10, "sebelas": 11}
_UNIT = "|".join(_UNITS)

NUMBER = (
    r"(?<![\d.,])\b(?P<number>\d{1,2}"
    rf"|{'|'.join(_TEENS)}|(?:{_UNIT})(?:\s+(?:belas|puluh(?:\s+(?:{_UNIT})\b)?)\b)?)"
    r"(?:\s*\(\s*\w[\w ]{0,20}\s*\))?"
)
"""The pattern, in small letters, of a number and what repeats it in brackets."""


def number_of(printed: str) -> int:
    """Return the value of the group `number` in a match of `NUMBER`."""
    if printed.isdecimal():
        return int(printed)
    first, *others = printed.lower().split()
    if not others:
        return _TEENS.get(first) or _UNITS[first]
    if others[0] == "belas":
        return 10 + _UNITS[first]
    return 10 * _UNITS[first] + sum(_UNITS[word] for word in others[1:])
