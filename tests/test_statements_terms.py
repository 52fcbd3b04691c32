"""Glossary terms: abbreviations with the words that give their letters, and defined words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visidaerah.spans import Span
from visidaerah.statements.model import Pillar
from visidaerah.statements.terms import glossary_terms

Terms = list[tuple[str, str | None, str | None]]


def terms(text: str, *labels: str) -> Terms:
    """Return the terms of a text; behind the line of each label stands its explanation."""
    pillars = [pillar(text, label) for label in labels]
    return [
        (
            term.span.of(text),
            term.expansion.of(text) if term.expansion else None,
            term.definition.of(text) if term.definition else None,
        )
        for term in glossary_terms(text, [Span(0, len(text))], pillars)
    ]


def pillar(text: str, label: str) -> Pillar:
    start = text.index(f"{label}\n")
    explanation = start + len(label) + 1
    end = text.find("\n", explanation)
    return Pillar(
        span=Span(start, start + len(label)),
        explanation=Span(explanation, end if end > 0 else len(text)),
    )


@pytest.mark.parametrize(
    ("text", "short", "expansion"),
    [
        ("Membina Barisan Anak Cinta Alam (BACA) di desa", "BACA", "Barisan Anak Cinta Alam"),
        ("Membentuk Gerakan Warga Tani Tangguh (GERTANGGUH)", "GERTANGGUH", None),
        ("Lewat Rukun Tani Cemerlang Desa ( RUTACEDES )", "RUTACEDES", "Rukun Tani Cemerlang Desa"),
        ("Pola Makan Sayur dan Buah (PMSB) digalakkan", "PMSB", "Pola Makan Sayur dan Buah"),
        ("Menuju desa ASRI (Aman, Sehat, Rapi dan Indah)", "ASRI", "Aman, Sehat, Rapi dan Indah"),
        ("Untuk PKD (Pos Kesehatan Dusun) yang baru", "PKD", "Pos Kesehatan Dusun"),
    ],
)
def test_an_abbreviation_comes_with_the_words_that_give_its_letters(
    text: str, short: str, expansion: str | None
) -> None:
    found = {term: words for term, words, _ in terms(text)}
    assert found == {short: expansion or "Gerakan Warga Tani Tangguh"}


@pytest.mark.parametrize(
    "text",
    [
        "Rencana pembangunan (RPJMD) disusun",
        "Tata kelola yang baik (Good Governance)",
        "Peraturan Daerah (PERDA 2016)",
        "Penduduk (123) jiwa",
        "(SDM)",
        "SDM (manusia)",
        "dan (DAN)",
    ],
)
def test_letters_that_the_words_do_not_give_make_no_term(text: str) -> None:
    assert terms(text) == []


@pytest.mark.parametrize("link", [", yaitu", " yakni", ", artinya", " adalah"])
def test_an_apposition_behind_an_abbreviation_defines_it_up_to_the_next_cue(link: str) -> None:
    text = (
        f"Membentuk Barisan Anak Cinta Alam (BACA){link} anak yang gemar berkebun dengan "
        "mengedepankan gotong royong."
    )
    assert terms(text) == [("BACA", "Barisan Anak Cinta Alam", "anak yang gemar berkebun")]


@pytest.mark.parametrize("link", ["adalah", "merupakan", "ialah", "merujuk pada", "ADALAH"])
def test_a_sentence_that_opens_with_the_label_defines_it(link: str) -> None:
    text = f"Desa Elok\nDesa elok {link} desa yang rapi sehingga warga betah. Warga rajin."
    assert terms(text, "Desa Elok") == [("Desa elok", None, "desa yang rapi sehingga warga betah")]


def test_a_part_of_the_label_is_defined_as_well() -> None:
    text = "Desa Elok\nElok adalah rapi. Yang dimaksud dengan desa elok adalah desa yang rapi."
    assert terms(text, "Desa Elok") == [
        ("Elok", None, "rapi"),
        ("desa elok", None, "desa yang rapi"),
    ]


def test_a_definition_ends_before_the_list_that_it_announces() -> None:
    text = (
        "Desa Elok\nDesa elok adalah desa yang rapi, dengan karateristik: (a) Jalan teduh; "
        "(b) Taman terawat."
    )
    assert terms(text, "Desa Elok") == [("Desa elok", None, "desa yang rapi")]


def test_words_that_all_labels_share_define_no_pillar() -> None:
    text = "Desa Elok\nDesa adalah tempat tinggal.\nDesa Rukun\nDesa rukun adalah desa damai."
    assert terms(text, "Desa Elok", "Desa Rukun") == [("Desa rukun", None, "desa damai")]


@pytest.mark.parametrize(
    "explanation",
    [
        "Warga merupakan pemilik desa.",
        "Desa elok diwujudkan dengan menata taman.",
        "Salah satu hal pada desa elok adalah kebersihan.",
        "Elok adalah",
        "adalah desa yang rapi.",
    ],
)
def test_other_sentences_define_nothing(explanation: str) -> None:
    assert terms(f"Desa Elok\n{explanation}", "Desa Elok") == []


def test_a_term_is_told_once_where_it_stands_first() -> None:
    text = "Pos Kesehatan Dusun (PKD) dibuka. Pos Kesehatan Dusun (PKD), yaitu pos warga."
    assert terms(text) == [("PKD", "Pos Kesehatan Dusun", None)]


def test_stretches_outside_are_not_read() -> None:
    text = "Pos Kesehatan Dusun (PKD) dibuka. Warga sehat."
    assert glossary_terms(text, []) == ()
    assert glossary_terms(text, [Span(text.index("Warga"), len(text))]) == ()


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Aa", "Bb", "(AB)", "(ABCD)", "AB", "adalah", ", yaitu", ".", ":", "dan", "(a)", "(b)"]
        ),
        min_size=1,
        max_size=40,
    ).map(" ".join)
)
def test_whatever_the_text_terms_lie_in_it_and_differ(text: str) -> None:
    whole = Span(0, len(text))
    found = glossary_terms(text, [whole], [Pillar(span=Span(0, 1), explanation=whole)])
    assert len({term.span.of(text).casefold() for term in found}) == len(found)
    for term in found:
        spans = [term.span, term.expansion or term.span, term.definition or term.span]
        assert all(whole.covers(span) for span in spans)
        assert term.expansion or term.definition
