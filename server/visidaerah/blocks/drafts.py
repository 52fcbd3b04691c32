"""Drafts: lines become paragraphs and items, by markers, wrapping and quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from visidaerah.blocks.lines import behind_markup
from visidaerah.blocks.markers import Marker, as_numeral, bare_number, counted_at, marker_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from visidaerah.blocks.lines import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A block in the making: `lines` is how many it has, `last` the last of them."""

    start: int
    end: int
    marker: Marker | None
    gap: bool
    lines: int
    last: Line
    markdown: bool


@dataclass(frozen=True, slots=True)
class _Marked:
    """A line with its marker; `begin` is where the words behind the marker begin."""

    index: int
    line: Line
    marker: Marker | None
    begin: int
    markdown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Junction:
    """A draft and the line that may go on with it.

    `width` is the column at which the text was wrapped, 0 where each line is a paragraph; `spread`
    tells whether the line belongs to a run of words printed one or two to a line.
    """

    text: str
    draft: Draft
    line: Line
    width: int
    spread: bool

    @property
    def quoting(self) -> bool:
        """Whether the draft begins with a quotation that is still open."""
        quote = self.text[self.draft.start : min(self.draft.end, self.draft.start + _QUOTE_LONGEST)]
        whole = (
            self.draft.end - self.draft.start < _QUOTE_LONGEST and self.draft.lines < _QUOTE_LINES
        )
        if not whole:
            return False
        if quote[0] in _QUOTES:
            return not _QUOTE.search(quote.lstrip(_QUOTES_SPACE))
        return quote.count("“") == 1 and "”" not in quote

    @property
    def full(self) -> bool:
        """Whether the last line was full: the next word had no room before the margin."""
        column, room = self.draft.last.column, self.width
        if not room or column < room * 0.55:
            return False
        word = _WORD.search(self.text, self.line.span.start, self.line.span.end)
        near = self.draft.last.words > 4 and column > room * 0.7
        return near or column + 1 + (len(word[0]) if word else 0) > room

    @property
    def at_margin(self) -> bool:
        """Whether a sentence of a paragraph ended just at the margin."""
        return bool(self.width) and self.draft.last.column >= self.width * 0.97

    @property
    def remarking(self) -> bool:
        """Whether the line is in brackets and the draft a closed quotation."""
        bracket = self.text[self.line.span.start] == "("
        return bracket and self.text[self.draft.end - 1] in _QUOTES

    @property
    def hangs(self) -> bool:
        """Whether the line hangs below the words of an item all in capitals."""
        draft, line = self.draft, self.line
        if draft.marker is None or line.gap or draft.last.finished:
            return False
        one = draft.lines == 1
        below = line.indent > draft.last.indent + 1 if one else line.indent == draft.last.indent
        return below and self.text[draft.start : line.span.end].isupper()

    @property
    def alone(self) -> bool:
        """Whether the draft is one short line."""
        return self.draft.lines == 1 and self.draft.last.words <= 3


_QUOTES = '“”„‟«»"″❝❞'
_QUOTES_SPACE = _QUOTES + " \t\r\n\xa0"
_QUOTE = re.compile(f"[{_QUOTES}]")
_QUOTE_LONGEST = 300
_QUOTE_LINES = 12
_WORD = re.compile(r"\S+")
_HEADING = re.compile(r"#{1,6}\s+|={2,6}\s+(?=\w)")
_WIKI_HEADING = re.compile(r"^={2,6}\s+\w[^=\n]*={2,6}\s*$", re.MULTILINE)
_WIKI_ITEM = re.compile(r"#\s+(?=\w)")
_WIKI_MARKER = Marker(text="#", style="#")
# A one that was read as a letter.
_MISREAD_ONE = re.compile(r"[lI](?P<close>[.)])\s")
_MISREAD_REACH = 4
_NUMBER = re.compile(r"\d{1,5}")
# The words that head a section even where a wrapped paragraph might go on with them.
_SECTION = re.compile(r"\W*(?:\w{1,4}[.)]\s*)?(?:visi|misi|tujuan|sasaran)\b", re.IGNORECASE)
# "Kedua: …" begins an item, whatever stands before.
_RANKED = re.compile(
    r"(?:kesatu|pertama|kedua|ketiga|keempat|kelima|keenam|ketujuh|kedelapan|kesembilan) ?:",
    re.IGNORECASE,
)
_NEEDS_MORE = re.compile(
    r"(?:\d ?[-–]|[;.,:] (?:\d{1,2}|[a-z])[.)]"
    r"|\s(?:dan|yang|di|dengan|untuk|serta|pada|tahun|menuju))$",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"[A-Z]")
_SAMPLE = 20_000
_FEWEST_WRAPPED = 3
_FEWEST_SPACED = 8
_SPREAD_RUN = 4
_LINKS = frozenset({"YANG", "DAN", "DI", "DENGAN", "UNTUK", "DALAM", "MENUJU", "SERTA", "MELALUI"})
_COUNTED_RUN = 3
_COUNTED_APART = 4

# Whether a line without marker goes on with the block before it: the first that holds decides.
_RULES: tuple[tuple[Callable[[_Junction], bool], bool | Callable[[_Junction], bool]], ...] = (
    (lambda j: j.line.apart or j.draft.markdown, False),
    (lambda j: j.spread, True),
    (lambda j: j.line.words <= 4 and _heads_section(j.text, j.line.span.start), False),
    (lambda j: bool(_RANKED.match(j.text, j.line.span.start)), False),
    (lambda j: not j.line.gap and _needs_more(j), True),
    (lambda j: j.hangs, True),
    (lambda j: j.draft.last.words <= 3 and _heads_section(j.text, j.draft.start), False),
    (lambda j: _begins_quotation(j) and not j.quoting, False),
    (lambda j: j.remarking, False),
    (lambda j: j.draft.last.finished and j.quoting, False),
    (
        lambda j: j.draft.last.finished,
        lambda j: not j.line.gap and j.draft.marker is None and j.at_margin,
    ),
    (lambda j: j.line.first.islower() and _heads_paragraph(j), False),
    (lambda j: j.line.first.islower() and _lower_case_list(j), False),
    (lambda j: j.line.gap and _small_behind_item(j), False),
    (
        lambda j: j.line.first.islower() and j.line.gap,
        lambda j: j.full or j.line.words <= 2 or (j.draft.last.words <= 2 and j.draft.lines > 1),
    ),
    (lambda j: j.line.first.islower() or j.quoting, True),
    (lambda j: j.line.gap, False),
    (lambda j: j.full, True),
)


def drafts_of(text: str, lines: Sequence[Line]) -> list[Draft]:
    """Join the lines of each paragraph and item, and give each its marker.

    A marker alone on its line belongs to the next line; a number alone is a marker only where
    such numbers count up from 1, else it is a page's and left out.
    """
    lines = _single_spaced(text, lines)
    width, spread = _wrap_width(text, lines), _spread_lines(text, lines)
    drafts: list[Draft] = []
    pending: _Marked | None = None
    for marked in _marked(text, lines):
        if marked.marker and marked.begin >= marked.line.span.end:
            pending = marked
            continue
        if drafts and not (marked.marker or marked.markdown or pending):
            line, spreads = marked.line, marked.index in spread
            if _continues(
                _Junction(text=text, draft=drafts[-1], line=line, width=width, spread=spreads)
            ):
                drafts[-1] = _longer(drafts[-1], line)
                continue
        drafts.append(_draft(marked, pending))
        pending = None
    return drafts


def _marked(text: str, lines: Sequence[Line]) -> Iterator[_Marked]:
    """Yield the lines with their markers, without numbers that are a page's."""
    previous: Marker | None = None
    latest: dict[str, int] = {}
    expected = 1
    counted = _counted_lines(text, lines)
    wiki = _WIKI_HEADING.search(text) is not None
    for index, line in enumerate(lines):
        if wiki and (item := _WIKI_ITEM.match(text, line.span.start, line.span.end)):
            yield _Marked(index, line, _WIKI_MARKER, item.end(), markdown=False)
            continue
        heading = _HEADING.match(text, line.span.start, line.span.end)
        start = heading.end() if heading else line.span.start
        marker, begin = marker_at(text, start, line.span.end)
        if marker and (one := _misread_one(text, lines, index, start)):
            marker = one
        if marker and not _can_count(marker, latest):
            marker, begin = None, start
        if marker is None and _NUMBER.fullmatch(text, line.span.start, line.span.end):
            alone = bare_number(line.span.of(text))
            if alone.number in {1, expected}:
                marker, begin, expected = alone, line.span.end, (alone.number or 0) + 1
            elif alone.stands_by_itself:
                continue
        if index in counted:
            marker, begin = counted_at(text, begin, line.span.end)
        if marker:
            marker = as_numeral(marker, previous)
            previous = marker if marker.number else previous
            latest[marker.style] = marker.number or 0
        if marker or heading:
            begin = behind_markup(text, begin, line.span.end)
        yield _Marked(index, line, marker, begin, bool(heading))


def _misread_one(text: str, lines: Sequence[Line], index: int, start: int) -> Marker | None:
    """Return the marker "1." of a line that begins with "l." or "I.", where "2." follows soon."""
    misread = _MISREAD_ONE.match(text, start)
    if misread is None:
        return None
    one, two = (f"{figure}{misread['close']}" for figure in "12")
    below = lines[index + 1 : index + 1 + _MISREAD_REACH]
    follows = any(text.startswith(two, line.span.start) for line in below)
    return Marker(text=misread[0].strip(), style=one, number=1) if follows else None


def _can_count(marker: Marker, latest: Mapping[str, int]) -> bool:
    """Tell whether a marker is one by itself, or follows on the one before it in its style."""
    return marker.stands_by_itself or marker.number == latest.get(marker.style, 0) + 1


def _counted_lines(text: str, lines: Sequence[Line]) -> frozenset[int]:
    """Return the indices of lines that bare numbers count: "1 Menata …", "2 Membangun …"."""
    runs: list[list[int]] = [[]]
    for index, line in enumerate(lines):
        marker = counted_at(text, line.span.start, line.span.end)[0]
        run = runs[-1]
        if marker and marker.number == 1:
            runs.append([index])
        elif marker and marker.number == len(run) + 1 and index - run[-1] <= _COUNTED_APART:
            run.append(index)
    return frozenset(index for run in runs if len(run) >= _COUNTED_RUN for index in run)


def _draft(marked: _Marked, pending: _Marked | None) -> Draft:
    """Begin a block with a line; a marker that stood alone before it is its marker."""
    marker, gap = marked.marker, marked.line.gap
    if pending:
        gap = pending.line.gap
        marker = marker if marker and marker.number else pending.marker
    return Draft(
        start=marked.begin,
        end=marked.line.span.end,
        marker=marker,
        gap=gap,
        lines=1,
        last=marked.line,
        markdown=marked.markdown,
    )


def _longer(draft: Draft, line: Line) -> Draft:
    return replace(draft, end=line.span.end, lines=draft.lines + 1, last=line)


def _continues(junction: _Junction) -> bool:
    for holds, verdict in _RULES:
        if holds(junction):
            return verdict if isinstance(verdict, bool) else verdict(junction)
    return False


def _heads_section(text: str, start: int) -> bool:
    return bool(_SECTION.match(text, start, start + 40))


def _begins_quotation(junction: _Junction) -> bool:
    """Tell whether the line begins with a quotation of a whole statement."""
    line = junction.line
    return junction.text[line.span.start] in _QUOTES and line.first.isupper()


def _needs_more(junction: _Junction) -> bool:
    draft = junction.draft
    return bool(_NEEDS_MORE.search(junction.text, max(draft.start, draft.end - 12), draft.end))


def _heads_paragraph(junction: _Junction) -> bool:
    """Tell whether a short line heads a long one, though that begins with a small letter."""
    return junction.alone and junction.line.words > 6 and junction.draft.marker is None


def _lower_case_list(junction: _Junction) -> bool:
    """Tell whether each of the lines is a statement of its own, all in lower case."""
    draft = junction.draft
    begins_lower = junction.text[draft.start].islower()
    return not (junction.width or draft.marker or junction.line.gap) and begins_lower


def _small_behind_item(junction: _Junction) -> bool:
    """Tell whether a line stands apart below an item, in a list all in lower case."""
    draft = junction.draft
    small = junction.text[draft.start].islower() and junction.line.first.islower()
    return small and draft.marker is not None and not (junction.width or junction.quoting)


def _single_spaced(text: str, lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines without gaps where a blank line stands between all, wrapped ones too."""
    gaps = sum(line.gap for line in lines)
    if len(lines) < _FEWEST_SPACED or gaps * 10 < len(lines) * 9:
        return lines
    single = [line if line.apart else replace(line, gap=False) for line in lines]
    return single if _wrap_width(text, single) else lines


def _wrap_width(text: str, lines: Sequence[Line]) -> int:
    """Return the column at which lines were wrapped, or 0 where each line is a paragraph.

    A text was wrapped where three in ten of its longer lines go on with a small letter, unless
    it has hardly a capital at all.
    """
    wrapped = sorted(
        before.column
        for before, after in pairwise(lines)
        if after.first.islower() and not (before.finished or after.gap) and before.words > 3
    )
    long = sum(line.words > 5 for line in lines)
    sample = text[:_SAMPLE]
    lower_case = len(_CAPITAL.findall(sample)) * 60 < len(sample)
    if lower_case or len(wrapped) < _FEWEST_WRAPPED or len(wrapped) * 10 < long * 3:
        return 0
    return wrapped[len(wrapped) * 9 // 10]


def _spread_lines(text: str, lines: Sequence[Line]) -> frozenset[int]:
    """Return the indices of lines that continue a run of words printed one or two to a line."""
    found: set[int] = set()
    run: list[int] = []
    for index, line in enumerate(lines):
        if line.words <= 2 and not (line.apart or line.finished or (run and _marks(text, line))):
            run.append(index)
            continue
        if _is_spread(text, lines, run):
            found.update(run[1:])
            if not line.apart and line.first.islower():
                found.add(index)
        run = []
    return frozenset([*found, *(run[1:] if _is_spread(text, lines, run) else ())])


def _marks(text: str, line: Line) -> bool:
    return marker_at(text, line.span.start, line.span.end)[0] is not None


def _is_spread(text: str, lines: Sequence[Line], run: Sequence[int]) -> bool:
    """Tell whether short lines are words of one sentence.

    A quarter begin with a small letter; or, all in capitals, a sixth are words that link others.
    """
    small = sum(lines[index].first.islower() for index in run[1:])
    links = sum(_links(text, lines[index]) for index in run[1:])
    return len(run) >= _SPREAD_RUN and (small * 4 >= len(run) or links * 6 >= len(run))


def _links(text: str, line: Line) -> bool:
    return line.span.of(text) in _LINKS
