"""The shipped graph has every statement that a careful reader found, to the character."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from visidaerah import assets
from visidaerah.documents import read_folder
from visidaerah.vocabulary import BASE, RDF, VD

INVENTORIES = sorted((Path(__file__).parent / "inventory").glob("*.toml"))
ROLES = {
    "statement": VD.statedIn,
    "explanation": VD.explainedIn,
    "definition": VD.explainedIn,
    "expansion": VD.expandedIn,
    "named": VD.namedInVisionAt,
    "foundation": VD.foundationStatedIn,
    "service": VD.serviceStatedIn,
    "type": VD.planTypeNamedAt,
    "region": VD.regionNamedAt,
    "again": VD.statedIn,
}
WITH_POSITION = {
    "Vision",
    "Pillar",
    "Mission",
    "Characteristic",
    "Dimension",
    "Means",
    "Measure",
    "IntendedOutcome",
    "Principle",
}


@dataclass(frozen=True, kw_only=True)
class Entry:
    path: str
    kind: str
    start: int
    end: int
    quote: str
    marker: str | None = None
    role: str = "statement"
    core: bool = True

    @property
    def position(self) -> int:
        last = self.path.rpartition("/")[2]
        return int(last) if last.isdigit() else 1


@dataclass(frozen=True, kw_only=True)
class Inventory:
    document: str
    entries: tuple[Entry, ...]
    relations: tuple[tuple[str, str, str], ...]

    def node(self, path: str) -> NamedNode:
        """Name an element of the plan, or what is not part of it by its path below the base."""
        below = path if path.startswith("id/") else f"id/plan/{self.document}/{path}"
        return NamedNode(BASE + below.rstrip("/"))


@cache
def inventory(path: Path) -> Inventory:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    entries = tuple(Entry(**entry) for entry in table["entries"])
    relations = tuple((r["subject"], r["property"], r["object"]) for r in table["relations"])
    return Inventory(document=table["document"], entries=entries, relations=relations)


@cache
def shipped_graph(slug: str) -> frozenset[Triple]:
    content = (assets.data() / "graph" / f"{slug}.trig").read_bytes()
    return frozenset(quad.triple for quad in parse(content, RdfFormat.TRIG))


def expected(entry: Entry, document: Inventory) -> set[Triple]:
    """Return the triples by which the graph says what the entry says."""
    element = document.node(entry.path)
    char = f"{BASE}id/document/{document.document}#char={entry.start},{entry.end}"
    triples = {
        Triple(element, RDF.type, VD[entry.kind]),
        Triple(element, ROLES[entry.role], NamedNode(char)),
    }
    if entry.role == "statement" and entry.kind in WITH_POSITION:
        triples.add(Triple(element, VD.position, Literal(entry.position)))
    if entry.marker:
        triples.add(Triple(element, VD.printedMarker, Literal(entry.marker)))
    return triples


@pytest.fixture(params=INVENTORIES, ids=lambda path: path.stem)
def document(request: pytest.FixtureRequest) -> Inventory:
    path: Path = request.param
    return inventory(path)


def test_there_is_an_inventory_for_every_document() -> None:
    shipped = {folder.name for folder in (assets.data() / "documents").iterdir() if folder.is_dir()}
    assert shipped
    assert {path.stem for path in INVENTORIES} == shipped


def test_every_quote_is_what_stands_at_its_place(document: Inventory) -> None:
    text = read_folder(assets.data() / "documents" / document.document).text
    assert len(document.entries) > 80
    wrong = [entry for entry in document.entries if text[entry.start : entry.end] != entry.quote]
    assert wrong == []


def test_no_quote_begins_or_ends_with_space_punctuation_or_a_quotation_mark(
    document: Inventory,
) -> None:
    wrong = [e.quote for e in document.entries if e.quote.strip(' \u00a0\n.,;:“”"') != e.quote]
    assert wrong == []


def test_positions_run_from_one_without_holes_among_siblings_of_a_kind(
    document: Inventory,
) -> None:
    siblings: dict[str, list[int]] = {}
    for entry in document.entries:
        whole, _, last = entry.path.rpartition("/")
        if last.isdigit() and entry.role == "statement":
            siblings.setdefault(whole, []).append(entry.position)
    assert siblings
    assert {w: p for w, p in siblings.items() if p != list(range(1, len(p) + 1))} == {}


def test_the_shipped_graph_has_every_core_statement(document: Inventory) -> None:
    graph = shipped_graph(document.document)
    core = [entry for entry in document.entries if entry.core]
    missing = [
        f"{entry.path} ({entry.role}) {entry.start}-{entry.end} {entry.quote!r} lacks {lacking}"
        for entry in core
        if (lacking := sorted(str(triple) for triple in expected(entry, document) - graph))
    ]
    assert not missing, f"{len(missing)} of {len(core)} are missing:\n" + "\n".join(missing)


def test_the_shipped_graph_has_every_relation_between_statements(document: Inventory) -> None:
    graph = shipped_graph(document.document)
    wanted = {Triple(document.node(s), VD[p], document.node(o)) for s, p, o in document.relations}
    assert wanted - graph == set()


def test_relations_are_stated_only_where_a_text_states_them(document: Inventory) -> None:
    """Metro's text sets no mission to its vision and founds no pillar on another."""
    graph = shipped_graph(document.document)
    listed = {Triple(document.node(s), VD[p], document.node(o)) for s, p, o in document.relations}
    found = {t for t in graph if t.predicate in {VD.isFoundedOn, VD.servesVision}}
    assert found == listed
