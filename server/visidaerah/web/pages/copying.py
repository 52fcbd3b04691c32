"""A query as a few lines of another language, which ask the same on any machine."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ACCEPT = {"graph": "text/turtle", "bindings": "text/csv", "boolean": "text/csv"}
"""What is asked for, by the kind of the answer."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """Lines of a language that ask a query."""

    language: str
    lines: str


def snippets(endpoint: str, query: str, kind: str) -> tuple[Snippet, ...]:
    """Return a query in every language; `kind` is that of its answer."""
    return tuple(Snippet(name, write(endpoint, query, kind)) for name, write in LANGUAGES.items())


def curl(endpoint: str, query: str, kind: str = "bindings") -> str:
    """Return a command that asks a query."""
    return (
        f"curl --silent --header 'Accept: {ACCEPT[kind]}' \\\n"
        f"  --data-urlencode query={shlex.quote(query)} \\\n"
        f"  {shlex.quote(endpoint)}"
    )


def python(endpoint: str, query: str, kind: str) -> str:
    """Return a program for Python 3 that needs nothing besides."""
    quoted = query.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    ending = PYTHON_GRAPH if kind == "graph" else PYTHON_TABLE
    imports = "" if kind == "graph" else "import csv\nimport io\n"
    return f'''\
{imports}import urllib.parse
import urllib.request

query = """
{quoted}
"""
request = urllib.request.Request(
    {endpoint!r},
    data=urllib.parse.urlencode({{"query": query}}).encode(),
    headers={{"Accept": "{ACCEPT[kind]}"}},
)
with urllib.request.urlopen(request) as answer:
{ending}'''


PYTHON_TABLE = """\
    for row in csv.DictReader(io.TextIOWrapper(answer, "utf-8")):
        print(row)"""

PYTHON_GRAPH = """\
    print(answer.read().decode())"""


def r(endpoint: str, query: str, kind: str) -> str:
    """Return a program for R 4 that needs nothing besides."""
    mark = next(mark for n in range(3, 99) if f"]{(mark := '-' * n)}" not in query)
    form, read = (
        ("ttl", 'cat(readLines(address), sep = "\\n")')
        if kind == "graph"
        else (
            "csv",
            'answer <- read.csv(address, encoding = "UTF-8")\nprint(answer)',
        )
    )
    return f'''\
query <- r"{mark}[
{query}
]{mark}"
address <- paste0(
  {quoted_for_r(endpoint)}, "?format={form}&query=",
  URLencode(query, reserved = TRUE)
)
{read}'''


def quoted_for_r(text: str) -> str:
    """Return a text as a literal of R."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


LANGUAGES: dict[str, Callable[[str, str, str], str]] = {"curl": curl, "Python": python, "R": r}
"""The languages that a query can be copied as."""
