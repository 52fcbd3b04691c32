"""Requests and replies of HTTP/1.1 as values: what is wrong with one, how the other is written."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from visidaerah.web.headers import common_headers
from visidaerah.web.traces import ID_HEADER, new_id

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import WSGIEnvironment

    from visidaerah.limits import Limits

    Headers = list[tuple[str, str]]
    Refusal = tuple[HTTPStatus, str]

WITHOUT_BODY = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED})

TEXT = "text/plain; charset=utf-8"

SPOKEN = frozenset({"1.0", "1.1"})
"""Versions of HTTP whose requests are answered."""

HOST = re.compile(rb"(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]*)?", re.ASCII)
"""A host and its port (RFC 9110, 7.2), without what no name of a host has."""

FAILED = "The server failed on this request."

CROWDED = "The requests of others take all memory that there is for them. Try again in a moment."

HOP_HEADERS = frozenset({b"connection", b"keep-alive", b"transfer-encoding", b"upgrade"})
"""Headers that are about the connection (RFC 9110, 7.6.1)."""

FRAMING = frozenset({b"content-length", b"transfer-encoding"})
"""Headers that say where a request ends (RFC 9112, 6)."""


@dataclass(slots=True)
class Reply:
    """An answer on its way to a client; `body` is closed when it was sent, or cannot be."""

    status: str
    headers: Headers
    body: Iterable[bytes] = ()

    @property
    def code(self) -> int:
        """Return the status as a number."""
        return int(self.status[:3])

    def close(self) -> None:
        """Let go of what the body is made from."""
        closing = getattr(self.body, "close", None)
        if closing:
            closing()


@dataclass(slots=True)
class Request:
    """A request as it comes in: first its head, then its body, then it is whole.

    `offers_other` is true while its client would rather speak another protocol.
    """

    began: float = field(default_factory=time.monotonic)
    method: str = ""
    version: str = ""
    target: bytearray = field(default_factory=bytearray)
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytearray = field(default_factory=bytearray)
    head_size: int = 0
    keeps_open: bool = True
    offers_other: bool = False


def has_body(request: Request, reply: Reply) -> bool:
    """Tell whether an answer is sent with its body (RFC 9112, 6.3)."""
    return request.method != "HEAD" and reply.code not in WITHOUT_BODY


def expects_consent(request: Request) -> bool:
    """Tell whether the client sends the body once it is told to (RFC 9110, 10.1.1)."""
    return request.version == "1.1" and any(
        name.lower() == b"expect" and value.lower() == b"100-continue"
        for name, value in request.headers
    )


def wrong_head(request: Request, limits: Limits) -> Refusal | None:
    """Return why a request is not read beyond its head; None for one that is."""
    if request.version not in SPOKEN:
        status = HTTPStatus.HTTP_VERSION_NOT_SUPPORTED
        return status, f"HTTP/{request.version} is not spoken here; HTTP/1.1 is."
    hosts = values_of(request, b"host")
    if len(hosts) > 1 or (not hosts and request.version == "1.1"):
        return HTTPStatus.BAD_REQUEST, "A request names one host (RFC 9112, 3.2)."
    host = authority(bytes(request.target)) or next(iter(hosts), b"")
    if host and not HOST.fullmatch(host):
        return HTTPStatus.BAD_REQUEST, f"{host.decode('latin-1')!r} is the name of no host."
    codings = values_of(request, b"transfer-encoding")
    if any(coding.lower() != b"chunked" for coding in codings):
        named = b", ".join(codings).decode("latin-1")
        return HTTPStatus.NOT_IMPLEMENTED, f"A body is sent in chunks, not as {named!r}."
    lengths = (int(text) for text in values_of(request, b"content-length") if text.isdigit())
    if any(length > limits.body for length in lengths):
        return too_large("request's body", limits.body)
    return None


def values_of(request: Request, name: bytes) -> list[bytes]:
    """Return the values of a header, whose name is given in lower case."""
    return [value.strip() for other, value in request.headers if other.lower() == name]


def framing_head(request: Request) -> bytes:
    """Return the head of a request that ends where this one does, and offers no other protocol."""
    lines = [b"POST / HTTP/%b" % request.version.encode()]
    lines += [b"%b: %b" % pair for pair in request.headers if pair[0].lower() in FRAMING]
    return b"\r\n".join([*lines, b"", b""])


def too_large(what: str, limit: int) -> tuple[HTTPStatus, str]:
    """Return the refusal of something that is too large."""
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return status, f"The {what} has more than {limit:,} bytes. Send less at once."


def failure() -> Reply:
    """Return the answer to a request on which the server failed."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    body = f"{status.value} {status.phrase}\n{FAILED}\n".encode()
    headers = [("Content-Type", TEXT), ("Content-Length", str(len(body)))]
    return Reply(f"{status.value} {status.phrase}", headers, [body])


def refusal(status: HTTPStatus, sentence: str) -> bytes:
    """Return the answer to a request that is not even handed on."""
    id_ = new_id()
    body = f"{status.value} {status.phrase}\n{sentence}\nRequest: {id_}\n".encode()
    headers = [
        ("Content-Type", TEXT),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        *common_headers("GET", "", TEXT),
        (ID_HEADER, id_),
    ]
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append(("Retry-After", "5"))
    return head(Reply(f"{status.value} {status.phrase}", headers), [], stays=False) + body


def head(reply: Reply, framing: Headers, *, stays: bool) -> bytes:
    """Return the head of an answer."""
    lines = [f"HTTP/1.1 {reply.status}"]
    lines += [f"{name}: {value}" for name, value in (*reply.headers, *framing)]
    if not any(name.lower() == "date" for name, _ in reply.headers):
        lines.append(f"Date: {date(int(time.time()))}")
    lines.append(f"Connection: {'keep-alive' if stays else 'close'}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", errors="replace")


@lru_cache(maxsize=2)
def date(seconds: int) -> str:
    """Return a time as HTTP writes it."""
    return formatdate(seconds, usegmt=True)


def environment(request: Request, client: str, base: WSGIEnvironment) -> WSGIEnvironment:
    """Return a request as the application reads it (PEP 3333)."""
    path, _, query = origin_form(bytes(request.target)).partition(b"?")
    environ = dict(base)
    for name, value in request.headers:
        key = variable(name)
        if key in environ:
            joint = "; " if key == "HTTP_COOKIE" else ", "
            environ[key] += joint + value.decode("latin-1")
        elif key:
            environ[key] = value.decode("latin-1")
    host = authority(bytes(request.target)).decode("latin-1") or environ.pop("HTTP_HOST", "")
    if host:
        environ["HTTP_HOST"] = host
    if request.body or "CONTENT_LENGTH" in environ:
        environ["CONTENT_LENGTH"] = str(len(request.body))
    environ |= {
        "REQUEST_METHOD": request.method,
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query.decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{request.version}",
        "REMOTE_ADDR": client,
        "wsgi.input": BytesIO(request.body),
    }
    return environ


def authority(target: bytes) -> bytes:
    """Return the host that a target in absolute form names, in place of the header's.

    (RFC 9112, 3.2.2)
    """
    _, scheme_end, rest = target.partition(b"://")
    is_absolute = scheme_end and not target.startswith(b"/")
    return re.split(rb"[/?#]", rest, maxsplit=1)[0] if is_absolute else b""


def origin_form(target: bytes) -> bytes:
    """Return the path and query of a target in any of its forms (RFC 9112, 3.2)."""
    if not target.startswith(b"/"):
        _, _, rest = target.partition(b"://")
        target = rest.removeprefix(authority(target))
        target = target if target.startswith(b"/") else b"/" + target
    return target.partition(b"#")[0] or b"/"


@lru_cache(maxsize=1024)
def variable(name: bytes) -> str | None:
    """Return the variable of a header (RFC 3875, 4.1.18); None for one that is not handed on.

    `X_Forwarded_For` would look like `X-Forwarded-For`, which only a proxy may send.
    """
    if b"_" in name or name.lower() in HOP_HEADERS:
        return None
    key = name.decode("latin-1").upper().replace("-", "_")
    return key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"
