"""The generator of made-up plans, which tests and measurements are made on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from visidaerah.library import Library

GENERATOR = Path(__file__).parents[1] / "benchmarks" / "synthetic_plans.py"

pytestmark = pytest.mark.checkout


def generated(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(GENERATOR), str(folder), "--jobs", "1", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("synthetic") / "plans"
    assert generated(made, "--regions", "3", "--periods", "2").returncode == 0
    return made


def test_each_region_has_a_plan_for_each_period(folder: Path) -> None:
    slugs = Library(folder).slugs()
    assert len(slugs) == 6
    assert len({slug.rpartition("-")[0] for slug in slugs}) == 3


def test_every_plan_says_that_it_is_synthetic(folder: Path) -> None:
    library = Library(folder)
    for slug in library.slugs():
        metadata = library.metadata(slug)
        assert slug.startswith("sintetis-")
        assert metadata
        assert metadata.title.startswith("[SINTETIS]")
        assert "synthetic" in library.graph(slug).read_text(encoding="utf-8").casefold()
        assert "sintetis untuk pengujian" in (library.text(slug) or "")


def test_the_same_seed_makes_the_same_plans(folder: Path, tmp_path: Path) -> None:
    generated(tmp_path / "again", "--regions", "3", "--periods", "2")
    generated(tmp_path / "other", "--regions", "3", "--periods", "2", "--seed", "2")
    graphs = [graph.read_bytes() for graph in Library(folder).graphs()]
    assert graphs == [graph.read_bytes() for graph in Library(tmp_path / "again").graphs()]
    assert graphs != [graph.read_bytes() for graph in Library(tmp_path / "other").graphs()]


def test_a_folder_that_exists_is_not_touched(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    refused = generated(folder)
    assert refused.returncode == 1
    assert "exists" in refused.stderr
    assert sorted(folder.rglob("*")) == before
