"""Plan types: the kind of plan that a text names as the home of its vision."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from visidaerah.spans import Span
from visidaerah.statements.model import PlanType

if TYPE_CHECKING:
    from visidaerah.statements.model import Period
    from visidaerah.statements.surroundings import Surroundings

_VILLAGE = r"(?:Desa|Gampong|Nagari|Kalurahan|Kampung|Lembang|Pekon)"
# The names of plans, the more specific first.
_NAMES: tuple[tuple[str, str], ...] = (
    (
        "RPJMDes",
        rf"RPJM\s?-?(?:Des|G|K|Nag|Kal|Kam|{_VILLAGE})\b"
        rf"|Rencana\s+Pembangunan\s+Jangka\s+Menengah\s+{_VILLAGE}\b",
    ),
    (
        "RKPDes",
        rf"RKP\s?-?(?:Des|G|Nag|Kal|Kam|{_VILLAGE})\b"
        rf"|Rencana\s+Kerja\s+(?:Pemerintah(?:an)?\s+)?{_VILLAGE}\b",
    ),
    ("RPJPD", r"RPJPD?\b|Rencana\s+Pembangunan\s+Jangka\s+Panjang"),
    (
        "RPJMD",
        r"RPJM[DA]?\b|Rencana\s+Pembangunan\s+Jangka\s+Menengah|"
        r"(?<=visi\s)pembangunan\s+jangka\s+menengah(?!\s+tahap)",
    ),
    ("RPD", r"\bRPD\b|Rencana\s+Pembangunan\s+Daerah\b"),
    ("RKPD", r"RKPD\b|Rencana\s+Kerja\s+Pemerintah\s+Daerah"),
    ("Renstra", r"Renstra\b|Rencana\s+Strategis"),
    ("Renja", r"\bRenja\b|Rencana\s+Kerja\s+(?:Perangkat\s+Daerah|Dinas|Badan|SKPD|OPD)\b"),
)
PLAN_NAME = "|".join(pattern for _, pattern in _NAMES)
"""A pattern of the names of all plans, in small letters or capitals."""

_PATTERN = re.compile(
    "|".join(f"(?P<p{index}>{pattern})" for index, (_, pattern) in enumerate(_NAMES)),
    re.IGNORECASE,
)
_YEARS = re.compile(r"\b20\d\d\s*(?:[-–—/]|s\W?d|sampai)")
# Another plan that the sentence only relates the vision to; a regulation on a plan is its home.
_WORDS = r"\W+(?:(?!tentang\b)\w+\W+){0,9}$"
_PART_OF = re.compile(
    r"(?:tidak\s+terlepas\s+dari|bagian\s+dari|tahap(?:an)?\s+\w+(?:\s+dari)?|penjabaran\s+dari"
    rf"|menyusun|penyusunan|mendukung){_WORDS}",
    re.IGNORECASE,
)
_IN_LINE_WITH = re.compile(
    r"(?:(?:mengacu|berpedoman)(?:\s+(?:pada|kepada|ke))?|selaras\s+dengan|sesuai\s+dengan"
    r"|berdasarkan|(?:mem|di)perhatikan|mempertimbangkan|menjabarkan|mewujudkan|menyelaraskan"
    rf"|sejalan\s+dengan|merujuk(?:\s+(?:pada|kepada|ke))?){_WORDS}",
    re.IGNORECASE,
)
_FIRST_YEARS = re.compile(r"(?:(?!20\d\d).)*(20\d\d)\D{1,20}(20\d\d)\b", re.DOTALL)
_LOOK_BACK = 120


def plan_type_of(text: str, places: Surroundings, period: Period | None = None) -> PlanType | None:
    """Return the first plan that introduces the vision, other than as the vision's context.

    A title above the vision counts where it is a plan's: with its years, surely if these are the
    period of the vision; where neither names a plan, the document's own title does. A plan for
    other years than the vision's is not its home.
    """
    dated = [title for title in places.titles if _YEARS.search(text, title.start, title.end)]
    own = [places.own_title] if places.own_title else []
    homes = (
        _named(match)
        for lead in [*places.leads, *dated, *own]
        for match in _PATTERN.finditer(text, lead.start, lead.end)
        if not _is_related(text, lead, match) or _covers(text, lead, match, period)
        if not _is_for_other_years(text, lead, match, period)
    )
    return next(homes, None)


def plan_named_in(text: str, within: Span) -> PlanType | None:
    """Return the first plan that a stretch names, whatever it says of it."""
    match = _PATTERN.search(text, within.start, within.end)
    return _named(match) if match else None


def _named(match: re.Match[str]) -> PlanType:
    code = _NAMES[int((match.lastgroup or "p0")[1:])][0]
    return PlanType(code=code, span=Span(*match.span()))


def _is_related(text: str, lead: Span, match: re.Match[str]) -> bool:
    before = text[max(lead.start, match.start() - _LOOK_BACK) : match.start()]
    return bool(_PART_OF.search(before) or _IN_LINE_WITH.search(before))


def _covers(text: str, lead: Span, match: re.Match[str], period: Period | None) -> bool:
    """Tell whether the first years behind a plan's name are those of the vision."""
    stated = _years_behind(text, lead, match)
    return period is not None and stated == (period.start_year, period.end_year)


def _is_for_other_years(text: str, lead: Span, match: re.Match[str], period: Period | None) -> bool:
    """Tell whether a plan's name has years behind it, and the vision is for others."""
    stated = _years_behind(text, lead, match)
    dated = period is not None and None not in {period.start_year, period.end_year}
    return dated and stated is not None and not _covers(text, lead, match, period)


def _years_behind(text: str, lead: Span, match: re.Match[str]) -> tuple[int, int] | None:
    """Return the first years behind a plan's name; None where there are none."""
    found = _FIRST_YEARS.match(text, match.end(), min(lead.end, match.end() + _LOOK_BACK))
    return (int(found[1]), int(found[2])) if found else None
