"""What a document states: vision, pillars, missions and the rest, each with its span."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visidaerah.statements.books import passages_to_read
from visidaerah.statements.choice import Choice, chosen
from visidaerah.statements.counts import declared_counts
from visidaerah.statements.establishments import establishment_of
from visidaerah.statements.gazetteer import Gazetteer
from visidaerah.statements.goals import goals_of, without_goals
from visidaerah.statements.missions import mission_lists
from visidaerah.statements.model import Plan, Vision
from visidaerah.statements.outline import Passage, leads_in
from visidaerah.statements.owners import owner_of
from visidaerah.statements.parts import with_parts
from visidaerah.statements.periods import period_of
from visidaerah.statements.pillars import explained_later, pillars_in_rows, pillars_of
from visidaerah.statements.plan_types import plan_type_of
from visidaerah.statements.surroundings import surroundings_of
from visidaerah.statements.visions import vision_candidates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visidaerah.documents import Document
    from visidaerah.statements.model import Pillar

__all__ = ["Gazetteer", "read_plan"]


def read_plan(document: Document, gazetteer: Gazetteer) -> Plan:
    """Read what a document states; a text that states nothing gives an empty plan.

    The gazetteer is made once for all documents: `Gazetteer.of(regions)`.
    """
    text = document.text
    passages = passages_to_read(text)
    visions = vision_candidates(text, passages)
    choice = chosen(text, passages, visions, mission_lists(text, passages, visions))
    if choice.vision is None and choice.missions is None:
        return Plan()
    return with_parts(text, _plan(text, passages, choice, gazetteer))


def _plan(text: str, passages: Sequence[Passage], choice: Choice, gazetteer: Gazetteer) -> Plan:
    places = surroundings_of(text, passages, choice)
    period = period_of(text, places)
    missions = choice.missions.missions if choice.missions else ()
    read = goals_of(text, passages, choice)
    return Plan(
        region=owner_of(text, gazetteer, places),
        plan_type=plan_type_of(text, places, period),
        period=period,
        establishment=establishment_of(text, places.leads),
        vision=Vision(span=choice.vision.span) if choice.vision else None,
        other_visions=tuple(Vision(span=other.span) for other in choice.others),
        pillars=_pillars(text, passages, choice),
        missions=tuple(without_goals(text, missions, read)),
        goals=read.goals,
        counts=declared_counts(text, (p.span for p in passages if leads_in(p))),
        service=places.service,
    )


def _pillars(text: str, passages: Sequence[Passage], choice: Choice) -> tuple[Pillar, ...]:
    """Return the pillars between the vision and the missions, or else behind the missions."""
    if choice.vision is None:
        return pillars_in_rows(text, passages)
    vision, first = choice.vision.span, choice.vision.last + 1
    end = _begin_of_missions(passages, choice, first)
    between = pillars_of(text, passages, vision, first, end)
    if between or choice.missions is None or end == len(passages):
        return between
    later = explained_later(text, passages, vision, choice.missions.last + 1)
    return later or pillars_in_rows(text, passages)


def _begin_of_missions(passages: Sequence[Passage], choice: Choice, first: int) -> int:
    """Return the index of the block with which the missions begin, behind a block `first`."""
    if choice.missions is None or choice.missions.last < first:
        return len(passages)
    return max(choice.missions.anchor, first)
