"""Any thing has a page: what is said of it, where, and who refers to it."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

import pytest

from pages_site import shipped, visitor_of

METRO = "/page/plan/kota-metro"

MANY = """
<id/region/33> a vd:Province ; rdfs:label "Jawa Tengah"@id , "Central Java"@en .
""" + "".join(
    f'<id/region/33.{n:03}> a vd:Regency ; rdfs:label "Kabupaten {n:03}"@id ;'
    " vd:partOfRegion <id/region/33> .\n"
    for n in range(120)
)

HOSTILE = """
<id/thing/x> rdfs:label "<script>alert(1)</script>"@id ;
  rdfs:seeAlso <javascript:alert(1)> , <data:text/html,hello> , <https://example.org/?a=1&b=%22> ;
  rdfs:comment "</script><script>alert(2)</script><!--" ;
  vd:statementText "{{ 7 * 7 }} {% raw %}"@id .
"""

FOREIGN = """
<urn:x:thing> a <http://example.org/Kind> ; <http://example.org/hasPart> <urn:x:part> , [] .
<http://example.org/part> rdfs:label "a part"@en .
<urn:x:part> rdfs:label "Teil"@de , "part"@fr .
"""


def test_a_thing_is_told_in_plain_words_grouped_by_meaning() -> None:
    page = shipped().see("/page/region/33.71")
    assert page.one("h1").text == "Kota Magelang"
    heads = [head.text for head in page.all("h3")]
    assert heads[:2] == ["Bunyi dan nama", "Hubungan"]
    assert "bagian dari daerah Provinsi Jawa Tengah" in page.text
    assert "skos" not in page.text
    assert "prefLabel" not in page.text


def test_a_statement_shows_its_wording_and_the_way_up() -> None:
    page = shipped().see(f"{METRO}/mission/2")
    assert page.one("h1").text == "Misi 2"
    assert page.one("blockquote").text == "Mewujudkan Masyarakat sehat jasmani, rohani & sosial"
    trail = page.one("nav", class_="trail")
    assert " ".join(trail.text.split()) == "Rencana pembangunan Kota Metro"


def test_a_nested_statement_shows_all_that_it_is_part_of() -> None:
    page = shipped().see("/page/plan/kota-magelang-2016/pillar/3/dimension/4/measure/3")
    trail = " ".join(page.one("nav", class_="trail").text.split())
    assert "RPJMD Kota Magelang 2016–2021" in trail
    assert trail.index("Kota Cerdas") < trail.index("Smart environment")


def test_a_label_in_another_language_says_which() -> None:
    notes = [
        note.text for note in shipped().see("/page/sector/1.02").all("span", class_="lang-note")
    ]
    assert "en" in notes
    page = visitor_of(MANY).see("/page/region/33.001", "en")
    assert page.one("h1").text == "Kabupaten 001id"
    assert page.all("span", lang="id")[0].text == "Kabupaten 001"


def test_references_are_counted_and_paged_and_never_silently_cut() -> None:
    visitor = visitor_of(MANY)
    first = visitor.see("/page/region/33")
    assert "Disebut oleh 120 hal lain" in first.text
    assert "Halaman 1 dari 3" in first.text
    assert "Kabupaten 049" in first.text
    assert "Kabupaten 050" not in first.text
    onward = first.one("a", rel="next")["href"]
    assert onward == "/page/region/33?references=2#references"
    last = visitor.see("/page/region/33?references=3")
    assert "Kabupaten 119" in last.text
    assert last.all("a", rel="next") == []


def test_a_page_of_references_that_there_is_not_is_the_nearest_one() -> None:
    visitor = visitor_of(MANY)
    for number, shown in (("0", "1"), ("99", "3"), ("-1", "1"), ("x", "1"), ("9" * 30, "1")):
        page = visitor.see(f"/page/region/33?references={number}")
        assert f"Halaman {shown} dari 3" in page.text


def test_references_are_named_from_the_other_side() -> None:
    heads = [head.text for head in shipped().see(f"{METRO}/mission/1").all("h3")]
    assert "merupakan misi dari" in heads


def test_a_sector_lists_its_statements_with_the_evidence_marked() -> None:
    page = shipped().see("/page/sector/1.02")
    assert "RPJMD Kota Magelang 2016–2021" in page.text
    assert "Rencana pembangunan Kota Metro" in page.text
    marked = {mark.text.lower() for mark in page.all("mark")}
    assert "kesehatan" in marked
    assert "“sehat jasmani”" in page.text


def test_a_sector_lists_its_plans_page_by_page() -> None:
    many = "<id/sector/1.02> a skos:Concept .\n" + "".join(
        f"""<id/plan/p{n:02}> a vd:DevelopmentPlan ; rdfs:label "Rencana {n:02}"@id ;
          vd:hasMission <id/plan/p{n:02}/mission/1> .
        <id/plan/p{n:02}/mission/1> a vd:Mission ; vd:position 1 ;
          vd:normalizedText "Misi kesehatan"@id ;
          vd:hasSectorAssignment <id/plan/p{n:02}/mission/1/sector/1.02> .
        <id/plan/p{n:02}/mission/1/sector/1.02> a vd:SectorAssignment ;
          vd:assignedSector <id/sector/1.02> .
        """
        for n in range(45)
    )
    visitor = visitor_of(many)
    first = visitor.see("/page/sector/1.02")
    assert "Pernyataan yang menyinggungnya 45" in first.text
    assert [f"Rencana {n:02}" in first.text for n in (0, 4, 5)] == [True, True, False]
    onward = next(link["href"] for link in first.all("a", rel="next"))
    assert onward == "/page/sector/1.02?concerns=2#concerns"
    assert "Rencana 05" in visitor.see(onward).text


def test_many_values_of_a_property_are_cut_and_counted() -> None:
    values = " , ".join(f'"nilai {n:03}"' for n in range(120))
    page = visitor_of(f"<id/thing/x> rdfs:comment {values} .").see("/page/thing/x")
    assert "nilai 049" in page.text
    assert "nilai 050" not in page.text
    assert "dan 70 lagi, lengkap dalam unduhan" in page.text


def test_a_sector_that_nothing_concerns_says_so() -> None:
    assert "Belum ada pernyataan" in shipped().see("/page/sector/2.21").text


def test_words_for_machines_are_not_shown() -> None:
    triggers = shipped().client.get("/data/sector/1.02.ttl").get_data(as_text=True)
    assert "puskesmas" in triggers.lower()
    assert "puskesmas" not in shipped().see("/page/sector/1.02").text.lower()


def test_a_graph_has_a_page_under_a_name_in_words() -> None:
    page = shipped().see("/page?iri=https://w3id.org/visidaerah/graph/document/kota-metro")
    assert page.one("h1").text == "Naskah: Rencana pembangunan Kota Metro"


def test_what_is_not_in_the_graph_is_not_found() -> None:
    for address in ("/page/plan/none", "/page?iri=", "/page?iri=not%20an%20iri", "/page"):
        page = shipped().see(address, status=404)
        assert page.one("h1").text == "Halaman ini tidak ada"


def test_markup_and_templates_in_data_are_inert() -> None:
    html = visitor_of(HOSTILE).source("/page/thing/x")
    assert html.count("<script") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    page = visitor_of(HOSTILE).see("/page/thing/x")
    assert page.problems == []
    assert "{{ 7 * 7 }} {% raw %}" in page.text
    block = json.loads(page.one("script").text)
    assert "</script><script>alert(2)</script><!--" in json.dumps(block, ensure_ascii=False)


def test_only_web_addresses_become_links() -> None:
    page = visitor_of(HOSTILE).see("/page/thing/x")
    assert "alert(1)" in page.text
    schemes = {urlsplit(link["href"]).scheme for link in page.all("a")} - {""}
    assert schemes <= {"http", "https"}
    outside = next(link for link in page.all("a") if "example.org/?a=1" in link["href"])
    assert outside["href"] == "https://example.org/?a=1&b=%22"
    assert "noopener" in outside["rel"]


def test_things_of_any_name_have_a_page() -> None:
    visitor = visitor_of(FOREIGN)
    page = visitor.see("/page?iri=urn:x:thing")
    assert page.one("h1").text == "urn:x:thing"
    part = next(link for link in page.all("a") if "part" in link["href"] and "iri" in link["href"])
    assert visitor.see(part["href"]).one("h1").text in {"Teilde", "partfr"}


def test_a_very_long_value_is_cut_and_says_so() -> None:
    long = f'<id/thing/x> rdfs:comment "{"kata " * 5000}" .'
    page = visitor_of(long).see("/page/thing/x")
    assert "seluruhnya 25.000 karakter" in page.text
    assert len(page.text) < 5000


def test_a_release_without_the_ontology_still_names_its_terms_but_links_none() -> None:
    visitor = visitor_of(MANY)
    page = visitor.see("/page/region/33.001")
    assert "bagian dari daerah" in page.text
    assert [link["href"] for link in page.all("a") if "/ontology" in link["href"]] == []
    assert any("/ontology" in link["href"] for link in shipped().see("/page/region/33").all("a"))


def test_where_a_thing_is_stated_is_named_by_its_plan() -> None:
    assert (
        "Naskah: Rencana pembangunan Kota Metro"
        in shipped().see("/page/plan/kota-metro/mission/1").text
    )


def test_browsers_find_the_icon_where_they_look_first() -> None:
    response = shipped().client.get("/favicon.ico")
    assert response.status_code == 302
    assert response.headers["Location"].endswith("/icon.svg")


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/plans",
        "/sectors",
        "/compare",
        "/data",
        "/ontology",
        "/statements?plan=kota-metro&sector=https://w3id.org/visidaerah/id/sector/1.02",
        METRO,
        f"{METRO}/mission/2",
        "/page/sector/1.02",
        "/page/document/kota-metro",
        "/page/region/33.71",
    ],
)
def test_the_query_behind_a_page_can_be_asked_by_anyone(address: str) -> None:
    page = shipped().see(address, "en")
    behind = next(e for e in page.all("details") if "The query behind this page" in e.text)
    pattern = re.search(
        r"((?:PREFIX|SELECT|DESCRIBE)[\s\S]*?)\n?Open in the query editor", behind.text
    )
    assert pattern is not None
    asked = {"query": pattern[1]}
    response = shipped().client.get("/sparql", query_string=asked, headers={"Accept": "*/*"})
    assert response.status_code == 200
    assert len(response.data) > 200
