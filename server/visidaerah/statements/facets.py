"""The facets of a pillar or mission that none of its components holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visidaerah.statements.components import mission_parts, pillar_parts

if TYPE_CHECKING:
    from visidaerah.spans import Span
    from visidaerah.statements.model import Facet


def pillar_facets(text: str, explanation: Span) -> tuple[Facet, ...]:
    """Return the facets that the explanation of a pillar states beside its components'."""
    return pillar_parts(text, explanation).facets


def mission_facets(text: str, mission: Span) -> tuple[Facet, ...]:
    """Return the facets that a mission states beside its components'."""
    return mission_parts(text, mission).facets
