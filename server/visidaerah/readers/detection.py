"""What kind of file bytes are: by their content first, by the file's name second."""

from __future__ import annotations

import re
from pathlib import PurePath

from visidaerah.errors import DocumentError
from visidaerah.readers.model import DOCX, HTML, MARKDOWN, PDF, TEXT

_HEAD = 1024
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The stream of an encrypted Office file ([MS-OFFCRYPTO] 2.3.4.4), as its directory spells it.
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_IMAGE = ("is an image", "Recognise its text first (OCR) and save that as a PDF or text file.")
_ARCHIVE = ("is an archive", "Unpack it and name the file inside.")
_REFUSED: tuple[tuple[bytes, tuple[str, str]], ...] = (
    (b"\x89PNG\r\n\x1a\n", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF8", _IMAGE),
    (b"II*\x00", _IMAGE),
    (b"MM\x00*", _IMAGE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"Rar!\x1a\x07", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"{\\rtf", ("is RTF", "Save it as DOCX and try again.")),
)
_BY_NAME: dict[str, str] = {
    ".htm": HTML,
    ".html": HTML,
    ".xhtml": HTML,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
}
# In a file that is called a text, tags are a part of the text, and offsets refer to it as it is.
_TEXT_NAMES = frozenset({".csv", ".json", ".log", ".php", ".sql", ".text", ".tsv", ".txt"})
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,800}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def media_type_of(content: bytes, name: str) -> str:
    """Return the media type of a file's bytes.

    Raises DocumentError for what is known and cannot be read: images, archives, older Word files.
    """
    head = content[:_HEAD]
    if b"%PDF-" in head:
        return PDF
    if head.startswith(_ZIP):
        return DOCX
    if head.startswith(_OLE):
        raise DocumentError(_ole_sentence(content, name))
    for magic, (kind, remedy) in _REFUSED:
        if head.startswith(magic):
            raise DocumentError(f"{name} {kind}. {remedy}")
    return _text_type(head, PurePath(name).suffix.lower())


def _ole_sentence(content: bytes, name: str) -> str:
    if _ENCRYPTED_STREAM in content:
        return f"{name} is encrypted. Remove its password in Word and try again."
    return f"{name} is in the format of Word before 2007. Save it as DOCX and try again."


def _text_type(head: bytes, suffix: str) -> str:
    if suffix in _BY_NAME:
        return _BY_NAME[suffix]
    return HTML if suffix not in _TEXT_NAMES and _MARKUP.match(head) else TEXT
