"""Outlines: what a document's built graph states, in short, and how two of them differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pyoxigraph as ox

from visidaerah import names
from visidaerah.errors import DatasetError
from visidaerah.vocabulary import BASE, RDFS, VD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ChangeKind = Literal["added", "removed", "reworded", "moved"]

_YEARS = (VD.startYear, VD.endYear)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A plan in short: `elements` are the wordings by path ("mission/4"), in reading order.

    `region` is a code, `years` are those stated, as printed in the graph; both may be empty.
    """

    label: str = ""
    region: str = ""
    years: tuple[str, ...] = ()
    elements: Mapping[str, str]

    def count(self, kind: str) -> int:
        """Return how many elements of a kind ("mission") hang on the plan itself."""
        return sum(path.startswith(f"{kind}/") and path.count("/") == 1 for path in self.elements)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one element; `before` and `after` are wordings, or paths where it moved."""

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
        region=_code(facts.get(VD.coversRegion, ())),
        years=tuple(year for predicate in _YEARS for year in facts.get(predicate, ())),
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


def _code(regions: tuple[str, ...] | list[str]) -> str:
    return next((iri.rpartition("/")[2] for iri in regions), "")


def changes(before: Outline, after: Outline) -> Iterator[Change]:
    """Yield what differs: elements of the new outline in its order, then what is gone.

    A wording found under another name has moved; a name with another wording was reworded.
    """
    old = _different(before, after)
    new = _different(after, before)
    origins = _origins(old, new)
    stayed = old.keys() - set(origins.values())
    for path, text in new.items():
        if path in origins:
            yield Change(kind="moved", path=path, before=origins[path], after=text)
        elif path in stayed:
            yield Change(kind="reworded", path=path, before=old[path], after=text)
        else:
            yield Change(kind="added", path=path, after=text)
    gone = (path for path in old if path in stayed and (path not in new or path in origins))
    yield from (Change(kind="removed", path=path, before=old[path]) for path in gone)


def _different(these: Outline, those: Outline) -> dict[str, str]:
    return {p: text for p, text in these.elements.items() if those.elements.get(p) != text}


def _origins(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """Return by its new path where each wording that moved was before."""
    paths: dict[str, list[str]] = {}
    for path, text in reversed(list(old.items())):
        paths.setdefault(text, []).append(path)
    return {path: paths[text].pop() for path, text in new.items() if paths.get(text)}
