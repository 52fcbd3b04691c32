from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visidaerah import assets
from visidaerah.errors import DatasetError
from visidaerah.sectors import (
    SectorJudgement,
    SectorScheme,
    judge,
    read_scheme,
    reported_names,
)
from visidaerah.sectors.judgements import CONFIDENCE, THRESHOLD
from visidaerah.spans import Span

SCHEME = read_scheme((assets.ontology() / "sectors.ttl").read_bytes())


def whole(text: str) -> Span:
    return Span(0, len(text))


def published(text: str, scheme: SectorScheme = SCHEME) -> set[str]:
    return {each.sector for each in judge(text, whole(text), scheme) if each.is_published}


def candidates(text: str) -> set[str]:
    return {each.sector for each in judge(text, whole(text), SCHEME) if not each.is_published}


def judgement(text: str, sector: str) -> SectorJudgement:
    (found,) = (each for each in judge(text, whole(text), SCHEME) if each.sector == sector)
    return found


def evidence(text: str, sector: str) -> list[str]:
    return [place.of(text) for place in judgement(text, sector).evidence]


@pytest.fixture(scope="module")
def metro() -> str:
    return (assets.data() / "documents/kota-metro/text.txt").read_bytes().decode()


@pytest.fixture(scope="module")
def magelang() -> str:
    return (assets.data() / "documents/kota-magelang-2016/text.txt").read_bytes().decode()


def sentence(text: str, first: str, last: str) -> str:
    start = text.index(first)
    return text[start : text.index(last, start) + len(last)]


# What a statement concerns


@pytest.mark.parametrize(
    ("statement", "sectors"),
    [
        ("Memperbaiki mutu sekolah dan guru", {"1.01"}),
        ("Menurunkan angka stunting di setiap kecamatan", {"1.02"}),
        ("Memperbaiki jalan dan jembatan antardesa", {"1.03"}),
        ("Menyediakan rumah layak huni", {"1.04"}),
        ("Mewujudkan kota yang aman dan tenteram", {"1.05"}),
        ("Mengentaskan kemiskinan", {"1.06"}),
        ("Memperluas lapangan kerja", {"2.07"}),
        ("Menegakkan kesetaraan gender", {"2.08"}),
        ("Menjaga ketahanan pangan", {"2.09"}),
        ("Menyelesaikan sengketa tanah", {"2.10"}),
        ("Mengurangi sampah dan pencemaran", {"2.11"}),
        ("Menertibkan administrasi kependudukan", {"2.12"}),
        ("Mendorong partisipasi masyarakat", {"2.13"}),
        ("Menguatkan ketahanan keluarga", {"2.14"}),
        ("Menata angkutan umum", {"2.15"}),
        ("Membuka keterbukaan informasi publik", {"2.16"}),
        ("Menguatkan koperasi", {"2.17"}),
        ("Menarik investasi", {"2.18"}),
        ("Membina pemuda dan olahraga", {"2.19"}),
        ("Menyelenggarakan statistik sektoral", {"2.20"}),
        ("Menyelenggarakan persandian", {"2.21"}),
        ("Merawat kesenian dan adat istiadat", {"2.22"}),
        ("Menumbuhkan minat baca", {"2.23"}),
        ("Menyelamatkan arsip", {"2.24"}),
        ("Memberi modal bagi nelayan", {"3.25"}),
        ("Mengembangkan desa wisata", {"3.26"}),
        ("Memajukan peternakan", {"3.27"}),
        ("Menghijaukan hutan lindung", {"3.28"}),
        ("Memanfaatkan energi terbarukan", {"3.29"}),
        ("Menata pasar rakyat", {"3.30"}),
        ("Membangun sentra industri", {"3.31"}),
        ("Membina kawasan transmigrasi", {"3.32"}),
        ("Menyusun produk hukum daerah", {"4.01"}),
        ("Mengoptimalkan retribusi", {"5.02"}),
        ("Mendorong riset", {"5.05"}),
        ("Menjaga wilayah perbatasan", {"5.06"}),
        ("Merawat toleransi", {"8.01"}),
        ("Memperkuat ekonomi", {"perekonomian"}),
        ("Memudahkan warga beribadah", {"agama"}),
        ("Menjadi kota jasa", {"jasa"}),
        ("Membangun sumber daya manusia", {"sdm"}),
        ("Mewujudkan warga yang makmur", {"kesejahteraan"}),
    ],
)
def test_a_statement_concerns_the_sector_that_its_words_name(
    statement: str, sectors: set[str]
) -> None:
    assert sectors <= published(statement)
    assert published(statement) - sectors <= {"tata-kelola"}


@pytest.mark.parametrize(
    "statement",
    [
        "Bersama kita bisa",
        "Menjalin silaturahmi antarwarga",
        "Mewujudkan kesinambungan program",
    ],
)
def test_a_statement_without_any_field_concerns_none(statement: str) -> None:
    assert judge(statement, whole(statement), SCHEME) == ()


@pytest.mark.parametrize(
    ("statement", "sector"),
    [
        ("kesehatannya terjamin", "1.02"),
        ("KESEHATAN UNTUK SEMUA", "1.02"),
        ("masyarakat Sehat", "1.02"),
        ("budaya gotong-royong", "2.13"),
        ("gotong royong", "2.13"),
        ("pusat “smart city” daerah", "smart-city"),
        ("teknologi\u00a0 \u00a0informasi", "2.16"),
        ("teknologi\ninformasi", "2.16"),
        ("usaha kecil & menengah", "2.17"),
        ("pelaku umkm", "2.17"),
        ("pelaku UMKM", "2.17"),
    ],
)
def test_print_case_clitics_and_white_space_do_not_hide_a_word(statement: str, sector: str) -> None:
    assert sector in published(statement)


@pytest.mark.parametrize(
    ("family", "sector"),
    [
        ("berpendidikan pendidik terdidik mencerdaskan", "1.01"),
        ("sehat kesehatan penyehatan", "1.02"),
        ("budaya kebudayaan berbudaya membudayakan", "2.22"),
        ("wisata pariwisata wisatawan kepariwisataan", "3.26"),
        ("beragama keagamaan agamis religius", "agama"),
        ("beribadah peribadatan ibadah", "agama"),
        ("sejahtera kesejahteraan menyejahterakan", "kesejahteraan"),
        ("petani pertanian", "3.27"),
    ],
)
def test_every_word_of_a_family_points_at_its_sector(family: str, sector: str) -> None:
    assert [word for word in family.split() if sector not in published(word)] == []


# Traps


@pytest.mark.parametrize(
    ("trap", "statement", "sector"),
    [
        ("rohani is an aspect of health", "manusia yang sehat jasmani dan rohani", "agama"),
        ("rohani is a need", "tercukupinya kebutuhan jasmani, rohani dan sosial", "agama"),
        ("a need is no social affair", "kebutuhan jasmani, rohani dan sosial", "1.06"),
        ("an aspect is no social affair", "masyarakat yang sehat secara sosial", "1.06"),
        ("a status is no social affair", "tanpa memandang status sosial", "1.06"),
        ("culture is no social affair", "kehidupan sosial budaya", "1.06"),
        ("media are no social affair", "santun di media sosial", "1.06"),
        ("a ground is no economy", "tanpa membedakan suku, ekonomi, dan pilihan", "perekonomian"),
        ("a ground is no religion", "tanpa membeda-bedakan ras, agama atau golongan", "agama"),
        (
            "a sphere is no economy",
            "santun dalam kehidupan sosial, ekonomi, dan politik",
            "perekonomian",
        ),
        ("a sphere is no government", "jujur dalam sistem pemerintahan", "tata-kelola"),
        ("a holiday with the family", "paket wisata keluarga", "2.14"),
        ("a beneficiary", "bagi dirinya, keluarga dan masyarakat", "2.14"),
        ("a document type", "visi dalam RPJMD", "5.01"),
        ("an actor", "kerja sama dengan media massa", "2.16"),
        ("natural resources, not water", "pengelolaan SDA daerah", "1.03"),
        ("services of government", "jasa pemerintahan umum", "8.01"),
        ("services of government are not governance", "jasa pemerintahan umum", "tata-kelola"),
        ("jasani holds jasa", "kebutuhan jasani", "jasa"),
        ("pendidikan holds ikan", "pendidikan", "3.25"),
        ("SDM holds SD", "SDM", "1.01"),
        ("budidaya is not budaya", "budidaya", "2.22"),
        ("lapangan holds pangan", "lapangan", "2.09"),
        ("desain holds desa", "desain", "2.13"),
        ("hutang holds hutan", "hutang", "3.28"),
        ("pertanian is not pertanahan", "pertanian", "2.10"),
        ("pertanahan is not pertanian", "pertanahan", "3.27"),
        ("safety of food", "keamanan pangan", "1.05"),
        ("safety of data", "keamanan informasi", "1.05"),
        ("sound competition", "persaingan usaha yang sehat", "1.02"),
        ("work habits", "budaya kerja", "2.22"),
        ("legal habits", "budaya hukum", "2.22"),
        ("work habits are no manpower", "budaya kerja", "2.07"),
        ("buildings of one field", "sarana dan prasarana peribadatan", "1.03"),
        ("buildings of one field, spelled with a hyphen", "sarana-prasarana olahraga", "1.03"),
        ("service of one field", "pelayanan kesehatan", "tata-kelola"),
        ("clean water", "air bersih", "2.11"),
        ("clean government", "pemerintahan yang bersih", "2.11"),
        ("a smart city is no school", "menuju kota cerdas", "1.01"),
        ("digital literacy", "literasi digital", "1.01"),
        ("competition", "kota yang berdaya saing", "2.13"),
        ("the world of industry", "kemitraan dengan dunia industri", "3.31"),
        ("a way out", "mencari jalan keluar", "1.03"),
        ("social energy", "sumber energi sosial", "3.29"),
        ("a small it", "what it is", "2.16"),
        ("welfare is no social affair", "kesejahteraan masyarakat", "1.06"),
        ("a region's name", "Kabupaten Pesisir Selatan", "3.25"),
    ],
)
def test_a_trap_is_not_stepped_into(trap: str, statement: str, sector: str) -> None:
    assert sector not in published(statement), trap


def test_discrimination_excuses_only_the_list_of_its_grounds() -> None:
    statement = "pelayanan kesehatan tanpa membedakan suku dan agama dengan menjaga ketertiban"
    assert published(statement) == {"1.02", "1.05", "8.01"}


def test_a_list_of_grounds_ends_where_a_new_action_begins() -> None:
    assert "1.02" in published("tanpa diskriminasi dan meningkatkan kesehatan warga")


def test_the_longest_reading_wins_among_affairs() -> None:
    assert published("keamanan pangan") == {"2.09"}
    assert evidence("keamanan pangan", "2.09") == ["keamanan pangan"]


def test_a_reading_that_coordinates_takes_nothing_from_the_others() -> None:
    assert {"1.02", "1.06"} <= published("bantuan sosial dan kesehatan")


# Candidates


@pytest.mark.parametrize(
    ("hint", "sector"),
    [
        ("ekonomi kreatif", "3.26"),
        ("memanfaatkan teknologi", "2.16"),
        ("jati diri", "2.22"),
        ("sehat jasmani, tenang rohani", "agama"),
    ],
)
def test_a_weak_word_makes_a_candidate_only(hint: str, sector: str) -> None:
    assert sector in candidates(hint)
    assert judgement(hint, sector).confidence < THRESHOLD


def test_many_hints_remain_a_hint() -> None:
    once, often = judgement("teknologi", "2.16"), judgement("teknologi, aplikasi, media", "2.16")
    assert once.confidence == often.confidence
    assert len(often.evidence) == 3


def test_hints_are_no_evidence_beside_a_proper_trigger() -> None:
    assert evidence("teknologi dan informatika", "2.16") == ["informatika"]


# Naming


@pytest.mark.parametrize(
    ("statement", "sectors"),
    [
        ("penguatan sektor kesehatan", {"1.02"}),
        ("di bidang pendidikan, kesehatan dan perdagangan", {"1.01", "1.02", "3.30"}),
        ("dibidang pertanian", {"3.27"}),
        ("urusan kearsipan", {"2.24"}),
        ("bidang pelayanan jasa kesehatan dan jasa pendidikan", {"1.01", "1.02"}),
        ("bidang politik, hukum, seni, serta kehutanan", {"2.22", "3.28"}),
        ("sektor perikanan, sektor pariwisata, dan sektor jasa", {"3.25", "3.26", "jasa"}),
        ("bidang sosial", {"1.06"}),
    ],
)
def test_sectors_named_as_such_are_told_from_mere_words(statement: str, sectors: set[str]) -> None:
    named = {
        each.sector for each in judge(statement, whole(statement), SCHEME) if each.method == "named"
    }
    assert sectors <= named


@pytest.mark.parametrize(
    ("statement", "sector"),
    [
        ("di bidang pendidikan yang menyehatkan masyarakat", "1.02"),
        ("di bidang pendidikan. Kesehatan menyusul", "1.02"),
        ("kesehatan di segala bidang", "1.02"),
        ("bidang lain yang menunjang mutu hidup warga dan kesehatan", "1.02"),
    ],
)
def test_naming_ends_with_its_list(statement: str, sector: str) -> None:
    assert judgement(statement, sector).method == "keyword"


def test_a_named_sector_is_surer_than_a_mere_word() -> None:
    assert (
        judgement("sektor kesehatan", "1.02").confidence > judgement("kesehatan", "1.02").confidence
    )


def test_confidence_grows_with_what_the_words_tell() -> None:
    words = ["jasmani", "gizi", "rumah sakit", "kesehatan"]
    confidences = [judgement(word, "1.02").confidence for word in words]
    assert confidences == sorted(set(confidences))


def test_a_phrase_around_the_name_of_a_sector_is_as_sure_as_the_name() -> None:
    name, phrase = judgement("kesehatan", "1.02"), judgement("derajat kesehatan", "1.02")
    assert phrase.confidence == name.confidence


def test_confidence_grows_with_strength_for_each_method() -> None:
    for table in CONFIDENCE.values():
        values = [table[strength] for strength in sorted(table)]
        assert values == sorted(set(values))
    keyword, named = CONFIDENCE["keyword"], CONFIDENCE["named"]
    assert all(named[strength] > keyword[strength] for strength in keyword)


# Evidence


def test_evidence_is_quoted_to_the_character() -> None:
    text = "Layanan  kesehatannya, gizi & air minum"
    assert evidence(text, "1.02") == ["Layanan  kesehatannya", "gizi"]


def test_only_the_given_span_is_read() -> None:
    text = "Kesehatan. Pendidikan. Pariwisata."
    (found,) = judge(text, Span(11, 21), SCHEME)
    assert (found.sector, found.evidence) == ("1.01", (Span(11, 21),))


def test_a_word_cut_by_the_span_does_not_count() -> None:
    assert judge("kesehatan", Span(0, 5), SCHEME) == ()


def test_several_spans_make_one_judgement_with_all_evidence_in_order() -> None:
    text = "Kota Sehat. Lain-lain. Derajat kesehatan naik."
    (found,) = judge(text, [Span(23, 40), Span(0, 10)], SCHEME)
    assert [place.of(text) for place in found.evidence] == ["Sehat", "Derajat kesehatan"]


def test_a_span_given_twice_is_evidence_once() -> None:
    assert judge("sehat", [Span(0, 5), Span(0, 5)], SCHEME) == judge("sehat", Span(0, 5), SCHEME)


def test_no_span_is_no_judgement() -> None:
    assert judge("sehat", [], SCHEME) == ()


def test_judgements_come_in_the_order_of_the_scheme() -> None:
    text = "agama, hutan, kesehatan, ekonomi, arsip"
    sectors = [each.sector for each in judge(text, whole(text), SCHEME)]
    assert sectors == sorted(sectors, key=list(SCHEME.concepts).index)
    assert sectors == ["1.02", "2.24", "3.28", "agama", "perekonomian"]


@given(
    st.text(
        alphabet=st.sampled_from(
            "sehat pendidikan,.-&/\u00a0\n“”_Ⅻıİß dan bidang tanpa membedakan"
        ),
        min_size=1,
    )
)
def test_whatever_the_text_evidence_lies_in_it_in_order_and_without_overlap(text: str) -> None:
    for each in judge(text, whole(text), SCHEME):
        assert each.evidence
        assert 0 < each.confidence < 1
        assert all(place.of(text).strip() for place in each.evidence)
        pairs = zip(each.evidence, each.evidence[1:], strict=False)
        assert all(first < second for first, second in pairs)


@pytest.mark.parametrize(
    "word", ["sosial ", "pelayanan, ", "tanpa membedakan ", "bidang ", "- ", "dan "]
)
def test_a_huge_line_is_read_whole(word: str) -> None:
    text = word * 20_000 + ". kehutanan"
    assert judgement(text, "3.28").evidence[-1] == Span(len(text) - 9, len(text))


# The two documents


def test_metro_reads_health_where_the_word_itself_is_absent(metro: str) -> None:
    mission = sentence(metro, "Mewujudkan Masyarakat sehat", "sosial")
    assert published(mission) == {"1.02"}


def test_metro_pillar_of_health_steps_into_no_trap(metro: str) -> None:
    pillar = sentence(metro, "Kota Metro Sehat diwujudkan", "budaya gotong-royong")
    assert published(pillar) == {"1.02", "2.13", "2.22", "8.01", "agama"}
    assert evidence(pillar, "agama") == ["nilai-nilai agama", "kehidupan beragama"]


def test_metro_pillar_of_prosperity_steps_into_no_trap(metro: str) -> None:
    pillar = sentence(metro, "Kota Metro Sejahtera merupakan", "teknologi informasi")
    assert published(pillar) == {"2.16", "kesejahteraan", "perekonomian"}


def test_metro_pillar_of_culture_names_spheres_not_sectors(metro: str) -> None:
    pillar = sentence(metro, "Kota Metro Berbudaya merujuk", "anak bangsa")
    assert published(pillar) == {"2.22"}


def test_metro_missions_concern_what_they_say(metro: str) -> None:
    missions = metro[metro.index("MISI KOTA METRO") :].splitlines()[1:]
    assert [published(mission) for mission in missions] == [
        {"1.01", "2.22", "agama"},
        {"1.02"},
        {"1.03", "2.11"},
        {"3.26", "perekonomian"},
        {"tata-kelola"},
    ]


def test_magelang_missions_concern_what_they_say(magelang: str) -> None:
    missions = magelang[magelang.index("5 (lima) misi") :].splitlines()[1:]
    assert [published(mission) for mission in missions if mission.strip()] == [
        {"2.13", "5.03", "kesejahteraan", "pelayanan-publik", "sdm", "tata-kelola"},
        {"1.01", "1.02", "1.03", "2.11", "3.30", "pelayanan-publik"},
        {"1.03", "kesejahteraan", "perekonomian"},
        {"2.22", "3.26"},
        {"8.01", "agama"},
    ]


def test_magelang_names_three_emphasised_sectors(magelang: str) -> None:
    pillar = sentence(magelang, "Pembangunan Kota Magelang diarahkan", "sektor pendidikan")
    assert published(pillar) == {"1.01", "1.02", "jasa", "perekonomian"}
    assert judgement(pillar, "1.02").method == "named"


def test_magelang_media_as_an_actor_are_no_communication(magelang: str) -> None:
    way = sentence(magelang, "Optimalisasi peran", "jasa pendidikan")
    assert published(way) == {"1.01", "1.02", "jasa", "perekonomian"}


def test_magelang_introduction_names_no_planning(magelang: str) -> None:
    introduction = sentence(magelang, "Visi pembangunan daerah", "RPJMD")
    assert published(introduction) == set()


def test_magelang_measure_of_renewable_energy_is_energy(magelang: str) -> None:
    assert published(sentence(magelang, "pemanfaatan sumber", "terbarukan")) == {"3.29"}


def test_magelang_religious_pillar_is_religion_only(magelang: str) -> None:
    pillar = sentence(magelang, "Masyarakat religius adalah", "tempat ibadah")
    assert published(pillar) == {"agama"}


# What extract reports


def test_extract_has_a_word_for_affairs_and_some_themes_but_none_for_functions() -> None:
    words = reported_names(SCHEME)
    assert (words["1.02"], words["agama"]) == ("kesehatan", "keagamaan")
    assert {"5.03", "sdm", "kesejahteraan"}.isdisjoint(words)


# Reading the scheme


TURTLE = b"""
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vd: <https://w3id.org/visidaerah/ontology#> .
<id/sector/9> a skos:Concept ; skos:prefLabel "Kelompok"@id ; skos:narrower <id/sector/9.01> .
<id/sector/9.01> a skos:Concept ; skos:prefLabel "Menara"@id , "Towers"@en ;
  skos:hiddenLabel "tangga"@id , "stairs"@en , "TG"@id ;
  vd:weakTrigger "batu"@id ; vd:excludingPhrase "tangga nada"@id .
"""


def test_a_scheme_is_read_from_its_triples() -> None:
    scheme = read_scheme(TURTLE)
    (concept,) = scheme.concepts.values()
    assert (concept.id, concept.word) == ("9.01", None)
    assert concept.labels == {"id": "Menara", "en": "Towers"}
    assert concept.triggers == ("TG", "tangga")


def test_a_group_of_sectors_is_no_sector() -> None:
    assert list(read_scheme(TURTLE).concepts) == ["9.01"]


@pytest.mark.parametrize(
    ("statement", "sectors"),
    [
        ("menara dan tangga", {"9.01"}),
        ("TG", {"9.01"}),
        ("tg", set()),
        ("stairs", set()),
        ("tangga nada", set()),
        ("batu", set()),
    ],
)
def test_a_word_means_what_the_scheme_says(statement: str, sectors: set[str]) -> None:
    assert published(statement, read_scheme(TURTLE)) == sectors


@pytest.mark.parametrize("turtle", [b"", b"<id/sector/1> a <http://example.org/Other> ."])
def test_a_scheme_without_concepts_is_refused(turtle: bytes) -> None:
    with pytest.raises(DatasetError, match="no concepts"):
        read_scheme(turtle)


def test_a_scheme_that_is_not_turtle_is_refused() -> None:
    with pytest.raises(DatasetError, match="not Turtle"):
        read_scheme(b"<broken")


def test_a_sector_without_indonesian_label_is_refused_by_name() -> None:
    with pytest.raises(DatasetError, match=r"id/sector/9\.01.*prefLabel"):
        read_scheme(TURTLE.replace(b'"Menara"@id ,', b""))
