"""Goals and objectives go from a text to the graph, which keeps its rules and answers for them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from visidaerah import assets, checks
from visidaerah.build import graphs_of, read, shipped_knowledge
from visidaerah.documents import Metadata, from_bytes
from visidaerah.queries import load_queries
from visidaerah.store import Store, knowledge_quads

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from visidaerah.store import Term

TEXT = """Visi dan Misi Kota Tegal Tahun 2025-2029
VISI
“Terwujudnya Kota Tegal yang maju dan sejahtera”

MISI
1. Meningkatkan mutu pendidikan
2. Membangun jalan kota

Tujuan Misi 1
1. Meningkatnya mutu sekolah
Sasaran Misi 1
1. Naiknya angka melanjutkan
2. Naiknya mutu guru
Tujuan Misi 2
1. Mantapnya jalan
2. Lancarnya lalu lintas
Sasaran Misi 2
1. Jalan kota mulus
Sasaran daerah
1. Naiknya kepuasan warga
"""
NAME = "which-goals-and-objectives-has-each-mission"


@cache
def stated() -> tuple[Quad, ...]:
    knowledge = shipped_knowledge()
    document = from_bytes(TEXT.encode(), "kota-tegal", Metadata(title="Visi Misi Kota Tegal"))
    return tuple(graphs_of(read(document, knowledge), knowledge))


def plain(term: Term | None) -> str:
    return term.value if isinstance(term, Literal) else ""


def test_the_saved_question_tells_what_each_mission_has() -> None:
    query = next(query for query in load_queries(assets.queries()) if query.name == NAME)
    columns = ("position", "goalText", "objectiveText")
    rows = [
        tuple(plain(row.get(column)) for column in columns)
        for row in Store.from_quads([*knowledge_quads(), *stated()]).select(query.text)
    ]
    assert rows == [
        ("", "", "Naiknya kepuasan warga"),
        ("1", "Meningkatnya mutu sekolah", "Naiknya angka melanjutkan"),
        ("1", "Meningkatnya mutu sekolah", "Naiknya mutu guru"),
        ("2", "", "Jalan kota mulus"),
        ("2", "Mantapnya jalan", ""),
        ("2", "Lancarnya lalu lintas", ""),
    ]


def test_a_plan_with_goals_keeps_every_rule() -> None:
    assert checks.check_documents(stated()).findings == ()
