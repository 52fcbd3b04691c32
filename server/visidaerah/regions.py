"""The regions: all provinces, regencies and cities as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A province, regency or city.

    `code` is the Ministry of Home Affairs' ("33.71"), `name` the proper name without the type word
    ("Magelang"), `province` the code of the province it is part of, None for a province.
    """

    code: str
    name: str
    kind: Literal["provinsi", "kabupaten", "kota"]
    province: str | None
