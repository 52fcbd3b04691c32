"""Whatever people ask, others are answered and nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from visidaerah.errors import QueryTimeout
from visidaerah.web.evaluation import Lane, Seats

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = """
import sys
sys.path.insert(0, {tests!r})
import socket
from plain_pages import PlainPages
from releases import OWN, release
from visidaerah.web import serving
from visidaerah.web.evaluation import Lane
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
fast = Lane(seconds=1, workers=2, waiting=8, patience=30, answer=100_000)
slow = Lane(seconds=2, workers=1, waiting=1, patience=4, memory=1 << 26, answer=100_000)
serving.serve(release(OWN), port=port, renderer=PlainPages(), lanes=(fast, slow))
"""
ENDLESS = "SELECT (COUNT(*) AS ?n) {" + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(9)) + "}"
DOUBLING = "".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1}) " for n in range(40))
START = "a" * 4000
HUGE = f"SELECT (STRLEN(?x40) AS ?n) {{ BIND('{START}' AS ?x0) {DOUBLING} }}"


class Server:
    """A server under attack."""

    def __init__(self, process: subprocess.Popen[str], place: str) -> None:
        self.process = process
        self.place = place

    def ask(self, query: str) -> tuple[int, str]:
        try:
            with urlopen(f"{self.place}sparql?query={quote(query)}", timeout=60) as response:
                return response.status, response.read().decode()
        except HTTPError as error:
            with error:
                return error.code, f"{error.headers['Retry-After']} {error.read().decode()}"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    yield from running()


@pytest.fixture
def own_server() -> Iterator[Server]:
    yield from running()


def running() -> Iterator[Server]:
    program = PROGRAM.format(tests=str(Path(__file__).parent))
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout
        yield Server(process, process.stdout.readline().split()[2])
        process.terminate()
        process.wait(timeout=30)


def children(pid: int) -> set[int]:
    """Return the processes that one has forked, by Linux's process table."""
    table = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return {int(child) for child in table.split()}


def descendants(pid: int) -> set[int]:
    """Return the processes below one."""
    below = children(pid)
    return below | {pid for child in below for pid in descendants(child)}


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(") ")[2][0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_an_endless_query_is_stopped_and_told_so(server: Server) -> None:
    status, text = server.ask(ENDLESS)
    assert status == 503
    assert text.startswith("5 503")
    assert "longer than 2 seconds" in text
    assert server.ask("ASK {}")[0] == 200


def test_light_queries_are_answered_while_endless_ones_run(server: Server) -> None:
    with ThreadPoolExecutor() as many:
        heavy = [many.submit(server.ask, ENDLESS) for _ in range(5)]
        light = [server.ask("ASK {}") for _ in range(20)]
        assert {status for status, _ in light} == {200}
        answers = [future.result() for future in heavy]
    assert {status for status, _ in answers} == {503}
    assert any("Too many heavy queries" in text for _, text in answers)


def test_a_query_that_needs_too_much_memory_ends_only_its_process(server: Server) -> None:
    status, text = server.ask(HUGE)
    assert status == 503
    assert text.startswith("5 ")
    assert "more memory" in text
    assert server.ask("ASK {}") == (200, '{"head":{},"boolean":true}')


def test_an_answer_that_is_too_long_is_told_and_not_cut(server: Server) -> None:
    status, text = server.ask(f"SELECT * {{ VALUES ?x {{ {' 1' * 9000} }} }}")
    assert status == 413
    assert "more than 100,000" in text
    assert "LIMIT" in text


def test_errors_come_back_from_the_process_as_they_are(server: Server) -> None:
    status, text = server.ask("SELECT * {\n ?s ?p }")
    assert status == 400
    assert "line 2" in text
    assert server.ask("ASK { SERVICE <http://x/> {} }")[0] == 403
    assert server.ask("INSERT DATA {}")[0] == 400


needs_process_table = pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="reads Linux's process table"
)


@needs_process_table
def test_lost_processes_are_replaced(own_server: Server) -> None:
    assert own_server.ask("ASK {}")[0] == 200
    (web,) = children(own_server.process.pid)
    zygote_and_workers = descendants(web)
    assert len(zygote_and_workers) >= 2
    for pid in zygote_and_workers:
        os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 30
    while not answered(own_server):
        assert time.monotonic() < deadline
        time.sleep(0.2)


def answered(server: Server) -> bool:
    try:
        return server.ask("ASK {}")[0] == 200
    except OSError:
        return False


@needs_process_table
def test_no_process_is_left_behind_even_while_a_query_runs(own_server: Server) -> None:
    with ThreadPoolExecutor() as background:
        background.submit(answered_or_cut, own_server)
        time.sleep(0.6)
        processes = descendants(own_server.process.pid)
        own_server.process.terminate()
        assert own_server.process.wait(timeout=30) == 0
    assert len(processes) >= 3
    deadline = time.monotonic() + 5
    while any(map(is_alive, processes)):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def answered_or_cut(server: Server) -> bool:
    try:
        return server.ask(ENDLESS)[0] == 503
    except OSError:
        return True


def test_a_full_queue_is_told_at_once() -> None:
    seats = Seats(Lane(seconds=1, workers=1, waiting=0, patience=60))
    with seats.taken(), pytest.raises(QueryTimeout, match="Too many"), seats.taken():
        pytest.fail("there is one seat")
    with seats.taken():
        pass


def test_a_queue_that_does_not_move_is_left() -> None:
    seats = Seats(Lane(seconds=1, workers=1, waiting=1, patience=0.01))
    with seats.taken(), pytest.raises(QueryTimeout), seats.taken():
        pytest.fail("there is one seat")


LONELY = """
import socket
from visidaerah.web.evaluation import leave_network
with socket.socket() as server:
    server.bind(("127.0.0.1", 0))
    server.listen()
    socket.create_connection(server.getsockname(), timeout=5).close()
    if leave_network():
        try:
            socket.create_connection(server.getsockname(), timeout=5)
        except OSError:
            print("alone")
    else:
        print("not allowed")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can give up its network")
def test_who_evaluates_queries_has_no_network() -> None:
    run = subprocess.run(
        [sys.executable, "-c", LONELY], capture_output=True, text=True, timeout=60, check=True
    )
    if run.stdout == "not allowed\n":
        pytest.skip("this system lets no process give up its network")
    assert run.stdout == "alone\n"
