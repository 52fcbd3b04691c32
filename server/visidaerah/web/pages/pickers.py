"""The fields of a question's form: values to pick from, or names to write."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from visidaerah.errors import UsageError
from visidaerah.queries import term_of
from visidaerah.web.pages.terms import best, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from visidaerah.queries import Parameter
    from visidaerah.store import Store
    from visidaerah.web.pages.reader import Reader

BY_NAME = """\
SELECT ?value WHERE {{
  {{ {choices} }}
  FILTER(LCASE(STR(?label)) = LCASE({name}))
}}
LIMIT 1"""

MOST_CHOICES = 600
"""Values that a picker offers; where there are more, a name is to be written."""

MOST_ROWS = 2500
"""Rows of names that are looked at for a picker: each value has some."""

FIRST_VALUES = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a picker offers."""

    value: str
    words: str
    language: str | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter as a field of the form: with choices a picker, else to be typed.

    `listed` tells that the values have names, by which one can be typed where they are too many to
    pick from. `free` tells that it may be left open: the answer is then about all.
    """

    name: str
    title: str
    value: str
    choices: tuple[Choice, ...]
    listed: bool
    free: bool


def first_values(reader: Reader, parameter: Parameter) -> Iterator[str]:
    """Yield a few of the values that a parameter can have, as many as questions may need."""
    if parameter.choices:
        rows = reader.store.measured(f"{parameter.choices}\nLIMIT {FIRST_VALUES}")
        yield from filter(None, (plain(row["value"]) for row in rows))


def field(reader: Reader, parameter: Parameter, picked: Mapping[str, str]) -> Field:
    """Return the form's field for a parameter, with the value that is in force."""
    value = picked.get(parameter.name, "").strip() or parameter.default or ""
    return Field(
        name=parameter.name,
        title=parameter.title[reader.language],
        value=value,
        choices=choices(reader, parameter, value),
        listed=parameter.choices is not None,
        free=parameter.default is None,
    )


def choices(reader: Reader, parameter: Parameter, value: str) -> tuple[Choice, ...]:
    """Return what a picker offers, each value once, under its name nearest to the reader.

    Nothing where there are too many values to pick from.
    """
    if not parameter.choices:
        return ()
    labels = named_values(reader.store, parameter.choices)
    picked = chosen(parameter, value)
    found = [_choice(reader, iri, names, picked) for iri, names in labels.items() if iri]
    return tuple(sorted(found, key=lambda one: one.words.casefold()))


@lru_cache(maxsize=64)
def named_values(store: Store, query: str) -> Mapping[str, Sequence[Literal]]:
    """Return the values that a query for choices finds with their names; none where too many.

    A release never changes, so they are found once.
    """
    labels: dict[str, list[Literal]] = {}
    rows = store.select(f"{query}\nLIMIT {MOST_ROWS}")
    for row in rows:
        label = row.get("label")
        names = labels.setdefault(plain(row["value"]), [])
        names += [label] if isinstance(label, Literal) else []
    return {} if len(rows) == MOST_ROWS or len(labels) > MOST_CHOICES else labels


def by_name(reader: Reader, parameter: Parameter, value: str) -> str:
    """Return the value that is called so, where one is; else the value as it was written."""
    if not parameter.choices or chosen(parameter, value):
        return value
    query = BY_NAME.format(choices=parameter.choices, name=Literal(value))
    return next((plain(row["value"]) for row in reader.select(query)), value)


def plain(term: object) -> str:
    """Return the IRI or the characters of a term, nothing of any other."""
    return term.value if isinstance(term, NamedNode | Literal) else ""


def _choice(reader: Reader, value: str, names: Sequence[Literal], chosen: str) -> Choice:
    label = best(names, reader.language)
    words = label.value if label else value
    return Choice(value, shorten(words), label.language if label else None, value == chosen)


def chosen(parameter: Parameter, value: str) -> str:
    """Return the IRI or the characters that a written value stands for, empty for none."""
    try:
        return term_of(parameter, value).value if value else ""
    except UsageError:
        return ""
