"""A sentence becomes clauses: the cue words that announce each, and the stretch they rule."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from enum import Enum, auto
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from visidaerah.statements.sentences import BRACKETED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visidaerah.spans import Span


class Role(Enum):
    """What a cue announces."""

    OPENING = auto()
    MEANS = auto()
    THROUGH = auto()
    PRINCIPLE = auto()
    RENUNCIATION = auto()
    OUTCOME = auto()
    GUARANTEE = auto()
    CHARACTERISTIC = auto()
    EMPHASIS = auto()
    LINK = auto()


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that announce a clause, as a pattern: a blank is any white space, case is no matter.

    Where `ends` is false, the clause before it goes on: "memiliki dan mengedepankan sikap …".
    """

    role: Role
    words: str
    ends: bool = True


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence: the cue's words from `cue` to `start`, what they rule to `end`."""

    role: Role
    cue: int
    start: int
    end: int


class CueMatch(NamedTuple):
    """A cue, and where its words stand."""

    start: int
    end: int
    cue: Cue


class CueTable:
    """Cues in order of preference, as one pattern."""

    def __init__(self, *cues: Cue) -> None:
        self.cues = cues
        alternatives = "|".join(
            f"(?P<c{number}>{cue.words})" for number, cue in enumerate(cues)
        ).replace(" ", r"\s+")
        words = rf"{BRACKETED}|(?<![\w-])(?:{alternatives})(?![\w-])"
        self._pattern = re.compile(words, re.IGNORECASE)

    def matches(self, text: str, within: Span) -> list[CueMatch]:
        """Return the cues of a stretch outside brackets, in order."""
        return [
            CueMatch(match.start(), match.end(), self.cues[int(match.lastgroup[1:])])
            for match in self._pattern.finditer(text, within.start, within.end)
            if match.lastgroup is not None
        ]


def cues_within(stretch: Span, matches: Sequence[CueMatch]) -> Sequence[CueMatch]:
    """Return those of the matches that begin in a stretch."""
    first = bisect_left(matches, stretch.start, key=itemgetter(0))
    return matches[first : bisect_left(matches, stretch.end, lo=first, key=itemgetter(0))]


def clauses(sentence: Span, matches: Sequence[CueMatch]) -> tuple[Clause, ...]:
    """Cut a sentence at its cues; the first clause is what stands before any of them.

    A clause ends where the next cue begins that ends clauses or announces the same, or with the
    sentence.
    """
    cut: list[Clause] = []
    end = sentence.end
    ends: dict[Role, int] = {}
    for match in reversed(cues_within(sentence, matches)):
        role = match.cue.role
        cut.append(Clause(role, match.start, match.end, min(end, ends.get(role, end))))
        ends[role] = match.start
        end = match.start if match.cue.ends else end
    return (Clause(Role.OPENING, sentence.start, sentence.start, end), *reversed(cut))


REALISED = (
    "diwujudkan|terwujud|dicapai|tercapai|dilaksanakan|dilakukan|ditempuh|diupayakan|diraih"
    "|direalisasikan|diselenggarakan|dijalankan|diciptakan|dibangun|dikembangkan|ditingkatkan"
)
VALUED = (
    "mengedepankan|mengutamakan|menjunjung tinggi|menjunjung"
    r"|(?<!saling\x20)(?:menghormati|menghargai)"
    "|(?:memegang|berpegang)(?: teguh)?(?: (?:pada|kepada))?"
)
GROUNDED = "(?:berlandaskan|berdasarkan|berasaskan|berlandas)(?: pada)?"
# One builds on values; the papers and figures that planners build on as well are none.
NO_PAPERS = (
    "(?! (?:hasil|data|analisis|peraturan|undang-undang|uu|perda|pasal|ketentuan|amanat|keputusan"
    r"|visi|misi|pada|rpjp\w*|rpjm\w*|rkpd|kompetensi|sumber))"
)
# At the head of a sentence these speak of the text, of a condition, or of a mission's own act.
WITHIN = r"(?:(?<=[\w,)][\x20\xa0])|(?-i:(?=[a-z])))"
VERB_FOLLOWS = "(?= me(?:m|n|ng|ny|l|r|w|y)[a-z]{3})"
AIM_FOLLOWS = "(?= (?:me(?:m|n|ng|ny|l|r|w|y)[a-z]{3}|ter[a-z]{3,20}nya))"
TRAITS = r"(?:kara\w{0,2}teristik|ciri(?:-ciri)?)(?:nya)?"
ANNOUNCED = r"(?: (?:yaitu|yakni|adalah|meliputi|antara lain|sebagai berikut))?\s*:"

PILLAR_CUES = (
    Cue(Role.MEANS, f"(?:akan )?(?:{REALISED}) (?:dengan cara|dengan|melalui|lewat)"),
    Cue(Role.MEANS, "(?:akan )?diarahkan (?:untuk|guna)"),
    Cue(Role.EMPHASIS, f"{WITHIN}(?:dengan )?(?:menitikberatkan|memfokuskan(?: diri)?) pada"),
    Cue(Role.EMPHASIS, f"{WITHIN}(?:dengan )?(?:berfokus|terfokus|fokus) (?:pada|kepada)"),
    Cue(Role.PRINCIPLE, f"dengan (?:tetap |selalu |senantiasa )?(?:{VALUED})"),
    Cue(Role.PRINCIPLE, f"{WITHIN}(?:{VALUED})", ends=False),
    Cue(Role.PRINCIPLE, f"{WITHIN}(?:dengan )?{GROUNDED}{NO_PAPERS}"),
    Cue(Role.RENUNCIATION, f"{WITHIN}tanpa"),
    Cue(Role.CHARACTERISTIC, f"(?:dengan |memiliki )?{TRAITS}{ANNOUNCED}"),
    Cue(Role.CHARACTERISTIC, "(?:yang )?ditandai (?:dengan|oleh)(?: adanya)?"),
    Cue(Role.THROUGH, "melalui|lewat|dengan cara"),
    Cue(Role.OUTCOME, "sehingga"),
    Cue(Role.OUTCOME, "(?:yang )?diharapkan(?: agar)?"),
    Cue(Role.OUTCOME, "agar|supaya"),
    Cue(Role.GUARANTEE, "dijamin(?! oleh)"),
    Cue(Role.GUARANTEE, f"{WITHIN}menjamin", ends=False),
    Cue(Role.LINK, "yaitu|yakni|untuk itu|oleh karena itu|dengan demikian"),
)
MISSION_CUES = (
    *PILLAR_CUES,
    Cue(Role.MEANS, f"dengan{VERB_FOLLOWS}"),
    Cue(Role.MEANS, "(?:dengan )?didukung(?: (?:oleh|dengan))?"),
    Cue(Role.OUTCOME, "dalam rangka"),
    Cue(Role.OUTCOME, f"(?:untuk|guna|demi){AIM_FOLLOWS}"),
    Cue(Role.OUTCOME, "sebagai (?:dasar|landasan|fondasi|pondasi)(?: (?:bagi|untuk))?"),
)
OF_PILLARS = CueTable(*PILLAR_CUES)
OF_MISSIONS = CueTable(*MISSION_CUES)
