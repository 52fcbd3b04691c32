"""Labels inside a line: where a page is one line, its titles tell where statements begin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from visidaerah.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# "VISI KOTA CONTOH TAHUN 2021-2026 TERWUJUDNYA …", "Misi Desa Contoh 1. …": the word, a title of
# capitalised words that begin with whose it is, and the first word of the statement.
_OWNER = (
    r"(?i:kota|kabupaten|kab|provinsi|desa|kelurahan|kalurahan|kecamatan|nagari|gampong|kampung"
    r"|lembang|pekon|pemerintah|dinas|badan|bupati|wali|walikota|gubernur|kepala|pembangunan"
    r"|daerah|rpjmd|rpjpd|tahun|periode|rsud|puskesmas|\(?\d{4})\b"
)
_TITLE = (
    rf"(?:\s+(?={_OWNER})[A-Z0-9(][\w()/.–-]*"
    r"(?:\s+(?!(?i:dan|serta|tersebut|ini|itu|di|yang|adalah|yaitu|visi|misi)\b)"
    r"[A-Z0-9(–-][\w()/.–-]*){0,8}?)?(?:\s*:\s*|\s+)"
)
_LABEL = re.compile(
    rf"\b(?:V(?:ISI|isi){_TITLE}"
    r"(?=[“\"]?(?:T(?i:er)|M(?i:e))(?i:wujud|njadi|cipta|nciptakan|nuju\b|mbangun))"
    rf"|M(?:ISI|isi){_TITLE}"
    r"(?=\(?1[.)]\s?[A-Z]|(?:ME[A-Z]{4,}|Me[a-z]{4,}|TER[A-Z]{3,}NYA|Ter[a-z]{3,}nya)\b))"
)
# What every label has; looking for it first is quick.
_WORDS = ("isi", "ISI")
_WORD_BEFORE = re.compile(r"[^\W\d_]+\W*\Z|[&/]\s*\Z")
# What precedes the word inside a sentence or a title, rather than a label.
_GOES_ON = frozenset({
    "dan", "&", "/", "serta", "mewujudkan", "mencapai", "pencapaian", "perwujudan", "dari",
    "penjelasan", "makna", "arti", "dengan", "sesuai", "untuk", "terhadap", "dalam", "pada",
    "unsur", "pernyataan", "rumusan", "program", "menjabarkan", "mendukung", "atas",
})  # fmt: skip
_LONG = 80
_REACH = 40
_FEWEST_WORDS = 4


def parts_at_labels(text: str, span: Span) -> Sequence[Span]:
    """Divide a long line before each label of a vision or of missions inside it."""
    if span.end - span.start < _LONG or not any(
        text.find(word, span.start + 1, span.end) >= 0 for word in _WORDS
    ):
        return (span,)
    return tuple(_parts(text, span))


def _parts(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for label in _LABEL.finditer(text, start + 1, span.end):
        part = Span.stripped(text, start, label.start())
        if part and not _is_in_sentence(text, part):
            yield part
            start = label.start()
    yield Span(start, span.end)


def behind_label(text: str, span: Span) -> int | None:
    """Return where the statement behind a label without colon begins, None where there is none."""
    label = _LABEL.match(text, span.start, span.end)
    if (
        label is None
        or len(text[label.end() : span.end].split(None, _FEWEST_WORDS)) < _FEWEST_WORDS
    ):
        return None
    return label.end()


def _is_in_sentence(text: str, before: Span) -> bool:
    word = _WORD_BEFORE.search(text, max(before.start, before.end - _REACH), before.end)
    return word is not None and word[0].strip(' ,.;:“”"()').casefold() in _GOES_ON
