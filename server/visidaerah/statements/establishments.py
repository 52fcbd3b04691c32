"""Establishments: who set the content of a plan, and the clause that says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from visidaerah.spans import Span
from visidaerah.statements.model import Establishment, Office

if TYPE_CHECKING:
    from collections.abc import Sequence

_OFFICE = r"(?:wakil\s+)?(?:wali\s?kota|bupati|gubernur|kepala\s+(?:daerah|desa)|lurah|camat)"
_CLAUSE = re.compile(
    r"\b(?:ditetapkan|disepakati|dirumuskan|disampaikan|diusung|dicanangkan|disusun)\s+oleh\s+"
    rf"(?P<offices>{_OFFICE}(?:\s*(?:,|dan|&|beserta|bersama)\s*{_OFFICE})*)"
    r"(?:\s+terpilih)?(?:\s+(?:tahun|periode|masa\s+bakti)\s+\d{4}(?:\s*[-–]\s*\d{4})?)?",
    re.IGNORECASE,
)
_ONE_OFFICE = re.compile(_OFFICE, re.IGNORECASE)


def establishment_of(text: str, leads: Sequence[Span]) -> Establishment | None:
    """Return the clause "ditetapkan oleh …" of the leads with the posts it names, or None."""
    for lead in leads:
        match = _CLAUSE.search(text, lead.start, lead.end)
        if match:
            return Establishment(
                span=Span(match.start(), match.end()), offices=_offices(text, match)
            )
    return None


def _offices(text: str, clause: re.Match[str]) -> tuple[Office, ...]:
    found = _ONE_OFFICE.finditer(text, clause.start("offices"), clause.end("offices"))
    return tuple(
        Office(title=_title(match[0]), span=Span(match.start(), match.end())) for match in found
    )


def _title(words: str) -> str:
    return " ".join(words.split()).title().replace("Wali Kota", "Walikota")
