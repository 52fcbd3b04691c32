"""The query behind a page, written so that it can be copied to any endpoint."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from visidaerah.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import NamedNode

READ_FROM = """\
SELECT ?source ?start ?end ?relation ?thing WHERE {
  ?span oa:hasSource ?source ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end .
  ?thing ?relation ?span .
}
ORDER BY ?start ?end"""
"""Which things were read from which characters of a source text."""

_PREFIXED = re.compile(r"(?<![\w<:/?$])([a-z]+):[A-Za-z]")


def standing_alone(query: str) -> str:
    """Return a query of ours with the declarations of the prefixes that it uses."""
    used = set(_PREFIXED.findall(query))
    declared = [f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items() if name in used]
    return "\n".join([*declared, "", query.strip()])


def about(query: str, things: Mapping[str, NamedNode]) -> str:
    """Return a query of ours, standing alone, that is only about things that variables name.

    The values stand at the beginning of the first WHERE.
    """
    values = "".join(f"  VALUES ?{name} {{ {node} }}\n" for name, node in things.items())
    return standing_alone(query.replace("WHERE {\n", f"WHERE {{\n{values}", 1))
