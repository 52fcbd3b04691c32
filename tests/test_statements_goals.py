"""Goals and objectives: which are stated, of which mission, and of which goal."""

from __future__ import annotations

import pytest

from stated import plan_of, words

VISION = "VISI\n“Terwujudnya Kota Contoh yang maju dan sejahtera”\n\n"
FIRST, SECOND = "Meningkatkan mutu pendidikan", "Membangun jalan kota"
MISSIONS = f"MISI\n1. {FIRST}\n2. {SECOND}\n3. Menata layanan publik\n\n"
PLAN = VISION + MISSIONS
STATED = [FIRST, SECOND, "Menata layanan publik"]
SCHOOL, ROADS = "Meningkatnya mutu sekolah", "Mantapnya jalan"
PUPILS, TEACHERS, SURFACE = "Naiknya angka melanjutkan", "Naiknya mutu guru", "Jalan kota mulus"

OF_THE_PLAN = [
    f"tujuan: {SCHOOL}",
    f"tujuan: {ROADS}",
    f"sasaran: {PUPILS}",
    f"sasaran: {SURFACE}",
]
OF_THEIR_GOALS = [
    f"tujuan: {SCHOOL}",
    f"tujuan 1 > sasaran: {PUPILS}",
    f"tujuan 1 > sasaran: {TEACHERS}",
    f"tujuan: {ROADS}",
    f"tujuan 2 > sasaran: {SURFACE}",
]
OF_THEIR_MISSIONS = [
    f"misi 1 > tujuan: {SCHOOL}",
    f"misi 1 > tujuan 1 > sasaran: {PUPILS}",
    f"misi 1 > tujuan 1 > sasaran: {TEACHERS}",
    f"misi 2 > tujuan: {ROADS}",
    f"misi 2 > tujuan 2 > sasaran: {SURFACE}",
]


def told(text: str) -> list[str]:
    """Return the goals and objectives as sentences: "misi 1 > tujuan 2 > sasaran: …"."""
    nouns = {"goal": "tujuan", "objective": "sasaran"}
    return [
        (f"misi {one.mission} > " if one.mission else "")
        + (f"tujuan {one.goal} > " if one.goal else "")
        + f"{nouns[one.level]}: {words(text, one.span)}"
        for one in plan_of(text).goals
    ]


def missions(text: str) -> list[str | None]:
    return [words(text, mission.span) for mission in plan_of(text).missions]


@pytest.mark.parametrize(
    "goals",
    [
        f"TUJUAN\n1. {SCHOOL}.\n2. {ROADS}.\n\nSASARAN\n- {PUPILS}\n- {SURFACE}\n",
        f"C. TUJUAN\n1. {SCHOOL}\n2. {ROADS}\nD. SASARAN\n1. {PUPILS}\n2. {SURFACE}\n"
        "E. STRATEGI\n1. Menambah guru\n",
        f"5.3.1 Tujuan\n1. {SCHOOL}\n2. {ROADS}\n5.3.2 Sasaran\n1. {PUPILS}\n2. {SURFACE}\n",
        f"Tujuan: (1) {SCHOOL}; (2) {ROADS}.\nSasaran: a. {PUPILS}; b. {SURFACE}.\n",
        f"Adapun tujuan yang ingin dicapai adalah sebagai berikut:\n✓ {SCHOOL}\n✓ {ROADS}\n"
        f"Sasaran yang hendak dicapai yaitu:\n✓ {PUPILS}\n✓ {SURFACE}\n",
        "Tujuan dan Sasaran\nTujuan adalah sesuatu yang akan dicapai dalam lima tahun.\n"
        "Untuk mencapai misi tersebut, tujuan pembangunan Kota Contoh adalah sebagai berikut :\n"
        f"1) {SCHOOL}\n2) {ROADS}\n\n"
        f"Sasaran merupakan penjabaran tujuan.\nSasaran Kota Contoh:\na. {PUPILS}\nb. {SURFACE}\n"
        "Indikator Kinerja\na. APK\nb. APM\n",
        f"Tujuan\n1. {SCHOOL}.\nTujuan ini dicapai dengan menambah guru di sekolah.\n2. {ROADS}.\n"
        f"Sasaran\n1. {PUPILS}\n   a. di kota\n   b. di desa\n2. {SURFACE}\n",
        f"Tujuan Pembangunan Kab. Contoh Tahun 2021-2026\n1. {SCHOOL}\n2. {ROADS}\n"
        f"Sasaran Pemerintah Daerah\n1. {PUPILS}\n2. {SURFACE}\n",
        f"Tujuan strategis: 1. {SCHOOL}\n2. {ROADS}\n"
        f"Sasaran strategis: 1. {PUPILS}\n2. {SURFACE}\n",
    ],
)
def test_lists_under_general_headings_are_the_plans(goals: str) -> None:
    assert told(PLAN + goals) == OF_THE_PLAN
    assert missions(PLAN + goals) == STATED


def test_a_page_of_one_line_has_its_goals_behind_its_missions() -> None:
    text = (
        "VISI KOTA CONTOH Terwujudnya Kota Contoh yang maju dan sejahtera MISI 1. "
        f"{FIRST} 2. {SECOND} TUJUAN 1. {SCHOOL} 2. {ROADS} SASARAN 1. {PUPILS} 2. {SURFACE}"
    )
    assert told(text) == OF_THE_PLAN
    assert missions(text) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "goals",
    [
        f"T1. {SCHOOL}\nS1.1. {PUPILS}\nS1.2. {TEACHERS}\nT2. {ROADS}\nS2.1. {SURFACE}\n",
        f"Tujuan 1 : {SCHOOL}\nSasaran :\n1. {PUPILS}\n2. {TEACHERS}\n"
        f"Tujuan 2 : {ROADS}\nSasaran :\n1. {SURFACE}\n",
        f"Tujuan dan Sasaran\n1. {SCHOOL}, dengan sasaran:\n   a. {PUPILS}\n   b. {TEACHERS}\n"
        f"2. {ROADS}, dengan sasaran:\n   a. {SURFACE}\n",
        f"Tujuan pertama: {SCHOOL}\nSasaran dari tujuan pertama adalah:\na. {PUPILS}\n"
        f"b. {TEACHERS}\nTujuan kedua: {ROADS}\nSasaran tujuan ke-2:\na. {SURFACE}\n",
        f"Tujuan | Sasaran | Strategi\n{SCHOOL} | {PUPILS} | Menambah kelas\n"
        f" | {TEACHERS} | Melatih guru\n{ROADS} | {SURFACE} | Merawat jalan\n",
    ],
)
def test_objectives_belong_to_the_goal_of_their_number_or_place(goals: str) -> None:
    assert told(PLAN + goals) == OF_THEIR_GOALS
    assert missions(PLAN + goals) == STATED


@pytest.mark.parametrize(
    "goals",
    [
        f"Tujuan 1.1: {SCHOOL}\nSasaran 1.1.1: {PUPILS}\nSasaran 1.1.2: {TEACHERS}\n"
        f"Tujuan 2.1: {ROADS}\nSasaran 2.1.1: {SURFACE}\n",
        f"TUJUAN DAN SASARAN\n1.1 {SCHOOL}\n1.1.1 {PUPILS}\n1.1.2 {TEACHERS}\n"
        f"2.1 {ROADS}\n2.1.1 {SURFACE}\n",
        f"Tujuan dan Sasaran\n\nMisi 1: {FIRST}\nTujuan:\n1. {SCHOOL}\nSasaran:\n1. {PUPILS}\n"
        f"2. {TEACHERS}\n\nMisi 2: {SECOND}\nTujuan:\n1. {ROADS}\nSasaran:\n1. {SURFACE}\n\n"
        "STRATEGI\n1. Menambah guru\n",
        f"Tujuan Misi 1: {FIRST}\n1. {SCHOOL}\nSasaran Misi 1\n- {PUPILS}\n- {TEACHERS}\n"
        f"Tujuan Misi 2: {SECOND}\n1. {ROADS}\nSasaran Misi 2\n- {SURFACE}\n",
        f"Tujuan dari misi pertama adalah:\n1. {SCHOOL}\nSasaran dari misi pertama adalah:\n"
        f"a. {PUPILS}\nb. {TEACHERS}\nTujuan dari misi kedua adalah {ROADS}.\n"
        f"Sasaran misi ke-2 yaitu:\na. {SURFACE}\n",
        f"TUJUAN\nMISI I\na. {SCHOOL}\nMISI II\na. {ROADS}\nSASARAN\nMISI I\na. {PUPILS}\n"
        f"b. {TEACHERS}\nMISI II\na. {SURFACE}\n",
        f"Tujuan:\nMisi 1: {SCHOOL}\nMisi 2: {ROADS}\nSasaran Misi 1:\n- {PUPILS}\n- {TEACHERS}\n"
        f"Sasaran Misi 2:\n- {SURFACE}\n",
        "Berdasarkan visi dan misi tersebut ditetapkan tujuan dan sasaran sebagai berikut:\n\n"
        f"Misi 1 : {FIRST}\nMisi ini menyediakan sekolah.\nTujuan 1 : {SCHOOL}\n"
        f"Indikator tujuan : Indeks Pendidikan\nSasaran :\n1) {PUPILS}\n   Indikator: APK\n"
        f"2) {TEACHERS}\n   Indikator: Sertifikat\n\nMisi 2 : {SECOND}\nTujuan 2 : {ROADS}\n"
        f"Sasaran :\n1) {SURFACE}\n\nSTRATEGI\nStrategi mencapai tujuan dan sasaran:\n1. Merawat\n",
        f"MISI 1 → TUJUAN: {SCHOOL} → SASARAN: {PUPILS}; {TEACHERS}\n"
        f"MISI 2 → TUJUAN: {ROADS} → SASARAN: {SURFACE}\n",
        f"Untuk mewujudkan misi I, ditetapkan tujuan sebagai berikut:\n1. {SCHOOL}\n"
        f"Sasaran:\na. {PUPILS}\nb. {TEACHERS}\n"
        f"Untuk mewujudkan misi II, ditetapkan tujuan sebagai berikut:\n1. {ROADS}\n"
        f"Sasaran:\na. {SURFACE}\n",
    ],
)
def test_numbers_and_names_tie_goals_to_their_missions(goals: str) -> None:
    assert sorted(told(PLAN + goals)) == sorted(OF_THEIR_MISSIONS)
    assert missions(PLAN + goals) == STATED


@pytest.mark.parametrize(
    "rows",
    [
        f"Misi | Tujuan | Sasaran | Indikator | Target\n{FIRST} | {SCHOOL} | {PUPILS} | APK | 95%\n"
        f" | | {TEACHERS} | Guru bersertifikat | 80%\n"
        f"{SECOND} | {ROADS} | {SURFACE} | Mantap | 90%\n",
        "| No | Misi | Tujuan | Sasaran |\n|---|---|---|---|\n"
        f"| 1 | Misi 1 | {SCHOOL} | {PUPILS} |\n| | | | {TEACHERS} |\n"
        f"| 2 | Misi 2 | {ROADS} | {SURFACE} |\n",
        f"Misi\tTujuan\tSasaran\n(1)\t(2)\t(3)\nMisi 1\t{SCHOOL}\t{PUPILS}\n\t\t{TEACHERS}\n"
        f"Misi 2\t{ROADS}\t{SURFACE}\n",
        "Misi                  Tujuan                       Sasaran\n"
        f"Misi 1                {SCHOOL}    {PUPILS}\n"
        f"                                                   {TEACHERS}\n"
        f"Misi 2                {ROADS}              {SURFACE}\n",
        f"No | Misi | Tujuan | Sasaran\n1 | 1. {FIRST} | {SCHOOL} | {PUPILS}\n{TEACHERS}\n"
        f"2 | 2. {SECOND} | {ROADS} | {SURFACE}\n",
        f"Misi | Tujuan | Sasaran\nMisi 1: {FIRST} | {SCHOOL} | {PUPILS}\n{TEACHERS}\n"
        f"Misi 2: {SECOND} | {ROADS} | {SURFACE}\n\nCatatan: tabel ini ringkas.\n",
        f"Misi 1: {FIRST}\nTujuan | Sasaran | Indikator\n{SCHOOL} | {PUPILS} | APK\n"
        f" | {TEACHERS} | Guru\n\nMisi 2: {SECOND}\nTujuan | Sasaran | Indikator\n"
        f"{ROADS} | {SURFACE} | Persentase\n",
        f"Misi | Tujuan | Sasaran\n{FIRST} | 1.1 {SCHOOL} | 1. {PUPILS} 2. {TEACHERS}\n"
        f"{SECOND} | 2.1 {ROADS} | 1. {SURFACE}\n",
    ],
)
def test_tables_give_each_row_its_mission_and_goal(rows: str) -> None:
    """Empty cells go on with the one above, as merged cells do; targets are no goals."""
    assert told(PLAN + rows) == OF_THEIR_MISSIONS
    assert missions(PLAN + rows) == STATED


@pytest.mark.parametrize(
    "text",
    [
        f"MISI\nMisi 1: {FIRST}\nTujuan: {SCHOOL}\nSasaran:\na. {PUPILS}\nb. {TEACHERS}\n"
        f"Misi 2: {SECOND}\nTujuan: {ROADS}\nSasaran:\na. {SURFACE}\n",
        f"MISI\nMISI I : {FIRST}\nTujuan :\n1. {SCHOOL}\nSasaran :\n1) {PUPILS}\n2) {TEACHERS}\n"
        f"MISI II : {SECOND}\nTujuan :\n1. {ROADS}\nSasaran :\n1) {SURFACE}\n",
        f"MISI\n1. {FIRST}\n   Tujuan:\n   a. {SCHOOL}\n   Sasaran:\n   a. {PUPILS}\n"
        f"   b. {TEACHERS}\n2. {SECOND}\n   Tujuan:\n   a. {ROADS}\n   Sasaran:\n"
        f"   a. {SURFACE}\n",
        f"MISI\n1. {FIRST}\n   Tujuan: {SCHOOL}\n   Sasaran: {PUPILS}; {TEACHERS}\n"
        f"2. {SECOND}\n   Tujuan: {ROADS}\n   Sasaran: {SURFACE}\n",
    ],
)
def test_goals_under_each_mission_are_that_missions(text: str) -> None:
    assert told(VISION + text) == OF_THEIR_MISSIONS
    assert missions(VISION + text) == [FIRST, SECOND]


def test_goals_under_a_mission_do_not_explain_it() -> None:
    text = f"{VISION}MISI\n1. {FIRST}\nMisi ini memajukan sekolah.\nTujuan: {SCHOOL}\n2. {SECOND}\n"
    explained = [words(text, one.explanation) for one in plan_of(text).missions]
    assert explained == ["Misi ini memajukan sekolah", None]
    bare = f"{VISION}MISI\n1. {FIRST}\nTujuan: {SCHOOL}\n2. {SECOND}\n"
    assert [one.explanation for one in plan_of(bare).missions] == [None, None]


def test_a_mission_in_brackets_behind_a_goal_is_its_mission() -> None:
    text = f"{PLAN}Tujuan:\n1. {SCHOOL} (Misi 1)\n2. {ROADS} (Misi 2)\n"
    expected = [f"misi 1 > tujuan: {SCHOOL} (Misi 1)", f"misi 2 > tujuan: {ROADS} (Misi 2)"]
    assert told(text) == expected


def test_prose_states_a_goal_and_its_objective() -> None:
    text = (
        "Tujuan pembangunan Kota Contoh adalah meningkatnya mutu sekolah. Sasaran yang ingin"
        " dicapai adalah naiknya angka melanjutkan. Program dilaksanakan setiap tahun.\n"
    )
    assert told(PLAN + text) == [
        "tujuan: meningkatnya mutu sekolah",
        "tujuan 1 > sasaran: naiknya angka melanjutkan",
    ]


def test_cells_that_run_over_lines_beside_each_other_are_no_statements() -> None:
    text = (
        "MISI                     TUJUAN                        SASARAN\n"
        "Meningkatkan mutu        Meningkatnya mutu sekolah     Naiknya angka\n"
        "pendidikan               yang merata                   melanjutkan\n"
    )
    assert told(PLAN + text) == []


def test_goals_below_the_last_mission_alone_are_the_plans() -> None:
    assert told(f"{PLAN}Tujuan:\n1. {SCHOOL}\n") == [f"tujuan: {SCHOOL}"]


def test_numbers_of_sections_are_no_missions() -> None:
    text = f"{PLAN}3 TUJUAN\n3.1 {SCHOOL}\n3.2 {ROADS}\n"
    assert told(text) == [f"tujuan: {SCHOOL}", f"tujuan: {ROADS}"]


def test_a_mission_that_the_plan_does_not_have_is_left_out() -> None:
    assert told(f"{PLAN}Tujuan Misi 7\n1. {SCHOOL}\n") == [f"tujuan: {SCHOOL}"]


def test_markers_are_as_printed() -> None:
    text = f"{PLAN}Tujuan 1.1: {SCHOOL}\nTujuan 2.1: {ROADS}\nSasaran:\na. {SURFACE}\n"
    assert [one.marker for one in plan_of(text).goals] == ["Tujuan 1.1", "Tujuan 2.1", "a."]


def test_what_is_stated_in_a_list_and_in_a_table_counts_once_and_keeps_its_mission() -> None:
    table = f"Misi | Tujuan\nMisi 1 | {SCHOOL}\nMisi 2 | {ROADS}\n"
    text = f"{PLAN}Tujuan\n1. {SCHOOL}\n2. {ROADS}\n\n{table}"
    assert told(text) == [f"misi 1 > tujuan: {SCHOOL}", f"misi 2 > tujuan: {ROADS}"]


def test_a_heading_that_spread_words_run_into_ends_the_list() -> None:
    spread = "\n\n".join(("TUJUAN", "1.", *SCHOOL.split(), "yang", "merata", "SASARAN", "1."))
    text = f"{PLAN}{spread}\n\nNaiknya\n\nangka\n\nmelanjutkan\n\nsekolah\n"
    assert told(text) == [
        f"tujuan: {SCHOOL} yang merata",
        f"tujuan 1 > sasaran: {PUPILS} sekolah",
    ]


def test_keys_of_an_array_announce_goals() -> None:
    text = (
        "'visi' => 'Terwujudnya Kota Contoh yang maju dan sejahtera',\n"
        f"'misi' => array('{FIRST}', '{SECOND}'),\n'tujuan' => array('{SCHOOL}', '{ROADS} kota')"
    )
    assert told(text) == [f"tujuan: {SCHOOL}", f"tujuan: {ROADS} kota"]


def test_columns_of_a_dump_hold_goals_and_no_missions() -> None:
    text = (
        "INSERT INTO `tbl_profil` (`id`, `visi`, `misi`, `tujuan`, `tanggal`) VALUES\n"
        "(1, '<p>Visi: Terwujudnya Kota Contoh yang maju dan sejahtera</p>',"
        f" '<ol><li>{FIRST}</li><li>{SECOND}</li></ol>',"
        f" '<ol><li>{SCHOOL}</li><li>{ROADS} kota</li></ol>', '2020-01-01');\n"
    )
    assert told(text) == [f"tujuan: {SCHOOL}", f"tujuan: {ROADS} kota"]
    assert missions(text) == [FIRST, SECOND]


def test_keys_of_a_dump_announce_goals() -> None:
    text = (
        '{"visi": "Terwujudnya Kota Contoh yang maju", "misi": ["Meningkatkan mutu pendidikan", '
        f'"Membangun jalan kota"], "tujuan": ["{SCHOOL}", "Mantapnya jalan kota"]}}'
    )
    assert told(text) == [f"tujuan: {SCHOOL}", "tujuan: Mantapnya jalan kota"]
    assert missions(text) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "other",
    [
        "Kegiatan ini dilaksanakan dengan tujuan meningkatkan mutu sekolah.\n",
        "Tujuan pembangunan berkelanjutan (TPB):\n1. Tanpa kemiskinan\n2. Tanpa kelaparan\n",
        "Tujuan Dana Desa:\n1. Meningkatkan pelayanan publik\n2. Memajukan ekonomi desa\n",
        "Tujuan Program:\n1. Meningkatkan layanan\n",
        "Sasaran Kinerja Pegawai\n1. Meningkatkan disiplin\n",
        "Sasaran:\n1. 95%\n2. 80 persen\n",
        "STRATEGI\n1. Menambah guru\nARAH KEBIJAKAN\n1. Memperluas sekolah\n",
        "PROGRAM\n1. Meningkatkan sekolah\nIndikator Sasaran\n1. Angka melanjutkan\n",
        "Tujuan adalah sesuatu yang akan dicapai dalam lima tahun.\n",
        "Sasaran penerima manfaat:\n1. Guru sekolah\n2. Kepala sekolah\n",
        "Strategi mencapai tujuan dan sasaran:\n1. Menambah guru\n",
        "Syarat pelamar untuk tujuan ini:\nS1 Pendidikan Matematika\nS2 Pendidikan Bahasa\n",
        "Tujuan Kota Layak Anak:\n1. Meningkatkan perlindungan anak\n",
        "Tujuan Desa Wisata\n1. Meningkatkan kunjungan\n",
        "Tujuan dan Manfaat\n1. Meningkatkan pengetahuan\n",
        "Tujuan\n\nSasaran\n\n",
        "Tujuan | Sasaran\n",
    ],
)
def test_what_is_no_goal_of_the_plan_is_left_out(other: str) -> None:
    assert told(PLAN + other) == []
    assert missions(PLAN + other) == STATED


def test_a_purpose_before_the_plan_is_none_of_its_goals() -> None:
    assert told("Tujuan:\n1. Menyusun rencana\n2. Menata data\n\n" + PLAN) == []


def test_goals_of_another_bodys_plan_are_left_out() -> None:
    other = (
        "\nVisi Dinas Pendidikan\n“Terwujudnya sekolah yang unggul dan berbudaya”\n\n"
        "Tujuan\n1. Menata kantor dinas\n"
    )
    assert told(f"{PLAN}Tujuan\n1. {SCHOOL}\n{other}") == [f"tujuan: {SCHOOL}"]


def test_a_text_without_a_plan_has_no_goals() -> None:
    assert told(f"Tujuan\n1. {SCHOOL}\n") == []


def test_a_mission_whose_goal_is_an_empty_cell_is_no_goal() -> None:
    table = f"No | Misi | Tujuan\n1 | {FIRST} |\n2 | {SECOND} | {ROADS}\n"
    assert told(f"{VISION}{table}") == [f"misi 2 > tujuan: {ROADS}"]


def test_a_mission_of_two_words_is_known_in_a_table() -> None:
    text = (
        VISION
        + "MISI\n1. Meningkatkan kualitas manusia\n2. Meningkatkan ekonomi\n\n"
        + "Misi\tTujuan\n"
        + f"Meningkatkan kualitas manusia\t{SCHOOL}\nMeningkatkan ekonomi\t{ROADS}\n"
    )
    assert told(text) == [f"misi 1 > tujuan: {SCHOOL}", f"misi 2 > tujuan: {ROADS}"]


def test_goals_are_read_in_the_wording_of_regulations() -> None:
    text = PLAN + (
        "(1) Tujuan sebagaimana dimaksud dalam Pasal 4 meliputi:\n"
        f"a. {SCHOOL};\nb. {ROADS}.\n"
        "(2) Sasaran sebagaimana dimaksud dalam Pasal 4 meliputi:\n"
        f"a. {PUPILS};\nb. {SURFACE}.\n"
    )
    assert sorted(told(text)) == sorted(OF_THE_PLAN)
