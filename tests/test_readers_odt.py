from __future__ import annotations

import pytest

from source_files import odt
from visidaerah.errors import DocumentError
from visidaerah.readers import ODT, SourceContent, read_source

NUMBERED = (
    '<text:list-style style:name="L1">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>'
    '<text:list-level-style-bullet text:level="3" text:bullet-char="•"/></text:list-style>'
)


def read(body: str, styles: str = NUMBERED) -> SourceContent:
    return read_source(odt(body, styles), "visi.odt")


def lines(body: str) -> list[str]:
    return [line for line in read(body).text.splitlines() if line]


def item(*content: str, start: str = "") -> str:
    given = f' text:start-value="{start}"' if start else ""
    inner = "".join(c if c.startswith("<") else f"<text:p>{c}</text:p>" for c in content)
    return f"<text:list-item{given}>{inner}</text:list-item>"


def numbered(*items: str, more: str = "") -> str:
    return f'<text:list text:style-name="L1"{more}>{"".join(items)}</text:list>'


def test_paragraphs_are_lines_and_empty_ones_leave_a_blank() -> None:
    vision = "<text:h>VISI</text:h><text:p>Kota <text:span>maju</text:span> jaya</text:p>"
    source = read(f"{vision}<text:p/><text:p>MISI</text:p>")
    assert source.text == "VISI\nKota maju jaya\n\nMISI\n"
    assert source.media_type == ODT


def test_items_have_the_numbers_that_the_program_shows() -> None:
    nested = numbered(item("anak"), item("anak lagi", numbered(item("cucu"))))
    assert lines(numbered(item("satu", nested), item("dua"), item("sembilan", start="9"))) == [
        "1. satu",
        "a) anak",
        "b) anak lagi",
        "- cucu",
        "2. dua",
        "9. sembilan",
    ]


def test_a_list_begins_anew_unless_it_goes_on() -> None:
    first, second = numbered(item("satu"), item("dua")), numbered(item("satu"))
    on = numbered(item("dua"), more=' text:continue-numbering="true"')
    assert lines(f"{first}{second}<text:p>sela</text:p>{on}") == [
        *("1. satu", "2. dua", "1. satu", "sela", "2. dua"),
    ]


def test_only_the_first_paragraph_of_an_item_has_its_number_and_a_written_one_stays() -> None:
    assert lines(numbered(item("satu", "lagi"), item("2) dua"))) == ["1. satu", "lagi", "2) dua"]


def test_a_table_row_is_a_line_unless_its_cells_hold_more() -> None:
    def row(*cells: str) -> str:
        filled = "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
        return f"<table:table-row>{filled}</table:table-row>"

    short = row("<text:p>Maju</text:p>", "<text:p>unggul</text:p>", "<text:p/>")
    long = row("<text:p>Misi</text:p>", numbered(item("satu"), item("dua")))
    source = read(f"<text:p>A</text:p><table:table>{short}{long}</table:table><text:p>B</text:p>")
    assert source.text == "A\n\nMaju | unggul |\nMisi\n1. satu\n2. dua\n\nB\n"
    assert [place.value for place in source.places] == [
        *("paragraph/1", "table/1/row/1", "table/1/row/2", "paragraph/2"),
    ]


def test_deletions_notes_comments_and_contents_are_not_read() -> None:
    assert lines(
        "<text:tracked-changes><text:p>lama</text:p></text:tracked-changes>"
        "<text:table-of-content><text:p>Visi .... 1</text:p></text:table-of-content>"
        "<text:p>Visi<text:note><text:p>kaki</text:p></text:note> kota"
        "<office:annotation><text:p>catatan</text:p></office:annotation></text:p>"
    ) == ["Visi kota"]


def test_breaks_tabs_and_counted_blanks_are_characters_and_boxes_are_read_behind() -> None:
    assert lines(
        '<text:p>satu<text:line-break/>dua<text:tab/>tiga<text:s text:c="9"/>empat</text:p>'
        "<text:p>luar<draw:frame><draw:text-box><text:p>dalam</text:p></draw:text-box></draw:frame>"
        " lagi</text:p>"
    ) == ["satu", "dua tiga empat", "luar lagi", "dalam"]


def test_deep_nesting_is_read() -> None:
    depth = 5_000
    body = "<text:section>" * depth + "<text:p>Maju</text:p>" + "</text:section>" * depth
    assert lines(body) == ["Maju"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (odt(""), "holds no text. If LibreOffice shows pictures"),
        (odt("<text:p>x</text:p>")[:-40], "is a broken OpenDocument text"),
        (odt("<text:p>"), "is a broken OpenDocument text"),
        (odt("", "<!DOCTYPE x>"), "is a broken OpenDocument text"),
        (odt("", manifest="<m><encryption-data/></m>"), "is encrypted. Save it without a password"),
    ],
    ids=["empty", "cut", "unclosed", "document type", "encrypted"],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(content: bytes, words: str) -> None:
    with pytest.raises(DocumentError, match=words):
        read_source(content, "visi.odt")
