"""Bytes of a text become characters: the encoding found, mojibake repaired where it is certain.

Encodings other than Unicode's are told apart by charset-normalizer (MIT), mojibake is repaired by
ftfy (Apache-2.0); both wait until a text needs them.
"""

from __future__ import annotations

import codecs
import re

from visidaerah.errors import DocumentError

# Longest first: the mark of UTF-32 begins with that of UTF-16 (The Unicode Standard, 23.8).
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What Indonesian texts come in besides Unicode: from Windows (latin-1 included) and old Macs.
# Without this choice, guesses on short texts are Vietnamese or Urdu.
_LEGACY = ("cp1252", "mac_roman")
_SAMPLE = 20_000
_STRAY = re.compile("[\udc80-\udcff]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROLS = 20
# What "â€œ" and "Â " begin with: UTF-8 that somebody read as windows-1252.
_SUSPICIOUS = re.compile("[ÂÃâð][\x80-\xbfŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™ ]|[ÂÃâð]€|ï[»¿]")
# A closing quotation mark (E2 80 9D) of which only two characters are left: windows-1252 has no
# character at 9D, so programs drop the third.
_LOST_QUOTE = re.compile("â€\x9d?(?=[\\s.,;:!?)]|\\Z)")


def decode_text(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of bytes, and a remark where the encoding had to be guessed.

    What is UTF-8 is decoded and otherwise untouched: byte order mark, line ends and mojibake stay.

    Raises DocumentError where the bytes are no text.
    """
    text, remarks = _decoded(content)
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) * _MOST_CONTROLS > len(sample):
        raise DocumentError(
            f"{name} is no text, PDF, HTML, DOCX or ODT file."
            " Save or print it as one of these and try again."
        )
    return text, remarks


def repair_mojibake(text: str) -> str:
    """Return the text with UTF-8 that was read as windows-1252 made good, where that is certain."""
    if not _SUSPICIOUS.search(text):
        return text
    import ftfy

    lines = _LOST_QUOTE.sub("”", text).splitlines(keepends=True)
    return "".join(ftfy.fix_encoding(ln) if _SUSPICIOUS.search(ln) else ln for ln in lines)


def _decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    if encoding := _marked(content):
        return content.decode(encoding, errors="replace"), (f"The text is encoded in {encoding}.",)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(content)
    encoding = _unmarked_utf16(content)
    return (
        (content.decode(encoding, errors="replace"), (f"The text is {encoding}.",))
        if encoding
        else (text, ())
    )


def _marked(content: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)


def _unmarked_utf16(content: bytes) -> str | None:
    """Return the UTF-16 of a text without byte order mark, known by the zero in most characters."""
    for encoding, zeros in (
        ("utf-16-le", content[1:_SAMPLE:2]),
        ("utf-16-be", content[:_SAMPLE:2]),
    ):
        if zeros and len(content) % 2 == 0 and zeros.count(0) * 10 > len(zeros) * 8:
            return encoding
    return None


def _guessed(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Decode bytes that are not UTF-8, or not wholly."""
    if encoding := _unmarked_utf16(content):
        return content.decode(encoding, errors="replace"), (f"The text is {encoding}.",)
    mostly = content.decode("utf-8", errors="surrogateescape")
    stray = sum(len(found) for found in _STRAY.findall(mostly))
    if sum(character > "\udcff" or "\x7f" < character < "\ud800" for character in mostly) > stray:
        return _STRAY.sub(_as_windows, mostly), (
            f"The text is UTF-8 with {stray} bytes that are not; they were read as windows-1252.",
        )
    encoding = _legacy(content)
    return content.decode(encoding, errors="replace"), (
        f"The text is not UTF-8; it was read as {encoding}.",
    )


def _as_windows(stray: re.Match[str]) -> str:
    return stray[0].encode("utf-8", "surrogateescape").decode("cp1252", errors="replace")


def _legacy(content: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(content, cp_isolation=list(_LEGACY)).best()
    return best.encoding if best else _LEGACY[0]
