"""The query form with what its editor needs: the reader's words, and where the scripts are."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from visidaerah.web.pages import completion, mistake
from visidaerah.web.pages.frame import asset_path
from visidaerah.web.pages.trouble import REASONS

if TYPE_CHECKING:
    from visidaerah.web.pages.reader import Reader

WORDS = (
    "title",
    "label",
    "place",
    "mistake",
    "add",
    "running",
    "cancelled",
    "unreachable",
)
"""What the editor says in the reader's language, by the last name of the words."""

PHRASES = {
    "Completions": "editor.completions",
    "Diagnostics": "editor.diagnostics",
    "current match": "editor.current_match",
    "No diagnostics": "editor.no_diagnostics",
}
"""CodeMirror's own phrases by our words for them."""


@dataclass(frozen=True, slots=True)
class Editor:
    """What the form tells the scripts: `words` is JSON, the others are addresses."""

    words: str
    script: str
    completions: str = completion.PATH
    mistake: str = mistake.PATH


def editor_of(reader: Reader) -> Editor:
    """Return what the form tells the scripts in the reader's language."""
    words: dict[str, object] = {name: _raw(reader, f"editor.{name}") for name in WORDS}
    words["reasons"] = {reason: reader.t(name) for reason, name in REASONS.items()}
    words["phrases"] = {phrase: reader.t(name) for phrase, name in PHRASES.items()}
    # The server's own sentences are English.
    words["detailed"] = reader.language == "en"
    return Editor(json.dumps(words, ensure_ascii=False), asset_path("editor.js"))


def _raw(reader: Reader, name: str) -> str:
    """Return words whose gaps, such as `{line}`, the scripts fill."""
    return str(reader.t.words[name])
