"""The pages of a PDF: the words on them and the rules drawn, each with its place.

Read with pypdfium2 (Apache-2.0 or BSD-3-Clause), through its raw interface: its helpers have no
boxes of characters.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import chain, islice
from math import pi
from typing import TYPE_CHECKING, TypeAlias

from visidaerah.readers.layout import Word
from visidaerah.readers.tables import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdfium2 import PdfDocument
    from pypdfium2.raw import FPDF_PAGE, FPDF_PAGEOBJECT, FPDF_TEXTPAGE

    Box: TypeAlias = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The words of a page in the file's order, its rules, and what the file calls it."""

    words: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = ()
    label: str = ""


_EIGHTHS = 8
_EIGHTH_OF_A_TURN = pi / 2 / _EIGHTHS
_LONGEST_WORD = 200
# What pypdfium2 gives for a hyphen at the end of a line, without a break behind it.
_LINE_END_HYPHEN = "\x02"
_NOT_TEXT = frozenset({*map(chr, range(32)), "\ufffe", "\uffff"} - {_LINE_END_HYPHEN})
# Maps and charts are made of more lines than any table.
_MOST_OBJECTS = 20_000
_MOST_RULES = 1_000
_THICKEST_RULE = 3.0
_SHORTEST_RULE = 6.0


def read_page(document: PdfDocument, number: int) -> Page:
    """Return a page of a PDF, as it is when most of its words are upright.

    Landscape pages are printed sideways, and watermarks slant across what is to be read. A page
    that is broken has no words.
    """
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return Page()
    try:
        text = page.get_textpage()
        turned = list(_turned_words(text.raw, text.count_chars()))
        usual = _usual_turn(turned)
        quarter = round(usual / _EIGHTHS) % 4
        label = document.get_page_label(number)
        return Page(
            words=tuple(
                Word(word, *_turned_back(box, quarter))
                for turn, word, box in turned
                if abs(turn - usual) <= 1
            ),
            rules=tuple(Rule(*_turned_back(box, quarter)) for box in _rules(page.raw)),
            label="" if label == str(number + 1) else label,
        )
    except pypdfium2.PdfiumError:
        return Page()
    finally:
        page.close()


def _usual_turn(turned: Sequence[tuple[int, str, Box]]) -> int:
    """Return how most characters are turned, in eighths of a quarter turn."""
    sizes: Counter[int] = Counter()
    for turn, word, _ in turned:
        sizes[turn] += len(word)
    return sizes.most_common(1)[0][0] if sizes else 0


def _turned_back(box: Box, quarter: int) -> Box:
    """Return a box after so many quarter turns."""
    left, bottom, right, top = box
    match quarter:
        case 1:
            return -top, left, -bottom, right
        case 2:
            return -right, -top, -left, -bottom
        case 3:
            return bottom, -right, top, -left
        case _:
            return box


def _turned_words(page: FPDF_TEXTPAGE, count: int) -> Iterator[tuple[int, str, Box]]:
    """Yield the words of a page in the file's order, each with its turn and box."""
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    reference = ctypes.byref(box)
    letters: list[str] = []
    boxes: list[Box] = []
    turn = 0
    for index in range(count):
        letter = chr(pdfium.FPDFText_GetUnicode(page, index))
        ends = letter.isspace() or letter in _NOT_TEXT
        if not ends and pdfium.FPDFText_GetLooseCharBox(page, index, reference):
            turn = turn if letters else _turn(page, index)
            letters.append(letter)
            boxes.append((box.left, box.bottom, box.right, box.top))
        ends = ends or letter == _LINE_END_HYPHEN or len(letters) == _LONGEST_WORD
        if letters and (ends or index + 1 == count):
            yield turn, _text(letters), _hull(boxes)
            letters, boxes = [], []


def _turn(page: FPDF_TEXTPAGE, index: int) -> int:
    """Return how a character is turned, in eighths of a quarter turn."""
    import pypdfium2.raw as pdfium

    angle: float = pdfium.FPDFText_GetCharAngle(page, index)
    return round(angle / _EIGHTH_OF_A_TURN)


def _hull(boxes: Sequence[Box]) -> Box:
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)


def _text(letters: Sequence[str]) -> str:
    """Return letters as a word: halves of pairs joined, ligatures resolved."""
    word = "".join(letters).replace(_LINE_END_HYPHEN, "-")
    if word.isascii():
        return word
    word = word.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return "".join(
        unicodedata.normalize("NFKC", c) if "\ufb00" <= c <= "\ufb06" else c for c in word
    )


def _rules(page: FPDF_PAGE) -> Iterator[Box]:
    """Yield the straight lines that are drawn, those of boxes too."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPage_CountObjects(page)
    objects = (pdfium.FPDFPage_GetObject(page, index) for index in range(count))
    drawn = chain.from_iterable(_lines_of(one) for one in objects)
    return islice(drawn, _MOST_RULES if count <= _MOST_OBJECTS else 0)


def _lines_of(drawn: FPDF_PAGEOBJECT) -> Sequence[Box]:
    """Return the straight lines of an object on a page; text and pictures have none."""
    import pypdfium2.raw as pdfium

    if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_PATH:
        return []
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
        return []
    box = (left.value, bottom.value, right.value, top.value)
    return _edges(box, stroked=_is_stroked(drawn))


def _edges(box: Box, *, stroked: bool) -> Sequence[Box]:
    """Return a thin box as a rule, and the outline of another where it is drawn."""
    left, bottom, right, top = box
    width, height = right - left, top - bottom
    if min(width, height) <= _THICKEST_RULE:
        return [box] if max(width, height) >= _SHORTEST_RULE else []
    if not stroked:
        return []
    return [
        (left, bottom, left, top),
        (right, bottom, right, top),
        (left, bottom, right, bottom),
        (left, top, right, top),
    ]


def _is_stroked(drawn: FPDF_PAGEOBJECT) -> bool:
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(drawn, fill, stroke) and stroke.value)
