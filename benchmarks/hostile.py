"""Attacks a real server, and prints what it answered to each and whether others were served.

    python benchmarks/hostile.py [--dataset FILE] [--seconds 2] [--only WORDS] [--no-files]

Each of some hundred queries, requests and files must get a right answer or a clear problem, while a
light query is answered at once. The server's limits are smaller than usual, so that this ends soon.
The exit status is 1 where anything was not as it should be.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING

from endpoint_speed_data import write_statements
from hostile_files import FILES, tried
from hostile_queries import attacks
from real_server import Client, own_server, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hostile_queries import Attack
    from real_server import Answer

STATEMENTS = 20_000
LIGHT = "/sparql?query=ASK%7B%7D"
LIMITS = ("memory=512M", "answer=16M", "rows=100000", "patience=30")
SLACK = 5.0
"""Seconds by which an answer may be later than the limit of a query."""

LIGHT_AT_MOST = 2.0
"""Seconds in which a light query is answered right after an attack, on a busy machine too."""


@dataclass(frozen=True, slots=True)
class Row:
    """What became of an attack: `fault` says what is wrong, and is empty where nothing is."""

    name: str
    status: str
    seconds: float
    detail: str
    fault: str


def main() -> int:
    """Run all attacks and print a table."""
    parser = argparse.ArgumentParser(description="Attack a server.")
    parser.add_argument("--dataset", type=Path, metavar="FILE", help="default: made up")
    parser.add_argument("--seconds", type=float, default=2.0, help="that a query may take")
    parser.add_argument("--only", default="", metavar="WORDS", help="attacks with these words")
    parser.add_argument("--no-files", action="store_true")
    options = parser.parse_args()
    faults: Counter[bool] = Counter()
    for row in rows(options):
        say(f"{row.status:>8} {row.seconds:7.2f} s  {row.name:42} {row.fault or row.detail}")
        faults[bool(row.fault)] += 1
    say(f"{faults.total()} attacks, {faults[True]} not as they should be")
    return 1 if faults[True] or not faults.total() else 0


def rows(options: argparse.Namespace) -> Iterator[Row]:
    """Run attacks."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = options.dataset or folder / "data.nt"
        if not options.dataset:
            write_statements(data, STATEMENTS)
        limits = [f"seconds={options.seconds}", *LIMITS]
        settings = [word for limit in limits for word in ("--limit", limit)]
        with own_server("--dataset", str(data), *settings) as (port, _):
            for attack in attacks():
                if options.only in attack.name:
                    yield attacked(port, attack, options.seconds)
        for file in () if options.no_files else FILES:
            if options.only in file.name:
                status, seconds, detail, fault = tried(file, folder)
                yield Row(file.name, status, seconds, detail, fault)


def attacked(port: int, attack: Attack, limit: float) -> Row:
    """Attack a server, and ask a light query afterwards."""
    started = time.monotonic()
    client = Client(port, seconds=limit * 2 + SLACK)
    try:
        answer = client.ask(attack.path, attack.method, attack.headers, attack.body)
    except (OSError, HTTPException) as error:
        return Row(attack.name, "none", time.monotonic() - started, "", f"no answer: {error!r}")
    finally:
        client.close()
    seconds = time.monotonic() - started
    fault = fault_of(attack, answer) or lateness(seconds, limit + SLACK) or light_fault(port)
    return Row(attack.name, str(answer.status), seconds, detail_of(answer), fault)


def fault_of(attack: Attack, answer: Answer) -> str:
    """Return what is wrong with an answer."""
    if answer.status not in attack.statuses:
        return f"expected {sorted(attack.statuses)}: {answer.body[:200]!r}"
    if answer.status != 200 and len(detail_of(answer)) < 20:
        return f"says nothing: {answer.body[:200]!r}"
    return ""


def detail_of(answer: Answer) -> str:
    """Return the words of a problem, or how much was answered."""
    if answer.status == 200:
        cut = answer.headers.get("x-visidaerah-truncated") or answer.headers.get("truncated")
        return f"{len(answer.body):,} bytes{f', cut at {cut}' if cut else ''}"
    text = answer.body.decode("utf-8", "replace")
    try:
        return str(json.loads(text)["detail"])
    except (ValueError, KeyError, TypeError):
        return " ".join(text.split("\n")[1:2])


def lateness(seconds: float, limit: float) -> str:
    """Return what is wrong with how long something took."""
    return f"took {seconds:.1f} s" if seconds > limit else ""


def light_fault(port: int) -> str:
    """Return what is wrong with how a light query is answered now."""
    started = time.monotonic()
    client = Client(port, seconds=10)
    try:
        status = client.ask(LIGHT).status
    except (OSError, HTTPException) as error:
        return f"then a light query had no answer: {error!r}"
    finally:
        client.close()
    if status != 200:
        return f"then a light query had {status}"
    late = lateness(time.monotonic() - started, LIGHT_AT_MOST)
    return late and f"then a light query {late}"


if __name__ == "__main__":
    raise SystemExit(main())
