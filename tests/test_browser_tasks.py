"""Ten things that people come for, each done in a real browser as a person would do it."""

# ruff: noqa: F811 (a fixture that is imported is a parameter as well)

from __future__ import annotations

import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from requirements import requires_chromium
from test_browser import browser, driver, origin  # noqa: F401 (fixtures)
from test_browser_editor import Editor
from test_pages_trying import MISSIONS, TEXT, VISION

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from selenium.webdriver.remote.webelement import WebElement

    from test_browser import Browser

RELIGION = "Memperkuat kehidupan beragama dan toleransi antar umat beragama"
METRO = "Rencana pembangunan Kota Metro"
MAGELANG = "RPJMD Kota Magelang 2016–2021"
PHONE = 390
MOST_STEPS = 150
"""How often a person may press Tab before something counts as out of reach."""


@pytest.fixture
def home(browser: Browser) -> Browser:
    """Return a browser at the front page, where each task begins."""
    browser.open("/")
    return browser


def link(browser: Browser, words: str) -> WebElement:
    return browser.driver.find_element(By.PARTIAL_LINK_TEXT, words)


def summary(browser: Browser, words: str) -> WebElement:
    return next(one for one in browser.all("summary") if words in one.text)


def read_passage(browser: Browser) -> str:
    """Return the passage that is marked and in view."""
    target = browser.find(":target")
    place = browser.run("return arguments[0].getBoundingClientRect().top", target)
    height = browser.run("return innerHeight")
    assert isinstance(place, int | float)
    assert isinstance(height, int | float)
    assert 0 <= place < height
    return target.text


def downloaded(browser: Browser, words: str, file: Path) -> bytes:
    """Return what a link downloads."""
    where = {"behavior": "allow", "downloadPath": str(file.parent)}
    browser.driver.execute_cdp_cmd("Browser.setDownloadBehavior", where)
    browser.click(link(browser, words))
    WebDriverWait(browser.driver, 30).until(lambda _: file.is_file())
    return file.read_bytes()


@requires_chromium
def test_find_what_magelang_says_about_religion_and_read_the_sentence(home: Browser) -> None:
    home.find("main input[type=search]").send_keys("agama Magelang")
    home.enter(Keys.ENTER)
    home.follow(link(home, RELIGION))
    assert MAGELANG in home.find(".trail").text
    home.follow(home.find("main a.cite"))
    assert RELIGION in read_passage(home)


@requires_chromium
def test_list_the_missions_about_health_in_all_plans(home: Browser) -> None:
    home.follow(link(home, "Pertanyaan"))
    home.follow(link(home, "Misi mana saja yang menyangkut pendidikan?"))
    Select(home.find("select[name=sector]")).select_by_visible_text("Kesehatan")
    home.follow(home.find("main form button"))
    answer = home.find("table").text
    assert "Mewujudkan Masyarakat sehat jasmani, rohani & sosial" in answer
    assert METRO in answer


@requires_chromium
def test_compare_the_sectors_of_the_two_cities(home: Browser) -> None:
    home.follow(link(home, "Bandingkan"))
    heads = [head.text for head in home.all("table.matrix thead th")]
    assert {METRO, MAGELANG} <= set(heads)
    row = next(row for row in home.all("table.matrix tbody tr") if "Kesehatan" in row.text)
    count = row.find_elements(By.CSS_SELECTOR, "td")[heads.index(METRO) - 1]
    stated = int(count.text.split()[0])
    assert stated > 1
    home.follow(count.find_element(By.TAG_NAME, "a"))
    assert "Kesehatan" in home.find("main").text
    assert len(home.all("main a.cite")) >= stated


@requires_chromium
def test_see_which_sectors_no_mission_covers(home: Browser) -> None:
    home.follow(link(home, "Bandingkan"))
    Select(home.find("select[name=count]")).select_by_visible_text("misi saja")
    home.follow(home.find("main form .actions button"))
    section = home.find("section[aria-labelledby=untouched]")
    assert "tidak disinggung misi mana pun" in section.text
    named = [one.text for one in section.find_elements(By.CSS_SELECTOR, "li")]
    assert "7.01 Kecamatan" in named
    assert "Kesehatan" not in section.text


@requires_chromium
def test_find_where_gemerlang_comes_from(home: Browser) -> None:
    home.find("main input[type=search]").send_keys("gemerlang")
    home.enter(Keys.ENTER)
    home.follow(link(home, "Generasi Emas Metro Cemerlang"))
    quotes = [one for one in home.all("main a") if "#char=" in (one.get_attribute("href") or "")]
    home.follow(quotes[0])
    assert "Cemerlang" in read_passage(home)


@requires_chromium
def test_download_the_plan_of_metro_as_turtle_and_as_a_spreadsheet(
    home: Browser, tmp_path: Path
) -> None:
    home.follow(link(home, METRO))
    turtle = downloaded(home, "Turtle", tmp_path / "kota-metro.ttl").decode()
    assert "vd:DevelopmentPlan" in turtle
    book = tmp_path / "kota-metro.xlsx"
    downloaded(home, "Excel", book)
    with zipfile.ZipFile(book) as opened:
        words = opened.read("xl/sharedStrings.xml").decode()
    assert "Mewujudkan Masyarakat sehat jasmani" in words


@requires_chromium
def test_change_a_question_and_copy_it_as_python_that_runs(home: Browser) -> None:
    home.open("/questions/what-are-the-missions-of-metro")
    Select(home.find("select[name=plan]")).select_by_visible_text(MAGELANG)
    home.follow(home.find("main form button"))
    details = summary(home, "Python")
    home.click(details)
    program = details.find_element(By.XPATH, "following-sibling::pre").text
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert RELIGION in ran.stdout


@requires_chromium
def test_write_a_query_with_completion_make_an_error_and_mend_it(home: Browser) -> None:
    home.follow(link(home, "Kueri"))
    editor = Editor(home)
    editor.write("SELECT ?m { ?plan hasMis")
    editor.choose("vd:hasMission")
    home.press(" ?m ")
    editor.until(lambda: "Baris" in home.find(".mistake").text)
    home.press("}")
    editor.until(lambda: not home.find(".mistake").text)
    editor.run()
    assert "id/plan/kota-metro/mission/1" in editor.answer


@requires_chromium
def test_paste_the_vision_and_missions_of_a_third_city_and_see_them_marked(home: Browser) -> None:
    home.follow(link(home, "Coba"))
    field = home.find("main textarea")
    home.run("arguments[0].value = arguments[1]", field, TEXT)
    home.follow(home.find("form[method=post] button"))
    assert home.find(".source .k-vision").text == VISION
    assert [one.text for one in home.all(".source .k-mission")] == list(MISSIONS)


def tab_to(browser: Browser, is_it: Callable[[WebElement], bool]) -> None:
    """Press Tab until something has the focus, which must be seen to have it."""
    for _ in range(MOST_STEPS):
        browser.press(Keys.TAB)
        if is_it(browser.focused):
            assert browser.focused.value_of_css_property("outline-style") == "solid"
            return
    raise AssertionError("The keyboard does not get there.")


@requires_chromium
def test_the_first_of_these_by_keyboard_alone_in_indonesian_on_a_phone(browser: Browser) -> None:
    browser.resize(PHONE, 844)
    browser.open("/")
    assert browser.find("html").get_attribute("lang") == "id"
    tab_to(browser, lambda one: one.get_attribute("type") == "search")
    browser.enter("agama Magelang", Keys.ENTER)
    tab_to(browser, lambda one: RELIGION in one.text)
    browser.enter(Keys.ENTER)
    tab_to(browser, lambda one: "cite" in (one.get_attribute("class") or "").split())
    browser.enter(Keys.ENTER)
    assert RELIGION in read_passage(browser)
    assert browser.run("return document.documentElement.scrollWidth") == PHONE
    assert browser.log() == []
