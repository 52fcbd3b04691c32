"""Pieces of an outline: blocks, divided where a label of goals stands inside them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from visidaerah.spans import Span
from visidaerah.statements.goal_labels import GoalLabel, code_at, code_in, label_at, mission_at
from visidaerah.statements.outline import Cue, Passage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from visidaerah.blocks import Marker
    from visidaerah.statements.model import Mission


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A block, or what a label inside it sets apart.

    `mission` is the number of the mission that it states or names; `own` tells that it is where
    the mission is stated. `closes` tells that it heads something that is no goal.
    """

    span: Span
    marker: Marker | None
    level: int
    count: int
    label: GoalLabel | None = None
    mission: int | None = None
    own: bool = False
    closes: bool = False


# A label in the midst of a line: all capitals, or with a colon, behind the end of a statement.
_INSIDE = re.compile(
    r"(?<=[\w.;:)|”\"→➔➢>])\s+(?="
    r"(?:TUJUAN|SASARAN|STRATEGI|ARAH KEBIJAKAN|KEBIJAKAN|PROGRAM|INDIKATOR|MOTTO|NILAI)"
    r"\b(?! (?:DAN|STRATEGI|SASARAN|&))"
    r"(?:[ \w.,()-]{0,60}:|\s+(?:\(?\d[.)]|[A-Z][a-z]))"
    r"|(?:Tujuan|Sasaran|Strategi|Indikator)(?:\s[\w.]{1,12}){0,3}\s{0,40}:)"
)
# Headings that no goal stands under.
_CLOSES = re.compile(
    r"\W*(?:strategi|arah\s+kebijakan|kebijakan|program|indikator|target|kegiatan|kinerja|capaian"
    r"|formula|satuan|tujuan|sasaran)\b[^.:]{0,60}(?::|[^\w.]*$)",
    re.IGNORECASE,
)
_CLOSING = frozenset({Cue.OTHER, Cue.VISION, Cue.BOTH, Cue.PILLARS, Cue.MISSION})
_TITLED = frozenset({Cue.GOALS, Cue.OBJECTIVES})
_WORDS_REPEATED = 3


def pieces_of(text: str, passages: Iterable[Passage], missions: Sequence[Mission]) -> list[Piece]:
    """Return the pieces of the passages, in order, with what each announces or names."""
    numbers = numbers_by_words(text, missions)
    begun = [mission.span.start for mission in missions]
    return [piece for passage in passages for piece in _pieces(text, passage, begun, numbers)]


def numbers_by_words(text: str, missions: Sequence[Mission]) -> dict[str, int]:
    """Return the missions' numbers by their words, so that one stated again is known."""
    worded = ((folded(text, one.span), n) for n, one in enumerate(missions, start=1))
    return {words: n for words, n in worded if words.count(" ") >= _WORDS_REPEATED - 1}


def folded(text: str, span: Span) -> str:
    """Return the words of a span in small letters, without punctuation at its ends."""
    return " ".join(span.of(text).lower().split()).strip(" .,;:“”\"'*_")


def _pieces(
    text: str, passage: Passage, begun: Sequence[int], numbers: Mapping[str, int]
) -> Iterator[Piece]:
    cuts = [passage.span.start, *_cuts(text, passage), passage.span.end]
    for start, end in pairwise(cuts):
        first = start == passage.span.start
        span = Span(start, end)
        marker = passage.block.marker if first else None
        label = _without_mission(text, _label(text, span, marker), end, numbers)
        stated = _last_begun(begun, span)
        named = mission_at(text, start, end) or numbers.get(folded(text, span))
        yield Piece(
            span=span,
            marker=marker,
            level=passage.block.level if first else 0,
            count=len(text[start : min(end, start + 2000)].split()),
            label=label,
            mission=stated or (named if label is None else None),
            own=stated is not None,
            closes=label is None and _closes(text, passage, span, first=first),
        )


def _label(text: str, span: Span, marker: Marker | None) -> GoalLabel | None:
    coded = code_in(marker.text, span.start) if marker else None
    return coded or label_at(text, span.start, span.end) or code_at(text, span.start, span.end)


def _without_mission(
    text: str, label: GoalLabel | None, end: int, numbers: Mapping[str, int]
) -> GoalLabel | None:
    """Return the label with the mission that it repeats: "Tujuan Misi 1: Menata layanan"."""
    if label is None or label.end >= end:
        return label
    mission = numbers.get(folded(text, Span(label.end, end)))
    return replace(label, mission=mission, end=end) if mission else label


def _cuts(text: str, passage: Passage) -> list[int]:
    if not ("tujuan" in passage.words or "sasaran" in passage.words):
        return []
    return [cut.end() for cut in _INSIDE.finditer(text, passage.span.start, passage.span.end)]


def _last_begun(begun: Sequence[int], span: Span) -> int | None:
    """Return the number of the last mission whose words begin in a span."""
    last = bisect_left(begun, span.end)
    return last if last and begun[last - 1] >= span.start else None


def _closes(text: str, passage: Passage, span: Span, *, first: bool) -> bool:
    if first and passage.cue in _CLOSING:
        return True
    titled = first and passage.cue in _TITLED
    return titled or bool(_CLOSES.match(text, span.start, span.end))
