"""Queries of anyone's are evaluated in processes that can be lost.

The engine cannot be interrupted, and some inputs end the process that reads them. So a warm process
that holds the release (the zygote) forks workers, each of which answers one query at a time and is
killed by the kernel's timer at its limit. A query first has a short time in the fast lane; if that
is not enough it starts again in the slow lane, where a few at a time have long.

::

    web process ── control socket ──> zygote ── fork ──> worker
         └────────── a socket per worker ──────────────────┘
"""

from __future__ import annotations

import ctypes
import gc
import logging
import os
import pickle
import signal
import socket
import struct
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Condition, Lock
from typing import TYPE_CHECKING, Any, NoReturn

from visidaerah.errors import AnswerTooLong, QueryTimeout, QueryTooHeavy, VisidaerahError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from visidaerah.store import QueryAnswer, QueryRequest, Store

STANDARD_ERROR = 2

# unshare(2)
NEW_USER = 0x10000000
NEW_NETWORK = 0x40000000

HEADER = struct.Struct("!Q")
MARGIN = 2.0
"""Seconds beyond its limit after which a worker that should be dead is given up."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """How queries of one kind are run.

    `seconds` of real time for a query, `workers` at once, `waiting` more in the queue for at most
    `patience` seconds, `memory` bytes that a worker may have beyond the release, `answer` bytes
    that an answer may have, `niceness` added.
    """

    seconds: float
    workers: int
    waiting: int
    patience: float
    memory: int = 1 << 30
    answer: int = 64 << 20
    niceness: int = 0


FAST = Lane(seconds=0.25, workers=4, waiting=64, patience=5)
SLOW = Lane(seconds=20, workers=2, waiting=4, patience=5, niceness=10)


class WorkerLost(Exception):
    """A worker has ended before it answered."""


def in_processes(store: Store, fast: Lane = FAST, slow: Lane = SLOW) -> Lanes:
    """Fork a zygote for the release and return what answers through it.

    To be called while this process has one thread. Only where processes can be forked.
    """
    ours, theirs = socket.socketpair()
    if os.fork() == 0:
        ours.close()
        run_zygote(theirs, store, (fast, slow))
    theirs.close()
    zygote = Zygote(ours)
    return Lanes(Pool(fast, zygote, 0), Pool(slow, zygote, 1))


@dataclass(frozen=True, slots=True)
class Lanes:
    """Answers queries within the limits of two lanes."""

    fast: Pool
    slow: Pool

    def answer(self, request: QueryRequest) -> QueryAnswer:
        """Answer a query as `Store.answer` does, with its errors.

        Raises QueryTimeout where a limit of time or of the queue is met, AnswerTooLong where one
        of size is, QueryTooHeavy where the query ends its process.
        """
        try:
            return self.fast.answer(request)
        except QueryTimeout:
            return self._answer_slowly(request)

    def _answer_slowly(self, request: QueryRequest) -> QueryAnswer:
        try:
            return self.slow.answer(request)
        except QueryTimeout as error:
            log.warning("%s The query: %.200r", error, request.query)
            raise


@dataclass(slots=True)
class Zygote:
    """The warm process, seen from the one that serves HTTP."""

    control: socket.socket
    lock: Lock = field(default_factory=Lock)

    def fork(self, lane: int) -> Worker:
        """Return a new worker for a lane.

        Raises QueryTimeout where the zygote is gone; this process is then ended for a new start.
        """
        ours, theirs = socket.socketpair()
        try:
            with self.lock, theirs:
                socket.send_fds(self.control, [bytes([lane])], [theirs.fileno()])
        except OSError as error:
            ours.close()
            log.critical("The process that forks workers is gone; starting anew.")
            os.kill(os.getpid(), signal.SIGTERM)
            raise QueryTimeout("The server is starting anew. Try again in a moment.") from error
        return Worker(ours)


@dataclass(slots=True)
class Worker:
    """A process that answers one query at a time, seen from the one that serves HTTP."""

    connection: socket.socket
    is_fresh: bool = True

    def ask(self, request: QueryRequest, seconds: float) -> QueryAnswer | VisidaerahError:
        """Return the worker's answer or the error it met.

        Raises WorkerLost where it ends without one.
        """
        self.connection.settimeout(seconds)
        self.is_fresh = False
        try:
            send(self.connection, request)
            outcome: QueryAnswer | VisidaerahError = receive(self.connection)
        except (OSError, EOFError) as error:
            self.connection.close()
            raise WorkerLost from error
        return outcome


class Pool:
    """The workers of a lane."""

    def __init__(self, lane: Lane, zygote: Zygote, number: int) -> None:
        self._lane = lane
        self._hire: Callable[[], Worker] = lambda: zygote.fork(number)
        self._idle: list[Worker] = []
        self._seats = Seats(lane)

    def answer(self, request: QueryRequest) -> QueryAnswer:
        """Answer a query within the limits of the lane.

        Raises QueryTimeout, QueryError, and what `Store.answer` raises.
        """
        with self._seats.taken():
            outcome = self._outcome(request)
        if isinstance(outcome, VisidaerahError):
            raise outcome
        return outcome

    def _outcome(self, request: QueryRequest) -> QueryAnswer | VisidaerahError:
        started = time.monotonic()
        worker = self._worker()
        was_fresh = worker.is_fresh
        try:
            outcome = worker.ask(request, self._lane.seconds + MARGIN)
        except WorkerLost:
            if time.monotonic() - started >= self._lane.seconds:
                return out_of_time(self._lane)
            # One that waited may have been lost before it was asked.
            return fatal(request) if was_fresh else self._outcome(request)
        self._idle.append(worker)
        return outcome

    def _worker(self) -> Worker:
        try:
            return self._idle.pop()
        except IndexError:
            return self._hire()


class Seats:
    """The places of a lane and of the queue before it."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane
        self._free = lane.workers
        self._waiting = 0
        self._changed = Condition()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Have a seat for a while.

        Raises QueryTimeout where the queue is full or moves too slowly.
        """
        self._take()
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify()

    def _take(self) -> None:
        with self._changed:
            if not self._free and self._waiting >= self._lane.waiting:
                raise busy()
            self._waiting += 1
            try:
                if not self._changed.wait_for(lambda: self._free, self._lane.patience):
                    raise busy()
                self._free -= 1
            finally:
                self._waiting -= 1


def out_of_time(lane: Lane) -> QueryTimeout:
    """Return the error of a query that took too long."""
    return QueryTimeout(
        f"The query took longer than {lane.seconds:g} seconds. Ask for less, for example with "
        "LIMIT or fewer patterns, or fetch a dump (/data) and ask it at home."
    )


def busy() -> QueryTimeout:
    """Return the error of a query that found no place."""
    return QueryTimeout("Too many heavy queries are being answered. Try again in a moment.")


def too_long(answer: QueryAnswer, lane: Lane) -> AnswerTooLong:
    """Return the error of a query whose answer is too long to be sent."""
    return AnswerTooLong(
        f"The answer has {len(answer.body):,} bytes, more than {lane.answer:,}. "
        "Ask in parts with LIMIT and OFFSET, or fetch a dump (/data)."
    )


def fatal(request: QueryRequest) -> QueryTooHeavy:
    """Return the error of a query that ended its process: too deep, or too much memory."""
    log.warning("A query ended its process: %.200r", request.query)
    return QueryTooHeavy(
        "The query needs more memory or nests deeper than this endpoint allows. "
        "Split it or ask for less."
    )


def run_zygote(control: socket.socket, store: Store, lanes: tuple[Lane, ...]) -> NoReturn:
    """Fork a worker for every socket that comes in, until the other side is gone.

    The zygote and its workers are a process group of their own: Ctrl-C on a terminal does not
    reach them, and they end together.
    """
    os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    leave_network()
    gc.freeze()
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            os.killpg(0, signal.SIGKILL)
        if os.fork() == 0:
            control.close()
            run_worker(socket.socket(fileno=descriptors[0]), store, lanes[message[0]])
        os.close(descriptors[0])


def run_worker(connection: socket.socket, store: Store, lane: Lane) -> NoReturn:
    """Answer queries, one after the other, until the other side is gone or the time is up."""
    confine(lane)
    while True:
        try:
            request: QueryRequest = receive(connection)
            signal.setitimer(signal.ITIMER_REAL, lane.seconds)
            outcome = outcome_of(store, request, lane)
            signal.setitimer(signal.ITIMER_REAL, 0)
            send(connection, outcome)
        except (OSError, EOFError):
            os._exit(0)


def leave_network() -> bool:
    """Give up the network for this process and those it forks; tell whether the system allowed it.

    SERVICE is refused before evaluation; this holds should a query get past that.
    """
    if sys.platform != "linux":
        return False
    unshare = ctypes.CDLL(None).unshare
    return any(unshare(flags) == 0 for flags in (NEW_NETWORK, NEW_NETWORK | NEW_USER))


def outcome_of(store: Store, request: QueryRequest, lane: Lane) -> QueryAnswer | VisidaerahError:
    """Return an answer or the error in its place."""
    try:
        answer = store.answer(request)
        return answer if len(answer.body) <= lane.answer else too_long(answer, lane)
    except VisidaerahError as error:
        return error
    except MemoryError:
        return fatal(request)


def confine(lane: Lane) -> None:
    """Limit this process: killed at the timer, a bounded memory, nothing left when it crashes.

    The engine prints pages where memory ends; the web process notes one line.
    """
    import resource

    os.dup2(os.open(os.devnull, os.O_WRONLY), STANDARD_ERROR)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    os.nice(lane.niceness)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    size = address_space()
    if size:
        resource.setrlimit(resource.RLIMIT_AS, (size + lane.memory,) * 2)


def address_space() -> int:
    """Return the bytes of address space of this process, 0 where the system does not say."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 (no object to spare here)
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def send(connection: socket.socket, value: object) -> None:
    """Send a value, its length first."""
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    connection.sendall(HEADER.pack(len(content)))
    connection.sendall(content)


def receive(connection: socket.socket) -> Any:  # noqa: ANN401 (what the other side sent)
    """Receive a value from one of our own processes.

    Raises EOFError where the other side is gone.
    """
    (length,) = HEADER.unpack(read_exactly(connection, HEADER.size))
    return pickle.loads(read_exactly(connection, length))  # noqa: S301 (a process of ours)


def read_exactly(connection: socket.socket, length: int) -> bytearray:
    """Read a number of bytes.

    Raises EOFError where there are fewer.
    """
    content = bytearray(length)
    view = memoryview(content)
    while view:
        count = connection.recv_into(view)
        if not count:
            raise EOFError
        view = view[count:]
    return content
