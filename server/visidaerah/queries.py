"""A `.rq` file becomes a saved query; values become terms, never text pasted into a query."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

import yaml
from pyoxigraph import Literal as LiteralTerm
from pyoxigraph import NamedNode, Variable

from visidaerah.errors import QueryError, UsageError
from visidaerah.vocabulary import BASE, PREFIXES, XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from importlib.resources.abc import Traversable

    Term = NamedNode | LiteralTerm

ParameterType = Literal["iri", "string", "integer", "decimal"]
Kind = Literal["plan", "document", "region", "sector", "element"]

LANGUAGES = ("id", "en")
HEAD = ("question", "tags", "title", "general", "description", "none", "parameters")

TOPICS = ("plans", "pillars", "missions", "sectors", "comparison", "terms", "sources")
"""What a question may be about, in the order in which they are shown."""

VARIABLE = re.compile(r"[a-z][A-Za-z0-9]*")
CURIE = re.compile(r"(?P<prefix>[a-z]+):(?P<name>[A-Za-z0-9_.-]*)")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
BODY = re.compile(r"^WHERE \{$", re.MULTILINE)

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
SHORT_FORMS: dict[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    "plan": ((re.compile(SLUG), "id/plan/"),),
    "document": ((re.compile(SLUG), "id/document/"),),
    "region": ((re.compile(r"[0-9]{2}(?:\.[0-9]{2})?"), "id/region/"),),
    "sector": (
        (re.compile(r"[0-9](?:\.[0-9]{2})?"), "id/sector/"),
        (re.compile(SLUG), "id/theme/"),
    ),
    "element": ((re.compile(rf"{SLUG}/[a-z0-9/-]+"), "id/plan/"),),
}
"""By kind of thing: what a short form looks like, and where below the base it leads."""

CHOICES = {
    "plan": """
SELECT ?value ?label WHERE { ?value a vd:DevelopmentPlan ; rdfs:label ?label } ORDER BY ?label""",
    "document": """
SELECT ?value ?label WHERE { ?value a vd:SourceText ; rdfs:label ?label } ORDER BY ?label""",
    "region": """
SELECT DISTINCT ?value ?label WHERE {
  ?plan vd:coversRegion/vd:partOfRegion? ?value .
  ?value rdfs:label ?label .
} ORDER BY ?value""",
    "sector": """
SELECT DISTINCT ?value ?label WHERE {
  ?assignment a vd:SectorAssignment ; vd:assignedSector ?value .
  ?value skos:prefLabel ?label .
} ORDER BY ?value""",
}
"""By kind of thing: a SELECT of what may sensibly be chosen, a row a `?value` and language of its
`?label`; its prefixes are those of `vocabulary.PREFIXES`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A variable of a query that the asker may give a value.

    `title` is by language. `kind` says of which kind of thing an IRI is, so that it has a short
    form ("1.02" for a sector). Without a `default` the variable is left free: the answer is about
    all. `choices` is a SELECT as in CHOICES, None where any value goes.
    """

    name: str
    title: Mapping[str, str]
    type: ParameterType
    kind: Kind | None = None
    default: str | None = None
    choices: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedQuery:
    """A question with the SPARQL that answers it.

    `name` is its file's name without extension, `question` the competency question it answers
    ("CQ01"), if any, `topic` its tag, one of TOPICS; `title` and `description` are by language,
    empty where there is none. The title is the question for the default values; `general` is the
    one for others, with the names of parameters in braces where their values stand, empty where
    the title fits all. `none` is what an answer without rows means where the question asks for
    what is lacking. `text` is the whole file, which is SPARQL as it stands: the head is comments.
    """

    name: str
    question: str | None
    topic: str | None
    title: Mapping[str, str]
    general: Mapping[str, str]
    description: Mapping[str, str]
    none: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    text: str


def load_queries(folder: Traversable) -> tuple[SavedQuery, ...]:
    """Read every `*.rq` of a folder, not of its subfolders, in the order of questions, then names.

    Raises QueryError where the head of a file cannot be understood.
    """
    files = (file for file in folder.iterdir() if file.name.endswith(".rq"))
    found = (read_query(f.read_text(encoding="utf-8"), f.name.removesuffix(".rq")) for f in files)
    return tuple(sorted(found, key=lambda query: (query.question or "~", query.name)))


def read_query(text: str, name: str) -> SavedQuery:
    """Read a query; its head, if any, is YAML in lines that begin with `#+` (grlc's convention).

    Raises QueryError where the head is no YAML, has an unknown key or a value of the wrong form.
    """
    head = _head(text, name)
    parameters = _parameters(head.get("parameters"), name)
    if parameters and not BODY.search(text):
        raise QueryError(f"{name} has parameters and no line `WHERE {{`, where they may stand.")
    general = _in_languages(head.get("general"), f"{name}: general")
    _refuse_unfilled(general, parameters, name)
    return SavedQuery(
        name=name,
        question=head.get("question"),
        topic=_topic(head.get("tags"), name),
        title=_in_languages(head.get("title"), f"{name}: title"),
        general=general,
        description=_in_languages(head.get("description"), f"{name}: description"),
        none=_in_languages(head.get("none"), f"{name}: none"),
        parameters=parameters,
        text=text,
    )


def _head(text: str, name: str) -> dict[str, Any]:
    lines = [line[2:] for line in text.splitlines() if line.startswith("#+")]
    try:
        head = yaml.safe_load("\n".join(lines)) or {}
    except yaml.YAMLError as error:
        raise QueryError(f"{name}: its #+ lines are not YAML: {error}") from error
    if not isinstance(head, dict):
        raise QueryError(f"{name}: its #+ lines are no mapping such as `title: {{id: …, en: …}}`.")
    _refuse_unknown(head, HEAD, name)
    return head


def _refuse_unfilled(
    general: Mapping[str, str], parameters: Sequence[Parameter], name: str
) -> None:
    """Raise QueryError where a title names what has no value: no parameter, or one left free.

    One that is left free may be named where it is the only one: the title is then used as soon as
    it has a value.
    """
    filled = {p.name for p in parameters if p.default is not None or len(parameters) == 1}
    named = {match for text in general.values() for match in PLACEHOLDER.findall(text)}
    if unknown := sorted(named - filled):
        raise QueryError(f"{name}: general names {{{unknown[0]}}}, which need not have a value.")


def _refuse_unknown(table: Mapping[str, Any], known: Iterable[str], where: str) -> None:
    if unknown := sorted(set(map(str, table)) - set(known)):
        raise QueryError(f"{where} has an unknown key {unknown[0]!r}. Known: {', '.join(known)}.")


def _in_languages(value: object, where: str) -> dict[str, str]:
    """Return texts by language: all of LANGUAGES, or none."""
    if value is None:
        return {}
    if not isinstance(value, dict) or set(value) != set(LANGUAGES) or not all(value.values()):
        raise QueryError(f"{where} should be given as {{id: …, en: …}}, not {value!r}.")
    return {language: str(value[language]).strip() for language in LANGUAGES}


def _topic(tags: object, name: str) -> str | None:
    if tags is None:
        return None
    if not isinstance(tags, list) or len(tags) != 1:
        raise QueryError(f"{name}: tags should be a list of one, such as [plans], not {tags!r}.")
    _refuse_other(tags[0], TOPICS, f"{name}: tags")
    return str(tags[0])


def _parameters(tables: object, name: str) -> tuple[Parameter, ...]:
    if not isinstance(tables, list | None):
        raise QueryError(f"{name}: parameters should be a list, not {tables!r}.")
    return tuple(_parameter(table, name) for table in tables or ())


def _parameter(table: object, name: str) -> Parameter:
    if not isinstance(table, dict) or not VARIABLE.fullmatch(str(table.get("name"))):
        raise QueryError(f"{name}: a parameter needs a name such as `plan`, not {table!r}.")
    where = f"{name}: parameter {table['name']}"
    _refuse_unknown(table, ("name", "title", "type", "kind", "default", "choices"), where)
    _refuse_other(table.get("type"), get_args(ParameterType), f"{where}: type")
    _refuse_other(table.get("kind"), (None, *SHORT_FORMS), f"{where}: kind")
    return Parameter(
        name=table["name"],
        title=_in_languages(table.get("title", ""), f"{where}: title"),
        type=table["type"],
        kind=table.get("kind"),
        default=_text(table.get("default")),
        choices=_text(table.get("choices") or CHOICES.get(table.get("kind", ""))),
    )


def _refuse_other(value: object, known: tuple[object, ...], where: str) -> None:
    if value not in known:
        raise QueryError(f"{where} should be one of {', '.join(map(str, known))}, not {value!r}.")


def _text(value: object) -> str | None:
    return None if value is None else str(value).strip()


def bind(query: SavedQuery, values: Mapping[str, str]) -> dict[Variable, Term]:
    """Return the terms of a query's parameters: the values given, else the defaults.

    An empty value counts as not given. A parameter with neither stays free and has no term.

    Raises UsageError for a parameter that the query does not have and for a value that is none of
    its type.
    """
    known = {parameter.name for parameter in query.parameters}
    for name in values:
        if name not in known:
            raise UsageError(f"{query.name} has no parameter {name!r}. {_known(query)}")
    given = ((p, values.get(p.name, "").strip() or p.default) for p in query.parameters)
    return {Variable(p.name): term_of(p, value) for p, value in given if value}


def _known(query: SavedQuery) -> str:
    names = ", ".join(parameter.name for parameter in query.parameters)
    return f"Known: {names}." if names else "It has none."


def term_of(parameter: Parameter, value: str) -> Term:
    """Return a value as a term of the parameter's type.

    An IRI may be written whole, as a CURIE (`vd:Mission`), as a path below the base
    (`id/plan/kota-metro`), or in the short form of the parameter's kind (`kota-metro`, `1.02`).

    Raises UsageError where the value is none of the type.
    """
    try:
        return READERS[parameter.type](parameter, value)
    except ValueError:
        hint = HINTS[parameter.type]
        raise UsageError(f"{parameter.name}: {value!r} is no {parameter.type}. {hint}") from None


HINTS = {
    "iri": "Write a whole IRI, a path below the base such as id/plan/kota-metro, or a short form.",
    "string": "Write some text.",
    "integer": "Write digits, for example 4.",
    "decimal": "Write a number with a point, for example 0.5.",
}


def _iri(parameter: Parameter, value: str) -> NamedNode:
    for pattern, path in SHORT_FORMS.get(parameter.kind or "", ()):
        if pattern.fullmatch(value):
            return NamedNode(f"{BASE}{path}{value}")
    curie = CURIE.fullmatch(value)
    if curie and curie["prefix"] in PREFIXES:
        return NamedNode(PREFIXES[curie["prefix"]] + curie["name"])
    if value.startswith("id/"):
        return NamedNode(BASE + value)
    return NamedNode(value.removeprefix("<").removesuffix(">"))


def _integer(_parameter: Parameter, value: str) -> LiteralTerm:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
        raise ValueError(value)
    return LiteralTerm(str(int(value)), datatype=XSD.integer)


def _decimal(_parameter: Parameter, value: str) -> LiteralTerm:
    if not re.fullmatch(r"[+-]?[0-9]{1,12}(\.[0-9]{1,12})?", value):
        raise ValueError(value)
    return LiteralTerm(value, datatype=XSD.decimal)


def _string(_parameter: Parameter, value: str) -> LiteralTerm:
    return LiteralTerm(value)


READERS: dict[str, Callable[[Parameter, str], Term]] = {
    "iri": _iri,
    "string": _string,
    "integer": _integer,
    "decimal": _decimal,
}


def with_values(query: SavedQuery, bindings: Mapping[Variable, Term]) -> str:
    """Return the SPARQL of a query, without its head, that states its bindings itself.

    They stand as VALUES at the beginning of WHERE, so that the query can be copied to any
    endpoint and still gives the same answer.
    """
    sparql = "".join(
        line for line in query.text.splitlines(keepends=True) if not line.startswith("#+")
    ).lstrip()
    values = "".join(f"  VALUES {name} {{ {term} }}\n" for name, term in bindings.items())
    return BODY.sub(lambda opening: f"{opening[0]}\n{values}".rstrip(), sparql, count=1)
