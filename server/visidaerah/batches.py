"""Batches: work on many things by all cores, results in order, and no bad thing stops the rest."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from visidaerah.errors import DocumentError, VisidaerahError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 4
"""Things that wait for each process, so that none is idle and memory stays bounded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Generic[Item, Result]):
    """What became of a thing: a result, or the error that it ended with."""

    item: Item
    result: Result | None = None
    error: VisidaerahError | None = None


def cores() -> int:
    """Return how many cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def each(
    work: Callable[[Item], Result], items: Iterable[Item], jobs: int
) -> Iterator[Done[Item, Result]]:
    """Yield what became of each thing, in the order of the things.

    With one job all is done in this process; with more, `work` and the things must be picklable.
    A process that is lost (out of memory, a crash of a library) loses one thing, not the batch.
    """
    if jobs == 1:
        yield from (_tried(work, item) for item in items)
    else:
        yield from _Processes(work, jobs).each(items)


def _tried(work: Callable[[Item], Result], item: Item) -> Done[Item, Result]:
    """Return what became of a thing; a fault of the program is one thing's as well."""
    try:
        return Done(item=item, result=work(item))
    except VisidaerahError as error:
        return Done(item=item, error=error)
    except Exception as error:  # noqa: BLE001 (one thing must not stop ten thousand)
        sentence = f"{item} met a fault of the program: {error!r}. Report it."
        return Done(item=item, error=DocumentError(sentence))


class _Processes(Generic[Item, Result]):
    """Processes that are replaced when one of them is lost."""

    def __init__(self, work: Callable[[Item], Result], jobs: int) -> None:
        self.work = work
        self.jobs = jobs
        self.pool = _pool(jobs)

    def each(self, items: Iterable[Item]) -> Iterator[Done[Item, Result]]:
        waiting: deque[tuple[Item, Future[Done[Item, Result]]]] = deque()
        try:
            for item in items:
                waiting.append((item, self._submit(item)))
                if len(waiting) >= self.jobs * AHEAD:
                    yield self._settled(*waiting.popleft())
            while waiting:
                yield self._settled(*waiting.popleft())
        finally:
            self.pool.shutdown(cancel_futures=True)

    def _submit(self, item: Item) -> Future[Done[Item, Result]]:
        try:
            return self.pool.submit(_tried, self.work, item)
        except BrokenProcessPool:
            self.pool.shutdown()
            self.pool = _pool(self.jobs)
            return self.pool.submit(_tried, self.work, item)

    def _settled(self, item: Item, future: Future[Done[Item, Result]]) -> Done[Item, Result]:
        try:
            return future.result()
        except BrokenProcessPool:
            return self._alone(item)

    def _alone(self, item: Item) -> Done[Item, Result]:
        """Try a thing once more by itself: it may only have been near the one that did harm."""
        with _pool(1) as pool:
            try:
                return pool.submit(_tried, self.work, item).result()
            except BrokenProcessPool:
                sentence = f"{item} ended the process that read it (out of memory, or a crash)."
                return Done(item=item, error=DocumentError(sentence))


def _pool(jobs: int) -> ProcessPoolExecutor:
    """Start processes afresh: forking one that has threads may lock it."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_end_quietly)


def _end_quietly() -> None:
    """End without a word at Ctrl-C, which reaches every process of the terminal, and as orphan."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
