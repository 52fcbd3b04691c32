"""A real server answers attacks as it should, and others besides; the whole is a benchmark."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ATTACKS = Path(__file__).parents[1] / "benchmarks" / "hostile.py"

pytestmark = pytest.mark.checkout


@pytest.mark.parametrize(
    ("words", "least"),
    [("5,000", 8), ("text of", 2)],
)
def test_attacks_are_answered_as_they_should_be(words: str, least: int) -> None:
    command = [sys.executable, str(ATTACKS), "--no-files", "--only", words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(done.stdout.splitlines()) > least
