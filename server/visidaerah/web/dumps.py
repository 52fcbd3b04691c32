"""The whole release as compressed files, with checksums, in parts if a client asks so."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, send_file

from visidaerah.errors import FormatError
from visidaerah.formats import DATASET_FORMATS, GRAPH_FORMATS, write_graph
from visidaerah.web.replies import not_found
from visidaerah.web.urls import dump_path

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as BaseResponse

    from visidaerah.formats import Format
    from visidaerah.web.site import Site

GZIP = "application/gzip"
CHECKSUM = ".sha256"
DOWNLOAD = "https://schema.org/DataDownload"
NEWEST = "kg-latest."

MOST_DUMPED = 500_000
"""Triples of the largest release that is offered as dumps: they are sorted and kept in memory."""

MAKING = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dump:
    """A release as a gzip file; `sha256` is of the file, in hex."""

    name: str
    format: Format
    content: bytes
    sha256: str


def blueprint(site: Site) -> Blueprint:
    """Return the routes of the dumps."""
    routes = Blueprint("dumps", __name__)

    @routes.get("/dumps/<name>")
    def dump(name: str) -> BaseResponse:
        if name.startswith(NEWEST):
            return to_newest(site, name.removeprefix(NEWEST))
        return file_reply(site, name)

    return routes


def dump_name(site: Site, form: str) -> str:
    """Return the name of the release's dump in a format: `kg-9cbe020a1d5c5de3.ttl.gz`."""
    return f"kg-{site.store.version}.{form}.gz"


def make_dump(site: Site, form: str) -> Dump:
    """Return the release as a dump, the same release always as the same bytes.

    Formats without named graphs carry the merge of all.

    Raises FormatError where the format cannot carry it.
    """
    statements = site.store.quads() if form in DATASET_FORMATS else site.store.triples()
    content = gzip.compress(write_graph(statements, form), mtime=0)
    return Dump(
        name=dump_name(site, form),
        format=GRAPH_FORMATS[form],
        content=content,
        sha256=sha256(content).hexdigest(),
    )


def all_dumps(site: Site) -> tuple[Dump, ...]:
    """Return the release in every format that can carry it, none where it is too large."""
    with MAKING:  # Whoever comes meanwhile waits instead of doing the same work.
        return made_dumps(site)


@lru_cache(maxsize=4)
def made_dumps(site: Site) -> tuple[Dump, ...]:
    """Return the dumps, made once per release."""
    if len(site.store) > MOST_DUMPED:
        return ()
    dumps = (possible_dump(site, form) for form in GRAPH_FORMATS)
    return tuple(dump for dump in dumps if dump)


def possible_dump(site: Site, form: str) -> Dump | None:
    """Return a dump, None where the format cannot carry it: a control character is beyond XML."""
    try:
        return make_dump(site, form)
    except FormatError:
        return None


def to_newest(site: Site, rest: str) -> BaseResponse:
    """Send `kg-latest.ttl.gz` to the dump of this release.

    Raises ProblemRaised with 404 for a format that there is not.
    """
    form = rest.removesuffix(CHECKSUM).removesuffix(".gz")
    if rest.removesuffix(CHECKSUM) != f"{form}.gz" or form not in GRAPH_FORMATS:
        raise not_found(f"There is no dump .{rest}. {known_dumps(site)}")
    tail = CHECKSUM if rest.endswith(CHECKSUM) else ""
    response = redirect(site.absolute(dump_path(dump_name(site, form) + tail)), 302)
    response.cache_control.no_cache = True
    return response


def file_reply(site: Site, name: str) -> Response:
    """Return a dump or the checksum beside it, in the form that `sha256sum --check` reads.

    Raises ProblemRaised with 404 for a dump that there is not, FormatError for one that there
    cannot be.
    """
    dump = named_dump(site, name.removesuffix(CHECKSUM))
    if name.endswith(CHECKSUM):
        return Response(f"{dump.sha256}  {dump.name}\n", content_type="text/plain; charset=utf-8")
    response = send_file(BytesIO(dump.content), GZIP, download_name=name, etag=dump.sha256[:16])
    whole = f'<{site.base}dataset>; rel="collection"; type="text/html"'
    response.headers.add("Link", f'{whole}, <{DOWNLOAD}>; rel="type"')
    return unchanging(response)


def named_dump(site: Site, name: str) -> Dump:
    """Return the dump of a name.

    Raises ProblemRaised with 404 for one that there is not, FormatError for one that there cannot
    be.
    """
    made = {dump.name: dump for dump in all_dumps(site)}
    forms = {dump_name(site, form): form for form in GRAPH_FORMATS}
    if not made or name not in forms:
        raise not_found(f"There is no dump {name}. {known_dumps(site)}")
    return made.get(name) or make_dump(site, forms[name])


def unchanging(response: Response) -> Response:
    """Say that the answer is the same for ever: its address names its content."""
    response.cache_control.no_cache = None
    response.cache_control.public = True
    response.cache_control.max_age = 365 * 24 * 3600
    response.cache_control.immutable = True
    return response


def known_dumps(site: Site) -> str:
    """Say which dumps there are, or why there are none."""
    names = ", ".join(dump.name for dump in all_dumps(site))
    if names:
        return f"There are: {names}."
    return (
        f"There are none, as the release has {len(site.store):,} triples, more than "
        f"{MOST_DUMPED:,}. Ask for parts of it at /sparql, or use visidaerah export."
    )
