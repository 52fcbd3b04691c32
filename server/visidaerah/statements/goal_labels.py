"""Labels of goals: the words that announce goals (tujuan) or objectives (sasaran), and whose."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from visidaerah.spans import Span
from visidaerah.statements.mission_lines import RANKS
from visidaerah.statements.outline import ORDINAL
from visidaerah.statements.wording import opens_like_a_mission

Level: TypeAlias = Literal["goal", "objective"]
Number: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalLabel:
    """Words such as "Tujuan Misi 1:", "Sasaran 1.1.2", "TUJUAN DAN SASARAN", "T1".

    `end` is where what they announce begins. If they have a number of their own, `printed` is the
    label with it, and `counted` where the number begins; `whole` is the number of the goal whose
    objectives they announce. `both` tells that goals and their objectives follow together,
    `certain` that a colon or a number, not prose alone, says that a statement follows.
    """

    level: Level
    start: int
    end: int
    both: bool = False
    certain: bool = True
    mission: int | None = None
    number: Number = ()
    whole: Number = ()
    printed: str | None = None
    counted: int | None = None


_LEVELS: dict[str, Level] = {
    "tujuan": "goal",
    "t": "goal",
    "sasaran": "objective",
    "s": "objective",
}
# What may stand behind "tujuan" where it is the plan's: "Tujuan Pembangunan Berkelanjutan",
# "Tujuan Dana Desa", "Sasaran Kinerja Pegawai" are others'.
_WORDS = (
    r"strategis|pembangunan(?!\s+(?:berkelanjutan|milenium|nasional))|daerah|jangka|menengah"
    r"|panjang|pokok|utama|dari|untuk|pada|yang|ingin|hendak|akan|harus|dicapai|diwujudkan"
    r"|ditetapkan|dirumuskan|mewujudkan|mencapai|pencapaian|visi|misi|rpjmd(?:es)?|rpjpd|rpjm|rpd"
    r"|sebagaimana\s+dimaksud\s+(?:dalam|pada)\s+(?:pasal\s+\d+(?:\s+ayat\s+\(\d+)?|ayat\s+\(\d+)"
    r"|renstra|pemerintah(?:an)?|perangkat|opd|skpd|tahun|periode|dan|serta|sasaran(?:nya)?|tujuan|tersebut"
)
_BODIES = (
    r"(?:kota|kabupaten|kab|provinsi|desa|kelurahan|kecamatan|nagari|gampong|kampung|dinas|badan)"
    r"\b\.?(?!\s+(?:adat|cerdas|layak|ramah|sehat|siaga|tangguh|wisata)\b)(?:\s+(?!(?:me|ter)\w+(?:nya|kan|i)\b)(?-i:[A-Z][\w.’'-]*)){0,6}(?!\w)"
)
_YEARS = r"\d{4}(?:\s*[-–—]\s*\d{4})?"
_MISSION = rf"misi[\s-]*(?:ke[\s-]*)?(?P<mission>{ORDINAL})\b(?!\.\d)"
_FIGURES = r"\d{1,2}(?:\.\d{1,2}){0,3}|[ivx]{1,4}"
_GOAL = rf"tujuan\s+(?:ke[\s-]?)?(?P<whole>{_FIGURES}|{'|'.join(RANKS)})(?!\w|\.\d)"
_NUMBER = rf"(?:ke[\s-]?)?(?P<number>{_FIGURES}|{'|'.join(RANKS)})(?!\w|\.\d)"
_LINK = (
    r"(?:[:=]|[–—-](?=\s)|\b(?:adalah|ialah|yaitu|yakni|meliputi|antara\s+lain|sebagai\s+berikut"
    r"|berikut|sbb|mencakup|terdiri\s+(?:dari|atas)|di\s?bawah\s+ini)\b)"
)
_OPENING = (
    rf"(?:(?:dalam\s+rangka|untuk|guna)\s+(?:mewujudkan|mencapai|melaksanakan)\s+"
    rf"misi[\s-]*(?:ke[\s-]*)?(?P<served>{ORDINAL})\b[^.:;]{{0,120}}?"
    r"(?:(?:ditetapkan|dirumuskan|disusun|memiliki|terdapat)(?:lah)?)\s+(?:\w+\s+)?"
    r"|(?:dalam\s+rangka|untuk|guna)\s+(?:mewujudkan|mencapai|melaksanakan)\s+(?:visi|misi)\b"
    r"[^.,:;]{0,80},\s*(?:maka\s+)?)"
)
_LABEL = re.compile(
    r"[^\w\n]{0,6}(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?\s+)?"
    rf"(?:(?:adapun|maka|sedangkan|selanjutnya|rumusan|pernyataan)\s+)?{_OPENING}?"
    r"(?P<noun>tujuan|sasaran)(?:nya)?\b(?P<both>\s*(?:,|&|/|-|\bdan|\bserta)\s*sasaran\b)?"
    rf"(?P<of>(?:[\s,(/.-]+(?:{_MISSION}|{_GOAL}|{_NUMBER}|{_BODIES}|{_YEARS}|(?:{_WORDS})\b))*)"
    rf"[\s).'\"]*(?P<link>{_LINK}(?:[\s:,]|{_LINK})*)?\s*",
    re.IGNORECASE,
)
_CODE = re.compile(
    # "S1" alone is a degree of education.
    r"(?P<code>(?P<noun>T|S(?=[.\s-]?\d+\.\d))[.\s-]?(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}))"
    r"\.?\s*[:)–-]?\s+(?=[A-Z])"
)
# Definitions of what a goal is: "Tujuan adalah sesuatu yang akan dicapai …".
_DEFINITION = re.compile(
    r"\W*(?:suatu|sesuatu|hasil|penjabaran|kondisi\s+yang|pernyataan|implementasi|keadaan|bagian"
    r"|target|apa|hal|ukuran|gambaran|rumusan|turunan|sebuah|penggambaran|arah|dasar)\b",
    re.IGNORECASE,
)
_LIST = re.compile(r"(?:\(?(?:1|a|A|i|I)[.)]|[-•–✓])")
_MISSION_AT = re.compile(
    rf"[^\w\n]{{0,6}}misi[\s-]*(?:ke[\s-]*)?(?P<mission>{ORDINAL})\b[\s.:)–—-]*",
    re.IGNORECASE,
)
# "… (Misi 2)" behind a goal.
_MISSION_BEHIND = re.compile(
    rf"\(\s*misi[\s-]*(?:ke[\s-]*)?(?P<mission>{ORDINAL})\s*\)\W*$", re.IGNORECASE
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_VALUES = {
    **{word.removeprefix("ke"): rank for word, rank in RANKS.items()},
    **{numeral: rank for rank, numeral in enumerate(_ROMAN, start=1)},
    **RANKS,
}
_AIM = re.compile(r"(?:untuk|agar|supaya)\s+", re.IGNORECASE)
_STATE = re.compile(r"\W*[^\W\d_]{3,}nya\s", re.IGNORECASE)
_PUNCTUATION = " \t\r\n\xa0.,:=()–—-"
_WORDS_OF_HEADING = 14


def label_at(text: str, start: int, end: int) -> GoalLabel | None:
    """Return the label that a stretch begins with, or None where it begins with none."""
    match = _LABEL.match(text, start, end)
    if match is None or not _announces(text, match, end):
        return None
    number = match["number"]
    return GoalLabel(
        level=_LEVELS[match["noun"].lower()],
        start=match.start("noun"),
        end=match.end(),
        both=bool(match["both"]) and match["noun"].lower() == "tujuan",
        certain=match["link"] is None or ":" in match["link"] or number is not None,
        mission=rank_of(match["mission"] or match["served"] or ""),
        number=_number_of(number) if number else (),
        whole=_number_of(match["whole"]) if match["whole"] else (),
        printed=text[match.start("noun") : match.end()].strip(_PUNCTUATION) if number else None,
        counted=match.start("number") if number else None,
    )


def code_at(text: str, start: int, end: int) -> GoalLabel | None:
    """Return the code that a stretch begins with: "T1", "S1.2"."""
    match = _CODE.match(text, start, end)
    if match is None:
        return None
    return GoalLabel(
        level=_LEVELS[match["noun"].lower()],
        start=match.start(),
        end=match.end(),
        number=_number_of(match["number"]),
        printed=match["code"],
    )


def code_in(marker: str, start: int) -> GoalLabel | None:
    """Return the code that a marker is, of what begins at a place."""
    label = code_at(f"{marker} X", 0, len(marker) + 2)
    return replace(label, start=start, end=start) if label else None


def mission_at(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the number of the mission that a stretch begins by naming, and what is behind it."""
    match = _MISSION_AT.match(text, start, end)
    rank = rank_of(match["mission"]) if match else None
    return (rank, match.end()) if match and rank else None


def mission_behind(text: str, span: Span) -> int | None:
    """Return the number of the mission in brackets at the end of a statement."""
    match = _MISSION_BEHIND.search(text, max(span.start, span.end - 20), span.end)
    return rank_of(match["mission"]) if match else None


def rank_of(printed: str) -> int | None:
    """Return the value of an ordinal as printed: "2", "ke-2", "kedua", "II"."""
    word = re.sub(r"^ke[\s-]+", "", printed.lower())
    return int(word) if word.isdecimal() else _VALUES.get(word)


def numbers_in(printed: str) -> Number:
    """Return the figures of a marker: (1, 2) of "1.2.", (3,) of "3)", nothing of "a."."""
    return tuple(int(figure) for figure in re.findall(r"\d{1,4}", printed))


def _number_of(printed: str) -> Number:
    rank = rank_of(printed)
    return (rank,) if rank else numbers_in(printed)


def _announces(text: str, match: re.Match[str], end: int) -> bool:
    """Tell whether a statement or a list follows, not a sentence that only speaks of goals."""
    if len(text[match.start("noun") : match.end()].split()) > _WORDS_OF_HEADING:
        return False
    if match.end() >= end:
        return True
    rest = Span(match.end(), end)
    if match["link"] and ":" in match["link"]:
        return True
    if match["link"]:
        return opens_like_a_goal(text, rest) and not _DEFINITION.match(text, rest.start, rest.end)
    if not match["noun"][0].isupper():
        return False
    listed = bool(_LIST.match(text, rest.start, rest.end))
    stated = text[rest.start].isupper() and (
        match["number"] is not None or opens_like_a_mission(text, rest)
    )
    return listed or stated


def _without_aim(text: str, span: Span) -> Span:
    aim = _AIM.match(text, span.start, span.end)
    return Span(aim.end(), span.end) if aim and aim.end() < span.end else span


def opens_like_a_goal(text: str, span: Span) -> bool:
    """Tell whether a stretch begins as goals do: "Meningkatnya …", "Turunnya …", "Untuk …"."""
    bare = _without_aim(text, span)
    return opens_like_a_mission(text, bare) or opens_like_a_state(text, bare)


def opens_like_a_state(text: str, span: Span) -> bool:
    """Tell whether a stretch begins with what is to be the case: "Meningkatnya", "Turunnya"."""
    return bool(_STATE.match(text, span.start, span.end))
