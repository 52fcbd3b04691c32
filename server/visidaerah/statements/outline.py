"""The outline: each block of a text is told apart by the cue words that head or introduce it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from visidaerah.blocks import Block, BlockKind, blocks_of
from visidaerah.spans import Span
from visidaerah.statements.wording import opens_like_a_mission, word_count

if TYPE_CHECKING:
    from collections.abc import Sequence


class Cue(StrEnum):
    """What a block announces."""

    BOTH = "both"
    VISION = "vision"
    MISSION = "mission"
    NUMBERED_MISSION = "numbered mission"
    PILLARS = "pillars"
    GOALS = "goals"
    OBJECTIVES = "objectives"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A block with its cue: `heads` where it is a heading, `rest` where a statement follows on.

    `words` is the block in lower case with white space collapsed.
    """

    block: Block
    words: str
    count: int
    cue: Cue | None = None
    heads: bool = False
    rest: int | None = None

    @property
    def span(self) -> Span:
        """The place of the block."""
        return self.block.span


ORDINAL = (
    r"(?:ke[- ]?)?(?:\d{1,2}|pertama|kesatu|satu|kedua|dua|ketiga|tiga|keempat|empat|kelima|lima|"
    r"keenam|enam|ketujuh|tujuh|kedelapan|delapan|kesembilan|sembilan|kesepuluh|sepuluh|terakhir|"
    r"[ivx]{1,4})"
)
_JOINED = r"visi\s*(?:dan|&|,|/|-|–|serta|\+|n|and)?\s*(?:&amp;)?\s*misi\b"
# Headings: the cue, and the pattern its lower-case words begin with. The first that fits holds.
_HEADINGS: tuple[tuple[Cue, re.Pattern[str]], ...] = tuple(
    (cue, re.compile(pattern))
    for cue, pattern in (
        (Cue.BOTH, _JOINED),
        (
            Cue.PILLARS,
            r"(?:penjelasan |penjabaran )?(?:makna|arti|penjelasan|penjabaran|unsur|pokok|kata kunci|"
            r"dasar pemikiran|pengertian)\b(?!.{0,60}\bmisi\b)(?=.{0,60}\bvisi\b|[ :]*$)",
        ),
        (Cue.VISION, r"(?:pernyataan |rumusan |uraian )?visi\b"),
        (
            Cue.NUMBERED_MISSION,
            rf"misi {ORDINAL}\b(?! (?:misi|kota|kabupaten|provinsi|desa|visi))",
        ),
        (Cue.MISSION, r"(?:pernyataan |rumusan |uraian )?(?:\d+ |lima |enam |tujuh )?misi\b"),
        (Cue.GOALS, r"tujuan\b"),
        (Cue.OBJECTIVES, r"sasaran\b"),
        (
            Cue.OTHER,
            r"(?:penjelasan|strategi|program|kebijakan|arah|arahan|nawa ?cita|nilai|moto|motto|tugas|"
            r"fungsi|struktur|latar belakang|sejarah|kontak|alamat|lambang|arti lambang|agenda|"
            r"prioritas|indikator|kegiatan|janji|\d+ (?:program|kegiatan|agenda|janji|prioritas)|"
            r"tupoksi|maklumat|budaya kerja|tautan|link|berita|artikel|hubungi|copyright|©|profil|"
            r"bagikan|share|diposting|kategori|tags?|arsip|download|unduh|komentar|beranda|home|"
            r"jam kerja|jam operasional|dasar hukum|susunan|bagan|penutup|semangat|slogan|tekad|"
            r"quick link|follow us|informasi kontak|statistik|galeri|lokasi|baca juga|kunjungi|"
            r"telp|telepon|email|e-mail|fax|website|jl\.?|jalan [a-z]+ no|https?:|www\.)(?!\w)",
        ),
    )
)
_LABEL_END = re.compile(r"[^:=“”\"]{0,120}?(?::|=|\s[–—-]\s)[\s:]*(?=\S)")
# "VISI Terwujudnya …" on one line: the label is told by its capitals.
_CAPITAL_LABEL = re.compile(r"(?:VISI|MISI)\s+(?=(?:\d{1,2}[.)]|\(1\))?\s*[“\"]?[A-Z][a-z])")
_SENTENCE = re.compile(
    r"\b(?:adalah|merupakan|yaitu|yakni|ialah|disusun|dirumuskan|ditetapkan|diharapkan|dilakukan|"
    r"dimaksud|tersebut|ini|telah|akan|dapat|harus|mengandung|terdapat|memiliki|mencakup|terdiri|di ?atas)\b"
)
_LEAD_IN = re.compile(
    r"(?::|\b(?:adalah|yaitu|yakni|ialah|sebagai berikut|sbb|meliputi|antara lain|berikut|di ?bawah ini|"
    r"terdiri (?:dari|atas)|untuk|mencakup))[\s.:;,“”\"]*$"
)
_BEFORE_WORDS = re.compile(r"^[^\w©]+")
_TRIM = " \t\xa0*#_:.|>-–—•\"“”'"


def outline_of(text: str) -> tuple[Passage, ...]:
    """Return the blocks of a text with their cues."""
    return tuple(_passage(text, block) for block in blocks_of(text))


def _passage(text: str, block: Block) -> Passage:
    words = " ".join(text[block.span.start : min(block.span.end, block.span.start + 3000)].split())
    words = words.lower()
    count = len(words.split())
    cue, heads, rest = _cue(text, block, words, count)
    return Passage(block=block, words=words, count=count, cue=cue, heads=heads, rest=rest)


def _cue(text: str, block: Block, words: str, count: int) -> tuple[Cue | None, bool, int | None]:
    """Return what the block announces, whether as a heading, and where its statement begins."""
    bare = _BEFORE_WORDS.sub("", words).rstrip(_TRIM)
    for cue, pattern in _HEADINGS:
        match = pattern.match(bare)
        if not match:
            continue
        if cue is Cue.OTHER:
            return (cue, True, None) if count <= 12 else (None, False, None)
        rest = _rest(text, block)
        if rest is not None and cue is not Cue.BOTH:
            label = " ".join(text[block.span.start : rest].lower().split())
            if len(label.split()) <= 14 and not _SENTENCE.search(label):
                return cue, True, rest
        if count <= 14 and not _SENTENCE.search(bare):
            return cue, True, None
        return None, False, None
    return None, False, None


def _rest(text: str, block: Block) -> int | None:
    """Return where the words after a label and its colon begin, if any do."""
    match = _CAPITAL_LABEL.match(text, block.span.start, block.span.end)
    if match and opens_like_a_mission(text, Span(match.end(), block.span.end)):
        return match.end()
    match = _LABEL_END.match(text, block.span.start, block.span.end)
    return match.end() if match and match.end() < block.span.end else None


def leads_in(passage: Passage) -> bool:
    """Tell whether a block ends in words that promise a list or a statement."""
    return bool(_LEAD_IN.search(passage.words[-120:]))


def is_heading(text: str, passage: Passage) -> bool:
    """Tell whether a block heads something else than missions, by cue or by shape."""
    if passage.heads:
        return True
    if passage.block.kind is not BlockKind.HEADING:
        return False
    return not opens_like_a_mission(text, passage.span)


def index_at(passages: Sequence[Passage], position: int) -> int:
    """Return the index of the first block that ends after a position."""
    for index, passage in enumerate(passages):
        if passage.span.end > position:
            return index
    return len(passages)


__all__ = [
    "Cue",
    "Passage",
    "index_at",
    "is_heading",
    "leads_in",
    "outline_of",
    "word_count",
]
