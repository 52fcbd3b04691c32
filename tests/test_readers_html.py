from __future__ import annotations

import pytest

from source_files import page_of_html
from visidaerah.errors import DocumentError
from visidaerah.readers import HTML, SourceContent, read_source
from visidaerah.readers.html import DEEPEST, LIMIT

PARAGRAPH = "Terwujudnya masyarakat yang maju, adil dan sejahtera di seluruh kota."


def read(content: str, title: str = "") -> SourceContent:
    return read_source(page_of_html(content, title), "visi.html")


def lines(content: str) -> list[str]:
    return [line for line in read(content).text.splitlines() if line]


def place_of(source: SourceContent, words: str) -> str:
    start = source.text.index(words)
    return next(p.value for p in source.places if p.span.start <= start < p.span.end)


def test_headings_and_paragraphs_are_lines_with_blank_ones_between() -> None:
    source = read("<h2>VISI</h2><p>Maju</p><div>satu</div><div>dua</div>")
    assert source.text == "VISI\n\nMaju\n\nsatu\ndua\n"
    assert source.media_type == HTML


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<ol><li>satu<li>dua</ol>", ["1. satu", "2. dua"]),
        ("<ol start=3><li>tiga<li>empat</ol>", ["3. tiga", "4. empat"]),
        ("<ol type=a><li>satu<li>dua</ol>", ["a. satu", "b. dua"]),
        ("<ol type=A><li>satu</ol>", ["A. satu"]),
        ("<ol type=i><li>satu<li>dua<li value=9>akhir</ol>", ["i. satu", "ii. dua", "ix. akhir"]),
        ("<ol type=I start=40><li>satu</ol>", ["XL. satu"]),
        ("<ol type=a start=27><li>satu</ol>", ["aa. satu"]),
        ("<ol type=a start=0><li>satu</ol>", ["0. satu"]),
        ("<ol start=x type=?><li>satu</ol>", ["1. satu"]),
        ("<ul><li>satu<li>dua</ul>", ["- satu", "- dua"]),
        ("<ol><li>1. satu<li>(2) dua</ol>", ["1. satu", "(2) dua"]),
        ("<ul><li>• satu<li>a. dua</ul>", ["• satu", "a. dua"]),
        ("<ol><li><p>satu</p><p>lagi</p><li>dua</ol>", ["1. satu", "lagi", "2. dua"]),
        (
            "<ol><li>satu<ul><li>anak</ul><li>dua<ol><li>x</ol></ol>",
            ["1. satu", "- anak", "2. dua", "1. x"],
        ),
        ("<ol><li></li><li>dua</ol>", ["2. dua"]),
        ("<li>lepas", ["- lepas"]),
    ],
)
def test_items_keep_their_markers(markup: str, expected: list[str]) -> None:
    assert lines(markup) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<tr><td>Maju<td>:<td>artinya unggul", ["Maju | : | artinya unggul"]),
        ("<tr><th>No<th>Misi<tr><td>1<td>Mewujudkan", ["No | Misi", "1 | Mewujudkan"]),
        ("<tr><td>Maju<td>unggul<br>jaya", ["Maju", "unggul", "jaya"]),
        ("<tr><td><ol><li>satu<li>dua</ol>", ["1. satu", "2. dua"]),
        ("<tr><td><table><tr><td>a<td>b</table><td>c", ["a | b | c"]),
        ("<tr><td><td>sendiri", ["sendiri"]),
        ("<tr><td>satu<td><td>tiga", ["satu |  | tiga"]),
        ("<tr><td>satu<td>dua<td>", ["satu | dua |"]),
        ("<tr><td><td>dua<td>tiga", ["dua | tiga"]),
    ],
)
def test_a_table_row_is_a_line_unless_its_cells_hold_more(markup: str, expected: list[str]) -> None:
    assert lines(f"<table>{markup}</table>") == expected


def test_a_break_ends_a_line_and_blanks_collapse() -> None:
    assert (
        read("<p>VISI<br>\n Maju   dan\n\tadil<br/><br>MISI</p>").text
        == "VISI\nMaju dan adil\nMISI\n"
    )


def test_preformatted_lines_stay_lines() -> None:
    assert lines("<pre>VISI\nMaju\n\nMISI</pre>") == ["VISI", "Maju", "MISI"]


def test_entities_and_inline_markup_are_read() -> None:
    markup = (
        "<p>&ldquo;<b>M</b>aju&rdquo;&nbsp;&amp; <q>adil</q> se&shy;jah&#8203;tera &#x2013;</p>"
    )
    assert read(markup).text == "“Maju”\u00a0& “adil” sejahtera –\n"


def test_scripts_styles_and_form_controls_are_no_text() -> None:
    markup = (
        "<style>p{}</style><script>var visi='<p>x</p>'</script><noscript>aktifkan</noscript>"
        "<p>Maju</p><select><option>2021</select><button>Cari</button><textarea>x</textarea>"
        "<template><p>y</p></template><!-- catatan -->"
    )
    assert lines(markup) == ["Maju"]


MENU = "<ul><li><a href=a>Beranda</a><li><a href=b>Profil</a><li><a href=c>Visi dan Misi</a></ul>"


@pytest.mark.parametrize(
    "furniture",
    [
        f"<nav>{MENU}</nav>",
        MENU,
        "<header><h3>Portal Resmi</h3></header>",
        "<footer>Hak cipta 2020</footer>",
        "<aside>Agenda</aside>",
        "<div role=navigation>Beranda</div>",
        '<div class="main-menu">Beranda</div>',
        '<div id="footer-wrapper">Jalan Merdeka 1</div>',
        '<div class="col-3 sidebar">Statistik</div>',
        '<div class="breadcrumb">Beranda / Profil</div>',
        '<section id="comments">Bagus!</section>',
        '<div class="sharedaddy"><h3>Bagikan ini:</h3></div>',
    ],
)
def test_what_is_not_the_main_content_is_left_aside(furniture: str) -> None:
    content = f"<h1>VISI</h1><p>{PARAGRAPH}</p>"
    assert lines(f"{furniture}{content}{furniture}") == ["VISI", PARAGRAPH]


@pytest.mark.parametrize(
    "wrapper",
    [
        "<main>{}</main>",
        "<article>{}</article>",
        '<div role="main">{}</div>',
        '<div class="entry-content">{}</div>',
        '<div id="konten">{}</div>',
    ],
)
def test_an_element_that_holds_most_of_the_text_is_the_main_content(wrapper: str) -> None:
    content = wrapper.format(f"<header><h1>VISI</h1></header><p>{PARAGRAPH}</p>")
    assert lines(f"<p>Selamat datang</p>{content}<p>Jumlah: 5</p>") == ["VISI", PARAGRAPH]


def test_two_articles_of_a_page_are_both_kept() -> None:
    cards = (
        f"<article><h2>VISI</h2>{PARAGRAPH}</article><article><h2>MISI</h2>{PARAGRAPH}</article>"
    )
    assert lines(cards) == ["VISI", PARAGRAPH, "MISI", PARAGRAPH]


@pytest.mark.parametrize("name", ["has-sidebar", "menu-page", "footer"])
def test_a_page_that_is_named_like_a_menu_is_not_dropped_whole(name: str) -> None:
    assert lines(f'<div class="{name}"><p>{PARAGRAPH}</p></div>') == [PARAGRAPH]


def test_missions_that_are_links_are_no_menu() -> None:
    items = "".join(f"<li><a href=#>{PARAGRAPH}</a>" for _ in range(3))
    assert len(lines(f"<ol>{items}</ol>")) == 3


def test_tabs_that_wait_hidden_are_read() -> None:
    tabs = (
        '<div role="tabpanel" style="display:none"><p>VISI</p></div><div hidden><p>MISI</p></div>'
    )
    assert lines(tabs) == ["VISI", "MISI"]


@pytest.mark.parametrize(
    "markup",
    [
        '<h5><button data-toggle="collapse">Visi</button></h5><div class="collapse">{p}</div>',
        "<h2><button>Visi</button></h2><div>{p}</div>",
        '<button class="accordion">Visi</button><div class="panel" style="display:none">{p}</div>',
        '<button aria-expanded="false">Visi</button><div hidden>{p}</div>',
        "<details><summary>Visi</summary>{p}</details>",
        '<ul class="nav nav-tabs"><li><a href="#v">Visi</a></li><li><a href="#m">Misi</a></li></ul>'
        '<div class="tab-pane" id="v">{p}</div>',
        '<a role="tab" href="#v">Visi</a><div role="tabpanel" id="v">{p}</div>',
        '<button data-bs-toggle="tab" data-bs-target="#v">Visi</button>'
        '<div class="tab-pane fade" id="v">{p}</div>',
        '<button class="tablinks" onclick="openTab(event, \'v\')">Visi</button>'
        '<div id="v" class="tabcontent">{p}</div>',
    ],
)
def test_what_unfolds_is_read_below_its_heading(markup: str) -> None:
    assert lines(markup.replace("{p}", f"<p>{PARAGRAPH}</p>")) == ["Visi", PARAGRAPH]


def test_a_link_to_a_tab_that_is_not_there_and_a_button_of_a_form_are_no_headings() -> None:
    content = f'<p><a href="#x">Visi</a></p><button>Kirim</button><p>{PARAGRAPH}</p>'
    assert lines(content) == ["Visi", PARAGRAPH]
    nameless = '<div id="" class="tab-pane"></div><div id class="tab-pane"></div>'
    assert lines(nameless + content) == ["Visi", PARAGRAPH]
    table = '<table id="x" class="table"><tr><td>Maju</table>'
    assert lines(content + table) == ["Visi", PARAGRAPH, "Maju"]


@pytest.mark.parametrize(
    ("shown", "named"),
    [
        ('<img src="/unggah/visi.jpg?v=2" alt="Visi Misi Kota">', ": visi.jpg “Visi Misi Kota”."),
        ('<img src="data:image/png;base64,AAAA">', "what they say was not read."),
        ('<iframe src="https://contoh.id/visi?id=1"></iframe>', ": https://contoh.id/visi?id=1."),
        ('<object data="visi.pdf">Pasang penampil</object>', ": visi.pdf."),
    ],
)
def test_a_page_of_pictures_says_so(shown: str, named: str) -> None:
    source = read(f"<main><h1>Visi dan Misi</h1>{shown}</main><footer>Jalan Raya 1</footer>")
    assert "Pasang" not in source.text
    [remark] = source.remarks
    assert "shows pictures or other files, and hardly any text" in remark
    assert remark.endswith(named)


def test_a_page_of_text_with_a_picture_has_no_remark() -> None:
    source = read(f'<main><img src="foto.jpg"><p>{PARAGRAPH * 5}</p></main>')
    assert source.remarks == ()


def test_the_data_of_a_page_that_a_program_makes_are_read_a_value_to_a_line() -> None:
    data = r'{"visi": "Kota maju \u201cjaya\u201d", "misi": ["Menata", "Membangun"]}'
    source = read(
        f'<div id="root"></div><script src="app.js"></script>'
        f'<script type="application/json">{data}</script>'
    )
    assert ' "visi": "Kota maju “jaya”",' in source.text.splitlines()
    assert '  "Membangun"' in source.text.splitlines()
    assert "the data that it holds were read" in source.remarks[0]
    assert {place.value for place in source.places} == {"body/script.2"}


def test_data_that_are_broken_are_read_as_they_are() -> None:
    source = read('<script type="application/ld+json">{"visi": "Kota maju",}</script>')
    assert source.text == '{"visi": "Kota maju",}\n'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<frameset><frame src=isi.html></frameset>", "is made of frames. Open the frame"),
        ('<img src="visi.jpg">', "shows pictures without text. Recognise"),
        ('<iframe src="visi.html"></iframe>', "shows another page inside it"),
        ('<div id="app"></div><script src="app.js"></script>', "a program makes it in the browser"),
        ('<script type="application/json">{"menu": 1}</script>', "a program makes it"),
    ],
)
def test_a_page_without_text_is_refused_by_what_it_has_instead(content: str, words: str) -> None:
    with pytest.raises(DocumentError, match=words):
        read_source(f"<!doctype html><html>{content}</html>".encode(), "visi.html")


def test_the_title_stands_first_unless_the_content_repeats_it() -> None:
    titled = read(f"<p>{PARAGRAPH}</p>", title="Visi Misi | Kota\nContoh")
    assert titled.text.startswith("Visi Misi | Kota Contoh\n\nTerwujudnya")
    assert place_of(titled, "Kota Contoh") == "head/title"
    assert read("<h1>Visi Kota Contoh</h1>x", title="Visi Kota Contoh").text.count("Contoh") == 1


def test_each_line_knows_the_element_it_came_from() -> None:
    source = read(
        "<main><h1>VISI</h1><p>Maju</p><ol><li>satu<li>dua<br>lagi</ol>"
        "<table><tr><td>a<td>b<tr><td>c<br>d</table></main>"
    )
    places = {p.value: p.span.of(source.text) for p in source.places}
    assert places == {
        "body/main/h1": "VISI",
        "body/main/p": "Maju",
        "body/main/ol/li": "1. satu",
        "body/main/ol/li.2": "2. dua\nlagi",
        "body/main/table/tbody/tr": "a | b",
        "body/main/table/tbody/tr.2/td": "c\nd",
    }
    assert {p.kind for p in source.places} == {"block"}


def test_mojibake_in_a_page_is_repaired() -> None:
    assert read("<p>â€œMajuâ€\x9d</p>").text == "“Maju”\n"


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1", "iso-8859-2", "utf-16"])
def test_the_declared_encoding_is_used(charset: str) -> None:
    python = {"iso-8859-1": "cp1252"}.get(charset, charset)
    markup = f'<html><head><meta charset="{charset}"></head><p>“Maju”</p>'
    if charset == "iso-8859-2":
        markup = markup.replace("“Maju”", "Łódź")
    text = read_source(markup.encode(python), "visi.html").text
    assert text in {"“Maju”\n", "Łódź\n"}


@pytest.mark.parametrize(
    "declaration",
    ["", '<meta charset="klingon">', '<meta charset="hex">', '<meta charset="iso-8859-1">'],
)
def test_a_page_that_is_utf8_is_read_as_such_whatever_it_declares(declaration: str) -> None:
    content = f"<html><head>{declaration}</head><p>“Maju”</p>".encode()
    assert read_source(content, "x").text == "“Maju”\n"


def test_an_unknown_or_missing_declaration_leaves_the_guess() -> None:
    source = read_source('<html><meta charset="hex"><p>“Maju” dan adil'.encode("cp1252"), "x")
    assert source.text == "“Maju” dan adil\n"
    assert source.remarks == ("The text is not UTF-8; it was read as cp1252.",)


@pytest.mark.parametrize(
    "content",
    [b"<!DOCTYPE html><p>Visi", b"\xef\xbb\xbf <html><p>Visi", b"<!-- x --><HTML><p>Visi"],
)
def test_a_page_is_known_by_its_content(content: bytes) -> None:
    assert read_source(content, "unduhan").media_type == HTML
    assert read_source(content, "unduhan.pdf").media_type == HTML


def test_a_fragment_is_known_by_its_name() -> None:
    assert read_source(b"<p>Visi</p>", "visi.htm").text == "Visi\n"
    assert read_source(b"<p>Visi</p>", "visi").text == "<p>Visi</p>"


@pytest.mark.parametrize(
    "content",
    ["", "<script>render()</script><div id=root></div>", f"<nav>{MENU}</nav>", "<p>&nbsp;</p>"],
)
def test_a_page_without_content_is_refused(content: str) -> None:
    with pytest.raises(DocumentError, match=r"visi\.html holds no text besides menus.*PDF"):
        read(content)


def test_a_page_beyond_the_limit_is_refused_with_the_limit() -> None:
    with pytest.raises(DocumentError, match=r"has 10 MB; the limit of HTML is 10 MB"):
        read("x" * (LIMIT + 1))


@pytest.mark.parametrize("tag", ["div", "b", "blockquote"])
def test_elements_nested_without_end_are_refused(tag: str) -> None:
    with pytest.raises(DocumentError, match=rf"nests more than {DEEPEST} elements"):
        read(f"<{tag}>" * 200_000)


def test_deep_but_plausible_nesting_is_read() -> None:
    source = read("<div>" * 400 + "Maju" + "</div>" * 400)
    assert source.text == "Maju\n"
    assert len(source.places[0].value) < 1000


@pytest.mark.parametrize(
    ("markup", "count"),
    [
        ("<p>Maju" * 20_000, 20_000),
        ("<ul>" + "<li>Maju" * 20_000, 20_000),
        ("<table>" + "<tr><td>Maju<td>adil" * 10_000, 10_000),
        ("<p " + "a='1' " * 50_000 + ">Maju", 1),
        ("<p>" + "maju " * 200_000, 1),
        ("</div>" * 50_000 + "Maju", 1),
        (f"<button onclick='{'(' * 200_000}'>x</button><div id=v class=tab-pane><p>Maju</div>", 1),
        ("<a><p>Maju dan adil dan makmur dan sejahtera dan sentosa</a>" * 500, 500),
    ],
    ids=["paragraphs", "items", "rows", "attributes", "line", "closings", "call", "misnested"],
)
def test_sloppy_and_huge_pages_are_read(markup: str, count: int) -> None:
    assert len(lines(markup)) == count
