"""A judgement: which sector a statement concerns, how sure that is, and by which words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from visidaerah.sectors.grammar import grounds_of_discrimination, named_sectors
from visidaerah.sectors.lexicon import Strength, matches, tokens
from visidaerah.sectors.rivals import standing
from visidaerah.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from visidaerah.sectors.scheme import SectorScheme

Method = Literal["named", "keyword"]

THRESHOLD = 0.5
"""Confidence from which a judgement is published; below it is a candidate."""

CONFIDENCE: Mapping[Method, Mapping[Strength, float]] = {
    "keyword": {
        Strength.WEAK: 0.3,
        Strength.WORD: 0.7,
        Strength.PHRASE: 0.8,
        Strength.NAME: 0.9,
    },
    "named": {
        Strength.WEAK: 0.6,
        Strength.WORD: 0.85,
        Strength.PHRASE: 0.9,
        Strength.NAME: 0.95,
    },
}
"""The confidence of a finding: it grows with what the words tell, and where they are named as a
sector ("sektor kesehatan"). A judgement is as sure as its surest finding: many hints remain hints.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorJudgement:
    """That a statement concerns a sector ("1.02" or "agama").

    `evidence` are the words it rests on, in the order of the text; `method` tells whether the text
    names the sector as one or only uses a word of it; `confidence` is between 0 and 1.
    """

    sector: str
    evidence: tuple[Span, ...]
    method: Method
    confidence: float

    @property
    def is_published(self) -> bool:
        """Tell a judgement from a mere candidate."""
        return self.confidence >= THRESHOLD


class _Finding(NamedTuple):
    confidence: float
    method: Method
    span: Span


def judge(
    text: str, where: Span | Sequence[Span], scheme: SectorScheme
) -> tuple[SectorJudgement, ...]:
    """Return the sectors that the words of a statement point at, in the order of the scheme."""
    spans = (where,) if isinstance(where, Span) else where
    findings: dict[str, set[_Finding]] = defaultdict(set)
    for span in spans:
        for sector, finding in _findings(text, span, scheme):
            findings[sector].add(finding)
    if not findings:
        return ()
    return tuple(
        _judgement(sector, findings[sector]) for sector in scheme.concepts if sector in findings
    )


def reported_names(scheme: SectorScheme) -> dict[str, str]:
    """Return the words by which `extract` reports the sectors, by the sectors' identifiers."""
    return {each.id: each.word for each in scheme.concepts.values() if each.word}


def _judgement(sector: str, findings: Iterable[_Finding]) -> SectorJudgement:
    surest = max(sorted(findings), key=lambda finding: finding.confidence)
    least = min(surest.confidence, THRESHOLD)
    return SectorJudgement(
        sector=sector,
        evidence=tuple(sorted({each.span for each in findings if each.confidence >= least})),
        method=surest.method,
        confidence=surest.confidence,
    )


def _findings(text: str, span: Span, scheme: SectorScheme) -> Iterator[tuple[str, _Finding]]:
    words = tokens(text, span, scheme.lexicon)
    pointing = list(matches(words, scheme.lexicon))
    if not pointing:
        return
    named = frozenset(named_sectors(words))
    grounds = frozenset(grounds_of_discrimination(words))
    found = [each for each in pointing if each.first not in grounds]
    for match in standing(found, words, scheme):
        method: Method = "named" if match.first in named else "keyword"
        place = Span(words[match.first].start, words[match.last - 1].end)
        yield match.sector, _Finding(CONFIDENCE[method][match.strength], method, place)
