from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from source_files import docx, instance, package, paragraph, part, run, word_list
from visidaerah.errors import DocumentError
from visidaerah.readers import DOCX, SourceContent, read_source
from visidaerah.readers.packages import LIMIT

DECIMAL = ("decimal", "%1.")


def read(body: str, numbering: str = "", styles: str = "") -> SourceContent:
    return read_source(docx(body, numbering, styles), "visi.docx")


def lines(body: str, numbering: str = "", styles: str = "") -> list[str]:
    return [line for line in read(body, numbering, styles).text.splitlines() if line]


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def test_paragraphs_are_lines_and_empty_ones_leave_a_blank() -> None:
    source = read(paragraph("VISI") + paragraph("“Maju”") + paragraph("") + paragraph("MISI"))
    assert source.text == "VISI\n“Maju”\n\nMISI\n"
    assert source.media_type == DOCX


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (DECIMAL, ["1. a", "2. a", "3. a"]),
        (("decimal", "%1)"), ["1) a", "2) a", "3) a"]),
        (("lowerLetter", "%1."), ["a. a", "b. a", "c. a"]),
        (("upperLetter", "(%1)"), ["(A) a", "(B) a", "(C) a"]),
        (("lowerRoman", "%1."), ["i. a", "ii. a", "iii. a"]),
        (("upperRoman", "%1"), ["I a", "II a", "III a"]),
        (("decimalZero", "%1."), ["01. a", "02. a", "03. a"]),
        (("decimal", "Misi %1 :"), ["Misi 1 : a", "Misi 2 : a", "Misi 3 : a"]),
        (("bullet", "\uf0b7"), ["• a", "• a", "• a"]),
        (("bullet", "o"), ["• a", "• a", "• a"]),
        (("bullet", "-"), ["- a", "- a", "- a"]),
        (("none", ""), ["a", "a", "a"]),
        (("chicago", "%1"), ["1 a", "2 a", "3 a"]),
    ],
)
def test_numbers_of_lists_are_restored(level: tuple[str, str], expected: list[str]) -> None:
    assert lines(paragraph("a", "1") * 3, word_list("1", level)) == expected


def test_levels_are_numbered_within_one_another() -> None:
    items = [("1", 0), ("1", 1), ("1", 1), ("1", 0), ("1", 1)]
    body = "".join(paragraph("x", number, level) for number, level in items)
    found = lines(body, word_list("1", DECIMAL, ("decimal", "%1.%2")))
    assert found == ["1. x", "1.1 x", "1.2 x", "2. x", "2.1 x"]


def test_a_list_goes_on_behind_a_paragraph_and_a_new_start_begins_anew() -> None:
    numbering = word_list("1", DECIMAL) + instance("2") + instance("3", override="1")
    body = "".join(
        paragraph(text, number)
        for text, number in zip(("a", "teks", *"bcde"), ("1", "", *"1233"), strict=True)
    )
    assert lines(body, numbering) == ["1. a", "teks", "2. b", "3. c", "1. d", "2. e"]


def test_a_style_brings_its_list_and_that_of_the_style_it_is_based_on() -> None:
    styles = (
        '<w:style w:styleId="Misi"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Anak"><w:basedOn w:val="Misi"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Putar"><w:basedOn w:val="Putar"/></w:style>'
    )
    body = "".join(paragraph(s, style=s) for s in ("Misi", "Anak", "Putar", "Tiada"))
    numbering = word_list("1", DECIMAL, ("lowerLetter", "%2)"))
    assert lines(body, numbering, styles) == ["1. Misi", "a) Anak", "Putar", "Tiada"]


def test_a_number_of_no_list_numbers_nothing() -> None:
    assert lines(paragraph("a", "0") + paragraph("b", "77"), word_list("1", DECIMAL)) == ["a", "b"]


def test_a_table_row_is_a_line_unless_its_cells_hold_more() -> None:
    table = row(paragraph("Maju"), paragraph(":"), paragraph("unggul"))
    table += row(paragraph("Adil"), paragraph("merata") + paragraph("setara"))
    table += row(paragraph(""), paragraph("sendiri"))
    table += row(paragraph("satu"), paragraph(""), paragraph("tiga"))
    body = paragraph("Makna") + f"<w:tbl>{table}</w:tbl>" + paragraph("MISI")
    rows = "Maju | : | unggul\nAdil\nmerata\nsetara\nsendiri\nsatu |  | tiga"
    assert read(body).text == f"Makna\n\n{rows}\n\nMISI\n"


def test_breaks_tabs_and_hyphens_are_characters() -> None:
    inline = f"<w:p>{run('Visi')}<w:r><w:tab/><w:t>:</w:t><w:br/><w:t>non</w:t><w:noBreakHyphen/>"
    assert lines(f"{inline}<w:t>formal</w:t></w:r></w:p>") == ["Visi :", "non-formal"]


def test_insertions_and_links_are_read_and_deletions_and_field_codes_are_not() -> None:
    body = (
        f"<w:p><w:ins>{run('Maju')}</w:ins><w:del><w:r><w:delText>Lama</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run('Pindah')}</w:moveFrom><w:hyperlink>{run(' adil')}</w:hyperlink>"
        "<w:r><w:instrText>PAGEREF x</w:instrText></w:r></w:p>"
    )
    assert lines(f"<w:sdt><w:sdtContent>{body}</w:sdtContent></w:sdt>") == ["Maju adil"]


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('Dalam kotak')}</w:txbxContent>"
    shape = (
        f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(f"<w:p>{shape}{run('VISI')}</w:p>") == ["VISI", "Dalam kotak"]


def test_a_header_that_the_first_lines_do_not_show_stands_first() -> None:
    header = paragraph("RPJMD Kota Contoh 2021-2026") + paragraph("Halaman 3") + paragraph("Kota")
    content = docx(paragraph("VISI") + paragraph("“Maju”"), header=header)
    source = read_source(content, "visi.docx")
    assert source.text == "RPJMD Kota Contoh 2021-2026\n\nVISI\n“Maju”\n"
    assert [place.value for place in source.places] == ["header/1", "paragraph/1", "paragraph/2"]


def test_a_header_that_the_first_lines_show_is_not_repeated() -> None:
    title = "RPJMD Kota Contoh 2021-2026"
    content = docx(paragraph(title.upper()) + paragraph("VISI"), header=paragraph(title))
    assert read_source(content, "visi.docx").text == "RPJMD KOTA CONTOH 2021-2026\nVISI\n"


def test_a_file_of_nothing_but_a_header_holds_no_text() -> None:
    with pytest.raises(DocumentError, match="holds no text"):
        read_source(docx(paragraph(""), header=paragraph("RPJMD Kota Contoh")), "visi.docx")


def test_each_line_knows_its_paragraph_or_row() -> None:
    source = read(
        paragraph("VISI") + paragraph("") + f"<w:tbl>{row(paragraph('a'), paragraph('b'))}</w:tbl>"
    )
    assert [(p.kind, p.value, p.span.of(source.text)) for p in source.places] == [
        ("block", "paragraph/1", "VISI"),
        ("block", "table/1/row/1", "a | b"),
    ]


def test_strict_files_are_read_too() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    document = part("document", f"<w:body>{paragraph('VISI')}</w:body>")
    transitional = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    content = package({"word/document.xml": document.replace(transitional, strict)})
    assert read_source(content, "x.docx").text == "VISI\n"


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"xl/workbook.xml": "x"}, "is a spreadsheet"),
        ({"ppt/presentation.xml": "x"}, "is a presentation"),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "OpenDocument or EPUB"),
        ({"visi.pdf": "x"}, "is an archive. Unpack it"),
        ({"word/document.xml": "<w:document>"}, "is a broken DOCX. Open it in Word"),
        ({"word/document.xml": "<a/>"}, "holds no text"),
        ({"word/document.xml": part("document", "<w:body/>")}, "holds no text. If Word shows"),
    ],
)
def test_other_packages_are_named_with_a_remedy(
    parts: dict[str, str | bytes], sentence: str
) -> None:
    with pytest.raises(DocumentError) as refusal:
        read_source(package(parts), "berkas.docx")
    assert sentence in str(refusal.value)


def test_a_truncated_package_is_broken() -> None:
    content = docx(paragraph("VISI"))
    with pytest.raises(DocumentError, match="is a broken DOCX"):
        read_source(content[: len(content) // 2], "x.docx")


def test_a_damaged_part_is_broken() -> None:
    content = bytearray(docx(paragraph("VISI " * 500)))
    begin = content.index(b"word/document.xml") + len("word/document.xml")
    content[begin : begin + 20] = b"\xff" * 20
    with pytest.raises(DocumentError, match="is a broken DOCX"):
        read_source(bytes(content), "x.docx")


def test_an_encrypted_part_is_said_to_be_encrypted() -> None:
    content = bytearray(docx(paragraph("VISI")))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        archive.getinfo("word/document.xml")
    central = content.rindex(b"PK\x01\x02")
    content[central + 8] |= 1
    with pytest.raises(DocumentError, match=r"is encrypted\. Save it without a password"):
        read_source(bytes(content), "x.docx")


def test_a_zip_bomb_is_refused_with_the_limit() -> None:
    content = package({"word/document.xml": b" " * (LIMIT + 1)})
    assert len(content) < 200_000
    with pytest.raises(DocumentError, match=r"unpacks to more than 50 MB of text"):
        read_source(content, "bom.docx")


def test_a_billion_laughs_are_not_expanded() -> None:
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    document = f"<!DOCTYPE x [{entities}]>" + part("document", "<w:body>&j;</w:body>")
    with pytest.raises(DocumentError, match="is a broken DOCX"):
        read_source(package({"word/document.xml": document}), "tawa.docx")


@pytest.mark.parametrize(
    "body",
    [
        "<w:sdt>" * 50_000 + paragraph("Maju") + "</w:sdt>" * 50_000,
        f"{'<w:tbl><w:tr><w:tc>' * 5_000}{paragraph('Maju')}{'</w:tc></w:tr></w:tbl>' * 5_000}",
        f"{'<w:p><w:txbxContent>' * 5_000}{paragraph('Maju')}{'</w:txbxContent></w:p>' * 5_000}",
    ],
    ids=["wrappers", "tables", "text-boxes"],
)
def test_deep_nesting_is_read(body: str) -> None:
    assert lines(body) == ["Maju"]


def test_a_paragraph_of_a_megabyte_is_read() -> None:
    assert len(read(paragraph("maju " * 200_000)).text) == 1_000_000


def test_of_a_book_the_first_lines_and_the_chapter_of_the_vision_are_kept() -> None:
    filler = paragraph("Pembangunan daerah diarahkan untuk kesejahteraan masyarakat. " * 12) * 40
    heads = [f"BAB {n}" for n in ("I", "II", "III", "IV", "V", "VI")]
    titles = ["A", "B", "C", "D", "VISI, MISI, TUJUAN DAN SASARAN", "F"]
    contents = "".join(paragraph(f"{h} {t}<w:tab/>9") for h, t in zip(heads, titles, strict=True))
    chapters = "".join(
        paragraph(head) + paragraph(title) + filler
        for head, title in zip(heads, titles, strict=True)
    )
    source = read(paragraph("RPJMD KOTA CONTOH 2021-2026") + paragraph("") + contents + chapters)
    found = [line for line in source.text.splitlines() if line]
    assert found[0] == "RPJMD KOTA CONTOH 2021-2026"
    assert found[found.index("BAB V") + 1] == "VISI, MISI, TUJUAN DAN SASARAN"
    assert not {"BAB IV", "BAB VI"} & set(found)
    assert "the chapter “BAB V VISI, MISI, TUJUAN DAN SASARAN” were kept" in source.remarks[0]
    assert all(place.span.of(source.text).strip() for place in source.places)
    last = source.places[-1]
    assert last.span.of(source.text).startswith("Pembangunan daerah")
    assert last.span.end == len(source.text) - 1
