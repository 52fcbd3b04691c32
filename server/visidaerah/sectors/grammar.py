"""Where a text names sectors as such, and where a word only names a ground of discrimination."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visidaerah.sectors.lexicon import Token

_SECTOR_CUES = frozenset({"bidang", "dibidang", "disektor", "sektor", "subsektor", "urusan"})
_BEFORE_A_SECTOR = frozenset({"jasa", "layanan", "pelayanan", "pembangunan"})
"""Words that may stand between cue and sector: "bidang pelayanan jasa kesehatan"."""

COORDINATORS = frozenset({",", "dan", "serta", "atau", "maupun"})
# fmt: off
_LIST_ENDS = frozenset({
    "agar", "bagi", "berbasis", "dalam", "dari", "demi", "dengan", "di", "guna", "ke", "kepada",
    "melalui", "menuju", "oleh", "pada", "sebagai", "secara", "sehingga", "sesuai", "terhadap",
    "untuk", "yang",
})
# fmt: on
_LONGEST_ITEM = 3
"""Words of a list item that is no known sector, after which the list is taken to be over."""

_DISCRIMINATION_CUES = frozenset({"bedakan", "diskriminasi", "membedakan", "memandang"})
_NEGATIONS = frozenset({"bukan", "tanpa", "tidak"})
_NEGATION_REACH = 3
_VERB_PREFIX = "me"


def named_sectors(words: Sequence[Token]) -> Iterator[int]:
    """Yield the tokens with which an item of a sector list can begin, the cues included.

    "di bidang pendidikan, kesehatan dan perdagangan" names three sectors.
    """
    length: int | None = None
    for index, token in enumerate(words):
        if token.word in _SECTOR_CUES:
            yield index
            length = 0
        elif length is None or _ends_list(token) or length > _LONGEST_ITEM:
            length = None
        elif token.word in COORDINATORS:
            length = 0
        elif length == 0 and token.word in _BEFORE_A_SECTOR:
            yield index
        else:
            if length == 0:
                yield index
            length += 1


def grounds_of_discrimination(words: Sequence[Token]) -> Iterator[int]:
    """Yield the tokens of lists such as "tanpa membeda-bedakan ras, suku, agama, ekonomi"."""
    listing = False
    for index, token in enumerate(words):
        if token.word in _DISCRIMINATION_CUES:
            before = words[max(0, index - _NEGATION_REACH) : index]
            listing = any(word.word in _NEGATIONS for word in before)
        elif listing and (_ends_list(token) or token.word.startswith(_VERB_PREFIX)):
            listing = False
        elif listing:
            yield index


def _ends_list(token: Token) -> bool:
    return token.word in _LIST_ENDS or not (token.word.isalnum() or token.word in COORDINATORS)
