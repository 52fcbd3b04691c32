"""A document: a folder or a file becomes metadata and the text that all offsets refer to."""

from __future__ import annotations

import json
import tomllib
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, get_args

from pyoxigraph import Literal, NamedNode

from visidaerah.errors import DocumentError
from visidaerah.naming import Naming, read_naming
from visidaerah.readers import Place, PlaceKind, SourceContent, read_source
from visidaerah.spans import Span

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known of a document besides its text; everything but the title may be unknown.

    `region` is a Ministry of Home Affairs code; it overrules what the text seems to say. `file` is
    where the file is that was added, as seen from the data folder. `curated_by` is the name of who
    made its `curation.ttl`.
    """

    title: str
    language: str = "id"
    region: str | None = None
    publisher: str | None = None
    url: str | None = None
    retrieved: date | None = None
    issued: date | None = None
    file: str | None = None
    curated_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """The file that a text was read from; `places` tell which characters came from where in it.

    `sha256` is of the file's bytes. `remarks` are sentences about what was guessed, repaired or
    left out in reading it.
    """

    name: str
    media_type: str
    sha256: str
    places: tuple[Place, ...] = ()
    remarks: tuple[str, ...] = ()

    def places_of(self, span: Span) -> tuple[Place, ...]:
        """Return the places of a span's characters, each once, in text order."""
        first = bisect_right(self.places, span.start, key=lambda place: place.span.end)
        last = bisect_left(self.places, span.end, key=lambda place: place.span.start)
        named = {(place.kind, place.value): place for place in self.places[first:last]}
        return tuple(named.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A fixed text with its name and metadata.

    A `text` that came as UTF-8 is otherwise untouched: line ends, U+00A0 and a byte order mark
    stay, so that offsets (code points) hold in the file as it is. `sha256` is of the text in UTF-8,
    which then are the file's bytes. `source` is the file that the text was read from where that was
    something else: a PDF, a page, a text in another encoding. `naming` is what its statements were
    called in an earlier text.
    """

    slug: str
    text: str
    sha256: str
    metadata: Metadata = field(default_factory=lambda: Metadata(title=""))
    source: SourceFile | None = None
    naming: Naming = field(default_factory=Naming, hash=False)


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


def from_bytes(
    content: bytes,
    slug: str,
    metadata: Metadata,
    name: str = "the text",
    *,
    repair: bool = False,
) -> Document:
    """Make a document of a file's bytes; a blank file is a document that states nothing.

    `repair` allows mojibake to be made good in a text that is UTF-8, so that offsets no longer
    hold in the file as it is.

    Raises DocumentError where they cannot be read.
    """
    blank = not content.strip()
    read = (
        SourceContent(text=decode(content, name))
        if blank
        else read_source(content, name, repair=repair)
    )
    stored = read.text.encode(errors="replace")
    return Document(
        slug=slug,
        text=stored.decode(),
        sha256=sha256(stored).hexdigest(),
        metadata=metadata,
        source=None if stored == content else _source(content, read, name),
    )


def _source(content: bytes, read: SourceContent, name: str) -> SourceFile:
    return SourceFile(
        name=PurePath(name).name,
        media_type=read.media_type,
        sha256=sha256(content).hexdigest(),
        places=read.places,
        remarks=read.remarks,
    )


def read_file(path: Path, slug: str | None = None, *, repair: bool = False) -> Document:
    """Read a lone file of any format; its slug and title come from its name.

    Raises DocumentError where it cannot be read.
    """
    metadata = Metadata(title=path.stem)
    return from_bytes(read_bytes(path), slug or path.stem, metadata, name=str(path), repair=repair)


def read_folder(folder: Traversable) -> Document:
    """Read `document.toml`, `text.txt`, and where there are any, `source.json` and `names.toml`.

    The slug is the folder's name.

    Raises DocumentError where one is missing or cannot be understood.
    """
    metadata = read_metadata(read_bytes(folder / "document.toml"), f"{folder}/document.toml")
    content = read_bytes(folder / "text.txt")
    text = decode(content, f"{folder}/text.txt")
    source, named = folder / "source.json", folder / "names.toml"
    return Document(
        slug=folder.name,
        text=text,
        sha256=sha256(content).hexdigest(),
        metadata=metadata,
        source=read_record(read_bytes(source), str(source), len(text))
        if source.is_file()
        else None,
        naming=read_naming(read_bytes(named), str(named)) if named.is_file() else Naming(),
    )


def write_record(source: SourceFile) -> bytes:
    """Write what is kept of the file behind a text: the content of `source.json`."""
    places = [
        {"start": p.span.start, "end": p.span.end, "kind": p.kind, "value": p.value}
        | ({"label": p.label} if p.label else {})
        for p in source.places
    ]
    record = {
        "name": source.name,
        "media_type": source.media_type,
        "sha256": source.sha256,
        "remarks": source.remarks,
        "places": places,
    }
    return json.dumps(record, ensure_ascii=False, indent=1).encode() + b"\n"


def read_record(content: bytes, name: str, length: int) -> SourceFile:
    """Read a `source.json`; `length` is that of the text, which no place leaves.

    Raises DocumentError where it is not what `write_record` writes.
    """
    try:
        record = json.loads(content)
        source = SourceFile(
            name=_text_of(record, "name"),
            media_type=_text_of(record, "media_type"),
            sha256=_text_of(record, "sha256"),
            places=tuple(_place(place, length) for place in record["places"]),
            remarks=tuple(str(remark) for remark in record.get("remarks", ())),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DocumentError(
            f"{name} is not understood ({error!r}). Add the document again."
        ) from error
    return source


def _text_of(record: dict[str, Any], key: str) -> str:
    if not isinstance(record[key], str):
        raise TypeError(f"{key} should be a text")
    return str(record[key])


def _place(record: dict[str, Any], length: int) -> Place:
    span = Span(int(record["start"]), int(record["end"]))
    if span.end > length or record["kind"] not in get_args(PlaceKind):
        raise ValueError(f"{record} is no place of the text")
    value, label = _text_of(record, "value"), str(record.get("label", ""))
    return Place(span=span, kind=record["kind"], value=value, label=label)


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
    _refuse_unwritable(table, name)
    return Metadata(**table)


def _refuse_unwritable(table: dict[str, Any], name: str) -> None:
    """Refuse an address or a language that RDF has no form for.

    Raises DocumentError.
    """
    try:
        NamedNode(table.get("url", "https://example.org/"))
        Literal("", language=table.get("language", "id"))
    except ValueError as error:
        raise DocumentError(
            f"{name}: {error}. Give url as an absolute address (https://…), and language as a"
            ' tag such as "id".'
        ) from error
