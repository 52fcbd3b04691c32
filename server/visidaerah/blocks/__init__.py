"""Blocks: a text becomes headings, items and paragraphs, each with marker, nesting and place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visidaerah.blocks.drafts import drafts_of
from visidaerah.blocks.labels import behind_label
from visidaerah.blocks.lines import behind_markup, lines_of
from visidaerah.blocks.markers import Marker
from visidaerah.blocks.model import Block, BlockKind
from visidaerah.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from visidaerah.blocks.drafts import Draft

__all__ = ["Block", "BlockKind", "Marker", "behind_label", "behind_markup", "blocks_of"]

_SHORT = 100
_FEW_WORDS = 10


def blocks_of(text: str) -> tuple[Block, ...]:
    """Divide a text into blocks, in order; an empty text has none.

    Wrapped lines, and words that a PDF spreads over lines, are joined; page headers, footers and
    page numbers inside a block stay inside its span but divide nothing. Table cells, the fields
    of database dumps and JSON, HTML blocks and escaped line ends divide as line ends do.
    """
    return tuple(_nested(text, drafts_of(text, lines_of(text))))


def _nested(text: str, drafts: Iterable[Draft]) -> Iterator[Block]:
    """Turn drafts into blocks; an item of a new style is nested in the item before it."""
    styles: list[str] = []
    for draft in drafts:
        kind = _kind(text, draft)
        if draft.marker:
            _enter(styles, draft.marker.style)
        elif kind is BlockKind.HEADING:
            styles.clear()
        yield Block(
            kind=kind,
            span=Span(draft.start, draft.end),
            marker=draft.marker,
            level=len(styles) if draft.marker else 0,
            gap=draft.gap,
        )


def _enter(styles: list[str], style: str) -> None:
    """Leave the lists nested in the one of this style, or open a list of it."""
    if style in styles:
        del styles[styles.index(style) + 1 :]
    else:
        styles.append(style)


def _kind(text: str, draft: Draft) -> BlockKind:
    if draft.markdown:
        return BlockKind.HEADING
    if draft.marker:
        return BlockKind.ITEM
    quote = text[draft.start : min(draft.end, draft.start + _SHORT)]
    short = draft.end - draft.start < _SHORT and len(quote.split()) <= _FEW_WORDS
    titled = quote.isupper() or quote.istitle() or quote.endswith(":")
    return BlockKind.HEADING if short and titled else BlockKind.PARAGRAPH
