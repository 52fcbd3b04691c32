"""Pillars are found where a text sets the words of its vision apart, announced or not."""

from __future__ import annotations

import pytest

from stated import MISSION_SECTION, VISION, VISION_SECTION, missions_of, pillars_of, plan_of, words

MAJU = "kondisi masyarakat yang berpendidikan dan berpenghasilan cukup"
MANDIRI = "kemampuan masyarakat memenuhi kebutuhannya dengan potensi sendiri"
BERBUDAYA = "masyarakat yang menjunjung tinggi adat istiadat dan kearifan lokal"
PILLARS = [("Maju", MAJU), ("Mandiri", MANDIRI), ("Berbudaya", BERBUDAYA)]

ANNOUNCEMENTS = [
    "Makna yang terkandung dalam visi tersebut:",
    "Penjelasan makna visi",
    "Makna:",
    "Visi tersebut terdiri dari 3 unsur yaitu:",
    "Visi di atas memiliki 3 kunci pokok:",
    "Visi tersebut mengandung 3 (tiga) kata yang menjadi fokus utama yaitu :",
    "Visi ini mencakup:",
    "Visi tersebut mengandung makna sebagai berikut:",
    "Dasar pemikiran visi:",
    "Pernyataan visi di atas memiliki makna:",
    "Penjelasan Visi",
    "",
]
LINKS = [
    ", ditandai oleh ",
    " : ", ", bermakna ", " yaitu ", " artinya bahwa ", " mengandung arti ", " adalah ",
    " berarti ", " maknanya adalah ", " diukur dengan ", " mengacu pada ",
]  # fmt: skip
LAYOUTS = {
    "lines": "Maju\n{0}.\nMandiri\n{1}.\nBerbudaya\n{2}.\n",
    "numbered lines": "1. Maju\n{0}.\n2. Mandiri\n{1}.\n3. Berbudaya\n{2}.\n",
    "lettered lines": "a. Maju\n{0}.\nb. Mandiri\n{1}.\nc. Berbudaya\n{2}.\n",
    "numbers": "1) Maju : {0};\n2) Mandiri : {1};\n3) Berbudaya : {2}.\n",
    "dashes": "- Maju : {0};\n- Mandiri : {1};\n- Berbudaya : {2}.\n",
    "quoted labels": "“Maju” berarti {0}.\n“Mandiri” berarti {1}.\n“Berbudaya” berarti {2}.\n",
    "dashes behind labels": "- Maju – {0}\n- Mandiri – {1}\n- Berbudaya – {2}\n",
    "stars around labels": "**Maju** – {0}\n\n**Mandiri** – {1}\n\n**Berbudaya** – {2}\n",
    "tagged labels": (
        "<ul><li><b>Maju</b>, yaitu {0};</li><li><b>Mandiri</b>, yaitu {1};</li>"
        "<li><b>Berbudaya</b>, yaitu {2}.</li></ul>\n"
    ),
    "ordinals in prose": (
        "Pertama, Maju, yaitu {0}. Kedua, Mandiri, yaitu {1}. Ketiga, Berbudaya, yaitu {2}.\n"
    ),
    "lines of numbered pillars": (
        "Pilar 1: Maju\n{0}.\nPilar 2: Mandiri\n{1}.\nPilar 3: Berbudaya\n{2}.\n"
    ),
    "lines of numbered units": (
        "Unsur Pertama – Maju\n{0}.\nUnsur Kedua – Mandiri\n{1}.\nUnsur Ketiga – Berbudaya\n{2}.\n"
    ),
    "a table": "| Maju | : | {0} |\n| Mandiri | : | {1} |\n| Berbudaya | : | {2} |\n",
}


def between(middle: str) -> str:
    return f"{VISION_SECTION}\n{middle}{MISSION_SECTION}"


@pytest.mark.parametrize("announcement", ANNOUNCEMENTS)
@pytest.mark.parametrize("link", LINKS)
def test_a_label_is_parted_from_its_explanation_by_its_link(announcement: str, link: str) -> None:
    lines = "".join(f"{label}{link}{text}.\n" for label, text in PILLARS)
    assert pillars_of(between(f"{announcement}\n{lines}")) == PILLARS


@pytest.mark.parametrize("announcement", ANNOUNCEMENTS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_pillars_are_found_in_every_layout(announcement: str, layout: str) -> None:
    explanations = (MAJU, MANDIRI, BERBUDAYA)
    first = str.capitalize if "lines" in layout else str
    middle = LAYOUTS[layout].format(*(first(text) for text in explanations))
    text = between(f"{announcement}\n{middle}")
    assert pillars_of(text) == [(label, first(explanation)) for label, explanation in PILLARS]
    assert len(missions_of(text)) == 3


TABLES = {
    "bars": ("No | {head} | Makna\n", "{n} | {label} | {text}\n"),
    "bars around": (
        "| No | {head} | Penjelasan |\n|---|---|---|\n",
        "| {n} | {label} | {text} |\n",
    ),
    "numbers with full stops": ("No. | {head} | Makna\n", "{n}. | {label} | {text}\n"),
    "tabs": ("No\t{head}\tPenjelasan\n", "{n}\t{label}\t{text}\n"),
    "wide gaps": ("No   {head}       Penjelasan\n", "{n}    {label}       {text}\n"),
    "a line for each cell": ("No\n{head}\nPenjelasan\n", "{n}\n{label}\n{text}\n"),
    "labels repeated": (
        "No | {head} | Makna\n",
        "{n} | {label} | {label} dimaknai sebagai {text}\n",
    ),
}


@pytest.mark.parametrize("head", ["Pokok Visi", "Pokok-Pokok Visi", "Unsur Visi"])
@pytest.mark.parametrize("table", TABLES)
def test_pillars_are_found_in_tables_with_a_column_of_numbers(table: str, head: str) -> None:
    heading, row = TABLES[table]
    first = str.capitalize if "line" in table else str
    pillars = [(label, first(text)) for label, text in PILLARS]
    rows = (row.format(n=n, label=label, text=text) for n, (label, text) in enumerate(pillars, 1))
    assert pillars_of(between(heading.format(head=head) + "".join(rows))) == pillars


def test_a_label_above_a_paragraph_that_repeats_it_is_one_pillar() -> None:
    middle = "Penjelasan Visi\n" + "".join(
        f"{label}\nBoyolali yang {label.lower()} adalah {text}.\n" for label, text in PILLARS
    )
    found = pillars_of(between(middle))
    assert [label for label, _ in found] == ["Maju", "Mandiri", "Berbudaya"]
    assert found[0][1] == f"Boyolali yang maju adalah {MAJU}"


def test_wide_blanks_of_justified_text_part_no_label_that_a_link_parts() -> None:
    text = between("Penjelasan Visi\n1) Maju     Bersama, bermakna seluruh     warga ikut serta.\n")
    assert pillars_of(text) == [("Maju Bersama", "seluruh warga ikut serta")]


def test_the_link_word_may_begin_the_explanation() -> None:
    text = between(
        f"Makna visi\n| 1. | Maju | yaitu {MAJU} |\n| 2. | Mandiri | yaitu {MANDIRI} |\n"
    )
    assert pillars_of(text) == PILLARS[:2]


def test_notions_that_ordinals_count_behind_a_vision_are_no_missions() -> None:
    text = f"Visi: “{VISION}”. Pertama, Maju itu penting. Kedua, Mandiri juga. Ketiga, Berbudaya."
    assert missions_of(text) == []


def test_explanations_in_capitals_have_links_in_capitals() -> None:
    middle = "UNSUR VISI:\n" + "".join(
        f"{n}. {a.upper()}, ARTINYA {b.upper()}\n" for n, (a, b) in enumerate(PILLARS, 1)
    )
    found = pillars_of(between(middle))
    assert found == [(label.upper(), text.upper()) for label, text in PILLARS]


def test_labels_in_capitals_are_told_as_printed() -> None:
    text = between(f"MAJU : {MAJU}.\nMANDIRI : {MANDIRI}.\n")
    assert pillars_of(text) == [("MAJU", MAJU), ("MANDIRI", MANDIRI)]


def test_paragraphs_without_marker_go_on_with_the_explanation() -> None:
    more = "Hal ini ditandai oleh angka harapan hidup."
    text = between(f"1. Maju\n\n“{MAJU}.\n\n{more}”\n\n2. Mandiri\n\n{MANDIRI}.\n")
    assert pillars_of(text)[0] == ("Maju", f"{MAJU}. {more[:-1]}")


def test_announced_pillars_may_only_be_listed() -> None:
    text = between("Visi tersebut memiliki 3 unsur yaitu:\n- Maju\n- Mandiri\n- Berbudaya\n")
    assert pillars_of(text) == [("Maju", None), ("Mandiri", None), ("Berbudaya", None)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Visi tersebut memiliki 3 (tiga) kunci pokok yaitu : Maju, Mandiri, dan Berbudaya.",
        "Visi ini mencakup: Maju, Mandiri dan Berbudaya",
        "Rumusan visi di atas memuat nilai: 1) Maju, 2) Mandiri, 3) Berbudaya.",
    ],
)
def test_a_sentence_may_only_name_the_pillars(sentence: str) -> None:
    text = between(f"{sentence}\n")
    assert pillars_of(text) == [("Maju", None), ("Mandiri", None), ("Berbudaya", None)]


def test_words_of_the_vision_may_be_sentences_before_their_explanation() -> None:
    text = (
        "VISI\nTertib, Tanggap, Terpercaya\n\nTertib. Faktor pertama, arsip rapi.\n"
        f"Tanggap. Faktor pertama, aduan dijawab.\n{MISSION_SECTION}"
    )
    expected = [
        ("Tertib", "Faktor pertama, arsip rapi"),
        ("Tanggap", "Faktor pertama, aduan dijawab"),
    ]
    assert pillars_of(text) == expected


def test_the_words_of_a_vision_may_be_explained_in_its_own_paragraph() -> None:
    text = (
        "VISI\nMasyarakat Boyolali yang SEHAT dan RUKUN. SEHAT berarti warga yang bugar. "
        f"RUKUN berarti warga yang damai.\n{MISSION_SECTION}"
    )
    assert pillars_of(text) == [("SEHAT", "warga yang bugar"), ("RUKUN", "warga yang damai")]


def test_a_clause_of_an_explanation_is_no_label() -> None:
    table = (
        "| Maju | : | Keadaan yang ditandai dengan sekolah dan pasar yang ramai |\n"
        "| Mandiri | : | Usaha warga yang berarti bagi desanya |\n"
    )
    assert pillars_of(between(table)) == [
        ("Maju", "Keadaan yang ditandai dengan sekolah dan pasar yang ramai"),
        ("Mandiri", "Usaha warga yang berarti bagi desanya"),
    ]


def test_rows_that_repeat_their_headings_need_no_vision() -> None:
    rows = f"POKOK VISI\nMaju\n{MAJU.capitalize()}.\nMISI\n1. Menata kota.\n"
    rows += f"POKOK VISI\nMandiri: {MANDIRI}.\nMISI\n2. Membangun desa.\n"
    assert pillars_of(rows) == [("Maju", MAJU.capitalize()), ("Mandiri", MANDIRI)]
    assert missions_of(rows) == ["Menata kota", "Membangun desa"]


def test_what_a_data_file_leaves_behind_ends_the_last_explanation() -> None:
    middle = f"Makna visi:\n1. Maju: {MAJU}.\n2. Mandiri: {MANDIRI}.\n', '2021-01-19 04:20:31'),\n"
    assert pillars_of(between(middle)) == PILLARS[:2]


def test_every_word_of_the_vision_may_be_explained() -> None:
    text = between(
        "Makna visi\na. Terwujudnya, bermakna upaya bersama;\n"
        "b. Kabupaten Boyolali, bermakna seluruh wilayah;\nc. Maju, bermakna lebih baik.\n"
    )
    labels = [label for label, _ in pillars_of(text)]
    assert labels == ["Terwujudnya", "Kabupaten Boyolali", "Maju"]


def test_running_prose_explains_a_key_word_in_each_sentence() -> None:
    text = between(
        f"Boyolali yang maju adalah {MAJU}. Kemandirian diartikan sebagai {MANDIRI}. "
        f"Berbudaya berarti {BERBUDAYA}.\n"
    )
    assert pillars_of(text) == [
        ("Boyolali yang maju", MAJU),
        ("Kemandirian", MANDIRI),
        ("Berbudaya", BERBUDAYA),
    ]


def test_what_leads_to_a_label_in_prose_is_not_part_of_it() -> None:
    text = between(
        f"Yang dimaksud dengan maju adalah {MAJU}. Sedangkan mandiri berarti {MANDIRI}.\n"
    )
    assert pillars_of(text) == [("maju", MAJU), ("mandiri", MANDIRI)]


def test_pillars_may_be_explained_behind_the_missions() -> None:
    explained = f"Penjelasan Visi\nMaju : {MAJU}.\nMandiri : {MANDIRI}.\n"
    text = f"{VISION_SECTION}{MISSION_SECTION}\n{explained}"
    assert pillars_of(text) == PILLARS[:2]
    assert len(missions_of(text)) == 3


def test_letters_of_an_acronym_that_are_explained_are_pillars() -> None:
    text = (
        "VISI\nMewujudkan Desa Sukamaju BERSERI\n\nBersih : lingkungan bebas sampah\n"
        f"Sehat : warga yang jarang sakit\n{MISSION_SECTION}"
    )
    assert [label for label, _ in pillars_of(text)] == ["Bersih", "Sehat"]


def test_short_lines_above_paragraphs_right_behind_the_vision_are_pillars() -> None:
    text = (
        f"VISI\n“BOYOLALI MELAJU”\nMelayani\n{MANDIRI.capitalize()}.\n"
        f"Maju\n{MAJU.capitalize()}.\n{MISSION_SECTION}"
    )
    assert pillars_of(text) == [("Melayani", MANDIRI.capitalize()), ("Maju", MAJU.capitalize())]


@pytest.mark.parametrize(
    "middle",
    [
        "Visi tersebut dirumuskan melalui musyawarah seluruh unsur masyarakat.\n",
        "Hal ini penting bagi pembangunan: masyarakat dilibatkan.\n",
        "Bupati : Ani Sutanto\nWakil Bupati : Budi Santoso\n",
        "Periode : 2021-2026\nTahun : 2021\n",
        "M : Melayani\nA : Aman\nJ : Jujur\nU : Unggul\n",
        "",
    ],
)
def test_what_stands_between_vision_and_missions_need_not_be_pillars(middle: str) -> None:
    assert pillars_of(between(middle)) == []


def test_a_pillar_names_the_fewest_words_of_the_vision() -> None:
    text = (
        "VISI\n“BOYOLALI SEBAGAI KOTA JASA YANG MODERN DILANDASI MASYARAKAT RELIGIUS”\n"
        "Unsur visi tersebut adalah:\n1. Kota Jasa\nJasa itu layanan.\n"
        "2. Kota Modern\nModern itu maju.\n"
        "3. Masyarakat Religius\nReligius itu taat.\n4. Keamanan\nAman itu tenteram.\n"
    )
    named = [words(text, pillar.named_in_vision) for pillar in plan_of(text).pillars]
    assert named == ["KOTA JASA", "MODERN", "MASYARAKAT RELIGIUS", None]


def test_a_name_that_all_labels_begin_with_does_not_name_them() -> None:
    text = (
        "VISI\nTerwujudnya Kota Blitar Sehat dan Berpendidikan\nPokok visi:\n"
        "1. Kota Blitar Sehat\nSehat itu bugar.\n"
        "2. Kota Blitar Berpendidikan\nCerdas dan terampil.\n"
    )
    named = [words(text, pillar.named_in_vision) for pillar in plan_of(text).pillars]
    assert named == ["Sehat", "Berpendidikan"]
