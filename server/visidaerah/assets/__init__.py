"""Where the shipped ontology, data and queries are, in a wheel and in an editable install alike."""

from __future__ import annotations

from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

# Importing a subpackage sets its name here; doing so first lets the functions have the names.
for _name in ("ontology", "data", "queries"):
    import_module(f"{__name__}.{_name}")


def ontology() -> Traversable:
    """Return the folder of the ontology: `*.ttl`."""
    return files("visidaerah.assets.ontology")


def data() -> Traversable:
    """Return the folder of the data: `regions.ttl`, `documents/{slug}/`, `graph/{slug}.trig`."""
    return files("visidaerah.assets.data")


def queries() -> Traversable:
    """Return the folder of the saved queries: `*.rq`, `checks/*.rq`."""
    return files("visidaerah.assets.queries")
