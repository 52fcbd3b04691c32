"""Whose plan it is, of which kind, for which years, and what else a text states of itself."""

from __future__ import annotations

import pytest

from stated import MISSION_SECTION, MISSIONS, VISION, plan_of, words
from visidaerah.statements.model import Plan

OWN = "VISI\n“Terwujudnya masyarakat yang maju dan sejahtera”" + MISSION_SECTION


def vision(statement: str) -> str:
    return f"Visi Misi\nVISI\n“{statement}”{MISSION_SECTION}"


def owner(text: str) -> tuple[str, str | None] | None:
    region = plan_of(text).region
    return (region.name, region.kind) if region else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("VISI DAN MISI KOTA TEGAL\n" + OWN, ("Tegal", "kota")),
        ("Visi dan Misi Kabupaten Tegal\n" + OWN, ("Tegal", "kabupaten")),
        ("Visi Misi Kab. Tegal\n" + OWN, ("Tegal", "kabupaten")),
        ("Visi Misi Provinsi Jawa Tengah\n" + OWN, ("Jawa Tengah", "provinsi")),
        ("Visi dan Misi Pemerintah Aceh\n" + OWN, ("Aceh", "provinsi")),
        ("Pemerintah Daerah Istimewa Yogyakarta\n" + OWN, ("Yogyakarta", "provinsi")),
        ("Pemerintah Kota Yogyakarta\n" + OWN, ("Yogyakarta", "kota")),
        ("Visi Misi DKI Jakarta\n" + OWN, ("Jakarta", "provinsi")),
        ("Kabupaten Bandung Barat\n" + OWN, ("Bandung Barat", "kabupaten")),
        ("Visi Kabupaten Kepulauan Sula\n" + OWN, ("Kepulauan Sula", "kabupaten")),
        ("Visi Misi Wali Kota Tegal 2019-2024\n" + OWN, ("Tegal", "kota")),
        ("Visi Misi Bupati Tegal 2019-2024\n" + OWN, ("Tegal", "kabupaten")),
        ("Visi Misi Gubernur Bali\n" + OWN, ("Bali", "provinsi")),
        ("The Mayor spoke.\n" + vision("A better Blitar for its people"), ("Blitar", "kota")),
        (vision("Berani untuk Kaltim Berdaulat"), ("Kalimantan Timur", "provinsi")),
        (vision("Muba Maju Berjaya"), ("Musi Banyuasin", "kabupaten")),
        (vision("Boyolali Maju dan Sejahtera"), ("Boyolali", "kabupaten")),
        (vision("TERWUJUDNYA KOTA BLITAR YANG MAJU"), ("Blitar", "kota")),
        (OWN + "\n\nAlamat\nJl. Raya 1, Kabupaten Boyolali\n", ("Boyolali", "kabupaten")),
        ("Visi dan Misi Desa Sukamaju\n" + OWN, ("Sukamaju", "desa")),
        ("DESA SUKAMAJU\n" + OWN, ("Sukamaju", "desa")),
        (
            "PEMERINTAH KABUPATEN PURWOREJO\nKECAMATAN BENER\nDESA SUKAMAJU\n" + OWN,
            ("Sukamaju", "desa"),
        ),
        (
            "Mendukung visi Provinsi Jawa Tengah “Jateng Maju”, Kabupaten Boyolali menetapkan visi"
            " “Maju dan Sejahtera”." + MISSION_SECTION,
            ("Boyolali", "kabupaten"),
        ),
        ("Nagari Koto Baru\n" + OWN, ("Koto Baru", "desa")),
        (
            "Desa Sukamaju\nKota Tegal\nBeranda\nProfil\nBerita\nLayanan\nPeta\nArsip\n"
            + vision("Sukamaju desa yang asri")
            + "\nAlamat: Jl. Raya 1, Kota Tegal\n",
            ("Sukamaju", "desa"),
        ),
        ("Gampong Meunasah Baro\n" + OWN, ("Meunasah Baro", "desa")),
        (
            "Desa Sukamaju\nKecamatan Bener Kabupaten Purworejo\n"
            + OWN
            + "Kabupaten Purworejo. " * 9,
            ("Sukamaju", "desa"),
        ),
        ("Visi Desa Sukamaju\nMewujudkan Desa Wisata" + MISSION_SECTION, ("Sukamaju", "desa")),
        ("Visi Misi Desa Sukamaju BERSERI\n" + OWN, ("Sukamaju", "desa")),
        ("Visi Misi Desa Sumber Makmur\n" + OWN, ("Sumber Makmur", "desa")),
        (vision("Terwujudnya Desa Sukamaju Makmur, Aman dan Asri"), ("Sukamaju", "desa")),
        (vision("Menjadikan Kecamatan Bener Terdepan dalam Layanan"), ("Bener", "kecamatan")),
        (
            "gampong lampulo kecamatan kuta alam\n" + OWN.lower() + "\nterletak di tepi laut",
            ("Lampulo", "desa"),
        ),
        ("Kantor Kecamatan Bener Kabupaten Purworejo\n" + OWN, ("Bener", "kecamatan")),
        (OWN, None),
    ],
)
def test_the_region_is_told_by_type_word_name_and_place(
    text: str, expected: tuple[str, str] | None
) -> None:
    assert owner(text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "agency"),
    [
        (
            f"Visi Dinas Kesehatan Kota Tegal\nTerwujudnya warga sehat{MISSION_SECTION}",
            "dinas",
            "Dinas Kesehatan Kota Tegal",
        ),
        (
            f"Visi Bappeda Kota Tegal adalah “Terwujudnya rencana yang baik”{MISSION_SECTION}",
            "dinas",
            "Bappeda Kota Tegal",
        ),
        (
            "Visi dan Misi Dinas Perhubungan Kota Tegal\n"
            + vision("Terwujudnya transportasi yang selamat"),
            "dinas",
            "Dinas Perhubungan Kota Tegal",
        ),
        (
            f"Visi Pemerintah Kota Tegal adalah “Terwujudnya Kejayaan Tegal”{MISSION_SECTION}",
            "kota",
            None,
        ),
        (
            "Dinas Komunikasi Kota Tegal\n" + vision("Terwujudnya Kota Tegal yang Bersih"),
            "kota",
            None,
        ),
        (
            f"VISI DPMPTSP KOTA TEGAL\n“Terwujudnya izin yang cepat”{MISSION_SECTION}",
            "dinas",
            "DPMPTSP KOTA TEGAL",
        ),
        (
            "Dinas Perpustakaan dan Kearsipan\nKota Tegal\nVISI\n“Terwujudnya Tegal yang Gemar"
            " Membaca”\nMISI\n1. Menata arsip\n2. Membangun perpustakaan desa\n3. Membina warga\n",
            "dinas",
            "Dinas Perpustakaan dan Kearsipan",
        ),
        (
            "Satuan Polisi Pamong Praja Kota Tegal\n" + vision("Terwujudnya ketertiban umum"),
            "dinas",
            "Satuan Polisi Pamong Praja Kota Tegal",
        ),
        (
            "UPT Puskesmas Sumber, Kota Tegal\n" + vision("Terwujudnya Kota Tegal yang Sehat"),
            "kota",
            None,
        ),
        (
            "Dinas Kesehatan\nVisi dan Misi Walikota Tegal\n"
            + vision("Mewujudkan pelayanan prima"),
            "kota",
            None,
        ),
    ],
)
def test_a_vision_is_an_agencys_where_it_is_ascribed_to_it_and_not_about_the_region(
    text: str, kind: str, agency: str | None
) -> None:
    region = plan_of(text).region
    assert region is not None
    assert (region.name, region.kind, region.code, region.agency) == (
        "Tegal",
        kind,
        "33.76",
        agency,
    )


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("VISI KOTA TEGAL", "KOTA TEGAL"),
        ("Visi Kab. Tegal", "Kab. Tegal"),
        ("Visi Pemerintah Provinsi Jawa Tengah", "Provinsi Jawa Tengah"),
        ("Visi dan Misi Desa Sukamaju", "Desa Sukamaju"),
        ("Visi Misi Bupati Tegal", "Tegal"),
        ("Visi Misi Boyolali", "Boyolali"),
    ],
)
def test_the_place_of_a_region_holds_the_type_word_printed_before_its_name(
    title: str, named: str
) -> None:
    text = f"{title}\n{OWN}"
    region = plan_of(text).region
    assert region is not None
    assert words(text, region.span) == named


def test_regions_of_one_name_are_kept_apart_by_their_codes() -> None:
    codes = [plan_of(f"Visi {kind} Tegal\n{OWN}").region for kind in ("Kota", "Kabupaten")]
    assert [region and region.code for region in codes] == ["33.76", "33.28"]


TITLE = "Visi dan Misi Kabupaten Boyolali"


@pytest.mark.parametrize(
    ("text", "years"),
    [
        (f"{TITLE} 2016-2021\n{OWN}", (2016, 2021)),
        (f"{TITLE} Tahun 2016 - 2021\n{OWN}", (2016, 2021)),
        (f"{TITLE} Periode 2016–2021\n{OWN}", (2016, 2021)),
        (f"{TITLE} 2016 &ndash; 2021\n{OWN}", (2016, 2021)),
        (f"{TITLE} (2016-2021)\n{OWN}", (2016, 2021)),
        (f"{TITLE} Tahun 2016 sampai dengan tahun 2021\n{OWN}", (2016, 2021)),
        (f"{TITLE} Tahun 2016 s/d 2021\n{OWN}", (2016, 2021)),
        (f"{TITLE} Tahun 2016 - Tahun 2021\n{OWN}", (2016, 2021)),
        (f"VISI KABUPATEN BOYOLALI 2021\n{VISION}{MISSION_SECTION}", (None, 2021)),
        (
            f"Visi RPJPD 2005-2025 menjadi acuan. Adapun visi kabupaten adalah “{VISION}”.",
            None,
        ),
        (f"{TITLE} Tahun 20162021\n{OWN}", (2016, 2021)),
        (f"Visi tahun 2016-\n2021 adalah:\n“{VISION}”", (2016, 2021)),
        (f"Visi\n“{VISION}”\nPeriode 2016-2021\n{MISSION_SECTION}", (2016, 2021)),
        (f"Visi\n{VISION} 2016-2021\n{MISSION_SECTION}", (2016, 2021)),
        (
            f"Visi\n{VISION}\nMisi\nMisi tahun 2016-2021 adalah:\n1. Menata.\n2. Membangun.",
            (2016, 2021),
        ),
        (f"Visi\n{VISION} Tahun 2026\n{MISSION_SECTION}", (None, 2026)),
        (
            f"Hasil pilkada tahun 2025, visi sampai dengan tahun 2030 adalah:\n“{VISION}”",
            (2025, 2030),
        ),
        (f"Visi 2016-2021 mengacu pada RPJPD 2005-2025, yaitu:\n“{VISION}”", (2016, 2021)),
        (
            f"Berdasarkan RPJPD Tahun 2005-2025, visi Tahun 2016-2021 adalah:\n“{VISION}”",
            (2016, 2021),
        ),
        (f"Visi RPJPD Kabupaten Boyolali Tahun 2005-2025\n“{VISION}”", (2005, 2025)),
        (f"RPJMD Kabupaten Boyolali Tahun 2016-2021.\n{OWN}", (2016, 2021)),
        (
            "Sebagaimana tertuang dalam Peraturan Daerah Nomor 2 Tahun 2016 tentang RPJMD Kabupaten"
            f" Boyolali Tahun 2016-2021, visi pembangunan adalah “{VISION}”.",
            (2016, 2021),
        ),
        (
            f"Visi\n“{VISION}”\n(hingga akhir masa jabatan tahun 2027)\n{MISSION_SECTION}",
            (None, 2027),
        ),
        (f"Visi\n“{VISION} 2026”\n{MISSION_SECTION}", (None, 2026)),
        (f"{OWN}\nBupati H. Ani Sutanto dan Wakil Bupati Budi (2021-2026)\n", (2021, 2026)),
        (f"{OWN}\nBupati Ani (2016-2021)\nBupati Budi (2021-2026)\n", None),
        (f"Desa ini berdiri pada tahun 2004.\n{OWN}", None),
        (
            f"Untuk mendukung visi Kabupaten periode 2018-2023, dinas menetapkan visi:\n“{VISION}”",
            None,
        ),
        (f"Daftar Bupati\n1. Ani 2005-2010\n2. Budi 2010-2015\n\n{OWN}", None),
        (f"{OWN}\nPerda Nomor 3 Tahun 2016. © 2016-2021 Pemerintah", None),
        (f"Visi\nDiposting 12 Mei 2019\n{VISION}{MISSION_SECTION}", None),
    ],
)
def test_the_period_is_the_one_stated_for_the_vision(
    text: str, years: tuple[int | None, int] | None
) -> None:
    period = plan_of(text).period
    assert (period and (period.start_year, period.end_year)) == years


@pytest.mark.parametrize(
    ("said", "stated", "years"),
    [
        ("untuk jangka waktu 5 tahun", "5 tahun", 5),
        ("untuk periode lima tahun", "lima tahun", 5),
        ("selama 5 (lima) tahun", "5 (lima) tahun", 5),
        ("selama enam (6) tahun", "enam (6) tahun", 6),
        ("untuk delapan tahun ke depan", "delapan tahun ke depan", 8),
        ("dalam 5 (lima) tahun ke depan", "5 (lima) tahun ke depan", 5),
        ("dalam kurun waktu dua puluh lima tahun", "dua puluh lima tahun", 25),
        ("selama lima belas tahun mendatang", "lima belas tahun mendatang", 15),
    ],
)
def test_durations_are_told_in_figures_and_words(said: str, stated: str, years: int) -> None:
    text = f"VISI\nVisi Desa Sukamaju {said} adalah “{VISION}”\n{MISSION_SECTION}"
    period = plan_of(text).period
    assert period is not None
    assert (words(text, period.span), period.duration_years) == (stated, years)


@pytest.mark.parametrize(
    "term",
    ["untuk masa jabatan 2021-2026", "pada masa bakti 2021 – 2026", "for the 2021-2026 term"],
)
def test_the_term_of_leaders_told_in_prose_is_the_period(term: str) -> None:
    news = (
        f"Pasangan yang baru dilantik menyampaikan rencana kerja {term} di hadapan para tamu. Acara"
        " di pendopo itu juga dihadiri tokoh masyarakat, para kepala dusun, dan pelajar."
    )
    text = f"{news}\n\nVisi Desa Sukamaju adalah “{VISION}”.\n{MISSION_SECTION}"
    period = plan_of(text).period
    assert period is not None
    assert (period.start_year, period.end_year) == (2021, 2026)


@pytest.mark.parametrize(
    "said",
    [
        "setelah bekerja selama 5 tahun terakhir",
        "sesudah periode lima tahun yang lalu",
        "menurut RPJPD untuk jangka waktu 20 tahun",
        "selama 2016 tahun",
    ],
)
def test_years_gone_by_and_of_other_plans_are_no_duration(said: str) -> None:
    text = f"VISI\nDesa Sukamaju {said} menetapkan “{VISION}”\n{MISSION_SECTION}"
    assert plan_of(text).vision is not None
    assert plan_of(text).period is None


def test_a_duration_without_years_is_a_period() -> None:
    text = f"VISI\n{VISION}\nAda 4 pokok visi untuk 5 tahun ke depan, yaitu:\n{MISSION_SECTION}"
    period = plan_of(text).period
    assert period is not None
    assert (period.start_year, period.end_year, period.duration_years) == (None, None, 5)
    assert words(text, period.span) == "5 tahun ke depan"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"Visi RPJMD Kabupaten Boyolali Tahun 2016-2021\n“{VISION}”", "RPJMD"),
        (f"Dalam Rencana Pembangunan Jangka Menengah Daerah, visi adalah:\n“{VISION}”", "RPJMD"),
        (f"Visi yang dituangkan dalam RPJMD adalah “{VISION}”", "RPJMD"),
        (f"Visi RPJPD Kabupaten Boyolali\n“{VISION}”", "RPJPD"),
        (f"RPJMD Kabupaten Boyolali 2016-2021\n{OWN}", "RPJMD"),
        (f"Visi RPJMDes Desa Sukamaju\n“{VISION}”", "RPJMDes"),
        (f"Visi RPJM Nagari\n“{VISION}”", "RPJMDes"),
        (f"Rencana Pembangunan Jangka Menengah Gampong memuat visi:\n“{VISION}”", "RPJMDes"),
        (f"Visi Aceh dalam RPJMA adalah “{VISION}”", "RPJMD"),
        (f"Visi dalam Rencana Pembangunan Daerah adalah “{VISION}”", "RPD"),
        (f"Berdasarkan Perda tentang RPJMD, Bupati menetapkan visi “{VISION}”", "RPJMD"),
        (f"Tujuan penyusunan RPJMD Tahun 2016-2021 ialah arah.\nVisi 2016-2021\n{VISION}", "RPJMD"),
        (f"Tujuan penyusunan RPJMD Tahun 2011-2016 ialah arah.\nVisi 2016-2021\n{VISION}", None),
        (f"Visi mengacu pada RPJPD, yaitu:\n“{VISION}”", None),
        (f"Visi yang dicapai dalam tahapan kedua RPJPD adalah:\n“{VISION}”", None),
        (f"Portal RPJMD\nRPJMD adalah dokumen perencanaan lima tahun.\n\n{OWN}", None),
        (OWN, None),
    ],
)
def test_the_plan_type_is_named_only_as_the_visions_home(text: str, code: str | None) -> None:
    plan_type = plan_of(text).plan_type
    assert (plan_type.code if plan_type else None) == code


SENTENCE = (
    "Visi daerah yang telah ditetapkan oleh Walikota dan Wakil Walikota terpilih tahun 2016-2021 "
    f"adalah “{VISION}”.\n\nMakna visi tersebut adalah :\n1. Maju\nMaju itu baik.\n\n"
    "Untuk mencapai visi tersebut ditempuh melalui 3 (tiga) misi sebagai berikut:\n"
)


def test_who_set_the_content_is_told_with_the_clause() -> None:
    text = SENTENCE + "".join(f"{n}. {m}.\n" for n, m in enumerate(MISSIONS, 1))
    establishment = plan_of(text).establishment
    assert establishment is not None
    assert [office.title for office in establishment.offices] == ["Walikota", "Wakil Walikota"]
    assert words(text, establishment.span) == (
        "ditetapkan oleh Walikota dan Wakil Walikota terpilih tahun 2016-2021"
    )


def test_the_sentence_of_service_and_its_count_are_told() -> None:
    text = SENTENCE + "".join(f"{n}. {m}.\n" for n, m in enumerate(MISSIONS, 1))
    plan = plan_of(text)
    assert words(text, plan.service) == SENTENCE.strip().splitlines()[-1].rstrip(":")
    counts = [(count.of, count.value, words(text, count.span)) for count in plan.counts]
    assert counts == [("mission", 3, "3 (tiga) misi")]


def test_goals_and_objectives_are_the_items_under_their_headings() -> None:
    text = f"{OWN}\nTUJUAN\n1. Naiknya mutu.\n2. Turunnya kemiskinan.\n\n"
    text += "SASARAN\n- Desa aman\n- Desa rapi\n"
    goals = [(goal.level, words(text, goal.span), goal.marker) for goal in plan_of(text).goals]
    assert goals == [
        ("goal", "Naiknya mutu", "1."),
        ("goal", "Turunnya kemiskinan", "2."),
        ("objective", "Desa aman", "-"),
        ("objective", "Desa rapi", "-"),
    ]


@pytest.mark.parametrize("text", ["", " \n\t", "\ufeff", "Selamat datang."])
def test_a_text_that_states_nothing_gives_an_empty_plan(text: str) -> None:
    assert plan_of(text) == Plan()


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_spans_hold_in_the_text_as_it_is(line_end: str, start: str) -> None:
    text = start + f"{TITLE}\n{OWN}".replace("\n", line_end)
    plan = plan_of(text)
    assert plan.vision is not None
    assert plan.vision.span.of(text) == "Terwujudnya masyarakat yang maju dan sejahtera"
    assert [mission.span.of(text) for mission in plan.missions] == list(MISSIONS)


HUGE = {
    "a line": "Membangun desa " * 20_000,
    "visions": "Visi\nTerwujudnya desa maju\nMisi\n1. Membangun desa\n2. Menata desa\n" * 1000,
    "names of visions": "visi adalah " * 20_000,
    "names of missions": "misi adalah " * 20_000,
    "labels": "Visi: " * 20_000,
    "quotation marks": "VISI\n" + "“”" * 50_000,
    "years": "Visi 2016-2021 adalah:\n" + "2016-2021 " * 20_000,
    "village names": "Desa Sukamaju " * 20_000,
    "ordinals": "Misi desa. " + "Kedua, membangun desa. " * 5000,
}


@pytest.mark.parametrize("form", HUGE)
def test_a_huge_text_is_read_to_its_end(form: str) -> None:
    text = f"{HUGE[form]}\n\nVisi Kabupaten Boyolali\n{VISION}{MISSION_SECTION}"
    assert any(m.span.of(text) == MISSIONS[0] for m in plan_of(text).missions) or form == "visions"
