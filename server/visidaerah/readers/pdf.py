"""The text layer of a PDF becomes text: paragraphs in reading order, page by page.

Characters and their boxes are read with pypdfium2 (Apache-2.0 or BSD-3-Clause).
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from dataclasses import replace
from itertools import chain
from math import pi
from statistics import median
from typing import TYPE_CHECKING

from visidaerah.errors import DocumentError
from visidaerah.readers.chapters import chapter_alone
from visidaerah.readers.composing import compose
from visidaerah.readers.furniture import without_furniture
from visidaerah.readers.layout import Word, lines_of, reading_order
from visidaerah.readers.model import PDF, Piece, SourceContent
from visidaerah.readers.paragraphs import goes_on_overleaf, join, paragraphs_of, words_in
from visidaerah.readers.plain import repair_mojibake

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from pypdfium2 import PdfDocument, PdfiumError
    from pypdfium2.raw import FPDF_TEXTPAGE

    from visidaerah.readers.layout import Line
    from visidaerah.readers.paragraphs import Paragraph

MOST_PAGES = 3000
MOST_CHARACTERS = 20_000_000

_SCANNED = 10
_LONGEST_WORD = 200
_GENERATED_HYPHEN = "\x02"
_NOT_TEXT = frozenset("\x00\ufffe\uffff")
_EIGHTHS = 8
_EIGHTH_OF_A_TURN = pi / 2 / _EIGHTHS
_READABLE = 0.5


def read_pdf(content: bytes, name: str) -> SourceContent:
    """Return the text of a PDF; of a book, its title page and the chapter of vision and missions.

    Raises DocumentError where it is encrypted, broken, too large, or has no text layer.
    """
    words, labels = _pages(content, name)
    _check_text_layer(words, name)
    pages = without_furniture([lines_of(page) for page in words])
    text, places = compose(_pieces(pages, labels))
    empty = [number for number, page in enumerate(words, 1) if not page]
    remarks = (_empty_pages(empty),) if empty else ()
    return chapter_alone(SourceContent(text=text, media_type=PDF, places=places, remarks=remarks))


def _pages(content: bytes, name: str) -> tuple[list[list[Word]], list[str]]:
    """Return the words of each page, and what the file calls the page."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(content) as document:
            count = len(document)
            if not 0 < count <= MOST_PAGES:
                raise DocumentError(
                    f"{name} has {count} pages; the limit is {MOST_PAGES}."
                    " Save the chapter with the vision and missions as a file of its own."
                )
            return _read_pages(document, name)
    except pypdfium2.PdfiumError as error:
        raise DocumentError(_sentence(error, name)) from error


def _sentence(error: PdfiumError, name: str) -> str:
    import pypdfium2.raw as pdfium

    if error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
        return f"{name} is encrypted. Save it without a password and try again."
    return f"{name} is a broken PDF. Download it again, or print it to a new PDF."


def _read_pages(document: PdfDocument, name: str) -> tuple[list[list[Word]], list[str]]:
    pages: list[list[Word]] = []
    labels: list[str] = []
    characters = 0
    for number in range(len(document)):
        page = _page(document, number)
        characters += sum(len(word.text) for word in page)
        if characters > MOST_CHARACTERS:
            raise DocumentError(
                f"{name} has more than {MOST_CHARACTERS:,} characters."
                " Save the chapter with the vision and missions as a file of its own."
            )
        label = document.get_page_label(number)
        labels.append("" if label == str(number + 1) else label)
        pages.append(page)
    return pages, labels


def _page(document: PdfDocument, number: int) -> list[Word]:
    """Return the words of a page; a page that is broken has none."""
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return []
    try:
        text = page.get_textpage()
        return _upright(list(_turned_words(text.raw, text.count_chars())))
    except pypdfium2.PdfiumError:
        return []
    finally:
        page.close()


def _turned_words(page: FPDF_TEXTPAGE, count: int) -> Iterator[tuple[int, Word]]:
    """Yield the words of a page in the file's order, each with its quarter turns."""
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    reference = ctypes.byref(box)
    letters: list[str] = []
    left = bottom = right = top = 0.0
    turn = 0
    for index in range(count):
        letter = chr(pdfium.FPDFText_GetUnicode(page, index))
        if letter.isspace() or letter in _NOT_TEXT or len(letters) >= _LONGEST_WORD:
            if letters:
                yield turn, Word(_text(letters), left, bottom, right, top)
                letters = []
            continue
        if not pdfium.FPDFText_GetLooseCharBox(page, index, reference):
            continue
        if not letters:
            left, bottom, right, top = box.left, box.bottom, box.right, box.top
            turn = round(pdfium.FPDFText_GetCharAngle(page, index) / _EIGHTH_OF_A_TURN)
        else:
            left, bottom = min(left, box.left), min(bottom, box.bottom)
            right, top = max(right, box.right), max(top, box.top)
        letters.append(letter)
    if letters:
        yield turn, Word(_text(letters), left, bottom, right, top)


def _text(letters: Sequence[str]) -> str:
    """Return letters as a word: halves of pairs joined, ligatures resolved."""
    word = "".join(letters).replace(_GENERATED_HYPHEN, "-")
    if word.isascii():
        return word
    word = word.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return "".join(
        unicodedata.normalize("NFKC", c) if "\ufb00" <= c <= "\ufb06" else c for c in word
    )


def _upright(turned: Sequence[tuple[int, Word]]) -> list[Word]:
    """Return the words as they stand when most of them are upright; slanted ones are left out.

    Landscape pages are printed sideways, and watermarks slant across what is to be read.
    """
    sizes: Counter[int] = Counter()
    for turn, word in turned:
        sizes[turn] += len(word.text)
    if not sizes:
        return []
    usual = sizes.most_common(1)[0][0]
    quarter = round(usual / _EIGHTHS) % 4
    return [_turned_back(word, quarter) for turn, word in turned if abs(turn - usual) <= 1]


def _turned_back(word: Word, quarter: int) -> Word:
    """Return a word's box after so many quarter turns clockwise."""
    left, bottom, right, top = word.left, word.bottom, word.right, word.top
    match quarter:
        case 1:
            return Word(word.text, bottom, -right, top, -left)
        case 2:
            return Word(word.text, -right, -top, -left, -bottom)
        case 3:
            return Word(word.text, -top, left, -bottom, right)
        case _:
            return word


def _check_text_layer(pages: Sequence[Sequence[Word]], name: str) -> None:
    """Tell a scan, or a font that does not say what its signs mean, from a text."""
    words = list(chain.from_iterable(pages))
    letters = sum(len(word.text) for word in words)
    if letters < _SCANNED * len(pages):
        raise DocumentError(
            f"{name} has no text layer: its pages are pictures."
            " Recognise the text first (for example with ocrmypdf) and try again."
        )
    readable = sum(character.isalnum() for word in words for character in word.text)
    if readable < letters * _READABLE:
        raise DocumentError(
            f"The fonts of {name} do not say which letters they show."
            " Recognise the text anew (for example with ocrmypdf --force-ocr) and try again."
        )


def _empty_pages(numbers: Sequence[int]) -> str:
    listed = ", ".join(map(str, numbers[:10])) + (" …" if len(numbers) > 10 else "")
    return f"{len(numbers)} pages hold no text and may be pictures: {listed}."


def _pieces(pages: Sequence[Sequence[Line]], labels: Sequence[str]) -> list[Piece]:
    """Return the paragraphs of all pages; one that goes on overleaf goes on in the text."""
    vocabulary = frozenset(chain.from_iterable(words_in(ln.text) for page in pages for ln in page))
    pieces: list[Piece] = []
    margin = _usual_margin(pages)
    last: Paragraph | None = None
    for number, (lines, label) in enumerate(zip(pages, labels, strict=True), 1):
        for paragraph in _paragraphs(lines, vocabulary, margin):
            separator = "\n\n" if paragraph.gap else "\n"
            if last and goes_on_overleaf(last, paragraph):
                before, separator = _seam(last.text, paragraph.text, vocabulary)
                pieces[-1] = replace(pieces[-1], text=before)
            pieces.append(
                Piece(
                    text=paragraph.text,
                    kind="page",
                    value=str(number),
                    label=label,
                    separator=separator,
                )
            )
            last = paragraph
    return pieces


def _usual_margin(pages: Sequence[Sequence[Line]]) -> float:
    """Return where the lines of most pages end at the right."""
    return median([max(line.right for line in lines) for lines in pages if lines] or [0.0])


def _paragraphs(
    lines: Sequence[Line], vocabulary: Container[str], margin: float
) -> Iterator[Paragraph]:
    columns = list(reading_order(lines))
    for column in columns:
        for paragraph in paragraphs_of(column, vocabulary, margin if len(columns) == 1 else 0.0):
            yield replace(paragraph, text=repair_mojibake(paragraph.text))


def _seam(first: str, second: str, vocabulary: Container[str]) -> tuple[str, str]:
    """Return the first of two parts of a paragraph, and what stands between it and the second."""
    joined = join(first, second, vocabulary).removesuffix(second)
    return (first, joined.removeprefix(first)) if joined.startswith(first) else (joined, "")
