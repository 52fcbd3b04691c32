"""Wording: a stretch of text becomes the span of the statement's own words."""

from __future__ import annotations

import re

from visidaerah.blocks.markers import EMOJI
from visidaerah.spans import Span

# The marks around a quotation, of either side: texts mix them up.
QUOTES = '“”„‟«»"″〝〞❝❞'
QUOTED = re.compile(rf"[{QUOTES}][^{QUOTES}]{{3,}}[{QUOTES}]|‘[^‘’]{{3,}}’(?!\w)")
# A quotation with others inside: "“… yang “SERASI” (Sehat, Rukun)”".
_NESTED = re.compile(
    rf"[{QUOTES}][^{QUOTES}]+(?:(?<=[\s(])[{QUOTES}](?=\w)[^{QUOTES}]+[{QUOTES}][^{QUOTES}]*)+[{QUOTES}]"
)
# Quotation marks that an encoding or a data format left behind.
_MOJIBAKE = re.compile(r"(?:ï¿½|â€œ|â€\x9d|â€|Ã¢â‚¬Å“|\ufffd|&quot;?|&[lr][ds]quo;?|\\\"|'')+")
_MOJIBAKE_END = re.compile(_MOJIBAKE.pattern + r"$")
_EMOJI_END = re.compile(rf"(?:\s*[{EMOJI}]\ufe0f?)+$")
_LINK = re.compile(r"\[(?P<words>[^\[\]]+)\]\([^()\s]*\)[.;,]?")
# The marks of footnotes: "[^1]", "[2]".
_NOTES_END = re.compile(r"(?:\s*\[\^?\d{1,3}\])+$")
_SINGLE = {"'": "'", "‘": "’", "`": "'"}
_ENDS = (_MOJIBAKE_END, _EMOJI_END, _NOTES_END)
_LONGEST_END = 12
_LAYERS = 6
_EDGE = " \t\r\n\xa0\v\f\ufeff\u200b"
_CLOSING = ".,;:!…·*_" + _EDGE
_CONJUNCTION = re.compile(r"(?:[,;]?\s+(?:dan|serta|dan/atau)|[,;]\s+and)$", re.IGNORECASE)
_FIRST_WORD = re.compile(r"[^\W\d_][\w’'-]*")

# The first words of a statement of what is to be done or reached: me- verbs, pe-/-an nouns,
# and the handful of other openings; the affixes cannot decide alone, hence the list of exceptions.
_OPENER = re.compile(
    r"(?:me(?:ng?|m|ny|l|r|w|y)?[a-z]{3,}|pe(?:ng?|m|ny|r|l)?[a-z]{3,}an|ter[a-z]{3,}nya|"
    r"bersama|berkomitmen|akselerasi|fokus|optimalisasi|reformasi|revitalisasi|rehabilitasi|"
    r"restrukturisasi|transformasi|wujudkan|tingkatkan|bangun|jadikan|ciptakan|memiliki|tata|"
    r"reformasi|digitalisasi|penguatan|mandiri|sinergi|turut|ikut|adanya|jaminan|menjadi)$"
)
_NOT_OPENERS = frozenset({
    "merupakan", "menurut", "mengapa", "menu", "menteri", "media", "memang", "mengenai",
    "menunggu", "melihat", "membaca", "pertanyaan", "pemerintahan", "pelayanan", "pengumuman",
    "pertama", "pencarian", "pengaduan", "periode", "perpustakaan", "persyaratan", "pengunjung",
})  # fmt: skip
# How a vision begins, where it begins with a verb or a state brought about.
VISION_OPENER = re.compile(
    r"(?:ter|me)wujud\w*|mewujud\w*|terwujud\w*|tercipta\w*|menciptakan|menjadi\w*|membangun|"
    r"terbangun\w*|tercapai\w*|menuju|bersama|terselenggara\w*|mem?buat|me\w{3,}kan|"
    r"ter\w{3,}nya|to (?:be|become|build|create|develop|make|reali[sz]e)\b|becoming|reali[sz]ing",
    re.IGNORECASE,
)


def statement_span(text: str, start: int, end: int) -> Span | None:
    """Return the span without outer quotation marks, white space and closing punctuation.

    None where nothing is left. A bracketed tag at the end stays, and so do inner quotes.
    """
    for _ in range(_LAYERS):
        size = end - start
        start, end = _without_edges(text, start, end)
        start, end = _without_quotes(text, start, end)
        if end - start == size:
            break
    return Span(start, end) if start < end else None


def _without_edges(text: str, start: int, end: int) -> tuple[int, int]:
    span = Span.stripped(text, start, end, _EDGE + ":*_")
    if span is None:
        return start, start
    start, end = _inside_link(text, span)
    while end > start and text[end - 1] in _CLOSING:
        end -= 1
    before = _MOJIBAKE.match(text, start, end)
    tail = max(start, end - _LONGEST_END)
    found = (pattern.search(text, tail, end) for pattern in _ENDS)
    behind = next((match for match in found if match), None)
    return (before.end() if before else start), (behind.start() if behind else end)


def _inside_link(text: str, span: Span) -> tuple[int, int]:
    """Return where the words of a Markdown link begin and end, if all of it is one."""
    link = _LINK.fullmatch(text, span.start, span.end)
    return link.span("words") if link else (span.start, span.end)


def _without_quotes(text: str, start: int, end: int) -> tuple[int, int]:
    """Strip the marks at both sides; a lone mark goes only where its partner is not inside."""
    if end - start < 2:
        return start, end
    if text[end - 1] == _SINGLE.get(text[start]):
        return start + 1, end - 1
    if text[start] in QUOTES and text[end - 1] in QUOTES and _NESTED.fullmatch(text, start, end):
        return start + 1, end - 1
    if text[start] in QUOTES and not _closes_inside(text, start, end):
        start += 1
    if end > start and text[end - 1] in QUOTES and not _opens_inside(text, start, end):
        end -= 1
    return start, end


def _closes_inside(text: str, start: int, end: int) -> bool:
    """Tell whether a quotation opened at the start ends well before the end of the statement."""
    inner = text[start + 1 : end].strip(_CLOSING + QUOTES)
    return any(c in QUOTES for c in inner)


def _opens_inside(text: str, start: int, end: int) -> bool:
    """Tell whether the quotation closed at the end was opened inside, after other words."""
    inner = text[start : end - 1].lstrip(_EDGE + QUOTES)
    marks = sum(c in QUOTES for c in inner)
    return marks % 2 == 1 and text[start] not in QUOTES


def without_conjunction(text: str, span: Span) -> Span:
    """Return the span without a conjunction left over at its end ("…; dan")."""
    match = _CONJUNCTION.search(text, max(span.start, span.end - 12), span.end)
    if not match:
        return span
    return statement_span(text, span.start, match.start()) or span


_TWICE_SHORTEST = 15
_TWICE_LONGEST = 1000
_TWICE = re.compile(rf"(.{{{_TWICE_SHORTEST},}}?)[\s.,;–•-]+\1", re.DOTALL)


def said_once(text: str, span: Span) -> Span:
    """Return the first half of a statement that is printed twice in a row."""
    again = text[span.start : span.start + _TWICE_SHORTEST]
    if span.end - span.start > _TWICE_LONGEST or again not in text[span.start + 1 : span.end]:
        return span
    twice = _TWICE.fullmatch(text, span.start, span.end)
    return Span(*twice.span(1)) if twice else span


def first_word(text: str, span: Span) -> str:
    """Return the first word of a span in lower case, or nothing."""
    match = _FIRST_WORD.search(text, span.start, min(span.end, span.start + 40))
    return match[0].lower() if match else ""


def opens_like_a_mission(text: str, span: Span) -> bool:
    """Tell whether the span begins as missions do: with a verb, its noun, or a promise."""
    word = first_word(text, span)
    return bool(_OPENER.match(word)) and word not in _NOT_OPENERS


def word_count(text: str, span: Span) -> int:
    """Return the number of words of a span (those of its first 2,000 characters)."""
    return len(text[span.start : min(span.end, span.start + 2000)].split())
