"""Documents become graphs: the same document always the same bytes, and those are shipped."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from visidaerah import assets, names
from visidaerah.build import build_folder, document_folders, graphs_of, read, shipped_knowledge
from visidaerah.documents import Metadata, from_bytes
from visidaerah.errors import DocumentError, UsageError
from visidaerah.vocabulary import OA, PROV, VD

if TYPE_CHECKING:
    from pathlib import Path

KNOWLEDGE = shipped_knowledge()
FOLDERS = document_folders(assets.data())
BY_SLUG = pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])


def shipped(slug: str) -> bytes:
    return (assets.data() / "graph" / f"{slug}.trig").read_bytes()


def shipped_quads(slug: str) -> list[Quad]:
    return list(parse(shipped(slug), RdfFormat.TRIG))


def test_the_first_two_cities_are_there() -> None:
    assert {"kota-magelang-2016", "kota-metro"} <= {folder.name for folder in FOLDERS}


@BY_SLUG
def test_the_shipped_graph_is_what_a_rebuild_gives(folder: Path) -> None:
    assert build_folder(folder, KNOWLEDGE) == shipped(folder.name)


def test_a_rebuild_does_not_depend_on_the_hash_seed() -> None:
    program = (
        "import hashlib, sys\n"
        "from visidaerah import assets\n"
        "from visidaerah.build import *\n"
        "folder = document_folders(assets.data())[0]\n"
        "print(hashlib.sha256(build_folder(folder, shipped_knowledge())).hexdigest())"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(hashes) == 1


@BY_SLUG
def test_every_quote_is_the_text_between_its_positions(folder: Path) -> None:
    quads = shipped_quads(folder.name)
    text = next(q.object.value for q in quads if q.predicate == PROV.value)
    exact = {q.subject.value: q.object.value for q in quads if q.predicate == OA.exact}
    assert len(exact) > 50
    for iri, quote in exact.items():
        start, end = (int(number) for number in iri.rpartition("=")[2].split(","))
        assert text[start:end] == quote


@BY_SLUG
def test_the_document_graph_has_a_span_for_every_element(folder: Path) -> None:
    graph = names.graph("document", folder.name)
    quads = [quad for quad in shipped_quads(folder.name) if quad.graph_name == graph]
    elements = {quad.subject for quad in quads if quad.predicate == VD.statementText}
    stated = {quad.subject for quad in quads if quad.predicate == VD.statedIn}
    assert elements
    assert elements <= stated


@BY_SLUG
def test_no_blank_node_makes_exports_unstable(folder: Path) -> None:
    quads = shipped_quads(folder.name)
    assert quads
    assert all(isinstance(quad.subject, NamedNode) for quad in quads)
    assert all(isinstance(quad.object, NamedNode | Literal) for quad in quads)


def test_consequences_stand_in_a_graph_of_their_own() -> None:
    inferred = [q for q in shipped_quads("kota-metro") if q.graph_name == names.INFERRED]
    assert VD.concernsSector in {quad.predicate for quad in inferred}
    assert VD.hasElement in {quad.predicate for quad in inferred}


def test_a_text_that_states_nothing_becomes_a_plan_without_elements() -> None:
    document = from_bytes(b"", "kosong", Metadata(title="Kosong"))
    quads = list(graphs_of(read(document, KNOWLEDGE), KNOWLEDGE))
    assert VD.DevelopmentPlan in {quad.object for quad in quads}
    assert VD.statementText not in {quad.predicate for quad in quads}


def test_a_region_that_does_not_exist_is_refused() -> None:
    document = from_bytes(b"Visi", "x", Metadata(title="x", region="99.99"))
    with pytest.raises(DocumentError, match=r"no region with the code '99\.99'"):
        read(document, KNOWLEDGE)


def test_broken_curation_is_refused_with_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "kota-contoh"
    folder.mkdir()
    (folder / "document.toml").write_text('title = "Contoh"')
    (folder / "text.txt").write_text("VISI\nMaju")
    (folder / "curation.ttl").write_text("<a> <b> .")
    with pytest.raises(DocumentError, match=r"curation\.ttl is not Turtle"):
        build_folder(folder, KNOWLEDGE)


def test_a_folder_whose_name_is_no_slug_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "Kota Contoh"
    folder.mkdir()
    (folder / "document.toml").write_text('title = "Contoh"')
    (folder / "text.txt").write_text("VISI")
    with pytest.raises(UsageError, match="is no slug"):
        build_folder(folder, KNOWLEDGE)


def test_a_data_folder_without_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no documents"):
        document_folders(tmp_path)
