"""The years and the plan that a document names in its own title, and the forms of years."""

from __future__ import annotations

import pytest

from stated import MISSION_SECTION, VISION, plan_of, words

OWN = f"VISI\n“{VISION}”\n{MISSION_SECTION}"


def years(text: str) -> tuple[int | None, int | None] | None:
    period = plan_of(text).period
    return (period.start_year, period.end_year) if period else None


def code(text: str) -> str | None:
    plan_type = plan_of(text).plan_type
    return plan_type.code if plan_type else None


@pytest.mark.parametrize(
    "title",
    [
        "RPJPD Kota Tegal Tahun 2025-2045",
        "# RPJPD Kabupaten Tegal 2025–2045\n",
        "RENCANA PEMBANGUNAN JANGKA PANJANG DAERAH (RPJPD)\nKOTA TEGAL\nTAHUN 2025-2045",
        "PERATURAN DAERAH KOTA TEGAL NOMOR 3 TAHUN 2024 TENTANG RENCANA PEMBANGUNAN JANGKA PANJANG"
        " DAERAH TAHUN 2025-2045",
        "PERATURAN DAERAH KOTA TEGAL\nNOMOR 3 TAHUN 2024\nTENTANG\nRPJPD\nTAHUN 2025-2045",
        "Rancangan Akhir RPJPD Kota Tegal Tahun 2025-2045",
    ],
)
def test_the_years_of_a_long_term_plan_in_its_own_title_are_its_period(title: str) -> None:
    text = f"{title}\n\nBAB V\n\n{OWN}"
    assert (years(text), code(text)) == ((2025, 2045), "RPJPD")


@pytest.mark.parametrize(
    "laid_down",
    [
        "sebagaimana ditetapkan dalam Rencana Pembangunan Jangka Panjang Daerah",
        "yang tertuang di dalam RPJPD Kota Tegal",
        "termuat pada dokumen RPJPD",
    ],
)
def test_a_vision_laid_down_in_a_long_term_plan_has_its_years(laid_down: str) -> None:
    text = f"Visi Kota Tegal {laid_down} Tahun 2005-2025 adalah:\n“Tegal Maju Tahun 2025”\n"
    assert (years(text), code(text)) == ((2005, 2025), "RPJPD")


@pytest.mark.parametrize(
    "named",
    [
        "Mengacu RPJPD Tahun 2005-2025, visi Kota Tegal adalah:",
        "Visi Kota Tegal selaras dengan RPJPD Kota Tegal Tahun 2005-2025, yaitu:",
        "Visi ini tahap keempat RPJPD Kota Tegal 2005-2025:",
        "Dengan memperhatikan visi RPJPD Kota Tegal Tahun 2005-2025, maka visi pembangunan jangka"
        " menengah Kota Tegal Tahun 2021-2026 adalah sebagai berikut:",
        "RPJPD Kota Tegal Tahun 2005-2025 menetapkan arah. Visi Kota Tegal adalah:",
        "Untuk mewujudkan visi jangka panjang RPJPD Tahun 2005-2025 ditetapkan visi:",
    ],
)
def test_a_long_term_plan_named_in_passing_lends_no_years(named: str) -> None:
    text = f"RPJMD Kota Tegal Tahun 2021-2026\n\n{named}\n“{VISION}”\n{MISSION_SECTION}"
    assert (years(text), code(text)) == ((2021, 2026), "RPJMD")


@pytest.mark.parametrize(
    ("title", "expected", "plan"),
    [
        ("Rencana Pembangunan Daerah (RPD) Kota Tegal Tahun 2023-2026", (2023, 2026), "RPD"),
        ("RKPD Kota Tegal Tahun 2024", (2024, 2024), "RKPD"),
        ("RENCANA KERJA PEMERINTAH DAERAH (RKPD)\nKOTA TEGAL TAHUN 2024", (2024, 2024), "RKPD"),
        ("Renstra Dinas Kesehatan Kota Tegal Tahun 2021-2026", (2021, 2026), "Renstra"),
        ("Renja Dinas Kesehatan Kota Tegal Tahun 2022", (2022, 2022), "Renja"),
        ("RPJMDes Desa Sukamaju 2020-2026", (2020, 2026), "RPJMDes"),
        (
            "RENCANA PEMBANGUNAN JANGKA MENENGAH DESA\nDESA SUKAMAJU\nTAHUN 2020-2026",
            (2020, 2026),
            "RPJMDes",
        ),
        ("RKP Desa Sukamaju Tahun 2021", (2021, 2021), "RKPDes"),
        ("Rencana Pembangunan Jangka Menengah Daerah Kota Tegal", None, "RPJMD"),
        ("RPJMD Kota Tegal\n\nBAB V VISI DAN MISI", None, "RPJMD"),
    ],
)
def test_a_title_names_the_plan_and_its_years(
    title: str, expected: tuple[int, int] | None, plan: str
) -> None:
    text = f"{title}\n\n{OWN}"
    assert (years(text), code(text)) == (expected, plan)


def test_a_title_for_other_years_than_the_visions_is_not_its_home() -> None:
    text = f"RPJPD Kota Tegal Tahun 2005-2025\n\nVisi Kota Tegal Tahun 2021-2026\n{OWN}"
    assert (years(text), code(text)) == ((2021, 2026), None)


def test_titles_of_several_plans_are_a_menu() -> None:
    menu = "RPJPD Kota Tegal 2005-2025\nRPJMD Kota Tegal 2021-2026\nRenstra Dinas 2021-2026\n"
    rest = "Beranda\nProfil\nBerita\nLayanan\nPeta\nArsip\n"
    text = f"{menu}{rest}\n{OWN}"
    assert (years(text), code(text)) == (None, None)


@pytest.mark.parametrize(
    "line",
    [
        "Portal RPJMD",
        "RPJMD Kota Tegal",
        "Unduh RPJMD Kota Tegal Tahun 2021-2026 dan Renstra Dinas Tahun 2021-2026",
        "RPJMD adalah dokumen perencanaan Kota Tegal untuk lima tahun 2021-2026.",
        "2.1 Rencana Strategis Kecamatan",
    ],
)
def test_a_portal_a_menu_a_definition_and_a_section_are_no_title_of_a_plan(line: str) -> None:
    menu = "Beranda\nProfil\nBerita\nLayanan\nPeta\nArsip\n"
    assert code(f"{line}\n{menu}\n{OWN}") is None


@pytest.mark.parametrize(
    "written",
    ["2021-26", "2021/26", "20212026", "2021/2026", "2021 s.d. 2026", "2021 sampai tahun 2026"],
)
def test_years_are_read_however_they_are_joined(written: str) -> None:
    assert years(f"Visi Misi Kota Tegal {written}\n{OWN}") == (2021, 2026)


@pytest.mark.parametrize("report", ["Perjanjian Kinerja", "Laporan Kinerja", "LKjIP", "APBD"])
def test_the_years_of_reports_and_budgets_are_no_period(report: str) -> None:
    assert years(f"Kota Tegal\n{report} Tahun 2022-2023\n\n{OWN}") is None


@pytest.mark.parametrize("date", ["2021-12", "2021-26-5", "2021-05-26", "1.2021-26"])
def test_a_month_or_a_number_is_no_end_of_a_period(date: str) -> None:
    assert years(f"Visi Misi Kota Tegal {date}\n{OWN}") is None


@pytest.mark.parametrize(
    "line", ["Periode 2019-2024", "Periode: 2019 - 2024", "(Masa jabatan 2019 s.d. 2024)"]
)
def test_a_period_on_a_line_of_its_own_below_the_missions_counts(line: str) -> None:
    text = f"Visi Kota Tegal\n{OWN}\n{line}\n"
    period = plan_of(text).period
    assert period is not None
    assert (words(text, period.span) or text) in line
    assert years(text) == (2019, 2024)


def test_years_that_justified_print_has_spread_over_lines_are_read() -> None:
    spread = "Visi\n\nKota\n\nTegal\n\nTahun\n\n2021\n\n–\n\n2026\n\nadalah\n\n"
    text = f"{spread}“{VISION}”\n{MISSION_SECTION}"
    assert years(text) == (2021, 2026)


def test_the_year_that_ends_the_heading_of_the_vision_is_the_last_of_its_period() -> None:
    assert years(f"Kota Tegal\n\nVisi 2029\n“{VISION}”\n{MISSION_SECTION}") == (None, 2029)


@pytest.mark.parametrize("key", ["periode", "period", "masa_jabatan", "tahun_periode"])
def test_the_period_in_a_field_of_data_counts(key: str) -> None:
    data = (
        f'{{"visi": "{VISION}", "misi": ["Menata desa", "Membangun jalan"], "{key}": "2021-2026"}}'
    )
    assert years(data) == (2021, 2026)


def test_several_periods_below_the_missions_are_of_nobody() -> None:
    assert years(f"{OWN}\nPeriode 2014-2019\nPeriode 2019-2024\n") is None
