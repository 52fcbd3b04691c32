"""What reading a file gives: its text, and which characters came from which place in the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from visidaerah.spans import Span

PlaceKind: TypeAlias = Literal["page", "block"]

TEXT = "text/plain"
CSV = "text/csv"
MARKDOWN = "text/markdown"
HTML = "text/html"
PDF = "application/pdf"
ODT = "application/vnd.oasis.opendocument.text"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a file some characters of the text came from.

    `value` is the number of a page, counted from 1 ("12"), or the path of a block: of an HTML
    element ("body/main/ol/li.3": the third `li` of the only `ol`), of a paragraph or table row of
    a DOCX or ODT ("paragraph/17", "table/2/row/3"), of a row of a CSV ("row/2"). `label` is what
    the file itself calls the place (the page number as printed: "V-3"), empty where it says
    nothing.
    """

    span: Span
    kind: PlaceKind
    value: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceContent:
    """The text of a file, to which all offsets refer, and what a person should know of it.

    `places` are in text order and do not overlap; a plain text has none. `remarks` are sentences
    about what was repaired, left out or guessed.
    """

    text: str
    media_type: str = TEXT
    places: tuple[Place, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some text of one place, and what separates it from the text before: a blank, a line end."""

    text: str
    kind: PlaceKind
    value: str
    label: str = ""
    separator: str = "\n"
