"""A source text with everything that was read from it marked: which kind, of what, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape
from pyoxigraph import Literal, NamedNode

from visidaerah.spans import Span
from visidaerah.vocabulary import DCT, VD
from visidaerah.web.pages.marks import Mark, parts
from visidaerah.web.pages.outline import source_text
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
  OPTIONAL {
    ?thing ?relation ?span .
    OPTIONAL { ?thing a ?class }
  }
}
ORDER BY ?start DESC(?end) ?relation ?thing ?class"""

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
class MarkedText:
    """A source text, its passages in text order, and the text as parts to print."""

    text: str
    passages: tuple[Passage, ...]
    parts: tuple[Part[Passage], ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of mark that occur, for the legend."""
        present = {passage.kind for passage in self.passages}
        return tuple(kind for kind in LEGEND if kind in present)


def marked_text(reader: Reader, source: NamedNode) -> MarkedText:
    """Return the text of a source with its passages."""
    text = source_text(reader, source)
    found = tuple(_passages(reader, text, reader.select(SPANS, source=source)))
    marks = [Mark(passage.span, passage) for passage in found]
    return MarkedText(text, found, tuple(parts(text, marks)))


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
