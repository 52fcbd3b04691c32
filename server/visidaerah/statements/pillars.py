"""Pillars: the words and phrases of a vision that the text sets apart and explains."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from visidaerah.spans import Span
from visidaerah.statements.model import Pillar
from visidaerah.statements.outline import Cue, Passage, leads_in
from visidaerah.statements.pillar_labels import LINK, NUMBERED, label_in
from visidaerah.statements.stems import key_stems, named_in, shared_words
from visidaerah.statements.wording import statement_span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """The blocks `first` to `end`, where pillars may stand; `keys` are the vision's stems."""

    text: str
    passages: Sequence[Passage]
    first: int
    end: int
    keys: frozenset[str]

    def names_key(self, words: str) -> bool:
        """Tell whether the words have a key word of the vision."""
        return bool(self.keys & key_stems(words))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A label at a block; its explanation begins and ends there, if these are given.

    `first` is the index of the block that tells the label alone, where that stands above.
    """

    index: int
    label: Span
    begin: int | None = None
    end: int | None = None
    marker: str | None = None
    first: int | None = None

    @property
    def begins(self) -> int:
        """The index of the entry's first block."""
        return self.index if self.first is None else self.first


# "Tertib. Faktor pertama, …", "Tertib – arsip yang rapi": words of the vision set apart.
_SENTENCE_LABEL = re.compile(
    r"(?P<label>[A-Z]\w+(?: \w+){0,2})(?:\*\*|</\w{1,10}>)?(?:\.\s+(?=[A-Z])|\s+[–—-]\s+(?=\w))"
)
# "… 3 (tiga) unsur, yaitu Mandiri, Rukun dan Sejahtera."
_ENUMERATES = re.compile(
    r"\b(?:yaitu|yakni|adalah|ialah|meliputi|mencakup|terdiri\s+(?:dari|atas))\b[\s:]*"
    r"(?:\(?1[.)]\s*)?|:\s*(?:\(?1[.)]\s*)?",
    re.IGNORECASE,
)
_BETWEEN_NAMES = re.compile(
    r"(?:[,;]\s*(?:dan|serta|&)\s+|[,;]\s*|\s+(?:dan|serta|&)\s+)(?:\(?\d{1,2}[.)]\s*)?"
)
# What a page or a data file leaves behind the last explanation.
_PAGE_LEFT_OVER = re.compile(r"^[\d\W]+$|\d{4}-\d{2}-\d{2}|^<|\bcopyright\b|©")
# What announces pillars: "Unsur yang terkandung dalam visi", "4 pokok visi", "mengandung makna".
_ANNOUNCES = re.compile(
    r"\b(?:unsur|pokok|makna|kata|kunci|penjelasan|penjabaran|arti|elemen|nilai|frasa"
    r"|dasar pemikiran|pengertian|mengandung|mencakup|maksud)\b"
)
# Labels of pages rather than of visions.
_NOT_LABELS = re.compile(
    r"(?:bupati|wakil|wali|gubernur|kepala|sekretaris|camat|lurah|periode|tahun|tanggal|oleh|sumber"
    r"|alamat|telp|telepon|email|fax|website|whatsapp|hp|kode|kontak|no|nomor|jam|senin|selasa|rabu"
    r"|kamis|jumat|sabtu|minggu|motto|moto|slogan|luas|jumlah|batas|sebelah|utara|selatan"
    r"|kecamatan|kabupaten|provinsi)\b",
    re.IGNORECASE,
)
_BETWEEN_SENTENCES = re.compile(r"[.;]\s+(?=[A-Z“\"])")
_LINE_WORDS = 8
_WORDS_ABOVE = 3
_WORDS_BELOW = 6
_WORDS_BELOW_NAME = 3
_REACH = 40
_ANNOUNCED_WITHIN = 8
_PROSE_BLOCKS = 4


def pillars_of(
    text: str, passages: Sequence[Passage], vision: Span, first: int, end: int
) -> tuple[Pillar, ...]:
    """Return the pillars that stand between blocks `first` and `end`, in order.

    Where something announces them every label counts; else the labels must be words of the
    vision, or at least two must follow it at once.
    """
    keys = key_stems(vision.of(text))
    stretch = _Stretch(text=text, passages=passages, first=first, end=end, keys=keys)
    entries = _listed(stretch)
    if len(entries) < 2:
        entries = _told(stretch, vision) or _enumerated(stretch) or entries
    return tuple(_pillars(stretch, entries, vision))


def pillars_in_rows(text: str, passages: Sequence[Passage]) -> tuple[Pillar, ...]:
    """Return the pillars that stand each under its own heading ("POKOK VISI"), their missions by.

    It is the form of tables that pair pillars with missions and repeat the headings in each row.
    """
    headings = [
        index
        for index, passage in enumerate(passages[:-1])
        if passage.cue is Cue.PILLARS and not passages[index + 1].heads
    ]
    if len(headings) < 2 or len({passages[index].words for index in headings}) > 1:
        return ()
    stretch = _Stretch(text=text, passages=passages, first=0, end=len(passages), keys=frozenset())
    return tuple(_pillars(stretch, [_row(stretch, index + 1) for index in headings], None))


def _row(stretch: _Stretch, index: int) -> _Entry:
    span = stretch.passages[index].span
    label, begin = label_in(stretch.text, span.start, span.end) or (span, None)
    return _Entry(index=index, label=label, begin=begin)


def explained_later(
    text: str, passages: Sequence[Passage], vision: Span, first: int
) -> tuple[Pillar, ...]:
    """Return the pillars under a heading such as "Penjelasan Visi" behind the missions."""
    for index in range(first, min(first + 2 * _REACH, len(passages))):
        if passages[index].cue is Cue.PILLARS:
            return pillars_of(text, passages, vision, index, len(passages))
    return ()


def _listed(stretch: _Stretch) -> list[_Entry]:
    """Return the labels that stand below each other, announced or credible."""
    announced = _announcement(stretch)
    start = stretch.first if announced is None else announced + 1
    entries = _told_once(stretch, _entries(stretch, start, announced=announced is not None))
    if announced is not None:
        return entries
    return _credible(stretch, entries) or _alternating(stretch)


def _told_once(stretch: _Stretch, entries: Iterable[_Entry]) -> list[_Entry]:
    """Join a label that stands alone to the explanation right below that repeats it."""
    kept: list[_Entry] = []
    for entry in entries:
        above = kept[-1] if kept else None
        if above and above.begin is None and above.index == entry.index - 1:
            labels = {" ".join(e.label.of(stretch.text).lower().split()) for e in (above, entry)}
            if len(labels) == 1:
                kept[-1] = replace(entry, marker=above.marker, first=above.index)
                continue
            names = [key_stems(e.label.of(stretch.text)) for e in (above, entry)]
            if names[0] and names[0] <= names[1]:
                continue
        kept.append(entry)
    return kept


def _alternating(stretch: _Stretch) -> list[_Entry]:
    """Return the short lines right behind the vision that stand above a paragraph each."""
    found: list[_Entry] = []
    for index in range(stretch.first, stretch.end - 1, 2):
        label, below = stretch.passages[index : index + 2]
        marked = label.block.marker or below.block.marker
        if marked or label.heads or below.heads or label.count > _WORDS_ABOVE:
            break
        span = statement_span(stretch.text, label.span.start, label.span.end)
        page = _NOT_LABELS.match(stretch.text, label.span.start, label.span.end)
        if page or span is None or span.end < label.span.end or below.count < _WORDS_BELOW:
            break
        found.append(_Entry(index=index, label=span))
    return found if len(found) > 1 else []


def _announcement(stretch: _Stretch) -> int | None:
    """Return the index of the block that announces pillars, or None."""
    for index in range(stretch.first, min(stretch.end, stretch.first + _ANNOUNCED_WITHIN)):
        passage = stretch.passages[index]
        if not passage.block.marker and _announces(stretch, passage):
            return index
    return None


def _announces(stretch: _Stretch, passage: Passage) -> bool:
    if passage.count <= 3 and passage.words.endswith(":") and stretch.names_key(passage.words):
        return True
    introduces = leads_in(passage) and "misi" not in passage.words
    return bool(_ANNOUNCES.search(passage.words)) and (passage.cue is Cue.PILLARS or introduces)


def _entries(stretch: _Stretch, start: int, *, announced: bool) -> Iterator[_Entry]:
    """Yield the labels from a block on; those of its marker's style, where it has one."""
    end = min(stretch.end, start + _REACH)
    first = stretch.passages[start].block.marker if start < end else None
    expected = 1
    for index in range(start, end):
        passage = stretch.passages[index]
        if _ends_pillars(stretch, passage):
            return
        marker = passage.block.marker
        if first and (marker is None or marker.style != first.style):
            continue
        if first and marker and marker.number not in {None, expected}:
            continue
        entry = _entry(stretch, index, listed=announced and first is not None)
        if entry:
            expected += 1
            yield entry


def _ends_pillars(stretch: _Stretch, passage: Passage) -> bool:
    """Tell whether a block heads something else, and is not itself a label of the vision."""
    if not passage.heads or passage.cue is Cue.PILLARS:
        return False
    return passage.cue is not Cue.OTHER or not stretch.names_key(passage.words)


def _entry(stretch: _Stretch, index: int, *, listed: bool) -> _Entry | None:
    """Return the label at a block: before its explanation, or a line above it, or a list's item."""
    passage = stretch.passages[index]
    marker = passage.block.marker.text if passage.block.marker else None
    span = passage.span
    if numbered := NUMBERED.match(stretch.text, span.start, span.end):
        marker, span = numbered["marker"], Span(numbered.end(), span.end)
    found = label_in(stretch.text, span.start, span.end) or _sentence_label(stretch, span)
    if passage.cue is Cue.NUMBERED_MISSION:
        return None
    if found:
        return _Entry(index=index, label=found[0], begin=found[1], marker=marker)
    if passage.count > _LINE_WORDS or not (listed or _is_label_line(stretch, index)):
        return None
    label = statement_span(stretch.text, span.start, span.end)
    return _Entry(index=index, label=label, marker=marker) if label else None


def _sentence_label(stretch: _Stretch, span: Span) -> tuple[Span, int] | None:
    """Return the words of the vision that stand as a sentence before their explanation."""
    match = _SENTENCE_LABEL.match(stretch.text, span.start, span.end)
    if not match or not key_stems(match["label"]) <= stretch.keys:
        return None
    return Span(*match.span("label")), match.end()


def _is_label_line(stretch: _Stretch, index: int) -> bool:
    """Tell whether a short line names a key word of the vision and a longer text stands below."""
    passage = stretch.passages[index]
    if index + 1 >= stretch.end or not stretch.names_key(passage.words):
        return False
    below = stretch.passages[index + 1]
    exact = key_stems(passage.words) <= stretch.keys
    fewest = _WORDS_BELOW_NAME if exact else _WORDS_BELOW
    return below.block.marker is None and below.count > max(fewest, passage.count)


def _credible(stretch: _Stretch, entries: Sequence[_Entry]) -> list[_Entry]:
    """Keep the labels that the vision's words, or their place right behind it, vouch for."""
    named = [e.index for e in entries if stretch.names_key(e.label.of(stretch.text))]
    if named:
        return [e for e in entries if named[0] <= e.index <= named[-1]]
    adjacent = [
        e for n, e in enumerate(entries) if e.index == stretch.first + n and e.begin is not None
    ]
    page = any(_NOT_LABELS.match(stretch.text, e.label.start, e.label.end) for e in adjacent)
    return adjacent if len(adjacent) > 1 and not page else []


def _told(stretch: _Stretch, vision: Span) -> list[_Entry]:
    """Return the labels of running prose: sentences that begin with a key word and explain it.

    They may follow the vision in its own block.
    """
    found: list[_Entry] = []
    own = stretch.passages[stretch.first - 1].span if stretch.first else vision
    if own.covers(vision) and own.end > vision.end:
        found += _told_in(stretch, stretch.first - 1, Span(vision.end, own.end))
    for index in range(stretch.first, min(stretch.end, stretch.first + _PROSE_BLOCKS)):
        passage = stretch.passages[index]
        if passage.heads and passage.cue is not Cue.PILLARS:
            break
        found += _told_in(stretch, index, passage.span)
    return found if len(found) > 1 else []


def _told_in(stretch: _Stretch, index: int, span: Span) -> Iterator[_Entry]:
    text = stretch.text
    cuts = (cut.end() for cut in _BETWEEN_SENTENCES.finditer(text, span.start, span.end))
    starts = [span.start, *cuts]
    for start, stop in zip_longest(starts, starts[1:], fillvalue=span.end):
        found = label_in(text, start, stop)
        if found and stretch.names_key(found[0].of(text)):
            yield _Entry(index=index, label=found[0], begin=found[1], end=stop)


def _enumerated(stretch: _Stretch) -> list[_Entry]:
    """Return the labels that a sentence only names: "… unsur, yaitu Mandiri, Rukun dan Maju."."""
    for index in range(stretch.first, min(stretch.end, stretch.first + _ANNOUNCED_WITHIN)):
        passage = stretch.passages[index]
        link = _ENUMERATES.search(stretch.text, passage.span.start, passage.span.end)
        if link and not passage.block.marker and _ANNOUNCES.search(passage.words):
            labels = list(_names(stretch.text, link.end(), passage.span.end))
            named = all(stretch.names_key(label.of(stretch.text)) for label in labels)
            if len(labels) > 1 and named:
                return [_Entry(index=index, label=label) for label in labels]
    return []


def _names(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the parts of a series up to the end of its sentence."""
    stop = _BETWEEN_SENTENCES.search(text, start, end)
    end = stop.start() if stop else end
    for cut in _BETWEEN_NAMES.finditer(text, start, end):
        if name := statement_span(text, start, cut.start()):
            yield name
        start = cut.end()
    if name := statement_span(text, start, end):
        yield name


def _pillars(stretch: _Stretch, entries: Sequence[_Entry], vision: Span | None) -> Iterator[Pillar]:
    shared = shared_words(stretch.text, [entry.label for entry in entries])
    bounds = [*(entry.begins for entry in entries), stretch.end][1:]
    for entry, bound in zip(entries, bounds, strict=True):
        yield Pillar(
            span=entry.label,
            marker=entry.marker,
            explanation=_explanation(stretch, entry, bound),
            named_in_vision=vision and named_in(stretch.text, vision, entry.label, shared),
        )


def _explanation(stretch: _Stretch, entry: _Entry, bound: int) -> Span | None:
    """Return all paragraphs of a pillar, behind its label and link word."""
    last = _last_of(stretch.passages, entry.index, bound)
    begin = entry.begin
    if begin is None:
        if last == entry.index:
            return None
        begin = stretch.passages[entry.index + 1].span.start
    end = entry.end or stretch.passages[last].span.end
    link = LINK.match(stretch.text, begin, end)
    return statement_span(stretch.text, link.end() if link else begin, end)


def _last_of(passages: Sequence[Passage], index: int, bound: int) -> int:
    """Return the index of the last block that explains the label at an index."""
    for at in range(index + 1, bound):
        passage = passages[at]
        if passage.heads or ("misi" in passage.words and leads_in(passage)):
            return at - 1
        if _PAGE_LEFT_OVER.search(passage.words):
            return at - 1
    return max(index, bound - 1)
