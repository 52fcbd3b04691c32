"""A release of the graph, asked in SPARQL: the only module that knows the engine's store."""

from __future__ import annotations

import errno
import re
from collections import deque
from functools import cache, cached_property
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, Self, TypeGuard

import pyoxigraph as ox

from visidaerah.answers import WHOLE, Bounds, QueryAnswer, QueryRequest, write_answer
from visidaerah.errors import DatasetError, QueryError, SpoolFull, UsageError
from visidaerah.marker import MARKER, QUADS, read_marker
from visidaerah.mistakes import syntax_error
from visidaerah.screening import screen, star, variables
from visidaerah.sources import (
    files_of,
    in_graph,
    knowledge_quads,
    quads_of,
    quads_with_own,
    read_file,
    shipped_quads,
    with_stable_blank_nodes,
)
from visidaerah.spelling import engine_spelling
from visidaerah.vocabulary import OA, PREFIXES, RDFS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

__all__ = [
    "QueryAnswer",
    "QueryRequest",
    "Store",
    "absolute_iri",
    "knowledge_quads",
    "quads_with_own",
    "read_file",
    "shipped_quads",
]

Node = ox.NamedNode | ox.BlankNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = dict[str, Term]
Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph

DEFAULT_GRAPH = ox.DefaultGraph()

TO_DOCUMENT = (OA.hasSource, RDFS.isDefinedBy)
"""The properties that lead from a part of a document to the document."""

UNKNOWN_FUNCTION = re.compile(r"The custom function <(?P<iri>[^>]*)> is not supported")


class Store:
    """A release that never changes.

    The default graph holds the merge of all graphs, each triple once. The engine's own union is
    not used because it keeps a triple once per graph, and counts would be wrong.
    """

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        engine = ox.Store()
        engine.bulk_extend(quads)
        self._has_own_default = merge(engine)
        self._engine = engine
        self._measured: dict[str, list[Row]] = {}

    @classmethod
    def shipped(cls) -> Self:
        """Return the shipped release: ontology, schemes, regions and plans.

        Raises DatasetError where a file of it is broken.
        """
        return cls(with_stable_blank_nodes(shipped_quads()))

    @classmethod
    def with_own(cls, graphs: Sequence[Path], *, only: bool = False) -> Self:
        """Return the shipped release with graphs of documents besides its own.

        One of the same file name takes the place of the shipped one; `only` leaves out all
        shipped plans.

        Raises DatasetError where a file is broken.
        """
        return cls(with_stable_blank_nodes(quads_with_own(graphs, only=only)))

    @classmethod
    def from_path(cls, path: Path) -> Store:
        """Return the release in a file: Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD.

        The extension tells the format; `.gz` after it is understood. A folder is one that
        `loading.load` made, or has such files.

        Raises DatasetError where it cannot be read, is of no such format, or is broken.
        """
        if (path / MARKER).is_file():
            return StoreOnDisk(path)
        files = files_of(path)
        many = len(files) > 1
        return cls(chain.from_iterable(quads_of(file, is_one_of_many=many) for file in files))

    @classmethod
    def from_quads(cls, quads: Iterable[ox.Quad]) -> Self:
        """Return the release that consists of the quads."""
        return cls(quads)

    def open(self) -> None:
        """Make the release ready in this process: one in memory is."""

    @cached_property
    def version(self) -> str:
        """Return 16 hex digits that are equal for equal content, for entity tags."""
        # A sum does not depend on the order, so that nothing is sorted or held.
        lines = (str(quad).encode() for quad in self.quads())
        total = sum(int.from_bytes(sha256(line).digest()) for line in lines)
        return sha256(str(total).encode()).hexdigest()[:16]

    def __len__(self) -> int:
        """Return the number of triples of the merged graph."""
        return self._size

    @cached_property
    def _size(self) -> int:
        return sum(1 for _ in self.triples())

    @cached_property
    def graph_names(self) -> tuple[Node, ...]:
        """Return the names of the graphs, in order."""
        return tuple(sorted(self._engine.named_graphs(), key=str))

    def has_graph(self, name: str) -> bool:
        """Tell whether the release has a graph of this name."""
        return any(graph.value == name for graph in self.graph_names)

    def triples(
        self,
        subject: Node | None = None,
        predicate: ox.NamedNode | None = None,
        object: Term | None = None,  # noqa: A002 (RDF's word)
        graph: Graph = DEFAULT_GRAPH,
    ) -> Iterator[ox.Triple]:
        """Yield the triples of a graph, of the merge of all by default, that fit."""
        found = self._engine.quads_for_pattern(subject, predicate, object, graph)
        return (quad.triple for quad in found)

    def quads(
        self,
        subject: Node | None = None,
        predicate: ox.NamedNode | None = None,
        object: Term | None = None,  # noqa: A002 (RDF's word)
    ) -> Iterator[ox.Quad]:
        """Yield the statements that fit, each once per graph that makes it."""
        found = self._engine.quads_for_pattern(subject, predicate, object, None)
        for quad in found:
            if quad.graph_name != DEFAULT_GRAPH or self._is_only_in_default(quad):
                yield quad

    def _is_only_in_default(self, quad: ox.Quad) -> bool:
        return self._has_own_default and self._is_nowhere_else(quad)

    def _is_nowhere_else(self, quad: ox.Quad) -> bool:
        found = self._engine.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        return all(one.graph_name == DEFAULT_GRAPH for one in found)

    def has(self, iri: str) -> bool:
        """Tell whether the thing is in the release: as subject, as object or as graph.

        Raises ValueError for what is no absolute IRI.
        """
        node = ox.NamedNode(iri)
        found = (self.triples(node), self.triples(object=node))
        return any(map(any, found)) or self.has_graph(iri)

    def fragments_of(self, document: str) -> tuple[ox.NamedNode, ...]:
        """Return the things that a document defines by fragment (`…#char=76,143`), in order.

        They name it as their source or definition, or belong to others that do.
        """
        node = ox.NamedNode(document)
        waiting: deque[Term] = deque()
        for property_ in TO_DOCUMENT:
            waiting.extend(triple.subject for triple in self.triples(None, property_, node))
        found: set[ox.NamedNode] = set()
        while waiting:
            part = waiting.popleft()
            if is_part(part, document) and part not in found:
                found.add(part)
                waiting.extend(triple.object for triple in self.triples(part))
        return tuple(sorted(found, key=str))

    def select(self, query: str, **bindings: Term) -> list[Row]:
        """Return the rows of a SELECT query of our own; unbound variables are absent.

        The prefixes of `vocabulary.PREFIXES` are declared. A binding's variable must be among the
        projected ones.

        Raises QuerySyntaxError, or UsageError for a query of another form.
        """
        solutions = self._query(query, bindings)
        if not isinstance(solutions, ox.QuerySolutions):
            raise UsageError("This is no SELECT query.")
        return [row_of(solutions.variables, solution) for solution in solutions]

    def measured(self, query: str) -> list[Row]:
        """Return the rows of a query of our own about the whole release, asked once.

        Raises QuerySyntaxError, or UsageError for a query of another form.
        """
        if query not in self._measured:
            self._measured[query] = self.select(query)
        return self._measured[query]

    def ask(self, query: str, **bindings: Term) -> bool:
        """Return the answer of an ASK query of our own.

        Raises QuerySyntaxError.
        """
        return bool(self._query(query, bindings))

    def construct(self, query: str, **bindings: Term) -> list[ox.Triple]:
        """Return the graph of a CONSTRUCT or DESCRIBE query of our own, in order.

        Raises QuerySyntaxError, or UsageError for a query of another form.
        """
        triples = self._query(query, bindings)
        if not isinstance(triples, ox.QueryTriples):
            raise UsageError("This is no CONSTRUCT or DESCRIBE query.")
        return sorted(set(triples), key=str)

    def _query(self, query: str, bindings: dict[str, Term]) -> Result:
        substitutions = {ox.Variable(name): term for name, term in bindings.items()}
        try:
            return self._engine.query(query, prefixes=PREFIXES, substitutions=substitutions)
        except SyntaxError as error:
            raise syntax_error(query, str(error), PREFIXES) from error

    def answer(self, request: QueryRequest, bounds: Bounds = WHOLE) -> QueryAnswer:
        """Answer a query of anyone's in the first accepted format that fits its form.

        Raises QuerySyntaxError; QueryForbidden for SERVICE; QueryError for nesting over a limit or
        where evaluation fails; FormatError where no accepted format fits; UsageError where an IRI
        is none; AnswerTooLong where the answer cannot be cut to its bounds; SpoolFull where there
        is no place for a long one.
        """
        screen(request.query, bounds.nesting)
        engine, default_graph, named_graphs = self._dataset(request)
        substitutions = {ox.Variable(name): term for name, term in request.bindings}

        def answered(functions: Functions) -> QueryAnswer:
            def evaluate(query: str) -> Result:
                return engine.query(
                    with_columns(engine_spelling(query), request, functions),
                    base_iri=request.base,
                    default_graph=default_graph,
                    named_graphs=named_graphs,
                    substitutions=substitutions,
                    custom_functions=functions,
                )

            return write_answer(evaluate, request, bounds)

        try:
            return with_unknown_functions(answered)
        except SyntaxError as error:
            raise syntax_error(request.query, str(error)) from error
        except (RuntimeError, OSError, ValueError) as error:
            if getattr(error, "errno", None) in NO_PLACE:
                raise SpoolFull(NO_PLACE_LEFT) from error
            raise QueryError(f"The query cannot be answered: {error}.") from error

    def _dataset(
        self, request: QueryRequest
    ) -> tuple[ox.Store, list[Graph] | None, list[Node] | None]:
        """Return what to ask, and its default and named graphs where the protocol gives them.

        Raises UsageError for an IRI that is none.
        """
        default_graph, named_graphs = protocol_dataset(request)
        if not default_graph or len(default_graph) == 1:
            return self._engine, default_graph, named_graphs
        named = named_graphs or []
        return merge_of(self._engine, default_graph, named), [DEFAULT_GRAPH], named


class StoreOnDisk(Store):
    """A release in a folder that `loading.load` made; it is opened when it is first asked.

    Each process opens it for itself: the engine's files have threads, which do not survive a fork.
    """

    def __init__(self, folder: Path) -> None:
        self._marker = read_marker(folder)
        self._has_own_default = self._marker.has_own_default
        self._folder = folder
        self._measured = {query: rows_of(text) for query, text in self._marker.measured.items()}

    def open(self) -> None:
        """Make the release ready in this process.

        Raises DatasetError where it cannot be opened.
        """
        _ = self._engine

    @cached_property
    def _engine(self) -> ox.Store:  # type: ignore[override]
        try:
            return ox.Store.read_only(str(self._folder / QUADS))
        except (OSError, RuntimeError) as error:
            raise DatasetError(
                f"The release in {self._folder} cannot be opened: {error}. Load it again."
            ) from error

    @cached_property
    def version(self) -> str:
        """Return 16 hex digits of what was loaded."""
        return self._marker.version

    @cached_property
    def _size(self) -> int:
        return self._marker.triples


def is_part(term: Term, document: str) -> TypeGuard[ox.NamedNode]:
    """Tell whether a term is the name of a part of a document."""
    return isinstance(term, ox.NamedNode) and term.value.startswith(f"{document}#")


def merge(engine: ox.Store) -> bool:
    """Add to the default graph what named graphs hold; tell whether it held something before."""
    held = next(engine.quads_for_pattern(None, None, None, DEFAULT_GRAPH), None) is not None
    for graph in list(engine.named_graphs()):
        quads = engine.quads_for_pattern(None, None, None, graph)
        engine.bulk_extend(in_graph(quad.triple, DEFAULT_GRAPH) for quad in quads)
    return held


def rows_of(text: str) -> list[Row]:
    """Return the rows of a table in JSON."""
    solutions = ox.parse_query_results(text.encode(), format=ox.QueryResultsFormat.JSON)
    assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 (we wrote it)
    return [row_of(solutions.variables, solution) for solution in solutions]


def row_of(variables: list[ox.Variable], solution: ox.QuerySolution) -> Row:
    """Return a solution without its unbound variables."""
    named = zip(variables, solution, strict=True)
    return {variable.value: term for variable, term in named if term is not None}


NO_PLACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
NO_PLACE_LEFT = (
    "The server has no place left for an answer this long. Ask for less, for example with LIMIT, "
    "or try again later."
)

Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
if TYPE_CHECKING:
    Functions = dict[ox.NamedNode, Callable[..., Term | None]]


def with_unknown_functions(evaluate: Callable[[Functions], QueryAnswer]) -> QueryAnswer:
    """Evaluate again until every unknown function is one that always errs.

    An unknown function is an error of its expression, which leaves a variable unbound, not of the
    query (SPARQL 1.1, 17.3 and 17.6); the engine refuses the query instead and names one at a time.
    """
    functions: Functions = {}
    while True:
        try:
            return evaluate(functions)
        except RuntimeError as error:
            unknown = UNKNOWN_FUNCTION.fullmatch(str(error))
            if not unknown or ox.NamedNode(unknown["iri"]) in functions:
                raise
            functions[ox.NamedNode(unknown["iri"])] = erring_function


def with_columns(query: str, request: QueryRequest, functions: Functions) -> str:
    """Return the query with the columns of `SELECT *` in the order in which they first appear.

    The engine puts them in the order of the alphabet; an empty release tells which they are.
    """
    place = star(query)
    if place is None or request.bindings:
        return query
    found = empty().query(query, base_iri=request.base, custom_functions=functions)
    visible = {column.value for column in getattr(found, "variables", ())}
    columns = [name for name in variables(query) if name in visible]
    if not columns:
        return query
    named = " ".join(f"?{name}" for name in columns)
    return f"{query[:place]} {named} {query[place + 1 :]}"


@cache
def empty() -> ox.Store:
    """Return a store with nothing in it."""
    return ox.Store()


def erring_function(*_arguments: Term) -> None:
    """Give no value, which is how a function of the engine says that it erred."""


def protocol_dataset(request: QueryRequest) -> tuple[list[Graph] | None, list[Node] | None]:
    """Return the default and named graphs that the protocol asks for; both once one is given.

    Raises UsageError for an IRI that is none.
    """
    if not request.default_graphs and not request.named_graphs:
        return None, None
    return (
        [absolute_iri(iri) for iri in request.default_graphs],
        [absolute_iri(iri) for iri in request.named_graphs],
    )


def merge_of(engine: ox.Store, default: Iterable[Graph], named: Iterable[Node]) -> ox.Store:
    """Return a data set whose default graph is the merge of graphs (SPARQL 1.1 Protocol, 2.1.4).

    The engine's own merge has a triple once for each graph that it is in.
    """
    merged = ox.Store()
    for graph in default:
        quads = engine.quads_for_pattern(None, None, None, graph)
        merged.extend(in_graph(quad.triple, DEFAULT_GRAPH) for quad in quads)
    for graph in named:
        merged.extend(engine.quads_for_pattern(None, None, None, graph))
    return merged


def absolute_iri(iri: str) -> ox.NamedNode:
    """Return the node of an absolute IRI.

    Raises UsageError where it is none.
    """
    try:
        return ox.NamedNode(iri)
    except ValueError:
        raise UsageError(f"{iri!r} is no absolute IRI.") from None
