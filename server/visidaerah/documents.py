"""A document: a folder or a file becomes metadata and the text that all offsets refer to."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from visidaerah.errors import DocumentError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known of a document besides its text; everything but the title may be unknown.

    `region` is a Ministry of Home Affairs code; it overrules what the text seems to say.
    """

    title: str
    language: str = "id"
    region: str | None = None
    publisher: str | None = None
    url: str | None = None
    retrieved: date | None = None
    issued: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A fixed text with its name and metadata.

    `text` is decoded from UTF-8 and otherwise untouched: line ends, U+00A0 and a byte order mark
    stay, so that offsets (code points) hold in the file as it is. `sha256` is of the file's bytes.
    """

    slug: str
    text: str
    sha256: str
    metadata: Metadata = field(default_factory=lambda: Metadata(title=""))


def decode(content: bytes, name: str) -> str:
    """Return the text of a file's bytes.

    Raises DocumentError where they are not UTF-8.
    """
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{name} is not UTF-8 (byte {error.start} is 0x{content[error.start]:02x}). "
            "Save it as UTF-8 and try again."
        ) from error


def read_bytes(path: Path | Traversable) -> bytes:
    """Return the bytes of a file.

    Raises DocumentError where it cannot be read.
    """
    try:
        return path.read_bytes()
    except IsADirectoryError as error:
        raise DocumentError(f"{path} is a folder. Name a text file.") from error
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror}.") from error


def from_bytes(content: bytes, slug: str, metadata: Metadata, name: str = "the text") -> Document:
    """Make a document of a file's bytes.

    Raises DocumentError where they are not UTF-8.
    """
    return Document(
        slug=slug,
        text=decode(content, name),
        sha256=sha256(content).hexdigest(),
        metadata=metadata,
    )


def read_file(path: Path, slug: str | None = None) -> Document:
    """Read a lone text file; its slug and title come from its name.

    Raises DocumentError where it cannot be read or is not UTF-8.
    """
    return from_bytes(
        read_bytes(path), slug or path.stem, Metadata(title=path.stem), name=str(path)
    )


def read_folder(folder: Traversable) -> Document:
    """Read `document.toml` and `text.txt`; the slug is the folder's name.

    Raises DocumentError where one is missing or cannot be understood.
    """
    metadata = read_metadata(read_bytes(folder / "document.toml"), f"{folder}/document.toml")
    content = read_bytes(folder / "text.txt")
    return from_bytes(content, folder.name, metadata, name=f"{folder}/text.txt")


def read_metadata(content: bytes, name: str) -> Metadata:
    """Read the metadata of a `document.toml`.

    Raises DocumentError for broken TOML, an unknown key, or a value of the wrong type.
    """
    try:
        table: dict[str, Any] = tomllib.loads(decode(content, name))
    except tomllib.TOMLDecodeError as error:
        raise DocumentError(f"{name} is not TOML: {error}") from error
    fields = Metadata.__dataclass_fields__
    for key, value in table.items():
        if key not in fields:
            raise DocumentError(f"{name} has an unknown key {key!r}. Known: {', '.join(fields)}.")
        wanted = date if key in {"retrieved", "issued"} else str
        if not isinstance(value, wanted):
            raise DocumentError(f"{name}: {key} should be a {wanted.__name__}, not {value!r}.")
    if not table.get("title"):
        raise DocumentError(f'{name} has no title. Add a line: title = "…"')
    return Metadata(**table)
