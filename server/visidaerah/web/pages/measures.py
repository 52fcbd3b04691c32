"""What of a release is complete: each number with the query that counts it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from visidaerah.vocabulary import BASE
from visidaerah.web.pages.behind import standing_alone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from visidaerah.store import Store

COUNTABLES = f"""\
VALUES (?countable ?class) {{
    (<{BASE}id/countable/pillar> vd:Pillar)
    (<{BASE}id/countable/mission> vd:Mission)
    (<{BASE}id/countable/goal> vd:Goal)
    (<{BASE}id/countable/objective> vd:Objective)
  }}"""

DECLARED = f"""\
?plan a vd:DevelopmentPlan ; vd:declaresCount ?thing .
  ?thing vd:countOf ?countable ; vd:countValue ?declared .
  {COUNTABLES}"""

FOUND = """\
{ SELECT ?plan ?class (COUNT(DISTINCT ?element) AS ?found) WHERE {
    ?plan a vd:DevelopmentPlan ; vd:hasElement ?element .
    ?element a ?class .
  } GROUP BY ?plan ?class }"""

DIFFERING = f"""\
OPTIONAL {{ {FOUND} }}
  FILTER(?declared != COALESCE(?found, 0))"""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted: the things (`?thing`), and what those have that are as they should be.

    `otherwise` is what the others have; by default, not that.
    """

    name: str
    things: str
    condition: str
    otherwise: str | None = None

    @property
    def query(self) -> str:
        """The query that counts both."""
        return f"""\
SELECT ?all ?those WHERE {{
  {{ SELECT (COUNT(DISTINCT ?thing) AS ?all) WHERE {{
  {self.things}
  }} }}
  {{ SELECT (COUNT(DISTINCT ?thing) AS ?those) WHERE {{
  {self.things}
  {self.condition}
  }} }}
}}"""

    @property
    def missing(self) -> str:
        """The query that lists the others."""
        return f"""\
SELECT DISTINCT ?thing WHERE {{
  {self.things}
  {self.otherwise or f"FILTER NOT EXISTS {{ {self.condition} }}"}
}}
ORDER BY ?thing"""


STATEMENT = "?plan a vd:DevelopmentPlan ; vd:hasElement ?thing ."
MISSION = "?plan a vd:DevelopmentPlan ; vd:hasMission ?thing ."
PILLAR = "?plan a vd:DevelopmentPlan ; vd:hasElement ?thing . ?thing a vd:Pillar ."
JUDGEMENT = "?element vd:hasSectorAssignment ?thing ."

MEASURES: tuple[Measure, ...] = (
    Measure("source", "?thing a vd:DevelopmentPlan .", "?text vd:reports ?thing ."),
    Measure("vision", "?thing a vd:DevelopmentPlan .", "?thing vd:hasVision ?vision ."),
    Measure("missions", "?thing a vd:DevelopmentPlan .", "?thing vd:hasMission ?mission ."),
    Measure("places", STATEMENT, "?thing vd:statedIn ?span ."),
    Measure(
        "indonesian",
        STATEMENT,
        '?thing rdfs:label ?label . FILTER(LANGMATCHES(LANG(?label), "id"))',
    ),
    Measure(
        "english", STATEMENT, '?thing rdfs:label ?label . FILTER(LANGMATCHES(LANG(?label), "en"))'
    ),
    Measure("sectors", MISSION, "?thing vd:hasSectorAssignment ?judgement ."),
    Measure("contributions", PILLAR, "?mission vd:contributesTo ?thing ."),
    Measure("evidence", JUDGEMENT, "?thing vd:evidenceSpan ?span ."),
    Measure("counts", DECLARED, f"{FOUND}\n  FILTER(?declared = ?found)", DIFFERING),
    Measure(
        "covered",
        f"VALUES ?scheme {{ <{BASE}id/scheme/urusan> <{BASE}id/scheme/tema> }}\n"
        "  ?thing skos:inScheme ?scheme .\n"
        "  FILTER NOT EXISTS { ?narrower skos:broader ?thing }",
        "?judgement vd:assignedSector ?thing .",
    ),
)
"""What is measured, in the order in which it is told; messages `quality.NAME` say it."""

COLUMNS: dict[str, str] = {
    "pillars": f"""\
SELECT ?plan (COUNT(DISTINCT ?thing) AS ?number) WHERE {{
  {PILLAR}
}}
GROUP BY ?plan""",
    "missions": f"""\
SELECT ?plan (COUNT(DISTINCT ?thing) AS ?number) WHERE {{
  {MISSION}
}}
GROUP BY ?plan""",
    "without_sector": f"""\
SELECT ?plan (COUNT(DISTINCT ?thing) AS ?number) WHERE {{
  {MISSION}
  FILTER NOT EXISTS {{ ?thing vd:hasSectorAssignment ?judgement }}
}}
GROUP BY ?plan""",
    "without_place": f"""\
SELECT ?plan (COUNT(DISTINCT ?thing) AS ?number) WHERE {{
  {STATEMENT}
  FILTER NOT EXISTS {{ ?thing vd:statedIn ?span }}
}}
GROUP BY ?plan""",
    "differing": f"""\
SELECT ?plan (COUNT(DISTINCT ?thing) AS ?number) WHERE {{
  {DECLARED}
  {DIFFERING}
}}
GROUP BY ?plan""",
    "confidence": """\
SELECT ?plan (AVG(?confidence) AS ?number) WHERE {
  ?plan a vd:DevelopmentPlan ; vd:hasElement ?element .
  ?element vd:hasSectorAssignment ?judgement .
  ?judgement vd:confidence ?confidence .
}
GROUP BY ?plan""",
}
"""What is told of each plan: the query that finds the numbers of all plans."""

GAPS = ("without_sector", "without_place", "differing")
"""The columns that count what a person should look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How many things there are, how many are as they should be, and the queries behind that."""

    name: str
    all: int
    those: int
    query: str
    missing: str

    @property
    def percent(self) -> int:
        """The share of those, in hundredths, rounded down: 100 only where none is missing."""
        return 100 * self.those // self.all if self.all else 0


@dataclass(frozen=True, slots=True)
class Figures:
    """What is measured of a release, and by column what is known of each plan that has some."""

    measured: tuple[Measured, ...]
    columns: Mapping[str, Mapping[NamedNode, Decimal]]

    def gaps(self, plan: NamedNode) -> int:
        """Return how much of a plan a person should look at."""
        return sum(int(self.columns[name].get(plan, 0)) for name in GAPS)


def figures(store: Store) -> Figures:
    """Measure a release."""
    columns = {name: numbers(store, query) for name, query in COLUMNS.items()}
    return Figures(tuple(measured(store, one) for one in MEASURES), columns)


def measured(store: Store, measure: Measure) -> Measured:
    """Return what a measure counts in a release."""
    (row,) = store.select(measure.query)
    return Measured(
        name=measure.name,
        all=int(number(row["all"])),
        those=int(number(row["those"])),
        query=standing_alone(measure.query),
        missing=standing_alone(measure.missing),
    )


def numbers(store: Store, query: str) -> dict[NamedNode, Decimal]:
    """Return the number that a query finds for each plan."""
    rows = store.select(query)
    found = ((row.get("plan"), row.get("number")) for row in rows)
    return {plan: number(term) for plan, term in found if isinstance(plan, NamedNode) and term}


def number(term: object) -> Decimal:
    """Return the value of a number that a query has counted; of one without end, 0."""
    value = Decimal(term.value) if isinstance(term, Literal) else Decimal(0)
    return value if value.is_finite() else Decimal(0)
