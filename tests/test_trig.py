"""TriG is laid out for readers and says exactly what it was given."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from visidaerah.trig import write_trig

BASE = "https://example.org/"
PREFIXES = {"x": "https://example.org/terms#", "a": "http://example.net/"}


def node(path: str) -> NamedNode:
    return NamedNode(BASE + path)


def written(*quads: Quad) -> str:
    return write_trig(quads, PREFIXES, BASE).decode()


def test_values_stand_on_lines_of_their_own_and_subjects_apart() -> None:
    label, graph = NamedNode(PREFIXES["x"] + "label"), node("g")
    assert written(
        Quad(node("s"), label, Literal("satu"), graph),
        Quad(node("s"), label, Literal("dua , tiga"), graph),
        Quad(node("t"), label, node("s"), graph),
    ) == (
        "@base <https://example.org/> .\n"
        "@prefix a: <http://example.net/> .\n"
        "@prefix x: <terms#> .\n"
        "\n"
        "<g> {\n"
        '    <s> x:label "satu" ,\n'
        '        "dua , tiga" .\n'
        "\n"
        "    <t> x:label <s> .\n"
        "}\n"
    )


def test_an_address_on_another_host_keeps_its_scheme() -> None:
    quad = Quad(node("s"), node("p"), NamedNode("https://doi.org/10.1/x"), node("g"))
    assert "<https://doi.org/10.1/x>" in written(quad)


def test_nothing_is_written_as_a_head_alone() -> None:
    assert list(parse(written(), RdfFormat.TRIG)) == []


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=5))
def test_what_is_written_is_read_back(values: list[str]) -> None:
    quads = [
        Quad(node("s"), node("p"), Literal(value, language="id"), node(f"g/{number % 2}"))
        for number, value in enumerate(['<//x> , "\u2028\x85', *values])
    ]
    assert set(parse(written(*quads), RdfFormat.TRIG)) == set(quads)
