"""What the page about quality tells: what is complete, what each plan lacks, which rules broke."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from visidaerah.web.pages.behind import standing_alone
from visidaerah.web.pages.measures import COLUMNS
from visidaerah.web.pages.resource import within
from visidaerah.web.pages.terms import Link, Wording
from visidaerah.web.urls import query_path

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from visidaerah.checks import Finding, Outcome, Report
    from visidaerah.web.pages.choosing import PlanKey
    from visidaerah.web.pages.measures import Figures
    from visidaerah.web.pages.reader import Reader

PLANS_PER_PAGE = 25
"""Plans that a page of the table has."""

FINDINGS_SHOWN = 50
"""Findings of a check that the page shows; `visidaerah check` tells all."""

CHECKS: dict[str, str] = {
    "Shapes": "quality.check_shapes",
    "Violation queries": "quality.check_queries",
    "Quotes": "quality.check_quotes",
    "Reasoner": "quality.check_reasoner",
}
"""The checks by their names, and the messages that name them to readers."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table of plans: its name, and where the query behind its numbers is."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan with its numbers as the reader's language writes them, and how much to look at."""

    plan: Link
    numbers: tuple[str, ...]
    gaps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTable:
    """A page of the plans, those with most to look at first."""

    columns: tuple[Column, ...]
    rows: tuple[PlanRow, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Fault:
    """A broken rule: the thing, what must hold in the reader's language, and the rule's name."""

    thing: Link
    words: str
    rule: str
    is_warning: bool


@dataclass(frozen=True, slots=True)
class Check:
    """A check with its faults, of which `shown` are told; `skipped` where it did not run."""

    name: str
    faults: int
    shown: tuple[Fault, ...]
    skipped: bool


def plan_table(reader: Reader, keys: Sequence[PlanKey], figures: Figures, page: int) -> PlanTable:
    """Return a page of the plans with what is known of each."""
    ordered = sorted(keys, key=lambda key: -figures.gaps(key.node))
    here, pages = within(page, len(keys), PLANS_PER_PAGE)
    shown = ordered[(here - 1) * PLANS_PER_PAGE : here * PLANS_PER_PAGE]
    return PlanTable(
        columns=tuple(
            Column(reader.t(f"quality.plan_{name}"), query_path(standing_alone(query), show="form"))
            for name, query in COLUMNS.items()
        ),
        rows=tuple(_row(reader, key.node, figures) for key in shown),
        page=here,
        pages=pages,
    )


def _row(reader: Reader, plan: NamedNode, figures: Figures) -> PlanRow:
    numbers = (figures.columns[name].get(plan) for name in COLUMNS)
    return PlanRow(
        plan=reader.link(plan),
        numbers=tuple(_written(reader, number) for number in numbers),
        gaps=figures.gaps(plan),
    )


def _written(reader: Reader, number: Decimal | None) -> str:
    """Return a number with at most two decimals; none is not the same as 0."""
    return "–" if number is None else reader.t.decimal(f"{round(number, 2).normalize():f}")


def checks_of(reader: Reader, report: Report) -> tuple[Check, ...]:
    """Return the checks of a report in the reader's words."""
    return tuple(_check(reader, outcome) for outcome in report.outcomes)


def _check(reader: Reader, outcome: Outcome) -> Check:
    name = CHECKS.get(outcome.name)
    shown = (_fault(reader, finding) for finding in outcome.findings[:FINDINGS_SHOWN])
    return Check(
        name=reader.t(name) if name else outcome.name,
        faults=len(outcome.findings),
        shown=tuple(shown),
        skipped=outcome.skipped is not None,
    )


def _fault(reader: Reader, finding: Finding) -> Fault:
    words = finding.message.get(reader.language) or next(iter(finding.message.values()), "")
    return Fault(_thing(reader, finding.node), words, finding.rule, finding.severity == "warning")


def _thing(reader: Reader, name: str) -> Link:
    """Return what a finding is about, which may be no IRI."""
    try:
        return reader.link(NamedNode(name))
    except ValueError:
        return Link("", Wording(name), None)
