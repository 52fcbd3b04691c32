"""What statements were called stays their name when the text changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal

from visidaerah import names
from visidaerah.documents import Metadata, from_bytes
from visidaerah.elements import named_elements, wording
from visidaerah.errors import DocumentError
from visidaerah.naming import Naming, correspondence, kept, read_naming, write_naming
from visidaerah.quads import Reading, document_quads
from visidaerah.spans import Span
from visidaerah.statements.model import (
    Component,
    ComponentKind,
    Facet,
    FacetKind,
    Foundation,
    GlossaryTerm,
    Goal,
    Mission,
    Pillar,
    Plan,
    Vision,
)
from visidaerah.vocabulary import VD

WORDS = ("Menata pasar", "Membangun jalan", "Menjaga hutan", "Membuka sekolah", "Menata pasar desa")
Text = list[tuple[str, list[str]]]


def plan_of(missions: Text) -> tuple[Plan, str]:
    """Make a plan of missions with their goals and means, and the text that states them."""
    text = ""

    def place(words: str) -> Span:
        nonlocal text
        start = len(text)
        text += words + "\n"
        return Span(start, start + len(words))

    stated, goals = [], []
    for number, (words, parts) in enumerate(missions, 1):
        span = place(words)
        means = tuple(Component(kind=ComponentKind.MEANS, span=place(part)) for part in parts)
        stated.append(Mission(span=span, components=means))
        goals += [Goal(level="goal", span=place(part), mission=number) for part in parts]
    return Plan(missions=tuple(stated), goals=tuple(goals)), text


def named(missions: Text, past: Naming) -> dict[str, str]:
    """Return the wordings by name."""
    plan, text = plan_of(missions)
    return {e.path: wording(e, text) for e in named_elements(plan, text, past)}


def after(texts: list[Text]) -> tuple[dict[str, str], Naming]:
    """Return what is named after the last of several texts of a document, and what is kept."""
    found: dict[str, str] = {}
    stored = Naming()
    for missions in texts:
        past = Naming(wordings=found, highest=stored.highest)
        found = named(missions, past)
        stored = kept(found.items(), past)
    return found, stored


texts = st.lists(
    st.lists(
        st.tuples(st.sampled_from(WORDS), st.lists(st.sampled_from(WORDS), max_size=3)), max_size=4
    ),
    min_size=1,
    max_size=4,
)


@given(texts)
@settings(deadline=None)
def test_what_is_kept_gives_the_same_names_again(versions: list[Text]) -> None:
    found, stored = after(versions)
    assert list(named(versions[-1], stored).items()) == list(found.items())
    assert read_naming(write_naming(stored), "names.toml") == stored


@given(texts)
@settings(deadline=None)
def test_a_name_that_is_gone_never_comes_back(versions: list[Text]) -> None:
    gone: set[str] = set()
    for version in range(1, len(versions)):
        before, _ = after(versions[:version])
        now, _ = after(versions[: version + 1])
        gone |= before.keys() - now.keys()
        assert not gone & now.keys()


@given(texts)
@settings(deadline=None)
def test_the_first_text_is_named_in_its_order_and_nothing_is_kept(versions: list[Text]) -> None:
    found, stored = after(versions[:1])
    missions = [name for name in found if name.count("/") == 1]
    assert missions == [f"mission/{n}" for n in range(1, len(versions[0]) + 1)]
    assert stored == Naming()


def test_parts_follow_their_whole() -> None:
    first: Text = [("Menata pasar", ["Kios"]), ("Membangun jalan", ["Aspal", "Batu"])]
    found, stored = after([first, [("Membuka sekolah", ["Guru"]), first[1], first[0]]])
    assert found == {
        "mission/3": "Membuka sekolah",
        "mission/3/means/1": "Guru",
        "mission/2": "Membangun jalan",
        "mission/2/means/1": "Aspal",
        "mission/2/means/2": "Batu",
        "mission/1": "Menata pasar",
        "mission/1/means/1": "Kios",
        "mission/3/goal/1": "Guru",
        "mission/2/goal/1": "Aspal",
        "mission/2/goal/2": "Batu",
        "mission/1/goal/1": "Kios",
    }
    assert list(stored.wordings) == ["mission/3", "mission/2", "mission/1"]


def test_the_vision_of_the_plan_is_called_so_whatever_it_says() -> None:
    text = "Kota yang rukun\nDesa yang maju\nKota yang tertib\n"
    rukun, maju, tertib = Span(0, 15), Span(16, 30), Span(31, 47)
    before = Naming(wordings={"vision": "Kota yang rukun", "vision/2": "Desa yang maju"})
    plan = Plan(vision=Vision(span=tertib), other_visions=(Vision(span=rukun), Vision(span=maju)))
    assert [e.path for e in named_elements(plan, text, before)] == [
        "vision",
        "vision/3",
        "vision/2",
    ]


def test_what_refers_to_a_statement_refers_to_its_name() -> None:
    text = "Kota rukun\nCerdas\nSehat (S)\n"
    cerdas, sehat, term = Span(11, 17), Span(18, 23), Span(25, 26)
    facet = Facet(kind=FacetKind.QUALITY, span=sehat)
    plan = Plan(
        vision=Vision(span=Span(0, 10)),
        pillars=(
            Pillar(span=cerdas),
            Pillar(span=sehat, explanation=Span(18, 27), facets=(facet,)),
        ),
        terms=(GlossaryTerm(span=term, expansion=sehat),),
        foundations=(Foundation(pillars=(1,), founded_on=(2,), span=cerdas),),
    )
    naming = Naming(wordings={"pillar/2": "Cerdas", "pillar/1": "Sehat"})
    document = replace(from_bytes(text.encode(), "kota", Metadata(title="x")), naming=naming)
    quads = document_quads(Reading(document=document, plan=plan, region=None, judgements={}))
    stated = {(quad.subject, quad.predicate, quad.object) for quad in quads}
    first, second = names.part("kota", "pillar/1"), names.part("kota", "pillar/2")
    assert {
        (names.part("kota", "vision"), VD.hasPillar, first),
        (second, VD.position, Literal(1)),
        (second, VD.isFoundedOn, first),
        (first, VD.hasFacet, names.part("kota", "pillar/1/facet/quality/1")),
        (names.part("kota", "term/s"), VD.definedIn, first),
    } <= stated
    assert (first, VD.isFoundedOn, second) not in stated


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        (["Menata pasar"], ["menata  Pasar."], {0: 0}),
        (["a b c", "d e f"], ["d e f", "a b c"], {0: 1, 1: 0}),
        (["x", "same", "y", "same"], ["y", "same"], {0: 2, 1: 3}),
        (
            ["Meningkatkan layanan kesehatan", "Meningkatkan layanan pendidikan"],
            ["Meningkatkan layanan pendidikan dasar", "Meningkatkan layanan kesehatan"],
            {0: 1, 1: 0},
        ),
        (["Menata pasar"], ["Membuka sekolah baru"], {}),
        ([], ["a"], {}),
        (["", ""], [""], {0: 0}),
    ],
)
def test_wordings_correspond(old: list[str], new: list[str], pairs: dict[int, int]) -> None:
    assert correspondence(old, new) == pairs


def test_a_very_long_text_that_is_all_new_corresponds_to_nothing() -> None:
    assert (
        correspondence([f"lama {n}" for n in range(600)], [f"baru {n}" for n in range(600)]) == {}
    )


@pytest.mark.parametrize(
    "content",
    [
        b"\xff",
        b"[statements",
        b'[other]\na = "b"',
        b"statements = 1",
        b'[statements]\n"mission/0" = "a"',
        b'[statements]\n"../mission/1" = "a"',
        b'[statements]\n"mission/1" = 1',
        b"[highest]\nmission = true",
        b'[highest]\n"mission/1" = 2',
    ],
)
def test_a_broken_file_of_names_is_refused(content: bytes) -> None:
    with pytest.raises(DocumentError, match=r"names\.toml is not"):
        read_naming(content, "names.toml")
