"""What takes longer than a page may: worked out once in the background, told when it is there."""

from __future__ import annotations

import logging
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from threading import Lock, Thread
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")

log = logging.getLogger(__name__)


class Awaited(Generic[Value]):
    """A value that is worked out in a thread of its own, from the first time it is asked for."""

    def __init__(self, work: Callable[[], Value]) -> None:
        self._work = work
        self._lock = Lock()
        self._found: Future[Value] | None = None

    def value(self, seconds: float | None) -> Value | None:
        """Return the value, or None where it is not there after so many seconds.

        Without a number of seconds it is waited for.

        Raises what the work raises.
        """
        with self._lock:
            if self._found is None:
                self._found = Future()
                Thread(target=self._run, args=(self._found,), daemon=True).start()
        try:
            return self._found.result(seconds)
        except NotYet:
            return None

    def _run(self, found: Future[Value]) -> None:
        try:
            found.set_result(self._work())
        except Exception as error:
            log.warning("Work in the background has failed.", exc_info=error)
            found.set_exception(error)
