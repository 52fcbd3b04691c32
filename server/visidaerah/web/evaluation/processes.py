"""The side that evaluates: the zygote and the workers that it forks."""

from __future__ import annotations

import gc
import os
import pickle
import select
import signal
import socket
import struct
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn, Protocol

from visidaerah.answers import Bounds, QueryAnswer, QueryRequest
from visidaerah.confinement import address_space, end_with_parent, leave_network, lower
from visidaerah.errors import QueryTooHeavy, VisidaerahError
from visidaerah.limits import readable
from visidaerah.spool import Spooled

if TYPE_CHECKING:
    from pathlib import Path

    from visidaerah.limits import Limits

STANDARD_ERROR = 2
OPEN_FILES = 1024
"""A release on disk has some hundred."""

INLINE = 256 << 10
"""Bytes of an answer that is sent through the socket; a longer one goes to a file."""

RECEIVED = 64 << 10
"""Bytes that are received at once."""

GROWTH = 8
"""The part (one of so many) of its memory that a worker may keep between queries."""

HEADER = struct.Struct("!Q")
CONTROL = struct.Struct("!cQi")
"""A message between web process and zygote: its kind, the worker's number, and a lane,
a pid or a status."""

FORK, BORN, KILL, ENDED = b"f", b"b", b"k", b"e"


class Answering(Protocol):
    """What answers queries: a store."""

    def answer(self, request: QueryRequest, bounds: Bounds) -> QueryAnswer:
        """Answer a query within bounds."""

    def open(self) -> None:
        """Make it ready in this process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """How queries of one kind are run.

    In a lane that is not patient, queries yield to others that wait.

    `seconds` for a query, `workers` at once, `waiting` more in the queue for at most
    `patience` seconds, `memory` bytes that a worker may have beyond the release, `niceness` added.
    """

    name: str
    seconds: float
    workers: int
    waiting: int
    patience: float
    memory: int
    niceness: int
    bounds: Bounds
    is_patient: bool

    @property
    def timer(self) -> int:
        """Return the clock of the limit: real time, or that of the processor in the quick lane.

        However busy the machine is, a light query stays a light one.
        """
        return signal.ITIMER_REAL if self.is_patient else signal.ITIMER_PROF


def lanes_of(limits: Limits, folder: Path | None = None) -> tuple[Lane, Lane]:
    """Return the quick and the slow lane; long answers are written to a folder."""
    bounds = Bounds(
        rows=limits.rows,
        size=limits.answer,
        inline=INLINE,
        folder=folder,
        nesting=limits.nesting,
    )
    quick = Lane(
        name="quick",
        seconds=limits.quick,
        workers=limits.quick_workers,
        waiting=limits.connections,
        patience=limits.patience,
        memory=limits.memory,
        niceness=0,
        bounds=bounds,
        is_patient=False,
    )
    slow = Lane(
        name="slow",
        seconds=limits.seconds,
        workers=limits.workers,
        waiting=limits.waiting,
        patience=limits.patience,
        memory=limits.memory,
        niceness=10,
        bounds=bounds,
        is_patient=True,
    )
    return quick, slow


def control_sockets() -> tuple[socket.socket, socket.socket]:
    """Return the two ends between the web process and the zygote; whole messages pass."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def run_zygote(control: socket.socket, store: Answering, lanes: tuple[Lane, ...]) -> NoReturn:
    """Fork and kill workers as the other side asks, and tell it how each ended.

    The zygote and its workers are a process group of their own: Ctrl-C on a terminal does not
    reach them. They end with the process that forked the zygote.
    """
    os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    leave_network()
    end_with_parent()
    gc.freeze()
    Zygote(control, store, lanes).run()


class Zygote:
    """The warm process. It never evaluates anything and has one thread."""

    def __init__(self, control: socket.socket, store: Answering, lanes: tuple[Lane, ...]) -> None:
        self._control = control
        self._store = store
        self._lanes = lanes
        self._numbers: dict[int, int] = {}
        self._waking, waker = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(waker, warn_on_full_buffer=False)

    def run(self) -> NoReturn:
        """Serve until the other side is gone."""
        ready = select.poll()
        ready.register(self._control, select.POLLIN)
        ready.register(self._waking, select.POLLIN)
        while True:
            found = {descriptor for descriptor, _ in ready.poll()}
            if self._waking in found:
                self._bury()
            if self._control.fileno() in found:
                self._obey()

    def _obey(self) -> None:
        message, descriptors, _, _ = socket.recv_fds(self._control, CONTROL.size, 1)
        if not message:
            os.killpg(0, signal.SIGKILL)
        kind, number, lane = CONTROL.unpack(message)
        if kind == FORK:
            self._fork(number, self._lanes[lane], descriptors[0])
        else:
            self._kill(number)

    def _fork(self, number: int, lane: Lane, descriptor: int) -> None:
        try:
            pid = os.fork()
        except OSError:
            # No process is to be had: who waits for this one is told as its connection closes.
            os.close(descriptor)
            return
        if pid == 0:
            try:
                self._control.close()
                run_worker(socket.socket(fileno=descriptor), self._store, lane)
            finally:
                os._exit(1)
        os.close(descriptor)
        self._numbers[pid] = number
        self._control.send(CONTROL.pack(BORN, number, pid))

    def _kill(self, number: int) -> None:
        # A pid is ours, and no other process's, until it is buried.
        for pid, known in self._numbers.items():
            if known == number:
                os.kill(pid, signal.SIGKILL)

    def _bury(self) -> None:
        with suppress(BlockingIOError):
            os.read(self._waking, 4096)
        with suppress(ChildProcessError):
            while ended := os.waitpid(-1, os.WNOHANG):
                pid, status = ended
                if not pid:
                    break
                code = os.waitstatus_to_exitcode(status)
                self._control.send(CONTROL.pack(ENDED, self._numbers.pop(pid), code))


def run_worker(connection: socket.socket, store: Answering, lane: Lane) -> NoReturn:
    """Answer queries, one after the other, until the other side is gone or the time is up."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    end_with_parent()
    store.open()
    most = confine(lane) + lane.memory // GROWTH
    while True:
        try:
            request: QueryRequest = pickle.loads(receive(connection))  # noqa: S301 (from our own)
            started = time.monotonic()
            signal.setitimer(lane.timer, lane.seconds)
            outcome = outcome_of(store, request, lane)
            signal.setitimer(lane.timer, 0)
            send_outcome(connection, outcome)
            if time.monotonic() - started > 0.05 and address_space() > most:
                os._exit(0)
        except (OSError, EOFError):
            os._exit(0)


def outcome_of(
    store: Answering, request: QueryRequest, lane: Lane
) -> QueryAnswer | VisidaerahError:
    """Return an answer or the error in its place."""
    try:
        return store.answer(request, lane.bounds)
    except VisidaerahError as error:
        return error
    except MemoryError:
        return too_heavy(lane.memory)


def too_heavy(memory: int) -> QueryTooHeavy:
    """Return the error of a query that ended its process: too deep, or too much memory."""
    return QueryTooHeavy(
        f"The query needs more memory than the {readable(memory)} that one may have, or nests too "
        "deep. Split it or ask for less."
    )


def confine(lane: Lane) -> int:
    """Limit this process: killed at the timer, a bounded memory, nothing left when it crashes.

    The engine prints pages where memory ends; the web process notes one line. Return the bytes of
    address space that the process has.
    """
    import resource

    os.dup2(os.open(os.devnull, os.O_WRONLY), STANDARD_ERROR)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    os.nice(lane.niceness)
    size = address_space()
    lower(resource.RLIMIT_CORE, 0, 0)
    lower(resource.RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES)
    if size:
        lower(resource.RLIMIT_AS, size + lane.memory, size + lane.memory)
    return size


def send_outcome(connection: socket.socket, outcome: QueryAnswer | VisidaerahError) -> None:
    """Send an answer, a long one as the descriptor of its file, or the error in its place."""
    spooled = outcome.content if isinstance(outcome, QueryAnswer) else None
    if not isinstance(spooled, Spooled):
        content = pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL)
        connection.sendall(HEADER.pack(len(content)) + content)
        return
    assert isinstance(outcome, QueryAnswer)  # noqa: S101 (the type checker does not see it)
    rest = QueryAnswer(kind=outcome.kind, format=outcome.format, content=b"", cut_at=outcome.cut_at)
    content = pickle.dumps(rest, pickle.HIGHEST_PROTOCOL)
    socket.send_fds(connection, [HEADER.pack(len(content))], [spooled.descriptor])
    connection.sendall(content)
    spooled.close()


def receive(connection: socket.socket) -> bytes:
    """Receive what has its length first, and behind which nothing comes before it is answered.

    Raises EOFError where the other side is gone.
    """
    content = bytearray()
    while len(content) < HEADER.size or len(content) < HEADER.size + HEADER.unpack_from(content)[0]:
        piece = connection.recv(RECEIVED)
        if not piece:
            raise EOFError
        content += piece
    return bytes(content[HEADER.size :])
