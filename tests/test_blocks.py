"""A text is divided as its layout divides it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visidaerah.blocks import Block, BlockKind, blocks_of


def quotes(text: str) -> list[str]:
    return [" ".join(block.span.of(text).split()) for block in blocks_of(text)]


def markers(text: str) -> list[tuple[str, str, int | None]]:
    return [
        (block.marker.text, block.marker.style, block.marker.number)
        for block in blocks_of(text)
        if block.marker
    ]


def one(text: str) -> Block:
    (block,) = blocks_of(text)
    return block


@pytest.mark.parametrize("text", ["", " ", "\n\n\t\r\n", "\ufeff", "\xa0 \xa0", "----\n:\n|||"])
def test_a_text_that_holds_nothing_has_no_blocks(text: str) -> None:
    assert [block for block in blocks_of(text) if block.kind is not BlockKind.ITEM] == []
    assert all(any(c.isalnum() for c in quote) for quote in quotes(text))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "<br>", "<br />", "</p><p>", "\\n"])
def test_every_kind_of_line_end_divides(end: str) -> None:
    assert quotes(f"Profil Kota{end}Sejarah Kota") == ["Profil Kota", "Sejarah Kota"]


def test_a_byte_order_mark_and_blanks_around_a_line_are_outside_its_block() -> None:
    block = one("\ufeff \xa0 Sejarah Kota \xa0\n")
    assert (block.span.start, block.span.end) == (4, 16)


@pytest.mark.parametrize(
    ("line", "marker"),
    [
        ("1. Kota", ("1.", "1.", 1)),
        ("2.Kota", ("2.", "1.", 2)),
        ("3) Kota", ("3)", "1)", 3)),
        ("(4) Kota", ("(4)", "(1)", 4)),
        ("b. Kota", ("b.", "a.", 2)),
        ("C. Kota", ("C.", "A.", 3)),
        ("(d) Kota", ("(d)", "(a)", 4)),
        ("iv. Kota", ("iv.", "i.", 4)),
        ("XXIV. Kota", ("XXIV.", "i.", 24)),
        ("XL. Kota", ("XL.", "i.", 40)),
        ("(lix) Kota", ("(lix)", "(i)", 59)),
        ("M1. Kota", ("M1.", "M1.", 1)),
        ("M-2 Kota", ("M-2", "M-1", 2)),
        ("[x] Kota", ("[x]", "•", None)),
        ("- [ ] Kota", ("-", "-", None)),
        ("1\\. Kota", ("1.", "1.", 1)),
        ("\\- Kota", ("-", "-", None)),
        ("2.1.3. Kota", ("2.1.3.", "1.1", None)),
        ("- Kota", ("-", "-", None)),
        ("• Kota", ("•", "•", None)),
        ("\uf0d8 Kota", ("\uf0d8", "\uf0d8", None)),
        ("\u27a2 Kota", ("\u27a2", "\u27a2", None)),
        ("• ✔ Kota", ("•", "•", None)),
        ("• 7. Kota", ("7.", "1.", 7)),
        ("- 8 Kota", ("8", "1", 8)),
        ("5. 5. Kota", ("5.", "1.", 5)),
        ("6\ufe0f\u20e3 Kota", ("6\ufe0f\u20e3", "1\ufe0f\u20e3", 6)),
        ("1.\t\xa0\xa0 Kota", ("1.", "1.", 1)),
    ],
)
def test_a_marker_is_read_as_style_and_number_and_is_outside_the_block(
    line: str, marker: tuple[str, str, int | None]
) -> None:
    assert markers(line) == [marker]
    assert quotes(line) == ["Kota"]
    assert one(line).kind is BlockKind.ITEM


@pytest.mark.parametrize(
    "line",
    [
        "3.5 persen naik",
        "1.000 jiwa",
        "Dr. Ani",
        "-5 derajat minus",
        "di. Kota",
        "M16 adalah kode",
        "S1 Hukum",
    ],
)
def test_a_figure_or_a_title_is_no_number_of_an_item(line: str) -> None:
    assert [number for _, _, number in markers(line)] in ([], [None])


def test_a_marker_alone_on_its_line_belongs_to_the_next() -> None:
    text = "a.\n\nMembangun desa\n\nb.\n\nMenata kota\n"
    assert markers(text) == [("a.", "a.", 1), ("b.", "a.", 2)]
    assert quotes(text) == ["Membangun desa", "Menata kota"]


def test_bare_numbers_that_count_up_are_markers_and_others_are_page_numbers() -> None:
    text = "1\nMembangun desa\n2\nMenata kota\n41\nPenutup\n"
    assert markers(text) == [("1", "1", 1), ("2", "1", 2)]
    assert quotes(text) == ["Membangun desa", "Menata kota", "Penutup"]


def test_a_lone_letter_i_is_a_numeral_unless_h_precedes_it() -> None:
    numerals = markers("I. Satu\nII. Dua\nIII. Tiga\nIV. Empat\nV. Lima\n")
    assert [(style, number) for _, style, number in numerals] == [("i.", n) for n in range(1, 6)]
    letters = markers("".join(f"{letter}. Butir\n" for letter in "abcdefghij"))
    assert [(style, number) for _, style, number in letters] == [("a.", n) for n in range(1, 11)]


def test_items_of_another_style_are_nested_and_a_heading_ends_the_list() -> None:
    text = "1. Ekonomi\na. Pasar\nb. Jalan\n2. Budaya\nTUJUAN\na. Aman\n"
    assert [block.level for block in blocks_of(text)] == [1, 2, 2, 1, 0, 1]


def test_headings_are_told_by_capitals_titles_colons_and_markdown() -> None:
    text = "VISI KOTA\nSejarah Singkat\nmisi kami:\n## Tentang kita\nkota ini didirikan lama.\n"
    kinds = [block.kind for block in blocks_of(text)]
    assert kinds == [BlockKind.HEADING] * 4 + [BlockKind.PARAGRAPH]
    assert quotes(text)[3] == "Tentang kita"


WRAPPED = """\
Pembangunan daerah dilaksanakan dengan memperhatikan masukan
dari masyarakat serta para pemangku kepentingan di daerah
sehingga rumusan ini menjadi milik bersama seluruh warga
yang tinggal di seluruh wilayah Jawa Tengah bagian
Selatan dan sekitarnya.
Paragraf berikut berdiri sendiri.
1) Meningkatkan mutu pendidikan bagi seluruh lapisan
   masyarakat;
2) Membangun jalan.
"""


def test_wrapped_lines_are_one_paragraph_and_a_full_stop_before_the_margin_ends_it() -> None:
    found = quotes(WRAPPED)
    assert found[0].startswith("Pembangunan daerah")
    assert found[0].endswith("bagian Selatan dan sekitarnya.")
    assert found[1:] == [
        "Paragraf berikut berdiri sendiri.",
        "Meningkatkan mutu pendidikan bagi seluruh lapisan masyarakat;",
        "Membangun jalan.",
    ]


def test_lines_that_are_not_wrapped_stay_apart() -> None:
    text = "Mewujudkan Kota yang Sehat\nMeningkatkan Mutu Sekolah\nMembangun Jalan Desa\n"
    assert len(blocks_of(text)) == 3


def test_a_list_all_in_lower_case_stays_a_list() -> None:
    text = "misi\nmembangun desa yang maju\nmenata kota yang rapi\nmelayani warga dengan ramah\n"
    assert len(blocks_of(text)) == 4


def test_words_spread_over_lines_are_one_paragraph() -> None:
    spread = "\n\n".join(["Mewujudkan", "Jawa", "Tengah", "yang", "rukun", "dalam hidup bersama."])
    text = f"Kalimat sebelumnya selesai.\n\n{spread}"
    assert quotes(text)[1] == "Mewujudkan Jawa Tengah yang rukun dalam hidup bersama."


def test_short_menu_lines_are_not_words_of_a_sentence() -> None:
    assert len(blocks_of("Beranda\n\nProfil\n\nBerita\n\nKontak\n\nLayanan\n")) == 5


def test_a_quotation_over_several_lines_is_one_block() -> None:
    assert quotes("“KOTA MAJU,\nMANDIRI,\nBERBUDAYA”\nPENUTUP") == [
        "“KOTA MAJU, MANDIRI, BERBUDAYA”",
        "PENUTUP",
    ]


def test_lines_that_recur_at_form_feeds_divide_nothing() -> None:
    page = "\n{}\n\fRPJMD Kabupaten\n"
    text = "1. Membangun desa" + page.format(12) + "yang merata.\n"
    text += "2. Menata kota" + page.format(13) + "yang rapi.\n"
    found = quotes(text)
    assert len(found) == 2
    assert found[0].endswith("yang merata.")
    assert found[1].endswith("yang rapi.")


def test_a_heading_of_a_section_may_recur_at_form_feeds() -> None:
    text = "MISI\n1. Membangun desa.\n\fMISI\n2. Menata kota.\n\fMISI\n3. Menata desa.\n"
    assert quotes(text).count("MISI") == 3


def test_a_mission_of_another_kind_inside_a_line_does_not_divide_it() -> None:
    text = (
        "Gubernur hadir pada pembukaan Misi Dagang Membuka Peluang Ekspor di kota itu, lalu bertemu"
        " para pelaku usaha dari Visi Media Menjadi Mitra Utama."
    )
    assert quotes(text) == [text]


def test_titles_inside_a_line_divide_it_and_mentions_do_not() -> None:
    text = (
        "Beranda Profil Berita Visi Kota Contoh Terwujudnya Kota Contoh yang Rukun, Aman dan Asri"
        " Misi Kota Contoh 1. Menata kota untuk mendukung Visi Kota Contoh Menjadi Kota Asri"
    )
    assert [quote.split()[0] for quote in quotes(text)] == ["Beranda", "Visi", "Misi"]


def test_page_headers_inside_a_paragraph_divide_nothing() -> None:
    page = "\n\nLaporan Kinerja Tahun 2020   II - {}\n\n"
    text = "Kota ini sedang membangun banyak sekolah" + page.format(3)
    text += "dan puskesmas bagi warganya.\nPenutup ditulis di sini" + page.format(4)
    found = quotes(text)
    assert len(found) == 2
    assert found[0].startswith("Kota ini")
    assert found[0].endswith("bagi warganya.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| 1. | Maju | : | kondisi baik |", ["Maju", "kondisi baik"]),
        (
            '{"visi": "Kota maju", "misi": ["Menata", "Melayani"]}',
            ["visi", "Kota maju", "misi", "Menata", "Melayani"],
        ),
        ("(2, 'Visi', 'Kota maju', '2022-04-12'),", ["Visi", "Kota maju", "2022-04-12"]),
        ("'visi' => 'Kota maju',", ["visi", "Kota maju"]),
        ("<ul><li><strong>Menata</strong></li><li>Melayani</li></ul>", ["Menata", "Melayani"]),
        (
            "Profil Kota VISI Terwujudnya kota maju MISI Menata kota",
            ["Profil Kota", "VISI Terwujudnya kota maju", "MISI Menata kota"],
        ),
    ],
)
def test_cells_fields_and_labels_inside_a_line_divide_it(text: str, expected: list[str]) -> None:
    found = [quote.strip("',\"") for quote in quotes(text)]
    assert found == expected


@given(st.text(alphabet="aB1.)(-•|\"“”'\n\r \xa0\t:,*#<p>\\n", max_size=200))
def test_blocks_of_any_text_are_in_order_apart_and_inside_it(text: str) -> None:
    spans = [block.span for block in blocks_of(text)]
    assert all(span.end <= len(text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        " ",
        "\n",
        "|",
        "“",
        "(",
        "1.",
        "<p",
        "* ",
        "\\n",
        '","',
        "VISI KOTA ",
        "<!-- ",
        "\n\f",
        "\naa. ",
    ],
)
def test_a_huge_text_of_one_thing_is_divided(unit: str) -> None:
    text = unit * (200_000 // len(unit)) + "\nAkhir kata"
    assert quotes(text)[-1].endswith("Akhir kata")
