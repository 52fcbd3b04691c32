"""A release held to its own rules in a process of its own, so that pages need not wait.

Run as a program it reads N-Quads and writes a report as JSON.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from visidaerah.checks import Finding, Outcome, Report, check
from visidaerah.formats import write_graph
from visidaerah.store import knowledge_quads
from visidaerah.vocabulary import ONTOLOGY

if TYPE_CHECKING:
    from visidaerah.store import Store

LARGEST = 100_000
"""Statements of a release up to which it is checked while it is served."""

SECONDS = 600
"""After which a check is given up."""


log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class NotChecked:
    """Why there is no report: `large`, or `failed`."""

    reason: str


def checked(store: Store) -> Report | NotChecked:
    """Return what is found wrong in a release; it takes seconds to minutes.

    The reasoner is left out: it needs Java, and minutes.
    """
    if len(store) > LARGEST:
        return NotChecked("large")
    try:
        done = subprocess.run(  # noqa: S603 (this program, with nothing of anyone's in its command)
            [sys.executable, "-m", __name__],
            input=write_graph(store.quads(), "nq"),
            stdout=subprocess.PIPE,
            check=True,
            timeout=SECONDS,
        )
        return report_of(json.loads(done.stdout))
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        log.warning("The release could not be checked: %s", error)
        return NotChecked("failed")


def report_of(content: dict[str, list[dict[str, object]]]) -> Report:
    """Return the report that JSON tells."""
    return Report(outcomes=tuple(_outcome(**outcome) for outcome in content["outcomes"]))  # type: ignore[arg-type]


def _outcome(findings: list[dict[str, object]], **rest: str | None) -> Outcome:
    found = tuple(Finding(**finding) for finding in findings)  # type: ignore[arg-type]
    return Outcome(findings=found, **rest)  # type: ignore[arg-type]


def main() -> None:
    """Check the N-Quads on standard input, behind whatever else the machine has to do."""
    if hasattr(os, "nice"):
        os.nice(15)
    given = list(ox.parse(sys.stdin.buffer.read(), format=ox.RdfFormat.N_QUADS))
    has_ontology = any(quad.subject == ox.NamedNode(ONTOLOGY) for quad in given)
    quads = given if has_ontology else [*knowledge_quads(), *given]
    json.dump(asdict(check(quads, reasoner=False)), sys.stdout)


if __name__ == "__main__":
    main()
