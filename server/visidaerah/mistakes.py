"""What is wrong with a query that does not parse, in words and with its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from visidaerah.errors import QuerySyntaxError
from visidaerah.screening import PROLOGUE, tokens, undeclared_prefix
from visidaerah.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Container

UPDATE_WORDS = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
)
SYNTAX_PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): ")


def syntax_error(query: str, message: str, declared: Container[str] = ()) -> QuerySyntaxError:
    """Return the error for a query that does not parse, with its place, in words.

    `declared` are prefixes that need no declaration.
    """
    if is_update(query):
        return QuerySyntaxError(
            "This is an update, and the graph is read-only: data enter through documents "
            "and a build, not over SPARQL."
        )
    place = SYNTAX_PLACE.match(message)
    if not place:
        return QuerySyntaxError(f"The query does not parse: {message}.")
    unknown = undeclared_prefix(query, declared)
    if unknown:
        return unknown_prefix(query, *unknown)
    line, column = int(place["line"]), int(place["column"])
    hint = readable_hint(message[place.end() :])
    is_short = not hint and is_end(query, line, column)
    hint = ": it ends too early, perhaps without a closing bracket" if is_short else hint
    return QuerySyntaxError(
        f"The query does not parse at line {line}, column {column}{hint}.",
        line,
        column,
        reason="ends-early" if is_short else None,
    )


def unknown_prefix(query: str, place: int, prefix: str) -> QuerySyntaxError:
    """Return the error for a prefix that is not declared, with the line to paste where we know it.

    `place` counts characters from 0.
    """
    line, column = query.count("\n", 0, place) + 1, place - query.rfind("\n", 0, place)
    known = PREFIXES.get(prefix)
    paste = f"PREFIX {prefix}: <{known}>" if known else None
    remedy = f"Begin the query with {paste}" if paste else "Declare it at the beginning."
    return QuerySyntaxError(
        f"The query does not parse at line {line}, column {column}: the prefix {prefix}: is not "
        f"declared. {remedy}",
        line,
        column,
        reason="unknown-prefix",
        paste=paste,
    )


def is_end(query: str, line: int, column: int) -> bool:
    """Tell whether nothing but white space and remarks comes from a place (from 1) on."""
    rest = "\n".join(query.split("\n")[line - 1 :])[column - 1 :]
    return not re.sub(r"#[^\n]*", "", rest).strip()


# The parser lists what it could have read next; its sentences are worth showing, its character
# classes are not.
PARSER_SENTENCE = re.compile(
    r"Duplicated variable name in SELECT"
    r"|The SELECT contains a variable that is unbound|[A-Z][a-z]+(?: [A-Za-z]+){2,}"
)


def readable_hint(expectation: str) -> str:
    """Return what the parser says besides its character classes, or nothing."""
    sentence = PARSER_SENTENCE.search(expectation)
    return f": {sentence.group()}" if sentence else ""


def is_update(query: str) -> bool:
    """Tell whether the first word after the prologue is one of SPARQL Update's."""
    words = (text.upper() for kind, text in tokens(query) if kind == "word")
    first = next((word for word in words if word not in PROLOGUE), "")
    return first in UPDATE_WORDS
