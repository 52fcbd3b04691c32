"""The page about quality: what is complete, what is not, and a query behind each number."""

from __future__ import annotations

import threading
import time
from urllib.parse import parse_qs, urlsplit

import pytest

from pages_site import Visitor, shipped, visitor_of
from visidaerah.checks import Finding, Outcome, Report
from visidaerah.store import Store
from visidaerah.web import create_app
from visidaerah.web.pages import Pages, checking
from visidaerah.web.pages.checking import NotChecked, checked
from visidaerah.web.pages.measures import MEASURES
from visidaerah.web.pages.waiting import Awaited

GAPS = """
<id/plan/x> a vd:DevelopmentPlan ; rdfs:label "Rencana bercela"@id ;
  vd:hasMission <id/plan/x/mission/1> , <id/plan/x/mission/2> ;
  vd:hasElement <id/plan/x/mission/1> , <id/plan/x/mission/2> ;
  vd:declaresCount <id/plan/x/count/mission> , <id/plan/x/count/pillar> .
<id/plan/x/mission/1> a vd:Mission ; rdfs:label "Misi pertama"@id ;
  vd:hasSectorAssignment <id/plan/x/mission/1/sector/1.02> .
<id/plan/x/mission/1/sector/1.02> vd:assignedSector <id/sector/1.02> ; vd:confidence 0.5 .
<id/plan/x/mission/2> a vd:Mission ; vd:statedIn <id/document/x#char=0,4> .
<id/plan/x/count/mission> vd:countOf <id/countable/mission> ; vd:countValue 2 .
<id/plan/x/count/pillar> vd:countOf <id/countable/pillar> ; vd:countValue 4 .
"""


def measured(trig: str) -> dict[str, tuple[str, str]]:
    """Return how many there are of all, by what is counted."""
    page = visitor_of(trig).see("/quality", "en")
    heads = [head.text for head in page.all("th", scope="row")][: len(MEASURES)]
    numbers = [cell.text for cell in page.all("td", class_="num")][: 3 * len(MEASURES)]
    return dict(zip(heads, zip(numbers[::3], numbers[1::3], strict=True), strict=True))


def test_what_is_missing_is_counted() -> None:
    found = measured(GAPS)
    assert found["Plans whose source text is known"] == ("0", "1")
    assert found["Plans whose missions were read"] == ("1", "1")
    assert found["Missions with a sector"] == ("1", "2")
    assert found["Statements with their place in the text"] == ("1", "2")
    assert found["Numbers declared in a text that equal what was found in it"] == ("1", "2")


def test_the_query_behind_a_number_finds_that_number() -> None:
    page = shipped().see("/quality", "en")
    queries = [link["href"] for link in page.all("a") if link.text.startswith("query:")]
    assert len(queries) == len(MEASURES)
    numbers = [cell.text for cell in page.all("td", class_="num")][: 3 * len(MEASURES)]
    for number, address in enumerate(queries):
        query = parse_qs(urlsplit(address).query)["query"][0]
        answer = shipped().client.get("/sparql", query_string={"query": query, "format": "csv"})
        assert answer.get_data(as_text=True).split()[1].split(",") == [
            numbers[3 * number + 1].replace(",", ""),
            numbers[3 * number].replace(",", ""),
        ]


@pytest.mark.parametrize(
    ("words", "things"),
    [
        ("Missions with a sector", {"id/plan/x/mission/2"}),
        ("Numbers declared", {"id/plan/x/count/pillar"}),
        ("Plans whose source", {"id/plan/x"}),
    ],
)
def test_what_is_missing_is_one_click_away(words: str, things: set[str]) -> None:
    visitor = visitor_of(GAPS)
    page = visitor.see("/quality", "en")
    texts = {link.text: link["href"] for link in page.all("a") if f": {words}" in link.text}
    address = next(href for text, href in texts.items() if "see the other" in text)
    lines = visitor.client.get(f"{address}&format=csv").get_data(as_text=True).split()[1:]
    assert {line.removeprefix("https://w3id.org/visidaerah/") for line in lines} == things


def test_each_plan_is_told_with_what_it_lacks() -> None:
    page = visitor_of(GAPS).see("/quality", "en")
    cells = {cell["data-name"]: cell.text for cell in page.all("td", class_="num")}
    assert cells["Missions without a sector"] == "1"
    assert cells["Declared numbers that differ"] == "1"
    assert cells["Mean confidence"] == "0.5"


def test_data_without_plans_have_nothing_to_show() -> None:
    foreign = visitor_of("<urn:x:a> a <urn:x:B> .")
    assert "Tidak ada rencana dalam data ini" in foreign.see("/quality").text


def test_a_check_that_is_not_done_is_said_to_be_under_way_and_not_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done = threading.Event()

    def slow(_: Store) -> Report:
        done.wait(20)
        return REPORT

    monkeypatch.setattr("visidaerah.web.pages.overviews.checked", slow)
    visitor = visitor_of(GAPS)
    response = visitor.client.get("/quality", headers={"Accept-Language": "en"})
    assert "The rules are being checked." in response.get_data(as_text=True)
    assert response.headers["Cache-Control"] == "no-store"
    done.set()
    wait_for_report(visitor)


REPORT = Report(
    outcomes=(
        Outcome(
            name="Shapes",
            findings=(
                Finding(
                    rule="sh:Mission",
                    node="https://w3id.org/visidaerah/id/plan/x/mission/2",
                    message={"id": "Misi harus bertempat.", "en": "A mission needs a place."},
                ),
                Finding(rule="r", node="not an IRI <b>", message={"en": "w"}, severity="warning"),
            ),
        ),
        Outcome(name="Quotes"),
        Outcome(name="Reasoner", skipped="as asked"),
    )
)


def wait_for_report(visitor: Visitor) -> str:
    """Return the page once the report is there."""
    for _ in range(200):
        text = " ".join(visitor.source("/quality", "en").split())
        if "being checked" not in text:
            return text
        time.sleep(0.05)
    raise AssertionError("The report did not come.")


def test_broken_rules_are_told_in_the_readers_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("visidaerah.web.pages.overviews.checked", lambda _: REPORT)
    visitor = visitor_of(GAPS)
    text = wait_for_report(visitor)
    assert "2 places break a rule:" in text
    assert "A mission needs a place." in text
    assert "not an IRI &lt;b&gt;" in text
    assert "Not run here; it takes long." in text
    assert "Misi harus bertempat." in visitor.see("/quality").text


@pytest.mark.parametrize(
    ("reason", "words"), [("large", "too large to be checked"), ("failed", "could not be run")]
)
def test_a_check_that_cannot_be_done_says_what_to_do_instead(
    monkeypatch: pytest.MonkeyPatch, reason: str, words: str
) -> None:
    monkeypatch.setattr("visidaerah.web.pages.overviews.checked", lambda _: NotChecked(reason))
    text = wait_for_report(visitor_of(GAPS))
    assert words in text
    assert "visidaerah check" in text


def test_a_release_is_checked_in_a_process_of_its_own() -> None:
    report = checked(Store.shipped())
    assert isinstance(report, Report)
    assert report.ok
    assert [outcome.name for outcome in report.outcomes] == [
        "Shapes",
        "Violation queries",
        "Quotes",
        "Reasoner",
    ]


def test_a_release_that_is_too_large_is_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "LARGEST", 10)
    assert checked(Store.shipped()) == NotChecked("large")


def test_a_process_that_fails_is_told_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    assert checked(Store.from_quads([])) == NotChecked("failed")


def test_what_takes_long_is_worked_out_once() -> None:
    calls: list[int] = []
    awaited = Awaited(lambda: calls.append(1))
    for _ in range(3):
        awaited.value(5)
    assert calls == [1]


def test_what_pages_need_of_a_release_is_taken_before_anyone_asks() -> None:
    store = Store.shipped()
    pages = Pages(store)
    app = create_app(store, renderer=pages)
    assert "uses" not in vars(pages)
    pages.prepare(app.extensions["visidaerah"])
    assert {"uses", "index"} <= vars(pages).keys()
    assert app.test_client().get("/sectors").status_code == 200


def test_a_check_that_fails_is_told_in_the_log_and_not_on_the_terminal(
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(checking, "PROGRAM", "visidaerah.no_such_program")
    assert checked(Store([])) == NotChecked("failed")
    assert capfd.readouterr().err == ""
    assert "No module named" in caplog.text
