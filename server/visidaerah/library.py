"""A library: a data folder of the user's own, in which documents and their graphs are whole.

::

    FOLDER/
    ├── documents/SLUG/   document.toml, text.txt; source.json and original.EXT where the text is
    │                     not the file itself; names.toml where names are not in the text's order;
    │                     what else a person puts there stays
    ├── graph/SLUG.trig   built from them
    └── removed/SLUG.toml what the statements of a removed document were called

One process at a time changes it; a change that was cut off is undone by the next.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from visidaerah import assets, names
from visidaerah.documents import decode, read_bytes, read_metadata, write_record
from visidaerah.errors import DocumentError, UsageError, VisidaerahError
from visidaerah.locks import locked, uninterrupted
from visidaerah.naming import Naming, read_naming, write_naming

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from visidaerah.documents import Document, Metadata

VARIABLE = "VISIDAERAH_DATA"
FOLDER = "visidaerah-data"
OWN_FILES = ("document.toml", "text.txt", "source.json", "names.toml")
ORIGINAL = "original"
STAGING = ".adding-"


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

    @property
    def digest(self) -> str:
        """Return the sha256 of the file that it was read from."""
        source = self.document.source
        return source.sha256 if source else self.document.sha256

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the names and contents of the files of its folder."""
        yield "document.toml", written_metadata(self.document.metadata)
        yield "text.txt", self.document.text.encode()
        if self.document.source:
            yield "source.json", write_record(self.document.source)
            if self.original is not None:
                suffix = Path(self.document.source.name).suffix.lower()
                yield ORIGINAL + suffix, self.original
        if self.document.naming:
            yield "names.toml", write_naming(self.document.naming)


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

    @property
    def option(self) -> str:
        """Return what a command must be told of this folder, with a blank before it."""
        return "" if self.folder == default_folder() else f" --data {shlex.quote(str(self.folder))}"

    def lacks(self, slug: str) -> UsageError:
        """Return the error that there is no document of this name."""
        return UsageError(
            f"{self.folder} has no {slug!r}. List what it has: visidaerah plans{self.option}"
        )

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

    def text(self, slug: str) -> str | None:
        """Return the text of a document, None where there is none of this name.

        Raises DocumentError where it cannot be read.
        """
        path = self.document(slug) / "text.txt"
        return decode(read_bytes(path), str(path)) if path.is_file() else None

    def naming(self, slug: str) -> Naming:
        """Return what the statements of a document were called, where that is not their order.

        Raises DocumentError where its `names.toml` is broken.
        """
        path = self.document(slug) / "names.toml"
        return read_naming(read_bytes(path), str(path)) if path.is_file() else Naming()

    def names_left(self, slug: str) -> Naming:
        """Return what the statements of a document were called that was removed.

        Raises DocumentError where the file that tells it is broken.
        """
        path = self._left(slug)
        return read_naming(read_bytes(path), str(path)) if path.is_file() else Naming()

    def _left(self, slug: str) -> Path:
        return self.folder / "removed" / f"{slug}.toml"

    def address(self, file: str) -> str:
        """Return where a file is as seen from this folder, so that both may be moved together."""
        folder, name = os.path.split(os.path.abspath(file))  # noqa: PTH100 (a link is its own file)
        place = str(Path(folder).resolve() / name)
        with suppress(ValueError):  # another drive
            place = os.path.relpath(place, self.folder.resolve())
        return printable(place)

    def origin(self, slug: str) -> str:
        """Return where the file of a document was, as seen from here; empty if unknown."""
        metadata = self.metadata(slug)
        if metadata is None or metadata.file is None:
            return ""
        place = str(self.folder / metadata.file)
        with suppress(ValueError):  # another drive
            place = os.path.relpath(place)
        return place

    def by_file(self) -> dict[str, list[str]]:
        """Return the names of the documents by the address of the file that they were added from.

        One whose `document.toml` is broken is passed over.
        """
        found: dict[str, list[str]] = {}
        for slug in self.slugs():
            with suppress(VisidaerahError):
                metadata = self.metadata(slug)
                if metadata and metadata.file:
                    found.setdefault(metadata.file, []).append(slug)
        return found

    def by_digest(self) -> dict[str, str]:
        """Return the names of the documents by the sha256 of the files that were added."""
        found = ((self.digest(slug), slug) for slug in self.slugs())
        return {digest: slug for digest, slug in found if digest}

    def digest(self, slug: str) -> str:
        """Return the sha256 of the file that was added, empty where it is not known.

        It is that of the text, unless another is recorded.
        """
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

    def put(self, entry: Entry, *, over: str | None = None) -> None:
        """Keep a document with its graph, whole or not at all, in place of the one of its name.

        `over` is the digest of the graph that is to be replaced, empty where there should be none;
        None where that does not matter.

        Raises UsageError where the folder cannot be written, or is not the user's; DocumentError
        where another process has put something there meanwhile.
        """
        names.checked_slug(entry.slug)
        self._refuse_package()
        try:
            with self._staging() as staging:
                self._write(entry, staging)
                if over is not None:
                    self._refuse_changed(entry, over)
                with uninterrupted():
                    self._exchange(entry.slug, staging)
                    self._left(entry.slug).unlink(missing_ok=True)
        except OSError as error:
            raise self._unwritable(error) from error

    def _refuse_changed(self, entry: Entry, over: str) -> None:
        if self.graph_digest(entry.slug) != over and not self.holds(entry):
            raise DocumentError(
                f"{entry.slug} was changed by another process meanwhile. Add it again."
            )

    def graph_digest(self, slug: str) -> str:
        """Return the sha256 of the graph of a document, empty where there is none."""
        graph = self.graph(slug)
        return sha256(graph.read_bytes()).hexdigest() if graph.is_file() else ""

    def holds(self, entry: Entry) -> bool:
        """Tell whether the graph of a document is that of the entry."""
        return self.graph_digest(entry.slug) == sha256(entry.graph).hexdigest()

    @contextmanager
    def _staging(self) -> Iterator[Path]:
        """Make a folder beside the others that vanishes with what is left in it."""
        for name in ("documents", "graph"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        with locked(self.folder) as alone:
            if alone:
                self._undo()
            with tempfile.TemporaryDirectory(dir=self.folder, prefix=STAGING) as staging:
                yield Path(staging)

    def _undo(self) -> None:
        """Put back what a process took out that was then killed, and clear what it left."""
        for left in self.folder.glob(f"{STAGING}*"):
            for old in left.glob("old/*"):
                if (left / "graph.trig").exists() and self.has(old.name):
                    self.document(old.name).rename(left / "half")
                if not self.has(old.name):
                    old.rename(self.document(old.name))
            shutil.rmtree(left)

    def _write(self, entry: Entry, staging: Path) -> None:
        new = staging / "new"
        new.mkdir()
        for name, content in entry.files():
            (new / name).write_bytes(content)
        for kept in self._kept(entry.slug):
            copy = shutil.copytree if kept.is_dir() else shutil.copy2
            copy(kept, new / kept.name)
        (staging / "graph.trig").write_bytes(entry.graph)
        (staging / "old").mkdir()

    def _kept(self, slug: str) -> list[Path]:
        """Return what a person put into a document's folder: it stays when the text changes."""
        folder = self.document(slug)
        files = folder.iterdir() if folder.is_dir() else ()
        return [f for f in files if f.name not in OWN_FILES and f.stem != ORIGINAL]

    def _exchange(self, slug: str, staging: Path) -> None:
        """Move the new document and graph in; where that fails, all is as it was."""
        document, new, old = self.document(slug), staging / "new", staging / "old" / slug
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

    def remove(self, slug: str, called: Naming | None = None) -> None:
        """Take a document and its graph out; what its statements were `called` is left.

        Raises UsageError where there is none of this name, or the folder cannot be written.
        """
        names.checked_slug(slug)
        if not (self.has(slug) or self.graph(slug).exists()):
            raise self.lacks(slug)
        self._refuse_package()
        try:
            with self._staging() as staging, uninterrupted():
                self._leave(slug, called)
                self.graph(slug).unlink(missing_ok=True)
                if os.path.lexists(self.document(slug)):
                    self.document(slug).rename(staging / "new")
        except OSError as error:
            raise self._unwritable(error) from error

    def _leave(self, slug: str, called: Naming | None) -> None:
        left = self._left(slug)
        left.unlink(missing_ok=True)
        if called:
            left.parent.mkdir(exist_ok=True)
            left.write_bytes(write_naming(called))

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


def printable(name: str) -> str:
    """Return a file's name as it can be shown and stored: odd bytes and controls are escaped."""
    text = os.fsencode(name).decode(errors="backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
