"""The process that serves: connections before the application, workers behind it."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import resource
import signal
import sys
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NoReturn

import uvloop

from visidaerah.confinement import end_with_parent
from visidaerah.errors import VisidaerahError
from visidaerah.web import create_app, front_of
from visidaerah.web.connections import Connections
from visidaerah.web.evaluation.lanes import Asked, Lanes
from visidaerah.web.exchanges import Reply
from visidaerah.web.negotiation import HTML, QUERY_OFFERS, ranked
from visidaerah.web.preparing import prepare
from visidaerah.web.running import run_apart, run_here, threads, wait_for
from visidaerah.web.serving import GRACE
from visidaerah.web.traces import current_environment, trace_of

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from wsgiref.types import WSGIApplication, WSGIEnvironment

    from flask import Flask

    from visidaerah.answers import QueryAnswer, QueryRequest
    from visidaerah.limits import Limits
    from visidaerah.web.exchanges import Headers
    from visidaerah.web.front import Front
    from visidaerah.web.serving import Service

ENDPOINT = "/sparql"

SPARED_FILES = 64
"""Files that the process has open besides those of its clients."""

log = logging.getLogger(__name__)


def run_web(
    service: Service, listener: socket.socket, control: socket.socket, ready: Callable[[], None]
) -> NoReturn:
    """Serve until SIGTERM, and end this process; `ready` is called once it listens."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    limits = within(service.limits, raise_open_files())
    code = 0
    try:
        service.store.open()
        uvloop.run(Web(replace(service, limits=limits), listener, control).run(ready))
    except VisidaerahError as error:
        print(f"visidaerah: {error}", file=sys.stderr)  # noqa: T201 (nobody else is left to say it)
        code = error.exit_code
    except BaseException:  # noqa: BLE001 (this process has no other edge)
        sys.excepthook(*sys.exc_info())
        code = 1
    if service.journal:
        service.journal.close()
    sys.stdout.flush()
    os._exit(code)


def raise_open_files() -> int:
    """Let this process have as many files and connections open as it may; return how many."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most


def within(limits: Limits, files: int) -> Limits:
    """Return limits with as many connections as files allow: two each, for long answers."""
    place = max((files - SPARED_FILES) // 2, 1)
    if files == resource.RLIM_INFINITY or place >= limits.connections:
        return limits
    log.warning("The system allows %d open files: at most %d connections.", files, place)
    return replace(limits, connections=place)


class Web:
    """The application on a loop."""

    def __init__(self, service: Service, listener: socket.socket, control: socket.socket) -> None:
        self._service = service
        self._listener = listener
        self._control = control

    async def run(self, ready: Callable[[], None]) -> None:
        """Serve until SIGTERM."""
        loop = asyncio.get_running_loop()
        stop = asyncio.Event()
        loop.add_signal_handler(signal.SIGTERM, stop.set)
        lanes = Lanes(self._service.limits, self._control, loop)
        app = self._app(partial(answer_by, lanes, loop), lanes)
        connections = Connections(
            Application(front_of(app), app), self._service.limits, self._environ()
        )
        gc.collect()
        gc.freeze()
        server = await loop.create_server(connections, sock=self._listener)
        sweeping = loop.create_task(connections.sweep())
        ready()
        threads.submit(prepare, app.extensions["visidaerah"])
        await stop.wait()
        server.close()
        await connections.end(GRACE)
        sweeping.cancel()

    def _app(self, answer: Callable[[QueryRequest], QueryAnswer], lanes: Lanes) -> Flask:
        return create_app(
            self._service.store,
            public_url=self._service.public_url,
            trusted_proxies=self._service.trusted_proxies,
            renderer=self._service.renderer,
            journal=self._service.journal,
            answer=answer,
            cancel=lanes.cancel,
            limits=self._service.limits,
            lanes=lanes.states,
        )

    def _environ(self) -> WSGIEnvironment:
        """Return what all requests have in common."""
        return {
            "SCRIPT_NAME": "",
            "SERVER_NAME": self._service.host,
            "SERVER_PORT": str(self._service.port),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }


def answer_by(lanes: Lanes, loop: asyncio.AbstractEventLoop, query: QueryRequest) -> QueryAnswer:
    """Answer a query through the lanes, in the name of the client whose request is answered."""
    environ = current_environment() or {}
    id_ = trace_of(environ).id if environ.get("HTTP_X_REQUEST_ID") else ""
    asked = Asked(request=query, client=environ.get("REMOTE_ADDR", ""), id=id_)
    return wait_for(loop, lanes.answer(asked))


LIGHT = 16 << 10
"""Bytes of a query that is looked at on the event loop's own thread."""


class Application:
    """The application as connections ask it."""

    def __init__(self, front: Front, application: WSGIApplication) -> None:
        self._front = front
        self._application = application

    def at_once(self, environ: WSGIEnvironment) -> Reply | None:
        """Return an answer that is kept in memory."""
        found = self._front.hit(environ)
        return Reply(found.status, found.headers, [found.body]) if found else None

    async def answer(self, environ: WSGIEnvironment) -> Reply:
        """Return the answer of the application."""
        if is_light(environ):
            return await run_here(reply_of, self._application, environ)
        return await run_apart(partial(reply_of, self._application, environ))


def is_light(environ: WSGIEnvironment) -> bool:
    """Tell whether a request is for a short query whose answer is handed on as it is.

    Workers make such answers; this process makes pages of others.
    """
    size = len(environ["QUERY_STRING"]) + int(environ.get("CONTENT_LENGTH") or 0)
    return (
        environ["PATH_INFO"] == ENDPOINT
        and size <= LIGHT
        and "html" not in environ.get("HTTP_ACCEPT", "").lower()
        and ranked(environ.get("HTTP_ACCEPT"), QUERY_OFFERS)[:1] != (HTML,)
        and ("query=" in environ["QUERY_STRING"] or environ["REQUEST_METHOD"] in {"POST", "QUERY"})
    )


def reply_of(application: WSGIApplication, environ: WSGIEnvironment) -> Reply:
    """Return the answer of an application (PEP 3333)."""
    begun: list[tuple[str, Headers]] = []

    def start(status: str, headers: Headers, *_error: object) -> Callable[[bytes], object]:
        begun[:] = [(status, headers)]
        return lambda _piece: None

    body = application(environ, start)
    status, headers = begun[0]
    return Reply(status, headers, body)
