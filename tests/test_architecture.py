"""The modules are layers: each imports those above it, never its own row or a lower one."""

from __future__ import annotations

import ast
from pathlib import Path

import visidaerah

PACKAGE = Path(visidaerah.__file__).parent
ROWS = (
    ("errors", "vocabulary", "assets", "spans", "confinement", "spool"),
    ("batches", "locks", "naming", "readers"),
    ("bombs", "documents", "regions", "queries", "names", "formats", "screening"),
    ("blocks", "limits", "marker", "measures", "mistakes", "slices", "sources", "spelling"),
    ("statements", "sectors"),
    ("elements", "inference"),
    ("answers", "quads", "records", "trig"),
    ("build", "doubts", "library", "outlines", "store"),
    ("adding", "checks", "loading"),
    ("trial",),
    ("web",),
    ("cli",),
)
ROW_OF = {name: row for row, names in enumerate(ROWS) for name in names}


def modules() -> list[Path]:
    found = sorted(PACKAGE.rglob("*.py"))
    assert len(found) > 20
    return found


def top_name(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_names(path: Path) -> set[str]:
    """Return the top-level modules of the package that a file imports, for types or at run time."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "visidaerah":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("visidaerah."):
            found.add((node.module or "").split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("visidaerah.")}
    return found - {"__version__"}


def test_every_module_has_its_row() -> None:
    present = {top_name(path) for path in modules()} - {"__init__", "__main__"}
    assert present == set(ROW_OF)


def test_a_module_imports_only_from_rows_above() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path in modules()
        if (own := top_name(path)) in ROW_OF
        for name in imported_names(path) - {own}
        if ROW_OF[name] >= ROW_OF[own]
    ]
    assert wrong == []


def test_meaning_is_pure() -> None:
    """Blocks, statements and sectors open no file and know no store."""
    pure = [p for p in modules() if top_name(p) in {"blocks", "statements", "sectors", "elements"}]
    assert pure
    calls = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "urlopen"}
    wrong = [
        f"{path.relative_to(PACKAGE)} calls {name}"
        for path in pure
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        if (name := getattr(node.func, "id", getattr(node.func, "attr", ""))) in calls
    ]
    assert wrong == []
