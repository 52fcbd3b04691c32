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
# Short and older names in common use, for the names of the Ministry's list.
_SHORT_NAMES: tuple[tuple[str, str], ...] = (
    ("Daerah Istimewa Yogyakarta", "DIY"),
    ("Daerah Istimewa Yogyakarta", "DI Yogyakarta"),
    ("Daerah Istimewa Yogyakarta", "Jogja"),
    ("Daerah Khusus Ibukota Jakarta", "DKI Jakarta"),
    ("Daerah Khusus Ibukota Jakarta", "DKI"),
    ("Daerah Khusus Ibukota Jakarta", "Jakarta"),
    ("Kalimantan Timur", "Kaltim"),
    ("Kalimantan Selatan", "Kalsel"),
    ("Kalimantan Tengah", "Kalteng"),
    ("Kalimantan Barat", "Kalbar"),
    ("Kalimantan Utara", "Kaltara"),
    ("Sumatera Utara", "Sumut"),
    ("Sumatera Utara", "Sumatra Utara"),
    ("Sumatera Barat", "Sumbar"),
    ("Sumatera Barat", "Sumatra Barat"),
    ("Sumatera Selatan", "Sumsel"),
    ("Sumatera Selatan", "Sumatra Selatan"),
    ("Sulawesi Selatan", "Sulsel"),
    ("Sulawesi Tengah", "Sulteng"),
    ("Sulawesi Tenggara", "Sultra"),
    ("Sulawesi Utara", "Sulut"),
    ("Sulawesi Barat", "Sulbar"),
    ("Kepulauan Bangka Belitung", "Bangka Belitung"),
    ("Kepulauan Bangka Belitung", "Babel"),
    ("Kepulauan Riau", "Kepri"),
    ("Nusa Tenggara Barat", "NTB"),
    ("Nusa Tenggara Timur", "NTT"),
    ("Jawa Barat", "Jabar"),
    ("Jawa Tengah", "Jateng"),
    ("Jawa Timur", "Jatim"),
    ("Musi Banyuasin", "Muba"),
    ("Ogan Komering Ilir", "OKI"),
    ("Ogan Komering Ulu", "OKU"),
    ("Hulu Sungai Selatan", "HSS"),
    ("Hulu Sungai Tengah", "HST"),
    ("Hulu Sungai Utara", "HSU"),
    ("Gunungkidul", "Gunung Kidul"),
    ("Kulon Progo", "Kulonprogo"),
    ("Pangkajene dan Kepulauan", "Pangkep"),
    ("Toba", "Toba Samosir"),
)


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
        short: dict[str, list[str]] = {}
        for full, brief in _SHORT_NAMES:
            short.setdefault(full.lower(), []).append(brief)
        for region in regions:
            for name in (region.name, *short.get(region.name.lower(), ())):
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
