"""The frame of every page: the reader's language, the way around, and the files it is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import render_template, request
from jinja2 import StrictUndefined

from visidaerah.web.language import COOKIE, LANGUAGES, PARAMETER, choose
from visidaerah.web.urls import query_path, quoted

if TYPE_CHECKING:
    from flask import Response
    from flask.blueprints import BlueprintSetupState

    from visidaerah.web.pages.reader import Reader

NAVIGATION: tuple[tuple[str, str], ...] = (
    ("/plans", "navigation.plans"),
    ("/sectors", "navigation.sectors"),
    ("/compare", "navigation.compare"),
    ("/questions", "navigation.questions"),
    ("/search", "navigation.search"),
    ("/sparql", "navigation.query"),
    ("/try", "navigation.try"),
    ("/data", "navigation.data"),
)
"""The ways from every page: where they lead, and the name of their words."""

# U+0000 to U+001F but tab, line feed and carriage return; U+FFFE and U+FFFF.
UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Way:
    """An entry of the navigation; `here` is its `aria-current`, if it has one."""

    href: str
    words: str
    here: str | None


def language_of_request() -> str:
    """Return the language of the interface that this request should see."""
    return choose(
        request.args.get(PARAMETER), request.cookies.get(COOKIE), request.accept_languages
    )


def render(template: str, reader: Reader, **context: object) -> str:
    """Return a page; characters that HTML cannot show stand as U+FFFD."""
    page = render_template(
        template,
        t=reader.t,
        language=reader.language,
        languages=LANGUAGES,
        navigation=navigation(reader),
        has_ontology=reader.has_ontology,
        asset=asset_path,
        in_language=in_language,
        editor=query_path,
        **context,
    )
    return UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", page)


def navigation(reader: Reader) -> list[Way]:
    """Return the ways around, with the one that the reader is on."""
    return [Way(href, reader.t(words), _here(href)) for href, words in NAVIGATION]


def _here(href: str) -> str | None:
    if request.path == href:
        return "page"
    return "true" if request.path.startswith(href + "/") else None


def in_language(code: str) -> str:
    """Return the address of this page in a language."""
    return address_with(PARAMETER, code)


def at_page(name: str, number: int) -> str:
    """Return the address of another page of a part, whose parameter and anchor have its name."""
    return f"{address_with(name, str(number))}#{name}"


def page_asked(name: str) -> int:
    """Return which page of a part is asked for; the first where it is no number."""
    number = request.args.get(name, "1")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 1


def address_with(name: str, value: str) -> str:
    """Return the address of this page with one parameter changed.

    It never begins with two slashes, which would lead to another host.
    """
    kept = [pair for pair in request.args.items(multi=True) if pair[0] != name]
    return f"/{quoted(request.path.lstrip('/'))}?{urlencode([*kept, (name, value)])}"


def speak_language(response: Response) -> Response:
    """Say which language a page is in, and remember the one that was asked for."""
    if response.mimetype == "text/html":
        response.headers.setdefault("Content-Language", language_of_request())
        response.vary.update(("Accept-Language", "Cookie"))
        asked = request.args.get(PARAMETER)
        if asked in LANGUAGES:
            response.set_cookie(COOKIE, asked, max_age=A_YEAR, samesite="Lax", httponly=True)
    return response


def not_kept(response: Response) -> Response:
    """Say that a page tells what is true for a moment only."""
    response.cache_control.no_store = True
    return response


def forbid_undefined_names(state: BlueprintSetupState) -> None:
    """Make a template that names what it was not given fail, instead of leaving a gap."""
    state.app.jinja_env.undefined = StrictUndefined


@cache
def asset(name: str) -> tuple[str, bytes]:
    """Return the hash and the content of a file that pages are made of.

    Raises FileNotFoundError where there is none.
    """
    content = (files("visidaerah.web") / "static" / name).read_bytes()
    return sha256(content).hexdigest()[:12], content


def asset_path(name: str) -> str:
    """Return the address of a file that pages are made of; it changes with the content."""
    return f"/assets/{asset(name)[0]}/{name}"
