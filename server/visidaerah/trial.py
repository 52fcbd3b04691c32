"""Trials: a text of anyone's is read as `add` reads it, in a confined process; nothing is kept.

Run as a program it takes a line of JSON and the file's bytes, and writes JSON: a `Trial`, or
`{"refused": "…"}` where the file cannot be read.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import PurePath
from typing import Any, Self

from visidaerah.adding import suggested_slug
from visidaerah.build import Knowledge, graphs_of, read, shipped_knowledge
from visidaerah.confinement import Confines, Outcome, confine, run_confined
from visidaerah.documents import Metadata, from_bytes
from visidaerah.errors import DocumentError
from visidaerah.formats import write_graph
from visidaerah.records import to_record
from visidaerah.sectors import reported_names

NAMELESS = "naskah"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What a reader brings: a file's name and bytes, and the code of the region if they said it."""

    name: str
    content: bytes
    region: str | None = None

    def to_bytes(self) -> bytes:
        """Return it as the program reads it."""
        head = json.dumps({"name": self.name, "region": self.region})
        return head.encode() + b"\n" + self.content

    @classmethod
    def from_bytes(cls, sent: bytes) -> Self:
        """Return what the program was sent."""
        head, _, content = sent.partition(b"\n")
        return cls(content=content, **json.loads(head))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a text states: as N-Quads and Turtle, and as the record of `extract`.

    `remarks` tell what was guessed, repaired or left out in reading the file.
    """

    slug: str
    quads: str
    turtle: str
    record: dict[str, Any]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that cannot be read, in a sentence with the remedy."""

    sentence: str


def attempt(given: Attempt, knowledge: Knowledge) -> Trial:
    """Read what a reader brings; mojibake is made good.

    Raises DocumentError where the file cannot be read or the region does not exist.
    """
    title = " ".join(PurePath(given.name).stem.split()) or NAMELESS
    metadata = Metadata(title=title, region=given.region)
    document = from_bytes(given.content, NAMELESS, metadata, given.name, repair=True)
    draft = read(document, knowledge)
    slug = suggested_slug(draft, given.name)
    reading = replace(draft, document=replace(document, slug=slug))
    quads = list(graphs_of(reading, knowledge))
    return Trial(
        slug=slug,
        quads=write_graph(quads, "nq").decode(),
        turtle=write_graph(quads, "ttl").decode(),
        record=to_record(
            reading.document, reading.plan, reading.judgements, reported_names(knowledge.scheme)
        ),
        remarks=document.source.remarks if document.source else (),
    )


def try_document(given: Attempt, confines: Confines) -> Trial | Refusal | Outcome:
    """Read what a reader brings in a confined process.

    Returns the outcome of the process where that did not end well.
    """
    ended = run_confined("visidaerah.trial", given.to_bytes(), confines)
    if ended.ending != "done":
        return ended
    try:
        said = json.loads(ended.answer)
        if "refused" in said:
            return Refusal(str(said["refused"]))
        return Trial(**said | {"remarks": tuple(said["remarks"])})
    except (ValueError, TypeError, KeyError):
        return Outcome("lost")


def main() -> None:
    """Read the attempt from standard input, and write what became of it."""
    knowledge = shipped_knowledge()
    confine(Confines(**json.loads(sys.argv[1])))
    given = Attempt.from_bytes(sys.stdin.buffer.read())
    try:
        said = asdict(attempt(given, knowledge))
    except DocumentError as error:
        said = {"refused": str(error)}
    sys.stdout.buffer.write(json.dumps(said).encode())


if __name__ == "__main__":
    main()
