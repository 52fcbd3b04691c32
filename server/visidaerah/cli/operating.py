"""The commands that keep a graph sound and served: `check`, `load` and `serve`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from visidaerah.cli import output
from visidaerah.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from pathlib import Path


def check(options: argparse.Namespace) -> int:
    """Check a graph against its own rules and print a report; the code is 1 where it breaks one."""
    from visidaerah.checks import run_checks
    from visidaerah.cli.folders import own_graphs

    report = run_checks(
        options.files,
        reasoner=not options.no_reasoner,
        own=own_graphs(options),
        only=options.only,
    )
    output.say(report.text())
    return 0 if report.ok else 1


def load(options: argparse.Namespace) -> int:
    """Load files into a folder that is served at once."""
    from visidaerah.loading import load as run

    marker = run(options.sources, options.to, output.tell, force=options.force)
    output.say(
        f"{options.to} holds {marker.triples:,} triples. "
        f"Serve it: visidaerah serve --dataset {options.to}\n"
    )
    return 0


def serve(options: argparse.Namespace) -> int:
    """Serve the graph until Ctrl-C."""
    from visidaerah.cli.folders import library_of, store_of
    from visidaerah.limits import with_settings
    from visidaerah.web.logs import open_journal
    from visidaerah.web.serving import serve as run

    limits, spool = with_settings(options.limit), usable_folder(options.spool)
    store, library = store_of(options), library_of(options)
    if library.graphs() and not options.dataset:
        output.tell(f"With the {len(library.graphs())} plans of {library.folder}.")
    run(
        store,
        options.host,
        options.port,
        public_url=options.public_url,
        trusted_proxies=options.trusted_proxies,
        journal=open_journal(options.log_file, log_format(options)),
        limits=limits,
        spool=spool,
    )
    return 0


def usable_folder(folder: Path | None) -> Path | None:
    """Return a folder for long answers.

    Raises UsageError where it cannot be written.
    """
    if folder is not None and not (folder.is_dir() and os.access(folder, os.W_OK)):
        raise UsageError(f"--spool {folder} is no folder that can be written. Make it first.")
    return folder


def log_format(options: argparse.Namespace) -> str:
    """Return how lines of the log look: for people on a terminal, for programs elsewhere."""
    is_seen = options.log_file is None and sys.stderr.isatty()
    return str(options.log_format or ("text" if is_seen else "json"))
