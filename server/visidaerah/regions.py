"""The regions: all provinces, regencies and cities as values."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from visidaerah.errors import DatasetError
from visidaerah.vocabulary import BASE, RDF, RDFS, SKOS, VD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
    ("Magelang"), `province` the code of the province it is part of, None for a province. `labels`
    are the full names by language ("Kota Magelang", "Magelang City"), `short_names` other names
    that texts use ("Jateng", "DIY").
    """

    code: str
    name: str
    kind: RegionKind
    province: str | None
    labels: Mapping[str, str] = field(default_factory=dict)
    short_names: tuple[str, ...] = ()

    def label(self, language: str = "id") -> str:
        """Return the full name in a language; where it is not known, made of kind and name."""
        return self.labels.get(language) or f"{self.kind.capitalize()} {self.name}"


def read_regions(turtle: bytes) -> tuple[Region, ...]:
    """Read the regions of a graph in Turtle (`data/regions.ttl`), in the order of their codes.

    Raises DatasetError where it is not Turtle or a region lacks its code or name.
    """
    try:
        return tuple(sorted(_regions(turtle), key=lambda region: region.code))
    except (SyntaxError, IndexError) as error:
        raise DatasetError(f"The regions cannot be read: {error}.") from error


def _regions(turtle: bytes) -> Iterator[Region]:
    values: dict[object, dict[NamedNode, list[str]]] = defaultdict(lambda: defaultdict(list))
    labels: dict[object, dict[str, str]] = defaultdict(dict)
    for quad in parse(turtle, RdfFormat.TURTLE, base_iri=BASE):
        if isinstance(quad.object, NamedNode | Literal):
            values[quad.subject][quad.predicate].append(quad.object.value)
        if quad.predicate == RDFS.label and isinstance(quad.object, Literal):
            labels[quad.subject][quad.object.language or ""] = quad.object.value
    for subject, facts in values.items():
        kind = next((KINDS[name] for name in facts[RDF.type] if name in KINDS), None)
        if kind:
            province = facts[VD.partOfRegion]
            yield Region(
                code=facts[VD.regionCode][0],
                name=facts[VD.properName][0],
                kind=kind,
                province=province[0].rsplit("/", 1)[-1] if province else None,
                labels=labels[subject],
                short_names=(*facts[SKOS.altLabel], *facts[SKOS.hiddenLabel]),
            )
