"""A plan as a flat sequence of elements, in reading order, each with the path that names it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, Literal

from visidaerah.naming import Naming, joined, numbers, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from visidaerah.spans import Span
    from visidaerah.statements.model import Component, Facet, Goal, Mission, Pillar, Plan, Vision

ElementKind = Literal[
    "vision",
    "pillar",
    "mission",
    "goal",
    "objective",
    "characteristic",
    "dimension",
    "means",
    "measure",
    "outcome",
    "principle",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A stated part of a plan, with its place in the whole.

    `path` names it below the plan ("pillar/3/dimension/4"); `parent` is the path of what it is
    part of, the vision for a pillar, empty for the plan itself; `position` is 1-based among the
    siblings of its kind, the number of its name unless it was named in an earlier text.
    """

    path: str
    parent: str
    kind: ElementKind
    position: int
    span: Span
    marker: str | None = None
    explanation: Span | None = None
    named_in_vision: Span | None = None
    facets: tuple[Facet, ...] = field(default=())

    @property
    def spans(self) -> tuple[Span, ...]:
        """The wording and, if there is one, its explanation."""
        return (self.span,) if self.explanation is None else (self.span, self.explanation)

    @property
    def own_words(self) -> tuple[Span, ...]:
        """The words that say what it concerns: of a mission its wording alone, of others all.

        What follows a mission (purpose, programmes, points) is about how it is carried out.
        """
        return (self.span,) if self.kind == "mission" else self.spans


def elements_of(plan: Plan) -> Iterator[Element]:
    """Yield every element of the plan, wholes before their parts."""
    for number, vision in enumerate(_visions(plan), start=1):
        path = "vision" if number == 1 else f"vision/{number}"
        yield Element(path=path, parent="", kind="vision", position=number, span=vision.span)
    resolved = "vision" if plan.vision else ""
    for number, pillar in enumerate(plan.pillars, start=1):
        yield from _with_components(pillar, "pillar", number, resolved, pillar.named_in_vision)
    for number, mission in enumerate(plan.missions, start=1):
        yield from _with_components(mission, "mission", number)
    yield from _goals(plan.goals)


def named_elements(plan: Plan, text: str, naming: Naming) -> tuple[Element, ...]:
    """Return the elements of the plan, those that were named before under the names they had."""
    elements = tuple(elements_of(plan))
    if not naming:
        return elements
    paths = _names(elements, text, naming)
    return tuple(replace(e, path=paths[e.path], parent=paths[e.parent]) for e in elements)


def _names(elements: Iterable[Element], text: str, naming: Naming) -> dict[str, str]:
    """Return the name of each element by its path: groups of wholes come before those of parts."""
    groups: defaultdict[str, list[Element]] = defaultdict(list)
    for element in elements:
        groups[split(element.path)[0]].append(element)
    past, highest = naming.groups(), naming.ever()
    names = {"": ""}
    for group, siblings in groups.items():
        whole, _, kind = group.rpartition("/")
        named = f"{names[whole]}/{kind}".lstrip("/")
        words = [wording(element, text) for element in siblings]
        found = numbers(named, words, past.get(named, ()), highest.get(named, 0))
        names |= {e.path: joined(named, n) for e, n in zip(siblings, found, strict=True)}
    return names


def wording(element: Element, text: str) -> str:
    """Return the words of an element, white space collapsed."""
    return " ".join(element.span.of(text).split())


def _visions(plan: Plan) -> tuple[Vision, ...]:
    return (plan.vision, *plan.other_visions) if plan.vision else ()


def _with_components(
    whole: Pillar | Mission,
    kind: Literal["pillar", "mission"],
    position: int,
    parent: str = "",
    named: Span | None = None,
) -> Iterator[Element]:
    path = f"{kind}/{position}"
    yield Element(
        path=path,
        parent=parent,
        kind=kind,
        position=position,
        span=whole.span,
        marker=whole.marker,
        explanation=whole.explanation,
        named_in_vision=named,
        facets=whole.facets,
    )
    yield from _components(path, whole.components)


def _components(parent: str, components: Iterable[Component]) -> Iterator[Element]:
    numbers: defaultdict[str, count[int]] = defaultdict(lambda: count(1))
    for component in components:
        position = next(numbers[component.kind.value])
        path = f"{parent}/{component.kind.value}/{position}"
        yield Element(
            path=path,
            parent=parent,
            kind=component.kind.value,
            position=position,
            span=component.span,
            marker=component.marker,
            explanation=component.explanation,
            facets=component.facets,
        )
        yield from _components(path, component.components)


def _goals(goals: Iterable[Goal]) -> Iterator[Element]:
    """Yield goals below their mission, objectives below their goal, where the text ties them."""
    numbers: defaultdict[str, count[int]] = defaultdict(lambda: count(1))
    paths: list[str] = []
    for goal in goals:
        parent = _whole_of(goal, paths)
        place = f"{parent}/{goal.level}".lstrip("/")
        position = next(numbers[place])
        path = f"{place}/{position}"
        if goal.level == "goal":
            paths.append(path)
        yield Element(
            path=path,
            parent=parent,
            kind=goal.level,
            position=position,
            span=goal.span,
            marker=goal.marker,
        )


def _whole_of(goal: Goal, goals: Sequence[str]) -> str:
    if goal.level == "objective" and goal.goal:
        return goals[goal.goal - 1]
    return f"mission/{goal.mission}" if goal.mission else ""
