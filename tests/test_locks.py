"""One process at a time changes a folder, and Ctrl-C waits for what belongs together."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from visidaerah import locks
from visidaerah.locks import locked, uninterrupted

if TYPE_CHECKING:
    from pathlib import Path


def test_an_interrupt_waits_for_the_end() -> None:
    done = []

    def interrupted_work() -> None:
        with uninterrupted():
            signal.raise_signal(signal.SIGINT)
            done.append("first")
            with uninterrupted():
                signal.raise_signal(signal.SIGINT)
            done.append("second")

    with pytest.raises(KeyboardInterrupt):
        interrupted_work()
    assert done == ["first", "second"]


def test_without_an_interrupt_nothing_is_left_of_it() -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    with uninterrupted():
        assert signal.getsignal(signal.SIGINT) != before[0]
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no locks")
def test_another_process_waits_for_the_folder(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from visidaerah.locks import locked\n"
        "print('here', flush=True)\n"
        "with locked(Path(sys.argv[1])): print('in', flush=True)"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    order = []
    with locked(tmp_path) as alone:
        assert alone
        other = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert other.stdout
        assert other.stdout.readline() == "here\n"
        order.append("out")
    order.append(other.stdout.readline().strip())
    assert order == ["out", "in"]
    assert other.wait() == 0
    other.stdout.close()


def test_where_there_are_no_locks_nobody_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "fcntl", None)
    with locked(tmp_path) as alone:
        assert not alone
