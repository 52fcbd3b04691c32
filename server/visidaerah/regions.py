"""The regions: all provinces, regencies and cities as values."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pyoxigraph import NamedNode, RdfFormat, parse

from visidaerah.vocabulary import BASE, RDF, VD

if TYPE_CHECKING:
    from collections.abc import Iterator

RegionKind = Literal["provinsi", "kabupaten", "kota"]

KINDS: dict[NamedNode, RegionKind] = {
    VD.Province: "provinsi",
    VD.Regency: "kabupaten",
    VD.City: "kota",
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
    values: dict[object, dict[NamedNode, list[object]]] = defaultdict(lambda: defaultdict(list))
    for quad in parse(turtle, RdfFormat.TURTLE, base_iri=BASE):
        values[quad.subject][quad.predicate].append(quad.object)
    for facts in values.values():
        kind = next((KINDS[c] for c in facts[RDF.type] if c in KINDS), None)
        if kind:
            yield Region(
                code=_text(facts[VD.regionCode]),
                name=_text(facts[VD.properName]),
                kind=kind,
                province=_code(facts[VD.partOfRegion]),
            )


def _text(values: list[object]) -> str:
    return str(getattr(values[0], "value", ""))


def _code(values: list[object]) -> str | None:
    return _text(values).rsplit("/", 1)[-1] if values else None
