"""Readers: a file of any common format becomes text that knows which page or block it came from.

========  ============================================  =========================================
format    read with                                     places
========  ============================================  =========================================
text      charset-normalizer (MIT), ftfy (Apache-2.0)   none: offsets refer to the file itself
Markdown  as text                                       none
CSV       the standard library                          blocks: rows, if columns name statements
HTML      selectolax (MIT)                              blocks: the path of the element
PDF       pypdfium2 (Apache-2.0 or BSD-3-Clause)        pages
DOCX      the standard library                          blocks: paragraphs and table rows
ODT       the standard library                          blocks: paragraphs and table rows
========  ============================================  =========================================

Each library is imported when a file first needs it. Trafilatura and resiliparse, which find the
main content of HTML, were tried: they lose the numbers of lists or the paths of elements.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from visidaerah.errors import DocumentError
from visidaerah.readers.columns import read_columns
from visidaerah.readers.detection import media_type_of
from visidaerah.readers.model import (
    CSV,
    DOCX,
    HTML,
    MARKDOWN,
    ODT,
    PDF,
    TEXT,
    Place,
    PlaceKind,
    SourceContent,
)
from visidaerah.readers.plain import decode_text, repair_mojibake

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Reader: TypeAlias = Callable[[bytes, str], SourceContent]

__all__ = [
    "CSV",
    "DOCX",
    "HTML",
    "LIMIT",
    "MARKDOWN",
    "ODT",
    "PDF",
    "TEXT",
    "Place",
    "PlaceKind",
    "SourceContent",
    "read_source",
]

LIMIT = 200 * 1024 * 1024
"""The most bytes that a file may have."""

_EMPTY = "{} is empty. Name a file that holds a text."
# White space, and the characters that nothing is seen of: a byte order mark, joiners.
_INVISIBLE = " \t\n\r\v\f\xa0\x00\xad\ufeff\u200b\u200c\u200d\u200e\u200f\u2060"


def read_source(content: bytes, name: str, *, repair: bool = False) -> SourceContent:
    """Return the text of a file's bytes, and the places it came from.

    A text that is UTF-8 is never altered, so that offsets hold in the file as it is, unless
    `repair` asks for its mojibake to be made good; then, and in every other format, offsets refer
    to the text returned. `name` is the file's, for its extension and for messages.

    Raises DocumentError for what is empty, too large, encrypted, broken, scanned or unknown.
    """
    if not content.strip(b"\x00\t\n\r "):
        raise DocumentError(_EMPTY.format(name))
    if len(content) > LIMIT:
        raise DocumentError(
            f"{name} has {len(content) >> 20} MB; the limit is {LIMIT >> 20} MB."
            " Save the chapter with the vision and missions as a file of its own."
        )
    media_type = media_type_of(content, name)
    reader = _READERS.get(media_type)
    if reader is None:
        return _read_text(content, name, media_type, repair=repair)
    return reader()(content, name)


def _docx() -> Reader:
    from visidaerah.readers.docx import read_docx

    return read_docx


def _html() -> Reader:
    from visidaerah.readers.html import read_html

    return read_html


def _odt() -> Reader:
    from visidaerah.readers.odt import read_odt

    return read_odt


def _pdf() -> Reader:
    from visidaerah.readers.pdf import read_pdf

    return read_pdf


_READERS: dict[str, Callable[[], Reader]] = {DOCX: _docx, HTML: _html, ODT: _odt, PDF: _pdf}


def _read_text(content: bytes, name: str, media_type: str, *, repair: bool) -> SourceContent:
    text, remarks = decode_text(content, name)
    if not text.strip(_INVISIBLE):
        raise DocumentError(_EMPTY.format(name))
    repaired = repair_mojibake(text) if repair or remarks else text
    if repaired != text:
        remarks = (*remarks, "Characters that were encoded twice (mojibake) were repaired.")
    if media_type == CSV:
        table = read_columns(repaired)
        if table:
            return replace(table, remarks=(*remarks, *table.remarks))
        media_type = TEXT
    return SourceContent(text=repaired, media_type=media_type, remarks=remarks)
