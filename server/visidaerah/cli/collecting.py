"""The commands that keep a data folder of the user's own: `add`, `plans` and `remove`."""

from __future__ import annotations

import sys
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from visidaerah import names
from visidaerah.adding import Addition, Wishes, knowledge, prepare, reread
from visidaerah.batches import cores, each
from visidaerah.cli import findings, output
from visidaerah.cli.folders import content_of, documents_in, library_of
from visidaerah.errors import DocumentError, UsageError, VisidaerahError
from visidaerah.library import refuse_other_file
from visidaerah.outlines import outline

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping, Sequence

    from visidaerah.batches import Done
    from visidaerah.library import Library

CHECKED_AT_ONCE = 100
"""Graphs that are checked together, so that a batch of any size fits in memory."""


def add(options: argparse.Namespace) -> int:
    """Read documents into the user's data folder; the code is 1 where one of them failed."""
    library = library_of(options)
    wishes = _wishes(options)
    files = list(documents_in(options.files, library))
    if len(files) == 1:
        return _add_one(files[0], wishes, library, options)
    if any((wishes.slug, wishes.title, wishes.url)):
        raise UsageError("--slug, --title and --url are of one document. Add it by itself.")
    return _Batch(library, wishes, options).run(files)


def _wishes(options: argparse.Namespace) -> Wishes:
    """Return what the person says of the documents.

    Raises UsageError for a slug, a region or an address that is none.
    """
    if options.slug is not None:
        names.checked_slug(options.slug)
    if options.region is not None:
        _refuse_unknown(options.region)
    if options.url is not None:
        _refuse_relative(options.url)
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


def _refuse_relative(url: str) -> None:
    from visidaerah.store import absolute_iri

    try:
        absolute_iri(url)
    except UsageError:
        raise UsageError(f"{url!r} is no address. Write it whole: https://…") from None


def _add_one(file: str, wishes: Wishes, library: Library, options: argparse.Namespace) -> int:
    content, name = content_of(file)
    slug = _unchanged(content, wishes, library, library.by_digest())
    if slug:
        output.say(f"{slug} is up to date: {name} has not changed.")
        return 0
    addition = prepare(content, name, wishes, library)
    _keep(addition, wishes, library, even_empty=options.yes)
    _show(addition, library)
    if not options.no_check:
        _check(library, [addition.entry.slug], shapes=True)
    _say_next(library, addition.entry.slug, options)
    return 0


def _unchanged(
    content: bytes, wishes: Wishes, library: Library, known: Mapping[str, str]
) -> str | None:
    """Return the name of the document that was read from the same bytes, if nothing new is said."""
    slug = None if wishes.say_anything() else known.get(sha256(content).hexdigest())
    return slug if slug and library.is_built(slug) else None


def _keep(addition: Addition, wishes: Wishes, library: Library, *, even_empty: bool) -> None:
    """Put a document into the folder.

    Raises DocumentError for one that states nothing, or whose name another file's has.
    """
    name = addition.entry.document.metadata.file
    if addition.is_empty and not even_empty:
        raise DocumentError(
            f"{name} states no vision, pillar or mission, so it was not added."
            " Name a file that does, or add it all the same with --yes."
        )
    if not wishes.slug:
        refuse_other_file(library, addition.entry)
    library.put(addition.entry)


def _show(addition: Addition, library: Library) -> None:
    entry = addition.entry
    output.say(f"{entry.slug}: {entry.document.metadata.file or entry.document.metadata.title}")
    notes = (*addition.doubts, *_of_additions(addition, library))
    for line in findings.report(addition.reading, knowledge().scheme, notes):
        output.say(line)
    if addition.changed is not None:
        for line in findings.changed(addition.changed):
            output.say(line)


def _of_additions(addition: Addition, library: Library) -> Iterator[str]:
    """Say that names which were curated may now be those of other statements."""
    moved = any(change.kind in {"moved", "removed"} for change in addition.changed or ())
    if moved and "curation.ttl" in library.additions(addition.entry.slug):
        yield "Statements that curation.ttl names moved or went: look it over."


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


def _say_next(library: Library, slug: str, options: argparse.Namespace) -> None:
    folder = f" --data {options.data}" if options.data else ""
    output.say()
    output.say(f"It is in {library.document(slug)}. See it with: visidaerah serve{folder}")


class _Batch:
    """Many documents: what has not changed is passed over, what is bad is told at the end."""

    def __init__(self, library: Library, wishes: Wishes, options: argparse.Namespace) -> None:
        self.library = library
        self.wishes = wishes
        self.options = options
        self.known = library.by_digest()
        self.unchanged = 0
        self.added: dict[str, None] = {}
        self.failures: list[str] = []

    def run(self, files: Sequence[str]) -> int:
        """Add the files, and return the exit code."""
        jobs = min(self.options.jobs or cores(), len(files))
        work = partial(_prepared, wishes=self.wishes, library=self.library)
        try:
            for done in each(work, self._changed(files), jobs):
                self._settle(done)
                self._progress(len(files))
        except KeyboardInterrupt:
            self._tally("stopped; say the same again to go on")
            raise
        return self._finish()

    def _changed(self, files: Sequence[str]) -> Iterator[str]:
        for file in files:
            try:
                content, _ = content_of(file)
                slug = _unchanged(content, self.wishes, self.library, self.known)
            except VisidaerahError:
                slug = None
            if slug:
                self.unchanged += 1
            else:
                yield file

    def _settle(self, done: Done[str, Addition]) -> None:
        try:
            if done.result is None:
                raise done.error or DocumentError(f"{done.item} gave nothing.")
            self._add(done.result)
        except DocumentError as error:
            self.failures.append(str(error))

    def _add(self, addition: Addition) -> None:
        slug = addition.entry.slug
        if slug in self.added:
            raise DocumentError(
                f"{addition.entry.document.metadata.file} would be named {slug}, as another file"
                " of this batch. Add it by itself with --slug."
            )
        _keep(addition, self.wishes, self.library, even_empty=self.options.yes)
        self.added[slug] = None
        output.say(findings.line(addition))

    def _progress(self, of: int) -> None:
        """Say how far it is, in one line that is written over; a file of a log needs none."""
        if sys.stderr.isatty():
            number = len(self.added) + len(self.failures) + self.unchanged
            sys.stderr.write(f"\r{number} of {of} documents\r")
            sys.stderr.flush()

    def _finish(self) -> int:
        if self.added and not self.options.no_check:
            _check(self.library, list(self.added), shapes=False)
        for failure in self.failures:
            output.tell(f"visidaerah: {failure}")
        self._tally(str(self.library.folder))
        return 1 if self.failures else 0

    def _tally(self, note: str) -> None:
        output.tell(
            f"{len(self.added)} added, {self.unchanged} unchanged,"
            f" {len(self.failures)} failed: {note}"
        )


def _prepared(file: str, wishes: Wishes, library: Library) -> Addition:
    content, name = content_of(file)
    return prepare(content, name, wishes, library)


def plans(options: argparse.Namespace) -> int:
    """List the plans in the user's data folder, or show what was found in some of them."""
    library = library_of(options)
    for slug in options.slugs:
        _show(reread(slug, library), library)
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
    library = library_of(options)
    for slug in options.slugs:
        by_hand = library.additions(slug)
        if by_hand and not options.yes:
            raise UsageError(
                f"{slug} has what you added by hand ({', '.join(by_hand)})."
                " Remove it all the same with --yes."
            )
        library.remove(slug)
        output.say(f"{slug} was removed from {library.folder}.")
    return 0
