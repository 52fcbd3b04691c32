"""How many statements of each plan concern each sector, counted once for a release."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from visidaerah.store import Store

STATEMENTS = """\
SELECT ?plan ?sector (COUNT(DISTINCT ?element) AS ?statements) WHERE {
  ?plan a vd:DevelopmentPlan ; vd:hasElement ?element .
  ?element vd:hasSectorAssignment/vd:assignedSector ?sector .
}
GROUP BY ?plan ?sector"""

MISSIONS = """\
SELECT ?plan ?sector (COUNT(DISTINCT ?element) AS ?statements) WHERE {
  ?plan a vd:DevelopmentPlan ; vd:hasMission ?element .
  ?element vd:hasSectorAssignment/vd:assignedSector ?sector .
}
GROUP BY ?plan ?sector"""

COUNTED: dict[str, str] = {"statements": STATEMENTS, "missions": MISSIONS}
"""What can be counted, and the query that counts it."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts by sector, then by plan; what is not counted is 0."""

    by_sector: Mapping[NamedNode, Mapping[NamedNode, int]]

    def count(self, sector: NamedNode, plan: NamedNode) -> int:
        """Return how many statements of a plan concern a sector."""
        return self.by_sector.get(sector, {}).get(plan, 0)

    def of(self, sector: NamedNode, plans: Iterable[NamedNode]) -> tuple[int, ...]:
        """Return how many statements of each of the plans concern a sector."""
        counts = self.by_sector.get(sector, {})
        return tuple(counts.get(plan, 0) for plan in plans)

    @property
    def plans(self) -> frozenset[NamedNode]:
        """The plans with a statement that concerns a sector."""
        return frozenset(plan for counts in self.by_sector.values() for plan in counts)


def tally(store: Store, query: str) -> Tally:
    """Count by a query of `COUNTED`."""
    counts: dict[NamedNode, dict[NamedNode, int]] = defaultdict(dict)
    for row in store.select(query):
        sector, plan, number = row.get("sector"), row.get("plan"), row["statements"]
        if isinstance(sector, NamedNode) and isinstance(plan, NamedNode):
            counts[sector][plan] = int(number.value) if isinstance(number, Literal) else 0
    return Tally(dict(counts))
