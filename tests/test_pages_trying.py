"""Trying a text: what it states is shown and marked, nothing of it is kept, and nothing breaks."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from functools import cache
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from html_pages import Page, parsed
from pages_site import BROWSER, shipped, visitor_of
from source_files import drawn_pdf
from visidaerah.limits import Limits
from visidaerah.store import Store
from visidaerah.vocabulary import VD
from visidaerah.web import create_app
from visidaerah.web.pages import trying

if TYPE_CHECKING:
    from pathlib import Path

    from werkzeug.test import TestResponse

VISION = "Terwujudnya Kota Tegal yang Sehat, Cerdas, dan Tangguh"
MISSIONS = (
    "Meningkatkan layanan puskesmas dan gizi anak",
    "Memperluas akses pendidikan dasar yang bermutu",
    "Membangun drainase dan tanggul penahan rob",
)
TEXT = f"""# Visi dan Misi Kota Tegal Tahun 2025–2029

Visi pembangunan Kota Tegal yang ditetapkan dalam RPJMD adalah
**"{VISION}"**.

Untuk mencapai visi tersebut dirumuskan 4 (empat) misi, yaitu:

1. {MISSIONS[0]}
2. {MISSIONS[1]}
3. {MISSIONS[2]}
"""


def send(language: str = "id", accept: str = BROWSER, **form: Any) -> TestResponse:
    headers = {"Accept": accept, "Accept-Language": language}
    return shipped().client.post("/try", data=form, headers=headers)


def tried(language: str = "id", status: int = 200, **form: Any) -> Page:
    response = send(language, **form)
    assert (response.status_code, response.mimetype) == (status, "text/html")
    page = parsed(response.get_data(as_text=True))
    assert page.problems == []
    return page


@cache
def example(language: str = "id") -> Page:
    """Return the page of the example, which is always the same."""
    return tried(language, text=TEXT)


def file(content: bytes | str, name: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content.encode() if isinstance(content, str) else content), name


def marks(page: Page) -> dict[str, str]:
    return {mark["id"]: mark.text for mark in page.all("span", class_="m") if mark["id"]}


def carried(page: Page, title: str) -> bytes:
    """Return a file that the page carries."""
    (link,) = [a for a in page.all("a") if "download" in a.attributes and a.text == title]
    assert link["href"].startswith("data:")
    return base64.b64decode(link["href"].partition(",")[2])


def test_the_form_asks_for_a_text_in_both_languages() -> None:
    for language, title in (("id", "Coba naskah"), ("en", "Try a text")):
        page = shipped().see("/try", language)
        assert page.one("h1").text == title
        form = next(form for form in page.all("form") if form["action"] == "/try")
        assert (form["method"], form["enctype"]) == ("post", "multipart/form-data")
        labelled = {label["for"] for label in page.all("label")}
        assert {"text-field", "file", "region", "as"} <= labelled


def test_a_pasted_text_is_shown_with_its_marks() -> None:
    page = example()
    assert page.one("div", class_="source").text == TEXT
    found = marks(page)
    for words in (VISION, *MISSIONS):
        start = TEXT.index(words)
        assert found[f"char={start},{start + len(words)}"] == words


def test_what_was_read_is_told_in_plain_words_with_sectors_and_evidence() -> None:
    page = example()
    assert "Visi: 1; pokok visi: 0; misi: 3." in page.text
    assert "Kesehatan: karena kata “puskesmas”" in page.text
    assert "2025–2029" in page.text
    sectors = {a["href"] for a in page.all("a") if a["href"].startswith("/page/sector/")}
    assert {"/page/sector/1.01", "/page/sector/1.02"} <= sectors
    english = example("en")
    assert "Health: because of the words “puskesmas”" in english.text


def test_what_to_look_at_is_told_in_both_languages() -> None:
    assert "Jumlah misi menurut naskah 4, yang terbaca 3." in example().text
    assert "By the text the number of missions is 4; 3 were found." in example("en").text
    nothing = tried(text="Selamat pagi, apa kabar?").text
    for doubt in (
        "Tidak ada visi",
        "Tidak ada misi",
        "tidak menyebut daerah",
        "tidak menyebut per",
    ):
        assert doubt in nothing


def test_every_link_of_the_page_leads_somewhere() -> None:
    page = example()
    inner = {a["href"] for a in page.all("a") if a["href"].startswith("#")}
    assert len(inner) > 20
    assert {href for href in inner if href[1:] not in page.ids} == set()
    local = {a["href"].partition("#")[0] for a in page.all("a") if a["href"].startswith("/page/")}
    assert local
    for address in local:
        assert shipped().client.get(address, headers={"Accept": BROWSER}).status_code == 200


def test_the_page_carries_the_graph_and_the_record() -> None:
    page = example()
    graph = ox.Store()
    graph.load(carried(page, "Turtle"), format=ox.RdfFormat.TURTLE)
    assert len(list(graph.quads_for_pattern(None, VD.normalizedText, None))) >= 4
    record = json.loads(carried(page, "JSON"))
    assert record["vision"]["text"] == VISION
    assert [mission["text"] for mission in record["missions"]] == list(MISSIONS)


def test_a_file_can_be_asked_for_instead_of_a_page() -> None:
    turtle = send(text=TEXT, **{"as": "ttl"})
    assert turtle.mimetype == "text/turtle"
    assert turtle.headers["Content-Disposition"] == "attachment; filename=kota-tegal-2025.ttl"
    assert VISION in turtle.get_data(as_text=True)
    record = send(text=TEXT, **{"as": "json"}).get_json()
    assert len(record["missions"]) == 3


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (TEXT, "visi.txt"),
        (TEXT, "visi.md"),
        (f"<!doctype html><html><body><h1>Visi</h1><p>{VISION}</p></body></html>", "visi.html"),
        (
            drawn_pdf([(72, 700, "VISI"), (72, 670, VISION)]),
            "visi.pdf",
        ),
    ],
)
def test_a_file_of_each_format_is_read(content: bytes | str, name: str) -> None:
    page = tried(file=file(content, name))
    assert VISION in page.one("div", class_="source").text
    assert VISION in marks(page).values()


def test_a_file_goes_before_a_pasted_text() -> None:
    page = tried(text="Visi: Kota lain", file=file(TEXT, "a.txt"))
    assert VISION in page.one("div", class_="source").text


def test_the_region_is_taken_from_the_form_where_it_is_said() -> None:
    text = "Visi: Terwujudnya daerah yang maju dan rukun\nMisi:\n1. Membangun jalan"
    for region in ("33.76", "Kota Tegal", "  kota   tegal "):
        page = tried(text=text, region=region)
        assert any(a["href"] == "/page/region/33.76" for a in page.all("a"))
    assert "tidak menyebut daerah" in tried(text=text).text


def test_a_region_that_does_not_exist_is_told_and_the_text_stays_in_the_form() -> None:
    page = tried(status=400, text=TEXT, region="Kota Atlantis")
    assert "Daerah ini tidak dikenal" in page.one("div", role="alert").text
    assert page.one("textarea").text.strip() == TEXT.strip()
    (region,) = [one for one in page.all("input") if one["name"] == "region"]
    assert region["value"] == "Kota Atlantis"


@pytest.mark.parametrize("form", [{}, {"text": " \n "}, {"file": file(b"", "a.pdf")}])
def test_nothing_to_read_is_told(form: dict[str, Any]) -> None:
    assert "Belum ada naskah" in tried(status=400, **form).text


def bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<w>" + b" " * (1 << 28))
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"%PDF-1.7\nnonsense", "rusak.pdf", "Berkas ini rusak."),
        (b"\x89PNG\r\n\x1a\n", "gambar.txt", "Berkas ini gambar."),
        (b"PK\x03\x04nonsense", "arsip.docx", "Berkas ini rusak."),
        (b"\x1f\x8barchive", "arsip.gz", "Berkas ini arsip."),
        (b"{\\rtf1 naskah}", "naskah.rtf", "Jenis berkas ini tidak dapat dibaca."),
        (b"<html><body><script></script></body></html>", "a.html", "Halaman web ini sendiri"),
        (b"\x00\x01\x02\x03" * 99, "a.bin", "Berkas ini bukan teks"),
        (bomb(), "bom.docx", "Berkas ini terlalu panjang."),
    ],
    ids=["broken-pdf", "image", "broken-zip", "archive", "rtf", "empty-page", "bytes", "bomb"],
)
def test_a_file_that_cannot_be_read_says_why_in_the_readers_language(
    content: bytes, name: str, why: str
) -> None:
    told = tried(status=422, file=file(content, name)).one("div", role="alert")
    assert why in told.text
    assert name not in told.text
    english = tried("en", status=422, file=file(content, name)).one("div", role="alert")
    assert name in english.text


@pytest.mark.parametrize(
    ("content", "name", "remark"),
    [
        (TEXT.replace("–", "—é").encode("cp1252"), "a.txt", "Pengodean naskah bukan UTF-8"),
        (TEXT.replace("–", "â€“").encode(), "a.txt", "dikodekan dua kali telah diperbaiki"),
        (b"Daerah,Visi\nA,Sehat\nB,Cerdas\n", "a.csv", "Tabel ini memuat 2 baris"),
    ],
    ids=["encoding", "mojibake", "table"],
)
def test_what_is_remarked_of_a_file_is_in_the_readers_language(
    content: bytes, name: str, remark: str
) -> None:
    page = tried(file=file(content, name))
    assert remark in page.one("div", class_="notice").text
    assert not page.all("li", lang="en")


def test_a_program_is_told_a_problem_as_one() -> None:
    response = send(accept="application/json", file=file(b"%PDF-1.7\nnonsense", "x.pdf"))
    assert response.mimetype == "application/problem+json"
    assert response.get_json()["kind"] == "document-unreadable"


def test_a_text_that_is_too_large_is_told() -> None:
    headers = {"Accept": BROWSER}
    for content_type in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        response = shipped().client.post(
            "/try", data=b"text=" + b"x" * (17 << 20), content_type=content_type, headers=headers
        )
        assert response.status_code == 413
        assert "Naskah ini terlalu besar" in response.get_data(as_text=True)


def test_a_text_that_takes_longer_than_a_query_may_is_told() -> None:
    client = create_app(Store.from_quads([]), limits=Limits(seconds=1)).test_client()
    many = "Visi: Kota yang sehat\nMisi:\n" + "".join(
        f"{number}. Meningkatkan kesehatan dan pendidikan warga\n" for number in range(1, 3000)
    )
    response = client.post("/try", data={"text": many}, headers={"Accept": BROWSER})
    assert response.status_code == 422
    assert "terlalu lama dibaca" in response.get_data(as_text=True)


@pytest.mark.parametrize(("seats", "waiting"), [(0, 1), (0, 0)])
def test_more_texts_at_once_than_there_are_seats_are_asked_to_wait(
    seats: int, waiting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("AT_ONCE", seats), ("WAITING", waiting), ("PATIENCE", 0.01)):
        monkeypatch.setattr(trying, name, value)
    client = create_app(Store.from_quads([])).test_client()
    response = client.post("/try", data={"text": TEXT}, headers={"Accept": BROWSER})
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert "Naskah lain sedang dibaca" in response.get_data(as_text=True)


def test_hostile_names_and_texts_are_inert() -> None:
    hostile = '</textarea><script>alert(1)</script><img src=x onerror="alert(2)">'
    response = send(text=f"Visi: {hostile}\nMisi:\n1. {hostile}", region="")
    html = response.get_data(as_text=True)
    assert "<script>alert" not in html
    assert "<img" not in html
    assert parsed(html).problems == []
    name = "../../etc/<script>alert(3)</script>\r\nX-Evil: 1.pdf"
    answer = send(file=file(b"%PDF-nonsense", name))
    assert "<script>alert" not in answer.get_data(as_text=True)
    assert "X-Evil" not in answer.headers


def test_characters_that_no_page_can_show_stand_as_replacements() -> None:
    page = tried(text="Visi: Kota\x07 maju dan \ufffe rukun")
    assert page.one("div", class_="source").text == "Visi: Kota\ufffd maju dan \ufffd rukun"


def test_what_is_no_text_is_told() -> None:
    page = tried(status=422, file=file(bytes(range(256)) * 20, "biner.txt"))
    assert "bukan teks, PDF, HTML" in page.one("div", role="alert").text


def multipart(name: str, content: bytes) -> tuple[bytes, str]:
    """Return a form with a file as a browser sends it."""
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return head.encode() + content + b"\r\n--x--\r\n", "multipart/form-data; boundary=x"


def test_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    filler = "Bab ini memuat gambaran umum daerah.\n" * 20_000
    data, content_type = multipart("besar.txt", (TEXT + filler).encode())
    headers = {"Accept": BROWSER}
    response = shipped().client.post("/try", data=data, content_type=content_type, headers=headers)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert list(tmp_path.iterdir()) == []
    assert "puskesmas dan gizi anak" not in shipped().see("/search?q=puskesmas").text
    assert shipped().see("/page/plan/kota-tegal-2025", status=404)


def test_a_text_that_states_more_than_a_page_can_show_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(trying, "MOST_STATEMENTS", 100)
    told = tried(status=422, text=TEXT).one("div", role="alert").text
    assert "lebih banyak daripada yang muat" in told
    assert send(text=TEXT, **{"as": "ttl"}).status_code == 200


def test_names_of_what_was_tried_are_not_remembered() -> None:
    text = TEXT.replace("Tegal", "Metro").replace("2025–2029", "2005–2025")
    before = shipped().source("/page/plan/kota-metro")
    tried(text=text)
    assert shipped().source("/page/plan/kota-metro") == before


def test_of_a_long_text_what_is_marked_is_shown_with_the_lines_around_it() -> None:
    filler = "Bab ini memuat gambaran umum daerah.\n" * 3000
    page = tried(text=filler + TEXT + filler)
    shown = page.one("div", class_="source").text
    assert VISION in shown
    assert "sebagian naskah tidak ditampilkan" in shown
    assert len(shown) < 20_000
    start = (filler + TEXT).index(VISION)
    assert marks(page)[f"char={start},{start + len(VISION)}"] == VISION


def test_data_without_sectors_name_them_nevertheless() -> None:
    visitor = visitor_of("<urn:a> <urn:b> <urn:c> .")
    response = visitor.client.post("/try", data={"text": TEXT}, headers={"Accept": BROWSER})
    page = parsed(response.get_data(as_text=True))
    assert "Kesehatan: karena kata “puskesmas”" in page.text
    assert [a["href"] for a in page.all("a") if re.match("/page/(sector|region)", a["href"])] == []


def test_a_scanned_book_of_some_megabytes_is_taken() -> None:
    """Plans are published as PDFs of that size; what is wrong with one is told in words."""
    content = b"%PDF-1.7\n" + b"x" * (12 << 20)
    part = b'Content-Disposition: form-data; name="file"; filename="rpjmd.pdf"'
    response = shipped().client.post(
        "/try",
        data=b"--x\r\n" + part + b"\r\n\r\n" + content + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x",
        headers={"Accept": BROWSER, "Accept-Language": "id"},
    )
    assert response.status_code == 422
    assert "Berkas ini rusak." in response.get_data(as_text=True)
