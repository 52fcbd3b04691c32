"""Doubts: what a person should look at in a reading, each in a sentence with the remedy."""

from __future__ import annotations

import re
from textwrap import shorten
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from visidaerah import names
from visidaerah.vocabulary import RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Quad, Triple

    from visidaerah.documents import Document
    from visidaerah.quads import Reading
    from visidaerah.regions import Region

UNSURE = 0.7
"""Judgements that are published with less confidence than this are worth a look."""

USUAL_YEARS = (4, 5, 6, 20)
"""Lengths of the periods of regional plans (Law 25/2004, article 1), ends counted or not."""

ANNUAL_PLANS = frozenset({"RKPD", "RKPDes", "Renja"})
"""Plans for one year (Law 25/2004, article 1)."""

TYPE_WORDS = (
    *("provinsi", "gubernur", "pemprov"),
    *("kabupaten", "kab", "bupati", "pemkab"),
    *("kota", "kotamadya", "walikota", "pemkot"),
)
"""Words that, before a name, tell which of its namesakes a region is."""

SMALLER_BODIES = {"desa": "a village", "dinas": "an agency", "kecamatan": "a district"}


def is_empty(reading: Reading) -> bool:
    """Tell whether a text states no vision, pillar or mission."""
    return not (reading.plan.vision or reading.plan.pillars or reading.plan.missions)


def doubts_of(reading: Reading, regions: Iterable[Region] = ()) -> tuple[str, ...]:
    """Return what is missing, unsure, or differs from what the text declares.

    `regions` are all that are known: some share a name.
    """
    namesakes = _namesakes(reading, regions)
    of_region = _one_of(reading, namesakes) if namesakes else _region(reading)
    kinds = (_body, _other_visions, _counts, _untied_goals, _period, _judgements)
    rest = (doubt for doubts in kinds for doubt in doubts(reading))
    return (*_missing(reading), *of_region, *rest)


def _namesakes(reading: Reading, regions: Iterable[Region]) -> tuple[Region, ...]:
    """Return the regions that the text may mean; none where it tells, or a person does."""
    mention, given = reading.plan.region, reading.document.metadata.region
    if given or mention is None or mention.kind in SMALLER_BODIES:
        return ()
    found = tuple(each for each in regions if each.name.casefold() == mention.name.casefold())
    told = rf"\b(?:{'|'.join(TYPE_WORDS)})\b[.]?\s+(?:administrasi\s+)?{re.escape(mention.name)}\b"
    if len(found) < 2 or re.search(told, reading.document.text, re.IGNORECASE):
        return ()
    return found


def _one_of(reading: Reading, namesakes: Iterable[Region]) -> Iterator[str]:
    choices = " or ".join(
        f"{each.kind.capitalize()} {each.name} (--region {each.code})" for each in namesakes
    )
    taken = f"; it was taken for {reading.region.label()}" if reading.region else ""
    yield f"The text does not say which of its namesakes the region is: {choices}{taken}."


def _missing(reading: Reading) -> Iterator[str]:
    if not reading.plan.vision:
        yield "No vision was found: see whether the text has one."
    if not reading.plan.missions:
        yield "No mission was found: see whether the text has some."


def _region(reading: Reading) -> Iterator[str]:
    mention, region = reading.plan.region, reading.region
    if region is None and mention is None:
        yield "The text names no region that is known: give its code with --region, as 33.71."
    elif region is None and mention:
        yield (
            f"{_printed(mention.kind, mention.name)} is no province, regency or city that is known:"
            " give the code of its region with --region, as 33.71."
        )
    elif region and mention and mention.code and mention.code != region.code:
        yield (
            f"The text seems to be of {_printed(mention.kind, mention.name)} ({mention.code}),"
            f" and the region given is {region.label()} ({region.code}): see which is right."
        )


def _printed(kind: str | None, name: str) -> str:
    return f"{kind} {name}".strip().capitalize() if kind is None else f"{kind.capitalize()} {name}"


def _body(reading: Reading) -> Iterator[str]:
    mention = reading.plan.region
    if mention and mention.kind in SMALLER_BODIES:
        yield f"It is the vision of {SMALLER_BODIES[mention.kind]}, not of a whole region."


def _other_visions(reading: Reading) -> Iterator[str]:
    for vision in reading.plan.other_visions:
        quote = " ".join(vision.span.of(reading.document.text).split())
        yield f"There is another vision at {vision.span.start}: “{quote}”. See whose each is."


def _counts(reading: Reading) -> Iterator[str]:
    plan = reading.plan
    found = {
        "pillar": len(plan.pillars),
        "mission": len(plan.missions),
        "goal": sum(goal.level == "goal" for goal in plan.goals),
        "objective": sum(goal.level == "objective" for goal in plan.goals),
    }
    for count in plan.counts:
        if count.value != found[count.of]:
            quote = " ".join(count.span.of(reading.document.text).split())
            yield f"The text says “{quote}”, and {found[count.of]} were found."


def _untied_goals(reading: Reading) -> Iterator[str]:
    """Yield that goals are tied to no mission, where others are: they may be of the one before."""
    goals = [goal for goal in reading.plan.goals if goal.level == "goal"]
    untied = [goal for goal in goals if goal.mission is None]
    if 0 < len(untied) < len(goals):
        quote = _short(" ".join(untied[0].span.of(reading.document.text).split()))
        yield (
            f"{len(untied)} of {len(goals)} goals are tied to no mission, the first “{quote}”:"
            " see which they belong to."
        )


def _period(reading: Reading) -> Iterator[str]:
    period = reading.plan.period
    if period is None:
        yield "The text states no period."
    elif period.start_year and period.end_year:
        years = period.end_year - period.start_year
        plan = reading.plan.plan_type
        annual = plan is not None and plan.code in ANNUAL_PLANS
        if years not in ((0, 1) if annual else USUAL_YEARS):
            yield f"The period {period.start_year}–{period.end_year} is unusual: see the years."


def _judgements(reading: Reading) -> Iterator[str]:
    for path, judgements in reading.judgements.items():
        for judgement in judgements:
            if judgement.is_published and judgement.confidence < UNSURE:
                words = ", ".join(
                    f"“{span.of(reading.document.text)}”" for span in judgement.evidence
                )
                yield f"{path} concerns {judgement.sector} by {words} only: see whether it does."


def doubts_of_curation(
    slug: str,
    curated: Iterable[Triple],
    quads: Iterable[Quad],
    wordings: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """Yield which things of the plan a person speaks of that are not there.

    `quads` are those of the document, `wordings` its former statements by name.
    """
    own = names.plan(slug).value + "/"
    read = {names.graph(kind, slug) for kind in ("document", "judgement")}
    there = {quad.subject for quad in quads if quad.graph_name in read}
    made = {triple.subject for triple in curated if triple.predicate == RDF.type}
    for node in dict.fromkeys(node for t in curated for node in (t.subject, t.object)):
        if isinstance(node, NamedNode) and node.value.startswith(own) and node not in there | made:
            name = node.value.removeprefix(own)
            was = (wordings or {}).get(name)
            quote = f" (it was “{was}”)" if was else ""
            yield f"curation.ttl speaks of {name}, which is not there{quote}: look it over."


def doubts_of_places(
    document: Document, curated: Iterable[Triple], before: str | None
) -> Iterator[str]:
    """Yield which places of the text a person points to that held other words before."""
    nodes = dict.fromkeys(node for t in curated for node in (t.subject, t.object))
    for place in dict.fromkeys(names.place_of(document.slug, node) for node in nodes):
        if before and place and place.of(before) != place.of(document.text):
            yield (
                f"curation.ttl points to characters {place.start}–{place.end}, which were"
                f" “{_short(place.of(before))}” and are “{_short(place.of(document.text))}”:"
                " look it over."
            )


def _short(words: str) -> str:
    return shorten(words, 60, placeholder=" …")
