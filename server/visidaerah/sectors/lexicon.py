"""Words that point at sectors: found in a text as whole words, whatever clitic they carry."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from visidaerah.spans import Span


class Strength(IntEnum):
    """How much a phrase tells of its sector.

    EXCLUDING takes the meaning of a trigger away, WEAK only hints at the sector, then come a
    single WORD, a PHRASE of several, and what holds the sector's own NAME.
    """

    EXCLUDING = 0
    WEAK = 1
    WORD = 2
    PHRASE = 3
    NAME = 4


class Meaning(NamedTuple):
    """What a phrase tells: of which sector, and how much."""

    sector: str
    strength: Strength


class Token(NamedTuple):
    """A word or a punctuation mark of a text; `word` is its form as the lexicon spells it."""

    word: str
    start: int
    end: int


class Match(NamedTuple):
    """A phrase found at the tokens `first` to `last` (excluded)."""

    first: int
    last: int
    sector: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The meanings of all phrases; `lengths` are those of the phrases that begin with a word.

    `stems` are the words by each form that a clitic gives them: "kesehatannya" is "kesehatan".
    """

    meanings: Mapping[tuple[str, ...], tuple[Meaning, ...]]
    lengths: Mapping[str, tuple[int, ...]]
    vocabulary: frozenset[str]
    stems: Mapping[str, str]
    longest: int


_TOKEN = re.compile(r"[^\W_]+|[^\s\w]|_")
_CLITICS = ("nya", "lah", "kah", "pun")
_UNSEEN = frozenset("-‐‑\u00ad'’‘\"“”„*_")
"""Marks that do not part the words of a phrase: "gotong-royong", “smart city”."""
_READ_AS = {"&": "dan", ";": ",", "/": ","}


def spelling(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase as they are compared.

    Small and capital letters are the same, save in a word all of capitals ("IT", "SD"): that one
    matches only in capitals.
    """
    printed = (mark.group() for mark in _TOKEN.finditer(phrase))
    return tuple(
        word if _is_acronym(word) else _folded(word) for word in printed if word not in _UNSEEN
    )


def compile_lexicon(phrases: Iterable[tuple[tuple[str, ...], Meaning]]) -> Lexicon:
    """Index phrases by their words."""
    meanings: dict[tuple[str, ...], list[Meaning]] = defaultdict(list)
    lengths: dict[str, set[int]] = defaultdict(set)
    for words, meaning in phrases:
        meanings[words].append(meaning)
        lengths[words[0]].add(len(words))
    vocabulary = frozenset(word for words in meanings for word in words)
    return Lexicon(
        meanings={words: tuple(group) for words, group in meanings.items()},
        lengths={word: tuple(sorted(group)) for word, group in lengths.items()},
        vocabulary=vocabulary,
        stems={
            form: word
            for word in vocabulary
            for clitic in _CLITICS
            if (form := word + clitic) not in vocabulary
        },
        longest=max(map(len, meanings), default=0),
    )


def tokens(text: str, span: Span, lexicon: Lexicon) -> list[Token]:
    """Return the words and punctuation marks of a span, known words without a clitic."""
    vocabulary, stems = lexicon.vocabulary, lexicon.stems
    read: list[Token] = []
    for mark in _TOKEN.finditer(text, span.start, span.end):
        printed = mark.group()
        if printed not in _UNSEEN:
            folded = printed if printed in vocabulary else _folded(printed)
            read.append(Token(stems.get(folded, folded), mark.start(), mark.end()))
    return read


def _folded(word: str) -> str:
    return _READ_AS.get(word, word.casefold())


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def matches(read: Sequence[Token], lexicon: Lexicon) -> Iterator[Match]:
    """Yield every phrase found, from left to right."""
    words = tuple(token.word for token in read)
    for first, word in enumerate(words):
        if word not in lexicon.lengths:
            continue
        for length in lexicon.lengths[word]:
            phrase = words[first : first + length]
            for meaning in lexicon.meanings.get(phrase, ()) if len(phrase) == length else ():
                yield Match(first, first + length, *meaning)
