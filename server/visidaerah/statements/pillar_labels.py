"""Pillar labels: what names a pillar, and what joins the name to its explanation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from visidaerah.statements.outline import ORDINAL
from visidaerah.statements.wording import statement_span

if TYPE_CHECKING:
    from visidaerah.spans import Span

_LINK = (
    r"(?:\s*,)?\s*(?:\b(?:bermakna|mengandung\s+(?:arti|makna|pengertian)|memiliki\s+(?:arti|makna)"
    r"|artinya|maknanya|berarti|bahwa|adalah|yaitu|yakni|ialah|dapat\s+diartikan(?:\s+sebagai)?"
    r"|di(?:artikan|maknai|maksudkan|maksud|definisikan|pahami)(?:\s+sebagai)?|menggambarkan|mencerminkan|menunjukkan"
    r"|mengacu\s+pada|merujuk\s+pada|diukur\s+dengan|ditandai\s+(?:oleh|dengan)|merupakan)\b\s*)+[:,]?\s*|\s*[:=]\s*"
)
LINK = re.compile(_LINK, re.IGNORECASE)
"""What joins a label to its explanation: ", bermakna", "artinya bahwa", "mengandung arti", ":"."""

# What may precede a label in prose: "Yang dimaksud dengan …", "Kedua, …".
_BEFORE_LABEL = (
    r"(?:(?i:yang\s+dimaksud(?:\s+dengan)?|adapun|sedangkan|sementara(?:\s+itu)?|kata|istilah|frasa"
    r"|(?:pertama|kedua|ketiga|keempat|kelima|keenam|terakhir)\s*,)\s+){1,2}"
)
_LABELLED = re.compile(
    rf"(?:{_BEFORE_LABEL}(?=[“\"‘'(]?[A-Za-z])|(?=[“\"‘'(]?[A-Z]))[“\"‘'(]?"
    r"(?P<label>[A-Za-z]\w[^:=.;“”\"<]{0,70}?)(?:</\w{1,10}>|\*\*)?[”\"’')]?\s*"
    rf"(?i:(?:{_LINK})(?:bahwa\s+|:\s*)?)(?=\S)"
)
NUMBERED = re.compile(
    rf"(?P<marker>(?:pilar|unsur|elemen|pokok\s+visi|kata\s+kunci)(?:\s+visi)?[\s-]+{ORDINAL})\b"
    r"\s*[:.–—-]?\s*(?=\w)",
    re.IGNORECASE,
)
"""What numbers a label: "Pilar 1: Maju", "Unsur Kedua – Mandiri"; the group `marker` is that."""

# The columns of a table: a tab parts them always, blanks only where no link does, since justified
# text has wide blanks too.
_TAB = re.compile(r"(?P<label>[A-Z][^\t:=.;“”\"<]{0,70}?)[ \xa0]*\t\s*(?=\S)")
_WIDE = re.compile(r"(?P<label>[A-Z][^\t:=.;“”\"<]{0,70}?)[ \xa0]{3,}(?=\S)")
# What no label ends with, since the link behind it belongs to a clause ("Keadaan yang ditandai …");
# and what is no label itself ("Misi adalah …").
_NO_LABEL = re.compile(
    r"\b(?:yang|dan|atau|serta|dengan|untuk|dalam|pada|di|ini|itu|juga)$"
    r"|^(?:(?:visi|misi|tujuan|sasaran|strategi)(?:\s+|$))+$|^mengandung\b",
    re.IGNORECASE,
)
_LABEL_WORDS = 6


def label_in(text: str, start: int, end: int) -> tuple[Span, int] | None:
    """Return the label that begins a stretch, and where the explanation behind its link begins."""
    match = _TAB.match(text, start, end) or _LABELLED.match(text, start, end)
    match = match or _WIDE.match(text, start, end)
    if not match or len(match["label"].split()) > _LABEL_WORDS:
        return None
    label = statement_span(text, *match.span("label"))
    if label is None or _NO_LABEL.search(label.of(text)):
        return None
    return label, match.end()
