"""A vision is found in every form in which pages, reports and data files give it."""

from __future__ import annotations

import pytest

from stated import MISSION_SECTION, MISSIONS, VISION, missions_of, plan_of, vision_of, words

DEFINITION = (
    "Visi adalah rumusan umum mengenai keadaan yang diinginkan pada akhir periode perencanaan."
)

INTRODUCTIONS = {
    "a heading": "VISI\n{v}",
    "a heading in lower case": "visi\n{v}",
    "a heading with the region": "Visi Kabupaten Boyolali\n\n{v}.",
    "a heading with blanks between its letters": "V I S I\n{v}",
    "a heading with an adjective": "Visi Utama\n“{v}”",
    "a heading of ours": "Visi Kami\n{v}",
    "a label": "Visi: {v}",
    "a label with quotation marks": "VISI : “{v}.”",
    "a label with a dash": "Visi – {v}",
    "a label with the region": "Visi Kabupaten Boyolali : {v}",
    "a lettered heading": "A. VISI\n{v}",
    "a numbered heading": "2.1.1. Visi\n{v}",
    "a numbered label": "3.1 VISI:\n{v}",
    "a Markdown heading": "## Visi\n\n{v}\n",
    "a numbered Markdown heading": '# III.1.1. Visi\n\n**"{v}"**\n',
    "an HTML heading": "<h3>Visi</h3>\n<p><strong>{v}</strong></p>",
    "a sentence above": "Visi Kabupaten Boyolali Tahun 2021-2026 adalah:\n“{v}”",
    "a sentence with leaders": (
        "Maka visi Kabupaten Boyolali periode 2021-2026 yang disampaikan oleh Bupati adalah “{v}”."
    ),
    "a sentence without marks": "Adapun visi Pemerintah Kabupaten Boyolali yaitu {v}.",
    "a sentence that formulates": (
        "Visi Kabupaten Boyolali Tahun 2016-2021 dirumuskan sebagai berikut :\n\n{v}\n"
    ),
    "a sentence that names the plan": (
        'Dalam RPJMD Kabupaten Boyolali ditetapkan visi pembangunan yaitu:\n"{v}"'
    ),
    "a sentence without link": "Dalam memimpin, Bupati mengusung visi “{v}”. Visi itu dijabarkan.",
    "another body's vision": (
        "Mendukung visi Provinsi Jawa Tengah “Jateng Maju”, Bupati menetapkan visi “{v}”."
    ),
    "a word on it behind": "Visi\n{v}. Visi ini berarti pembangunan yang merata.",
    "a quotation of a page": "<h2>Visi</h2><blockquote>“{v}”</blockquote>",
    "stars": "VISI\n*** {v} ***",
    "a sentence that goes on": "Pasangan ini dilantik pada Februari. Visinya adalah “{v}”.",
    "a sentence that goes on with a comma": "Visinya, “{v}”.",
    "a sentence that takes it up": "Bupati membacakan pidato. Visi tersebut adalah “{v}”.",
    "a sentence that means it": "Visi dimaksud ialah {v}.",
    "a sentence on what is meant": "Visi yang dimaksud yakni “{v}”",
    "a vision of the past": (
        "Pada periode lalu Kabupaten Boyolali mempunyai visi “Boyolali Bersinar Terang”. Untuk"
        " periode 2021-2026 visi Kabupaten Boyolali adalah “{v}”."
    ),
    "single marks": "Visi Kabupaten Boyolali ‘{v}’ diwujudkan melalui tiga misi. Misinya banyak.",
    "a heading of tags": "<p><strong>Visi:</strong> {v}</p>",
    "the head of a column": (
        "| Visi | Tujuan |\n|---|---|\n| {v} | Naiknya mutu |\n| | Ratanya jalan |\n"
    ),
    "the head of a column of tabs": "Visi\tTujuan\n{v}\tNaiknya mutu\n\tRatanya jalan\n",
    "the vision of earlier years": (
        "Visi Kabupaten Boyolali 2016-2021 adalah “Boyolali Bersinar Terang”. Kini, visi Kabupaten"
        " Boyolali 2021-2026 adalah “{v}”."
    ),
    "a long-term vision": (
        "Visi RPJPD Kabupaten Boyolali 2005-2025 adalah “Boyolali Bersinar Terang”, sedangkan"
        " visi RPJMD 2021-2026 adalah “{v}”."
    ),
    "a definition before": f"VISI\n{DEFINITION}\nVisi Kabupaten Boyolali adalah:\n“{{v}}”",
    "a definition between": f"Visi\n{DEFINITION}\n{{v}}",
    "a caption between": "Visi\nPeriode 2021-2026\n{v}",
    "a heading with years": "VISI KABUPATEN BOYOLALI TAHUN 2021 – 2026\n{v}",
    "a label with years": "Visi Kabupaten Boyolali Tahun 2021 – 2026 :\n{v}",
    "a sentence on both": (
        "Berangkat dari hal itu, kepala desa menetapkan Visi dan Misi sebagai berikut:\n“{v}”"
    ),
    "comments of a page": "<h2>Visi</h2>\n<!-- kutipan -->\n<p>{v}</p>\n",
    "a heading and an office": "VISI\nBUPATI DAN WAKIL BUPATI BOYOLALI\n{v}",
    "a quotation that a line end parts": (
        "Visi Kabupaten : “Terwujudnya Kabupaten\nBoyolali yang Maju, Mandiri dan Berbudaya”"
    ),
    "a sentence that leads on to missions": (
        'Kabupaten ini memiliki visi yaitu "{v}" dengan\nmisi yang dijabarkan sebagai berikut.'
    ),
    "a heading and whose it is": "VISI\nKabupaten Boyolali\n\n“{v}”",
    "a heading with letters read wrongly": "VlSl\n{v}",
    "an English heading": "Vision\n“{v}”",
    "an English sentence": "The vision of the regency for 2021-2026 is “{v}”.",
    "reasons in a list": (
        "Visi Desa\nPerlunya visi desa didasari oleh:\n1. Kebutuhan akan arah.\n"
        "2. Kebutuhan akan ukuran.\nMaka ditetapkan visi desa yaitu: {v}.\n"
    ),
    "a heading for both": "Visi & Misi\n“{v}”",
    "a heading for both and a sentence": (
        "VISI MISI KEPALA DAERAH\nDengan semangat kebersamaan kami bercita-cita “{v}” bagi semua."
    ),
    "a tagline": "Visi\nCita-cita kita bersama\n“{v}”\n2021 — 2026",
    "ornamental marks": "Visi\n❝{v}❞\n",
    "two headings": "VISI DAN MISI\n{v}",
    "a table": "| Visi | : | {v} |\n",
    "a wiki's heading": "== Visi ==\n''{v}''\n",
    "nothing but the word": "Dengan mengusung visi {v}, Bupati optimistis.",
    "a menu before": "Beranda\nProfil\n- Visi Misi\n- Sejarah\nKontak\n\nVisi\n{v}",
    "a formulation after it": (
        "VISI\n“{v}”\nVisi tersebut dirumuskan melalui musyawarah yang melibatkan semua unsur."
    ),
}


@pytest.mark.parametrize("form", INTRODUCTIONS)
def test_a_vision_is_found_behind(form: str) -> None:
    text = INTRODUCTIONS[form].format(v=VISION) + MISSION_SECTION
    assert vision_of(text) == VISION
    assert missions_of(text) == list(MISSIONS)


MARKS = {
    "a curly pair": "“{}”",
    "a straight pair": '"{}"',
    "an opening curly and a straight mark": '“{}"',
    "closing marks on both sides": "”{}”",
    "doubled marks": "““{}””",
    "two apostrophes": "''{}''",
    "apostrophes": "'{}'",
    "only an opening mark": "“{}",
    "only a closing mark": "{}”",
    "low marks": "„{}“",
    "entities": "&ldquo;{}&rdquo;",
    "a broken encoding": "â€œ{}â€\x9d",
    "blanks inside": "“ {} ”",
    "a full stop outside": "“{}”.",
    "two full stops": "“{}”..",
    "years behind": "{} 2021-2026",
    "years in brackets behind": "{} (2021 - 2026)",
    "years that lost their hyphen": "{} 20212026",
    "years inside the marks": "“{} Tahun 2021 - 2026”",
    "a year inside the marks": "“{} 2026”",
    "pictures": "✨ {} ✨",
    "Markdown's quotation": "> **{}**",
}


@pytest.mark.parametrize("form", MARKS)
def test_a_vision_is_told_without(form: str) -> None:
    assert vision_of(f"VISI\n{MARKS[form].format(VISION)}{MISSION_SECTION}") == VISION


STATEMENTS = {
    "a slogan of two words": ("Boyolali Juara", "Boyolali Juara"),
    "capitals over lines": (
        "TERWUJUDNYA KABUPATEN BOYOLALI\nYANG MAJU, MANDIRI\nDAN BERBUDAYA",
        "TERWUJUDNYA KABUPATEN BOYOLALI YANG MAJU, MANDIRI DAN BERBUDAYA",
    ),
    "a quoted slogan over lines": (
        "“BOYOLALI MAJU,\nMANDIRI,\nBERBUDAYA”",
        "BOYOLALI MAJU, MANDIRI, BERBUDAYA",
    ),
    "a sentence that goes on below": (
        "Terwujudnya Boyolali yang Maju\nmelalui Pembangunan Desa",
        "Terwujudnya Boyolali yang Maju melalui Pembangunan Desa",
    ),
    "two sentences in one quotation": (
        "“Boyolali Maju. Rakyat Sejahtera Lahir Batin.”",
        "Boyolali Maju. Rakyat Sejahtera Lahir Batin",
    ),
    "a slogan and a rest that belongs to it": (
        "“Boyolali Berseri” melalui pembangunan desa yang merata.",
        "“Boyolali Berseri” melalui pembangunan desa yang merata",
    ),
    "a slogan and a rest in capitals": (
        "“Boyolali Berseri” Menuju Masyarakat yang Sejahtera",
        "“Boyolali Berseri” Menuju Masyarakat yang Sejahtera",
    ),
    "a slogan and what becomes of it": (
        "“Boyolali Berseri” yang diterjemahkan ke dalam tiga misi.",
        "Boyolali Berseri",
    ),
    "a slogan and its expansion": (
        "“BOYOLALI BERSERI” (Bersih, Sehat, Rapi dan Indah)",
        "“BOYOLALI BERSERI” (Bersih, Sehat, Rapi dan Indah)",
    ),
    "an acronym with its expansion": (
        "Mewujudkan Boyolali BERSERI (Bersih, Sehat, Rapi dan Indah)",
        "Mewujudkan Boyolali BERSERI (Bersih, Sehat, Rapi dan Indah)",
    ),
    "a year that is part of it": (
        "Boyolali Maju dan Mandiri Pada Tahun 2026",
        "Boyolali Maju dan Mandiri Pada Tahun 2026",
    ),
    "a quotation with a quoted word": (
        "“Terwujudnya Boyolali yang “ASRI” (Aman, Sehat, Rukun dan Indah)”",
        "Terwujudnya Boyolali yang “ASRI” (Aman, Sehat, Rukun dan Indah)",
    ),
    "words in capitals over lines": (
        "“BOYOLALI\n\nYANG\n\nRUKUN\n\nDAN\n\nASRI”",
        "BOYOLALI YANG RUKUN DAN ASRI",
    ),
    "a slogan in capitals and its expansion below": (
        "BOYOLALI BERSERI\n(BERSIH, SEHAT, RAPI DAN INDAH)",
        "BOYOLALI BERSERI",
    ),
    "a slogan and the full statement": (f"“Boyolali Maju Mandiri Berbudaya”\n{VISION}", VISION),
}


@pytest.mark.parametrize("form", STATEMENTS)
def test_a_vision_may_be(form: str) -> None:
    printed, expected = STATEMENTS[form]
    assert vision_of(f"VISI\n{printed}{MISSION_SECTION}") == expected


@pytest.mark.parametrize(
    "lead",
    ["Visi RPJPD Kabupaten Boyolali Tahun 2025-2045 adalah ", "VISI RPJPD 2025-2045\n", "VISI\n"],
)
def test_the_horizon_of_a_long_term_plan_is_part_of_its_quotation(lead: str) -> None:
    assert vision_of(f"{lead}“Boyolali Maju 2045”{MISSION_SECTION}") == "Boyolali Maju 2045"


@pytest.mark.parametrize(
    "behind",
    [
        "sedangkan visi RPJPD 2005-2025 yaitu “Boyolali Bersinar Terang”",
        "yang menggantikan visi sebelumnya, yakni “Boyolali Bersinar Terang”",
    ],
)
def test_a_vision_told_behind_the_one_in_force_is_another(behind: str) -> None:
    text = f"Visi Kabupaten Boyolali 2021-2026 adalah “{VISION}”, {behind}.{MISSION_SECTION}"
    others = plan_of(text).other_visions
    assert vision_of(text) == VISION
    assert [words(text, other.span) for other in others] == ["Boyolali Bersinar Terang"]


def test_an_english_vision_may_be_told_by_its_infinitive() -> None:
    text = "The vision of the regency is to become a green and prosperous place. It has five aims."
    assert vision_of(text) == "to become a green and prosperous place"


OTHER = "Terwujudnya pelayanan kesehatan yang prima"
OTHER_MISSIONS = "1. Meningkatkan mutu puskesmas.\n2. Meningkatkan peran kader.\n"
OWN = f"Visi Kabupaten Boyolali\n{VISION}{MISSION_SECTION}\n"
AGENCY = f"Visi Dinas Kesehatan\n{OTHER}\nMisi Dinas Kesehatan\n{OTHER_MISSIONS}\n"
LONG_TERM = f"Visi RPJPD Kabupaten Boyolali 2005-2025\n{OTHER}\nMisi\n{OTHER_MISSIONS}\n"


@pytest.mark.parametrize("text", [OWN + AGENCY, AGENCY + OWN, OWN + LONG_TERM, LONG_TERM + OWN])
def test_the_region_comes_before_an_agency_and_the_current_plan_before_the_long_term_one(
    text: str,
) -> None:
    plan = plan_of(text)
    assert vision_of(text) == VISION
    assert missions_of(text) == list(MISSIONS)
    assert [words(text, other.span) for other in plan.other_visions] == [OTHER]


def test_a_vision_without_verb_is_told_from_a_heading_in_one_line() -> None:
    text = (
        "Beranda Profil VISI Boyolali yang Maju, Rukun dan Aman MISI 1. Menata kota 2. Menata desa"
    )
    assert vision_of(text) == "Boyolali yang Maju, Rukun dan Aman"


def test_a_vision_in_a_sentence_may_be_told_by_its_capitals_alone() -> None:
    text = f"Adapun visi yang ingin dicapai adalah BOYOLALI MAJU DAN RUKUN.\n{MISSION_SECTION}"
    assert vision_of(text) == "BOYOLALI MAJU DAN RUKUN"


def test_a_page_in_one_line_may_state_slogan_and_vision_without_marks() -> None:
    text = (
        "Beranda / Profil Sekilas Kota Blitar terletak di kaki gunung. Visi Kota Blitar Tahun"
        " 2021-2026 adalah Desa Asri Kota Ceria Terwujudnya Kota Blitar yang Elok dan Tertib."
        f" Misi Kota Blitar 1. {MISSIONS[0]} 2. {MISSIONS[1]} 3. {MISSIONS[2]} Alamat Jl. Raya 1"
    )
    slogan = "Desa Asri Kota Ceria Terwujudnya Kota Blitar yang Elok dan Tertib"
    assert vision_of(text) == slogan
    assert missions_of(text) == list(MISSIONS)


def test_a_vision_that_is_followed_counts_where_the_text_has_no_other() -> None:
    followed = f"Dinas ini mendukung visi Bupati Boyolali yaitu “{VISION}”."
    assert vision_of(followed) == VISION
    own = "Visi Dinas\n“Menjadi dinas yang tanggap”\n"
    assert vision_of(own + followed) == "Menjadi dinas yang tanggap"


def test_a_sentence_on_a_vision_that_leads_to_missions_states_none() -> None:
    text = "Untuk menjalankan visi daerah ditetapkan misi:\n1. Menata kota\n2. Membina desa"
    assert vision_of(text) is None
    assert missions_of(text) == ["Menata kota", "Membina desa"]


def test_an_old_vision_yields_to_the_one_that_the_missions_follow() -> None:
    text = f"Visi Desa\n“MEWUJUDKAN DESA YANG RUKUN”\n\nKini visi desa ditetapkan adalah {VISION}."
    assert vision_of(text + MISSION_SECTION) == VISION


def test_an_explanation_of_the_vision_is_not_the_vision() -> None:
    text = f"Visi daerah adalah:\n‘{VISION}’.\n\nPenjelasan Visi :\n\n1. Maju adalah baik.\n"
    assert vision_of(text + MISSION_SECTION) == VISION


def test_a_vision_in_wrapped_text_keeps_its_line_end_in_its_span() -> None:
    text = (
        "Pembangunan daerah dilaksanakan dengan memperhatikan berbagai\n"
        "masukan dari masyarakat serta para pemangku kepentingan di\n"
        "daerah sehingga rumusan visi menjadi milik bersama. Visi\n"
        "Kabupaten Boyolali tahun 2021-2026 yang akan diwujudkan\n"
        "adalah sebagai berikut:\n"
        "Terwujudnya Kabupaten Boyolali yang Maju, Mandiri\n"
        "dan Berbudaya\n"
    )
    vision = plan_of(text).vision
    assert vision is not None
    assert "\n" in vision.span.of(text)
    assert words(text, vision.span) == VISION


@pytest.mark.parametrize(
    "text",
    [
        '{"title": "Profil", "visi": "%s", "misi": ["Menata kota", "Membangun desa"]}',
        '{\n "visi": "%s",\n "misi": "<ol><li>Menata kota</li><li>Membangun desa</li></ol>"\n}',
        "'visi' => '%s',\n'misi' => '1. Menata kota\\n2. Membangun desa',",
        "VALUES (1, 'visi', '<p>%s</p>', '2020-01-01'),"
        "(2,'misi','<ul><li>Menata kota</li><li>Membangun desa</li></ul>','2020-01-01');",
        '{"isi": "<h2>VISI<\\/h2>\\n<p>&ldquo;%s&rdquo;<\\/p>\\n<h2>MISI<\\/h2>'
        '<ol>\\n<li>Menata kota;<\\/li>\\n<li>Membangun desa<\\/li><\\/ol>"}',
        "Profil VISI %s MISI 1. Menata kota 2. Membangun desa",
        "Profil VISI %s MISI 1. Menata kota 2. Membangun desa Kontak Kami Jl. Raya 1",
        "Visi : %s Misi : 1. Menata kota 2. Membangun desa",
        "Visi adalah “%s” dengan Misi sebagai berikut :\n1. Menata kota\n2. Membangun desa",
        "VISI\n_%s_\nMISI\n1. Menata kota\n2. Membangun desa",
        "VISI\n%s\n\nUntuk mewujudkan visi tersebut, misi ditempuh melalui:\n"
        "1. Menata kota\n2. Membangun desa",
        "| Visi | %s |\n| Misi | 1. Menata kota 2. Membangun desa |",
        "$visi = '%s';\n$misi = array('Menata kota', 'Membangun desa', '');",
        "Visi “%s” dan Misi: (1) Menata kota; (2) Membangun desa.",
    ],
)
def test_a_vision_and_missions_are_found_in_data_and_in_one_line(text: str) -> None:
    assert vision_of(text % VISION) == VISION
    assert missions_of(text % VISION) == ["Menata kota", "Membangun desa"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n\t ",
        "Selamat datang di laman kami.",
        DEFINITION + "\nMisi adalah rumusan umum mengenai upaya yang akan dilaksanakan.",
        "Pasal 1\n1. Visi adalah rumusan umum mengenai keadaan.\n2. Misi adalah rumusan umum.\n",
        "Bupati menyampaikan visi dan misi di hadapan DPRD. Visi dan misi itu akan dijabarkan.",
        "DAFTAR ISI\n2.1 Visi .......... 12\n2.2 Misi .......... 13\n2.3 Tujuan ........ 14",
        "Beranda\nProfil\n- Visi\n- Misi\n- Struktur Organisasi\nBerita\n- Agenda\nKontak",
        "3. Visi dan Misi\n4. Struktur Organisasi\n5. Tugas Pokok\n6. Maklumat Pelayanan",
        "Dinas mempunyai tugas sesuai dengan visi, misi dan program Bupati:\n"
        "a. menetapkan rencana;\nb. melaksanakan pembinaan;\nc. melaporkan.",
        "Untuk mewujudkan visi dan misi, perangkat daerah melaksanakan tugas sebagai berikut:\n"
        "1. menyusun rencana;\n2. melaksanakan program;\n3. melaporkan hasil.",
        "Pengertian Visi dan Misi\n\nLangkah menyusun misi :\n1. Mengumpulkan usul warga\n"
        "2. Membandingkan dengan rencana\n3. Menetapkan bersama BPD",
        "Ciri-ciri misi yang baik antara lain:\n1. Mudah dipahami\n2. Menjelaskan upaya",
        "Misi adalah langkah mencapai visi. Fungsi misi:\n1. Memberikan arah\n2. Menjadi ukuran",
        "Visi dan Misi\n\nHalaman ini sedang dalam perbaikan.\n\nHubungi Kami",
        "No | Visi | Misi | Tujuan | Sasaran\n1 | 2 | 3 | 4 | 5",
        "Visi\n\nMisi\n\nTujuan\n\nSasaran\n",
        "BANYAK ORANG BICARA. VISI YANG BAIK ADALAH VISI YANG TERUKUR. ADA TIGA SYARAT LAIN.",
        "RENSTRA INI MERUPAKAN PENJABARAN VISI, MISI, DAN PROGRAM.\n1. MENYUSUN TIM\n"
        "2. MELAKUKAN RAPAT\n3. MENETAPKAN KEPUTUSAN",
        "Visi\nBelum ada data\nMisi\nBelum ada data\n",
        "Visi\nLorem ipsum dolor sit amet.\nMisi\n1. Lorem ipsum dolor\n2. Sit amet\n",
        'Visi sebaiknya singkat. Contoh visi: "Menjadi OSIS yang kreatif". Contoh misi:\n'
        "1. Mengadakan lomba\n2. Mengaktifkan kegiatan",
        "Dalam menyelenggarakan misi pemerintah daerah, Bappeda berfungsi:\n"
        "a. menyusun rencana\nb. mengoordinasikan dinas\nc. mengendalikan pembangunan",
        "Misi Dagang Membuka Peluang\nGubernur hadir.\n1. Menjual kopi\n2. Menjual kayu\n",
        "Contohnya, misi perusahaan adalah:\n1. Menyediakan produk\n2. Melayani pelanggan\n",
        "| Misi | Tanggal |\n|---|---|\n| Apollo 11 menuju bulan | 1969 |\n",
        "Warga menunggu visi dan misi daerah. Pertama, mari menjaga sungai. Kedua, mari menanam.",
        "Relawan berangkat dalam misi kemanusiaan. Misi tersebut meliputi:\n"
        "1. Mendirikan tenda\n2. Menyalurkan bantuan\n3. Mengobati korban",
    ],
)
def test_nothing_is_invented_where_a_text_only_talks_of_visions(text: str) -> None:
    plan = plan_of(text)
    assert (plan.vision, plan.pillars, plan.missions, plan.goals) == (None, (), (), ())
