"""Whose plan a text gives, by the names that texts really write, against all regions."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from stated import MISSION_SECTION
from visidaerah import assets
from visidaerah.documents import Document
from visidaerah.regions import read_regions
from visidaerah.statements import Gazetteer, read_plan

if TYPE_CHECKING:
    from visidaerah.statements.model import RegionMention

OWN = f"VISI\n“Terwujudnya masyarakat yang maju dan sejahtera”{MISSION_SECTION}"


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.of(read_regions((assets.data() / "regions.ttl").read_bytes()))


def owner(text: str) -> RegionMention:
    region = read_plan(Document(slug="naskah", text=text, sha256=""), gazetteer()).region
    assert region is not None
    return region


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Kota Padang Sidempuan", "12.77"),
        ("Kota Padangsidimpuan", "12.77"),
        ("Kota Pematang Siantar", "12.72"),
        ("Kabupaten Labuhan Batu", "12.10"),
        ("Kabupaten Labuhanbatu Utara", "12.23"),
        ("Kabupaten Tolitoli", "72.04"),
        ("Kabupaten Toli-Toli", "72.04"),
        ("Kota Baubau", "74.72"),
        ("Kota Bau-Bau", "74.72"),
        ("Kabupaten Fak-Fak", "92.03"),
        ("Kota Banjar Baru", "63.72"),
        ("Kota Banjar", "32.79"),
        ("Kota Tidore", "82.72"),
        ("Kabupaten Limapuluh Kota", "13.07"),
        ("Kabupaten 50 Kota", "13.07"),
        ("Kab. Kep. Sula", "82.05"),
        ("Kabupaten Administrasi Kepulauan Seribu", "31.01"),
        ("Kota Administrasi Jakarta Selatan", "31.74"),
        ("Provinsi D.I. Yogyakarta", "34"),
        ("Provinsi Yogyakarta", "34"),
        ("Kota Yogyakarta", "34.71"),
        ("Pemda DIY", "34"),
        ("Kab. Tapsel", "12.03"),
    ],
)
def test_names_are_known_however_they_are_divided_or_shortened(written: str, code: str) -> None:
    assert owner(f"Visi dan Misi {written}\n{OWN}").code == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("The Vision of Magelang Regency", "33.08"),
        ("Magelang City: Vision and Mission", "33.71"),
        ("City of Magelang", "33.71"),
        ("Regency of Magelang", "33.08"),
        ("Vision of the Mayor of Magelang", "33.71"),
        ("Vision of the Regent of Magelang", "33.08"),
        ("Bali Province", "51"),
        ('{"kota": "Magelang"}', "33.71"),
        ("kabupaten: Magelang", "33.08"),
        ("'kota' => 'Magelang',", "33.71"),
    ],
)
def test_regions_of_one_name_are_told_by_english_words_and_by_keys_too(
    written: str, code: str
) -> None:
    assert owner(f"{written}\n{OWN}").code == code


@pytest.mark.parametrize(
    ("written", "name", "kind"),
    [
        ("Kalurahan Trirejo, Kapanewon Bantul, Kabupaten Bantul", "Trirejo", "desa"),
        ("Kapanewon Sewon", "Sewon", "kecamatan"),
        ("Kapanewon Berbah\nKabupaten Sleman", "Berbah", "kecamatan"),
        ("Kelurahan Menteng, Kecamatan Tebet, Kota Jakarta Selatan", "Menteng", "desa"),
        ("Kemantren Umbulharjo Kota Yogyakarta", "Umbulharjo", "kecamatan"),
        ("Nama Desa : Sukamaju\nKecamatan : Bener", "Sukamaju", "desa"),
        ("Desa Sukamaju, Kec. Bener, Kab. Purworejo, Prov. Jawa Tengah", "Sukamaju", "desa"),
    ],
)
def test_villages_and_districts_are_named_as_such(written: str, name: str, kind: str) -> None:
    region = owner(f"{written}\n{OWN}")
    assert (region.name, region.kind, region.code) == (name, kind, None)


@pytest.mark.parametrize("said", ["Desa Berdaya\n", "Desa Membangun\n", "Desa Menuju Sejahtera\n"])
def test_what_a_village_does_is_not_its_name(said: str) -> None:
    assert owner(f"{said}Kabupaten Sleman\n{OWN}").kind == "kabupaten"


@pytest.mark.parametrize(
    "title",
    [
        "Renstra Dinas Kesehatan Kota Magelang Tahun 2021-2026",
        "Dinas Kesehatan Kota Magelang Periode 2021-2026",
        "Dinas Kesehatan Kota Magelang Visi dan Misi",
    ],
)
def test_the_name_of_an_agency_ends_before_the_years_and_what_else_follows(title: str) -> None:
    text = f"{title}\nVISI\nTerwujudnya pelayanan kesehatan yang bermutu{MISSION_SECTION}"
    assert owner(text).agency == "Dinas Kesehatan Kota Magelang"


def test_of_a_regencys_and_an_agencys_vision_the_one_with_missions_is_read() -> None:
    text = (
        "DINAS KESEHATAN KABUPATEN MAGELANG\n\nVisi Kabupaten Magelang\n“Magelang Jaya”\n\n"
        "Visi Dinas Kesehatan Kabupaten Magelang\n“Terwujudnya masyarakat sehat mandiri”\n\n"
        "Misi Dinas Kesehatan\n1. Meningkatkan layanan kesehatan\n2. Menggerakkan hidup sehat\n"
    )
    region = owner(text)
    assert (region.kind, region.code) == ("dinas", "33.08")
    assert region.agency == "Dinas Kesehatan Kabupaten Magelang"


def test_the_region_behind_an_agencys_name_is_its_own_though_the_vision_speaks_of_another() -> None:
    said = "VISI RUMAH SAKIT\n“Menjadi rujukan pilihan di wilayah barat Sumatera Selatan”\n"
    found = owner(f"RSUD Siti Aisyah Kota Lubuklinggau\nTentang | Dokter | Kamar | Karier\n{said}")
    assert (found.kind, found.code) == ("dinas", "16.73")
    before = "Rumah sakit ini dulu Puskesmas di Kabupaten Ogan Ilir.\nRSUD Siti Aisyah\n"
    assert owner(before + said).code == "16"


def test_the_womens_group_has_a_vision_only_where_it_is_called_its_own() -> None:
    page = "TP PKK Kabupaten Soppeng\nVisi{}\nTerwujudnya keluarga yang sehat dan sejahtera\n"
    assert owner(page.format(" PKK")).kind == "dinas"
    assert owner(page.format("")).kind == "kabupaten"


def test_a_regions_vision_on_the_page_of_its_agency_is_the_regions() -> None:
    text = (
        "Renstra Dinas Perhubungan Kota Magelang 2021-2026\n\nVisi Kota Magelang\n"
        f"“Maju, sehat dan bahagia”{MISSION_SECTION}"
    )
    assert (owner(text).kind, owner(text).agency) == ("kota", None)
