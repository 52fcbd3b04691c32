from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef

from visidaerah import assets
from visidaerah.regions import read_regions
from visidaerah.vocabulary import BASE, PREFIXES

if TYPE_CHECKING:
    from rdflib.term import Node

VD = Namespace(PREFIXES["vd"])
ID = Namespace(f"{BASE}id/")
KINDS = {VD.Province: 38, VD.Regency: 416, VD.City: 98}


@cache
def regions() -> Graph:
    return Graph().parse(Path(str(assets.data())) / "regions.ttl")


def value(code: str, predicate: URIRef) -> str:
    return str(regions().value(ID[f"region/{code}"], predicate))


def labels(code: str) -> dict[str | None, str]:
    found = regions().objects(ID[f"region/{code}"], RDFS.label)
    return {text.language: str(text) for text in found if isinstance(text, Literal)}


def languages(code: str, predicate: URIRef) -> set[str | None]:
    found = regions().objects(ID[f"region/{code}"], predicate)
    return {text.language for text in found if isinstance(text, Literal)}


def test_all_provinces_regencies_and_cities_are_there() -> None:
    found = Counter(regions().objects(None, RDF.type))
    assert found == KINDS
    assert sum(found.values()) == 552


def test_a_region_is_named_by_its_code() -> None:
    pairs = list(regions().subject_objects(VD.regionCode))
    assert len(pairs) == 552
    assert [node for node, code in pairs if node != ID[f"region/{code}"]] == []


def test_every_regency_and_city_is_part_of_the_province_its_code_begins_with() -> None:
    pairs = list(regions().subject_objects(VD.partOfRegion))
    assert len(pairs) == 416 + 98
    for part, whole in pairs:
        assert (whole, RDF.type, VD.Province) in regions()
        assert str(part).rpartition(".")[0] == str(whole)


def test_every_region_has_a_name_in_both_languages() -> None:
    for region in regions().subjects(VD.regionCode):
        code = str(region).rpartition("/")[2]
        assert labels(code).keys() == {"id", "en"}
        assert value(code, VD.properName) in labels(code)["id"]


def test_the_label_says_the_kind_and_the_proper_name_does_not() -> None:
    words: dict[Node, str] = {VD.Province: "Provinsi", VD.Regency: "Kabupaten", VD.City: "Kota"}
    special = {"31", "34"}
    for region, kind in regions().subject_objects(RDF.type):
        code = str(region).rpartition("/")[2]
        if code not in special:
            assert labels(code)["id"].startswith(f"{words[kind]} ")
        assert not value(code, VD.properName).startswith(("Provinsi ", "Kabupaten "))


def test_cities_and_regencies_of_one_name_are_told_apart() -> None:
    assert labels("33.71") == {"id": "Kota Magelang", "en": "Magelang City"}
    assert labels("33.08") == {"id": "Kabupaten Magelang", "en": "Magelang Regency"}
    assert value("33.71", VD.properName) == value("33.08", VD.properName) == "Magelang"


def test_a_province_has_its_usual_english_name() -> None:
    assert labels("33")["en"] == "Central Java Province"
    assert labels("18")["en"] == "Lampung Province"
    assert labels("31")["en"] == "Special Capital Region of Jakarta"


def test_the_two_cities_of_the_first_plans_are_linked_to_what_others_say() -> None:
    known = {"18.72": ("1872", "1635283"), "33.71": ("3371", "1636884")}
    for code, (bps, geonames) in known.items():
        region = ID[f"region/{code}"]
        assert value(code, VD.bpsCode) == bps
        assert (region, RDFS.seeAlso, URIRef(f"https://sws.geonames.org/{geonames}/")) in regions()
        assert languages(code, SKOS.editorialNote) == {"id", "en"}


def test_nothing_claims_to_be_the_same_as_a_thing_of_others() -> None:
    predicates = set(regions().predicates())
    assert len(predicates) >= 6
    assert not [p for p in predicates if "sameAs" in str(p)]


def test_the_file_reads_as_regions() -> None:
    found = read_regions((assets.data() / "regions.ttl").read_bytes())
    assert len(found) == 552
    assert Counter(region.kind for region in found) == {
        "provinsi": 38,
        "kabupaten": 416,
        "kota": 98,
    }
    (magelang,) = (region for region in found if region.code == "33.71")
    assert (magelang.name, magelang.kind, magelang.province) == ("Magelang", "kota", "33")


def test_a_region_comes_with_the_short_names_that_texts_use() -> None:
    by_code = {r.code: r for r in read_regions((assets.data() / "regions.ttl").read_bytes())}
    assert by_code["34"].short_names == ("DI Yogyakarta", "DIY", "Jogja")
    assert by_code["33"].short_names == ("Jateng",)
    assert by_code["33.71"].short_names == ()


def test_short_names_are_indonesian_and_no_region_s_proper_name() -> None:
    short = {*regions().objects(None, SKOS.altLabel), *regions().objects(None, SKOS.hiddenLabel)}
    proper = {str(name) for name in regions().objects(None, VD.properName)}
    assert len(short) > 40
    assert {name.language for name in short if isinstance(name, Literal)} == {"id"}
    assert {str(name) for name in short} & proper == set()
