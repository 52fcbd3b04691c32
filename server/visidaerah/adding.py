"""Adding: a file becomes an entry of a library, with a report for the person who brought it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from visidaerah import assets, names
from visidaerah.build import curation_of, graphs_of, read, shipped_knowledge, to_trig
from visidaerah.documents import Metadata, from_bytes, read_folder
from visidaerah.doubts import doubts_of, doubts_of_curation, doubts_of_places, is_empty
from visidaerah.elements import wording
from visidaerah.errors import DatasetError, DocumentError
from visidaerah.library import Entry, Library
from visidaerah.naming import Naming, correspondence, kept, split
from visidaerah.outlines import Change, Outline, changes, outline, reworded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from visidaerah.build import Knowledge
    from visidaerah.documents import Document
    from visidaerah.quads import Reading

LONGEST_SLUG = 80
_TELLING = frozenset({"mission", "pillar"})
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that a person brings.

    `name` is what to call it; `address` is where it is as the library sees it, None for standard
    input. `added_as` are the documents that it was added as before: one, unless each was named.
    """

    name: str
    address: str | None = None
    added_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A document that was read: what is to be kept of it, and what to look at.

    `before` is what the document that has the name now states, None where none has; `changed` is
    what differs from it, and `over` the digest of its graph. `is_named` tells that the person chose
    the name.
    """

    entry: Entry
    reading: Reading
    source: Source
    doubts: tuple[str, ...] = ()
    before: Outline | None = None
    changed: tuple[Change, ...] = ()
    over: str = ""
    is_named: bool = False

    @property
    def slug(self) -> str:
        """Return the name of the document."""
        return self.entry.slug

    @property
    def is_empty(self) -> bool:
        """Tell whether the text states no vision, pillar or mission."""
        return is_empty(self.reading)


@cache
def knowledge() -> Knowledge:
    """Return the shipped knowledge, read once in each process."""
    return shipped_knowledge()


def prepare(content: bytes, source: Source, wishes: Wishes, library: Library) -> Addition:
    """Read a file's bytes and build its graph; nothing is written.

    What was said of a file stays known when it is brought again; so do its name and those of its
    statements. Mojibake is made good, for the text is kept beside its file.

    Raises DocumentError where the file cannot be read, the region does not exist, or the file was
    added under several names and none is said; DatasetError where the graph it had is broken.
    """
    if not content.strip():
        raise DocumentError(f"{source.name} is empty. Name a file that holds a text.")
    draft = _draft(content, source, wishes, library)
    slug = draft.document.slug
    over, before = library.graph_digest(slug), _outline(library, slug)
    past = _past(before, library, slug) if library.has(slug) else _taken_up(draft, library)
    reading = _named(draft, past)
    curated = curation_of(library.document(slug))
    quads = list(graphs_of(reading, knowledge(), curated))
    entry = Entry(
        document=reading.document,
        graph=to_trig(quads),
        original=content if reading.document.source else None,
    )
    changed = tuple(_changes(library, entry, before)) if before else ()
    return Addition(
        entry=entry,
        reading=reading,
        source=source,
        doubts=(
            *_remarks(reading.document),
            *doubts_of(reading, knowledge().regions),
            *_of_the_name(reading, source, changed, library),
            *doubts_of_curation(slug, curated, quads, before.elements if before else {}),
            *doubts_of_places(entry.document, curated, library.text(slug)),
        ),
        before=before,
        changed=changed,
        over=over,
        is_named=wishes.slug is not None,
    )


def _draft(content: bytes, source: Source, wishes: Wishes, library: Library) -> Reading:
    """Read a file under its name, its statements named in their order."""
    slug = wishes.slug or _name_before(source)
    metadata = wishes.over(_known(source, slug, library))
    document = from_bytes(content, slug or NAMELESS, metadata, source.name, repair=True)
    reading = read(document, knowledge())
    slug = names.checked_slug(slug or suggested_slug(reading, source.name))
    return replace(reading, document=replace(document, slug=slug))


def _name_before(source: Source) -> str | None:
    """Return the name that a file has already.

    Raises DocumentError where it has several.
    """
    if len(source.added_as) > 1:
        raise DocumentError(
            f"{source.name} was added as {' and as '.join(source.added_as)}."
            f" Say which it is with --slug {source.added_as[0]}."
        )
    return next(iter(source.added_as), None)


def _known(source: Source, slug: str | None, library: Library) -> Metadata:
    """Return what is known of the document of the name, or else of the file under another."""
    for known in dict.fromkeys((slug, *source.added_as)):
        metadata = library.metadata(known) if known else None
        if metadata:
            return replace(metadata, file=source.address)
    return Metadata(title=_title(source.name), file=source.address)


def _remarks(document: Document) -> tuple[str, ...]:
    return document.source.remarks if document.source else ()


def _title(name: str) -> str:
    """Return the name of a file as a title: without extension, underscores as blanks."""
    return " ".join(Path(name).stem.replace("_", " ").split()) or NAMELESS


def _outline(library: Library, slug: str) -> Outline | None:
    """Return what the document of a name states as it is now, None where it has no graph."""
    graph = library.graph(slug)
    try:
        return outline(slug, graph.read_bytes()) if graph.is_file() else None
    except DatasetError as error:
        raise DatasetError(f"{error} --data {library.folder}") from error


def _past(before: Outline | None, library: Library, slug: str) -> Naming:
    """Return what the statements of the document of a name are called."""
    stored = library.naming(slug)
    return Naming(wordings=before.elements, highest=stored.highest) if before else stored


def names_given(library: Library, slug: str) -> Naming:
    """Return what the statements of a document are called; nothing where its graph is broken."""
    try:
        return _past(_outline(library, slug), library, slug)
    except (DatasetError, DocumentError):
        return Naming()


def _taken_up(draft: Reading, library: Library) -> Naming:
    """Return what the statements of a removed document were called, if this text is of its plan.

    It is where it has one of its pillars or missions: visions of any plans are alike.
    """
    left = library.names_left(draft.document.slug)
    called = [words for name, words in left.wordings.items() if split(name)[0] in _TELLING]
    stated = [
        wording(element, draft.document.text)
        for element in draft.elements
        if split(element.path)[0] in _TELLING
    ]
    return left if correspondence(called, stated) else Naming()


def _named(draft: Reading, past: Naming) -> Reading:
    """Give the statements of a reading the names of the past where they correspond."""
    document = draft.document
    named = replace(draft, document=replace(document, naming=past))
    wordings = [(element.path, wording(element, document.text)) for element in named.elements]
    renamed = zip(draft.elements, named.elements, strict=True)
    return replace(
        draft,
        document=replace(document, naming=kept(wordings, past)),
        judgements={new.path: draft.judgements[old.path] for old, new in renamed},
    )


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


def _changes(library: Library, entry: Entry, before: Outline) -> Iterator[Change]:
    """Yield what differs from the document that is there: what it states, what is known of it."""
    yield from changes(before, outline(entry.slug, entry.graph))
    known = library.metadata(entry.slug)
    if known:
        yield from reworded(_said(known), _said(entry.document.metadata))


def _said(metadata: Metadata) -> dict[str, str]:
    """Return what a person said of a document; the region is among the facts of its graph."""
    known = asdict(metadata)
    return {key: str(known[key] or "") for key in ("title", "url", "retrieved", "publisher")}


def _of_the_name(
    reading: Reading, source: Source, changed: Iterable[Change], library: Library
) -> Iterator[str]:
    """Yield what to know of the name of a document."""
    slug, remove = reading.document.slug, f"visidaerah remove{library.option}"
    fitting = suggested_slug(reading, source.name)
    facts = [change.path for change in changed if change.path in {"region", "period"}]
    if facts and fitting != slug:
        yield (
            f"The {' and the '.join(facts)} changed, and the name {slug} stayed."
            f" To name it anew: add it with --slug {fitting}, then {remove} {slug}"
        )
    for other in source.added_as:
        if other != slug:
            yield f"{source.name} is there as {other} too. If that is not wanted: {remove} {other}"
    if slug in shipped_slugs():
        yield f"{slug} is also the name of a shipped plan: yours is shown in its place."


@cache
def shipped_slugs() -> tuple[str, ...]:
    """Return the names of the plans that come with the program."""
    return tuple(Library(Path(str(assets.data()))).slugs())


def refuse(addition: Addition, library: Library, *, even_empty: bool) -> None:
    """Refuse a document that states nothing, or that would push another aside unasked.

    Raises DocumentError.
    """
    if addition.is_empty and not even_empty:
        raise DocumentError(_of_nothing(addition))
    if addition.is_named or not library.has(addition.slug):
        return
    if addition.slug not in addition.source.added_as:
        raise DocumentError(_of_a_taken_name(addition, library))
    if _is_another_plan(addition):
        raise DocumentError(_of_another_plan(addition))


def _of_nothing(addition: Addition) -> str:
    remarks = "".join(f" {remark}" for remark in _remarks(addition.entry.document))
    return (
        f"{addition.source.name} states no vision, pillar or mission, so it was not added.{remarks}"
        " Name a file that does, or add it all the same with --yes."
    )


def _of_a_taken_name(addition: Addition, library: Library) -> str:
    slug, origin = addition.slug, library.origin(addition.slug)
    return (
        f"{addition.source.name} would be named {slug}, which is there already, from"
        f" {origin or 'another source'}."
        f" Replace that one with --slug {slug}, or choose another name with --slug."
    )


def _is_another_plan(addition: Addition) -> bool:
    """Tell whether a file now holds the plan of another region, or other years and statements."""
    before, document = addition.before, addition.entry.document
    facts = {change.path: change for change in addition.changed}
    if before is None or suggested_slug(addition.reading, addition.source.name) == addition.slug:
        return False
    if "region" in facts and facts["region"].before and facts["region"].after:
        return document.metadata.region is None
    if "period" not in facts or not (facts["period"].before and before.elements):
        return False
    new = [wording(element, document.text) for element in addition.reading.elements]
    return not correspondence(list(before.elements.values()), new)


def _of_another_plan(addition: Addition) -> str:
    slug, name = addition.slug, addition.source.name
    fitting = suggested_slug(addition.reading, name)
    return (
        f"{name} was added as {slug}, and now holds another plan ({fitting})."
        f" Keep both with --slug {fitting}, or replace the old one with --slug {slug}."
    )


def reread(slug: str, library: Library) -> Addition:
    """Read a document of a library again, as it is kept.

    Raises UsageError where there is none of this name.
    """
    if names.checked_slug(slug) not in library.slugs():
        raise library.lacks(slug)
    document = read_folder(library.document(slug))
    reading = read(document, knowledge())
    curated = curation_of(library.document(slug))
    quads = list(graphs_of(reading, knowledge(), curated))
    source = Source(name=document.metadata.title)
    return Addition(
        entry=Entry(document=document, graph=to_trig(quads)),
        reading=reading,
        source=source,
        doubts=(
            *_remarks(document),
            *doubts_of(reading, knowledge().regions),
            *_of_the_name(reading, source, (), library),
            *doubts_of_curation(slug, curated, quads),
        ),
    )
