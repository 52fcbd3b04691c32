"""Periods: the years or the duration that a text states for its plan."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from visidaerah.spans import Span
from visidaerah.statements.model import Period
from visidaerah.statements.numbers import NUMBER, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from visidaerah.statements.surroundings import Surroundings

# "2016-2021", "2016 sampai dengan tahun 2021", "2016 s/d 2021", "20162021" without its hyphen, and
# "2021-26", which is no month of a year.
_YEARS = re.compile(
    r"(?<![\d./-])(?P<start>(?:19|20)\d\d)\s*"
    r"(?:[-–—/]|&[mn]dash;|s[./]?d\.?|sampai(?:\s+dengan)?|hingga|ke|to)\s*(?:tahun\s+)?"
    r"(?P<end>20\d\d)(?!\d|[./-]\d)"
    r"|(?<!\d)(?P<glued_start>20\d\d)(?P<glued_end>20\d\d)(?!\d)"
    r"|(?<![\d./-])(?P<century>20)(?P<short_start>\d\d)[-–—/](?P<short_end>(?!0|1[0-2])\d\d)"
    r"(?!\d|[./-]\d)",
    re.IGNORECASE,
)
# A word to a line: "2016", "–", "2021".
_SPREAD = re.compile(r"(?<!\d)20\d\d\s*\n\s*[-–—]\s*\n\s*20\d\d(?=\s)")
_SHORTLY_ABOVE = 400
_END_YEAR = re.compile(
    r"\b(?:pada|di|sampai(?:\s+dengan)?|hingga|menuju)\s+tahun\s+(?P<after_word>20\d\d)\b"
    r"|\b(?:menuju|hingga)\s+(?P<bare>20\d\d)\b",
    re.IGNORECASE,
)
_YEAR_OF_VISION = re.compile(r"(?:\btahun\s+)?\b(20\d\d)\b(?!\s*[-–—/])", re.IGNORECASE)
# "Hingga akhir masa jabatan tahun 2027", which a title or a caption may state.
_UNTIL = re.compile(
    r"\b(?:hingga|sampai(?:\s+dengan)?|menuju)\s+(?:\w+\s+){0,6}?tahun\s+(20\d\d)\b", re.IGNORECASE
)
# "VISI KABUPATEN CONTOH 2025"
_YEAR_OF_HEADING = re.compile(r"visi\b[^.:;]{0,80}\s(20\d\d)\W*\Z", re.IGNORECASE)
_REST_OF_LINE = re.compile(r"[^\S\n]*(?:tahun[^\S\n]+)?\d{4}\b", re.IGNORECASE)
_YEAR_WITHIN = 12
_START_YEAR = re.compile(r"\btahun\s+(20\d\d)\b", re.IGNORECASE)
# "delapan tahun ke depan"; "selama 5 (lima) tahun", "jangka waktu lima tahun", but no years past.
_DURATIONS = (
    re.compile(
        rf"{NUMBER}\s*tahun\s+(?:ke\s?depan|mendatang|(?:yang\s+)?akan\s+datang)\b", re.IGNORECASE
    ),
    re.compile(
        r"\b(?:(?:jangka|kurun)\s+waktu|periode|selama|masa\s+(?:jabatan|bakti))\s+"
        rf"{NUMBER}\s*tahun(?:an)?\b"
        r"(?!\s+(?:(?:yang\s+)?(?:lalu|silam)|terakhir|belakangan|sebelumnya|pertama))",
        re.IGNORECASE,
    ),
)
# What makes years those of another plan, a law or a budget.
_FOREIGN = re.compile(
    r"\brpjpd?\b|jangka\s+panjang|\brpjpn\b|\brpjmn\b|\btahun\s+anggaran\b|\bta\.|\bundang|\bperda\b"
    r"|\bmendukung\s+(?:\w+\s+){0,2}visi\b"
    r"|\bperaturan\b|\bnomor\b|\bno\.|hak cipta|copyright"
    r"|\b(?:perjanjian|laporan)\s+kinerja\b|\bla?kj?ip\b|\bapbd\b|\btahun\s+ajaran\b",
    re.IGNORECASE,
)
# "Visi RPJPD Kota … tahun …": the long-term plan is the vision's own.
# So it is where the vision is laid down in it: "Visi Kota … yang tertuang dalam RPJPD tahun …".
_OWN_LONG_TERM = re.compile(
    r"\bvisi\s+(?:\w+\s+){0,2}(?:rpjpd?|pembangunan\s+jangka\s+panjang)\b"
    r"|\bvisi\s+(?:\w+\s+){0,6}(?:di)?(?:tetapkan|tuang(?:kan)?|tertuang|termuat|muat|tercantum"
    r"|rumuskan)\s+(?:di\s?)?(?:dalam|pada)\s+(?:dokumen\s+)?"
    r"(?:rpjpd?|rencana\s+pembangunan\s+jangka\s+panjang)\b",
    re.IGNORECASE,
)
# What makes that vision one that the vision in force only keeps to.
_KEPT_TO = re.compile(
    r"\b(?:(?:mem|di)perhatikan|mempertimbangkan|mengacu|berpedoman|selaras|sejalan|sesuai|merujuk"
    r"|berdasarkan|menjabarkan|menyelaraskan|mendukung|mewujudkan)\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
# The plan whose years the vision shares.
_OWN_PLAN = re.compile(r"\brpjm[da]?\b|jangka\s+menengah|\brpd\b", re.IGNORECASE)
# The year of a plan for one year: "RKPD Kota Contoh Tahun 2024".
_ANNUAL = re.compile(r"\b(?:RKP|Renja|Rencana\s+Kerja)\D*\b(20\d\d)\W*\Z", re.IGNORECASE)
_LOOK_BACK = 90
_LOOK_BACK_OWN = 160
_LONGEST = 10
_LONGEST_LONG_TERM = 30


def period_of(text: str, places: Surroundings) -> Period | None:
    """Return the first period that the places state, the nearest to the vision first.

    Years of a long-term or parent plan named in passing, of laws and of budgets do not count.
    Where no pair of years is stated, an end year, and else a duration, is the period.
    """
    spans = (*places.leads, *places.titles)
    own = places.own_title
    duration = next((found for span in spans if (found := _duration(text, span))), None)
    ranges = (found for span in spans for found in _ranges(text, span, own))
    years = next(ranges, None) or _years_of_title(text, own) or _spread_years(text, places)
    if years and duration:
        return replace(years, duration_years=duration.duration_years)
    return years or _end_stated(text, places) or _term_of_leaders(text, places) or duration


def _years_of_title(text: str, title: Span | None) -> Period | None:
    """Return the years in the document's own title, one year for an annual plan."""
    if title is None:
        return None
    annual = _ANNUAL.search(text, title.start, title.end)
    if annual:
        year = int(annual[1])
        return Period(span=Span(*annual.span(1)), start_year=year, end_year=year)
    return next(_ranges(text, title, title), None)


def _spread_years(text: str, places: Surroundings) -> Period | None:
    """Return the years shortly above the vision that justified print has spread over lines."""
    if places.vision is None:
        return None
    begin = max(0, places.vision.start - _SHORTLY_ABOVE)
    matches = list(_SPREAD.finditer(text, begin, places.vision.start))
    span = Span(*matches[-1].span()) if matches else None
    return next(_ranges(text, span), None) if span else None


def _end_stated(text: str, places: Surroundings) -> Period | None:
    """Return the end year that leads to the vision, or that a title or the vision itself states."""
    leads = (found for lead in places.leads if (found := _end_year(text, lead, _END_YEAR)))
    titles = (found for title in places.titles if (found := _end_year(text, title, _UNTIL)))
    heading = places.leads[:1] if places.vision else ()
    headed = (
        found
        for lead in heading
        if _YEAR_OF_HEADING.match(text, lead.start, lead.end)
        if (found := _end_year(text, lead, _YEAR_OF_HEADING))
    )
    return (
        next(leads, None)
        or next(headed, None)
        or next(titles, None)
        or _year_in(text, places.vision)
    )


def _term_of_leaders(text: str, places: Surroundings) -> Period | None:
    """Return the years behind the names of the leaders, where the text states one such term."""
    found = [period for span in places.leaders for period in _ranges(text, span)]
    return found[0] if len({(one.start_year, one.end_year) for one in found}) == 1 else None


def _ranges(text: str, lead: Span, title: Span | None = None) -> Iterator[Period]:
    """Yield the pairs of years in a lead that are those of the vision or of the own title."""
    for match in _YEARS.finditer(text, lead.start, lead.end):
        start, end = _pair(match)
        before = text[max(lead.start, match.start() - _LOOK_BACK) : match.start()]
        titled = title is not None and title.covers(Span(*match.span()))
        named = text[max(lead.start, match.start() - _LOOK_BACK_OWN) : match.start()]
        own = titled or _is_own_long_term(named)
        longest = _LONGEST_LONG_TERM if own else _LONGEST
        if start < end <= start + longest and (own or not _is_foreign(before)):
            yield Period(span=Span(*match.span()), start_year=start, end_year=end)


def _pair(match: re.Match[str]) -> tuple[int, int]:
    """Return the years of a match, those of two figures in the century of the first."""
    if century := match["century"]:
        return int(century + match["short_start"]), int(century + match["short_end"])
    return int(match["start"] or match["glued_start"]), int(match["end"] or match["glued_end"])


def _is_own_long_term(before: str) -> bool:
    """Tell whether the words before the years make the vision that of a long-term plan."""
    named = _OWN_LONG_TERM.search(before)
    return bool(named and not _KEPT_TO.search(before, 0, named.start()))


def _is_foreign(before: str) -> bool:
    """Tell whether the words before the years give them to something else than the vision."""
    marks = list(_FOREIGN.finditer(before))
    if not marks:
        return False
    behind = before[marks[-1].end() :]
    return "visi" not in behind.lower() and not _OWN_PLAN.search(behind)


def _end_year(text: str, lead: Span, pattern: re.Pattern[str]) -> Period | None:
    match = pattern.search(text, lead.start, lead.end)
    if not match:
        return None
    end = int(next(year for year in match.groups() if year))
    start = _START_YEAR.search(text, lead.start, match.start())
    if start and int(start[1]) < end <= int(start[1]) + _LONGEST:
        span = Span(start.start(), match.end())
        return Period(span=span, start_year=int(start[1]), end_year=end)
    return Period(span=Span(*match.span()), end_year=end)


def _year_in(text: str, vision: Span | None) -> Period | None:
    """Return the year that a vision ends with ("… Tahun 2026"), or that is glued behind it."""
    if vision is None:
        return None
    line = _REST_OF_LINE.match(text, vision.end)
    end = line.end() if line else vision.end
    match = _YEAR_OF_VISION.search(text, max(vision.start, vision.end - _YEAR_WITHIN), end)
    return Period(span=Span(*match.span(1)), end_year=int(match[1])) if match else None


def _duration(text: str, lead: Span) -> Period | None:
    """Return the first duration in a lead that is not that of another plan or a law."""
    for pattern in _DURATIONS:
        for match in pattern.finditer(text, lead.start, lead.end):
            before = text[max(lead.start, match.start() - _LOOK_BACK) : match.start()]
            own = _is_own_long_term(before)
            years = number_of(match["number"])
            if 0 < years <= _LONGEST_LONG_TERM and (own or not _is_foreign(before)):
                span = Span(match.start("number"), match.end())
                return Period(span=span, duration_years=years)
    return None
