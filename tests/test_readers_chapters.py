from __future__ import annotations

import pytest

from visidaerah.readers.chapters import vision_chapter

BODY = ("Pembangunan daerah diarahkan untuk kesejahteraan masyarakat. " * 12 + "\n") * 4


def book(*chapters: str, contents: str = "") -> str:
    return contents + "".join(f"{chapter}\n{BODY}" for chapter in chapters)


@pytest.mark.parametrize(
    "heading",
    [
        "BAB V\nVISI, MISI, TUJUAN DAN SASARAN",
        "BAB V VISI, MISI, TUJUAN DAN SASARAN",
        "BAB V.\nVISI, MISI,\nTUJUAN DAN SASARAN",
        "Bab V\n\nPenyajian Visi, Misi, Tujuan dan Sasaran",
        "BAB 5\nVISI DAN MISI",
        "BAB V\nTUJUAN PEMBANGUNAN:\nVISI DAN MISI",
    ],
)
def test_the_chapter_is_known_by_its_title(heading: str) -> None:
    text = book("BAB IV\nISU STRATEGIS", heading, "BAB VI\nSTRATEGI")
    chapter = vision_chapter(text)
    assert chapter is not None
    assert chapter.of(text) == f"{heading}\n{BODY}"


def test_the_last_chapter_runs_to_the_end() -> None:
    text = book("BAB II\nGAMBARAN", "BAB III\nVISI, MISI DAN PROGRAM PRIORITAS")
    chapter = vision_chapter(text)
    assert chapter is not None
    assert chapter.end == len(text)


@pytest.mark.parametrize(
    "contents",
    [
        "DAFTAR ISI\nBAB V VISI, MISI DAN TUJUAN ........ V-1\nBAB VI STRATEGI .... VI-1\n",
        "BAB V VISI, MISI, TUJUAN DAN SASARAN V-1\nBAB VI STRATEGI VI-1\n",
        "BAB IV ISU STRATEGIS\nBAB V VISI, MISI, TUJUAN DAN SASARAN\nBAB VI STRATEGI\n",
        "Bab V Visi, Misi\nBab ini memuat visi dan misi.\nBab VI Strategi\nBab ini memuat itu.\n",
        "Bab V menjelaskan visi dan misi daerah.\n",
    ],
)
def test_contents_and_summaries_are_no_chapter(contents: str) -> None:
    text = book("BAB IV\nISU STRATEGIS", "BAB V\nVISI DAN MISI", "BAB VI\nX", contents=contents)
    chapter = vision_chapter(text)
    assert chapter is not None
    assert chapter.of(text) == f"BAB V\nVISI DAN MISI\n{BODY}"
    assert vision_chapter(contents) is None


def test_a_chapter_that_speaks_of_vision_and_missions_is_not_the_one() -> None:
    chapters = ("BAB IV\nISU STRATEGIS\nVisi dan misi ditetapkan kemudian.", "BAB VI\nSTRATEGI")
    assert vision_chapter(book(*chapters)) is None


def test_an_earlier_chapter_named_in_a_later_one_does_not_end_it() -> None:
    text = book("BAB V\nVISI DAN MISI", "BAB II telah menguraikan hal itu", "BAB II", "BAB VI\nX")
    chapter = vision_chapter(text)
    assert chapter is not None
    assert text[chapter.end :].startswith("BAB VI")


def test_a_text_without_chapters_has_none() -> None:
    assert vision_chapter(BODY) is None
    assert vision_chapter("") is None
