"""The commands that read documents: `extract` and `build`."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
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
from visidaerah.cli import output
from visidaerah.documents import Metadata, from_bytes, read_file
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
    if options.file == "-":
        slug, content = options.slug or "naskah", sys.stdin.buffer.read()
        document = from_bytes(content, slug, Metadata(title=slug), "standard input")
    else:
        path = Path(options.file)
        slug = options.slug or names.slug_of(path.stem) or "naskah"
        document = read_file(path, slug)
    names.checked_slug(document.slug)
    return replace(document, metadata=replace(document.metadata, region=options.region))


def _warn_if_empty(reading: Reading) -> None:
    if not (reading.plan.vision or reading.plan.missions or reading.plan.pillars):
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
    output.tell(f"{len(folders)} documents, {len(folders) - changed} graphs already up to date.")
    return 1 if options.dry_run and changed else 0


def _put(target: Path, content: bytes) -> None:
    try:
        target.parent.mkdir(exist_ok=True)
        output.replace(target, content)
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror}.") from error
