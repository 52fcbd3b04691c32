"""The application on a port, until Ctrl-C or SIGTERM."""

from __future__ import annotations

import errno
import logging
import multiprocessing
import socket
import time
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from visidaerah.errors import UsageError
from visidaerah.web import create_app
from visidaerah.web.description import catalogue
from visidaerah.web.evaluation import FAST, SLOW, Lane, in_processes
from visidaerah.web.logs import JournalHandler

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from visidaerah.store import Store
    from visidaerah.web.logs import Journal
    from visidaerah.web.site import Renderer

THREADS = 16
"""Requests that are worked on at once; more wait."""

OPENING_TRIES = 500
"""How often, 20 ms apart, a server that does not listen yet is tried."""

GRACE = 5
"""Seconds that open requests have to end after a signal."""


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
    lanes: tuple[Lane, Lane] = (FAST, SLOW),
) -> None:
    """Serve a release until SIGINT or SIGTERM.

    `journal` is told of every answer, and of what the program itself has to say. `lanes` limit the
    queries of anyone's. `announce` is told where to look once the server listens; by default it is
    printed.

    Raises UsageError where the address cannot be had.
    """
    refuse_taken_address(host, port)
    make_app = partial(
        create_app,
        store,
        public_url=public_url,
        trusted_proxies=trusted_proxies,
        renderer=renderer,
        journal=journal,
    )
    if journal:
        logging.getLogger().addHandler(JournalHandler(journal))
    place = public_url or address(host, port)
    sentence = f"Look at {place}/ (stop with Ctrl-C)"

    def tell() -> None:
        (announce or say)(sentence)

    if "fork" in multiprocessing.get_all_start_methods():
        run_granian(lambda: make_app(answer=in_processes(store, *lanes).answer), host, port, tell)
    else:
        run_werkzeug(make_app(), host, port, tell)


def say(sentence: str) -> None:
    """Print a sentence at once, also into a pipe."""
    print(sentence, flush=True)  # noqa: T201 (the terminal is where `serve` speaks)


def address(host: str, port: int) -> str:
    """Return where a server that listens there is found from the same machine."""
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 (compared only)
    name = f"[{name}]" if ":" in name and not name.startswith("[") else name
    return f"http://{name}:{port}"


def refuse_taken_address(host: str, port: int) -> None:
    """Raise UsageError where nothing can listen at the address.

    The server itself would share the port of another one that is willing to (SO_REUSEPORT).
    """
    try:
        family, kind, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        raise UsageError(unavailable(host, port, error)) from error


def unavailable(host: str, port: int, error: OSError) -> str:
    """Say why nothing can listen at an address, and what to do."""
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use. Stop what uses it, or choose another: --port {port + 1}."
    if error.errno == errno.EACCES:
        return f"Port {port} needs rights that you have not. Choose one over 1023: --port 8000."
    return f"Nothing can listen at {host}, port {port}: {error.strerror or error}."


def run_granian(
    make_app: Callable[[], Flask], host: str, port: int, announce: Callable[[], None]
) -> None:
    """Serve with granian, in one process forked from this one, which has the release open.

    Should that process end, another takes its place.
    """
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    multiprocessing.set_start_method("fork", force=True)
    server = Server(
        "visidaerah.web",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        workers_kill_timeout=GRACE,
        respawn_failed_workers=True,
        log_level=LogLevels.error,
    )

    def load() -> Flask:
        # In the forked process, while it has one thread; granian listens some time after.
        app = make_app()
        Thread(target=when_open, args=(host, port, announce, app), daemon=True).start()
        return app

    server.serve(target_loader=load, wrap_loader=False)


def when_open(host: str, port: int, announce: Callable[[], None], app: Flask) -> None:
    """Announce as soon as somebody listens at the address; then make what takes long to make."""
    place = urlsplit(address(host, port))
    for _ in range(OPENING_TRIES):
        try:
            socket.create_connection((place.hostname, place.port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            announce()
            catalogue(app.extensions["visidaerah"])
            break


def run_werkzeug(app: Flask, host: str, port: int, announce: Callable[[], None]) -> None:
    """Serve where processes cannot be forked (Windows), as granian would load the release again."""
    from werkzeug.serving import run_simple

    announce()
    run_simple(host, port, app, threaded=True)
