"""A document with what was read from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from visidaerah.documents import Document
    from visidaerah.regions import Region
    from visidaerah.sectors import SectorJudgement
    from visidaerah.statements.model import (
        Plan,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document with what was read from it.

    `region` is the region of the plan, None where it is not one of the 552. `judgements` are the
    sectors of each element, by the element's path.
    """

    document: Document
    plan: Plan
    region: Region | None
    judgements: Mapping[str, tuple[SectorJudgement, ...]]
