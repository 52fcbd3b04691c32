"""Lines: a text becomes printed lines, table cells and data fields, without page furniture."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from visidaerah.blocks.labels import parts_at_labels
from visidaerah.blocks.markers import BULLETS
from visidaerah.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A printed line, table cell or data field that holds something, without white space around.

    `column` is where it ends on the page, `gap` whether a blank line precedes it, `apart` whether
    a cell, field or label inside the line does, `first` its first letter or digit, `words` how
    many it has (of its first 200 characters), `finished` whether it ends in punctuation.
    """

    span: Span
    column: int
    gap: bool
    apart: bool
    first: str
    words: int
    finished: bool

    @property
    def indent(self) -> int:
        """The column where it begins on the page."""
        return self.column - (self.span.end - self.span.start)


# "<" and ">", which JSON may write as escapes.
_LT, _GT = r"(?:<|\\u003[cC])", r"(?:>|\\u003[eE])"
_ORDERING = (
    r"['\"](?:\d{1,3}|id|no|nomor|urut(?:an)?|order|index|text|teks|isi|konten|content|value|nilai|poin|point"
    r"|status|slug|icon|type|tipe)['\"] ?(?::|=>) ?(?:['\"]|(?:\d{1,9}|null|true|false)\b)?"
)
# The second and further of a list of records: {"id": 1, "misi": "…"}, {"id": 2, "misi": "…"}.
_AGAIN = (
    r"(?:['\"]\s{0,9})?\}\s{0,3},?\s{0,40}\{\s{0,40}"
    rf"(?:{_ORDERING}\s{{0,3}},\s{{0,40}}){{0,3}}['\"](?:misi|missions?)['\"] ?: ?['\"]"
)
# What divides lines: line ends, HTML blocks, the escaped line ends of JSON and SQL; table cells;
# the fields of JSON, SQL and PHP; and labels inside a line ("… Kontak VISI Terwujudnya …").
# What each begins with is looked at first: it makes the search five times as quick.
_BREAK = re.compile(
    r"(?=[\r\n\v\f\x85\u2028\u2029\\<|('\"{}\[=]| [VM])(?:"
    # What only orders data: {"id": 1, "text": "…"}; a key that opens a line of data, or of code.
    rf"(?P<again>{_AGAIN})|(?P<order>\r?\n[ \t]{{0,40}}\d{{1,3}} ?=> ?['\"]"
    rf"|(?:['\"]\s{{0,9}}(?:[\]}}]\s{{0,9}})?[,:]\s{{0,40}})?"
    rf"(?:[\[{{]\s{{0,40}}){{0,2}}{_ORDERING})"
    r"|(?P<key>\r?\n[ \t]{0,40}(?=[a-z_]\w{1,30} ?: ?['\"\[])"
    r"|\r?\n(?=(?:periode|tahun|sumber|wilayah|judul|nama|tanggal|penulis|title|date|layout|tags"
    r"|author|source|slug):[ \t]*\S)"
    r"|['\"](?=[a-z_][\w -]{0,40}['\"] {0,3}(?::|=>))|(?<=[a-z]: )'(?=[^'\n]{1,2000}',))"
    r"|(?P<line>\r\n|[\n\r\v\f\x85\u2028\u2029]|\\r\\n|\\n|\\r"
    rf"|{_LT}(?i:br)\s*\\?/?{_GT}"
    rf"|{_LT}\\?/?(?i:p|li|ul|ol|div|h[1-6]|tr|table|tbody|blockquote|center|section|dl)\b"
    rf"[^<>\n]{{0,200}}?{_GT})"
    # A bar between a blank and a small letter is a letter that was read wrongly.
    r"|(?P<cell>\|(?<![^\W\d_] \|(?=[a-z]))|<\\?/?(?i:[td][dht])\b[^<>\n]{0,200}>)"
    r"|(?P<field>\(\d{1,9}, ?['\"]|=>?\s{0,3}array\s?\(\s{0,40}(?:\d{1,3} ?=> ?)?['\"]"
    r"|['\"]\s{0,3}[,:]\s{0,40}[\[{(]{0,2}\s{0,40}['\"]"
    r"|['\"], ?(?=\d|NULL)|['\"] ?=> ?['\"]|['\"]\)[,;]?(?=[\s(]|$)|['\"],(?=[ \t]*(?:[\r\n]|$))"
    r"|[{\[]\s{0,40}['\"](?=\w)|['\"]\s{0,9}[\]}])"
    r"|(?P<label> (?:(?<=[a-z0-9.,;”\"!?)] )(?<!VISI, )(?=(?:VISI|MISI)\b(?! (?:DAN|&|/)))"
    r"|(?<!njelasan )(?<!akna )(?<!nyataan )(?<!umusan )(?=(?:Visi|Misi) ?:[ \t]*\S))))"
)
_TAG = rf"{_LT}\\?/?(?i:strong|b|i|em|u|span|font)\b[^<>\n]{{0,200}}?{_GT}"
# Quotation marks that JSON writes as escapes.
_ESCAPED_QUOTE = r"\\u201[cdCD]|\\u00ab|\\u00bb"
_MARKUP_BEFORE = re.compile(
    rf"(?:[\s\ufeff\u200b]|\*\*|__|>(?=\s)|&nbsp;|{_ESCAPED_QUOTE}|{_TAG})+"
)
_MARKUP_BEHIND = re.compile(rf"(?:\*\*|__|&nbsp;|(?<=\w )={{2,6}}|{_ESCAPED_QUOTE}|{_TAG})\Z")
_TAGS = re.compile(r"(?:(?:</?[a-z][^<>\n]{0,200}>|<!--[^<>\n]{0,200}-->)\s*)+", re.IGNORECASE)
_MARKUP_ENDS = "*_;>=bcdCD"
_MARKUP_LONGEST = 220
_MARKUP_MOST = 8
_WHITE = " \t\r\n\v\f\xa0\ufeff\u200b\u3000"
_SOMETHING = re.compile(rf"[^\W_]|(?<!\S)[{BULLETS}]\Z")
_ALPHANUMERIC = re.compile(r"[^\W_]")
_WORDS_COUNTED = 200
_PUNCTUATION = (".", ";", ":", "!", "?")
_BEHIND_PUNCTUATION = "“”„‟«»\"″' "

_PAGE_NUMBER = re.compile(
    r"(?:[-–—.~|]\s?|[Hh]al(?:aman)?\.?\s{0,3}|[Pp]age\s)"
    r"(?:[IVXLC]{1,6}\s?[-–.]\s?)?\d{1,4}\s?[-–—.~|]?"
    r"|[IVXLC]{1,6}\s?[-–]\s?\d{1,4}"
)
_FOOTER = re.compile(r"\s{2,}(?:[IVXLC]{1,6}\s?[-–.]\s?)?\D{0,3}\d{1,4}\W{0,3}$|\.\s*\d{1,4}$")
_FURNITURE_LONGEST = 120
# Words that head a section on the first line of several pages.
_SECTION = re.compile(r"\W*(?:visi|misi|tujuan|sasaran)\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


def lines_of(text: str) -> list[Line]:
    """Return the lines, cells and fields that hold something, in order.

    Page numbers, and the headers and footers that recur with them, are left out.
    """
    return _without_furniture(text, list(_lines(text)))


def _lines(text: str) -> Iterator[Line]:
    begin = page_margin = empty_lines = 0
    apart = False
    for start, end, kind in _breaks(text):
        if span := _content(text, begin, start):
            for part in parts_at_labels(text, span):
                inside = apart or part.start > span.start
                gap = inside or empty_lines > 1
                yield _line(text, part, margin=page_margin, gap=gap, apart=inside)
            empty_lines = 0
        empty_lines += kind == "line"
        apart = kind != "line"
        begin = end
        page_margin = page_margin if apart else end


def _breaks(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _BREAK.finditer(text):
        yield match.start(), match.end(), match.lastgroup or "line"
    yield len(text), len(text), "line"


def _content(text: str, begin: int, end: int) -> Span | None:
    """Return the span without white space and inline markup around; None if nothing is left."""
    begin = behind_markup(text, begin, end)
    for _ in range(_MARKUP_MOST):
        end = begin + len(text[begin:end].rstrip(_WHITE))
        if begin == end or text[end - 1] not in _MARKUP_ENDS:
            break
        markup = _MARKUP_BEHIND.search(text, max(begin, end - _MARKUP_LONGEST), end)
        if not markup:
            break
        end = markup.start()
    if text.startswith("<", begin) and _TAGS.fullmatch(text, begin, end):
        return None
    return Span(begin, end) if _SOMETHING.search(text, begin, end) else None


def behind_markup(text: str, begin: int, end: int) -> int:
    """Return where the words behind white space and inline markup begin."""
    markup = _MARKUP_BEFORE.match(text, begin, end)
    return markup.end() if markup else begin


def _line(text: str, span: Span, *, margin: int, gap: bool, apart: bool) -> Line:
    counted = min(span.end, span.start + _WORDS_COUNTED)
    first = _ALPHANUMERIC.search(text, span.start, min(span.end, span.start + 8))
    tail = text[max(span.start, span.end - 8) : span.end].rstrip(_BEHIND_PUNCTUATION)
    return Line(
        span=span,
        column=span.end - margin,
        gap=gap,
        apart=apart,
        first=first[0] if first else "",
        words=len(text[span.start : counted].split()),
        finished=tail.endswith(_PUNCTUATION),
    )


def _without_furniture(text: str, lines: Sequence[Line]) -> list[Line]:
    """Leave out page numbers and running headers; the line behind them follows without a gap."""
    shapes = [_shape(text, line) for line in lines]
    counts = Counter(shapes)
    pages = [bool(_PAGE_NUMBER.fullmatch(shape)) for shape in shapes]
    margins = _margins(text, lines, shapes) if "\f" in text else frozenset()
    kept: list[Line] = []
    dropped = False
    for index, line in enumerate(lines):
        recurs = counts[shapes[index]] > 1 and "0" in shapes[index] and line.words > 2
        near_page = any(pages[max(0, index - 1) : index + 2])
        running = recurs and (near_page or _ends_in_page_number(text, line))
        if pages[index] or running or index in margins:
            dropped = True
        else:
            kept.append(replace(line, gap=False) if dropped and not line.apart else line)
            dropped = False
    return kept


def _margins(text: str, lines: Sequence[Line], shapes: Sequence[str]) -> frozenset[int]:
    """Return the indices of lines right before or behind form feeds that recur there."""
    turns = [
        index
        for index in range(1, len(lines))
        if "\f" in text[lines[index - 1].span.end : lines[index].span.start]
    ]
    at_margin = sorted({index for turn in turns for index in (turn - 1, turn)})
    counts = Counter(shapes[index] for index in at_margin)
    return frozenset(
        index
        for index in at_margin
        if shapes[index] and counts[shapes[index]] > 1 and not _SECTION.match(shapes[index])
    )


def _shape(text: str, line: Line) -> str:
    """Return a short line with every number as 0, so that the footers of all pages are one."""
    if line.span.end - line.span.start > _FURNITURE_LONGEST:
        return ""
    return _DIGITS.sub("0", " ".join(line.span.of(text).split()))


def _ends_in_page_number(text: str, line: Line) -> bool:
    return bool(_FOOTER.search(text, line.span.start, line.span.end))
