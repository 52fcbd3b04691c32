"""Facets: finer spans that a closed cue announces, with the component that holds them."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visidaerah.spans import Span
from visidaerah.statements.components import mission_parts, pillar_parts
from visidaerah.statements.model import FacetKind


def of_pillar(text: str) -> list[tuple[str, str]]:
    facets = pillar_parts(text, Span(0, len(text))).facets
    return [(facet.kind.value, facet.span.of(text)) for facet in facets]


def of_mission(text: str) -> list[tuple[str, str]]:
    facets = mission_parts(text, Span(0, len(text))).facets
    return [(facet.kind.value, facet.span.of(text)) for facet in facets]


@pytest.mark.parametrize("cue", ["dengan menitikberatkan pada", "dengan fokus pada"])
def test_what_is_emphasised_keeps_its_word_of_scope(cue: str) -> None:
    text = f"Pembangunan ditata {cue} sektor tani, sektor laut, dan sektor wisata."
    assert of_pillar(text) == [
        ("emphasis", "sektor tani"),
        ("emphasis", "sektor laut"),
        ("emphasis", "sektor wisata"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "sehat jasmani, rohani & sosial",
        "sehat secara jasmani, rohani dan sehat secara sosial",
        "yang cukup kebutuhan jasmani, rohani dan sosial",
    ],
)
def test_aspects_come_one_each(words: str) -> None:
    assert of_pillar(f"Warga {words}.") == [
        ("aspect", "jasmani"),
        ("aspect", "rohani"),
        ("aspect", "sosial"),
    ]


@pytest.mark.parametrize("printed", ["jasmni", "jamani", "jsmani", "jasmani"])
def test_an_aspect_may_lack_a_letter_in_print(printed: str) -> None:
    text = f"Warga cukup kebutuhan {printed}, rohani dan intelektal."
    assert of_pillar(text) == [("aspect", printed), ("aspect", "rohani"), ("aspect", "intelektal")]


def test_a_short_word_is_no_misprint_of_an_aspect() -> None:
    assert of_pillar("Warga dirawat secara lair, bati dan oral.") != []
    assert "aspect" not in dict(of_pillar("Warga dirawat secara lair, bati dan oral."))


@pytest.mark.parametrize("done", ["dilakukan", "diterapkan", "dimanfaatkan", "Dijalankan"])
def test_what_something_is_done_in_is_a_sphere(done: str) -> None:
    text = f"Tata kerja baru {done} dalam rapat warga, pasar rakyat, dan urusan surat."
    assert of_pillar(text) == [
        ("sphere", "rapat warga"),
        ("sphere", "pasar rakyat"),
        ("sphere", "urusan surat"),
    ]


@pytest.mark.parametrize("what", ["bentuk arisan dan kerja bakti", "3 tahap", "rangka panen raya"])
def test_how_when_and_what_for_something_is_done_is_no_sphere(what: str) -> None:
    assert of_pillar(f"Tata kerja baru dilaksanakan dalam {what}.") == []


def test_spheres_come_without_their_preposition() -> None:
    text = "Adat dirawat dalam kehidupan keluarga, sekolah maupun dalam balai desa."
    assert of_pillar(text) == [
        ("sphere", "keluarga"),
        ("sphere", "sekolah"),
        ("sphere", "balai desa"),
    ]


def test_a_list_within_a_sphere_does_not_divide_it() -> None:
    text = (
        "Pembaruan dilakukan dalam pasar rakyat, tata cara warga dalam menyampaikan saran, kritik, "
        "maupun keluhan, dan urusan lain di balai desa."
    )
    assert of_pillar(text) == [
        ("sphere", "pasar rakyat"),
        ("sphere", "tata cara warga dalam menyampaikan saran, kritik, maupun keluhan"),
        ("sphere", "urusan lain di balai desa"),
    ]


def test_those_for_whom_something_is_done_are_beneficiaries() -> None:
    text = "Hasil panen cukup untuk keluarga, warga dan masyarakat dengan harga wajar."
    assert of_pillar(text) == [
        ("beneficiary", "keluarga"),
        ("beneficiary", "warga"),
        ("beneficiary", "masyarakat"),
    ]


@pytest.mark.parametrize("cue", ["di bidang", "dibidang", "dalam bidang"])
def test_fields_end_before_a_relative_clause(cue: str) -> None:
    text = f"Menata sarana {cue} kebun, ternak dan niaga yang lebih rapi serta ramah anak"
    assert of_mission(text) == [
        ("field", "kebun"),
        ("field", "ternak"),
        ("field", "niaga"),
        ("quality", "rapi"),
        ("quality", "ramah anak"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Membina warga di bidang lain",
        "Menyediakan pelayanan dasar dan jalan desa",
        "Menata sistem pelayanan publik, tata cara warga, dan hal lain",
        "Menata peran media, dan pelatihan kader",
        "Bekerja secara bertahap",
    ],
)
def test_what_names_no_field_actor_or_quality_gives_none(text: str) -> None:
    assert of_mission(text) == []


@pytest.mark.parametrize(
    ("mission", "qualities"),
    [
        ("Membina warga yang santun, rajin, dan taat hukum", ["santun", "rajin", "taat hukum"]),
        ("Membina warga yang bersaing di tingkat dunia", ["bersaing di tingkat dunia"]),
        ("Menata desa yang Rapi (Tidy), Elok", ["Rapi (Tidy)", "Elok"]),
        ("Bekerja secara cepat, tepat, dan berhati-hati", ["cepat", "tepat", "berhati-hati"]),
        ("Membina warga yang santun dan kepemimpinan yang jujur", ["santun"]),
        ("Menata desa yang memiliki sawah luas", []),
        ("Menata desa yang dikelola warga", []),
    ],
)
def test_the_qualities_of_a_mission(mission: str, qualities: list[str]) -> None:
    assert of_mission(mission) == [("quality", quality) for quality in qualities]


def test_a_facet_hangs_on_the_component_that_holds_it() -> None:
    text = "Kota Adil melayani warga tanpa membeda-bedakan umur, asal, atau bahasa dengan ramah."
    (principle,) = pillar_parts(text, Span(0, len(text))).components
    assert [(facet.kind, facet.span.of(text)) for facet in principle.facets] == [
        (FacetKind.GROUND, "umur"),
        (FacetKind.GROUND, "asal"),
        (FacetKind.GROUND, "bahasa"),
    ]
    assert of_pillar(text) == []


def test_actors_and_fields_of_a_way_hang_on_that_way() -> None:
    text = (
        "Desa Sehat dicapai melalui: (1) Penguatan peran dan fungsi kader, bidan, dan dukun bayi "
        "khususnya dalam pelayanan jasa gizi, jasa obat dan jasa rawat; (2) Penataan posyandu."
    )
    first, second = pillar_parts(text, Span(0, len(text))).components
    assert [(facet.kind.value, facet.span.of(text)) for facet in first.facets] == [
        ("actor", "kader"),
        ("actor", "bidan"),
        ("actor", "dukun bayi"),
        ("field", "jasa gizi"),
        ("field", "jasa obat"),
        ("field", "jasa rawat"),
    ]
    assert second.facets == ()


WORDS = st.sampled_from(
    re.findall(
        r"\S+",
        "warga secara jasmani rohani sosial untuk keluarga dalam kehidupan bidang peran pelayanan "
        "jasa tanpa membeda-bedakan melalui membangun yang baik dan , ; . ( ) sehat dilakukan",
    )
)


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=50).map(" ".join))
def test_whatever_the_text_facets_of_a_kind_lie_in_it_in_order_and_apart(text: str) -> None:
    within = Span(0, len(text))
    for facets in (pillar_parts(text, within).facets, mission_parts(text, within).facets):
        assert all(within.covers(facet.span) for facet in facets)
        for kind in FacetKind:
            spans = [facet.span for facet in facets if facet.kind is kind]
            assert all(a.end <= b.start for a, b in pairwise(spans))


def test_no_facet_is_both_a_components_and_its_wholes() -> None:
    text = "Memajukan warga secara cepat dan tepat melalui pelatihan di bidang kebun dan ternak"
    (means,) = mission_parts(text, Span(0, len(text))).components
    assert [facet.span.of(text) for facet in means.facets] == ["kebun", "ternak"]
    assert of_mission(text) == [("quality", "cepat"), ("quality", "tepat")]
