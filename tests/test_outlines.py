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
    assert outline("kota-magelang-2016", magelang).years == ("2016", "2021")


def test_the_outline_of_another_plan_is_empty() -> None:
    assert outline("kota-lain", METRO) == Outline(elements={})


def test_a_broken_graph_is_named() -> None:
    with pytest.raises(DatasetError, match=r"graph of kota-metro is broken.*visidaerah build"):
        outline("kota-metro", METRO[:1000])


def test_nothing_differs_from_itself() -> None:
    assert difference(of("a", "b"), of("a", "b")) == []


def test_a_statement_put_between_moves_those_behind_it() -> None:
    assert difference(of("a", "b", "c"), of("a", "x", "b", "c")) == [
        Change(kind="added", path="mission/2", after="x"),
        Change(kind="moved", path="mission/3", before="mission/2", after="b"),
        Change(kind="moved", path="mission/4", before="mission/3", after="c"),
    ]


def test_a_statement_taken_out_moves_those_behind_it() -> None:
    assert difference(of("a", "b", "c"), of("a", "c")) == [
        Change(kind="moved", path="mission/2", before="mission/3", after="c"),
        Change(kind="removed", path="mission/2", before="b"),
    ]


def test_another_wording_at_the_same_place_is_reworded() -> None:
    assert difference(of("a", "b"), of("a", "x")) == [
        Change(kind="reworded", path="mission/2", before="b", after="x")
    ]


def test_statements_that_change_places_move() -> None:
    assert difference(of("a", "b"), of("b", "a")) == [
        Change(kind="moved", path="mission/1", before="mission/2", after="b"),
        Change(kind="moved", path="mission/2", before="mission/1", after="a"),
    ]


def test_equal_wordings_move_one_for_one() -> None:
    assert difference(of("a", "a"), of("x", "a", "a")) == [
        Change(kind="added", path="mission/1", after="x"),
        Change(kind="moved", path="mission/3", before="mission/1", after="a"),
    ]
