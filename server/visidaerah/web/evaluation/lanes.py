"""Two lanes answer the queries of many clients, each within its share."""

from __future__ import annotations

import asyncio
import logging
import pickle
import time
from collections import Counter, OrderedDict, deque
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from visidaerah.errors import (
    QueryCancelled,
    QueryTimeout,
    SpoolFull,
    TooManyQueries,
    VisidaerahError,
)
from visidaerah.screening import tokens
from visidaerah.spool import Spooled
from visidaerah.web.evaluation.processes import Lane, lanes_of, too_heavy
from visidaerah.web.evaluation.workers import Worker, WorkerLost, Zygote
from visidaerah.web.metrics import LaneState

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

    from visidaerah.answers import QueryAnswer, QueryRequest
    from visidaerah.limits import Limits

MARGIN = 2.0
"""Seconds beyond its limit after which a worker that should be dead is killed."""

YIELDING = 0.02
"""Seconds of processor time that a query of the quick lane has in any case while others wait."""

CALM = 3.0
"""Seconds after which a query that finds no place is told so: who asks again at once waits, too."""

CROWDED = 8
"""How many times longer than its processor time a quick query may take."""

REMEMBERED = 1000
MEMORY_SECONDS = 30.0
LONGEST_SHAPE = 20_000

TRIES = 2
"""How often a query is asked whose worker ends for reasons that are not the query's."""

INNOCENT = frozenset({"killed", "ended", "unknown"})

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A query and who asks it: the client's address, and the id by which it can be cancelled."""

    request: QueryRequest
    client: str = ""
    id: str = ""


class Pool:
    """The workers of a lane, and the queue before it."""

    def __init__(self, lane: Lane, zygote: Zygote, number: int) -> None:
        self.lane = lane
        self.killed: Counter[str] = Counter()
        self._zygote = zygote
        self._number = number
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._free = lane.workers
        self._queue: deque[asyncio.Future[None]] = deque()
        # A quick query has so much processor time, which may take long where there is little.
        share = 1 if lane.is_patient else CROWDED
        self._patience = share * lane.seconds + MARGIN
        self._hurrying: asyncio.TimerHandle | None = None

    async def answer(self, content: bytes, *, goes_first: bool) -> QueryAnswer:
        """Answer a pickled request within the limits of the lane, before others that wait or not.

        Raises WorkerLost where the worker ends, QueryTimeout where there is no place, and what
        `Store.answer` raises.
        """
        began = time.monotonic()
        await self._take_seat(goes_first=goes_first)
        waited = time.monotonic() - began
        try:
            outcome = await self._outcome(content)
        finally:
            self._leave_seat()
        if isinstance(outcome, VisidaerahError):
            raise outcome
        return replace(outcome, waited=waited)

    def state(self) -> LaneState:
        """Return how the lane fares."""
        return LaneState(
            name=self.lane.name,
            busy=len(self._busy),
            idle=len(self._idle),
            waiting=len(self._queue),
            killed=dict(self.killed),
        )

    async def _outcome(self, content: bytes) -> QueryAnswer | VisidaerahError:
        worker = self._worker()
        self._busy.add(worker)
        try:
            outcome = await worker.ask(content, self._patience)
        except WorkerLost as lost:
            self.killed[lost.reason] += 1
            raise
        except asyncio.CancelledError:
            self.killed["left"] += 1
            raise
        finally:
            self._busy.discard(worker)
        if not (worker.is_gone or worker.is_condemned):
            self._idle.append(worker)
        return outcome

    def _worker(self) -> Worker:
        while self._idle:
            worker = self._idle.pop()
            if not worker.is_gone:
                return worker
        return self._zygote.fork(self._number)

    async def _take_seat(self, *, goes_first: bool) -> None:
        if self._free:
            self._free -= 1
            return
        if len(self._queue) >= self.lane.waiting:
            await asyncio.sleep(CALM)
            raise self._crowded(f"{self.lane.waiting} wait for their turn")
        turn: asyncio.Future[None] = self._zygote.loop.create_future()
        if goes_first:
            self._queue.appendleft(turn)
        else:
            self._queue.append(turn)
        self._hurry()
        is_seated = False
        try:
            async with asyncio.timeout(self.lane.patience):
                await turn
            is_seated = True
        except TimeoutError:
            waited = f"this one waited {self.lane.patience:g} seconds for its turn"
            raise self._crowded(waited) from None
        finally:
            if turn in self._queue:
                self._queue.remove(turn)
            elif not is_seated and not turn.cancelled():
                # The seat was given in the very moment in which nobody waited any more.
                self._leave_seat()

    def _crowded(self, why: str) -> QueryTimeout:
        weight = "heavy" if self.lane.is_patient else "light"
        return QueryTimeout(
            f"Too many {weight} queries are being answered: {self.lane.workers} at once, and "
            f"{why}. Try again in a moment."
        )

    def _leave_seat(self) -> None:
        while self._queue:
            turn = self._queue.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1

    def _hurry(self) -> None:
        """Have quick queries yield once others wait and they had their time."""
        if not self._hurrying and not self.lane.is_patient:
            self._hurrying = self._zygote.loop.call_later(YIELDING / 4, self._have_some_yield)

    def _have_some_yield(self) -> None:
        self._hurrying = None
        if self._queue:
            for worker in list(self._busy):
                if worker.used() >= YIELDING:
                    worker.kill("yielded")
            self._hurry()


class Lanes:
    """Answers queries: quickly where that is enough, else in the slow lane."""

    def __init__(
        self, limits: Limits, control: socket.socket, loop: asyncio.AbstractEventLoop
    ) -> None:
        quick, slow = lanes_of(limits)
        zygote = Zygote(control, loop)
        self._limits = limits
        self._loop = loop
        self._quick = Pool(quick, zygote, 0)
        self._slow = Pool(slow, zygote, 1)
        self._heavy = HeavyShapes()
        self._shares: Counter[str] = Counter()
        self._tasks: dict[str, asyncio.Task[QueryAnswer]] = {}
        self._taken_back: set[str] = set()
        self._spooled = 0

    def states(self) -> tuple[LaneState, ...]:
        """Return how the lanes fare."""
        return self._quick.state(), self._slow.state()

    def cancel(self, id: str) -> bool:  # noqa: A002 (the protocol's word)
        """Take back the query with an id; tell whether there was one. For any thread."""
        task = self._tasks.get(id)
        if task is None:
            return False
        self._taken_back.add(id)
        self._loop.call_soon_threadsafe(task.cancel)
        return True

    async def answer(self, asked: Asked) -> QueryAnswer:
        """Answer a query as `Store.answer` does, with its errors.

        Raises QueryTimeout where a limit of time or of the queue is met, QueryTooHeavy where the
        query ends its process, TooManyQueries where the client has its share, SpoolFull where
        there is no place for a long answer, QueryCancelled where it was taken back.
        """
        if not asked.id or asked.id in self._tasks:
            return await self._answer(asked)
        task = self._tasks[asked.id] = self._loop.create_task(self._answer(asked))
        try:
            return await task
        except asyncio.CancelledError as error:
            if asked.id in self._taken_back:
                raise QueryCancelled("The query was cancelled before it was answered.") from error
            task.cancel()
            raise
        finally:
            del self._tasks[asked.id]
            self._taken_back.discard(asked.id)

    async def _answer(self, asked: Asked) -> QueryAnswer:
        content = pickle.dumps(asked.request, pickle.HIGHEST_PROTOCOL)
        shape = self._heavy.shape(asked.request.query)
        if not self._heavy.knows(shape):
            try:
                # Who has no heavy query under way should not wait behind those who have.
                goes_first = not self._shares[asked.client]
                return self._noted(await asked_twice(self._quick, content, goes_first=goes_first))
            except WorkerLost as lost:
                if lost.reason not in {"time", "yielded"}:
                    raise self._fatal(asked, lost) from lost
        self._heavy.add(asked.request.query)
        await self._within_share(asked.client)
        with self._share(asked.client):
            began = time.monotonic()
            answer = self._noted(await self._answer_slowly(asked, content))
            if time.monotonic() - began - answer.waited < self._limits.quick:
                self._heavy.forget(asked.request.query)
            return answer

    async def _answer_slowly(self, asked: Asked, content: bytes) -> QueryAnswer:
        try:
            return await asked_twice(self._slow, content)
        except WorkerLost as lost:
            if lost.reason == "time":
                log.warning("Stopped after %gs: %.200r", self._limits.seconds, asked.request.query)
                raise out_of_time(self._limits) from lost
            raise self._fatal(asked, lost) from lost

    @contextmanager
    def _share(self, client: str) -> Iterator[None]:
        self._shares[client] += 1
        try:
            yield
        finally:
            self._shares[client] -= 1
            if not self._shares[client]:
                del self._shares[client]

    async def _within_share(self, client: str) -> None:
        if self._shares[client] >= self._limits.client:
            await asyncio.sleep(CALM)
            raise TooManyQueries(
                f"{self._limits.client} heavy queries of yours are under way, and no client may "
                "have more. Wait until one has ended, then ask again."
            )

    def _fatal(self, asked: Asked, lost: WorkerLost) -> VisidaerahError:
        log.warning("A worker was lost (%s): %.200r", lost.reason, asked.request.query)
        return lost_twice() if lost.reason in INNOCENT else too_heavy(self._limits.memory)

    def _noted(self, answer: QueryAnswer) -> QueryAnswer:
        """Return an answer whose file counts until it is closed.

        Raises SpoolFull where the files of all answers take more than they may.
        """
        if not isinstance(answer.content, Spooled):
            return answer
        size = answer.content.size
        if self._spooled + size > self._limits.spool:
            answer.content.close()
            raise spool_full(self._limits)
        self._spooled += size
        answer.content.on_close = lambda: self._loop.call_soon_threadsafe(self._release, size)
        return answer

    def _release(self, size: int) -> None:
        self._spooled -= size


async def asked_twice(pool: Pool, content: bytes, *, goes_first: bool = False) -> QueryAnswer:
    """Ask a query, and once more where its worker was lost by no fault of the query.

    Raises what `Pool.answer` does.
    """
    for _ in range(TRIES - 1):
        try:
            return await pool.answer(content, goes_first=goes_first)
        except WorkerLost as lost:
            if lost.reason not in INNOCENT:
                raise
    return await pool.answer(content, goes_first=goes_first)


class HeavyShapes:
    """What queries looked like that were too much for the quick lane a moment ago.

    Others of their shape, whatever their literals, go to the slow lane at once, so that many
    clients with the same heavy query leave the quick lane to others.
    """

    def __init__(self) -> None:
        self._until: OrderedDict[int, float] = OrderedDict()

    def knows(self, shape: int | None) -> bool:
        """Tell whether a query of the shape was heavy lately."""
        return shape is not None and self._until.get(shape, 0) > time.monotonic()

    def shape(self, query: str) -> int | None:
        """Return the shape of a query; None where there is nothing to compare it with."""
        return shape_of(query) if self._until and len(query) <= LONGEST_SHAPE else None

    def forget(self, query: str) -> None:
        """Take back what was said of a query that is light after all."""
        if len(query) <= LONGEST_SHAPE:
            self._until.pop(shape_of(query), None)

    def add(self, query: str) -> None:
        """Remember a heavy query for a while."""
        if len(query) <= LONGEST_SHAPE:
            shape = shape_of(query)
            self._until[shape] = time.monotonic() + MEMORY_SECONDS
            self._until.move_to_end(shape)
            while len(self._until) > REMEMBERED:
                self._until.popitem(last=False)


def shape_of(query: str) -> int:
    """Return a number that queries share which differ in literals, layout and remarks only."""
    varied = {"string", "number", "language"}
    found = ((kind, text) for kind, text in tokens(query) if kind != "comment")
    return hash(tuple(kind if kind in varied else text for kind, text in found))


def out_of_time(limits: Limits) -> QueryTimeout:
    """Return the error of a query that took too long."""
    return QueryTimeout(
        f"The query took longer than {limits.seconds:g} seconds. Ask for less, for example with "
        "LIMIT or fewer patterns, or fetch a dump (/data) and ask it at home."
    )


def lost_twice() -> QueryTimeout:
    """Return the error of a query whose workers were ended by somebody else."""
    return QueryTimeout("The process that answered the query was ended. Try again in a moment.")


def spool_full(limits: Limits) -> SpoolFull:
    """Return the error of an answer that no place is left for."""
    return SpoolFull(
        f"Long answers of {limits.spool:,} bytes are being fetched, and there is no place for "
        "more. Ask for less, for example with LIMIT, or try again in a moment."
    )
