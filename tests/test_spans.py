"""A span is a place in a text, in code points, end excluded."""

from __future__ import annotations

import pytest

from visidaerah.spans import Span


def test_a_span_gives_its_quote_in_code_points() -> None:
    assert Span(2, 4).of("𝒜 é\u00a0z") == "é\u00a0"


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 3)])
def test_an_empty_or_negative_span_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="start < end"):
        Span(start, end)


def test_a_span_covers_what_is_within_it_and_itself() -> None:
    assert Span(1, 9).covers(Span(1, 9))
    assert not Span(2, 9).covers(Span(1, 5))


def test_neighbours_do_not_overlap() -> None:
    assert not Span(0, 4).overlaps(Span(4, 6))
    assert Span(0, 5).overlaps(Span(4, 6))


def test_stripping_takes_no_break_spaces_too() -> None:
    assert Span.stripped("a \u00a0b\u00a0 c", 1, 6) == Span(3, 4)


def test_stripping_nothing_but_space_gives_nothing() -> None:
    assert Span.stripped(" \u00a0\n", 0, 3) is None
