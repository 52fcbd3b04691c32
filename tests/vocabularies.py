"""The terms of the vocabularies that the project reuses, to catch a misspelt one."""

from __future__ import annotations

from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SH, SKOS, VANN, XSD

CLOSED = (DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SH, SKOS, VANN, XSD)
"""Vocabularies that rdflib lists completely."""

LISTED = {
    "http://www.w3.org/ns/oa#": [
        "Annotation",
        "Choice",
        "CssSelector",
        "CssStyle",
        "DataPositionSelector",
        "Direction",
        "FragmentSelector",
        "HttpRequestState",
        "Motivation",
        "RangeSelector",
        "ResourceSelection",
        "Selector",
        "SpecificResource",
        "State",
        "Style",
        "SvgSelector",
        "TextPositionSelector",
        "TextQuoteSelector",
        "TextualBody",
        "TimeState",
        "XPathSelector",
        "annotationService",
        "bodyValue",
        "cachedSource",
        "canonical",
        "end",
        "exact",
        "hasBody",
        "hasEndSelector",
        "hasPurpose",
        "hasScope",
        "hasSelector",
        "hasSource",
        "hasStartSelector",
        "hasState",
        "hasTarget",
        "motivatedBy",
        "prefix",
        "processingLanguage",
        "refinedBy",
        "renderedVia",
        "sourceDate",
        "sourceDateEnd",
        "sourceDateStart",
        "start",
        "styleClass",
        "styledBy",
        "suffix",
        "textDirection",
        "via",
        "assessing",
        "bookmarking",
        "classifying",
        "commenting",
        "describing",
        "editing",
        "highlighting",
        "identifying",
        "linking",
        "moderating",
        "questioning",
        "replying",
        "tagging",
        "PreferContainedDescriptions",
        "PreferContainedIRIs",
        "ltrDirection",
        "rtlDirection",
    ],
    "http://purl.org/ontology/bibo/": ["status"],
    "http://purl.obolibrary.org/obo/": ["IAO_0000104"],
    "http://data.europa.eu/m8g/": ["PublicOrganisation"],
    "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#": [
        "Context",
        "OffsetBasedString",
    ],
    "http://www.opengis.net/ont/geosparql#": ["Feature"],
    "http://www.w3.org/2006/time#": ["ProperInterval"],
    "https://schema.org/": ["AdministrativeArea"],
    "https://w3id.org/semanticarts/ns/ontology/gist/": ["Intention"],
}
"""Vocabularies that rdflib lacks: the Web Annotation Vocabulary whole, of others what is used."""

KNOWN = frozenset(namespace + name for namespace, names in LISTED.items() for name in names)


def is_known(iri: str) -> bool:
    """Tell whether a reused vocabulary has the term."""
    return iri in KNOWN or any(iri in vocabulary for vocabulary in CLOSED)
