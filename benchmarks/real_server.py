"""Real servers for what measures and tries them, and a client that is the same for each."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

HOST = "127.0.0.1"

NO_HEADERS: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; names of headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def type(self) -> str:
        """Return the media type without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip()


class Client:
    """A connection that is kept, and made anew where the server has ended it."""

    def __init__(self, port: int, seconds: float = 60) -> None:
        self._connection = HTTPConnection(HOST, port, timeout=seconds)

    def ask(
        self,
        path: str,
        method: str = "GET",
        headers: Mapping[str, str] = NO_HEADERS,
        body: bytes | None = None,
    ) -> Answer:
        """Send a request and return its answer.

        Raises OSError or HTTPException where there is none.
        """
        try:
            return self._ask(path, method, headers, body)
        except (ConnectionError, HTTPException):
            self.close()
            return self._ask(path, method, headers, body)

    def _ask(
        self, path: str, method: str, headers: Mapping[str, str], body: bytes | None
    ) -> Answer:
        self._connection.request(method, path, body, dict(headers))
        response = self._connection.getresponse()
        names = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, names, response.read())

    def close(self) -> None:
        """End the connection."""
        self._connection.close()


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201 (what measures prints what it found)


def free_port() -> int:
    """Return a port that nothing listens at."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    command: Sequence[str], port: int, path: str = "/", patience: float = 300
) -> Iterator[int]:
    """Run a server until it is left, once it answers at a path; give its process's number.

    Raises RuntimeError where it ends, or does not answer for `patience` seconds.
    """
    with subprocess.Popen(  # noqa: S603 (what the caller names)
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            wait_for_answer(process, port, path, time.monotonic() + patience)
            yield process.pid
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=30)
            process.kill()


def wait_for_answer(
    process: subprocess.Popen[bytes], port: int, path: str, deadline: float
) -> None:
    """Return once a server answers anything at a path.

    Raises RuntimeError where it ends before, or at the deadline.
    """
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(OSError, HTTPException):
            client = Client(port, seconds=5)
            client.ask(path)
            client.close()
            return
        time.sleep(0.05)
    raise RuntimeError(f"The server at port {port} does not answer: {process.args!r}.")


def own_command(port: int, *options: str) -> list[str]:
    """Return the command of our own server."""
    return [sys.executable, "-m", "visidaerah", "serve", "--port", str(port), *options]


@contextmanager
def own_server(*options: str) -> Iterator[tuple[int, int]]:
    """Run our own server; give its port and its process's number."""
    port = free_port()
    with running(own_command(port, *options), port, "/healthz") as pid:
        yield port, pid


def descendants(pid: int) -> set[int]:
    """Return the processes below one, by Linux's process table."""
    below: set[int] = set()
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            below |= {int(child) for child in (task / "children").read_text().split()}
    return below | {one for child in below for one in descendants(child)}


def processor_seconds(pid: int) -> float:
    """Return the seconds of processor time that a process and those below it have had."""
    return sum(map(own_processor_seconds, {pid} | descendants(pid)))


def settle(pid: int, patience: float = 120) -> None:
    """Wait until a server does nothing by itself: what it prepares is ready."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        before = processor_seconds(pid)
        time.sleep(1)
        if processor_seconds(pid) - before < 0.02:
            return


def own_processor_seconds(pid: int) -> float:
    """Return the processor time of a process alone, with threads that ended; 0 where it is gone."""
    # The number of a process's clock is made of its pid (Linux, posix-timers.h).
    try:
        return time.clock_gettime(~pid << 3 | 2)
    except OSError:
        return 0.0
