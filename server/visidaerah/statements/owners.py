"""Owners: the region, village or agency whose plan a text gives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from visidaerah.spans import Span
from visidaerah.statements.model import RegionKind, RegionMention

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visidaerah.regions import Region
    from visidaerah.statements.gazetteer import Gazetteer

_TYPE_WORDS: dict[str, RegionKind] = {
    "kota": "kota", "kotamadya": "kota", "pemkot": "kota", "walikota": "kota",
    "kabupaten": "kabupaten", "kab": "kabupaten", "pemkab": "kabupaten", "bupati": "kabupaten",
    "provinsi": "provinsi", "propinsi": "provinsi", "prov": "provinsi", "pemprov": "provinsi",
    "gubernur": "provinsi",
    "kecamatan": "kecamatan", "kec": "kecamatan", "distrik": "kecamatan",
    "desa": "desa", "kelurahan": "desa", "kel": "desa", "kalurahan": "desa", "nagari": "desa",
    "kampung": "desa", "lembang": "desa", "gampong": "desa", "pekon": "desa", "kampong": "desa",
    "dinas": "dinas", "badan": "dinas", "bappeda": "dinas", "bapperida": "dinas",
    "bappelitbangda": "dinas", "bapelitbang": "dinas", "bappedalitbang": "dinas",
    "inspektorat": "dinas", "satpol": "dinas", "rsud": "dinas", "puskesmas": "dinas",
    "perumda": "dinas", "pdam": "dinas", "blk": "dinas", "diskominfo": "dinas",
}  # fmt: skip
_KNOWN = frozenset({"kota", "kabupaten", "provinsi"})
_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|[.,:;/|()&\n“”\"]")
_STOP_NAMES = frozenset(
    [
        "yang",
        "dan",
        "menjadi",
        "maju",
        "mandiri",
        "adalah",
        "tahun",
        "periode",
        "ini",
        "kami",
        "di",
        "ke",
        "dengan",
        "untuk",
        "sehat",
        "cerdas",
        "sejahtera",
        "terpilih",
        "visi",
        "misi",
        "digital",
        "wisata",
        "bersih",
        "siaga",
        "sadar",
        "ramah",
        "bersama",
        "berbasis",
        "dalam",
        "sebagai",
        "melalui",
        "menuju",
        "tangguh",
        "kerja",
        "pusat",
        "layanan",
        "kita",
        "tersebut",
        "atau",
        "serta",
        "membangun",
        "kreatif",
        "modern",
        "jasa",
        "pintar",
        "religius",
        "indah",
        "aman",
        "terwujudnya",
        "mewujudkan",
        "kecamatan",
        "kabupaten",
        "kota",
        "provinsi",
        "desa",
        "kelurahan",
        "profil",
        "sejarah",
        "berdaya",
        "unggul",
        "rapi",
        "nyaman",
        "harmonis",
        "agamis",
        "adil",
        "makmur",
        "lestari",
        "asri",
        "dinas",
        "peta",
        "pemerintahan",
        "pemerintah",
        "peduli",
        "literasi",
        "gotong",
        "relegius",
        "relijius",
        "terdiri",
        "beserta",
        "hingga",
        "agar",
        "oleh",
        "pada",
        "dari",
        "potensi",
        "hebat",
        "inovatif",
        "produktif",
        "madani",
        "beriman",
        "berbudaya",
        "bermartabat",
        "berkelanjutan",
    ]
)
_NAME_WORDS = 3


@dataclass(frozen=True, slots=True)
class _Mention:
    kind: RegionKind | None
    name: str
    code: str | None
    span: Span
    typed: bool


def owner_of(
    text: str,
    gazetteer: Gazetteer,
    *,
    vision: Span | None,
    leads: Sequence[Span],
    heading: Sequence[Span],
    missions: Sequence[Span],
) -> RegionMention | None:
    """Return whose plan a text gives, or None where it names nobody.

    The words that introduce the vision count most, then the vision, the headings before it,
    the missions, and last how often a name occurs.
    """
    mentions = list(_mentions(text, gazetteer))
    if not mentions:
        return None
    weights = [(leads, 8.0), ([vision] if vision else [], 7.0), (heading, 3.0), (missions, 2.0)]
    scores: dict[str, float] = {}
    for mention in mentions:
        weight = max(
            (w for spans, w in weights if any(s.overlaps(mention.span) for s in spans)), default=0.4
        )
        key = mention.name.lower()
        scores[key] = scores.get(key, 0.0) + weight
    best = max(mentions, key=lambda m: (scores[m.name.lower()], -m.span.start)).name.lower()
    same = [m for m in mentions if m.name.lower() == best]
    chosen = next((m for m in same if m.typed), same[0])
    return RegionMention(name=chosen.name, kind=chosen.kind, code=chosen.code, span=chosen.span)


def _mentions(text: str, gazetteer: Gazetteer) -> Iterator[_Mention]:
    tokens = [(m[0], m.start(), m.end()) for m in _TOKEN.finditer(text)]
    words = [t[0].lower() for t in tokens]
    index = 0
    while index < len(tokens):
        step = 1
        kind = _TYPE_WORDS.get(words[index])
        if kind:
            at = index + 1
            if at < len(tokens) and words[at] == ".":
                at += 1
            mention = (
                _typed(text, tokens, words, index, at, kind, gazetteer)
                if at < len(tokens)
                else None
            )
            if mention:
                yield mention
                index = at
                continue
        elif tokens[index][0][0].isupper():
            size, regions = gazetteer.at(words, index)
            if size:
                step = size
                mention = _untyped(text, tokens, index, size, regions)
                if mention:
                    yield mention
        index += step


def _typed(
    text: str,
    tokens: Sequence[tuple[str, int, int]],
    words: Sequence[str],
    index: int,
    at: int,
    kind: RegionKind,
    gazetteer: Gazetteer,
) -> _Mention | None:
    if kind in _KNOWN:
        size, regions = gazetteer.at(words, at)
        chosen = next((r for r in regions if r.kind == kind), None)
        if not size or chosen is None:
            return None
        span = Span(tokens[at][1], tokens[at + size - 1][2])
        return _Mention(kind, chosen.name, chosen.code, span, True)
    end = at
    while end < len(tokens) and end - at < _NAME_WORDS:
        token = tokens[end][0]
        if not token[0].isupper() or words[end] in _STOP_NAMES or words[end] in _TYPE_WORDS:
            break
        if end > at and token.isupper() and len(token) > 1 and not tokens[at][0].isupper():
            break
        if end > at and "\n" in text[tokens[end - 1][2] : tokens[end][1]]:
            break
        end += 1
    if end == at or "\n" in text[tokens[index][2] : tokens[at][1]]:
        return None
    span = Span(tokens[at][1], tokens[end - 1][2])
    name = " ".join(span.of(text).split())
    if name.isupper():
        name = name.title()
    return _Mention(kind, name, None, span, True)


def _untyped(
    text: str,
    tokens: Sequence[tuple[str, int, int]],
    index: int,
    size: int,
    regions: Sequence[Region],
) -> _Mention | None:
    """A name without type word: a province before a regency before a city of the same name."""
    span = Span(tokens[index][1], tokens[index + size - 1][2])
    order = {"provinsi": 0, "kabupaten": 1, "kota": 2}
    chosen = min(regions, key=lambda r: order[r.kind])
    return _Mention(chosen.kind, chosen.name, chosen.code, span, False)
