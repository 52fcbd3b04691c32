"""An address of every kind of page, of the shipped release."""

from __future__ import annotations

PLAN = "/page/plan/kota-metro"
BOTH = "plan=kota-metro&plan=kota-magelang-2016"
HEALTH = "https://w3id.org/visidaerah/id/sector/1.02"

KINDS = (
    "/",
    "/plans",
    "/plans?q=metro",
    "/sectors",
    f"/statements?plan=kota-metro&sector={HEALTH}",
    "/compare",
    f"/compare?{BOTH}",
    "/compare?count=missions",
    "/quality",
    "/questions",
    "/questions/what-are-the-missions-of-metro",
    "/questions/which-missions-concern-education",
    "/search",
    "/search?q=sehat",
    "/search?q=tidak-ada-kata-begini",
    "/sparql",
    "/sparql?query=SELECT%20*%20%7B?s%20?p%20?o%7D%20LIMIT%2020",
    "/sparql?query=ASK%20%7B%7D",
    f"/sparql?query=DESCRIBE%20%3C{HEALTH}%3E",
    "/sparql?query=SELECT%20oops",
    "/try",
    "/data",
    "/ontology",
    PLAN,
    f"{PLAN}?facts",
    f"{PLAN}/vision",
    f"{PLAN}/pillar/1",
    f"{PLAN}/mission/1",
    f"{PLAN}/period",
    "/page/document/kota-metro",
    "/page/document/kota-magelang-2016",
    "/page/region/33.71",
    "/page/sector/1.02",
    "/page/theme/agama",
    "/page/scheme/urusan",
    "/page?iri=https://w3id.org/visidaerah/ontology%23Mission",
    "/none",
)

ERRORS = ("/sparql?query=SELECT%20oops", "/none")
"""Those of the kinds that tell of a mistake."""
