"""Pieces of an outline: blocks, divided where a label of goals stands inside them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from visidaerah.spans import Span
from visidaerah.statements.goal_labels import (
    GoalLabel,
    code_at,
    code_in,
    label_at,
    mission_at,
    opens_like_a_state,
)
from visidaerah.statements.outline import Cue, Passage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from visidaerah.blocks import Marker
    from visidaerah.statements.model import Mission


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A block, or what a label inside it sets apart.

    `mission` is the number of the mission that it states or names, `own` tells that it is where
    the mission is stated, `rest` where a goal begins behind the mission's name, if one does.
    `closes` tells that it heads something that is no goal, `notes` that it states such on its line.
    """

    span: Span
    marker: Marker | None
    level: int
    label: GoalLabel | None = None
    mission: int | None = None
    own: bool = False
    rest: int | None = None
    closes: bool = False
    notes: bool = False

    @property
    def parts(self) -> bool:
        """Whether what stands before it and what stands behind it are no one list."""
        return bool(self.label or self.mission or self.closes)


# A label in the midst of a line: all capitals, or with a colon, behind the end of a statement.
_INSIDE = re.compile(
    r"(?<=[\w.;:)|”\"→➔➢>])\s+(?="
    r"(?:TUJUAN|SASARAN|STRATEGI|ARAH KEBIJAKAN|KEBIJAKAN|PROGRAM|INDIKATOR|MOTTO|NILAI)"
    r"\b(?! (?:DAN|STRATEGI|SASARAN|&))"
    r"(?:[ \w.,()-]{0,60}:|\s+(?:\(?\d[.)]|[A-Z][a-z]))"
    r"|(?:Tujuan|Sasaran|Strategi|Indikator)(?:\s[\w.]{1,12}){0,3}\s{0,40}:)"
    r"|(?<=[.;])\s+(?=(?:Tujuan|Sasaran)(?:\s[\w-]+){0,9}\s(?:adalah|yaitu|yakni|ialah)\b)"
    # A heading that words printed one to a line run into.
    r"|(?<=[a-z.;)])\s+(?=(?:TUJUAN|SASARAN)\s*$)"
)
# What no goal stands under: a heading, or a label with what it states on its line.
_NO_GOALS = (
    r"\W*(?:strategi|arah\s+kebijakan|kebijakan|program|indikator|target|kegiatan|kinerja|capaian"
    r"|formula(?:si)?|satuan|tujuan|sasaran)\b[^.:]{0,60}"
)
_CLOSES = re.compile(rf"{_NO_GOALS}(?::|[^\w.]*$)", re.IGNORECASE)
_NOTES = re.compile(rf"{_NO_GOALS}:\s*\w", re.IGNORECASE)
_CLOSING = frozenset({Cue.OTHER, Cue.VISION, Cue.BOTH, Cue.PILLARS, Cue.MISSION})
_TITLED = frozenset({Cue.GOALS, Cue.OBJECTIVES})
_WORDS_REPEATED = 3
_LONGEST_REPEATED = 1000


def pieces_of(text: str, passages: Iterable[Passage], missions: Sequence[Mission]) -> list[Piece]:
    """Return the pieces of the passages, in order, with what each announces or names."""
    numbers = numbers_by_words(text, missions)
    begun = [mission.span.start for mission in missions]
    return [piece for passage in passages for piece in _pieces(text, passage, begun, numbers)]


def numbers_by_words(
    text: str, missions: Sequence[Mission], fewest: int = _WORDS_REPEATED
) -> dict[str, int]:
    """Return the numbers of missions of so many words by these, so that one is known again."""
    worded = ((folded(text, one.span), n) for n, one in enumerate(missions, start=1))
    return {words: n for words, n in worded if words.count(" ") >= fewest - 1}


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
        label = _without_mission(text, _label(text, passage, span, marker), end, numbers)
        own = _last_begun(begun, span)
        named, rest = _named(text, span, numbers) if label is None and not own else (None, None)
        notes = label is None and bool(_NOTES.match(text, start, end))
        yield Piece(
            span=span,
            marker=marker,
            level=passage.block.level if first else 0,
            label=label,
            mission=own or named,
            own=own is not None,
            rest=rest,
            closes=label is None and not notes and _closes(text, passage, span, first=first),
            notes=notes,
        )


def _named(text: str, span: Span, numbers: Mapping[str, int]) -> tuple[int | None, int | None]:
    """Return the mission that a piece names or repeats, and where a goal of it begins."""
    named = mission_at(text, span.start, span.end)
    if named is None:
        short = span.end - span.start <= _LONGEST_REPEATED
        return numbers.get(folded(text, span)) if short and numbers else None, None
    mission, behind = named
    goal = behind < span.end and opens_like_a_state(text, Span(behind, span.end))
    return mission, behind if goal else None


def _label(text: str, passage: Passage, span: Span, marker: Marker | None) -> GoalLabel | None:
    if marker and (coded := code_in(marker.text, span.start)):
        return coded
    if _speaks_of_goals(passage) and (label := label_at(text, span.start, span.end)):
        return label
    return code_at(text, span.start, span.end)


def _speaks_of_goals(passage: Passage) -> bool:
    return "tujuan" in passage.words or "sasaran" in passage.words


def _without_mission(
    text: str, label: GoalLabel | None, end: int, numbers: Mapping[str, int]
) -> GoalLabel | None:
    """Return the label with the mission that it repeats: "Tujuan Misi 1: Menata layanan"."""
    if label is None or label.end >= end:
        return label
    mission = numbers.get(folded(text, Span(label.end, end)))
    return replace(label, mission=mission, end=end) if mission else label


def _cuts(text: str, passage: Passage) -> list[int]:
    if not _speaks_of_goals(passage):
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
