"""A query is spelled as the engine reads it, each character in its place."""

from __future__ import annotations

import re

from visidaerah.screening import TOKEN

BOOLEAN = re.compile(r"(?:true|false)\.?", re.IGNORECASE)
"""A word of a query that is a boolean; a full stop may end its triple."""

MAYBE_SHOUTED = re.compile(r"(?!true|false)(?i:true|false)")


def engine_spelling(query: str) -> str:
    """Return the query with its booleans in lower case.

    Keywords may be written in any case (SPARQL 1.1 Query Language, 19.8); the engine reads `TRUE`
    as the beginning of something else.
    """
    return TOKEN.sub(spelled, query) if MAYBE_SHOUTED.search(query) else query


def spelled(token: re.Match[str]) -> str:
    """Return a token, in lower case where it is a boolean."""
    text = token.group()
    is_boolean = token.lastgroup == "word" and BOOLEAN.fullmatch(text)
    return text.lower() if is_boolean else text
