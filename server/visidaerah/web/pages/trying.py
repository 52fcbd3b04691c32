"""Trying a document: a text is pasted or uploaded, read in a confined process, shown, forgotten."""

from __future__ import annotations

import json
from base64 import b64encode
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from flask import Response, current_app, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.http import dump_options_header

from visidaerah.confinement import Confines, Outcome
from visidaerah.trial import Attempt, Refusal, Trial, try_document
from visidaerah.web.negotiation import ERROR_OFFERS, HTML, preferred
from visidaerah.web.pages import frame
from visidaerah.web.pages.marked import LEGEND, as_printed
from visidaerah.web.pages.tried import region_code, regions, tried_page
from visidaerah.web.pages.trouble import trouble
from visidaerah.web.problems import Problem, ProblemRaised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Blueprint

    from visidaerah.limits import Limits
    from visidaerah.web.pages.reader import Reader
    from visidaerah.web.site import Site

PATH = "/try"

AT_ONCE = 2
"""Texts that are read at once."""

WAITING = 4
"""Texts that wait for their turn; each holds a thread of the server."""

PATIENCE = 5.0
"""Seconds that a text waits for its turn."""

LONGEST_NAME = 120
PASTED = "naskah.txt"

MOST_STATEMENTS = 25_000
"""Quads of what was read that a page can tell of in a second or so; most chapters give a fifth."""

LARGEST_LINK = 3 << 20
"""Bytes of a file that the page itself carries; longer ones are asked for by the form."""

FORMATS = {"ttl": "text/turtle", "json": "application/json"}
"""The formats in which a text can be answered besides a page."""

ENDINGS = {"late": "document-timeout", "lost": "document-too-heavy"}


@dataclass(frozen=True, slots=True)
class Sent:
    """What a reader has sent, as the form shows it again."""

    text: str = ""
    region: str = ""
    format: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file that the page itself carries."""

    name: str
    title: str
    href: str


class Trials:
    """The routes on which texts are tried, a few at a time."""

    def __init__(self, reader_of: Callable[[Site], Reader]) -> None:
        self._reader_of = reader_of
        self._room = BoundedSemaphore(AT_ONCE + WAITING)
        self._seats = BoundedSemaphore(AT_ONCE)

    def add_routes(self, routes: Blueprint, site: Site) -> None:
        """Add the routes to those of the pages."""
        routes.add_url_rule(PATH, "try", lambda: self.form(site))
        routes.add_url_rule(PATH, "tried", lambda: self.answer(site), methods=["POST"])

    def form(self, site: Site) -> str:
        """Ask for a text."""
        return page(self._reader_of(site), Sent())

    def answer(self, site: Site) -> Response:
        """Show what a text states, or why it cannot be read; nothing is kept."""
        reader, sent = self._reader_of(site), Sent()
        try:
            sent = sent_in_form()
            response = answered(
                reader, sent, self._trial(attempt_of(sent), confines_of(site.limits))
            )
        except ProblemRaised as raised:
            if preferred(request.headers.get("Accept"), ERROR_OFFERS) != HTML:
                raise
            told = trouble(reader, raised.problem)
            response = Response(page(reader, sent, trouble=told), raised.problem.status)
            response.headers.extend(raised.problem.headers)
        response.cache_control.no_store = True
        return response

    def _trial(self, given: Attempt, confines: Confines) -> Trial:
        with self._seat():
            found = try_document(given, confines)
        if isinstance(found, Trial):
            return found
        raise refused(found, confines)

    @contextmanager
    def _seat(self) -> Iterator[None]:
        """Have a seat for a while.

        Raises ProblemRaised with 503 where too many wait, or too long.
        """
        with taken(self._room, patience=0), taken(self._seats, PATIENCE):
            yield


@contextmanager
def taken(places: BoundedSemaphore, patience: float) -> Iterator[None]:
    """Have one of some places for a while, after at most some seconds.

    Raises ProblemRaised with 503 where there is none.
    """
    if not places.acquire(timeout=patience):
        raise problem(503, "document-busy", "Other texts are being read. Try again in a moment.")
    try:
        yield
    finally:
        places.release()


def confines_of(limits: Limits) -> Confines:
    """Return what the reading of a text may use: what a query may."""
    return Confines(seconds=max(1, round(limits.seconds)), memory=limits.memory)


def sent_in_form() -> Sent:
    """Return what the form of the current request holds besides a file.

    Raises ProblemRaised with 413 where it is larger than the server takes.
    """
    # What is pasted may be as long as a file.
    request.max_form_memory_size = current_app.config["MAX_CONTENT_LENGTH"]
    try:
        form = request.form
    except RequestEntityTooLarge as error:
        raise too_large() from error
    return Sent(
        text=form.get("text", ""),
        region=form.get("region", "").strip()[:LONGEST_NAME],
        format=form.get("as", ""),
    )


def attempt_of(sent: Sent) -> Attempt:
    """Return what is to be read: the file where there is one, else the text.

    Raises ProblemRaised with 400 where there is neither, or the region is unknown.
    """
    name, content = uploaded()
    code = region_code(sent.region) if sent.region else None
    if sent.region and code is None:
        detail = f"There is no region {sent.region!r}. Give its full name, or its code as 33.71."
        raise problem(400, "region-unknown", detail)
    if content.strip():
        return Attempt(name=name, content=content, region=code)
    if not sent.text.strip():
        raise problem(400, "document-missing", "Paste a text, or choose a file that has one.")
    # A form's line ends are always CR LF (HTML, 4.10.21.4), whatever was pasted.
    text = sent.text.replace("\r\n", "\n")
    return Attempt(name=PASTED, content=text.encode(errors="replace"), region=code)


def uploaded() -> tuple[str, bytes]:
    """Return the name and the bytes of the file in the form; none where there is no file."""
    file = request.files.get("file")
    if file is None:
        return PASTED, b""
    with file.stream as stream:
        content = stream.read()
    name = (file.filename or "").replace("\\", "/").rpartition("/")[2]
    return name[-LONGEST_NAME:] or PASTED, content


def answered(reader: Reader, sent: Sent, trial: Trial) -> Response:
    """Answer with a page, or with a file where the form asks for one.

    Raises ProblemRaised with 422 where there is more than a page can tell of.
    """
    if sent.format not in FORMATS:
        if trial.quads.count("\n") > MOST_STATEMENTS:
            raise too_long()
        return Response(page(reader, sent, trial=trial))
    response = Response(contents(trial)[sent.format], mimetype=FORMATS[sent.format])
    name = f"{trial.slug}.{sent.format}"
    response.headers["Content-Disposition"] = dump_options_header("attachment", {"filename": name})
    return response


def page(reader: Reader, sent: Sent, trial: Trial | None = None, trouble: object = None) -> str:
    """Return the form, with what was found in a text or why it was not read."""
    return frame.render(
        "try.html",
        reader,
        sent=sent,
        found=tried_page(reader, trial) if trial else None,
        files=files(trial) if trial else (),
        trouble=trouble,
        regions=regions(),
        largest=current_app.config["MAX_CONTENT_LENGTH"],
        kinds={kind: reader.t(f"kind.{kind}") for kind in LEGEND},
        as_printed=as_printed,
    )


def contents(trial: Trial) -> dict[str, bytes]:
    """Return what was found as files, by format."""
    record = json.dumps(trial.record, ensure_ascii=False, indent=1)
    return {"ttl": trial.turtle.encode(), "json": record.encode()}


def files(trial: Trial) -> tuple[File, ...]:
    """Return what was found as files that the page itself carries, for it is kept nowhere."""
    titles = {"ttl": "Turtle", "json": "JSON"}
    return tuple(
        File(
            name=f"{trial.slug}.{form}",
            title=titles[form],
            href=f"data:{FORMATS[form]};charset=utf-8;base64,{b64encode(content).decode()}",
        )
        for form, content in contents(trial).items()
        if len(content) <= LARGEST_LINK
    )


def refused(found: Refusal | Outcome, confines: Confines) -> ProblemRaised:
    """Return the problem of a text that could not be read."""
    if isinstance(found, Refusal):
        return problem(422, "document-unreadable", found.sentence)
    limit = f"{confines.seconds} seconds, {confines.memory >> 20} MB of memory"
    remedy = "Give only the chapter with the vision and missions."
    detail = f"The text could not be read within the limits ({limit}). {remedy}"
    return problem(422, ENDINGS[found.ending], detail)


def too_large() -> ProblemRaised:
    """Return the problem of a text that is longer than the server takes."""
    limit = current_app.config["MAX_CONTENT_LENGTH"] >> 20
    detail = (
        f"The text is larger than {limit} MB. Give only the chapter with the vision and missions."
    )
    return problem(413, "document-too-large", detail)


def too_long() -> ProblemRaised:
    """Return the problem of a text that states more than a page can tell of."""
    remedy = "Ask for it as Turtle or JSON, or give only the chapter with the vision and missions."
    return problem(422, "document-too-long", f"The text states more than a page can show. {remedy}")


def problem(status: int, kind: str, detail: str) -> ProblemRaised:
    """Return a problem to raise."""
    retry = (("Retry-After", "10"),) if status == 503 else ()
    return ProblemRaised(Problem(status=status, kind=kind, detail=detail, headers=retry))
