"""A plan's pillars and missions come with their components and facets, its terms, foundations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from visidaerah.statements.components import mission_parts, pillar_parts
from visidaerah.statements.foundations import foundations
from visidaerah.statements.terms import glossary_terms

if TYPE_CHECKING:
    from visidaerah.statements.model import Mission, Pillar, Plan


def with_parts(text: str, plan: Plan) -> Plan:
    """Return the plan with all that its vision, pillars and missions state within their wording."""
    explained = [pillar.explanation for pillar in plan.pillars if pillar.explanation]
    vision = [plan.vision.span] if plan.vision else []
    missions = [mission.span for mission in plan.missions]
    return replace(
        plan,
        pillars=tuple(_pillar(text, pillar) for pillar in plan.pillars),
        missions=tuple(_mission(text, mission) for mission in plan.missions),
        terms=glossary_terms(text, [*vision, *explained, *missions], plan.pillars),
        foundations=foundations(text, plan.vision.span, plan.pillars) if plan.vision else (),
    )


def _pillar(text: str, pillar: Pillar) -> Pillar:
    if pillar.explanation is None:
        return pillar
    parts = pillar_parts(text, pillar.explanation)
    return replace(pillar, components=parts.components, facets=parts.facets)


def _mission(text: str, mission: Mission) -> Mission:
    parts = mission_parts(text, mission.span)
    return replace(mission, components=parts.components, facets=parts.facets)
