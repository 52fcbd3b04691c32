"""How much a query, a request and a client may take: each limit, its default and its setting."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from visidaerah.errors import UsageError
from visidaerah.screening import Nesting

if TYPE_CHECKING:
    from collections.abc import Iterable

KIB = 1 << 10
MIB = 1 << 20
GIB = 1 << 30

SIZE = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<unit>[kmg]?)", re.IGNORECASE)
UNITS = {"": 1, "k": KIB, "m": MIB, "g": GIB}


def limit(default: float, meaning: str) -> Any:  # noqa: ANN401 (a dataclass field is any type)
    """Declare a limit with what it means, for those who set it."""
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """All limits of a server; the meaning of each is with it, and shown by `serve --help`."""

    seconds: float = limit(20.0, "seconds that a query may take")
    quick: float = limit(0.25, "seconds after which a query counts as heavy and begins again")
    workers: int = limit(2, "heavy queries that are answered at once")
    quick_workers: int = limit(4, "light queries that are answered at once")
    memory: int = limit(1 * GIB, "bytes that a query may have besides the data")
    rows: int = limit(
        2_000_000, "rows or triples of an answer; one that has more is cut, and says so"
    )
    answer: int = limit(512 * MIB, "bytes of an answer; a longer one is cut and says so")
    spool: int = limit(2 * GIB, "bytes of all long answers that are being fetched")
    waiting: int = limit(64, "heavy queries that wait for their turn")
    patience: float = limit(10.0, "seconds that a query waits for its turn")
    client: int = limit(32, "heavy queries that one client may have answered or waiting at once")
    query: int = limit(1_000_000, "characters of a query")
    depth: int = limit(60, "brackets inside one another in a query")
    optionals: int = limit(100, "OPTIONALs of a query")
    unions: int = limit(500, "UNIONs and MINUSes of a query")
    paths: int = limit(150, "path operators of a query")
    operators: int = limit(1000, "operators of a query's expressions")
    address: int = limit(64 * KIB, "bytes of a request's address")
    header: int = limit(8 * KIB, "bytes of one header of a request")
    headers: int = limit(32 * KIB, "bytes of all headers of a request")
    body: int = limit(16 * MIB, "bytes of a request's body")
    idle: float = limit(20.0, "seconds in which a client must send or take something")
    connections: int = limit(2000, "connections that are open at once")

    @property
    def nesting(self) -> Nesting:
        """Return the limits on what nests in a query."""
        names = (one.name for one in fields(Nesting))
        return Nesting(**{name: getattr(self, name) for name in names})


def with_settings(settings: Iterable[str], limits: Limits = Limits()) -> Limits:
    """Return limits changed by settings such as `seconds=60` and `memory=2G`.

    Raises UsageError for an unknown limit, or a value that is none.
    """
    changes: dict[str, Any] = {}
    for setting in settings:
        name, _, value = setting.partition("=")
        changes[name] = value_of(name, value)
    return replace(limits, **changes)


def value_of(name: str, text: str) -> float:
    """Return the value of a limit; `k`, `M` and `G` stand for 1024 and its powers.

    Raises UsageError for an unknown limit, or a value that is none.
    """
    known = {one.name: one.default for one in fields(Limits)}
    if name not in known:
        raise UsageError(f"There is no limit {name!r}. Known: {', '.join(known)}.")
    size = SIZE.fullmatch(text.strip())
    number = float(size["number"]) * UNITS[size["unit"].lower()] if size else 0.0
    is_whole = isinstance(known[name], int)
    if number <= 0 or (is_whole and number != int(number)):
        kind = (
            "a whole number over 0, as 500 or 64M" if is_whole else "seconds over 0, as 20 or 0.5"
        )
        raise UsageError(f"{setting_of(name, text)} is no limit. Give {kind}.")
    return int(number) if is_whole else number


def setting_of(name: str, value: object) -> str:
    """Return how a limit is written where it is set."""
    return f"{name}={value}"


def table() -> str:
    """Return all limits with their defaults and meanings, one per line."""
    rows = [(setting_of(one.name, readable(one.default)), one) for one in fields(Limits)]
    width = max(len(text) for text, _ in rows)
    return "\n".join(f"  {text:{width}}  {one.metadata['meaning']}" for text, one in rows)


def readable(value: object) -> str:
    """Return a limit as it would be set: 1G for 1073741824."""
    if isinstance(value, int):
        for unit in ("g", "m", "k"):
            if value >= UNITS[unit] and value % UNITS[unit] == 0:
                return f"{value // UNITS[unit]}{unit.upper() if unit != 'k' else unit}"
    return f"{value:g}" if isinstance(value, float) else str(value)
