"""The server listens, answers, and ends when it is told to."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from releases import OWN, release
from visidaerah.errors import UsageError
from visidaerah.web.serving import address, listening, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = """
import sys
sys.path.insert(0, {tests!r})
from plain_pages import PlainPages
from releases import OWN, release
from visidaerah.web import serving
serving.serve(release(OWN), port={port}, renderer=PlainPages())
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture
def running() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start a server; give its process and its address once it has said where to look."""
    port = free_port()
    program = PROGRAM.format(tests=str(Path(__file__).parent), port=port)
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout
        yield process, process.stdout.readline()
        process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_server_answers_where_it_says_and_ends_on_a_signal(
    running: tuple[subprocess.Popen[str], str], number: signal.Signals
) -> None:
    process, line = running
    place = line.split()[2]
    with urlopen(f"{place}sparql?query=ASK%7B%7D", timeout=20) as response:
        assert response.status == 200
        assert b"true" in response.read()
    process.send_signal(number)
    assert process.wait(timeout=20) == 0
    with pytest.raises(URLError):
        urlopen(place, timeout=5)


def test_a_taken_port_is_told_with_another_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=rf"Port {port} is in use.*--port {port + 1}"):
            serve(release(OWN), port=port)


@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1"])
def test_an_address_that_is_not_ours_is_told(host: str) -> None:
    with pytest.raises(UsageError, match=f"Nothing can listen at {host}"):
        listening(host, 8000)


@pytest.mark.parametrize(
    ("host", "place"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://[::1]:8000"),
        ("::1", "http://[::1]:8000"),
        ("example.org", "http://example.org:8000"),
    ],
)
def test_the_place_to_look_can_be_opened(host: str, place: str) -> None:
    assert address(host, 8000) == place
