"""Work on what anyone sends is done in a process of its own, which may fail without harm."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import IO, TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# unshare(2)
NEW_USER = 0x10000000
NEW_NETWORK = 0x40000000

# prctl(2)
SET_DEATH_SIGNAL = 1

KEPT = ("LANG", "LC_ALL", "PATH", "PYTHONPATH", "SYSTEMROOT", "VIRTUAL_ENV")
"""What the process is told of the environment: nothing that could be a secret."""

NICENESS = 10
"""How far the process steps back behind those that serve."""

SPARE_SECONDS = 5
"""Seconds beyond its processor time that the process may wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confines:
    """What a process may use.

    `seconds` of processor time, `memory` bytes beyond what it has when it begins, `answer` bytes
    that it may write, `files` that it may have open at once.
    """

    seconds: int = 15
    memory: int = 768 << 20
    answer: int = 32 << 20
    files: int = 64


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the work ended: `done` with its answer, too `late`, or `lost` (crashed, or a limit)."""

    ending: Literal["done", "late", "lost"]
    answer: bytes = b""


def run_confined(module: str, content: bytes, confines: Confines) -> Outcome:
    """Run a module as a program that reads the content and writes an answer.

    The module is told its confines as JSON in its first argument, and confines itself by `confine`
    before it looks at the content.
    """
    with answer_file() as answer:
        command = [sys.executable, "-P", "-m", module, json.dumps(asdict(confines))]
        with subprocess.Popen(  # noqa: S603 (our own module, by our own interpreter)
            command,
            stdin=subprocess.PIPE,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env=environment(os.environ),
            start_new_session=True,
        ) as process:
            try:
                process.communicate(content, timeout=confines.seconds + SPARE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                return Outcome("late")
        return outcome(process.returncode, answer, confines)


def outcome(returncode: int, answer: IO[bytes], confines: Confines) -> Outcome:
    """Tell how a process ended; the kernel ends one that used up its processor time."""
    if returncode == 0:
        answer.seek(0)
        return Outcome("done", answer.read(confines.answer))
    is_late = returncode == -getattr(signal, "SIGXCPU", 0)
    return Outcome("late" if is_late else "lost")


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """Return what the process is told of the environment."""
    return {name: given[name] for name in KEPT if name in given}


def answer_file() -> IO[bytes]:
    """Return a file without a name: in memory where the system can, so that nothing is kept."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("answer"), "w+b")
    return tempfile.TemporaryFile()


def confine(confines: Confines) -> None:
    """Limit this process for good, as far as the system can.

    It has no network and bounded resources, lets others go first, and ends with the process that
    began it.
    """
    leave_network()
    with suppress(AttributeError):
        os.nice(NICENESS)
    end_with_parent()
    with suppress(ImportError):
        for limit in limits(confines):
            lower(*limit)


def lower(limit: int, soft: int, hard: int) -> None:
    """Lower a limit of this process for good (setrlimit); one that is lower already stays."""
    import resource

    _, highest = resource.getrlimit(limit)
    if highest != resource.RLIM_INFINITY:
        soft, hard = min(soft, highest), min(hard, highest)
    resource.setrlimit(limit, (soft, hard))


def limits(confines: Confines) -> Iterator[tuple[int, int, int]]:
    """Yield the limits of resources and their values, soft and hard (setrlimit)."""
    import resource

    yield resource.RLIMIT_CORE, 0, 0
    # At the soft limit the process ends with a signal that tells why; the hard one is for sure.
    yield resource.RLIMIT_CPU, confines.seconds, confines.seconds + 1
    yield resource.RLIMIT_FSIZE, confines.answer, confines.answer
    yield resource.RLIMIT_NOFILE, confines.files, confines.files
    if size := address_space():
        yield resource.RLIMIT_AS, size + confines.memory, size + confines.memory


def leave_network() -> bool:
    """Give up the network for this process; tell whether the system allowed it."""
    if sys.platform != "linux":
        return False
    unshare = ctypes.CDLL(None).unshare
    return any(unshare(flags) == 0 for flags in (NEW_NETWORK, NEW_NETWORK | NEW_USER))


def end_with_parent() -> None:
    """Have the kernel end this process when the one that began it is gone."""
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None).prctl(SET_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def address_space() -> int:
    """Return the bytes of address space of this process, 0 where the system does not say."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 (as light as can be)
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
