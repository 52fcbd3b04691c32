"""Words that point at sectors: found in a text as whole words, whatever clitic they carry."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from visidaerah.spans import Span


class Strength(IntEnum):
    """How much a phrase tells of its sector, from nothing at all to everything."""

    EXCLUDING = 0
    """Words around a trigger that take its meaning away."""
    WEAK = 1
    """A hint: not enough by itself."""
    WORD = 2
    """A single word."""
    PHRASE = 3
    """Several words."""
    NAME = 4
    """The sector's own name."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that tell something of a sector; a word in capitals matches only in capitals."""

    words: tuple[str, ...]
    sector: str
    strength: Strength


class Token(NamedTuple):
    """A word or a punctuation mark of a text; `word` is its form as the lexicon spells it."""

    word: str
    printed: str
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
    """All phrases by their first word; `longest` is the number of words of the longest one."""

    phrases: Mapping[str, tuple[Phrase, ...]]
    vocabulary: frozenset[str]
    longest: int


_TOKEN = re.compile(r"[^\W_]+|[^\s\w]|_")
_CLITICS = ("nya", "lah", "kah", "pun")
_UNSEEN = frozenset("-‐‑\u00ad'’‘\"“”„*_")
"""Marks that do not part the words of a phrase: "gotong-royong", “smart city”."""
_READ_AS = {"&": "dan", ";": ",", "/": ","}


def spelling(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase as they are compared: small letters, but capitals kept."""
    printed = (mark.group() for mark in _TOKEN.finditer(phrase))
    return tuple(
        word if word.isupper() and len(word) > 1 else _READ_AS.get(word, word.casefold())
        for word in printed
        if word not in _UNSEEN
    )


def compile_lexicon(phrases: Iterable[Phrase]) -> Lexicon:
    """Index phrases by their first word."""
    index: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        index.setdefault(phrase.words[0], []).append(phrase)
    every = [phrase for group in index.values() for phrase in group]
    return Lexicon(
        phrases={word: tuple(group) for word, group in index.items()},
        vocabulary=frozenset(word for phrase in every for word in phrase.words),
        longest=max((len(phrase.words) for phrase in every), default=0),
    )


def tokens(text: str, span: Span, vocabulary: Collection[str]) -> list[Token]:
    """Return the words and punctuation marks of a span."""
    return [
        Token(_read(mark.group(), vocabulary), mark.group(), *mark.span())
        for mark in _TOKEN.finditer(text, span.start, span.end)
        if mark.group() not in _UNSEEN
    ]


def _read(printed: str, vocabulary: Collection[str]) -> str:
    """Return a word without a clitic (kesehatannya → kesehatan), where that makes it known."""
    word = _READ_AS.get(printed, printed.casefold())
    if word in vocabulary:
        return word
    stems = (word.removesuffix(clitic) for clitic in _CLITICS if word.endswith(clitic))
    return next((stem for stem in stems if stem in vocabulary), word)


def matches(words: Sequence[Token], lexicon: Lexicon) -> Iterator[Match]:
    """Yield every phrase found, from left to right."""
    for first, token in enumerate(words):
        for key in {token.word: None, token.printed: None}:
            for phrase in lexicon.phrases.get(key, ()):
                if _stands_at(words, first, phrase.words):
                    last = first + len(phrase.words)
                    yield Match(first, last, phrase.sector, phrase.strength)


def _stands_at(words: Sequence[Token], first: int, phrase: tuple[str, ...]) -> bool:
    there = words[first : first + len(phrase)]
    return len(there) == len(phrase) and all(
        wanted in (token.word, token.printed) for wanted, token in zip(phrase, there, strict=True)
    )
