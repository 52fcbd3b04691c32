"""Where a command writes: standard output, or a file that is never left half written."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from visidaerah.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def say(line: str = "") -> None:
    """Print a line to standard output; what would steer a terminal is shown as U+FFFD."""
    sys.stdout.write(_STEERING.sub("\ufffd", line) + "\n")


def tell(line: str) -> None:
    """Print a line to the person at the terminal, apart from the output."""
    sys.stderr.write(_STEERING.sub("\ufffd", line) + "\n")
    sys.stderr.flush()


def write(content: bytes, path: Path | None) -> None:
    """Write to a file, or to standard output where there is none.

    Raises UsageError where the file cannot be written.
    """
    if path is None:
        sys.stdout.buffer.write(content)
        if not content.endswith(b"\n"):
            sys.stdout.buffer.write(b"\n")
        return
    try:
        replace(path, content)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from error


def replace(path: Path, content: bytes) -> None:
    """Put content at a path at once, so that no reader meets a part of it."""
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    partial = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        partial.chmod(mode)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table with aligned columns; cells keep to one line."""
    cells = [[" ".join(cell.split()) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    lines = [_aligned(row, widths) for row in cells]
    return [lines[0], "  ".join("─" * width for width in widths), *lines[1:]]


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
