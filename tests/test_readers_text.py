from __future__ import annotations

import codecs

import pytest

from visidaerah.errors import DocumentError
from visidaerah.readers import LIMIT, MARKDOWN, TEXT, read_source
from visidaerah.readers.plain import repair_mojibake

VISION = "Visi: “Terwujudnya Kota Contoh yang Maju – Sejahtera”\r\nMisi…\r\n"


def text_of(content: bytes, name: str = "naskah.txt") -> str:
    return read_source(content, name).text


@pytest.mark.parametrize(
    "text",
    [VISION, f"\ufeff{VISION}", "Visi\u00a0:\tmaju\x0c", "Visi â€œmajuâ€\x9d", "Visi\r\rMisi"],
    ids=["line-ends", "byte-order-mark", "white-space", "mojibake", "old-line-ends"],
)
def test_a_text_that_is_utf8_is_not_altered(text: str) -> None:
    source = read_source(text.encode(), "naskah.txt")
    assert source.text == text
    assert source.media_type == TEXT
    assert source.places == ()
    assert source.remarks == ()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "cp1252", "mac_roman", "utf-16-le"])
def test_other_encodings_are_recognised_and_remarked(encoding: str) -> None:
    source = read_source(VISION.encode(encoding), "naskah.txt")
    assert source.text == VISION
    assert encoding.removesuffix("-le") in source.remarks[0]


def test_utf16_of_the_other_byte_order_is_recognised_without_a_mark() -> None:
    assert text_of(VISION.encode("utf-16-be")) == VISION
    assert text_of(b"VISI MISI".decode().encode("utf-16-be")) == "VISI MISI"


def test_a_byte_order_mark_of_utf16_is_no_character() -> None:
    assert text_of(codecs.BOM_UTF16_BE + VISION.encode("utf-16-be")) == VISION


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"Visi \x93maju\x94", "Visi “maju”"),
        (b"\x93Maju\x94", "“Maju”"),
        (b"Visi\xa0maju", "Visi\u00a0maju"),
        (b"Misi\n\x95 satu\n\x95 dua", "Misi\n• satu\n• dua"),
        (b"Misi \x96 satu", "Misi – satu"),
    ],
)
def test_a_few_bytes_beyond_ascii_are_windows_1252(content: bytes, text: str) -> None:
    assert text_of(content) == text


def test_stray_bytes_in_utf8_are_read_as_windows_1252_and_counted() -> None:
    source = read_source("Visi “maju” – ".encode() + b"\x93sejahtera\x94 " + "“x”".encode(), "x")
    assert source.text == "Visi “maju” – “sejahtera” “x”"
    assert source.remarks == (
        "The text is UTF-8 with 2 bytes that are not; they were read as windows-1252.",
    )


def test_a_text_cut_inside_a_character_is_still_utf8() -> None:
    assert text_of("Visi “maju” “sejahtera”".encode()[:-1]).startswith("Visi “maju” “sejahtera")


def test_mojibake_is_repaired_where_asked_for_and_remarked() -> None:
    source = read_source("Visi â€œmajuâ€\x9d".encode(), "x.txt", repair=True)
    assert source.text == "Visi “maju”"
    assert "mojibake" in source.remarks[-1]


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("â€œMajuâ€\x9d", "“Maju”"),
        ("â€œMajuâ€ dan adil", "“Maju” dan adil"),
        ("â€œMajuâ€.", "“Maju”."),
        ("â€œMajuâ€", "“Maju”"),
        ("â€“ Mewujudkan", "– Mewujudkan"),
        ("â€¢ Mewujudkan\nâ€¢ Meningkatkan", "• Mewujudkan\n• Meningkatkan"),
        ("rakyatâ€™s", "rakyat's"),
        ("VisiÂ\xa0: maju", "Visi\xa0: maju"),
        ("ï»¿Visi", "\ufeffVisi"),
        ("“baik” â€œburukâ€\x9d", "“baik” “buruk”"),
    ],
)
def test_mojibake_becomes_what_was_meant(broken: str, whole: str) -> None:
    assert repair_mojibake(broken).replace("’", "'") == whole


@pytest.mark.parametrize(
    "text",
    ["São Paulo", "CÂTÉ", "Visi “maju” – adil", "â", "Terwujudnya Ã", "naïve café", "à la carte"],
)
def test_what_may_be_meant_is_not_repaired(text: str) -> None:
    assert repair_mojibake(text) == text


def test_markdown_is_a_text() -> None:
    source = read_source(b"# VISI\n\n*Maju*", "visi.md")
    assert source.text == "# VISI\n\n*Maju*"
    assert source.media_type == MARKDOWN


@pytest.mark.parametrize("name", ["dump.sql", "data.json", "page.txt", "x.php"])
def test_tags_are_a_part_of_a_file_that_is_called_a_text(name: str) -> None:
    content = "<html><p>Visi “maju”</p></html>"
    assert text_of(content.encode(), name) == content


def test_data_residue_is_a_text() -> None:
    residue = "INSERT INTO `page` VALUES (1, '<p>VISI</p>\\r\\n\"Maju\"');"
    assert text_of(residue.encode(), "-") == residue


@pytest.mark.parametrize(
    "content",
    [b"", b" \r\n\t", b"\x00\x00", b"\xef\xbb\xbf", "\u200b\ufeff\xa0\n".encode()],
)
def test_an_empty_file_is_refused(content: bytes) -> None:
    with pytest.raises(DocumentError, match=r"kosong\.txt is empty\. Name a file that holds"):
        read_source(content, "kosong.txt")


def test_a_file_beyond_the_limit_is_refused_with_the_limit() -> None:
    with pytest.raises(DocumentError, match=r"has 200 MB; the limit is 200 MB\. Save the chapter"):
        read_source(b"x" * (LIMIT + 1), "besar.txt")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n0000", "is an image. Recognise its text first"),
        (b"\xff\xd8\xff\xe0JFIF", "is an image"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "is an image"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "is an image"),
        (b"BM\x46\x00\x00\x00\x00\x00\x00\x00", "is an image"),
        (b"\x1f\x8b\x08\x00", "is an archive. Unpack it"),
        (b"%!PS-Adobe-3.0\n", "is PostScript. Save or print it as a PDF"),
        (
            b"From: <Saved>\r\nSubject: Visi\r\n Misi\r\nContent-Type: multipart/related;\r\n",
            "is a web archive (MHTML). Save the page as HTML",
        ),
        (b"7z\xbc\xaf\x27\x1c", "is an archive"),
        (b"{\\rtf1\\ansi Visi}", "is RTF. Save it as DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Word before 2007. Save it as DOCX"),
        (bytes(range(32)) * 40, "is no text, PDF, HTML, DOCX or ODT file"),
        (b"\x7fELF\x02\x01\x01" + bytes(200) + b"\xff\xfe" * 20, "is no text, PDF, HTML, DOCX or"),
    ],
    ids=[
        *("png", "jpeg", "webp", "heic", "bmp", "gzip", "postscript", "mhtml"),
        *("7z", "rtf", "doc", "controls", "program"),
    ],
)
def test_what_is_no_text_is_named_with_a_remedy(content: bytes, sentence: str) -> None:
    with pytest.raises(DocumentError) as refusal:
        read_source(content, "berkas.dat")
    assert sentence in str(refusal.value)
    assert str(refusal.value).startswith("berkas.dat ")


def test_an_encrypted_office_file_is_said_to_be_encrypted() -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(DocumentError, match=r"is encrypted\. Remove its password"):
        read_source(content, "rahasia.docx")


def test_a_line_of_a_megabyte_is_read() -> None:
    line = "maju “sejahtera” " * 60_000
    assert text_of(line.encode("cp1252")) == line
    assert len(repair_mojibake("â€œmajuâ€\x9d " * 60_000)) == 60_000 * 7
