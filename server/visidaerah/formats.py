"""The formats in which graphs and query results are written, preference first."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from itertools import islice
from typing import IO, TYPE_CHECKING, Protocol, TypeAlias, cast

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    serialize,
)

from visidaerah.errors import FormatError, UsageError
from visidaerah.vocabulary import PREFIXES, RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Node: TypeAlias = NamedNode | BlankNode | Literal | Triple
    Json: TypeAlias = str | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A serialisation: `name` is its word on the command line and its extension in URLs.

    `aliases` are other media types under which clients ask for it; `title` is for people.
    """

    name: str
    title: str
    media_type: str
    aliases: tuple[str, ...] = ()

    @property
    def is_text(self) -> bool:
        """Tell whether its media type takes a charset parameter (RFC 6657, RFC 9110 8.3.2)."""
        return self.media_type.startswith("text/")

    @property
    def content_type(self) -> str:
        """Return the value of the `Content-Type` header."""
        return f"{self.media_type}; charset=utf-8" if self.is_text else self.media_type


GRAPH_FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        Format(
            name="ttl",
            title="Turtle",
            media_type="text/turtle",
            aliases=("application/x-turtle", "text/n3", "text/rdf+n3", "application/turtle"),
        ),
        Format(
            name="jsonld",
            title="JSON-LD",
            media_type="application/ld+json",
            aliases=("application/json",),
        ),
        Format(
            name="rdf",
            title="RDF/XML",
            media_type="application/rdf+xml",
            aliases=("application/xml", "text/xml"),
        ),
        Format(
            name="nt",
            title="N-Triples",
            media_type="application/n-triples",
            aliases=("text/plain",),
        ),
        Format(name="trig", title="TriG", media_type="application/trig"),
        Format(
            name="nq", title="N-Quads", media_type="application/n-quads", aliases=("text/x-nquads",)
        ),
    )
}

RESULT_FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        Format(
            name="json",
            title="JSON",
            media_type="application/sparql-results+json",
            aliases=("application/json",),
        ),
        Format(
            name="xml",
            title="XML",
            media_type="application/sparql-results+xml",
            aliases=("application/xml", "text/xml"),
        ),
        Format(name="csv", title="CSV", media_type="text/csv"),
        Format(name="tsv", title="TSV", media_type="text/tab-separated-values"),
    )
}

# Looked at for every statement: made once.
RDF_TYPE = RDF.type
XSD_STRING = XSD.string
PLAIN_NAME = re.compile(r"\w[\w-]*")

XML_FORMATS = frozenset({"xml", "rdf"})
# U+0000 to U+001F but tab, line feed and carriage return; U+FFFE and U+FFFF.
NOT_IN_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")

DATASET_FORMATS = ("trig", "nq")

RDF_WRITERS = {
    "ttl": RdfFormat.TURTLE,
    "rdf": RdfFormat.RDF_XML,
    "nt": RdfFormat.N_TRIPLES,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
}

RESULT_WRITERS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}


def graph_format(name: str) -> Format:
    """Return a format of graphs by its name.

    Raises UsageError for an unknown one.
    """
    try:
        return GRAPH_FORMATS[name]
    except KeyError:
        known = ", ".join(GRAPH_FORMATS)
        raise UsageError(f"There is no graph format {name!r}. Known: {known}.") from None


def write_results(results: QueryBoolean | QuerySolutions, form: str, output: Output) -> None:
    """Write a table or a yes or no in a result format, piece by piece.

    Raises UsageError for an unknown format, and what `output.write` raises.
    """
    if form not in RESULT_FORMATS:
        raise UsageError(f"There is no result format {form!r}. Known: {', '.join(RESULT_FORMATS)}.")
    if form == "csv" and isinstance(results, QuerySolutions):
        write_csv(results, output)
    else:
        results.serialize(cast("IO[bytes]", output), RESULT_WRITERS[form])


class Output(Protocol):
    """What can be written to."""

    def write(self, piece: bytes, /) -> int:
        """Take a piece."""

    def flush(self) -> None:
        """Let nothing wait."""


def fit_for_xml(content: bytes, formats: dict[str, Format]) -> bytes:
    """Pass XML whose characters are all allowed (XML 1.0, 2.2), which escapes cannot help.

    Raises FormatError for others, with the formats that can carry them.
    """
    odd = NOT_IN_XML.search(content)
    if odd:
        raise unfit_for_xml(odd.group(), formats)
    return content


def unfit_for_xml(character: bytes, formats: dict[str, Format]) -> FormatError:
    """Return the error of a character that XML cannot carry, with the formats that can."""
    others = ", ".join(form.title for name, form in formats.items() if name not in XML_FORMATS)
    return FormatError(
        f"The data hold the character U+{ord(character.decode()):04X}, which XML cannot "
        f"carry. Ask for another format: {others}."
    )


LINES_AT_ONCE = 500


def write_csv(solutions: QuerySolutions, output: Output) -> None:
    """Write a table as CSV (SPARQL 1.1 Query Results CSV and TSV Formats, section 3).

    The engine's own writer leaves IRIs unquoted, and the names of spans have a comma.
    """
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(variable.value for variable in solutions.variables)
    rows = ([csv_field(term) for term in solution] for solution in solutions)
    while some := list(islice(rows, LINES_AT_ONCE)):
        writer.writerows(some)
        output.write(lines.getvalue().encode())
        lines.seek(0)
        lines.truncate()
    output.write(lines.getvalue().encode())


def csv_field(term: Node | None) -> str:
    """Return the CSV form of a term: its bare value, without datatype, language or brackets."""
    if term is None:
        return ""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def write_graph(
    statements: Iterable[Quad | Triple], form: str, prefixes: dict[str, str] = PREFIXES
) -> bytes:
    """Write statements in a graph format, sorted, so that equal graphs give equal bytes.

    The names of graphs are kept by the formats that have them (TriG, N-Quads) and dropped by the
    others. Blank nodes keep the labels they have.

    Raises UsageError for an unknown format, FormatError where it cannot carry a statement.
    """
    graph_format(form)
    if form in DATASET_FORMATS:
        quads = sorted({as_quad(item) for item in statements}, key=sort_key)
        used = used_prefixes((quad.triple for quad in quads), prefixes)
        return serialize(quads, format=RDF_WRITERS[form], prefixes=used) or b""
    triples = sorted({as_triple(item) for item in statements}, key=sort_key)
    used = used_prefixes(triples, prefixes)
    if form == "jsonld":
        return write_json_ld(triples, used)
    content = serialize(triples, format=RDF_WRITERS[form], prefixes=used) or b""
    return fit_for_xml(content, GRAPH_FORMATS) if form == "rdf" else content


def used_prefixes(triples: Iterable[Triple], prefixes: dict[str, str]) -> dict[str, str]:
    """Return the prefixes that some IRI of the triples begins with."""
    iris = {iri for triple in triples for iri in iris_of(triple)}
    return {
        prefix: start
        for prefix, start in prefixes.items()
        if any(iri.startswith(start) for iri in iris)
    }


def iris_of(triple: Triple) -> Iterator[str]:
    """Yield the IRIs of a triple, datatypes included."""
    for term in triple:
        if isinstance(term, NamedNode):
            yield term.value
        elif isinstance(term, Literal):
            yield from [] if is_plain(term) else [term.datatype.value]
        elif isinstance(term, Triple):
            yield from iris_of(term)


def as_quad(statement: Quad | Triple) -> Quad:
    """Return the statement with a graph: its own or the default one."""
    return statement if isinstance(statement, Quad) else Quad(*statement)


def as_triple(statement: Quad | Triple) -> Triple:
    """Return the statement without its graph."""
    return statement.triple if isinstance(statement, Quad) else statement


def sort_key(statement: Quad | Triple) -> tuple[str, str, bool, str, str]:
    """Order by graph, subject, `rdf:type` before other predicates, object."""
    graph = statement.graph_name if isinstance(statement, Quad) else DefaultGraph()
    return (
        "" if isinstance(graph, DefaultGraph) else str(graph),
        str(statement.subject),
        statement.predicate != RDF_TYPE,
        str(statement.predicate),
        str(statement.object),
    )


def is_plain(literal: Literal) -> bool:
    """Tell whether a literal is written without its datatype."""
    return literal.language is not None or literal.datatype == XSD_STRING


class CompactNames(dict[str, str]):
    """IRIs as `prefix:rest` where a prefix fits and the rest is a plain name, else as they are."""

    def __init__(self, prefixes: dict[str, str]) -> None:
        super().__init__()
        self._prefixes = prefixes

    def __missing__(self, iri: str) -> str:
        self[iri] = self._compact(iri)
        return self[iri]

    def _compact(self, iri: str) -> str:
        for prefix, start in self._prefixes.items():
            rest = iri.removeprefix(start)
            if rest != iri and PLAIN_NAME.fullmatch(rest):
                return f"{prefix}:{rest}"
        return iri


def write_json_ld(triples: list[Triple], prefixes: dict[str, str]) -> bytes:
    """Write sorted triples as compacted JSON-LD: one node, one line per subject.

    The context, which is the prefixes, is inline: a reader should not need to fetch one.

    Raises FormatError for a triple term, which JSON-LD 1.1 cannot say.
    """
    names = CompactNames(prefixes)
    nodes: dict[str, dict[str, list[Json]]] = {}
    for triple in triples:
        values = nodes.setdefault(node_name(triple.subject, names), {})
        if triple.predicate == RDF_TYPE:
            values.setdefault("@type", []).append(node_name(triple.object, names))
        else:
            key = names[triple.predicate.value]
            values.setdefault(key, []).append(json_value(triple.object, names))
    context = json.dumps(prefixes, ensure_ascii=False)
    lines = (json.dumps({"@id": name} | said, ensure_ascii=False) for name, said in nodes.items())
    graph = ",\n".join(lines)
    return f'{{"@context": {context},\n"@graph": [\n{graph}\n]}}\n'.encode()


def node_name(term: Node, names: CompactNames) -> str:
    """Return a JSON-LD `@id`.

    Raises FormatError for a triple term.
    """
    if isinstance(term, NamedNode):
        return names[term.value]
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    raise FormatError("JSON-LD cannot name a triple term. Ask for Turtle or N-Triples.")


def json_value(term: Node, names: CompactNames) -> Json:
    """Return the JSON-LD form of an object: a string, a reference or a value object."""
    if not isinstance(term, Literal):
        return {"@id": node_name(term, names)}
    if term.language and term.direction:
        return {
            "@value": term.value,
            "@language": term.language,
            "@direction": term.direction.value,
        }
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype == XSD_STRING:
        return term.value
    return {"@value": term.value, "@type": names[term.datatype.value]}
