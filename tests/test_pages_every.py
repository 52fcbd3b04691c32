"""What holds of every page, in both languages."""

from __future__ import annotations

import gzip
import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from page_kinds import ERRORS, KINDS
from pages_site import BROWSER, shipped

if TYPE_CHECKING:
    from html_pages import Element, Page

MAGELANG = "/page/plan/kota-magelang-2016"

ADDRESSES = (
    *(address for address in KINDS if address not in ERRORS),
    MAGELANG,
    f"{MAGELANG}/pillar/3",
    "/page/region/33",
    "/page/plan-type/rpjmd",
)
LANGUAGES = ("id", "en")
every_page = pytest.mark.parametrize("language", LANGUAGES)
every_address = pytest.mark.parametrize("address", ADDRESSES)


@every_page
@every_address
def test_a_page_is_well_formed_html_in_its_language(address: str, language: str) -> None:
    page = shipped().see(address, language)
    assert page.problems == []
    assert page.one("html")["lang"] == language
    title = page.all("title")[0].text
    assert title.endswith("· visidaerah")
    assert len(title) > len("· visidaerah") + 2
    assert page.one("h1").text.strip()


@every_page
@every_address
def test_a_page_has_landmarks_and_a_way_past_the_navigation(address: str, language: str) -> None:
    page = shipped().see(address, language)
    assert [page.one(tag).tag for tag in ("header", "main", "footer")]
    first_link = page.all("a")[0]
    assert (first_link["class"], first_link["href"]) == ("skip", "#main")
    assert page.one("main")["id"] == "main"
    assert all(nav["aria-label"] for nav in page.all("nav"))


@every_page
@every_address
def test_ids_are_unique_and_references_to_them_exist(address: str, language: str) -> None:
    page = shipped().see(address, language)
    assert len(page.ids) == len(set(page.ids))
    wanted = {e[name] for e in page.elements for name in ("for", "aria-labelledby") if e[name]}
    assert wanted - set(page.ids) == set()


@every_page
@every_address
def test_headings_do_not_skip_a_level(address: str, language: str) -> None:
    page = shipped().see(address, language)
    levels = [int(e.tag[1]) for e in page.elements if re.fullmatch("h[1-6]", e.tag)]
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


@every_address
def test_a_page_keeps_the_strict_policy(address: str) -> None:
    page = shipped().see(address)
    inline = [e for e in page.elements if any(n == "style" or n[:2] == "on" for n in e.attributes)]
    assert inline == []
    assert page.all("style") == []
    assert {script["type"] for script in page.all("script")} <= {"application/ld+json", "module"}
    loaded = [
        e["src"] or e["href"]
        for e in page.elements
        if e.tag in {"img", "script", "iframe"} or e["rel"] in {"stylesheet", "icon"}
    ]
    assert [address for address in loaded if address and not address.startswith("/assets/")] == []


@every_page
@every_address
def test_every_link_and_field_has_a_name(address: str, language: str) -> None:
    page = shipped().see(address, language)
    links = page.all("a")
    assert len(links) > 8
    assert [link["href"] for link in links if not link.text.strip()] == []
    assert [link.text for link in links if link["href"] in {"", "None"}] == []
    assert [link.text for link in links if "a" in link.parents] == []
    labelled = {label["for"] for label in page.all("label")}
    fields = [e for tag in ("input", "select", "textarea") for e in page.all(tag)]
    assert [e["id"] for e in fields if e["id"] not in labelled and "label" not in e.parents] == []


@every_page
@every_address
def test_tables_name_their_columns(address: str, language: str) -> None:
    page = shipped().see(address, language)
    heads = [head for head in page.all("th") if not head["scope"]]
    assert heads == []


@every_address
def test_the_first_view_is_light(address: str) -> None:
    page = shipped().see(address)
    style = next(e["href"] for e in page.all("link") if e["rel"] == "stylesheet")
    files = [shipped().source(address).encode(), shipped().client.get(style).data]
    assert sum(len(gzip.compress(file)) for file in files) < 50_000


def local_links(page: Page, address: str) -> set[str]:
    found = (e["href"] for e in page.elements if e.tag in {"a", "link"} and e["href"])
    joined = (urljoin(f"http://localhost{address}", href) for href in found)
    return {url for url in joined if urlsplit(url).netloc == "localhost"}


def test_every_local_link_leads_somewhere_and_every_fragment_exists() -> None:
    wanted: dict[str, set[str]] = {}
    for address in ADDRESSES:
        for url in local_links(shipped().see(address), address):
            place, _, fragment = url.removeprefix("http://localhost").partition("#")
            wanted.setdefault(place, set()).add(unquote(fragment))
    assert len(wanted) > 300
    broken = [missing for place, names in wanted.items() for missing in missing_of(place, names)]
    assert broken == []


def missing_of(place: str, fragments: set[str]) -> list[str]:
    response = shipped().client.get(place or "/", headers={"Accept": BROWSER})
    if response.status_code not in {200, 302, 303}:
        return [f"{response.status_code} {place}"]
    if response.mimetype != "text/html":
        return []
    text = response.get_data(as_text=True)
    return [f"{place}#{name}" for name in fragments if name and f'id="{name}"' not in text]


@pytest.mark.parametrize(
    "address", [address for address in ADDRESSES if address.startswith("/page/")]
)
def test_a_page_of_a_thing_names_its_data_and_carries_them(address: str) -> None:
    page = shipped().see(address)
    data = [e for e in page.all("link") if e["rel"] == "alternate" and e["type"]]
    assert {e["type"] for e in data} >= {"text/turtle", "application/ld+json"}
    turtle = next(e["href"] for e in data if e["type"] == "text/turtle")
    assert shipped().client.get(turtle).mimetype == "text/turtle"
    block = json.loads(page.one("script", type="application/ld+json").text)
    iri = "https://w3id.org/visidaerah/id/" + urlsplit(address).path.removeprefix("/page/")
    assert [node["@id"] for node in block["@graph"]] == [iri]


@every_page
def test_a_page_offers_itself_in_the_other_language(language: str) -> None:
    page = shipped().see("/search?q=sehat", language)
    other = next(e for e in page.all("a", hreflang="en" if language == "id" else "id"))
    assert "q=sehat" in other["href"]
    there = shipped().see(other["href"], language)
    assert there.one("html")["lang"] == other["hreflang"]


@pytest.mark.parametrize("path", ["///example.org/x", "/a%3Fb%23c/%C3%A9", "/%22%3E"])
def test_no_address_makes_the_links_to_languages_lead_elsewhere(path: str) -> None:
    page = shipped().see(path, status=404)
    links = [link["href"] for link in page.all("a") if link["hreflang"]]
    assert len(links) == 2
    for link in links:
        assert (urlsplit(link).netloc, urlsplit(link).fragment) == ("", "")
        assert urlsplit(link).query.startswith("lang=")


def test_the_language_that_was_asked_for_is_remembered() -> None:
    client = shipped().client
    try:
        client.get("/?lang=en", headers={"Accept": BROWSER})
        response = client.get("/plans", headers={"Accept": BROWSER, "Accept-Language": "id"})
        assert response.headers["Content-Language"] == "en"
        assert {"accept-language", "cookie"} <= {name.lower() for name in response.vary}
    finally:
        client.delete_cookie("lang")


def test_files_of_pages_never_change_under_their_address() -> None:
    page = shipped().see("/")
    style = next(e["href"] for e in page.all("link") if e["rel"] == "stylesheet")
    response = shipped().client.get(style)
    assert response.mimetype == "text/css"
    assert response.cache_control.immutable
    assert response.cache_control.max_age == 365 * 24 * 3600
    older = shipped().client.get(re.sub(r"/assets/\w+/", "/assets/0123456789ab/", style))
    assert (older.status_code, older.headers["Location"]) == (302, style)
    assert shipped().client.get("/assets/0123456789ab/none.css").status_code == 404
    assert shipped().client.get("/assets/0123456789ab/..").status_code == 404


def words_of(elements: list[Element]) -> list[str]:
    return [" ".join(element.text.split()) for element in elements]


@every_page
def test_the_navigation_says_where_one_is(language: str) -> None:
    page = shipped().see("/questions/what-are-the-missions-of-metro", language)
    here = [link["href"] for link in page.all("a", aria_current="true") if not link["hreflang"]]
    assert here == ["/questions"]
    assert "/questions" not in words_of(page.all("h1"))


def test_every_route_that_answers_with_a_page_is_among_the_kinds() -> None:
    app = shipped().client.application
    places = app.url_map.bind("localhost")
    known = {places.match(urlsplit(address).path)[0] for address in ADDRESSES}
    rules = [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.arguments
    ]
    assert len(rules) > 20
    pages = {rule.endpoint for rule in rules if answers_with_a_page(rule.rule)}
    assert pages - known == {"discovery.dataset"}, "(that is the page /data)"


def answers_with_a_page(address: str) -> bool:
    response = shipped().client.get(address, headers={"Accept": BROWSER})
    return response.status_code == 200 and response.mimetype == "text/html"
