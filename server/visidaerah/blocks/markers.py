"""Markers: what precedes the items of a list, read as style and number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_PRIVATE_USE = "\ue000-\uf8ff"
BULLETS = re.escape("-–—•●○▪■□◦‣⁃∙·*➢➤➔→►▶✓✔✅☑❖◆◇»★☆\ufffd") + _PRIVATE_USE
EMOJI = "\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
# Bullets of which an encoding, an HTML page or a word processor left other characters.
_BULLET_LEFT_OVER = (
    r"â€[¢“”–—]|â[–—].|âœ.|âž.|ï[‚ƒ].|ï¿½|Â·|&(?:bull|middot|#8226|#183);"
    r"|[o+](?=[ \t\xa0]+[A-Z])|\[[ xX]\](?=\s)"
)
# Numerals of two letters and more, up to 89.
_NUMERAL = r"(?=[ivxl]{2})(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_MARKER = re.compile(
    rf"(?P<bullet>[{BULLETS}])(?:[ \t\xa0]+|(?=\w)|$)"
    # Markdown that a program wrote: "1\.", "\-".
    r"|(?P<escaped>\\[-*+][ \t\xa0]+)"
    rf"|(?P<residue>{_BULLET_LEFT_OVER}|(?![❝❞])[{EMOJI}]\ufe0f?)\s*"
    r"|(?P<keycap>\d\ufe0f?\u20e3\s*)"
    rf"|(?P<enclosed>\((?:\d{{1,5}}|[a-z]|{_NUMERAL})\)\s*)"
    r"|(?P<outline>(?:\d{1,2}|[IVX]{1,5})(?:\.\d{1,2}){1,4}\.?(?:\s+|$))"
    # The codes of tables: "M1.", "M-2", "T1:"; but "S1 Hukum" is a degree.
    r"|(?P<coded>[MTS][.-]?\d{1,3}(?:[.:)](?:\s+|$)|(?<=M\d)\s+(?=[A-Z])|(?<=M-\d)\s+(?=[A-Z])|$))"
    r"|(?P<number>\d{1,5}(?:\.\)|\\?[.)](?!\d)|\s?[:–-](?=\s))\s*)"
    rf"|(?P<letter>(?:[A-Za-z][.)](?!\w)|(?:{_NUMERAL}|{_NUMERAL.upper()})[.)])(?:\s+|$))"
    r"|(?P<letters>[a-z]{2}[.)](?:\s+|$))"
)
_NUMBER_BEHIND_BULLET = re.compile(r"(\d{1,5})[ \t]+(?=[A-Z])")
_BARE_NUMBER = re.compile(r"(\d{1,5})[ \t\xa0]+(?=[A-Z])")
_AROUND_VALUE = "().:–- \ufe0f\u20e3"
_NUMERALS = {"i": 1, "v": 5, "x": 10, "l": 50}
_STYLES = {"residue": "•", "outline": "1.1"}
_LETTERS = 26
# Above it a number is a marker only where it counts on: "2016." is a year, "di." a word.
_LARGEST_BY_ITSELF = 99
# The eighth letter: behind "h." an "i." is a letter, not a numeral.
_H = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """What precedes an item: "1.", "(a)", "-".

    `style` is the form without its value ("1.", "(a)", "•"): siblings share it.
    `number` is the value of a number, letter or Roman numeral, None for a bullet.
    """

    text: str
    style: str
    number: int | None = None

    @property
    def stands_by_itself(self) -> bool:
        """Whether it is a marker wherever it stands: no large number, no two letters."""
        lettered = self.style.strip(_AROUND_VALUE).lower() == "a"
        return (self.number or 0) <= (_LETTERS if lettered else _LARGEST_BY_ITSELF)


def marker_at(text: str, start: int, end: int) -> tuple[Marker | None, int]:
    """Return the marker at a place and where the words behind it begin.

    Of a double marker ("• 1.", "1. 1.") the one with a number counts.
    """
    first, begin = _single(text, start, end)
    if first is None:
        return None, start
    second, behind = _single(text, begin, end)
    if second and (first.number is None or second.number is not None):
        return (first if second.number is None or first.number else second), behind
    number = _NUMBER_BEHIND_BULLET.match(text, begin, end) if first.number is None else None
    return (bare_number(number[1]), number.end()) if number else (first, begin)


def bare_number(figure: str) -> Marker:
    """Return the marker of a number that stands without full stop or bracket."""
    return Marker(text=figure, style="1", number=int(figure))


def counted_at(text: str, start: int, end: int) -> tuple[Marker | None, int]:
    """Return the number that begins a line without full stop ("1 Menata …"), and its words."""
    number = _BARE_NUMBER.match(text, start, end)
    return (bare_number(number[1]), number.end()) if number else (None, start)


def as_numeral(marker: Marker, previous: Marker | None) -> Marker:
    """Read a lone "i", "v" or "x" as a numeral where it begins or continues a list of numerals."""
    value = marker.text.strip(_AROUND_VALUE)
    numeral = _NUMERALS.get(value.lower())
    if numeral is None:
        return marker
    style = marker.text.replace(value, "i")
    continues = previous is not None and (previous.style, previous.number) == (style, numeral - 1)
    behind_h = previous is not None and (previous.style, previous.number) == (marker.style, _H)
    if continues or (numeral == 1 and not behind_h):
        return Marker(text=marker.text, style=style, number=numeral)
    return marker


def _single(text: str, start: int, end: int) -> tuple[Marker | None, int]:
    match = _MARKER.match(text, start, end)
    return (_of(match), match.end()) if match else (None, start)


def _of(match: re.Match[str]) -> Marker:
    printed = match[0].strip().replace("\\", "")
    value = printed.strip(_AROUND_VALUE)
    match match.lastgroup:
        case "bullet" | "escaped":
            return Marker(text=printed, style=printed)
        case "residue" | "outline" as group:
            return Marker(text=printed, style=_STYLES[group])
        case "coded":
            value = value.lstrip("MTS.-")
    first, number = _counted(value, lettered=match.lastgroup == "letters")
    return Marker(text=printed, style=printed.replace(value, first), number=number)


def _counted(value: str, *, lettered: bool) -> tuple[str, int]:
    """Return what a list of such values begins with, and the place of this one in it."""
    if value.isdecimal():
        return "1", int(value)
    if lettered:
        return "a", _beyond_z(value)
    if len(value) > 1:
        return "i", _numeral(value)
    return "a" if value.islower() else "A", ord(value.lower()) - ord("a") + 1


def _beyond_z(value: str) -> int:
    """Return the place of "aa", "ab" or "bb" behind "z"."""
    first, second = (ord(letter) - ord("a") + 1 for letter in value)
    return _LETTERS + second if first == second else _LETTERS * first + second


def _numeral(value: str) -> int:
    digits = [_NUMERALS[letter] for letter in value.lower()]
    return sum(-one if one < following else one for one, following in pairwise([*digits, 0]))
