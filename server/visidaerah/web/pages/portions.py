"""Long texts in portions that a page can show: cut between paragraphs, found again by character."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from pyoxigraph import Literal, NamedNode

from visidaerah.spans import Span
from visidaerah.vocabulary import PROV

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from visidaerah.store import Store

PORTION = 24_000
"""Characters that a page shows at most; up to a half fewer, to end with a paragraph."""

AROUND = 300
"""Characters shown before and after what is marked, where the rest is left out."""

# What a portion rather ends with: the end of a paragraph, of a line, of a word.
ENDS = ("\n\n", "\n", " ")

_long_texts: WeakKeyDictionary[Store, frozenset[str]] = WeakKeyDictionary()


def portions(text: str) -> tuple[Span, ...]:
    """Return the portions of a text, in order and without gaps; of an empty one there are none."""
    return tuple(_portions(text))


def _portions(text: str) -> Iterator[Span]:
    start = 0
    while start < len(text):
        end = _end(text, start)
        yield Span(start, end)
        start = end


def _end(text: str, start: int) -> int:
    last = start + PORTION
    if last >= len(text):
        return len(text)
    ends = (text.rfind(one, start + PORTION // 2, last) + len(one) for one in ENDS)
    return next((end for end in ends if end > start + PORTION // 2), last)


def portion_of(found: Sequence[Span], at: int) -> int:
    """Return which portion has a character, from 0; the nearest where none has."""
    return max(0, bisect_right(found, at, key=lambda span: span.start) - 1)


def long_texts(store: Store) -> frozenset[str]:
    """Return the sources whose texts take more than one portion, by their IRIs.

    It looks through all texts once; a release never changes.
    """
    known = _long_texts.get(store)
    if known is None:
        known = _long_texts[store] = frozenset(
            triple.subject.value
            for triple in store.triples(None, PROV.value)
            if isinstance(triple.subject, NamedNode)
            and isinstance(triple.object, Literal)
            and len(triple.object.value) > PORTION
        )
    return known


def around(text: str, marked: Iterable[Span]) -> tuple[Span, ...]:
    """Return what to show of a text where only what is marked matters: whole lines, merged."""
    shown: list[Span] = []
    for span in sorted(marked):
        start = text.rfind("\n", 0, max(0, span.start - AROUND)) + 1
        end = text.find("\n", span.end + AROUND)
        end = min(len(text) if end < 0 else end, span.end + 4 * AROUND)
        start = max(start, span.start - 4 * AROUND)
        if shown and start <= shown[-1].end:
            shown[-1] = Span(shown[-1].start, max(end, shown[-1].end))
        else:
            shown.append(Span(start, end))
    return tuple(shown)
