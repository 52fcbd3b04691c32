"""What stands before the application: every answer has an id, is measured, noted, and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from visidaerah.web.cache import (
    Answer,
    AnswerCache,
    KeptAnswer,
    hold_body,
    may_be_kept,
    request_key,
)
from visidaerah.web.headers import common_headers
from visidaerah.web.traces import trace_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from visidaerah.web.cache import Headers, Key
    from visidaerah.web.traces import Trace

    Note = Callable[[WSGIEnvironment, Trace, int, int], None]

KEY = "visidaerah.key"
"""Where the key of a request is in its WSGI environment, once it is known."""


class Front:
    """The application as the server sees it (WSGI).

    `note` is told of every answer when it has ended: environment, trace, status, bytes sent.
    """

    def __init__(self, application: WSGIApplication, cache: AnswerCache, note: Note) -> None:
        self._application = application
        self._note = note
        self.cache = cache

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request: from memory where the answer is kept."""
        found = None
        if KEY not in environ:  # Else it was looked for before.
            hold_body(environ)
            found = self.hit(environ)
        if found is None:
            return self._passed_on(environ, start_response)
        start_response(found.status, found.headers)
        return [found.body]

    def hit(self, environ: WSGIEnvironment) -> Answer | None:
        """Return the kept answer to a request; None where the application has to be asked.

        It waits for nothing and reads no body but one in memory (`BytesIO`), so that a server may
        call it where waiting is forbidden.
        """
        trace = trace_of(environ)
        key = environ[KEY] = request_key(environ)
        kept = self.cache.get(key) if key else None
        if kept is None:
            trace.cache = "miss" if key else None
            return None
        trace.cache, trace.route = "hit", kept.route
        answer = kept.to(environ)
        self._note(environ, trace, answer.code, len(answer.body))
        return Answer(
            status=answer.status, headers=answer.headers + trace.headers(), body=answer.body
        )

    def _passed_on(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        trace = trace_of(environ)
        begun = Begun(start, environ, trace)
        body = self._application(environ, cast("StartResponse", begun))
        key: Key | None = environ[KEY]
        if key and environ["REQUEST_METHOD"] != "HEAD" and begun.may_be_kept(self.cache):
            content = whole(body)
            answer = Answer(status=begun.status, headers=begun.headers, body=content)
            self.cache.keep(key, KeptAnswer.of(answer, trace.route))
            body = [content]
        return Passage(body, lambda sent: self._note(environ, trace, begun.code, sent))


class Begun:
    """The beginning of an answer, with what every answer carries and its request's own headers."""

    def __init__(self, start: StartResponse, environ: WSGIEnvironment, trace: Trace) -> None:
        self._start = start
        self._environ = environ
        self._trace = trace
        self.status = "500 INTERNAL SERVER ERROR"
        self.headers: Headers = []

    def __call__(self, status: str, headers: Headers, *error: object) -> Callable[[bytes], object]:
        """Begin the answer (PEP 3333, `start_response`)."""
        kind = next((value for name, value in headers if name.lower() == "content-type"), "")
        method, path = self._environ["REQUEST_METHOD"], self._environ.get("PATH_INFO", "")
        self.status, self.headers = status, [*headers, *common_headers(method, path, kind)]
        start = cast("Callable[..., Callable[[bytes], object]]", self._start)
        return start(status, self.headers + self._trace.headers(), *error)

    @property
    def code(self) -> int:
        """Return the status as a number."""
        return int(self.status[:3])

    def may_be_kept(self, cache: AnswerCache) -> bool:
        """Tell whether the answer may be given again."""
        return may_be_kept(self.status, self.headers, cache.bounds.largest)


class Passage:
    """The body of an answer on its way out; `done` is told how much was sent when it has ended."""

    def __init__(self, body: Iterable[bytes], done: Callable[[int], None]) -> None:
        self.body = body
        self._done: Callable[[int], None] | None = done
        self._sent = 0

    def __iter__(self) -> Iterator[bytes]:
        """Yield the body, counted."""
        for chunk in self.body:
            self._sent += len(chunk)
            yield chunk
        self._end()

    def close(self) -> None:
        """End the answer, also where it was left before its end (PEP 3333)."""
        try:
            close(self.body)
        finally:
            self._end()

    def _end(self) -> None:
        done, self._done = self._done, None
        if done:
            done(self._sent)


def whole(body: Iterable[bytes]) -> bytes:
    """Return a body in one piece, and close it."""
    try:
        return b"".join(body)
    finally:
        close(body)


def close(body: Iterable[bytes]) -> None:
    """Close a body where it asks for that."""
    closing = getattr(body, "close", None)
    if closing:
        closing()
