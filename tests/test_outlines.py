"""Outlines: what a graph states in short, and what became of each statement."""

from __future__ import annotations

import pytest

from visidaerah import assets
from visidaerah.errors import DatasetError
from visidaerah.outlines import Change, Outline, changes, outline

METRO = (assets.data() / "graph" / "kota-metro.trig").read_bytes()


def of(*missions: str) -> Outline:
    return Outline(elements={f"mission/{n}": text for n, text in enumerate(missions, 1)})


def difference(before: Outline, after: Outline) -> list[Change]:
    return list(changes(before, after))


def test_an_outline_has_region_years_and_wordings() -> None:
    found = outline("kota-metro", METRO)
    assert (found.region, found.years) == ("18.72", ())
    assert (found.count("pillar"), found.count("mission")) == (4, 5)
    assert found.elements["mission/1"].startswith("Mewujudkan Kualitas Pendidikan")
    magelang = (assets.data() / "graph" / "kota-magelang-2016.trig").read_bytes()
    of_magelang = outline("kota-magelang-2016", magelang)
    assert of_magelang.facts() == {
        "region": "33.71",
        "period": "2016–2021",
        "plan type": "RPJMD",
    }


def test_the_outline_of_another_plan_is_empty() -> None:
    assert outline("kota-lain", METRO) == Outline(elements={})


def test_a_broken_graph_is_named() -> None:
    with pytest.raises(DatasetError, match=r"graph of kota-metro is broken.*visidaerah build"):
        outline("kota-metro", METRO[:1000])


def test_nothing_differs_from_itself() -> None:
    assert difference(of("a", "b"), of("a", "b")) == []


def test_what_is_new_and_what_is_gone_is_said_by_name() -> None:
    before = Outline(elements={"mission/1": "a", "mission/2": "b"})
    after = Outline(elements={"mission/3": "x", "mission/1": "a"})
    assert difference(before, after) == [
        Change(kind="added", path="mission/3", after="x"),
        Change(kind="removed", path="mission/2", before="b"),
    ]


def test_another_wording_of_the_same_name_is_reworded() -> None:
    assert difference(of("a", "b"), of("a", "x")) == [
        Change(kind="reworded", path="mission/2", before="b", after="x")
    ]


def test_a_statement_that_comes_before_its_neighbour_has_moved() -> None:
    after = Outline(elements={"mission/3": "c", "mission/1": "a", "mission/2": "b"})
    assert difference(of("a", "b", "c"), after) == [
        Change(kind="moved", path="mission/3", before="3", after="1")
    ]


def test_what_is_said_of_the_whole_otherwise_is_told_first() -> None:
    before = Outline(region="33.76", years=("2025", "2029"), elements={"vision": "a"})
    after = Outline(years=("2026", "2030"), plan_type="RPJMD", elements={"vision": "b"})
    assert difference(before, after) == [
        Change(kind="reworded", path="region", before="33.76", after=""),
        Change(kind="reworded", path="period", before="2025–2029", after="2026–2030"),
        Change(kind="reworded", path="plan type", before="", after="RPJMD"),
        Change(kind="reworded", path="vision", before="a", after="b"),
    ]
