"""Goals (tujuan) and objectives (sasaran): under labels, in tables, of the plan or a mission."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from visidaerah.statements.goal_fields import GoalField, fields_of
from visidaerah.statements.goal_labels import GoalLabel
from visidaerah.statements.goal_lists import listed, stated_under
from visidaerah.statements.goal_pieces import folded, pieces_of
from visidaerah.statements.goal_tables import tables_of
from visidaerah.statements.goal_ties import Group, tied
from visidaerah.statements.wording import statement_span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from visidaerah.spans import Span
    from visidaerah.statements.choice import Choice
    from visidaerah.statements.goal_lists import Stated
    from visidaerah.statements.goal_pieces import Piece
    from visidaerah.statements.model import Goal, Mission
    from visidaerah.statements.outline import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalsRead:
    """The goals and objectives of a plan, and where the labels that announce them begin.

    `fields` are the places of a dump that hold goals and nothing else.
    """

    goals: tuple[Goal, ...] = ()
    labels: tuple[int, ...] = ()
    fields: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """A label with what stands below it, up to the next heading.

    `by_place` tells that only its place, below the mission's own words, gives it its mission.
    """

    label: GoalLabel
    pieces: Sequence[Piece]
    mission: int | None
    by_place: bool


# What a text without goals does not have: their nouns, or the code of a first goal.
_ANNOUNCED = re.compile(r"tujuan|sasaran|t[.\s-]?1\b")


def goals_of(text: str, passages: Sequence[Passage], choice: Choice) -> GoalsRead:
    """Return the goals and objectives stated with the chosen vision and missions, in order."""
    if not _ANNOUNCED.search(text.lower()):
        return GoalsRead()
    fields = fields_of(text)
    missions = tuple(_apart(choice.missions.missions if choice.missions else (), fields))
    within = _within(text, passages, choice)
    tables = tables_of(text, within, missions)
    places = sorted([*(table.span for table in tables), *(field.span for field in fields)])
    prose = [one for one in within if not _touches(one.span, places)]
    sections = list(_sections(pieces_of(text, prose, missions), len(missions)))
    announced = [
        (section.label.start, Group(stated=stated, mission=section.mission))
        for section in sections
        if (stated := tuple(_stated(text, section, missions)))
    ]
    fielded = [(field.span.start, _group(text, field, within)) for field in fields]
    tabled = [(table.span.start, group) for table in tables for group in table.groups]
    groups = [group for _, group in sorted([*announced, *fielded, *tabled], key=lambda one: one[0])]
    return GoalsRead(
        goals=tied(text, groups, len(missions)),
        labels=tuple(sorted(start for start, _ in announced)),
        fields=tuple(field.span for field in fields),
    )


def _apart(missions: Iterable[Mission], fields: Sequence[GoalField]) -> Iterator[Mission]:
    """Yield the missions that are not in a field of goals."""
    places = [field.span for field in fields]
    return (mission for mission in missions if not _touches(mission.span, places))


def _group(text: str, field: GoalField, passages: Sequence[Passage]) -> Group:
    """Return what a field of a dump states."""
    label = GoalLabel(level=field.level, start=field.span.start, end=field.span.start)
    first = bisect_right(passages, field.span.start, key=lambda passage: passage.span.end)
    last = bisect_left(passages, field.span.end, key=lambda passage: passage.span.start)
    pieces = pieces_of(text, passages[first:last], ())
    return Group(stated=tuple(listed(text, label, pieces)))


def _stated(text: str, section: _Section, missions: Sequence[Mission]) -> Iterator[Stated]:
    """Yield what a section states, where no mission is stated."""
    places = [mission.span for mission in missions]
    for one in stated_under(text, section.label, section.pieces):
        if not _touches(one.span, places):
            yield one


def _touches(span: Span, places: Sequence[Span]) -> bool:
    """Tell whether a span shares a character with one of several, which are in order."""
    before = bisect_left(places, span.end, key=lambda place: place.start)
    return before > 0 and places[before - 1].end > span.start


def without_goals(text: str, missions: Iterable[Mission], read: GoalsRead) -> Iterator[Mission]:
    """Yield the missions, their explanations ending where goals are announced in them."""
    labels = read.labels
    for mission in missions:
        if _touches(mission.span, read.fields):
            continue
        place = mission.explanation
        first = bisect_left(labels, place.start) if place else len(labels)
        if place is None or first == len(labels) or labels[first] >= place.end:
            yield mission
            continue
        label = labels[first]
        rest = statement_span(text, place.start, label) if place.start < label else None
        yield replace(mission, explanation=rest)


def _within(text: str, passages: Sequence[Passage], choice: Choice) -> list[Passage]:
    """Return the blocks from the plan's beginning up to another vision behind its missions."""
    places = [one.lead.start for one in (choice.vision, choice.missions) if one]
    last = choice.missions.missions[-1].span.end if choice.missions else 0
    own = folded(text, choice.vision.span) if choice.vision else ""
    others = (
        one.lead.start
        for one in choice.others
        if one.lead.start > last and folded(text, one.span) != own
    )
    begin, end = min(places), min(others, default=len(text))
    return [one for one in passages if one.span.end > begin and one.span.start < end]


def _sections(pieces: Sequence[Piece], missions: int) -> Iterator[_Section]:
    """Yield the labels with what stands below them and the mission they stand under.

    Standing below the last mission's own words tells nothing, unless others have theirs likewise.
    """
    found = list(_labelled(pieces))
    between = any(section.by_place and section.mission != missions for section in found)
    for section in found:
        loose = section.by_place and not between
        yield replace(section, mission=None) if loose else section


def _labelled(pieces: Sequence[Piece]) -> Iterator[_Section]:
    """Yield each label, and each name of a mission below a bare one ("TUJUAN", "Misi 1", …)."""
    mission, own = None, False
    bare: GoalLabel | None = None
    starts = [index for index, piece in enumerate(pieces) if piece.parts]
    for first, end in pairwise([*starts, len(pieces)]):
        piece, label = pieces[first], pieces[first].label
        if piece.mission:
            mission, own = piece.mission, piece.own
        if label:
            whole = label.mission or mission
            by_place = label.mission is None and own
            yield _Section(label=label, pieces=pieces[first:end], mission=whole, by_place=by_place)
            bare = label if end == first + 1 and label.end >= piece.span.end else None
        elif bare and piece.mission and not own:
            label = GoalLabel(
                level=bare.level,
                both=bare.both,
                start=piece.span.start,
                end=piece.rest or piece.span.end,
            )
            yield _Section(label=label, pieces=pieces[first:end], mission=mission, by_place=False)
        else:
            bare = None
