"""The gazetteer: the known regions by the words of their names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from visidaerah.regions import Region

Kind = Literal["provinsi", "kabupaten", "kota"]

_WORD = re.compile(r"\w+(?:[-']\w+)*")
# Type words and honorifics that a printed name may lack or carry.
_LOOSE = frozenset({"administrasi", "kabupaten", "kota", "provinsi", "adm"})
_ABBREVIATED = {"kep": "kepulauan", "kab": "kabupaten", "prov": "provinsi"}


def _key(name: str) -> tuple[str, ...]:
    words = (_ABBREVIATED.get(w, w) for w in (m[0].lower() for m in _WORD.finditer(name)))
    return tuple(words)


def _loose_key(name: str) -> tuple[str, ...]:
    key = _key(name)
    return tuple(word for word in key if word not in _LOOSE) or key


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The regions, found by the words of a name; made once, asked for every text."""

    by_first_word: Mapping[str, Sequence[tuple[tuple[str, ...], tuple[Region, ...]]]]

    @classmethod
    def of(cls, regions: Iterable[Region]) -> Gazetteer:
        """Index regions by their names, proper and short."""
        names: dict[tuple[str, ...], list[Region]] = {}
        for region in regions:
            for key in dict.fromkeys(map(_loose_key, (region.name, *region.short_names))):
                names.setdefault(key, []).append(region)
        index: dict[str, list[tuple[tuple[str, ...], tuple[Region, ...]]]] = {}
        for key, found in names.items():
            index.setdefault(key[0], []).append((key, tuple(found)))
        for entries in index.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        return cls(index)

    def begins(self, word: str) -> bool:
        """Tell whether a known name may begin with a word."""
        return word in self.by_first_word or word in _ABBREVIATED

    def at(self, words: Sequence[str], start: int) -> tuple[int, tuple[Region, ...]]:
        """Return how many words from `start` are the longest known name, and whose; 0 for none."""
        first = _ABBREVIATED.get(words[start], words[start])
        for key, regions in self.by_first_word.get(first, ()):
            if tuple(words[start + 1 : start + len(key)]) == key[1:]:
                return len(key), regions
        return 0, ()
