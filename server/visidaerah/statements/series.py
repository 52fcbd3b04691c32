"""Coordinated phrases, "A, B dan C", come apart into their conjuncts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from visidaerah.spans import Span
from visidaerah.statements.sentences import BRACKETED, trimmed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SEPARATOR = re.compile(
    rf"""
      {BRACKETED}
    | (?P<comma>(?<!\d)[,;]|[,;](?!\d))
    | (?<!\S)(?<!peran\s)(?P<link>dan/atau|dan|serta|atau|maupun|&)(?!\S)
    """,
    re.VERBOSE | re.IGNORECASE,
)
BLANK = re.compile(r"\s")
WORD = re.compile(r"[^\W_]+")
CORRELATIVE = re.compile(r"baik\s")
LONGEST_WORD = 40
# A word that opens an adverbial or a relative clause: what is coordinated behind it belongs to it.
TAIL = re.compile(
    r"(?<!\S)(?:yang|dalam|di|pada|untuk|bagi|terhadap|kepada|dari|dengan|secara|sebagai|oleh"
    r"|antara|antar|berbasis|menuju|tanpa|sesuai|seperti|melalui|karena|apabila|jika|bila)(?!\S)",
    re.IGNORECASE,
)
VERB = re.compile(r"me(?:m|n|ng|ny|l|r|w|y)[a-z]{3,}")
ACTION = re.compile(
    r"pe(?:m|n|ng|ny|r|l)?[a-z]{3,}an|[a-z]+isasi|akselerasi|edukasi|eliminasi|fasilitasi|integrasi"
    r"|kemitraan|kemudahan|kerjasama|kolaborasi|konservasi|koordinasi|promosi|rehabilitasi|restorasi"
)
# Words of these shapes that name a field, a thing or a quality, no action.
NO_ACTION = re.compile(
    r"""
    melainkan|melalui|memadai|memang|mempunyai|memiliki|menarik|mendasar|mendatang|menengah|mengenai
    | menjadi|menteri|menuju|menurut|menyeluruh|merata|merdeka|merupakan|organisasi
    | pedesaan|pegunungan|pekarangan|pekerjaan|pelabuhan|pelayanan|pelayaran|pemerintahan|pemilihan
    | pemukiman|pendapatan|pendidikan|penelitian|penerbangan|pengairan|pengalaman|pengetahuan
    | penghasilan|perairan|peralatan|peranan|peraturan|perbankan|perbatasan|perbedaan|perdagangan
    | perdesaan|perekonomian|perempuan|perguruan|perhubungan|peribadatan|perikanan|perindustrian
    | perizinan|perjalanan|perkantoran|perkebunan|perkembangan|perkotaan|permasalahan|permukiman
    | pernikahan|perpajakan|perpustakaan|persampahan|persatuan|pertahanan|pertambangan|pertanahan
    | pertanian|pertokoan|perubahan|perumahan|perusahaan|peternakan
    """,
    re.VERBOSE,
)
# Two words that "dan" makes one idea.
PAIRS = frozenset(
    {
        "adat istiadat",
        "hak kewajiban",
        "iman takwa",
        "iman taqwa",
        "kualitas kuantitas",
        "kuantitas kualitas",
        "lahir batin",
        "pengetahuan teknologi",
        "peran fungsi",
        "persatuan kesatuan",
        "sandang pangan",
        "sarana prasarana",
        "tugas fungsi",
    }
)


class Head(Enum):
    """What the first word of a phrase is, as far as its shape tells."""

    VERB = auto()
    ACTION = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch between separators, what separates it from the one before, and what it is like.

    `link` is the conjunction before it, if any; `several` tells whether it has more than one word,
    `tail` whether an adverbial or relative clause ends it.
    """

    span: Span
    comma: bool
    link: str
    head: Head
    several: bool
    tail: bool

    def followed_by(self, other: Phrase) -> Phrase:
        """Return the phrase that the two make together."""
        span = Span(self.span.start, other.span.end)
        return replace(self, span=span, several=True, tail=self.tail or other.tail)


def conjuncts(text: str, within: Span) -> tuple[Span, ...]:
    """Return the conjuncts of a series of noun phrases or adjectives.

    What is coordinated behind an adverbial or a relative clause belongs to that ("cara warga
    dalam menyampaikan saran, kritik, maupun keluhan"), and two words can make one idea.
    """

    def divides(whole: Phrase, part: Phrase) -> bool:
        if part.comma:
            return (part.several or not whole.tail) and not _correlates(text, part)
        return not whole.tail and not _one_idea(text, whole, part)

    return _divided(phrases(text, within), divides)


def listed_items(text: str, within: Span) -> tuple[Span, ...]:
    """Return the items of a list that a colon announces: every comma divides.

    But a lone noun goes on what a longer item enumerates ("penyediaan sandang, pangan, papan"), and
    so does "…, baik A, B, maupun C".
    """
    found = phrases(text, within)
    closing = found[-1] if found else None

    def divides(whole: Phrase, part: Phrase) -> bool:
        if _correlates(text, part) or part.link.casefold() == "maupun":
            return False
        if part.comma:
            return part.several or part.head is not Head.OTHER or not whole.several
        return _is_next_action(whole, part) or (part is closing and _closes(text, whole, part))

    return _divided(found, divides)


def coordinated_actions(text: str, within: Span) -> tuple[Span, ...]:
    """Return the actions of running prose, a single one where none is clearly coordinated.

    An action opens with a verb in me- or its noun in pe-/-an, and all with the same of both.
    Behind "peningkatan A, peningkatan B" the closing "dan C" is one too, without its noun.
    """
    found = phrases(text, within)
    closing = found[-1] if found else None
    in_series = any(later.comma and _is_next_action(found[0], later) for later in found[1:])

    def divides(whole: Phrase, part: Phrase) -> bool:
        if part.head is found[0].head and _is_next_action(whole, part):
            return True
        return in_series and part is closing and _closes(text, whole, part)

    return _divided(found, divides)


def phrases(text: str, within: Span) -> list[Phrase]:
    """Cut at every comma and conjunction that no bracket hides."""
    found: list[Phrase] = []
    start, comma, link = within.start, False, ""
    for match in SEPARATOR.finditer(text, within.start, within.end):
        if match.lastgroup is None:
            continue
        if span := trimmed(text, start, match.start()):
            found.append(_phrase(text, span, comma, link))
            comma, link = False, ""
        start = match.end()
        comma = comma or match.lastgroup == "comma"
        link = match["link"] or link
    if span := trimmed(text, start, within.end):
        found.append(_phrase(text, span, comma, link))
    return found


def head_of(text: str, span: Span) -> Head:
    """Tell what the first word of a stretch is."""
    first = WORD.search(text, span.start, min(span.end, span.start + LONGEST_WORD))
    word = first.group().casefold() if first else ""
    if NO_ACTION.fullmatch(word):
        return Head.OTHER
    if VERB.fullmatch(word):
        return Head.VERB
    return Head.ACTION if ACTION.fullmatch(word) else Head.OTHER


def _phrase(text: str, span: Span, comma: bool, link: str) -> Phrase:
    return Phrase(
        span=span,
        comma=comma,
        link=link,
        head=head_of(text, span),
        several=BLANK.search(text, span.start, span.end) is not None,
        tail=TAIL.search(text, span.start, span.end) is not None,
    )


def _divided(
    found: Sequence[Phrase], divides: Callable[[Phrase, Phrase], bool]
) -> tuple[Span, ...]:
    parts: list[Phrase] = []
    for phrase in found:
        if parts and not divides(parts[-1], phrase):
            parts[-1] = parts[-1].followed_by(phrase)
        else:
            parts.append(phrase)
    return tuple(part.span for part in parts)


def _is_next_action(whole: Phrase, part: Phrase) -> bool:
    """Tell whether a further action begins: not behind a lone word, no verb of a relative clause.

    "pendidikan dan pengembangan SDM" is one, as is "membentuk warga yang rukun dan menghargai …".
    """
    if part.head is Head.OTHER or not whole.several:
        return False
    return not (part.head is Head.VERB and whole.tail)


def _closes(text: str, whole: Phrase, part: Phrase) -> bool:
    """Tell whether the phrase behind the last conjunction is an item of its own."""
    if not part.link or part.head is Head.VERB:
        return False
    return part.comma or (part.several and not whole.tail and not _one_idea(text, whole, part))


def _correlates(text: str, part: Phrase) -> bool:
    return CORRELATIVE.match(text, part.span.start) is not None


def _one_idea(text: str, whole: Phrase, part: Phrase) -> bool:
    before = text[max(whole.span.start, whole.span.end - LONGEST_WORD) : whole.span.end]
    after = text[part.span.start : min(part.span.end, part.span.start + LONGEST_WORD)]
    pair = f"{before.split()[-1]} {after.split()[0]}"
    return pair.casefold() in PAIRS
