"""What a command is about: files and folders that are named, and the user's own plans."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from visidaerah.errors import DatasetError, DocumentError, UsageError
from visidaerah.library import Library, default_folder, printable
from visidaerah.readers import LIMIT
from visidaerah.store import Store

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

STANDARD_INPUT = "-"
SUFFIXES = frozenset(
    f".{name}"
    for name in (
        *("csv", "docx", "htm", "html", "json", "markdown", "md"),
        *("odt", "pdf", "sql", "text", "tsv", "txt"),
    )
)
"""The names by which a folder's files are taken for documents."""


def library_of(options: argparse.Namespace) -> Library:
    """Return the user's data folder: the one that is named, or the usual one."""
    return Library(options.data or default_folder())


def own_graphs(options: argparse.Namespace) -> list[Path]:
    """Return the graphs of the user's own plans.

    Raises UsageError where the folder that is named is none.
    """
    return existing_library(options).graphs()


def existing_library(options: argparse.Namespace) -> Library:
    """Return the user's data folder; the usual one need not be there yet.

    Raises UsageError where the folder that is named is none.
    """
    library = library_of(options)
    if library.folder.exists() and not library.folder.is_dir():
        raise UsageError(f"{library.folder} is a file. Name your data folder: --data FOLDER")
    if options.data and not library.folder.exists():
        raise UsageError(
            f"There is no folder {options.data}. Put a plan there: visidaerah add FILE"
            f" --data {options.data}"
        )
    return library


def store_of(options: argparse.Namespace) -> Store:
    """Return the graph to ask: the file that is named, or the shipped plans and the user's own.

    Raises UsageError for a file and a folder at once; DatasetError where one is broken.
    """
    if options.dataset and options.data:
        raise UsageError("--dataset names the whole graph, so it takes no --data. Leave one out.")
    if options.dataset:
        return Store.from_path(options.dataset)
    try:
        return Store.with_own(own_graphs(options), only=options.only)
    except DatasetError as error:
        folder = library_of(options).folder
        raise DatasetError(f"{error} Build it again: visidaerah build --data {folder}") from error


def content_of(file: str) -> bytes:
    """Return the bytes of a file, or of standard input.

    No more is read than a document may have, so that what never ends is refused as well.

    Raises DocumentError where it cannot be read.
    """
    if file == STANDARD_INPUT:
        return sys.stdin.buffer.read(LIMIT + 1)
    try:
        with Path(file).open("rb") as stream:
            return stream.read(LIMIT + 1)
    except IsADirectoryError as error:
        raise DocumentError(f"{name_of(file)} is a folder. Name a file.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise DocumentError(f"{name_of(file)} cannot be read: {reason}.") from error


def name_of(file: str) -> str:
    """Return what to call a file, or standard input."""
    return "standard input" if file == STANDARD_INPUT else printable(file)


def documents_in(named: Iterable[str], library: Library) -> Iterator[str]:
    """Yield the files that are named, and those of folders in order, the library's own left out.

    Raises UsageError where a folder has none, or a name is empty.
    """
    own = library.folder.resolve()
    for name in named:
        if not name:
            raise UsageError("An empty name is no file. Write . for all documents of this folder.")
        if name == STANDARD_INPUT or not Path(name).is_dir():
            yield name
            continue
        found = [] if Path(name).resolve() == own else sorted(_walked(name, own))
        if not found:
            raise UsageError(f"{name} has no document ({', '.join(sorted(SUFFIXES))}).")
        yield from found


def _walked(folder: str, own: Path) -> Iterator[str]:
    """Yield the documents below a folder; hidden files, and links to folders, are not followed."""
    for parent, folders, files in os.walk(folder):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and (Path(parent) / name).resolve() != own
        ]
        for name in files:
            if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES:
                yield str(Path(parent) / name)
