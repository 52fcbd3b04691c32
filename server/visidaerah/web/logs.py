"""What happened, as lines: one JSON object for each, written by a thread of its own.

Nothing that is answered waits for a log: lines go into a queue, and when a pipe is not read or a
disk is full they are counted as lost instead. A file that was moved away is opened anew, so that
logs can be rotated without a signal.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import sys
import time
from collections import deque
from datetime import UTC, datetime
from threading import Lock, Thread
from typing import IO, TYPE_CHECKING

from visidaerah.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from wsgiref.types import WSGIEnvironment

    from visidaerah.web.traces import Trace

    Event = Mapping[str, object]

LONGEST_QUEUE = 10_000
"""Lines that wait to be written; more are lost."""

PAUSE = 0.1
"""Seconds between writings: a thread that is woken by every line would slow the answers down."""

AT_ONCE = 50
"""Lines that are made and written before others have their turn."""

LAST_WORDS = 0.5
"""Seconds that what is unwritten has when the process ends."""

LONGEST_TEXT = 2000
"""Characters of a query or a path in a line; the rest is cut."""

TEXT_ORDER = ("method", "path", "status", "bytes", "ms", "cache", "outcome", "query", "message")


class Journal:
    """Where events are written: to a file, else to standard error; `form` is `json` or `text`."""

    def __init__(self, file: Path | None = None, form: str = "json") -> None:
        self.lost = 0
        self._file = file
        self._write_line = as_json if form == "json" else as_text
        self._begin()
        # Neither threads nor what they hold survive a fork: each process begins anew.
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._begin)
        atexit.register(self.close)

    def _begin(self) -> None:
        self._stream = Stream(self._file)
        self._waiting: deque[tuple[float, Event]] = deque()
        self._writing = Lock()
        self._starting = Lock()
        self._writer: Thread | None = None

    def note(self, event: Event) -> None:
        """Write an event some time soon; never waits."""
        if self._writer is None:
            self._start_writer()
        if len(self._waiting) < LONGEST_QUEUE:
            self._waiting.append((time.time(), event))
        else:
            self.lost += 1

    def note_answer(self, environ: WSGIEnvironment, trace: Trace, status: int, sent: int) -> None:
        """Write that a request was answered, and how its query fared where it had one."""
        if trace.query:
            self.note(query_event(trace))
        self.note(request_event(environ, trace, status, sent))

    def flush(self) -> None:
        """Write what waits, as long as that takes."""
        with self._writing:
            while self._waiting:
                self._write_some()

    def close(self, seconds: float = LAST_WORDS) -> None:
        """Give what waits some time to be written, without waiting for a stream that is stuck."""
        deadline = time.monotonic() + seconds
        while (self._waiting or self._writing.locked()) and time.monotonic() < deadline:
            time.sleep(PAUSE / 10)

    def _write_some(self) -> None:
        number = min(len(self._waiting), AT_ONCE)
        lines = [self._write_line(*self._waiting.popleft()) for _ in range(number)]
        try:
            self._stream.write("".join(lines))
        except (OSError, ValueError):
            self.lost += number

    def _start_writer(self) -> None:
        with self._starting:
            if self._writer is None:
                self._writer = Thread(target=self._write, name="journal", daemon=True)
                self._writer.start()

    def _write(self) -> None:
        while True:
            time.sleep(PAUSE)
            self.flush()


def open_journal(file: Path | None, form: str) -> Journal:
    """Return a journal that can be written.

    Raises UsageError where the file cannot be.
    """
    try:
        if file is not None:
            file.open("a", encoding="utf-8").close()
    except OSError as error:
        message = f"The log {file} cannot be written: {error.strerror}. Choose another file."
        raise UsageError(message) from error
    return Journal(file, form)


class Stream:
    """Standard error, or a file that is opened again when it was moved."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._open: IO[str] | None = None

    def write(self, lines: str) -> None:
        """Write some lines at once.

        Raises OSError where they cannot be written, ValueError where the stream was closed.
        """
        stream = self._current()
        stream.write(lines)
        stream.flush()

    def _current(self) -> IO[str]:
        if self._file is None:
            return sys.stderr
        if self._open is None or not is_at(self._open, self._file):
            if self._open:
                self._open.close()
            self._open = self._file.open("a", encoding="utf-8")
        return self._open


def is_at(stream: IO[str], file: Path) -> bool:
    """Tell whether an open file is still the one of that name."""
    try:
        return os.path.samestat(os.fstat(stream.fileno()), file.stat())
    except OSError:
        return False


class JournalHandler(logging.Handler):
    """Sends what the program itself has to say to a journal."""

    def __init__(self, journal: Journal) -> None:
        super().__init__(logging.WARNING)
        self._journal = journal

    def emit(self, record: logging.LogRecord) -> None:
        """Note a record."""
        event = {
            "event": "message",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            event["exception"] = logging.Formatter().formatException(record.exc_info)
        self._journal.note(event)


def request_event(environ: WSGIEnvironment, trace: Trace, status: int, sent: int) -> Event:
    """Return what is noted of an answer: neither who asked nor what stands in the address."""
    return {
        "event": "request",
        "id": trace.id,
        "method": shortened(environ["REQUEST_METHOD"]),
        "path": shortened(
            environ.get("PATH_INFO", "").encode("latin-1", "replace").decode(errors="replace")
        ),
        "route": trace.route,
        "status": status,
        "bytes": sent,
        "ms": round(trace.seconds * 1000, 2),
        "cache": trace.cache,
    }


def query_event(trace: Trace) -> Event:
    """Return what is noted of a query that was evaluated."""
    query = trace.query
    return {
        "event": "query",
        "id": trace.id,
        "outcome": query and query.outcome,
        "ms": query and round(query.seconds * 1000, 2),
        "query": query and shortened(query.text),
    }


def shortened(text: str) -> str:
    """Return the beginning of a text of anyone's."""
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + "…"


def as_json(when: float, event: Event) -> str:
    """Return an event as a line of JSON, its time in UTC (RFC 3339); what is empty is left out."""
    moment = datetime.fromtimestamp(when, UTC).isoformat(timespec="milliseconds")
    said = {name: value for name, value in event.items() if value is not None}
    return json.dumps({"time": moment.replace("+00:00", "Z")} | said) + "\n"


def as_text(_when: float, event: Event) -> str:
    """Return an event as a line for people at a terminal, which control characters cannot steer."""
    values = (event.get(name) for name in TEXT_ORDER)
    line = " ".join(str(value) for value in values if value is not None)
    escaped = "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in line)
    trouble = f"\n{event['exception']}" if "exception" in event else ""
    return f"{escaped}{trouble}\n"
