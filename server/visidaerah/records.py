"""Records: a plan as the JSON of `extract`, offsets into the document's text, end excluded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from visidaerah.documents import Document
    from visidaerah.sectors import SectorJudgement
    from visidaerah.spans import Span
    from visidaerah.statements.model import (
        Component,
        Facet,
        Foundation,
        GlossaryTerm,
        Goal,
        Mission,
        Period,
        Pillar,
        Plan,
        RegionMention,
    )

Record: TypeAlias = dict[str, Any]
Judgements: TypeAlias = "Mapping[str, tuple[SectorJudgement, ...]]"


def to_record(
    document: Document,
    plan: Plan,
    judgements: Judgements,
    words: Mapping[str, str],
) -> Record:
    """Return what a document states as values that JSON can write.

    `judgements` are the sectors of each element by its path ("mission/1"). `sectors_by_mission`
    tells those that are published and have a word in `words` ("1.01": "pendidikan");
    `sector_judgements` tells all of every element.
    `period` is the pair of years (either may be null) or null where the text states none.
    """
    text = document.text
    return {
        "document": document.slug,
        "sha256": document.sha256,
        "region": _region(text, plan.region),
        "plan_type": plan.plan_type.code if plan.plan_type else None,
        "period": _years(plan.period),
        "duration_years": plan.period.duration_years if plan.period else None,
        "vision": _quote(text, plan.vision.span) if plan.vision else None,
        "other_visions": [_quote(text, vision.span) for vision in plan.other_visions],
        "pillars": [_pillar(text, n, pillar) for n, pillar in enumerate(plan.pillars, 1)],
        "missions": [_mission(text, n, mission) for n, mission in enumerate(plan.missions, 1)],
        "goals": _goals(text, plan.goals, "goal"),
        "objectives": _goals(text, plan.goals, "objective"),
        "sectors_by_mission": _sectors(plan.missions, judgements, words),
        "sector_judgements": _judged(judgements),
        "declared_counts": [
            {"of": count.of, "value": count.value, **_quote(text, count.span)}
            for count in plan.counts
        ],
        "terms": [_term(text, term) for term in plan.terms],
        "foundations": [_foundation(text, foundation) for foundation in plan.foundations],
        "establishment": _establishment(text, plan),
        "service": _quote(text, plan.service) if plan.service else None,
    }


def _quote(text: str, span: Span) -> Record:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def _explained(text: str, span: Span | None) -> Record:
    """Return a pillar's place: its explanation, null where it is only listed."""
    if span is None:
        return {"start": None, "end": None, "text": None}
    return _quote(text, span)


def _region(text: str, region: RegionMention | None) -> Record | None:
    if region is None:
        return None
    place = {"start": region.span.start, "end": region.span.end} if region.span else {}
    return {
        "name": _name_as_printed(text, region),
        "type": region.kind,
        "code": region.code,
        "agency": region.agency,
        **place,
    }


def _name_as_printed(text: str, region: RegionMention) -> str:
    """Return the name with the blanks and hyphens that the text has in it, if it differs in these.

    The code tells which region it is: "Tanjungpinang" is 21.72, "Tanjung Pinang".
    """
    words = region.span.of(text).split() if region.span else []
    tails = (" ".join(words[first:]) for first in range(len(words)))
    printed = next((tail for tail in tails if _letters(tail) == _letters(region.name)), region.name)
    return printed.title() if printed.isupper() or printed.islower() else printed


def _letters(name: str) -> str:
    return "".join(filter(str.isalpha, name.casefold()))


def _years(period: Period | None) -> list[int | None] | None:
    if period is None or period.start_year is period.end_year is None:
        return None
    return [period.start_year, period.end_year]


def _pillar(text: str, order: int, pillar: Pillar) -> Record:
    named = pillar.named_in_vision
    return {
        "order": order,
        "label": " ".join(pillar.span.of(text).split()),
        **_explained(text, pillar.explanation),
        "marker": pillar.marker,
        "label_span": _quote(text, pillar.span),
        "named_in_vision": _quote(text, named) if named else None,
        "components": [_component(text, component) for component in pillar.components],
        "facets": [_facet(text, facet) for facet in pillar.facets],
    }


def _mission(text: str, order: int, mission: Mission) -> Record:
    return {
        "order": order,
        **_quote(text, mission.span),
        "marker": mission.marker,
        "explanation": _quote(text, mission.explanation) if mission.explanation else None,
        "components": [_component(text, component) for component in mission.components],
        "facets": [_facet(text, facet) for facet in mission.facets],
    }


def _component(text: str, component: Component) -> Record:
    return {
        "kind": str(component.kind),
        **_quote(text, component.span),
        "marker": component.marker,
        "explanation": _quote(text, component.explanation) if component.explanation else None,
        "components": [_component(text, part) for part in component.components],
        "facets": [_facet(text, facet) for facet in component.facets],
    }


def _facet(text: str, facet: Facet) -> Record:
    return {"kind": str(facet.kind), **_quote(text, facet.span)}


def _goals(text: str, goals: Iterable[Goal], level: str) -> list[Record]:
    chosen = (goal for goal in goals if goal.level == level)
    return [
        {
            "order": order,
            **_quote(text, goal.span),
            "marker": goal.marker,
            "mission": goal.mission,
            "goal": goal.goal,
        }
        for order, goal in enumerate(chosen, 1)
    ]


def _sectors(
    missions: Sequence[Mission], judgements: Judgements, words: Mapping[str, str]
) -> dict[str, list[str]]:
    return {
        str(order): sorted(
            words[judged.sector]
            for judged in judgements.get(f"mission/{order}", ())
            if judged.is_published and judged.sector in words
        )
        for order in range(1, len(missions) + 1)
    }


def _judged(judgements: Judgements) -> list[Record]:
    return [
        {
            "element": path,
            "sector": judgement.sector,
            "confidence": float(judgement.confidence),
            "method": judgement.method,
            "evidence": [{"start": span.start, "end": span.end} for span in judgement.evidence],
        }
        for path, judged in judgements.items()
        for judgement in judged
    ]


def _term(text: str, term: GlossaryTerm) -> Record:
    return {
        **_quote(text, term.span),
        "expansion": _quote(text, term.expansion) if term.expansion else None,
        "definition": _quote(text, term.definition) if term.definition else None,
    }


def _foundation(text: str, foundation: Foundation) -> Record:
    return {
        "pillars": list(foundation.pillars),
        "founded_on": list(foundation.founded_on),
        **_quote(text, foundation.span),
    }


def _establishment(text: str, plan: Plan) -> Record | None:
    if plan.establishment is None:
        return None
    return {
        **_quote(text, plan.establishment.span),
        "offices": [
            {"title": office.title, **_quote(text, office.span)}
            for office in plan.establishment.offices
        ],
    }
