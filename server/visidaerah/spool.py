"""Long answers wait for their readers in files without a name, which nobody has to delete."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHUNK = 256 << 10
"""Bytes that are read from a file at once."""


def nameless_file(folder: Path | None = None) -> int:
    """Open a new file without a name in a folder, the usual one for temporary files by default.

    Where the file system knows no such files, or cannot be written, it is one in memory.

    Raises OSError where neither can be had.
    """
    try:
        return os.open(folder or tempfile.gettempdir(), os.O_TMPFILE | os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return os.memfd_create("answer", os.MFD_CLOEXEC)


class Spooled:
    """The body of a long answer in a file; it is read once, in chunks, and then let go.

    `on_close` is called when it is.
    """

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.size = os.fstat(descriptor).st_size
        self.on_close: Callable[[], object] | None = None
        self._place = 0

    def __iter__(self) -> Iterator[bytes]:
        """Return this."""
        return self

    def __next__(self) -> bytes:
        """Return the next chunk."""
        chunk = os.pread(self.descriptor, CHUNK, self._place)
        if not chunk:
            raise StopIteration
        self._place += len(chunk)
        return chunk

    def reader(self) -> BinaryIO:
        """Return a file to read the whole from; it is independent of this one's place."""
        return Path(f"/proc/self/fd/{self.descriptor}").open("rb")

    def whole(self) -> bytes:
        """Return all of it."""
        with self.reader() as file:
            return file.read()

    def close(self) -> None:
        """Let the file go; a second time does nothing."""
        descriptor, self.descriptor = self.descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)
            if self.on_close:
                self.on_close()

    def __del__(self) -> None:
        with suppress(OSError, RuntimeError):
            self.close()
