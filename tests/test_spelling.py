"""Booleans are read in any case, and nothing else of a query changes."""

from __future__ import annotations

import pytest

from visidaerah.spelling import engine_spelling


@pytest.mark.parametrize(
    ("query", "read"),
    [
        ("ASK { FILTER(TRUE && !False) }", "ASK { FILTER(true && !false) }"),
        ("ASK { ?s ?p TRUE. ?s ?p fAlSe }", "ASK { ?s ?p true. ?s ?p false }"),
        ("SELECT (true AS ?x) {}", "SELECT (true AS ?x) {}"),
    ],
)
def test_booleans_are_read_in_any_case(query: str, read: str) -> None:
    assert engine_spelling(query) == read


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?TRUE <urn:TRUE> 'TRUE' } # TRUE",
        'ASK { ?s TRUE:FALSE "FALSE"@TRUE }',
        "ASK { ?s ?p _:TRUE . ?s ex:TRUE 'x' }",
        "ASK { ?s ?p UNTRUE, TRUEST, TRUE-1 }",
    ],
)
def test_what_is_no_boolean_stays(query: str) -> None:
    assert engine_spelling(query) == query
