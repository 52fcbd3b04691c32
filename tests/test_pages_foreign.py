"""Data of anyone's, in any vocabulary, are shown and found; what they do not say is not claimed."""

from __future__ import annotations

import pytest

from pages_site import Visitor, visitor_of

LIBRARY = """
@prefix ex: <http://example.org/> .
ex:b1 a ex:Book ; dct:title "Laskar Pelangi"@id ; ex:by [ foaf:name "tanpa IRI" ] ;
  dct:description "Kisah anak-anak Belitung"@id .
ex:b2 a ex:Book ; <https://schema.org/name> "Bumi Manusia" .
ex:p1 a foaf:Person ; foaf:name "Pramoedya" ; ex:weight 0.125 .
ex:Book rdfs:label "buku"@id , "book"@en .
"""


def library() -> Visitor:
    return visitor_of(LIBRARY)


def test_the_front_page_of_other_data_lists_classes_and_their_first_members() -> None:
    page = library().see("/")
    links = {link.text: link["href"] for link in page.all("a")}
    assert links["buku"] == "/page?iri=http%3A%2F%2Fexample.org%2FBook"
    assert links["Laskar Pelangi"] == "/page?iri=http%3A%2F%2Fexample.org%2Fb1"
    assert next(h.text for h in page.all("h3") if "buku" in h.text) == "buku 2"
    assert page.problems == []
    for address in links.values():
        if address.startswith("/page?"):
            assert library().see(address).one("h1").text


def test_the_front_page_of_data_without_classes_lists_things() -> None:
    page = visitor_of("<http://example.org/a> <http://example.org/b> 1 .").see("/")
    assert "/page?iri=http%3A%2F%2Fexample.org%2Fa" in {link["href"] for link in page.all("a")}


def test_a_large_class_is_counted_and_its_first_members_named() -> None:
    many = "".join(f"<http://example.org/{n}> a <http://example.org/C> . " for n in range(1234))
    page = visitor_of(many).see("/")
    assert "1.234" in page.text
    members = [
        a for a in page.all("a") if "example.org%2F" in a["href"] and "%2FC" not in a["href"]
    ]
    assert 0 < len(members) < 20


@pytest.mark.parametrize("words", ["Laskar", "Bumi", "Pramoedya", "Belitung"])
def test_things_are_found_by_the_names_they_are_shown_with(words: str) -> None:
    page = library().see(f"/search?q={words}")
    assert [link for link in page.all("a") if link["href"].startswith("/page?iri=")]
    assert "Lainnya" in page.text


def test_the_search_of_plans_is_not_crowded_by_other_things() -> None:
    page = visitor_of(
        '<id/plan/x> a vd:DevelopmentPlan ; rdfs:label "Kota"@id . <urn:a> rdfs:label "Kota"@id .'
    ).see("/search?q=kota")
    assert "Lainnya" not in page.text


@pytest.mark.parametrize(("language", "words"), [("id", "tanpa nama"), ("en", "unnamed")])
def test_what_has_no_name_is_said_to_have_none(language: str, words: str) -> None:
    page = library().see("/page?iri=http://example.org/b1", language)
    assert words in page.text
    assert "_:" not in page.text


def test_a_fraction_on_the_page_of_a_thing_is_written_as_the_language_writes_it() -> None:
    address = "/page?iri=http://example.org/p1"
    assert "0,125" in library().see(address).text
    assert "0.125" in library().see(address, "en").text


def test_what_is_stated_without_a_name_is_not_said_to_be_unstated() -> None:
    page = visitor_of("""<id/plan/x> a vd:DevelopmentPlan ; vd:hasPeriod [ vd:startYear 1 ] ;
      vd:coversRegion "Kota Lain" ; vd:hasEstablishment [ vd:establishedBy "Wali Kota"@id ] .
    """).see("/page/plan/x")
    facts = [one.text.strip() for one in page.all("dd")]
    assert facts[:2] == ["Kota Lain", "tanpa nama"]
    assert "Wali Kota" in page.text
    assert page.text.count("tidak disebut dalam naskah") == 1


def test_no_page_links_to_a_script() -> None:
    visitor = visitor_of('<javascript:alert(3)> a <javascript:alert(4)> ; rdfs:label "x" .')
    for address in ("/page?iri=javascript%3Aalert(3)", "/"):
        page = visitor.see(address)
        hrefs = [e["href"] for e in page.elements if "href" in e.attributes]
        assert hrefs
        assert [href for href in hrefs if href.startswith("javascript:")] == []


def test_a_long_text_is_cut_and_leads_to_the_whole() -> None:
    page = visitor_of(f'<id/x> rdfs:comment "{"kata " * 1000}" .').see("/page/x")
    cut = next(one.text for one in page.all("dd") if "dipotong" in one.text)
    assert len(cut) < 2200
    assert "5.000 karakter" in cut
    links = [link for link in page.all("a", href="/data/x.ttl") if "dd" in link.parents]
    assert len(links) == 1


def test_a_long_name_is_cut_too() -> None:
    page = visitor_of(f'<id/x> rdfs:label "{"kata " * 10000}" .').see("/page/x")
    assert len(page.one("h1").text) <= 2000
