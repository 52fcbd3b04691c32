"""Declared counts: the numbers of parts that a text itself claims."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from visidaerah.spans import Span
from visidaerah.statements.model import DeclaredCount

if TYPE_CHECKING:
    from collections.abc import Iterable

Countable = Literal["pillar", "mission", "goal", "objective"]

_NUMBERS = {
    word: value
    for value, word in enumerate(
        [
            "satu",
            "dua",
            "tiga",
            "empat",
            "lima",
            "enam",
            "tujuh",
            "delapan",
            "sembilan",
            "sepuluh",
            "sebelas",
        ],
        start=1,
    )
}
_COUNT = re.compile(
    rf"\b(?P<figure>\d{{1,2}}|{'|'.join(_NUMBERS)})\s*(?:\(\s*(?P<word>\w+)\s*\)\s*)?(?:buah\s+|butir\s+|point\s+|poin\s+)?"
    r"(?P<noun>pokok(?:[-\s]pokok)?\s+visi|unsur(?:\s+\w+)?\s+visi|unsur|makna|kata(?:\s+kunci)?|kunci\s+pokok|elemen|"
    r"misi|tujuan|sasaran)\b(?!\s+\d)",
    re.IGNORECASE,
)
_COUNTABLES: dict[str, Countable] = {"misi": "mission", "tujuan": "goal", "sasaran": "objective"}


def declared_counts(text: str, leads: Iterable[Span]) -> tuple[DeclaredCount, ...]:
    """Return the counts that the leads declare, the first for each kind of part."""
    found: dict[Countable, DeclaredCount] = {}
    for lead in leads:
        for match in _COUNT.finditer(text, lead.start, lead.end):
            figure = match["figure"].lower()
            value = int(figure) if figure.isdecimal() else _NUMBERS[figure]
            of = _COUNTABLES.get(match["noun"].lower(), "pillar")
            if value and of not in found:
                span = Span(match.start(), match.end())
                found[of] = DeclaredCount(of=of, value=value, span=span)
    return tuple(sorted(found.values(), key=lambda count: count.span))
