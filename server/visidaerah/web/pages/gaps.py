"""What a plan lacks: where its statements do not meet, and where its text disagrees with itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from visidaerah.vocabulary import VD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyoxigraph import NamedNode

    from visidaerah.web.pages.outline import Statement
    from visidaerah.web.pages.plan import CountCheck
    from visidaerah.web.pages.reader import Reader
    from visidaerah.web.pages.terms import Link


@dataclass(frozen=True, slots=True)
class Gap:
    """Something to look at: in words, and the things that it is about."""

    words: str
    things: tuple[tuple[str, Link], ...]


def gaps(
    reader: Reader, told: Sequence[Statement], counts: Sequence[CountCheck]
) -> tuple[Gap, ...]:
    """Return what a plan with these statements and declared counts lacks."""
    every = tuple(one for whole in told for one in whole.walk())
    lacking = (gap for gap in statement_gaps(reader, every) if gap.things)
    return (*lacking, *count_gaps(reader, counts))


def statement_gaps(reader: Reader, every: Sequence[Statement]) -> Iterator[Gap]:
    """Yield what the statements of a plan, parts of others among them, lack.

    That missions serve pillars, or have goals, is only missed where it is known of any.
    """
    missions, pillars = of_class(every, VD.Mission), of_class(every, VD.Pillar)
    yield gap(reader.t("gap.mission_without_sector"), (m for m in missions if not m.sectors))
    supported = {one.target.iri for mission in missions for one in mission.contributions}
    if supported:
        idle = (m for m in missions if not m.contributions)
        yield gap(reader.t("gap.pillar_without_mission"), without(pillars, supported))
        yield gap(reader.t("gap.mission_without_pillar"), idle)
    if any(map(has_goal, missions)):
        yield gap(reader.t("gap.mission_without_goal"), (m for m in missions if not has_goal(m)))
    yield gap(reader.t("gap.without_place"), (one for one in every if not one.places))


def count_gaps(reader: Reader, counts: Sequence[CountCheck]) -> Iterator[Gap]:
    """Yield the declared numbers that are not those that were found."""
    for count in counts:
        if count.declared != count.found:
            what = str(count.what).lower()
            words = reader.t("gap.count", what=what, declared=count.declared, found=count.found)
            yield Gap(words, tuple((reader.t("source.cite"), one.link) for one in count.places))


def gap(words: str, statements: Iterator[Statement]) -> Gap:
    """Return that some statements lack something."""
    return Gap(words, tuple((one.name, one.link) for one in statements))


def of_class(every: Sequence[Statement], class_: NamedNode) -> tuple[Statement, ...]:
    """Return the statements of a class."""
    return tuple(one for one in every if one.class_iri == class_.value)


def without(statements: Sequence[Statement], iris: set[str]) -> Iterator[Statement]:
    """Yield the statements whose IRIs are not among those given."""
    return (one for one in statements if one.node.value not in iris)


def has_goal(mission: Statement) -> bool:
    """Tell whether a goal or objective is told under a mission."""
    return any(part.class_iri in {VD.Goal.value, VD.Objective.value} for part in mission.parts)
