"""The query editor and the trying of texts in a real browser: by hand, by keyboard, on a phone."""

# ruff: noqa: F811 (a fixture that is imported is a parameter as well)

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait
from werkzeug.serving import make_server

from pages_site import quads_of
from requirements import requires_chromium
from test_browser import browser, driver  # noqa: F401 (fixtures)
from test_pages_document import LONG, long_document
from test_pages_trying import MISSIONS, TEXT, VISION
from visidaerah.store import Store
from visidaerah.web import create_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask
    from selenium.webdriver.remote.webelement import WebElement

    from test_browser import Browser
    from visidaerah.store import QueryAnswer, QueryRequest

LONGEST_WAIT = 20
ENDLESS = "ASK { BIND('endless' AS ?x) }"
"""A query that the server of these tests answers only when it is told to."""


class Endless:
    """Answers queries; one of them only once it is released."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.asked = threading.Event()
        self.released = threading.Event()

    def __call__(self, request: QueryRequest) -> QueryAnswer:
        if request.query == ENDLESS and not request.default_graphs:
            self.asked.set()
            self.released.wait(LONGEST_WAIT)
        return self._store.answer(request)


@contextmanager
def served(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def endless() -> Endless:
    return Endless(Store.shipped())


@pytest.fixture(scope="module")
def origin(endless: Endless) -> Iterator[str]:
    with served(create_app(Store.shipped(), answer=endless)) as address:
        yield address
        endless.released.set()


class Editor:
    """Someone before the query editor."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.until(lambda: browser.all(".editor"))
        self.root = browser.find(".editor").shadow_root

    def until(self, condition: Callable[[], Any]) -> Any:
        """Wait until something is so, and return it."""
        return WebDriverWait(self.browser.driver, LONGEST_WAIT).until(lambda _: condition())

    def all(self, selector: str) -> list[WebElement]:
        return self.root.find_elements(By.CSS_SELECTOR, selector)

    @property
    def content(self) -> WebElement:
        return self.root.find_element(By.CSS_SELECTOR, ".cm-content")

    @property
    def text(self) -> str:
        """The query as the form would send it."""
        return self.browser.find("textarea").get_attribute("value") or ""

    def write(self, text: str) -> None:
        """Write a text in the place of what is there."""
        self.content.click()
        self.press_with_control("a")
        self.browser.press(Keys.DELETE)
        self.browser.press(text)

    def press_with_control(self, key: str) -> None:
        chain = ActionChains(self.browser.driver).key_down(Keys.CONTROL).send_keys(key)
        chain.key_up(Keys.CONTROL).perform()

    def choose(self, words: str) -> None:
        """Take the completion that is proposed first, once it has the words."""
        selected = "li[aria-selected]"
        self.until(lambda: any(words in one.text for one in self.all(selected)))
        # A completion that has only just appeared is not taken, so that typing is not disturbed.
        ActionChains(self.browser.driver).pause(0.2).send_keys(Keys.ENTER).perform()
        self.until(lambda: not self.all(selected))

    def run(self) -> None:
        """Run the query by keyboard, and wait for what is said of it."""
        before = self.browser.find("#answer").id
        self.press_with_control(Keys.ENTER)
        self.until(lambda: self.browser.find("#answer").id != before)

    @property
    def answer(self) -> str:
        return self.browser.find("#answer").text


@pytest.fixture
def editor(browser: Browser) -> Editor:
    browser.open("/sparql")
    return Editor(browser)


@requires_chromium
def test_a_query_is_written_with_completion_and_answered_in_place(editor: Editor) -> None:
    editor.browser.run("window.isTheSamePage = true")
    editor.write("SELECT ?m { ?plan hasMis")
    editor.choose("vd:hasMission")
    assert editor.text == (
        "PREFIX vd: <https://w3id.org/visidaerah/ontology#>\nSELECT ?m { ?plan vd:hasMission"
    )
    editor.browser.press(" ?m } ORDER BY ?m")
    editor.run()
    assert "id/plan/kota-metro/mission/1" in editor.answer
    assert editor.browser.run("return window.isTheSamePage") is True
    assert editor.browser.path.startswith("/sparql?query=PREFIX")
    assert "baris" in editor.browser.find(".told").text
    editor.browser.open(editor.browser.path)
    assert "id/plan/kota-metro/mission/1" in editor.browser.find("#answer").text


@requires_chromium
def test_a_thing_is_found_by_its_name_and_a_variable_by_its_start(editor: Editor) -> None:
    editor.write("SELECT ?mission { ?mission ?p kesehatan")
    editor.choose("Kesehatan")
    editor.browser.press(" . ?mi")
    editor.choose("?mission")
    assert editor.text == (
        "SELECT ?mission { ?mission ?p <https://w3id.org/visidaerah/id/sector/1.02> . ?mission"
    )


@requires_chromium
def test_a_mistake_is_marked_at_its_line_and_gone_when_it_is_mended(editor: Editor) -> None:
    editor.write("SELECT ?x {\n?x oops\n}")
    editor.until(lambda: editor.all(".cm-lintRange-error, .cm-lintPoint-error"))
    mistake = editor.browser.find(".mistake").text
    assert mistake.startswith("Baris ")
    assert "kesalahan penulisan" in mistake
    editor.run()
    assert "Kueri ini tidak dapat dibaca" in editor.answer
    editor.write("SELECT ?x { VALUES ?x { 'mended' } }")
    editor.until(lambda: not editor.all(".cm-lintRange-error, .cm-lintPoint-error"))
    editor.until(lambda: not editor.browser.find(".mistake").text)
    editor.run()
    assert "mended" in editor.answer
    assert [one.text for one in editor.browser.all("h1")] == ["Kueri SPARQL"]


@requires_chromium
def test_a_prefix_that_is_missing_is_added_by_a_button(editor: Editor) -> None:
    editor.write("ASK { ?s vd:hasMission ?o }")
    editor.browser.press(Keys.ESCAPE)
    (mark,) = editor.until(lambda: editor.all(".cm-lintRange-error"))
    ActionChains(editor.browser.driver).move_to_element(mark).perform()
    (button,) = editor.until(lambda: editor.all(".cm-diagnosticAction"))
    assert "PREFIX vd:" in button.text
    button.click()
    editor.until(lambda: editor.text.startswith("PREFIX vd: <https://w3id.org/"))
    editor.run()
    assert "Ya." in editor.answer


@requires_chromium
def test_a_query_is_cancelled(editor: Editor, endless: Endless) -> None:
    editor.write(ENDLESS)
    editor.press_with_control(Keys.ENTER)
    assert endless.asked.wait(LONGEST_WAIT)
    cancel = editor.browser.find(".cancel")
    editor.until(cancel.is_displayed)
    cancel.click()
    editor.until(lambda: "Dibatalkan" in editor.browser.find(".told").text)
    assert not cancel.is_displayed()
    assert editor.browser.path == "/sparql"
    editor.write("ASK {}")
    editor.run()
    assert "Ya." in editor.answer


@requires_chromium
def test_the_keyboard_gets_into_the_editor_and_out_of_it(editor: Editor) -> None:
    editor.browser.run("arguments[0].focus()", editor.content)
    editor.browser.press(Keys.ESCAPE, Keys.TAB)
    assert editor.browser.focused.tag_name == "button"
    assert editor.content.get_attribute("aria-label") == "Penyunting kueri SPARQL"
    assert "Esc lalu Tab" in editor.browser.find(".keys").text
    editor.browser.click(editor.browser.find("label[for=query]"))
    assert editor.browser.run("return arguments[0].matches(':focus')", editor.content)


@requires_chromium
def test_the_place_of_the_cursor_is_told(editor: Editor) -> None:
    editor.write("ASK {\n}")
    assert editor.browser.find(".place").text.startswith("Baris 2, kolom ")


@requires_chromium
def test_going_back_shows_the_query_before(editor: Editor) -> None:
    for words in ("satu", "dua"):
        editor.write(f"SELECT ?x {{ VALUES ?x {{ '{words}' }} }}")
        editor.run()
    editor.browser.driver.back()
    editor.until(lambda: "satu" in editor.browser.find("#answer").text)
    assert "satu" in editor.text


@requires_chromium
def test_a_link_within_the_page_leaves_what_is_written(editor: Editor) -> None:
    editor.write("ASK { }")
    editor.browser.run("window.isTheSamePage = true")
    editor.browser.run("document.querySelector('.skip').click()")
    editor.until(lambda: editor.browser.path == "/sparql#main")
    editor.content.click()
    editor.run()
    assert editor.browser.run("return window.isTheSamePage") is True
    assert "Ya." in editor.answer


@requires_chromium
def test_a_picture_that_was_opened_stays_open(editor: Editor) -> None:
    for values in ("('a' 1) ('b' 2)", "('c' 3) ('d' 4)"):
        editor.write(f"SELECT ?n ?m {{ VALUES (?n ?m) {{ {values} }} }}")
        editor.run()
        picture = editor.browser.find("details[data-view=bars]")
        if not picture.get_attribute("open"):
            picture.find_element(By.TAG_NAME, "summary").click()
    assert "c" in editor.browser.find("svg.bars").text
    assert editor.browser.find("svg.bars").is_displayed()


@requires_chromium
def test_the_editor_follows_the_scheme_and_fits_a_phone(browser: Browser) -> None:
    browser.resize(390)
    colours = set()
    for scheme in ("light", "dark"):
        browser.prefer(scheme)
        browser.open("/sparql?lang=en")
        editor = Editor(browser)
        (frame,) = editor.all(".cm-editor")
        colours.add(frame.value_of_css_property("background-color"))
        assert browser.run("return document.documentElement.scrollWidth") == 390
    assert colours == {"rgba(255, 255, 255, 1)", "rgba(27, 32, 36, 1)"}
    assert editor.content.get_attribute("aria-label") == "SPARQL query editor"


@requires_chromium
def test_writing_over_what_is_marked_breaks_no_policy(editor: Editor) -> None:
    editor.content.click()
    editor.press_with_control("a")
    editor.browser.press("ASK {}")
    assert editor.text == "ASK {}"
    assert editor.browser.log() == []


@requires_chromium
def test_the_editor_breaks_no_policy_and_asks_no_other_host(editor: Editor) -> None:
    editor.write("SELECT ?m { ?plan hasMis")
    editor.choose("vd:hasMission")
    editor.browser.press(" ?m }")
    editor.run()
    assert editor.browser.log() == []
    script = "return performance.getEntriesByType('resource').map(one => one.name)"
    asked = editor.browser.run(script)
    assert isinstance(asked, list)
    assert any("/completions" in address for address in asked)
    assert [one for one in asked if not one.startswith(editor.browser.origin)] == []


@requires_chromium
@pytest.mark.parametrize("width", [390, 1280])
def test_a_third_citys_vision_and_missions_are_pasted_and_marked(
    browser: Browser, width: int
) -> None:
    browser.resize(width)
    browser.open("/try")
    field = browser.find("textarea")
    browser.run("arguments[0].value = arguments[1]", field, TEXT)
    browser.follow(browser.find("form[method=post] button"))
    assert browser.run("return document.querySelector('.source').textContent") == TEXT
    missions = browser.all(".source .k-mission")
    assert [one.text for one in missions] == list(MISSIONS)
    assert browser.find(".source .k-vision").text == VISION
    browser.click(browser.find(".outline a.cite"))
    assert browser.find(":target").text == MISSIONS[0]
    browser.click(browser.find(":target a"))
    assert f"misi: {MISSIONS[0]}" in browser.find(".note:target").text
    assert browser.run("return document.documentElement.scrollWidth <= innerWidth")
    assert browser.log() == []


@requires_chromium
def test_what_was_found_in_a_text_is_downloaded(browser: Browser, tmp_path: Path) -> None:
    where = {"behavior": "allow", "downloadPath": str(tmp_path)}
    browser.driver.execute_cdp_cmd("Browser.setDownloadBehavior", where)
    browser.open("/try")
    browser.find("textarea").send_keys(f"Visi: {VISION}")
    browser.follow(browser.find("form[method=post] button"))
    browser.click(browser.driver.find_element(By.LINK_TEXT, "Turtle"))
    file = tmp_path / "kota-tegal.ttl"
    WebDriverWait(browser.driver, LONGEST_WAIT).until(lambda _: file.is_file())
    assert VISION in file.read_text(encoding="utf-8")
    assert browser.log() == []


@requires_chromium
def test_a_text_that_is_too_large_is_told_before_it_is_sent(browser: Browser) -> None:
    browser.open("/try")
    browser.run("document.querySelector('textarea').value = 'x'.repeat(17 << 20)")
    browser.click(browser.find("form[method=post] button"))
    assert "Naskah ini terlalu besar" in browser.find("form .told").text
    browser.run("document.querySelector('textarea').value = 'Visi: Kota yang sehat'")
    browser.follow(browser.find("form[method=post] button"))
    assert browser.find(".source .k-vision").text == "Kota yang sehat"


@requires_chromium
def test_a_text_is_tried_without_script(browser: Browser) -> None:
    browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.open("/try")
        browser.find("textarea").send_keys(f"Visi: {VISION}")
        browser.follow(browser.find("form[method=post] button"))
        assert browser.find(".source .k-vision").text == VISION
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@requires_chromium
def test_a_name_of_a_span_of_a_long_text_leads_to_its_sentence(browser: Browser) -> None:
    store = Store.from_quads(quads_of(long_document((140_000, 140_007))))
    with served(create_app(store)) as address:
        browser.driver.get(f"{address}/page/document/long#char=140000,140007")
        WebDriverWait(browser.driver, LONGEST_WAIT).until(lambda _: browser.all(":target"))
        assert browser.find(":target").text == LONG[140_000:140_007].strip()
        browser.driver.get("about:blank")
