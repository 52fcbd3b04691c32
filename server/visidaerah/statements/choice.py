"""The choice: of the visions and mission lists of a text, the pair that is the region's plan in force."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from visidaerah.statements.visions import slogan_replaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visidaerah.statements.missions import MissionList
    from visidaerah.statements.outline import Passage
    from visidaerah.statements.visions import VisionCandidate

_LONG_TERM = re.compile(r"\brpjp|jangka\s+panjang|\b20\d\d\s*[-–—]\s*20[2-9]5\b", re.IGNORECASE)
_AGENCY = re.compile(
    r"\b(?:dinas|badan|perumda|pdam|bappe\w+|inspektorat|rsud|puskesmas|sekretariat|bagian|biro|pkk)\b",
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
    pairs = list(_pairs(visions, _in_force(visions, lists)))
    if not pairs:
        return Choice(vision=None, missions=None, others=())
    vision, missions = max(pairs, key=lambda pair: _rank(text, *pair))
    longer = slogan_replaced(text, passages, vision) if vision else None
    others = tuple(v for v in visions if v is not vision)
    if longer and vision:
        others = (vision, *(v for v in others if not v.span.overlaps(longer.span)))
        vision = longer
    return Choice(vision=vision, missions=missions, others=others)


def _in_force(
    visions: Sequence[VisionCandidate], lists: Sequence[MissionList]
) -> list[MissionList]:
    """Return the announced lists; an unannounced one counts where nothing announces any.

    It also replaces the announced list right behind it that says as many missions again.
    """
    found: list[MissionList] = []
    announced = any(one.announced for one in lists)
    for index, one in enumerate(lists):
        following = lists[index + 1] if index + 1 < len(lists) else None
        again = following is not None and len(following.missions) == len(one.missions)
        after_vision = bool(visions) and visions[0].span.end <= one.start
        if (one.announced and not (found and not found[-1].announced)) or (
            not one.announced and after_vision and not found and (again or not announced)
        ):
            found.append(one)
    return found


def _pairs(
    visions: Sequence[VisionCandidate], lists: Sequence[MissionList]
) -> Iterator[tuple[VisionCandidate | None, MissionList | None]]:
    paired: set[int] = set()
    starts = [vision.span.start for vision in visions]
    floor = -1
    for missions in lists:
        before = visions[bisect_left(starts, floor) : bisect_left(starts, missions.start)]
        vision = before[-1] if before else None
        if vision is None and len(lists) == 1 and visions:
            vision = visions[0]
        if vision:
            paired.update(id(v) for v in before)
            yield vision, missions
        elif len(missions.missions) > 1:
            yield None, missions
        floor = missions.missions[-1].span.end
    for vision in visions:
        if id(vision) not in paired:
            yield vision, None


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
