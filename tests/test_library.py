"""A data folder of one's own: whole or not at all, and never the package's."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visidaerah import assets
from visidaerah.documents import Document, Metadata, SourceFile, read_folder
from visidaerah.errors import DocumentError, UsageError
from visidaerah.library import (
    STAGING,
    Entry,
    Library,
    default_folder,
    printable,
    written_metadata,
)
from visidaerah.naming import Naming

TEXT = "VISI\nKota yang rukun\n"


def entry(
    text: str = TEXT, slug: str = "kota-contoh", file: str = "visi.txt", *, pdf: bool = False
) -> Entry:
    """Make a document; its graph stands for one, naming the text's digest as graphs do."""
    digest = sha256(text.encode()).hexdigest()
    source = SourceFile(name="Visi.PDF", media_type="application/pdf", sha256="f" * 64)
    return Entry(
        document=Document(
            slug=slug,
            text=text,
            sha256=digest,
            metadata=Metadata(title="Visi", file=file),
            source=source if pdf else None,
        ),
        graph=f'<x> <sha256> "{digest}" .'.encode(),
        original=b"%PDF-1.7 ..." if pdf else None,
    )


def content(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_a_document_is_kept_with_its_metadata_and_graph(tmp_path: Path) -> None:
    library = Library(tmp_path / "own")
    library.put(entry())
    assert set(content(library.folder)) == {
        "documents/kota-contoh/document.toml",
        "documents/kota-contoh/text.txt",
        "graph/kota-contoh.trig",
    }
    assert read_folder(library.document("kota-contoh")) == entry().document
    assert library.slugs() == ["kota-contoh"]
    assert library.is_built("kota-contoh")


def test_the_file_is_kept_where_the_text_is_another(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.put(entry(pdf=True))
    assert (library.document("kota-contoh") / "original.pdf").read_bytes() == b"%PDF-1.7 ..."
    assert read_folder(library.document("kota-contoh")) == entry(pdf=True).document
    assert library.by_digest() == {"f" * 64: "kota-contoh"}


def test_a_document_takes_the_place_of_its_former_self_and_keeps_what_people_added(
    tmp_path: Path,
) -> None:
    library = Library(tmp_path)
    library.put(entry(pdf=True))
    (library.document("kota-contoh") / "curation.ttl").write_text("# mine")
    (library.document("kota-contoh") / "photos").mkdir()
    (library.document("kota-contoh") / "photos" / "page.txt").write_text("a page")
    library.put(entry("VISI\nKota yang maju\n"))
    kept = {Path(name).name for name in content(library.document("kota-contoh"))}
    assert kept == {"document.toml", "text.txt", "curation.ttl", "page.txt"}
    assert library.additions("kota-contoh") == ["curation.ttl", "photos"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_folder_that_cannot_be_written_is_left_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(tmp_path)
    library.put(entry())
    before = content(tmp_path)

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, f"No space left on device ({self} to {target})")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(UsageError, match="No space left on device"):
        library.put(entry("VISI\nKota yang maju\n"))
    assert content(tmp_path) == before
    with pytest.raises(UsageError, match="--data FOLDER"):
        library.put(entry(slug="kota-lain"))
    assert content(tmp_path) == before
    assert library.slugs() == ["kota-contoh"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir(mode=0o500)
    with pytest.raises(UsageError, match="own cannot be written: Permission denied"):
        Library(tmp_path / "own").put(entry())


def test_a_file_is_no_data_folder(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("")
    with pytest.raises(UsageError, match="own cannot be written"):
        Library(tmp_path / "own").put(entry())


def test_the_folder_of_the_package_is_never_written(tmp_path: Path) -> None:
    shipped = Path(str(assets.data()))
    (tmp_path / "link").symlink_to(shipped, target_is_directory=True)
    for folder in (shipped, shipped / "documents", tmp_path / "link"):
        with pytest.raises(UsageError, match="never written"):
            Library(folder).put(entry())
    with pytest.raises(UsageError, match="never written"):
        Library(shipped).remove("kota-metro")
    assert "kota-metro" in Library(shipped).slugs()


@pytest.mark.parametrize("slug", ["../kota", "Kota Contoh", "", "a/b", "kota--contoh", "."])
def test_a_name_that_is_no_slug_is_never_a_path(slug: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no slug"):
        Library(tmp_path / "own").put(entry(slug=slug))
    with pytest.raises(UsageError, match="is no slug"):
        Library(tmp_path / "own").remove(slug)
    assert list(tmp_path.iterdir()) == []


def test_a_document_without_its_graph_is_not_whole(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.put(entry())
    library.graph("kota-contoh").write_bytes(b"# of another text")
    assert not library.is_built("kota-contoh")
    library.graph("kota-contoh").unlink()
    assert not library.is_built("kota-contoh")
    assert library.slugs() == ["kota-contoh"]


def test_removing_takes_document_and_graph(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.put(entry())
    library.put(entry(slug="kota-lain"))
    library.remove("kota-contoh")
    assert library.slugs() == ["kota-lain"]
    assert [path.name for path in library.graphs()] == ["kota-lain.trig"]
    with pytest.raises(UsageError, match="has no 'kota-contoh'"):
        library.remove("kota-contoh")


def test_removing_a_link_leaves_what_it_leads_to(tmp_path: Path) -> None:
    library = Library(tmp_path / "own")
    library.put(entry())
    elsewhere = tmp_path / "elsewhere"
    library.document("kota-contoh").rename(elsewhere)
    library.document("kota-contoh").symlink_to(elsewhere, target_is_directory=True)
    library.remove("kota-contoh")
    assert library.slugs() == []
    assert (elsewhere / "text.txt").read_text() == TEXT


def test_what_is_no_document_is_not_listed(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.put(entry())
    (tmp_path / "documents" / ".hidden").mkdir()
    (tmp_path / "documents" / "empty").mkdir()
    (tmp_path / "documents" / "notes.txt").write_text("")
    (tmp_path / "graph" / ".kota-x.trig").write_text("")
    assert library.slugs() == ["kota-contoh"]
    assert [path.name for path in library.graphs()] == ["kota-contoh.trig"]
    assert Library(tmp_path / "absent").slugs() == []
    assert Library(tmp_path / "absent").graphs() == []


def test_a_file_is_known_by_where_it_is_from_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(tmp_path / "own")
    (tmp_path / "texts").mkdir()
    monkeypatch.chdir(tmp_path / "texts")
    addresses = {
        library.address(name)
        for name in ("a.txt", "./a.txt", "../texts/a.txt", str(Path("a.txt").absolute()))
    }
    assert addresses == {"../texts/a.txt"}
    library.put(entry(file="../texts/a.txt"))
    library.put(entry(slug="kota-lain", file="../texts/b.txt"))
    (library.document("kota-lain") / "document.toml").write_text("broken")
    assert library.by_file() == {"../texts/a.txt": ["kota-contoh"]}


def test_names_of_files_that_cannot_be_shown_stay_apart() -> None:
    assert printable("visi misi “Tegal”.txt") == "visi misi “Tegal”.txt"
    assert printable("a\nb\x1b.txt") == r"a\nb\x1b.txt"
    assert printable("a\udcff.txt") != printable("a\udcfe.txt")


def test_names_of_statements_are_kept_beside_the_text(tmp_path: Path) -> None:
    library = Library(tmp_path)
    naming = Naming(
        wordings={"mission/2": "Menata “pasar”", "mission/1": "a\x7f"}, highest={"pillar": 7}
    )
    library.put(replace(entry(), document=replace(entry().document, naming=naming)))
    assert read_folder(library.document("kota-contoh")).naming == naming
    assert library.naming("kota-contoh") == naming
    library.put(entry())
    assert not (library.document("kota-contoh") / "names.toml").exists()
    assert library.naming("kota-contoh") == Naming()


def test_what_was_changed_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.put(entry(), over="")
    with pytest.raises(DocumentError, match="kota-contoh was changed by another process"):
        library.put(entry("VISI\nKota yang maju\n"), over="")
    assert read_folder(library.document("kota-contoh")).text == TEXT
    library.put(entry("VISI\nKota yang maju\n"), over=library.graph_digest("kota-contoh"))
    assert read_folder(library.document("kota-contoh")).text == "VISI\nKota yang maju\n"


def test_what_a_killed_process_took_out_is_put_back(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.put(entry())
    staging = tmp_path / f"{STAGING}killed"
    (staging / "old").mkdir(parents=True)
    library.document("kota-contoh").rename(staging / "old" / "kota-contoh")
    library.put(entry(slug="kota-lain"))
    assert library.slugs() == ["kota-contoh", "kota-lain"]
    assert library.is_built("kota-contoh")
    assert not staging.exists()


def test_two_processes_change_the_folder_one_after_the_other(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from test_library import entry;"
        "from visidaerah.library import Library;"
        "[Library(Path(sys.argv[1])).put(entry(f'VISI {sys.argv[2]} {n}')) for n in range(40)]"
    )
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path / "own"), name], cwd=Path(__file__).parent
        )
        for name in ("a", "b", "c")
    ]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    library = Library(tmp_path / "own")
    assert library.is_built("kota-contoh")
    assert sorted(path.name for path in library.folder.iterdir()) == ["documents", "graph"]


@given(
    st.builds(
        Metadata,
        title=st.text(min_size=1),
        publisher=st.none() | st.text(),
        file=st.none() | st.text(),
        retrieved=st.none() | st.dates(min_value=date(1000, 1, 1)),
    )
)
@settings(deadline=None)
def test_metadata_survive_their_file(metadata: Metadata) -> None:
    table = tomllib.loads(written_metadata(metadata).decode())
    assert Metadata(**table) == metadata


def test_the_usual_folder_is_where_the_user_is_unless_the_environment_names_one() -> None:
    assert default_folder({}) == Path("visidaerah-data")
    assert default_folder({"VISIDAERAH_DATA": ""}) == Path("visidaerah-data")
    assert default_folder({"VISIDAERAH_DATA": "~/plans"}) == Path.home() / "plans"
