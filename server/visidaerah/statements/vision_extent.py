"""The extent of a vision: where the statement that begins at a place ends, blocks later perhaps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from visidaerah.statements.outline import leads_in
from visidaerah.statements.wording import QUOTES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visidaerah.statements.outline import Passage

_LINKS_ON = r"yang|dan|serta|dengan|menuju|melalui|dalam|untuk|berbasis|berlandaskan|pada"
_NEEDS_MORE = re.compile(
    rf"(?:\b(?:{_LINKS_ON}|di|sebagai|kota|kabupaten|provinsi|desa)|[,&])\s*$", re.IGNORECASE
)
_GOES_ON = re.compile(
    rf"\s*(?:(?:{_LINKS_ON}|dilandasi)\b(?!\s+(?:dimaksud|demikian|kata\s+lain))|&)", re.IGNORECASE
)
# What goes on with a quoted slogan: a rest that belongs to the statement.
_REST = re.compile(
    r"(?:yang|dan|serta|dengan|(?i:menuju|melalui|berbasis|berlandaskan|dilandasi))\b(?=\s+\w)"
    r"(?!(?s:.{0,60})\b(?i:misi|diterjemahkan|dijabarkan|diwujudkan|diusung|akan|telah)\b)"
)
_EXPANSION = re.compile(r"[ \t]*\([^()\n]{3,300}\)")
_SENTENCE_END = re.compile(
    # Who holds the vision goes on with the sentence, not with the vision.
    r",(?=\s+(?i:(?:wakil\s+)?(?:bupati|wali\s?kota|gubernur)|pasangan|pihaknya|ia|beliau)\s)"
    r"|[.!?](?=\s+[A-Z“\"(]|\s*$)(?<!\b[A-Z]\.)(?<!\bNo\.)(?<!\bKab\.)"
)
_SINGLE_CLOSING = re.compile(r"’(?!\w)")
_MOST_BLOCKS = 6
_WORDS_OF_LINE = 40
LONGEST = 1500
"""The most characters that a vision has."""


def quoted_end(text: str, passages: Sequence[Passage], index: int, start: int) -> tuple[int, int]:
    """Return where a quoted statement ends: at its mark, or behind a rest that belongs to it."""
    for at in range(index, min(index + _MOST_BLOCKS, len(passages))):
        passage = passages[at]
        if at > index and (passage.heads or passage.block.marker):
            break
        begin = start if at == index else passage.span.start
        close = _closing_mark(text, begin, min(passage.span.end, begin + LONGEST))
        if close is not None:
            return _with_rest(text, close, min(passage.span.end, close + LONGEST)), at
    return passages[index].span.end, index


def single_quoted_end(text: str, start: int, end: int) -> int | None:
    """Return where a statement in curly single marks ends, None where it is in none."""
    if start >= end or text[start] != "‘":
        return None
    closing = _SINGLE_CLOSING.search(text, start, min(end, start + LONGEST))
    return closing.end() if closing else None


def _with_rest(text: str, close: int, end: int) -> int:
    """Return where the words behind a closing mark end that go on with the statement."""
    if expansion := _EXPANSION.match(text, close, end):
        return expansion.end()
    if not _REST.match(text[close:end].lstrip('”"“» .')):
        return close
    sentence = _SENTENCE_END.search(text, close + 2, end)
    return sentence.start() if sentence else end


def _closing_mark(text: str, start: int, end: int) -> int | None:
    """Return the place behind the mark that closes the quotation, or None in this block.

    Marks at the start, doubled ones too, open it; a mark between a blank and a letter opens an
    inner quotation.
    """
    first = start
    while first < end and (text[first] in QUOTES or text[first].isspace()):
        first += 1
    inner = False
    for at in range(first, end):
        if text[at] not in QUOTES:
            continue
        opens = text[at] in "“„«" and text[at - 1].isspace() and text[at + 1 : at + 2].isalnum()
        if not (opens or inner):
            return at + 1
        inner = opens
    return None


def unquoted_end(text: str, passages: Sequence[Passage], index: int, start: int) -> tuple[int, int]:
    """Return where an unquoted statement ends: with its sentence, or lines that go on with it."""
    end, last = passages[index].span.end, index
    sentence = _SENTENCE_END.search(text, start, min(end, start + LONGEST))
    if sentence:
        return sentence.start(), last
    for at in range(index + 1, min(index + _MOST_BLOCKS, len(passages))):
        following = passages[at]
        if following.heads or following.block.marker or following.count > _WORDS_OF_LINE:
            break
        if not _goes_on(text, start, end, following):
            break
        end, last = following.span.end, at
    return end, last


def _goes_on(text: str, start: int, end: int, following: Passage) -> bool:
    """Tell whether a line needs the next, or the next needs it, or both are one slogan."""
    quote = following.span.of(text)
    if text[end - 1] in '.;:!?”"' or leads_in(following) or quote.startswith("("):
        return False
    if _NEEDS_MORE.search(text[max(start, end - 40) : end]) or _GOES_ON.match(quote):
        return True
    capitals = text[start:end].isupper() and quote.isupper()
    return capitals and not following.block.gap and following.count > 1
