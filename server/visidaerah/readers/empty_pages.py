"""Pages that show what they do not hold as text: why, what stands in for it, what is missing."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from visidaerah.readers.markup import EMBEDDED, Element
from visidaerah.readers.model import Piece

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from visidaerah.readers.markup import Token

_DATA = 'script[type="application/json"], script[type="application/ld+json"]'
_TELLING = re.compile(r"visi|misi", re.IGNORECASE)
_DEEPEST_DATA = 100
_MOST_DATA = 100
_PICTURES = "img, embed, object"
# Why a page holds no text, by what it has instead; the first that is there holds.
_CAUSES: tuple[tuple[str, str], ...] = (
    ("frameset, frame", "is made of frames. Open the frame with the text by itself and save that."),
    (
        f"body {_PICTURES.replace(', ', ', body ')}",
        "shows pictures without text. Recognise their text first (OCR) and save that.",
    ),
    (
        "iframe",
        "shows another page inside it. Open that page by itself and save it.",
    ),
    (
        "script",
        "holds no text besides menus: a program makes it in the browser. Open it there and print"
        " it as a PDF.",
    ),
)
_NO_TEXT = "holds no text besides menus. If a browser shows more, print it there as a PDF."
# So few characters are headings and an address around a picture of the text.
_LITTLE_TEXT = 250
_MOST_NAMED = 3
_LONGEST_NAME = 120


def why_empty(page: LexborHTMLParser) -> str:
    """Return what a page without text is, and the remedy, as the end of a sentence."""
    return next((words for seek, words in _CAUSES if page.css_first(seek)), _NO_TEXT)


def data_of(page: LexborHTMLParser) -> list[Piece]:
    """Return the data that a page hands to its program, where they speak of vision or missions."""
    return [
        Piece(text=line, kind="block", value=_path(node), separator="\n")
        for node in page.css(_DATA)[:_MOST_DATA]
        if _TELLING.search(node.text())
        for line in _printed(node.text()).splitlines()
    ]


def _printed(data: str) -> str:
    """Return JSON with a value to a line; what is none, or nests too deep, as it is."""
    try:
        return json.dumps(json.loads(data), ensure_ascii=False, indent=1)
    except (ValueError, RecursionError):
        return data


def _path(node: LexborNode) -> str:
    """Return the path of an element from `html`, as `Place` has it."""
    steps: list[str] = []
    one: LexborNode | None = node
    while one is not None and one.tag != "html" and len(steps) < _DEEPEST_DATA:
        steps.append(_step(one))
        one = one.parent
    return "/".join(reversed(steps))


def _step(node: LexborNode) -> str:
    number, before = 1, node.prev
    while before is not None:
        number += before.tag == node.tag
        before = before.prev
    return f"{node.tag}.{number}" if number > 1 else f"{node.tag}"


def pictures_in(content: Sequence[Token], pieces: Sequence[Piece]) -> Iterator[str]:
    """Yield a remark on the pictures and embedded pages of a content that has hardly any text."""
    if sum(len(piece.text) for piece in pieces) > _LITTLE_TEXT:
        return
    shown = [one for one in content if isinstance(one, Element) and one.tag in EMBEDDED]
    if shown:
        named = [name for one in shown if (name := _name(one))][:_MOST_NAMED]
        listed = f": {', '.join(named)}" if named else ""
        yield (
            "The page shows pictures or other files, and hardly any text; what they say was not"
            f" read{listed}."
        )


def _name(element: Element) -> str:
    """Return the file name of a picture, or the address of an embedded page, and its words."""
    attributes = element.attributes
    address = attributes.get("src") or attributes.get("data") or ""
    file = address if element.tag == "iframe" else address.partition("?")[0].rpartition("/")[2]
    words = " ".join((attributes.get("alt") or attributes.get("title") or "").split())
    shown = file if len(file) <= _LONGEST_NAME and not address.startswith("data:") else ""
    return " ".join(filter(None, (shown, f"“{words[:_LONGEST_NAME]}”" if words else "")))
