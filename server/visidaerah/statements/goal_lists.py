"""Lists of goals: what stands under or behind a label becomes statements."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from visidaerah.blocks.markers import marker_at
from visidaerah.spans import Span
from visidaerah.statements.goal_labels import (
    GoalLabel,
    Level,
    Number,
    code_at,
    label_at,
    numbers_in,
    opens_like_a_goal,
)
from visidaerah.statements.lists import marked_lists
from visidaerah.statements.mission_lines import numbered_inside
from visidaerah.statements.sentences import first_sentence_end
from visidaerah.statements.wording import statement_span, without_conjunction, word_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visidaerah.blocks import Marker
    from visidaerah.statements.goal_pieces import Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A goal or objective where it stands.

    `number` is as printed ("1.2" is (1, 2)); `part` tells that it belongs to the goal before it.
    """

    level: Level
    span: Span
    marker: str | None = None
    number: Number = ()
    part: bool = False


_LONGEST = 60
_MOST_BETWEEN = 2
_MOST_INTRODUCTIONS = 3
_OUTLINE = "1.1"
# "1. Naiknya mutu, dengan sasaran:" above the objectives of the goal.
_LEADS_ON = re.compile(
    r"[,;]?\s+(?:dengan|dan|yang memiliki|memiliki)?\s*sasaran(?:nya)?(?:\s+\w+){0,3}\s*:\s*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{3,}")
# Lines of a page that no goal begins or consists of; figures of a target.
_NO_GOAL = re.compile(
    r"\W*(?:[\d.,]+\s*(?:%|persen|orang|unit|poin|dokumen)?\W*$|https?:|www\.|©|copyright\b)",
    re.IGNORECASE,
)


def stated_under(text: str, label: GoalLabel, pieces: Sequence[Piece]) -> Iterator[Stated]:
    """Yield what the first piece states behind its label, and the list in the pieces below it."""
    for rank, one in enumerate(_stated(text, label, pieces), start=1):
        yield replace(one, number=(*label.whole, rank)) if label.whole else one


def _stated(text: str, label: GoalLabel, pieces: Sequence[Piece]) -> Iterator[Stated]:
    own, below = pieces[0], pieces[1:]
    if label.end >= own.span.end:
        yield from listed(text, label, below)
        return
    behind = list(_behind(text, label, own.span.end))
    yield from behind
    if behind and (last := _marker_of(behind[-1])) and not label.number:
        yield from _goes_on(text, label, below, last)


def stated_in(text: str, cell: Span, level: Level) -> Iterator[Stated]:
    """Yield what a table cell states, behind a label, code or marker of its own."""
    label = label_at(text, cell.start, cell.end) or code_at(text, cell.start, cell.end)
    if label is None or label.level != level:
        label = GoalLabel(level=level, start=cell.start, end=cell.start)
    if label.end < cell.end:
        yield from _behind(text, label, cell.end)


def _marker_of(one: Stated) -> Marker | None:
    return marker_at(f"{one.marker} ", 0, len(one.marker) + 1)[0] if one.marker else None


def _behind(text: str, label: GoalLabel, end: int) -> Iterator[Stated]:
    """Yield what stands behind a label on its line: a list, or one statement."""
    if items := _inline(text, label, end):
        yield from items
        return
    stop = end if label.certain else first_sentence_end(text, Span(label.end, end))
    marker, begin = marker_at(text, label.end, stop)
    span = _statement(text, begin, stop)
    if span:
        yield Stated(
            level=label.level,
            span=span,
            marker=label.printed or (marker.text if marker else None),
            number=label.number or (numbers_in(marker.text) if marker else ()),
        )


def _inline(text: str, label: GoalLabel, end: int) -> list[Stated]:
    """Return the items of "1. … 2. …", "a. …; b. …" or "…; …; …" behind a label."""
    start = label.end if label.counted is None else label.counted
    if numbered := numbered_inside(text, Span(start, end)):
        places = [(one.marker, one.span) for one in numbered]
    elif lists := list(marked_lists(text, Span(label.end, end))):
        first = lists[0][0]
        if text[label.end : first.start].strip():
            return []
        places = [(item.marker, item.span) for item in lists[0]]
    else:
        places = [(None, span) for span in _between_semicolons(text, label.end, end)]
    spans = ((marker, _statement(text, span.start, span.end)) for marker, span in places)
    return [
        Stated(level=label.level, span=span, marker=marker, number=numbers_in(marker or ""))
        for marker, span in spans
        if span
    ]


def _between_semicolons(text: str, start: int, end: int) -> list[Span]:
    cuts = [at for at in range(start, end) if text[at] == ";"]
    bounds = zip((start, *(cut + 1 for cut in cuts)), (*cuts, end), strict=True)
    spans = [span for bound in bounds if (span := Span.stripped(text, *bound))]
    several = len(spans) > 1 and all(opens_like_a_goal(text, span) for span in spans)
    return spans if several else []


def listed(text: str, label: GoalLabel, pieces: Sequence[Piece]) -> Iterator[Stated]:
    """Yield the list below a heading, over the sentences that lead to it."""
    for index, piece in enumerate(pieces[: _MOST_INTRODUCTIONS + 1]):
        if piece.marker:
            yield from _marked(text, label, pieces[index:])
            return
        if opens_like_a_goal(text, piece.span):
            yield from _plain(text, label, pieces[index:])
            return


def _plain(text: str, label: GoalLabel, pieces: Sequence[Piece]) -> Iterator[Stated]:
    """Yield unmarked lines, one statement each, while they begin as goals do."""
    opened = takewhile(lambda p: not p.marker and opens_like_a_goal(text, p.span), pieces)
    for piece in opened:
        if span := _statement(text, piece.span.start, piece.span.end):
            yield Stated(level=label.level, span=span)


def _marked(text: str, label: GoalLabel, pieces: Sequence[Piece]) -> Iterator[Stated]:
    """Yield the items that share the first one's marker style; under "both", parts nested too."""
    first = pieces[0].marker
    depth = len(numbers_in(first.text)) if first else 0
    last: Piece | None = None
    between = 0
    for piece in pieces:
        if piece.notes:
            continue
        if piece.marker is None:
            between += 1
            if between > _MOST_BETWEEN or last is None or last.marker is None:
                return
            continue
        if not between and _is_nested(piece, first, depth):
            if label.both:
                yield from _item(text, "objective", piece, part=True)
            continue
        counted = piece.marker.number is not None or piece.marker.style == _OUTLINE
        if not _follows(piece, first, last) or (between and not counted):
            return
        last, between = piece, 0
        yield from _item(text, label.level, piece)


def _is_nested(piece: Piece, first: Marker | None, depth: int) -> bool:
    """Tell whether an item is a point of the one before it: deeper, or of another style inside."""
    if piece.marker is None or first is None:
        return False
    if first.style == piece.marker.style == _OUTLINE:
        return len(numbers_in(piece.marker.text)) > depth
    return piece.marker.style != first.style and piece.level > 1


def _follows(piece: Piece, first: Marker | None, last: Piece | None) -> bool:
    """Tell whether an item goes on with the list: of its style, and counting on."""
    marker = piece.marker
    if marker is None or first is None or marker.style != first.style:
        return False
    if marker.style == _OUTLINE:
        return len(numbers_in(marker.text)) == len(numbers_in(first.text))
    before = last.marker.number if last and last.marker else None
    return before is None or marker.number is None or before < marker.number <= before + 2


def _goes_on(
    text: str, label: GoalLabel, pieces: Sequence[Piece], last: Marker
) -> Iterator[Stated]:
    """Yield the items below that count on from the one on the label's line."""
    expected = (last.number or 0) + 1
    for piece in pieces:
        marker = piece.marker
        if marker is None or marker.style != last.style or marker.number != expected:
            return
        expected += 1
        yield from _item(text, label.level, piece)


def _item(text: str, level: Level, piece: Piece, *, part: bool = False) -> Iterator[Stated]:
    span = _statement(text, piece.span.start, piece.span.end)
    if span and piece.marker:
        yield Stated(
            level=level,
            span=span,
            marker=piece.marker.text,
            number=numbers_in(piece.marker.text),
            part=part,
        )


def _statement(text: str, start: int, end: int) -> Span | None:
    """Return the wording of a goal; of a very long one the first sentence."""
    leads_on = _LEADS_ON.search(text, max(start, end - 60), end) if start < end else None
    end = leads_on.start() if leads_on else end
    span = statement_span(text, start, end) if start < end else None
    if span is None or _NO_GOAL.match(text, span.start, span.end):
        return None
    if word_count(text, span) > _LONGEST:
        span = statement_span(text, span.start, first_sentence_end(text, span))
    if span is None or word_count(text, span) > _LONGEST or not _WORD.search(span.of(text)):
        return None
    return without_conjunction(text, span)
