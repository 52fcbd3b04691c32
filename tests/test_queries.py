"""Every saved question has its known answer, and what must not be is found where it is planted."""

from __future__ import annotations

import re
import tomllib
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Variable, parse, serialize
from pyoxigraph import Store as Engine

from visidaerah import assets
from visidaerah.errors import QueryError, UsageError
from visidaerah.queries import TOPICS, SavedQuery, bind, load_queries, read_query, with_values
from visidaerah.store import Store, knowledge_quads, shipped_quads
from visidaerah.vocabulary import BASE, PREFIXES, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from visidaerah.store import Term

# rdflib 7.6 warns of calls that its own Dataset.parse and Dataset.query make.
pytestmark = pytest.mark.filterwarnings(
    r"ignore:Dataset\.\w+ is deprecated:DeprecationWarning",
)

ANSWERS = Path(__file__).parent / "answers"
VIOLATIONS = Path(__file__).parent / "violations"
KEBAB_CASE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LIST_SEPARATOR = "; "
COMPETENCY_QUESTIONS = [
    f"CQ{number:02}"
    for number in (
        *range(1, 8),
        *(9, 10, 11, 12, 14, 16, 17, 18, 19, 21, 23, 24, 25, 27, 28, 30, 32, 33, 34, 36, 38),
    )
]

Row = dict[str, str]


@cache
def questions() -> dict[str, SavedQuery]:
    found = {query.name: query for query in load_queries(assets.queries())}
    assert len(found) > 40
    return found


def tables() -> list[str]:
    """Return the names of the questions that are answered by rows, not by a graph."""
    return sorted(name for name, query in questions().items() if "CONSTRUCT" not in query.text)


@cache
def checks() -> dict[str, SavedQuery]:
    found = {query.name: query for query in load_queries(assets.queries() / "checks")}
    assert len(found) > 30
    return found


class Asked(Protocol):
    """A way to ask a graph a query: an engine, and how the parameters reach it."""

    def __call__(self, query: str, bindings: Mapping[Variable, Term]) -> list[Row]: ...


@dataclass(frozen=True)
class Oxigraph:
    store: Store

    def __call__(self, query: str, bindings: Mapping[Variable, Term]) -> list[Row]:
        named = {variable.value: term for variable, term in bindings.items()}
        rows = self.store.select(query, **named)
        return [{name: lexical(term) for name, term in row.items()} for row in rows]


@dataclass(frozen=True)
class Rdflib:
    dataset: rdflib.Dataset

    def __call__(self, query: str, bindings: Mapping[Variable, Term]) -> list[Row]:
        named = {variable.value: as_rdflib(term) for variable, term in bindings.items()}
        return [
            {name: lexical(term) for name, term in row.asdict().items() if term is not None}
            for row in self.dataset.query(query, initBindings=named)
            if isinstance(row, rdflib.query.ResultRow)
        ]


def as_rdflib(term: Term) -> rdflib.term.Identifier:
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    assert isinstance(term, Literal)
    return rdflib.Literal(term.value, datatype=term.datatype.value)


def lexical(term: Any) -> str:
    """Return a term without the base; decimals without the zeros that one engine keeps."""
    if str(getattr(term, "datatype", "")).strip("<>") == XSD.decimal.value:
        return f"{Decimal(str(getattr(term, 'value', term))).normalize():f}"
    text = str(term) if isinstance(term, rdflib.term.Identifier) else term.value
    return text.replace(PREFIXES["vd"], "vd:").removeprefix(BASE)


def as_rdflib_dataset(quads: Iterable[Quad]) -> rdflib.Dataset:
    content = serialize(quads, format=RdfFormat.N_QUADS)
    assert content
    return rdflib.Dataset(default_union=True).parse(data=content.decode(), format="nquads")


@cache
def shipped() -> tuple[Quad, ...]:
    return tuple(shipped_quads())


@cache
def oxigraph() -> Oxigraph:
    return Oxigraph(Store.from_quads(shipped()))


@cache
def rdflib_engine() -> Rdflib:
    return Rdflib(as_rdflib_dataset(shipped()))


@pytest.fixture(params=[oxigraph, rdflib_engine], ids=["oxigraph", "rdflib"])
def asked(request: pytest.FixtureRequest) -> Asked:
    engine: Asked = request.param()
    return engine


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a question is answered, in some columns; `values` are those of its parameters."""

    columns: list[str]
    rows: list[list[str]]
    values: dict[str, str]

    def of(self, rows: list[Row]) -> list[list[str]]:
        return [[row.get(column, "") for column in self.columns] for row in rows]


def known_answers() -> list[Any]:
    files = sorted(ANSWERS.glob("*.toml"))
    found = [(f.stem, tomllib.loads(f.read_text(encoding="utf-8"))["answer"]) for f in files]
    return [
        pytest.param(name, Answer(**{"values": {}, **table}), id=f"{name}-{number}")
        for name, answers in found
        for number, table in enumerate(answers, start=1)
    ]


# The saved questions


def test_every_competency_question_has_one_query() -> None:
    asked_for = [query.question for query in questions().values() if query.question]
    assert sorted(asked_for) == COMPETENCY_QUESTIONS


def test_every_query_is_named_in_kebab_case_and_titled_in_both_languages() -> None:
    everything = [*questions().values(), *checks().values()]
    assert [q.name for q in everything if not KEBAB_CASE.fullmatch(q.name)] == []
    assert [q.name for q in everything if set(q.title) != {"id", "en"}] == []


def test_titles_are_told_apart() -> None:
    for language in ("id", "en"):
        titles = [query.title[language] for query in questions().values()]
        assert len(set(titles)) == len(titles)


def test_every_question_has_a_topic_and_every_topic_has_questions() -> None:
    assert {query.topic for query in questions().values()} == set(TOPICS)


def test_questions_come_in_their_order_and_the_others_after_them() -> None:
    order = [query.question for query in load_queries(assets.queries())]
    assert order == [*COMPETENCY_QUESTIONS, *[None] * (len(order) - len(COMPETENCY_QUESTIONS))]


@pytest.mark.parametrize("name", tables())
def test_a_question_projects_its_parameters_so_that_both_engines_can_bind_them(name: str) -> None:
    query = questions()[name]
    columns = {variable.value for variable in Engine().query(query.text).variables}  # type: ignore[union-attr]
    assert {parameter.name for parameter in query.parameters} <= columns


def test_every_question_that_is_a_table_has_a_known_answer() -> None:
    assert sorted(path.stem for path in ANSWERS.glob("*.toml")) == tables()


@pytest.mark.parametrize("stated", [False, True], ids=["bound", "stated"])
@pytest.mark.parametrize(("name", "answer"), known_answers())
def test_a_question_is_answered_as_the_documents_do(
    name: str, answer: Answer, asked: Asked, stated: bool
) -> None:
    query = questions()[name]
    bindings = bind(query, answer.values)
    rows = asked(with_values(query, bindings), {}) if stated else asked(query.text, bindings)
    assert answer.of(rows) == answer.rows


def test_some_answers_are_rows() -> None:
    rows = [len(parameter.values[1].rows) for parameter in known_answers()]
    assert sum(count > 0 for count in rows) > 40


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        pytest.param(query, parameter, id=f"{query.name}-{parameter.name}")
        for query in questions().values()
        for parameter in query.parameters
        if parameter.choices
    ],
)
def test_the_choices_of_a_parameter_are_labelled_in_both_languages_and_hold_its_default(
    query: SavedQuery, parameter: Any
) -> None:
    rows = oxigraph().store.select(parameter.choices)
    assert rows
    languages: dict[str, set[str]] = {}
    for row in rows:
        label = row["label"]
        assert isinstance(label, Literal)
        languages.setdefault(lexical(row["value"]), set()).add(label.language or "")
    assert [value for value, found in languages.items() if not found >= {"id", "en"}] == []
    default = bind(query, {}).get(Variable(parameter.name))
    assert default is None or lexical(default) in languages


def test_a_plan_is_a_graph_for_both_engines() -> None:
    query = questions()["what-is-a-plan-as-a-graph"]
    named = {variable.value: term for variable, term in bind(query, {}).items()}
    triples = oxigraph().store.construct(query.text, **named)
    bound = {name: as_rdflib(term) for name, term in named.items()}
    graph = rdflib_engine().dataset.query(query.text, initBindings=bound).graph
    assert graph is not None
    ours = {tuple(map(lexical, (t.subject, t.predicate, t.object))) for t in triples}
    assert ours == {tuple(map(lexical, triple)) for triple in graph}
    plan = "id/plan/kota-metro"
    assert (plan, "vd:coversRegion", "id/region/18.72") in ours
    assert (f"{plan}/vision", "vd:hasPillar", f"{plan}/pillar/4") in ours
    assert sum(predicate == "vd:position" for _, predicate, _ in ours) == 33


# What must never be found


@cache
def vocabulary() -> tuple[Quad, ...]:
    """Return what is true of any plan: ontology, schemes, regions, and where these come from."""
    return tuple(knowledge_quads())


def planted(name: str) -> tuple[str, list[Quad]]:
    """Return the name of the thing that is wrong, and the graph with it."""
    content = (VIOLATIONS / f"{name}.trig").read_text(encoding="utf-8")
    finds = re.match(r"# finds (\S+)\n", content)
    assert finds
    return finds[1], list(parse(content, RdfFormat.TRIG))


@cache
def rdflib_vocabulary() -> rdflib.Dataset:
    return as_rdflib_dataset(vocabulary())


@contextmanager
def rdflib_with(quads: list[Quad]) -> Iterator[Rdflib]:
    """Give the vocabulary with some quads, which are taken out again: loading it takes long."""
    dataset = rdflib_vocabulary()
    added = [((s, p, o), g) for s, p, o, g in as_rdflib_dataset(quads).quads()]
    for triple, name in added:
        dataset.graph(name).add(triple)
    yield Rdflib(dataset)
    for triple, name in added:
        dataset.graph(name).remove(triple)


@pytest.mark.parametrize("name", sorted(checks()))
def test_a_check_finds_what_is_planted_and_nothing_beside_it(name: str) -> None:
    wrong, quads = planted(name)
    rows = Oxigraph(Store.from_quads([*vocabulary(), *quads]))(checks()[name].text, {})
    assert {row["node"] for row in rows} == {wrong}
    assert all(row["problem"] for row in rows)
    with rdflib_with(quads) as same:
        assert {row["node"] for row in same(checks()[name].text, {})} == {wrong}


@pytest.mark.parametrize("name", sorted(checks()))
def test_a_check_finds_nothing_in_the_shipped_graph(name: str, asked: Asked) -> None:
    assert asked(checks()[name].text, {}) == []


def test_nothing_is_planted_that_no_check_looks_for() -> None:
    assert {path.stem for path in VIOLATIONS.glob("*.trig")} == set(checks())


# Reading a query

ONE_PARAMETER = """#+ title: {{id: "Berapa?", en: "How many?"}}
#+ parameters:
#+   - name: it
#+     title: {{id: Nilai, en: Value}}
#+     type: {type}
#+     {more}
SELECT ?it
WHERE {{
}}
"""


def with_parameter(kind: str, more: str = "") -> SavedQuery:
    return read_query(ONE_PARAMETER.format(type=kind, more=more), "how-many")


def test_a_query_is_read_with_its_head() -> None:
    query = read_query(
        "#+ question: CQ99\n"
        "#+ tags: [pillars]\n"
        '#+ title: {id: "Visi apa?", en: "Which vision?"}\n'
        "#+ description: {id: Semua., en: All.}\n"
        "SELECT * WHERE { ?s ?p ?o }",
        "which-vision",
    )
    assert query.name == "which-vision"
    assert query.question == "CQ99"
    assert query.topic == "pillars"
    assert query.title == {"id": "Visi apa?", "en": "Which vision?"}
    assert query.description["en"] == "All."
    assert query.parameters == ()


def test_a_query_without_a_head_is_read_too() -> None:
    query = read_query("ASK { ?s ?p ?o }", "anything at all")
    assert query.title == {}
    assert query.topic is None
    assert bind(query, {}) == {}
    assert with_values(query, {}) == "ASK { ?s ?p ?o }"


@pytest.mark.parametrize(
    ("head", "complaint"),
    [
        ("title: [", "not YAML"),
        ("- title", "no mapping"),
        ("heading: {id: a, en: b}", "unknown key 'heading'"),
        ("title: Visi", "title should be given as"),
        ("title: {id: Visi}", "title should be given as"),
        ("title: {id: Visi, en: ''}", "title should be given as"),
        ("tags: plans", "tags should be a list of one, such as [plans], not 'plans'"),
        ("tags: []", "tags should be a list of one"),
        ("tags: [plans, terms]", "tags should be a list of one"),
        ("tags: [plan]", "tags should be one of plans, pillars, "),
        ("tags: [[plans]]", "tags should be one of plans, pillars, "),
        ("parameters: 5", "parameters should be a list"),
        ("parameters: [plan]", "a parameter needs a name"),
        ("parameters: [{name: 'no name'}]", "a parameter needs a name"),
        ("parameters: [{name: plan, title: {id: a, en: b}}]", "type should be one of"),
        ("parameters: [{name: plan, title: {id: a, en: b}, type: date}]", "type should be one of"),
        ("parameters: [{name: plan, title: {id: a, en: b}, type: iri, kind: x}]", "kind should be"),
        ("parameters: [{name: plan, type: iri}]", "title should be given"),
        ("parameters: [{name: plan, label: x}]", "unknown key 'label'"),
    ],
)
def test_a_broken_head_is_told_in_a_sentence(head: str, complaint: str) -> None:
    with pytest.raises(QueryError, match=re.escape(complaint)):
        read_query(f"#+ {head}\nSELECT *\nWHERE {{\n}}\n", "broken")


def test_a_query_with_parameters_needs_a_place_where_they_may_stand() -> None:
    text = ONE_PARAMETER.format(type="string", more="").replace("\nWHERE {", " {")
    with pytest.raises(QueryError, match=re.escape("no line `WHERE {`")):
        read_query(text, "how-many")


# Binding values


@pytest.mark.parametrize(
    ("kind", "value", "iri"),
    [
        ("plan", "kota-metro", "id/plan/kota-metro"),
        ("document", "kota-metro", "id/document/kota-metro"),
        ("region", "33.71", "id/region/33.71"),
        ("region", "33", "id/region/33"),
        ("sector", "1.02", "id/sector/1.02"),
        ("sector", "3", "id/sector/3"),
        ("sector", "agama", "id/theme/agama"),
        ("element", "kota-metro/pillar/2", "id/plan/kota-metro/pillar/2"),
        ("plan", "id/plan/kota-metro", "id/plan/kota-metro"),
        ("plan", f"{BASE}id/plan/kota-metro", "id/plan/kota-metro"),
        ("plan", f"<{BASE}id/plan/kota-metro>", "id/plan/kota-metro"),
    ],
)
def test_an_iri_has_short_forms_by_its_kind(kind: str, value: str, iri: str) -> None:
    query = with_parameter("iri", f"kind: {kind}")
    assert bind(query, {"it": value}) == {Variable("it"): NamedNode(BASE + iri)}


def test_an_iri_may_be_a_curie() -> None:
    term = bind(with_parameter("iri"), {"it": "vd:Mission"})[Variable("it")]
    assert term == NamedNode(PREFIXES["vd"] + "Mission")


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("integer", "4", Literal("4", datatype=XSD.integer)),
        ("integer", "-04", Literal("-4", datatype=XSD.integer)),
        ("decimal", "0.5", Literal("0.5", datatype=XSD.decimal)),
        ("decimal", " 1 ", Literal("1", datatype=XSD.decimal)),
        ("string", "ekonomi kreatif", Literal("ekonomi kreatif")),
    ],
)
def test_a_value_becomes_a_term_of_its_type(kind: str, value: str, term: Literal) -> None:
    assert bind(with_parameter(kind), {"it": value}) == {Variable("it"): term}


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("iri", "kota metro"),
        ("iri", "kota-metro"),
        ("iri", "http://example.org/> } DROP ALL #"),
        ("integer", "four"),
        ("integer", "4.5"),
        ("integer", "٤"),
        ("integer", "9" * 5000),
        ("decimal", "0,5"),
        ("decimal", "NaN"),
    ],
)
def test_a_value_of_another_type_is_refused_in_a_sentence(kind: str, value: str) -> None:
    with pytest.raises(UsageError, match=rf"^it: .* is no {kind}\. Write "):
        bind(with_parameter(kind), {"it": value})


def test_an_unknown_parameter_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"how-many has no parameter 'that'\. Known: it\."):
        bind(with_parameter("string"), {"that": "x"})
    with pytest.raises(UsageError, match="It has none"):
        bind(read_query("ASK {}", "plain"), {"that": "x"})


def test_a_default_holds_where_no_value_is_given() -> None:
    query = with_parameter("decimal", "default: 0.5")
    assert bind(query, {}) == bind(query, {"it": ""}) == bind(query, {"it": "0.5"})


def test_a_parameter_without_value_and_default_stays_free() -> None:
    assert bind(with_parameter("string"), {}) == {}


def test_choices_come_with_the_kind_unless_a_query_has_its_own() -> None:
    assert "vd:DevelopmentPlan" in (with_parameter("iri", "kind: plan").parameters[0].choices or "")
    own = with_parameter("iri", "choices: SELECT ?value ?label {}").parameters[0].choices
    assert own == "SELECT ?value ?label {}"
    assert with_parameter("string").parameters[0].choices is None


@settings(deadline=None)
@given(st.text(min_size=1).map(str.strip).filter(bool))
def test_any_text_stays_one_value_where_it_is_stated_in_the_query(text: str) -> None:
    query = with_parameter("string")
    bindings = bind(query, {"it": text})
    rows = Oxigraph(Store.from_quads([]))(with_values(query, bindings), {})
    assert rows == [{"it": text}]
