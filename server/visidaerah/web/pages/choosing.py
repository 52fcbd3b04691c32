"""The plans of a release by region and years, chosen by name, words, province or year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from visidaerah.errors import UsageError
from visidaerah.queries import SLUG, Parameter, term_of
from visidaerah.vocabulary import VD
from visidaerah.web.pages.resource import within
from visidaerah.web.replies import not_found

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from werkzeug.datastructures import MultiDict

    from visidaerah.store import Row
    from visidaerah.web.pages.reader import Reader
    from visidaerah.web.pages.terms import Link

PLANS = """\
SELECT ?plan ?region ?province ?start ?end WHERE {
  ?plan a vd:DevelopmentPlan .
  OPTIONAL {
    ?plan vd:coversRegion ?region .
    OPTIONAL { ?region vd:partOfRegion ?province }
  }
  OPTIONAL { ?plan vd:hasPeriod/vd:startYear ?start }
  OPTIONAL { ?plan vd:hasPeriod/vd:endYear ?end }
}
ORDER BY ?plan ?region"""

YEAR_DIGITS = 4

CHOICES_PER_PAGE = 24
"""Plans that the list to choose from shows at once."""

OPEN_END = 9999
"""The last year of a plan that names only its first."""

_PLAN = Parameter(name="plan", title={}, type="iri", kind="plan")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanKey:
    """What a plan is chosen by; `words` are in lower case, `start` and `end` are years."""

    node: NamedNode
    name: str
    region: str
    province: NamedNode | None
    start: int | None
    end: int | None
    words: str

    def covers(self, year: int) -> bool:
        """Tell whether the plan's period, as far as its text states one, has the year."""
        return self.start is not None and self.start <= year <= (self.end or OPEN_END)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which plans a reader asks for: by name, or by words, province and year together."""

    plans: tuple[str, ...] = ()
    words: str = ""
    province: str = ""
    year: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether nothing is asked for."""
        return not (self.plans or self.words or self.province or self.year)


@dataclass(frozen=True, slots=True)
class ProvinceChoice:
    """A province with plans, as a picker offers it."""

    code: str
    link: Link
    plans: int


def wish_of(arguments: MultiDict[str, str]) -> Wish:
    """Return what the parameters of an address ask for; a plan named twice is asked for once."""
    named = (name.strip() for name in arguments.getlist("plan"))
    return Wish(
        plans=tuple(dict.fromkeys(filter(None, named))),
        words=arguments.get("q", "").strip(),
        province=arguments.get("province", "").strip(),
        year=arguments.get("year", "").strip(),
    )


def plan_keys(reader: Reader) -> tuple[PlanKey, ...]:
    """Return all plans by the names of their regions, then by their years."""
    first: dict[NamedNode, Row] = {}
    for row in reader.select(PLANS):
        plan = row["plan"]
        if isinstance(plan, NamedNode):
            first.setdefault(plan, row)
    found = (_plan_key(reader, plan, row) for plan, row in first.items())
    return tuple(sorted(found, key=lambda key: (key.region, key.start or 0, key.node.value)))


def _plan_key(reader: Reader, plan: NamedNode, row: Row) -> PlanKey:
    region, province = _node(row, "region"), _node(row, "province")
    if province is None and region and VD.Province in reader.classes(region):
        province = region
    name = reader.label(plan).text
    names = [reader.label(node).text for node in (region, province) if node]
    return PlanKey(
        node=plan,
        name=name,
        region=names[0] if region else "",
        province=province,
        start=_year(row, "start"),
        end=_year(row, "end"),
        words=" ".join((name, *names)).casefold(),
    )


def _node(row: Row, name: str) -> NamedNode | None:
    term = row.get(name)
    return term if isinstance(term, NamedNode) else None


def _year(row: Row, name: str) -> int | None:
    term = row.get(name)
    digits = term.value if isinstance(term, Literal) else ""
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 5 else None


def chosen(keys: Sequence[PlanKey], wish: Wish) -> tuple[PlanKey, ...]:
    """Return the plans that are named, in that order; else all that fit the rest of a wish.

    Raises ProblemRaised with 404 for a name that no plan has.
    """
    return named(keys, wish.plans) if wish.plans else fitting(keys, wish)


def named(keys: Iterable[PlanKey], names: Iterable[str]) -> tuple[PlanKey, ...]:
    """Return the plans of these names, which are short (`kota-metro`) or whole IRIs.

    Raises ProblemRaised with 404 for a name that no plan has.
    """
    by_node = {key.node: key for key in keys}
    return tuple(dict.fromkeys(_named(by_node, name) for name in names))


def _named(by_node: Mapping[NamedNode, PlanKey], name: str) -> PlanKey:
    try:
        return by_node[NamedNode(str(term_of(_PLAN, name).value))]
    except (KeyError, UsageError, ValueError):
        raise not_found(f"There is no plan {name!r}. See /plans for all of them.") from None


def fitting(keys: Iterable[PlanKey], wish: Wish) -> tuple[PlanKey, ...]:
    """Return the plans with all the words, of the province and with the year that are asked for."""
    words = wish.words.casefold().split()
    is_year = wish.year.isascii() and wish.year.isdecimal() and len(wish.year) <= YEAR_DIGITS
    year = int(wish.year) if is_year else None
    return tuple(
        key
        for key in keys
        if all(word in key.words for word in words)
        and (not wish.province or (key.province and code_of(key.province) == wish.province))
        and (not wish.year or (year is not None and key.covers(year)))
    )


def code_of(province: NamedNode) -> str:
    """Return the end of a region's name, which is its code."""
    return province.value.rpartition("/")[2]


def provinces(reader: Reader, keys: Iterable[PlanKey]) -> tuple[ProvinceChoice, ...]:
    """Return the provinces that have plans, by name, with how many."""
    counts: dict[NamedNode, int] = {}
    for key in keys:
        if key.province:
            counts[key.province] = counts.get(key.province, 0) + 1
    found = (ProvinceChoice(code_of(node), reader.link(node), n) for node, n in counts.items())
    return tuple(sorted(found, key=lambda one: str(one.link)))


def short_name(plan: NamedNode, base: str) -> str:
    """Return how an address names a plan: short where its IRI is one of ours."""
    name = plan.value.removeprefix(f"{base}id/plan/")
    return name if re.fullmatch(SLUG, name) else plan.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    """The plans to choose from: those chosen, and a page of those that fit the rest of a wish."""

    wish: Wish
    chosen: tuple[Choice, ...]
    found: tuple[Choice, ...]
    provinces: tuple[ProvinceChoice, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A plan that can be chosen: the name that an address has for it, and its name in words."""

    value: str
    name: str


def choosing(reader: Reader, keys: Sequence[PlanKey], wish: Wish, page: int) -> Choosing:
    """Return what there is to choose from."""
    picked = named(keys, wish.plans)
    others = [key for key in fitting(keys, wish) if key not in set(picked)]
    here, pages = within(page, len(others), CHOICES_PER_PAGE)
    shown = others[(here - 1) * CHOICES_PER_PAGE : here * CHOICES_PER_PAGE]

    def choices(found: Iterable[PlanKey]) -> tuple[Choice, ...]:
        base = reader.site.base
        return tuple(Choice(short_name(key.node, base), key.name) for key in found)

    return Choosing(
        wish=wish,
        chosen=choices(picked),
        found=choices(shown),
        provinces=provinces(reader, keys),
        total=len(keys),
        page=here,
        pages=pages,
    )
