"""Small releases for tests of the store and of the web application."""

from __future__ import annotations

import pyoxigraph as ox

from visidaerah.store import Store

PREFIXES = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix vd: <https://w3id.org/visidaerah/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://example.org/> .
@base <https://w3id.org/visidaerah/> .
"""

OWN = (
    PREFIXES
    + """
<graph/ontology> {
  <ontology> a owl:Ontology ; owl:versionIRI <ontology/0.1.0> ;
    dct:modified "2026-11-21"^^xsd:date .
  <ontology/module> a owl:Ontology .
  vd:Pillar a owl:Class ; rdfs:label "pokok visi"@id , "vision pillar"@en .
  vd:hasPillar a owl:ObjectProperty .
  vd:position a owl:DatatypeProperty ; rdfs:range xsd:integer .
}
<graph/document/x> {
  <id/plan/x> a vd:DevelopmentPlan ; rdfs:label "Rencana X"@id ;
    vd:hasPillar <id/plan/x/pillar/1> ; vd:hasPeriod <id/plan/x/period> ;
    vd:coversRegion <id/region/33.71> .
  <id/plan/x/period> a vd:PlanPeriod ; vd:startYear "2016"^^xsd:gYear ;
    vd:endYear "2021"^^xsd:gYear .
  <id/plan/x/pillar/1> a vd:Pillar ; rdfs:label "Kota “Cerdas” </script><script>"@id ;
    vd:position 1 ; vd:statedIn <id/document/x#char=3,9> .
  <id/document/x> a vd:SourceText ; vd:reports <id/plan/x> ; prov:value "Visi: kota."@id .
  <id/document/x#char=3,9> a vd:TextSpan ; oa:hasSource <id/document/x> .
  <id/region/33.71> rdfs:label "Kota Magelang" .
}
<graph/inferred> {
  <id/plan/x> a vd:PlanElement ; vd:hasElement <id/plan/x/pillar/1> ;
    vd:hasPillar <id/plan/x/pillar/1> .
}
<graph/provenance> { <graph/document/x> prov:wasDerivedFrom <id/document/x> . }
"""
)

TWO_GRAPHS = (
    PREFIXES
    + """
ex:d ex:p "default" .
ex:g1 { ex:a ex:p "one" . ex:shared ex:p "both" . }
ex:g2 { ex:a ex:p "two" . ex:shared ex:p "both" . }
"""
)


def release(trig: str) -> Store:
    """Return the release that some TriG makes."""
    return Store.from_quads(ox.parse(trig, format=ox.RdfFormat.TRIG))
