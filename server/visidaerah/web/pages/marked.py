"""A source text with everything that was read from it marked: which kind, of what, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request
from markupsafe import Markup, escape
from pyoxigraph import Literal, NamedNode

from visidaerah.spans import Span
from visidaerah.vocabulary import DCT, VD
from visidaerah.web.pages.frame import page_asked
from visidaerah.web.pages.marks import Mark, parts
from visidaerah.web.pages.outline import source_text
from visidaerah.web.pages.portions import PORTION, around, portion_of, portions
from visidaerah.web.pages.reader import AT
from visidaerah.web.pages.terms import Link, normal, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from visidaerah.store import Row
    from visidaerah.web.pages.marks import Part
    from visidaerah.web.pages.reader import Reader

SPANS = """\
SELECT DISTINCT ?source ?span ?start ?end ?relation ?thing ?class WHERE {
  ?span oa:hasSource ?source ;
    oa:hasSelector ?selector .
  ?selector oa:start ?start ;
    oa:end ?end .
  FILTER (?start < %d && ?end > %d)
  OPTIONAL {
    ?thing ?relation ?span .
    OPTIONAL { ?thing a ?class }
  }
}
ORDER BY ?start DESC(?end) ?relation ?thing ?class"""

STARTS = (
    "SELECT ?source ?span ?start { ?span oa:hasSource ?source ; oa:hasSelector/oa:start ?start }"
)

KINDS: dict[str, str] = {
    VD.Vision.value: "vision",
    VD.Pillar.value: "pillar",
    VD.Mission.value: "mission",
    VD.Goal.value: "goal",
    VD.Objective.value: "goal",
    VD.Characteristic.value: "component",
    VD.Dimension.value: "component",
    VD.Means.value: "component",
    VD.Measure.value: "component",
    VD.Principle.value: "component",
    VD.IntendedOutcome.value: "component",
    VD.Facet.value: "facet",
    VD.SectorAssignment.value: "evidence",
    VD.SectorCandidate.value: "evidence",
    VD.Contribution.value: "evidence",
    VD.PlanPeriod.value: "fact",
    VD.Establishment.value: "fact",
    VD.Office.value: "fact",
    VD.DeclaredCount.value: "fact",
    VD.GlossaryTerm.value: "fact",
    VD.DevelopmentPlan.value: "fact",
}
"""How a span is marked, by the class of what was read from it."""

RELATION_KINDS: dict[str, str] = {
    VD.explainedIn.value: "explanation",
    VD.namedInVisionAt.value: "component",
    VD.foundationStatedIn.value: "fact",
    VD.serviceStatedIn.value: "fact",
}
"""How a span is marked where the relation tells more than the class."""

LEGEND = (
    "vision",
    "pillar",
    "explanation",
    "mission",
    "goal",
    "component",
    "facet",
    "fact",
    "evidence",
    "other",
)
"""The kinds of mark, the most telling first: it gives a span of several kinds its look."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was read from a place: how it is said of what."""

    kind: str
    relation: Link
    thing: Link
    name: str

    def __str__(self) -> str:
        return f"{self.name} ({self.relation})"


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of the text with all that was read from it."""

    anchor: str
    span: Span
    quote: str
    findings: tuple[Finding, ...]

    @property
    def kind(self) -> str:
        """The kind that gives the mark its look."""
        return self.findings[0].kind if self.findings else "other"

    @property
    def note(self) -> str:
        """The fragment of the note that lists all that was read from the span."""
        return f"note-{self.anchor}"

    @property
    def why(self) -> str:
        """What was read from the span, in a line."""
        return " · ".join(map(str, self.findings))


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a text in parts to print; `cut` tells that some was left out before it."""

    parts: tuple[Part[Passage], ...]
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedText:
    """What a page shows of a source text, with its passages in text order.

    `number` of `total` portions, counted from 1, is shown, whole or in pieces.
    """

    text: str
    passages: tuple[Passage, ...]
    pieces: tuple[Piece, ...]
    number: int = 1
    total: int = 1

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of mark that occur, for the legend."""
        present = {passage.kind for passage in self.passages}
        return tuple(kind for kind in LEGEND if kind in present)


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of a long text as a choice: its number, from 1, and how many marks begin in it."""

    number: int
    marks: int


def document_page(reader: Reader, source: NamedNode) -> dict[str, object]:
    """Return what a document's page shows: the portion asked for, and which others there are."""
    text = source_text(reader, source)
    found = portions(text)
    return {
        "marked": marked_text(reader, source, _asked(found)),
        "portions": portions_with_marks(reader, source, text) if len(found) > 1 else (),
    }


def _asked(found: Sequence[Span]) -> int:
    """Return the character whose portion is asked for: by the portion's number, or its own."""
    if found and "part" in request.args:
        return found[min(page_asked("part"), len(found)) - 1].start
    at = request.args.get(AT, "")
    return int(at) if at.isascii() and at.isdecimal() and len(at) < 10 else 0


def marked_text(reader: Reader, source: NamedNode, at: int = 0) -> MarkedText:
    """Return the portion of a source's text that has the character `at`, with its passages."""
    text = source_text(reader, source)
    found = portions(text) or (None,)
    number = portion_of([span for span in found if span], at)
    shown = found[number]
    passages = passages_in(reader, source, text, shown) if shown else ()
    return MarkedText(
        text=text,
        passages=passages,
        pieces=(Piece(_parts_in(text, passages, shown)),) if shown else (),
        number=number + 1,
        total=len(found),
    )


def excerpt(reader: Reader, source: NamedNode) -> MarkedText:
    """Return a source's text, of a long one what is marked with the lines around it."""
    text = source_text(reader, source)
    if len(text) <= PORTION:
        return marked_text(reader, source)
    passages = passages_in(reader, source, text, Span(0, len(text)))
    shown = around(text, (passage.span for passage in passages))
    pieces = (Piece(_parts_in(text, passages, span), cut=span.start > 0) for span in shown)
    return MarkedText(text=text, passages=passages, pieces=tuple(pieces))


def portions_with_marks(reader: Reader, source: NamedNode, text: str) -> tuple[Portion, ...]:
    """Return the portions of a text, each with how many marks begin in it."""
    found = portions(text)
    terms = (row["start"] for row in reader.select(STARTS, source=source))
    starts = [int(term.value) for term in terms if isinstance(term, Literal) and _is_place(term)]
    marks = Counter(portion_of(found, start) for start in starts if start < len(text))
    return tuple(Portion(number + 1, marks[number]) for number in range(len(found)))


def _is_place(literal: Literal) -> bool:
    return literal.value.isascii() and literal.value.isdecimal() and len(literal.value) < 10


def passages_in(reader: Reader, source: NamedNode, text: str, shown: Span) -> tuple[Passage, ...]:
    """Return the passages of a text that share characters with what is shown of it."""
    rows = reader.select(SPANS % (shown.end, shown.start), source=source)
    return tuple(_passages(reader, text, rows))


def _parts_in(text: str, passages: Iterable[Passage], shown: Span) -> tuple[Part[Passage], ...]:
    """Return a piece of the text with its marks; those that lead out of it are cut at its ends."""
    marks = (
        Mark(Span(max(one.span.start, shown.start), min(one.span.end, shown.end)), one)
        for one in passages
        if one.span.overlaps(shown)
    )
    return tuple(parts(shown.of(text), marks, shown.start))


def text_language(reader: Reader, source: NamedNode) -> str:
    """Return the language of a source text; Indonesian where nobody says."""
    stated = reader.words(source, DCT.language)
    return stated.text if stated else "id"


def as_printed(text: str) -> Markup:
    """Escape text so that a browser's parser gives back the very same characters.

    A carriage return would become a line feed (HTML, 13.2.3.5, preprocessing the input stream).
    """
    return Markup(escape(text).replace("\r", Markup("&#13;")))  # noqa: S704


def _passages(reader: Reader, text: str, rows: Iterable[Row]) -> Iterable[Passage]:
    """Yield a passage for each span that lies in the text."""
    spans: dict[NamedNode, list[Row]] = {}
    for row in rows:
        if isinstance(row["span"], NamedNode):
            spans.setdefault(row["span"], []).append(row)
    for node, found in spans.items():
        span = _span(found[0])
        if span and span.end <= len(text):
            quote = normal(span.of(text))
            yield Passage(_anchor(node), span, quote, _findings(reader, found))


def _anchor(node: NamedNode) -> str:
    """Return the fragment of a span's IRI, which is where links to the span jump to."""
    return node.value.partition("#")[2] or node.value


def _span(row: Row) -> Span | None:
    start, end = row["start"], row["end"]
    if not isinstance(start, Literal) or not isinstance(end, Literal):
        return None
    try:
        return Span(int(start.value), int(end.value))
    except ValueError:
        return None


def _findings(reader: Reader, rows: Iterable[Row]) -> tuple[Finding, ...]:
    """Return what was read from one span, the most telling first."""
    classes: dict[tuple[NamedNode, NamedNode], list[str]] = {}
    for row in rows:
        thing, relation, class_ = row.get("thing"), row.get("relation"), row.get("class")
        if isinstance(thing, NamedNode) and isinstance(relation, NamedNode):
            known = classes.setdefault((thing, relation), [])
            known += [class_.value] if isinstance(class_, NamedNode) else []
    found = (_finding(reader, *pair, of) for pair, of in classes.items())
    return tuple(sorted(found, key=lambda one: LEGEND.index(one.kind)))


def _finding(
    reader: Reader, thing: NamedNode, relation: NamedNode, classes: Sequence[str]
) -> Finding:
    class_ = next((one for one in classes if one in KINDS), next(iter(classes), ""))
    name = reader.label(NamedNode(class_)).text if class_ else ""
    link = reader.link(thing)
    return Finding(
        kind=RELATION_KINDS.get(relation.value) or KINDS.get(class_, "other"),
        relation=reader.link(relation),
        thing=link,
        name=": ".join(filter(None, (name, shorten(link.label.text, 70)))),
    )
