"""From a file of any format to the graph: spans lead back to pages and blocks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from source_files import docx, drawn_pdf, page_of_html, paragraph
from visidaerah import checks, names
from visidaerah.build import graphs_of, read, shipped_knowledge
from visidaerah.documents import (
    Metadata,
    from_bytes,
    read_file,
    read_folder,
    read_record,
    write_record,
)
from visidaerah.errors import DocumentError
from visidaerah.spans import Span
from visidaerah.store import shipped_quads
from visidaerah.vocabulary import DCT, OA, PROV, RDF, RDFS, VD

if TYPE_CHECKING:
    from pathlib import Path

    from visidaerah.documents import Document

KNOWLEDGE = shipped_knowledge()
VISION = "Terwujudnya Kota Magelang yang maju dan sejahtera"
MISSIONS = ["Meningkatkan mutu pendidikan.", "Meningkatkan pelayanan kesehatan."]
SLUG = "kota-contoh"


def document(content: bytes, name: str) -> Document:
    return from_bytes(content, SLUG, Metadata(title="Visi"), name)


def pdf() -> Document:
    first = [(72.0, 700.0, "VISI"), (72.0, 670.0, f"“{VISION}”")]
    second = [
        (72.0, 700.0, "MISI"),
        (72.0, 670.0, f"1. {MISSIONS[0]}"),
        (72.0, 640.0, f"2. {MISSIONS[1]}"),
    ]
    return document(drawn_pdf(first, second), "visi-misi.pdf")


def html() -> Document:
    items = "".join(f"<li>{mission}</li>" for mission in MISSIONS)
    body = f"<main><h2>VISI</h2><p>“{VISION}”</p><h2>MISI</h2><ol>{items}</ol></main>"
    return document(page_of_html(body), "visi.html")


def word() -> Document:
    texts = ["VISI", f"“{VISION}”", "MISI", f"1. {MISSIONS[0]}", f"2. {MISSIONS[1]}"]
    return document(docx("".join(map(paragraph, texts))), "visi.docx")


def graph(of: Document) -> list[Quad]:
    return list(graphs_of(read(of, KNOWLEDGE), KNOWLEDGE))


def objects(quads: list[Quad], subject: NamedNode, predicate: NamedNode) -> set[object]:
    return {q.object for q in quads if q.subject == subject and q.predicate == predicate}


def place_of(quads: list[Quad], path: str) -> set[object]:
    stated = objects(quads, names.part(SLUG, path), VD.statedIn)
    assert stated
    return {
        place
        for span in stated
        if isinstance(span, NamedNode)
        for place in objects(quads, span, VD.locatedIn)
    }


@pytest.mark.parametrize(
    ("of", "vision", "mission"),
    [
        (pdf(), "page=1", "page=2"),
        (html(), "block=body/main/p", "block=body/main/ol/li.2"),
        (word(), "block=paragraph/2", "block=paragraph/5"),
    ],
    ids=["pdf", "html", "docx"],
)
def test_each_statement_leads_back_to_its_page_or_block(
    of: Document, vision: str, mission: str
) -> None:
    quads = graph(of)
    file = names.source_file(SLUG).value
    assert place_of(quads, "vision") == {NamedNode(f"{file}#{vision}")}
    assert place_of(quads, "mission/2") == {NamedNode(f"{file}#{mission}")}


def test_a_page_has_a_number_and_a_label_in_both_languages() -> None:
    quads = graph(pdf())
    page = names.source_place(SLUG, "page", "2")
    assert objects(quads, page, VD.pageNumber) == {Literal(2)}
    assert objects(quads, page, OA.hasSource) == {names.source_file(SLUG)}
    assert objects(quads, page, RDFS.label) == {
        Literal("halaman 2", language="id"),
        Literal("page 2", language="en"),
    }


def test_a_page_is_labelled_with_the_number_printed_on_it_too() -> None:
    of = pdf()
    assert of.source is not None
    places = tuple(replace(place, label="V-3") for place in of.source.places)
    quads = graph(replace(of, source=replace(of.source, places=places)))
    labels = objects(quads, names.source_place(SLUG, "page", "1"), RDFS.label)
    assert Literal("halaman 1 (V-3)", language="id") in labels


def test_the_text_is_derived_from_the_file_which_is_described() -> None:
    of = pdf()
    assert of.source is not None
    quads = graph(of)
    file = names.source_file(SLUG)
    assert objects(quads, names.document(SLUG), PROV.wasDerivedFrom) == {file}
    assert objects(quads, file, RDF.type) == {VD.SourceFile}
    assert objects(quads, file, DCT.format) == {Literal("application/pdf")}
    assert objects(quads, file, DCT.title) == {Literal("visi-misi.pdf")}
    assert objects(quads, file, VD.sha256) == {Literal(of.source.sha256)}


def test_a_text_that_is_its_own_file_has_neither_file_nor_places() -> None:
    quads = graph(document(f"VISI\n{VISION}\nMISI\n1. {MISSIONS[0]}".encode(), "visi.txt"))
    assert VD.SourceFile not in {quad.object for quad in quads}
    assert VD.locatedIn not in {quad.predicate for quad in quads}


def test_the_graphs_of_files_keep_every_shape() -> None:
    shared = {names.ONTOLOGY_GRAPH, names.SECTORS_GRAPH, names.REGIONS_GRAPH}
    known = [quad for quad in shipped_quads() if quad.graph_name in shared]
    page = graph(replace(html(), slug="kota-lain"))
    report = checks.check_shapes([*known, *graph(pdf()), *page])
    assert known
    assert [finding.text() for finding in report.findings] == []
    broken = [quad for quad in page if quad.predicate != VD.locatedIn]
    assert checks.check_shapes([*known, *broken]).findings


@pytest.mark.parametrize("of", [pdf(), html(), word()], ids=["pdf", "html", "docx"])
def test_a_folder_gives_back_the_document_that_was_put_into_it(
    of: Document, tmp_path: Path
) -> None:
    assert of.source is not None
    folder = tmp_path / SLUG
    folder.mkdir()
    (folder / "document.toml").write_text('title = "Visi"', encoding="utf-8")
    (folder / "text.txt").write_bytes(of.text.encode())
    (folder / "source.json").write_bytes(write_record(of.source))
    assert read_folder(folder) == of
    assert graph(read_folder(folder)) == graph(of)


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "[]",
        "{}",
        '{"name": 1, "media_type": "x", "sha256": "y", "places": []}',
        '{"name": "a", "media_type": "x", "sha256": "y", "places": [{"start": 3}]}',
        '{"name": "a", "media_type": "x", "sha256": "y", "places":'
        ' [{"start": 0, "end": 99, "kind": "page", "value": "1"}]}',
        '{"name": "a", "media_type": "x", "sha256": "y", "places":'
        ' [{"start": 0, "end": 5, "kind": "shelf", "value": "1"}]}',
        "[" * 100_000,
    ],
)
def test_a_broken_record_of_the_file_is_refused_with_a_remedy(broken: str) -> None:
    with pytest.raises(
        DocumentError, match=r"^source\.json is not understood.*Add the document again"
    ):
        read_record(broken.encode(), "source.json", 10)


def test_places_of_a_span_are_those_it_shares_characters_with() -> None:
    of = pdf()
    assert of.source is not None
    first, second = of.source.places
    across = Span(first.span.end - 1, second.span.start + 1)
    assert of.source.places_of(across) == (first, second)
    assert of.source.places_of(Span(first.span.start, first.span.end)) == (first,)
    assert of.source.places_of(Span(second.span.end - 1, second.span.end)) == (second,)


def test_a_file_is_read_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "unduhan"
    path.write_bytes(page_of_html(f"<p>{VISION}</p>"))
    assert read_file(path).text == f"{VISION}\n"
