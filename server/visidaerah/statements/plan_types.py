"""Plan types: the kind of plan that a text names as the home of its vision."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from visidaerah.spans import Span
from visidaerah.statements.model import PlanType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visidaerah.statements.model import Period

# The names of plans, the more specific first.
_NAMES: tuple[tuple[str, str], ...] = (
    (
        "RPJMDes",
        r"RPJM\s?-?(?:Des(?:a)?|G|Gampong|Nag(?:ari)?|Kal(?:urahan)?|Kam(?:pung)?|Lembang|Pekon)\b"
        r"|Rencana\s+Pembangunan\s+Jangka\s+Menengah\s+"
        r"(?:Desa|Gampong|Nagari|Kalurahan|Kampung|Lembang|Pekon)\b",
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
)
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
    r"(?:(?:mengacu|berpedoman)\s+(?:pada|kepada)|selaras\s+dengan|sesuai\s+dengan|berdasarkan)"
    rf"{_WORDS}",
    re.IGNORECASE,
)
_LOOK_BACK = 120


def plan_type_of(
    text: str, leads: Sequence[Span], titles: Sequence[Span], period: Period | None = None
) -> PlanType | None:
    """Return the first plan that the leads name, other than as the vision's context.

    A title above the vision counts where it is a plan's: with its years, surely if these are the
    period of the vision.
    """
    dated = [title for title in titles if _YEARS.search(text, title.start, title.end)]
    homes = (
        _named(match)
        for lead in [*leads, *dated]
        for match in _PATTERN.finditer(text, lead.start, lead.end)
        if not _is_related(text, lead, match) or _covers(text, lead, match, period)
    )
    return next(homes, None)


def _named(match: re.Match[str]) -> PlanType:
    code = _NAMES[int((match.lastgroup or "p0")[1:])][0]
    return PlanType(code=code, span=Span(*match.span()))


def _is_related(text: str, lead: Span, match: re.Match[str]) -> bool:
    before = text[max(lead.start, match.start() - _LOOK_BACK) : match.start()]
    return bool(_PART_OF.search(before) or _IN_LINE_WITH.search(before))


def _covers(text: str, lead: Span, match: re.Match[str], period: Period | None) -> bool:
    """Tell whether the years behind a plan's name are those of the vision."""
    if period is None or None in {period.start_year, period.end_year}:
        return False
    behind = text[match.end() : min(lead.end, match.end() + _LOOK_BACK)]
    years = re.compile(rf"{period.start_year}\D{{1,20}}{period.end_year}\b")
    return bool(years.search(behind))
