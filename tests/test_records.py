"""A plan as JSON tells everything by offsets into the document's text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from stated import GAZETTEER, MISSION_SECTION, MISSIONS, VISION
from visidaerah.documents import Metadata, from_bytes
from visidaerah.records import to_record
from visidaerah.sectors import SectorJudgement
from visidaerah.spans import Span
from visidaerah.statements import read_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = (
    "Visi RPJMD Kabupaten Boyolali 2021-2026 yang ditetapkan oleh Bupati adalah “"
    f"{VISION}”.\nVisi tersebut memiliki 2 unsur yaitu:\n1. Maju\nMaju itu baik.\n2. Mandiri\n"
    f"{MISSION_SECTION}\nTUJUAN\n- Naiknya mutu\n"
)


def record_of(text: str, judgements: dict[str, tuple[SectorJudgement, ...]]) -> dict[str, Any]:
    document = from_bytes(text.encode(), "naskah", Metadata(title="Naskah"))
    plan = read_plan(document, GAZETTEER)
    record = to_record(document, plan, judgements, {"1.01": "pendidikan"})
    return dict(json.loads(json.dumps(record)))


def judged(sector: str, confidence: float) -> SectorJudgement:
    return SectorJudgement(
        sector=sector, evidence=(Span(0, 4),), method="keyword", confidence=confidence
    )


def quotes(value: object) -> Iterator[dict[str, Any]]:
    """Yield every place in a record that is told with its words."""
    if isinstance(value, dict):
        if value.get("start") is not None and "text" in value:
            yield value
        for part in value.values():
            yield from quotes(part)
    elif isinstance(value, list):
        for part in value:
            yield from quotes(part)


def test_the_fields_tell_the_plan() -> None:
    record = record_of(TEXT, {})
    assert record["region"]["name"] == "Boyolali"
    assert record["region"]["type"] == "kabupaten"
    assert record["region"]["code"] == "33.09"
    assert record["plan_type"] == "RPJMD"
    assert record["period"] == [2021, 2026]
    assert record["vision"]["text"] == VISION
    assert [mission["text"] for mission in record["missions"]] == list(MISSIONS)
    assert [mission["order"] for mission in record["missions"]] == [1, 2, 3]
    assert [goal["text"] for goal in record["goals"]] == ["Naiknya mutu"]
    assert record["objectives"] == []
    assert record["establishment"]["offices"][0]["title"] == "Bupati"


def test_a_regions_name_is_as_the_text_divides_it() -> None:
    for printed in ("Musi Banyuasin", "Musibanyuasin", "Musi-Banyuasin"):
        record = record_of(f"VISI KABUPATEN {printed.upper()}\n“Daerah yang maju dan jaya”\n", {})
        assert (record["region"]["name"], record["region"]["code"]) == (printed, "16.06")
    assert record_of("VISI KABUPATEN MUBA\n“Muba maju dan jaya”\n", {})["region"]["name"] == (
        "Musi Banyuasin"
    )


def test_a_pillar_is_placed_where_it_is_explained() -> None:
    explained, listed = record_of(TEXT, {})["pillars"]
    assert (explained["order"], explained["label"], explained["text"]) == (
        1,
        "Maju",
        "Maju itu baik",
    )
    assert TEXT[explained["start"] : explained["end"]] == "Maju itu baik"
    assert (listed["label"], listed["start"], listed["end"]) == ("Mandiri", None, None)
    assert listed["named_in_vision"]["text"] == "Mandiri"


def test_every_quote_stands_at_its_offsets() -> None:
    found = list(quotes(record_of(TEXT, {})))
    assert len(found) > 8
    assert all(TEXT[one["start"] : one["end"]] == one["text"] for one in found)


def test_sectors_with_a_name_are_told_by_mission_and_candidates_are_not() -> None:
    judgements = {
        "mission/1": (judged("1.01", 0.9), judged("1.02", 0.7), judged("1.06", 0.4)),
        "pillar/1": (judged("1.01", 0.9),),
    }
    record = record_of(TEXT, judgements)
    assert record["sectors_by_mission"] == {"1": ["pendidikan"], "2": [], "3": []}
    assert len(record["sector_judgements"]) == 4


def test_an_empty_text_gives_an_empty_record() -> None:
    record = record_of("", {})
    empty = {key: value for key, value in record.items() if key not in {"document", "sha256"}}
    assert len(empty) > 10
    assert not any(empty.values())
