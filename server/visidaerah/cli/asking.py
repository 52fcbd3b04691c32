"""The commands that ask the graph: `query`, `questions` and `export`."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from visidaerah import assets, names
from visidaerah.cli import output
from visidaerah.cli.folders import store_of
from visidaerah.documents import decode, read_bytes
from visidaerah.errors import UsageError
from visidaerah.formats import GRAPH_FORMATS, write_graph
from visidaerah.queries import SavedQuery, bind, load_queries, read_query
from visidaerah.store import QueryRequest
from visidaerah.vocabulary import BASE

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Quad

    from visidaerah.store import Store


def query(options: argparse.Namespace) -> int:
    """Print the answer to a question."""
    saved = _question(options.question)
    bindings = bind(saved, _values(options.param))
    named = tuple((variable.value, term) for variable, term in bindings.items())
    wanted = options.format or "table"
    formats = ("csv", "ttl") if wanted == "table" else (wanted,)
    request = QueryRequest(query=saved.text, formats=formats, bindings=named)
    answer = store_of(options).answer(request)
    if answer.format == "csv" and wanted == "table":
        for line in _as_table(answer.body):
            output.say(line)
    else:
        output.write(answer.body, None)
    return 0


def _question(name: str) -> SavedQuery:
    """Return a saved question by its name, or the query in a file or on standard input.

    Raises UsageError where there is neither.
    """
    if name == "-":
        return read_query(decode(sys.stdin.buffer.read(), "standard input"), "standard-input")
    saved = {question.name: question for question in load_queries(assets.queries())}
    if name in saved:
        return saved[name]
    path = Path(name)
    if path.is_file():
        return read_query(decode(read_bytes(path), name), path.stem)
    raise UsageError(
        f"There is no saved question and no file {name!r}."
        " List the questions with: visidaerah questions"
    )


def _values(parameters: Iterable[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals or not name:
            raise UsageError(f"--param {parameter!r} is not of the form NAME=VALUE.")
        values[name] = value
    return values


def _as_table(body: bytes) -> Sequence[str]:
    text = body.decode()
    if text.strip() in {"true", "false"}:
        return [text.strip()]
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    short = ([cell.replace(BASE, "") for cell in row] for row in rows)
    lines = output.table(head, short)
    return [*lines, "", f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}"]


def questions(options: argparse.Namespace) -> int:  # noqa: ARG001 (every command takes options)
    """List the saved questions, a name and both titles each, with parameters and defaults."""
    for question in load_queries(assets.queries()):
        output.say(question.name)
        output.say(f"    {question.title['id']}")
        output.say(f"    {question.title['en']}")
        for parameter in question.parameters:
            output.say(f"    --param {parameter.name}={parameter.default or '…'}")
    return 0


def export(options: argparse.Namespace) -> int:
    """Write the graph, or what it says of one plan."""
    store = store_of(options)
    quads = store.quads() if options.plan is None else _of_plan(store, options.plan)
    output.write(write_graph(quads, _format(options)), options.output)
    return 0


def _format(options: argparse.Namespace) -> str:
    suffix = options.output.suffix.removeprefix(".") if options.output else ""
    chosen: str = options.format or (suffix if suffix in GRAPH_FORMATS else "ttl")
    return chosen


def _of_plan(store: Store, slug: str) -> list[Quad]:
    """Return the plan's own graphs, and what was inferred of its elements.

    Raises UsageError where the graph has no such plan.
    """
    plan = names.plan(names.checked_slug(slug)).value
    own = {names.graph(kind, slug) for kind in ("document", "judgement", "curation")}
    found = [
        quad
        for quad in store.quads()
        if quad.graph_name in own or _is_of(plan, str(getattr(quad.subject, "value", "")))
    ]
    if not found:
        raise UsageError(
            f"There is no plan {slug!r}."
            " List the plans with: visidaerah query which-regions-have-a-plan"
        )
    return found


def _is_of(plan: str, subject: str) -> bool:
    return subject == plan or subject.startswith(f"{plan}/")
