"""Every IRI the code writes, once.

Names are those of the ontology (`ontology/`) and of the W3C vocabularies it reuses.
"""

from __future__ import annotations

from pyoxigraph import NamedNode

BASE = "https://w3id.org/visidaerah/"
ONTOLOGY = BASE + "ontology"

PREFIXES: dict[str, str] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vd": ONTOLOGY + "#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


class Namespace:
    """The terms of a vocabulary: `VD.hasVision`, or `VD["hasVision"]`; each is made once."""

    def __init__(self, iri: str) -> None:
        self.iri = iri

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__"):
            raise AttributeError(name)
        term = self.__dict__[name] = NamedNode(self.iri + name)
        return term

    def __getitem__(self, name: str) -> NamedNode:
        return NamedNode(self.iri + name)


DCAT = Namespace(PREFIXES["dcat"])
DCT = Namespace(PREFIXES["dct"])
FOAF = Namespace(PREFIXES["foaf"])
OA = Namespace(PREFIXES["oa"])
ORG = Namespace(PREFIXES["org"])
OWL = Namespace(PREFIXES["owl"])
PROV = Namespace(PREFIXES["prov"])
RDF = Namespace(PREFIXES["rdf"])
RDFS = Namespace(PREFIXES["rdfs"])
SD = Namespace(PREFIXES["sd"])
SKOS = Namespace(PREFIXES["skos"])
SPDX = Namespace(PREFIXES["spdx"])
VD = Namespace(PREFIXES["vd"])
VOID = Namespace(PREFIXES["void"])
XSD = Namespace(PREFIXES["xsd"])
