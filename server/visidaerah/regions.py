"""The regions: all provinces, regencies and cities as values."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from visidaerah.vocabulary import BASE, RDF, VD

if TYPE_CHECKING:
    from collections.abc import Iterator

RegionKind = OneOf["provinsi", "kabupaten", "kota"]

KINDS: dict[str, RegionKind] = {
    VD.Province.value: "provinsi",
    VD.Regency.value: "kabupaten",
    VD.City.value: "kota",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A province, regency or city.

    `code` is the Ministry of Home Affairs' ("33.71"), `name` the proper name without the type word
    ("Magelang"), `province` the code of the province it is part of, None for a province.
    """

    code: str
    name: str
    kind: RegionKind
    province: str | None


def read_regions(turtle: bytes) -> tuple[Region, ...]:
    """Read the regions of a graph in Turtle (`data/regions.ttl`), in the order of their codes.

    Raises SyntaxError where it is not Turtle.
    """
    return tuple(sorted(_regions(turtle), key=lambda region: region.code))


def _regions(turtle: bytes) -> Iterator[Region]:
    values: dict[object, dict[NamedNode, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in parse(turtle, RdfFormat.TURTLE, base_iri=BASE):
        if isinstance(quad.object, NamedNode | Literal):
            values[quad.subject][quad.predicate].append(quad.object.value)
    for facts in values.values():
        kind = next((KINDS[name] for name in facts[RDF.type] if name in KINDS), None)
        if kind:
            province = facts[VD.partOfRegion]
            yield Region(
                code=facts[VD.regionCode][0],
                name=facts[VD.properName][0],
                kind=kind,
                province=province[0].rsplit("/", 1)[-1] if province else None,
            )
