"""Statements of any number that look like plans, the same for the same number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BASE = "https://example.org/synthetic/"
A = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
INTEGER = "<http://www.w3.org/2001/XMLSchema#integer>"
EACH = 10
"""Statements about each thing."""

BATCH = 10_000


def write_statements(path: Path, number: int) -> None:
    """Write N-Triples."""
    with path.open("w", encoding="ascii") as stream:
        for first in range(0, number // EACH, BATCH):
            last = min(first + BATCH, number // EACH)
            stream.write("".join(map(about, range(first, last))))


def thing(number: int) -> str:
    """Return the IRI of a thing."""
    return f"{BASE}mission/{number}"


def about(number: int) -> str:
    """Return the statements about a thing, one per line."""
    return "".join(f"<{thing(number)}> {rest} .\n" for rest in facts(number))


def facts(number: int) -> Iterator[str]:
    """Yield predicates with objects."""
    yield f"{A} <{BASE}Mission>"
    yield f'{LABEL} "Meningkatkan akses pendidikan nomor {number}"@id'
    yield f'{LABEL} "Improving access to education, number {number}"@en'
    yield f"<{BASE}plan> <{BASE}plan/{number // 50}>"
    yield f"<{BASE}next> <{thing(number + 1)}>"
    yield f"<{BASE}region> <{BASE}region/{number * 7919 % 552}>"
    yield f"<{BASE}sector> <{BASE}sector/{number * 31 % 25}>"
    yield f'<{BASE}order> "{number % 50}"^^{INTEGER}'
    yield f'<{BASE}year> "{2015 + number % 3 * 5}"^^{INTEGER}'
    yield f'<{BASE}text> "Misi ke-{number} dari naskah sintetis"'
