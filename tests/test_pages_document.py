"""A document's page is its text as printed, with everything that was read from it marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal

from pages_site import shipped, visitor_of
from visidaerah.assets import data
from visidaerah.documents import read_folder

if TYPE_CHECKING:
    from html_pages import Page
    from pages_site import Visitor

SLUGS = ("kota-metro", "kota-magelang-2016")
METRO = "/page/document/kota-metro"


def text_of(slug: str) -> str:
    return read_folder(data() / "documents" / slug).text


def source(page: Page) -> str:
    return page.one("div", class_="source").text


@pytest.mark.parametrize("slug", SLUGS)
def test_the_text_stands_there_character_by_character(slug: str) -> None:
    assert source(shipped().see(f"/page/document/{slug}")) == text_of(slug)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_span_is_marked_under_its_own_anchor(slug: str) -> None:
    page, text = shipped().see(f"/page/document/{slug}"), text_of(slug)
    marks = {mark["id"]: mark.text for mark in page.all("span", class_="m") if mark["id"]}
    assert len(marks) > 100
    whole = {
        anchor: words
        for anchor, words in marks.items()
        if words == text[slice(*map(int, anchor.removeprefix("char=").split(",")))]
    }
    crossing = marks.keys() - whole.keys()
    assert len(crossing) < len(marks) / 20
    assert all(text[int(re.findall(r"\d+", a)[0]) :].startswith(marks[a]) for a in crossing)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_mark_leads_to_a_note_that_says_what_was_read_from_it(slug: str) -> None:
    page = shipped().see(f"/page/document/{slug}")
    links = [link for link in page.all("a") if "div" in link.parents and link["draggable"]]
    notes = {note["id"]: note.text for note in page.all("li", class_="note")}
    assert len(links) > 100
    assert [link for link in links if link["href"].removeprefix("#") not in notes] == []
    readings = {link["href"]: link["title"].split(" · ") for link in links}
    assert max(map(len, readings.values())) > 1
    untold = [
        reading
        for href, told in readings.items()
        for reading in told
        if reading not in notes[href.removeprefix("#")]
    ]
    assert untold == []


@pytest.mark.parametrize("slug", SLUGS)
def test_a_note_links_to_all_that_was_read_and_back_to_the_text(slug: str) -> None:
    html = shipped().source(f"/page/document/{slug}")
    notes = re.findall(r'<li class="note" id="note-([^"]+)">(.*?)</p></li>', html, re.DOTALL)
    assert len(notes) > 100
    for anchor, note in notes:
        links = re.findall(r'href="([^"]+)"', note)
        assert links[-1] == f"#{anchor}"
        assert len(links) > 1
        assert [link for link in links[:-1] if not link.startswith("/page/")] == []


def test_a_mark_says_what_it_is_and_why() -> None:
    page = shipped().see(METRO)
    titles = {link.text: link["title"] for link in page.all("a", draggable="false")}
    vision = next(title for words, title in titles.items() if words.startswith("Terwujudnya"))
    assert vision.startswith("visi: Terwujudnya Kota Metro")
    assert "(dinyatakan pada)" in vision


def test_the_keyboard_stops_once_at_every_mark_it_can_reach() -> None:
    page = shipped().see(METRO)
    stops = [link for link in page.all("a", draggable="false") if link["tabindex"] != "-1"]
    marks = [mark for mark in page.all("span", class_="m") if mark["id"]]
    assert len(marks) / 2 < len(stops) <= len(marks)


def test_the_legend_names_the_kinds_that_occur() -> None:
    page = shipped().see(METRO)
    kinds = {box["id"].removeprefix("show-") for box in page.all("input", type="checkbox")}
    marks = [mark["class"] for mark in page.all("span", class_="m") if "label" not in mark.parents]
    assert kinds == {re.findall(r"k-(\w+)", classes)[0] for classes in marks}
    assert {"vision", "pillar", "mission", "component", "evidence"} <= kinds


def test_the_list_has_every_marked_part() -> None:
    page = shipped().see(METRO)
    anchors = {mark["id"] for mark in page.all("span", class_="m") if mark["id"]}
    listed = {note["id"].removeprefix("note-") for note in page.all("li", class_="note")}
    assert anchors <= listed


def test_the_document_leads_to_its_plan() -> None:
    assert any(link["href"] == "/page/plan/kota-metro" for link in shipped().see(METRO).all("a"))


TEXT = "\nA<b>&amp;\r\n\u00a0 \t“x”\n\nzz 😀é\r"
ODD = f"""
<id/document/x> a vd:SourceText ; prov:value {Literal(TEXT)} .
<id/document/x#char=1,4> a vd:TextSpan ; oa:hasSource <id/document/x> ;
  oa:hasSelector [ oa:start 1 ; oa:end 4 ] .
<id/document/x#char=3,6> a vd:TextSpan ; oa:hasSource <id/document/x> ;
  oa:hasSelector [ oa:start 3 ; oa:end 6 ] .
<id/document/x#char=3,999> a vd:TextSpan ; oa:hasSource <id/document/x> ;
  oa:hasSelector [ oa:start 3 ; oa:end 999 ] .
<id/document/x#char=9,2> a vd:TextSpan ; oa:hasSource <id/document/x> ;
  oa:hasSelector [ oa:start 9 ; oa:end 2 ] .
<id/document/x#odd> a vd:TextSpan ; oa:hasSource <id/document/x> ;
  oa:hasSelector [ oa:start "one" ; oa:end "two"@id ] .
"""


def test_markup_line_ends_and_odd_characters_in_a_text_stay_as_they_are() -> None:
    html = visitor_of(ODD).source("/page/document/x")
    assert "amp;&#13;\n\u00a0 \t“x”\n\nzz 😀é&#13;" in html
    assert source(visitor_of(ODD).see("/page/document/x")) == TEXT


def test_spans_that_cross_are_both_marked() -> None:
    page = visitor_of(ODD).see("/page/document/x")
    marks = [(mark["id"], mark.text) for mark in page.all("span", class_="m")]
    assert page.problems == []
    assert marks[:3] == [("char=1,4", "A<b"), ("char=3,6", "b"), ("", ">&")]


def test_spans_that_do_not_lie_in_the_text_are_left_out() -> None:
    page = visitor_of(ODD).see("/page/document/x")
    assert {"char=3,999", "char=9,2", "odd"} & set(page.ids) == set()


def test_a_source_without_text_says_so() -> None:
    page = visitor_of("<id/document/y> a vd:SourceText .").see("/page/document/y", "en")
    assert "do not hold the text" in page.text


PARAGRAPH = "Kota yang maju, sehat dan rukun bagi semua warga.\n\n"
LONG = PARAGRAPH * 3000
"""About as many characters as a book of a hundred pages."""


def long_document(*spans: tuple[int, int]) -> str:
    marked = "".join(
        f"<id/document/long#char={start},{end}> a vd:TextSpan ; oa:hasSource <id/document/long> ;"
        f" oa:hasSelector [ oa:start {start} ; oa:end {end} ] .\n"
        f"<id/plan/long/mission/{start}> a vd:Mission ; vd:position {number} ;"
        f" vd:statedIn <id/document/long#char={start},{end}> .\n"
        for number, (start, end) in enumerate(spans, 1)
    )
    return f"<id/document/long> a vd:SourceText ; prov:value {Literal(LONG)} .\n{marked}"


def far() -> Visitor:
    """Return a visitor of a text with marks at its beginning, in its middle and at its end."""
    return visitor_of(long_document((0, 4), (70_000, 70_010), (140_000, 140_007)))


def test_a_long_text_is_shown_in_portions_that_make_it_again() -> None:
    visitor, shown, here = far(), "", "/page/document/long"
    for _ in range(100):
        page = visitor.see(here)
        shown += source(page)
        following = [link["href"] for link in page.all("a", rel="next")]
        if not following:
            break
        here = following[0].partition("#")[0]
    assert shown == LONG
    assert here.endswith("part=7")


def test_a_portion_ends_with_a_paragraph() -> None:
    assert source(far().see("/page/document/long")).endswith("warga.\n\n")


def test_a_link_to_a_passage_of_a_long_text_opens_its_portion() -> None:
    visitor = far()
    mission = visitor.see("/page/plan/long/mission/140000")
    (address,) = {link["href"] for link in mission.all("a") if "char=140000" in link["href"]}
    assert address == "/page/document/long?at=140000#char=140000,140007"
    page = visitor.see(address.partition("#")[0])
    (mark,) = [mark for mark in page.all("span", class_="m") if mark["id"]]
    assert (mark["id"], mark.text) == ("char=140000,140007", LONG[140_000:140_007])


def test_a_long_text_tells_which_portions_hold_statements() -> None:
    page = far().see("/page/document/long")
    links = {link["href"]: link.text for link in page.all("a") if "Bagian" in link.text}
    assert list(links.values()) == ["Bagian 1: 1", "Bagian 3: 1", "Bagian 6: 1"]
    for address in links:
        linked = far().see(address.partition("#")[0])
        assert len([mark for mark in linked.all("span", class_="m") if mark["id"]]) == 1


def test_a_mark_that_leads_out_of_a_portion_goes_on_in_the_next() -> None:
    visitor = visitor_of(long_document((10, 60_000)))
    texts = []
    for part in (1, 2, 3):
        page = visitor.see(f"/page/document/long?part={part}")
        texts += [mark.text for mark in page.all("span", class_="m") if "label" not in mark.parents]
    assert "".join(texts) == LONG[10:60_000]


@pytest.mark.parametrize("asked", ["part=0", "part=99", "part=x", "at=-1", "at=9999999", "at=x"])
def test_a_portion_that_is_not_there_is_the_nearest(asked: str) -> None:
    assert source(far().see(f"/page/document/long?{asked}")) in LONG


def test_a_short_text_is_not_divided() -> None:
    page = shipped().see(METRO)
    assert page.all("a", rel="next") == []
    assert [link["href"] for link in page.all("a") if "?at=" in link["href"]] == []
    assert page.all("script", type="module") == []


def test_a_text_without_any_blank_is_divided_nevertheless() -> None:
    text = Literal("x" * 60_000)
    page = visitor_of(f"<id/document/y> a vd:SourceText ; prov:value {text} .").see(
        "/page/document/y"
    )
    assert 0 < len(source(page)) < 30_000
