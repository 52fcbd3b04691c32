"""What is known of a release on disk without looking at it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from visidaerah.errors import DatasetError

if TYPE_CHECKING:
    from pathlib import Path

MARKER = "visidaerah-store.json"
"""The file by which a folder is known to hold a release; it is written last."""

QUADS = "quads"
"""The folder in it that is the engine's own."""

FORM = 1
"""The form of marker and folder; another one has to be loaded again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A release on disk: `version` is of what was loaded, `engine` by which library it was.

    `triples` counts those of the merged graph; `has_own_default` tells whether some were in no
    named graph when they came. `measured` are answers of queries about the whole (JSON).
    """

    version: str
    engine: str
    triples: int
    has_own_default: bool
    measured: dict[str, str]
    form: int = FORM


def read_marker(folder: Path) -> Marker:
    """Return what is known of a release in a folder.

    Raises DatasetError where the folder has none, or one of another form.
    """
    again = f"Load it again: visidaerah load SOURCE --to {folder} --force"
    try:
        said = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DatasetError(f"{folder} holds no release: {error}. {again}") from error
    if not isinstance(said, dict) or said.get("form") != FORM:
        raise DatasetError(f"The release in {folder} was loaded by another version. {again}")
    try:
        return Marker(**said)
    except TypeError as error:
        raise DatasetError(f"{folder / MARKER} was changed by hand: {error}. {again}") from error


def write_marker(folder: Path, marker: Marker) -> None:
    """Write what is known of a release into its folder.

    Raises OSError where that cannot be done.
    """
    text = json.dumps(asdict(marker), ensure_ascii=False, indent=1) + "\n"
    (folder / MARKER).write_text(text, encoding="utf-8")
