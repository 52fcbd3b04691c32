"""What kind of file bytes are: by their content first, by the file's name second."""

from __future__ import annotations

import re
from pathlib import PurePath

from visidaerah.errors import DocumentError
from visidaerah.readers.model import CSV, DOCX, HTML, MARKDOWN, ODT, PDF, TEXT

_HEAD = 1024
_ZIP = b"PK\x03\x04"
# The first part of an OpenDocument text, stored as it is (OpenDocument 1.3, part 2, 3.3).
_ODT = b"mimetype" + ODT.encode()
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The stream of an encrypted Office file ([MS-OFFCRYPTO] 2.3.4.4), as its directory spells it.
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_IMAGE = ("is an image", "Recognise its text first (OCR) and save that as a PDF or text file.")
_ARCHIVE = ("is an archive", "Unpack it and name the file inside.")
# What is known and cannot be read: how it begins, as a pattern, and the sentence about it.
_REFUSED: tuple[tuple[re.Pattern[bytes], tuple[str, str]], ...] = tuple(
    (re.compile(pattern, re.DOTALL), sentence)
    for pattern, sentence in (
        (rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*|RIFF.{4}WEBP", _IMAGE),
        (rb"BM.{4}\x00{4}|.{4}ftyp(?:hei[cx]|mif1|avif)|AT&TFORM|.{4}jP  \r\n", _IMAGE),
        (rb"\x1f\x8b|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|BZh[1-9]|\xfd7zXZ\x00", _ARCHIVE),
        (rb"\{\\rtf", ("is RTF", "Save it as DOCX and try again.")),
        (rb"%!PS", ("is PostScript", "Save or print it as a PDF and try again.")),
        (
            rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?Content-Type:\s*multipart/related",
            ("is a web archive (MHTML)", "Save the page as HTML or print it as a PDF."),
        ),
    )
)
_BY_NAME: dict[str, str] = {
    ".csv": CSV,
    ".htm": HTML,
    ".html": HTML,
    ".xhtml": HTML,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".tsv": CSV,
}
# In a file that is called a text, tags are a part of the text, and offsets refer to it as it is.
_TEXT_NAMES = frozenset({".json", ".log", ".php", ".sql", ".text", ".txt"})
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
        return ODT if _ODT in head else DOCX
    if head.startswith(_OLE):
        raise DocumentError(_ole_sentence(content, name))
    for beginning, (kind, remedy) in _REFUSED:
        if beginning.match(head):
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
