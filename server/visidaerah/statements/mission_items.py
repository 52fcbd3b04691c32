"""Missions below each other: marked items, plain lines, cards and labelled statements."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from visidaerah.blocks import BlockKind
from visidaerah.spans import Span
from visidaerah.statements.mission_lines import (
    RANKS,
    counted_inside,
    mission_span,
    missions_inside,
    numbered_inside,
)
from visidaerah.statements.model import Mission
from visidaerah.statements.outline import ORDINAL, Cue, Passage, is_heading
from visidaerah.statements.wording import QUOTES, opens_like_a_mission, statement_span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visidaerah.blocks import Marker

# The missions, and the index of the last block that states one.
Listed: TypeAlias = tuple[tuple[Mission, ...], int]

_LABEL = re.compile(
    rf"misi[\s-]+{ORDINAL}\b[\s.:;)–—-]*(?:(?:yaitu|adalah|yakni)\b[\s:,]*)?", re.IGNORECASE
)
_LABEL_END = " \t\r\n\xa0:;–—-"
# Lines of a page that no mission begins or consists of.
_PAGE_FURNITURE = re.compile(
    r"©|copyright|https?:|www\.|@|\bdiposting\b|\bhak cipta\b|\btelp\b|\bfax\b|\bkode pos\b"
    r"|^\W*$|^[\d\W]+$|^\W*\d{1,2}\s+\w+\s+\d{4}|\d{4}-\d{2}-\d{2}|[{}<>]"
    r"|\blorem ipsum\b|^(?:selain|dengan demikian|demikian|dalam|berdasarkan|adapun|untuk itu)\b"
)
# What templates show until somebody fills them in.
_FILLER = re.compile(r"\W*(?:lorem ipsum|belum (?:ada|tersedia)|data (?:belum|tidak))\b")
# How an explanation begins that is no card's sentence.
_EXPLAINS = re.compile(
    r"(?:(?:melalui|dalam|dengan)\s+)?(?:misi|hal|upaya|langkah)\s+(?:ini|tersebut|di\s?atas)\b"
)
_RANKED = re.compile(rf"(?:yang\s+)?(?P<rank>{'|'.join(RANKS)})\b\s*[,:.–-]\s*", re.IGNORECASE)
# Lines that tell what a government does, or that call on readers.
_OF_A_BODY = re.compile(
    r"\W*(?:pemerintah|pemkot|pemkab|pemprov|kota|kabupaten|provinsi|desa|dinas|badan|bupati|wali"
    r"|gubernur|kepala|klik|baca|lihat|selamat)\b"
)
_BLOCKS_BETWEEN = 14
_WORDS_OF_LABEL = 4
_WORDS_OF_TITLE = 10
_WORDS_OF_CARD = 45
_WORDS_OF_LINE = 70
_WORDS_OF_ODD_LINE = 20
_ODD_LINES = 2


def items_from(text: str, passages: Sequence[Passage], first: int) -> Listed:
    """Return the missions of the list whose first item is at an index."""
    passage = passages[first]
    if _FILLER.match(passage.words):
        return (), first
    if passage.cue is Cue.NUMBERED_MISSION:
        return labelled_items(text, passages, first)
    if passage.block.marker:
        return marked_items(text, passages, first, passage.block.marker)
    return plain_items(text, passages, first)


def marked_items(text: str, passages: Sequence[Passage], first: int, marker: Marker) -> Listed:
    """Return the items that share a marker's style, in sequence, over what explains them."""
    chosen = [first]
    for index in range(first + 1, len(passages)):
        passage = passages[index]
        if passage.block.marker and passage.block.marker.style == marker.style:
            if _opens_sublist(passages[chosen[-1]]) or not _follows(passages, chosen[-1], index):
                break
            chosen.append(index)
        elif _ends_list(text, passages, chosen[-1], index):
            break
    if len(chosen) == 1 and (inside := _in_one_item(text, passages[first], marker)):
        return inside, first
    return tuple(_missions(text, passages, chosen)), chosen[-1]


def items_beginning(text: str, passage: Passage, marker: Marker) -> tuple[Mission, ...]:
    """Return what the line of an item states: that one, and others that count on inside it."""
    marks = counted_inside(text, passage.span, marker)
    starts = (passage.span.start, *(mark.end() for mark in marks))
    ends = (*(mark.start() for mark in marks), passage.span.end)
    printed = (marker.text, *(mark[0].strip() for mark in marks))
    spans = (mission_span(text, *bounds) for bounds in zip(starts, ends, strict=True))
    return tuple(Mission(span=s, marker=m) for s, m in zip(spans, printed, strict=True) if s)


def _in_one_item(text: str, passage: Passage, marker: Marker) -> tuple[Mission, ...]:
    """Return the missions of a list whose items all stand in the block of the first."""
    start = text.rfind(marker.text, 0, passage.span.start)
    return numbered_inside(text, Span(start, passage.span.end)) if start >= 0 else ()


def _opens_sublist(passage: Passage) -> bool:
    """Tell whether a bulleted item ends in a colon, and so takes the bullets behind as its own."""
    marker = passage.block.marker
    return marker is not None and marker.number is None and passage.words.endswith(":")


def _follows(passages: Sequence[Passage], last: int, index: int) -> bool:
    """Tell whether an item continues the list; numbers may skip one, or all be Markdown's "1."."""
    before, marker = passages[last].block.marker, passages[index].block.marker
    if before is None or marker is None or _is_section(passages[index]):
        return False
    if before.number is None or marker.number is None:
        return _only_sub_items(passages, last, index)
    if before.number == marker.number == 1:
        return index - last == 1
    return before.number < marker.number <= before.number + 2


def _is_section(passage: Passage) -> bool:
    """Tell whether an item heads a section; "3. Program …" may be a mission, "• Kontak" not."""
    if not passage.heads or passage.block.marker is None:
        return passage.heads
    bullet = passage.block.marker.number is None
    return passage.cue is not Cue.OTHER or (bullet and passage.count <= 3)


def _only_sub_items(passages: Sequence[Passage], last: int, index: int) -> bool:
    level = passages[index].block.level
    between = passages[last + 1 : index]
    return len(between) <= 1 or all(passage.block.level > level for passage in between)


def _ends_list(text: str, passages: Sequence[Passage], last: int, index: int) -> bool:
    """Tell whether a block between items closes the list rather than explaining its last item."""
    passage, marker = passages[index], passages[last].block.marker
    if index - last > _BLOCKS_BETWEEN:
        return True
    if passage.heads:
        if _heads_sub_items(passages, last, index):
            return False
        goal = passage.cue in {Cue.GOALS, Cue.OBJECTIVES} and passage.rest is not None
        return not goal and passage.cue is not Cue.NUMBERED_MISSION
    bulleted = marker is not None and marker.number is None
    apart = passage.block.gap or is_heading(text, passage)
    return bulleted and passage.block.marker is None and apart


def _heads_sub_items(passages: Sequence[Passage], last: int, index: int) -> bool:
    """Tell whether a short heading ("Strategi:") has points of its own before the next item."""
    marker, heading = passages[last].block.marker, passages[index]
    if marker is None or marker.number is None or heading.count > _WORDS_OF_LABEL:
        return False
    for at in range(index + 1, min(index + _BLOCKS_BETWEEN, len(passages))):
        below = passages[at].block.marker
        if below and below.style == marker.style:
            return at > index + 1 and below.number == marker.number + 1
        if below is None and passages[at].count > _WORDS_OF_LABEL:
            return False
    return False


def plain_items(text: str, passages: Sequence[Passage], first: int) -> Listed:
    """Return unmarked lines, one mission each, while they keep the form of missions."""
    chosen = _paired_with_labels(text, passages, first)
    if chosen:
        return tuple(_missions(text, passages, chosen)), chosen[-1]
    verbs, ranked = True, _is_ranked(text, passages[first])
    for index in range(first, len(passages)):
        if ranked and not _is_ranked(text, passages[index]):
            break
        if chosen and _EXPLAINS.match(passages[index].words):
            continue
        words = _marker(text, passages[index], len(chosen) + 1)[1]
        opens = opens_like_a_mission(text, Span(words, passages[index].span.end))
        opens = opens or (bool(chosen) and _is_between_missions(text, passages, index))
        if not _can_be_plain(passages[index], opens=opens) or (chosen and verbs and not opens):
            break
        verbs = verbs and opens
        chosen.append(index)
    if len(chosen) > 1:
        return tuple(_missions(text, passages, chosen)), chosen[-1]
    if not chosen or not (verbs or _quoted(text, passages[first])):
        return (), first
    return missions_inside(text, passages[first].span), first


def _is_between_missions(text: str, passages: Sequence[Passage], index: int) -> bool:
    """Tell whether a line that opens otherwise stands among missions, and looks like them.

    Lines that end in a full stop explain, where the one above has none.
    """
    above, line = passages[index - 1], passages[index]
    if not 3 <= line.count <= _WORDS_OF_ODD_LINE or not _is_like(above, line, opens=False):
        return False
    if _OF_A_BODY.match(line.words) or any(text[one.span.end - 1] in ".:" for one in (above, line)):
        return False
    for below in passages[index + 1 : index + 1 + _ODD_LINES]:
        opens = opens_like_a_mission(text, below.span)
        if opens or not _is_like(above, below, opens=False):
            return opens and _is_like(above, below, opens=True)
    return False


def _is_like(one: Passage, other: Passage, *, opens: bool) -> bool:
    """Tell whether a line may be a mission, and stands as far from the one above as another."""
    return _can_be_plain(other, opens=opens) and one.block.gap == other.block.gap


def _is_ranked(text: str, passage: Passage) -> bool:
    return bool(_RANKED.match(text, passage.span.start, passage.span.end))


def _paired_with_labels(text: str, passages: Sequence[Passage], first: int) -> list[int]:
    """Return the lines that alternate with short labels of what they serve ("Aman", …)."""
    chosen: list[int] = []
    for index in range(first, len(passages) - 1, 2):
        label, mission = passages[index : index + 2]
        marked = label.block.marker or mission.block.marker
        if marked or label.count > _WORDS_OF_LABEL or opens_like_a_mission(text, label.span):
            break
        if mission.heads or not opens_like_a_mission(text, mission.span):
            break
        chosen.append(index + 1)
    return chosen if len(chosen) > 1 else []


def _can_be_plain(passage: Passage, *, opens: bool) -> bool:
    if passage.block.marker or passage.heads or not 2 <= passage.count <= _WORDS_OF_LINE:
        return False
    heading = passage.block.kind is BlockKind.HEADING and not opens
    return not heading and not _PAGE_FURNITURE.search(passage.words)


def _quoted(text: str, passage: Passage) -> bool:
    return text[passage.span.start] in QUOTES


def labelled_items(text: str, passages: Sequence[Passage], first: int) -> Listed:
    """Return the missions under labels: "Misi Pertama : …", or "MISI 1" above the statement."""
    found: list[Mission] = []
    last = first
    for index in range(first, len(passages)):
        if index - last > _BLOCKS_BETWEEN or passages[index].cue in {Cue.VISION, Cue.BOTH}:
            break
        if passages[index].cue is not Cue.NUMBERED_MISSION:
            continue
        at, mission = _labelled(text, passages, index)
        if mission:
            found.append(mission)
            last = at
    return tuple(found), last


def _labelled(text: str, passages: Sequence[Passage], index: int) -> tuple[int, Mission | None]:
    """Return the statement behind a label, or in the block below it, and the block's index."""
    span = passages[index].span
    label = _LABEL.search(text, span.start, span.end)
    if label is None:
        return index, None
    at, begin = index, label.end()
    if begin >= span.end:
        at = index + 1
        if at >= len(passages) or passages[at].heads:
            return index, None
        begin = passages[at].span.start
    statement = mission_span(text, begin, passages[at].span.end)
    marker = label[0].strip(_LABEL_END)
    return at, Mission(span=statement, marker=marker) if statement else None


def _missions(text: str, passages: Sequence[Passage], chosen: Sequence[int]) -> Iterator[Mission]:
    """Yield missions of the chosen blocks, with their explanations; a card is one statement."""
    cards = _are_cards(text, passages, chosen)
    bounds = (*chosen[1:], None)
    for rank, (index, bound) in enumerate(zip(chosen, bounds, strict=True), start=1):
        last = index + 1 if cards else index
        marker, start = _marker(text, passages[index], rank)
        span = mission_span(text, start, passages[last].span.end)
        if span:
            yield Mission(
                span=span,
                marker=marker,
                explanation=_explanation(text, passages, last, bound),
            )


def _marker(text: str, passage: Passage, rank: int) -> tuple[str | None, int]:
    """Return the printed marker of an item, "Pertama" too, and where its words begin."""
    if passage.block.marker:
        return passage.block.marker.text, passage.span.start
    ranked = _RANKED.match(text, passage.span.start, passage.span.end)
    if ranked and RANKS[ranked["rank"].lower()] == rank and ranked.end() < passage.span.end:
        return ranked["rank"], ranked.end()
    return None, passage.span.start


def _are_cards(text: str, passages: Sequence[Passage], chosen: Sequence[int]) -> bool:
    """Tell whether every item is a title without full stop, followed by exactly one sentence."""
    steps = {after - before for before, after in pairwise(chosen)}
    if steps != {2} or chosen[-1] + 1 >= len(passages):
        return False
    titles = (passages[index] for index in chosen)
    below = (passages[index + 1] for index in chosen)
    return all(
        title.count <= _WORDS_OF_TITLE and text[title.span.end - 1] not in ".;:" for title in titles
    ) and all(
        card.block.marker is None
        and card.count <= _WORDS_OF_CARD
        and not (card.heads or _EXPLAINS.match(card.words))
        for card in below
    )


def _explanation(
    text: str, passages: Sequence[Passage], last: int, bound: int | None
) -> Span | None:
    """Return the blocks between an item and the next, which explain it."""
    if bound is None or bound <= last + 1:
        return None
    return statement_span(text, passages[last + 1].span.start, passages[bound - 1].span.end)
