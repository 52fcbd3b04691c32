"""Questions are copied as programs that run, and drawn where a picture fits."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from werkzeug.serving import make_server

from pages_site import shipped
from visidaerah.store import Store
from visidaerah.web import create_app
from visidaerah.web.pages.copying import curl, python, r, snippets

if TYPE_CHECKING:
    from collections.abc import Iterator

AWKWARD = 'SELECT ?x { VALUES ?x { "a\\"b\\\\c" """d\'e""" "é" } } # ]---- """'


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """Yield the address of an endpoint that answers over HTTP."""
    server = make_server("127.0.0.1", 0, create_app(Store.shipped()), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    thread.join()
    server.server_close()


def ran(program: str) -> str:
    """Return what a program for Python prints, run without anything installed."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", program],
        capture_output=True,
        check=True,
        timeout=60,
        env={"PYTHONIOENCODING": "utf-8"},
    )
    return done.stdout.decode()


def copied(question: str, language: str) -> str:
    page = shipped().see(f"/questions/{question}", "en")
    return page.one("pre", aria_label=language).text


def at(endpoint: str, program: str) -> str:
    return program.replace("http://localhost/sparql", endpoint)


def test_a_question_copied_as_python_runs_and_gives_its_answer(endpoint: str) -> None:
    question = "which-missions-concern-education?sector=1.02&plan=kota-metro"
    printed = ran(at(endpoint, copied(question, "Python")))
    assert "Mewujudkan Masyarakat sehat jasmani, rohani & sosial" in printed
    assert printed.count("\n") == 1


def test_a_question_for_a_graph_copied_as_python_prints_turtle(endpoint: str) -> None:
    printed = ran(at(endpoint, copied("what-is-a-plan-as-a-graph", "Python")))
    assert "vd:hasMission" in printed


def test_a_query_with_quotes_and_backslashes_survives_every_language(endpoint: str) -> None:
    expected = ['a"b\\c', "d'e", "é"]
    lines = ran(python(endpoint, AWKWARD, "bindings")).splitlines()
    assert [eval(line)["x"] for line in lines] == expected
    command = curl(endpoint, AWKWARD)
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=True, timeout=60)
    assert done.stdout.decode().split("\r\n")[1:] == ['"a""b\\c"', "d'e", "é", ""]


def test_a_query_copied_as_r_stands_in_a_raw_string_that_it_cannot_end() -> None:
    program = r('https://example.org/a"b', AWKWARD, "bindings")
    opening = program.partition("\n")[0].removeprefix('query <- r"').removesuffix("[")
    assert set(opening) == {"-"}
    assert program.count(f']{opening}"') == 1
    assert r'"https://example.org/a\"b"' in program


def test_the_address_is_the_one_by_which_the_client_reaches_the_server() -> None:
    app = create_app(Store.from_quads(Store.shipped().quads()), public_url="https://plans.example")
    page = app.test_client().get("/questions/what-is-each-vision", headers={"Accept": "text/html"})
    assert page.get_data(as_text=True).count("https://plans.example/sparql") == 3


def test_a_query_is_copied_as_three_languages() -> None:
    found = snippets("http://localhost/sparql", "ASK {}", "boolean")
    assert [one.language for one in found] == ["curl", "Python", "R"]


def test_counts_are_drawn_as_bars_beside_their_table() -> None:
    page = shipped().see("/questions/how-do-two-plans-compare-by-sector", "en")
    captions = [caption.text for caption in page.all("figcaption")]
    assert captions == [
        "number of statements: Development plan of Metro City",
        "number of statements of the other plan: RPJMD of Magelang City 2016–2021",
    ]
    (first, _) = page.all("svg", class_="bars")
    assert first["role"] == "img"
    assert first["aria-label"] == captions[0]
    names = {text.text for text in page.all("text", class_="name")}
    # The text of an element has that of its title, which says what is cut.
    assert "HealthHealth" in names
    assert page.all("table")


def test_counts_of_several_plans_are_drawn_plan_by_plan() -> None:
    page = shipped().see("/questions/how-many-statements-has-each-plan", "en")
    captions = [caption.text for caption in page.all("figcaption")]
    assert captions == [
        "number of statements: RPJMD of Magelang City 2016–2021",
        "number of statements: Development plan of Metro City",
    ]


def test_positions_years_and_codes_are_no_bars() -> None:
    for name in ("what-are-the-missions-of-metro", "what-period-does-each-plan-cover"):
        assert shipped().see(f"/questions/{name}").all("svg", class_="bars") == []


def test_plans_by_province_are_drawn_as_a_map() -> None:
    page = shipped().see("/questions/which-regions-have-a-plan", "en")
    assert (
        "Central Java" in page.one("svg")["aria-label"]
        or "Jawa Tengah" in page.one("svg")["aria-label"]
    )
    assert page.all("table")


def test_a_question_for_a_graph_is_drawn_as_a_network() -> None:
    page = shipped().see("/questions/what-is-a-plan-as-a-graph")
    assert page.all("svg", class_="network")
