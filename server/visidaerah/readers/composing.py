"""Pieces of text, each of one place, become one text that knows its places."""

from __future__ import annotations

from itertools import dropwhile, groupby
from typing import TYPE_CHECKING

from visidaerah.readers.model import Place
from visidaerah.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from visidaerah.readers.model import Piece


def compose(pieces: Iterable[Piece]) -> tuple[str, tuple[Place, ...]]:
    """Join the pieces that are not empty; the text ends with a line end."""
    parts: list[str] = []
    places: list[Place] = []
    length = 0
    for piece in pieces:
        if not piece.text:
            continue
        text = (piece.separator if parts else "") + piece.text
        begin = length + len(text) - len(piece.text)
        length += len(text)
        parts.append(text)
        span = Span(begin, length)
        places.append(Place(span=span, kind=piece.kind, value=piece.value, label=piece.label))
    return "".join([*parts, "\n"] if parts else []), tuple(_merged(places))


def row_of(cells: Iterable[str]) -> str:
    """Return the line of a table row, its cells between bars.

    Empty cells keep their place, so that those behind stay below their headings; but for those at
    the left, where rows go on with the cell above, and in a row of one cell that holds something.
    """
    places = list(dropwhile(lambda cell: not cell, cells))
    filled = [cell for cell in places if cell]
    return " | ".join(places if len(filled) > 1 else filled).rstrip()


def _merged(places: Iterable[Place]) -> Iterator[Place]:
    """Join places that follow one another and are the same."""
    for (kind, value, label), group in groupby(places, lambda p: (p.kind, p.value, p.label)):
        spans = [place.span for place in group]
        span = Span(spans[0].start, spans[-1].end)
        yield Place(span=span, kind=kind, value=value, label=label)
