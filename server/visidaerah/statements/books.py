"""Books: of a long text with chapters, the one of vision and missions is read, and the title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visidaerah.readers.chapters import vision_chapter
from visidaerah.statements.outline import outline_of

if TYPE_CHECKING:
    from visidaerah.statements.outline import Passage

# A text longer than this (some seven pages) and divided into chapters is a book.
_BOOK = 20_000
_TITLE = 400


def passages_to_read(text: str) -> tuple[Passage, ...]:
    """Return the blocks of a text; of a book, only those of its first lines and of the chapter.

    The other chapters quote visions and missions too: of the nation, of the long-term plan.
    """
    passages = outline_of(text)
    chapter = vision_chapter(text) if len(text) >= _BOOK else None
    if chapter is None:
        return passages
    return tuple(
        passage
        for passage in passages
        if passage.span.end <= _TITLE or chapter.covers(passage.span)
    )
