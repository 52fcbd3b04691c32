"""Missions: the lists that a heading, label or sentence introduces, or that need none."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from visidaerah.blocks.markers import marker_at
from visidaerah.spans import Span
from visidaerah.statements.columns import missions_in_column
from visidaerah.statements.introductions import Introduction, introductions
from visidaerah.statements.mission_items import (
    items_beginning,
    items_from,
    labelled_items,
    marked_items,
)
from visidaerah.statements.mission_lines import (
    comma_series,
    first_of_series,
    mission_span,
    missions_inside,
    numbered_inside,
    ordinal_series,
)
from visidaerah.statements.model import Mission
from visidaerah.statements.outline import Cue, Passage, is_caption, leads_in
from visidaerah.statements.wording import opens_like_a_mission, word_count

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from visidaerah.blocks import Marker
    from visidaerah.statements.visions import VisionCandidate


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionList:
    """The missions that one block introduces.

    `lead` is what introduces them, `anchor` and `last` the indices of its first and last block;
    `announced` is False where no word says that these are missions.
    """

    missions: tuple[Mission, ...]
    lead: Span
    anchor: int
    last: int
    announced: bool = True

    @property
    def start(self) -> int:
        """Where the first mission begins."""
        return self.missions[0].span.start


# "… misi … sebagai berikut:", but not "visi dan misi", "misi ini", or the duties under a mission.
_NAMED = re.compile(
    r"(?<!visi dan )(?<!visi, )(?<!visi & )(?<!vision and )"
    r"\b(?:(?:dua|tiga|empat|lima|enam|tujuh|\d{1,2})\s+misi\s+(?:tersebut|itu|ini)|"
    r"misi(?:nya)?|missions?)\b"
    r"(?!\s+(?:ini|tersebut|itu|dimaksud|di\s?atas|dagang|kemanusiaan|penyelamatan|perusahaan)\b)",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:\b(?:adalah|yaitu|yakni|ialah|sebagai\s+berikut|meliputi|antara\s+lain|berikut|mencakup|namely"
    r"|terdiri\s+(?:dari|atas)|untuk|sbb)\b|:)"
    r"(?:[\s:,]|\b(?:sebagai\s+berikut|berikut|yaitu|untuk|adalah)\b)*",
    re.IGNORECASE,
)
_CLAUSE_BREAKS = ".;"
# A title in the midst of a page that is one line: "… Misi Kota Contoh 1. Menata …".
_TITLE_INSIDE = re.compile(r"\bM(?:isi|ISI)\b(?:\s+[A-Z(\d][\w()–-]*){0,6}\s+(?=\(?1[.)]\s)")
_LABEL = re.compile(r"\W*misi(?:\s+\w+){0,4}?\s*[:\t=]\s*", re.IGNORECASE)
# What ordinals count that are no efforts: "Pertama, mari …", "First, they visited …".
_NARRATED = re.compile(r"(?:mari|they|he|she)\b", re.IGNORECASE)
_COUNTED = re.compile(r"\bpertama\b|\bfirst\b")
_MISSIONS = re.compile(r"misi|\bmission")
_DUTIES = re.compile(r"\b(?:tugas|bertugas|(?:ber)?fungsi|langkah)", re.IGNORECASE)
# Lists about missions in general: "Langkah menyusun misi :", "Ciri-ciri misi yang baik".
_ABOUT = re.compile(
    r"\b(?:langkah|langkah-langkah|cara|tips|ciri|ciri-ciri|kriteria|syarat|fungsi|manfaat|kegunaan"
    r"|contoh|contohnya|perbedaan|hakikat|peran)\W+(?:[^\W\d_]+\s+){0,3}$",
    re.IGNORECASE,
)
_DEFINITION = re.compile(r"\bmisi\b.{0,60}\b(?:adalah|merupakan)\b|\bhakikat\b|\bpernyataan visi\b")
# Headings that say whose missions follow, not which field they serve.
_WHOSE = re.compile(
    r"^\W*misi\W*$|\b(?:kota|kabupaten|provinsi|desa|kelurahan|kecamatan|nagari|dinas|badan|bupati"
    r"|wali ?kota|gubernur|tahun|periode|rpjm\w*|rpjp\w*|rsud|perumda)\b"
)
_AIM = ("untuk mewujudkan", "dalam rangka", "guna mewujudkan", "untuk mencapai")
_LEFT_OVER = " \t\r\n\xa0.,:;“”\"'-"
_TAIL = 400
_LEAD_BLOCKS = 6
_SENTENCES_TRIED = 5
_WORDS_OF_TAGLINE = 8
_FEWEST_UNANNOUNCED = 3


def mission_lists(
    text: str, passages: Sequence[Passage], visions: Sequence[VisionCandidate]
) -> tuple[MissionList, ...]:
    """Return the mission lists of a text, in order.

    Unmarked lines that nothing announces count only right behind one of the visions.
    """
    behind = {vision.last + 1 for vision in visions}
    found: list[MissionList] = []
    index = 0
    while index < len(passages):
        one = (
            _announced(text, passages, index)
            or _unannounced(text, passages, index, behind)
            or _series_behind(text, passages, index, behind)
        )
        if one:
            one = _continued(text, passages, one) if one.last == index else one
            found.append(one)
        index = max(one.last if one else index, index) + 1
    return tuple(_joined(passages, found))


def _joined(passages: Sequence[Passage], lists: Sequence[MissionList]) -> Iterator[MissionList]:
    """Join the lists that go on under the next heading: "MISI 1. …", or "Misi Ekonomi …"."""
    joined: MissionList | None = None
    for one in lists:
        if joined and (_counts_on(joined, one) or _is_headed_alike(passages, joined, one)):
            missions = (*joined.missions, *one.missions)
            joined = replace(joined, missions=missions, last=one.last)
            continue
        if joined:
            yield joined
        joined = one
    if joined:
        yield joined


def _counts_on(before: MissionList, one: MissionList) -> bool:
    """Tell whether the first number of a list follows on the last number of the one before."""
    last, first = before.missions[-1].marker, one.missions[0].marker
    if not (last and first and before.announced and one.announced):
        return False
    numbers = [marker_at(f"{marker} ", 0, len(marker) + 1)[0] for marker in (last, first)]
    styles = {number.style if number else None for number in numbers}
    values = [number.number if number else None for number in numbers]
    return len(styles) == 1 and None not in values and values[1] == (values[0] or 0) + 1


def _is_headed_alike(passages: Sequence[Passage], before: MissionList, one: MissionList) -> bool:
    """Tell whether a single mission stands right below another, under "Misi" and its field."""
    single = len(one.missions) == 1 and one.missions[0].marker is before.missions[-1].marker is None
    heading = passages[one.anchor]
    return (
        single
        and one.anchor == before.last + 1
        and heading.cue is Cue.MISSION
        and not _WHOSE.search(heading.words)
    )


def _announced(text: str, passages: Sequence[Passage], index: int) -> MissionList | None:
    """Return the list that a block introduces, or None where it introduces none."""
    passage = passages[index]
    if "misi" in passage.words and (table := _tabled(text, passages, index)):
        return table
    match passage.cue:
        case Cue.NUMBERED_MISSION:
            return (
                _numbered_line(text, passage, index)
                or _beside_label(text, passages, index)
                or _longer(_labelled(text, passages, index), _told(text, passages, index))
            )
        case Cue.MISSION if passage.rest is not None:
            return (
                _beside_label(text, passages, index)
                or _on_label_line(text, passage, index)
                or _below(text, passages, index)
            )
        case Cue.MISSION:
            return _below(text, passages, index)
    if passage.heads or not _MISSIONS.search(passage.words):
        return None
    below = _below(text, passages, index) if _introduces(text, passage) else None
    return below or _told(text, passages, index)


def _numbered_line(text: str, passage: Passage, index: int) -> MissionList | None:
    """Return the list of "MISI 1. … 2. …", where the number is the first item's."""
    missions = numbered_inside(text, passage.span)
    return _on_one_line(passage, index, missions) if missions else None


def _labelled(text: str, passages: Sequence[Passage], index: int) -> MissionList | None:
    missions, last = labelled_items(text, passages, index)
    lead = passages[index].span
    return _list(missions, lead, index, last)


def _tabled(text: str, passages: Sequence[Passage], index: int) -> MissionList | None:
    """Return the missions of the column that the block heads, or that one of its cells does."""
    missions = missions_in_column(text, passages[index].span)
    last = index
    while missions and passages[last].span.end < missions[-1].span.end:
        last += 1
    return _list(missions, passages[index].span, index, last)


def _longer(one: MissionList | None, other: MissionList | None) -> MissionList | None:
    """Return the list of more missions, the first where they are alike."""
    return max(one, other, key=lambda found: len(found.missions)) if one and other else one or other


def _continued(text: str, passages: Sequence[Passage], one: MissionList) -> MissionList:
    """Return a list told inside a line with the items that go on counting at the next lines."""
    while one.last + 1 < len(passages):
        following = passages[one.last + 1]
        marker, printed = following.block.marker, one.missions[-1].marker
        if marker is None or printed is None or following.heads:
            break
        if marker.number != len(one.missions) + 1 or not _is_style_of(marker, printed):
            break
        more = items_beginning(text, following, marker)
        one = replace(one, missions=(*one.missions, *more), last=one.last + 1)
    return one


def _is_style_of(marker: Marker, printed: str) -> bool:
    read = marker_at(f"{printed} ", 0, len(printed) + 1)[0]
    return read is not None and read.style == marker.style


def _beside_label(text: str, passages: Sequence[Passage], index: int) -> MissionList | None:
    """Return the list whose first item stands on the line of its label, the others below it."""
    span = passages[index].span
    label = _LABEL.match(text, span.start, span.end)
    below = passages[index + 1].block.marker if label and index + 1 < len(passages) else None
    if label is None or below is None:
        return None
    marker, begin = marker_at(text, label.end(), span.end)
    first = mission_span(text, begin, span.end) if begin < span.end else None
    if marker is None or first is None or marker.style != below.style:
        return None
    if (marker.number, below.number) not in {(1, 2), (None, None)}:
        return None
    others, last = marked_items(text, passages, index + 1, below)
    missions = (Mission(span=first, marker=marker.text), *others)
    return _list(missions, Span(span.start, first.start), index, last)


def _on_label_line(text: str, passage: Passage, index: int) -> MissionList | None:
    """Return the missions behind "Misi :" on its line, or None where a list follows."""
    if leads_in(passage) or passage.rest is None:
        return None
    missions = missions_inside(text, Span(passage.rest, passage.span.end))
    return _on_one_line(passage, index, missions) if missions else None


def _on_one_line(passage: Passage, index: int, missions: tuple[Mission, ...]) -> MissionList | None:
    return _list(missions, Span(passage.span.start, missions[0].span.start), index, index)


def _list(missions: tuple[Mission, ...], lead: Span, anchor: int, last: int) -> MissionList | None:
    if not missions:
        return None
    return MissionList(missions=missions, lead=lead, anchor=anchor, last=last)


def _below(text: str, passages: Sequence[Passage], anchor: int) -> MissionList | None:
    """Return the list below a block, after what leads to it."""
    first = _first_item(text, passages, anchor)
    if first is None:
        return None
    missions, last = items_from(text, passages, first)
    lead = Span(passages[anchor].span.start, passages[first - 1].span.end)
    return _list(missions, lead, anchor, last)


def _first_item(text: str, passages: Sequence[Passage], anchor: int) -> int | None:
    """Return the index of the first item below a block, over definitions and introductions."""
    for index in range(anchor + 1, min(anchor + 1 + _LEAD_BLOCKS, len(passages))):
        passage = passages[index]
        if passage.cue is Cue.NUMBERED_MISSION:
            return index
        if _is_prelude(text, passages, index):
            continue
        if passage.heads:
            if passage.cue is not Cue.MISSION or passage.rest is not None or passage.block.marker:
                return None
        elif passage.block.marker or not (_leads_on(text, passage) or is_caption(passage)):
            return index
    return None


def _is_prelude(text: str, passages: Sequence[Passage], index: int) -> bool:
    """Tell whether an unmarked block stands before the list: a tagline, or prose above its lead.

    "Tiga langkah menuju visi" above "01", or a paragraph above "… misi sebagai berikut:".
    """
    passage = passages[index]
    if passage.block.marker or passage.heads or index + 1 >= len(passages):
        return False
    if _begins_list(passages[index + 1]):
        return passage.count <= _WORDS_OF_TAGLINE and not opens_like_a_mission(text, passage.span)
    lead = passages[index + 1]
    announced = index + 2 < len(passages) and _begins_list(passages[index + 2])
    ends = text.startswith(".", passage.span.end - 1)
    return ends and announced and not lead.block.marker and _introduces(text, lead)


def _begins_list(passage: Passage) -> bool:
    marker = passage.block.marker
    return marker is not None and marker.number == 1


def _leads_on(text: str, passage: Passage) -> bool:
    """Tell whether a block below the heading only leads to the list."""
    named = "misi" in passage.words
    if named and (leads_in(passage) or _DEFINITION.search(passage.words)):
        return True
    if passage.words.startswith(_AIM):
        return leads_in(passage) or "visi" in passage.words
    return named and not opens_like_a_mission(text, passage.span)


def _introduces(text: str, passage: Passage) -> bool:
    """Tell whether a block ends by leading on to a list of missions."""
    tail = Span(max(passage.span.start, passage.span.end - _TAIL), passage.span.end)
    return any(
        not text[one.end : tail.end].strip(_LEFT_OVER)
        and not _DUTIES.search(text, one.start, one.end)
        and not _is_about(text, one)
        for one in introductions(text, tail, _NAMED, _LINK, _CLAUSE_BREAKS)
    )


def _is_about(text: str, introduction: Introduction) -> bool:
    """Tell whether a list tells how missions are made, not which they are."""
    return bool(_ABOUT.search(text, max(0, introduction.start - 60), introduction.start))


def _told(text: str, passages: Sequence[Passage], index: int) -> MissionList | None:
    """Return the missions that a sentence lists: by numbers, between commas, or by ordinals."""
    span = passages[index].span
    for one in islice(introductions(text, span, _NAMED, _LINK, _CLAUSE_BREAKS), _SENTENCES_TRIED):
        if one.end < span.end and not _is_about(text, one):
            within = Span(one.end, span.end)
            missions = numbered_inside(text, within) or comma_series(text, within)
            if missions:
                return _list(missions, Span(span.start, one.end), index, index)
    if titled := _TITLE_INSIDE.search(text, span.start, span.end):
        missions = numbered_inside(text, Span(titled.end(), span.end))
        if missions and opens_like_a_mission(text, missions[0].span):
            return _list(missions, Span(span.start, titled.end()), index, index)
    missions, last = _by_ordinals(text, passages, index)
    if len(missions) < 2 or any(_NARRATED.match(text, one.span.start) for one in missions):
        return None
    lead = Span(span.start, max(span.start + 1, missions[0].span.start))
    return _list(missions, lead, index, last)


def _by_ordinals(
    text: str, passages: Sequence[Passage], index: int
) -> tuple[tuple[Mission, ...], int]:
    """Return the missions that ordinals tell, the first of which may have none."""
    missions, last = ordinal_series(text, passages, index)
    if missions:
        return missions, last
    span = passages[index].span
    for one in islice(introductions(text, span, _NAMED, _LINK, _CLAUSE_BREAKS), _SENTENCES_TRIED):
        if first := first_of_series(text, one.end, span.end):
            return ordinal_series(text, passages, index, first)
    return (), index


def _series_behind(
    text: str, passages: Sequence[Passage], index: int, behind: Container[int]
) -> MissionList | None:
    """Return efforts that ordinals count in the block of a vision or right behind it."""
    passage = passages[index]
    near = index in behind or index + 1 in behind
    if not near or passage.heads or not _COUNTED.search(passage.words):
        return None
    missions, last = ordinal_series(text, passages, index)
    english = bool(missions) and (missions[0].marker or "").lower() == "first"
    efforts = english or all(opens_like_a_mission(text, one.span) for one in missions)
    if not efforts or len(missions) < _FEWEST_UNANNOUNCED:
        return None
    lead = Span(passage.span.start, max(passage.span.start + 1, missions[0].span.start))
    return MissionList(missions=missions, lead=lead, anchor=index, last=last, announced=False)


def _begins_anew(passages: Sequence[Passage], index: int) -> bool:
    """Tell whether a block begins a list, not goes on with one whose items are all "1."."""
    if not _begins_list(passages[index]):
        return False
    marker = passages[index].block.marker
    above = passages[index - 1].block.marker if index else None
    return not (marker and above and (above.style, above.number) == (marker.style, 1))


def _unannounced(
    text: str, passages: Sequence[Passage], index: int, behind: Container[int]
) -> MissionList | None:
    """Return a list that no word announces but whose items all begin as missions do."""
    passage = passages[index]
    led = index - 1 in behind and leads_in(passages[index - 1])
    begins_list = _begins_anew(passages, index) or index in behind or led
    if not begins_list or passage.heads or not opens_like_a_mission(text, passage.span):
        return None
    missions, last = items_from(text, passages, index)
    efforts = all(
        opens_like_a_mission(text, one.span) and word_count(text, one.span) > 2 for one in missions
    )
    if not efforts or len(missions) < _FEWEST_UNANNOUNCED:
        return None
    lead = passages[max(0, index - 1)].span
    return MissionList(missions=missions, lead=lead, anchor=index, last=last, announced=False)
