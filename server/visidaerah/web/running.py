"""The application is run where waiting for a worker stops nobody else.

A query is run on the loop's own thread, as a greenlet that gives way while its worker evaluates:
two thousand changes between threads per second would cost more than the queries do. What computes
for long in this process, as pages do, is run in a thread.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from threading import local
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from greenlet import getcurrent, greenlet

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    P = ParamSpec("P")
    T = TypeVar("T")

THREADS = 96
"""Requests that are worked on at once; most of them wait for a worker, few compute."""

threads = ThreadPoolExecutor(THREADS, thread_name_prefix="page")


class Giving(greenlet):
    """Runs a function that gives way to the loop while it waits."""


class Errand:
    """A function under way in a thread, with what it waits for; it can be given up."""

    def __init__(self) -> None:
        self.is_given_up = False
        self.waiting: Future[Any] | None = None

    def give_up(self) -> None:
        """Have the function stop waiting."""
        self.is_given_up = True
        if self.waiting:
            self.waiting.cancel()


class Current(local):
    """The errand of this thread."""

    errand: Errand | None = None


current = Current()


async def run_here(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a function on the loop's thread; where it calls `wait_for`, others go on meanwhile."""
    runner = Giving(function)
    step = runner.switch(*args, **kwargs)
    while not runner.dead:
        try:
            value = await step
        except BaseException as error:  # noqa: BLE001 (it is the function's, which may end by it)
            step = runner.throw(error)
        else:
            step = runner.switch(value)
    return cast("T", step)


async def run_apart(function: Callable[[], T]) -> T:
    """Run a function in a thread; when this is cancelled, it waits for nothing any more."""
    errand = Errand()

    def run() -> T:
        current.errand = errand
        try:
            return function()
        finally:
            current.errand = None

    try:
        return await asyncio.get_running_loop().run_in_executor(threads, run)
    except asyncio.CancelledError:
        errand.give_up()
        raise


def wait_for(loop: asyncio.AbstractEventLoop, coroutine: Coroutine[Any, Any, T]) -> T:
    """Return what a coroutine of the loop gives, waiting as this function is run.

    Raises what the coroutine raises; CancelledError where nobody waits for the function.
    """
    here = getcurrent()
    if isinstance(here, Giving) and here.parent is not None:
        return cast("T", here.parent.switch(coroutine))
    future = asyncio.run_coroutine_threadsafe(coroutine, loop)
    errand = current.errand
    if errand is not None:
        errand.waiting = future
        if errand.is_given_up:
            future.cancel()
    try:
        return future.result()
    except CancelledError as error:
        raise asyncio.CancelledError from error
