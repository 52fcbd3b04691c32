"""Every kind of page in a real browser: accessible, within its policy, from one host only.

axe-core (`vendor/axe-core`) looks for what breaks WCAG 2.2 AA, and for its own best practices.
"""

# ruff: noqa: F811 (a fixture that is imported is a parameter as well)

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from page_kinds import KINDS
from requirements import requires_chromium
from test_browser import browser, driver, origin  # noqa: F401 (fixtures)

if TYPE_CHECKING:
    from test_browser import Browser

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN = """
const done = arguments[0];
document.querySelectorAll("details").forEach(one => { one.open = true; });
axe.run(document, {runOnly: %s, resultTypes: ["violations"]}).then(found => done(JSON.stringify({
  rules: found.testEngine.version,
  violations: found.violations.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 200))]),
})));
"""
BAD = "<html lang=xx><img src=x><a href=x></a><p style='color:#ccc;background:#fff'>pale"

ERRORS_ON_PURPOSE = ("404 (NOT FOUND)", "400 (BAD REQUEST)", "404 (Not Found)", "400 (Bad Request)")


@cache
def axe() -> str:
    return AXE.read_text(encoding="utf-8")


def violations(browser: Browser) -> list[tuple[str, list[str]]]:
    """Return what axe finds on the page that is open: rules, and the elements that break them."""
    # The policy forbids scripts from elsewhere on the page, not those of the browser's driver.
    command = {"expression": f"{axe()};0"}
    browser.driver.execute_cdp_cmd("Runtime.evaluate", command)
    found = json.loads(browser.driver.execute_async_script(RUN % json.dumps(RULES)))
    return [(rule, nodes) for rule, nodes in found["violations"]]


@pytest.fixture
def patient(browser: Browser) -> Browser:
    browser.driver.set_script_timeout(120)
    return browser


@requires_chromium
def test_axe_finds_what_is_wrong_with_a_bad_page(patient: Browser) -> None:
    patient.driver.get(f"data:text/html,{BAD}")
    found = {rule for rule, _ in violations(patient)}
    assert {"image-alt", "link-name", "html-lang-valid", "document-title"} <= found


@requires_chromium
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360)])
def test_axe_finds_nothing_on_any_kind_of_page(patient: Browser, scheme: str, width: int) -> None:
    patient.resize(width)
    patient.prefer(scheme)
    found: dict[str, object] = {}
    for address in KINDS:
        patient.open(address)
        found |= {address: wrong} if (wrong := violations(patient)) else {}
    assert found == {}


@requires_chromium
def test_no_kind_of_page_breaks_the_policy_or_asks_another_host(browser: Browser) -> None:
    foreign = []
    for address in KINDS:
        browser.open(address)
        asked = browser.run("return performance.getEntriesByType('resource').map(one => one.name)")
        assert isinstance(asked, list)
        assert any("/assets/" in one for one in asked), address
        foreign += [one for one in asked if not one.startswith(f"{browser.origin}/")]
    told = [line for line in browser.log() if not any(one in line for one in ERRORS_ON_PURPOSE)]
    assert (foreign, told) == ([], [])


@requires_chromium
def test_without_script_every_kind_of_page_reads_the_same(browser: Browser) -> None:
    for address in KINDS:
        browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        browser.open(address)
        browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
        shown = browser.find("main").text
        assert browser.find("h1").text in shown, address
        assert not browser.all(".editor"), address
        assert "JavaScript" not in shown, address
