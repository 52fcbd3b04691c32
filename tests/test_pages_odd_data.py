"""Data that break the model's rules are shown as far as they go, and never fail a page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from pyoxigraph import NamedNode

from pages_site import Visitor
from visidaerah.assets import ontology
from visidaerah.store import Store
from visidaerah.web import create_app

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = sorted(str(shape) for shape in (ontology() / "examples").iterdir() if shape.is_dir())


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 20


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.rpartition("/")[2])
def test_every_thing_of_an_example_that_breaks_a_rule_has_a_page(
    folder: str, tmp_path: Path
) -> None:
    shape = folder.rpartition("/")[2]
    copy = tmp_path / "example.ttl"
    copy.write_bytes((ontology() / "examples" / shape / "fail.ttl").read_bytes())
    store = Store.from_path(copy)
    visitor = Visitor(create_app(store).test_client())
    things = {t.subject.value for t in store.triples() if isinstance(t.subject, NamedNode)}
    assert things
    for thing in sorted(things):
        page = visitor.see(f"/page?iri={quote(thing, safe='')}")
        assert page.problems == []
        assert [link.text for link in page.all("a") if link["href"] in {"", "None"}] == []
    for address in ("/", "/plans", "/sectors", "/search?q=kota"):
        assert visitor.see(address).one("h1").text
