"""The commands that read documents: `extract` and `build`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from visidaerah import names
from visidaerah.build import (
    build_folder,
    document_folders,
    graphs_of,
    read,
    shipped_knowledge,
    to_trig,
)
from visidaerah.cli import folders, output
from visidaerah.documents import Metadata, from_bytes
from visidaerah.doubts import is_empty
from visidaerah.errors import UsageError
from visidaerah.formats import write_graph
from visidaerah.records import to_record
from visidaerah.sectors import reported_names

if TYPE_CHECKING:
    import argparse

    from visidaerah.documents import Document
    from visidaerah.quads import Reading


def extract(options: argparse.Namespace) -> int:
    """Print what a text states: as JSON, or as the graph it would become."""
    knowledge = shipped_knowledge()
    document = _document(options)
    reading = read(document, knowledge)
    if options.format == "json":
        words = reported_names(knowledge.scheme)
        record = to_record(document, reading.plan, reading.judgements, words)
        content = json.dumps(record, ensure_ascii=False, indent=1).encode()
    else:
        quads = graphs_of(reading, knowledge)
        content = to_trig(quads) if options.format == "trig" else write_graph(quads, "ttl")
    output.write(content, options.output)
    _warn_if_empty(reading)
    return 0


def _document(options: argparse.Namespace) -> Document:
    content, name = folders.content_of(options.file), folders.name_of(options.file)
    stem = "" if options.file == folders.STANDARD_INPUT else Path(name).stem
    slug = names.checked_slug(options.slug or names.slug_of(stem) or "naskah")
    document = from_bytes(content, slug, Metadata(title=stem or slug, region=options.region), name)
    for remark in document.source.remarks if document.source else ():
        output.tell(f"visidaerah: {name}: {remark}")
    return document


def _warn_if_empty(reading: Reading) -> None:
    if is_empty(reading):
        output.tell(
            f"visidaerah: no vision, pillar or mission was found in {reading.document.slug}."
        )


def build(options: argparse.Namespace) -> int:
    """Build every document's graph, and write those that changed."""
    knowledge = shipped_knowledge()
    folders = document_folders(options.data)
    changed = 0
    for folder in folders:
        target = options.data / "graph" / f"{folder.name}.trig"
        content = build_folder(folder, knowledge)
        if target.is_file() and target.read_bytes() == content:
            continue
        changed += 1
        if not options.dry_run:
            _put(target, content)
        output.tell(f"{target}: {'would change' if options.dry_run else 'written'}")
    output.tell(f"Documents: {len(folders)}; graphs already up to date: {len(folders) - changed}.")
    return 1 if options.dry_run and changed else 0


def _put(target: Path, content: bytes) -> None:
    try:
        target.parent.mkdir(exist_ok=True)
        output.replace(target, content)
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror}.") from error
