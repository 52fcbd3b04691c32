"""The facets of a pillar or mission that none of its components holds."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from visidaerah.statements.components import mission_components, pillar_components
from visidaerah.statements.details import mission_details, pillar_details

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from visidaerah.spans import Span
    from visidaerah.statements.model import Component, Facet


def pillar_facets(text: str, explanation: Span) -> tuple[Facet, ...]:
    """Return the facets that the explanation of a pillar states beside its components'."""
    held = set(_held(pillar_components(text, explanation)))
    return tuple(facet for facet in pillar_details(text, explanation) if facet not in held)


def mission_facets(text: str, mission: Span) -> tuple[Facet, ...]:
    """Return the facets that a mission states beside its components'."""
    held = set(_held(mission_components(text, mission)))
    return tuple(facet for facet in mission_details(text, mission) if facet not in held)


def _held(components: Iterable[Component]) -> Iterator[Facet]:
    for component in components:
        yield from chain(component.facets, _held(component.components))
