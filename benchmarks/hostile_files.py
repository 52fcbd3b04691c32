"""Files that could stop who reads them, each given to `visidaerah load` by itself."""

# ruff: noqa: E501 (a file is read on one line)

from __future__ import annotations

import gzip
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MEMORY = 3 << 30
"""Bytes of address space that reading a file may take."""

SECONDS = 90
"""Seconds that reading a file may take."""

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x:"'
STATEMENT = b"<urn:s> <urn:p> <urn:o> .\n"

READ, BROKEN = "read", "refused"


@dataclass(frozen=True, slots=True)
class HostileFile:
    """A file: its name, extension, content, and whether it may be `read` or must be `refused`."""

    name: str
    extension: str
    content: Callable[[], bytes]
    ending: str | None = None


def entity_bomb() -> bytes:
    """Return XML whose entities grow without end."""
    entities = '<!ENTITY a0 "lol">' + "".join(
        f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12)
    )
    text = f"<!DOCTYPE r [{entities}]><rdf:RDF {RDF}><rdf:Description><x:p>&a12;</x:p>"
    return f"{text}</rdf:Description></rdf:RDF>".encode()


def outer_entity() -> bytes:
    """Return XML with an entity that is a file of the machine."""
    text = '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    return (
        f"{text}<rdf:RDF {RDF}><rdf:Description><x:p>&e;</x:p></rdf:Description></rdf:RDF>".encode()
    )


def deep_xml() -> bytes:
    """Return deep RDF/XML."""
    opened, closed = "<rdf:Description><x:p>", "</x:p></rdf:Description>"
    return f"<rdf:RDF {RDF}>{opened * 50_000}{closed * 50_000}</rdf:RDF>".encode()


def gzip_bomb() -> bytes:
    """Return a file of some hundred thousand bytes that is 128 MB of blank lines."""
    return gzip.compress(b"\n" * (1 << 27), 9)


def long_literal(size: int) -> bytes:
    """Return a statement with a literal of so many bytes, compressed."""
    return gzip.compress(b'<a:s> <a:p> "' + b"x" * size + b'" .\n', 1)


FILES = (
    HostileFile("JSON-LD 3,300 deep", "jsonld", lambda: b'{"urn:p":' * 3300 + b"1" + b"}" * 3300),
    HostileFile("JSON-LD 100,000 lists", "jsonld", lambda: b"[" * 100_000, BROKEN),
    HostileFile("JSON-LD with a context elsewhere", "jsonld",
                lambda: b'{"@context": "http://127.0.0.1:9/c", "a": 1}', BROKEN),
    HostileFile("entities that grow", "rdf", entity_bomb, BROKEN),
    HostileFile("an entity that is a file", "rdf", outer_entity, BROKEN),
    HostileFile("RDF/XML 50,000 deep", "rdf", deep_xml),
    HostileFile("RDF/XML that ends early", "rdf", f"<rdf:RDF {RDF}><rdf:De".encode, BROKEN),
    HostileFile("a bomb of 128 MB in gzip", "nt.gz", gzip_bomb),
    HostileFile("a literal of 300 MB in gzip", "nt.gz", lambda: long_literal(300 << 20)),
    HostileFile("gzip that is none", "nt.gz", lambda: STATEMENT, BROKEN),
    HostileFile("gzip that ends early", "nt.gz", lambda: gzip.compress(STATEMENT * 9999)[:60], BROKEN),
    HostileFile("Turtle with 200,000 brackets", "ttl", lambda: b"<a:s> <a:p> " + b"[ <a:p> " * 200_000, BROKEN),
    HostileFile("Turtle with 200,000 lists", "ttl", lambda: b"<a:s> <a:p> " + b"(" * 200_000, BROKEN),
    HostileFile("TriG with a graph that stays open", "trig", lambda: b"<a:g> { <a:s> <a:p> 1", BROKEN),
    HostileFile("Turtle with a broken line", "ttl", lambda: b"<a:s> <a:p> .\n", BROKEN),
    HostileFile("Turtle that is a picture", "ttl", lambda: bytes(range(256)) * 1000, BROKEN),
    HostileFile("Turtle with NUL", "ttl", lambda: b"<a:s> <a:p> \x00 .", BROKEN),
    HostileFile("Turtle in UTF-16", "ttl", lambda: "<a:s> <a:p> 1 .".encode("utf-16"), BROKEN),
    HostileFile("N-Quads with a lone surrogate", "nq", lambda: b'<a:s> <a:p> "\\uD800" .\n', BROKEN),
    HostileFile("IRIs with spaces", "nt", lambda: b"<a b> <a:p> <a:o> .\n", BROKEN),
    HostileFile("a line of 50 MB without end", "nt", lambda: b"<a:" + b"x" * (50 << 20), BROKEN),
    HostileFile("100,000 prefixes", "ttl",
                lambda: b"".join(b"@prefix p%d: <a:%d> .\n" % (n, n) for n in range(100_000)), READ),
    HostileFile("an empty file", "ttl", lambda: b"", READ),
    HostileFile("a mark of byte order", "ttl", lambda: b"\xef\xbb\xbf<a:s> <a:p> 1 .", None),
    HostileFile("50,000 graphs", "nq",
                lambda: b"".join(b"<a:s> <a:p> <a:o> <a:g%d> .\n" % n for n in range(50_000)), READ),
)  # fmt: skip


def tried(file: HostileFile, folder: Path) -> tuple[str, float, str, str]:
    """Load a file; return how it ended, after how many seconds, its words, and what is wrong."""
    path, release = folder / f"hostile.{file.extension}", folder / "hostile.release"
    path.write_bytes(file.content())
    command = [sys.executable, "-m", "visidaerah", "load", "--force", "--to", str(release)]
    started = time.monotonic()
    try:
        done = subprocess.run(  # noqa: S603 (our own program)
            [*command, str(path)],
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
            preexec_fn=limit_memory,
        )
    except subprocess.TimeoutExpired:
        return "late", time.monotonic() - started, "", f"took over {SECONDS} s"
    finally:
        path.unlink()
    ending = {0: READ, 1: BROKEN, 2: BROKEN}.get(done.returncode, f"{done.returncode}")
    words = done.stderr.strip().replace(str(folder), "")
    return ending, time.monotonic() - started, last_line(words), fault_of(file, ending, words)


def limit_memory() -> None:
    """Limit the address space of this process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def last_line(words: str) -> str:
    """Return the last line of what was said."""
    return words.rpartition("\n")[2][:160]


def fault_of(file: HostileFile, ending: str, words: str) -> str:
    """Return what is wrong with how a file was read."""
    if ending not in {READ, BROKEN}:
        return f"ended with {ending}: {last_line(words)}"
    if "Traceback" in words:
        return f"a traceback: {last_line(words)}"
    return f"expected to be {file.ending}" if file.ending not in {None, ending} else ""
