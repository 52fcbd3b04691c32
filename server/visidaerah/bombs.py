"""Files that would end the process that parses them are refused before they are parsed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat

from visidaerah.errors import DatasetError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import IO

# What has no end goes to the end of the file, so that no byte is looked at from many starts.
JSON_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\Z)|(?P<open>[\[{])|(?P<close>[\]}])', re.DOTALL)
DEEPEST_JSON = 500
"""Brackets inside one another; the engine's parser overflows its stack at some 3,000."""

XML_TAG = re.compile(
    rb"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)|(?P<close></)"
    rb"|(?P<open><[^!?/>\"'\s](?:\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z)|[^>\"'])*+(?:>|\Z))",
    re.DOTALL,
)
DEEPEST_XML = 2_000
"""Elements inside one another; the engine's parser takes their number's square in time."""

ENTITY = re.compile(rb"<!ENTITY\s+(?P<name>[^\s%]+)\s+(?:\"(?P<text>[^\"]*)\"|'(?P<other>[^']*)')")
REFERENCE = re.compile(rb"&(?P<name>[^#;\s]+);")
LONGEST_ENTITY = 1 << 20
"""Bytes that an entity may stand for; those of entities in it count."""


LOOKED_AT = 256 << 20
"""Bytes that a file may have, uncompressed, in a format that has to be looked at."""


def refuse_bomb(stream: IO[bytes], path: Path, rdf_format: RdfFormat) -> None:
    """Raise DatasetError for a file that its parser would not survive."""
    if rdf_format == RdfFormat.JSON_LD:
        refuse_json_bomb(looked_at(stream, path), path)
    elif rdf_format == RdfFormat.RDF_XML:
        refuse_xml_bomb(looked_at(stream, path), path)


def looked_at(stream: IO[bytes], path: Path) -> bytes:
    """Return the content of a file.

    Raises DatasetError where there is more of it than can be looked at.
    """
    content = stream.read(LOOKED_AT)
    if stream.read(1):
        raise DatasetError(
            f"{path} has more than {LOOKED_AT >> 20} MB. Convert it to N-Quads, which may be "
            "of any size."
        )
    return content


def refuse_json_bomb(content: bytes, path: Path) -> None:
    """Raise DatasetError for JSON whose brackets nest too deep."""
    if deepest(JSON_TOKEN, content) > DEEPEST_JSON:
        raise DatasetError(
            f"{path} has more than {DEEPEST_JSON} brackets inside one another. Flatten it, or "
            "convert it to N-Quads elsewhere."
        )


def refuse_xml_bomb(content: bytes, path: Path) -> None:
    """Raise DatasetError for XML whose elements nest too deep, or whose entities grow too long."""
    if deepest(XML_TAG, content) > DEEPEST_XML:
        raise DatasetError(
            f"{path} has more than {DEEPEST_XML:,} elements inside one another. Flatten it."
        )
    found = ENTITY.finditer(content)
    texts = [(one["name"], one["text"] or one["other"] or b"") for one in found]
    if any(length > LONGEST_ENTITY for length in lengths(texts)):
        raise DatasetError(
            f"{path} has an XML entity that stands for more than {LONGEST_ENTITY:,} bytes. "
            "Write out what it means."
        )


def deepest(token: re.Pattern[bytes], content: bytes) -> int:
    """Return how many brackets are inside one another at most."""
    depth = most = 0
    for found in token.finditer(content):
        if found.lastgroup == "close":
            depth -= 1
        elif found.lastgroup == "open" and not found.group().endswith(b"/>"):
            depth += 1
            most = max(most, depth)
    return most


def lengths(texts: Iterable[tuple[bytes, bytes]]) -> Iterator[int]:
    """Yield how long entities are in full; an entity is made of those declared before it.

    One may be declared again; what was made of it before stays as long as it was.
    """
    known: dict[bytes, int] = {}
    for name, text in texts:
        references = [found["name"] for found in REFERENCE.finditer(text)]
        known[name] = len(text) + sum(known.get(one, 0) for one in references)
        yield known[name]
