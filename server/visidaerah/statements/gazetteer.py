"""The gazetteer: the known regions by the words of their names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from visidaerah.regions import Region

Kind = Literal["provinsi", "kabupaten", "kota"]

_WORD = re.compile(r"\w+(?:[-']\w+)*")
# Type words and honorifics that a printed name may lack or carry.
_LOOSE = frozenset({"administrasi", "kabupaten", "kota", "provinsi", "adm"})
_ABBREVIATED = {"kep": "kepulauan", "kab": "kabupaten", "prov": "provinsi"}
_BETWEEN_LETTERS = str.maketrans("", "", "-'’")
_MOST_WORDS = 6


def _letters(word: str) -> str:
    """Return a word in small letters without hyphens; an abbreviation written out."""
    word = _ABBREVIATED.get(word, word)
    return word if word.isalnum() else word.translate(_BETWEEN_LETTERS)


def _keys(name: str) -> dict[str, None]:
    """Return the letters of a name, with and without the type words in it."""
    words = [_letters(match[0].lower()) for match in _WORD.finditer(name)]
    loose = [word for word in words if word not in _LOOSE]
    return dict.fromkeys(("".join(loose or words), "".join(words)))


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The regions, found by the letters of a name; made once, asked for every text.

    Texts write "Labuhan Batu" and "Labuhanbatu", "Toli-Toli" and "Tolitoli": blanks and hyphens
    do not tell names apart. `beginnings` are what the names begin with.
    """

    by_letters: Mapping[str, tuple[Region, ...]]
    beginnings: frozenset[str]

    @classmethod
    def of(cls, regions: Iterable[Region]) -> Gazetteer:
        """Index regions by their names, proper and short."""
        names: dict[str, list[Region]] = {}
        for region in regions:
            keys = (_keys(name) for name in (region.name, *region.short_names))
            for key in dict.fromkeys(chain.from_iterable(keys)):
                names.setdefault(key, []).append(region)
        beginnings = frozenset(key[:size] for key in names for size in range(2, len(key) + 1))
        return cls({key: tuple(found) for key, found in names.items()}, beginnings)

    def begins(self, word: str) -> bool:
        """Tell whether a known name may begin with a word."""
        return _letters(word) in self.beginnings

    def at(self, words: Sequence[str], start: int) -> tuple[int, tuple[Region, ...]]:
        """Return how many words from `start` are the longest known name, and whose; 0 for none.

        A full stop after an abbreviation counts as a word.
        """
        found: tuple[int, tuple[Region, ...]] = (0, ())
        letters = ""
        for size, word in enumerate(words[start : start + _MOST_WORDS], 1):
            abbreviated = size > 1 and words[start + size - 2] in _ABBREVIATED
            letters += "" if word == "." and abbreviated else _letters(word)
            if letters not in self.beginnings:
                break
            found = (size, self.by_letters[letters]) if letters in self.by_letters else found
        return found
