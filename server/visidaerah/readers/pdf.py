"""The text layer of a PDF becomes text: paragraphs in reading order, page by page."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain
from statistics import median
from typing import TYPE_CHECKING

from visidaerah.errors import DocumentError
from visidaerah.readers.chapters import chapter_alone
from visidaerah.readers.composing import compose
from visidaerah.readers.footnotes import text_and_notes
from visidaerah.readers.furniture import without_furniture
from visidaerah.readers.layout import lines_of, reading_order
from visidaerah.readers.model import PDF, Piece, SourceContent
from visidaerah.readers.paragraphs import (
    Paragraph,
    goes_on_overleaf,
    join,
    paragraphs_of,
    right_margin,
    words_in,
)
from visidaerah.readers.pdf_pages import read_page
from visidaerah.readers.plain import repair_mojibake
from visidaerah.readers.tables import rows_and_rest

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from pypdfium2 import PdfDocument, PdfiumError

    from visidaerah.readers.furniture import RunningTitle
    from visidaerah.readers.layout import Line
    from visidaerah.readers.pdf_pages import Page
    from visidaerah.readers.tables import Row, Rule

MOST_PAGES = 3000
MOST_CHARACTERS = 20_000_000

_SCANNED = 10
_READABLE = 0.5
# No column is narrower than so many times the height of its lines; a title may be.
_NARROWEST = 10.0


def read_pdf(content: bytes, name: str) -> SourceContent:
    """Return the text of a PDF; of a book, its title page and the chapter of vision and missions.

    Raises DocumentError where it is encrypted, broken, too large, or has no text layer.
    """
    pages = _pages(content, name)
    _check_text_layer(pages, name)
    text, places = compose(_pieces(pages))
    empty = [number for number, page in enumerate(pages, 1) if not page.words]
    remarks = (_empty_pages(empty),) if empty else ()
    return chapter_alone(SourceContent(text=text, media_type=PDF, places=places, remarks=remarks))


def _pages(content: bytes, name: str) -> list[Page]:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(content) as document:
            if len(document) > MOST_PAGES:
                raise DocumentError(
                    f"{name} has {len(document)} pages; the limit is {MOST_PAGES}."
                    " Save the chapter with the vision and missions as a file of its own."
                )
            return list(_read_pages(document, name))
    except pypdfium2.PdfiumError as error:
        raise DocumentError(_sentence(error, name)) from error


def _sentence(error: PdfiumError, name: str) -> str:
    import pypdfium2.raw as pdfium

    if error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
        return f"{name} is encrypted. Save it without a password and try again."
    return f"{name} is a broken PDF. Download it again, or print it to a new PDF."


def _read_pages(document: PdfDocument, name: str) -> Iterator[Page]:
    characters = 0
    for number in range(len(document)):
        page = read_page(document, number)
        characters += sum(len(word.text) for word in page.words)
        if characters > MOST_CHARACTERS:
            raise DocumentError(
                f"{name} has more than {MOST_CHARACTERS:,} characters."
                " Save the chapter with the vision and missions as a file of its own."
            )
        yield page


def _check_text_layer(pages: Sequence[Page], name: str) -> None:
    """Tell a scan, or a font that does not say what its signs mean, from a text."""
    words = [word for page in pages for word in page.words]
    letters = sum(len(word.text) for word in words)
    if letters < max(1, _SCANNED * len(pages)):
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
    """Return a remark that names each page without text, neighbours as a range."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    listed = ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)
    many = f"{len(numbers)} pages hold" if len(numbers) > 1 else "A page holds"
    return f"{many} no text and may be a picture: {listed}."


def _pieces(pages: Sequence[Page]) -> list[Piece]:
    """Return the paragraphs of all pages; one that goes on overleaf goes on in the text."""
    printed, title = without_furniture([lines_of(page.words) for page in pages])
    vocabulary = frozenset(
        chain.from_iterable(words_in(line.text) for lines in printed for line in lines)
    )
    layout = _Layout(vocabulary=vocabulary, margin=_usual_margin(printed))
    flow = _Flow(vocabulary=vocabulary, pieces=_title(title, pages) if title else [])
    for number, (lines, page) in enumerate(zip(printed, pages, strict=True), 1):
        main, small = text_and_notes(lines, page.rules)
        for paragraph in _paragraphs(main, page.rules, layout):
            flow.add(paragraph, Piece(text="", kind="page", value=str(number), label=page.label))
        flow.notes += (
            Piece(text=note.text, kind="page", value=str(number), label=page.label)
            for note in _paragraphs(small, (), layout)
        )
    return [*flow.pieces, *flow.notes]


@dataclass(slots=True, kw_only=True)
class _Flow:
    """The text as it is put together; `notes` are the footnotes that still wait for their place.

    That is behind the paragraph that goes on overleaf, or else where they stand.
    """

    vocabulary: frozenset[str]
    pieces: list[Piece]
    notes: list[Piece] = field(default_factory=list)
    last: Paragraph | None = None

    def add(self, paragraph: Paragraph, place: Piece) -> None:
        """Put a paragraph behind the text so far; `place` is a piece of its page."""
        separator = "\n\n" if paragraph.gap or not self.last else "\n"
        if self.last and goes_on_overleaf(self.last, paragraph):
            before, separator = _seam(self.last.text, paragraph.text, self.vocabulary)
            self.pieces[-1] = replace(self.pieces[-1], text=before)
        else:
            self.pieces += self.notes
            self.notes = []
        self.pieces.append(replace(place, text=paragraph.text, separator=separator))
        self.last = paragraph


def _title(title: RunningTitle, pages: Sequence[Page]) -> list[Piece]:
    """Return the running title, once, as the first lines of the text."""
    value, label = str(title.page + 1), pages[title.page].label
    lines = map(repair_mojibake, title.lines)
    return [
        Piece(text=line, kind="page", value=value, label=label, separator="\n\n") for line in lines
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """What all pages share: the words of the file, and where its lines end at the right."""

    vocabulary: frozenset[str]
    margin: float


def _usual_margin(pages: Sequence[Sequence[Line]]) -> float:
    """Return where the lines of most pages end at the right."""
    return median([right_margin(lines) for lines in pages if lines] or [0.0])


def _paragraphs(
    lines: Sequence[Line], rules: Sequence[Rule], layout: _Layout
) -> Iterator[Paragraph]:
    """Yield the paragraphs and table rows of a page, from top to bottom."""
    rows, rest = rows_and_rest(lines, rules) if rules else ([], list(lines))
    for row in rows:
        above = [line for line in rest if line.bottom >= row.top]
        rest = rest[len(above) :]
        yield from _flow(above, layout)
        yield from _row(row, layout)
    yield from _flow(rest, layout)


def _flow(lines: Sequence[Line], layout: _Layout) -> Iterator[Paragraph]:
    columns = list(reading_order(lines))
    for column in columns:
        margin = layout.margin if len(columns) == 1 else 0.0
        for paragraph in paragraphs_of(column, layout.vocabulary, margin, _NARROWEST):
            yield replace(paragraph, text=repair_mojibake(paragraph.text))


def _row(row: Row, layout: _Layout) -> Iterator[Paragraph]:
    """Yield a table row: one line, its cells between bars, where no cell has more than one."""
    cells = [list(_cell(lines, layout)) for lines in row.cells]
    if all(len(cell) == 1 for cell in cells):
        yield Paragraph(text=" | ".join(cell[0].text for cell in cells), gap=False, full=False)
        return
    yield from chain.from_iterable(cells)


def _cell(lines: Sequence[Line], layout: _Layout) -> Iterator[Paragraph]:
    for paragraph in paragraphs_of(lines, layout.vocabulary):
        yield replace(paragraph, text=repair_mojibake(paragraph.text), full=False)


def _seam(first: str, second: str, vocabulary: Container[str]) -> tuple[str, str]:
    """Return the first of two parts of a paragraph, and what stands between it and the second."""
    joined = join(first, second, vocabulary).removesuffix(second)
    return (first, joined.removeprefix(first)) if joined.startswith(first) else (joined, "")
