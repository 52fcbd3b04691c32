"""What is said of a file that is read: each sentence has words in the reader's language."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from visidaerah import readers
from visidaerah.store import Store
from visidaerah.web import create_app
from visidaerah.web.pages import Pages
from visidaerah.web.pages.reading import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from visidaerah.web.pages.terms import Wording

MODULES = tuple(Path(readers.__file__).parent.glob("*.py"))


def told_in(language: str, sentence: str) -> Wording:
    store = Store.from_quads(())
    pages = Pages(store)
    site = create_app(store, renderer=pages).extensions["visidaerah"]
    return told(pages.reader_in(site, language), sentence)


def refusals() -> Iterator[str]:
    """Yield the sentences with which files are refused, 7 standing for each value."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "DocumentError":
                parts = getattr(node.args[0], "values", ())
                sentence = "".join(str(getattr(part, "value", 7)) for part in _known(parts))
                if sentence.count("7") < len(parts):
                    yield sentence


def _known(parts: tuple[ast.expr, ...]) -> Iterator[ast.Constant]:
    for part in parts:
        yield part if isinstance(part, ast.Constant) else ast.Constant(7)


def test_every_sentence_with_which_a_file_is_refused_has_words() -> None:
    sentences = [one for one in refusals() if " 7" not in one[-3:]]
    assert len(sentences) > 10
    assert [one for one in sentences if told_in("id", one).language != "id"] == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (
            "Of 812,345 characters only the title page and the chapter “BAB V VISI DAN MISI”"
            " on pages 101–134 were kept.",
            "Dari 812.345 karakter hanya dibaca halaman judul dan bab “BAB V VISI DAN MISI”"
            " pada halaman 101–134.",
        ),
        (
            "Of 812,345 characters only the title page and the chapter “BAB V” were kept.",
            "Dari 812.345 karakter hanya dibaca halaman judul dan bab “BAB V”.",
        ),
        (
            "5 pages hold no text and may be a picture: 2, 5–7, 12.",
            "Halaman tanpa teks, yang mungkin berupa gambar: 2, 5–7, 12.",
        ),
    ],
)
def test_values_are_told_as_the_language_writes_them(sentence: str, words: str) -> None:
    assert told_in("id", sentence).text == words


def test_a_sentence_without_words_stays_as_it_is() -> None:
    assert told_in("id", "It is raining.").language == "en"
    assert told_in("id", "It is raining.").text == "It is raining."
