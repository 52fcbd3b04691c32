"""The words of the interface in the reader's language."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from werkzeug.datastructures import LanguageAccept

LANGUAGES: dict[str, str] = {"id": "Bahasa Indonesia", "en": "English"}
"""The languages of the interface by their names in themselves; the first is the default."""

DEFAULT = next(iter(LANGUAGES))
COOKIE = "lang"
PARAMETER = "lang"


def choose(asked: str | None, remembered: str | None, accepted: LanguageAccept) -> str:
    """Return the language asked for, else the one remembered, else accepted, else Indonesian."""
    for wish in (asked, remembered):
        if wish in LANGUAGES:
            return wish
    # werkzeug's best_match prefers an exact `id;q=0.5` to the `en` of `en-GB;q=1`.
    primary = (tag.split("-")[0].lower() for tag, quality in accepted if quality > 0)
    return next((tag for tag in primary if tag in LANGUAGES), DEFAULT)


@dataclass(frozen=True, slots=True)
class Messages:
    """The words of one language by dotted name: `messages("plan.missions", n=5)`."""

    language: str
    words: Mapping[str, str | Mapping[str, str]]

    def __call__(self, name: str, /, **values: object) -> str:
        """Return the words with the values filled in; `n` chooses between `one` and `other`.

        Raises KeyError for a name that no language file has.
        """
        words = self.words[name]
        if not isinstance(words, str):
            words = words["one" if values.get("n") == 1 and "one" in words else "other"]
        return words.format(**{key: self._shown(value) for key, value in values.items()})

    def _shown(self, value: object) -> object:
        return self.number(value) if isinstance(value, int | float) else value

    def number(self, value: float) -> str:
        """Return a number as the language writes it: 1.234,5 in Indonesian, 1,234.5 in English."""
        return self._written(f"{value:,}")

    def decimal(self, digits: str) -> str:
        """Return a number that is written with a point as the language writes it: all its digits.

        What is no such number is returned as it is.
        """
        is_plain = _PLAIN_DECIMAL.fullmatch(digits) is not None
        return self._written(f"{Decimal(digits):,f}") if is_plain else digits

    def _written(self, english: str) -> str:
        return english if self.language == "en" else english.translate(_SWAPPED)


_PLAIN_DECIMAL = re.compile(r"[+-]?[0-9]{1,40}(?:\.[0-9]{1,40})?", re.ASCII)
_SWAPPED = str.maketrans(",.", ".,")
_PLURAL_FORMS = {"one", "other"}


def flatten(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield dotted names and values of nested tables; a table of plural forms is a value."""
    for key, value in table.items():
        if isinstance(value, dict) and not value.keys() <= _PLURAL_FORMS:
            yield from flatten(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


@cache
def messages(language: str) -> Messages:
    """Return the shipped words of a language of `LANGUAGES`."""
    content = (files("visidaerah.web") / "messages" / f"{language}.toml").read_bytes()
    return Messages(language, dict(flatten(tomllib.loads(content.decode()))))
