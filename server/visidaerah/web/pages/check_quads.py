"""A program: reads N-Quads, holds them to the rules, and writes the report as JSON."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict

import pyoxigraph as ox

from visidaerah.checks import check
from visidaerah.confinement import end_with_parent
from visidaerah.store import knowledge_quads
from visidaerah.vocabulary import ONTOLOGY


def main() -> None:
    """Check what is on standard input, behind whatever else the machine has to do."""
    end_with_parent()
    if hasattr(os, "nice"):
        os.nice(15)
    given = list(ox.parse(sys.stdin.buffer.read(), format=ox.RdfFormat.N_QUADS))
    has_ontology = any(quad.subject == ox.NamedNode(ONTOLOGY) for quad in given)
    quads = given if has_ontology else [*knowledge_quads(), *given]
    json.dump(asdict(check(quads, reasoner=False)), sys.stdout)


if __name__ == "__main__":
    main()
