"""Visions: the places of a text that state a vision, each with what introduces it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from visidaerah.spans import Span
from visidaerah.statements.columns import vision_in_column
from visidaerah.statements.introductions import Introduction, introductions
from visidaerah.statements.outline import Cue, Passage, index_at, is_caption, is_heading, leads_in
from visidaerah.statements.vision_extent import (
    LONGEST,
    quoted_end,
    single_quoted_end,
    unquoted_end,
)
from visidaerah.statements.wording import (
    QUOTED,
    QUOTES,
    VISION_OPENER,
    statement_span,
    word_count,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class VisionCandidate:
    """A statement that stands where a vision stands.

    `lead` is what introduces it (its heading or the words of its sentence before it), `first` and
    `last` the indices of its blocks; `quoted` and `opened` say how far its form speaks for it,
    `followed` that the text says that another body follows it.
    """

    span: Span
    lead: Span
    first: int
    last: int
    quoted: bool
    opened: bool
    followed: bool = False


# "… visi … adalah …" and "visinya …", but not "visi dan misi"; "visi tersebut …" only where it is
# told at once what it is.
_NAMED = re.compile(
    r"\bvisi(?:on|nya)?\b(?!\s*(?:dan|and|&|/|,|serta)?\s*mis(?:i|sion)"
    r"|\s+(?:tersebut|ini|itu|dimaksud|di\s?atas)\b"
    # The search for the noun ends with the first character of the link.
    r"(?!\s*,?\s*\S?\Z))",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:\b(?:adalah|yaitu|yakni|ialah|berbunyi|bertajuk|sebagai\s+berikut|sbb|berupa|is|namely)\b|:"
    r"|\s(?=[“\"‘][A-Z])|(?<=visi)\s(?-i:(?=(?:Terwujud|Mewujud|Menjadi|Menuju)\w*\s)))"
    r"(?:[\s:,=]|\b(?:sebagai\s+berikut|yaitu|adalah|yakni|sebuah\s+visi)\b)*",
    re.IGNORECASE,
)
# What precedes a vision that is only an example of one.
_EXAMPLE = re.compile(r"\b(?:contoh|misalnya|contohnya)\s+(?:\w+\s+)?$", re.IGNORECASE)
_EXAMPLE_REACH = 30
# A link behind this word leads on to missions.
_MISSION = re.compile(r"\bmisi(?:nya)?\b", re.IGNORECASE)
_CLAUSE_BREAKS = ':;“”"'
# The first words of a definition of what a vision is.
_DEFINITION = re.compile(
    r"\W*(?:suatu\b(?!\s+kota)|sebuah|gambaran|rumusan|pandangan|pernyataan|keadaan|kondisi"
    r"|cara\s+pandang|cita-cita|impian|wawasan|arah|rangkaian|jawaban|panduan|proses|tujuan"
    r"|penjabaran|bagian|upaya|apa|hal|dokumen|sesuatu|untuk\s+menjawab|kristalisasi|dasar|acuan"
    r"|harapan|landasan|target)\b",
    re.IGNORECASE,
)
# What precedes the vision of another body: "Untuk mendukung visi Provinsi … “…”, …".
_FOLLOWS = re.compile(
    r"\b(?:mendukung|menunjang|mengacu\s+pada|berpedoman\s+pada|selaras\s+dengan|sejalan\s+dengan)"
    r"\s+(?:(?:pencapaian|terwujudnya|perwujudan|keberhasilan)\s+)?$",
    re.IGNORECASE,
)
# A sentence about the vision's parts or meaning, which introduces pillars.
_OF_THE_VISION = re.compile(
    r"\b(?:makna|unsur|unsur-unsur|penjelasan|pokok|kata kunci|arti|perlunya|fungsi|penjabaran) "
    r"(?:\w+ ){0,5}visi\b"
)
_ABOUT_VISION = re.compile(r"\bvisi\b|\bmisi\b|\brpjm|\bpernyataan\b")
# Lines of a page that no vision begins or consists of.
_NOISE = re.compile(
    r"https?:|www\.|@|©|^\W*$|^[\d\W]+$|\d{4}-\d{2}-\d{2}|copyright|lorem|^\W*(?:oleh|by|admin)\b"
    r"|^\W*(?:belum\s+(?:ada|tersedia|diisi)|data\s+(?:belum|tidak)|coming\s+soon|segera\s+hadir)\b"
    r"|^\W*\d{1,2}\s+\w+\s+\d{4}\b|^tahun\W*\d|^periode\b"
    r"|^\W*(?:misi|tujuan|sasaran|home|beranda|profil|kontak|nilai|makna|penjelasan)\W*$",
    re.IGNORECASE,
)
# A line between heading and statement that only says whose vision follows.
_WHOSE = re.compile(
    r"^\W*(?:pemerintah\s+)?(?:kota|kabupaten|kab|provinsi|desa|kelurahan|kecamatan|nagari|gampong"
    r"|bupati|wali|walikota|gubernur|kepala|dinas|badan|rsud)\b"
)
# Years glued behind a statement, other than "pada tahun 2026", "menuju 2030", "Emas 2045".
_YEARS_BEHIND = re.compile(
    r"[\s,]*(?:\(?\s*(?:(?:tahun|periode|th\.?)\s+)?"
    r"(?:\d{4}\s*[-–—/]\s*\d{4}|20\d\d20\d\d)\s*\)?"
    r"|(?<!pada)(?<!tahun)(?<!\bdi)(?<!menuju)(?<!hingga)(?<!sampai)(?<!dengan)(?<!emas)"
    r"\s+(?:tahun\s+)?(?P<year>20\d\d))\s*$",
    re.IGNORECASE,
)
_LONG_TERM = re.compile(r"\brpjp|jangka\s+panjang", re.IGNORECASE)
# The year in which the long-term plans of the present end; no medium-term plan reaches so far.
_FAR = "2045"
_FULL_OPENING = re.compile(r"(?:ter|me)wujud|menjadi|tercipta", re.IGNORECASE)
# A slogan in capitals with the full statement right behind it: "Kota Asri Terwujudnya Kota …".
_SLOGAN_FIRST = re.compile(r"(?:[A-Z]\w*[ ,]+){2,8}(?:Terwujud|Mewujud|Menjadi|Menuju)")
_BOTH = re.compile(r"\bvisi(?:nya)? (?:dan|&|serta) misi(?:nya)?\b")
_TAIL = 120
_LONG_WORD = re.compile(r"\w{4,}")
_MOST_WORDS = 90
_LOOK_AHEAD = 8
_LOOK_AHEAD_BOTH = 3
_WORDS_OF_CAPTION = 8
_END_OF_OWN = frozenset(
    {Cue.MISSION, Cue.NUMBERED_MISSION, Cue.GOALS, Cue.VISION, Cue.BOTH, Cue.PILLARS}
)


def vision_candidates(text: str, passages: Sequence[Passage]) -> tuple[VisionCandidate, ...]:
    """Return what a heading, a label or a sentence introduces as a vision, in order.

    A vision that is only said to be followed counts where the text has no other.
    """
    found: list[VisionCandidate] = []
    for index, passage in enumerate(passages):
        for candidate in _all_at(text, passages, index, passage):
            if not (found and found[-1].span.overlaps(candidate.span)):
                found.append(candidate)
    own = tuple(candidate for candidate in found if not candidate.followed)
    return own or tuple(found)


def _all_at(
    text: str, passages: Sequence[Passage], index: int, passage: Passage
) -> Iterator[VisionCandidate]:
    """Yield the vision that a block heads or labels, or all that its sentences state."""
    if passage.heads:
        headed = _headed(text, passages, index, passage)
        yield from (headed,) if headed else ()
    elif "visi" in passage.words:
        yield from _in_sentences(text, passages, index)
        yield from _below_sentence_on_both(text, passages, index)


def _headed(
    text: str, passages: Sequence[Passage], index: int, passage: Passage
) -> VisionCandidate | None:
    if passage.cue in {Cue.VISION, Cue.BOTH} and (cell := vision_in_column(text, passage.span)):
        return _in_cell(text, passages, passage, cell)
    match passage.cue:
        case Cue.VISION if passage.rest is not None:
            lead = Span(passage.span.start, passage.rest)
            return _stated(text, passages, index, passage.rest, lead)
        case Cue.VISION:
            quoted = QUOTED.search(text, passage.span.start, passage.span.end)
            inside = next(_in_sentences(text, passages, index), None) if quoted else None
            return inside or _below(text, passages, index)
        case Cue.BOTH:
            return _below_both(text, passages, index)
        case Cue.PILLARS:
            return None
    return next(_in_sentences(text, passages, index), None) if "visi" in passage.words else None


def _in_cell(
    text: str, passages: Sequence[Passage], heading: Passage, cell: Span
) -> VisionCandidate | None:
    """Return what a cell states below the heading of its column."""
    span = _without_years(text, statement_span(text, cell.start, cell.end), heading.span)
    if span is None or not _can_be_vision(text, span):
        return None
    at = index_at(passages, span.start)
    opened = bool(VISION_OPENER.match(text, span.start, span.end))
    quoted = text[cell.start] in QUOTES
    return VisionCandidate(
        span=span, lead=heading.span, first=at, last=at, quoted=quoted, opened=opened
    )


def _below(text: str, passages: Sequence[Passage], index: int) -> VisionCandidate | None:
    """Return the statement under a heading: the next block that is no definition or caption."""
    for at in range(index + 1, min(index + 1 + _LOOK_AHEAD, len(passages))):
        passage = passages[at]
        if passage.cue in _END_OF_OWN:
            return None
        if _is_boilerplate(text, passage):
            if "visi" in passage.words and (
                inside := next(_in_sentences(text, passages, at, headed=True), None)
            ):
                return inside
        elif not (_is_above_vision(text, passages, at) or _is_reason(passages, index, at)):
            return _stated(text, passages, at, passage.span.start, passages[index].span)
    return None


def _is_above_vision(text: str, passages: Sequence[Passage], index: int) -> bool:
    """Tell whether a line only names the owner of the vision right below it, or is its tagline.

    A tagline has no marks of quotation, where the vision has them.
    """
    if index + 1 >= len(passages) or passages[index].count > _WORDS_OF_CAPTION:
        return False
    line, below = passages[index].span, passages[index + 1].span
    quoted = QUOTED.fullmatch(text, below.start, below.end)
    if quoted and not any(mark in QUOTES for mark in line.of(text)):
        return passages[index + 1].count > passages[index].count
    stated = text[below.start] in QUOTES or VISION_OPENER.match(text, below.start, below.end)
    return bool(stated and _WHOSE.match(passages[index].words))


def _is_reason(passages: Sequence[Passage], heading: int, index: int) -> bool:
    """Tell whether a block is one of several items that a sentence below the heading leads to."""
    if passages[index].block.marker is None:
        return False
    lead = index
    while passages[lead].block.marker and lead > heading:
        lead -= 1
    several = index - lead > 1 or _starts_list(passages, index)
    return several and lead > heading and leads_in(passages[lead])


def _is_boilerplate(text: str, passage: Passage) -> bool:
    """Tell whether a block below a heading is about the vision, or about the page, but not it."""
    if text[passage.span.start] in QUOTES and passage.count > 2:
        return False
    opened = VISION_OPENER.match(passage.words)
    stated = passage.words.split(". ", 1)[0] if opened else passage.words
    return bool(
        not 2 <= passage.count <= _MOST_WORDS
        or passage.cue is Cue.OTHER
        or leads_in(passage)
        or _ABOUT_VISION.search(stated)
        or _NOISE.search(passage.words[:200])
        or is_caption(passage)
    )


def _below_both(text: str, passages: Sequence[Passage], index: int) -> VisionCandidate | None:
    """Return, under "Visi & Misi", a block whose form itself says that it is the vision."""
    for at in range(index + 1, min(index + 1 + _LOOK_AHEAD_BOTH, len(passages))):
        passage = passages[at]
        if passage.cue in _END_OF_OWN or passage.cue is Cue.OBJECTIVES:
            return None
        if inside := _quoted_inside(text, passages, index, at):
            return inside
        if _is_boilerplate(text, passage) or passage.block.marker:
            continue
        candidate = _stated(text, passages, at, passage.span.start, passages[index].span)
        if candidate and (candidate.quoted or candidate.opened):
            return candidate
    return None


def _quoted_inside(
    text: str, passages: Sequence[Passage], heading: int, index: int
) -> VisionCandidate | None:
    """Return what a sentence below "Visi & Misi" quotes, if it opens as visions do."""
    span = passages[index].span
    quoted = QUOTED.search(text, span.start + 1, span.end)
    if quoted is None or passages[index].heads or passages[index].block.marker:
        return None
    lead = Span(passages[heading].span.start, quoted.start())
    candidate = _stated(text, passages, index, quoted.start(), lead)
    return candidate if candidate and candidate.opened else None


def _in_sentences(
    text: str, passages: Sequence[Passage], index: int, *, headed: bool = False
) -> Iterator[VisionCandidate]:
    """Yield what each "… visi … adalah …" introduces, in the same block or the next.

    Under a heading of the vision (`headed`) a colon is enough; else its form must speak for it.
    """
    span = passages[index].span
    if _OF_THE_VISION.search(passages[index].words):
        return
    for found in introductions(text, span, _NAMED, _LINK, _CLAUSE_BREAKS):
        if found.end >= span.end:
            if _MISSION.search(text, found.start + 4, found.end):
                return
            below = _introduced_below(text, passages, index)
            yield from (below,) if below else ()
            return
        if _EXAMPLE.search(text, max(span.start, found.start - _EXAMPLE_REACH), found.start):
            continue
        if _DEFINITION.match(text, found.end, span.end) or _MISSION.search(
            text, found.start + 4, found.end
        ):
            continue
        candidate = _stated(text, passages, index, found.end, Span(found.start, found.end))
        lead = text[found.start : found.end]
        certain = headed and lead.rstrip().endswith(":")
        capitals = candidate and candidate.span.of(text).isupper() and not lead.isupper()
        slogan = candidate and _SLOGAN_FIRST.match(text, candidate.span.start, candidate.span.end)
        if candidate and (candidate.quoted or candidate.opened or capitals or slogan or certain):
            yield replace(candidate, followed=_is_anothers(text, span, found))


def _below_sentence_on_both(
    text: str, passages: Sequence[Passage], index: int
) -> Iterator[VisionCandidate]:
    """Yield what stands below "… menetapkan visi dan misi sebagai berikut:" in a vision's form."""
    passage = passages[index]
    if leads_in(passage) and _BOTH.search(passage.words[-_TAIL:]):
        below = _introduced_below(text, passages, index)
        if below and (below.quoted or below.opened) and not passages[below.first].block.marker:
            yield below


def _is_anothers(text: str, within: Span, introduction: Introduction) -> bool:
    """Tell whether a sentence only says that the vision of another body is followed."""
    before = text[max(within.start, introduction.start - 40) : introduction.start]
    return bool(_FOLLOWS.search(before))


def _introduced_below(text: str, passages: Sequence[Passage], index: int) -> VisionCandidate | None:
    """Return the block below an introducing sentence, unless it heads, or begins a list."""
    below = index + 1
    if below >= len(passages) or passages[below].heads or _starts_list(passages, below):
        return None
    if _is_boilerplate(text, passages[below]):
        return None
    return _stated(text, passages, below, passages[below].span.start, passages[index].span)


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
    start = _after_space(text, start, min(block_end, start + LONGEST))
    single = single_quoted_end(text, start, block_end)
    quoted = start < block_end and (text[start] in QUOTES or single is not None)
    ends = quoted_end if quoted else unquoted_end
    end, last = (single, index) if single else ends(text, passages, index, start)
    span = _without_years(text, statement_span(text, start, end), lead)
    if span is None or not _can_be_vision(text, span):
        return None
    opened = bool(VISION_OPENER.match(text, span.start, span.end))
    return VisionCandidate(
        span=span, lead=lead, first=index, last=last, quoted=quoted, opened=opened
    )


def _without_years(text: str, span: Span | None, lead: Span) -> Span | None:
    """Return the span without the years that are glued behind it.

    The horizon of a long-term plan, inside a quotation, is the vision's own: "… Maju 2045”".
    """
    years = span and _YEARS_BEHIND.search(text, max(span.start, span.end - 40), span.end)
    if not (span and years) or _is_horizon(text, years, lead):
        return span
    return statement_span(text, span.start, years.start())


def _is_horizon(text: str, years: re.Match[str], lead: Span) -> bool:
    """Tell whether one year that a quotation ends with is that of a long-term plan."""
    quoted = text[years.end() : years.end() + 1] in tuple(QUOTES)
    far = years["year"] and (years["year"] >= _FAR or _LONG_TERM.search(text, lead.start, lead.end))
    return bool(quoted and far)


def _can_be_vision(text: str, span: Span) -> bool:
    if span.end - span.start > LONGEST or _NOISE.search(span.of(text)[:200]):
        return False
    return 2 <= word_count(text, span) <= _MOST_WORDS


def _after_space(text: str, start: int, end: int) -> int:
    while start < end and (text[start].isspace() or text[start] in ":=-–,."):
        start += 1
    return start


def slogan_replaced(
    text: str, passages: Sequence[Passage], candidate: VisionCandidate
) -> VisionCandidate | None:
    """Return the full statement behind a quoted slogan that takes up its words, if there is one."""
    if candidate.opened or not candidate.quoted or candidate.last + 1 >= len(passages):
        return None
    following = passages[candidate.last + 1]
    if following.block.marker or is_heading(text, following):
        return None
    longer = _stated(text, passages, candidate.last + 1, following.span.start, candidate.lead)
    if longer is None or not _FULL_OPENING.match(longer.span.of(text)):
        return None
    slogan = set(_LONG_WORD.findall(candidate.span.of(text).lower()))
    shared = slogan.intersection(_LONG_WORD.findall(longer.span.of(text).lower()))
    return longer if slogan and len(shared) * 2 >= len(slogan) else None
