"""Reads every document of a folder as `extract` does, says how fast, and how well if that is known.

    python benchmarks/score_folder.py TEXTS PREDICTIONS [--gold GOLD --scorer SCORE.py]

One `NAME.json` is written for each document. The scorer is a program that is called as
`SCORE.py --pred PREDICTIONS --texts TEXTS --gold GOLD --split all`, and compares them with what
careful readers found.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from visidaerah.build import read, shipped_knowledge
from visidaerah.documents import read_file
from visidaerah.errors import DocumentError
from visidaerah.records import to_record
from visidaerah.sectors import reported_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from visidaerah.build import Knowledge


def main(arguments: Sequence[str] | None = None) -> int:
    """Read a folder and report; 1 where it holds no document, or one that cannot be read."""
    options = _parser().parse_args(arguments)
    files = sorted(f for f in options.texts.iterdir() if f.is_file() and f.name[0] != ".")
    options.predictions.mkdir(parents=True, exist_ok=True)
    failures = write_records(files, options.predictions)
    sys.stdout.flush()
    if options.scorer:
        subprocess.run(_scoring(options), check=True)  # noqa: S603 (the scorer the person names)
    return 1 if failures or not files else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("texts", type=Path, help="folder of documents")
    parser.add_argument("predictions", type=Path, help="folder for NAME.json, made if missing")
    parser.add_argument("--gold", type=Path, help="folder of what careful readers found")
    parser.add_argument("--scorer", type=Path, help="program that compares the two")
    return parser


def write_records(files: Iterable[Path], target: Path) -> int:
    """Write the record of each document, print the speed, and return how many failed."""
    knowledge = shipped_knowledge()
    words = reported_names(knowledge.scheme)
    started, done, failed = time.process_time(), 0, 0
    for file in files:
        try:
            content = record_of(file, knowledge, words)
        except DocumentError as error:
            sys.stderr.write(f"{error}\n")
            failed += 1
            continue
        (target / f"{file.stem}.json").write_bytes(content)
        done += 1
    seconds = time.process_time() - started
    rate = done / max(seconds, 1e-9)
    sys.stdout.write(f"{done} documents, {seconds:.2f} s: {rate:.0f} a second on a core\n")
    return failed


def record_of(file: Path, knowledge: Knowledge, words: Mapping[str, str]) -> bytes:
    """Return what `extract` prints of a file.

    Raises DocumentError where it cannot be read.
    """
    document = read_file(file)
    reading = read(document, knowledge)
    record = to_record(document, reading.plan, reading.judgements, words)
    return json.dumps(record, ensure_ascii=False, indent=1).encode()


def _scoring(options: argparse.Namespace) -> list[str]:
    folders = {"--pred": options.predictions, "--texts": options.texts, "--gold": options.gold}
    given = [text for name, path in folders.items() if path for text in (name, str(path))]
    return [sys.executable, str(options.scorer), *given, "--split", "all"]


if __name__ == "__main__":
    sys.exit(main())
