"""Components of pillars and missions: kinds, limits and nesting, from cue words and shapes."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visidaerah.spans import Span
from visidaerah.statements.components import mission_parts, pillar_parts
from visidaerah.statements.model import ComponentKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from visidaerah.statements.model import Component

Outline = list[tuple[str, str]]


def outline(text: str, components: Iterable[Component], above: str = "") -> Outline:
    """Return kind and wording of each component, kinds of those it is nested in before it."""
    found: Outline = []
    for component in components:
        kind = f"{above}{component.kind}"
        found.append((kind, component.span.of(text)))
        found += outline(text, component.components, f"{kind} > ")
    return found


def of_pillar(text: str) -> Outline:
    return outline(text, pillar_parts(text, Span(0, len(text))).components)


def of_mission(text: str) -> Outline:
    return outline(text, mission_parts(text, Span(0, len(text))).components)


@pytest.mark.parametrize(
    "cue",
    [
        "diwujudkan dengan",
        "akan diwujudkan dengan",
        "dilaksanakan dengan cara",
        "dicapai melalui",
        "Dilakukan\u00a0dengan",
        "ditempuh\nmelalui",
        "diarahkan untuk",
    ],
)
def test_one_action_behind_a_verb_of_realisation_is_a_means(cue: str) -> None:
    text = f"Desa Makmur {cue} membangun lumbung padi di setiap dusun."
    assert of_pillar(text) == [("means", "membangun lumbung padi di setiap dusun")]


def test_a_series_of_nouns_of_action_is_a_measure_each() -> None:
    text = "Kota Tangguh dicapai melalui penataan sungai, penghijauan bukit dan pelatihan relawan."
    assert of_pillar(text) == [
        ("measure", "penataan sungai"),
        ("measure", "penghijauan bukit"),
        ("measure", "pelatihan relawan"),
    ]


def test_the_last_of_a_series_may_lack_its_noun() -> None:
    text = "Kota Tangguh dicapai melalui peningkatan gizi, peningkatan minat baca dan seni tari."
    assert of_pillar(text)[-1] == ("measure", "seni tari")


def test_two_nouns_that_share_an_object_are_one_action() -> None:
    text = "Kota Tangguh dicapai melalui penataan dan pengelolaan bantaran sungai."
    assert of_pillar(text) == [("means", "penataan dan pengelolaan bantaran sungai")]


def test_a_verb_within_a_relative_clause_opens_no_action() -> None:
    text = "Kota Rukun diwujudkan dengan membina warga yang taat hukum dan menolong tetangga."
    assert of_pillar(text) == [("means", "membina warga yang taat hukum dan menolong tetangga")]


def test_a_relative_clause_that_only_adds_to_an_action_stays_outside() -> None:
    text = "Kota Niaga diwujudkan melalui penguatan pasar desa yang menjadi nadi ekonomi warga."
    assert of_pillar(text) == [("means", "penguatan pasar desa")]


def test_manner_is_no_means() -> None:
    assert of_pillar("Pelayanan dilakukan dengan cepat dan ramah.") == []
    assert of_pillar("Visi ditempuh melalui 4 (empat) misi.") == []


def test_melalui_within_a_clause_hangs_below_the_clause() -> None:
    text = "Kota Niaga diwujudkan dengan memajukan pedagang kecil melalui pemberian modal usaha."
    assert of_pillar(text) == [
        ("means", "memajukan pedagang kecil"),
        ("means > means", "pemberian modal usaha"),
    ]


def test_a_sentence_that_resumes_an_action_hangs_below_it() -> None:
    text = (
        "Kota Niaga diwujudkan melalui penguatan pasar desa yang menjadi nadi warga.\n"
        "Penguatan pasar desa dilakukan dengan memperbaiki kios melalui penataan lorong dan "
        "pemasangan atap."
    )
    assert of_pillar(text) == [
        ("means", "penguatan pasar desa"),
        ("means > means", "memperbaiki kios"),
        ("means > means > measure", "penataan lorong"),
        ("means > means > measure", "pemasangan atap"),
    ]


@pytest.mark.parametrize(
    ("cue", "outcome"),
    [
        ("sehingga", "warga dapat hidup tenang"),
        ("agar", "mampu bersaing"),
        ("supaya", "warga hidup tenang"),
    ],
)
def test_what_is_to_follow_is_an_outcome(cue: str, outcome: str) -> None:
    text = f"Kota Aman diwujudkan dengan menambah pos ronda {cue} {outcome}."
    assert of_pillar(text) == [("means", "menambah pos ronda"), ("outcome", outcome)]


def test_what_is_hoped_for_is_an_outcome_up_to_the_next_cue() -> None:
    text = "Dengan badan bugar, diharapkan warga giat bekerja tanpa pamrih."
    assert of_pillar(text) == [
        ("outcome", "warga giat bekerja"),
        ("principle", "tanpa pamrih"),
    ]


def test_what_is_guaranteed_is_an_outcome_each() -> None:
    text = "Di sini dijamin kebebasan berkumpul sesuai adat dan hukum, dan ketersediaan ruang baca."
    assert of_pillar(text) == [
        ("outcome", "kebebasan berkumpul sesuai adat dan hukum"),
        ("outcome", "ketersediaan ruang baca"),
    ]


@pytest.mark.parametrize(
    "cue",
    [
        "dengan mengedepankan",
        "dengan tetap mengedepankan",
        "dengan menjunjung tinggi",
        "yang menghormati",
        "berlandaskan",
        "berdasarkan",
    ],
)
def test_what_is_put_first_is_a_principle_each(cue: str) -> None:
    text = f"Kota Rukun membina warga {cue} nilai adat, gotong royong dan musyawarah desa."
    assert of_pillar(text) == [
        ("principle", "nilai adat"),
        ("principle", "gotong royong"),
        ("principle", "musyawarah desa"),
    ]


def test_a_principle_ends_where_its_place_begins() -> None:
    text = "Warga menjunjung tinggi adat istiadat dan norma dalam kehidupan sehari-hari di desa."
    assert of_pillar(text) == [("principle", "adat istiadat"), ("principle", "norma")]


def test_a_value_within_an_outcome_leaves_the_outcome_whole() -> None:
    text = "Kota Rukun merujuk pada warga agar memiliki dan selalu mengedepankan sikap santun."
    assert of_pillar(text) == [
        ("outcome", "memiliki dan selalu mengedepankan sikap santun"),
        ("principle", "sikap santun"),
    ]


@pytest.mark.parametrize(
    "opening",
    ["Berdasarkan hasil musyawarah, kota maju.", "Pembangunan disusun berdasarkan data sensus."],
)
def test_papers_and_figures_are_no_principle(opening: str) -> None:
    assert of_pillar(opening) == []


@pytest.mark.parametrize(
    ("tail", "principle"),
    [
        ("tanpa diskriminasi dengan muatan teknologi", "tanpa diskriminasi"),
        (
            "tanpa merusak alam sebagai warisan leluhur",
            "tanpa merusak alam sebagai warisan leluhur",
        ),
        ("tanpa suap, pungli, dan calo", "tanpa suap, pungli, dan calo"),
        ("tanpa suap, serta ruang tunggu yang nyaman", "tanpa suap"),
    ],
)
def test_what_is_renounced_is_a_principle_with_its_tanpa(tail: str, principle: str) -> None:
    assert of_pillar(f"Kota Jujur melayani warga {tail}.") == [("principle", principle)]


LABELLED = (
    "Unsur-unsur Desa Pintar: (1) Pamong Pintar yaitu: pelayanan daring, ada musyawarah warga; "
    "(2) Tani Pintar, yaitu: pengolahan tanah, pemasaran panen, dan benih unggul; serta "
    "(3) Rumah Pintar yaitu: pelatihan dan pendampingan kader\u00a0 yang cakap, dan bantuan buku."
)


def test_labelled_items_are_dimensions_with_their_measures() -> None:
    assert of_pillar(LABELLED) == [
        ("dimension", "Pamong Pintar"),
        ("dimension > measure", "pelayanan daring"),
        ("dimension > measure", "ada musyawarah warga"),
        ("dimension", "Tani Pintar"),
        ("dimension > measure", "pengolahan tanah"),
        ("dimension > measure", "pemasaran panen"),
        ("dimension > measure", "benih unggul"),
        ("dimension", "Rumah Pintar"),
        ("dimension > measure", "pelatihan dan pendampingan kader\u00a0 yang cakap"),
        ("dimension > measure", "bantuan buku"),
    ]


def test_a_dimension_keeps_its_marker_and_all_that_explains_it() -> None:
    first, *_ = pillar_parts(LABELLED, Span(0, len(LABELLED))).components
    assert first.marker == "(1)"
    assert first.explanation is not None
    assert first.explanation.of(LABELLED) == "pelayanan daring, ada musyawarah warga"


def test_what_a_mere_colon_explains_is_a_series_of_measures_only_where_it_names_actions() -> None:
    text = (
        "Desa Pintar, dengan unsur:\n• Pamong: jujur, cakap\n"
        "• Tani: pengolahan tanah, benih unggul\nWarga senang."
    )
    assert of_pillar(text) == [
        ("dimension", "Pamong"),
        ("dimension", "Tani"),
        ("dimension > measure", "pengolahan tanah"),
        ("dimension > measure", "benih unggul"),
    ]


def test_a_value_among_others_of_its_sentence_is_no_clause_of_that_sentence() -> None:
    text = "Warga mengedepankan keterbukaan, dan adanya pamong yang jujur dalam bekerja."
    assert of_pillar(text) == [("principle", "keterbukaan")]


@pytest.mark.parametrize("word", ["karakteristik", "karateristik", "ciri-ciri", "KARAKTERISTIK"])
def test_items_of_a_list_of_traits_are_characteristics_explained_in_brackets(word: str) -> None:
    text = (
        f"Kota Elok adalah kota yang rapi, dengan {word}: (a) Jalan teduh; "
        "(b) Taman terawat (taman yang hijau, bersih, dan ramai). Warga betah."
    )
    shade, garden = pillar_parts(text, Span(0, len(text))).components
    assert {shade.kind, garden.kind} == {ComponentKind.CHARACTERISTIC}
    assert (shade.marker, shade.span.of(text), shade.explanation) == ("(a)", "Jalan teduh", None)
    assert garden.span.of(text) == "Taman terawat"
    assert garden.explanation is not None
    assert garden.explanation.of(text) == "taman yang hijau, bersih, dan ramai"


@pytest.mark.parametrize(
    ("first", "second"), [("(1)", "(2)"), ("1.", "2."), ("a)", "b)"), ("i.", "ii."), ("-", "-")]
)
def test_a_marked_list_of_ways_resolves_its_lead_in(first: str, second: str) -> None:
    text = (
        "Perwujudan desa sehat dicapai melalui peningkatan upaya merawat warga tanpa pilih kasih "
        f"melalui:\n{first} Menata posyandu dan puskesmas;\n{second} Tanpa melupakan lansia."
    )
    components = pillar_parts(text, Span(0, len(text))).components
    assert outline(text, components) == [
        ("principle", "tanpa pilih kasih"),
        ("means", "Menata posyandu dan puskesmas"),
        ("means", "Tanpa melupakan lansia"),
    ]
    assert [component.marker for component in components] == [None, first, second]


def test_a_lone_marker_makes_no_list() -> None:
    assert of_pillar("Desa Pintar memiliki unsur: (1) Pamong Pintar.") == []


def test_a_list_that_nothing_announces_gives_no_components() -> None:
    assert of_pillar("Catatan: (a) Rapat hari Senin; (b) Rapat hari Rabu.") == []


def test_traits_in_running_prose_are_characteristics() -> None:
    text = "Kota maju ditandai dengan udara bersih, trotoar lebar, baik pagi, siang, maupun malam."
    assert of_pillar(text) == [
        ("characteristic", "udara bersih"),
        ("characteristic", "trotoar lebar, baik pagi, siang, maupun malam"),
    ]


def test_what_brackets_hold_is_not_read() -> None:
    text = "Kota Rapi diwujudkan dengan menata taman (dilakukan dengan membabat rumput liar)."
    assert of_pillar(text) == [("means", "menata taman (dilakukan dengan membabat rumput liar)")]


def test_quotation_marks_and_stops_around_the_prose_stay_outside() -> None:
    text = "“ Kota Rapi diwujudkan dengan menata taman. “"
    assert of_pillar(text) == [("means", "menata taman")]


def test_a_mission_states_means_principles_and_outcomes_beside_its_act() -> None:
    text = (
        "Meningkatkan mutu pamong dengan memanfaatkan gawai sebagai dasar terciptanya layanan baik "
        "didukung peran warga dalam rangka menambah kepercayaan publik berlandaskan nilai luhur"
    )
    assert of_mission(text) == [
        ("means", "memanfaatkan gawai"),
        ("outcome", "terciptanya layanan baik"),
        ("means", "peran warga"),
        ("outcome", "menambah kepercayaan publik"),
        ("principle", "nilai luhur"),
    ]


@pytest.mark.parametrize(
    ("mission", "components"),
    [
        (
            "Menumbuhkan ekonomi melalui pelatihan perajin dan pembukaan pasar malam",
            [("measure", "pelatihan perajin"), ("measure", "pembukaan pasar malam")],
        ),
        (
            "Menata Kota Dengan Memperluas Trotoar Untuk Mendukung Pejalan Kaki",
            [("means", "Memperluas Trotoar"), ("outcome", "Mendukung Pejalan Kaki")],
        ),
        (
            "Merawat seni daerah sebagai landasan pengembangan wisata",
            [("outcome", "pengembangan wisata")],
        ),
        ("Memajukan tani demi terwujudnya swasembada", [("outcome", "terwujudnya swasembada")]),
        ("Menyediakan air bersih untuk warga", []),
        ("Mengedepankan musyawarah warga", []),
    ],
)
def test_the_forms_of_missions(mission: str, components: Outline) -> None:
    assert [found for found in of_mission(mission) if " " in found[1]] == [
        found for found in components if " " in found[1]
    ]
    assert len(of_mission(mission)) == len(components)


def test_only_the_given_stretch_is_read() -> None:
    text = "Kota A diwujudkan dengan menata taman. Kota B diwujudkan dengan menata pasar."
    start = text.index("Kota B")
    assert outline(text, pillar_parts(text, Span(start, len(text))).components) == [
        ("means", "menata pasar")
    ]


WORDS = st.sampled_from(
    [
        *re.findall(
            r"\S+",
            """
            Kota adalah agar akan ciri-ciri: dan dalam dengan diarahkan dicapai diharapkan
            dijamin dilakukan diwujudkan karakteristik: kota masyarakat melalui melalui:
            membangun mengedepankan menjunjung meningkatkan menitikberatkan nilai pada
            peningkatan penguatan secara sehingga sektor serta tanpa tinggi unsur: untuk yaitu
            yaitu: yang warga , ; . : ( ) (a) (b) (c) (1) (2) 1. 2. “ ” " - efektif jasmani
            rohani bidang peran pelayanan
            """,
        ),
        "(a)(b)",
        "\u00a0",
        "\n",
        "\n\n",
    ]
)
PROSE = st.lists(WORDS, max_size=60).map(" ".join) | st.text(max_size=80)


def walk(components: Iterable[Component]) -> Iterator[tuple[Component, ...]]:
    siblings = tuple(components)
    yield siblings
    for component in siblings:
        yield from walk(component.components)


@settings(deadline=None)
@given(before=st.text(max_size=5), prose=PROSE, after=st.text(max_size=5))
def test_whatever_the_text_components_lie_in_it_in_order_and_apart(
    before: str, prose: str, after: str
) -> None:
    text = before + prose + after
    if not prose:
        return
    within = Span(len(before), len(before) + len(prose))
    for components in (
        pillar_parts(text, within).components,
        mission_parts(text, within).components,
    ):
        for siblings in walk(components):
            spans = [component.span for component in siblings]
            assert spans == sorted(spans)
            assert len(spans) == len(set(spans))
            assert all(within.covers(span) for span in spans)
            assert all(span.of(text) == span.of(text).strip() for span in spans)
            for kind in ComponentKind:
                ordered = [component.span for component in siblings if component.kind is kind]
                assert not any(first.overlaps(second) for first, second in pairwise(ordered))


@pytest.mark.parametrize(
    "piece",
    ["(", "(a", "(a) ", "dan ", "a, ", " ", "\n", "melalui ", "sehingga ", "“", ". ", "yang "],
)
def test_a_long_line_of_one_thing_is_read_without_harm(piece: str) -> None:
    text = "Kota A diwujudkan dengan menata " + piece * 5_000
    assert len(of_pillar(text)) < 5_000
