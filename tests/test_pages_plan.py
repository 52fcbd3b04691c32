"""A plan's page tells the whole plan, and every statement leads to its sentence."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from pages_site import shipped, visitor_of
from visidaerah.assets import data
from visidaerah.documents import read_folder

METRO = "/page/plan/kota-metro"
MAGELANG = "/page/plan/kota-magelang-2016"
SLUGS = ("kota-metro", "kota-magelang-2016")


def text_of(slug: str) -> str:
    return read_folder(data() / "documents" / slug).text


def told(slug: str, language: str = "id") -> str:
    return shipped().see(f"/page/plan/{slug}", language).text


def test_the_vision_is_told_with_its_key_words_leading_to_their_pillars() -> None:
    page = shipped().see(METRO)
    assert "Terwujudnya Kota Metro Berpendidikan, Sehat, Sejahtera dan Berbudaya" in page.text
    words = {link.text: link["href"] for link in page.all("a", class_="key")}
    assert words == {
        "Berpendidikan": "#pillar/1",
        "Sehat": "#pillar/2",
        "Sejahtera": "#pillar/3",
        "Berbudaya": "#pillar/4",
    }


def test_pillars_and_missions_are_told_in_order() -> None:
    page = shipped().see(MAGELANG)
    wholes = [item["id"] for item in page.all("li") if item["id"]]
    assert wholes == [
        *(f"pillar/{number}" for number in range(1, 6)),
        *(f"mission/{number}" for number in range(1, 6)),
    ]
    pillars = ["Kota Jasa", "Kota Modern", "Kota Cerdas", "Masyarakat Sejahtera"]
    places = [page.text.index(f"{name} Kutipan") for name in pillars]
    assert places == sorted(places)


def test_dimensions_are_told_with_their_measures() -> None:
    page = told("kota-magelang-2016")
    assert "Dimensi 4 Smart environment" in page
    assert "Langkah 3 pemanfaatan sumber energi terbarukan" in page


@pytest.mark.parametrize("slug", SLUGS)
def test_every_statement_leads_to_its_sentence(slug: str) -> None:
    page = shipped().see(f"/page/plan/{slug}")
    quotes = [unquote(link["href"]) for link in page.all("a", class_="cite")]
    assert len(quotes) > 30
    spans = set(shipped().see(f"/page/document/{slug}").ids)
    assert [href for href in quotes if href.partition("#")[2] not in spans] == []
    assert {href.partition("#")[0] for href in quotes} == {f"/page/document/{slug}"}


def test_the_sectors_of_a_mission_come_with_words_method_and_confidence() -> None:
    page = shipped().see(METRO)
    mission = next(item for item in page.all("li") if item["id"] == "mission/2")
    reason = " ".join(mission.text.split())
    assert re.search(r"Kesehatan: karena kata “[^”]*[Ss]ehat[^”]*”.*keyakinan 0,\d", reason)


def test_what_a_text_does_not_state_is_said_to_be_unstated() -> None:
    facts = " ".join(shipped().see(METRO).all("dl", class_="facts")[0].text.split())
    assert "Jenis rencana tidak disebut dalam naskah" in facts
    assert "Ditetapkan oleh tidak disebut dalam naskah" in facts
    assert "Periode 5 tahun" in facts
    assert "2021" not in facts


def test_what_a_text_states_of_its_plan_is_told() -> None:
    facts = " ".join(shipped().see(MAGELANG).all("dl", class_="facts")[0].text.split())
    for words in (
        "Kota Magelang",
        "Rencana Pembangunan Jangka Menengah Daerah",
        "2016–2021",
        "Walikota",
        "Wakil Walikota",
    ):
        assert words in facts


def test_a_declared_count_stands_beside_the_count_found() -> None:
    assert "4 disebut Kutipan : pokok visi; 4 ditemukan (cocok)" in told("kota-metro").replace(
        "Kutipan:", "Kutipan :"
    )


def test_a_term_is_told_with_its_expansion() -> None:
    assert "GEMERLANG Generasi Emas Metro Cemerlang: masyarakat cerdas" in told("kota-metro")


def test_pillars_name_what_they_are_founded_on() -> None:
    page = shipped().see(MAGELANG)
    pillar = next(item for item in page.all("li") if item["id"] == "pillar/1")
    assert "Dilandasi oleh Masyarakat Sejahtera, Masyarakat Religius" in " ".join(
        pillar.text.split()
    )


def test_the_query_behind_the_page_gives_its_statements() -> None:
    page = shipped().see(METRO)
    address = next(link["href"] for link in page.all("a") if link["href"].startswith("/sparql?"))
    rows = shipped().client.get(f"{address}&format=csv").get_data(as_text=True).splitlines()
    elements = {row.split(",")[2] for row in rows[1:]}
    assert f"https://w3id.org/visidaerah/id{METRO.removeprefix('/page')}/mission/5" in elements
    assert len(elements) > 15


def test_the_data_of_a_plan_come_in_every_format() -> None:
    page = shipped().see(METRO)
    data = [link for link in page.all("a", rel="alternate") if link["href"].startswith("/data/")]
    assert {link.text for link in data} == {
        "Turtle",
        "JSON-LD",
        "RDF/XML",
        "N-Triples",
        "TriG",
        "N-Quads",
    }


BARE = """
<graph/document/x> {
  <id/plan/x> a vd:DevelopmentPlan .
}
"""

WITHOUT_TEXT = """
<id/plan/x> a vd:DevelopmentPlan ; rdfs:label "Rencana X"@id ;
  vd:hasVision <id/plan/x/vision> ; vd:hasMission <id/plan/x/m> ;
  vd:declaresCount <id/plan/x/count/mission> .
<id/plan/x/vision> a vd:Vision ; vd:statementText "Kota   yang\u00a0maju"@id .
<id/plan/x/m> a vd:Mission ; vd:position 7 ; rdfs:label "Membangun"@id ;
  vd:hasSectorAssignment <id/plan/x/m/sector/1.01> ; vd:hasComponent <id/plan/x/m> .
<id/plan/x/m/sector/1.01> a vd:SectorAssignment ; vd:assignedSector <id/sector/1.01> ;
  vd:confidence "sangat yakin" .
<id/plan/x/m> vd:hasSectorAssignment <urn:x:judged> .
<urn:x:judged> a vd:SectorAssignment ; vd:assignedSector <urn:x:sector> .
<id/plan/x/count/mission> a vd:DeclaredCount ; vd:countOf <id/countable/mission> ;
  vd:countValue 5 .
"""


def test_a_plan_of_which_nothing_is_known_still_has_a_page() -> None:
    page = visitor_of(BARE).see("/page/plan/x")
    assert "Tidak ada visi yang terbaca" in page.text
    assert "Tidak ada misi yang terbaca" in page.text


def test_a_plan_without_its_text_is_told_from_its_statements() -> None:
    page = visitor_of(WITHOUT_TEXT).see("/page/plan/x")
    assert "“Kota yang maju”" in page.text
    assert "Misi 7" in page.text
    assert "keyakinan tidak diketahui" in page.text


def test_a_sector_that_no_address_leads_to_is_named_without_a_link() -> None:
    page = visitor_of(WITHOUT_TEXT).see("/page/plan/x")
    assert "urn:x:sector" in page.text
    assert [
        link["href"] for link in page.all("a") if link["href"] in {"None", "urn:x:sector"}
    ] == []


def test_a_count_that_differs_is_said_to_differ() -> None:
    page = visitor_of(WITHOUT_TEXT).see("/page/plan/x", "en")
    assert "5 declared; 1 found (differs)" in page.text


def test_what_claims_to_be_part_of_itself_is_told_once() -> None:
    page = visitor_of(WITHOUT_TEXT).see("/page/plan/x")
    assert page.text.count("Membangun") == 1
    assert visitor_of(WITHOUT_TEXT).see("/page/plan/x/m").one("h1").text == "Membangun"


TWO_LANGUAGES = """
<id/plan/x> a vd:DevelopmentPlan ; rdfs:label "Rencana X"@id ;
  vd:hasPillar <id/plan/x/pillar/1> ; vd:hasMission <id/plan/x/mission/1> .
<id/plan/x/pillar/1> a vd:Pillar ; vd:position 1 ; rdfs:label "Kota Sehat"@id, "Healthy City"@en ;
  vd:normalizedText "Kota Sehat"@id ; vd:hasFacet <id/plan/x/pillar/1/facet/aspect/1> .
<id/plan/x/pillar/1/facet/aspect/1> a vd:Facet ; vd:facetKind <id/facet-kind/aspect> ;
  rdfs:label "jasmani"@id , "body"@en ; vd:statementText "jasmani"@id .
<id/plan/x/mission/1> a vd:Mission ; vd:position 1 ;
  rdfs:label "Membangun puskesmas"@id , "Building health centres"@en ;
  vd:normalizedText "Membangun puskesmas"@id ; vd:hasGoal <id/plan/x/goal/1> ;
  vd:hasSectorCandidate <id/plan/x/mission/1/sector/1.01> ;
  vd:hasContribution <id/plan/x/mission/1/contribution/1> .
<id/plan/x/mission/1/contribution/1> a vd:Contribution ; vd:confidence 0.9 ;
  vd:contributionTarget <id/plan/x/pillar/1> ; vd:method <id/method/human> ;
  rdfs:comment "Puskesmas menyehatkan warga."@id .
<id/plan/x/mission/1/sector/1.01> a vd:SectorCandidate ; vd:assignedSector <id/sector/1.01> ;
  vd:confidence 0.3 .
<id/plan/x/goal/1> a vd:Goal ; vd:position 1 ; vd:normalizedText "Warga sehat"@id ;
  vd:hasObjective <id/plan/x/objective/1> .
<id/plan/x/objective/1> a vd:Objective ; vd:position 1 ; vd:normalizedText "Usia harapan naik"@id .
"""


def test_a_statement_is_shown_in_its_own_words_with_the_name_the_reader_understands() -> None:
    visitor = visitor_of(TWO_LANGUAGES)
    english, indonesian = (visitor.see("/page/plan/x", language).text for language in ("en", "id"))
    assert "Membangun puskesmas" in english
    assert "Building health centres" in english
    assert "Building health centres" not in indonesian
    assert "aspect: jasmani (body)" in english
    assert "body" not in indonesian


def test_a_contribution_is_told_with_who_judged_and_why() -> None:
    page = visitor_of(TWO_LANGUAGES).see("/page/plan/x")
    assert re.search(r"Kota Sehat: .*keyakinan 0,9; Puskesmas menyehatkan warga\.", page.text)


def test_a_candidate_is_told_only_on_the_page_of_its_statement() -> None:
    visitor = visitor_of(TWO_LANGUAGES)
    assert "keyakinan 0,3" not in visitor.see("/page/plan/x").text
    told = visitor.see("/page/plan/x/mission/1").text
    assert "tidak diterbitkan sebagai penetapan" in told
    assert "keyakinan 0,3" in told


def test_goals_and_objectives_stand_under_their_mission() -> None:
    text = visitor_of(TWO_LANGUAGES).see("/page/plan/x").text
    places = [text.index(words) for words in ("puskesmas", "Warga sehat", "Usia harapan naik")]
    assert places == sorted(places)


GAPS = """
<id/plan/x> a vd:DevelopmentPlan ; rdfs:label "Rencana"@id ; vd:hasVision <id/plan/x/vision> ;
  vd:hasMission <id/plan/x/mission/1> , <id/plan/x/mission/2> ;
  vd:declaresCount <id/plan/x/count/mission> .
<id/plan/x/vision> a vd:Vision ; vd:normalizedText "Visi"@id ;
  vd:hasPillar <id/plan/x/pillar/1> , <id/plan/x/pillar/2> .
<id/plan/x/pillar/1> a vd:Pillar ; vd:position 1 ; vd:normalizedText "Maju"@id .
<id/plan/x/pillar/2> a vd:Pillar ; vd:position 2 ; vd:normalizedText "Aman"@id .
<id/plan/x/mission/1> a vd:Mission ; vd:position 1 ; vd:normalizedText "Satu"@id ;
  vd:hasGoal <id/plan/x/mission/1/goal/1> ;
  vd:hasContribution <id/plan/x/mission/1/contribution/1> ;
  vd:hasSectorAssignment <id/plan/x/mission/1/sector/1.02> .
<id/plan/x/mission/1/goal/1> a vd:Goal ; vd:position 1 ; vd:normalizedText "Tujuan satu"@id .
<id/plan/x/mission/1/contribution/1> vd:contributionTarget <id/plan/x/pillar/1> .
<id/plan/x/mission/1/sector/1.02> vd:assignedSector <id/sector/1.02> .
<id/plan/x/mission/2> a vd:Mission ; vd:position 2 ; vd:normalizedText "Dua"@id .
<id/plan/x/count/mission> vd:countOf <id/countable/mission> ; vd:countValue 3 .
<id/countable/mission> skos:prefLabel "misi"@id , "missions"@en .
"""


def test_a_plan_says_what_it_lacks_and_where() -> None:
    page = visitor_of(GAPS).see("/page/plan/x", "en")
    section = next(e for e in page.all("section") if e["aria-labelledby"] == "gaps")
    words = " ".join(section.text.split())
    assert "Missions that concern no sector: Mission 2" in words
    assert "no mission is known to contribute: Vision pillar 2" in words
    assert "Missions without a goal or objective: Mission 2" in words
    assert "The text declares 3 for “missions”; 2 were found" in words


def test_a_mission_without_a_sector_says_so_in_its_place() -> None:
    page = visitor_of(GAPS).see("/page/plan/x")
    second = next(item for item in page.all("li") if item["id"] == "mission/2")
    assert "Tidak ada urusan yang dapat ditetapkan" in second.text


def test_goals_are_told_under_their_missions() -> None:
    page = visitor_of(GAPS).see("/page/plan/x")
    first = next(item for item in page.all("li") if item["id"] == "mission/1")
    assert "Tujuan satu" in first.text


def test_a_plan_that_lacks_nothing_says_nothing_of_it() -> None:
    assert "Yang perlu dilihat" not in told("kota-magelang-2016")
    assert "mendukung pokok visi mana pun: Misi 3, Misi 5" in told("kota-metro")


def test_what_nobody_has_judged_is_not_missed() -> None:
    unjudged = re.sub(r"  vd:hasContribution .*\n", "", GAPS)
    assert "known to contribute" not in visitor_of(unjudged).see("/page/plan/x", "en").text
