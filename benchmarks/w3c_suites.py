"""Runs the W3C's test suites through HTTP, beside what the engine reaches in process.

    python benchmarks/w3c_suites.py RDF_TESTS [--verbose]

RDF_TESTS is a checkout of https://github.com/w3c/rdf-tests. A real server (`visidaerah serve
--dataset`) holds all data of the suites, each file as a graph of its name; a test names its own
data by the protocol's `default-graph-uri` and `named-graph-uri`. The engine is given the same data
as its default graph. Files to parse are read as `--dataset` reads them. Tests of updates are left
out, since the endpoint has none; those of federation must be refused.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pyoxigraph as ox
from real_server import Client, own_server, say
from w3c_suites_parsing import PARSING, parsing_scores
from w3c_suites_protocol import protocol_scores
from w3c_suites_results import Found, agree, of_engine, read_expected, read_results
from w3c_suites_tests import BASE, Data, Manifest, Test, path_of

from visidaerah.sources import in_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Run = Callable[[Test], bool]

QUERY_SUITES = {
    "SPARQL 1.0 evaluation": ("sparql/sparql10/manifest-evaluation.ttl",),
    "SPARQL 1.0 syntax": ("sparql/sparql10/manifest-syntax.ttl",),
    "SPARQL 1.1 query": ("sparql/sparql11/manifest-sparql11-query.ttl",),
    "SPARQL 1.1 results": (
        "sparql/sparql11/csv-tsv-res/manifest.ttl",
        "sparql/sparql11/json-res/manifest.ttl",
    ),
    "SPARQL 1.2": ("sparql/sparql12/manifest.ttl",),
}
FEDERATION = ("sparql/sparql11/service/manifest.ttl", "sparql/sparql11/syntax-fed/manifest.ttl")
PROTOCOL = "sparql/sparql11/protocol/manifest.ttl"

FROM = re.compile(rb"\bFROM\b", re.IGNORECASE)

EMPTY = "urn:x-empty"
"""A graph that nobody has."""

ACCEPTED = {
    "srx": "application/sparql-results+xml",
    "srj": "application/sparql-results+json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
ACCEPT_ANY = "application/sparql-results+json, application/n-triples;q=0.9"

QUERY_HEADERS = {"Content-Type": "application/sparql-query"}


@dataclass(frozen=True, slots=True)
class Score:
    """How many tests of a suite pass, and the names of those that do not."""

    total: int
    failed: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.total - len(self.failed)}/{self.total}"


def main() -> int | str:
    """Run all suites and print what passes."""
    parser = argparse.ArgumentParser(description="Run the W3C's test suites through HTTP.")
    parser.add_argument("checkout", type=Path, metavar="RDF_TESTS")
    parser.add_argument("--verbose", action="store_true", help="name the tests that fail")
    options = parser.parse_args()
    if not path_of(options.checkout, BASE + PROTOCOL).is_file():
        return f"{options.checkout} is no checkout of w3c/rdf-tests."
    say(f"{'suite':24} {'through HTTP':>14} {'in process':>12}")
    for name, ours, theirs in all_scores(options.checkout):
        say(f"{name:24} {ours!s:>14} {theirs or ''!s:>12}")
        if options.verbose:
            print_failed(ours, theirs)
    return 0


def print_failed(ours: Score, theirs: Score | None) -> None:
    """Name the tests that fail, with where they fail."""
    others = set(theirs.failed) if theirs else set()
    for name in ours.failed:
        say(f"    {name}{' (in process too)' if name in others else ''}")
    for name in sorted(others - set(ours.failed)):
        say(f"    {name} (in process only)")


def all_scores(checkout: Path) -> Iterator[tuple[str, Score, Score | None]]:
    """Yield each suite's name, and its scores through HTTP and in process."""
    with tempfile.TemporaryDirectory() as folder, suppress(KeyboardInterrupt):
        dataset = Path(folder) / "suites.nq"
        write_dataset(checkout, dataset)
        with own_server("--dataset", str(dataset)) as (port, _):
            client = Client(port)
            everything = ox.Store()
            everything.bulk_load(path=dataset)
            yield from query_scores(checkout, client, Engine(checkout, everything))
            for name, total, failed in protocol_scores(Manifest(checkout, PROTOCOL), client):
                yield name, Score(total, failed), None
    for suite in PARSING:
        total, failed, failed_in_process = parsing_scores(checkout, suite)
        yield suite.name, Score(total, failed), Score(total, failed_in_process)


def query_scores(
    checkout: Path, client: Client, engine: Engine
) -> Iterator[tuple[str, Score, Score | None]]:
    """Yield the scores of the suites of queries."""
    server = Server(checkout, client)
    for name, manifests in QUERY_SUITES.items():
        tests = tests_of(checkout, manifests)
        yield name, score(tests, server.passes), score(tests, engine.passes)
    federated = tests_of(checkout, FEDERATION)
    yield "federation refused", score(federated, server.refuses), None


def tests_of(checkout: Path, manifests: Iterable[str]) -> list[Test]:
    """Return the tests of manifests that are of queries."""
    tests = [test for path in manifests for test in Manifest(checkout, path).tests()]
    return [test for test in tests if "Update" not in test.kind]


def score(tests: Sequence[Test], run: Run) -> Score:
    """Run tests."""
    return Score(len(tests), tuple(test.name for test in tests if not run(test)))


# The data of all suites


def write_dataset(checkout: Path, path: Path) -> None:
    """Write the data of all suites into one file, each file as the graph of its name."""
    with path.open("wb") as stream:
        for data in sorted(all_data(checkout), key=lambda data: data.graph):
            ox.serialize(quads_of(checkout, data), stream, ox.RdfFormat.N_QUADS)


def all_data(checkout: Path) -> set[Data]:
    """Return all files of data: what manifests name, and what lies beside queries with FROM."""
    suites = [*QUERY_SUITES.values(), FEDERATION, (PROTOCOL,)]
    tests = [
        test for paths in suites for path in paths for test in Manifest(checkout, path).tests()
    ]
    named = {data for test in tests for data in (*test.default, *test.named)}
    beside = (checkout / "sparql" / "sparql10" / "dataset").glob("data-*.ttl")
    iris = (BASE + file.relative_to(checkout).as_posix() for file in beside)
    return named | {Data(iri, iri) for iri in iris}


def quads_of(checkout: Path, data: Data) -> list[ox.Quad]:
    """Return the statements of a file; none where it is missing.

    Those of its default graph are in the graph that the file is.
    """
    file = path_of(checkout, data.file)
    form = ox.RdfFormat.from_extension(file.suffix[1:])
    if not file.is_file() or form is None:
        return []
    graph = ox.NamedNode(data.graph)
    found = ox.parse(path=file, format=form, base_iri=data.file, rename_blank_nodes=True)
    return [
        in_graph(quad.triple, graph) if quad.graph_name == ox.DefaultGraph() else quad
        for quad in found
    ]


# Those that are tried


@dataclass(frozen=True, slots=True)
class Server:
    """A real server with the data of all suites."""

    checkout: Path
    client: Client

    def passes(self, test: Test) -> bool:
        """Tell whether the server passes a test."""
        query = path_of(self.checkout, test.query).read_bytes()
        # The protocol has no parameter for the base; a first BASE stands for it.
        content = f"BASE <{test.query}>\n".encode() + query
        answer = self.client.ask(
            "/sparql?" + urlencode(dataset_parameters(self.checkout, test)),
            "POST",
            QUERY_HEADERS | {"Accept": accepted(test)},
            content if test.result else query,
        )
        if is_negative(test):
            return answer.status == 400
        if answer.status != 200 or not test.result:
            return answer.status == 200
        return holds(self.checkout, test, lambda: read_results(answer.body, answer.type))

    def refuses(self, test: Test) -> bool:
        """Tell whether the server refuses a query to other endpoints."""
        query = path_of(self.checkout, test.query).read_bytes()
        answer = self.client.ask("/sparql", "POST", QUERY_HEADERS, query)
        return answer.status in {400, 403} and (is_negative(test) or answer.status == 403)


@dataclass(frozen=True, slots=True)
class Engine:
    """The engine in this process; `everything` is for queries that name their data by FROM."""

    checkout: Path
    everything: ox.Store

    def passes(self, test: Test) -> bool:
        """Tell whether the engine passes a test."""
        query = path_of(self.checkout, test.query)
        try:
            text = query.read_bytes().decode()
            found = self._store(test).query(text, base_iri=test.query)
            result = of_engine(found)
        except SyntaxError:
            return is_negative(test)
        except (RuntimeError, UnicodeDecodeError):
            return False
        if is_negative(test) or not test.result:
            return not is_negative(test)
        return holds(self.checkout, test, lambda: result)

    def _store(self, test: Test) -> ox.Store:
        if names_its_data(self.checkout, test):
            return self.everything
        store = ox.Store()
        for data in test.default:
            for quad in quads_of(self.checkout, data):
                is_own = quad.graph_name == ox.NamedNode(data.graph)
                store.add(in_graph(quad.triple, ox.DefaultGraph()) if is_own else quad)
        for data in test.named:
            store.add_graph(ox.NamedNode(data.graph))
            store.extend(quads_of(self.checkout, data))
        return store


def names_its_data(checkout: Path, test: Test) -> bool:
    """Tell whether the query of a test of evaluation names its data by FROM."""
    if not test.result or test.default:
        return False
    return FROM.search(path_of(checkout, test.query).read_bytes()) is not None


def dataset_parameters(checkout: Path, test: Test) -> list[tuple[str, str]]:
    """Return the parameters that name a test's data; none where its query does."""
    if names_its_data(checkout, test):
        return []
    default = [data.graph for data in test.default] or [EMPTY]
    named = [data.graph for data in test.named] + [
        name for data in test.default for name in names_within(checkout, data)
    ]
    parameters = [("default-graph-uri", name) for name in default]
    return parameters + [("named-graph-uri", name) for name in named]


def names_within(checkout: Path, data: Data) -> list[str]:
    """Return the names of the graphs within a file: those of a dataset have some."""
    names = {quad.graph_name for quad in quads_of(checkout, data)}
    return sorted(
        name.value for name in names if isinstance(name, ox.NamedNode) and name.value != data.graph
    )


def accepted(test: Test) -> str:
    """Return what to accept: the format of the expected result, where it is one of results."""
    return ACCEPTED.get((test.result or "").rpartition(".")[2], ACCEPT_ANY)


def is_negative(test: Test) -> bool:
    """Tell whether a test's query must be refused."""
    return test.kind.startswith("Negative")


def holds(checkout: Path, test: Test, result: Callable[[], Found]) -> bool:
    """Tell whether a result is what a test expects."""
    assert test.result  # noqa: S101 (tests of evaluation have one)
    content = path_of(checkout, test.result).read_bytes()
    expected = read_expected(content, test.result.rpartition(".")[2], test.result)
    try:
        return agree(expected, result(), is_lax=test.is_lax)
    except (ValueError, SyntaxError):
        return False


if __name__ == "__main__":
    raise SystemExit(main())
