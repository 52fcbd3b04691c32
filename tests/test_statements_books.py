"""A book of many chapters in plain text: only its title and one chapter are read."""

from __future__ import annotations

from stated import MISSIONS, VISION, missions_of, plan_of, vision_of, words

FILLER = "Pembangunan daerah diarahkan untuk kesejahteraan seluruh masyarakat. " * 600 + "\n"
NATIONAL = (
    "Visi Indonesia adalah “Negara yang berdaulat, maju dan berkelanjutan”.\n"
    "Misi nasional adalah:\n1. Memperkokoh ideologi negara.\n2. Membangun dari bawah.\n"
    "3. Memantapkan pertahanan.\n4. Meningkatkan lapangan kerja.\n"
)
OWN = f"5.1 Visi\n“{VISION}”\n5.2 Misi\n" + "".join(
    f"{n}. {m}.\n" for n, m in enumerate(MISSIONS, 1)
)
BOOK = (
    "RPJMD KABUPATEN BOYOLALI\nTAHUN 2021-2026\n\n"
    "DAFTAR ISI\nBAB IV ISU STRATEGIS .......... IV-1\nBAB V VISI DAN MISI .......... V-1\n\n"
    f"BAB I\nPENDAHULUAN\n{FILLER}BAB IV\nISU STRATEGIS\n{NATIONAL}{FILLER}"
    f"BAB V\nVISI, MISI, TUJUAN DAN SASARAN\n{OWN}{FILLER}BAB VI\nSTRATEGI\n"
    f"Misi 1\n1. Menyusun program.\n2. Melaksanakan kegiatan.\n{FILLER}"
)


def test_of_a_book_in_plain_text_the_chapter_of_the_vision_is_read() -> None:
    assert vision_of(BOOK) == VISION
    assert missions_of(BOOK) == list(MISSIONS)
    assert plan_of(BOOK).other_visions == ()


def test_the_title_of_a_book_names_its_plan_years_and_region() -> None:
    plan = plan_of(BOOK)
    assert plan.plan_type is not None
    assert plan.period is not None
    assert plan.region is not None
    assert (plan.plan_type.code, plan.region.code) == ("RPJMD", "33.09")
    assert words(BOOK, plan.period.span) == "2021-2026"


def test_a_text_without_chapters_is_read_whole_however_long() -> None:
    text = FILLER * 4 + "\nVisi Kabupaten Boyolali\n" + OWN
    assert missions_of(text) == list(MISSIONS)
