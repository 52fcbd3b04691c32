"""Declared counts: the numbers of parts that a text itself claims."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from visidaerah.spans import Span
from visidaerah.statements.model import DeclaredCount
from visidaerah.statements.numbers import NUMBER, number_of

if TYPE_CHECKING:
    from collections.abc import Iterable

Countable = Literal["pillar", "mission", "goal", "objective"]

_COUNT = re.compile(
    rf"{NUMBER}\s*"
    r"(?:buah\s+|butir\s+|point\s+|poin\s+)?"
    r"(?P<noun>pokok(?:[-\s]pokok)?\s+visi|unsur(?:\s+\w+)?\s+visi|unsur|makna|kata(?:\s+kunci)?"
    r"|kunci\s+pokok|elemen|misi|tujuan|sasaran)\b(?!\s+\d)",
    re.IGNORECASE,
)
_COUNTED: dict[str, Countable] = {"misi": "mission", "tujuan": "goal", "sasaran": "objective"}


def declared_counts(text: str, leads: Iterable[Span]) -> tuple[DeclaredCount, ...]:
    """Return the counts that the leads declare, the first for each kind of part, in order."""
    found: dict[Countable, DeclaredCount] = {}
    for lead in leads:
        for match in _COUNT.finditer(text, lead.start, lead.end):
            of = _COUNTED.get(match["noun"].lower(), "pillar")
            found.setdefault(
                of, DeclaredCount(of=of, value=number_of(match["number"]), span=Span(*match.span()))
            )
    return tuple(sorted(found.values(), key=lambda count: count.span))
