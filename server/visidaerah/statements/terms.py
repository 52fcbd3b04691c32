"""Abbreviations that a text expands, and words that it defines, become glossary terms."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from visidaerah.spans import Span
from visidaerah.statements.clauses import OF_PILLARS, Role, clauses
from visidaerah.statements.lists import marked_lists
from visidaerah.statements.model import GlossaryTerm
from visidaerah.statements.sentences import first_sentence_end, sentences, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visidaerah.statements.model import Pillar

# "Gerakan Air Bersih (GARSIH)", and the other way round.
ABBREVIATION = r"[A-Z][A-Z0-9][A-Za-z0-9-]{0,28}"
IN_BRACKETS = re.compile(rf"(?<=[^\W_])\s{{1,3}}\(\s?(?P<short>{ABBREVIATION})\s?\)")
BEFORE_BRACKETS = re.compile(
    rf"(?<![\w-])(?P<short>{ABBREVIATION})\s{{1,3}}\((?P<long>[^()]{{3,200}})\)"
)
APPOSITION = re.compile(r"\s{0,3},?\s{1,3}(?:yaitu|yakni|adalah|ialah|merupakan|artinya)(?!\w)")
DEFINING = re.compile(
    r"(?:adapun\s{1,9})?(?:(?:yang\s{1,9})?dimaksud(?:kan)?\s{1,9}dengan\s{1,9})?"
    r"(?:(?:makna|arti|pengertian)\s{1,9}(?:(?:dari|kata)\s{1,9})?)?"
    r"(?P<word>[^.,;:()]{2,80}?)\s{1,9}(?:adalah|merupakan|ialah|merujuk\s{1,9}pada)(?=\s)",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# Words that give no letter to an abbreviation of initials.
FUNCTION_WORDS = frozenset(
    {"and", "atau", "dan", "dari", "di", "ke", "of", "oleh", "serta", "the", "untuk", "yang"}
)
# No name of a notion has one of these in it.
LOOSE_WORDS = frozenset(
    {"dalam", "dengan", "hal", "ingin", "ini", "itu", "pada", "sebagai", "tersebut", "umumnya"}
)
LONGEST_EXPANSION = 200
MOST_WORDS = 12
LONGEST_SUBJECT = 6
SHORTEST_BLEND = 4


def glossary_terms(
    text: str, within: Sequence[Span], pillars: Sequence[Pillar] = ()
) -> tuple[GlossaryTerm, ...]:
    """Return the abbreviations expanded in some stretches and the words that pillars define.

    In reading order, each word once, where it stands first. An expansion gives the letters of its
    abbreviation. A word is defined where a sentence of a pillar's explanation opens with key words
    of the pillar's label and "adalah", "merupakan", "ialah" or "merujuk pada".
    """
    found = [term for span in within for term in _abbreviations(text, span)]
    keys = _key_words(text, pillars)
    for pillar, words in zip(pillars, keys, strict=True):
        if pillar.explanation:
            found += _definitions(text, pillar.explanation, words)
    first: dict[str, GlossaryTerm] = {}
    for term in sorted(found, key=lambda term: term.span):
        first.setdefault(" ".join(term.span.of(text).casefold().split()), term)
    return tuple(first.values())


def _abbreviations(text: str, within: Span) -> Iterator[GlossaryTerm]:
    if text.find("(", within.start, within.end) < 0:
        return
    for match in IN_BRACKETS.finditer(text, within.start, within.end):
        start = max(within.start, match.start() - LONGEST_EXPANSION)
        if expansion := _expansion_before(text, Span(start, match.start()), match["short"]):
            yield GlossaryTerm(
                span=Span(*match.span("short")),
                expansion=expansion,
                definition=_apposition(text, match.end(), within.end),
            )
    for match in BEFORE_BRACKETS.finditer(text, within.start, within.end):
        expansion = trimmed(text, *match.span("long"))
        if expansion and _gives_letters(_words(text, expansion), match["short"]):
            yield GlossaryTerm(
                span=Span(*match.span("short")),
                expansion=expansion,
                definition=_apposition(text, match.end(), within.end),
            )


def _expansion_before(text: str, before: Span, short: str) -> Span | None:
    """Return the fewest words up to the bracket that give the letters."""
    matches = list(WORD.finditer(text, before.start, before.end))[-MOST_WORDS:]
    words = [match.group().casefold() for match in matches]
    for number in range(len(matches) - 1, -1, -1):
        if _gives_letters(words[number:], short):
            return Span(matches[number].start(), before.end)
    return None


def _words(text: str, span: Span) -> list[str]:
    return [word.casefold() for word in WORD.findall(text, span.start, span.end)]


def _gives_letters(words: Sequence[str], short: str) -> bool:
    """Tell whether the short form is made of the initials of the words, or blended from them."""
    letters = "".join(letter for letter in short.casefold() if letter.isalnum())
    if not words or words[0][0] != letters[0] or words[0] in FUNCTION_WORDS:
        return False
    content = [word for word in words if word not in FUNCTION_WORDS]
    initials = "".join(word[0] for word in content)
    return len(content) > 1 and (letters == initials or _is_blend(letters, content))


def _is_blend(letters: str, words: Sequence[str]) -> bool:
    """Tell whether the letters stand in this order in the words, from the first to the last."""
    whole, shorter = "".join(words), "".join(words[:-1])
    return (
        len(letters) >= SHORTEST_BLEND
        and _in_order(letters, whole)
        and not _in_order(letters, shorter)
    )


def _in_order(letters: str, source: str) -> bool:
    rest = iter(source)
    return all(letter in rest for letter in letters)


def _apposition(text: str, start: int, limit: int) -> Span | None:
    """Return "B" of "A (ABC), yaitu B dengan mengedepankan …": up to the next cue."""
    link = APPOSITION.match(text, start, limit)
    if link is None or link.end() >= limit:
        return None
    end = first_sentence_end(text, Span(link.end(), limit))
    if end <= link.end():
        return None
    rest = Span(link.end(), end)
    opening = clauses(rest, OF_PILLARS.matches(text, rest))[0]
    return trimmed(text, opening.start, opening.end)


def _key_words(text: str, pillars: Sequence[Pillar]) -> list[set[str]]:
    """Return for each pillar the words of its label that it does not share with another's."""
    labels = [set(_words(text, pillar.span)) - FUNCTION_WORDS for pillar in pillars]
    uses = Counter(word for label in labels for word in label)
    return [{word for word in label if uses[word] == 1} or label for label in labels]


def _definitions(text: str, explanation: Span, keys: set[str]) -> Iterator[GlossaryTerm]:
    for sentence in sentences(text, explanation):
        match = DEFINING.match(text, sentence.start, sentence.end)
        word = trimmed(text, *match.span("word")) if match else None
        if match is None or word is None or not _names(_words(text, word), keys):
            continue
        if definition := trimmed(text, match.end(), _before_list(text, match.end(), sentence.end)):
            yield GlossaryTerm(span=word, definition=definition)


def _names(subject: Sequence[str], keys: set[str]) -> bool:
    named = not keys.isdisjoint(subject) and LOOSE_WORDS.isdisjoint(subject)
    return named and len(subject) <= LONGEST_SUBJECT


def _before_list(text: str, start: int, end: int) -> int:
    """Return where a definition ends: with its sentence, or before the list that it announces."""
    items = next(marked_lists(text, Span(start, end)), None)
    limit = items[0].start if items else end
    stretch = Span(start, limit)
    announcing = (
        clause.cue
        for clause in clauses(stretch, OF_PILLARS.matches(text, stretch))[1:]
        if clause.role is Role.CHARACTERISTIC
        or (items and clause.end == limit and not trimmed(text, clause.start, clause.end))
    )
    return next(announcing, limit)
