"""Real servers for tests, and clients that behave as no library would."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import Message

PROGRAM = """
import sys
sys.path.insert(0, {tests!r})
import socket
from plain_pages import PlainPages
from releases import OWN, release
from visidaerah.limits import with_settings
from visidaerah.web import serving
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
limits = with_settings({settings!r})
serving.serve(release(OWN), port=port, renderer=PlainPages(), limits=limits)
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Message
    text: str


@dataclass(frozen=True, slots=True)
class Server:
    """A server in a process of its own; `place` is where it is, with a slash at the end."""

    process: subprocess.Popen[str]
    place: str

    def ask(self, query: str, **headers: str) -> Answer:
        """Ask a query."""
        return self.get(f"sparql?query={quote(query)}", **headers)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Send a request; the names of headers have `_` for `-`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = Request(self.place + path, headers=named, method=method)
        try:
            with urlopen(request, timeout=60) as response:
                return Answer(response.status, response.headers, response.read().decode())
        except HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read().decode())

    def connect(self) -> socket.socket:
        """Return a connection of one's own."""
        place = urlsplit(self.place)
        return socket.create_connection((place.hostname, place.port or 80), timeout=20)


@contextmanager
def running(*settings: str) -> Iterator[Server]:
    """Run a server with limits of its own."""
    program = PROGRAM.format(tests=str(Path(__file__).parent), settings=settings)
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout
        yield Server(process, process.stdout.readline().split()[2])
        process.terminate()
        process.wait(timeout=30)


def children(pid: int) -> set[int]:
    """Return the processes that one has forked, by Linux's process table."""
    table = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return {int(child) for child in table.split()}


def descendants(pid: int) -> set[int]:
    """Return the processes below one."""
    below = children(pid)
    return below | {pid for child in below for pid in descendants(child)}


def is_alive(pid: int) -> bool:
    """Tell whether a process runs."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(") ")[2][0]
    except FileNotFoundError:
        return False
    return state != "Z"


def soon(holds: Callable[[], bool], seconds: float = 30) -> bool:
    """Tell whether something comes to hold within a generous time."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
