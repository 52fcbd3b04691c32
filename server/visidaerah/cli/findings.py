"""Findings: what was read from a document, in lines for the person who brought it."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING

from visidaerah.naming import split

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visidaerah.adding import Addition
    from visidaerah.checks import Finding
    from visidaerah.elements import Element
    from visidaerah.outlines import Change
    from visidaerah.quads import Reading
    from visidaerah.sectors import SectorScheme
    from visidaerah.spans import Span
    from visidaerah.statements.model import Period

LABEL = 11
INDENT = " " * (LABEL + 2)

CHANGE_WORDS = {
    "added": "+ {path}: {after}",
    "removed": "- {path}: {before}",
    "reworded": "~ {path}: {before}\n  → {after}",
    "moved": "> {path}: from place {before} to place {after}",
}


def report(reading: Reading, scheme: SectorScheme, doubts: Sequence[str]) -> tuple[str, ...]:
    """Return what a document states with its sentences, and what to look at."""
    return (*_plan(reading), *_statements(reading, scheme), *_noted("Look at", doubts))


def changed(changes: Sequence[Change]) -> tuple[str, ...]:
    """Return what differs from the text that was there before."""
    lines = (
        CHANGE_WORDS[change.kind].format(
            path=change.path, before=change.before or "none", after=change.after or "none"
        )
        for change in changes
    )
    return tuple(_noted("Changed", tuple(lines) or ("nothing that is stated",)))


def checked(verdict: str, broken: Sequence[Finding]) -> tuple[str, ...]:
    """Return what the checks said of a document."""
    return tuple(_noted("Checks", (verdict, *(finding.text() for finding in broken))))


def line(addition: Addition) -> str:
    """Return one line for a document of a batch."""
    plan = addition.reading.plan
    parts = [
        _amount(len(plan.missions), "mission"),
        _amount(len(plan.pillars), "pillar"),
        *(
            [_amount(len(plan.goals), "goal or objective", "goals and objectives")]
            * bool(plan.goals)
        ),
        *([_amount(len(addition.doubts), "thing") + " to look at"] if addition.doubts else []),
        *(["replaced"] if addition.before is not None else []),
    ]
    return f"{addition.slug}: {', '.join(parts)} ({addition.source.name})"


def _amount(number: int, noun: str, plural: str = "") -> str:
    return f"{number or 'no'} {noun if number == 1 else plural or noun + 's'}"


def _plan(reading: Reading) -> Iterator[str]:
    plan = reading.plan
    yield from _row("Region", _region(reading))
    yield from _row("Period", _period(plan.period) if plan.period else "not stated")
    yield from _row("Plan type", plan.plan_type.code if plan.plan_type else "not stated")


def _region(reading: Reading) -> str:
    region, mention = reading.region, reading.plan.region
    known = f"{region.kind.capitalize()} {region.name} ({region.code})" if region else ""
    if mention and (mention.agency or not known):
        own = mention.agency or f"{(mention.kind or '').capitalize()} {mention.name}".strip()
        return f"{own}, {known}" if known else f"{own} (not among the known regions)"
    return known or "not found"


def _period(period: Period) -> str:
    years = [str(year) for year in (period.start_year, period.end_year) if year]
    return "–".join(years) or f"{period.duration_years} years"


def _statements(reading: Reading, scheme: SectorScheme) -> Iterator[str]:
    plan, text = reading.plan, reading.document.text
    yield from _row("Vision", _quote(text, plan.vision.span) if plan.vision else "not found")
    yield from _counted(reading, "Pillars", "pillar")
    yield from _listed(reading, scheme, "pillar")
    yield from _counted(reading, "Missions", "mission")
    yield from _listed(reading, scheme, "mission")
    if plan.goals or _declared(reading, "goal") or _declared(reading, "objective"):
        yield from _counted(reading, "Goals", "goal")
        yield from _listed(reading, scheme, "goal")
        yield from _counted(reading, "Objectives", "objective")
        yield from _listed(reading, scheme, "objective")


def _counted(reading: Reading, label: str, kind: str) -> Iterator[str]:
    found, declared = sum(e.kind == kind for e in reading.elements), _declared(reading, kind)
    said = f"; the text declares {' and '.join(declared)}" if declared else ""
    yield from _row(label, f"{found or 'none'} found{said}")


def _declared(reading: Reading, kind: str) -> list[str]:
    return [str(count.value) for count in reading.plan.counts if count.of == kind]


def _listed(
    reading: Reading, scheme: SectorScheme, kind: str, whole: str | None = None, depth: int = 0
) -> Iterator[str]:
    """Yield the elements of a kind below a whole, the plan where none is named."""
    above = {"", "vision"} if whole is None else {whole}
    for element in reading.elements:
        if element.kind == kind and element.parent in above:
            yield from _element(reading, element, depth)
            if kind == "mission":
                yield from _sectors(reading, scheme, element.path)
            if kind != "pillar":
                for part in ("goal", "objective"):
                    yield from _listed(reading, scheme, part, element.path, depth + 1)


def _element(reading: Reading, element: Element, depth: int) -> Iterator[str]:
    """Yield the words of an element, and its name where that is another than its place."""
    named = "" if split(element.path)[1] == element.position else f" ({element.path})"
    kind = f"{element.kind.capitalize()} " if depth else ""
    indent = INDENT + "   " * depth
    words = f"{kind}{element.position}. {_quote(reading.document.text, element.span)}{named}"
    yield from _wrapped(words, indent + "   ", indent)


def _sectors(reading: Reading, scheme: SectorScheme, path: str) -> Iterator[str]:
    judged = [
        f"{scheme.concepts[each.sector].labels['id']} ({each.confidence:.2f})"
        for each in reading.judgements.get(path, ())
        if each.is_published
    ]
    yield from _wrapped(" · ".join(judged) or "no sector", INDENT + "   ")


def _quote(text: str, span: Span) -> str:
    return f"{' '.join(span.of(text).split())} [{span.start}–{span.end}]"


def _noted(label: str, notes: Sequence[str]) -> Iterator[str]:
    for position, note in enumerate(notes):
        first, *rest = note.split("\n")
        yield from _row(label if position == 0 else "", first)
        for line in rest:
            yield from _row("", line)


def _row(label: str, text: str) -> Iterator[str]:
    yield from _wrapped(text, INDENT, f"  {label:{LABEL}}")


def _wrapped(text: str, indent: str, first: str | None = None) -> Iterator[str]:
    """Wrap at the width of the terminal, 100 where there is none."""
    width = max(40, shutil.get_terminal_size((100, 24)).columns)
    yield from textwrap.wrap(
        text,
        width,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
