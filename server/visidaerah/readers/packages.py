"""Office files: the XML parts of a zip package, unpacked and parsed within limits."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from visidaerah.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

LIMIT = 50 * 1024 * 1024
"""The most bytes that a part may have when it is unpacked."""

# What zipfile raises for damaged files.
_DAMAGED = (
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """An office file that is open; `kind` and `program` are what messages call it and open it."""

    parts: zipfile.ZipFile
    name: str
    kind: str
    program: str

    def part(self, path: str, replaced: tuple[bytes, bytes] | None = None) -> Element | None:
        """Return a part's tree, perhaps with some bytes replaced; None where there is none.

        Raises DocumentError where it cannot be read.
        """
        if path not in self.parts.namelist():
            return None
        if self.parts.getinfo(path).flag_bits & 1:
            raise DocumentError(
                f"{self.name} is encrypted. Save it without a password and try again."
            )
        with self.parts.open(path) as stream:
            content = stream.read(LIMIT + 1)
        if len(content) > LIMIT:
            raise DocumentError(
                f"{self.name} unpacks to more than {LIMIT >> 20} MB of text."
                " Save the chapter with the vision and missions as a file of its own."
            )
        return self._parse(content.replace(*replaced) if replaced else content)

    def _parse(self, content: bytes) -> Element:
        parser = ElementTree.XMLParser(target=_WithoutDoctype())  # noqa: S314 (no document types)
        try:
            return ElementTree.fromstring(content, parser)  # noqa: S314
        except (ElementTree.ParseError, _Doctype, LookupError, ValueError) as error:
            raise DocumentError(_broken(self.name, self.kind, self.program)) from error


@contextmanager
def opened(content: bytes, name: str, kind: str, program: str) -> Iterator[Package]:
    """Open an office file.

    Raises DocumentError where it is no zip file or a damaged one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            yield Package(parts=parts, name=name, kind=kind, program=program)
    except _DAMAGED as error:
        raise DocumentError(_broken(name, kind, program)) from error


def _broken(name: str, kind: str, program: str) -> str:
    return f"{name} is a broken {kind}. Open it in {program}, save it anew and try again."


class _WithoutDoctype(ElementTree.TreeBuilder):
    """Builds a tree, and refuses a document type, by which XML bombs are made.

    Office files have none (ECMA-376-2, 8.1.4).
    """

    def doctype(self, name: str, *_: str | None) -> None:
        raise _Doctype(name)


class _Doctype(Exception):
    """A part declares a document type."""
