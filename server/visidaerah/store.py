"""A release of the graph in memory, asked in SPARQL: the only module that knows the engine."""

from __future__ import annotations

import errno
import gzip
import re
from collections import defaultdict
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox

from visidaerah import assets
from visidaerah.answers import WHOLE, Bounds, QueryAnswer, QueryRequest, write_answer
from visidaerah.errors import (
    DatasetError,
    QueryError,
    QuerySyntaxError,
    SpoolFull,
    UsageError,
)
from visidaerah.names import ONTOLOGY_GRAPH, PROVENANCE, REGIONS_GRAPH, SECTORS_GRAPH
from visidaerah.screening import (
    PROLOGUE,
    screen,
    star,
    tokens,
    undeclared_prefix,
    variables,
)
from visidaerah.vocabulary import BASE, PREFIXES, RDF, SKOS

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path

__all__ = ["QueryAnswer", "QueryRequest", "Store", "absolute_iri"]

Node = ox.NamedNode | ox.BlankNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = dict[str, Term]
Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph

DEFAULT_GRAPH = ox.DefaultGraph()
DATA_GRAPHS = {"provenance.ttl": PROVENANCE, "regions.ttl": REGIONS_GRAPH}

UPDATE_WORDS = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
)
UNKNOWN_FUNCTION = re.compile(r"The custom function <(?P<iri>[^>]*)> is not supported")
REMOTE_CONTEXT = "No LoadDocumentCallback"
SYNTAX_PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): ")


class Store:
    """A release in memory that never changes.

    The default graph holds the merge of all graphs, each triple once. The engine's own union is
    not used because it keeps a triple once per graph, and counts would be wrong.
    """

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        content = frozenset(quads)
        named = {quad.triple for quad in content if quad.graph_name != DEFAULT_GRAPH}
        self._own_default = frozenset(quad.triple for quad in content) - named
        self._size = len(named) + len(self._own_default)
        self._engine = ox.Store()
        self._engine.bulk_extend(content)
        self._engine.bulk_extend(in_graph(triple, DEFAULT_GRAPH) for triple in named)

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
    def from_path(cls, path: Path) -> Self:
        """Return the release in a file: Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD.

        The extension tells the format; `.gz` after it is understood.

        Raises DatasetError where it cannot be read, is of no such format, or is broken.
        """
        return cls(read_file(path))

    @classmethod
    def from_quads(cls, quads: Iterable[ox.Quad]) -> Self:
        """Return the release that consists of the quads."""
        return cls(quads)

    def open(self) -> None:
        """Make the release ready in this process: one in memory is."""

    @cached_property
    def version(self) -> str:
        """Return 16 hex digits that are equal for equal content, for entity tags."""
        lines = sorted(map(str, self.quads()))
        return sha256("\n".join(lines).encode()).hexdigest()[:16]

    def __len__(self) -> int:
        """Return the number of triples of the merged graph."""
        return self._size

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
        for quad in self._engine.quads_for_pattern(subject, predicate, object, None):
            if quad.graph_name != DEFAULT_GRAPH or quad.triple in self._own_default:
                yield quad

    def has(self, iri: str) -> bool:
        """Tell whether the thing is in the release: as subject, as object or as graph.

        Raises ValueError for what is no absolute IRI.
        """
        node = ox.NamedNode(iri)
        found = (self.triples(node), self.triples(object=node))
        return any(map(any, found)) or self.has_graph(iri)

    @cached_property
    def fragments(self) -> dict[str, tuple[ox.NamedNode, ...]]:
        """Return the things that have a `#` in their names by what is before it, in order."""
        found = self.select(
            "SELECT DISTINCT ?thing { ?thing ?p ?o FILTER CONTAINS(STR(?thing), '#') }"
        )
        things = [thing for row in found if isinstance(thing := row["thing"], ox.NamedNode)]
        by_document: defaultdict[str, list[ox.NamedNode]] = defaultdict(list)
        for thing in sorted(things, key=str):
            by_document[thing.value.partition("#")[0]].append(thing)
        return {document: tuple(parts) for document, parts in by_document.items()}

    def select(self, query: str, **bindings: Term) -> list[Row]:
        """Return the rows of a SELECT query of our own; unbound variables are absent.

        The prefixes of `vocabulary.PREFIXES` are declared. A binding's variable must be among the
        projected ones.

        Raises QuerySyntaxError, or UsageError for a query of another form.
        """
        solutions = self._query(query, bindings)
        if not isinstance(solutions, ox.QuerySolutions):
            raise UsageError("This is no SELECT query.")
        names = [variable.value for variable in solutions.variables]
        rows = (zip(names, solution, strict=True) for solution in solutions)
        return [{name: term for name, term in row if term is not None} for row in rows]

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
        default_graph, named_graphs = protocol_dataset(request)
        substitutions = {ox.Variable(name): term for name, term in request.bindings}

        def answered(functions: Functions) -> QueryAnswer:
            def evaluate(query: str) -> Result:
                return self._engine.query(
                    with_columns(query, request, functions),
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
    found = ox.Store().query(query, base_iri=request.base, custom_functions=functions)
    visible = {column.value for column in getattr(found, "variables", ())}
    columns = [name for name in variables(query) if name in visible]
    if not columns:
        return query
    named = " ".join(f"?{name}" for name in columns)
    return f"{query[:place]} {named} {query[place + 1 :]}"


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


def absolute_iri(iri: str) -> ox.NamedNode:
    """Return the node of an absolute IRI.

    Raises UsageError where it is none.
    """
    try:
        return ox.NamedNode(iri)
    except ValueError:
        raise UsageError(f"{iri!r} is no absolute IRI.") from None


def syntax_error(query: str, message: str, declared: Container[str] = ()) -> QuerySyntaxError:
    """Return the error for a query that does not parse, with its place, in words.

    `declared` are prefixes that need no declaration.
    """
    if is_update(query):
        return QuerySyntaxError(
            "This is an update, and the graph is read-only: data enter through documents "
            "and a build, not over SPARQL."
        )
    place = SYNTAX_PLACE.match(message)
    if not place:
        return QuerySyntaxError(f"The query does not parse: {message}.")
    unknown = undeclared_prefix(query, declared)
    if unknown:
        return unknown_prefix(query, *unknown)
    line, column = int(place["line"]), int(place["column"])
    hint = readable_hint(message[place.end() :])
    is_short = not hint and is_end(query, line, column)
    hint = ": it ends too early, perhaps without a closing bracket" if is_short else hint
    return QuerySyntaxError(
        f"The query does not parse at line {line}, column {column}{hint}.",
        line,
        column,
        reason="ends-early" if is_short else None,
    )


def unknown_prefix(query: str, place: int, prefix: str) -> QuerySyntaxError:
    """Return the error for a prefix that is not declared, with the line to paste where we know it.

    `place` counts characters from 0.
    """
    line, column = query.count("\n", 0, place) + 1, place - query.rfind("\n", 0, place)
    known = PREFIXES.get(prefix)
    paste = f"PREFIX {prefix}: <{known}>" if known else None
    remedy = f"Begin the query with {paste}" if paste else "Declare it at the beginning."
    return QuerySyntaxError(
        f"The query does not parse at line {line}, column {column}: the prefix {prefix}: is not "
        f"declared. {remedy}",
        line,
        column,
        reason="unknown-prefix",
        paste=paste,
    )


def is_end(query: str, line: int, column: int) -> bool:
    """Tell whether nothing but white space and remarks comes from a place (from 1) on."""
    rest = "\n".join(query.split("\n")[line - 1 :])[column - 1 :]
    return not re.sub(r"#[^\n]*", "", rest).strip()


# The parser lists what it could have read next; its sentences are worth showing, its character
# classes are not.
PARSER_SENTENCE = re.compile(
    r"Duplicated variable name in SELECT"
    r"|The SELECT contains a variable that is unbound|[A-Z][a-z]+(?: [A-Za-z]+){2,}"
)


def readable_hint(expectation: str) -> str:
    """Return what the parser says besides its character classes, or nothing."""
    sentence = PARSER_SENTENCE.search(expectation)
    return f": {sentence.group()}" if sentence else ""


def is_update(query: str) -> bool:
    """Tell whether the first word after the prologue is one of SPARQL Update's."""
    words = (text.upper() for kind, text in tokens(query) if kind == "word")
    first = next((word for word in words if word not in PROLOGUE), "")
    return first in UPDATE_WORDS


def shipped_quads() -> Iterator[ox.Quad]:
    """Yield the statements of the shipped files, each file in its graph.

    Raises DatasetError where a file is broken.
    """
    yield from quads_with_own(())


def quads_with_own(graphs: Sequence[Path], *, only: bool = False) -> Iterator[ox.Quad]:
    """Yield the shipped statements with those of graphs of documents, as `Store.with_own` does.

    Raises DatasetError where a file is broken.
    """
    yield from knowledge_quads()
    own = {path.name for path in graphs}
    for file in [] if only else sorted_files(assets.data() / "graph", ".trig"):
        if file.name not in own:
            yield from parse_file(file)
    for path in graphs:
        yield from read_file(path)


def knowledge_quads() -> Iterator[ox.Quad]:
    """Yield the shipped ontology, schemes, regions and provenance, each in its graph.

    Raises DatasetError where a file is broken.
    """
    for file in sorted_files(assets.ontology(), ".ttl"):
        triples = [quad.triple for quad in parse_file(file)]
        graph = graph_of_ontology_file(triples)
        yield from (in_graph(triple, graph) for triple in triples)
    for name, graph in DATA_GRAPHS.items():
        file = assets.data() / name
        if file.is_file():
            yield from (in_graph(quad.triple, graph) for quad in parse_file(file))


def in_graph(triple: ox.Triple, graph: Graph) -> ox.Quad:
    """Return the triple as a statement of a graph."""
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def with_stable_blank_nodes(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return the statements with canonical labels of blank nodes, so that equal files look equal.

    Only for our own files: canonicalisation (RDFC-1.0) can be slow on hostile ones.
    """
    quads = list(quads)
    blank = {quad for quad in quads if any(isinstance(term, ox.BlankNode) for term in quad)}
    dataset = ox.Dataset(blank)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return [*(quad for quad in quads if quad not in blank), *dataset]


def graph_of_ontology_file(triples: list[ox.Triple]) -> ox.NamedNode:
    """Return the graph of a file: a file that makes a concept scheme is no vocabulary."""
    is_scheme = any(
        triple.predicate == RDF.type and triple.object == SKOS.ConceptScheme for triple in triples
    )
    return SECTORS_GRAPH if is_scheme else ONTOLOGY_GRAPH


def sorted_files(folder: Traversable, suffix: str) -> list[Traversable]:
    """Return the folder's own files with a suffix, by name; none where there is no folder."""
    if not folder.is_dir():
        return []
    files = (file for file in folder.iterdir() if file.name.endswith(suffix))
    return sorted(files, key=lambda file: file.name)


def parse_file(file: Traversable) -> list[ox.Quad]:
    """Return the statements of a shipped file.

    Raises DatasetError where it is broken.
    """
    return parse(file.read_bytes(), format_of(file.name), file.name, BASE)


def read_file(path: Path) -> list[ox.Quad]:
    """Return the statements of anyone's file.

    Raises DatasetError where it cannot be read, is of no known format, or is broken.
    """
    if path.is_dir():
        raise DatasetError(f"{path} is a folder. Name a file.")
    if not path.exists():
        raise DatasetError(f"There is no such file: {path}.")
    rdf_format = format_of(path.name.removesuffix(".gz"))
    try:
        content = path.read_bytes()
        if path.suffix == ".gz":
            content = gzip.decompress(content)
    except EOFError as error:
        raise DatasetError(f"{path} is cut short: its gzip data have no end.") from error
    except OSError as error:
        raise DatasetError(f"{path} cannot be read: {error.strerror or error}.") from error
    return parse(content, rdf_format, str(path), path.resolve().as_uri())


def format_of(name: str) -> ox.RdfFormat:
    """Return the format that a file's name tells.

    Raises DatasetError where it tells none.
    """
    extension = name.rpartition(".")[2].lower()
    known = {"owl": ox.RdfFormat.RDF_XML, "turtle": ox.RdfFormat.TURTLE}
    found = known.get(extension) or ox.RdfFormat.from_extension(extension)
    if found is None:
        raise DatasetError(
            f"{name} tells no format. Name it .ttl, .trig, .nt, .nq, .rdf or .jsonld "
            "(and .gz after it where it is compressed)."
        )
    return found


def parse(content: bytes, rdf_format: ox.RdfFormat, name: str, base: str) -> list[ox.Quad]:
    """Return the statements of some bytes; relative IRIs are resolved against the base.

    Raises DatasetError where they are broken, with the line at fault.
    """
    try:
        return list(ox.parse(content, format=rdf_format, base_iri=base))
    except SyntaxError as error:
        if REMOTE_CONTEXT in str(error):
            raise DatasetError(
                f"{name} names a JSON-LD context elsewhere, and nothing is fetched from there. "
                "Write the context into the file, or convert it to Turtle first."
            ) from error
        raise DatasetError(f"{name} is not {rdf_format.name}: {error.msg}.") from error
