"""A query's text is refused before it is parsed where parsing or answering it could do harm.

SERVICE makes the engine send requests out of the process, and deep nesting overflows the stack of
the parser, which ends the process. Both are found by one pass over the tokens that skips comments,
strings and IRIs; everything else is left to the parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import dropwhile
from typing import TYPE_CHECKING

from visidaerah.errors import QueryError, QueryForbidden

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

# SPARQL 1.1 Query Language, 19.8. Longest tokens first; an IRI may carry \u escapes (19.2). A word
# takes all that a name could, so that no character is looked at from many starts. `<<` (SPARQL 1.2)
# opens by its first half: the other may begin an IRI, as in `?a<<x:b>`.
TOKEN = re.compile(
    r'''
    (?P<comment> \#[^\n\r]* )
  | (?P<string> """(?:[^\\]|\\.)*?""" | \'\'\'(?:[^\\]|\\.)*?\'\'\'
              | "(?:[^"\\\n\r]|\\[^\n\r])*+" | '(?:[^'\\\n\r]|\\[^\n\r])*+' )
  | (?P<escape> \\(?:.|\Z) )
  | (?P<iri> <(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*> )
  | (?P<variable> [?$][\w\x80-\U0010FFFF]+ )
  | (?P<language> @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
  | (?P<name> (?:(?:[^\W\d]|[\x80-\U0010FFFF])[\w.\-\x80-\U0010FFFF]*+)?:
              (?:(?:[\w:\x80-\U0010FFFF]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])
                 (?:[\w.\-:\x80-\U0010FFFF]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*+)? )
  | (?P<number> [+-]?[0-9]+ )
  | (?P<word> [^\W\d][\w.\-]*+ )
  | (?P<open> [({\[] | <(?=<) )
  | (?P<close> [)}\]] | >> )
  | (?P<operator> \^\^ | && | \|\| | [/|^!*+-] )
    ''',
    re.VERBOSE | re.DOTALL,
)

# `?a<?b)SERVICE:c#>` is one IRI to a scanner and a comparison, a clause and a comment to a parser.
HIDDEN_SERVICE = re.compile(r"\).*service.*#", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nesting:
    """How much of what nests a query may have; each protects the stack of the parser.

    `depth` counts brackets inside one another; the others count tokens of the whole query, because
    a chain of them nests in the syntax tree: OPTIONAL; UNION and MINUS; path operators (`/`, `|`,
    `^`); operators of expressions that chain (`!`, `&&`, `||`, `+`, `-`, `*`).
    """

    depth: int = 60
    optionals: int = 100
    unions: int = 500
    paths: int = 150
    operators: int = 1000


def screen(query: str, nesting: Nesting = Nesting()) -> None:
    """Pass a query that is safe to parse.

    Raises QueryForbidden for SERVICE, QueryError for nesting over a limit.
    """
    counts = dict.fromkeys(LIMIT_WORDS, 0)
    for kind, text in tokens(query):
        if hides_service(kind, text):
            raise QueryForbidden(NO_SERVICE)
        name, step = nested_by(kind, text)
        if step:
            counts[name] += step
            refuse_excess(name, counts[name], getattr(nesting, name))


def undeclared_prefix(query: str, declared: Container[str] = ()) -> tuple[int, str] | None:
    """Return the place and the prefix of the first name whose prefix the query does not declare.

    The place counts characters from 0; `declared` are prefixes that need no declaration.
    """
    own, is_declaration = {"_"}, False
    for match in TOKEN.finditer(query):
        if match.lastgroup == "name":
            prefix = match.group().partition(":")[0]
            if is_declaration:
                own.add(prefix)
            elif prefix not in own and prefix not in declared:
                return match.start(), prefix
        is_declaration = match.lastgroup == "word" and match.group().upper() == "PREFIX"
    return None


def star(query: str) -> int | None:
    """Return the place of the `*` in `SELECT *`, from 0; None for a query that names its columns.

    That of a subquery does not count.
    """
    tokens = (match for match in TOKEN.finditer(query) if match.lastgroup != "comment")
    after_prologue = dropwhile(is_prologue, tokens)
    if next((match.group().upper() for match in after_prologue), None) != "SELECT":
        return None
    found = next(
        (match for match in after_prologue if match.group().upper() not in MODIFIERS), None
    )
    return found.start() if found and found.group() == "*" else None


def is_prologue(token: re.Match[str]) -> bool:
    """Tell whether a token is of the prologue: one of its keywords, or what they declare."""
    return token.lastgroup in {"name", "iri", "string"} or token.group().upper() in PROLOGUE


def variables(query: str) -> tuple[str, ...]:
    """Return the names of the variables in the order in which they first appear."""
    return tuple(dict.fromkeys(text[1:] for kind, text in tokens(query) if kind == "variable"))


PROLOGUE = frozenset({"PREFIX", "BASE", "VERSION"})
MODIFIERS = frozenset({"DISTINCT", "REDUCED"})


def tokens(query: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and the text of each token; what is no token is skipped."""
    for match in TOKEN.finditer(query):
        yield str(match.lastgroup), match.group()


def hides_service(kind: str, text: str) -> bool:
    """Tell whether a token is, or could hide, the keyword SERVICE.

    The engine's parser needs no white space around a keyword, so `trueSERVICE` and the prefix in
    `SERVICE:b` count as well.
    """
    match kind:
        case "word":
            return "service" in text.lower()
        case "name":
            return text.partition(":")[0].lower().endswith("service")
        case "iri":
            return HIDDEN_SERVICE.search(text) is not None
    return False


NO_SERVICE = (
    "SERVICE is not answered here: this endpoint asks no other endpoint. "
    "Ask the other one yourself and join the answers."
)

NESTING_WORDS = {
    "optional": "optionals",
    "union": "unions",
    "minus": "unions",
    "/": "paths",
    "|": "paths",
    "^": "paths",
} | dict.fromkeys(("!", "&&", "||", "+", "-", "*"), "operators")


def nested_by(kind: str, text: str) -> tuple[str, int]:
    """Return which count of `Nesting` a token changes, and by how much."""
    match kind:
        case "open":
            return "depth", 1
        case "close":
            return "depth", -1
        case "iri":
            return "depth", hidden_brackets(text)
        case "word" | "operator" if name := NESTING_WORDS.get(text.lower()):
            return name, 1
    return "depth", 0


def hidden_brackets(iri: str) -> int:
    """Return how many brackets a comparison that looks like an IRI may open: `?a<((1))>2`.

    A few pairs are left to real IRIs; none closes a bracket outside.
    """
    opened, closed = iri.count("("), iri.count(")")
    return opened if opened > closed or opened > 10 else 0


LIMIT_WORDS = {
    "depth": "brackets inside one another",
    "optionals": "OPTIONALs",
    "unions": "UNIONs and MINUSes",
    "paths": "path operators",
    "operators": "operators",
}


def refuse_excess(name: str, count: int, limit: int) -> None:
    """Raise QueryError where a count is over its limit."""
    if count > limit:
        words = LIMIT_WORDS[name]
        raise QueryError(f"The query has more than {limit} {words}. Split it or shorten it.")
