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
# Short names and other spellings in common use, by the code of the region.
_SHORT_NAMES: dict[str, tuple[str, ...]] = {
    "12": ("Sumut", "Sumatra Utara"),
    "12.12": ("Toba Samosir",),
    "13.09": ("Mentawai",),
    "14.10": ("Meranti",),
    "13": ("Sumbar", "Sumatra Barat"),
    "16": ("Sumsel", "Sumatra Selatan"),
    "16.01": ("OKU",),
    "16.02": ("OKI",),
    "16.06": ("Muba",),
    "19": ("Bangka Belitung", "Babel"),
    "21": ("Kepri",),
    "31": ("DKI Jakarta", "DKI"),
    "32": ("Jabar",),
    "33": ("Jateng",),
    "34": ("DIY", "DI Yogyakarta", "Jogja"),
    "34.01": ("Kulonprogo",),
    "34.03": ("Gunung Kidul",),
    "35": ("Jatim",),
    "52": ("NTB",),
    "53": ("NTT",),
    "61": ("Kalbar",),
    "62": ("Kalteng",),
    "63": ("Kalsel",),
    "63.06": ("HSS",),
    "63.07": ("HST",),
    "63.08": ("HSU",),
    "64": ("Kaltim",),
    "65": ("Kaltara",),
    "71": ("Sulut",),
    "71.09": ("Siau Tagulandang Biaro", "Sitaro"),
    "72": ("Sulteng",),
    "73": ("Sulsel",),
    "73.10": ("Pangkep",),
    "74": ("Sultra",),
    "76": ("Sulbar",),
}


def _key(name: str) -> tuple[str, ...]:
    words = (_ABBREVIATED.get(w, w) for w in (m[0].lower() for m in _WORD.finditer(name)))
    return tuple(words)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The regions, found by the words of a name; made once, asked for every text."""

    by_first_word: Mapping[str, Sequence[tuple[tuple[str, ...], tuple[Region, ...]]]]

    @classmethod
    def of(cls, regions: Iterable[Region]) -> Gazetteer:
        """Index regions by their names, with the short names in common use."""
        names: dict[tuple[str, ...], list[Region]] = {}
        for region in regions:
            for name in (region.name, *_SHORT_NAMES.get(region.code, ())):
                key = tuple(w for w in _key(name) if w not in _LOOSE) or _key(name)
                names.setdefault(key, []).append(region)
        index: dict[str, list[tuple[tuple[str, ...], tuple[Region, ...]]]] = {}
        for key, found in names.items():
            index.setdefault(key[0], []).append((key, tuple(found)))
        for entries in index.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        return cls(index)

    def at(self, words: Sequence[str], start: int) -> tuple[int, tuple[Region, ...]]:
        """Return how many words from `start` are the longest known name, and whose; 0 for none."""
        first = _ABBREVIATED.get(words[start], words[start])
        for key, regions in self.by_first_word.get(first, ()):
            if tuple(words[start + 1 : start + len(key)]) == key[1:]:
                return len(key), regions
        return 0, ()
