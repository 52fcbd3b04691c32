"""Plans side by side: how many statements of each concern each sector."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from visidaerah.web.pages.behind import standing_alone
from visidaerah.web.pages.choosing import short_name
from visidaerah.web.pages.resource import within
from visidaerah.web.pages.sectors import code, members
from visidaerah.web.pages.tallies import COUNTED
from visidaerah.web.pages.terms import Link, Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import NamedNode

    from visidaerah.web.pages.reader import Reader
    from visidaerah.web.pages.tallies import Tally

COLUMNS = 8
"""Plans that a page shows side by side; the files have all."""

SHADES = 4
"""Strengths of the colour of a cell: one count in the strongest is the most there is."""

NAMED_AT_MOST = 100
"""Up to so many plans are named in the query behind the page; above, it is about all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorCounts:
    """A sector of a group, with how many statements of each plan compared concern it."""

    node: NamedNode
    link: Link
    code: str | None
    group: Link
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many statements of all the plans concern it."""
        return sum(self.counts)

    @property
    def plans(self) -> int:
        """How many of the plans touch it."""
        return sum(map(bool, self.counts))


@dataclass(frozen=True, slots=True)
class Cell:
    """A count, the strength of its colour, and the address that lists the statements."""

    count: int
    shade: int
    href: str


@dataclass(frozen=True, slots=True)
class SectorRow:
    """A sector as a row of the page, with a cell for each plan that the page shows."""

    sector: SectorCounts
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A page of plans compared, its sectors by group; none of all plans touches `untouched`."""

    plans: tuple[Link, ...]
    groups: tuple[tuple[Link, tuple[SectorRow, ...]], ...]
    untouched: tuple[SectorCounts, ...]
    total: int
    page: int
    pages: int
    query: str


def sector_counts(
    reader: Reader, tally: Tally, plans: Sequence[NamedNode]
) -> tuple[SectorCounts, ...]:
    """Return all sectors in order with their counts; those of no known group come last."""
    known = members(reader)
    grouped = {sector for sectors in known.values() for sector in sectors}
    others = sorted(set(tally.by_sector) - grouped, key=str)
    groups = [(reader.link(group), sectors) for group, sectors in known.items()]
    groups.append((Link("", Wording(reader.t("compare.others")), None), others))
    return tuple(
        SectorCounts(
            node=sector,
            link=reader.link(sector),
            code=code(reader, sector),
            group=group,
            counts=tally.of(sector, plans),
        )
        for group, sectors in groups
        for sector in sectors
    )


def comparison(
    reader: Reader, tally: Tally, plans: Sequence[NamedNode], counted: str, page: int
) -> Comparison:
    """Return a page of plans compared; `counted` is the name in `COUNTED` of what the tally has."""
    here, pages = within(page, len(plans), COLUMNS)
    shown = range((here - 1) * COLUMNS, min(here * COLUMNS, len(plans)))
    sectors = sector_counts(reader, tally, plans)
    most = max((n for sector in sectors for n in sector.counts), default=0)

    def row(sector: SectorCounts) -> SectorRow:
        return SectorRow(sector, tuple(cell(sector, number) for number in shown))

    def cell(sector: SectorCounts, number: int) -> Cell:
        count = sector.counts[number]
        href = statements_href(reader, sector.node, plans[number], counted)
        return Cell(count, shade(count, most), href)

    touched = groupby((one for one in sectors if one.total), key=lambda one: one.group)
    return Comparison(
        plans=tuple(reader.link(plans[i]) for i in shown),
        groups=tuple((group, tuple(map(row, found))) for group, found in touched),
        untouched=tuple(one for one in sectors if not one.total),
        total=len(plans),
        page=here,
        pages=pages,
        query=query_behind(counted, plans),
    )


def statements_href(reader: Reader, sector: NamedNode, plan: NamedNode, counted: str) -> str:
    """Return the address that lists the statements behind a count."""
    names = {"plan": short_name(plan, reader.site.base), "sector": sector.value, "count": counted}
    return f"/statements?{urlencode(names)}"


def shade(count: int, most: int) -> int:
    """Return the strength of a count's colour, from 0 for none to SHADES."""
    return -(-count * SHADES // most) if count else 0


def query_behind(counted: str, plans: Sequence[NamedNode]) -> str:
    """Return the query that counts, for the plans where they are few enough to be named."""
    query = COUNTED[counted]
    if len(plans) <= NAMED_AT_MOST:
        names = " ".join(map(str, plans))
        query = query.replace("WHERE {\n", f"WHERE {{\n  VALUES ?plan {{ {names} }}\n", 1)
    return standing_alone(query)
