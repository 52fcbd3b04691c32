"""Whatever people ask, others are answered and nothing is left behind."""

from __future__ import annotations

import os
import re
import resource
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from servers import Answer, Server, children, descendants, is_alive, running, soon
from visidaerah.limits import Limits
from visidaerah.web.answering import within

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")

ENDLESS = "SELECT (COUNT(*) AS ?n) {" + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(9)) + "}"
DOUBLING = "".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1}) " for n in range(40))
START = "a" * 4000
HUGE = f"SELECT (STRLEN(?x40) AS ?n) {{ BIND('{START}' AS ?x0) {DOUBLING} }}"
MANY = (
    "SELECT ?x ?y ?z { VALUES ?x { 1 2 3 4 5 6 7 8 9 0 } VALUES ?y { 1 2 3 4 5 6 7 8 9 0 }"
    " VALUES ?z { 1 2 3 4 5 6 7 8 9 0 } }"
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server that answers a query for two seconds, and one more in a queue of one."""
    with running(
        "quick=1", "seconds=2", "quick_workers=2", "workers=1", "waiting=1", "memory=64M",
        "patience=4", "rows=500", "client=3",
    ) as found:  # fmt: skip
        yield found


@pytest.fixture
def own_server() -> Iterator[Server]:
    with running("quick=0.2", "seconds=20") as found:
        yield found


def test_an_endless_query_is_stopped_and_told_so(server: Server) -> None:
    answer = server.ask(ENDLESS)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert "longer than 2 seconds" in answer.text
    assert server.ask("ASK {}").status == 200


def test_light_queries_are_answered_while_endless_ones_run(server: Server) -> None:
    with ThreadPoolExecutor() as many:
        heavy = [many.submit(server.ask, ENDLESS) for _ in range(5)]
        light = [server.ask(f"ASK {{}} # {n}") for n in range(20)]
        assert {answer.status for answer in light} == {200}
        answers = [future.result() for future in heavy]
    assert {answer.status for answer in answers} <= {503, 429}
    assert any("Too many heavy queries" in answer.text for answer in answers)
    assert any("1 at once, and 1 wait for their turn" in answer.text for answer in answers)
    assert any(
        "3 heavy queries of yours" in answer.text for answer in answers if answer.status == 429
    )


def test_a_query_that_needs_too_much_memory_ends_only_its_process(server: Server) -> None:
    answer = server.ask(HUGE)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert "more memory" in answer.text
    assert server.ask("ASK {}").text == '{"head":{},"boolean":true}'


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "text/csv"])
def test_an_answer_over_the_limit_of_rows_says_that_it_is_cut(server: Server, accept: str) -> None:
    answer = server.ask(MANY, Accept=accept)
    assert answer.status == 200
    assert answer.headers["X-Visidaerah-Truncated"] == "rows=500"
    assert '</data>; rel="related"' in ", ".join(answer.headers.get_all("Link", []))


def test_a_whole_answer_does_not_say_that_it_is_cut(server: Server) -> None:
    answer = server.ask(MANY + " LIMIT 500")
    assert answer.status == 200
    assert "X-Visidaerah-Truncated" not in answer.headers


def test_errors_come_back_from_the_process_as_they_are(server: Server) -> None:
    answer = server.ask("SELECT * {\n ?s ?p }")
    assert answer.status == 400
    assert "line 2" in answer.text
    assert server.ask("ASK { SERVICE <http://x/> {} }").status == 403
    assert server.ask("INSERT DATA {}").status == 400


def test_who_evaluates_can_open_no_file(server: Server) -> None:
    answer = server.ask("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", Accept="text/csv")
    assert (answer.status, answer.text) == (200, "s,p,o\r\n")


def test_a_query_is_cancelled_by_the_id_that_its_asker_gave(own_server: Server) -> None:
    with ThreadPoolExecutor() as background:
        asked = background.submit(own_server.ask, ENDLESS, X_Request_Id="a-secret")
        assert soon(lambda: own_server.get("sparql/queries/a-secret", "DELETE").status == 204)
        answer = asked.result()
    assert answer.status == 409
    assert "cancelled" in answer.text
    assert own_server.get("sparql/queries/a-secret", "DELETE").status == 404


def test_a_client_that_leaves_frees_its_worker(own_server: Server) -> None:
    (zygote,) = zygotes(own_server)
    connection = own_server.connect()
    connection.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    assert soon(lambda: any(map(is_slow, children(zygote))))
    connection.close()
    assert soon(lambda: not any(map(is_slow, children(zygote))), 10)


def test_clients_that_leave_while_they_wait_take_no_place_with_them(server: Server) -> None:
    asked = f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    for number in range(40):
        with server.connect() as connection:
            connection.sendall(asked)
            time.sleep(number % 5 * 0.05)
    assert soon(lambda: heavy_under_way(server) == 0)
    assert soon(lambda: "longer than 2 seconds" in server.ask(ENDLESS).text)


def heavy_under_way(server: Server) -> int:
    """Return how many heavy queries are answered or wait, by the server's own numbers."""
    numbers = server.get("metrics").text
    found = re.findall(
        r'^visidaerah_(?:workers{lane="slow",state="busy"|queue_length{lane="slow")} (\d+)',
        numbers,
        re.MULTILINE,
    )
    assert len(found) == 2
    return sum(map(int, found))


def is_slow(pid: int) -> bool:
    """Tell whether a process is a worker of the slow lane."""
    try:
        return os.getpriority(os.PRIO_PROCESS, pid) >= 10
    except ProcessLookupError:
        return False


def zygotes(server: Server) -> set[int]:
    """Return the process that forks workers: it leads a group of its own."""
    return {pid for pid in children(server.process.pid) if os.getpgid(pid) == pid}


def answered(server: Server) -> bool:
    try:
        return server.ask("ASK {} # " + os.urandom(4).hex()).status == 200
    except OSError:
        return False


@pytest.mark.parametrize("which", ["workers", "zygote", "web", "all"])
def test_lost_processes_are_replaced(own_server: Server, which: str) -> None:
    assert answered(own_server)
    (zygote,) = zygotes(own_server)
    lost = {
        "workers": children(zygote),
        "zygote": {zygote},
        "web": children(own_server.process.pid) - {zygote},
        "all": descendants(own_server.process.pid),
    }[which]
    assert lost
    for pid in lost:
        os.kill(pid, signal.SIGKILL)
    assert soon(lambda: answered(own_server))
    assert own_server.process.poll() is None
    assert soon(lambda: not any(map(is_alive, lost)))


def test_a_query_outlives_the_death_of_its_worker(own_server: Server) -> None:
    (zygote,) = zygotes(own_server)
    slow = "SELECT (COUNT(*) AS ?n) {" + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(3)) + "}"
    with ThreadPoolExecutor() as background:
        asked = background.submit(own_server.ask, slow)
        soon(lambda: bool(children(zygote)), 5)
        for pid in children(zygote):
            os.kill(pid, signal.SIGKILL)
        assert asked.result().status == 200


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_no_process_is_left_behind_even_while_a_query_runs(
    own_server: Server, number: signal.Signals
) -> None:
    (zygote,) = zygotes(own_server)
    with ThreadPoolExecutor() as background:
        background.submit(answer_or_none, own_server)
        assert soon(lambda: any(map(is_slow, children(zygote))))
        processes = descendants(own_server.process.pid)
        own_server.process.send_signal(number)
        own_server.process.send_signal(signal.SIGINT)
        assert own_server.process.wait(timeout=30) == 0
    assert len(processes) >= 3
    assert soon(lambda: not any(map(is_alive, processes)))


def test_workers_end_with_a_supervisor_that_is_killed(own_server: Server) -> None:
    assert answered(own_server)
    processes = descendants(own_server.process.pid)
    own_server.process.kill()
    assert len(processes) >= 3
    assert soon(lambda: not any(map(is_alive, processes)))


def answer_or_none(server: Server) -> Answer | None:
    try:
        return server.ask(ENDLESS)
    except OSError:
        return None


def test_who_evaluates_queries_has_no_network(own_server: Server) -> None:
    (zygote,) = zygotes(own_server)
    own, theirs = (Path(f"/proc/{pid}/ns/net").readlink() for pid in (os.getpid(), zygote))
    if own == theirs:
        pytest.skip("this system lets no process give up its network")
    assert own != theirs


def test_a_system_that_allows_few_files_is_no_obstacle() -> None:
    with running() as server:
        (zygote,) = zygotes(server)
        resource.prlimit(zygote, resource.RLIMIT_NOFILE, (200, 200))
        for worker in children(zygote):
            os.kill(worker, signal.SIGKILL)
        assert server.ask("ASK {}").status == 200


def test_few_files_mean_few_connections() -> None:
    assert within(Limits(), 1064).connections == 500
    assert within(Limits(), 100_000) == Limits()
    assert within(Limits(), resource.RLIM_INFINITY) == Limits()
