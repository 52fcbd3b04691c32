"""Lines of a page become paragraphs: what the margin broke is joined, hyphenated words too."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from visidaerah.readers.lists import MARKED

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from visidaerah.readers.layout import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A text that the margin alone has broken.

    `gap` tells whether more than the usual blank precedes it, `full` whether its last line ran to
    the margin, so that it may go on on the next page.
    """

    text: str
    gap: bool
    full: bool


_WIDER_GAP = 1.4
_OTHER_SIZE = 0.15
_INDENT = 0.9
_MARGIN = 0.02
_FEWEST_LETTERS = 3
_HYPHENS = "-\u2010\xad\x02"
_BROKEN = re.compile(rf"([^\W\d_]+)[{_HYPHENS}]\Z")
_LEADERS = re.compile(r"\.{4,}|…{2,}")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Prefixes that keep their hyphen: "non-formal", "antar-daerah", "e-government".
_PREFIXES = frozenset(
    {"antar", "anti", "e", "eks", "ke", "non", "pasca", "per", "pra", "pro", "se", "semi", "sub"}
)


def paragraphs_of(
    lines: Sequence[Line],
    vocabulary: Container[str],
    margin: float = 0.0,
    narrowest: float = 0.0,
) -> Iterator[Paragraph]:
    """Yield the paragraphs of lines that stand one under the other.

    `margin` is where the lines of the page end at the right, if these lines may be too few to
    tell; a line shorter than `narrowest` times its height is never broken by it. `vocabulary` are
    the words of the whole file in small letters, hyphenated ones included: they tell a word that
    was divided from one that is written with a hyphen.
    """
    pitch = _pitch(lines)
    margin = max(margin, right_margin(lines))
    current: Paragraph | None = None
    for index, line in enumerate(lines):
        above = lines[index - 1] if index else None
        wide = line.right - line.left >= narrowest * line.height
        full = wide and (
            _is_full(line, lines[index + 1], margin)
            if index + 1 < len(lines)
            else _reaches(line, margin)
        )
        gap = above is not None and above.bottom - line.bottom > pitch * _WIDER_GAP
        if current and above and current.full and not gap and _goes_on(above, line):
            text = join(current.text, line.text, vocabulary)
            current = replace(current, text=text, full=full)
            continue
        if current:
            yield current
        current = Paragraph(text=line.text, gap=gap, full=full)
    if current:
        yield current


def right_margin(lines: Iterable[Line]) -> float:
    """Return where lines end at the right: the farthest place that two of them share.

    One alone may be a page number or a picture's caption.
    """
    ends = sorted((line.right for line in lines), reverse=True)
    shared = (far for far, near in pairwise(ends) if far - near <= _MARGIN * far)
    return next(shared, ends[0] if ends else 0.0)


def join(first: str, second: str, vocabulary: Container[str]) -> str:
    """Join two parts of a paragraph with a blank, or a word that was divided at its hyphen."""
    broken = _BROKEN.search(first)
    if not broken:
        return f"{first} {second}" if first[-1:] not in _HYPHENS else first + second
    behind = _WORD.match(second)
    word = behind[0] if behind else ""
    if first.endswith("\xad") or (word and _was_divided(broken[1], word, vocabulary)):
        return first[:-1] + second
    return first[:-1] + "-" + second


def words_in(text: str) -> set[str]:
    """Return the words of a text in small letters, hyphenated ones as one word."""
    return set(_WORD.findall(text.lower()))


def goes_on_overleaf(last: Paragraph, first: Paragraph) -> bool:
    """Tell whether a paragraph at the end of a page or column goes on in the next."""
    begins_small = first.text[:1].islower() and not MARKED.match(first.text)
    return last.full and begins_small and not last.text.endswith((".", ":", ";", "!", "?"))


def _was_divided(before: str, behind: str, vocabulary: Container[str]) -> bool:
    """Tell whether two halves are one word: "pem-bangunan", but not "undang-undang"."""
    first, second = before.lower(), behind.lower()
    if f"{first}-{second}" in vocabulary:
        return False
    if first + second in vocabulary:
        return True
    return not (behind[0].isupper() or first in _PREFIXES or _is_doubled(first, second))


def _is_doubled(first: str, second: str) -> bool:
    """Tell whether Indonesian doubles a word here: "undang-undangan", "berubah-ubah"."""
    longest = min(len(first), len(second))
    return any(first[-size:] == second[:size] for size in range(_FEWEST_LETTERS, longest + 1))


def _pitch(lines: Sequence[Line]) -> float:
    """Return the usual distance from line to line."""
    steps = [above.bottom - below.bottom for above, below in pairwise(lines)]
    steps = [step for step in steps if step > 0]
    tight = sorted(steps)[: max(1, len(steps) * 3 // 4)]
    return median(tight) if tight else 0.0


def _is_full(line: Line, below: Line, margin: float) -> bool:
    """Tell whether the next word had no room before the margin."""
    word = below.words[0]
    return line.right + 0.25 * line.height + (word.right - word.left) > margin * (1 - _MARGIN / 2)


def _reaches(line: Line, margin: float) -> bool:
    return line.right > margin * (1 - 2 * _MARGIN)


def _goes_on(above: Line, line: Line) -> bool:
    """Tell whether a line may go on with a full one: same size, no marker, no indent of its own."""
    other_size = abs(above.height - line.height) > _OTHER_SIZE * above.height
    indented = line.left > above.left + _INDENT * line.height and not MARKED.match(above.text)
    apart = MARKED.match(line.text) or _LEADERS.search(above.text)
    return not (other_size or indented or apart)
