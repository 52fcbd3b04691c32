"""The commands that keep a data folder of the user's own: `add`, `plans` and `remove`."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from functools import cached_property, partial
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from visidaerah import names
from visidaerah.adding import (
    Addition,
    Source,
    Wishes,
    knowledge,
    names_given,
    prepare,
    refuse,
    reread,
)
from visidaerah.batches import cores, each
from visidaerah.cli import findings, output
from visidaerah.cli.folders import (
    STANDARD_INPUT,
    content_of,
    documents_in,
    existing_library,
    library_of,
    name_of,
)
from visidaerah.errors import DatasetError, DocumentError, UsageError, VisidaerahError
from visidaerah.outlines import outline

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from visidaerah.batches import Done
    from visidaerah.library import Library

CHECKED_AT_ONCE = 100
"""Graphs that are checked together, so that a batch of any size fits in memory."""


def add(options: argparse.Namespace) -> int:
    """Read documents into the user's data folder; the code is 1 where one failed or is unsound."""
    library = library_of(options)
    wishes = _wishes(options)
    files = list(documents_in(options.files, library))
    if len(files) == 1:
        return _add_one(files[0], wishes, _Shelf(library), options)
    if any((wishes.slug, wishes.title, wishes.url)):
        raise UsageError("--slug, --title and --url are of one document. Add it by itself.")
    if STANDARD_INPUT in files:
        raise UsageError("Standard input (-) is one document. Add it by itself.")
    return _Batch(_Shelf(library), wishes, options).run(files)


def _wishes(options: argparse.Namespace) -> Wishes:
    """Return what the person says of the documents.

    Raises UsageError for a slug, a title, a region or an address that is none.
    """
    if options.slug is not None:
        names.checked_slug(options.slug)
    if options.title is not None and not options.title.strip():
        raise UsageError("The title is empty. Leave --title out, and it is that of the file.")
    if options.region is not None:
        _refuse_unknown(options.region)
    if options.url is not None:
        _refuse_unreachable(options.url)
    return Wishes(
        slug=options.slug,
        title=options.title,
        region=options.region,
        url=options.url,
        retrieved=options.retrieved,
        publisher=options.publisher,
    )


def _refuse_unknown(code: str) -> None:
    if all(region.code != code for region in knowledge().regions):
        raise UsageError(
            f"There is no region with the code {code!r}."
            " Give a Ministry of Home Affairs code such as 33.71."
        )


def _refuse_unreachable(url: str) -> None:
    from visidaerah.store import absolute_iri

    try:
        absolute_iri(url)
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(url)
    except (UsageError, ValueError):
        raise UsageError(f"{url!r} is no address of the web. Write it whole: https://…") from None


@dataclass(frozen=True)
class _Shelf:
    """What a library has, looked up once."""

    library: Library

    @cached_property
    def files(self) -> dict[str, list[str]]:
        """The names of its documents by the address of their file."""
        return self.library.by_file()

    @cached_property
    def digests(self) -> dict[str, str]:
        """The names of its documents by the digest of their file."""
        return self.library.by_digest()

    def source(self, file: str, content: bytes | None = None) -> Source:
        """Return a file with the names that it has; one that was moved is known by its content."""
        if file == STANDARD_INPUT:
            return Source(name=name_of(file))
        address = self.library.address(file)
        known = self.files.get(address) or self._moved(content)
        return Source(name=name_of(file), address=address, added_as=tuple(known))

    def _moved(self, content: bytes | None) -> list[str]:
        slug = self.digests.get(sha256(content or b"").hexdigest())
        metadata = self.library.metadata(slug) if slug else None
        if slug is None or metadata is None or not metadata.file:
            return []
        return [] if (self.library.folder / metadata.file).exists() else [slug]

    def unchanged(self, content: bytes, source: Source, wishes: Wishes) -> str | None:
        """Return the document of the same bytes of which nothing new is said, None where none is.

        It has the name that is wished, or one that the file has, or the file is a copy.
        """
        digest = sha256(content).hexdigest()
        copied = [self.digests[digest]] if digest in self.digests else []
        candidates = [wishes.slug] if wishes.slug else source.added_as or copied
        found = (slug for slug in candidates if self._says(slug, digest, source, wishes))
        return next(found, None)

    def _says(self, slug: str, digest: str, source: Source, wishes: Wishes) -> bool:
        library = self.library
        metadata = library.metadata(slug) if library.has(slug) else None
        moved = slug in source.added_as and metadata and metadata.file != source.address
        return bool(
            metadata
            and not moved
            and wishes.over(metadata) == metadata
            and library.digest(slug) == digest
            and library.is_built(slug)
        )


def _add_one(file: str, wishes: Wishes, shelf: _Shelf, options: argparse.Namespace) -> int:
    library, content = shelf.library, content_of(file)
    source = shelf.source(file, content)
    slug = shelf.unchanged(content, source, wishes)
    if slug:
        output.say(f"{slug} is up to date: {source.name} {_sameness(slug, source, wishes)}.")
        return 0
    addition = prepare(content, source, wishes, library)
    _keep(addition, library, even_empty=options.yes)
    _show(addition)
    sound = options.no_check or _check(library, [addition.slug], shapes=True)
    _say_next(library, addition.slug)
    if not sound:
        output.tell(f"visidaerah: {addition.slug} is kept, but breaks rules (see Checks above).")
    return 0 if sound else 1


def _sameness(slug: str, source: Source, wishes: Wishes) -> str:
    own = slug in source.added_as or slug == wishes.slug
    return "has not changed" if own else "has the same content"


def _keep(addition: Addition, library: Library, *, even_empty: bool) -> None:
    """Put a document into the folder.

    Raises DocumentError for one that states nothing, or that would push another aside unasked.
    """
    refuse(addition, library, even_empty=even_empty)
    library.put(addition.entry, over=addition.over)


def _show(addition: Addition) -> None:
    output.say(f"{addition.slug}: {addition.source.name}")
    for line in findings.report(addition.reading, knowledge().scheme, addition.doubts):
        output.say(line)
    if addition.before is not None:
        for line in findings.changed(addition.changed):
            output.say(line)


def _check(library: Library, slugs: Sequence[str], *, shapes: bool) -> bool:
    """Check the graphs of documents and say what was found; return whether they are sound."""
    from visidaerah.checks import check_documents
    from visidaerah.store import read_file

    sound = True
    for first in range(0, len(slugs), CHECKED_AT_ONCE):
        part = slugs[first : first + CHECKED_AT_ONCE]
        report = check_documents(
            (quad for slug in part for quad in read_file(library.graph(slug))), shapes=shapes
        )
        sound = sound and report.ok
        for line in findings.checked(report.text().splitlines()[-1], report.findings):
            output.say(line)
    return sound


def _say_next(library: Library, slug: str) -> None:
    output.say()
    output.say(f"It is in {library.document(slug)}. See it with: visidaerah serve{library.option}")


@dataclass(frozen=True, slots=True)
class _Item:
    """A document of a batch."""

    file: str
    source: Source

    def __str__(self) -> str:
        return self.source.name


@dataclass
class _Batch:
    """Many documents: what has not changed is passed over, what is bad is told at the end.

    `taken` are the names that are given in it, by whom.
    """

    shelf: _Shelf
    wishes: Wishes
    options: argparse.Namespace
    taken: dict[str, str] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    unchanged: int = 0
    doubtful: int = 0

    @property
    def library(self) -> Library:
        """The library that the documents are put into."""
        return self.shelf.library

    def run(self, files: Sequence[str]) -> int:
        """Add the documents; the code is 1 where one of them failed or is unsound."""
        try:
            self._add_all(files)
        except (KeyboardInterrupt, BrokenPipeError, VisidaerahError):
            self._tell_failures()
            self._tally("stopped; say the same again to go on")
            raise
        return self._finish()

    def _add_all(self, files: Sequence[str]) -> None:
        items = [item for file in files if (item := self._item(file))]
        jobs = self.options.jobs or cores()
        work = partial(_prepared, wishes=self.wishes, library=self.library)
        for done in each(work, items, min(jobs, max(1, len(items)))):
            self._settle(done)
            self._progress(len(files))

    def _item(self, file: str) -> _Item | None:
        """Return what is to be done for a file, None where it has not changed."""
        try:
            content = content_of(file)
        except DocumentError:
            return _Item(file, self.shelf.source(file))
        try:
            source = self.shelf.source(file, content)
            slug = self.shelf.unchanged(content, source, self.wishes)
        except DocumentError as error:
            self.failures.append(str(error))
            return None
        if slug is None:
            return _Item(file, source)
        self.taken.setdefault(slug, source.name)
        self.unchanged += 1
        return None

    def _settle(self, done: Done[_Item, Addition]) -> None:
        try:
            if done.result is None:
                raise done.error or DocumentError(f"{done.item} gave nothing.")
            self._add(done.result)
        except (DocumentError, DatasetError) as error:
            self.failures.append(str(error))

    def _add(self, addition: Addition) -> None:
        slug, name = addition.slug, addition.source.name
        if slug in self.taken:
            if self.library.digest(slug) == addition.entry.digest:
                self.unchanged += 1
                return
            raise DocumentError(
                f"{name} would be named {slug}, which {self.taken[slug]} has in this batch."
                " Add it by itself with --slug."
            )
        try:
            _keep(addition, self.library, even_empty=self.options.yes)
        except KeyboardInterrupt:
            if self.library.holds(addition.entry):
                self.added.append(slug)
            raise
        self.taken[slug] = name
        self.added.append(slug)
        self.doubtful += bool(addition.doubts)
        output.say(findings.line(addition))

    def _progress(self, of: int) -> None:
        """Say how far it is, in one line that is written over; a file of a log needs none."""
        if sys.stderr.isatty():
            number = len(self.added) + len(self.failures) + self.unchanged
            sys.stderr.write(f"\r{number} of {of} documents\r")
            sys.stderr.flush()

    def _finish(self) -> int:
        if self.doubtful:
            output.say(f"To see what to look at: visidaerah plans SLUG{self.library.option}")
        checked = self.added and not self.options.no_check
        sound = not checked or _check(self.library, self.added, shapes=False)
        self._tell_failures()
        self._tally(str(self.library.folder))
        if not sound:
            output.tell("visidaerah: some break rules (see Checks above); they are kept.")
        return 0 if sound and not self.failures else 1

    def _tell_failures(self) -> None:
        for failure in self.failures:
            output.tell(f"visidaerah: {failure}")

    def _tally(self, note: str) -> None:
        output.tell(
            f"{len(self.added)} added, {self.unchanged} unchanged,"
            f" {len(self.failures)} failed: {note}"
        )


def _prepared(item: _Item, wishes: Wishes, library: Library) -> Addition:
    return prepare(content_of(item.file), item.source, wishes, library)


def plans(options: argparse.Namespace) -> int:
    """List the plans in the user's data folder, or show what was found in some of them."""
    library = existing_library(options)
    for slug in options.slugs:
        _show(reread(slug, library))
    if options.slugs:
        return 0
    slugs = library.slugs()
    if not slugs:
        output.say(f"{library.folder} has no plans yet. Put one there: visidaerah add FILE")
        return 0
    head = ("plan", "region", "years", "pillars", "missions", "title")
    for line in output.table(head, (_row(library, slug) for slug in slugs)):
        output.say(line)
    return 0


def _row(library: Library, slug: str) -> tuple[str, ...]:
    """Return a plan as the cells of a table; what is wrong with it stands where its title would."""
    try:
        metadata = library.metadata(slug)
        if not library.is_built(slug):
            raise DocumentError(f"Not built: visidaerah build --data {library.folder}")
        found = outline(slug, library.graph(slug).read_bytes())
    except VisidaerahError as error:
        return slug, "", "", "", "", str(error)
    counts = (str(found.count(kind)) for kind in ("pillar", "mission"))
    return slug, found.region, "–".join(found.years), *counts, metadata.title if metadata else ""


def remove(options: argparse.Namespace) -> int:
    """Take plans out of the user's data folder."""
    library = existing_library(options)
    for slug in options.slugs:
        by_hand = library.additions(slug)
        if by_hand and not options.yes:
            raise UsageError(
                f"{slug} has what you added by hand ({', '.join(by_hand)})."
                " Remove it all the same with --yes."
            )
        library.remove(slug, None if options.forget else names_given(library, slug))
        output.say(f"{slug} was removed from {library.folder}.")
    return 0
