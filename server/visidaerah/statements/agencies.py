"""Agencies: whether a vision is an agency's own rather than its region's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from visidaerah.statements.stems import key_stems

if TYPE_CHECKING:
    from collections.abc import Iterable

    from visidaerah.spans import Span
    from visidaerah.statements.surroundings import Surroundings

_AGENCY = (
    r"(?:dinas|badan|bappe\w+|bapelit\w*|bapenda|inspektorat|satpol|satuan\s+polisi|unit\s+pelaksana|bpbd|bkpsdm|bkd|bkpp|bpkad|bpkd"
    r"|rsud|puskesmas|perumda|perusahaan\s+umum|pdam|upt\w*|blk|rumah\s+sakit|balai|kesbangpol"
    r"|dis(?:kominfo|dik|dukcapil|naker|hub|pora|par|bud|perin|dag|perkim|kop|ket|tan|kan|nak|perpus"
    r"|arpus|bun)\w*|din(?:kes|sos|perin|koperin)\w*|dp(?:m?ptsp|upr|kp|md|3a|pkb|kad)\w*|dlhk?|damkar"
    r"|sekretariat\s+dprd|sekretariat\s+dewan"
    r"|kantor\s+(?!camat|desa|lurah|wali|bupati|gubernur|kecamatan|kelurahan))"
)
# The agency with its capitalised name: "Dinas Pekerjaan Umum dan Penataan Ruang".
_NAMED = re.compile(
    rf"\b{_AGENCY}\b"
    r"(?:[^\S\n]+(?!(?:tahun|periode|renstra|visi|misi|dan\s+misi)\b)(?:(?-i:[A-Z])[\w.&'-]*|dan|,)"
    r"|,(?=[^\S\n](?-i:[A-Z]))){0,16}",
    re.IGNORECASE,
)
# The women's group likes to show its region's vision: its own is called so.
_GROUP = re.compile(r"\b(?:(?:tim\s+penggerak|tp)[\s.-]+)?pkk\b", re.IGNORECASE)
_LEFT_OVER = re.compile(r"(?:[ ,]|\bdan$)+$")
_OFFICE = re.compile(r"\b(?:wali\s?kota|bupati|gubernur|mayor|regent|governor)\b", re.IGNORECASE)
_OWN_WORDS = re.compile(r"\b(?:dinas|instansi|badan\s+ini|instruktur|pelanggan)\b", re.IGNORECASE)
# Agencies whose name does not tell their field.
_FIELDS = {
    "puskesmas": "kesehatan", "rsud": "kesehatan pasien", "rumah": "kesehatan pasien",
    "pdam": "air", "dinkes": "kesehatan", "disdik": "pendidikan", "dlh": "lingkungan",
}  # fmt: skip
# Words of agencies' names that tell no field.
_NO_FIELD = key_stems(
    "dinas badan kantor balai umum daerah kota kabupaten provinsi satu pintu pelayanan pemerintah"
)
# What stands before a region's name where the vision is of the region itself.
_SUBJECT = re.compile(
    r"(?:^|\b(?:terwujudnya|mewujudkan|menjadikan|menjadi|menuju|membangun|memajukan|wujudkan|bersama"
    r"|terciptanya|menciptakan|jadikan|masyarakat|warga|rakyat|manusia|pembangunan|daerah|wilayah"
    r"|pemerintahan?|bumi|tanah|untuk|demi|bagi|sebagai|yang|dan|kemajuan|maju)\W*)$",
    re.IGNORECASE,
)
_TYPE_WORD = re.compile(r"\b(?:kota|kabupaten|kab\.?|provinsi)\s*$", re.IGNORECASE)
_LONGEST_NAME = 100


def agency_of(
    text: str, places: Surroundings, region: Span | None, *, ascribed: bool, headed: bool
) -> str | None:
    """Return the name of the agency whose vision it is, "" for one without name, None for none.

    `region` is where the vision names a region, `ascribed` tells whether what introduces it does,
    `headed` whether its own heading does. The words that introduce the vision decide, then whether
    the missions keep to the field of an agency in the titles above, whether they speak of an
    agency, or the vision of the region itself, and last the titles.
    """
    vision_lead = places.leads[:1] if places.vision else ()
    named = _named(text, vision_lead) or _named(text, vision_lead, _GROUP)
    if named or headed:
        return named
    titled = _named(text, places.titles)
    if titled and places.missions and _within_field(text, titled, places):
        return titled
    own = _found(_OWN_WORDS, text, places.missions)
    if places.vision is None or (not own and _speaks_of(text, places.vision, region)):
        return None
    if _found(_OFFICE, text, (*vision_lead, *places.titles)):
        return None
    alone = region is not None and not ascribed and not _OFFICE.search(text)
    return titled or ("" if own or alone else None)


def stands_behind_agency(text: str, place: int) -> bool:
    """Tell whether the name of an agency ends right before a place on its line."""
    start = max(text.rfind("\n", 0, place) + 1, place - _LONGEST_NAME)
    return any(named.end() >= place - 1 for named in _NAMED.finditer(text, start, place))


def _within_field(text: str, agency: str, places: Surroundings) -> bool:
    """Tell whether most of the missions speak of what an agency's name says it looks after."""
    words = agency.lower().split()
    field = key_stems(" ".join([*words, *(_FIELDS.get(word, "") for word in words)])) - _NO_FIELD
    inside = sum(bool(field & key_stems(mission.of(text))) for mission in places.missions)
    return inside * 2 > len(places.missions)


def _found(pattern: re.Pattern[str], text: str, spans: Iterable[Span]) -> bool:
    return any(pattern.search(text, span.start, span.end) for span in spans)


def _named(text: str, spans: Iterable[Span], pattern: re.Pattern[str] = _NAMED) -> str | None:
    matches = (pattern.search(text, span.start, span.end) for span in spans)
    first = next((match for match in matches if match), None)
    return _LEFT_OVER.sub("", " ".join(first[0].split())) if first else None


def _speaks_of(text: str, vision: Span, region: Span | None) -> bool:
    """Tell whether the region is what the vision is about, not where a field is looked after."""
    if region is None:
        return False
    before = _TYPE_WORD.sub("", text[vision.start : region.start])
    return bool(_SUBJECT.search(before.strip()))
