"""Files become documents, and what cannot be read says why and what to do."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from visidaerah.documents import read_file, read_folder
from visidaerah.errors import DocumentError

if TYPE_CHECKING:
    from pathlib import Path


def folder_with(tmp_path: Path, toml: str, text: bytes = b"VISI\n") -> Path:
    folder = tmp_path / "kota-contoh"
    folder.mkdir()
    (folder / "document.toml").write_text(toml, encoding="utf-8")
    (folder / "text.txt").write_bytes(text)
    return folder


def test_a_folder_gives_slug_metadata_text_and_hash(tmp_path: Path) -> None:
    toml = 'title = "Visi Kota Contoh"\nregion = "18.72"\nretrieved = 2024-05-01\n'
    document = read_folder(folder_with(tmp_path, toml))
    assert document.slug == "kota-contoh"
    assert document.metadata.title == "Visi Kota Contoh"
    assert document.metadata.retrieved == date(2024, 5, 1)
    assert document.sha256 == sha256(b"VISI\n").hexdigest()


def test_the_text_keeps_line_ends_byte_order_mark_and_no_break_spaces(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffVisi:\u00a0maju\r\n".encode())
    assert read_file(path).text == "\ufeffVisi:\u00a0maju\r\n"


def test_a_text_in_another_encoding_is_stored_as_utf8_beside_the_hash_of_its_file(
    tmp_path: Path,
) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes(b"Visi \xa0 \x93maju\x94")
    document = read_file(path)
    assert document.text == "Visi \u00a0 “maju”"
    assert document.sha256 == sha256(document.text.encode()).hexdigest()
    assert document.source is not None
    assert document.source.name == "latin.txt"
    assert document.source.sha256 == sha256(path.read_bytes()).hexdigest()
    assert document.source.remarks == ("The text is not UTF-8; it was read as cp1252.",)


def test_a_text_that_is_utf8_has_no_source_but_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Visi “maju” â€œsejahteraâ€\x9d".encode())
    assert read_file(path).source is None
    assert read_file(path).text == path.read_text(encoding="utf-8")


def test_mojibake_in_utf8_is_repaired_where_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Visi â€œsejahteraâ€\x9d".encode())
    document = read_file(path, repair=True)
    assert document.text == "Visi “sejahtera”"
    assert document.source is not None


def test_a_blank_file_is_a_document_that_states_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b" \n")
    assert read_file(path).text == " \n"


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"none\.txt cannot be read"):
        read_file(tmp_path / "none.txt")
    with pytest.raises(DocumentError, match="is a folder"):
        read_file(tmp_path)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("title = ", "is not TOML"),
        ('title = "x"\ncolour = "red"', "unknown key 'colour'"),
        ('title = "x"\nregion = 18.72', "region should be a str"),
        ('title = "x"\nissued = "yesterday"', "issued should be a date"),
        ('language = "id"', "has no title"),
    ],
)
def test_broken_metadata_is_explained(tmp_path: Path, toml: str, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        read_folder(folder_with(tmp_path, toml))


@pytest.mark.parametrize("line", ['url = "not an iri"', 'url = "foo"', 'language = "in donesian"'])
def test_an_address_or_language_that_is_none_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(DocumentError, match="absolute address"):
        read_folder(folder_with(tmp_path, f'title = "x"\n{line}\n'))
