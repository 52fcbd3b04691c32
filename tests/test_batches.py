"""Batches: results in order, and neither a bad thing nor a lost process stops the rest."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from visidaerah.batches import cores, each
from visidaerah.errors import DocumentError


def doubled(number: int) -> int:
    """Double a number, save those below nought, which end in four ways."""
    match number:
        case -1:
            raise DocumentError("-1 cannot be read.")
        case -2:
            raise ZeroDivisionError
        case -3:
            os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_things(jobs: int) -> None:
    assert [(done.item, done.result) for done in each(doubled, range(20), jobs)] == [
        (number, 2 * number) for number in range(20)
    ]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_is_of_one_thing(jobs: int) -> None:
    (good, bad, fault, last) = each(doubled, [1, -1, -2, 2], jobs)
    assert (good.result, last.result) == (2, 4)
    assert str(bad.error) == "-1 cannot be read."
    assert "-2 met a fault of the program: ZeroDivisionError()" in str(fault.error)
    assert bad.result is fault.result is None


def test_a_lost_process_loses_one_thing() -> None:
    done = list(each(doubled, [*range(12), -3, *range(12)], 2))
    assert [d.result for d in done] == [*range(0, 24, 2), None, *range(0, 24, 2)]
    assert "-3 ended the process that read it" in str(done[12].error)


def waiting(number: int) -> int:
    """Do the first thing at once, and the others never."""
    time.sleep(number * 3600)
    return number


def test_processes_end_with_the_one_that_started_them() -> None:
    script = (
        "from test_batches import waiting; from visidaerah.batches import each\n"
        "for done in each(waiting, range(9), 2): print(done.result, flush=True)"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, cwd=Path(__file__).parent, stdout=subprocess.PIPE) as batch:
        assert batch.stdout
        assert batch.stdout.readline() == b"0\n"
        batch.kill()
        rest, _ = batch.communicate(timeout=60)
    assert rest == b""
    assert batch.returncode == -signal.SIGKILL


@pytest.mark.parametrize("jobs", [1, 2])
def test_nothing_gives_nothing(jobs: int) -> None:
    assert list(each(doubled, [], jobs)) == []


def test_there_is_a_core() -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)
