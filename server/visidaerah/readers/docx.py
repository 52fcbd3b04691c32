"""A DOCX becomes lines of text: paragraphs with their list numbers restored, table rows.

Read with the standard library: python-docx (MIT) opens the same files, but leaves the numbers of
lists, text boxes and tracked changes to its user.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from visidaerah.errors import DocumentError
from visidaerah.readers.chapters import chapter_alone
from visidaerah.readers.composing import compose, row_of
from visidaerah.readers.furniture import is_page_number
from visidaerah.readers.model import DOCX, Piece, SourceContent
from visidaerah.readers.packages import opened
from visidaerah.readers.plain import repair_mojibake
from visidaerah.readers.word_numbering import Counters, read_numbering

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence
    from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Documents saved as "Strict Open XML" name their elements otherwise (ISO/IEC 29500-1, annex A).
_STRICT = (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.strip("{}").encode())
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MAIN = "word/document.xml"
_NUMBERING = "word/numbering.xml"
_STYLES = "word/styles.xml"
# Headers and footers: what stands in the margin of every page.
_MARGIN = re.compile(r"word/(?:header|footer)\d*\.xml")
_MOST_MARGINS = 12
_FIRST_LINES = 20
_OTHERS: tuple[tuple[str, str], ...] = (
    ("xl/workbook.xml", "is a spreadsheet. Save the sheet as text (CSV) and try again."),
    ("ppt/presentation.xml", "is a presentation. Save it as a PDF and try again."),
    ("META-INF/manifest.xml", "is an OpenDocument file. Save it as DOCX and try again."),
    ("mimetype", "is an OpenDocument or EPUB file. Save it as DOCX or PDF and try again."),
)
_BLOCKS = frozenset({f"{W}p", f"{W}tbl"})
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}sym": "•",
}
_WHITE = re.compile(r"[ \t\r]+")
# What is no part of the text as it is shown: deletions, field codes, the copy of a text box for
# older programs.
_LEFT_OUT = frozenset({f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}rPr", f"{_MC}Fallback"})


def read_docx(content: bytes, name: str) -> SourceContent:
    """Return the paragraphs and tables of a DOCX.

    Raises DocumentError where it is another kind of zip file, encrypted, broken, unpacks to too
    much, or holds no text.
    """
    with opened(content, name, "DOCX", "Word") as package:
        present = package.parts.namelist()
        if _MAIN not in present:
            raise DocumentError(f"{name} {_what_else(present)}")
        margins = [part for part in sorted(present) if _MARGIN.fullmatch(part)][:_MOST_MARGINS]
        running = [package.part(part, _STRICT) for part in margins]
        parts = {part: package.part(part, _STRICT) for part in (_MAIN, _NUMBERING, _STYLES)}
    main = parts[_MAIN]
    body = main.find(f"{W}body") if main is not None else None
    counters = Counters(read_numbering(parts[_NUMBERING], parts[_STYLES]))
    pieces = list(_blocks(body, counters)) if body is not None else []
    if title := _running_title(running, pieces, counters) if pieces else []:
        pieces = [*title, replace(pieces[0], separator="\n\n"), *pieces[1:]]
    text, places = compose(pieces)
    if not text:
        raise DocumentError(
            f"{name} holds no text. If Word shows pictures of pages, recognise their text first"
            " (OCR) and save that."
        )
    return chapter_alone(SourceContent(text=text, media_type=DOCX, places=places))


def _what_else(parts: Sequence[str]) -> str:
    others = (sentence for part, sentence in _OTHERS if part in parts)
    return next(others, "is an archive. Unpack it and name the file inside.")


def _running_title(
    parts: Sequence[Element | None], pieces: Sequence[Piece], counters: Counters
) -> list[Piece]:
    """Return the lines of headers and footers, each once, that the first lines do not show."""
    shown = " ".join(piece.text for piece in pieces[:_FIRST_LINES]).casefold()
    lines = (
        line
        for part in parts
        if part is not None
        for paragraph in _within(part, {f"{W}p"})
        for line in _paragraph(paragraph, counters)
    )
    titles = dict.fromkeys(
        line
        for line in lines
        if " " in line and not is_page_number(line) and line.casefold() not in shown
    )
    return [
        Piece(text=repair_mojibake(line), kind="block", value=f"header/{number}", separator="\n\n")
        for number, line in enumerate(titles, 1)
    ]


def _blocks(body: Element, counters: Counters) -> Iterator[Piece]:
    """Yield the paragraphs and table rows of a document, numbered in its order.

    An empty paragraph leaves a blank line, and so does the end of a table.
    """
    paragraphs = tables = 0
    gap = False
    for block in _within(body, _BLOCKS):
        if block.tag == f"{W}p":
            paragraphs += 1
            lines = _paragraph(block, counters)
            yield from _pieces(lines, f"paragraph/{paragraphs}", gap=gap)
            gap = not lines
            continue
        tables += 1
        gap = True
        for number, row in enumerate(_within(block, {f"{W}tr"}), 1):
            yield from _pieces(_row(row, counters), f"table/{tables}/row/{number}", gap=gap)
            gap = False
        gap = True


def _pieces(lines: Sequence[str], value: str, *, gap: bool) -> Iterator[Piece]:
    for index, line in enumerate(lines):
        separator = "\n\n" if gap and index == 0 else "\n"
        text = repair_mojibake(line)
        yield Piece(text=text, kind="block", value=value, separator=separator)


def _row(row: Element, counters: Counters) -> list[str]:
    """Return a table row: one line, its cells between bars, where no cell has more than one."""
    cells = [
        [line for block in _within(cell, {f"{W}p"}) for line in _paragraph(block, counters)]
        for cell in _within(row, {f"{W}tc"})
    ]
    filled = [cell for cell in cells if cell]
    if any(len(cell) > 1 for cell in filled):
        return list(chain.from_iterable(filled))
    return [row_of("".join(cell) for cell in cells)] if filled else []


def _paragraph(paragraph: Element, counters: Counters) -> list[str]:
    """Return the lines of a paragraph, with its list number, and those of its text boxes."""
    lines: list[str] = []
    pending = [paragraph]
    while pending:
        one = pending.pop()
        text, boxes = _inline(one)
        found = [line for line in map(_normal, text.split("\n")) if line]
        marker = counters.marker(one)
        if found and marker:
            found[0] = f"{marker} {found[0]}"
        lines += found
        pending += reversed([inner for box in boxes for inner in _within(box, {f"{W}p"})])
    return lines


def _inline(paragraph: Element) -> tuple[str, list[Element]]:
    """Return the text of a paragraph's runs, and the text boxes that hang on it."""
    written: list[str] = []
    boxes: list[Element] = []
    pending = list(reversed(paragraph))
    while pending:
        node = pending.pop()
        if node.tag == f"{W}txbxContent":
            boxes.append(node)
        elif node.tag == f"{W}t":
            written.append(node.text or "")
        elif node.tag in _CHARACTERS:
            written.append(_CHARACTERS[node.tag])
        elif node.tag not in _LEFT_OUT:
            pending += reversed(node)
    return "".join(written), boxes


def _within(parent: Element, tags: Container[str]) -> Iterator[Element]:
    """Yield the outermost elements of these kinds, in order, whatever wraps them."""
    pending = list(reversed(parent))
    while pending:
        node = pending.pop()
        if node.tag in tags:
            yield node
        elif node.tag not in _LEFT_OUT:
            pending += reversed(node)


def _normal(line: str) -> str:
    return _WHITE.sub(" ", line.replace("\xad", "")).strip(" \xa0")
