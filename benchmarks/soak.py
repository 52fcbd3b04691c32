"""Keeps a real server busy, and prints the memory of its processes as time goes by.

    python benchmarks/soak.py [--requests 100000] [--seconds 600] [--clients 8]

Ends after so many requests or seconds, whichever comes first. Requests are small queries that were
never asked before, repeated ones, pages, files, and now and then an attack or a long answer. Memory
is what each process has besides what it shares (proportional set size, Linux).
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from endpoint_speed_clients import Crowd, get, get_query
from endpoint_speed_data import thing, write_statements
from real_server import descendants, own_server, say, settle

if TYPE_CHECKING:
    from collections.abc import Callable

STATEMENTS = 20_000
THINGS = STATEMENTS // 10
LIMITS = ("seconds=1", "memory=512M", "answer=16M")
MIB = 1 << 20
LINES = 20
"""Lines that are printed."""

numbers = count()


def first_time(chance: random.Random) -> bytes:
    """Return a query that was never asked before."""
    about = thing(chance.randrange(THINGS))
    return get_query("/sparql", f"SELECT ?p ?o {{ <{about}> ?p ?o }} # {next(numbers)}")


def repeated(_chance: random.Random) -> bytes:
    """Return a query that is asked again and again."""
    return get_query("/sparql", f"SELECT ?p ?o {{ <{thing(1)}> ?p ?o }}")


def page(chance: random.Random) -> bytes:
    """Return a request for a page."""
    return get(f"/page?iri={thing(chance.randrange(THINGS))}", "text/html")


def broken(chance: random.Random) -> bytes:
    """Return a request that is refused."""
    wrong = ("ASK {", "ASK { SERVICE <x:y> {} }", f"ASK {{{'(' * 5000}", "DROP ALL")
    return get_query("/sparql", f"{chance.choice(wrong)} # {next(numbers)}")


def long_answer(_chance: random.Random) -> bytes:
    """Return a query for an answer of some megabytes."""
    return get_query("/sparql", f"SELECT * {{ ?s ?p ?o }} # {next(numbers)}")


def endless(_chance: random.Random) -> bytes:
    """Return a query that has no end."""
    crossed = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
    return get_query("/sparql", f"SELECT (COUNT(*) AS ?n) {{ {crossed} }} # {next(numbers)}")


MIX: dict[Callable[[random.Random], bytes], int] = {
    first_time: 5000,
    repeated: 3000,
    page: 1500,
    broken: 480,
    long_answer: 15,
    endless: 5,
}
"""How often each comes, in parts of all."""


def main() -> int:
    """Keep a server busy."""
    parser = argparse.ArgumentParser(description="Keep a server busy and look at its memory.")
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--clients", type=int, default=8)
    options = parser.parse_args()
    settings = [word for limit in LIMITS for word in ("--limit", limit)]
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data.nt"
        write_statements(data, STATEMENTS)
        with own_server("--dataset", str(data), *settings) as (port, pid):
            settle(pid)
            soak(port, pid, options)
    return 0


def soak(port: int, pid: int, options: argparse.Namespace) -> None:
    """Ask, and print a line now and then."""
    chance = random.Random(1)  # noqa: S311 (nothing secret)
    kinds, weights = list(MIX), list(MIX.values())
    statuses: Counter[str] = Counter()
    say(f"{'requests':>9} {'seconds':>8} {'processes':>9} {'MB in all':>9}  MB of each")
    started = time.monotonic()
    crowd = Crowd(port, options.clients, lambda: chance.choices(kinds, weights)[0](chance))
    for line in range(1, LINES + 1):
        requests, seconds = (whole * line / LINES for whole in (options.requests, options.seconds))
        crowd.run(
            lambda requests=requests, seconds=seconds: (  # type: ignore[misc]
                statuses.total() >= requests or time.monotonic() - started >= seconds
            ),
            lambda answer: statuses.update([answer[9:12].decode()]),
        )
        say(f"{statuses.total():9,} {time.monotonic() - started:8.0f} {memory_line(pid)}")
        if statuses.total() >= options.requests or time.monotonic() - started >= options.seconds:
            break
    say(" ".join(f"{status}: {number:,}" for status, number in sorted(statuses.items())))


def memory_line(pid: int) -> str:
    """Return the number of processes and their memory, largest first."""
    sizes = sorted((memory(one) / MIB for one in {pid} | descendants(pid)), reverse=True)
    return f"{len(sizes):9} {sum(sizes):9.1f}  {' '.join(f'{size:.1f}' for size in sizes)}"


def memory(pid: int) -> int:
    """Return the proportional set size of a process in bytes, 0 where it is gone."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
