"""A medium-term plan as it is published: hundreds of pages, of which one chapter is wanted."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from source_files import flowing_pdf
from stated import GAZETTEER, MISSIONS, VISION
from visidaerah.documents import Document, Metadata, from_bytes
from visidaerah.statements import read_plan

if TYPE_CHECKING:
    from visidaerah.statements.model import Plan

Story = list[tuple[str, str] | None]

NATIONAL = "Negara yang Bersatu, Berdaulat, Maju dan Berkelanjutan"
CHAPTERS = {
    "I": "PENDAHULUAN",
    "II": "GAMBARAN UMUM DAERAH",
    "III": "GAMBARAN KEUANGAN DAERAH",
    "IV": "PERMASALAHAN DAN ISU STRATEGIS",
    "V": "VISI, MISI, TUJUAN DAN SASARAN",
    "VI": "STRATEGI, ARAH KEBIJAKAN DAN PROGRAM",
    "VII": "KERANGKA PENDANAAN",
    "VIII": "PENUTUP",
}
PROSE = (
    "pertumbuhan ekonomi kabupaten ditopang oleh sektor industri pengolahan perdagangan serta"
    " pertanian sedangkan angka kemiskinan turun sejalan dengan perbaikan layanan pendidikan dan"
    " kesehatan dasar di seluruh kecamatan terutama pada kelompok masyarakat paling rentan"
)
COVER: Story = [
    ("heading", "PEMERINTAH KABUPATEN BOYOLALI"),
    ("heading", "RENCANA PEMBANGUNAN JANGKA MENENGAH DAERAH"),
    ("heading", "TAHUN 2025-2029"),
    None,
]
CONTENTS: Story = [
    ("heading", "DAFTAR ISI"),
    *(("body", f"BAB {n} {title} {'.' * 40} {n}-1") for n, title in CHAPTERS.items()),
    ("body", f"5.1 Visi {'.' * 60} V-1"),
    ("body", f"5.2 Misi {'.' * 60} V-4"),
    None,
]
SYSTEM: Story = [
    ("heading", "1.5 Sistematika Penulisan"),
    *(("body", f"BAB {n} {title} memuat uraian tentang hal itu.") for n, title in CHAPTERS.items()),
]
OTHERS: Story = [
    ("heading", "4.2 Telaahan RPJPN dan RPJPD"),
    ("body", f"Visi Indonesia Emas 2045 adalah “{NATIONAL}”. Misi pembangunan nasional adalah:"),
    *((f"{n}.", "Memperkokoh ideologi, demokrasi dan hak asasi manusia;") for n in range(1, 9)),
    ("body", "Visi RPJPD Kabupaten Boyolali Tahun 2025-2045 adalah “Boyolali Unggul dan Lestari”."),
]
OWN: Story = [
    ("heading", "5.1 Visi"),
    (
        "body",
        "Dengan memperhatikan visi RPJPD Kabupaten Boyolali Tahun 2025-2045, maka visi pembangunan"
        " jangka menengah Kabupaten Boyolali Tahun 2025-2029 adalah sebagai berikut:",
    ),
    ("heading", f"“{VISION}”"),
    ("heading", "5.2 Misi"),
    ("body", "Untuk mewujudkan visi tersebut ditetapkan 3 (tiga) misi sebagai berikut:"),
    *((f"{n}.", f"{mission}.") for n, mission in enumerate(MISSIONS, 1)),
    ("heading", "5.3 Tujuan dan Sasaran"),
]
PROGRAMMES: Story = [
    ("heading", "6.1 Strategi"),
    *((f"{n}.", "Meningkatkan pelaksanaan program dan kegiatan prioritas.") for n in range(1, 30)),
]
SECTIONS = {"I": SYSTEM, "IV": OTHERS, "V": OWN, "VI": PROGRAMMES}


def prose(page: int) -> tuple[str, str]:
    """Return a page of sentences that no other page has in the same places."""
    words = PROSE.split()
    turned = (words[(page * 7 + n * n) % len(words)] for n in range(240))
    return "body", f"{' '.join(turned).capitalize()}."


def chapter(number: str) -> Story:
    pages = [part for page in range(12) for part in (prose(page), None)]
    return [
        ("heading", f"BAB {number}"),
        ("heading", CHAPTERS[number]),
        *SECTIONS.get(number, []),
        *pages,
    ]


@cache
def book() -> tuple[Document, Plan]:
    story = [*COVER, *CONTENTS, *(part for number in CHAPTERS for part in chapter(number))]
    header = "RPJMD Kabupaten Boyolali Tahun 2025-2029"
    content = flowing_pdf(story, header, "V-{page}", decorated_cover=False)
    document = from_bytes(content, "rpjmd", Metadata(title="RPJMD"), name="rpjmd.pdf")
    return document, read_plan(document, GAZETTEER)


def test_the_statements_of_the_right_chapter_are_read() -> None:
    document, plan = book()
    assert plan.vision is not None
    assert " ".join(plan.vision.span.of(document.text).split()) == VISION
    missions = [" ".join(one.span.of(document.text).split()) for one in plan.missions]
    assert missions == list(MISSIONS)


def test_nothing_of_other_chapters_is_read() -> None:
    document, plan = book()
    assert plan.other_visions == ()
    assert NATIONAL not in document.text
    assert "program dan kegiatan prioritas" not in document.text
    assert "DAFTAR ISI" not in document.text


def test_the_region_the_plan_and_its_years_are_those_of_the_cover() -> None:
    _, plan = book()
    assert plan.region is not None
    assert plan.plan_type is not None
    assert plan.period is not None
    assert (plan.region.code, plan.plan_type.code) == ("33.09", "RPJMD")
    assert (plan.period.start_year, plan.period.end_year) == (2025, 2029)


def test_statements_lead_back_to_their_pages_and_the_rest_is_remarked() -> None:
    document, plan = book()
    assert document.source is not None
    assert plan.vision is not None
    [place] = document.source.places_of(plan.vision.span)
    [remark] = document.source.remarks
    assert f"“BAB V {CHAPTERS['V']}” on pages {place.value}–" in remark
    assert int(place.value) > 50
