"""Missions inside a line: numbered, divided by its punctuation, or told with ordinals."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from visidaerah.blocks.markers import marker_at
from visidaerah.spans import Span
from visidaerah.statements.model import Mission
from visidaerah.statements.outline import Cue
from visidaerah.statements.wording import (
    QUOTES,
    opens_like_a_mission,
    said_once,
    statement_span,
    without_conjunction,
    word_count,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visidaerah.blocks import Marker
    from visidaerah.statements.outline import Passage

_NUMBER = re.compile(r"(?<![^\s:;,.])(?:\((?P<enclosed>\d{1,5})\)|(?P<plain>\d{1,5})[.)](?!\d))\s*")
_LETTER = re.compile(r"(?<![^\s:;,.])\(?(?P<letter>[a-z])[.)]\s+(?=\w)")
# What follows the last item where a whole page is one line.
_PAGE_BEHIND = re.compile(
    r"(?<=[a-z.;]) (?=(?:Kontak|Alamat|Hubungi|Copyright|Hak Cipta|Tautan|Bagikan|Beranda|Baca Juga"
    r"|Berita (?:Terkait|Terkini|Terbaru|Lainnya)|Tujuan|TUJUAN|Sasaran|SASARAN"
    r"|STRATEGI|MOTTO)\b|©)"
    r"|(?<=[A-Z.;]) (?=(?:ALAMAT|KONTAK|HUBUNGI|COPYRIGHT|HAK CIPTA|BERANDA|BERITA TER[A-Z]+)\b)"
)
_BETWEEN_SENTENCES = re.compile(r"(?<=[.;])\s+(?=[A-Z])")
_BEFORE_CAPITAL_VERB = re.compile(r"(?<=[a-z)]) (?=(?:Me|Pe|Ter)[a-z]{4,}\b)")
# All in capitals: a verb begins the next mission, unless a word before it leads on to the verb.
_BEFORE_VERB_IN_CAPITALS = re.compile(
    r"(?<! DAN)(?<! YANG)(?<! UNTUK)(?<! GUNA)(?<! SERTA)(?<! DALAM)(?<! DENGAN)(?<! MAMPU)"
    r"(?<! DAPAT)(?<! AGAR)(?<=[A-Z)])[,;]? "
    r"(?=(?:ME[A-Z]{3,}KAN|MEMBANGUN|MEMPER[A-Z]{3,}|MENATA|MENJAGA|MENJAMIN|MENDORONG|MEMBINA"
    r"|MENGELOLA|TER[A-Z]{3,}NYA)\b)"
)
_BEFORE_COMMA_VERB = re.compile(
    r"[,;]\s*(?:dan\s+|serta\s+)?(?=me(?:ng|ny|m|n|l|r|w)?[a-z]{3,})", re.IGNORECASE
)
_BEFORE_COMMA_NOUN = re.compile(
    r"[,;]\s*(?:dan\s+|serta\s+)?(?=pe(?!merintah|layanan)[a-z]{4,}an\b)", re.IGNORECASE
)
_BEFORE_COMMA_GERUND = re.compile(r"[,;]\s*(?:and\s+)?(?=[a-z]{3,}ing\b)", re.IGNORECASE)
_GERUND = re.compile(r"[A-Za-z]{3,}ing\b")
_STOPS = re.compile(r"(?<=[a-z)]{2})\.\s+(?=[A-Z“\"][a-z])")
_FULL_STOP = re.compile(r"[.;!?](?=\s+[A-Z“\"(]|\s*$)")
_RANK_WORDS = (
    "pertama",
    "kedua",
    "ketiga",
    "keempat",
    "kelima",
    "keenam",
    "ketujuh",
    "kedelapan",
    "kesembilan",
    "kesepuluh",
)
_ENGLISH_RANKS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
RANKS = {
    word: rank
    for words in (_RANK_WORDS, _ENGLISH_RANKS)
    for rank, word in enumerate(words, start=1)
} | {"kesatu": 1}
_ORDINAL = re.compile(
    r"(?:(?<=[.,;:!?“”\"]\s)|(?<=[“\"„\n])"
    r"|\b(?:misi|yang|kemudian|dan|selanjutnya|serta|and|the)\s+)"
    rf"(?:(?:misi|yang)\s+){{0,2}}(?P<rank>{'|'.join(RANKS)}|terakhir|lastly|finally)(?:nya)?\b"
    r"[\s,:]*(?:(?:kata|ujar|tutur|jelas|menurut|lanjut|sambung|imbuh|tambah|ungkap|papar|sebut"
    r"|terang|tegas)\w{0,3}(?:\s+\w+){0,2}\s*,\s*)?"
    r"(?:(?:adalah|yaitu|yakni|ialah|is)\b[\s,:]*)?"
    # What goes on with the series without an ordinal.
    r"|(?:(?<=[.;”\"]\s)|(?<=\n))(?:(?:dan|lalu|kemudian)\s+)?"
    r"(?P<next>selanjutnya|berikutnya|kemudian|lalu|selain\s+itu)\s*,\s*",
    re.IGNORECASE,
)
_SPOKEN_END = re.compile(r"[,.!?]?[”\"]")
_FEWEST_BETWEEN_COMMAS = 3
_BLOCKS_OF_PROSE = 14
_BLOCKS_BETWEEN = 3


def mission_span(text: str, start: int, end: int) -> Span | None:
    """Return the wording of a mission, without a conjunction left over at its end."""
    span = statement_span(text, start, end)
    return said_once(text, without_conjunction(text, span)) if span else None


def missions_inside(text: str, span: Span) -> tuple[Mission, ...]:
    """Divide one line into missions; one that nothing divides is a single mission."""
    if listed := numbered_inside(text, span) or _bulleted(text, span):
        return listed
    for pattern in (_BETWEEN_SENTENCES, _BEFORE_CAPITAL_VERB, _BEFORE_VERB_IN_CAPITALS):
        parts = _parts(text, span, pattern)
        if len(parts) > 1 and all(opens_like_a_mission(text, part) for part in parts):
            return tuple(Mission(span=part) for part in parts)
    series = comma_series(text, span) if text[span.start].islower() else ()
    if len(series) >= _FEWEST_BETWEEN_COMMAS:
        return series
    whole = mission_span(text, span.start, span.end)
    return (Mission(span=whole),) if whole and word_count(text, whole) > 1 else ()


def numbered_inside(text: str, span: Span) -> tuple[Mission, ...]:
    """Return the items of "(1) …, (2) …" or "a. … b. …" inside a line, two at least."""
    marks = _numbers(text, span)
    if len(marks) < 2:
        marks = _letters(text, span)
    if len(marks) < 2:
        return ()
    ends = (*(mark.start() for mark in marks[1:]), _end_of_list(text, marks, span.end))
    parts = ((mission_span(text, m.end(), end), m) for m, end in zip(marks, ends, strict=True))
    return tuple(Mission(span=part, marker=mark[0].strip()) for part, mark in parts if part)


def _bulleted(text: str, span: Span) -> tuple[Mission, ...]:
    """Return the items of "- A - B - C" inside a line, two at least."""
    marker, begin = marker_at(text, span.start, span.end)
    if marker is None or marker.number is not None:
        return ()
    between = re.compile(rf"\s{re.escape(marker.text)}\s+(?=[A-Z])")
    parts = _parts(text, Span(begin, span.end), between) if begin < span.end else []
    listed = tuple(Mission(span=part, marker=marker.text) for part in parts)
    return listed if len(parts) > 1 else ()


def counted_inside(text: str, span: Span, marker: Marker) -> list[re.Match[str]]:
    """Return the numbers inside a line that count on from that of its marker."""
    return _numbers(text, span, marker.number or 0)


def _numbers(text: str, span: Span, before: int = 0) -> list[re.Match[str]]:
    """Return the numbers that count on from the one before."""
    marks: list[re.Match[str]] = []
    for match in _NUMBER.finditer(text, span.start, span.end):
        if int(match["enclosed"] or match["plain"]) == before + len(marks) + 1:
            marks.append(match)
    return marks


def _letters(text: str, span: Span) -> list[re.Match[str]]:
    """Return the letters that count on from "a"."""
    marks: list[re.Match[str]] = []
    for match in _LETTER.finditer(text, span.start, span.end):
        if ord(match["letter"]) - ord("a") == len(marks):
            marks.append(match)
    return marks


def _end_of_list(text: str, marks: Sequence[re.Match[str]], end: int) -> int:
    """Return where the last item ends: before the page goes on, or with its sentence.

    Sentences decide where no other item has several.
    """
    page = _PAGE_BEHIND.search(text, marks[-1].end(), end)
    end = page.start() if page else end
    before = marks[-1].start()
    several = any(cut.end() < before for cut in _STOPS.finditer(text, marks[0].end(), before))
    sentence = None if several else _STOPS.search(text, marks[-1].end(), end)
    return sentence.start() if sentence else end


def comma_series(text: str, span: Span) -> tuple[Mission, ...]:
    """Divide "meningkatkan A, membangun B, serta mewujudkan C" where a verb follows the comma.

    So too "peningkatan A, pembangunan B, serta penataan C", three nouns of action at least, and
    "improving A, building B, and shaping C".
    """
    end = _sentence_end(text, span.start, span.end)
    if end > span.start and _GERUND.match(text, span.start, end):
        parts = _parts(text, Span(span.start, end), _BEFORE_COMMA_GERUND)
        return tuple(Mission(span=part) for part in parts) if len(parts) > 1 else ()
    if end <= span.start or not opens_like_a_mission(text, span):
        return ()
    nouns = text[span.start : span.start + 2].lower() == "pe"
    pattern, fewest = (_BEFORE_COMMA_NOUN, 3) if nouns else (_BEFORE_COMMA_VERB, 2)
    parts = _parts(text, Span(span.start, end), pattern)
    return tuple(Mission(span=part) for part in parts) if len(parts) >= fewest else ()


def first_of_series(text: str, start: int, end: int) -> Mission | None:
    """Return the mission that a sentence states before the others go on with "Kedua, …"."""
    stop = _sentence_end(text, start, end)
    part = mission_span(text, start, stop) if start < stop else None
    return Mission(span=part) if part and opens_like_a_mission(text, part) else None


def ordinal_series(
    text: str, passages: Sequence[Passage], index: int, first: Mission | None = None
) -> tuple[tuple[Mission, ...], int]:
    """Return what "pertama …. Kedua …. Terakhir …" tell from a block on, and the last block used.

    The ordinals may be spread over several paragraphs, but not over headings. `first` is the
    first mission, where it stands without ordinal.
    """
    found: list[Mission] = [first] if first else []
    last = index
    for at in range(index, min(index + _BLOCKS_OF_PROSE, len(passages))):
        heads = passages[at].heads and passages[at].cue is not Cue.NUMBERED_MISSION
        if at > last + _BLOCKS_BETWEEN or (heads and at > index):
            break
        for mission in _ordinals(text, passages[at].span, len(found)):
            found.append(mission)
            last = at
    return tuple(found), last


def _ordinals(text: str, span: Span, before: int) -> Iterator[Mission]:
    """Yield the missions of one block whose ordinals count on from `before`."""
    marks = [m for m in _ORDINAL.finditer(text, span.start, span.end) if m.end() < span.end]
    for mark, following in zip_longest(marks, marks[1:]):
        if not _counts_on(text, mark, before):
            continue
        stop = following.start() if following else span.end
        part = mission_span(text, mark.end(), _told_end(text, mark.end(), stop))
        if part and word_count(text, part) > 1:
            before += 1
            yield Mission(span=part, marker=mark["rank"] or mark["next"])


def _counts_on(text: str, mark: re.Match[str], before: int) -> bool:
    """Tell whether a mark continues a series; "selanjutnya" only where a mission follows."""
    if mark["rank"]:
        return RANKS.get(mark["rank"].lower(), before + 1) == before + 1
    return before > 0 and opens_like_a_mission(text, Span(mark.end(), mark.endpos))


def _told_end(text: str, start: int, stop: int) -> int:
    """Return where a statement inside prose ends: at its closing mark, or with its sentence."""
    if text[start] not in QUOTES:
        spoken = _SPOKEN_END.search(text, start, stop)
        end = _sentence_end(text, start, stop)
        return min(end, spoken.start()) if spoken else end
    closing = next((at for at in range(start + 1, stop) if text[at] in QUOTES), stop - 1)
    return closing + 1


def _sentence_end(text: str, start: int, end: int) -> int:
    match = _FULL_STOP.search(text, start, end)
    return match.start() if match else end


def _parts(text: str, span: Span, pattern: re.Pattern[str]) -> list[Span]:
    cuts = list(pattern.finditer(text, span.start, span.end))
    starts = (span.start, *(cut.end() for cut in cuts))
    ends = (*(cut.start() for cut in cuts), span.end)
    parts = (mission_span(text, *ends_of) for ends_of in zip(starts, ends, strict=True))
    return [part for part in parts if part]
