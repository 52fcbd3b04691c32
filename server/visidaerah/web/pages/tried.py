"""A text that was tried as its reader sees it: a graph of its own beside the release."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox
from pyoxigraph import NamedNode

from visidaerah import assets
from visidaerah.doubts import UNSURE
from visidaerah.regions import Region, read_regions
from visidaerah.store import Store
from visidaerah.vocabulary import RDF, VD
from visidaerah.web.pages.marked import MarkedText, excerpt
from visidaerah.web.pages.plan import PlanPage, plan_page
from visidaerah.web.pages.reader import SPAN, Reader
from visidaerah.web.pages.reading import told
from visidaerah.web.pages.terms import Link, named_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from visidaerah.trial import Trial
    from visidaerah.web.pages.outline import Statement
    from visidaerah.web.pages.terms import Wording

TEXT = "#text"
"""Where the text stands on the page."""

WHERE = (VD.statedIn, VD.explainedIn, VD.evidenceSpan)
"""What leads from a thing to its sentence, best first."""


@dataclass(frozen=True, slots=True)
class TriedReader(Reader):
    """A reader of a graph that is kept nowhere.

    What the graph itself tells of has its sentence on the same page; `beside` is the reader of the
    release, which knows the rest.
    """

    beside: Reader

    @classmethod
    def of(cls, beside: Reader, trial: Trial) -> Self:
        """Return the reader of what a trial found."""
        quads = ox.parse(trial.quads, format=ox.RdfFormat.N_QUADS)
        site = replace(beside.site, store=Store.from_quads(quads))
        return cls(site, beside.lexicon, beside.t, {}, beside)

    def link(self, node: NamedNode, label: Wording | None = None) -> Link:
        """Return how an IRI is shown: at its sentence, or as the release shows it."""
        label = label or self.label(node)
        if any(self.store.triples(node)):
            return Link(node.value, label, self._sentence(node))
        if self.beside.knows(node):
            return self.beside.link(node, label)
        return Link(node.value, label, None)

    def _sentence(self, node: NamedNode) -> str:
        spans = (node, *(span for one in WHERE for span in named_nodes(self.objects(node, one))))
        marks = (span.value.partition(SPAN) for span in spans)
        return next((mark + offsets for _, mark, offsets in marks if mark), TEXT)


DOUBTS = (
    "no_vision",
    "no_missions",
    "no_region",
    "no_period",
    "other_vision",
    "count",
    "unsure",
)
"""What there can be to look at, by the last names of the words for it."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to look at: one of `DOUBTS`, the values of its words, and where it is."""

    name: str
    values: Mapping[str, object]
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedPage:
    """What is shown of a text that was tried."""

    plan: PlanPage
    marked: MarkedText
    doubts: tuple[Doubt, ...]
    remarks: tuple[Wording, ...]


def tried_page(beside: Reader, trial: Trial) -> TriedPage:
    """Return what is shown of a text that was tried."""
    reader = TriedReader.of(beside, trial)
    plan = next(named_nodes(t.subject for t in _of_class(reader, VD.DevelopmentPlan)))
    source = next(named_nodes(t.subject for t in _of_class(reader, VD.SourceText)))
    page = plan_page(reader, plan)
    return TriedPage(
        plan=page,
        marked=excerpt(reader, source),
        doubts=tuple(doubts(page)),
        remarks=tuple(told(beside, remark) for remark in trial.remarks),
    )


def _of_class(reader: Reader, class_: NamedNode) -> Iterator[ox.Triple]:
    return reader.store.triples(None, RDF.type, class_)


def doubts(page: PlanPage) -> Iterator[Doubt]:
    """Yield what is missing, unsure, or differs from what the text declares."""
    missing = {
        "no_vision": not page.visions,
        "no_missions": not page.missions,
        "no_region": "plan.region" in page.untold,
        "no_period": "plan.period" in page.untold,
    }
    yield from (Doubt(name, {}) for name, is_so in missing.items() if is_so)
    for vision, _ in page.visions[1:]:
        yield Doubt("other_vision", {"quote": vision.text.text}, vision.link.href)
    for count in page.counts:
        if count.declared != count.found:
            values = {"what": str(count.what), "n": count.found, "declared": count.declared}
            yield Doubt("count", values, next((one.href for one in count.places), None))
    for whole in (*(vision for vision, _ in page.visions), *page.pillars, *page.missions):
        for one in whole.walk():
            yield from _unsure(one)


def _unsure(statement: Statement) -> Iterator[Doubt]:
    for judgement in statement.sectors:
        if judgement.confidence and float(judgement.confidence) < float(UNSURE):
            words = ", ".join(f"“{words}”" for _, words in judgement.words)
            values = {"what": statement.name, "sector": str(judgement.target), "words": words}
            yield Doubt("unsure", values, statement.link.href)


@cache
def regions() -> tuple[Region, ...]:
    """Return the provinces, regencies and cities that a text can be of."""
    return read_regions((assets.data() / "regions.ttl").read_bytes())


def region_code(words: str) -> str | None:
    """Return the code of the region that is meant by a code or a full name; None for no such."""
    meant = " ".join(words.split()).casefold()
    found = (
        region.code
        for region in regions()
        if meant in {region.code, *(region.label(one).casefold() for one in ("id", "en"))}
    )
    return next(found, None)
