"""Pages on a phone and on a desk in a real browser: their head, and how wide they are."""

# ruff: noqa: F811 (a fixture that is imported is a parameter as well)

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from requirements import requires_chromium
from test_browser import browser, driver, origin  # noqa: F401 (fixtures)

if TYPE_CHECKING:
    from test_browser import Browser

COMMONEST_PHONE = 390
"""Width in CSS pixels."""

HEAD_AT_MOST = 150
"""Height in CSS pixels: the name with the languages, and two lines of ways."""


@requires_chromium
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_head_of_a_page_leaves_a_phone_to_the_page(browser: Browser, language: str) -> None:
    browser.resize(COMMONEST_PHONE, 844)
    browser.open(f"/try?lang={language}")
    brand, languages = browser.find(".brand"), browser.find(".languages")
    assert languages.rect["y"] < brand.rect["y"] + brand.rect["height"]
    assert 0 < browser.find(".site-head").rect["height"] <= HEAD_AT_MOST


@requires_chromium
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_head_of_a_page_is_one_line_on_a_desk(browser: Browser, language: str) -> None:
    browser.open(f"/plans?lang={language}")
    heights = {way.rect["y"] for way in browser.all(".site-nav a")}
    assert len(heights) == 1


@requires_chromium
def test_a_wide_table_moves_by_itself_and_not_the_page(browser: Browser) -> None:
    browser.resize(320, 800)
    browser.open("/compare")
    width = browser.run("return document.querySelector('.scroll').scrollWidth")
    assert isinstance(width, int)
    assert width > 320
    assert browser.run("return document.documentElement.scrollWidth") == 320
