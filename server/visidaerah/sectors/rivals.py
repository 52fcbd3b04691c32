"""Of phrases that overlap, those that stand: the longest reading wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visidaerah.sectors.grammar import COORDINATORS
from visidaerah.sectors.lexicon import Match, Strength

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visidaerah.sectors.lexicon import Token
    from visidaerah.sectors.scheme import SectorScheme

Reach = dict[int, int]
"""For the token at which a match begins, the farthest end of such matches."""


def standing(
    found: Sequence[Match], words: Sequence[Token], scheme: SectorScheme
) -> Iterator[Match]:
    """Yield the matches that stand.

    A match falls where an excluding phrase of its sector touches it, or within a longer match of
    its sector. An affair falls as well within a longer match of another affair: "keamanan pangan"
    is food, not security; not so where the longer one coordinates ("sosial dan kesehatan" is both).
    Themes cut across affairs, so they compete with nothing.
    """
    allowed = _allowed(found)
    own: dict[str, Reach] = {}
    affairs: Reach = {}
    for match in allowed:
        _extend(own.setdefault(match.sector, {}), match)
        if _outranks_affairs(match, words, scheme):
            _extend(affairs, match)
    for match in allowed:
        rivals = affairs if scheme.concepts[match.sector].is_affair else {}
        if not (
            _is_within(match, own[match.sector], scheme)
            or (rivals and _is_within(match, rivals, scheme))
        ):
            yield match


def _allowed(found: Sequence[Match]) -> list[Match]:
    """Return the matches that no excluding phrase of their sector touches."""
    excluded = {
        place for match in found if match.strength is Strength.EXCLUDING for place in _places(match)
    }
    if not excluded:
        return list(found)
    return [match for match in found if excluded.isdisjoint(_places(match))]


def _places(match: Match) -> list[tuple[str, int]]:
    return [(match.sector, index) for index in range(match.first, match.last)]


def _outranks_affairs(match: Match, words: Sequence[Token], scheme: SectorScheme) -> bool:
    return (
        scheme.concepts[match.sector].is_affair
        and match.strength is not Strength.WEAK
        and all(words[index].word not in COORDINATORS for index in range(match.first, match.last))
    )


def _extend(reach: Reach, match: Match) -> None:
    reach[match.first] = max(match.last, reach.get(match.first, 0))


def _is_within(match: Match, reach: Reach, scheme: SectorScheme) -> bool:
    """Tell whether a longer match covers this one."""
    if reach.get(match.first, 0) > match.last:
        return True
    for first in range(match.first - scheme.lexicon.longest + 1, match.first):
        if reach.get(first, 0) >= match.last:
            return True
    return False
