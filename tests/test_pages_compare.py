"""Plans stand side by side, and every number leads to what it counts."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest

from pages_site import shipped, visitor_of
from visidaerah.web.pages.compare import COLUMNS, SHADES, shade

PAIR = "/compare?plan=kota-metro&plan=kota-magelang-2016"


def plans(number: int) -> str:
    """Return TriG of plans of one region in different periods, each with one mission on health."""
    return """
<id/region/33.71> a vd:City ; rdfs:label "Kota Magelang"@id ; vd:partOfRegion <id/region/33> .
<id/region/33> a vd:Province ; rdfs:label "Jawa Tengah"@id .
<id/sector/1.02> skos:prefLabel "Kesehatan"@id ; skos:notation "1.02" .
""" + "".join(
        f"""
<id/plan/p-{n}> a vd:DevelopmentPlan ; rdfs:label "Rencana {n:04}"@id ;
  vd:coversRegion <id/region/33.71> ; vd:hasPeriod <id/plan/p-{n}/period> ;
  vd:hasMission <id/plan/p-{n}/mission/1> ; vd:hasElement <id/plan/p-{n}/mission/1> .
<id/plan/p-{n}/period> vd:startYear "{1000 + n}"^^xsd:gYear ; vd:endYear "{1004 + n}"^^xsd:gYear .
<id/plan/p-{n}/mission/1> a vd:Mission ; vd:position 1 ; vd:normalizedText "Misi sehat {n}"@id ;
  vd:hasSectorAssignment <id/plan/p-{n}/mission/1/sector/1.02> .
<id/plan/p-{n}/mission/1/sector/1.02> vd:assignedSector <id/sector/1.02> ; vd:confidence 0.8 .
"""
        for n in range(number)
    )


def rows_of(address: str, language: str = "id") -> list[dict[str, str]]:
    response = shipped().client.get(address, headers={"Accept-Language": language})
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    return list(csv.DictReader(io.StringIO(response.get_data().decode("utf-8-sig"))))


def test_all_plans_are_compared_where_none_is_chosen() -> None:
    heads = [head.text for head in shipped().see("/compare").all("th", scope="col")]
    assert heads[1:4] == [
        "RPJMD Kota Magelang 2016–2021",
        "Rencana pembangunan Kota Metro",
        "Semua 2 rencana",
    ]


def test_each_number_of_the_matrix_is_the_number_of_statements_it_leads_to() -> None:
    page = shipped().see(PAIR)
    numbers = [link for link in page.all("a") if link["href"].startswith("/statements?")]
    assert len(numbers) > 30
    for number in numbers[::7]:
        listed = shipped().see(number["href"])
        items = [item for item in listed.all("li") if "main" in item.parents]
        assert len(items) == int(number.text.split()[0])


def test_a_number_says_in_words_what_it_counts() -> None:
    texts = {" ".join(link.text.split()) for link in shipped().see(PAIR, "en").all("a")}
    assert any(re.fullmatch(r"\d+ about Health in Development plan of .*", text) for text in texts)


def test_missions_alone_can_be_counted_and_sectors_without_any_are_named() -> None:
    page = shipped().see(f"{PAIR}&count=missions", "en")
    assert "Sectors that no mission of these plans touches" in page.text
    untouched = page.text.partition("Sectors that no mission of these plans touches")[2]
    assert "3.25" in untouched
    number = next(link for link in page.all("a") if link["href"].startswith("/statements?"))
    assert parse_qs(urlsplit(number["href"]).query)["count"] == ["missions"]
    assert "Mission" in shipped().see(number["href"], "en").text


def test_two_plans_are_laid_next_to_each_other_by_the_sectors_of_their_missions() -> None:
    page = shipped().see(PAIR)
    assert "Terwujudnya Kota Metro Berpendidikan" in page.text
    captions = [caption.text for caption in page.all("caption")]
    assert captions[2:] == [
        "Urusan yang disinggung misi kedua rencana",
        "Urusan yang hanya disinggung misi RPJMD Kota Magelang 2016–2021",
    ]


def test_one_plan_is_shown_alone() -> None:
    page = shipped().see("/compare?plan=kota-metro")
    heads = [head.text for head in page.all("th", scope="col")]
    assert heads == ["Urusan", "Rencana pembangunan Kota Metro"]


def test_a_plan_may_be_named_by_its_iri_and_twice() -> None:
    iri = "https://w3id.org/visidaerah/id/plan/kota-metro"
    page = shipped().see(f"/compare?plan={iri}&plan=kota-metro")
    assert len(page.all("th", scope="col")) == 2


@pytest.mark.parametrize("name", ["nowhere", "%3Cb%3E", "javascript:1", "%00"])
def test_an_unknown_plan_is_not_found(name: str) -> None:
    shipped().see(f"/compare?plan={name}", status=404)
    shipped().see(f"/statements?plan={name}&sector=x", status=404)


def test_an_unknown_sector_is_not_found() -> None:
    shipped().see("/statements?plan=kota-metro&sector=x", status=404)


def test_many_plans_are_compared_a_page_at_a_time() -> None:
    many = visitor_of(plans(COLUMNS + 3))
    first = many.see("/compare")
    assert len(first.all("th", scope="col")) == COLUMNS + 2
    assert f"{COLUMNS + 3}" in first.all("td", class_="num")[0].text
    following = next(link["href"] for link in first.all("a") if link["rel"] == "next")
    assert len(many.see(following).all("th", scope="col")) == 3 + 2


def test_plans_are_found_by_words_province_and_year() -> None:
    many = visitor_of(plans(12))
    assert len(many.see("/compare?q=rencana+0007").all("th", scope="col")) == 2
    assert len(many.see("/compare?year=1000").all("th", scope="col")) == 2
    assert "Tidak ada rencana yang cocok" in many.see("/compare?province=18").text
    assert "12 rencana cocok" in many.see("/plans?province=33&q=jawa+tengah").text
    assert "0 rencana cocok" in many.see("/plans?year=besok").text


def test_the_list_of_plans_is_paged() -> None:
    many = visitor_of(plans(45))
    seen: list[str] = []
    address: str | None = "/plans"
    while address:
        page = many.see(address)
        seen += [card.text for card in page.all("h2", class_="card-heading")]
        address = next((link["href"] for link in page.all("a") if link["rel"] == "next"), None)
    assert seen == [f"Rencana {n:04}" for n in range(45)]


def test_plans_that_were_chosen_stay_chosen_while_others_are_looked_for() -> None:
    many = visitor_of(plans(60))
    page = many.see("/compare?plan=p-3&plan=p-50&choices=2")
    checked = [
        box["value"] for box in page.all("input", type="checkbox") if "checked" in box.attributes
    ]
    assert checked == ["p-3", "p-50"]
    assert len(page.all("input", type="checkbox")) == 2 + 24


def test_a_release_without_plans_says_so() -> None:
    assert "Belum ada rencana di sini." in visitor_of("").see("/compare").text


def test_the_table_to_download_has_names_beside_iris() -> None:
    rows = rows_of(f"/compare.csv?{urlsplit(PAIR).query}&lang=en")
    health = [row for row in rows if row["code"] == "1.02"]
    assert {row["Plan"] for row in health} == {
        "Development plan of Metro City",
        "RPJMD of Magelang City 2016–2021",
    }
    assert {row["sector (IRI)"] for row in health} == {"https://w3id.org/visidaerah/id/sector/1.02"}
    assert all(int(row["Count"]) > 0 for row in rows)


def test_the_picture_is_well_formed_and_says_what_the_table_says() -> None:
    response = shipped().client.get(f"/compare.svg?{urlsplit(PAIR).query}&lang=en")
    assert response.mimetype == "image/svg+xml"
    words = ET.fromstring(response.data).itertext()
    assert "1.02  Health" in {word.strip() for word in words}


def test_a_comparison_has_no_other_forms() -> None:
    shipped().see("/compare.exe", status=404)


def test_the_strongest_colour_is_for_the_most_and_the_weakest_for_none() -> None:
    assert [shade(count, 9) for count in (0, 1, 9)] == [0, 1, SHADES]
    assert shade(1, 1) == SHADES
