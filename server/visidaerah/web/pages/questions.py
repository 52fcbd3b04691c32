"""The saved queries as questions with pickers, and their answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from visidaerah.errors import UsageError
from visidaerah.queries import TOPICS, bind, term_of, with_values
from visidaerah.store import QueryRequest
from visidaerah.vocabulary import RDF, VD
from visidaerah.web.pages.charts import charts, province_map
from visidaerah.web.pages.copying import snippets
from visidaerah.web.pages.pickers import by_name, chosen, field, first_values, plain
from visidaerah.web.pages.pictures import network_of
from visidaerah.web.pages.resource import within
from visidaerah.web.pages.results import downloads, results_in_words
from visidaerah.web.pages.takeaways import answer_downloads
from visidaerah.web.pages.terms import is_number
from visidaerah.web.sparql import results_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pyoxigraph import Variable

    from visidaerah.queries import Parameter, SavedQuery, Term
    from visidaerah.web.pages.charts import Chart
    from visidaerah.web.pages.copying import Snippet
    from visidaerah.web.pages.pickers import Field
    from visidaerah.web.pages.pictures import Network
    from visidaerah.web.pages.reader import Reader
    from visidaerah.web.pages.results import Download, Table
    from visidaerah.web.pages.tiles import TileMap
    from visidaerah.web.site import Results


ROWS_PER_PAGE = 100
"""Rows of an answer that the page shows at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage:
    """A question, its form, a page of its answer, and how to get the answer elsewhere.

    `carried` counts the rows on all pages, `total` those that there are, unless it `has_more`.
    """

    name: str
    title: str
    description: str | None
    fields: tuple[Field, ...]
    problem: str | None
    answer: Table | None
    page: int
    pages: int
    carried: int
    has_more: bool
    none: str
    total: int
    query: str
    tables: tuple[Download, ...]
    downloads: tuple[Download, ...]
    charts: tuple[Chart, ...]
    network: Network | None
    map: TileMap | None
    snippets: tuple[Snippet, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A saved query that the data at hand can answer, as a question to begin with."""

    name: str
    topic: str | None
    title: str
    description: str | None


def offered(reader: Reader, queries: Iterable[SavedQuery]) -> tuple[Question, ...]:
    """Return the questions that fit the data at hand, each wording once.

    All of them are about plans; without one there is nothing to ask.
    """
    if not any(reader.store.triples(None, RDF.type, VD.DevelopmentPlan)):
        return ()
    begun = ((saved, starting_values(reader, saved)) for saved in queries)
    found = (
        Question(
            saved.name,
            saved.topic,
            title(reader, saved, bind(saved, values)),
            saved.description.get(reader.language),
        )
        for saved, values in begun
        if values is not None
    )
    first: dict[str, Question] = {}
    for question in found:
        first.setdefault(question.title, question)
    return tuple(first.values())


@dataclass(frozen=True, slots=True)
class Topic:
    """What some questions have in common; its name is one of `queries.TOPICS`."""

    name: str
    questions: tuple[Question, ...]


def by_topic(questions: Sequence[Question]) -> tuple[Topic, ...]:
    """Return the topics that have questions, in their order; a question without one is left out."""
    found = (Topic(name, tuple(one for one in questions if one.topic == name)) for name in TOPICS)
    return tuple(topic for topic in found if topic.questions)


def starting_values(reader: Reader, saved: SavedQuery) -> dict[str, str] | None:
    """Return what stands in for the default values that the data do not know: other choices.

    None where a value is needed and there is none to choose.
    """
    wanted = [parameter for parameter in saved.parameters if parameter.default is not None]
    missing = [parameter for parameter in wanted if not _is_known(reader, parameter)]
    taken = {chosen(one, one.default or "") for one in wanted if one not in missing}
    values: dict[str, str] = {}
    for parameter in missing:
        value = next(
            (value for value in first_values(reader, parameter) if value not in taken), None
        )
        if value is None:
            return None
        values[parameter.name] = value
        taken.add(value)
    return values


def _is_known(reader: Reader, parameter: Parameter) -> bool:
    """Tell whether the default value of a parameter is one that the data can answer for."""
    default = term_of(parameter, parameter.default or "")
    if isinstance(default, NamedNode):
        return reader.knows(default)
    if parameter.choices is None:
        return True
    return any(plain(row["value"]) == default.value for row in reader.select(parameter.choices))


def title(reader: Reader, saved: SavedQuery, bindings: Mapping[Variable, Term]) -> str:
    """Return a question in the reader's language, for the values that it is asked of."""
    if not saved.general or bindings == bind(saved, {}):
        return saved.title[reader.language]
    words = {variable.value: _in_words(reader, term) for variable, term in bindings.items()}
    return saved.general[reader.language].format_map(words)


def _in_words(reader: Reader, term: Term) -> str:
    if isinstance(term, NamedNode):
        return reader.short_label(term).text
    return reader.t.decimal(term.value) if is_number(term) else f"“{term.value}”"


def question_page(
    reader: Reader, saved: SavedQuery, values: Mapping[str, str], endpoint: str, page: int
) -> QuestionPage:
    """Return a question's page for the values that were picked; `endpoint` is for programs.

    Values that cannot be understood, or that the data do not know, are told in `problem`; the
    query is then that of the defaults.
    """
    written = {name: value.strip() for name, value in values.items() if value.strip()}
    asked = {
        one.name: by_name(reader, one, written[one.name])
        for one in saved.parameters
        if one.name in written
    }
    picked = (starting_values(reader, saved) or {}) | asked
    problem = wrong_value(reader, saved, asked)
    bindings = bind(saved, {} if problem else picked)
    query = with_values(saved, bindings)
    results = answer(reader, query)
    count = len(results.rows) or len(results.triples)
    here, pages = within(page, count, ROWS_PER_PAGE)
    shown = slice((here - 1) * ROWS_PER_PAGE, here * ROWS_PER_PAGE)
    part = replace(results, rows=results.rows[shown], triples=results.triples[shown])
    return QuestionPage(
        name=saved.name,
        title=title(reader, saved, bindings),
        description=saved.description.get(reader.language),
        fields=tuple(field(reader, parameter, picked) for parameter in saved.parameters),
        problem=problem,
        answer=None if problem else results_in_words(reader, part),
        page=here,
        pages=pages,
        carried=count,
        has_more=results.has_more,
        none=saved.none.get(reader.language) or reader.t("question.no_rows"),
        total=results.total,
        query=query,
        tables=answer_downloads(reader, query),
        downloads=downloads(query, results.kind),
        charts=charts(reader, results),
        network=network_of(reader, results),
        map=province_map(reader, results),
        snippets=snippets(endpoint, query, results.kind),
    )


def wrong_value(reader: Reader, saved: SavedQuery, values: Mapping[str, str]) -> str | None:
    """Say which value is none of its kind, or is nothing that the data know; None where all are."""
    for parameter in saved.parameters:
        value = values.get(parameter.name)
        wrong = _fault(reader, parameter, value.strip()) if value else None
        if wrong:
            return wrong
    return None


def _fault(reader: Reader, parameter: Parameter, value: str) -> str | None:
    field = parameter.title[reader.language]
    try:
        term = term_of(parameter, value)
    except UsageError:
        return reader.t("question.bad_value", field=field, value=value)
    if isinstance(term, NamedNode) and not reader.knows(term):
        return reader.t("question.unknown_value", field=field, value=value)
    return None


def answer(reader: Reader, query: str) -> Results:
    """Return the answer of a saved query.

    Raises QueryTimeout where it takes too long.
    """
    request = QueryRequest(query=query, formats=("json", "nt"), base=reader.site.base)
    return results_of(query, reader.site.answer(request))
