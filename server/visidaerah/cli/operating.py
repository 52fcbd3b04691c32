"""The commands that keep a graph sound and served: `check` and `serve`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visidaerah.cli import output

if TYPE_CHECKING:
    import argparse


def check(options: argparse.Namespace) -> int:
    """Check a graph against its own rules and print a report; the code is 1 where it breaks one."""
    from visidaerah.checks import run_checks

    report = run_checks(options.files, reasoner=not options.no_reasoner)
    output.say(report.text())
    return 0 if report.ok else 1


def serve(options: argparse.Namespace) -> int:
    """Serve the graph until Ctrl-C."""
    from visidaerah.store import Store
    from visidaerah.web.serving import serve as run

    store = Store.from_path(options.dataset) if options.dataset else Store.shipped()
    run(store, options.host, options.port)
    return 0
