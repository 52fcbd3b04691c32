"""Agencies: whether a vision is an agency's own rather than its region's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visidaerah.spans import Span

_AGENCY = (
    r"(?:dinas|badan|bappe\w+|bapperida|bapelit\w*|inspektorat|satpol|bpbd|bkpsdm|bkd|rsud|puskesmas|"
    r"perumda|perusahaan\s+umum|pdam|upt\w*|blk|diskominfo|disdik\w*|dinkes|kantor\s+(?!camat|desa|lurah|"
    r"wali|bupati|gubernur)|rumah\s+sakit|sekretariat\s+dprd|sekretariat\s+dewan|balai)"
)
_NAMED = re.compile(
    rf"\b{_AGENCY}\b(?:[^\S\n]+(?:(?-i:[A-Z])[\w.&'-]*|dan|,)|,(?=[^\S\n](?-i:[A-Z]))){{0,16}}",
    re.IGNORECASE,
)
_OFFICE = re.compile(r"\b(?:wali\s?kota|bupati|gubernur)\b", re.IGNORECASE)
_OWN_WORDS = re.compile(r"\b(?:dinas|instansi|badan\s+ini|instruktur|pelanggan)\b", re.IGNORECASE)
# What stands before a region's name where the vision is of the region itself.
_SUBJECT = re.compile(
    r"(?:^|\b(?:terwujudnya|mewujudkan|menjadikan|menjadi|menuju|membangun|memajukan|wujudkan|bersama|"
    r"masyarakat|warga|rakyat|manusia|pembangunan|daerah|wilayah|pemerintahan?|bumi|untuk|demi|bagi|tanah|"
    r"terciptanya|menciptakan|provinsi|kota|kabupaten|sebagai|yang|dan|kemajuan|jadikan|maju))\W*$",
    re.IGNORECASE,
)


def agency_of(
    text: str,
    *,
    vision: Span | None,
    region: Span | None,
    lead: Span | None,
    titles: Sequence[Span],
    missions: Sequence[Span],
) -> str | None:
    """Return the name of the agency whose vision it is, "" where it is one without name, or None.

    The words that introduce the vision decide, then whether the missions speak of an agency or
    the vision of the region itself, and last the titles above it.
    """
    if named := _named(text, [lead] if lead else []):
        return named
    own = any(_OWN_WORDS.search(text, span.start, span.end) for span in missions)
    if vision is None or (not own and _speaks_of_region(text, vision, region)):
        return None
    if any(_OFFICE.search(text, span.start, span.end) for span in (lead, *titles) if span):
        return None
    if named := _named(text, titles):
        return named
    return "" if own or (region and not _OFFICE.search(text)) else None


def _named(text: str, spans: Sequence[Span]) -> str | None:
    for span in spans:
        match = _NAMED.search(text, span.start, span.end)
        if match:
            return " ".join(match[0].rstrip(" ,").split())
    return None


def _speaks_of_region(text: str, vision: Span, region: Span | None) -> bool:
    """Tell whether a region is what the vision is about, not where a field is looked after."""
    if region is None:
        return False
    before = re.sub(
        r"\b(?:kota|kabupaten|kab\.?|provinsi)\s*$",
        "",
        text[vision.start : region.start],
        flags=re.IGNORECASE,
    )
    return bool(_SUBJECT.search(before.strip()))
