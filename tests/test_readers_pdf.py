from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from source_files import drawn_pdf, flowing_pdf
from visidaerah.errors import DocumentError
from visidaerah.readers import PDF, SourceContent, read_source
from visidaerah.readers.paragraphs import join

if TYPE_CHECKING:
    from collections.abc import Callable

LONG = (
    "Meningkatkan kualitas pendidikan dan kesehatan masyarakat yang merata, terjangkau dan"
    " berkelanjutan bagi seluruh warga kota tanpa kecuali"
)
LEFT = [
    "Visi daerah adalah masyarakat yang maju dan",
    "berdaya saing tinggi dalam segala bidang yang",
    "diampu oleh pemerintah daerah setempat dan",
    "seluruh jajaran di bawahnya sampai ke desa",
    "untuk kesejahteraan bersama.",
]
RIGHT = [
    "Misi pertama adalah meningkatkan mutu belajar",
    "dan kesehatan bagi seluruh warga masyarakat",
    "tanpa kecuali, dengan sarana yang memadai dan",
    "tenaga yang terlatih di setiap kecamatan serta",
    "kelurahan yang ada di kota.",
]


def read(content: bytes) -> SourceContent:
    return read_source(content, "visi.pdf")


def lines(content: bytes) -> list[str]:
    return [line for line in read(content).text.splitlines() if line]


def column(
    x: float, texts: list[str], top: float = 700, step: float = 15
) -> list[tuple[float, float, str]]:
    return [(x, top - step * number, text) for number, text in enumerate(texts)]


def canvas(draw: Callable[[Canvas], object], encrypt: StandardEncryption | None = None) -> bytes:
    content = BytesIO()
    page = Canvas(content, pagesize=A4, encrypt=encrypt)
    draw(page)
    page.save()
    return content.getvalue()


def test_lines_of_a_paragraph_are_joined_and_headings_stand_alone() -> None:
    content = flowing_pdf([("heading", "VISI"), ("body", LONG * 2), ("heading", "MISI")])
    source = read(content)
    assert [line for line in source.text.splitlines() if line] == ["VISI", LONG * 2, "MISI"]
    assert source.media_type == PDF


def test_items_are_lines_with_their_markers() -> None:
    story = [("body", "Misi:"), ("1.", LONG), ("2.", "Mewujudkan ketertiban."), ("-", LONG)]
    found = lines(flowing_pdf(story))
    assert found[:2] == ["Misi:", f"1. {LONG}"]
    assert found[2:] == ["2. Mewujudkan ketertiban.", f"- {LONG}"]


def test_words_that_justifying_has_spread_are_one_line() -> None:
    words = ["Terwujudnya", "kota", "yang", "maju"]
    page = [(72 + 120 * place, 700.0, word) for place, word in enumerate(words)]
    assert lines(drawn_pdf(page)) == ["Terwujudnya kota yang maju"]


@pytest.mark.parametrize(
    ("places", "text"),
    [
        ({"V": 72, "I": 92, "S": 108, "i": 128}, "VISi"),
        ({"V": 72, "I": 90, "S": 106, "i": 124, "D": 180, "A": 198, "N": 216}, "VISi DAN"),
        ({"V": 72, "I": 90, "S": 106}, "V I S"),
    ],
)
def test_a_heading_whose_letters_are_spaced_out_is_of_words(
    places: dict[str, float], text: str
) -> None:
    page = [(x, 700.0, letter) for letter, x in places.items()]
    assert lines(drawn_pdf([*page, *column(72, LEFT, top=650)]))[0] == text


def test_a_centred_slogan_of_several_lines_stays_several_lines() -> None:
    page = [(200.0, 700.0, "“Terwujudnya Kota Contoh"), (230.0, 680.0, "yang Maju”")]
    page += column(72, [LONG[:88], LONG[:88]], top=600)
    assert lines(drawn_pdf(page))[:2] == ["“Terwujudnya Kota Contoh", "yang Maju”"]


def test_columns_are_read_one_after_the_other() -> None:
    page = column(60, LEFT) + column(320, RIGHT)
    assert lines(drawn_pdf(page)) == [" ".join(LEFT), " ".join(RIGHT)]


def test_a_column_may_begin_higher_than_the_other() -> None:
    page = column(60, LEFT, top=693) + column(320, RIGHT, top=700)
    assert lines(drawn_pdf(page)) == [" ".join(LEFT), " ".join(RIGHT)]


def test_what_stands_across_the_columns_divides_them() -> None:
    across = "Rencana pembangunan jangka menengah daerah Kota Contoh bagi lima tahun mendatang"
    page = [(60.0, 740.0, across), *column(60, LEFT), *column(320, RIGHT), (60.0, 600.0, across)]
    assert lines(drawn_pdf(page)) == [across, " ".join(LEFT), " ".join(RIGHT), across]


def test_a_short_column_beside_a_long_one_is_read_behind_it() -> None:
    page = column(60, LEFT + LEFT) + column(320, RIGHT)
    text = " ".join(lines(drawn_pdf(page)))
    assert text.index("Misi pertama") > text.rindex("untuk kesejahteraan")


def test_three_columns_are_read_from_left_to_right() -> None:
    narrow = ["maju dan adil serta", "makmur dan setara", "bagi semua warga", "kota dan desa"]
    page = column(50, narrow) + column(220, narrow) + column(390, narrow)
    text = " ".join(lines(drawn_pdf(page)))
    assert text == " ".join(narrow * 3)


def test_numbers_beside_their_items_are_no_column() -> None:
    page = column(72, ["1.", "2.", "3.", "4."]) + column(100, LEFT[:4])
    assert lines(drawn_pdf(page)) == [f"{n}. {text}" for n, text in enumerate(LEFT[:4], 1)]


def test_labels_beside_their_texts_are_no_column() -> None:
    page: list[tuple[float, float, str]] = []
    for row, label in enumerate(["Maju", "Adil", "Makmur"]):
        page += [
            (72.0, 700.0 - 40 * row, label),
            (180, 700 - 40 * row, "artinya masyarakat yang unggul"),
        ]
        page += [(180, 686 - 40 * row, "di segala bidang")]
    found = " ".join(lines(drawn_pdf(page)))
    assert [found.index(word) for word in ("Maju", "Adil", "Makmur")] == sorted(
        found.index(word) for word in ("Maju", "Adil", "Makmur")
    )
    assert found.startswith("Maju artinya masyarakat yang unggul di segala bidang Adil artinya")


def table(page: Canvas, rows: list[list[list[str]]], edges: list[float], draw: str) -> None:
    """Draw a table: each cell a list of lines, its borders as lines, thin boxes or outlines."""
    top = 700.0
    for row in rows:
        bottom = top - 14 * max(len(cell) for cell in row) - 6
        for (left, right), cell in zip(pairwise(edges), row, strict=True):
            for number, text in enumerate(cell):
                page.drawString(left + 4, top - 12 - 14 * number, text)
            if draw == "outlines":
                page.rect(left, bottom, right - left, top - bottom, stroke=1, fill=0)
            elif draw == "lines":
                page.line(left, bottom, right, bottom)
                page.line(left, top, right, top)
                page.line(left, bottom, left, top)
                page.line(right, bottom, right, top)
            elif draw == "boxes":
                page.rect(left, bottom, right - left, 0.5, stroke=0, fill=1)
                page.rect(left, top, right - left, 0.5, stroke=0, fill=1)
                page.rect(left, bottom, 0.5, top - bottom, stroke=0, fill=1)
                page.rect(right, bottom, 0.5, top - bottom, stroke=0, fill=1)
        top = bottom


ROWS = [
    [["No"], ["Pokok Visi"], ["Penjelasan"]],
    [["1"], ["Kota Contoh", "yang Maju"], ["Kota dengan warga yang unggul dan", "produktif"]],
    [
        ["2"],
        ["Sehat"],
        ["Warga yang sehat jasmani dan", "rohani, serta lingkungan yang", "bersih."],
    ],
]


@pytest.mark.parametrize("draw", ["lines", "boxes", "outlines"])
def test_rows_of_a_ruled_table_are_lines(draw: str) -> None:
    def page(sheet: Canvas) -> None:
        sheet.drawString(72, 740, "Makna visi")
        table(sheet, ROWS, [72, 100, 200, 420], draw)
        sheet.drawString(72, 500, "MISI")

    assert lines(canvas(page)) == [
        "Makna visi",
        "No | Pokok Visi | Penjelasan",
        "1 | Kota Contoh yang Maju | Kota dengan warga yang unggul dan produktif",
        "2 | Sehat | Warga yang sehat jasmani dan rohani, serta lingkungan yang bersih.",
        "MISI",
    ]


def test_a_cell_that_spans_rows_stands_in_the_first() -> None:
    def page(sheet: Canvas) -> None:
        for bottom, texts in (
            (680, ["Maju", "1. satu"]),
            (660, ["", "2. dua"]),
            (640, ["Adil", "3. tiga"]),
        ):
            sheet.drawString(80, bottom + 5, texts[0])
            sheet.drawString(210, bottom + 5, texts[1])
            sheet.line(72 if bottom != 680 else 200, bottom, 400, bottom)
        sheet.line(72, 700, 400, 700)
        for x in (72, 200, 400):
            sheet.line(x, 640, x, 700)

    assert lines(canvas(page)) == ["Maju | 1. satu", "2. dua", "Adil | 3. tiga"]


def test_lists_in_cells_are_lines_of_their_own() -> None:
    rows = [[["Visi"], ["Misi"]], [["Maju"], ["1. satu", "2. dua"]]]
    content = canvas(lambda page: table(page, rows, [72, 200, 420], "lines"))
    assert lines(content) == ["Visi | Misi", "Maju", "1. satu", "2. dua"]


def test_a_box_around_a_slogan_is_no_table() -> None:
    content = canvas(lambda page: table(page, [[["“Kota yang", "maju”"]]], [72, 420], "outlines"))
    assert lines(content) == ["“Kota yang", "maju”"]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("penyelenggaraan pem-", "bangunan daerah", "penyelenggaraan pembangunan daerah"),
        ("kesejah-", "teraan", "kesejahteraan"),
        ("undang-", "undang dasar", "undang-undang dasar"),
        ("perundang-", "undangan", "perundang-undangan"),
        ("masing-", "masing", "masing-masing"),
        ("berubah-", "ubah", "berubah-ubah"),
        ("non-", "formal", "non-formal"),
        ("e-", "government", "e-government"),
        ("Jawa-", "Bali", "Jawa-Bali"),
        ("tahun 2016-", "2021", "tahun 2016-2021"),
        ("lauk-", "pauk", "lauk-pauk"),
        ("sosial-", "ekonomi", "sosialekonomi"),
        ("kese\xad", "hatan", "kesehatan"),
        ("visi -", "misi", "visi -misi"),
        ("maju,", "adil", "maju, adil"),
    ],
)
def test_a_divided_word_is_joined_and_a_doubled_one_keeps_its_hyphen(
    first: str, second: str, joined: str
) -> None:
    assert join(first, second, {"lauk-pauk"}) == joined


def test_the_words_of_the_file_tell_how_a_word_is_written() -> None:
    text = "sektor sosial-ekonomi " + "dan yang lain-lain pada bidang sosial-"
    page = column(72, [text, "ekonomi serta pembangunan daerah dan wilayah yang adil dan maju"])
    assert "bidang sosial-ekonomi serta" in read(drawn_pdf(page)).text


def test_a_hyphen_at_the_end_of_a_line_is_resolved() -> None:
    page = column(72, [LONG[:84] + " pem-", "bangunan daerah yang adil."])
    assert "pembangunan daerah" in read(drawn_pdf(page)).text


@pytest.mark.parametrize(
    "footer", ["{page}", "Halaman {page}", "V - {page}", "- {page} -", "RPJMD {page}"]
)
def test_headers_footers_and_page_numbers_are_left_out(footer: str) -> None:
    story = [
        part
        for n in range(5)
        for part in (("body", f"Paragraf {'abcde'[n]}. {LONG}, {'abcde'[n]}."), None)
    ]
    source = read(flowing_pdf(story, header="RPJMD Kota Contoh 2021-2026", footer=footer))
    assert source.text.count("RPJMD Kota Contoh") == 1
    assert source.text.startswith("RPJMD Kota Contoh 2021-2026\n")
    assert [line for line in source.text.splitlines() if line][1:] == [
        f"Paragraf {letter}. {LONG}, {letter}." for letter in "abcde"
    ]


PAGES = [
    part for letter in "abcde" for part in (("body", f"Paragraf {letter}. {LONG}, {letter}."), None)
]


@pytest.mark.parametrize(
    ("header", "footer", "lines"),
    [
        ("RPJMD Kota Contoh 2021-2026", "V - {page}", ["RPJMD Kota Contoh 2021-2026"]),
        ("RPJMD Kota Contoh 2021-2026 | {page}", "", ["RPJMD Kota Contoh 2021-2026"]),
        ("", "RPJMD Kota Contoh 2021-2026 - {page}", ["RPJMD Kota Contoh 2021-2026"]),
        (
            "Pemerintah Kota Contoh",
            "RPJMD 2021-2026",
            ["Pemerintah Kota Contoh", "RPJMD 2021-2026"],
        ),
        ("Halaman {page} dari 6", "{page}", []),
    ],
)
def test_a_running_title_that_the_cover_lacks_stands_first_once(
    header: str, footer: str, lines: list[str]
) -> None:
    cover: list[tuple[str, str] | None] = [("heading", "DOKUMEN PERENCANAAN"), None]
    source = read(flowing_pdf([*cover, *PAGES], header, footer, decorated_cover=False))
    found = [line for line in source.text.splitlines() if line]
    assert found[: len(lines) + 1] == [*lines, "DOKUMEN PERENCANAAN"]
    assert len(found) == len(lines) + 6
    assert [place.value for place in source.places] == [
        *(["2"] if lines else []),
        *("1", "2", "3", "4", "5", "6"),
    ]


def test_a_running_title_that_the_cover_shows_is_not_repeated() -> None:
    cover: list[tuple[str, str] | None] = [("heading", "RPJMD KOTA CONTOH 2021-2026"), None]
    header = "RPJMD Kota Contoh 2021-2026"
    text = read(flowing_pdf([*cover, *PAGES], header, decorated_cover=False)).text
    assert text.casefold().count(header.casefold()) == 1


def test_chapter_headings_and_repeated_sentences_are_no_furniture() -> None:
    story = [
        part
        for n in ("I", "II", "III", "IV")
        for part in (("heading", f"BAB {n}"), ("body", LONG), None)
    ]
    text = read(flowing_pdf(story)).text
    assert [text.count(f"BAB {number}\n") for number in ("I", "II", "III", "IV")] == [1, 1, 1, 1]


def test_a_paragraph_goes_on_overleaf() -> None:
    first = column(72, [LONG[:80], LONG[:80]], top=100)
    second = column(72, ["dan seterusnya sampai akhir.", "Kalimat lain."], top=780)
    source = read(drawn_pdf(first, second))
    assert f"{LONG[:80]} dan seterusnya sampai akhir.\nKalimat lain." in source.text
    pages = {p.value: p.span.of(source.text) for p in source.places}
    assert pages["2"] == "dan seterusnya sampai akhir.\nKalimat lain."


def test_a_word_divided_overleaf_is_joined() -> None:
    source = read(drawn_pdf(column(72, [LONG[:84] + " pem-"]), column(72, ["bangunan daerah."])))
    assert "pembangunan daerah." in source.text
    assert [p.span.of(source.text) for p in source.places][1] == "bangunan daerah."


def test_places_are_pages_with_the_number_in_the_file_and_its_label() -> None:
    source = read(
        drawn_pdf([(72, 700, "Visi daerah yang maju")], [], [(72, 700, "Misi daerah yang maju")])
    )
    assert [(p.kind, p.value, p.span.of(source.text)) for p in source.places] == [
        ("page", "1", "Visi daerah yang maju"),
        ("page", "3", "Misi daerah yang maju"),
    ]
    assert source.remarks == ("A page holds no text and may be a picture: 2.",)


def test_a_page_has_the_label_that_the_file_gives_it() -> None:
    def pages(sheet: Canvas) -> None:
        sheet.addPageLabel(0, style="ARABIC", start=3, prefix="V-")
        sheet.drawString(72, 700, "Visi daerah yang maju")

    source = read(canvas(pages))
    assert [(p.value, p.label) for p in source.places] == [("1", "V-3")]


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
@pytest.mark.parametrize("rotation", [0, 90])
def test_pages_that_are_turned_are_read_upright(angle: int, rotation: int) -> None:
    def page(sheet: Canvas) -> None:
        sheet.translate(300, 400)
        sheet.rotate(angle)
        for number, text in enumerate(LEFT):
            sheet.drawString(-150, 100 - 15 * number, text)
        sheet.setPageRotation(rotation)

    assert lines(canvas(page)) == [" ".join(LEFT)]


def test_a_watermark_is_left_out() -> None:
    def page(sheet: Canvas) -> None:
        for x, y, text in column(72, LEFT):
            sheet.drawString(x, y, text)
        sheet.translate(100, 600)
        sheet.rotate(45)
        sheet.drawString(0, 0, "RANCANGAN")

    assert lines(canvas(page)) == [" ".join(LEFT)]


def test_a_scan_is_refused_with_a_remedy() -> None:
    content = canvas(
        lambda page: [(page.rect(0, 0, 500, 500, fill=1), page.showPage()) for _ in "abc"]
    )
    with pytest.raises(DocumentError, match=r"visi\.pdf has no text layer.*ocrmypdf"):
        read(content)


def test_a_scan_with_stamped_page_numbers_is_a_scan() -> None:
    with pytest.raises(DocumentError, match="has no text layer"):
        read(drawn_pdf(*[[(300, 30, f"Hal {n}")] for n in range(1, 9)]))


def test_fonts_that_do_not_say_their_letters_are_refused() -> None:
    with pytest.raises(DocumentError, match=r"fonts of visi\.pdf do not say.*--force-ocr"):
        read(drawn_pdf([(72, 700, "#$%&'()*+ ,-./:;<=> ?@[]^_")]))


def test_an_encrypted_file_is_refused_and_one_for_reading_only_is_read() -> None:
    def draw(page: Canvas) -> object:
        return page.drawString(72, 700, "Visi daerah yang maju")

    with pytest.raises(DocumentError, match=r"is encrypted\. Save it without a password"):
        read(canvas(draw, StandardEncryption("rahasia", "pemilik")))
    assert lines(canvas(draw, StandardEncryption("", "pemilik", canPrint=0))) == [
        "Visi daerah yang maju"
    ]


@pytest.mark.parametrize("cut", [9, 200, -400])
def test_a_broken_file_is_refused_with_a_remedy(cut: int) -> None:
    with pytest.raises(DocumentError, match=r"is a broken PDF\. Download it again"):
        read(drawn_pdf([(72, 700, "Visi " * 20)])[:cut])


def claiming(count: int) -> bytes:
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj "
        b"2 0 obj<</Type/Pages/Count %d/Kids[]>>endobj trailer<</Root 1 0 R>>%%%%EOF" % count
    )


def test_a_file_that_claims_ten_thousand_pages_is_refused_with_the_limit() -> None:
    with pytest.raises(DocumentError, match=r"has 10000 pages; the limit is 3000"):
        read(claiming(10_000))
    with pytest.raises(DocumentError, match="has no text layer"):
        read(claiming(2_000))


def test_a_page_of_a_hundred_thousand_characters_is_read() -> None:
    content = drawn_pdf(column(72, ["maju " * 2_000] * 10))
    assert len(read(content).text) == 100_000


def book(chapters: list[tuple[str, str]], contents: bool = True) -> bytes:
    """Return a long book: a title page, a table of contents, and its chapters."""
    filler = ("body", f"Pembangunan daerah. {LONG}. " * 12)
    story: list[tuple[str, str] | None] = [("heading", "RPJMD KOTA CONTOH 2021-2026"), None]
    if contents:
        story += [
            ("body", f"BAB {number} {title} .......... {number}-1") for number, title in chapters
        ]
        story += [None]
    for number, title in chapters:
        story += [("heading", f"BAB {number}"), ("heading", title), *[filler] * 14, None]
    return flowing_pdf(story, header="RPJMD Kota Contoh", footer="{page}")


CHAPTERS = [
    ("I", "PENDAHULUAN"),
    ("II", "GAMBARAN UMUM"),
    ("III", "KEUANGAN"),
    ("IV", "ISU STRATEGIS"),
    ("V", "VISI, MISI, TUJUAN DAN SASARAN"),
    ("VI", "STRATEGI"),
]


def test_of_a_book_the_title_page_and_the_chapter_of_the_vision_are_kept() -> None:
    source = read(book(CHAPTERS))
    found = [line for line in source.text.splitlines() if line]
    assert "RPJMD KOTA CONTOH 2021-2026" in found[:2]
    assert "BAB V" in found[:4]
    assert "VISI, MISI, TUJUAN DAN SASARAN" in found[:5]
    assert not {"BAB IV", "BAB VI"} & set(found)
    assert len(source.text) < 40_000
    assert "only the title page and the chapter “BAB V VISI, MISI, TUJUAN" in source.remarks[0]


def test_pages_of_a_chapter_keep_their_numbers() -> None:
    source = read(book(CHAPTERS))
    pages = [int(p.value) for p in source.places]
    assert pages[0] == 1
    assert pages[1] > 20
    assert pages == sorted(pages)
    assert f"on pages {pages[1]}–{pages[-1]} were kept" in source.remarks[0]
    for place in source.places:
        assert place.span.of(source.text).strip()
    assert source.places[-1].span.end == len(source.text.rstrip())


def test_a_book_without_such_a_chapter_is_kept_whole() -> None:
    source = read(book([*CHAPTERS[:4], ("V", "KERANGKA PENDANAAN")]))
    assert "No chapter whose title names vision and missions was found" in source.remarks[0]
    assert len(source.text) > 120_000


def test_two_columns_whose_paragraphs_happen_to_end_at_one_height_are_no_table() -> None:
    left = [*LEFT[:4] * 3, "di sini.", *LEFT[:4] * 3]
    right = [*RIGHT[:4] * 3, "di sana.", *RIGHT[:4] * 3]
    page = [
        (x, 740 - 15 * number - (30 if number > 12 else 0), text)
        for x, texts in ((72, left), (320, right))
        for number, text in enumerate(texts)
    ]
    text = read(drawn_pdf(page)).text
    assert text.rindex(LEFT[3]) < text.index(RIGHT[0])


NOTE = "1 Lihat Peraturan Daerah tentang pembentukan perangkat daerah."


def noted(*overleaf: str) -> bytes:
    """Return a PDF with a footnote in small print below the first of its two pages."""

    def draw(page: Canvas) -> None:
        page.setFont("Times-Roman", 11)
        for number, line in enumerate([LONG[:78], LONG[:80], LONG[:80]]):
            page.drawString(72, 160 - 15 * number, line)
        page.setFont("Times-Roman", 8)
        page.drawString(72, 90, NOTE)
        page.showPage()
        page.setFont("Times-Roman", 11)
        for number, line in enumerate(overleaf):
            page.drawString(72, 760 - 15 * number, line)

    return canvas(draw)


def test_a_footnote_does_not_divide_the_paragraph_that_goes_on_overleaf() -> None:
    source = read(noted("dan seterusnya sampai akhir.", "Kalimat lain."))
    assert f"{LONG[:80]} dan seterusnya sampai akhir.\n{NOTE}\nKalimat lain." in source.text
    place = next(p for p in source.places if p.span.of(source.text) == NOTE)
    assert place.value == "1"


def test_a_footnote_stays_on_its_page_where_nothing_goes_on() -> None:
    assert f"{LONG[:80]}\n{NOTE}\nKalimat lain." in read(noted("Kalimat lain.")).text


def test_each_page_without_text_is_named() -> None:
    def draw(page: Canvas) -> None:
        for number in range(1, 13):
            if number not in {2, 5, 6, 7, 12}:
                page.drawString(72, 700, f"Halaman dengan naskah yang panjang, {LONG}")
            page.showPage()

    assert read(canvas(draw)).remarks == ("5 pages hold no text and may be a picture: 2, 5–7, 12.",)


def test_a_file_without_pages_is_refused_with_a_remedy() -> None:
    with pytest.raises(DocumentError, match=r"is a broken PDF\. .* or print it to a new PDF"):
        read(claiming(0))
