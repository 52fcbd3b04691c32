"""A release held to its own rules in a process of its own, so that pages need not wait."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from visidaerah.checks import Finding, Outcome, Report
from visidaerah.formats import write_graph

if TYPE_CHECKING:
    from visidaerah.store import Store

PROGRAM = "visidaerah.web.pages.check_quads"

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
            [sys.executable, "-m", PROGRAM],
            input=write_graph(store.quads(), "nq"),
            capture_output=True,
            check=True,
            timeout=SECONDS,
        )
        return report_of(json.loads(done.stdout))
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        said = (getattr(error, "stderr", None) or b"").decode(errors="replace").strip()
        log.warning("The release could not be checked: %s %s", error, said.rpartition("\n")[2])
        return NotChecked("failed")


def report_of(content: dict[str, list[dict[str, object]]]) -> Report:
    """Return the report that JSON tells."""
    return Report(outcomes=tuple(_outcome(**outcome) for outcome in content["outcomes"]))  # type: ignore[arg-type]


def _outcome(findings: list[dict[str, object]], **rest: str | None) -> Outcome:
    found = tuple(Finding(**finding) for finding in findings)  # type: ignore[arg-type]
    return Outcome(findings=found, **rest)  # type: ignore[arg-type]
