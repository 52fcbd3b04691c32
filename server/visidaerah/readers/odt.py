"""An OpenDocument text becomes lines of text: paragraphs with their list numbers, table rows.

Read with the standard library: odfpy (Apache-2.0 or GPL) builds the same tree and numbers nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from visidaerah.errors import DocumentError
from visidaerah.readers.chapters import chapter_alone
from visidaerah.readers.composing import compose, row_of
from visidaerah.readers.lists import BULLET, MARKED, figure
from visidaerah.readers.model import ODT, Piece, SourceContent
from visidaerah.readers.packages import opened
from visidaerah.readers.plain import repair_mojibake

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from visidaerah.readers.packages import Package

_NAMESPACE = "{{urn:oasis:names:tc:opendocument:xmlns:{}:1.0}}".format
TEXT, TABLE, STYLE = _NAMESPACE("text"), _NAMESPACE("table"), _NAMESPACE("style")
_BODY = f"{_NAMESPACE('office')}text"
_PARAGRAPHS = frozenset({f"{TEXT}p", f"{TEXT}h"})
# What is no part of the text as it is shown: deletions, comments, notes, contents, forms.
_LEFT_OUT = frozenset(
    {
        *(f"{TEXT}{name}" for name in ("tracked-changes", "note", "table-of-content")),
        *(f"{_NAMESPACE('office')}{name}" for name in ("annotation", "forms")),
    }
)
_CHARACTERS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_TEXT_BOX = f"{_NAMESPACE('drawing')}text-box"
_MOST_BLANKS = 100
_DIGITS = 9  # of a number; a longer one is none that a person wrote
_WHITE = re.compile(r"[ \t\r]+")

# The levels of a list style by their number: what is written before and behind a figure, None for
# a bullet (OpenDocument 1.3, 16.32).
Levels = dict[int, "Level | None"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How the items of a level are numbered."""

    style: str = "1"
    before: str = ""
    behind: str = ""
    start: int = 1


@dataclass(slots=True)
class _Lists:
    """The lists that are open, outermost first: the style of each, and how far it has counted.

    `counted` is how far the lists of a style and level came, for one that goes on; `due` tells
    whether the item has begun, but not its words.
    """

    styles: Mapping[str, Levels]
    names: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    counted: dict[tuple[str, int], int] = field(default_factory=dict)
    due: bool = False

    def open(self, element: Element) -> None:
        name = element.get(f"{TEXT}style-name") or (self.names[-1] if self.names else "")
        self.names.append(name)
        goes_on = element.get(f"{TEXT}continue-numbering") == "true" or (
            element.get(f"{TEXT}continue-list") is not None
        )
        before = self._level().start - 1
        self.numbers.append(
            self.counted.get((name, len(self.names)), before) if goes_on else before
        )

    def close(self) -> None:
        self.counted[self.names[-1], len(self.names)] = self.numbers[-1]
        self.names.pop()
        self.numbers.pop()
        self.due = False

    def item(self, element: Element) -> None:
        start = element.get(f"{TEXT}start-value") or ""
        self.numbers[-1] = int(start[:_DIGITS]) if start.isdecimal() else self.numbers[-1] + 1
        self.due = True

    def marker(self) -> str:
        """Return the marker of the item that has begun, once."""
        if not self.due:
            return ""
        self.due = False
        level = self.styles.get(self.names[-1], {}).get(len(self.names))
        if level is None:
            return BULLET
        return f"{level.before}{figure(level.style, self.numbers[-1])}{level.behind}"

    def _level(self) -> Level:
        return self.styles.get(self.names[-1], {}).get(len(self.names)) or Level()


def read_odt(content: bytes, name: str) -> SourceContent:
    """Return the paragraphs and tables of an OpenDocument text.

    Raises DocumentError where it is encrypted, broken, unpacks to too much, or holds no text.
    """
    with opened(content, name, "OpenDocument text", "LibreOffice") as package:
        if _is_encrypted(package):
            raise DocumentError(f"{name} is encrypted. Save it without a password and try again.")
        main, styles = package.part("content.xml"), package.part("styles.xml")
    body = next(main.iter(_BODY), None) if main is not None else None
    text, places = compose(_pieces(body, _list_styles(main, styles)) if body is not None else ())
    if not text:
        raise DocumentError(
            f"{name} holds no text. If LibreOffice shows pictures of pages, recognise their text"
            " first (OCR) and save that."
        )
    return chapter_alone(SourceContent(text=text, media_type=ODT, places=places))


def _is_encrypted(package: Package) -> bool:
    """Tell whether the manifest says how parts are encrypted (OpenDocument 1.3, part 2, 4.4)."""
    manifest = package.part("META-INF/manifest.xml")
    return manifest is not None and any(
        one.tag.endswith("encryption-data") for one in manifest.iter()
    )


def _list_styles(*parts: Element | None) -> dict[str, Levels]:
    """Return the levels of each list style by the style's name."""
    return {
        style.get(f"{STYLE}name", ""): dict(_level(level) for level in style)
        for part in parts
        if part is not None
        for style in part.iter(f"{TEXT}list-style")
    }


def _level(element: Element) -> tuple[int, Level | None]:
    depth, start = element.get(f"{TEXT}level", ""), element.get(f"{TEXT}start-value", "")
    number = int(depth[:_DIGITS]) if depth.isdecimal() else 0
    form = element.get(f"{STYLE}num-format")
    if not element.tag.endswith("-number") or not form:
        return number, None
    return number, Level(
        style=form,
        before=element.get(f"{STYLE}num-prefix", ""),
        behind=element.get(f"{STYLE}num-suffix", ""),
        start=int(start[:_DIGITS]) if start.isdecimal() else 1,
    )


def _pieces(body: Element, styles: Mapping[str, Levels]) -> Iterator[Piece]:
    """Yield the paragraphs and table rows of a document, numbered in its order.

    An empty paragraph leaves a blank line, and so does the end of a table.
    """
    lists = _Lists(styles)
    paragraphs = tables = rows = 0
    gap = False
    for tag, lines in _blocks(body, lists):
        if tag == f"{TABLE}table":
            tables, rows = tables + 1, 0
        if tag in {f"{TABLE}table", ""}:
            gap = True
            continue
        in_table = tag == f"{TABLE}table-row"
        paragraphs, rows = paragraphs + (not in_table), rows + in_table
        value = f"table/{tables}/row/{rows}" if in_table else f"paragraph/{paragraphs}"
        for index, line in enumerate(lines):
            separator = "\n\n" if gap and index == 0 else "\n"
            text = repair_mojibake(line)
            yield Piece(text=text, kind="block", value=value, separator=separator)
        gap = not lines and not in_table


def _blocks(root: Element, lists: _Lists) -> Iterator[tuple[str, list[str]]]:
    """Yield each paragraph and table row with its lines, and each table as it begins.

    Where a table ends there is neither tag nor lines.
    """
    for element, opens in _walk(root, frozenset({*_PARAGRAPHS, f"{TABLE}table-row"})):
        if element.tag == f"{TABLE}table":
            yield element.tag if opens else "", []
        elif element.tag == f"{TABLE}table-row":
            yield element.tag, _row(element, lists)
        elif element.tag in _PARAGRAPHS:
            yield element.tag, _paragraph(element, lists)
        else:
            _follow(element, lists, opens=opens)


def _follow(element: Element, lists: _Lists, *, opens: bool) -> None:
    """Keep count of the lists and items that open and close."""
    if element.tag == f"{TEXT}list":
        if opens:
            lists.open(element)
        else:
            lists.close()
    elif element.tag == f"{TEXT}list-item" and opens and lists.names:
        lists.item(element)


def _walk(root: Element, whole: frozenset[str]) -> Iterator[tuple[Element, bool]]:
    """Yield the elements under a root as they open and close, those to take `whole` once."""
    pending = [(child, True) for child in reversed(root)]
    while pending:
        element, opens = pending.pop()
        if element.tag in _LEFT_OUT:
            continue
        yield element, opens
        if opens and element.tag not in whole:
            pending.append((element, False))
            pending += [(child, True) for child in reversed(element)]


def _row(row: Element, lists: _Lists) -> list[str]:
    """Return a table row: one line, its cells between bars, where no cell has more than one."""
    cells = [_cell(cell, lists) for cell in row if cell.tag == f"{TABLE}table-cell"]
    filled = [cell for cell in cells if cell]
    if any(len(cell) > 1 for cell in filled):
        return list(chain.from_iterable(filled))
    return [row_of("".join(cell) for cell in cells)] if filled else []


def _cell(cell: Element, lists: _Lists) -> list[str]:
    lines: list[str] = []
    for element, opens in _walk(cell, _PARAGRAPHS):
        if element.tag in _PARAGRAPHS:
            lines += _paragraph(element, lists)
        else:
            _follow(element, lists, opens=opens)
    return lines


def _paragraph(paragraph: Element, lists: _Lists) -> list[str]:
    """Return the lines of a paragraph, with its list number, and those of its text boxes."""
    text, boxes = _inline(paragraph)
    lines = [line for part in text.split("\n") if (line := _normal(part))]
    if lines and (marker := lists.marker()) and not MARKED.match(lines[0]):
        lines[0] = f"{marker} {lines[0]}"
    for box in boxes:
        inner = (one for one, _ in _walk(box, _PARAGRAPHS) if one.tag in _PARAGRAPHS)
        lines += [line for one in inner if (line := _normal(_inline(one)[0]))]
    return lines


def _inline(paragraph: Element) -> tuple[str, list[Element]]:
    """Return the text of a paragraph, and the text boxes that hang on it."""
    written = [paragraph.text or ""]
    boxes: list[Element] = []
    pending: list[tuple[Element, bool]] = [(child, True) for child in reversed(paragraph)]
    while pending:
        element, opens = pending.pop()
        if not opens:
            written.append(element.tail or "")
            continue
        pending.append((element, False))
        if element.tag == _TEXT_BOX:
            boxes.append(element)
        elif element.tag not in _LEFT_OUT:
            written.append(_CHARACTERS.get(element.tag) or _blanks(element) or element.text or "")
            pending += [(child, True) for child in reversed(element)]
    return "".join(written), boxes


def _blanks(element: Element) -> str:
    """Return the blanks that `text:s` counts."""
    if element.tag != f"{TEXT}s":
        return ""
    count = element.get(f"{TEXT}c", "1")
    return " " * min(int(count[:_DIGITS]), _MOST_BLANKS) if count.isdecimal() else " "


def _normal(line: str) -> str:
    return _WHITE.sub(" ", line.replace("\xad", "")).strip(" \xa0")
