"""The sector scheme as a value: concepts, and the words that point at them, compiled once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from visidaerah.errors import DatasetError
from visidaerah.sectors.lexicon import Lexicon, Meaning, Strength, compile_lexicon, spelling
from visidaerah.vocabulary import BASE, DCT, RDF, SKOS, VD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorConcept:
    """A government affair ("1.02") or a cross-cutting theme ("agama").

    `word` is what `extract` calls it, None where it does not report it. `labels` are the preferred
    labels by language, `names` the Indonesian ones with their variants. `triggers` point at the
    sector, `weak_triggers` only hint at it, and within `excluding_phrases` neither counts.
    """

    id: str
    iri: str
    word: str | None
    labels: Mapping[str, str]
    names: tuple[str, ...]
    triggers: tuple[str, ...]
    weak_triggers: tuple[str, ...]
    excluding_phrases: tuple[str, ...]

    @property
    def is_affair(self) -> bool:
        """Tell a government affair, which competes with the other affairs, from a theme."""
        return self.id[0].isdigit()


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorScheme:
    """All sectors that a statement can concern, affairs before themes, with their words."""

    concepts: Mapping[str, SectorConcept]
    lexicon: Lexicon


Words = tuple[str, ...]
Properties = dict[NamedNode, list[NamedNode | Literal]]


def read_scheme(turtle: bytes) -> SectorScheme:
    """Read the sectors from Turtle: every SKOS concept without narrower ones.

    Raises DatasetError where it is not Turtle or has no such concept.
    """
    subjects = _by_subject(turtle)
    concepts = [
        _concept(iri, properties)
        for iri, properties in subjects.items()
        if SKOS.Concept in properties[RDF.type] and not properties[SKOS.narrower]
    ]
    if not concepts:
        raise DatasetError("The sector scheme has no concepts. Give the Turtle of one.")
    concepts.sort(key=lambda concept: (not concept.is_affair, concept.id))
    return SectorScheme(
        concepts={concept.id: concept for concept in concepts},
        lexicon=compile_lexicon(phrase for concept in concepts for phrase in _phrases(concept)),
    )


def _by_subject(turtle: bytes) -> dict[str, Properties]:
    subjects: dict[str, Properties] = {}
    try:
        for quad in parse(turtle, RdfFormat.TURTLE, base_iri=BASE):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                properties = subjects.setdefault(quad.subject.value, defaultdict(list))
                properties[quad.predicate].append(quad.object)
    except SyntaxError as error:
        raise DatasetError(f"The sector scheme is not Turtle: {error}.") from error
    return subjects


def _concept(iri: str, properties: Properties) -> SectorConcept:
    """Make a concept of its properties.

    Raises DatasetError where the concept has no Indonesian label.
    """
    labels = {
        label.language: label.value
        for label in properties[SKOS.prefLabel]
        if isinstance(label, Literal) and label.language
    }
    if "id" not in labels:
        raise DatasetError(f"The sector <{iri}> has no skos:prefLabel in Indonesian. Add one.")
    return SectorConcept(
        id=iri.rpartition("/")[2],
        iri=iri,
        word=next((word.value for word in properties[DCT.identifier]), None),
        labels=labels,
        names=(labels["id"], *_indonesian(properties[SKOS.altLabel])),
        triggers=_indonesian(properties[SKOS.hiddenLabel]),
        weak_triggers=_indonesian(properties[VD.weakTrigger]),
        excluding_phrases=_indonesian(properties[VD.excludingPhrase]),
    )


def _indonesian(terms: Iterable[NamedNode | Literal]) -> tuple[str, ...]:
    return tuple(
        sorted(term.value for term in terms if isinstance(term, Literal) and term.language == "id")
    )


def _phrases(concept: SectorConcept) -> Iterator[tuple[Words, Meaning]]:
    """Yield a concept's phrases, each once: what excludes or weakens overrules what strengthens."""
    weak = set(map(spelling, concept.weak_triggers))
    names = {spelling(name.casefold()) for name in concept.names} - weak
    triggers = names.union(map(spelling, concept.triggers))
    strengths = {words: _strength(words, names) for words in triggers}
    strengths |= dict.fromkeys(weak, Strength.WEAK)
    strengths |= dict.fromkeys(map(spelling, concept.excluding_phrases), Strength.EXCLUDING)
    return (
        (words, Meaning(concept.id, strength)) for words, strength in strengths.items() if words
    )


def _strength(words: Words, names: Iterable[Words]) -> Strength:
    """Return how much a trigger tells: as much as the sector's name, where it holds that."""
    if any(_holds(words, name) for name in names):
        return Strength.NAME
    return Strength.WORD if len(words) == 1 else Strength.PHRASE


def _holds(words: Words, part: Words) -> bool:
    starts = range(len(words) - len(part) + 1)
    return any(words[start : start + len(part)] == part for start in starts if part)
