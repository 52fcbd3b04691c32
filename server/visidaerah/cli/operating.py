"""The commands that keep a graph sound and served: `check` and `serve`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from visidaerah.cli import output

if TYPE_CHECKING:
    import argparse


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


def serve(options: argparse.Namespace) -> int:
    """Serve the graph until Ctrl-C."""
    from visidaerah.cli.folders import library_of, store_of
    from visidaerah.web.logs import open_journal
    from visidaerah.web.serving import serve as run

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
    )
    return 0


def log_format(options: argparse.Namespace) -> str:
    """Return how lines of the log look: for people on a terminal, for programs elsewhere."""
    is_seen = options.log_file is None and sys.stderr.isatty()
    return str(options.log_format or ("text" if is_seen else "json"))
