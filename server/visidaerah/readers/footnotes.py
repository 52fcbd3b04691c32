"""Footnotes: the small print at the foot of a page, which must not divide what goes on overleaf."""

from __future__ import annotations

import re
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visidaerah.readers.layout import Line
    from visidaerah.readers.tables import Rule

_SMALL = 0.88
_MOST_LINES = 12
_NOTE = re.compile(r"(?:\d{1,3}|\*{1,3})\s*[^\W\d_]")


def text_and_notes(lines: Sequence[Line], rules: Sequence[Rule]) -> tuple[list[Line], list[Line]]:
    """Divide the lines of a page into its text and the footnotes below it.

    A page with a ruled table has none: its last rows may be in small print.
    """
    if not lines or any(rule.is_upright for rule in rules):
        return list(lines), []
    usual = median(line.height for line in lines)
    begin = len(lines)
    while begin and lines[begin - 1].height < usual * _SMALL:
        begin -= 1
    notes = list(lines[begin:])
    if not (begin and notes and len(notes) <= _MOST_LINES and _NOTE.match(notes[0].text)):
        return list(lines), []
    return list(lines[:begin]), notes
