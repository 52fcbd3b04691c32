"""Periods: the years or the duration that a text states for its plan."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from visidaerah.spans import Span
from visidaerah.statements.model import Period

if TYPE_CHECKING:
    from collections.abc import Sequence

_YEARS = re.compile(
    r"(?<![\d./-])(?P<start>(?:19|20)\d\d)\s*(?:[-–—/]|s[./]?d\.?|sampai(?:\s+dengan)?(?:\s+tahun)?|hingga(?:\s+tahun)?|ke|to)\s*"
    r"(?P<end>20\d\d)(?![\d./]|-\d)|(?<!\d)(?P<glued>20\d\d)(?P<after>20\d\d)(?!\d)",
    re.IGNORECASE,
)
_END_YEAR = re.compile(
    r"\b(?:(?:pada|di|sampai(?:\s+dengan)?|hingga|menuju)\s+)tahun\s+(?P<end>20\d\d)\b|\b(?:menuju|hingga)\s+(?P<bare>20\d\d)\b",
    re.IGNORECASE,
)
_START_YEAR = re.compile(r"\btahun\s+(20\d\d)\b", re.IGNORECASE)
_DURATION = re.compile(
    r"\b(?P<figure>\d{1,2}|lima|enam|lima belas|dua puluh(?: lima)?)\s*(?:\(\s*(?P<word>\w[\w ]*?)\s*\)\s*)?tahun\s+"
    r"(?:ke\s?depan|mendatang|yang\s+akan\s+datang)",
    re.IGNORECASE,
)
_NUMBERS = {"lima": 5, "enam": 6, "lima belas": 15, "dua puluh": 20, "dua puluh lima": 25}
_LONG_TERM = re.compile(
    r"\brpjpd?\b|jangka\s+panjang|\brpjpn\b|\brpjmn\b|\btahun\s+anggaran\b|\bta\.|\bundang|\bperda\b|"
    r"\bperaturan\b|\bnomor\b|\bno\.|hak cipta|copyright",
    re.IGNORECASE,
)
# "Visi RPJPD Kota … tahun …": the long-term plan is the vision's own.
_OWN_PLAN = re.compile(
    r"\bvisi\s+(?:\w+\s+){0,2}(?:rpjpd?|pembangunan\s+jangka\s+panjang)\b", re.IGNORECASE
)
_VISION_YEAR = re.compile(r"\b(?:pada\s+)?tahun\s+(20\d\d)\W*$", re.IGNORECASE)
_LONGEST = 10


def period_of(text: str, leads: Sequence[Span], vision: Span | None) -> Period | None:
    """Return the first period that the leads state, the nearest to the vision first.

    Years of a long-term or parent plan named in passing, of laws and of budgets do not count
    while the same words state others.
    """
    found = [p for lead in leads for p in _ranges(text, lead)]
    for period, long_term in sorted(found, key=lambda pair: pair[1]):
        if not long_term:
            return _with_duration(text, period, leads)
    for lead in leads:
        if period := _end_year(text, lead):
            return period
    if vision and (year := _VISION_YEAR.search(text, vision.start, vision.end)):
        return Period(span=Span(*year.span(1)), end_year=int(year[1]))
    for lead in [*leads, *([vision] if vision else [])]:
        if period := _duration(text, lead):
            return period
    return None


def _ranges(text: str, lead: Span) -> list[tuple[Period, bool]]:
    found = []
    for match in _YEARS.finditer(text, lead.start, lead.end):
        start, end = int(match["start"] or match["glued"]), int(match["end"] or match["after"])
        before = text[max(lead.start, match.start() - 60) : match.start()]
        marks = list(_LONG_TERM.finditer(before))
        long_term = bool(marks) and not _OWN_PLAN.search(before)
        long_term = long_term and "visi" not in before[marks[-1].end() :].lower()
        if start < end <= start + 30:
            span = Span(match.start(), match.end())
            period = Period(span=span, start_year=start, end_year=end)
            own = bool(_OWN_PLAN.search(before))
            found.append((period, not own and (long_term or end - start > _LONGEST)))
    return found


def _with_duration(text: str, period: Period, leads: Sequence[Span]) -> Period:
    for lead in leads:
        duration = _duration(text, lead)
        if duration and duration.duration_years:
            return Period(
                span=period.span,
                start_year=period.start_year,
                end_year=period.end_year,
                duration_years=duration.duration_years,
            )
    return period


def _end_year(text: str, lead: Span) -> Period | None:
    match = _END_YEAR.search(text, lead.start, lead.end)
    if not match:
        return None
    end = int(match["end"] or match["bare"])
    start = _START_YEAR.search(text, lead.start, match.start())
    first = int(start[1]) if start and int(start[1]) < end <= int(start[1]) + _LONGEST else None
    begin = start.start() if start and first else match.start()
    return Period(span=Span(begin, match.end()), start_year=first, end_year=end)


def _duration(text: str, lead: Span) -> Period | None:
    match = _DURATION.search(text, lead.start, lead.end)
    if not match:
        return None
    figure = match["figure"].lower()
    years = int(figure) if figure.isdecimal() else _NUMBERS.get(" ".join(figure.split()))
    return Period(span=Span(match.start(), match.end()), duration_years=years)
