"""A document with what was read from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from visidaerah.elements import Element, named_elements

if TYPE_CHECKING:
    from collections.abc import Mapping

    from visidaerah.documents import Document
    from visidaerah.regions import Region
    from visidaerah.sectors import SectorJudgement
    from visidaerah.statements.model import Plan


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A document with what was read from it.

    `region` is the region of the plan, None where it is not one of the 552. `judgements` are the
    sectors of each element, by the element's path.
    """

    document: Document
    plan: Plan
    region: Region | None
    judgements: Mapping[str, tuple[SectorJudgement, ...]]

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """The elements of the plan under their names, wholes before their parts."""
        return named_elements(self.plan, self.document.text, self.document.naming)

    def name_of(self, kind: str, position: int) -> str:
        """Return the name of the element of a kind at a place of the plan (1-based)."""
        own = (e for e in self.elements if e.kind == kind and e.position == position)
        return next(e.path for e in own)
