"""Blocks: a text becomes headings, items and paragraphs, each with marker, nesting and place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from visidaerah.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class BlockKind(StrEnum):
    """What a block is, as far as its shape tells."""

    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """What precedes an item: "1.", "(a)", "-".

    `style` is the form without its value ("1.", "(a)", "•"): siblings share it.
    `number` is the value of a number, letter or Roman numeral, None for a bullet.
    """

    text: str
    style: str
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of text that its layout sets apart; `span` excludes the marker.

    `level` is the nesting depth of an item, 0 outside lists. `gap` tells whether a blank line,
    a table cell or a data field precedes it.
    """

    kind: BlockKind
    span: Span
    marker: Marker | None = None
    level: int = 0
    gap: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line, table cell or data field, without white space at its ends."""

    span: Span
    column: int
    gap: bool
    cell: bool
    first: str
    words: int
    finished: bool


# What ends a line: line ends, HTML block tags, escaped line ends of JSON and SQL, cells, fields.
_BREAK = re.compile(
    r"(?P<line>\r\n|[\n\r\v\f\x85\u2028\u2029]|\\r\\n|\\n|\\r"
    r"|<br\s*/?>|</?(?:p|li|ul|ol|div|h[1-6]|tr|table)\b[^<>\n]{0,200}>)"
    r"|(?P<cell>\||</?t[dh]\b[^<>\n]{0,200}>)"
    r"|(?P<field>\(\d{1,9}, ?['\"]|['\"]\s{0,3}[,:]\s{0,40}[\[{(]{0,2}\s{0,40}['\"]|['\"], ?(?=\d|NULL)"
    r"|['\"] ?=> ?['\"]|['\"]\),?(?=\s|$)|[{\[]\s{0,40}['\"](?=\w)|['\"]\s{0,9}[\]}])"
    # A label inside a line: "… Kontak VISI Terwujudnya …", "Visi : … Misi : …".
    r"|(?P<label> (?:(?<=[a-z0-9.,;”\"!?)] )(?=(?:VISI|MISI)\b(?! (?:DAN|&|/)))|(?=(?:Visi|Misi) ?:)))"
)
_SAMPLE = 20_000
_SEPARATE = frozenset({"cell", "field", "label"})
_BULLETS = "-–—•●○▪■□◦‣⁃∙·*➢➤➔→►▶✓✔✅☑❖◆◇»★☆\ufffd"
_PRIVATE = "\ue000-\uf8ff"
_MARKER = re.compile(
    rf"(?P<bullet>[{re.escape(_BULLETS)}{_PRIVATE}])(?:[ \t\xa0]+|(?=\w)|$)"
    r"|(?P<keycap>\d\ufe0f?\u20e3\s*)"
    r"|(?P<enclosed>\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)|[①-⑳])\s*"
    r"|(?P<outline>(?:\d{1,2}|[IVX]{1,5})(?:\.\d{1,2}){1,4}\.?(?:\s+|$))"
    r"|(?P<number>\d{1,2}(?:[.)](?!\d)|\.\)))\s*"
    r"|(?P<letter>[A-Za-z][.)](?!\w)|[ivx]{2,4}[.)]|[IVX]{2,4}[.)])(?:\s+|$)"
)
_HOLDS_SOMETHING = re.compile(rf"[^\W_]|[{re.escape(_BULLETS)}{_PRIVATE}]")
_UNFINISHED = re.compile(r"(?:\d ?[-–]|\s(?:dan|yang|di|dengan|untuk|serta|pada|tahun|menuju))$")
_SECTION = re.compile(r"\W*(?:\w{1,4}[.)]\s*)?(?:visi|misi|tujuan|sasaran)\b", re.IGNORECASE)
_BARE_BEHIND_BULLET = re.compile(r"(\d{1,2})[ \t]+(?=[A-Z])")
_BARE_NUMBER = re.compile(r"\d{1,2}")
_PAGE_NUMBER = re.compile(
    r"(?:[-–—.~|]\s?|[Hh]al(?:aman)?\.?\s{0,3}|[Pp]age\s)(?:[IVXLC]{1,6}\s?[-–.]\s?)?\d{1,4}\s?[-–—.~|]?"
    r"|[IVXLC]{1,6}\s?[-–]\s?\d{1,4}"
)
_DIGITS = re.compile(r"\d+")
_OPENING = "“„‟«"
_CLOSING = "”»"
_ANY_QUOTE = '“”„‟«»"″'
_SENTENCE_END = (".", ";", ":", "!", "?")
_EDGE = re.compile(
    r"(?:[\s\ufeff\u200b]|\*\*|__|</?(?:strong|b|i|em|u|span|font)\b[^<>\n]{0,200}>|&nbsp;)+"
)
_LAST_EDGE = re.compile(r"(?:\*\*|__|</?(?:strong|b|i|em|u|span|font)\b[^<>\n]{0,200}>|&nbsp;)\Z")
_WHITE = " \t\r\n\v\f\xa0\ufeff\u200b\u3000"
_EDGES = 8
_LONGEST_TAG = 220
_MARKDOWN = re.compile(r"#{1,6}\s+")
_ROMAN = {"i": 1, "v": 5, "x": 10}
_WORD = re.compile(r"\S+")


def blocks_of(text: str) -> tuple[Block, ...]:
    """Divide a text into blocks, in order; an empty text has none.

    Wrapped lines, and words that a PDF spreads over lines, are joined; page headers, footers and
    page numbers inside a block stay inside its span but divide nothing.
    """
    lines = _without_furniture(text, list(_lines(text)))
    width = _wrap_width(text, lines)
    spread = _spread_lines(lines)
    return _nested(text, _joined(text, lines, width, spread))


def _lines(text: str) -> Iterator[_Line]:
    """Yield the printed lines, cells and fields that hold something."""
    begin, line_start, gap, cell = 0, 0, False, False
    blank = 0
    for match in _BREAK.finditer(text):
        line = _line(text, begin, match.start(), line_start, gap or blank > 1, cell)
        if line:
            yield line
        blank = 0 if line else blank
        blank += match.lastgroup == "line"
        begin = match.end()
        cell = match.lastgroup in _SEPARATE
        gap = cell
        if match.lastgroup == "line":
            line_start = match.end()
    line = _line(text, begin, len(text), line_start, gap or blank > 1, cell)
    if line:
        yield line


def _line(text: str, begin: int, end: int, line_start: int, gap: bool, cell: bool) -> _Line | None:
    """Make a line of its characters, or None where there are only white space and data residue."""
    edge = _EDGE.match(text, begin, end)
    begin = edge.end() if edge else begin
    for _ in range(_EDGES):
        end = begin + len(text[begin:end].rstrip(_WHITE))
        residue = _LAST_EDGE.search(text, max(begin, end - _LONGEST_TAG), end)
        if not residue:
            break
        end = residue.start()
    if begin >= end:
        return None
    if not _HOLDS_SOMETHING.search(text, begin, end):
        return None
    words = sum(1 for _ in _WORD.finditer(text, begin, min(end, begin + 200)))
    first = next((c for c in text[begin : begin + 8] if c.isalnum()), "")
    finished = text[begin:end].rstrip(_ANY_QUOTE + "' ").endswith(_SENTENCE_END)
    return _Line(Span(begin, end), end - line_start, gap, cell, first, words, finished)


def _without_furniture(text: str, lines: list[_Line]) -> list[_Line]:
    """Leave out page numbers and the headers and footers that recur with them."""
    shapes = [_shape(text, line) for line in lines]
    counts: dict[str, int] = {}
    for shape in shapes:
        counts[shape] = counts.get(shape, 0) + 1
    pages = [bool(_PAGE_NUMBER.fullmatch(line.span.of(text)[:40])) for line in lines]
    kept: list[_Line] = []
    dropped = False
    for index, line in enumerate(lines):
        near_page = any(pages[max(0, index - 1) : index + 2])
        running = counts[shapes[index]] > 1 and "0" in shapes[index] and line.words > 2
        if pages[index] or (running and (near_page or _numbered_footer(text, line))):
            dropped = True
            continue
        kept.append(line if not dropped else _after_furniture(line))
        dropped = False
    return kept


def _after_furniture(line: _Line) -> _Line:
    return _Line(line.span, line.column, False, line.cell, line.first, line.words, line.finished)


def _shape(text: str, line: _Line) -> str:
    quote = line.span.of(text)
    return _DIGITS.sub("0", " ".join(quote.split())) if len(quote) < 120 else ""


_FOOTER = re.compile(r"\s{2,}(?:[IVXLC]{1,6}\s?[-–.]\s?)?\D{0,3}\d{1,4}\W{0,3}$|\.\s*\d{1,4}$")


def _numbered_footer(text: str, line: _Line) -> bool:
    """Tell whether a recurring line ends in a page number set apart from its words."""
    return bool(_FOOTER.search(line.span.of(text)))


def _wrap_width(text: str, lines: Sequence[_Line]) -> int:
    """Return the column at which lines were wrapped, or 0 where each line is a paragraph."""
    wrapped = sorted(
        before.column
        for before, after in pairwise(lines)
        if after.first.islower() and not before.finished and not after.gap and before.words > 3
    )
    long = sum(1 for line in lines if line.words > 5)
    capitals = sum(c.isupper() for c in text[:_SAMPLE])
    if capitals * 60 < len(text[:_SAMPLE]) or len(wrapped) < 3 or len(wrapped) * 10 < long * 3:
        return 0
    return wrapped[len(wrapped) * 9 // 10]


def _spread_lines(lines: Sequence[_Line]) -> frozenset[int]:
    """Return the indices of lines that continue a run of words printed one or two to a line."""
    found: set[int] = set()
    run: list[int] = []
    for index, line in enumerate([*lines, None]):
        if line and line.words <= 2 and not (line.cell or line.finished):
            run.append(index)
            continue
        if len(run) >= 4 and sum(lines[i].first.islower() for i in run) * 4 >= len(run):
            found.update(run[1:])
            if line and not line.cell and line.first.islower():
                found.add(index)
        run = []
    return frozenset(found)


@dataclass(slots=True)
class _Draft:
    """A block in the making."""

    start: int
    end: int
    marker: Marker | None
    gap: bool
    lines: int
    last: _Line
    markdown: bool = False


def _joined(text: str, lines: Sequence[_Line], width: int, spread: frozenset[int]) -> list[_Draft]:
    """Join the lines of one paragraph or item, and give each its marker."""
    drafts: list[_Draft] = []
    pending: tuple[Marker, bool] | None = None
    expected = 1
    previous: Marker | None = None
    for index, line in enumerate(lines):
        heading = _MARKDOWN.match(text, line.span.start, line.span.end)
        marker, begin = _marker(text, heading.end() if heading else line.span.start, line.span.end)
        marker = _resolved(marker, previous)
        previous = marker if marker and marker.number else previous
        bare = marker is None and _BARE_NUMBER.fullmatch(line.span.of(text))
        if bare:
            value = int(line.span.of(text))
            if value not in (1, expected):
                continue
            marker, begin = Marker(text=line.span.of(text), style="1", number=value), line.span.end
            expected = value + 1
        if marker and begin >= line.span.end:
            pending = (marker, line.gap)
            continue
        if marker is None and pending is None and drafts and not heading:
            draft = drafts[-1]
            if _continues(text, draft, line, width, index in spread):
                draft.end, draft.lines, draft.last = line.span.end, draft.lines + 1, line
                continue
        gap = line.gap
        if pending:
            gap = pending[1]
            marker = pending[0] if marker is None or marker.number is None else marker
            pending = None
        drafts.append(_Draft(begin, line.span.end, marker, gap, 1, line, bool(heading)))
    return drafts


def _marker(text: str, start: int, end: int) -> tuple[Marker | None, int]:
    """Return the marker of a line and where its content begins; a second marker is passed over."""
    marker: Marker | None = None
    for _ in range(2):
        match = _MARKER.match(text, start, end)
        if not match:
            break
        found = _marker_of(match)
        if marker is None or marker.number is None:
            marker = found
        elif found.number is None:
            break
        start = match.end()
    bare = _BARE_BEHIND_BULLET.match(text, start, end) if marker and marker.number is None else None
    if bare:
        return Marker(text=bare[1], style="1", number=int(bare[1])), bare.end()
    return marker, start


def _marker_of(match: re.Match[str]) -> Marker:
    printed = match[0].strip()
    kind = match.lastgroup or ""
    if kind == "bullet":
        return Marker(text=printed, style=printed)
    if kind == "outline":
        return Marker(text=printed, style="1.1")
    value = printed.strip("().\ufe0f\u20e3")
    if value.isdecimal():
        return Marker(text=printed, style=printed.replace(value, "1"), number=int(value))
    if len(value) > 1:
        return Marker(text=printed, style=printed.replace(value, "i"), number=_roman(value))
    letter = "a" if value.islower() else "A"
    number = ord(value.lower()) - ord("a") + 1
    return Marker(text=printed, style=printed.replace(value, letter), number=number)


def _resolved(marker: Marker | None, previous: Marker | None) -> Marker | None:
    """Read a lone "i", "v" or "x" as a numeral where it begins or continues a list of numerals."""
    if marker is None or (value := marker.text.strip("().").lower()) not in _ROMAN:
        return marker
    numeral = _ROMAN[value]
    style = marker.text.replace(marker.text.strip("()."), "i")
    goes_on = previous is not None and previous.style == style and previous.number == numeral - 1
    after_h = previous is not None and previous.number == 8 and previous.style == marker.style
    if goes_on or (numeral == 1 and not after_h):
        return Marker(text=marker.text, style=style, number=numeral)
    return marker


def _roman(value: str) -> int:
    digits = [_ROMAN[c] for c in value.lower()]
    return sum(-a if a < b else a for a, b in pairwise([*digits, 0]))


def _continues(text: str, draft: _Draft, line: _Line, width: int, spread: bool) -> bool:
    """Tell whether a line without marker goes on with the block before it."""
    if line.cell:
        return False
    if spread:
        return True
    if line.words <= 4 and _SECTION.match(text, line.span.start, line.span.end):
        return False
    if _opens_quote(text, line) and not _quote_open(text, draft):
        return False
    if not line.gap and _UNFINISHED.search(text, max(draft.start, draft.end - 12), draft.end):
        return True
    if draft.last.finished and not _quote_open(text, draft):
        return not line.gap and _full(draft, width)
    if draft.last.finished:
        return False
    if draft.last.words <= 3 and _SECTION.match(text, draft.start, draft.end):
        return False
    alone = draft.lines == 1 and draft.last.words <= 3
    if line.first.islower():
        if alone and line.words > 6 and draft.marker is None:
            return False
        if not width and draft.marker is None and text[draft.start].islower() and not line.gap:
            return False
        if line.gap:
            return _reaches(text, draft, line, width) or draft.last.words <= 2 or line.words <= 2
        return True
    if _quote_open(text, draft):
        return draft.end - draft.start < 300 and draft.lines < 12
    return not line.gap and _reaches(text, draft, line, width)


def _reaches(text: str, draft: _Draft, line: _Line, width: int) -> bool:
    """Tell whether the last line was full: its next word had no room before the margin."""
    if not width or draft.last.column < width * 0.55:
        return False
    if draft.last.words > 4 and draft.last.column > width * 0.7:
        return True
    word = _WORD.search(text, line.span.start, line.span.end)
    return draft.last.column + 1 + (len(word[0]) if word else 0) > width


def _opens_quote(text: str, line: _Line) -> bool:
    """Tell whether a line begins with a quotation of a whole statement."""
    return text[line.span.start] in _ANY_QUOTE and line.first.isupper()


def _full(draft: _Draft, width: int) -> bool:
    """Tell whether a sentence happens to end at the margin, so that its paragraph may go on."""
    return width > 0 and draft.last.column >= width * 0.97 and draft.marker is None


def _quote_open(text: str, draft: _Draft) -> bool:
    """Tell whether a quotation at the beginning of the block has not been closed."""
    if draft.end - draft.start > 400:
        return False
    quote = text[draft.start : draft.end].strip()
    if quote[:1] not in _ANY_QUOTE or len(quote) < 2:
        return False
    return not any(c in _ANY_QUOTE for c in quote[1:].lstrip())


def _nested(text: str, drafts: Iterable[_Draft]) -> tuple[Block, ...]:
    """Turn drafts into blocks; an item of a new style is nested in the item before it."""
    found: list[Block] = []
    styles: list[str] = []
    for draft in drafts:
        kind = _kind(text, draft)
        if draft.marker is None:
            styles = [] if kind is BlockKind.HEADING else styles
        elif draft.marker.style in styles:
            del styles[styles.index(draft.marker.style) + 1 :]
        else:
            styles.append(draft.marker.style)
        level = len(styles) if draft.marker else 0
        span = Span(draft.start, draft.end)
        found.append(Block(kind=kind, span=span, marker=draft.marker, level=level, gap=draft.gap))
    return tuple(found)


def _kind(text: str, draft: _Draft) -> BlockKind:
    quote = text[draft.start : min(draft.end, draft.start + 120)]
    if draft.markdown:
        return BlockKind.HEADING
    if draft.marker:
        return BlockKind.ITEM
    short = draft.end - draft.start < 100 and len(quote.split()) <= 10
    titled = quote.isupper() or quote.endswith(":") or quote.istitle()
    return BlockKind.HEADING if short and titled else BlockKind.PARAGRAPH
