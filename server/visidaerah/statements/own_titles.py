"""Own titles: the line or lines in which a document names its plan, whose it is, and its years."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from visidaerah.spans import Span
from visidaerah.statements.plan_types import PLAN_NAME, plan_named_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visidaerah.statements.outline import Passage

# What may precede a plan's name in its own title: what the document is, or the regulation on it.
_BEFORE = (
    r"(?:\W*(?:visi|misi|dan|dalam|ringkasan(?: eksekutif)?|rancangan|awal|akhir|dokumen|naskah"
    r"|akademik|buku|salinan|lampiran|perubahan|draf|draft|final|penyusunan|bab [ivx\d]+)\b\W*)*+"
    r"|(?:\W*(?:salinan|lampiran|rancangan|bupati|wali\s?kota|gubernur)\b)*+"
    r"(?:\W*(?:peraturan|perda|per(?:wal|wali|bup|gub)|qanun|keputusan)\b.{0,300})?"
    r"\btentang\s+(?:perubahan\s+(?:(?:kedua|ketiga)\s+)?(?:atas\s+)?)?"
)
# Words of sentences and of other matters than whose plan it is and for when.
_NO_TITLE = (
    r"(?:adalah|ialah|merupakan|yaitu|yakni|yang|dalam|dengan|untuk|sebagai|memuat|disusun|telah"
    r"|akan|pada|oleh|dari|ini|tersebut|mengacu|berpedoman|unduh|download|rpj\w+|renstra|renja"
    r"|rkpd|rtrw|lkjip|lakip)\b"
)
_OWN_TITLE = re.compile(
    rf"(?:{_BEFORE})(?:{PLAN_NAME})(?:\s+(?:daerah|nasional)\b)?"
    rf"(?:\s*\((?:{PLAN_NAME})[^()\n]{{0,12}}\))?"
    rf"(?P<behind>(?:[^\w.?!;]+(?!{_NO_TITLE})\w[\w'’.-]*){{0,14}}+)\W*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"20\d\d")
_WHOSE = re.compile(
    r"\b(?:kota|kabupaten|kab|provinsi|propinsi|prov|daerah\s+istimewa|aceh|desa|nagari|kalurahan"
    r"|gampong|kampung|lembang|pekon|dinas|badan|kecamatan)\b\W+(?-i:[A-Z])",
    re.IGNORECASE,
)
# The name in full; abbreviated and without years it may be a portal's or a menu's.
_IN_FULL = re.compile(r"\brencana\s", re.IGNORECASE)
_CHAPTER = re.compile(r"bab (?:[ivx]{1,5}|\d{1,2})\b")
_OPENING = 8
_LINES = 5
_WORDS = 45


def own_title(text: str, passages: Sequence[Passage], first: int) -> Span | None:
    """Return the title of the plan that a document is, None where none of its titles names one.

    It is among the first lines of the text or right above the block `first` with which the plan
    begins, and holds nothing but the plan's name, whose it is, and its years; it may go on over
    some lines. A plan's abbreviation without years is a title only where the text has chapters,
    and titles of several plans are a menu.
    """
    opening = range(min(first + 1, _OPENING, len(passages)))
    above = reversed(range(max(0, first - _LINES), min(first + 1, len(passages))))
    chaptered = any(_CHAPTER.match(one.words) for one in passages[:first])
    for indices in (opening, above):
        titles = [
            title
            for index in indices
            for title in _titles_from(text, passages[index : index + _LINES], chaptered=chaptered)
        ]
        plans = {plan.code for title in titles if (plan := plan_named_in(text, title))}
        if len(plans) == 1:
            return titles[0]
    return None


def _titles_from(text: str, passages: Sequence[Passage], *, chaptered: bool) -> Iterator[Span]:
    """Yield what the first passage begins, if that is a title, the longest run of lines first."""
    if passages[0].block.marker:
        return
    lines = next((n for n, one in enumerate(passages[1:], 1) if one.heads), len(passages))
    for count in range(lines, 0, -1):
        run = passages[:count]
        span = Span(run[0].span.start, run[-1].span.end)
        short = sum(one.count for one in run) <= _WORDS
        if short and _is_title(text, span, chaptered=chaptered):
            yield span


def _is_title(text: str, span: Span, *, chaptered: bool) -> bool:
    """Tell whether a plan is named with its years, or in full or above chapters with its region."""
    match = _OWN_TITLE.fullmatch(text, span.start, span.end)
    if match is None:
        return False
    whose = _WHOSE.search(match["behind"])
    named = chaptered or _IN_FULL.search(text, span.start, match.start("behind"))
    return bool(_YEAR.search(match["behind"]) or (whose and named))
