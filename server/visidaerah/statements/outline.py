"""The outline: each block of a text is told apart by the cue words that head or introduce it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from visidaerah.blocks import Block, BlockKind, behind_label, behind_markup, blocks_of
from visidaerah.spans import Span
from visidaerah.statements.wording import opens_like_a_mission

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
    """A block with its cue, None where it announces nothing.

    `words` is the block in lower case with white space collapsed (its first 3,000 characters),
    `count` how many words these are. `rest` is where a statement begins behind a label on its line.
    """

    block: Block
    words: str
    count: int
    cue: Cue | None = None
    rest: int | None = None

    @property
    def heads(self) -> bool:
        """Whether the block is a heading or begins with a label."""
        return self.cue is not None

    @property
    def span(self) -> Span:
        """The place of the block."""
        return self.block.span


ORDINAL = (
    r"(?:ke[- ]?)?(?:\d{1,2}|pertama|kesatu|satu|kedua|dua|ketiga|tiga|keempat|empat|kelima|lima"
    r"|keenam|enam|ketujuh|tujuh|kedelapan|delapan|kesembilan|sembilan|kesepuluh|sepuluh|terakhir"
    r"|[ivx]{1,4})"
)
# Headings: the cue, and the pattern its lower-case words begin with. The first that fits holds.
_HEADINGS: tuple[tuple[Cue, str], ...] = (
    (
        Cue.BOTH,
        r"visi\s*(?:dan|&amp;|&|,|/|-|–|serta|\+|n|and)?\s*misi\b|vision (?:and|&) missions?\b",
    ),
    (
        Cue.PILLARS,
        r"(?:penjelasan |penjabaran )?"
        r"(?:makna|arti|penjelasan|penjabaran|unsur|pokok|kata kunci|dasar pemikiran|pengertian)\b"
        r"(?!.{0,60}\bmisi\b)(?=.{0,60}\bvisi\b|[ :]*$)",
    ),
    (
        Cue.VISION,
        r"(?:pernyataan |rumusan |uraian )?visi(?:on)?\b(?! (?:hidup|media|perusahaan)\b)",
    ),
    (Cue.NUMBERED_MISSION, rf"misi[ -]{ORDINAL}\b(?! (?:misi|kota|kabupaten|provinsi|desa|visi))"),
    (
        Cue.MISSION,
        r"(?:pernyataan |rumusan |uraian )?(?:\d+ |lima |enam |tujuh )?mis(?:i|sions?)\b"
        r"(?! (?:dagang|kemanusiaan|penyelamatan|perdamaian|diplomasi|evakuasi|perusahaan)\b)",
    ),
    (Cue.GOALS, r"tujuan\b"),
    (Cue.OBJECTIVES, r"sasaran\b"),
    (
        Cue.OTHER,
        r"(?:penjelasan|strategi|program|kebijakan|arah|arahan|nawa ?cita|nilai|moto|motto|tugas"
        r"|fungsi|struktur|latar belakang|sejarah|kontak|alamat|lambang|arti lambang|agenda"
        r"|prioritas|indikator|kegiatan|janji|\d+ (?:program|kegiatan|agenda|janji|prioritas)"
        r"|tupoksi|maklumat|budaya kerja|tautan|link|berita|artikel|hubungi|copyright|©|profil"
        r"|bagikan|share|diposting|kategori|tags?|arsip|download|unduh|komentar|beranda|home"
        r"|jam kerja|jam operasional|dasar hukum|susunan|bagan|penutup|semangat|slogan|tekad"
        r"|quick link|follow us|informasi kontak|statistik|galeri|lokasi|baca juga|kunjungi"
        r"|telp|telepon|email|e-mail|fax|website|jl\.?|jalan [a-z]+ no|https?:|www\.)(?!\w)"
        r"|bab (?:[ivxlc]+|\d+)\b\W*(?!hal|.*\b[vm]isi\b)[a-z]{4,}",
    ),
)
_CUES = re.compile("|".join(f"(?P<{cue.name}>{pattern})" for cue, pattern in _HEADINGS))
_LABEL_END = re.compile(r"[^:=“”\"]{0,120}?(?::|=|\s[–—-]\s(?!\s*\d))[\s:]*(?=\S)")
# A label has no full stop inside, but for abbreviations.
_TWO_SENTENCES = re.compile(
    r"(?<=[a-z]{3})(?<!\bkab)(?<!\bkec)(?<!prov)\.\s+[a-z]{3}", re.IGNORECASE
)
# "VISI Terwujudnya …" on one line: the label is told by its capitals.
_CAPITAL_LABEL = re.compile(r"(?:VISI|MISI)\s+(?=(?:\d{1,2}[.)]|\(1\))?\s*[“\"]?[A-Z][a-z])")
# What follows "VISI" on its line where that is the vision: "… yang …", but not "VISI KOTA …".
_VISION_BEHIND = re.compile(
    r"(?!(?:kota|kabupaten|kab|provinsi|desa|kelurahan|kecamatan|nagari|pemerintah|dinas|badan"
    r"|bupati|wali|gubernur|kepala|rpj|tahun|dan|misi)\b)[^.:]{0,80}?(?:,|\byang\b)",
    re.IGNORECASE,
)
# Words of sentences, which headings and labels do not have.
_SENTENCE = re.compile(
    r"\b(?:adalah|merupakan|yaitu|yakni|ialah|disusun|dirumuskan|ditetapkan|diharapkan|dilakukan"
    r"|dimaksud|tersebut|ini|itu|telah|akan|lahir|ujar\w*|katanya|tutur\w*|is|dapat|harus|mengandung|terdapat|memiliki|mencakup|terdiri"
    r"|di ?atas)\b"
)
_LEAD_IN = re.compile(
    r"\b(?:adalah|yaitu|yakni|ialah|sebagai berikut|sbb|meliputi|antara lain|berikut"
    r"|di ?bawah ini|terdiri (?:dari|atas)|untuk|mencakup)$"
)
_BEHIND_LEAD_IN = ' .:;,“”"'
_LONGEST_LEAD_IN = 20
# "Periode 2021-2026", "Bupati dan Wakil Bupati Contoh".
_OFFICE = r"(?:wakil )?(?:bupati|wali ?kota|gubernur|kepala (?:desa|daerah))"
_CAPTION = re.compile(
    r"^\W*(?:(?:periode|tahun|masa bakti|masa jabatan|\(?\d{4})\b[\w\s()–-]{0,40}"
    rf"|{_OFFICE}(?: dan {_OFFICE})?(?: (?!yang\b)\w+){{0,3}}(?: \d{{4}} ?[-–] ?\d{{4}})?)\W*$"
)
# Headings printed with blanks between their letters, or with letters read wrongly ("VlSl").
_SPACED = re.compile(r"([vm])(?<!\w[vm]) ?[il1] ?s ?[il1]\b")
_BEFORE_WORDS = re.compile(r"(?:[^\w©]|_)+")
# Where a Markdown link leads to.
_TARGET = re.compile(r"\]\([^()\s]*\)")
_BEHIND_WORDS = " \t\xa0*#_:.|>-–—•\"“”'"
_CHARACTERS_READ = 3000
_TAIL = 120
_WORDS_OF_HEADING = 14
_WORDS_OF_OTHER = 12


def outline_of(text: str) -> tuple[Passage, ...]:
    """Return the blocks of a text with their cues."""
    return tuple(_passage(text, block) for block in blocks_of(text))


def _passage(text: str, block: Block) -> Passage:
    end = min(block.span.end, block.span.start + _CHARACTERS_READ)
    words = " ".join(text[block.span.start : end].split()).lower()
    words = _SPACED.sub(r"\1isi", words)
    words = _TARGET.sub("]", words) if "](" in words else words
    count = words.count(" ") + 1
    before = _BEFORE_WORDS.match(words)
    bare = words[before.end() if before else 0 :].rstrip(_BEHIND_WORDS)
    cued = _CUES.match(bare)
    cue = Cue[cued.lastgroup] if cued and cued.lastgroup else None
    rest = _rest(text, block) if cue not in {None, Cue.OTHER, Cue.BOTH} else None
    if rest is None and cue and not _is_heading_of(cue, bare, count):
        cue = None
    return Passage(block=block, words=words, count=count, cue=cue, rest=rest)


def _is_heading_of(cue: Cue, bare: str, count: int) -> bool:
    """Tell whether words that begin like a heading are short and no sentence."""
    if cue is Cue.OTHER:
        return count <= _WORDS_OF_OTHER
    sentence = _SENTENCE.search(bare) or _TWO_SENTENCES.search(bare)
    return count <= _WORDS_OF_HEADING and not sentence


def _rest(text: str, block: Block) -> int | None:
    """Return where the words after a label and its colon begin, if any do."""
    span = block.span
    capitals = _CAPITAL_LABEL.match(text, span.start, span.end)
    if capitals and _states(text, capitals[0], Span(capitals.end(), span.end)):
        return capitals.end()
    if (titled := behind_label(text, span)) is not None:
        return titled
    match = _LABEL_END.match(text, span.start, span.end)
    if not match or match.end() >= span.end or _TWO_SENTENCES.search(match[0]):
        return None
    label = text[span.start : match.end()].lower().split()
    short = len(label) <= _WORDS_OF_HEADING and not _SENTENCE.search(" ".join(label))
    return behind_markup(text, match.end(), span.end) if short else None


def _states(text: str, label: str, behind: Span) -> bool:
    """Tell whether the words behind a label without colon are its statement."""
    if opens_like_a_mission(text, behind):
        return True
    vision = label.startswith("VISI") and _VISION_BEHIND.match(text, behind.start, behind.end)
    return bool(vision) and not _SENTENCE.search(behind.of(text)[:_TAIL].lower())


def leads_in(passage: Passage) -> bool:
    """Tell whether a block ends in words that promise a list or a statement."""
    bare = passage.words.rstrip(_BEHIND_LEAD_IN)
    if ":" in passage.words[len(bare) :]:
        return True
    return bool(_LEAD_IN.search(bare, max(0, len(bare) - _LONGEST_LEAD_IN)))


def is_caption(passage: Passage) -> bool:
    """Tell whether a line only says for which years, or by whose office, a statement is made."""
    return bool(_CAPTION.search(passage.words)) and not passage.block.marker


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
