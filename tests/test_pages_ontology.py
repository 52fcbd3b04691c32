"""The ontology is documented from its Turtle, with a picture and a table that say the same."""

from __future__ import annotations

import re

from pages_site import shipped, visitor_of


def test_every_box_of_the_picture_is_a_class_and_leads_to_what_it_means() -> None:
    page = shipped().see("/ontology", "en")
    svg = page.one("svg", class_="diagram")
    heads = [text.text for text in page.all("text", class_="head")]
    assert len(heads) > 15
    assert {"development plan", "vision", "mission", "vision pillar"} <= set(heads)
    links = [link["href"] for link in page.all("a") if "svg" in link.parents]
    assert {href.removeprefix("#") for href in links} - set(page.ids) == set()
    assert svg["width"]


def test_the_table_beside_the_picture_has_every_relation_of_it() -> None:
    page = shipped().see("/ontology", "en")
    told = {line.text for line in page.all("text") if "→" in line.text}
    table = {(cell["data-name"], cell.text) for cell in page.all("td") if "details" in cell.parents}
    names = {words for head, words in table if head == "Relation"}
    assert len(names) > 25
    assert {line.partition(" → ")[0] for line in told if not line.endswith("…")} <= names


def test_a_class_is_told_with_examples_from_the_data() -> None:
    page = shipped().see("/ontology", "en")
    mission = next(section for section in page.all("section") if section["id"] == "Mission")
    assert "In the data" in mission.text
    assert "Uses in the data\n10" in re.sub(r"[ \n]+", lambda m: m[0][-1], mission.text)


def test_an_ontology_of_anyones_is_drawn_as_far_as_it_goes() -> None:
    odd = visitor_of("""<graph/ontology> {
        <ontology> a owl:Ontology .
        vd:Mission a owl:Class . vd:Pillar a owl:Class .
        vd:contributesTo a owl:ObjectProperty ; rdfs:domain vd:Mission ; rdfs:range vd:Pillar .
        vd:hasPillar a owl:ObjectProperty ; rdfs:range vd:Pillar ;
          rdfs:domain [ owl:unionOf _:list ] .
        _:list rdf:first vd:Mission ; rdf:rest _:list .
    }""")
    page = odd.see("/ontology")
    assert len(page.all("text", class_="head")) == 2


def test_an_ontology_without_relations_has_no_picture() -> None:
    plain = visitor_of("<graph/ontology> { <ontology> a owl:Ontology . vd:Mission a owl:Class }")
    assert plain.see("/ontology").all("svg") == []
