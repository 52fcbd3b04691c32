"""The front page: what there is, where it is, what can be asked, and how to take it home."""

from __future__ import annotations

from pages_site import shipped


def test_the_map_and_the_list_beside_it_lead_to_the_plans_of_a_province() -> None:
    page = shipped().see("/")
    tiles = [a["href"] for a in page.all("a") if "svg" in a.parents]
    listed = [a["href"] for a in page.all("a") if a["href"].startswith("/plans?province=")]
    assert tiles == ["/plans?province=18", "/plans?province=33"]
    assert sorted(listed) == sorted(2 * tiles)
    assert page.one("ul", aria_labelledby="provinces").text == "Lampung 1Jawa Tengah 1"


def test_what_is_on_the_map_is_read_once_and_reached_once_by_keyboard() -> None:
    page = shipped().see("/")
    (picture,) = [one for one in page.all("svg") if "figure" in one.parents]
    assert picture["aria-hidden"] == "true"
    assert {a["tabindex"] for a in page.all("a") if "svg" in a.parents} == {"-1"}


def test_three_questions_that_anyone_may_have_are_shown() -> None:
    page = shipped().see("/")
    shown = [a["href"] for a in page.all("a") if a["href"].startswith("/questions/")]
    assert shown == [
        "/questions/which-missions-concern-education",
        "/questions/how-do-two-plans-compare-by-sector",
        "/questions/which-affairs-does-no-plan-touch",
    ]


def test_a_plan_begins_with_the_way_to_its_parts_and_its_files() -> None:
    page = shipped().see("/page/plan/kota-metro")
    ways = [a["href"] for a in page.all("a") if "nav" in a.parents and a["href"][0] == "#"]
    assert ways == ["#facts", "#pillars", "#missions", "#terms", "#sectors", "#take"]
    assert {way[1:] for way in ways} <= set(page.ids)
