"""What a document states: vision, pillars, missions and the rest, each with its span."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visidaerah.spans import Span
from visidaerah.statements.choice import Choice, chosen
from visidaerah.statements.counts import declared_counts
from visidaerah.statements.establishments import establishment_of
from visidaerah.statements.gazetteer import Gazetteer
from visidaerah.statements.goals import goals_of
from visidaerah.statements.missions import mission_lists
from visidaerah.statements.model import Plan, Vision
from visidaerah.statements.outline import Passage, index_at, leads_in, outline_of
from visidaerah.statements.owners import Surroundings, owner_of
from visidaerah.statements.parts import with_parts
from visidaerah.statements.periods import period_of
from visidaerah.statements.pillars import explained_later, pillars_of
from visidaerah.statements.plan_types import plan_type_of
from visidaerah.statements.visions import vision_candidates
from visidaerah.statements.wording import statement_span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visidaerah.documents import Document
    from visidaerah.regions import Region
    from visidaerah.statements.model import Pillar

_CLOSING = ' \t\r\xa0.,;:”"“'
_LONGEST_REST = 60

__all__ = ["Gazetteer", "read_plan"]


def read_plan(document: Document, regions: Gazetteer | Sequence[Region]) -> Plan:
    """Read what a document states; a text that states nothing gives an empty plan.

    Whoever reads many documents makes the gazetteer once: `Gazetteer.of(regions)`.
    """
    gazetteer = regions if isinstance(regions, Gazetteer) else Gazetteer.of(regions)
    text = document.text
    passages = outline_of(text)
    visions = vision_candidates(text, passages)
    choice = chosen(text, passages, visions, mission_lists(text, passages, visions))
    if choice.vision is None and choice.missions is None:
        return Plan()
    return with_parts(text, _plan(text, passages, choice, gazetteer))


def _plan(text: str, passages: Sequence[Passage], choice: Choice, gazetteer: Gazetteer) -> Plan:
    vision = choice.vision.span if choice.vision else None
    missions = choice.missions.missions if choice.missions else ()
    headings = _headings(passages, choice)
    leads = _leads(text, passages, choice)
    return Plan(
        region=owner_of(
            text,
            gazetteer,
            Surroundings(
                leads=leads, vision=vision, titles=headings, missions=[m.span for m in missions]
            ),
        ),
        plan_type=plan_type_of(text, leads, headings),
        period=period_of(text, [*leads, *headings], vision),
        establishment=establishment_of(text, leads),
        vision=Vision(span=vision) if vision else None,
        other_visions=tuple(Vision(span=v.span) for v in choice.others),
        pillars=_pillars(text, passages, choice),
        missions=missions,
        goals=goals_of(text, passages),
        counts=declared_counts(text, [p.span for p in passages if leads_in(p)]),
        service=_service(text, choice),
    )


def _line_rest(text: str, vision: Span) -> list[Span]:
    """Return what stands behind the vision on its last line: years glued to it."""
    end = text.find("\n", vision.end)
    rest = Span.stripped(text, vision.end, end if end >= 0 else len(text), _CLOSING)
    return [rest] if rest and rest.end - rest.start < _LONGEST_REST else []


def _leads(text: str, passages: Sequence[Passage], choice: Choice) -> list[Span]:
    """Return what introduces the vision and the missions, with the blocks between."""
    found = []
    if choice.vision:
        first = index_at(passages, choice.vision.lead.start)
        found.append(choice.vision.lead)
        found += _line_rest(text, choice.vision.span)
        found += [p.span for p in passages[first : choice.vision.first]]
        found += [p.span for p in passages[choice.vision.last + 1 :][:3] if leads_in(p)]
    if choice.missions:
        found.append(choice.missions.lead)
    return found


def _headings(passages: Sequence[Passage], choice: Choice) -> list[Span]:
    """Return the title lines of the plan: what stands shortly before the vision, and captions."""
    first = (
        choice.vision.first if choice.vision else choice.missions.anchor if choice.missions else 0
    )
    last = choice.vision.last if choice.vision else first
    near = passages[max(0, first - 6) : first]
    after = passages[last + 1 : last + 2]
    titles = (
        p for p in reversed(near) if not p.block.marker and (p.count <= 25 or "visi" in p.words)
    )
    return [p.span for p in titles] + [
        p.span for p in after if p.count <= 10 and not p.block.marker
    ]


def _pillars(text: str, passages: Sequence[Passage], choice: Choice) -> tuple[Pillar, ...]:
    if choice.vision is None:
        return ()
    first, end = choice.vision.last + 1, len(passages)
    if choice.missions is None or choice.missions.anchor < first:
        return pillars_of(text, passages, choice.vision.span, first, end)
    found = pillars_of(text, passages, choice.vision.span, first, choice.missions.anchor)
    behind = choice.missions.last + 1
    return found or explained_later(text, passages, choice.vision.span, behind)


def _service(text: str, choice: Choice) -> Span | None:
    """Return the sentence that sets the missions to the vision, without its colon."""
    if choice.missions is None or "visi" not in choice.missions.lead.of(text).lower():
        return None
    return statement_span(text, choice.missions.lead.start, choice.missions.lead.end)
