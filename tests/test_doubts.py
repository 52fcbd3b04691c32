"""Doubts: what a person should look at, and nothing where all is well."""

from __future__ import annotations

from functools import cache

import pytest

from visidaerah.adding import knowledge
from visidaerah.build import read
from visidaerah.documents import Metadata, from_bytes
from visidaerah.doubts import doubts_of, is_empty

GOOD = """VISI DAN MISI KOTA TEGAL TAHUN 2025-2029

Visi Kota Tegal adalah "Terwujudnya Kota Tegal yang Sehat dan Cerdas".

Untuk itu ditetapkan 2 (dua) misi:
1. Meningkatkan pelayanan kesehatan
2. Meningkatkan mutu pendidikan
"""


@cache
def doubts(text: str, region: str | None = None) -> tuple[str, ...]:
    metadata = Metadata(title="x", region=region)
    return doubts_of(read(from_bytes(text.encode(), "x", metadata), knowledge()))


def test_there_is_no_doubt_where_all_is_well() -> None:
    assert doubts(GOOD) == ()


@pytest.mark.parametrize(
    ("old", "new", "doubt"),
    [
        ("2 (dua)", "3 (tiga)", "The text says “3 (tiga) misi”, and 2 were found."),
        ("2025-2029", "2025-2028", "The period 2025–2028 is unusual: see the years."),
        (" TAHUN 2025-2029", "", "The text states no period."),
        ("Kota Tegal", "Desa Antah", "Desa Antah is no province, regency or city that is known"),
        ("Kota Tegal", "Desa Antah", "It is the vision of a village, not of a whole region."),
    ],
)
def test_what_is_amiss_is_said(old: str, new: str, doubt: str) -> None:
    said = doubts(GOOD.replace(old, new).replace(old.upper(), new.upper()))
    assert any(each.startswith(doubt) for each in said), said


def test_a_region_that_differs_from_the_given_one_is_said() -> None:
    (said,) = doubts(GOOD, region="33.71")
    assert said == (
        "The text seems to be of Kota Tegal (33.76), and the region given is Kota Magelang (33.71):"
        " see which is right."
    )
    assert doubts(GOOD, region="33.76") == ()


def test_another_vision_on_the_page_is_quoted() -> None:
    text = GOOD + (
        "\nVISI DINAS KESEHATAN KOTA TEGAL\n\n“Terwujudnya masyarakat yang sehat dan mandiri”\n"
    )
    said = " ".join(doubts(text))
    assert "another vision" in said
    assert "Terwujudnya masyarakat yang sehat dan mandiri" in said


def test_a_text_that_states_nothing_lacks_all() -> None:
    reading = read(from_bytes(b"Selamat datang.", "x", Metadata(title="x")), knowledge())
    assert is_empty(reading)
    said = " ".join(doubts_of(reading))
    for missing in ("No vision", "No mission", "no region", "no period"):
        assert missing in said


@pytest.mark.parametrize(("plan", "doubted"), [("RKPD", False), ("RPJMD", True)])
def test_one_year_is_usual_for_a_plan_for_one_year_only(plan: str, doubted: bool) -> None:
    text = GOOD.replace("TAHUN 2025-2029\n", f"\n{plan} Kota Tegal Tahun 2025-2026\n")
    said = "The period 2025–2026 is unusual: see the years."
    assert (said in doubts(text)) is doubted


def test_goals_without_mission_are_doubted_where_others_have_theirs() -> None:
    tied = "Misi | Tujuan\nMisi 1 | Naiknya derajat kesehatan\n"
    loose = "\nTUJUAN\n1. Turunnya angka kemiskinan\n"
    said = "1 of 2 goals are tied to no mission, the first “Turunnya angka kemiskinan”"
    assert [said in " ".join(doubts(f"{GOOD}\n{goals}")) for goals in (tied, loose)] == [False] * 2
    assert said in " ".join(doubts(f"{GOOD}\n{tied}{loose}"))
