"""A page of results says in words that there are more rows than it counts."""

from __future__ import annotations

import pytest

from releases import OWN, release
from visidaerah.web import create_app

DIGITS = "{ 1 2 3 4 5 6 7 8 9 0 }"
LONG = "SELECT * {" + " ".join(f"VALUES ?{name} {DIGITS}" for name in "vwxyz") + "}"


@pytest.mark.parametrize(("language", "words"), [("en", "more than 10"), ("id", "lebih dari 10")])
def test_a_page_of_a_long_answer_says_that_there_is_more(language: str, words: str) -> None:
    client = create_app(release(OWN)).test_client()
    address = {"query": LONG, "lang": language}
    text = client.get("/sparql", query_string=address, headers={"Accept": "text/html"}).text
    assert words in text


def test_a_page_of_a_short_answer_does_not() -> None:
    client = create_app(release(OWN)).test_client()
    address = {"query": LONG + " LIMIT 10000", "lang": "en"}
    text = client.get("/sparql", query_string=address, headers={"Accept": "text/html"}).text
    assert "more than 10" not in text
    assert "10,000" in text
