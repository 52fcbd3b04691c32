"""HTML becomes lines of text: the main content, with list markers, table rows and entities read.

The page is parsed as browsers do (HTML 5) by selectolax (MIT).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from visidaerah.errors import DocumentError
from visidaerah.readers.composing import compose, row_of
from visidaerah.readers.empty_pages import data_of, pictures_in, why_empty
from visidaerah.readers.lists import MARKED, Numbering
from visidaerah.readers.main_content import content_of
from visidaerah.readers.markup import Element, tokens_of
from visidaerah.readers.model import HTML, Piece, SourceContent
from visidaerah.readers.plain import decode_text, repair_mojibake

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from visidaerah.readers.markup import Token

LIMIT = 10 * 1024 * 1024
DEEPEST = 500
"""Elements in one another: browsers stop at 512, and a parser's time grows with the square."""

_DECLARED = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?([\w:.-]+)")
_DECLARED_WITHIN = 4096
# Elements that have to be closed, so that opening minus closing tags is how deep a page nests.
_NESTING = re.compile(
    r"<(/?)(?!(?:area|base|body|br|col|dd|dt|embed|head|hr|html|img|input|li|link|meta|optgroup"
    r"|option|p|param|rp|rt|source|tbody|td|tfoot|th|thead|tr|track|wbr)\b)[a-z]",
    re.IGNORECASE,
)
# The Encoding Standard's reading of these labels (4.2).
_LABELS = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254"}
_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav
    ol p pre section summary table tbody td tfoot th thead tr ul""".split()  # noqa: SIM905
)
_APART = frozenset({"blockquote", "dl", "figure", "ol", "p", "pre", "table", "ul"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS = frozenset({"menu", "ol", "ul"})
_WHITE = re.compile(r"[ \t\r\n\f]+")
_INVISIBLE = str.maketrans("", "", "\xad\u200b\u2060\ufeff")
_QUOTES = {"q": ("“", "”")}


def read_html(content: bytes, name: str) -> SourceContent:
    """Return the main content of a page.

    Raises DocumentError where a page is too large, or holds no text but menus.
    """
    from selectolax.lexbor import LexborHTMLParser

    if len(content) > LIMIT:
        raise DocumentError(
            f"{name} has {len(content) >> 20} MB; the limit of HTML is {LIMIT >> 20} MB."
            " Save the page of the vision and missions alone."
        )
    markup, remarks = _decoded(content, name)
    if _depth(markup) > DEEPEST:
        raise DocumentError(
            f"{name} nests more than {DEEPEST} elements in one another."
            " Open it in a browser and save or print it from there."
        )
    page = LexborHTMLParser(markup)
    shown = content_of(tokens_of(page.body)) if page.body else []
    pieces = _lines(shown)
    if not pieces:
        pieces = data_of(page)
        remarks = (*remarks, "A program makes the page; the data that it holds were read instead.")
    if not pieces:
        raise DocumentError(f"{name} {why_empty(page)}")
    remarks = (*remarks, *pictures_in(shown, pieces))
    title = page.css_first("head > title")
    text, places = compose(_titled(pieces, title.text() if title else ""))
    return SourceContent(text=text, media_type=HTML, places=places, remarks=remarks)


def _depth(markup: str) -> int:
    """Return about how many elements stand in one another at most."""
    steps = (-1 if match[1] else 1 for match in _NESTING.finditer(markup))
    return max(accumulate(steps, lambda depth, step: max(0, depth + step)), default=0)


def _titled(pieces: Sequence[Piece], title: str) -> list[Piece]:
    """Put the title of the page first, unless the content repeats it."""
    words = repair_mojibake(_normal(title))
    if not words or any(words.casefold() in piece.text.casefold() for piece in pieces[:20]):
        return list(pieces)
    return [
        Piece(text=words, kind="block", value="head/title"),
        replace(pieces[0], separator="\n\n"),
        *pieces[1:],
    ]


def _decoded(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Decode by byte order mark, as UTF-8 if it is, by declaration, or else by guess."""
    text, remarks = decode_text(content, name)
    declared = _declared(content)
    if (
        not remarks
        or content.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE))
        or not declared
    ):
        return text, remarks
    try:
        return content.decode(declared, errors="replace"), ()
    except ValueError:  # codecs that are no encodings of pages: idna, punycode
        return text, remarks


def _declared(content: bytes) -> str | None:
    found = _DECLARED.search(content[:_DECLARED_WITHIN].lower())
    try:
        encoding = codecs.lookup(found[1].decode()).name if found else None
        "".encode(encoding or "ascii")
    except (LookupError, ValueError):
        return None
    return _LABELS.get(encoding, encoding) if encoding else None


def _normal(text: str) -> str:
    return _WHITE.sub(" ", text.translate(_INVISIBLE)).strip(" \xa0")


def _lines(tokens: Iterable[Token]) -> list[Piece]:
    """Return the lines of the content, each with the path of the block it stands in."""
    writer = _Writer()
    for token in tokens:
        if isinstance(token, str):
            writer.write(token)
        elif isinstance(token, Element):
            writer.open(token)
        else:
            writer.close(token.tag)
    writer.flush()
    return writer.pieces


@dataclass(slots=True)
class _Writer:
    """Writes lines as elements open and close.

    `rows` and `cells` hold the lines of the table rows and cells that are open, innermost last.
    """

    pieces: list[Piece] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    lists: list[Numbering] = field(default_factory=list)
    rows: list[list[list[Piece]]] = field(default_factory=list)
    marker: str = ""
    separator: str = "\n"
    preformatted: int = 0

    def write(self, text: str) -> None:
        if not self.preformatted:
            self.words.append(text)
            return
        for line in text.splitlines(keepends=True):
            self.words.append(line)
            if line.endswith("\n"):
                self.flush()

    def open(self, element: Element) -> None:
        tag = element.tag
        if tag == "br":
            self.flush()
        elif tag in _QUOTES:
            self.words.append(_QUOTES[tag][0])
        if tag not in _BLOCKS:
            return
        self._part(tag)
        self.blocks.append(element.path)
        if tag in _LISTS:
            self.lists.append(Numbering.of(element))
        elif tag == "li":
            self.marker = self.lists[-1].next(element) if self.lists else "-"
        elif tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self.rows[-1].append([])
        elif tag == "pre":
            self.preformatted += 1

    def close(self, tag: str) -> None:
        if tag in _QUOTES:
            self.words.append(_QUOTES[tag][1])
        if tag not in _BLOCKS:
            return
        self._part(tag)
        path = self.blocks.pop()
        if tag in _LISTS:
            self.lists.pop()
        elif tag == "li":
            self.marker = ""
        elif tag == "tr":
            for piece in _row(self.rows.pop(), path):
                self._put(piece)
        elif tag == "pre":
            self.preformatted -= 1

    def flush(self) -> None:
        """End the line that is being written."""
        line = _normal("".join(self.words))
        self.words.clear()
        if not line:
            return
        marker = "" if not self.marker or MARKED.match(line) else self.marker + " "
        self.marker = ""
        text = repair_mojibake(marker + line)
        path = self.blocks[-1] if self.blocks else "body"
        self._put(Piece(text=text, kind="block", value=path, separator=self.separator))
        self.separator = "\n"

    def _part(self, tag: str) -> None:
        """End the line, and leave a blank one around what stands apart from its surroundings."""
        self.flush()
        if tag in _APART | _HEADINGS and not (self.rows or (self.lists and tag != "table")):
            self.separator = "\n\n"

    def _put(self, piece: Piece) -> None:
        target = self.rows[-1][-1] if self.rows and self.rows[-1] else self.pieces
        target.append(piece)


def _row(cells: Sequence[Sequence[Piece]], path: str) -> Iterator[Piece]:
    """Yield a table row: one line, its cells between bars, where no cell has more than one."""
    filled = [cell for cell in cells if cell]
    if len(filled) < 2 or any(len(cell) > 1 for cell in filled):
        for cell in filled:
            yield from cell
        return
    text = row_of("".join(piece.text for piece in cell) for cell in cells)
    yield replace(filled[0][0], text=text, value=path)
