"""A library: a data folder of the user's own, in which documents and their graphs are whole.

::

    FOLDER/
    ├── documents/SLUG/   document.toml, text.txt, source.json, and original.EXT where the text
    │                     is not the file itself; what else a person puts there stays
    └── graph/SLUG.trig   built from them
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import tempfile
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from visidaerah import assets, names
from visidaerah.documents import read_bytes, read_metadata, write_record
from visidaerah.errors import DocumentError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from visidaerah.documents import Document, Metadata

VARIABLE = "VISIDAERAH_DATA"
FOLDER = "visidaerah-data"
OWN_FILES = ("document.toml", "text.txt", "source.json")
ORIGINAL = "original"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A document as it is kept, with the graph built from it (TriG).

    `original` are the bytes of the file it was read from, None where they are the text's.
    """

    document: Document
    graph: bytes
    original: bytes | None = None

    @property
    def slug(self) -> str:
        """Return the name of the document."""
        return self.document.slug

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the names and contents of the files of its folder."""
        yield "document.toml", written_metadata(self.document.metadata)
        yield "text.txt", self.document.text.encode()
        if self.document.source:
            yield "source.json", write_record(self.document.source)
            if self.original is not None:
                suffix = Path(self.document.source.name).suffix.lower()
                yield ORIGINAL + suffix, self.original


def default_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder that VISIDAERAH_DATA names, or `visidaerah-data` where the user is."""
    return Path(environment.get(VARIABLE) or FOLDER).expanduser()


@dataclass(frozen=True, slots=True)
class Library:
    """The documents of a folder, which need not exist before the first is put there."""

    folder: Path

    def slugs(self) -> list[str]:
        """Return the names of its documents, in order."""
        documents = self.folder / "documents"
        if not documents.is_dir():
            return []
        found = (entry.name for entry in documents.iterdir() if (entry / "text.txt").is_file())
        return sorted(name for name in found if names.SLUG.fullmatch(name))

    def has(self, slug: str) -> bool:
        """Tell whether there is a document of this name, whole or not."""
        return os.path.lexists(self.document(slug))

    def document(self, slug: str) -> Path:
        """Return the folder of a document."""
        return self.folder / "documents" / slug

    def graph(self, slug: str) -> Path:
        """Return the graph of a document."""
        return self.folder / "graph" / f"{slug}.trig"

    def metadata(self, slug: str) -> Metadata | None:
        """Return what is known of a document, None where there is none of this name.

        Raises DocumentError where its `document.toml` is broken.
        """
        path = self.document(slug) / "document.toml"
        return read_metadata(read_bytes(path), str(path)) if path.is_file() else None

    def by_digest(self) -> dict[str, str]:
        """Return the names of the documents by the sha256 of the files that were added."""
        found = ((self._digest(slug), slug) for slug in self.slugs())
        return {digest: slug for digest, slug in found if digest}

    def _digest(self, slug: str) -> str:
        """Return the sha256 of the file that was added: of the text, unless it is recorded."""
        record = self.document(slug) / "source.json"
        try:
            if record.is_file():
                return str(json.loads(record.read_bytes())["sha256"])
            return self._text_digest(slug)
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def is_built(self, slug: str) -> bool:
        """Tell whether the graph of a document is there, and is of the text that is there."""
        try:
            return self._text_digest(slug).encode() in self.graph(slug).read_bytes()
        except OSError:
            return False

    def _text_digest(self, slug: str) -> str:
        return sha256((self.document(slug) / "text.txt").read_bytes()).hexdigest()

    def put(self, entry: Entry) -> None:
        """Keep a document with its graph, whole or not at all, in place of the one of its name.

        Raises UsageError where the folder cannot be written, or is not the user's.
        """
        names.checked_slug(entry.slug)
        self._refuse_package()
        try:
            with self._staging() as staging:
                self._write(entry, staging)
                with uninterrupted():
                    self._exchange(entry.slug, staging)
        except OSError as error:
            raise self._unwritable(error) from error

    @contextmanager
    def _staging(self) -> Iterator[Path]:
        """Make a folder beside the others that vanishes with what is left in it."""
        for name in ("documents", "graph"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.folder, prefix=".adding-") as staging:
            yield Path(staging)

    def _write(self, entry: Entry, staging: Path) -> None:
        new = staging / "new"
        new.mkdir()
        for name, content in entry.files():
            (new / name).write_bytes(content)
        for kept in self._kept(entry.slug):
            copy = shutil.copytree if kept.is_dir() else shutil.copy2
            copy(kept, new / kept.name)
        (staging / "graph.trig").write_bytes(entry.graph)

    def _kept(self, slug: str) -> list[Path]:
        """Return what a person put into a document's folder: it stays when the text changes."""
        folder = self.document(slug)
        files = folder.iterdir() if folder.is_dir() else ()
        return [f for f in files if f.name not in OWN_FILES and f.stem != ORIGINAL]

    def _exchange(self, slug: str, staging: Path) -> None:
        """Move the new document and graph in; where that fails, all is as it was."""
        document, new, old = self.document(slug), staging / "new", staging / "old"
        if self.has(slug):
            document.rename(old)
        try:
            new.rename(document)
            (staging / "graph.trig").replace(self.graph(slug))
        except OSError:
            if not new.exists():
                document.rename(new)
            if os.path.lexists(old):
                old.rename(document)
            raise

    def remove(self, slug: str) -> None:
        """Take a document and its graph out.

        Raises UsageError where there is none of this name, or the folder cannot be written.
        """
        names.checked_slug(slug)
        if not (self.has(slug) or self.graph(slug).exists()):
            raise UsageError(f"{self.folder} has no {slug!r}. List what it has: visidaerah plans")
        self._refuse_package()
        try:
            with self._staging() as staging, uninterrupted():
                self.graph(slug).unlink(missing_ok=True)
                if os.path.lexists(self.document(slug)):
                    self.document(slug).rename(staging / "old")
        except OSError as error:
            raise self._unwritable(error) from error

    def additions(self, slug: str) -> list[str]:
        """Return the names of the files that a person put into the folder of a document."""
        return sorted(file.name for file in self._kept(slug))

    def graphs(self) -> list[Path]:
        """Return the graphs, in the order of their documents."""
        return sorted((self.folder / "graph").glob("[!.]*.trig"))

    def _refuse_package(self) -> None:
        shipped = Path(str(assets.data())).resolve()
        if self.folder.resolve().is_relative_to(shipped):
            raise UsageError(
                f"{self.folder} belongs to the installed package, which is never written."
                f" Name a folder of your own: --data {FOLDER}"
            )

    def _unwritable(self, error: OSError) -> UsageError:
        return UsageError(
            f"{self.folder} cannot be written: {error.strerror or error}."
            " Choose a folder of your own with room: --data FOLDER"
        )


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait until two things that belong together are both done."""
    mask = getattr(signal, "pthread_sigmask", None)
    before = mask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM}) if mask else None
    try:
        yield
    finally:
        if mask:
            mask(signal.SIG_SETMASK, before)


def written_metadata(metadata: Metadata) -> bytes:
    """Return metadata as the TOML of a `document.toml`.

    A string of JSON is one of TOML (TOML 1.0, String), save that DEL must be escaped in the latter.
    """
    known = ((key, value) for key, value in asdict(metadata).items() if value is not None)
    return "".join(f"{key} = {_toml(value)}\n" for key, value in known).encode()


def _toml(value: object) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value)


def refuse_other_file(library: Library, entry: Entry) -> None:
    """Raise DocumentError where another file's document has the name already."""
    if not library.has(entry.slug):
        return
    name, known = entry.document.metadata.file, library.metadata(entry.slug)
    if known is None or known.file is None or known.file != name:
        origin = f"from {known.file}" if known and known.file else "from another file"
        raise DocumentError(
            f"{name} would be named {entry.slug}, which is there already, {origin}."
            f" Replace that one with --slug {entry.slug}, or choose another name with --slug."
        )
