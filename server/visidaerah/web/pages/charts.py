"""The answer of a question as pictures where these fit: bars for counts, a map for provinces."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from visidaerah.web.pages.pictures import MOST_BARS, Bar, amount, name_of, written
from visidaerah.web.pages.results import column_name
from visidaerah.web.pages.tiles import map_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visidaerah.store import Term
    from visidaerah.web.pages.reader import Reader
    from visidaerah.web.pages.tiles import TileMap
    from visidaerah.web.site import Results

    Row = dict[str, Term | None]

COUNTS = {
    "elements": "plan",
    "statements": "plan",
    "otherStatements": "otherPlan",
    "found": "plan",
    "declared": "plan",
}
"""The variables of saved queries that count, each with the one that says of which plan.

Other numbers are positions, codes or years.
"""

MOST_CHARTS = 6


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars under a heading."""

    caption: str
    bars: tuple[Bar, ...]


def charts(reader: Reader, results: Results) -> tuple[Chart, ...]:
    """Return the counts of an answer as bars, a chart for each plan; none where these are many."""
    rows, found = rows_of(results), []
    for count in (name for name in results.variables if name in COUNTS):
        by_plan: dict[Term | None, list[Row]] = {}
        for row in rows:
            by_plan.setdefault(row.get(COUNTS[count]), []).append(row)
        found += [_chart(reader, members, count, plan) for plan, members in by_plan.items()]
    drawn = tuple(chart for chart in found if 1 < len(chart.bars) <= MOST_BARS)
    return drawn if len(drawn) <= MOST_CHARTS and results.total == len(rows) else ()


def rows_of(results: Results) -> list[Row]:
    """Return the rows of an answer by the names of their columns."""
    return [dict(zip(results.variables, row, strict=True)) for row in results.rows]


def _chart(reader: Reader, rows: Sequence[Row], count: str, plan: Term | None) -> Chart:
    names = list(_varying(rows))
    drawn = [row for row in rows if amount(row[count]) >= 0]
    longest = max((amount(row[count]) for row in drawn), default=0)
    bars = (
        Bar(
            " · ".join(name_of(reader, row[name]) for name in names),
            written(reader, row[count]),
            round(100 * amount(row[count]) / longest) if longest else 0,
        )
        for row in drawn
    )
    words = [column_name(reader, count), *([name_of(reader, plan)] if plan else [])]
    return Chart(": ".join(words), tuple(bars))


def _varying(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the columns with things that are not the same in all rows."""
    for name in rows[0] if rows else ():
        values = {row[name] for row in rows}
        if len(values) > 1 and any(isinstance(value, NamedNode) for value in values):
            yield name


def province_map(reader: Reader, results: Results) -> TileMap | None:
    """Return how many plans each province of an answer has, None where it names none."""
    if not {"province", "plan"} <= set(results.variables):
        return None
    pairs = {(row["province"], row["plan"]) for row in rows_of(results)}
    known = (province.value for province, _ in pairs if isinstance(province, NamedNode))
    return map_of(reader, Counter(known))
