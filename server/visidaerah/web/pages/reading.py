"""What those say who read a file, in English, told in the reader's own language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from visidaerah.web.pages.terms import Wording

if TYPE_CHECKING:
    from visidaerah.web.pages.reader import Reader

ENGLISH = "en"
"""The language in which `visidaerah.readers` speak."""

TOLD: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        # Why a file cannot be read.
        (r" is empty\. ", "empty"),
        (r" has no text layer: | holds no text\. | shows pictures without text\. ", "no_text"),
        (r" besides menus| another page inside it\. | of frames\. | nests more than ", "no_page"),
        (r" is an image\. ", "image"),
        (r"^The fonts of .* do not say ", "fonts"),
        (r" is encrypted\. ", "locked"),
        (r" is a broken \w+\. ", "broken"),
        (r" is an archive\. ", "archive"),
        (r" has [0-9]+ (?:MB|pages); the limit | more than [0-9,]+ (?:characters|MB)", "too_long"),
        (r" is no text, PDF, HTML, DOCX or ODT file\.", "unknown"),
        (r" is .*\. (?:Save|Print) ", "other_format"),
        # What is remarked about one that was read.
        (r"^Characters that were encoded twice ", "repaired"),
        (
            r"^Of (?P<all>[0-9,]+) characters only .* chapter “(?P<chapter>.*)”"
            r" on pages (?P<pages>[0-9–]+) were kept\.$",
            "chapter_on_pages",
        ),
        (
            r"^Of (?P<all>[0-9,]+) characters only .* chapter “(?P<chapter>.*)” were kept\.$",
            "chapter",
        ),
        (r"^No chapter whose title names vision and missions ", "no_chapter"),
        (r"^A program makes the page", "program"),
        (r"^The page shows pictures or other files", "pictures"),
        (r" no text and may be a picture: (?P<pages>[0-9–, ]+)\.$", "empty_pages"),
        (r"^The table has (?P<all>[0-9]+) rows with a vision; .* row (?P<row>[0-9]+)\.", "table"),
        (r"^The text is .*(?:UTF|utf|encoded|windows)", "encoding"),
    )
)
"""Sentences of readers of files by the last names of the words for them; the first that fits."""


def told(reader: Reader, sentence: str) -> Wording:
    """Return a sentence in the reader's language; one that has no words there stays English."""
    for pattern, words in TOLD:
        if found := pattern.search(sentence):
            values = {name: _value(text) for name, text in found.groupdict().items()}
            return Wording(reader.t(f"reading.{words}", **values), reader.language)
    return Wording(sentence, ENGLISH)


def _value(text: str) -> object:
    digits = text.replace(",", "")
    return int(digits) if digits.isdecimal() else text
