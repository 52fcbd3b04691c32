"""The side that asks: workers as the web process sees them."""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import socket
import time
from contextlib import suppress
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from visidaerah.answers import QueryAnswer
from visidaerah.errors import QueryTimeout
from visidaerah.spool import Spooled
from visidaerah.web.evaluation.processes import (
    BORN,
    CONTROL,
    ENDED,
    FORK,
    HEADER,
    KILL,
    RECEIVED,
)

if TYPE_CHECKING:
    from visidaerah.errors import VisidaerahError

    Outcome = QueryAnswer | VisidaerahError

OBITUARY = 0.5
"""Seconds for which the zygote may take to tell how a worker ended."""

REASONS = {-signal.SIGALRM: "time", -signal.SIGPROF: "time", -signal.SIGKILL: "killed", 0: "ended"}


class WorkerLost(Exception):
    """A worker has ended before it answered.

    `reason` is `time` for one that met the limit, `left` for one that nobody waited for, `yielded`
    for one that made place for others, `killed` where somebody else killed it, `ended` where it
    went by itself, `unknown` where the zygote is gone too, and `crashed` in other cases.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Worker:
    """A process that answers one query at a time."""

    def __init__(self, zygote: Zygote, number: int, connection: socket.socket) -> None:
        self.is_gone = False
        self._zygote = zygote
        self._number = number
        self._connection = connection
        self._received = bytearray()
        self._descriptors: list[int] = []
        self._outcome: asyncio.Future[Outcome] | None = None
        self._doom: str | None = None
        self._pid = 0
        self._used_before = 0.0
        connection.setblocking(False)
        zygote.loop.add_reader(connection, self._read)

    async def ask(self, content: bytes, seconds: float) -> Outcome:
        """Return the worker's answer to a pickled request, or the error it met.

        When it is cancelled, or `seconds` have passed, the worker is killed.

        Raises WorkerLost where it ends without an answer.
        """
        self._used_before = self._processor_time()
        loop = self._zygote.loop
        outcome = self._outcome = loop.create_future()
        deadline = loop.call_later(seconds, self.kill, "time")
        try:
            await self._send(HEADER.pack(len(content)) + content)
            found: Outcome = await outcome
            return found
        except asyncio.CancelledError:
            self.kill("left")
            raise
        finally:
            deadline.cancel()
            self._outcome = None

    async def _send(self, content: bytes) -> None:
        try:
            sent = self._connection.send(content)
        except BlockingIOError:
            sent = 0
        except OSError:
            return
        if sent < len(content):
            with suppress(OSError):
                await self._zygote.loop.sock_sendall(self._connection, content[sent:])

    def kill(self, reason: str) -> None:
        """End the process; who waits for its answer is told the reason."""
        if not self.is_gone:
            self._doom = reason
            self._zygote.kill(self._number)

    @property
    def is_condemned(self) -> bool:
        """Tell whether its end is on its way, though it may have answered before."""
        return self._doom is not None

    def used(self) -> float:
        """Return the seconds of processor time that the query under way has had."""
        return self._processor_time() - self._used_before

    def be_known(self, pid: int) -> None:
        """Take the pid, which serves to read a clock and nothing else."""
        self._pid = pid

    def _processor_time(self) -> float:
        # The number of a process's clock is made of its pid (Linux, posix-timers.h).
        with suppress(OSError):
            return time.clock_gettime(~self._pid << 3 | 2) if self._pid else 0.0
        return 0.0

    def _read(self) -> None:
        try:
            received, descriptors, _, _ = socket.recv_fds(self._connection, RECEIVED, 1)
        except BlockingIOError:
            return
        except OSError:
            received, descriptors = b"", []
        self._descriptors += descriptors
        if not received:
            self._close()
            return
        self._received += received
        if len(self._received) < HEADER.size:
            return
        (length,) = HEADER.unpack_from(self._received)
        if len(self._received) == HEADER.size + length:
            content = memoryview(self._received)[HEADER.size :]
            self._deliver(pickle.loads(content))  # noqa: S301 (from a process of ours)
            self._received = bytearray()

    def _read_rest(self) -> None:
        """Take what an ended process has sent before its end."""
        before = -1
        while not self.is_gone and len(self._received) != before:
            before = len(self._received)
            self._read()

    def _deliver(self, outcome: Outcome) -> None:
        if self._descriptors and isinstance(outcome, QueryAnswer):
            outcome = replace(outcome, content=Spooled(self._descriptors.pop()))
        if self._outcome and not self._outcome.done():
            self._outcome.set_result(outcome)

    def _close(self) -> None:
        self.is_gone = True
        self._zygote.loop.remove_reader(self._connection)
        self._connection.close()
        while self._descriptors:
            os.close(self._descriptors.pop())
        self._zygote.loop.call_later(OBITUARY, self.bury, None)

    def bury(self, status: int | None) -> None:
        """Tell who waits that the process has ended, and how; None where that is not known."""
        if status is not None:
            self._read_rest()
        self.is_gone = True
        self._zygote.forget(self._number)
        if self._outcome and not self._outcome.done():
            known = "unknown" if status is None else REASONS.get(status, "crashed")
            self._outcome.set_exception(WorkerLost(self._doom or known))


class Zygote:
    """The warm process, which forks workers and tells how they ended.

    Where it was killed another takes its place at the same socket; what was asked of it meanwhile
    waits there.
    """

    def __init__(self, control: socket.socket, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self._control = control
        self._numbers = count()
        self._workers: dict[int, Worker] = {}
        control.setblocking(False)
        loop.add_reader(control, self._read)

    def fork(self, lane: int) -> Worker:
        """Return a new worker for a lane.

        Raises QueryTimeout where the zygote does not listen.
        """
        number = next(self._numbers)
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                message = CONTROL.pack(FORK, number, lane)
                socket.send_fds(self._control, [message], [theirs.fileno()])
        except OSError as error:
            ours.close()
            raise QueryTimeout("The server is starting anew. Try again in a moment.") from error
        worker = self._workers[number] = Worker(self, number, ours)
        return worker

    def kill(self, number: int) -> None:
        """End a worker."""
        with suppress(OSError):
            self._control.send(CONTROL.pack(KILL, number, 0))

    def forget(self, number: int) -> None:
        """Expect no more of a worker."""
        self._workers.pop(number, None)

    def _read(self) -> None:
        with suppress(BlockingIOError):
            while message := self._control.recv(CONTROL.size):
                kind, number, status = CONTROL.unpack(message)
                worker = self._workers.get(number)
                if worker and kind == BORN:
                    worker.be_known(status)
                elif worker and kind == ENDED:
                    worker.bury(status)
