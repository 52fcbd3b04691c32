"""The saved queries as questions with pickers, and their answers."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from visidaerah.errors import UsageError
from visidaerah.queries import bind, term_of, with_values
from visidaerah.store import QueryRequest
from visidaerah.web.pages.results import downloads, results_in_words
from visidaerah.web.pages.terms import best, shorten
from visidaerah.web.sparql import results_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from visidaerah.queries import Parameter, SavedQuery
    from visidaerah.web.pages.reader import Reader
    from visidaerah.web.pages.results import Download, Table
    from visidaerah.web.site import Results


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

    `free` tells that it may be left open: the answer is then about all.
    """

    name: str
    title: str
    value: str
    choices: tuple[Choice, ...]
    free: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage:
    """A question, its form, its answer, and how to get the answer elsewhere."""

    name: str
    title: str
    description: str | None
    fields: tuple[Field, ...]
    problem: str | None
    answer: Table | None
    total: int
    query: str
    downloads: tuple[Download, ...]
    curl: str


def title(reader: Reader, saved: SavedQuery) -> str:
    """Return a question in the reader's language."""
    return saved.title[reader.language]


def question_page(
    reader: Reader, saved: SavedQuery, values: Mapping[str, str], endpoint: str
) -> QuestionPage:
    """Return a question's page for the values that were picked; `endpoint` is for the curl line.

    Values that cannot be understood are told in `problem`; the defaults are answered then.
    """
    known = {parameter.name for parameter in saved.parameters}
    picked = {name: value for name, value in values.items() if name in known}
    problem = None
    try:
        bindings = bind(saved, picked)
    except UsageError as error:
        problem, bindings = str(error), bind(saved, {})
    query = with_values(saved, bindings)
    results = answer(reader, query)
    return QuestionPage(
        name=saved.name,
        title=title(reader, saved),
        description=saved.description.get(reader.language),
        fields=tuple(field(reader, parameter, picked) for parameter in saved.parameters),
        problem=problem,
        answer=None if problem else results_in_words(reader, results),
        total=results.total,
        query=query,
        downloads=downloads(query, results.kind),
        curl=curl(endpoint, query),
    )


def answer(reader: Reader, query: str) -> Results:
    """Return the answer of a saved query.

    Raises QueryTimeout where it takes too long.
    """
    request = QueryRequest(query=query, formats=("json", "nt"), base=reader.site.base)
    return results_of(query, reader.site.answer(request))


def field(reader: Reader, parameter: Parameter, picked: Mapping[str, str]) -> Field:
    """Return the form's field for a parameter, with the value that is in force."""
    value = picked.get(parameter.name, "").strip() or parameter.default or ""
    return Field(
        name=parameter.name,
        title=parameter.title[reader.language],
        value=value,
        choices=choices(reader, parameter, value),
        free=parameter.default is None,
    )


def choices(reader: Reader, parameter: Parameter, value: str) -> tuple[Choice, ...]:
    """Return what a picker offers, each value once, under its name nearest to the reader."""
    if not parameter.choices:
        return ()
    labels: dict[str, list[Literal]] = {}
    for row in reader.select(parameter.choices):
        label = row.get("label")
        names = labels.setdefault(_plain(row["value"]), [])
        names += [label] if isinstance(label, Literal) else []
    chosen = _chosen(parameter, value)
    found = [_choice(reader, iri, names, chosen) for iri, names in labels.items() if iri]
    return tuple(sorted(found, key=lambda one: one.words.casefold()))


def _plain(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""


def _choice(reader: Reader, value: str, names: list[Literal], chosen: str) -> Choice:
    label = best(names, reader.language)
    words = label.value if label else value
    return Choice(value, shorten(words), label.language if label else None, value == chosen)


def _chosen(parameter: Parameter, value: str) -> str:
    try:
        return term_of(parameter, value).value if value else ""
    except UsageError:
        return ""


def curl(endpoint: str, query: str) -> str:
    """Return a command that asks the same on any machine."""
    return (
        f"curl --silent --header 'Accept: text/csv' \\\n"
        f"  --data-urlencode query={shlex.quote(query)} \\\n"
        f"  {shlex.quote(endpoint)}"
    )
