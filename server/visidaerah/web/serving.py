"""The application on a port, until Ctrl-C or SIGTERM: a process that serves, and others beside it.

The supervisor holds the release and does nothing but fork and wait, so that it has one thread and
nothing that anyone sends can harm it. What it forks (the process that serves, the zygote) it forks
again when it ends.
"""

from __future__ import annotations

import errno
import gc
import logging
import os
import signal
import socket
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from visidaerah.errors import UsageError
from visidaerah.limits import Limits
from visidaerah.web import create_app
from visidaerah.web.logs import JournalHandler

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from visidaerah.store import Store
    from visidaerah.web.logs import Journal
    from visidaerah.web.site import Renderer

GRACE = 5.0
"""Seconds that open requests have to end after a signal."""

BACKLOG = 1024
"""Connections that wait to be taken."""

QUICK_END = 2.0
"""Seconds after which a process that ends did not fail at its start."""

LONGEST_PAUSE = 5.0
"""Seconds before a process that fails again and again is started anew."""

ENDING = frozenset({signal.SIGINT, signal.SIGTERM})

LIMITS = Limits()

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What is served, and how.

    `public_url` and `trusted_proxies` are as for `create_app`, `limits` what anyone may take.
    `spool` is the folder for long answers, the usual one for temporary files by default. `announce`
    is told where to look once the server listens.
    """

    store: Store
    host: str
    port: int
    public_url: str | None
    trusted_proxies: int
    renderer: Renderer | None
    journal: Journal | None
    limits: Limits
    spool: Path | None
    announce: Callable[[str], None]

    def tell(self) -> None:
        """Say where to look."""
        place = self.public_url or address(self.host, self.port)
        self.announce(f"Look at {place}/ (stop with Ctrl-C)")


def serve(
    store: Store,
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    public_url: str | None = None,
    trusted_proxies: int = 0,
    renderer: Renderer | None = None,
    announce: Callable[[str], None] | None = None,
    journal: Journal | None = None,
    limits: Limits = LIMITS,
    spool: Path | None = None,
) -> None:
    """Serve a release until SIGINT or SIGTERM.

    `journal` is told of every answer, and of what the program itself has to say. `limits` are what
    anyone may take, long answers wait in the folder `spool`. `announce` is told where to look once
    the server listens; by default it is printed.

    Raises UsageError where the address cannot be had.
    """
    service = Service(
        store=store,
        host=host,
        port=port,
        public_url=public_url,
        trusted_proxies=trusted_proxies,
        renderer=renderer,
        journal=journal,
        limits=limits,
        spool=spool,
        announce=announce or say,
    )
    if journal:
        logging.getLogger().addHandler(JournalHandler(journal))
    with listening(host, port) as listener:
        if sys.platform == "linux":
            Supervisor(service, listener).run()
        else:
            listener.close()
            run_werkzeug(service)


def say(sentence: str) -> None:
    """Print a sentence at once, also into a pipe."""
    print(sentence, flush=True)  # noqa: T201 (the terminal is where `serve` speaks)


def address(host: str, port: int) -> str:
    """Return where a server that listens there is found from the same machine."""
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 (compared only)
    name = f"[{name}]" if ":" in name and not name.startswith("[") else name
    return f"http://{name}:{port}"


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address.

    Raises UsageError where nothing can.
    """
    try:
        family, kind, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind)
    except OSError as error:
        raise UsageError(unavailable(host, port, error)) from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(place)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise UsageError(unavailable(host, port, error)) from error
    return listener


def unavailable(host: str, port: int, error: OSError) -> str:
    """Say why nothing can listen at an address, and what to do."""
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use. Stop what uses it, or choose another: --port {port + 1}."
    if error.errno == errno.EACCES:
        return f"Port {port} needs rights that you have not. Choose one over 1023: --port 8000."
    return f"Nothing can listen at {host}, port {port}: {error.strerror or error}."


class Supervisor:
    """Keeps a process that serves, and a zygote beside it, until it is told to end."""

    def __init__(self, service: Service, listener: socket.socket) -> None:
        from visidaerah.web.evaluation.processes import control_sockets

        self._service = service
        self._listener = listener
        self._control = control_sockets()
        self._web = self._zygote = 0
        self._started = 0.0
        self._failures = 0
        self._ready, self._readiness = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._was_ready = False

    def run(self) -> None:
        """Serve; return after a signal, with no process left."""
        gc.collect()
        gc.freeze()
        watched = ENDING | {signal.SIGCHLD}
        before = signal.pthread_sigmask(signal.SIG_BLOCK, watched)
        try:
            self._start()
            while (number := signal.sigwait(watched)) not in ENDING:
                assert number == signal.SIGCHLD  # noqa: S101 (nothing else is watched)
                self._look()
            self._end()
        finally:
            self._kill()
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _start(self) -> None:
        self._started = time.monotonic()
        self._zygote = self._forked(self._run_zygote)
        self._web = self._forked(self._run_web)

    def _forked(self, run: Callable[[], NoReturn]) -> int:
        pid = os.fork()
        if pid == 0:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING | {signal.SIGCHLD})
            end_by(run)
        return pid

    def _run_zygote(self) -> NoReturn:
        from visidaerah.web.evaluation.processes import lanes_of, run_zygote

        ours, theirs = self._control
        for other in (self._listener, ours):
            other.close()
        lanes = lanes_of(self._service.limits, self._service.spool)
        run_zygote(theirs, self._service.store, lanes)

    def _run_web(self) -> NoReturn:
        from visidaerah.web.answering import run_web

        ours, theirs = self._control
        theirs.close()
        run_web(self._service, self._listener, ours, self._tell_readiness)

    def _tell_readiness(self) -> None:
        """Announce the server, once (in the process that serves)."""
        if not self._was_ready:
            self._service.tell()
        os.write(self._readiness, b"1")

    def _look(self) -> None:
        """Start anew what has ended."""
        ended = dict(ended_children())
        with suppress(BlockingIOError):
            self._was_ready = bool(os.read(self._ready, 100)) or self._was_ready
        if self._web in ended:
            if not self._was_ready:
                raise SystemExit(1)
            log.error("The process that serves has ended; starting another.")
            self._kill()
            self._pause()
            self._control = self._fresh_control()
            self._start()
        elif self._zygote in ended:
            log.error("The process that forks workers has ended; starting another.")
            self._pause()
            self._started = time.monotonic()
            self._zygote = self._forked(self._run_zygote)

    def _fresh_control(self) -> tuple[socket.socket, socket.socket]:
        from visidaerah.web.evaluation.processes import control_sockets

        for end in self._control:
            end.close()
        return control_sockets()

    def _pause(self) -> None:
        """Wait before another start, the longer the more failed."""
        lived = time.monotonic() - self._started
        self._failures = self._failures + 1 if lived < QUICK_END else 0
        if self._failures:
            time.sleep(min(0.05 * 2**self._failures, LONGEST_PAUSE))

    def _end(self) -> None:
        """Have the process that serves end by itself, within its grace or until a second signal."""
        with suppress(ProcessLookupError):
            os.kill(self._web, signal.SIGTERM)
        deadline = time.monotonic() + GRACE + 1
        while self._web not in dict(ended_children()):
            left = deadline - time.monotonic()
            found = signal.sigtimedwait(ENDING | {signal.SIGCHLD}, max(left, 0))
            if found is None or found.si_signo in ENDING:
                return

    def _kill(self) -> None:
        """Leave no process behind."""
        with suppress(ProcessLookupError):
            os.killpg(self._zygote, signal.SIGKILL)
        with suppress(ProcessLookupError):
            os.kill(self._zygote, signal.SIGKILL)
        with suppress(ProcessLookupError):
            os.kill(self._web, signal.SIGKILL)
        with suppress(ChildProcessError):
            while True:
                os.waitpid(-1, 0)


def end_by(run: Callable[[], NoReturn]) -> NoReturn:
    """Run what a forked process is for; whatever happens, it goes no further than that."""
    try:
        run()
    except BaseException:  # noqa: BLE001 (the process has no other edge)
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(1)


def ended_children() -> list[tuple[int, int]]:
    """Return the pids and statuses of the children that have ended since the last look."""
    ended = []
    with suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            ended.append(found)
    return ended


def run_werkzeug(service: Service) -> None:
    """Serve where workers cannot be forked and killed: at home, not in public."""
    from werkzeug.serving import run_simple

    app = create_app(
        service.store,
        public_url=service.public_url,
        trusted_proxies=service.trusted_proxies,
        renderer=service.renderer,
        journal=service.journal,
    )
    service.tell()
    run_simple(service.host, service.port, app, threaded=True)
