"""The statements of a plan as values: frozen, pure, without RDF.

Every `span` is a place in the document's text (`visidaerah.spans.Span`) and covers the statement's
own wording: without marker, label words ("Visi:"), outer quotation marks and closing punctuation.
Positions (1-based) are not stored: they are the order within the tuple; for components, the order
among the siblings of the same kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from visidaerah.spans import Span


class ComponentKind(StrEnum):
    """The six kinds of component; the value is the IRI segment."""

    CHARACTERISTIC = "characteristic"
    DIMENSION = "dimension"
    MEANS = "means"
    MEASURE = "measure"
    OUTCOME = "outcome"
    PRINCIPLE = "principle"


class FacetKind(StrEnum):
    """What a finer span says of its element; the value is the concept's name in its scheme."""

    ACTOR = "actor"
    ASPECT = "aspect"
    BENEFICIARY = "beneficiary"
    EMPHASIS = "emphasis"
    FIELD = "field"
    GROUND = "ground"
    QUALITY = "quality"
    SPHERE = "sphere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A finer span of an element: a ground of discrimination, an actor, an emphasised field."""

    kind: FacetKind
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A stated part of the explanation of a pillar, or of a mission's wording.

    Where it is named and then explained ("Rumah Pintar yaitu: …", "Taman terawat (taman …)"),
    `span` is the name and `explanation` what explains it.
    """

    kind: ComponentKind
    span: Span
    marker: str | None = None
    explanation: Span | None = None
    components: tuple[Component, ...] = ()
    facets: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vision:
    """The statement of the state desired at the end of the period."""

    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Pillar:
    """A key notion into which the vision is resolved (pokok visi, unsur visi, makna visi).

    `span` is its label, `explanation` all that the text says of it (None where it is only listed),
    `named_in_vision` the words of the vision that name it.
    """

    span: Span
    marker: str | None = None
    explanation: Span | None = None
    named_in_vision: Span | None = None
    components: tuple[Component, ...] = ()
    facets: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mission:
    """A general effort by which the vision is to be realised."""

    span: Span
    marker: str | None = None
    explanation: Span | None = None
    components: tuple[Component, ...] = ()
    facets: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A goal (tujuan) or an objective (sasaran); `mission` and `goal` are 1-based, if stated."""

    level: Literal["goal", "objective"]
    span: Span
    marker: str | None = None
    mission: int | None = None
    goal: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The time a plan covers: the years, the duration, or both, as far as the text states them."""

    span: Span
    start_year: int | None = None
    end_year: int | None = None
    duration_years: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanType:
    """The kind of plan that the text names as the vision's home; `code` is "RPJMD" or its like."""

    code: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A post that set the content of the plan; `title` is normalised ("Wakil Walikota")."""

    title: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Establishment:
    """The event by which the content was set; `span` is the clause that states it."""

    span: Span
    offices: tuple[Office, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredCount:
    """A number of parts that the text itself claims: "4 pokok visi", "5 (lima) misi"."""

    of: Literal["pillar", "mission", "goal", "objective"]
    value: int
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryTerm:
    """An abbreviation or term that the text expands, or defines, or both."""

    span: Span
    expansion: Span | None = None
    definition: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Foundation:
    """Pillars that rest on others ("dilandasi"); numbers are pillar positions, 1-based."""

    pillars: tuple[int, ...]
    founded_on: tuple[int, ...]
    span: Span


RegionKind = Literal["provinsi", "kabupaten", "kota", "kecamatan", "desa", "dinas"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionMention:
    """The region whose plan it is: proper name without the type word.

    `span` holds the type word too where it is printed right before the name. `code` is the Ministry
    of Home Affairs' code, where the region is one of the 552. The kind "dinas" tells an agency's
    own vision: `agency` is its name, the rest is its region's.
    """

    name: str
    kind: RegionKind | None
    code: str | None
    span: Span | None
    agency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All that a document states; `service` is the sentence that sets missions to the vision."""

    region: RegionMention | None = None
    plan_type: PlanType | None = None
    period: Period | None = None
    establishment: Establishment | None = None
    vision: Vision | None = None
    other_visions: tuple[Vision, ...] = ()
    pillars: tuple[Pillar, ...] = ()
    missions: tuple[Mission, ...] = ()
    goals: tuple[Goal, ...] = ()
    counts: tuple[DeclaredCount, ...] = ()
    terms: tuple[GlossaryTerm, ...] = ()
    foundations: tuple[Foundation, ...] = ()
    service: Span | None = None
