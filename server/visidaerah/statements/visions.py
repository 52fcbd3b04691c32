"""Visions: the places of a text that state a vision, each with what introduces it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from visidaerah.spans import Span
from visidaerah.statements.introductions import introductions
from visidaerah.statements.outline import Cue, Passage, is_heading, leads_in
from visidaerah.statements.wording import QUOTES, VISION_OPENER, statement_span, word_count

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class VisionCandidate:
    """A statement that stands where a vision stands.

    `lead` is what introduces it (its heading or the words of its sentence before it), `first` and
    `last` the indices of its blocks; `quoted` and `opened` say how far its form speaks for it.
    """

    span: Span
    lead: Span
    first: int
    last: int
    quoted: bool
    opened: bool


# The sentence that states the vision on the same line or the next: "… visi … adalah …".
_NAMED = re.compile(
    r"\bvisi\b(?!\s*(?:dan|&|/|,|serta)?\s*misi|\s+(?:tersebut|ini|itu|dimaksud|di\s?atas))",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:\b(?:adalah|yaitu|yakni|ialah|berbunyi|bertajuk|sebagai\s+berikut|sbb|berupa)\b|:|\s(?=[“\"][A-Z]))"
    r"(?:\s|:|,|=|\bsebagai\s+berikut\b|\byaitu\b|\badalah\b|\byakni\b|\bsebuah\s+visi\b)*",
    re.IGNORECASE,
)
_CLAUSE_BREAKS = ':;“”"'
# A definition of what a vision is, not a vision.
_DEFINITION = re.compile(
    r"\W*(?:suatu\b(?!\s+kota)|sebuah|gambaran|rumusan|pandangan|pernyataan|keadaan|kondisi|cara\s+pandang|"
    r"cita-cita|impian|wawasan|arah|rangkaian|jawaban|panduan|proses|tujuan|penjabaran|bagian|upaya|apa|"
    r"hal|dokumen|sesuatu|untuk\s+menjawab|kristalisasi|dasar|acuan|harapan|landasan|target)\b",
    re.IGNORECASE,
)
# A sentence about the vision's parts or meaning, which introduces pillars.
_OF_THE_VISION = re.compile(
    r"\b(?:makna|unsur|unsur-unsur|penjelasan|pokok|kata kunci|arti|perlunya|fungsi|penjabaran) (?:\w+ ){0,5}visi\b"
)
_ABOUT_VISION = re.compile(r"\bvisi\b|\bmisi\b|\brpjm|\bpernyataan\b")
_NOISE = re.compile(
    r"https?:|www\.|@|©|^\W*$|^[\d\W]+$|\d{4}-\d{2}-\d{2}|copyright|lorem|^\W*(?:oleh|by|admin)\b|"
    r"^\W*\d{1,2}\s+\w+\s+\d{4}\b|^\W*(?:misi|tujuan|sasaran|home|beranda|profil|kontak)\W*$|^tahun\W*\d|"
    r"^periode\b|"
    r"^\W*(?:nilai|makna|penjelasan)\W*$",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"^\W*(?:periode|tahun|masa bakti|masa jabatan|\(?\d{4})\b[\w\s()–-]{0,40}$")
_LINK_END = re.compile(
    r"(?:\b(?:yang|dan|serta|dengan|menuju|melalui|di|dalam|untuk|berbasis|sebagai|berlandaskan|pada|kota|"
    r"kabupaten|provinsi|desa)|[,&])\s*$",
    re.IGNORECASE,
)
_LINK_START = re.compile(
    r"\s*(?:yang|dan|serta|dengan|menuju|melalui|dalam|untuk|berbasis|berlandaskan|pada|dilandasi|&)\b",
    re.IGNORECASE,
)
# What goes on with a quoted slogan: a rest that belongs to the statement.
_REST = re.compile(r"(?:yang|dan|serta|dengan|menuju|melalui|berbasis|berlandaskan|dilandasi)\b")
_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-Z“\"(]|\s*$)(?<!\b[A-Z]\.)(?<!\bNo\.)(?<!\bKab\.)")
_YEARS_BEHIND = re.compile(
    r"[\s,]*\(?\s*(?:(?:tahun|periode|th\.?)\s+)?\d{4}\s*[-–—/]\s*\d{4}\s*\)?\s*$", re.IGNORECASE
)
_FULL_OPENING = re.compile(r"(?:ter|me)wujud|mewujud|menjadi|tercipta", re.IGNORECASE)
_MAX_WORDS = 90
_LOOK_AHEAD = 8
_LONGEST = 1500


def vision_candidates(text: str, passages: Sequence[Passage]) -> tuple[VisionCandidate, ...]:
    """Return the statements that a heading, a label or a sentence introduces as a vision, in order."""
    found: list[VisionCandidate] = []
    for index, passage in enumerate(passages):
        candidate = _at(text, passages, index, passage)
        if candidate and not (found and found[-1].span.overlaps(candidate.span)):
            found.append(candidate)
    return tuple(found)


def _at(
    text: str, passages: Sequence[Passage], index: int, passage: Passage
) -> VisionCandidate | None:
    if passage.cue is Cue.VISION and passage.rest is not None:
        lead = Span(passage.span.start, passage.rest)
        return _stated(text, passages, index, passage.rest, lead)
    if passage.cue is Cue.VISION and passage.heads:
        return _below(text, passages, index)
    if passage.cue is Cue.BOTH:
        return _below_both(text, passages, index)
    if "visi" in passage.words and passage.cue is not Cue.PILLARS:
        return _in_sentence(text, passages, index)
    return None


def _below(text: str, passages: Sequence[Passage], index: int) -> VisionCandidate | None:
    """The statement under a heading: the next block that is no definition, caption or heading."""
    for at in range(index + 1, min(index + 1 + _LOOK_AHEAD, len(passages))):
        passage = passages[at]
        if passage.cue in (Cue.MISSION, Cue.NUMBERED_MISSION, Cue.GOALS, Cue.VISION, Cue.BOTH):
            return None
        if passage.cue is Cue.PILLARS:
            return None
        if _is_boilerplate(text, passages, at):
            if "visi" in passage.words and (inside := _in_sentence(text, passages, at)):
                return inside
            continue
        return _stated(text, passages, at, passage.span.start, passages[index].span)
    return None


def _is_boilerplate(text: str, passages: Sequence[Passage], index: int) -> bool:
    passage = passages[index]
    if passage.span.of(text)[:1] in QUOTES and passage.count > 2:
        return False
    return bool(
        _ABOUT_VISION.search(passage.words)
        or _NOISE.search(passage.words[:200])
        or _CAPTION.search(passage.words)
        or passage.cue is Cue.OTHER
        or leads_in(passage)
        or passage.count > _MAX_WORDS
        or passage.count < 2
    )


def _below_both(text: str, passages: Sequence[Passage], index: int) -> VisionCandidate | None:
    """Under "Visi & Misi" only a block whose form itself says that it is the vision."""
    for at in range(index + 1, min(index + 4, len(passages))):
        passage = passages[at]
        if passage.heads and passage.cue is not Cue.OTHER:
            return None
        if _is_boilerplate(text, passages, at) or passage.block.marker:
            continue
        candidate = _stated(text, passages, at, passage.span.start, passages[index].span)
        if candidate and (candidate.quoted or candidate.opened):
            return candidate
    return None


def _in_sentence(text: str, passages: Sequence[Passage], index: int) -> VisionCandidate | None:
    """The statement that "… visi … adalah …" introduces, in the same block or the next."""
    span = passages[index].span
    if _OF_THE_VISION.search(passages[index].words):
        return None
    for found in introductions(text, span, _NAMED, _LINK, _CLAUSE_BREAKS):
        lead = Span(found.start, found.end)
        if found.end < span.end:
            if _DEFINITION.match(text, found.end, span.end):
                continue
            candidate = _stated(text, passages, index, found.end, lead)
            if candidate and (candidate.quoted or candidate.opened):
                return candidate
        elif index + 1 < len(passages) and not _starts_list(passages, index + 1):
            nearby = passages[index + 1]
            if nearby.cue is Cue.VISION and nearby.rest is None:
                return None
            if not _is_boilerplate(text, passages, index + 1) and not nearby.heads:
                return _stated(text, passages, index + 1, nearby.span.start, span)
    return None


def _starts_list(passages: Sequence[Passage], index: int) -> bool:
    """Tell whether a list of several items begins here: a vision is not one of many."""
    marker = passages[index].block.marker
    if marker is None or index + 1 >= len(passages):
        return False
    following = (p.block.marker for p in passages[index + 1 : index + 3])
    return any(m is not None and m.style == marker.style for m in following)


def _stated(
    text: str, passages: Sequence[Passage], index: int, start: int, lead: Span
) -> VisionCandidate | None:
    """Make a candidate of the statement that begins at a place and may run over several blocks."""
    block_end = passages[index].span.end
    start = _after_space(text, start, min(block_end, start + _LONGEST))
    quoted = text[start : start + 1] in QUOTES and start < block_end
    if quoted:
        end, last = _quoted_end(text, passages, index, start)
    else:
        end, last = _unquoted_end(text, passages, index, start)
    years = _YEARS_BEHIND.search(text, max(start, end - 40), end)
    span = statement_span(text, start, years.start() if years else end)
    if (
        span is None
        or span.end - span.start > _LONGEST
        or not 2 <= word_count(text, span) <= _MAX_WORDS
    ):
        return None
    if _NOISE.search(span.of(text)[:200]):
        return None
    opened = bool(VISION_OPENER.match(text, span.start, span.end))
    return VisionCandidate(
        span=span, lead=lead, first=index, last=last, quoted=quoted, opened=opened
    )


def _after_space(text: str, start: int, end: int) -> int:
    while start < end and (text[start].isspace() or text[start] in ":=-–,."):
        start += 1
    return start


def _quoted_end(text: str, passages: Sequence[Passage], index: int, start: int) -> tuple[int, int]:
    """Return where a quoted statement ends: at its mark, or after a rest that belongs to it."""
    for at in range(index, min(index + 6, len(passages))):
        span = passages[at].span
        begin = start if at == index else span.start
        if at > index and (passages[at].heads or passages[at].block.marker):
            break
        close = _closing_mark(text, begin, min(span.end, begin + _LONGEST), skip=at == index)
        if close is None:
            continue
        tail = text[close : min(span.end, close + _LONGEST)].lstrip('”"“» .')
        if _REST.match(tail):
            sentence = _SENTENCE_END.search(text, close + 2, min(span.end, close + _LONGEST))
            return (sentence.start() if sentence else span.end), at
        return close, at
    return passages[index].span.end, index


def _closing_mark(text: str, start: int, end: int, *, skip: bool) -> int | None:
    """Return the place after the mark that closes the quotation, or None in this block."""
    at = start
    if skip:
        while at < end and (text[at] in QUOTES or text[at].isspace()):
            at += 1
    inner = False
    while at < end:
        if text[at] in QUOTES:
            opening = text[at] in "“„«" and at + 1 < end and text[at + 1].isalnum()
            if opening and text[at - 1].isspace():
                inner = True
            elif inner:
                inner = False
            else:
                return at + 1
        at += 1
    return None


def _unquoted_end(
    text: str, passages: Sequence[Passage], index: int, start: int
) -> tuple[int, int]:
    """Return where an unquoted statement ends: with its sentence, or a line that goes on with it."""
    end, last = passages[index].span.end, index
    sentence = _SENTENCE_END.search(text, start, min(end, start + _LONGEST))
    if sentence:
        return sentence.start(), last
    for at in range(index + 1, min(index + 6, len(passages))):
        following = passages[at]
        if following.heads or following.block.marker or following.count > 40:
            break
        if not _goes_on(text, start, end, following):
            break
        end, last = following.span.end, at
    return end, last


def _goes_on(text: str, start: int, end: int, following: Passage) -> bool:
    """Tell whether a line ends so that it needs the next, or the next so that it needs this one."""
    if text[end - 1] in '.;:!?”"':
        return False
    quote = following.span.of(text)
    if _LINK_END.search(text[max(start, end - 40) : end]) or _LINK_START.match(quote):
        return True
    capitals = text[start:end].isupper() and quote.isupper()
    return capitals and not following.block.gap and following.count > 1


def slogan_replaced(
    text: str, passages: Sequence[Passage], candidate: VisionCandidate
) -> VisionCandidate | None:
    """Return the full statement that follows a quoted slogan and takes up its words, if one does."""
    if candidate.opened or not candidate.quoted or candidate.last + 1 >= len(passages):
        return None
    following = passages[candidate.last + 1]
    if following.block.marker or is_heading(text, following):
        return None
    longer = _stated(text, passages, candidate.last + 1, following.span.start, candidate.lead)
    if longer is None or not _FULL_OPENING.match(longer.span.of(text)):
        return None
    slogan = set(re.findall(r"\w{4,}", candidate.span.of(text).lower()))
    shared = slogan & set(re.findall(r"\w{4,}", longer.span.of(text).lower()))
    return longer if slogan and len(shared) * 2 >= len(slogan) else None
