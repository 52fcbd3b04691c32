"""Serves a release and measures each kind of page: how long it takes, and how large it is.

    python benchmarks/page_speed.py --data FOLDER --only
    python benchmarks/page_speed.py --dataset FOLDER [--times 5]

What is given besides `--times` goes to `visidaerah serve`. A page's first view is the page itself
and the style and scripts that it names, as they are sent; what a script fetches later is not
part of it. Milliseconds are told as a clock sees them, at first and again (the median), and as the
server's processors do at first: on a machine with other work these two differ. The exit code is 1
where a page takes the processors longer, or is larger, than it may. Needs Linux.
"""

from __future__ import annotations

import argparse
import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST_MS = 200
LARGEST_KB = 50.0
LONGEST_START = 600
SAMPLED_EVERY = 0.1
QUIET_SAMPLES = 30
PLACE = re.compile(r"Look at (http://\S+?)/ ")

PAGES = (
    "/",
    "/plans",
    "/plans?plans=2",
    "/sectors",
    "/compare",
    "/questions",
    "/questions/what-are-the-missions-of-metro",
    "/questions/which-missions-concern-education",
    "/search?q=sehat",
    "/search?q=masyarakat",
    "/search?q=RPJMD",
    "/search?q=a",
    "/search?q=yang+merata",
    "/sparql",
    "/try",
    "/ontology",
    "/data",
    "/dataset",
    "/quality",
    "/page/sector/1.02",
    "/page/sector/1.02?concerns=2",
    "/page/region/33.71",
    "/page/region/33",
    "/page/theme/agama",
    "/page/scheme/urusan",
    "/page/plan-type/rpjmd",
    "/page?iri=https://w3id.org/visidaerah/ontology%23Mission",
    "/page?iri=http://www.w3.org/2004/02/skos/core%23Concept",
    "/none",
)
"""Pages that every release with the shipped knowledge has."""

FOLLOWED = (
    ("/plans", r"/page/plan/[\w-]+"),
    ("{0}", r"/page/plan/[\w-]+/mission/1"),
    ("{0}", r"/page/plan/[\w-]+/vision"),
    ("{0}", r"/page/plan/[\w-]+/pillar/1"),
    ("{0}", r"/page/document/[\w-]+"),
    ("{0}", r"/page/plan/[\w-]+/period"),
)
"""Pages of the first plan: where their addresses are found ({0} is the plan), and their form."""

MACHINES = ("/sitemap.xml", "/feed.atom", "/.well-known/void", "/robots.txt")
"""What is read by programs, measured for its time only."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An answer: its milliseconds, the bytes that were sent, and the content."""

    milliseconds: float
    size: int
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A page: milliseconds by the clock at first and again, those of the processors at first.

    `kilobytes` are those of its first view.
    """

    path: str
    first: float
    again: float
    computed: float
    kilobytes: float
    is_page: bool

    @property
    def passes(self) -> bool:
        """Tell whether the page is as quick and as light as it must be."""
        return self.computed < LONGEST_MS and (self.kilobytes < LARGEST_KB or not self.is_page)


class Visitor:
    """Someone with a browser at a server."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.size_of = cache(lambda path: self.see(path).size)

    def see(self, path: str) -> Seen:
        """Fetch an address as a browser does."""
        accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
        headers = {"Accept": accept, "Accept-Encoding": "gzip", "Accept-Language": "id"}
        request = Request(self._server.origin + path, headers=headers)  # noqa: S310 (our own server)
        started = time.perf_counter()
        sent, coding = answer(request)
        elapsed = time.perf_counter() - started
        return Seen(elapsed * 1000, len(sent), unpacked(sent, coding))

    def measure(self, path: str, times: int, *, is_page: bool = True) -> Measured:
        """Measure a page that nobody has seen yet."""
        before = self._server.computed
        first = self.see(path)
        computed = self._server.computed - before
        # A parameter that no page knows keeps the answer from coming out of the cache.
        fresh = [self.see(f"{path}{'&' if '?' in path else '?'}fresh={n}") for n in range(times)]
        again = sorted(seen.milliseconds for seen in fresh)[times // 2]
        parts = set(re.findall(r'"(/assets/\w+/[\w.-]+\.(?:css|js))"', head_of(first.content)))
        size = first.size + sum(map(self.size_of, parts))
        return Measured(
            path=path,
            first=first.milliseconds,
            again=again,
            computed=computed,
            kilobytes=size / 1000,
            is_page=is_page,
        )


def answer(request: Request) -> tuple[bytes, str]:
    """Return the body of an answer of any status, and how it is packed."""
    from urllib.error import HTTPError

    try:
        response = urlopen(request, timeout=120)  # noqa: S310 (our own server)
    except HTTPError as error:
        response = error
    with response:
        return response.read(), response.headers.get("Content-Encoding", "")


def unpacked(sent: bytes, coding: str) -> str:
    """Return the text of a body."""
    import gzip

    return (gzip.decompress(sent) if coding == "gzip" else sent).decode()


def head_of(page: str) -> str:
    """Return what names the style and the scripts: what a form fetches when used is no part."""
    return "".join(re.findall(r"<link [^>]*stylesheet[^>]*>|<script [^>]*src[^>]*>", page))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure all pages and print a table; 1 where one is too slow or too large."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=5, help="how often each is seen again (5)")
    options, served = parser.parse_known_args(arguments)
    with serving(served) as server:
        heads = ("first", "again", "computed", "kB")
        sys.stdout.write(f"{server.told}\n\n{'page':60}{''.join(f'{one:>9}' for one in heads)}\n")
        found = [*measured(Visitor(server), options.times)]
        sys.stdout.write(f"\n{memory(server.process)}\n")
    return 0 if all(one.passes for one in found) else 1


def measured(visitor: Visitor, times: int) -> Iterator[Measured]:
    """Yield the measures of all pages, each told as it comes."""
    for path in PAGES:
        yield told(visitor.measure(path, times))
    plan = ""
    for place, form in FOLLOWED:
        found = re.search(form, visitor.see(place.format(plan)).content)
        if found:
            plan = plan or found[0]
            yield told(visitor.measure(found[0], times))
    for path in MACHINES:
        yield told(visitor.measure(path, times, is_page=False))


def told(one: Measured) -> Measured:
    """Print a row of the table."""
    mark = "" if one.passes else "  <--"
    numbers = f"{one.first:9.0f}{one.again:9.0f}{one.computed:9.0f}{one.kilobytes:9.1f}"
    sys.stdout.write(f"{one.path[:59]:60}{numbers}{mark}\n")
    sys.stdout.flush()
    return one


@dataclass(frozen=True, slots=True)
class Server:
    """A server that has prepared its pages; `told` is how long that took."""

    process: subprocess.Popen[str]
    origin: str
    told: str

    @property
    def computed(self) -> float:
        """Return the milliseconds that its processes have computed until now."""
        return computed(self.process.pid)


@contextmanager
def serving(arguments: Sequence[str]) -> Iterator[Server]:
    """Serve a release until its pages are measured."""
    command = [sys.executable, "-m", "visidaerah", "serve", "--port", str(free_port()), *arguments]
    started = time.monotonic()
    with (
        NamedTemporaryFile("r", suffix=".log") as log,
        subprocess.Popen(  # noqa: S603 (our own program)
            [*command, "--log-file", log.name], stdout=subprocess.PIPE, text=True
        ) as process,
    ):
        try:
            origin = announced(process)
            listening = time.monotonic() - started
            wait_until_idle(process.pid)
            preparing = time.monotonic() - started - listening
            told = f"listening after {listening:.1f} s, pages prepared {preparing:.1f} s later"
            yield Server(process, origin, told)
        finally:
            process.terminate()


def free_port() -> int:
    """Return a port that nothing uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def announced(process: subprocess.Popen[str]) -> str:
    """Return where the server says that it is, once it listens."""
    for line in process.stdout or ():
        if found := PLACE.search(line):
            return found[1]
    raise SystemExit("The server did not start.")


def wait_until_idle(pid: int) -> None:
    """Wait until a server has nothing left to prepare: for some seconds none of its threads runs.

    One that waits for a processor counts as running.
    """
    deadline = time.monotonic() + LONGEST_START
    quiet = 0
    while quiet < QUIET_SAMPLES:
        if time.monotonic() > deadline:
            raise SystemExit(f"The server still prepares its pages after {LONGEST_START} s.")
        time.sleep(SAMPLED_EVERY)
        quiet = 0 if runs(pid) else quiet + 1


def runs(pid: int) -> bool:
    """Tell whether a thread of a process, or of one below it, runs or waits for the disk."""
    stats = (
        stat.read_text(encoding="ascii", errors="replace").rpartition(") ")[2]
        for one in (pid, *below(pid))
        for stat in Path(f"/proc/{one}/task").glob("*/stat")
    )
    return any(stat[:1] in {"R", "D"} for stat in stats)


def computed(pid: int) -> float:
    """Return the milliseconds that a process and those below it have computed."""
    stats = (
        stat for one in (pid, *below(pid)) for stat in Path(f"/proc/{one}/task").glob("*/schedstat")
    )
    return sum(int(stat.read_text(encoding="ascii").split()[0]) for stat in stats) / 1e6


def memory(process: subprocess.Popen[str]) -> str:
    """Tell the memory of the server: of the process that serves, and shared fairly, of all."""
    pids = [process.pid, *below(process.pid)]
    shares = {pid: proportional(pid) for pid in pids}
    return f"memory: {sum(shares.values()) / 1e6:.0f} MB in {len(pids)} processes"


def below(pid: int) -> list[int]:
    """Return the processes below one."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [one for child in map(int, children) for one in (child, *below(child))]


def proportional(pid: int) -> int:
    """Return the bytes of a process, each shared page counted in parts (Linux's PSS)."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


if __name__ == "__main__":
    sys.exit(main())
