"""Reads every text of a folder as `extract` does, writes the records, and says how fast it went.

    python benchmarks/score_folder.py TEXTS PREDICTIONS

One `NAME.json` is written for each `NAME.txt`, for a scorer that compares them with what careful
readers found.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from visidaerah.build import read, shipped_knowledge
from visidaerah.documents import read_file
from visidaerah.errors import VisidaerahError
from visidaerah.records import to_record
from visidaerah.sectors import reported_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visidaerah.documents import Document


def write_records(documents: Sequence[Document], target: Path) -> float:
    """Write the record of each document, and return the processor seconds that reading took."""
    knowledge = shipped_knowledge()
    names = reported_names(knowledge.scheme)
    started = time.process_time()
    readings = [read(document, knowledge) for document in documents]
    seconds = time.process_time() - started
    for reading in readings:
        record = to_record(reading.document, reading.plan, reading.judgements, names)
        content = json.dumps(record, ensure_ascii=False, indent=1)
        (target / f"{reading.document.slug}.json").write_text(content, encoding="utf-8")
    return seconds


def main(arguments: Sequence[str] | None = None) -> int:
    """Read a folder and report; 1 where it holds no text or one that cannot be read."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("texts", type=Path, help="folder of NAME.txt")
    parser.add_argument("predictions", type=Path, help="folder for NAME.json, made if missing")
    options = parser.parse_args(arguments)
    files = sorted(options.texts.glob("*.txt"))
    if not files:
        sys.stderr.write(f"{options.texts} holds no .txt file.\n")
        return 1
    options.predictions.mkdir(parents=True, exist_ok=True)
    try:
        seconds = write_records([read_file(file) for file in files], options.predictions)
    except VisidaerahError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    rate = len(files) / max(seconds, 1e-9)
    sys.stdout.write(f"{len(files)} texts, {seconds:.2f} s, {rate:.0f} texts a second\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
