"""The query form and its editor: completions from the data, pictures of answers, built scripts."""

from __future__ import annotations

import gzip
import json
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

import pytest

from html_pages import parsed
from pages_site import shipped, visitor_of
from visidaerah.store import Store
from visidaerah.vocabulary import PREFIXES
from visidaerah.web import create_app

STATIC = files("visidaerah.web") / "static"
FRONTEND = Path(__file__).parent.parent / "frontend"
FIRST_VIEW = 50_000
"""Bytes, compressed, that a first view may have."""


def completed(
    q: str, kind: str = "", language: str = "id", trig: str | None = None
) -> list[dict[str, str]]:
    visitor = shipped() if trig is None else visitor_of(trig)
    response = visitor.client.get(
        "/completions", query_string={"q": q, "kind": kind}, headers={"Accept-Language": language}
    )
    assert response.status_code == 200
    found = response.get_json()["completions"]
    assert isinstance(found, list)
    return found


def texts(found: list[dict[str, str]]) -> list[str]:
    return [one["text"] for one in found]


def record() -> dict[str, dict[str, str]]:
    content = json.loads((STATIC / "built.json").read_bytes())
    assert isinstance(content, dict)
    return content


def test_a_property_is_completed_by_the_start_of_its_name() -> None:
    found = completed("vd:hasM")
    assert texts(found)[0] == "vd:hasMission"
    assert (found[0]["prefix"], found[0]["namespace"]) == ("vd", PREFIXES["vd"])
    assert found[0]["iri"] == PREFIXES["vd"] + "hasMission"


def test_a_class_is_completed_by_its_label_in_the_readers_language() -> None:
    assert "vd:Mission" in texts(completed("misi", "class"))
    assert "vd:Pillar" in texts(completed("vision pillar", "class", "en"))
    assert {one["kind"] for one in completed("", "class")} == {"class"}


def test_a_kind_narrows_the_completions() -> None:
    assert {one["kind"] for one in completed("has", "property")} == {"property"}
    assert {one["kind"] for one in completed("", "property")} == {"property"}


def test_a_thing_is_completed_by_its_name() -> None:
    (health,) = [one for one in completed("kesehatan") if one["iri"].endswith("/id/sector/1.02")]
    assert health["text"] == "<https://w3id.org/visidaerah/id/sector/1.02>"
    assert health["name"] == "Kesehatan"
    assert health["detail"]
    assert "prefix" not in health


def test_a_thing_whose_name_begins_with_what_is_typed_comes_first() -> None:
    assert completed("kesehatan")[0]["name"] == "Kesehatan"
    assert completed("Kota Metro")[0]["name"] == "Kota Metro"


def test_a_prefix_is_completed_with_its_namespace() -> None:
    assert texts(completed("sk", "prefix")) == ["skos:"]
    assert len(completed("", "prefix")) == len(PREFIXES)


def test_nothing_that_fits_is_no_error() -> None:
    assert completed("tidakadayangbegini") == []
    assert completed('"<>{}|\\^`\x00%*', "") == []


@pytest.mark.parametrize("kind", ["", "class", "property", "thing", "nonsense"])
def test_completions_are_bounded(kind: str) -> None:
    assert len(completed("a", kind)) <= 30


def test_completions_are_validated_by_a_tag_of_their_own() -> None:
    first = shipped().client.get("/completions?q=vd:")
    again = shipped().client.get(
        "/completions?q=vd:", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304
    assert {"Accept-Language", "Cookie"} <= {
        name.strip() for name in first.headers["Vary"].split(",")
    }


FOREIGN = """
<urn:x:shop> a <http://shop.example/terms/Shop> ; rdfs:label "Toko Baru" ;
  <http://shop.example/terms/sells> <urn:x:bread> .
"""


def test_the_terms_of_other_data_are_completed_as_iris() -> None:
    assert texts(completed("shop", "class", trig=FOREIGN)) == ["<http://shop.example/terms/Shop>"]
    assert texts(completed("sells", "property", trig=FOREIGN)) == [
        "<http://shop.example/terms/sells>"
    ]
    assert "<urn:x:shop>" in texts(completed("toko", trig=FOREIGN))
    assert texts(completed("http://shop.example/terms/se", trig=FOREIGN)) == [
        "<http://shop.example/terms/sells>"
    ]


def test_what_completions_need_of_the_release_is_taken_before_anyone_asks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = create_app(Store.shipped())
    site = app.extensions["visidaerah"]
    site.renderer.prepare(site)
    monkeypatch.setattr("visidaerah.web.pages.completion.counts_by", refuse)
    response = app.test_client().get("/completions?q=vd:hasM")
    assert "vd:hasMission" in texts(response.get_json()["completions"])


def refuse(*_: object) -> None:
    raise AssertionError("The release was looked through while someone waited.")


def test_data_without_anything_have_no_completions() -> None:
    assert completed("a", trig="") == []


def test_the_form_gives_the_scripts_their_words_in_both_languages() -> None:
    for language, cancelled in (("id", "Dibatalkan"), ("en", "Cancelled")):
        (form,) = [
            one for one in shipped().see("/sparql", language).all("form") if one["data-words"]
        ]
        words = json.loads(form["data-words"])
        assert words["cancelled"].startswith(cancelled)
        assert "{line}" in words["place"]
        assert words["reasons"].keys() == {"ends-early", "unknown-prefix"}
        script = shipped().client.get(form["data-editor"])
        assert (script.status_code, script.mimetype) == (200, "text/javascript")


def test_the_editor_is_not_part_of_the_first_view() -> None:
    page = shipped().see("/sparql")
    scripts = [script["src"] for script in page.all("script")]
    styles = [link["href"] for link in page.all("link", rel="stylesheet")]
    assert [script.rpartition("/")[2] for script in scripts] == ["query.js"]
    loaded = ("/sparql", *scripts, *styles)
    assert (
        sum(
            len(gzip.compress(shipped().client.get(one, headers={"Accept": "text/html"}).data))
            for one in loaded
        )
        < FIRST_VIEW
    )


@pytest.mark.parametrize("address", ["/", "/plans", "/page/plan/kota-metro", "/search?q=sehat"])
def test_other_pages_load_no_script(address: str) -> None:
    assert [one for one in shipped().see(address).all("script") if one["src"]] == []


COUNTS = """PREFIX vd: <https://w3id.org/visidaerah/ontology#>
SELECT ?plan (COUNT(?m) AS ?missions) { ?plan vd:hasMission ?m } GROUP BY ?plan"""


def test_names_and_numbers_are_bars_beside_their_table() -> None:
    page = shipped().see(f"/sparql?query={quote(COUNTS)}")
    (picture,) = page.all("svg", class_="bars")
    assert "Kota Metro" in picture.text
    assert len([one for one in page.all("rect") if "svg" in one.parents]) == 2
    assert page.all("table")


@pytest.mark.parametrize(
    "values",
    [
        '("a" 1)',
        '("a" 1) ("b" -1)',
        '("a" 1) ("b" "x")',
        '("a" 1) (UNDEF 2)',
        '("a" 0) ("b" 0)',
        '("a" 1) ("b" "1e400"^^<http://www.w3.org/2001/XMLSchema#double>)',
    ],
)
def test_what_cannot_be_drawn_is_a_table_only(values: str) -> None:
    query = f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {values} }} }}"
    page = shipped().see(f"/sparql?query={quote(query)}")
    assert page.all("svg", class_="bars") == []
    assert page.all("table")


def test_a_graph_is_a_network_beside_its_table() -> None:
    query = """CONSTRUCT {
      <urn:a> <urn:knows> <urn:b> ; <urn:says> 'x' .
      <urn:b> <urn:knows> <urn:c> , <urn:a> } {}"""
    page = shipped().see(f"/sparql?query={quote(query)}")
    (picture,) = page.all("svg", class_="network")
    assert picture.text.count("knows") == 3
    assert len([one for one in page.all("rect") if "svg" in one.parents]) == 3
    assert len(page.all("tr")) == 5


def test_a_large_graph_is_a_table_only() -> None:
    query = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 400"
    page = shipped().see(f"/sparql?query={quote(query)}")
    assert page.all("svg", class_="network") == []
    assert len(page.all("tr")) > 100


def test_an_answer_keeps_its_query_and_a_link_to_itself() -> None:
    page = shipped().see("/sparql?query=ASK%20%7B%7D")
    assert page.one("textarea").text == "ASK {}"
    assert any(a["href"] == "/sparql?query=ASK+%7B%7D" for a in page.all("a"))
    (answer,) = [one for one in page.all("section") if one["id"] == "answer"]
    assert answer["data-summary"] == "Ya."


def test_a_mistake_is_told_in_the_part_that_the_scripts_show() -> None:
    page = shipped().see("/sparql?query=SELECT%20oops", status=400)
    (answer,) = [one for one in page.all("section") if one["id"] == "answer"]
    assert answer["data-summary"] == "Kueri ini tidak dapat dibaca"
    assert "oops" in answer.text


def test_a_query_too_long_for_an_address_is_answered_with_a_page() -> None:
    query = f"ASK {{}} # {'x' * 100_000}"
    headers = {"Accept": "text/html"}
    response = shipped().client.post("/sparql", data={"query": query}, headers=headers)
    assert response.status_code == 200
    (answer,) = [one for one in parsed(response.text).all("section") if one["id"] == "answer"]
    assert answer["data-summary"] == "Ya."


def test_the_page_leads_to_the_licences_of_the_editor() -> None:
    (link,) = [a for a in shipped().see("/sparql").all("a") if "licences" in a["href"]]
    assert "MIT License" in shipped().client.get(link["href"]).get_data(as_text=True)


def mistake_of(query: str) -> dict[str, object] | None:
    """Ask as the editor does while one writes."""
    response = shipped().client.post("/mistake", data={"query": query})
    assert response.status_code == 200
    assert response.cache_control.no_store
    found: dict[str, object] | None = response.get_json()["mistake"]
    return found


def test_a_query_that_is_being_written_has_its_first_mistake_told_with_its_place() -> None:
    found = mistake_of("SELECT *\n{ ?s oops }")
    assert found is not None
    assert found["line"] == 2
    assert found["detail"]


def test_a_prefix_that_is_not_declared_is_told_with_what_mends_it() -> None:
    found = mistake_of("SELECT * { ?s a vd:Mission }")
    assert found is not None
    assert found["reason"] == "unknown-prefix"
    assert found["paste"] == f"PREFIX vd: <{PREFIXES['vd']}>"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o }",
        "CONSTRUCT WHERE { ?s ?p ?o }",
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
    ],
)
def test_a_query_that_can_be_read_has_no_mistake(query: str) -> None:
    assert mistake_of(query) is None


def test_the_built_scripts_are_those_that_are_recorded() -> None:
    recorded = record()["files"]
    assert recorded.keys() == {"editor.js", "passage.js", "query.js", "trying.js"}
    for name, digest in recorded.items():
        assert sha256((STATIC / name).read_bytes()).hexdigest() == digest, name


def test_the_licence_of_every_package_in_the_scripts_is_told() -> None:
    packages = json.loads((STATIC / "built.json").read_bytes())["packages"]
    told = (STATIC / "licences.txt").read_text(encoding="utf-8")
    assert len(packages) > 8
    for package in packages:
        assert package["license"] == "MIT"
        assert f"{package['name']} {package['version']} (MIT)" in told
    assert told.count("Permission is hereby granted") >= len(packages)


@pytest.mark.checkout
def test_the_scripts_were_built_from_the_sources_that_are_there() -> None:
    sources = record()["sources"]
    assert len(sources) >= 5
    assert sources.keys() == {f"src/{path.name}" for path in (FRONTEND / "src").glob("*.js")}
    for name, digest in sources.items():
        assert sha256((FRONTEND / name).read_bytes()).hexdigest() == digest, name


@pytest.mark.checkout
def test_the_lock_file_names_the_versions_that_were_built_in() -> None:
    locked = json.loads((FRONTEND / "package-lock.json").read_bytes())["packages"]
    packages = json.loads((STATIC / "built.json").read_bytes())["packages"]
    assert packages
    for package in packages:
        assert locked[f"node_modules/{package['name']}"]["version"] == package["version"]
