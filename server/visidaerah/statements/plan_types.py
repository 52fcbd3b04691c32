"""Plan types: the kind of plan that a text names as the home of its vision."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from visidaerah.spans import Span
from visidaerah.statements.model import PlanType

if TYPE_CHECKING:
    from collections.abc import Sequence

# The names of plans, the more specific first.
_NAMES: tuple[tuple[str, str], ...] = (
    (
        "RPJMDes",
        r"RPJM\s?-?Des(?:a)?\b|RPJM\s+Desa|Rencana\s+Pembangunan\s+Jangka\s+Menengah\s+Desa",
    ),
    ("RPJPD", r"RPJPD?\b|Rencana\s+Pembangunan\s+Jangka\s+Panjang"),
    (
        "RPJMD",
        r"RPJMD?\b|Rencana\s+Pembangunan\s+Jangka\s+Menengah|"
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
# Another plan that the sentence only relates the vision to.
_RELATED = re.compile(
    r"(?:tidak\s+terlepas\s+dari|bagian\s+dari|tahap(?:an)?\s+\w+(?:\s+dari)?|mengacu\s+(?:pada|kepada)|"
    r"berpedoman\s+(?:pada|kepada)|selaras\s+dengan|sesuai\s+dengan|menyusun|penyusunan|penjabaran\s+dari|"
    r"mendukung|berdasarkan)\W+(?:\w+\W+){0,9}$",
    re.IGNORECASE,
)


def plan_type_of(text: str, leads: Sequence[Span], titles: Sequence[Span]) -> PlanType | None:
    """Return the first plan that the leads name, other than as the vision's context.

    A title above the vision counts where it is a plan's: with its years.
    """
    dated = [title for title in titles if _YEARS.search(text, title.start, title.end)]
    for lead in [*leads, *dated]:
        for match in _PATTERN.finditer(text, lead.start, lead.end):
            before = text[max(lead.start, match.start() - 120) : match.start()]
            if not _RELATED.search(before):
                code = _NAMES[int((match.lastgroup or "p0")[1:])][0]
                return PlanType(code=code, span=Span(match.start(), match.end()))
    return None
