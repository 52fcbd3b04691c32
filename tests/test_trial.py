"""A trial is what a text states, read in a process of its own, or why it could not be read."""

from __future__ import annotations

import pytest

from visidaerah.build import Knowledge, shipped_knowledge
from visidaerah.confinement import Confines, Outcome
from visidaerah.errors import DocumentError
from visidaerah.trial import Attempt, Refusal, Trial, attempt, try_document

VISION = "Terwujudnya Kota Tegal yang Sehat"
TEXT = f"Visi Kota Tegal Tahun 2025–2029: {VISION}\n\nMisi:\n1. Membangun puskesmas\n"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return shipped_knowledge()


def brought(content: str | bytes = TEXT, name: str = "a.txt", region: str | None = None) -> Attempt:
    encoded = content.encode() if isinstance(content, str) else content
    return Attempt(name=name, content=encoded, region=region)


def test_what_is_sent_to_the_process_arrives_there() -> None:
    given = brought(b"\n{\x00}\n", name='a "b"\n\r.txt', region="33.76")
    assert Attempt.from_bytes(given.to_bytes()) == given


def test_a_trial_tells_the_same_as_the_process(knowledge: Knowledge) -> None:
    found = attempt(brought(), knowledge)
    assert found.slug == "kota-tegal-2025"
    assert found.record["vision"]["text"] == VISION
    assert VISION in found.turtle
    assert VISION in found.quads
    apart = try_document(brought(), Confines())
    assert isinstance(apart, Trial)
    assert (apart.slug, apart.record["vision"]) == (found.slug, found.record["vision"])


def test_the_region_that_is_said_overrules_the_text(knowledge: Knowledge) -> None:
    assert "id/region/33.71>" in attempt(brought(region="33.71"), knowledge).quads
    with pytest.raises(DocumentError, match="no region with the code"):
        attempt(brought(region="99.99"), knowledge)


def test_a_file_that_cannot_be_read_is_refused_in_a_sentence() -> None:
    refused = try_document(brought(b"%PDF-1.7\nnonsense", "rusak.pdf"), Confines())
    assert isinstance(refused, Refusal)
    assert refused.sentence.startswith("rusak.pdf ")


def test_a_process_that_ends_badly_is_told_by_how_it_ended() -> None:
    assert try_document(brought(), Confines(answer=100)) == Outcome("lost")
    assert try_document(brought(), Confines(seconds=0)) == Outcome("late")


def test_what_was_repaired_in_reading_is_remarked(knowledge: Knowledge) -> None:
    found = attempt(brought(TEXT.encode("cp1252"), "lama.txt"), knowledge)
    assert len(found.remarks) == 1
    assert VISION in found.turtle
