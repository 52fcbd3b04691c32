"""Goals and objectives: the items under the headings Tujuan and Sasaran."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from visidaerah.statements.model import Goal
from visidaerah.statements.outline import Cue, Passage
from visidaerah.statements.wording import statement_span, without_conjunction

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LEVELS: dict[Cue, Literal["goal", "objective"]] = {
    Cue.GOALS: "goal",
    Cue.OBJECTIVES: "objective",
}
_LONGEST = 60


def goals_of(text: str, passages: Sequence[Passage]) -> tuple[Goal, ...]:
    """Return the items under each heading of goals or objectives, in order."""
    found: list[Goal] = []
    for index, passage in enumerate(passages):
        level = _LEVELS.get(passage.cue) if passage.cue and passage.heads else None
        if level and not passage.block.span.of(text).isspace():
            found.extend(_items(text, passages, index + 1, level))
    return tuple(found)


def _items(
    text: str, passages: Sequence[Passage], first: int, level: Literal["goal", "objective"]
) -> Iterator[Goal]:
    """Yield the marked items from an index on, while their markers are of one style."""
    style: str | None = None
    for index in range(first, len(passages)):
        passage = passages[index]
        marker = passage.block.marker
        if marker is None or passage.heads or (style is not None and marker.style != style):
            return
        style = marker.style
        span = statement_span(text, passage.span.start, passage.span.end)
        if span is None or passage.count > _LONGEST:
            return
        yield Goal(level=level, span=without_conjunction(text, span), marker=marker.text)
