from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from visidaerah import assets, checks
from visidaerah.store import shipped_quads
from visidaerah.vocabulary import BASE, PREFIXES

EXAMPLES = Path(str(assets.ontology())) / "examples"
SHAPES = Path(str(assets.ontology())) / "shapes"
SH = PREFIXES["sh"]


def shapes() -> set[str]:
    found = {
        quad.subject.value.removeprefix(f"{BASE}shape/")
        for file in SHAPES.glob("*.ttl")
        for quad in parse(file.read_bytes(), RdfFormat.TURTLE)
        if quad.object == NamedNode(SH + "NodeShape") and isinstance(quad.subject, NamedNode)
    }
    assert len(found) > 50
    return found


def example(shape: str, kind: str) -> list[Quad]:
    return list(parse((EXAMPLES / shape / f"{kind}.ttl").read_bytes(), RdfFormat.TURTLE))


@cache
def vocabulary() -> tuple[Quad, ...]:
    graphs = {f"{BASE}graph/ontology", f"{BASE}graph/sectors"}
    return tuple(
        quad
        for quad in shipped_quads()
        if isinstance(quad.graph_name, NamedNode) and quad.graph_name.value in graphs
    )


@cache
def broken(kind: str) -> dict[str, set[str]]:
    """Return which shapes the examples of a kind break, validated together to save time.

    A finding belongs to the example that alone speaks of its node.
    """
    examples = {shape: example(shape, kind) for shape in sorted(shapes())}
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for shape, quads in examples.items():
        for quad in quads:
            if isinstance(quad.subject, NamedNode):
                owners[quad.subject.value].add(shape)
    together = [quad for quads in examples.values() for quad in quads]
    found: defaultdict[str, set[str]] = defaultdict(set)
    for finding in checks.check_shapes([*vocabulary(), *together]).findings:
        of_one = [node for node in (finding.node, finding.value) if len(owners[node]) == 1]
        assert of_one, finding.text()
        found[next(iter(owners[of_one[0]]))].add(finding.rule)
    return dict(found)


def test_every_class_has_a_shape() -> None:
    targets = {
        quad.object.value
        for file in SHAPES.glob("*.ttl")
        for quad in parse(file.read_bytes(), RdfFormat.TURTLE)
        if quad.predicate == NamedNode(SH + "targetClass") and isinstance(quad.object, NamedNode)
    }
    classes = {
        quad.subject.value
        for quad in vocabulary()
        if isinstance(quad.subject, NamedNode)
        and quad.subject.value.startswith(PREFIXES["vd"])
        and quad.object == NamedNode(PREFIXES["owl"] + "Class")
    }
    assert len(classes) > 25
    assert classes - targets == set()


def test_every_example_belongs_to_a_shape() -> None:
    assert {folder.name for folder in EXAMPLES.iterdir()} == shapes()


@pytest.mark.parametrize("shape", sorted(shapes()))
def test_an_example_passes(shape: str) -> None:
    assert broken("pass").get(shape, set()) == set()


@pytest.mark.parametrize("shape", sorted(shapes()))
def test_an_example_breaks_its_shape_and_no_other(shape: str) -> None:
    assert broken("fail").get(shape) == {shape}


def test_every_message_comes_in_both_languages() -> None:
    messages: defaultdict[str, set[str | None]] = defaultdict(set)
    for file in SHAPES.glob("*.ttl"):
        for quad in parse(file.read_bytes(), RdfFormat.TURTLE):
            if quad.predicate == NamedNode(SH + "message"):
                messages[str(quad.subject)].add(getattr(quad.object, "language", None))
    assert len(messages) > 100
    assert {node: said for node, said in messages.items() if said != {"id", "en"}} == {}


def test_the_shipped_graph_keeps_every_shape() -> None:
    outcome = checks.check_shapes(list(shipped_quads()))
    assert [finding.text() for finding in outcome.findings] == []
