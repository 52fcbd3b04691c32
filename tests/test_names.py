"""Names are minted in one place, stable and in ASCII."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from visidaerah import names
from visidaerah.errors import UsageError
from visidaerah.spans import Span


@pytest.mark.parametrize(
    ("words", "slug"),
    [("Wakil Walikota", "wakil-walikota"), ("GÉMERLANG!", "gemerlang"), ("—", "")],
)
def test_words_become_slugs(words: str, slug: str) -> None:
    assert names.slug_of(words) == slug


@pytest.mark.parametrize("slug", ["Kota Metro", "kota--metro", "-x", "", "kota/metro", "é", "x\n"])
def test_what_is_no_slug_is_refused_with_one_that_is(slug: str) -> None:
    with pytest.raises(UsageError, match=r"is no slug. Use lower-case"):
        names.checked_slug(slug)


def test_a_span_is_named_by_rfc_5147() -> None:
    assert names.span("kota-metro", Span(76, 143)).value == (
        "https://w3id.org/visidaerah/id/document/kota-metro#char=76,143"
    )


def test_affairs_and_themes_have_their_own_names() -> None:
    assert names.sector("1.02").value.endswith("/id/sector/1.02")
    assert names.sector("agama").value.endswith("/id/theme/agama")


@pytest.mark.parametrize(
    ("node", "place"),
    [
        (names.span("kota-metro", Span(3, 14)), Span(3, 14)),
        (names.span("kota-lain", Span(3, 14)), None),
        (names.span("kota-metro", Span(3, 14), "quote"), None),
        (NamedNode(f"{names.document('kota-metro').value}#char=14,3"), None),
        (Literal("#char=3,14"), None),
    ],
)
def test_a_span_is_found_by_its_name(node: NamedNode | Literal, place: Span | None) -> None:
    assert names.place_of("kota-metro", node) == place
