"""Queries about the whole of a release, each asked once: they are what VoID counts."""

from __future__ import annotations

from visidaerah.vocabulary import VOID

COUNTS = {
    VOID.distinctSubjects: "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    VOID.distinctObjects: "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
    VOID.properties: "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    VOID.classes: "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
    VOID.entities: "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c FILTER(isIRI(?s)) }",
}
BY_CLASS = "SELECT ?of (COUNT(DISTINCT ?s) AS ?n) { ?s a ?of } GROUP BY ?of"
BY_PROPERTY = "SELECT ?of (COUNT(*) AS ?n) { ?s ?of ?o } GROUP BY ?of"
BY_GRAPH = "SELECT ?of (COUNT(*) AS ?n) { GRAPH ?of { ?s ?p ?o } } GROUP BY ?of"

MEASURES = (*COUNTS.values(), BY_CLASS, BY_PROPERTY, BY_GRAPH)
