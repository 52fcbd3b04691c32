"""A marked text is the text itself: marks nest, and each covers exactly its characters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from visidaerah.spans import Span
from visidaerah.web.pages.marks import Close, Mark, Open, Words, parts

TEXT = "mewujudkan masyarakat\u00a0sehat jasmani"


def spans(length: int) -> st.SearchStrategy[Span]:
    return st.tuples(st.integers(0, length - 1), st.integers(1, length)).map(
        lambda pair: Span(min(pair[0], pair[1] - 1), max(pair[0] + 1, pair[1]))
    )


marks = st.lists(spans(len(TEXT)), max_size=12).map(
    lambda found: [Mark(span, number) for number, span in enumerate(found)]
)


@given(marks)
def test_the_words_make_the_text_again(found: list[Mark[int]]) -> None:
    assert "".join(p.text for p in parts(TEXT, found) if isinstance(p, Words)) == TEXT


@given(marks)
def test_openings_and_closings_nest(found: list[Mark[int]]) -> None:
    stack: list[int] = []
    for part in parts(TEXT, found):
        if isinstance(part, Open):
            stack.append(part.mark.key)
        elif isinstance(part, Close):
            assert stack.pop() == part.mark.key
        else:
            assert part.mark is None if not stack else part.mark and part.mark.key == stack[-1]
    assert stack == []


@given(marks)
def test_each_mark_covers_its_characters_and_begins_once(found: list[Mark[int]]) -> None:
    covered: dict[int, str] = {mark.key: "" for mark in found}
    begun: list[int] = []
    stack: list[int] = []
    for part in parts(TEXT, found):
        if isinstance(part, Open):
            stack.append(part.mark.key)
            begun += [] if part.continued else [part.mark.key]
        elif isinstance(part, Close):
            stack.pop()
        else:
            for key in stack:
                covered[key] += part.text
    assert covered == {mark.key: mark.span.of(TEXT) for mark in found}
    assert sorted(begun) == sorted(covered)


def test_a_mark_outside_the_text_is_left_out() -> None:
    assert parts("abc", [Mark(Span(2, 9), 1)]) == [Words("abc", None, first=True)]


def test_a_text_may_begin_anywhere() -> None:
    found = parts("sehat", [Mark(Span(101, 103), "key")], start=100)
    assert [p.text for p in found if isinstance(p, Words)] == ["s", "eh", "at"]


def test_an_empty_text_has_no_parts() -> None:
    assert parts("", []) == []


def test_the_height_counts_the_marks_within() -> None:
    nested = [Mark(Span(0, 9), "outer"), Mark(Span(1, 8), "middle"), Mark(Span(2, 3), "inner")]
    heights = {p.mark.key: p.height for p in parts("123456789", nested) if isinstance(p, Open)}
    assert heights == {"outer": 2, "middle": 1, "inner": 0}


def test_only_the_first_words_of_a_mark_are_a_stop_for_the_keyboard() -> None:
    found = parts("abcde", [Mark(Span(0, 5), "outer"), Mark(Span(2, 3), "inner")])
    told = [(p.text, p.first) for p in found if isinstance(p, Words)]
    assert told == [("ab", True), ("c", True), ("de", False)]


def test_thousands_of_nested_marks_do_not_overflow() -> None:
    text = "x" * 6000
    deep = [Mark(Span(at, 6000 - at), at) for at in range(2999)]
    assert sum(isinstance(part, Open) for part in parts(text, deep)) == 2999
