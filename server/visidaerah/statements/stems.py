"""Stems: words reduced to what they share, and the words of a vision that name a label."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from visidaerah.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"\w+")
_PREFIX = re.compile(r"^(?:ber|ter|ke|me(?:ng|ny|m|n)?|pe(?:ng|ny|m|n)?|di|se)(?=\w{4,})")
_SUFFIX = re.compile(r"(?:itas|nya|kan|an)$")
_SHORTEST_STEM = 3
# Words that name nothing by themselves.
_EMPTY = frozenset({
    "yang", "dan", "serta", "di", "pada", "dengan", "untuk", "dalam", "dari", "ke", "sebagai",
    "menuju", "menjadi", "terwujudnya", "mewujudkan", "kota", "kabupaten", "provinsi", "desa",
    "masyarakat", "visi", "misi", "ini", "itu", "adalah",
})  # fmt: skip


def stem(word: str) -> str:
    """Reduce a word so that "Berpendidikan" and "pendidikan", "Kemandirian" and "Mandiri" meet."""
    word = word.lower()
    if word in _EMPTY:
        return word
    reduced = _SUFFIX.sub("", _PREFIX.sub("", word))
    return reduced if len(reduced) >= _SHORTEST_STEM else word


def key_stems(words: str) -> frozenset[str]:
    """Return the stems of the words that can name something."""
    return frozenset(stem(word) for word in _WORD.findall(words.lower()) if word not in _EMPTY)


def named_in(text: str, vision: Span, label: Span, shared: int = 0) -> Span | None:
    """Return the words of the vision that name a label, or None where it does not name it.

    It is the longest run of words that both have, with a key word at least. The first `shared`
    words of the label (a region's name that all labels begin with) do not count.
    """
    words = list(_WORD.finditer(text, vision.start, vision.end))
    stems = [stem(word[0]) for word in words]
    parts = _stems_of(text, label)[shared:]
    runs = (
        (_keys(stems[first : first + size]), size, -first)
        for first in range(len(stems))
        for part in range(len(parts))
        if (size := _common(stems[first:], parts[part:]))
    )
    keys, size, first = max(runs, default=(0, 0, 0))
    return Span(words[-first].start(), words[size - first - 1].end()) if keys else None


def shared_words(text: str, labels: Sequence[Span]) -> int:
    """Return how many first words all labels share, short of any whole label."""
    first, *others = [_stems_of(text, label)[:-1] for label in labels] or [[]]
    return min((_common(first, other) for other in others), default=0)


def _stems_of(text: str, span: Span) -> list[str]:
    return [stem(word[0]) for word in _WORD.finditer(text, span.start, span.end)]


def _keys(stems: Sequence[str]) -> int:
    return sum(one not in _EMPTY for one in stems)


def _common(first: Sequence[str], second: Sequence[str]) -> int:
    """Return how many words two sequences begin with alike."""
    size = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        size += 1
    return size
