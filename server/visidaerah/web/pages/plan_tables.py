"""A plan as tables: its statements, and the judgements on them, with names beside IRIs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from visidaerah.web.pages.outline import outline
from visidaerah.web.pages.plan import facts, setters
from visidaerah.web.pages.sectors import code
from visidaerah.web.pages.spreadsheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visidaerah.web.pages.outline import Judgement, Statement
    from visidaerah.web.pages.reader import Reader
    from visidaerah.web.pages.spreadsheets import Value


def plan_sheets(reader: Reader, plan: NamedNode) -> tuple[Sheet, ...]:
    """Return a plan as tables: its statements first, then their sectors, then the plan itself."""
    told = tuple(outline(reader, plan))
    return (
        statements_sheet(reader, told),
        judgements_sheet(reader, told),
        facts_sheet(reader, plan),
    )


def statements_sheet(reader: Reader, told: Sequence[Statement]) -> Sheet:
    """Return the statements in order, each with what it is part of, its sectors and its place."""
    t = reader.t
    heads = (
        t("table.kind"),
        t("table.number"),
        t("table.part_of"),
        t("table.text"),
        t("table.translation"),
        t("table.explanation"),
        t("table.sectors"),
        t("table.start"),
        t("table.end"),
        t("table.source"),
        t("table.iri"),
    )
    rows = (_statement_row(*pair) for whole in told for pair in _with_wholes(whole))
    return Sheet(t("table.statements"), heads, tuple(rows))


def _with_wholes(whole: Statement, above: str = "") -> Iterator[tuple[Statement, str]]:
    """Yield a statement and its parts, each with the name of what it is part of."""
    yield whole, above
    for part in whole.parts:
        yield from _with_wholes(part, whole.name)


def _statement_row(told: Statement, above: str) -> tuple[Value, ...]:
    place = told.places[0] if told.places else None
    return (
        str(told.kind),
        told.position,
        above,
        told.text.text,
        told.translation.text if told.translation else None,
        told.explanation.text if told.explanation else None,
        "; ".join(str(one.target) for one in told.sectors),
        place.span.start if place else None,
        place.span.end if place else None,
        place.source.value if place else None,
        told.node.value,
    )


def judgements_sheet(reader: Reader, told: Sequence[Statement]) -> Sheet:
    """Return which sector each statement concerns, how sure that is, and why."""
    t = reader.t
    heads = (
        t("table.statement"),
        t("table.text"),
        t("table.code"),
        t("table.sector"),
        t("table.confidence"),
        t("table.method"),
        t("table.evidence"),
        t("table.sector_iri"),
        t("table.iri"),
    )
    rows = (
        _judgement_row(reader, one, judged)
        for whole in told
        for one in whole.walk()
        for judged in one.sectors
    )
    return Sheet(t("table.judgements"), heads, tuple(rows))


def _judgement_row(reader: Reader, told: Statement, judged: Judgement) -> tuple[Value, ...]:
    return (
        told.name,
        told.text.text,
        code(reader, NamedNode(judged.target.iri)),
        str(judged.target),
        Decimal(judged.confidence) if judged.confidence else None,
        str(judged.method) if judged.method else None,
        "; ".join(words for _, words in judged.words),
        judged.target.iri,
        told.node.value,
    )


def facts_sheet(reader: Reader, plan: NamedNode) -> Sheet:
    """Return what is told of the plan as a whole."""
    plan_itself = (reader.t("table.plan"), reader.link(plan))
    found = [(reader.t(fact.name), fact.value) for fact in facts(reader, plan)]
    found += [(reader.t("plan.set_by"), fact.value) for fact in setters(reader, plan)]
    rows = tuple((name, str(value), value.iri) for name, value in [plan_itself, *found])
    heads = (reader.t("table.fact"), reader.t("table.value"), "IRI")
    return Sheet(reader.t("table.plan"), heads, tuple(rows))
