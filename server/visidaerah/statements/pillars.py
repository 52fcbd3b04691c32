"""Pillars: the words and phrases of a vision that the text sets apart and explains."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from visidaerah.spans import Span
from visidaerah.statements.model import Pillar
from visidaerah.statements.outline import Cue, Passage, leads_in
from visidaerah.statements.wording import statement_span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class _Entry:
    """A label found at a block; `begin` is where its explanation begins in that block, if there.

    `end` is where it ends, where it shares the block with others.
    """

    index: int
    label: Span
    begin: int | None
    marker: str | None
    end: int | None = None


_LINK = (
    r"(?:\s*,)?\s*(?:\b(?:bermakna|mengandung\s+(?:arti|makna|pengertian)|memiliki\s+(?:arti|makna)|"
    r"artinya|berarti|bahwa|adalah|yaitu|yakni|ialah|dimaknai|diartikan|dimaksudkan|didefinisikan|"
    r"dimaksud|sebagai|menggambarkan|mengacu\s+pada|merujuk\s+pada|diukur\s+dengan|merupakan|"
    r"dapat\s+diartikan|mencerminkan|menunjukkan)\b\s*)+[:,]?\s*|\s*[:=]\s*"
)
_LABELLED = re.compile(
    rf"[“\"‘'(]?(?P<label>[A-Z][^:=.;“”\"]{{1,70}}?)[”\"’')]?\s*(?:(?:{_LINK})(?:bahwa\s+|:\s*)?)(?=\S)",
)
# What announces pillars: "Unsur yang terkandung dalam visi", "4 pokok visi", "mengandung makna".
_ANNOUNCED = re.compile(
    r"\b(?:unsur|pokok|makna|kata|kunci|penjelasan|penjabaran|arti|elemen|nilai|frasa|dasar pemikiran|"
    r"pengertian|mengandung|mencakup|maksud)\b"
)
_WORD = re.compile(r"\w+")
_STOP = frozenset(
    [
        "yang",
        "dan",
        "serta",
        "di",
        "pada",
        "dengan",
        "untuk",
        "dalam",
        "dari",
        "ke",
        "sebagai",
        "menuju",
        "menjadi",
        "terwujudnya",
        "mewujudkan",
        "kota",
        "kabupaten",
        "provinsi",
        "desa",
        "masyarakat",
        "visi",
        "misi",
        "ini",
        "itu",
        "adalah",
    ]
)
_PREFIX = re.compile(r"^(?:ber|ter|ke|me(?:ng|ny|m|n)?|pe(?:ng|ny|m|n)?|di|se)(?=\w{4,})")
_SUFFIX = re.compile(r"(?:itas|nya|kan|an)$")
_REACH = 40
_LABEL_WORDS = 6
_SENTENCE = re.compile(r"[.;]\s+(?=[A-Z“\"])")
_LINK_FIRST = re.compile(rf"(?:{_LINK})", re.IGNORECASE)
_NOT_LABELS = re.compile(
    r"(?:bupati|wakil|wali|gubernur|kepala|sekretaris|camat|lurah|periode|tahun|alamat|telp|telepon|email|fax|"
    r"website|kode|jam|senin|selasa|rabu|kamis|jumat|sabtu|minggu|tanggal|oleh|sumber|no|nomor|kontak|hp|"
    r"whatsapp|motto|moto|slogan|luas|jumlah|batas|sebelah|utara|selatan|kecamatan|kabupaten|provinsi)\b",
    re.IGNORECASE,
)


def pillars_of(
    text: str, passages: Sequence[Passage], vision: Span, first: int, end: int
) -> tuple[Pillar, ...]:
    """Return the pillars that stand between blocks `first` and `end`, in order.

    Where something announces them every label counts; else the labels must be words of the
    vision, or at least two must follow it at once.
    """
    keys = _stems(vision.of(text))
    announced = _announcement(passages, first, end, keys)
    start = announced + 1 if announced is not None else first
    entries = list(_entries(text, passages, start, end, keys, announced is not None))
    entries = _credible(text, entries, keys, start, announced=announced is not None)
    if len(entries) < 2:
        entries = list(_told(text, passages, first, end, keys)) or entries
    return tuple(_pillars(text, passages, entries, end, vision))


def explained_later(
    text: str, passages: Sequence[Passage], vision: Span, first: int
) -> tuple[Pillar, ...]:
    """Return the pillars under a heading such as "Penjelasan Visi" behind the missions."""
    for index in range(first, min(first + 2 * _REACH, len(passages))):
        if passages[index].cue is Cue.PILLARS:
            return pillars_of(text, passages, vision, index, len(passages))
    return ()


def _told(
    text: str, passages: Sequence[Passage], first: int, end: int, keys: frozenset[str]
) -> Iterator[_Entry]:
    """Yield the labels of running prose: sentences that begin with a key word and explain it."""
    found: list[_Entry] = []
    for index in range(first, min(end, first + 4)):
        span = passages[index].span
        if passages[index].heads:
            break
        starts = [span.start, *(m.end() for m in _SENTENCE.finditer(text, span.start, span.end))]
        for start, stop in zip_longest(starts, starts[1:], fillvalue=span.end):
            match = _LABELLED.match(text, start, stop)
            label = match and statement_span(text, match.start("label"), match.end("label"))
            if match and label and keys & _stems(label.of(text)) and _is_label(text, label):
                found.append(_Entry(index, label, match.end(), None, stop))
    return iter(found if len(found) > 1 else ())


def _is_label(text: str, label: Span) -> bool:
    return len(label.of(text).split()) <= _LABEL_WORDS


def _announcement(
    passages: Sequence[Passage], first: int, end: int, keys: frozenset[str]
) -> int | None:
    """Return the index of the block that announces pillars, or None."""
    for index in range(first, min(end, first + 8)):
        passage = passages[index]
        if passage.block.marker:
            continue
        if passage.count <= 3 and passage.words.endswith(":") and keys & _stems(passage.words):
            return index
        if not _ANNOUNCED.search(passage.words):
            continue
        if passage.cue is Cue.PILLARS or (leads_in(passage) and "misi" not in passage.words):
            return index
    return None


def _entries(
    text: str,
    passages: Sequence[Passage],
    start: int,
    end: int,
    keys: frozenset[str],
    announced: bool,
) -> Iterator[_Entry]:
    """Yield the labels, each with the place where its explanation begins in the same block."""
    style = passages[start].block.marker.style if _has_marker(passages, start, end) else None
    expected = 1
    for index in range(start, min(end, start + _REACH)):
        passage = passages[index]
        marker = passage.block.marker
        if passage.heads and passage.cue is not Cue.PILLARS:
            if passage.cue is not Cue.OTHER or not keys & _stems(passage.words):
                break
        if style and (marker is None or marker.style != style):
            continue
        if style and marker and marker.number is not None and marker.number != expected:
            continue
        entry = _entry(text, passages, index, end, keys, listed=announced and style is not None)
        if entry:
            expected += 1
            yield entry


def _has_marker(passages: Sequence[Passage], start: int, end: int) -> bool:
    return start < min(end, len(passages)) and passages[start].block.marker is not None


def _entry(
    text: str,
    passages: Sequence[Passage],
    index: int,
    end: int,
    keys: frozenset[str],
    *,
    listed: bool,
) -> _Entry | None:
    passage = passages[index]
    printed = passage.block.marker.text if passage.block.marker else None
    span = passage.span
    match = _LABELLED.match(text, span.start, span.end)
    if match and len(match["label"].split()) <= _LABEL_WORDS:
        label = statement_span(text, match.start("label"), match.end("label"))
        if label:
            return _Entry(index, label, match.end(), printed)
    if passage.count > 8 or not (listed or _label_line(text, passages, index, end, keys)):
        return None
    label = statement_span(text, span.start, span.end)
    return _Entry(index, label, None, printed) if label else None


def _label_line(
    text: str, passages: Sequence[Passage], index: int, end: int, keys: frozenset[str]
) -> bool:
    """Tell whether a short line names a key word of the vision and a longer text stands below."""
    passage = passages[index]
    if index + 1 >= end or not keys & _stems(passage.words):
        return False
    below = passages[index + 1]
    return below.block.marker is None and below.count > max(6, passage.count)


def _credible(
    text: str, entries: list[_Entry], keys: frozenset[str], start: int, *, announced: bool
) -> list[_Entry]:
    """Keep the labels that the announcement, the vision's words, or their place vouch for."""
    if announced:
        return entries
    named = [e for e in entries if keys & _stems(e.label.of(text))]
    if named:
        return [e for e in entries if e in named or named[0].index < e.index < named[-1].index]
    adjacent = [e for n, e in enumerate(entries) if e.index == start + n and e.begin is not None]
    named = any(_NOT_LABELS.match(text, e.label.start, e.label.end) for e in adjacent)
    return adjacent if len(adjacent) >= 2 and not named else []


def _pillars(
    text: str, passages: Sequence[Passage], entries: Sequence[_Entry], end: int, vision: Span
) -> Iterator[Pillar]:
    bounds = [*(e.index for e in entries[1:]), end][: len(entries)]
    shared = _shared_words(text, [e.label for e in entries])
    for entry, bound in zip(entries, bounds, strict=True):
        last = _last_of(passages, entry, bound)
        begin = entry.begin
        if begin is None and last > entry.index:
            begin = passages[entry.index + 1].span.start
        explanation = None
        if begin is not None:
            link = _LINK_FIRST.match(text, begin, passages[last].span.end)
            begin = link.end() if link else begin
            explanation = statement_span(text, begin, entry.end or passages[last].span.end)
        named = named_in(text, vision, entry.label, shared)
        yield Pillar(
            span=entry.label, marker=entry.marker, explanation=explanation, named_in_vision=named
        )


def _last_of(passages: Sequence[Passage], entry: _Entry, bound: int) -> int:
    """Return the index of the last block that explains an entry."""
    last = entry.index
    for index in range(entry.index + 1, bound):
        passage = passages[index]
        if passage.heads or ("misi" in passage.words and leads_in(passage)):
            break
        last = index
    return last


def named_in(text: str, vision: Span, label: Span, shared: int = 0) -> Span | None:
    """Return the words of the vision that name a label, or None where it does not name it.

    The longest run of words that both have, with at least one key word. The first `shared` words
    of the label (a region's name that all labels begin with) do not count.
    """
    words = list(_WORD.finditer(text, vision.start, vision.end))
    stems = [_stem(m[0]) for m in words]
    parts = [_stem(m[0]) for m in _WORD.finditer(text, label.start, label.end)][shared:]
    best = (0, 0, 0)
    for first in range(len(stems)):
        for part in range(len(parts)):
            size = _common(stems[first:], parts[part:])
            keys = sum(stem not in _STOP for stem in stems[first : first + size])
            best = max(best, (keys, size, -first))
    keys, size, first = best
    return Span(words[-first].start(), words[size - first - 1].end()) if keys else None


def _shared_words(text: str, labels: Sequence[Span]) -> int:
    """Return how many first words all labels share, short of any whole label."""
    parts = [[_stem(m[0]) for m in _WORD.finditer(text, s.start, s.end)] for s in labels]
    if len(parts) < 2:
        return 0
    size = 0
    for column in zip(*(p[:-1] for p in parts), strict=False):
        if len(set(column)) > 1:
            break
        size += 1
    return size


def _common(stems: Sequence[str], parts: Sequence[str]) -> int:
    size = 0
    for stem, part in zip(stems, parts, strict=False):
        if stem != part:
            break
        size += 1
    return size


def _stem(word: str) -> str:
    """Reduce a word so that "Berpendidikan" and "pendidikan", "Integritas" and "Berintegritas" meet."""
    word = word.lower()
    if word in _STOP:
        return word
    stem = _SUFFIX.sub("", _PREFIX.sub("", word))
    return stem if len(stem) >= 3 else word


def _stems(words: str) -> frozenset[str]:
    return frozenset(_stem(w) for w in _WORD.findall(words.lower()) if w not in _STOP)
