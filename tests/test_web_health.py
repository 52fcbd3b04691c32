"""Whoever runs the server sees from outside whether it lives, and what it does."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from plain_pages import PlainPages
from releases import OWN, release
from visidaerah.errors import QueryTimeout, UsageError
from visidaerah.web import create_app
from visidaerah.web.logs import LONGEST_QUEUE, Journal, open_journal
from visidaerah.web.metrics import LaneState

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

    from visidaerah.store import QueryAnswer, QueryRequest

ASK = "/sparql?query=ASK%7B%7D"


@pytest.fixture
def client() -> FlaskClient:
    return create_app(release(OWN), renderer=PlainPages()).test_client()


def stuck(request: QueryRequest) -> QueryAnswer:
    raise QueryTimeout("Too many heavy queries are being answered. Try again in a moment.")


def numbers(client: FlaskClient) -> dict[str, float]:
    """Return the numbers by name and labels, read as Prometheus reads them."""
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


def test_a_living_server_says_so_and_what_it_serves(client: FlaskClient) -> None:
    for path, word in (("/healthz", "live"), ("/healthz/ready", "ready")):
        response = client.get(path)
        assert response.status_code == 200
        assert response.json
        assert response.json["status"] == word
        assert response.json["release"] == release(OWN).version
        assert response.headers["Cache-Control"] == "no-store"


def test_a_server_whose_queries_fail_lives_but_is_not_ready() -> None:
    client = create_app(release(OWN), renderer=PlainPages(), answer=stuck).test_client()
    assert client.get("/healthz").status_code == 200
    response = client.get("/healthz/ready")
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert response.json
    assert "Too many heavy queries" in response.json["detail"]


def test_requests_are_counted_by_route_and_status(client: FlaskClient) -> None:
    client.get("/id/plan/x", buffered=True)
    client.get("/id/plan/none", buffered=True)
    client.get("/no/such/place", buffered=True)
    client.open("/", method="BREW", buffered=True)
    found = numbers(client)
    assert found["visidaerah_requests_total GET /id/<path:path> 303"] == 1
    assert found["visidaerah_requests_total GET /id/<path:path> 404"] == 1
    assert found["visidaerah_requests_total GET none 404"] == 1
    assert found["visidaerah_requests_total other none 405"] == 1
    assert found["visidaerah_request_seconds_count /id/<path:path>"] == 2
    assert found["visidaerah_sent_bytes_total /id/<path:path>"] > 0


def test_queries_are_counted_by_how_they_ended(client: FlaskClient) -> None:
    client.get(ASK, buffered=True)
    client.get("/sparql?query=SELEC", buffered=True)
    found = numbers(client)
    assert found["visidaerah_queries_total ok"] == 1
    assert found["visidaerah_queries_total query-syntax"] == 1
    assert found["visidaerah_query_seconds_count"] == 2


def test_the_cache_the_release_and_the_process_are_seen(client: FlaskClient) -> None:
    client.get(ASK, buffered=True)
    client.get(ASK, buffered=True)
    found = numbers(client)
    assert found["visidaerah_cache_lookups_total hit"] == 1
    assert found["visidaerah_cache_lookups_total miss"] >= 1
    assert found["visidaerah_cache_entries"] == 1
    assert found["visidaerah_cache_bytes"] > 0
    assert found["visidaerah_triples"] == len(release(OWN))
    assert any(name.startswith("visidaerah_release_info") for name in found)
    if sys.platform == "linux":
        assert found["process_resident_memory_bytes"] > 0


def test_the_lanes_are_seen() -> None:
    lane = LaneState(name="slow", busy=2, idle=0, waiting=3, killed={"time": 7})
    app = create_app(release(OWN), renderer=PlainPages(), lanes=lambda: [lane])
    found = numbers(app.test_client())
    assert found["visidaerah_workers slow busy"] == 2
    assert found["visidaerah_workers slow idle"] == 0
    assert found["visidaerah_queue_length slow"] == 3
    assert found["visidaerah_kills_total slow time"] == 7


def test_a_request_keeps_the_id_that_it_comes_with(client: FlaskClient) -> None:
    for path in (ASK, "/", "/nothing"):
        response = client.get(path, headers={"X-Request-Id": "from-proxy:1.2"})
        assert response.headers["X-Request-Id"] == "from-proxy:1.2"


@pytest.mark.parametrize("wish", ["", "a b", '"', "<script>", "x" * 129, "é", "-x"])
def test_an_odd_id_is_replaced(client: FlaskClient, wish: str) -> None:
    known_as = client.get(ASK, headers={"X-Request-Id": wish}).headers["X-Request-Id"]
    assert known_as != wish
    assert known_as.isalnum()


@pytest.mark.parametrize("accept", ["application/problem+json", "text/plain"])
def test_an_error_names_its_request(client: FlaskClient, accept: str) -> None:
    response = client.get("/nothing", headers={"Accept": accept, "X-Request-Id": "r-17"})
    assert "r-17" in response.text


def written(file: Path, journal: Journal) -> list[dict[str, Any]]:
    journal.flush()
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_each_answer_and_each_query_is_a_line(tmp_path: Path) -> None:
    file = tmp_path / "visidaerah.log"
    journal = Journal(file)
    client = create_app(release(OWN), renderer=PlainPages(), journal=journal).test_client()
    client.get(
        ASK,
        headers={"X-Request-Id": "first"},
        environ_base={"REMOTE_ADDR": "192.0.2.7"},
        buffered=True,
    )
    client.get(ASK, headers={"X-Request-Id": "second", "Cookie": "lang=en"})
    client.get("/search?q=private", headers={"X-Request-Id": "third"}, buffered=True)
    lines = written(file, journal)
    assert [(line["event"], line["id"]) for line in lines] == [
        ("query", "first"),
        ("request", "first"),
        ("request", "second"),
        ("request", "third"),
    ]
    assert (lines[0]["query"], lines[0]["outcome"]) == ("ASK{}", "ok")
    assert {"time", "method", "path", "route", "status", "bytes", "ms"} < lines[1].keys()
    assert [line.get("cache") for line in lines[1:3]] == ["miss", "hit"]
    text = file.read_text(encoding="utf-8")
    assert "192.0.2.7" not in text
    assert "private" not in text


def test_no_query_can_forge_a_line(tmp_path: Path) -> None:
    for form in ("json", "text"):
        file = tmp_path / form
        journal = Journal(file, form)
        client = create_app(release(OWN), renderer=PlainPages(), journal=journal).test_client()
        query = '# \r\n{"event": "forged"}\x1b[2J\x85\u2028' + "x" * 9000
        client.post(
            "/sparql", data=query.encode(), content_type="application/sparql-query", buffered=True
        )
        journal.flush()
        content = file.read_text(encoding="utf-8")
        assert len(content.splitlines()) == 2
        assert "\x1b" not in content
        assert len(content) < 4000


def test_the_programs_own_words_are_in_the_log(
    tmp_path: Path, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    import logging

    from visidaerah.web.logs import JournalHandler

    file = tmp_path / "log"
    journal = Journal(file)
    handler = JournalHandler(journal)
    logger = logging.getLogger("visidaerah.web")
    logger.addHandler(handler)
    try:
        client.get("/broken")
    finally:
        logger.removeHandler(handler)
    (line,) = written(file, journal)
    assert (line["event"], line["level"]) == ("message", "error")
    assert "ZeroDivisionError" in line["exception"]


def test_a_log_that_was_moved_away_is_begun_anew(tmp_path: Path) -> None:
    file = tmp_path / "log"
    journal = Journal(file)
    journal.note({"event": "one"})
    journal.flush()
    file.rename(tmp_path / "log.1")
    journal.note({"event": "two"})
    assert [line["event"] for line in written(file, journal)] == ["two"]


class Blocked(io.StringIO):
    """A pipe that nobody reads."""

    def __init__(self) -> None:
        super().__init__()
        self.released = threading.Event()

    def write(self, text: str) -> int:
        self.released.wait(10)
        return len(text)


def test_nobody_waits_for_a_log_that_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = Blocked()
    monkeypatch.setattr(sys, "stderr", pipe)
    journal = Journal()
    journal.note({"event": "first"})
    for _ in range(2 * LONGEST_QUEUE + 10):
        journal.note({"event": "more"})
    assert journal.lost > 0
    pipe.released.set()
    journal.flush()


def test_a_log_that_cannot_be_written_is_counted_as_lost(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "no" / "such" / "folder")
    journal.note({"event": "one"})
    journal.flush()
    assert journal.lost == 1


def test_a_log_that_cannot_be_opened_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"The log .*folder cannot be written: .*Choose another"):
        open_journal(tmp_path / "no" / "folder", "json")


@pytest.mark.parametrize(("language", "words"), [("en", "Request r-17"), ("id", "Permintaan r-17")])
def test_a_page_of_an_error_names_its_request_in_words(language: str, words: str) -> None:
    client = create_app(release(OWN)).test_client()
    headers = {"Accept": "text/html", "Accept-Language": language, "X-Request-Id": "r-17"}
    assert words in client.get("/nothing", headers=headers).text


def test_the_last_lines_are_written_when_the_process_ends(tmp_path: Path) -> None:
    file = tmp_path / "log"
    journal = Journal(file)
    for number in range(120):
        journal.note({"event": str(number)})
    journal.close(seconds=10)
    assert len(file.read_text(encoding="utf-8").splitlines()) == 120


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")
def test_each_process_writes_its_own_lines(tmp_path: Path) -> None:
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from visidaerah.web.logs import Journal\n"
        "journal = Journal(Path(sys.argv[1]))\n"
        "for number in range(100): journal.note({'event': f'parent {number}'})\n"
        "child = os.fork()\n"
        "for number in range(100):\n"
        "    journal.note({'event': f'{\"parent\" if child else \"child\"} {100 + number}'})\n"
        "journal.close(seconds=10)\n"
        "if child: os.waitpid(child, 0)\n"
        "os._exit(0)\n"
    )
    file = tmp_path / "log"
    subprocess.run([sys.executable, "-W", "ignore", "-c", program, file], check=True, timeout=30)
    events = [json.loads(line)["event"] for line in file.read_text("utf-8").splitlines()]
    assert sorted(events) == sorted(
        [f"parent {number}" for number in range(200)]
        + [f"child {number}" for number in range(100, 200)]
    )


def test_a_process_ends_although_its_log_is_not_read() -> None:
    program = (
        "from visidaerah.web.logs import Journal\n"
        "journal = Journal()\n"
        "for _ in range(5000): journal.note({'event': 'x' * 100})\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE) as process:
        assert process.wait(timeout=20) == 0
