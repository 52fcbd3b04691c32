"""Two plans next to each other: their visions and pillars, and their missions by sector."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from visidaerah.vocabulary import VD
from visidaerah.web.pages.outline import outline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import NamedNode

    from visidaerah.web.pages.outline import Statement
    from visidaerah.web.pages.reader import Reader
    from visidaerah.web.pages.terms import Link

Statements = tuple["Statement", ...]


@dataclass(frozen=True, slots=True)
class Side:
    """What of a plan is laid beside the same of another."""

    plan: Link
    visions: Statements
    pillars: Statements
    missions: Statements

    @property
    def by_sector(self) -> dict[str, Statements]:
        """The missions by the IRI of each sector that they concern."""
        found: dict[str, list[Statement]] = {}
        for mission in self.missions:
            for iri in {judged.target.iri for judged in mission.sectors}:
                found.setdefault(iri, []).append(mission)
        return {iri: tuple(missions) for iri, missions in found.items()}

    @property
    def without_sector(self) -> Statements:
        """The missions that concern no sector."""
        return tuple(mission for mission in self.missions if not mission.sectors)


@dataclass(frozen=True, slots=True)
class SharedRow:
    """A sector with the missions of both plans that concern it."""

    sector: Link
    left: Statements
    right: Statements


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two plans, the sectors that missions of both concern, and those of one alone."""

    left: Side
    right: Side
    both: tuple[SharedRow, ...]
    only_left: tuple[SharedRow, ...]
    only_right: tuple[SharedRow, ...]


def pair(reader: Reader, left: NamedNode, right: NamedNode) -> Pair:
    """Return two plans next to each other."""
    sides = side(reader, left), side(reader, right)
    rows = shared_rows(*sides)
    return Pair(
        left=sides[0],
        right=sides[1],
        both=tuple(row for row in rows if row.left and row.right),
        only_left=tuple(row for row in rows if not row.right),
        only_right=tuple(row for row in rows if not row.left),
    )


def side(reader: Reader, plan: NamedNode) -> Side:
    """Return what of a plan is laid beside another."""
    told = outline(reader, plan)
    return Side(
        plan=reader.link(plan),
        visions=of_class(told, VD.Vision),
        pillars=of_class(told, VD.Pillar),
        missions=of_class(told, VD.Mission),
    )


def of_class(told: Sequence[Statement], class_: NamedNode) -> Statements:
    """Return the statements of a class, parts of others among them, in reading order."""
    every = (one for whole in told for one in whole.walk())
    return tuple(one for one in every if one.class_iri == class_.value)


def shared_rows(left: Side, right: Side) -> tuple[SharedRow, ...]:
    """Return the sectors that missions concern, in order, with the missions of both sides."""
    sectors = {
        judged.target.iri: judged.target
        for mission in (*left.missions, *right.missions)
        for judged in mission.sectors
    }
    ours, theirs = left.by_sector, right.by_sector
    return tuple(
        SharedRow(sectors[iri], ours.get(iri, ()), theirs.get(iri, ())) for iri in sorted(sectors)
    )
