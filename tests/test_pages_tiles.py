"""The map of tiles has every province, each on a tile of its own."""

from __future__ import annotations

from pages_site import shipped
from visidaerah.store import Store
from visidaerah.vocabulary import RDF, VD
from visidaerah.web.pages.tiles import LETTERS, PLACES


def test_every_province_has_a_tile_of_its_own() -> None:
    provinces = Store.shipped().triples(None, RDF.type, VD.Province)
    codes = {str(triple.subject).rstrip(">").rpartition("/")[2] for triple in provinces}
    assert len(codes) == 38
    assert set(PLACES) == codes
    assert len(set(PLACES.values())) == 38
    assert set(LETTERS) == codes
    assert len(set(LETTERS.values())) == 38


def test_a_tile_tells_its_province_and_its_plans() -> None:
    titles = [title.text for title in shipped().see("/").all("title") if "svg" in title.parents]
    assert "Lampung: 1 rencana" in titles
    assert "Papua Barat Daya" in titles


def test_a_tile_shows_the_letters_of_its_province() -> None:
    letters = [text.text for text in shipped().see("/").all("text", class_="letters")]
    assert len(letters) == 38
    assert {"JT", "LA"} <= set(letters)
