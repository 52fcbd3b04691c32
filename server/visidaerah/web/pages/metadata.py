"""A page's own description for machines: its data files, and the same in JSON-LD."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from visidaerah.formats import GRAPH_FORMATS, write_graph
from visidaerah.vocabulary import PROV
from visidaerah.web.urls import ONTOLOGY, data_of

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from visidaerah.web.pages.reader import Reader
    from visidaerah.web.site import Site

# JSON may hold these only inside strings, where an escape says the same; HTML must not see them.
INERT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


@dataclass(frozen=True, slots=True)
class Alternate:
    """The data of a page in a format."""

    href: str
    name: str
    media_type: str


def alternates(site: Site, node: NamedNode) -> tuple[Alternate, ...]:
    """Return where the data about a thing are, in each format."""
    return tuple(
        Alternate(data_of(node.value, form.name, site.base), form.title, form.media_type)
        for form in GRAPH_FORMATS.values()
    )


def ontology_alternates() -> tuple[Alternate, ...]:
    """Return where the ontology is, in each format."""
    return tuple(
        Alternate(f"/{ONTOLOGY}.{form.name}", form.title, form.media_type)
        for form in GRAPH_FORMATS.values()
    )


def embedded(reader: Reader, node: NamedNode) -> Markup:
    """Return what is said of a thing as JSON-LD that cannot end its script element."""
    told = [t for t in reader.store.triples(node) if t.predicate != PROV.value]
    return inert(json.loads(write_graph(told, "jsonld")))


def inert(content: object) -> Markup:
    """Return JSON that cannot end the script element that it stands in."""
    return Markup(json.dumps(content, ensure_ascii=False).translate(INERT))  # noqa: S704
