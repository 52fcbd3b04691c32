"""Missions: the items of the list that a mission heading, label or sentence introduces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from visidaerah.blocks import BlockKind
from visidaerah.spans import Span
from visidaerah.statements.introductions import introductions
from visidaerah.statements.model import Mission
from visidaerah.statements.outline import Cue, Passage, is_heading, leads_in
from visidaerah.statements.wording import (
    QUOTES,
    opens_like_a_mission,
    statement_span,
    without_conjunction,
    word_count,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from visidaerah.statements.visions import VisionCandidate


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionList:
    """The missions that one anchor introduces; `lead` is the anchor and what leads on from it."""

    missions: tuple[Mission, ...]
    lead: Span
    anchor: int
    last: int
    announced: bool = True

    @property
    def start(self) -> int:
        """Where the first mission begins."""
        return self.missions[0].span.start


_NUMBERED = re.compile(
    r"misi\s+(?:ke[-\s]?)?(?:\d{1,2}|pertama|kesatu|satu|kedua|dua|ketiga|tiga|keempat|empat|kelima|lima|"
    r"keenam|enam|ketujuh|tujuh|kedelapan|delapan|kesembilan|sembilan|kesepuluh|sepuluh|terakhir|"
    r"[ivx]{1,4})\b[\s.:;)–—-]*(?:(?:yaitu|adalah|yakni)\b[\s:,]*)?",
    re.IGNORECASE,
)
# "… misi … sebagai berikut:", but not "visi dan misi", "misi ini", or the duties under a mission.
_NAMED = re.compile(
    r"(?<!visi dan )(?<!visi, )(?<!visi & )\bmisi(?:nya)?\b(?!\s+(?:ini|tersebut|itu|dimaksud|di\s?atas)\b)",
    re.IGNORECASE,
)
_OTHER_LIST = re.compile(r"\b(?:tugas|fungsi|langkah)", re.IGNORECASE)
_LINK = re.compile(
    r"(?:\b(?:adalah|yaitu|yakni|ialah|sebagai\s+berikut|meliputi|antara\s+lain|terdiri\s+(?:dari|atas)|"
    r"berikut|mencakup|untuk|sbb)\b|:)(?:[\s:,]|\b(?:sebagai\s+berikut|berikut|yaitu|untuk|adalah)\b)*",
    re.IGNORECASE,
)
_CLAUSE_BREAKS = ".;"
_INLINE_ITEM = re.compile(
    r"(?:(?<=\s)|(?<=^)|(?<=[:;,.]))(?:\((?P<a>\d{1,2})\)|(?P<b>\d{1,2})[.)](?!\d))\s*"
)
_CAPITAL_VERB = re.compile(r"(?<=[a-z)] )(?=(?:Me|Pe|Ter)[a-z]{4,}\b)")
_SENTENCES = re.compile(r"(?<=[.;])\s+(?=[A-Z])")
_DEFINITION = re.compile(r"\bmisi\b.{0,60}\b(?:adalah|merupakan)\b|\bhakikat\b|\bpernyataan visi\b")
_FOOTER = re.compile(
    r"©|copyright|https?:|www\.|@|\bdiposting\b|\bhak cipta\b|\btelp\b|\bfax\b|\bkode pos\b|^\W*$|^[\d\W]+$|"
    r"^\W*\d{1,2}\s+\w+\s+\d{4}|\d{4}-\d{2}-\d{2}|[{}<>]|^\W*(?:short|excerpt|question|answer)\b|"
    r"^(?:selain|dengan demikian|demikian|dalam|berdasarkan|adapun|untuk itu)\b"
)
_COMMA_VERB = re.compile(r"[,;]\s*(?:dan\s+|serta\s+)?(?=me(?:ng|ny|m|n|l|r|w)?[a-z]{3,})")
_FULL_STOP = re.compile(r"[.;!?](?=\s+[A-Z“\"(]|\s*$)")
_RANKS = {
    word: rank
    for rank, words in enumerate(
        (
            ("pertama", "kesatu"),
            ("kedua",),
            ("ketiga",),
            ("keempat",),
            ("kelima",),
            ("keenam",),
            ("ketujuh",),
            ("kedelapan",),
            ("kesembilan",),
            ("kesepuluh",),
        ),
        start=1,
    )
    for word in words
}
_ORDINAL = re.compile(
    r"(?:(?<=[.,;:“\"]\s)|(?<=^)|(?<=\n)|\b(?:misi|yang|kemudian|dan|selanjutnya)\s+)(?:misi\s+|yang\s+){0,2}"
    rf"(?P<rank>{'|'.join(_RANKS)}|terakhir)\b[\s,:]*(?:(?:adalah|yaitu|yakni|ialah)\b[\s,:]*)?",
    re.IGNORECASE,
)
_SHORTEST_LIST = 20
_LEFT_OVER = " \t\r\n\xa0.,:;“”\"'-"
_PLAIN_ITEM = 70
_LEAD_BLOCKS = 6
_GAP_BLOCKS = 14


def mission_lists(
    text: str, passages: Sequence[Passage], visions: Sequence[VisionCandidate]
) -> tuple[MissionList, ...]:
    """Return the mission lists of a text, in order; a list without announcement follows a vision."""
    behind = {vision.last + 1 for vision in visions}
    found: list[MissionList] = []
    index = 0
    while index < len(passages):
        anchor = _anchored(text, passages, index) or _unannounced(text, passages, index, behind)
        if anchor is None:
            index += 1
            continue
        found.append(anchor)
        index = max(anchor.last, index) + 1
    return tuple(found)


def _anchored(text: str, passages: Sequence[Passage], index: int) -> MissionList | None:
    """Return the list that a block introduces, or None where it introduces none."""
    passage = passages[index]
    if passage.cue is Cue.NUMBERED_MISSION:
        return _numbered_line(text, passages, index) or _labelled(text, passages, index)
    if passage.cue is Cue.MISSION and passage.rest is not None:
        return _inline(text, passages, index, passage.rest) or _listed(text, passages, index)
    if passage.cue is Cue.MISSION and passage.heads:
        return _listed(text, passages, index)
    if "misi" not in passage.words or passage.heads:
        return None
    if _introduces(text, passage):
        return _listed(text, passages, index) or _told(text, passages, index)
    return _told(text, passages, index)


def _numbered_line(text: str, passages: Sequence[Passage], index: int) -> MissionList | None:
    """Return the list of "MISI 1. … 2. … 3. …": the number is the first item's, not the label's."""
    span = passages[index].span
    found = _numbered_inside(text, span)
    if not found:
        return None
    missions = tuple(Mission(span=part, marker=marker) for part, marker in found)
    lead = Span(span.start, missions[0].span.start)
    return MissionList(missions=missions, lead=lead, anchor=index, last=index)


def _told(text: str, passages: Sequence[Passage], index: int) -> MissionList | None:
    """Return the missions that a sentence lists: by numbers, by ordinals, or between commas."""
    span = passages[index].span
    found: list[tuple[Span, str | None]] = []
    begin = span.start
    for introduction in islice(introductions(text, span, _NAMED, _LINK, _CLAUSE_BREAKS), 5):
        if introduction.end < span.end and not found:
            begin = introduction.end
            within = Span(begin, span.end)
            found = _numbered_inside(text, within) or _commas(text, within)
    last = index
    if not found:
        found, last = _ordinals(text, passages, index)
        begin = found[0][0].start if found else begin
    if len(found) < 2:
        return None
    missions = tuple(Mission(span=part, marker=marker) for part, marker in found)
    lead = Span(span.start, max(span.start + 1, begin))
    return MissionList(missions=missions, lead=lead, anchor=index, last=last)


def _commas(text: str, within: Span) -> list[tuple[Span, str | None]]:
    """Divide "meningkatkan A, membangun B, serta mewujudkan C" where a verb follows the comma."""
    end = _sentence_end(text, within.start, within.end)
    if not opens_like_a_mission(text, within) or end <= within.start:
        return []
    parts = list(_parts(text, Span(within.start, end), _COMMA_VERB))
    return [(part, None) for part in parts] if len(parts) > 1 else []


def _sentence_end(text: str, start: int, end: int) -> int:
    match = _FULL_STOP.search(text, start, end)
    return match.start() if match else end


def _ordinals(
    text: str, passages: Sequence[Passage], index: int
) -> tuple[list[tuple[Span, str | None]], int]:
    """Collect "pertama, …. Kedua, …. Terakhir, …" from a block on, with the last block used."""
    found: list[tuple[Span, str | None]] = []
    last = index
    for at in range(index, min(index + _GAP_BLOCKS, len(passages))):
        span = passages[at].span
        if at > last + 3 or (passages[at].heads and at > index):
            break
        marks = [m for m in _ORDINAL.finditer(text, span.start, span.end) if m.end() < span.end]
        for match, following in zip_longest(marks, marks[1:]):
            rank = _RANKS.get(match["rank"].lower(), len(found) + 1)
            if rank != len(found) + 1:
                continue
            stop = following.start() if following else span.end
            part = _span(text, match.end(), _told_end(text, match.end(), stop))
            if part and word_count(text, part) > 1:
                found.append((part, match["rank"]))
                last = at
    return found, last


def _told_end(text: str, start: int, stop: int) -> int:
    """Return where a statement inside prose ends: at its closing mark, or with its sentence."""
    if text[start] in QUOTES:
        closing = next((i for i in range(start + 1, stop) if text[i] in QUOTES), stop)
        return closing + 1 if closing < stop else stop
    return _sentence_end(text, start, stop)


def _unannounced(
    text: str, passages: Sequence[Passage], index: int, behind: Container[int]
) -> MissionList | None:
    """Return a list that no word announces but whose items all begin as missions do."""
    marker = passages[index].block.marker
    if passages[index].heads or not opens_like_a_mission(text, passages[index].span):
        return None
    if marker is None and index in behind:
        missions, last = _plain_items(text, passages, index)
    elif marker and marker.number == 1:
        missions, last = _marked_items(text, passages, index)
    else:
        return None
    if len(missions) < 3 or not all(_is_effort(text, mission.span) for mission in missions):
        return None
    before = passages[max(0, index - 1)]
    return MissionList(
        missions=tuple(missions), lead=before.span, anchor=index, last=last, announced=False
    )


def _is_effort(text: str, span: Span) -> bool:
    return opens_like_a_mission(text, span) and word_count(text, span) > 2


def _introduces(text: str, passage: Passage) -> bool:
    """Tell whether a block ends by leading on to a list of missions."""
    tail = Span(max(passage.span.start, passage.span.end - 400), passage.span.end)
    found = introductions(text, tail, _NAMED, _LINK, _CLAUSE_BREAKS)
    return any(
        not text[one.end : tail.end].strip(_LEFT_OVER)
        and not _OTHER_LIST.search(text, one.start, one.end)
        for one in found
    )


def _listed(text: str, passages: Sequence[Passage], anchor: int) -> MissionList | None:
    """Return the list below an anchor, after what leads to it."""
    first = _first_item(text, passages, anchor)
    if first is None:
        return None
    passage = passages[first]
    if passage.cue is Cue.NUMBERED_MISSION:
        return _labelled(text, passages, first)
    if passage.block.marker:
        items, last = _marked_items(text, passages, first)
    else:
        items, last = _plain_items(text, passages, first)
    missions = tuple(items)
    if not missions:
        return None
    lead = Span(passages[anchor].span.start, passages[first - 1].span.end)
    return MissionList(missions=missions, lead=lead, anchor=anchor, last=last)


def _first_item(text: str, passages: Sequence[Passage], anchor: int) -> int | None:
    """Return the index of the first item below an anchor, over definitions and introductions."""
    for index in range(anchor + 1, min(anchor + 1 + _LEAD_BLOCKS, len(passages))):
        passage = passages[index]
        if passage.block.marker and (not passage.heads or passage.cue is Cue.NUMBERED_MISSION):
            return index
        if passage.heads:
            if passage.cue is Cue.MISSION and passage.rest is None:
                continue
            if passage.cue is Cue.NUMBERED_MISSION:
                return index
            return None
        if _leads(text, passage):
            continue
        return index
    return None


def _leads(text: str, passage: Passage) -> bool:
    """Tell whether a block below the heading only leads to the list."""
    if "misi" in passage.words and (leads_in(passage) or _DEFINITION.search(passage.words)):
        return True
    if passage.words.startswith(
        ("untuk mewujudkan", "dalam rangka", "guna mewujudkan", "untuk mencapai")
    ):
        return leads_in(passage) or "visi" in passage.words
    return "misi" in passage.words and not opens_like_a_mission(text, passage.span)


def _marked_items(text: str, passages: Sequence[Passage], first: int) -> tuple[list[Mission], int]:
    """Collect the items that share the first one's marker, in sequence, over what explains them."""
    style = passages[first].block.marker.style  # type: ignore[union-attr]
    chosen = [first]
    nested = False
    index = first + 1
    while index < len(passages):
        passage = passages[index]
        marker = passage.block.marker
        if marker and marker.style == style:
            if not _follows(passages, chosen, index) or nested or _heads_other(passage):
                break
            chosen.append(index)
            nested = _opens_sublist(passage, marker.number)
        elif _ends_list(text, passages, chosen, index):
            break
        index += 1
    return _missions(text, passages, chosen), chosen[-1]


def _heads_other(passage: Passage) -> bool:
    """Tell whether an item is a heading; words such as "Program …" may open a numbered mission."""
    if not passage.heads or passage.block.marker is None:
        return passage.heads
    return passage.cue is not Cue.OTHER or (
        passage.block.marker.number is None and passage.count <= 3
    )


def _opens_sublist(passage: Passage, number: int | None) -> bool:
    """A bulleted item that ends in a colon takes the bullets after it as its own."""
    return number is None and passage.words.rstrip().endswith(":")


def _follows(passages: Sequence[Passage], chosen: Sequence[int], index: int) -> bool:
    """Tell whether a marker continues the sequence of the list; repeated ones are Markdown's."""
    before = passages[chosen[-1]].block.marker
    marker = passages[index].block.marker
    if before is None or marker is None:
        return False
    if marker.number is None or before.number is None:
        level = passages[index].block.level
        between = passages[chosen[-1] + 1 : index]
        return len(between) <= 1 or all(p.block.level > level for p in between)
    if marker.number == before.number == 1:
        return index - chosen[-1] == 1
    return before.number < marker.number <= before.number + 2


def _ends_list(text: str, passages: Sequence[Passage], chosen: Sequence[int], index: int) -> bool:
    """Tell whether a block between items closes the list rather than explaining its last item."""
    passage = passages[index]
    marker = passages[chosen[-1]].block.marker
    if index - chosen[-1] > _GAP_BLOCKS:
        return True
    if passage.heads and passage.cue is not Cue.NUMBERED_MISSION:
        return True
    if marker is not None and marker.number is None:
        return passage.block.marker is None and (is_heading(text, passage) or passage.block.gap)
    return False


def _missions(text: str, passages: Sequence[Passage], chosen: Sequence[int]) -> list[Mission]:
    """Make missions of the chosen blocks; titles with one sentence each become cards."""
    cards = _are_cards(text, passages, chosen)
    found = []
    for at, index in enumerate(chosen):
        end = chosen[at + 1] if at + 1 < len(chosen) else None
        last = index + 1 if cards and index + 1 < len(passages) else index
        span = _span(text, passages[index].span.start, passages[last].span.end)
        marker = passages[index].block.marker
        if span:
            explanation = None if cards else _explanation(text, passages, index, end)
            found.append(
                Mission(span=span, marker=marker.text if marker else None, explanation=explanation)
            )
    return found


def _are_cards(text: str, passages: Sequence[Passage], chosen: Sequence[int]) -> bool:
    """Tell whether every item is a title without full stop, followed by exactly one sentence."""
    if len(chosen) < 2:
        return False
    gaps = {after - before for before, after in zip(chosen, chosen[1:], strict=False)}
    if gaps != {2} or chosen[-1] + 1 >= len(passages):
        return False
    titles = [passages[i] for i in chosen]
    texts = [passages[i + 1] for i in chosen]
    return all(p.count <= 10 and text[p.span.end - 1] not in ".;:" for p in titles) and all(
        p.block.marker is None and p.count <= 45 and not p.heads for p in texts
    )


def _explanation(
    text: str, passages: Sequence[Passage], index: int, end: int | None
) -> Span | None:
    """Return the paragraphs between an item and the next, where they explain it."""
    if end is None or end <= index + 1:
        return None
    start, stop = passages[index + 1].span.start, passages[end - 1].span.end
    return statement_span(text, start, stop)


def _span(text: str, start: int, end: int) -> Span | None:
    span = statement_span(text, start, end)
    return without_conjunction(text, span) if span else None


def _plain_items(text: str, passages: Sequence[Passage], first: int) -> tuple[list[Mission], int]:
    """Collect unmarked lines, one mission each, while they keep the form of missions."""
    if passages[first].span.of(text)[:1] in QUOTES and not opens_like_a_mission(
        text, passages[first].span
    ):
        return [], first
    chosen: list[int] = []
    verbs = True
    for index in range(first, len(passages)):
        passage = passages[index]
        opens = opens_like_a_mission(text, passage.span)
        if passage.block.marker or passage.heads or _FOOTER.search(passage.words):
            break
        if passage.block.kind is BlockKind.HEADING and not opens:
            break
        if not 2 <= passage.count <= _PLAIN_ITEM or (verbs and chosen and not opens):
            break
        verbs = verbs and opens
        chosen.append(index)
    if len(chosen) == 1:
        split = _split(text, passages[chosen[0]].span)
        if len(split) > 1:
            return [Mission(span=span, marker=marker) for span, marker in split], chosen[0]
    if chosen and not verbs and len(chosen) < 2:
        return [], first
    return _missions(text, passages, chosen), chosen[-1] if chosen else first


def _inline(text: str, passages: Sequence[Passage], index: int, start: int) -> MissionList | None:
    """Return the missions that stand on the line of their label, or None where a list follows."""
    passage = passages[index]
    if leads_in(passage):
        return None
    found = _split(text, Span(start, passage.span.end))
    if not found:
        return None
    missions = tuple(Mission(span=span, marker=marker) for span, marker in found)
    lead = Span(passage.span.start, start)
    return MissionList(missions=missions, lead=lead, anchor=index, last=index)


def _split(text: str, span: Span) -> list[tuple[Span, str | None]]:
    """Divide one line into missions: by numbers, by semicolons, by sentences, by capital verbs."""
    numbered = _numbered_inside(text, span)
    if numbered:
        return numbered
    for pattern in (_SENTENCES, _CAPITAL_VERB):
        parts = list(_parts(text, span, pattern))
        if len(parts) > 1 and all(opens_like_a_mission(text, part) for part in parts):
            return [(part, None) for part in parts]
    whole = _span(text, span.start, span.end)
    return [(whole, None)] if whole and word_count(text, whole) > 1 else []


def _parts(text: str, span: Span, pattern: re.Pattern[str]) -> Iterator[Span]:
    cuts = list(pattern.finditer(text, span.start, span.end))
    starts = [span.start, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), span.end]
    for start, end in zip(starts, ends, strict=True):
        part = _span(text, start, end)
        if part:
            yield part


def _numbered_inside(text: str, span: Span) -> list[tuple[Span, str | None]]:
    """Return the items of "(1) …, (2) …" or "1. … 2. …" inside a line."""
    if span.end - span.start < _SHORTEST_LIST:
        return []
    marks: list[re.Match[str]] = []
    for match in _INLINE_ITEM.finditer(text, span.start, span.end):
        if int(match["a"] or match["b"]) == len(marks) + 1:
            marks.append(match)
    if len(marks) < 2:
        return []
    ends = [m.start() for m in marks[1:]] + [span.end]
    pairs = ((_span(text, m.end(), end), m) for m, end in zip(marks, ends, strict=True))
    return [(part, m[0].strip()) for part, m in pairs if part]


def _labelled(text: str, passages: Sequence[Passage], first: int) -> MissionList | None:
    """Return the missions under labels: "Misi Pertama : …", or "MISI 1" above the statement."""
    missions: list[Mission] = []
    index, last = first, first
    while index < len(passages) and index - last <= _GAP_BLOCKS:
        passage = passages[index]
        if passage.cue is Cue.NUMBERED_MISSION:
            label = _NUMBERED.search(text, passage.span.start, passage.span.end)
            begin = label.end() if label else passage.span.end
            at = index
            if begin >= passage.span.end and index + 1 < len(passages):
                at = index + 1
                begin = passages[at].span.start
            span = _span(text, begin, passages[at].span.end)
            if (span and passages[at].cue is not Cue.NUMBERED_MISSION) or (at == index and span):
                missions.append(Mission(span=span, marker=_printed(text, passage, label)))
                last = at
                index = at
        elif passage.heads and passage.cue in (Cue.VISION, Cue.BOTH):
            break
        index += 1
    if not missions:
        return None
    return MissionList(missions=tuple(missions), lead=passages[first].span, anchor=first, last=last)


def _printed(text: str, passage: Passage, label: re.Match[str] | None) -> str | None:
    return label[0].strip(" \t\r\n\xa0:;–—-") if label else None
