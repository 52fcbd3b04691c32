"""The choice: of the visions and mission lists of a text, the pair that is the plan in force."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from visidaerah.statements.visions import slogan_replaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visidaerah.statements.missions import MissionList
    from visidaerah.statements.outline import Passage
    from visidaerah.statements.visions import VisionCandidate

_LONG_TERM = re.compile(r"\brpjp|jangka\s+panjang|\b20\d\d\s*[-–—]\s*20[2-9]5\b", re.IGNORECASE)
_PERIOD = re.compile(r"\b20\d\d\s*[-–—]\s*(20\d\d)\b")
_CONTEXT = 300
_AGENCY = re.compile(
    r"\b(?:dinas|badan|perumda|pdam|bappe\w+|inspektorat|rsud|puskesmas|sekretariat|bagian|biro|pkk)\b",
    re.IGNORECASE,
)
# What says that a vision is one of the past: "pada periode lalu …", "visi sebelumnya".
_FORMER = re.compile(
    r"\b(?:sebelumnya|terdahulu|visi\s+lama|previous|former"
    r"|(?:periode|tahun|masa|kepemimpinan)\s+(?:yang\s+)?lalu)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The chosen vision and mission list, and the visions left over."""

    vision: VisionCandidate | None
    missions: MissionList | None
    others: tuple[VisionCandidate, ...]


def chosen(
    text: str,
    passages: Sequence[Passage],
    visions: Sequence[VisionCandidate],
    lists: Sequence[MissionList],
) -> Choice:
    """Pair each mission list with the last vision before it, and take the best pair.

    A region's plan comes before an agency's, a current one before a long-term one, one with
    missions before one without, an earlier one before a later one.
    """
    pairs = list(_pairs(text, visions, _in_force(visions, lists)))
    if not pairs:
        return Choice(vision=None, missions=None, others=())
    vision, missions = max(pairs, key=lambda pair: _rank(text, *pair))
    longer = slogan_replaced(text, passages, vision) if vision else None
    others = tuple(v for v in visions if v is not vision and (v.quoted or v.opened))
    if longer and vision:
        others = (vision, *(v for v in others if not v.span.overlaps(longer.span)))
        vision = longer
    return Choice(vision=vision, missions=missions, others=others)


def _in_force(
    visions: Sequence[VisionCandidate], lists: Sequence[MissionList]
) -> list[MissionList]:
    """Return the announced lists; an unannounced one counts where nothing announces any.

    It also replaces announced ones, if the list right behind it says as many missions again.
    """
    if not any(one.announced for one in lists):
        return [one for one in lists[:1] if _behind_vision(one, visions)]
    for one, following in pairwise(lists):
        again = following.announced and len(following.missions) == len(one.missions)
        if not one.announced and again and _behind_vision(one, visions):
            return [one]
    return [one for one in lists if one.announced]


def _behind_vision(one: MissionList, visions: Sequence[VisionCandidate]) -> bool:
    return bool(visions) and visions[0].span.end <= one.start


def _pairs(
    text: str, visions: Sequence[VisionCandidate], lists: Sequence[MissionList]
) -> Iterator[tuple[VisionCandidate | None, MissionList | None]]:
    """Yield each list with the vision it belongs to, and each vision without missions."""
    starts = [vision.span.start for vision in visions]
    used = 0
    for missions in lists:
        first, used = used, max(used, bisect_left(starts, missions.start))
        if used > first:
            yield _current(text, visions[first:used]), missions
        elif len(lists) == 1 and visions:
            yield visions[0], missions
            used = max(used, 1)
        elif len(missions.missions) > 1:
            yield None, missions
    for vision in visions[used:]:
        yield vision, None


def _current(text: str, visions: Sequence[VisionCandidate]) -> VisionCandidate:
    """Return the last vision; of several in one paragraph the first that is no other plan's."""
    paragraph = [vision for vision in visions if vision.first == visions[-1].first]
    contexts = (0, *(vision.span.end for vision in paragraph))
    sentences = [
        text[max(begin, vision.span.start - _CONTEXT) : vision.span.start].rsplit(". ", 1)[-1]
        for vision, begin in zip(paragraph, contexts, strict=False)
    ]
    first = min(range(len(paragraph)), key=lambda at: _is_another_plans(sentences[at]))
    own_end = _end_year(sentences[first])
    later = (at for at in range(first + 1, len(paragraph)) if not _is_another_plans(sentences[at]))
    return paragraph[next((at for at in later if 0 < own_end < _end_year(sentences[at])), first)]


def _is_another_plans(sentence: str) -> bool:
    """Tell whether the words before a vision give it to a past or a long-term plan."""
    return bool(_FORMER.search(sentence) or _LONG_TERM.search(sentence))


def _end_year(sentence: str) -> int:
    """Return the last year of the period before a vision, 0 where none is stated."""
    period = _PERIOD.search(sentence)
    return int(period[1]) if period else 0


def _rank(
    text: str, vision: VisionCandidate | None, missions: MissionList | None
) -> tuple[int, int, int, int, int]:
    lead = vision.lead.of(text) if vision else ""
    return (
        (vision is not None) + (missions is not None),
        -bool(_LONG_TERM.search(lead)),
        -bool(_AGENCY.search(lead)),
        int(bool(vision and (vision.quoted or vision.opened))),
        -(vision.span.start if vision else missions.start if missions else 0),
    )
