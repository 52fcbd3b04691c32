"""Ties: goals belong to the mission, objectives to the goal, that place or number gives them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from visidaerah.statements.goal_labels import mission_behind
from visidaerah.statements.goal_pieces import folded
from visidaerah.statements.model import Goal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visidaerah.statements.goal_labels import Number
    from visidaerah.statements.goal_lists import Stated


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What one label announces; `mission` is the one that the label or its place names."""

    stated: tuple[Stated, ...]
    mission: int | None = None


@dataclass(frozen=True, slots=True)
class _Placed:
    """A statement with the mission it belongs to and the group it stands in."""

    stated: Stated
    mission: int | None
    group: int


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A goal with its 1-based number among the plan's; one stated again has the first's."""

    placed: _Placed
    number: int


class _Goals:
    """The goals so far, in order, by their printed numbers, and by their missions."""

    def __init__(self) -> None:
        self._all: list[_Numbered] = []
        self._by_number: defaultdict[Number, list[_Numbered]] = defaultdict(list)
        self._by_mission: defaultdict[int | None, list[_Numbered]] = defaultdict(list)

    def add(self, goal: _Numbered) -> None:
        self._all.append(goal)
        self._by_number[goal.placed.stated.number].append(goal)
        self._by_mission[goal.placed.mission].append(goal)

    def whole_of(self, one: _Placed) -> _Numbered | None:
        """Return the goal that an objective describes: by place, by number, or the only one."""
        return next((goal for goal in self._near(one) if _may_have(goal.placed, one)), None)

    def _near(self, one: _Placed) -> Sequence[_Numbered]:
        if one.stated.part:
            return self._last_of_group(one.group)
        if len(one.stated.number) > 1:
            return self._by_number.get(one.stated.number[:-1], [])[: -_NEAR - 1 : -1]
        own = self._by_mission.get(one.mission, []) if one.mission else []
        return own if len(own) == 1 else self._only_of_last_group()

    def _last_of_group(self, group: int) -> Sequence[_Numbered]:
        return [goal for goal in self._all[-1:] if goal.placed.group == group]

    def _only_of_last_group(self) -> Sequence[_Numbered]:
        last = self._all[-2:]
        alone = len({goal.placed.group for goal in last}) == len(last)
        return last[-1:] if alone else []


# Among how many goals of one number an objective looks for its own.
_NEAR = 50


def tied(text: str, groups: Sequence[Group], missions: int) -> tuple[Goal, ...]:
    """Return the goals and objectives in order, each with its mission and goal, where known.

    `missions` is how many the plan has; a number above it is none of theirs. What is stated twice
    comes once, where it stands first.
    """
    goals = _Goals()
    found: list[Goal] = []
    numbers: dict[int, int] = {}
    worded: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for one in _placed(text, groups, missions):
        goal = _goal(one, goals.whole_of(one) if one.stated.level == "objective" else None)
        places = worded[goal.level, folded(text, goal.span)]
        same = next((n for n in places if _may_be_same(found[n], goal)), None)
        if same is None:
            same = len(found)
            places.append(same)
            found.append(goal)
        else:
            found[same] = _completed(found[same], goal)
        if goal.level == "goal":
            goals.add(_Numbered(one, numbers.setdefault(same, len(numbers) + 1)))
    return tuple(found)


def _goal(one: _Placed, whole: _Numbered | None) -> Goal:
    return Goal(
        level=one.stated.level,
        span=one.stated.span,
        marker=one.stated.marker,
        mission=one.mission or (whole.placed.mission if whole else None),
        goal=whole.number if whole else None,
    )


def _may_be_same(first: Goal, again: Goal) -> bool:
    """Tell whether alike statements are of the same whole, as far as that is known."""
    wholes = ((first.mission, again.mission), (first.goal, again.goal))
    return all(None in whole or whole[0] == whole[1] for whole in wholes)


def _completed(first: Goal, again: Goal) -> Goal:
    mission, goal = first.mission or again.mission, first.goal or again.goal
    return replace(first, mission=mission, goal=goal)


def _placed(text: str, groups: Sequence[Group], missions: int) -> Iterator[_Placed]:
    numbered = _missions_in_numbers(groups, missions)
    for index, group in enumerate(groups):
        for one in group.stated:
            first = one.number[0] if numbered and len(one.number) > 1 else None
            named = mission_behind(text, one.span) or group.mission
            yield _Placed(one, named if named and named <= missions else first, index)


def _missions_in_numbers(groups: Sequence[Group], missions: int) -> bool:
    """Tell whether "1.2" means the second goal of mission 1: all begin with missions' numbers.

    Those of a text that counts its sections so begin with one number only.
    """
    goals = [one.number for group in groups for one in group.stated if one.level == "goal"]
    firsts = {number[0] for number in goals if len(number) > 1}
    if not firsts or not all(len(number) > 1 for number in goals):
        return False
    several = len(firsts) > 1 or missions == 1
    return several and min(firsts) == 1 and max(firsts) <= missions


def _may_have(goal: _Placed, one: _Placed) -> bool:
    return goal.mission == one.mission or goal.mission is None or one.mission is None
