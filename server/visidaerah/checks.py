"""Shapes, violation queries, quotes and a reasoner, run over a graph and gathered in one report."""

from __future__ import annotations

import logging
import re
import shutil
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

import pyoxigraph as ox

from visidaerah import assets
from visidaerah.errors import DatasetError
from visidaerah.names import REGIONS_GRAPH
from visidaerah.queries import load_queries
from visidaerah.store import Store, knowledge_quads, quads_with_own, read_file
from visidaerah.vocabulary import BASE, OA, ONTOLOGY, OWL, PROV, RDF, VD

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import owlready2
    import rdflib
    from rdflib.query import Result
    from rdflib.term import Node

Severity = Literal["violation", "warning"]
Texts = dict[str, str]
Quads = list[ox.Quad]

SHAPES = f"{BASE}shape/"
OFFSET = re.compile(r"[0-9]{1,12}")
NOT_ASKED = "as asked"
NO_JAVA = "because there is no Java here; install one (Debian: default-jre-headless)"

MISQUOTED = {
    "id": "Kutipan harus sama dengan karakter naskah di antara posisinya. Bangun ulang graf ini.",
    "en": "A quote must be what its text has between its positions. Build this graph again.",
}
CONTRADICTION = {
    "id": "Pernyataan di sini tidak boleh bertentangan dengan ontologi, tetapi ada yang termasuk"
    " dua kelas yang saling lepas. Perbaiki dahulu pelanggaran bentuk, lalu periksa lagi.",
    "en": "What is stated here must not contradict the ontology, yet something belongs to two"
    " classes that are kept apart. Mend the violations of shapes first, then check again.",
}
INCOMPARABLE = {
    "id": "Bilangan dan tahun harus berupa nilai dari jenisnya, tetapi ada yang tidak dapat"
    " dibandingkan",
    "en": "Numbers and years must be values of their types, yet one here cannot be compared",
}
UNSATISFIABLE = {
    "id": "Suatu kelas harus dapat beranggota, tetapi aksioma-aksioma kelas ini bertentangan.",
    "en": "A class must be able to have members, yet the axioms of this one contradict each other.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something wrong: the rule, the thing it is about, and what must hold, by language.

    `value` is what of the thing is wrong, empty where the rule does not say.
    """

    rule: str
    node: str
    message: Texts
    value: str = ""
    severity: Severity = "violation"

    def text(self, language: str = "en") -> str:
        """Return one line that names the thing, says what must hold, and by which rule."""
        message = self.message.get(language) or next(iter(self.message.values()), "")
        return f"{self.severity}  {self.node.removeprefix(BASE)}: {message} [{self.rule}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one check looked at and found; `skipped` says why it did not run, if it did not."""

    name: str
    looked_at: str = ""
    findings: tuple[Finding, ...] = ()
    skipped: str | None = None

    def text(self, language: str = "en") -> str:
        """Return a heading, then a line for each finding."""
        if self.skipped:
            return f"{self.name}: skipped {self.skipped}"
        lines = (f"  {finding.text(language)}" for finding in self.findings)
        return "\n".join((f"{self.name}: {self.looked_at}: {tally(self.findings)}", *lines))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What all checks found. A violation makes a graph unsound; a warning does not."""

    outcomes: tuple[Outcome, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, check by check."""
        return tuple(finding for outcome in self.outcomes for finding in outcome.findings)

    @property
    def ok(self) -> bool:
        """Tell whether no rule is broken."""
        return all(finding.severity == "warning" for finding in self.findings)

    def text(self, language: str = "en") -> str:
        """Return what ran, what was skipped and why, each finding in a line, and the verdict."""
        verdict = f"{'Sound' if self.ok else 'Not sound'}: {tally(self.findings)}."
        return "\n".join((*(outcome.text(language) for outcome in self.outcomes), verdict))


def tally(findings: Sequence[Finding]) -> str:
    """Count findings in words: "2 violations, 1 warning", or "nothing wrong"."""
    numbers = (
        (sum(finding.severity == severity for finding in findings), severity)
        for severity in ("violation", "warning")
    )
    return ", ".join(counted(n, noun) for n, noun in numbers if n) or "nothing wrong"


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun: "1 span", "1,200 spans"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def _ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda f: (f.severity, f.rule, f.node, f.text())))


def run_checks(
    files: Sequence[Path] = (),
    *,
    reasoner: bool = True,
    own: Sequence[Path] = (),
    only: bool = False,
) -> Report:
    """Check the shipped graph with the user's own graphs (`Store.with_own`), or that in the files.

    Files that bring no ontology are checked against the shipped one.

    Raises DatasetError where a file cannot be read.
    """
    return check(_quads_of(files, own, only=only), reasoner=reasoner)


def check(quads: Iterable[ox.Quad], *, reasoner: bool = True) -> Report:
    """Check statements, the ontology among them, in whatever graphs they are."""
    quads = list(quads)
    reasoned = check_reasoning(quads) if reasoner else _not_reasoned(NOT_ASKED)
    return Report(
        outcomes=(check_shapes(quads), check_queries(quads), check_quotes(quads), reasoned)
    )


def check_documents(quads: Iterable[ox.Quad], *, shapes: bool = True) -> Report:
    """Check the graphs of documents against the shipped knowledge, which is taken to be sound.

    The reasoner is left out, and so are the shapes where they would take too long.
    """
    stated = list(quads)
    union = [*knowledge_quads(), *stated]
    focus = {quad.subject.value for quad in stated if isinstance(quad.subject, ox.NamedNode)}
    held = [check_shapes(union, focus)] if shapes else []
    return Report(outcomes=(*held, check_queries(union), check_quotes(stated)))


def _quads_of(files: Sequence[Path], own: Sequence[Path] = (), *, only: bool = False) -> Quads:
    if not files:
        return list(quads_with_own(own, only=only))
    given = [quad for path in files for quad in read_file(path)]
    if any(quad.subject == ox.NamedNode(ONTOLOGY) for quad in given):
        return given
    return [*knowledge_quads(), *given]


def check_shapes(quads: Quads, focus: Collection[str] | None = None) -> Outcome:
    """Hold the union of all graphs to the shipped shapes (SHACL); only `focus`, if it is given."""
    shapes = shipped_shapes()
    return Outcome(
        name="Shapes",
        looked_at=f"{counted(len(_shape_names(shapes)), 'shape')}"
        f" over {counted(len(quads), 'statement')}",
        findings=_ordered(_shape_findings(quads, shapes, focus)),
    )


def shipped_shapes() -> rdflib.Graph:
    """Return the shapes of `ontology/shapes/`.

    Raises DatasetError where there are none, for holding to nothing would find nothing.
    """
    import rdflib

    shapes = rdflib.Graph()
    for file in (assets.ontology() / "shapes").iterdir():
        shapes.parse(data=file.read_bytes(), format="turtle")
    if not _shape_names(shapes):
        raise DatasetError("There are no shapes in this installation. Install the package again.")
    return shapes


def _shape_names(shapes: rdflib.Graph) -> set[Node]:
    from rdflib import RDF as RDFLIB_RDF
    from rdflib import SH

    return set(shapes.subjects(RDFLIB_RDF.type, SH.NodeShape))


def _shape_findings(
    quads: Quads, shapes: rdflib.Graph, focus: Collection[str] | None
) -> Iterator[Finding]:
    """Validate, and yield a finding for each result (SHACL, 3.6.2)."""
    import pyshacl
    from rdflib import RDF as RDFLIB_RDF
    from rdflib import SH

    try:
        with _silenced("rdflib.term"):
            _, results, _ = pyshacl.validate(
                _union(quads),
                shacl_graph=shapes,
                inplace=True,
                focus_nodes=None if focus is None else list(focus),
            )
    except (ArithmeticError, TypeError, ValueError) as error:
        # pySHACL compares values of any type, and not all of them can be compared.
        yield Finding(rule="values", node="the graph", message=_incomparable(error))
        return
    for result in results.subjects(RDFLIB_RDF.type, SH.ValidationResult):
        yield _finding(result, results, shapes)


def _incomparable(error: Exception) -> Texts:
    return {language: f"{text} ({error!r})." for language, text in INCOMPARABLE.items()}


def _finding(result: Node, results: rdflib.Graph, shapes: rdflib.Graph) -> Finding:
    from rdflib import SH

    violated = results.value(result, SH.resultSeverity) == SH.Violation
    return Finding(
        rule=_node_shape(results.value(result, SH.sourceShape), shapes),
        node=str(results.value(result, SH.focusNode)),
        value=str(results.value(result, SH.value) or ""),
        message=_messages(result, results, shapes),
        severity="violation" if violated else "warning",
    )


def _messages(result: Node, results: rdflib.Graph, shapes: rdflib.Graph) -> Texts:
    """Return what a result says, by language.

    Of the messages of a SPARQL constraint pySHACL fills in one, which one differs from run to run,
    and drops its language: these are read from the constraint, and filled in here (SHACL, 5.3.2).
    """
    from rdflib import SH, Literal

    constraint = results.value(result, SH.sourceConstraint)
    value = str(results.value(result, SH.value) or "")
    stated = [*shapes.objects(constraint, SH.message)] if constraint is not None else []
    texts = stated or results.objects(result, SH.resultMessage)
    return {
        text.language or "en": str(text).replace("{?value}", value)
        for text in texts
        if isinstance(text, Literal)
    }


def _node_shape(source: Node | None, shapes: rdflib.Graph) -> str:
    """Name the shape that a property shape or constraint, which has no name, is part of."""
    while source is not None and not str(source).startswith(SHAPES):
        source = next(shapes.subjects(None, source), None)
    return str(source).removeprefix(SHAPES)


def _union(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    """Return all graphs merged, with literals as they were written.

    The graph parses each query once: a validation asks the same one again for each node.
    """
    import rdflib
    from rdflib.plugins.sparql import prepareQuery

    prepared = cache(prepareQuery)

    class Union(rdflib.Graph):
        def query(self, query_object: Any, *arguments: Any, **options: Any) -> Result:  # noqa: ANN401
            return super().query(prepared(query_object), *arguments, **options)

    return Union().parse(data=_ntriples(quads), format="nt11")


def _ntriples(quads: Iterable[ox.Quad]) -> bytes:
    """Write statements, each once, without those of RDF 1.2 alone, which other tools refuse."""
    triples = dict.fromkeys(quad.triple for quad in quads if not _is_new(quad.object))
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def _is_new(term: object) -> bool:
    return isinstance(term, ox.Triple) or getattr(term, "direction", None) is not None


@contextmanager
def _silenced(name: str) -> Iterator[None]:
    """Keep a logger from printing what the findings say better."""
    logger = logging.getLogger(name)
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


def check_queries(quads: Quads) -> Outcome:
    """Ask for what must never be found: each row of a query in `queries/checks/` is a violation.

    Raises DatasetError where there is no such query, for asking nothing would find nothing.
    """
    queries = load_queries(assets.queries() / "checks")
    if not queries:
        raise DatasetError("There are no violation queries in this installation. Install it again.")
    store = Store.from_quads(quads)
    findings = (
        Finding(
            rule=query.name,
            node=_value(row.get("node")),
            message={
                language: f"{title}: {_value(row.get('problem'))}."
                for language, title in query.title.items()
            },
        )
        for query in queries
        for row in store.select(query.text)
    )
    return Outcome(
        name="Violation queries",
        looked_at=counted(len(queries), "query", "queries"),
        findings=_ordered(findings),
    )


def _value(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def check_quotes(quads: Quads) -> Outcome:
    """Read each span in its text: `text[start:end]` must be the quote, to the character."""
    facts = _facts(quads)
    spans = [
        subject
        for (subject, predicate), kinds in facts.items()
        if predicate == RDF.type and VD.TextSpan in kinds
    ]
    misquoted = (span for span in spans if not _reproduces_its_quote(span, facts))
    findings = (Finding(rule="quote", node=_value(span), message=MISQUOTED) for span in misquoted)
    return Outcome(
        name="Quotes", looked_at=counted(len(spans), "span"), findings=_ordered(findings)
    )


def _facts(quads: Iterable[ox.Quad]) -> dict[tuple[object, ox.NamedNode], list[Any]]:
    """Return the objects by subject and predicate, each once, whatever its graphs."""
    found: defaultdict[tuple[object, ox.NamedNode], list[Any]] = defaultdict(list)
    for triple in dict.fromkeys(quad.triple for quad in quads):
        found[triple.subject, triple.predicate].append(triple.object)
    return dict(found)


def _reproduces_its_quote(
    span: object, facts: Mapping[tuple[object, ox.NamedNode], list[Any]]
) -> bool:
    def only(link: ox.NamedNode, predicate: ox.NamedNode) -> str:
        nodes = facts.get((span, link), [])
        values = [value for node in nodes for value in facts.get((node, predicate), [])]
        return _value(values[0]) if len(values) == 1 else ""

    start, end = only(OA.hasSelector, OA.start), only(OA.hasSelector, OA.end)
    if not (OFFSET.fullmatch(start) and OFFSET.fullmatch(end)):
        return False
    quote = only(OA.hasSelector, OA.exact)
    return quote != "" and only(OA.hasSource, PROV.value)[int(start) : int(end)] == quote


def check_reasoning(quads: Quads) -> Outcome:
    """Let HermiT look for contradictions, where there is a Java to run it.

    The regions stay out: 552 individuals under a key cost it ten seconds, and their shapes say
    all that it could.
    """
    if not shutil.which("java"):
        return _not_reasoned(NO_JAVA)
    world = _world(quad for quad in quads if quad.graph_name != REGIONS_GRAPH)
    return Outcome(
        name="Reasoner",
        looked_at=counted(len(list(world.classes())), "class", "classes"),
        findings=_ordered(_contradictions(world)),
    )


def _not_reasoned(why: str) -> Outcome:
    return Outcome(name="Reasoner", skipped=why)


def _world(quads: Iterable[ox.Quad]) -> owlready2.World:
    """Load statements for the reasoner, as N-Triples: owlready2 takes Turtle for an empty graph.

    Raises DatasetError where no class arrived, for no contradiction could then be found.
    """
    import owlready2

    stated = (quad for quad in quads if quad.predicate != OWL.imports)
    world = owlready2.World()
    world.get_ontology(ONTOLOGY).load(fileobj=BytesIO(_ntriples(stated)))
    if not any(world.classes()):
        raise DatasetError("The reasoner was given no class. Check the graph with its ontology.")
    return world


def _contradictions(world: owlready2.World) -> Iterator[Finding]:
    """Run HermiT; literals of datatypes that the OWL 2 map lacks are let pass as they are.

    These are rdf:langString, xsd:date, xsd:gYear and vd:UrusanCode.
    """
    import owlready2

    try:
        owlready2.sync_reasoner_hermit(world, ignore_unsupported_datatypes=True, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        yield Finding(rule="consistency", node="the graph", message=CONTRADICTION)
        return
    for contradictory in world.inconsistent_classes():
        if contradictory is not owlready2.Nothing:
            yield Finding(rule="satisfiability", node=contradictory.iri, message=UNSATISFIABLE)
