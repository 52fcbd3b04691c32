"""A map of the provinces as tiles: where the regions are that have plans."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from visidaerah.vocabulary import VD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visidaerah.web.pages.choosing import PlanKey
    from visidaerah.web.pages.reader import Reader

# Column and row of each province by its code, after the shape of the archipelago.
PLACES: dict[str, tuple[int, int]] = {
    "11": (0, 0),
    "12": (1, 1),
    "13": (1, 2),
    "14": (2, 2),
    "15": (2, 3),
    "16": (3, 4),
    "17": (2, 4),
    "18": (3, 5),
    "19": (4, 3),
    "21": (3, 1),
    "31": (4, 6),
    "32": (4, 7),
    "33": (5, 7),
    "34": (5, 8),
    "35": (6, 7),
    "36": (3, 6),
    "51": (7, 8),
    "52": (8, 8),
    "53": (9, 8),
    "61": (5, 2),
    "62": (6, 3),
    "63": (7, 4),
    "64": (7, 2),
    "65": (7, 1),
    "71": (11, 1),
    "72": (9, 2),
    "73": (9, 4),
    "74": (10, 4),
    "75": (10, 2),
    "76": (9, 3),
    "81": (12, 4),
    "82": (12, 2),
    "91": (16, 3),
    "92": (14, 3),
    "93": (16, 5),
    "94": (15, 4),
    "95": (16, 4),
    "96": (13, 3),
}

# ISO 3166-2:ID, without the country: short enough for a tile.
LETTERS: dict[str, str] = {
    "11": "AC",
    "12": "SU",
    "13": "SB",
    "14": "RI",
    "15": "JA",
    "16": "SS",
    "17": "BE",
    "18": "LA",
    "19": "BB",
    "21": "KR",
    "31": "JK",
    "32": "JB",
    "33": "JT",
    "34": "YO",
    "35": "JI",
    "36": "BT",
    "51": "BA",
    "52": "NB",
    "53": "NT",
    "61": "KB",
    "62": "KT",
    "63": "KS",
    "64": "KI",
    "65": "KU",
    "71": "SA",
    "72": "ST",
    "73": "SN",
    "74": "SG",
    "75": "GO",
    "76": "SR",
    "81": "MA",
    "82": "MU",
    "91": "PA",
    "92": "PB",
    "93": "PS",
    "94": "PT",
    "95": "PE",
    "96": "PD",
}

COLUMNS = 1 + max(column for column, _ in PLACES.values())
ROWS = 1 + max(row for _, row in PLACES.values())
SIZE = 40
"""Width and height of a tile, in the units of the picture."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A province on the map: place of its corner, code, letters, name, and its regions' plans."""

    x: int
    y: int
    code: str
    letters: str
    name: str
    plans: int


@dataclass(frozen=True, slots=True)
class TileMap:
    """The map, its size, and what it shows in words."""

    width: int
    height: int
    tiles: tuple[Tile, ...]
    words: str


def tile_map(reader: Reader, plans: Sequence[PlanKey]) -> TileMap | None:
    """Return the map of the provinces with plans, or None where there is none to show."""
    return map_of(reader, Counter(key.province.value for key in plans if key.province))


def map_of(reader: Reader, counts: Counter[str]) -> TileMap | None:
    """Return the map of how many plans each province has, by its IRI."""
    tiles = tuple(_tile(reader, code, counts) for code in PLACES)
    known = [tile for tile in tiles if tile.plans]
    words = ", ".join(f"{tile.name} ({reader.t.number(tile.plans)})" for tile in known)
    if not known:
        return None
    return TileMap(COLUMNS * SIZE, ROWS * SIZE, tiles, reader.t("home.map", provinces=words))


def _tile(reader: Reader, code: str, counts: Counter[str]) -> Tile:
    column, row = PLACES[code]
    node = NamedNode(f"{reader.site.base}id/region/{code}")
    name = reader.words(node, VD.properName) or reader.label(node)
    return Tile(column * SIZE, row * SIZE, code, LETTERS[code], name.text, counts[node.value])
