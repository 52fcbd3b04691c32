"""The blocks of a text as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from visidaerah.blocks.markers import Marker
    from visidaerah.spans import Span


class BlockKind(StrEnum):
    """What a block is, as far as its shape tells."""

    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of text that its layout sets apart; `span` excludes the marker.

    `level` is the nesting depth of an item, 0 outside lists. `gap` tells whether a blank line,
    a table cell or a data field precedes it.
    """

    kind: BlockKind
    span: Span
    marker: Marker | None = None
    level: int = 0
    gap: bool = False
