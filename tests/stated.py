"""What a text of our own making states, as plain words, for the tests of the statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visidaerah.documents import Document
from visidaerah.regions import Region
from visidaerah.statements import Gazetteer, read_plan

if TYPE_CHECKING:
    from visidaerah.spans import Span
    from visidaerah.statements.model import Plan


def _region(code: str, name: str, kind: str, *short_names: str) -> Region:
    province = code.split(".", maxsplit=1)[0] if "." in code else None
    return Region(
        code=code,
        name=name,
        kind=kind,  # type: ignore[arg-type]
        province=province,
        short_names=short_names,
    )


REGIONS = tuple(
    _region(*facts)
    for facts in (
        ("11", "Aceh", "provinsi"),
        ("16.06", "Musi Banyuasin", "kabupaten", "Muba"),
        ("31", "Jakarta", "provinsi"),
        ("32.04", "Bandung", "kabupaten"),
        ("32.17", "Bandung Barat", "kabupaten"),
        ("33", "Jawa Tengah", "provinsi"),
        ("33.06", "Purworejo", "kabupaten"),
        ("33.09", "Boyolali", "kabupaten"),
        ("33.28", "Tegal", "kabupaten"),
        ("33.76", "Tegal", "kota"),
        ("34", "Yogyakarta", "provinsi"),
        ("34.71", "Yogyakarta", "kota"),
        ("35.72", "Blitar", "kota"),
        ("51", "Bali", "provinsi"),
        ("64", "Kalimantan Timur", "provinsi", "Kaltim"),
        ("82.05", "Kepulauan Sula", "kabupaten"),
    )
)
GAZETTEER = Gazetteer.of(REGIONS)

VISION = "Terwujudnya Kabupaten Boyolali yang Maju, Mandiri dan Berbudaya"
MISSIONS = (
    "Meningkatkan kualitas pendidikan dan kesehatan masyarakat",
    "Membangun infrastruktur desa yang merata dan berkelanjutan",
    "Mewujudkan tata kelola pemerintahan yang bersih dan melayani",
)
VISION_SECTION = f"VISI\n{VISION}\n"
MISSION_SECTION = "\nMISI\n" + "".join(f"{n}. {m}.\n" for n, m in enumerate(MISSIONS, 1))


def plan_of(text: str) -> Plan:
    """Read a text."""
    return read_plan(Document(slug="naskah", text=text, sha256=""), GAZETTEER)


def words(text: str, span: Span | None) -> str | None:
    """Return the quote with white space collapsed, or None."""
    return " ".join(span.of(text).split()) if span else None


def vision_of(text: str) -> str | None:
    """Return the words of the vision."""
    vision = plan_of(text).vision
    return words(text, vision.span) if vision else None


def missions_of(text: str) -> list[str | None]:
    """Return the words of the missions, in order."""
    return [words(text, mission.span) for mission in plan_of(text).missions]


def pillars_of(text: str) -> list[tuple[str | None, str | None]]:
    """Return the labels and explanations of the pillars, in order."""
    return [
        (words(text, pillar.span), words(text, pillar.explanation))
        for pillar in plan_of(text).pillars
    ]
