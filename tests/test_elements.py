"""A plan's elements have paths that follow the order of the text."""

from __future__ import annotations

from itertools import count

from visidaerah.elements import elements_of
from visidaerah.spans import Span
from visidaerah.statements.model import (
    Component,
    ComponentKind,
    Goal,
    Mission,
    Pillar,
    Plan,
    Vision,
)

PLACES = count()


def place() -> Span:
    start = next(PLACES) * 10
    return Span(start, start + 5)


def component(kind: ComponentKind, *parts: Component) -> Component:
    return Component(kind=kind, span=place(), components=parts)


def paths(plan: Plan) -> list[str]:
    return [element.path for element in elements_of(plan)]


def test_components_are_numbered_among_the_siblings_of_their_kind() -> None:
    measure = component(ComponentKind.MEASURE)
    pillar = Pillar(
        span=place(),
        components=(
            component(ComponentKind.DIMENSION, measure, measure),
            component(ComponentKind.PRINCIPLE),
            component(ComponentKind.DIMENSION, measure),
        ),
    )
    assert paths(Plan(pillars=(pillar,))) == [
        "pillar/1",
        "pillar/1/dimension/1",
        "pillar/1/dimension/1/measure/1",
        "pillar/1/dimension/1/measure/2",
        "pillar/1/principle/1",
        "pillar/1/dimension/2",
        "pillar/1/dimension/2/measure/1",
    ]


def test_a_second_vision_has_a_number_the_first_has_none() -> None:
    plan = Plan(vision=Vision(span=place()), other_visions=(Vision(span=place()),))
    assert paths(plan) == ["vision", "vision/2"]


def test_pillars_hang_on_the_vision_that_they_resolve() -> None:
    pillars = (Pillar(span=place()),)
    resolved = elements_of(Plan(vision=Vision(span=place()), pillars=pillars))
    assert [element.parent for element in resolved] == ["", "vision"]
    assert [element.parent for element in elements_of(Plan(pillars=pillars))] == [""]


def test_goals_hang_on_their_mission_and_objectives_on_their_goal() -> None:
    goals = (
        Goal(level="goal", span=place(), mission=1),
        Goal(level="objective", span=place(), mission=1, goal=1),
        Goal(level="goal", span=place(), mission=2),
        Goal(level="objective", span=place(), mission=2, goal=2),
        Goal(level="objective", span=place(), mission=2, goal=2),
        Goal(level="goal", span=place()),
        Goal(level="objective", span=place()),
    )
    plan = Plan(missions=(Mission(span=place()), Mission(span=place())), goals=goals)
    elements = list(elements_of(plan))[2:]
    assert [(element.path, element.parent, element.position) for element in elements] == [
        ("mission/1/goal/1", "mission/1", 1),
        ("mission/1/goal/1/objective/1", "mission/1/goal/1", 1),
        ("mission/2/goal/1", "mission/2", 1),
        ("mission/2/goal/1/objective/1", "mission/2/goal/1", 1),
        ("mission/2/goal/1/objective/2", "mission/2/goal/1", 2),
        ("goal/1", "", 1),
        ("objective/1", "", 1),
    ]


def test_an_empty_plan_has_no_elements() -> None:
    assert paths(Plan()) == []
