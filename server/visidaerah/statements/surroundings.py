"""Surroundings: the places around a plan that say whose it is, and for which years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from visidaerah.spans import Span
from visidaerah.statements.outline import Passage, index_at, leads_in
from visidaerah.statements.own_titles import own_title
from visidaerah.statements.sentences import sentences
from visidaerah.statements.wording import QUOTES, statement_span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visidaerah.statements.choice import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What stands around the vision and the missions, the more telling first.

    `leads` introduce the vision and the missions (the first is the vision's own), `titles` stand
    shortly above the vision or as a caption below it, `own_title` is that of the document itself,
    `leaders` name who leads and when, or when alone. `service` is the sentence that sets the
    missions to the vision.
    """

    leads: tuple[Span, ...]
    vision: Span | None
    titles: tuple[Span, ...]
    own_title: Span | None
    missions: tuple[Span, ...]
    leaders: tuple[Span, ...]
    service: Span | None


_AROUND = ' \t\r\xa0.,;:”"“'
_LONGEST_REST = 60
_BLOCKS_ABOVE = 6
_BLOCKS_BELOW = 3
_WORDS_OF_TITLE = 25
_WORDS_OF_CAPTION = 10
_STOPPED = re.compile(r"\s*[”\"]?[.!?]")
_LEADERS = re.compile(
    r"^(?:\W*(?:bupati|wali ?kota|gubernur|kepala (?:desa|kampung|daerah)|lurah|camat)\b).*"
    r"\b20\d\d\s*[-–—]\s*20\d\d\W*$"
)
# "… untuk masa jabatan 2021-2026": a sentence that says from when to when they lead.
_TERM = re.compile(
    r"\b(?:masa (?:jabatan|bakti)|masa kepemimpinan)(?: \w+)? 20\d\d\s*[-–—]\s*20\d\d\b"
    r"|\b20\d\d\s*[-–—]\s*20\d\d term\b"
)
# "Periode 2019-2024", as a line of its own or as the key and the value of a data field.
_TERM_ALONE = re.compile(
    r"^\W*(?:untuk )?(?:periode|masa (?:jabatan|bakti|kepemimpinan))\b\W*(?:tahun |th )?"
    r"20\d\d\s*(?:[-–—/]|s\W?d\W{0,2}|sampai(?: dengan)?)\s*(?:tahun )?(?:20)?\d\d\W*$"
)
# "periode": "2019-2024" in a field of data, whose key and value are blocks.
_TERM_KEY = re.compile(r"(?:tahun[ _])?period(?:e|[ _]?year)?|masa[ _](?:jabatan|bakti)")
_TERM_VALUE = re.compile(r"\W*20\d\d ?[-–—/] ?20\d\d\W*")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n\s*\n|\n(?=[A-Z])")


def surroundings_of(text: str, passages: Sequence[Passage], choice: Choice) -> Surroundings:
    """Return the places around the chosen vision and missions."""
    return Surroundings(
        leads=tuple(_leads(text, passages, choice)),
        vision=choice.vision.span if choice.vision else None,
        titles=tuple(_titles(passages, choice)),
        own_title=own_title(text, passages, _first(choice)),
        missions=tuple(one.span for one in choice.missions.missions) if choice.missions else (),
        leaders=tuple(_terms(passages)),
        service=_service(text, choice),
    )


def _leads(text: str, passages: Sequence[Passage], choice: Choice) -> Iterator[Span]:
    """Yield what introduces the vision, what is glued to it, and what leads on to its parts."""
    if vision := choice.vision:
        yield vision.lead
        yield from _rest_of_line(text, vision.span)
        first = index_at(passages, vision.lead.start)
        yield from _begin_of_sentence(text, passages[first].span.start, vision.lead.start)
        yield from (passage.span for passage in passages[first : vision.first])
        below = passages[vision.last + 1 : vision.last + 1 + _BLOCKS_BELOW]
        yield from (passage.span for passage in below if leads_in(passage))
    if choice.missions:
        yield choice.missions.lead


def _begin_of_sentence(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the words of the sentence before the vision is named in it, behind quotations."""
    start = max(start, 1 + max(text.rfind(mark, start, end) for mark in QUOTES))
    if start < end:
        before = list(sentences(text, Span(start, end)))
        yield from (span for span in before[-1:] if not _STOPPED.match(text, span.end, end))


def _terms(passages: Sequence[Passage]) -> Iterator[Span]:
    """Yield what names leaders and when they lead, or the years alone behind a field's key."""
    yield from (passage.span for passage in passages if _names_leaders(passage))
    for key, value in pairwise(passages):
        if _TERM_KEY.fullmatch(key.words) and _TERM_VALUE.fullmatch(value.words):
            yield value.span


def _names_leaders(passage: Passage) -> bool:
    titled = passage.count <= _WORDS_OF_TITLE and _LEADERS.search(passage.words)
    return bool(titled or _TERM.search(passage.words) or _TERM_ALONE.search(passage.words))


def _rest_of_line(text: str, vision: Span) -> Iterator[Span]:
    """Yield the few words behind the vision on its last line: years glued to it."""
    end = text.find("\n", vision.end)
    rest = Span.stripped(text, vision.end, end if end >= 0 else len(text), _AROUND)
    if rest and rest.end - rest.start < _LONGEST_REST:
        yield rest


def _first(choice: Choice) -> int:
    """Return the index of the block with which the plan begins."""
    if choice.vision:
        return choice.vision.first
    return choice.missions.anchor if choice.missions else 0


def _titles(passages: Sequence[Passage], choice: Choice) -> Iterator[Span]:
    """Yield the title lines above the plan, the nearest first, and a caption below the vision."""
    first = _first(choice)
    below = choice.vision.last + 1 if choice.vision else first
    for passage in reversed(passages[max(0, first - _BLOCKS_ABOVE) : first]):
        named = "visi" in passage.words or "rpjm" in passage.words
        title = passage.count <= _WORDS_OF_TITLE or named
        if title and not passage.block.marker:
            yield passage.span
    for passage in passages[below : below + 1]:
        if passage.count <= _WORDS_OF_CAPTION and not passage.block.marker:
            yield passage.span


def _service(text: str, choice: Choice) -> Span | None:
    """Return the last sentence before the missions, if it names the vision."""
    if choice.missions is None:
        return None
    lead = choice.missions.lead
    cuts = [cut.end() for cut in _SENTENCE.finditer(text, lead.start, lead.end)]
    start = max((cut for cut in cuts if text[cut : lead.end].strip()), default=lead.start)
    named = "visi" in text[start : lead.end].lower()
    return statement_span(text, start, lead.end) if named else None
