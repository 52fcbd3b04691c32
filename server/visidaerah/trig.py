"""TriG laid out for people who read it, and its diffs: one value a line, a gap between subjects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, serialize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Quad

# The writer keeps a statement's parts on one line and escapes line ends in literals, so a line can
# be laid out by itself; of its tokens only strings can hold what looks like another token.
_STRING_OR_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")| , ')
_STRING_OR_NETWORK_PATH = re.compile(r'("(?:[^"\\]|\\.)*")|<//')
INDENT = "    "


def write_trig(quads: Iterable[Quad], prefixes: Mapping[str, str], base: str) -> bytes:
    """Write quads as TriG in the order given, relative to a base; the same quads, the same bytes.

    The prefixes stand in their own order; an address on another host is written in full, though
    relative to an https base it could lose its scheme.
    """
    written = serialize(quads, format=RdfFormat.TRIG, prefixes=dict(prefixes), base_iri=base)
    lines = (written or b"").decode().rstrip("\n").split("\n")
    head = sorted(line for line in lines if line.startswith("@"))
    body = (line for line in lines if not line.startswith("@"))
    return "\n".join((*head, *_laid_out(body), "")).encode()


def _laid_out(lines: Iterable[str]) -> Iterator[str]:
    before = ""
    for line in lines:
        depth = len(line) - len(line.lstrip("\t"))
        if (depth == 1 and before.endswith(" .")) or (not depth and line != "}"):
            yield ""
        yield from _values(INDENT * depth, _in_full(line[depth:]))
        before = line


def _in_full(line: str) -> str:
    if "<//" not in line:
        return line
    return _STRING_OR_NETWORK_PATH.sub(lambda found: found[1] or "<https://", line)


def _values(indent: str, line: str) -> Iterator[str]:
    """Yield a line, its values each on a line of their own where there are several."""
    if " , " not in line:
        yield indent + line
        return
    parts = _STRING_OR_COMMA.sub(lambda found: found[1] or " ,\n", line).split("\n")
    yield indent + parts[0]
    yield from (indent + INDENT + part for part in parts[1:])
