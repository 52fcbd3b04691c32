"""Adding a document at the command line: what is shown, kept and refused."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest

from own_plans import (
    Capture,
    add,
    folded,
    graph_of,
    kept,
    one_sentence,
    place,  # noqa: F401 (every test works there)
    run,
    text_of,
    write,
)
from source_files import drawn_pdf


def test_what_was_found_is_shown_checked_and_kept(capsys: Capture) -> None:
    file = write("Visi.txt", text_of("Tegal", "Meningkatkan mutu pendidikan", "Membangun jalan"))
    assert run("add", file) == 0
    shown = capsys.readouterr().out
    for expected in (
        "kota-tegal-2025: Visi.txt",
        "Kota Tegal (33.76)",
        "2025–2029",
        "Terwujudnya Kota Tegal yang Sehat dan Cerdas [",
        "2 found",
        "1. Meningkatkan mutu pendidikan [",
        "Pendidikan (",
        "Checks     Sound: nothing wrong.",
    ):
        assert expected in shown
    assert kept() == ["kota-tegal-2025"]
    text = Path("visidaerah-data/documents/kota-tegal-2025/text.txt")
    assert text.read_bytes() == Path(file).read_bytes()


def test_a_region_that_is_not_known_is_a_warning(capsys: Capture) -> None:
    file = write("desa.txt", text_of("Tegal").replace("Kota Tegal", "Desa Antah"))
    write(file, Path(file).read_text(encoding="utf-8").replace("KOTA TEGAL", "DESA ANTAH"))
    assert run("add", file) == 0
    shown = capsys.readouterr().out
    assert "It is the vision of a village" in shown
    assert "Sound: 1 warning." in shown
    assert kept() == ["desa-antah-2025"]


def test_own_plans_stand_beside_the_shipped_ones(capsys: Capture) -> None:
    add(write("a.txt", text_of("Tegal")))
    capsys.readouterr()
    run("query", "which-regions-have-a-plan")
    shown = capsys.readouterr().out
    assert "Kota Tegal" in shown
    assert "Kota Metro" in shown
    run("query", "which-regions-have-a-plan", "--only")
    shown = capsys.readouterr().out
    assert "Kota Tegal" in shown
    assert "Kota Metro" not in shown


def test_one_plan_of_the_folder_is_exported() -> None:
    add(write("a.txt", text_of("Tegal")), "--data", "own")
    assert run("export", "--plan", "kota-tegal-2025", "--data", "own", "-o", "tegal.ttl") == 0
    assert "Meningkatkan mutu pendidikan" in Path("tegal.ttl").read_text(encoding="utf-8")


def test_the_environment_names_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISIDAERAH_DATA", "mine")
    add(write("a.txt", text_of("Tegal")))
    assert kept("mine") == ["kota-tegal-2025"]
    assert not Path("visidaerah-data").exists()


def test_a_plan_of_ones_own_takes_the_place_of_the_shipped_one(capsys: Capture) -> None:
    add(write("a.txt", text_of("Metro", "Menata pasar")), "--slug", "kota-metro")
    capsys.readouterr()
    assert run("query", "what-are-the-missions-of-metro") == 0
    shown = capsys.readouterr().out
    assert "Menata pasar" in shown
    assert "1 row" in shown


def test_what_is_said_of_a_document_is_kept_and_in_its_graph() -> None:
    said = {
        "--title": 'Visi "resmi" \\ Tegal',
        "--url": "https://example.org/visi",
        "--retrieved": "2026-01-31",
        "--publisher": "Bappeda",
        "--region": "33.71",
        "--slug": "tegal-resmi",
    }
    assert (
        add(write("a.txt", text_of("Tegal")), *(part for pair in said.items() for part in pair))
        == 0
    )
    assert kept() == ["tegal-resmi"]
    graph = graph_of("tegal-resmi")
    for expected in ("//example.org/visi", "2026-01-31", "region/33.71", 'Visi \\"resmi\\"'):
        assert expected in graph
    add(write("a.txt", text_of("Tegal", "Menata pasar")), "--slug", "tegal-resmi")
    assert "//example.org/visi" in graph_of("tegal-resmi")
    assert "Menata pasar" in graph_of("tegal-resmi")


def test_a_rebuild_gives_the_same_graph() -> None:
    add(write("a.html", f"<html><body><main><p>{text_of('Tegal')}</p></main></body></html>"))
    slug = kept()[0]
    before = graph_of(slug)
    Path(f"visidaerah-data/graph/{slug}.trig").unlink()
    assert run("build", "--data", "visidaerah-data") == 0
    assert graph_of(slug) == before
    assert Path(f"visidaerah-data/documents/{slug}/original.html").is_file()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("nothing.txt", "Selamat datang di laman kami.", "--yes"),
        ("empty.txt", "", "empty.txt is empty"),
        ("blank.txt", " \n\t", "blank.txt is empty"),
        ("scan.png", b"\x89PNG\r\n\x1a\n", "is an image"),
        ("rubbish.bin", bytes(range(256)) * 40, "is no text"),
        ("broken.docx", b"PK\x03\x04 not a zip", "broken.docx"),
    ],
)
def test_what_gives_no_plan_is_refused_in_one_sentence(
    name: str, content: str | bytes, message: str, capsys: Capture
) -> None:
    assert add(write(name, content)) == 1
    assert message in one_sentence(capsys)
    assert kept() == []


def test_what_states_nothing_is_added_on_demand() -> None:
    assert add(write("Kosong.txt", "Selamat datang."), "--yes") == 0
    assert kept() == ["kosong"]
    assert "vd:Mission" not in graph_of("kosong")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["absent.txt"], "absent.txt cannot be read"),
        (["a.txt", "--region", "99.99"], "no region with the code '99.99'"),
        (["a.txt", "--slug", "Kota Tegal"], "is no slug"),
        (["a.txt", "--slug", ""], "is no slug"),
        (["a.txt", "--title", " "], "The title is empty"),
        (["a.txt", "--region", ""], "no region with the code ''"),
        ([""], "An empty name is no file"),
        (["a.txt", "--url", "visi.html"], "https://"),
        (["a.txt", "b.txt", "--slug", "x"], "of one document"),
        (["a.txt", "--data", "a.txt"], "a.txt cannot be written"),
        (["hollow"], "hollow has no document"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_with_the_remedy(
    arguments: list[str], message: str, capsys: Capture
) -> None:
    write("a.txt", text_of("Tegal"))
    write("b.txt", text_of("Blitar"))
    Path("hollow").mkdir()
    assert add(*arguments) in {1, 2}
    assert message in one_sentence(capsys)
    assert kept() == []


@pytest.mark.parametrize(
    "wrong", [["--retrieved", "yesterday"], ["--jobs", "0"], ["--jobs", "many"], ["--data", ""]]
)
def test_a_wrong_call_of_add_ends_with_2(wrong: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as stop:
        add("a.txt", *wrong)
    assert stop.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith(f"visidaerah: argument {wrong[0]}: ")
    assert wrong[1] in told
    assert "usage:" not in told


def test_standard_input_is_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    content = io.TextIOWrapper(io.BytesIO(text_of("Tegal").encode()))
    monkeypatch.setattr(sys, "stdin", content)
    assert add("-") == 0
    assert kept() == ["kota-tegal-2025"]


@pytest.mark.parametrize(
    "name", ["visi\nmisi.txt", "visi\udcff.txt", "Visi “Tegal” (1).txt", "-.txt"]
)
def test_names_of_files_may_be_odd(name: str, capsys: Capture) -> None:
    assert add(write(f"./{name}", text_of("Antahberantah").replace("Kota Antahberantah", ""))) == 0
    assert len(kept()) == 1
    assert run("plans") == 0
    assert len(capsys.readouterr().out.encode().splitlines()) >= 3


def test_a_document_of_word_is_added_with_its_file() -> None:
    body = "".join(
        f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text_of("Tegal").splitlines()
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile("Visi.docx", "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>',
        )
    assert add("Visi.docx") == 0
    assert Path("visidaerah-data/documents/kota-tegal-2025/original.docx").is_file()
    assert "document/kota-tegal-2025/file" in graph_of("kota-tegal-2025")


def test_a_document_of_a_page_is_sound_too(capsys: Capture) -> None:
    page = (
        "<html><body><h1>Visi dan Misi Kota Tegal 2025-2029</h1>"
        "<p>Visi: “Terwujudnya Kota Tegal yang Sehat”</p><h2>Misi</h2>"
        "<ol><li>Meningkatkan mutu pendidikan</li><li>Membangun puskesmas</li></ol></body></html>"
    )
    assert run("add", write("visi.html", page)) == 0
    assert "Sound: nothing wrong." in capsys.readouterr().out


def test_a_name_of_a_shipped_plan_is_told(capsys: Capture) -> None:
    add(write("a.txt", text_of("Metro")), "--slug", "kota-metro")
    told = "kota-metro is also the name of a shipped plan: yours is shown in its place."
    assert told in folded(capsys.readouterr().out)


def test_a_region_that_has_a_namesake_is_asked_about(capsys: Capture) -> None:
    text = text_of("Tegal").replace("KOTA TEGAL", "TEGAL").replace("Kota Tegal", "Tegal Bahari")
    add(write("a.txt", text))
    shown = folded(capsys.readouterr().out)
    assert "Kabupaten Tegal (--region 33.28) or Kota Tegal (--region 33.76)" in shown
    add("a.txt", "--region", "33.76", "--slug", "kota-tegal-2025")
    assert "namesakes" not in capsys.readouterr().out


def test_pages_without_text_are_told_and_told_again(capsys: Capture) -> None:
    stated = text_of("Tegal").splitlines()
    pages = [[(60, 800 - 20 * n, line) for n, line in enumerate(part)] for part in (stated, [])]
    write("visi.pdf", drawn_pdf(*pages).replace("“".encode(), b'"'))
    assert add("visi.pdf") == 0
    assert "A page holds no text and may be a picture: 2." in capsys.readouterr().out
    assert run("plans", *kept()) == 0
    assert "A page holds no text and may be a picture: 2." in capsys.readouterr().out


def test_what_could_not_be_read_is_told_where_nothing_was_found(capsys: Capture) -> None:
    pages = [[(60, 800, "Sambutan dari kepala daerah untuk semua pembaca laman ini")], []]
    assert add(write("visi.pdf", drawn_pdf(*pages))) == 1
    told = one_sentence(capsys)
    assert "visi.pdf states no vision, pillar or mission" in told
    assert "may be a picture: 2." in told


@pytest.mark.parametrize(
    "url",
    ["visi.html", "ftp://example.org/a", "http://", "https://[x", "https://a b/", "javascript:x"],
)
def test_an_address_is_one_of_the_web(url: str, capsys: Capture) -> None:
    assert add(write("a.txt", text_of("Tegal")), "--url", url) == 2
    assert f"{url!r} is no address of the web" in one_sentence(capsys)


def test_the_help_tells_what_the_exit_codes_mean(capsys: Capture) -> None:
    with pytest.raises(SystemExit):
        run("add", "--help")
    assert "The exit code is 0 where all were added and are sound, 1 where" in folded(
        capsys.readouterr().out
    )


def test_a_disk_that_is_full_is_one_sentence(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device", str(self), len(content))

    file = write("a.txt", text_of("Tegal"))
    monkeypatch.setattr(Path, "write_bytes", full)
    assert add(file) == 2
    assert "visidaerah-data cannot be written: No space left on device" in one_sentence(capsys)
    assert kept() == []
