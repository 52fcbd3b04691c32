"""Adding: a file becomes an entry of a library, with a report for the person who brought it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from visidaerah import names
from visidaerah.build import curation_of, graphs_of, read, shipped_knowledge, to_trig
from visidaerah.documents import Metadata, from_bytes, read_folder
from visidaerah.doubts import doubts_of, is_empty
from visidaerah.errors import UsageError
from visidaerah.library import Entry, Library
from visidaerah.outlines import Change, changes, outline

if TYPE_CHECKING:
    from datetime import date

    from visidaerah.build import Knowledge
    from visidaerah.documents import Document
    from visidaerah.quads import Reading

LONGEST_SLUG = 80
NAMELESS = "naskah"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a person says of documents besides their text; None where nothing is said."""

    slug: str | None = None
    title: str | None = None
    region: str | None = None
    url: str | None = None
    retrieved: date | None = None
    publisher: str | None = None

    def over(self, known: Metadata) -> Metadata:
        """Return what is known, with what is said in its place."""
        said = {field.name: getattr(self, field.name) for field in fields(self)}
        return replace(known, **{k: v for k, v in said.items() if v is not None and k != "slug"})

    def say_anything(self) -> bool:
        """Tell whether anything is said."""
        return self != Wishes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A document that was read: what is to be kept of it, and what to look at.

    `changed` is what differs from the document that has the name now, None where none has.
    """

    entry: Entry
    reading: Reading
    doubts: tuple[str, ...] = ()
    changed: tuple[Change, ...] | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether the text states no vision, pillar or mission."""
        return is_empty(self.reading)


@cache
def knowledge() -> Knowledge:
    """Return the shipped knowledge, read once in each process."""
    return shipped_knowledge()


def prepare(content: bytes, name: str, wishes: Wishes, library: Library) -> Addition:
    """Read a file's bytes and build its graph; nothing is written.

    Mojibake is made good, for the text is kept beside its file.

    Raises DocumentError where the file cannot be read or the region does not exist.
    """
    draft = from_bytes(content, NAMELESS, wishes.over(_known_of(name)), name, repair=True)
    reading = read(draft, knowledge())
    slug = names.checked_slug(wishes.slug or suggested_slug(reading, name))
    kept = library.metadata(slug)
    metadata = replace(wishes.over(kept), file=draft.metadata.file) if kept else draft.metadata
    reading = _named(reading, slug, metadata)
    curated = curation_of(library.document(slug))
    graph = to_trig(graphs_of(reading, knowledge(), curated))
    return Addition(
        entry=Entry(
            document=reading.document,
            graph=graph,
            original=content if draft.source else None,
        ),
        reading=reading,
        doubts=(*_remarks(draft), *doubts_of(reading)),
        changed=_changed(library, slug, graph),
    )


def _known_of(name: str) -> Metadata:
    return Metadata(title=_title(name), file=name)


def _remarks(document: Document) -> tuple[str, ...]:
    return document.source.remarks if document.source else ()


def _title(name: str) -> str:
    """Return the name of a file as a title: without extension, underscores as blanks."""
    return " ".join(Path(name).stem.replace("_", " ").split()) or NAMELESS


def _named(reading: Reading, slug: str, metadata: Metadata) -> Reading:
    """Give a reading its name and metadata; another region makes it another reading."""
    document = replace(reading.document, slug=slug, metadata=metadata)
    if metadata.region != reading.document.metadata.region:
        return read(document, knowledge())
    return replace(reading, document=document)


def suggested_slug(reading: Reading, name: str) -> str:
    """Name a plan after its region and first year (kota-magelang-2016), or else after its file."""
    words = _place(reading)
    period = reading.plan.period
    if words and period and period.start_year:
        words += f" {period.start_year}"
    return _shortened(names.slug_of(words) or names.slug_of(Path(name).stem)) or NAMELESS


def _place(reading: Reading) -> str:
    mention, region = reading.plan.region, reading.region
    known = region.label() if region else ""
    if mention and mention.agency:
        place = names.slug_of(known or mention.name)
        named = f"-{place}-" in f"-{names.slug_of(mention.agency)}-"
        return mention.agency if named else f"{mention.agency} {place}"
    return known or (f"{mention.kind} {mention.name}" if mention and mention.kind else "")


def _shortened(slug: str) -> str:
    """Return a slug that fits a file name: whole words, as many as there is room for."""
    if len(slug) <= LONGEST_SLUG:
        return slug
    return slug[: LONGEST_SLUG + 1].rpartition("-")[0] or slug[:LONGEST_SLUG]


def _changed(library: Library, slug: str, graph: bytes) -> tuple[Change, ...] | None:
    """Return what differs from the graph that is there, None where there is none."""
    old = library.graph(slug)
    if not old.is_file():
        return None
    return tuple(changes(outline(slug, old.read_bytes()), outline(slug, graph)))


def reread(slug: str, library: Library) -> Addition:
    """Read a document of a library again, as it is kept.

    Raises UsageError where there is none of this name.
    """
    if names.checked_slug(slug) not in library.slugs():
        raise UsageError(f"{library.folder} has no {slug!r}. List what it has: visidaerah plans")
    document = read_folder(library.document(slug))
    reading = read(document, knowledge())
    graph = to_trig(graphs_of(reading, knowledge(), curation_of(library.document(slug))))
    return Addition(
        entry=Entry(document=document, graph=graph),
        reading=reading,
        doubts=(*_remarks(document), *doubts_of(reading)),
    )
