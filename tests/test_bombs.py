"""Files that no parser survives are refused in a sentence; what only looks like them is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from visidaerah.errors import DatasetError
from visidaerah.loading import load
from visidaerah.store import Store

if TYPE_CHECKING:
    from pathlib import Path

RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x:">'


def nested_xml(depth: int) -> str:
    opened, closed = "<rdf:Description><x:p>", "</x:p></rdf:Description>"
    return f"{RDF}{opened * depth}{closed * depth}</rdf:RDF>"


def growing_entities(generations: int) -> str:
    entities = '<!ENTITY a0 "lol">' + "".join(
        f'<!ENTITY a{number + 1} "{f"&a{number};" * 10}">' for number in range(generations)
    )
    body = f"<rdf:Description><x:p>&a{generations};</x:p></rdf:Description>"
    return f"<!DOCTYPE r [{entities}]>{RDF}{body}</rdf:RDF>"


def redeclared_entities(generations: int) -> str:
    again = "".join(f'<!ENTITY a{number} "small">' for number in range(generations + 1))
    return growing_entities(generations).replace("]>", f"{again}]>", 1)


BOMBS = [
    ("rdf", redeclared_entities(12), "1,048,576 bytes"),
    ("jsonld", '{"urn:p":' * 3300 + "1" + "}" * 3300, "500 brackets"),
    ("jsonld", "[" * 100_000, "500 brackets"),
    ("rdf", nested_xml(1500), "2,000 elements"),
    ("rdf", growing_entities(12), "1,048,576 bytes"),
]

HARMLESS = [
    ("jsonld", '{"@id": "urn:s", "urn:p": "' + "[" * 10_000 + '\\"{"}', 1),
    ("jsonld", "[" + ",".join(['{"@id": "urn:s", "urn:p": 1}'] * 2000) + "]", 1),
    ("rdf", nested_xml(20), 20),
    ("rdf", growing_entities(3), 1),
    (
        "rdf",
        f"{RDF}<!-- {'<a>' * 9000} --><rdf:Description><x:p x:q='>'/></rdf:Description></rdf:RDF>",
        2,
    ),
]


@pytest.mark.parametrize(("extension", "content", "words"), BOMBS)
def test_a_bomb_is_refused_however_it_comes_in(
    tmp_path: Path, extension: str, content: str, words: str
) -> None:
    file = tmp_path / f"bomb.{extension}"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(DatasetError, match=words):
        Store.from_path(file)
    with pytest.raises(DatasetError, match=words):
        load([file], tmp_path / "release", lambda _line: None)
    assert not (tmp_path / "release").exists()


@pytest.mark.parametrize(("extension", "content", "triples"), HARMLESS)
def test_what_looks_like_a_bomb_is_read(
    tmp_path: Path, extension: str, content: str, triples: int
) -> None:
    file = tmp_path / f"harmless.{extension}"
    file.write_text(content, encoding="utf-8")
    assert len(Store.from_path(file)) == triples


@pytest.mark.parametrize("piece", ['"', "{", "<!--", "<a ", '<a "', "<?", "<![CDATA["])
@pytest.mark.parametrize("extension", ["jsonld", "rdf"])
def test_what_has_no_end_is_looked_at_once(tmp_path: Path, extension: str, piece: str) -> None:
    file = tmp_path / f"endless.{extension}"
    file.write_text(piece * 100_000, encoding="utf-8")
    with pytest.raises(DatasetError):
        Store.from_path(file)


def test_a_value_that_is_too_long_is_told(tmp_path: Path) -> None:
    file = tmp_path / "long.nt"
    file.write_text(f'<urn:s> <urn:p> "{"x" * (17 << 20)}" .\n', encoding="ascii")
    with pytest.raises(DatasetError, match="over 16 MB"):
        Store.from_path(file)
    with pytest.raises(DatasetError, match="over 16 MB"):
        load([file], tmp_path / "release", lambda _line: None)
