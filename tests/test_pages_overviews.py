"""The pages about many plans keep what holds of every page: names, headings, landmarks, weight."""

from __future__ import annotations

import gzip
import re
from itertools import pairwise

import pytest

from pages_site import shipped

HEALTH = "https://w3id.org/visidaerah/id/sector/1.02"
ADDRESSES = (
    "/compare",
    "/compare?plan=kota-metro&plan=kota-magelang-2016",
    "/compare?plan=kota-metro&count=missions",
    "/compare?q=nowhere",
    f"/statements?plan=kota-metro&sector={HEALTH}",
    "/quality",
    "/questions/how-do-two-plans-compare-by-sector",
    "/questions/which-regions-have-a-plan",
    "/questions/what-is-a-plan-as-a-graph",
)
every_address = pytest.mark.parametrize("address", ADDRESSES)
every_language = pytest.mark.parametrize("language", ["id", "en"])


@every_language
@every_address
def test_a_page_is_well_formed_and_its_headings_skip_no_level(address: str, language: str) -> None:
    page = shipped().see(address, language)
    assert page.problems == []
    levels = [int(e.tag[1]) for e in page.elements if re.fullmatch("h[1-6]", e.tag)]
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


@every_address
def test_ids_are_unique_and_what_they_name_exists(address: str) -> None:
    page = shipped().see(address)
    assert len(page.ids) == len(set(page.ids))
    names = ("for", "aria-labelledby", "aria-describedby")
    wanted = {e[name] for e in page.elements for name in names if e[name]}
    assert wanted - set(page.ids) == set()
    labelled = {label["for"] for label in page.all("label")}
    fields = [e for tag in ("input", "select", "textarea") for e in page.all(tag)]
    assert [e["id"] for e in fields if e["id"] not in labelled and "label" not in e.parents] == []


@every_address
def test_links_have_words_and_cells_have_heads(address: str) -> None:
    page = shipped().see(address)
    assert [link["href"] for link in page.all("a") if not link.text.strip()] == []
    assert [head.text for head in page.all("th") if not head["scope"]] == []


@every_address
def test_the_first_view_is_light(address: str) -> None:
    page = shipped().see(address)
    style = next(e["href"] for e in page.all("link") if e["rel"] == "stylesheet")
    files = [shipped().source(address).encode(), shipped().client.get(style).data]
    assert sum(len(gzip.compress(file)) for file in files) < 50_000


@every_language
@every_address
def test_every_file_and_list_that_a_page_leads_to_is_there(address: str, language: str) -> None:
    page = shipped().see(address, language)
    starts = ("/compare", "/statements", "/table", "/plan.", "/quality", "/plans")
    found = {link["href"] for link in page.all("a") if link["href"].startswith(starts)}
    assert found
    # Without cookies: an address with a language would be remembered for the tests that follow.
    client = shipped().client.application.test_client(use_cookies=False)
    broken = {href for href in found if client.get(href).status_code != 200}
    assert broken == set()
