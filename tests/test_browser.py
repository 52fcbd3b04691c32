"""The main paths of the pages in a real browser, without script, by keyboard and on a phone."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait
from werkzeug.serving import make_server

from requirements import requires_chromium
from visidaerah.assets import data
from visidaerah.documents import read_folder
from visidaerah.store import Store
from visidaerah.web import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from selenium.webdriver.remote.webelement import WebElement

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=id",
)
PLAN = "/page/plan/kota-metro"
DOCUMENT = "/page/document/kota-metro"
PAGES = (
    "/",
    "/plans",
    "/sectors",
    "/questions",
    "/questions/what-are-the-missions-of-metro",
    "/search?q=sehat",
    "/sparql",
    "/try",
    "/sparql?query=SELECT%20*%20%7B?s%20?p%20?o%7D%20LIMIT%2020",
    "/sparql?query=SELECT%20oops",
    "/data",
    "/ontology",
    PLAN,
    "/page/plan/kota-magelang-2016",
    f"{PLAN}/mission/1",
    DOCUMENT,
    "/page/document/kota-magelang-2016",
    "/page/sector/1.02",
    "/page/region/33.71",
    "/none",
)
EXPECTED_IN_LOG = ("404", "400")
"""What the browser's log says of pages that are errors on purpose."""


class Browser:
    """A Chromium before the shipped site."""

    def __init__(self, driver: webdriver.Chrome, origin: str) -> None:
        self.driver = driver
        self.origin = origin

    def open(self, address: str) -> None:
        self.driver.get(self.origin + address)

    def find(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def click(self, element: WebElement) -> None:
        """Click where the element is, after scrolling to it."""
        self.run("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def follow(self, element: WebElement) -> None:
        """Click a link or button that leads to another page, and wait for that page."""
        page = self.find("html")
        self.click(element)
        self._wait_for_end_of(page)

    def enter(self, *keys: str) -> None:
        """Press keys that lead to another page, and wait for that page."""
        page = self.find("html")
        self.press(*keys)
        self._wait_for_end_of(page)

    def _wait_for_end_of(self, page: WebElement) -> None:
        # In the moment of the change the driver may answer with an error of its own.
        passing = (WebDriverException,)
        wait = WebDriverWait(self.driver, 30, ignored_exceptions=passing)
        wait.until(staleness_of(page))

    def run(self, script: str, *arguments: object) -> object:
        return self.driver.execute_script(script, *arguments)

    def style(self, selector: str, name: str) -> str:
        return self.find(selector).value_of_css_property(name)

    def resize(self, width: int, height: int = 900) -> None:
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500},
        )

    def prefer(self, scheme: str) -> None:
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})

    def log(self) -> list[str]:
        """Return what the browser has complained of since it was last asked."""
        entries = self.driver.get_log("browser")  # type: ignore[no-untyped-call]
        return [entry["message"] for entry in entries]

    @property
    def path(self) -> str:
        return self.driver.current_url.removeprefix(self.origin)

    @property
    def focused(self) -> WebElement:
        return self.driver.switch_to.active_element

    def press(self, *keys: str) -> None:
        webdriver.ActionChains(self.driver).send_keys(*keys).perform()


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_app(Store.shipped()), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    profile: Path = tmp_path_factory.mktemp("profile")
    options = webdriver.ChromeOptions()
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.binary_location = "/usr/bin/chromium"
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService("/usr/bin/chromedriver")
    with webdriver.Chrome(options=options, service=service) as started:
        yield started


@pytest.fixture
def browser(driver: webdriver.Chrome, origin: str) -> Iterator[Browser]:
    browser = Browser(driver, origin)
    browser.resize(1280)
    browser.prefer("light")
    browser.open("/plans?lang=id")
    yield browser
    driver.delete_all_cookies()
    browser.log()


@requires_chromium
def test_from_the_front_page_to_the_sentence_of_a_mission(browser: Browser) -> None:
    browser.open("/")
    browser.follow(browser.driver.find_element(By.LINK_TEXT, "Rencana pembangunan Kota Metro"))
    assert browser.path == PLAN
    browser.follow(browser.find("[id='mission/2'] a.cite"))
    assert browser.path.startswith(f"{DOCUMENT}#char=")
    target = browser.find(":target")
    assert target.text == "Mewujudkan Masyarakat sehat jasmani, rohani & sosial"
    assert target.value_of_css_property("outline-style") == "solid"
    top = browser.run("return arguments[0].getBoundingClientRect().top", target)
    assert isinstance(top, int | float)
    assert 0 <= top < 900


@requires_chromium
def test_from_a_marked_passage_back_to_what_was_read_from_it(browser: Browser) -> None:
    browser.open(DOCUMENT)
    browser.click(browser.find(".source .k-mission a"))
    note = browser.find(".note:target")
    browser.follow(note.find_element(By.CSS_SELECTOR, "a"))
    assert browser.path.startswith(f"{PLAN}/mission/1")
    assert browser.find("h1").text == "Misi 1"


@requires_chromium
@pytest.mark.parametrize("slug", ["kota-metro", "kota-magelang-2016"])
def test_the_browser_holds_the_text_character_by_character(browser: Browser, slug: str) -> None:
    browser.open(f"/page/document/{slug}")
    held = browser.run("return document.querySelector('.source').textContent")
    assert held == read_folder(data() / "documents" / slug).text


@requires_chromium
def test_every_fragment_of_a_quote_finds_its_mark(browser: Browser) -> None:
    browser.open(PLAN)
    quotes = [link.get_attribute("href") or "" for link in browser.all("a.cite")]
    assert len(quotes) > 30
    browser.open(DOCUMENT)
    missing = browser.run(
        "return arguments[0].filter(q => !document.getElementById(q.split('#')[1]))", quotes
    )
    assert missing == []


@requires_chromium
def test_a_kind_of_mark_can_be_hidden(browser: Browser) -> None:
    browser.open(DOCUMENT)
    shown = browser.style(".source .k-mission", "background-color")
    browser.click(browser.find("#show-mission"))
    hidden = browser.style(".source .k-mission", "background-color")
    assert shown != hidden
    assert hidden == "rgba(0, 0, 0, 0)"


@requires_chromium
def test_a_key_word_of_the_vision_leads_to_its_pillar(browser: Browser) -> None:
    browser.open(PLAN)
    browser.click(browser.driver.find_element(By.LINK_TEXT, "Sejahtera"))
    assert "Kota Metro Sejahtera" in browser.find(":target").text


@requires_chromium
def test_the_language_chosen_stays(browser: Browser) -> None:
    browser.open("/")
    browser.follow(browser.driver.find_element(By.LINK_TEXT, "English"))
    assert browser.find("html").get_attribute("lang") == "en"
    browser.open(PLAN)
    assert browser.find("html").get_attribute("lang") == "en"
    assert "At a glance" in browser.find("main").text


@requires_chromium
def test_search_by_keyboard_alone(browser: Browser) -> None:
    browser.open("/search")
    browser.press(Keys.TAB)
    assert browser.focused.get_attribute("href") == f"{browser.origin}/search#main"
    assert browser.focused.location["x"] >= 0
    browser.press(Keys.ENTER)
    browser.press(Keys.TAB)
    assert browser.focused.get_attribute("id") == "q"
    browser.enter("sehat", Keys.ENTER)
    assert browser.path == "/search?q=sehat"
    assert "Kesehatan" in browser.find("main").text


@requires_chromium
def test_what_has_the_focus_is_seen_to_have_it(browser: Browser) -> None:
    browser.open(DOCUMENT)
    browser.find("#show-evidence").send_keys(Keys.TAB)
    seen = {browser.focused.value_of_css_property("outline-style")}
    browser.open("/")
    for _ in range(12):
        browser.press(Keys.TAB)
        seen.add(browser.focused.value_of_css_property("outline-style"))
    assert seen == {"solid"}


@requires_chromium
def test_a_focused_passage_says_what_was_read_from_it(browser: Browser) -> None:
    browser.open(DOCUMENT)
    browser.find(".source a").send_keys(Keys.NULL)
    browser.run("document.querySelector('.source a').focus()")
    browser.press(Keys.TAB)
    title = browser.focused.get_attribute("title")
    said = browser.run(
        "return getComputedStyle(document.activeElement, '::after').content", browser.focused
    )
    assert title
    assert said == f'"{title}"'.replace("\\", "\\\\") or title[:20] in str(said)


@requires_chromium
@pytest.mark.parametrize("width", [390, 1200])
def test_a_note_is_read_beside_its_passage_by_keyboard_and_by_touch(
    browser: Browser, width: int
) -> None:
    browser.resize(width)
    browser.open(DOCUMENT)
    mark = browser.find(".source .k-explanation .k-evidence a")
    browser.run("arguments[0].scrollIntoView({block: 'start'}); arguments[0].focus()", mark)
    before = browser.run("return scrollY")
    browser.press(Keys.ENTER)
    note = browser.find(".note:target")
    assert browser.run("return scrollY") == before
    assert browser.run("return arguments[0].getBoundingClientRect().bottom <= innerHeight", note)
    assert len(note.find_elements(By.CSS_SELECTOR, "ul a")) >= 1
    browser.press(Keys.TAB)
    assert browser.run("return arguments[0].contains(document.activeElement)", note)
    browser.click(note.find_elements(By.CSS_SELECTOR, "a")[-1])
    assert browser.all(".note:target") == []
    assert browser.find(":target").text.strip()


@requires_chromium
def test_a_question_is_asked_of_another_plan(browser: Browser) -> None:
    browser.open("/questions/what-are-the-missions-of-metro")
    assert "Tata Kelola Pemerintahan" in browser.find("table").text
    Select(browser.find("select[name=plan]")).select_by_visible_text(
        "RPJMD Kota Magelang 2016–2021"
    )
    browser.follow(browser.find("main form button"))
    assert "Memperkuat kehidupan beragama" in browser.find("table").text


@pytest.fixture
def without_script(browser: Browser) -> Iterator[Browser]:
    browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    yield browser
    browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@requires_chromium
def test_a_query_is_written_run_and_corrected_without_script(without_script: Browser) -> None:
    browser = without_script
    browser.open("/sparql")
    field = browser.find("textarea")
    field.clear()
    field.send_keys("SELECT ?x WHERE {\n  ?x oops\n}")
    browser.follow(browser.find("main form button"))
    assert "2" in browser.find(".error-line").text
    field = browser.find("textarea")
    assert field.get_attribute("value") == "SELECT ?x WHERE {\n  ?x oops\n}"
    field.clear()
    field.send_keys("SELECT ?x WHERE { VALUES ?x { 'kota' } }")
    browser.follow(browser.find("main form button"))
    assert browser.find("tbody td").text == "kota"


@requires_chromium
def test_all_of_it_works_without_script(browser: Browser) -> None:
    browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.open(PLAN)
        browser.find("[id='mission/1'] summary").click()
        reasons = browser.find("[id='mission/1'] details").text
        assert "karena kata" in reasons
        browser.open("/search?q=sehat")
        assert browser.all("main section")
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@requires_chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_the_policy_or_asks_for_what_is_not_there(
    browser: Browser, scheme: str
) -> None:
    browser.prefer(scheme)
    for page in PAGES:
        browser.open(page)
        assert browser.all("main h1"), page
    unexpected = [line for line in browser.log() if not any(c in line for c in EXPECTED_IN_LOG)]
    assert unexpected == []


@requires_chromium
@pytest.mark.parametrize("width", [320, 390, 768])
def test_no_page_is_wider_than_a_phone(browser: Browser, width: int) -> None:
    browser.resize(width)
    too_wide = []
    for page in PAGES:
        browser.open(page)
        if browser.run("return document.documentElement.scrollWidth > innerWidth"):
            too_wide.append(page)
    assert too_wide == []


@requires_chromium
def test_the_counts_of_each_plan_are_seen_on_a_phone(browser: Browser) -> None:
    browser.resize(390)
    browser.open("/sectors")
    shown = [cell for cell in browser.all("td.plan-count") if cell.is_displayed()]
    assert len(shown) > 20
    named = browser.run("return getComputedStyle(arguments[0], '::before').content", shown[0])
    assert "Kota" in str(named)


TARGETS = "a.cite, a.kind, .chips a, .trail a, nav a, .site-foot a, button, select, summary, label"


@requires_chromium
@pytest.mark.parametrize("address", [PLAN, DOCUMENT, "/sectors", f"{PLAN}/mission/1"])
def test_what_is_to_be_touched_is_large_enough(browser: Browser, address: str) -> None:
    browser.open(address)
    heights = {target.text: target.size["height"] for target in browser.all(TARGETS) if target.text}
    assert len(heights) >= 8
    assert {text: height for text, height in heights.items() if height < 24} == {}


@requires_chromium
def test_the_dark_scheme_is_dark(browser: Browser) -> None:
    browser.open("/")
    light = browser.style("body", "background-color")
    browser.prefer("dark")
    dark = browser.style("body", "background-color")
    assert (light, dark) == ("rgba(251, 250, 247, 1)", "rgba(20, 24, 27, 1)")
