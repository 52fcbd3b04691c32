"""Compares the endpoint with others in one run: the same data, the same client, ratios.

    pip install oxigraph rdflib-endpoint  (in an environment of its own)
    python benchmarks/endpoint_speed.py [--oxigraph PROGRAM] [--rdflib-endpoint PROGRAM]
        [--statements 10000] [--seconds 2] [--rounds 3] [--growth 10000 1000000] [--runaway 4 16 64]

Prints microseconds (p50) at one client and answers per second at eight, for small queries that were
never asked before, for one that is asked again and again, and for a page; each as a ratio to the
native server of the same engine, and to rdflib-endpoint. Rounds take turns between the servers, so
that what else the machine does meets all of them. `--growth` tells how times grow with the number
of statements, as exponents; `--runaway` how long a small query takes while so many clients ask
endless ones.
"""

from __future__ import annotations

import argparse
import math
import subprocess
import tempfile
import threading
from contextlib import ExitStack
from dataclasses import astuple, dataclass
from itertools import count, pairwise, repeat
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from endpoint_speed_clients import Crowd, get, get_query, many_clients, one_client
from endpoint_speed_data import BASE, EACH, thing, write_statements
from real_server import free_port, own_command, own_server, processor_seconds, running, say, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Requests = Callable[[str], Iterator[bytes]]

CLIENTS = 8

NATIVE, RDFLIB, OWN = "oxigraph", "rdflib-endpoint", "visidaerah"

fresh = count()
"""Numbers that no query of this run had before."""


@dataclass(frozen=True, slots=True)
class System:
    """A server that runs: its name, process, port, and the path of its endpoint."""

    name: str
    pid: int
    port: int
    path: str


@dataclass(frozen=True, slots=True)
class Measured:
    """Microseconds at one client, answers per second at many.

    `cost` is the microseconds of processor time that all processes of the server take for an
    answer, which does not depend on what else the machine does.
    """

    micros: float
    rate: float
    cost: float

    @classmethod
    def median(cls, rounds: list[Measured]) -> Measured:
        """Return the medians of some rounds."""
        return cls(*(median(values) for values in zip(*map(astuple, rounds), strict=True)))


def first_time(path: str, things: int) -> Iterator[bytes]:
    """Yield small queries that were never asked before."""
    for number in fresh:
        yield get_query(path, f"SELECT ?p ?o {{ <{thing(number % things)}> ?p ?o }} # {number}")


def repeated(path: str) -> Iterator[bytes]:
    """Yield the same query again and again."""
    return repeat(get_query(path, f"SELECT ?p ?o {{ <{thing(1)}> ?p ?o }}"))


def page(_path: str) -> Iterator[bytes]:
    """Yield requests for the page about a thing, which only we have."""
    return repeat(get(f"/page?iri={thing(1)}", "text/html"))


def main() -> int:
    """Measure what is asked for and print it."""
    parser = argparse.ArgumentParser(description="Compare the endpoint with others.")
    parser.add_argument("--oxigraph", metavar="PROGRAM")
    parser.add_argument("--rdflib-endpoint", metavar="PROGRAM")
    parser.add_argument("--statements", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=2.0, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--growth", type=int, nargs="+", default=())
    parser.add_argument("--runaway", type=int, nargs="+", default=())
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data.nt"
        write_statements(data, options.statements)
        compare(options, data)
        if options.runaway:
            measure_runaway(data, options.runaway, max(options.seconds, 5))
        if options.growth:
            measure_growth(Path(folder), options.growth, options.seconds)
    return 0


# Beside others


def compare(options: argparse.Namespace, data: Path) -> None:
    """Measure all servers in turn and print the table."""
    with ExitStack() as stack:
        systems = list(started(options, data, stack))
        for system in systems:
            settle(system.pid)
        things = options.statements // EACH
        kinds: dict[str, Requests] = {
            "first-time query": lambda path: first_time(path, things),
            "repeated query": repeated,
        }
        found = {
            kind: measured(systems, requests, options.seconds, options.rounds)
            for kind, requests in kinds.items()
        }
        own = [system for system in systems if system.name == OWN]
        found["page"] = measured(own, page, options.seconds, options.rounds)
    say(f"{options.statements:,} statements, medians of {options.rounds} rounds")
    columns = ("p50 µs", f"1/s at {CLIENTS}", "CPU µs", "p50 ratio", "rate ratio", "CPU ratio")
    say(f"{'':35} {' '.join(f'{column:>10}' for column in columns)}")
    natives = found["repeated query"].get(NATIVE)
    for kind, by_system in found.items():
        native = by_system.get(NATIVE) or natives
        for name, one in by_system.items():
            cells = " ".join(f"{value:10.0f}" for value in astuple(one))
            say(f"{kind:18} {name:16} {cells} {ratios(one, native)}")


def ratios(one: Measured, native: Measured | None) -> str:
    """Return how a server compares with the native one, where that was measured."""
    if native is None:
        return ""
    pairs = zip(astuple(one), astuple(native), strict=True)
    return " ".join(f"{ours / theirs:10.2f}" for ours, theirs in pairs)


def started(options: argparse.Namespace, data: Path, stack: ExitStack) -> Iterator[System]:
    """Start the servers that are there."""
    if options.oxigraph:
        yield native(options.oxigraph, data, stack)
    if options.rdflib_endpoint:
        port = free_port()
        command = [options.rdflib_endpoint, "serve", "--port", str(port), "--host", "127.0.0.1"]
        pid = stack.enter_context(running([*command, str(data)], port))
        yield System(RDFLIB, pid, port, "/")
    port, pid = stack.enter_context(own_server("--dataset", str(data)))
    yield System(OWN, pid, port, "/sparql")


def native(program: str, data: Path, stack: ExitStack) -> System:
    """Start the native server of the engine on a store of its own."""
    store, port = data.with_suffix(".store"), free_port()
    subprocess.run(  # noqa: S603 (what the caller names)
        [program, "load", "--location", str(store), "--file", str(data)],
        check=True,
        capture_output=True,
    )
    serve = [program, "serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{port}"]
    return System(NATIVE, stack.enter_context(running(serve, port)), port, "/query")


def measured(
    systems: list[System], requests: Requests, seconds: float, rounds: int
) -> dict[str, Measured]:
    """Measure servers in turn."""
    found: dict[str, list[Measured]] = {system.name: [] for system in systems}
    for _ in range(rounds):
        for system in systems:
            found[system.name].append(measured_once(system, requests, seconds))
    return {name: Measured.median(all_) for name, all_ in found.items()}


def measured_once(system: System, requests: Requests, seconds: float) -> Measured:
    """Measure a server: one client, then many."""
    latency = one_client(system.port, requests(system.path), seconds)
    before = processor_seconds(system.pid)
    rate = many_clients(system.port, requests(system.path), seconds, CLIENTS)
    used = processor_seconds(system.pid) - before
    return Measured(latency.p50, rate, used / (rate * seconds) * 1e6)


# Among clients that ask endless queries

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def measure_runaway(data: Path, numbers: list[int], seconds: float) -> None:
    """Print how long small queries take while others ask endless ones."""
    with own_server("--dataset", str(data)) as (port, pid):
        settle(pid)
        say(f"\n{'runaway clients':>15} {'p50 ms':>8} {'p99 ms':>8} {'most ms':>8}")
        for number in [0, *numbers]:
            stop = threading.Event()
            crowd = Crowd(port, number, lambda: get_query("/sparql", f"{RUNAWAY} # {next(fresh)}"))
            attack = threading.Thread(target=crowd.run, args=(stop.is_set, len))
            attack.start()
            found = one_client(port, first_time("/sparql", 1000), seconds)
            stop.set()
            attack.join()
            times = (value / 1000 for value in (found.p50, found.p99, found.most))
            say(f"{number:>15} {' '.join(f'{value:8.2f}' for value in times)}")


# How times grow

QUESTIONS = {
    "lookup": "SELECT ?p ?o { <THING> ?p ?o }",
    "two steps": "SELECT ?l { <THING> <BASEplan> ?plan . ?m <BASEplan> ?plan ; <BASEorder> ?l }",
    "count": "SELECT (COUNT(*) AS ?n) { ?m <BASEsector> <BASEsector/3> }",
    "group": "SELECT ?r (COUNT(*) AS ?n) { ?m <BASEregion> ?r } GROUP BY ?r",
}


def measure_growth(folder: Path, sizes: list[int], seconds: float) -> None:
    """Print how the times of questions grow with the number of statements."""
    found = {size: times_at(folder, size, seconds) for size in sorted(sizes)}
    columns = "".join(f" {size:>12,}" for size in found)
    say(f"\n{'p50 µs':12}{columns} {'exponents':>12}")
    for question in QUESTIONS:
        times = [(size, found[size][question]) for size in found]
        slopes = (
            math.log(later / earlier) / math.log(larger / smaller)
            for (smaller, earlier), (larger, later) in pairwise(times)
        )
        cells = "".join(f" {time:12,.0f}" for _, time in times)
        say(f"{question:12}{cells}   {' '.join(f'{slope:.2f}' for slope in slopes)}")


def times_at(folder: Path, size: int, seconds: float) -> dict[str, float]:
    """Return the times of questions on so many statements, loaded on disk."""
    data, release = folder / f"{size}.nt", folder / f"{size}.release"
    write_statements(data, size)
    load = [*own_command(0)[:3], "load", str(data), "--to", str(release)]
    subprocess.run(load, check=True, capture_output=True)  # noqa: S603 (our own program)
    data.unlink()
    with own_server("--dataset", str(release), "--limit", "quick=60", "--limit", "seconds=60") as (
        port,
        pid,
    ):
        settle(pid)
        return {
            name: one_client(port, asked(text, size // EACH), seconds).p50
            for name, text in QUESTIONS.items()
        }


def asked(question: str, things: int) -> Iterator[bytes]:
    """Yield a question about one thing after the other."""
    for number in fresh:
        text = question.replace("THING", thing(number * 7919 % things)).replace("BASE", BASE)
        yield get_query("/sparql", f"{text} # {number}")


if __name__ == "__main__":
    raise SystemExit(main())
