"""Missions are found under every marker, below each other and inside a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stated import MISSIONS, VISION, VISION_SECTION, missions_of, plan_of, vision_of, words

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL = [mission[0].lower() + mission[1:] for mission in MISSIONS]

MARKED = {
    "numbers": "MISI\n1. {}.\n2. {}.\n3. {}.\n",
    "numbers without a blank": "MISI\n1.{}.\n2.{}.\n3.{}.\n",
    "numbers and tabs": "MISI\n1.\t{};\n2.\t{};\n3.\t{}.\n",
    "dashes and numbers": "MISI\n- 1 {};\n- 2 {};\n- 3 {}.\n",
    "numbers twice": "MISI\n1. 1. {};\n2. 2. {};\n3. 3. {}.\n",
    "brackets": "MISI\n1) {}; dan\n2) {}; dan\n3) {}.\n",
    "numbers and colons": "MISI\n1 : {}\n2 : {}\n3 : {}\n",
    "numbers and dashes": "MISI\n1 - {}\n2 - {}\n3 - {}\n",
    "enclosed numbers": "MISI\n(1) {};\n(2) {}; dan\n(3) {}.\n",
    "letters": "MISI\na. {};\nb. {}, dan\nc. {}.\n",
    "numerals": "MISI\nI. {};\nII. {};\nIII. {}.\n",
    "Markdown's equal numbers": "## Misi\n\n1. {}\n1. {}\n1. {}\n",
    "keycaps": "🎯 MISI\n1️⃣ {}\n2️⃣ {}\n3️⃣ {}\n",
    "dashes": "MISI\n- {}\n- {}\n- {}\n",
    "en dashes": "MISI\n– {}\n– {}\n– {}\n",
    "ticks": "MISI\n✔ {}\n✔ {}\n✔ {}\n",
    "private glyphs": "MISI\n\uf0d8 {}\n\uf0d8 {}\n\uf0d8 {}\n",
    "bullets and ticks": "MISI\n• ✔ {}\n• ✔ {}\n• ✔ {}\n",
    "numbers without full stop": "MISI\n1 {}\n2 {}\n3 {}\n",
    "a broken encoding": "MISI\nâ€¢ {}\nâ€¢ {}\nâ€¢ {}\n",
    "a broken private glyph": "MISI\nï‚· {}\nï‚· {}\nï‚· {}\n",
    "entities": "MISI\n&bull; {}\n&bull; {}\n&bull; {}\n",
    "plus signs": "MISI\n+ {}\n+ {}\n+ {}\n",
    "labels with hyphens": "MISI\nMisi-1: {}\nMisi-2: {}\nMisi-3: {}\n",
    "ordinals before colons": "MISI\nPertama: {}.\nKedua: {}.\nKetiga: {}.\n",
    "ordinals before commas": "MISI\nKesatu, {};\nKedua, {};\nKetiga, {}.\n",
    "explanations between": (
        "MISI\n1. {}\nMisi ini agar warga cerdas.\n2. {}\nMisi ini agar jalan mantap.\n"
        "3. {}\nMisi ini agar layanan cepat.\n"
    ),
    "a letter for a bullet": "MISI\no {}\no {}\no {}\n",
    "pictures": "MISI\n🏫 {}\n🛣️ {}\n🏛️ {}\n",
    "angle brackets": "MISI\n> {}\n> {}\n> {}\n",
    "numbers on their own lines": "MISI\n\n1.\n\n{}\n\n2.\n\n{}\n\n3.\n\n{}\n",
    "bare numbers on their own lines": "MISI\n\n01\n{}\n02\n{}\n03\n{}\n",
    "letters on their own lines": "MISI\n\na.\n\n{}\n\nb.\n\n{}\n\nc.\n\n{}\n",
    "bullets on their own lines": "MISI\n\n•\n{}\n\n•\n{}\n\n•\n{}\n",
    "labels with ordinals": "Misi Pertama : {}\nMisi Kedua : {}\nMisi Ketiga : {}\n",
    "labels above": "MISI\n➢ Misi Pertama :\n{}\n➢ Misi Kedua :\n{}\n➢ Misi Ketiga :\n{}\n",
    "numbered headings": "MISI 1\n“{}”\nMISI 2\n“{}”\nMISI 3\n“{}”\n",
    "numbered labels": "MISI\nMisi 1: {}\nMisi 2: {}\nMisi 3: {}\n",
    "labels with ke": "Misi ke-1 : {}\nMisi ke-2 : {}\nMisi ke-3 : {}\n",
    "numeral labels": "Misi I: {}\nMisi II: {}\nMisi III: {}\n",
    "labels with goals between": (
        "MISI\nMisi 1 : {}\nTujuan: Naiknya mutu\nMisi 2 : {}\nTujuan: Ratanya jalan\nMisi 3 : {}\n"
    ),
    "headings that part one list": (
        "POKOK VISI\nMaju\nMISI\n1. {}\nPOKOK VISI\nMandiri\nMISI\n2. {}\n3. {}\n"
    ),
    "codes": "MISI\nM1. {}\nM2. {}\nM3. {}\n",
    "codes without full stop": "MISI\nM1 {}\nM2 {}\nM3 {}\n",
    "codes with hyphens": "MISI\nM-1 {}\nM-2 {}\nM-3 {}\n",
    "codes with colons": "MISI\nM1: {}\nM2: {}\nM3: {}\n",
    "codes on their own lines": "MISI\nM1\n{}\nM2\n{}\nM3\n{}\n",
    "a purpose below each line": (
        "MISI\n{}\nMisi ini dimaksudkan agar warga cerdas.\n{}\nMisi ini dimaksudkan agar jalan"
        " mantap.\n{}\nUpaya ini agar layanan cepat.\n"
    ),
    "headings of their fields": (
        "MISI\nMisi Pendidikan\n{}\nMisi Infrastruktur\n{}\nMisi Birokrasi\n{}\n"
    ),
    "boxes ticked": "## Misi\n\n- [x] {}\n- [x] {}\n- [x] {}\n",
    "boxes to tick": "## Misi\n\n- [ ] {}\n- [ ] {}\n- [ ] {}\n",
    "links": "## Misi\n\n1. [{}](#a)\n2. [{}](#b).\n3. [{}](https://contoh.id/c)\n",
    "tags behind numbers": "Misi<br>1. <i>{}</i><br>2. <i>{}</i><br>3. <i>{}</i><br>",
    "stars": "**MISI:**\n\n1. **{}.**\n2. **{}.**\n3. **{}.**\n",
    "underscores": "## Misi\n\n- _{}_\n- _{}_\n- _{}_\n",
    "levels of their own below": (
        "MISI\n1. {}\na. Sekolah layak\n1) Ruang kelas\n2) Perpustakaan\nb. Guru cukup\n2. {}\n"
        "a. Jalan mantap\n3. {}\n"
    ),
    "a page turned": (
        "MISI\n1. {}.\n\nRPJMD Kabupaten Boyolali 2021-2026\nV - 2\n\n2. {}.\n\n"
        "RPJMD Kabupaten Boyolali 2021-2026\nV - 3\n\n3. {}.\n"
    ),
    "full stops and brackets": "MISI\n1.) {}\n2.) {}\n3.) {}\n",
    "strategies below each": (
        "MISI\n1. {}.\n   Strategi:\n   - Beasiswa\n2. {}.\n   Strategi:\n   - Padat karya\n"
        "   - Jalan desa\n3. {}.\n   Strategi:\n   - Layanan daring\n"
    ),
    "the first beside its label": (
        "Misi          : 1. {}\n                2. {}\n                3. {}\nKepala Desa   : Ani\n"
    ),
    "the first beside its label and a tab": "MISI\t1. {}\n\t2. {}\n\t3. {}\n",
    "dashes in one line": "Profil Misi : - {} - {} - {}",
    "a column of bars": (
        "| No | Misi | Tujuan |\n|---|---|---|\n| 1 | {} | Naiknya mutu sekolah |\n"
        "| | | Naiknya mutu puskesmas |\n| 2 | {} | Ratanya jalan |\n| 3 | {} | Layanan cepat |\n"
    ),
    "a column of tabs": (
        "No\tMisi\tTujuan\n1\t{0}\tNaiknya mutu sekolah\n1\t{0}\tNaiknya mutu puskesmas\n"
        "2\t{1}\tRatanya jalan\n3\t{2}\tLayanan cepat\n"
    ),
    "tags alone behind": (
        "<h3>Misi</h3><div><p>{}</p><p>{}</p><p>{}</p></div>\n<footer>\n</footer>\n"
    ),
    "a one read as a letter": "MlSl\nl. {}\n2. {}\n3. {}\n",
    "a wiki's list": "== Misi ==\n# {}\n# {}\n# {}\n\n== Referensi ==\n# Situs resmi\n",
    "numbers inside wrapped lines": ("Misi: 1. {}; 2.\n{};\n3. {}.\n"),
    "numbers that go on at the next line": "Misi: 1. {}; 2. {};\n3. {}.\n",
    "letters inside wrapped lines": "Misinya adalah: a. {}. b.\n{}. c.\n{}.\n",
    "rows apart": (
        "| No | Misi | Tujuan |\n\n| 1 | {} | Naiknya mutu |\n\n| 2 | {} | Ratanya jalan |\n\n"
        "| 3 | {} | Layanan cepat |\n"
    ),
    "a caption below the heading": (
        "Misi Kabupaten Boyolali\nTahun 2021 - 2026\n1. {}\n2. {}\n3. {}\n"
    ),
    "tags in capitals": "<H3>Misi</H3><OL><LI>{}</LI><LI>{}</LI><LI>{}</LI></OL>",
    "a title in one line": "Beranda Profil Misi Kabupaten Boyolali {} {} {}",
    "the first printed twice": "MISI\n- {0} - {0}\n- {1}\n- {2}\n",
    "an English conjunction": "Mission\n1. {};\n2. {}; and\n3. {}.\n",
    "an English heading": "Mission\n1. {}\n2. {}\n3. {}\n",
    "labels of goals between": (
        "MISI\n1. {}\nTujuan : Naiknya mutu\n2. {}\nTujuan : Ratanya jalan\nSasaran : Mantap\n"
        "3. {}\nTujuan : Layanan cepat\n"
    ),
    "labels of what they serve": "MISI\nCerdas\n{}\nRata\n{}\nBersih\n{}\n",
    "numbers that a program escaped": "## Misi\n\n1\\. {}\n2\\. {}\n3\\. {}\n",
    "a heading between underscores": "## __Misi__\n\n1. {}\n2. {}\n3. {}\n",
    "footnotes": "## Misi\n\n1. {}[^1]\n2. {}.[2]\n3. {}\n\n[^1]: Contoh\n",
    "a tagline above the numbers": ("MISI\nTiga langkah menuju visi\n1. {}\n2. {}\n3. {}\n"),
    "prose above the announcement": (
        "5.2 Misi\nPembangunan dilaksanakan bersama seluruh warga.\n"
        "Untuk itu ditetapkan misi sebagai berikut:\n1. {}\n2. {}\n3. {}\n"
    ),
    "prose that opens like a mission": (
        "5.2 Misi\nMewujudkan visi itu memerlukan upaya bersama.\n"
        "Sehubungan dengan itu, ditetapkan misi sebagai berikut:\n1. {}\n2. {}\n3. {}\n"
    ),
    "keys of YAML behind": "misi:\n  - {}\n  - {}\n  - {}\nperiode: 2021-2026\nsumber: RPJMD\n",
    "a record that ends its statement": "VALUES (2,'Misi','1. {}\\n2. {}\\n3. {}');\n",
    "a record before another": "VALUES (2,'Misi','1. {}\\n2. {}\\n3. {}'),(3,'Alamat','Jl. 1');\n",
    "no marker": "MISI\n{}\n{}\n{}\n",
    "semicolons": "MISI\n{};\n{};\n{}.\n",
    "blank lines": "MISI\n\n{}\n\n{}\n\n{}\n\nKontak\n\nJl. Raya 1\n",
    "bars": "MISI\n{}|{}|{}",
    "capital letters alone": "MISI\n{} {} {}",
    "full stops": "MISI\n{}. {}. {}.",
    "semicolons in one line": "Misi: {}; {}; {}.",
    "numbers in one line": "Misi : 1. {} 2. {} 3. {}",
    "escaped line ends": '"misi": "(1) {},\\n(2) {},\\n(3) {}."',
    "an array": '"misi": ["{}", "{}", "{}"]',
    "list items": "<h3>Misi</h3><ol><li>{}</li><li>{}</li><li>{}</li></ol>",
    "ordinals in paragraphs": (
        "Misi pertama yaitu “{}”. Misi ini penting.\n"
        "Misi kedua yaitu “{}”. Langkahnya banyak.\n"
        "Misi terakhir adalah “{}”. Demikian.\n"
    ),
    "no word for them": "1. {}.\n2. {}.\n3. {}.\n",
    "neither word nor marker": "\n{}.\n{}.\n{}.\n",
}


@pytest.mark.parametrize("form", MARKED)
def test_missions_are_found_with(form: str) -> None:
    assert missions_of(VISION_SECTION + MARKED[form].format(*MISSIONS)) == list(MISSIONS)


TOLD = {
    "numbers": "Untuk mencapainya ditetapkan misi sebagai berikut: (1) {}; (2) {}; dan (3) {}.",
    "numbers and a sentence behind": "Misi yang diemban: 1) {}, 2) {}, 3) {}. Ia optimistis.",
    "ordinals": "Misi yang diemban, pertama, {}. Kedua, {}. Ketiga, {}.",
    "ordinals from the second on": "Misi yang diemban adalah {}. Kedua, {}. Ketiga, {}.",
    "ordinals that head paragraphs of the news": (
        "Visi itu dijabarkan dalam tiga misi.\n\n“Misi pertama, {},” ujarnya, Rabu (12/10).\n\n"
        "Misi kedua, lanjut dia, {}.\n\nSementara misi ketiga adalah {}.\n\nIa berharap banyak."
    ),
    "ordinals that somebody says": (
        "Misi pertama, kata dia, {}.\n\nKemudian misi kedua {}.\n\nSelanjutnya misi ketiga {}."
    ),
    "ordinals of the news": "Misinya ada tiga. Pertama {}. Kedua {}. Terakhir {}.",
    "ordinals below a quotation": (
        "“Visi itu kami turunkan ke dalam tiga misi,” ujarnya.\n\n"
        "Pertama, {}. Selanjutnya, {}. Dan terakhir, {}."
    ),
    "ordinals inside quotations": (
        "Misi pertama, {}. “Yang kedua, {},” kata Bupati. Ia melanjutkan, “Ketiga, {}.”"
    ),
    "what comes besides": (
        "Misinya adalah {}. Kedua, {}.\n\nSelain itu, {}.\n\nSelain itu, hadir camat."
    ),
    "letters": "Sedangkan misinya adalah: a. {}. b. {}. c. {}.",
    "commas behind a label": "Misi: {}, {}, dan {}.",
    "English ordinals that nothing announces": "First, {}. Second, {}. Third, {}.",
    "ordinals that nothing announces": "Pertama, {}. Kedua, {}. Ketiga, {}.",
    "English ordinals": "There are three missions. First, {}. Second, {}. Third, {}.",
}


@pytest.mark.parametrize("form", TOLD)
def test_missions_are_found_in_a_sentence_with(form: str) -> None:
    assert missions_of(VISION_SECTION + TOLD[form].format(*SMALL)) == SMALL


def test_missions_between_commas_are_divided_at_their_verbs() -> None:
    text = "Misi yang diemban yakni meningkatkan mutu, akses, membangun desa, serta menata kota."
    expected = ["meningkatkan mutu, akses", "membangun desa", "menata kota"]
    assert missions_of(VISION_SECTION + text) == expected


def test_missions_between_commas_are_divided_at_their_nouns_of_action() -> None:
    text = (
        "Tiga misi tersebut adalah peningkatan mutu, akses, pembangunan desa, serta penataan kota."
    )
    expected = ["peningkatan mutu, akses", "pembangunan desa", "penataan kota"]
    assert missions_of(VISION_SECTION + text) == expected


def test_ordinals_end_a_list_before_other_paragraphs() -> None:
    text = (
        "Untuk mewujudkan visi tersebut, dirumuskan tiga misi, yaitu:\n"
        "Pertama: {};\nKedua: {}; dan\nKetiga: {}.\n\nKepala Bappeda menambahkan penjelasan."
    )
    assert missions_of(VISION_SECTION + text.format(*MISSIONS)) == list(MISSIONS)


def test_english_missions_between_commas_are_divided_at_their_gerunds() -> None:
    text = "There are three missions: improving skills, trade, building roads, and keeping rivers."
    expected = ["improving skills, trade", "building roads", "keeping rivers"]
    assert missions_of(VISION_SECTION + text) == expected


def test_a_line_that_hangs_below_an_item_in_capitals_belongs_to_it() -> None:
    text = (
        "MISI\n1. MENINGKATKAN PELAYANAN\n   KEPADA SELURUH WARGA\n   DI KECAMATAN\n"
        "2. MELESTARIKAN BUDAYA\nCAMAT\n"
    )
    expected = ["MENINGKATKAN PELAYANAN KEPADA SELURUH WARGA DI KECAMATAN", "MELESTARIKAN BUDAYA"]
    assert missions_of(VISION_SECTION.upper() + text) == expected


def test_a_blank_line_between_all_lines_parts_no_wrapped_item() -> None:
    text = (
        "MISI\n1. Meningkatkan kualitas pendidikan bagi seluruh\nwarga di pulau dan pesisir;\n"
        "2. Membangun jalan antardesa yang menghubungkan\npasar dan pelabuhan rakyat;\n"
        "3. Mewujudkan layanan pemerintahan yang cepat dan\nmudah dijangkau warga.\n"
    )
    single = missions_of(VISION_SECTION + text)
    assert len(single) == 3
    assert missions_of(f"{VISION_SECTION}{text}".replace("\n", "\n\n")) == single


def test_a_cell_of_the_column_of_missions_may_state_several() -> None:
    text = "Misi\tTujuan\n1. Menata kota; 2. Membangun desa\tKota rapi\nMembina warga\tRukun\n"
    assert missions_of(VISION_SECTION + text) == ["Menata kota", "Membangun desa", "Membina warga"]


def test_a_table_of_other_things_has_no_missions() -> None:
    rows = "| Misi | Tanggal |\n|---|---|\n| Apollo | 1969 |\n| Luna | 1959 |\n"
    assert missions_of(VISION_SECTION + rows) == []


def test_missions_may_be_told_by_capitals_in_a_page_of_one_line() -> None:
    title = "BERANDA PROFIL VISI KABUPATEN BOYOLALI TAHUN 2021-2026"
    vision = "TERWUJUDNYA KABUPATEN BOYOLALI YANG MAJU DAN MELAYANI"
    missions = [mission.upper() for mission in MISSIONS]
    numbered = " ".join(f"{number}. {mission}" for number, mission in enumerate(missions, 1))
    for listed in (numbered, " ".join(missions), f": {' '.join(missions)}"):
        text = f"{title} {vision} MISI {listed}"
        assert vision_of(text) == vision
        assert missions_of(text) == missions


def test_words_spread_over_lines_and_blank_lines_are_read_as_a_page_of_words() -> None:
    sentence = f"Visi Kabupaten Boyolali Tahun 2017 - 2022 adalah sebagai berikut: “{VISION}”"
    items = (f"{number}. {mission}." for number, mission in enumerate(MISSIONS, 1))
    lines = [sentence, "Misi Kabupaten Boyolali adalah:", *items]
    text = "\n\n".join(word for line in lines for word in line.split())
    assert vision_of(text) == VISION
    assert missions_of(text) == list(MISSIONS)


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    figures = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
    return ["", "X", "XX", "XXX", "XL", "L", "LX"][tens] + figures[ones]


def _letters(number: int) -> str:
    letter = chr(ord("a") + (number - 1) % 26)
    return letter if number <= 26 else f"a{letter}"


def _doubled(number: int) -> str:
    letter = chr(ord("a") + (number - 1) % 26)
    return letter * ((number - 1) // 26 + 1)


@pytest.mark.parametrize(
    ("number", "count"), [(str, 130), (_numeral, 45), (_letters, 40), (_doubled, 34)]
)
def test_long_lists_are_counted_on(number: Callable[[int], str], count: int) -> None:
    missions = [f"Menata lingkungan wilayah {at} secara merata" for at in range(1, count + 1)]
    items = (f"{number(at)}. {mission}\n" for at, mission in enumerate(missions, 1))
    assert missions_of(f"{VISION_SECTION}MISI\n{''.join(items)}") == missions


def test_a_chapter_ends_the_missions() -> None:
    text = VISION_SECTION + MARKED["numbers"].format(*MISSIONS)
    text += "BAB VI STRATEGI DAN ARAH KEBIJAKAN\n4. Program unggulan daerah yang lain.\n"
    assert missions_of(text) == list(MISSIONS)


@pytest.mark.parametrize("change", [str.lower, str.upper])
@pytest.mark.parametrize("form", ["no marker", "numbers", "ordinals before colons"])
def test_missions_may_be_all_in_small_or_capital_letters(form: str, change: object) -> None:
    assert callable(change)
    text = change(VISION_SECTION + MARKED[form].format(*MISSIONS))
    assert missions_of(text) == [change(mission) for mission in MISSIONS]


@pytest.mark.parametrize(
    "introduction",
    [
        "Untuk mewujudkan visi tersebut maka ditetapkan 3 (tiga) misi yang antara lain:\n",
        "MISI\nMisi Kabupaten Boyolali meliputi:\n",
        "MISI\nMisi adalah rumusan umum mengenai upaya. Adapun misi kabupaten adalah:\n",
        "MISI\nUntuk mewujudkan visi di atas, ditempuh langkah berikut:\n",
        "B. MISI\n",
        "Misi Pembangunan Kabupaten Boyolali\n\n",
        "“Misi yang diemban lima tahun ke depan antara lain : ”\n",
    ],
)
def test_what_leads_to_the_missions_is_no_mission(introduction: str) -> None:
    items = "".join(f"{number}. {mission}.\n" for number, mission in enumerate(MISSIONS, 1))
    assert missions_of(VISION_SECTION + introduction + items) == list(MISSIONS)


BEHIND = {
    "a second list that explains": "Penjelasan Misi\n1. Menambah sekolah.\n2. Menata jalan.\n",
    "an agenda": "NAWA CITA\n1. Sekolah gratis\n2. Jalan mulus\n",
    "directions with the same numbers": "Arah pembangunan lima tahun:\n1. Wilayah selatan.\n",
    "a strategy": "STRATEGI\n1. Sekolah gratis\n2. Jalan mulus\n",
    "a list that begins again": "\n1. Sekolah gratis\n2. Jalan mulus\n",
    "goals": "Tujuan\n1. Naiknya mutu\n2. Turunnya kemiskinan\n",
    "a lettered heading": "C. TUJUAN\n1. Naiknya mutu\n",
    "a footer": "\nKontak\nJl. Raya 1\nTelp. 0271\n© 2024 Pemerintah Kabupaten\n",
}


@pytest.mark.parametrize("form", BEHIND)
def test_missions_end_before(form: str) -> None:
    text = VISION_SECTION + MARKED["numbers"].format(*MISSIONS) + BEHIND[form]
    assert missions_of(text) == list(MISSIONS)


@pytest.mark.parametrize("heading", ["Tautan\n", ""])
def test_bullets_of_a_menu_are_no_missions(heading: str) -> None:
    text = "MISI\n• {}\n• {}\n• {}\n\n".format(*MISSIONS)
    text += f"{heading}• Beranda\n• Kontak\n• Berita\n"
    assert missions_of(VISION_SECTION + text) == list(MISSIONS)


BETWEEN = {
    "labelled dashes": "1. {}\n- Mutu: guru\n- Akses: kelas\n2. {}\n- Jalan: mantap\n3. {}\n",
    "other bullets": "• {}\n○ guru\n○ kelas\n• {}\n○ jalan\n• {}\n",
    "numbers under letters": "a. {}\n1. guru\n2. kelas\nb. {}\n1. jalan\nc. {}\n",
}


@pytest.mark.parametrize("form", BETWEEN)
def test_points_under_a_mission_are_not_missions(form: str) -> None:
    text = VISION_SECTION + "MISI\n" + BETWEEN[form].format(*MISSIONS)
    assert missions_of(text) == list(MISSIONS)


def test_the_paragraph_under_a_mission_explains_it() -> None:
    text = VISION_SECTION + "MISI\n1. Menata kota.\nMisi ini berarti taman.\n2. Membangun desa.\n"
    explained = [words(text, mission.explanation) for mission in plan_of(text).missions]
    assert explained == ["Misi ini berarti taman", None]


def test_a_bulleted_mission_that_ends_in_a_colon_takes_the_bullets_behind_as_its_own() -> None:
    text = VISION_SECTION + "MISI\n• Menata kota\n• Membangun desa, meliputi:\n• Jalan\n• Air\n"
    assert missions_of(text) == ["Menata kota", "Membangun desa, meliputi"]


def test_a_short_line_in_small_letters_ends_a_list_that_has_none_but_such() -> None:
    listed = "".join(f"▪ {mission}\n" for mission in SMALL)
    text = f"desa sukamaju\n\nvisi\ndesa yang asri\n\nmisi\n{listed}\ngaleri\n▪ kebun\n▪ sawah\n"
    assert missions_of(text) == SMALL


def test_a_card_is_its_title_and_its_sentence() -> None:
    text = "Misi\n1\nKota Pintar\nMenambah sekolah.\n2\nDesa Maju\nMembangun jalan.\n"
    expected = ["Kota Pintar Menambah sekolah", "Desa Maju Membangun jalan"]
    assert missions_of(VISION_SECTION + text) == expected


def test_missions_may_be_plain_nouns_and_programmes_where_they_have_markers() -> None:
    text = "MISI\n1. Ambulans gratis di setiap desa\n2. Program Jalan Mulus\n3. Birokrasi bersih\n"
    assert len(missions_of(VISION_SECTION + text)) == 3


def test_a_bracketed_tag_at_the_end_stays() -> None:
    text = VISION_SECTION + "MISI\n1. Menata kota (Kota Rapi).\n2. Membangun desa; (Desa Maju).\n"
    assert missions_of(text) == ["Menata kota (Kota Rapi)", "Membangun desa; (Desa Maju)"]


def test_misspelt_verbs_open_missions_too() -> None:
    missions = ["Menyelanggarakan layanan prima", "Mewuudkan desa aman", "Menjadikkan warga rukun"]
    assert missions_of(VISION_SECTION + "MISI\n" + "\n".join(missions)) == missions


def test_the_only_mission_may_be_a_quotation() -> None:
    assert missions_of(f"{VISION_SECTION}Misi\n“{MISSIONS[0]}”\n") == [MISSIONS[0]]


def test_missions_may_precede_the_vision() -> None:
    text = MARKED["numbers"].format(*MISSIONS) + VISION_SECTION
    assert missions_of(text) == list(MISSIONS)
    assert plan_of(text).vision is not None


def test_the_printed_marker_is_kept() -> None:
    text = VISION_SECTION + MARKED["enclosed numbers"].format(*MISSIONS)
    assert [mission.marker for mission in plan_of(text).missions] == ["(1)", "(2)", "(3)"]


@pytest.mark.parametrize("marker", ["{}. ", "{}) ", "({}) ", "{} ", "{}.\n", "- ", "• ", ""])
def test_thousands_of_missions_are_all_found(marker: str) -> None:
    items = "".join(f"{marker.format(n)}Membangun desa yang maju\n" for n in range(1, 2001))
    assert len(missions_of(VISION_SECTION + "MISI\n" + items)) == 2000


def test_thousands_of_missions_in_one_line_are_all_found() -> None:
    items = " ".join(f"({n}) Membangun desa;" for n in range(1, 2001))
    assert len(missions_of(f"{VISION_SECTION}Misi : {items}")) == 2000


def test_a_year_at_the_begin_of_a_line_is_no_marker() -> None:
    text = "MISI\n1. Menata kota sejak\n2016. Sejak itu banyak berubah.\n2. Membangun desa\n"
    assert len(missions_of(VISION_SECTION + text)) == 2


ODD = "Suasana kondusif bagi usaha warga"


def test_a_line_among_unmarked_missions_is_one_though_it_begins_otherwise() -> None:
    first, second, third = MISSIONS
    lines = f"{first}\n{second}\n{ODD}\n{third}\nArtikel lainnya\nMenata taman kota bersama\n"
    assert missions_of(f"{VISION_SECTION}MISI\n{lines}") == [first, second, ODD, third]


@pytest.mark.parametrize(
    "odd",
    [f"{ODD}.", "Wali Kota Resmikan Taman", f"\n\n{ODD}", "Pemerintah daerah melayani warga"],
)
def test_a_sentence_a_title_or_a_line_apart_among_them_is_none(odd: str) -> None:
    first, second, third = MISSIONS
    found = missions_of(f"{VISION_SECTION}MISI\n{first}\n{second}\n{odd}\n{third}\n")
    assert found == [first, second]


def test_the_vision_may_be_a_link_to_where_it_comes_from() -> None:
    text = f"## Visi\n\n[“{VISION}”](https://contoh.id/visi)\n\n## Misi\n\n- {MISSIONS[0]}\n"
    assert vision_of(text) == VISION
