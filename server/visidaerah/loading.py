"""Files of any size become a release on disk, whole or not at all."""

from __future__ import annotations

import shutil
import time
from hashlib import sha256
from typing import IO, TYPE_CHECKING, Protocol, cast

import pyoxigraph as ox

from visidaerah.answers import QueryRequest
from visidaerah.bombs import refuse_bomb
from visidaerah.errors import DatasetError, UsageError
from visidaerah.marker import MARKER, QUADS, Marker, write_marker
from visidaerah.measures import MEASURES
from visidaerah.sources import COMPRESSED, files_of, format_of, opened, told, uncompressed
from visidaerah.store import Store, StoreOnDisk, merge

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    Tell = Callable[[str], None]


class Hash(Protocol):
    """What takes the bytes of all files."""

    def update(self, piece: bytes, /) -> None:
        """Take some more."""


PAUSE = 5.0
"""Seconds between two lines about one file."""


def load(sources: Sequence[Path], folder: Path, tell: Tell, *, force: bool = False) -> Marker:
    """Load files, and those below folders, into a folder; `tell` is told how far it is.

    A release that is there is replaced once the new one is whole, with `force` only.

    Raises DatasetError where a file cannot be read or is broken, or the folder cannot be written;
    UsageError where the folder holds something else, or a release and there is no `force`.
    """
    folder = folder.resolve()
    refuse_taken_folder(folder, force=force)
    files = [file for source in sources for file in files_of(source)]
    for file in files:
        format_of(file.name.removesuffix(COMPRESSED))
    begun = folder.with_name(f".{folder.name}.loading")
    try:
        shutil.rmtree(begun, ignore_errors=True)
        begun.mkdir(parents=True)
        marker = loaded(files, begun, tell)
        put_in_place(begun, folder)
    except OSError as error:
        raise DatasetError(f"{folder} cannot be written: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(begun, ignore_errors=True)
    return marker


def put_in_place(new: Path, folder: Path) -> None:
    """Give a new folder the name of another, which is removed once that is done.

    Raises OSError where it cannot be done.
    """
    old = folder.with_name(f".{folder.name}.replaced")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def refuse_taken_folder(folder: Path, *, force: bool) -> None:
    """Raise UsageError where a folder may not be replaced."""
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if (folder / MARKER).is_file() and not force:
        raise UsageError(f"{folder} holds a release. Say --force to replace it.")
    if folder.exists() and not (folder / MARKER).is_file():
        raise UsageError(f"{folder} holds something else. Name a new folder, or an empty one.")


def loaded(files: Sequence[Path], folder: Path, tell: Tell) -> Marker:
    """Load files into a new folder.

    Raises DatasetError where one is broken, OSError where the folder cannot be written.
    """
    content = sha256()
    engine = ox.Store(str(folder / QUADS))
    for file in files:
        load_file(engine, file, content, tell)
    tell("Merging the graphs …")
    has_own_default = merge(engine)
    tell("Putting the store in order …")
    engine.optimize()
    engine.flush()
    del engine
    tell("Counting …")
    marker = Marker(
        version=content.hexdigest()[:16],
        engine=f"pyoxigraph {ox.__version__}",
        triples=0,
        has_own_default=has_own_default,
        measured={},
    )
    write_marker(folder, marker)
    return measured(folder, marker)


def measured(folder: Path, marker: Marker) -> Marker:
    """Count what a loaded release has, and write it down.

    Raises OSError where that cannot be done.
    """
    store: Store = StoreOnDisk(folder)
    found = Marker(
        version=marker.version,
        engine=marker.engine,
        triples=sum(1 for _ in store.triples()),
        has_own_default=marker.has_own_default,
        measured={
            query: store.answer(QueryRequest(query=query, formats=("json",))).body.decode()
            for query in MEASURES
        },
    )
    write_marker(folder, found)
    return found


def load_file(engine: ox.Store, file: Path, content: Hash, tell: Tell) -> None:
    """Load a file, and take its bytes into the hash of all.

    Raises DatasetError where it cannot be read or is broken.
    """
    rdf_format = format_of(file.name.removesuffix(COMPRESSED))
    started = time.monotonic()
    try:
        with opened(file) as stream, told(file, rdf_format):
            refuse_bomb(stream, file, rdf_format)
        with file.open("rb") as raw, told(file, rdf_format):
            watched = Watched(raw, file, content, tell)
            engine.bulk_load(
                uncompressed(cast("IO[bytes]", watched), file),
                rdf_format,
                base_iri=file.resolve().as_uri(),
            )
    except OSError as error:
        raise DatasetError(f"{file} cannot be loaded: {error.strerror or error}.") from error
    tell(f"{file}: loaded in {time.monotonic() - started:.1f} s")


class Watched:
    """A file that is read from beginning to end: its bytes are hashed, its progress is told."""

    def __init__(self, raw: IO[bytes], file: Path, content: Hash, tell: Tell) -> None:
        self._raw = raw
        self._file = file
        self._content = content
        self._tell = tell
        self._size = max(file.stat().st_size, 1)
        self._read = 0
        self._told = time.monotonic()

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        piece = self._raw.read(size)
        self._content.update(piece)
        self._read += len(piece)
        if time.monotonic() - self._told > PAUSE:
            self._told = time.monotonic()
            self._tell(f"{self._file}: {self._read / self._size:.0%}")
        return piece
