"""Outlines: what a document's built graph states, in short, and how two of them differ."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

import pyoxigraph as ox

from visidaerah import names
from visidaerah.errors import DatasetError
from visidaerah.naming import split
from visidaerah.vocabulary import BASE, RDFS, VD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ChangeKind = Literal["added", "removed", "reworded", "moved"]

_YEARS = (VD.startYear, VD.endYear)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A plan in short: `elements` are the wordings by name ("mission/4"), in reading order.

    `region` is a code, `years` are those stated, as printed in the graph; these and `plan_type` may
    be empty.
    """

    label: str = ""
    region: str = ""
    years: tuple[str, ...] = ()
    plan_type: str = ""
    elements: Mapping[str, str]

    def count(self, kind: str) -> int:
        """Return how many elements of a kind ("mission") hang on the plan itself."""
        return sum(split(name)[0] == kind for name in self.elements)

    def facts(self) -> dict[str, str]:
        """Return what is stated of the plan as a whole, in words."""
        years = "–".join(self.years)
        return {"region": self.region, "period": years, "plan type": self.plan_type}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of a statement, or of a fact of the whole ("period"), by its name.

    `before` and `after` are wordings, or where it moved its places (1-based) among its siblings.
    """

    kind: ChangeKind
    path: str
    before: str = ""
    after: str = ""


def outline(slug: str, trig: bytes) -> Outline:
    """Return the outline of a document's graph in TriG.

    Raises DatasetError where it is not TriG.
    """
    plan, graph = names.plan(slug), names.graph("document", slug)
    facts: dict[ox.NamedNode, list[str]] = {}
    elements: dict[str, str] = {}
    for subject, predicate, value in _statements(trig, graph, slug):
        if predicate == VD.normalizedText:
            elements[subject.removeprefix(f"{plan.value}/")] = value
        elif predicate in _YEARS or subject == plan.value:
            facts.setdefault(predicate, []).append(value)
    return Outline(
        label=next(iter(facts.get(RDFS.label, ())), ""),
        region=_last(facts.get(VD.coversRegion, ())),
        years=tuple(year for predicate in _YEARS for year in facts.get(predicate, ())),
        plan_type=_last(facts.get(VD.hasPlanType, ())).upper(),
        elements=elements,
    )


def _statements(
    trig: bytes, graph: ox.NamedNode, slug: str
) -> Iterator[tuple[str, ox.NamedNode, str]]:
    try:
        for quad in ox.parse(trig, ox.RdfFormat.TRIG, base_iri=BASE):
            if quad.graph_name == graph and isinstance(quad.object, ox.NamedNode | ox.Literal):
                yield str(getattr(quad.subject, "value", "")), quad.predicate, quad.object.value
    except SyntaxError as error:
        raise DatasetError(
            f"The graph of {slug} is broken: {error.msg}. Build it again: visidaerah build"
        ) from error


def _last(iris: Iterable[str]) -> str:
    return next((iri.rpartition("/")[2] for iri in iris), "")


def changes(before: Outline, after: Outline) -> Iterator[Change]:
    """Yield what differs: facts of the whole, statements in their order, then what is gone."""
    yield from reworded(before.facts(), after.facts())
    moved = _moved(before, after)
    for name, wording in after.elements.items():
        old = before.elements.get(name)
        if old is None:
            yield Change(kind="added", path=name, after=wording)
        elif old != wording:
            yield Change(kind="reworded", path=name, before=old, after=wording)
        if name in moved:
            yield moved[name]
    for name, wording in before.elements.items():
        if name not in after.elements:
            yield Change(kind="removed", path=name, before=wording)


def reworded(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    """Yield which facts are said otherwise."""
    for name, value in after.items():
        if value != before.get(name, ""):
            yield Change(kind="reworded", path=name, before=before.get(name, ""), after=value)


def _moved(before: Outline, after: Outline) -> dict[str, Change]:
    """Return by its name what is no longer between the same neighbours, new ones left aside."""
    old, new = _siblings(before), _siblings(after)
    return {
        name: Change(
            kind="moved",
            path=name,
            before=str(old[group].index(name) + 1),
            after=str(siblings.index(name) + 1),
        )
        for group, siblings in new.items()
        for name in _out_of_order(old.get(group, []), siblings)
    }


def _siblings(those: Outline) -> dict[str, list[str]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name in those.elements:
        groups[split(name)[0]].append(name)
    return dict(groups)


def _out_of_order(old: list[str], new: list[str]) -> set[str]:
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    stayed = {name for block in blocks for name in old[block.a : block.a + block.size]}
    return (set(old) & set(new)) - stayed
