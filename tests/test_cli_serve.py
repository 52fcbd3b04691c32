"""`serve` as whoever runs it in public starts it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from releases import OWN
from test_web_serving import free_port
from visidaerah.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Start the command behind a proxy's settings; give its address and its log."""
    folder = tmp_path_factory.mktemp("served")
    data, log = folder / "own.trig", folder / "visidaerah.log"
    data.write_text(OWN, encoding="utf-8")
    port = free_port()
    options = ["--dataset", str(data), "--port", str(port), "--log-file", str(log)]
    public = ["--public-url", "https://data.example/", "--trusted-proxies", "1"]
    command = [sys.executable, "-m", "visidaerah", "serve", *options, *public]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, cwd=folder) as process:
        assert process.stdout
        assert b"https://data.example/" in process.stdout.readline()
        yield f"http://127.0.0.1:{port}", log
        process.terminate()
        assert process.wait(timeout=20) == 0


def lines_of(log: Path, known_as: str) -> list[dict[str, object]]:
    """Return the lines about a request, which are written soon after its answer."""
    for _ in range(200):
        lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
        found = [line for line in lines if line["id"] == known_as]
        if any(line["event"] == "request" for line in found):
            return found
        time.sleep(0.02)
    return []


def test_redirects_lead_to_the_public_address(served: tuple[str, Path]) -> None:
    place, _ = served
    request = Request(f"{place}/sparql", headers={"Accept": "text/turtle"})
    with urlopen(request, timeout=20) as response:
        assert b"<https://data.example/sparql>" in response.read()


def test_an_error_and_its_line_have_one_id(served: tuple[str, Path]) -> None:
    place, log = served
    with pytest.raises(HTTPError) as raised:
        urlopen(Request(f"{place}/sparql?query=SELEC", headers={"X-Request-Id": "wrong-1"}))
    assert raised.value.headers["X-Request-Id"] == "wrong-1"
    assert b"wrong-1" in raised.value.read()
    events = {line["event"]: line for line in lines_of(log, "wrong-1")}
    assert events["query"]["outcome"] == "query-syntax"
    assert events["request"]["status"] == 400


def test_a_repeated_request_is_answered_from_memory(served: tuple[str, Path]) -> None:
    place, _ = served
    timings = []
    for _ in range(2):
        with urlopen(f"{place}/sparql?query=ASK%7B%7D", timeout=20) as response:
            timings.append(response.headers["Server-Timing"].partition(",")[0])
    assert timings == ["cache;desc=miss", "cache;desc=hit"]


def test_a_worker_shows_that_the_server_is_ready(served: tuple[str, Path]) -> None:
    place, _ = served
    with urlopen(f"{place}/healthz/ready", timeout=20) as response:
        assert json.load(response)["status"] == "ready"
    with urlopen(f"{place}/metrics", timeout=20) as response:
        assert b"visidaerah_requests_total" in response.read()


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--public-url", "example.org"),
        ("--public-url", "https://example.org/path"),
        ("--public-url", "https://["),
        ("--public-url", "javascript://x"),
        ("--trusted-proxies", "-1"),
        ("--trusted-proxies", "many"),
        ("--log-format", "xml"),
    ],
)
def test_a_wrong_setting_is_told_before_anything_is_served(
    option: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["serve", f"{option}={value}"])
    assert ended.value.code == 2
    assert value in capsys.readouterr().err


def test_a_log_in_no_folder_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "own.trig"
    data.write_text(OWN, encoding="utf-8")
    log = tmp_path / "no" / "log"
    port = free_port()
    options = ["--dataset", str(data), "--port", str(port), "--log-file", str(log)]
    assert main(["serve", *options]) == 2
    assert str(log) in capsys.readouterr().err
