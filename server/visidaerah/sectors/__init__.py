"""Which sectors a statement concerns: judgements with method, confidence and evidence."""

from visidaerah.sectors.judgements import THRESHOLD, SectorJudgement, judge, reported_names
from visidaerah.sectors.scheme import SectorConcept, SectorScheme, read_scheme

__all__ = [
    "THRESHOLD",
    "SectorConcept",
    "SectorJudgement",
    "SectorScheme",
    "judge",
    "read_scheme",
    "reported_names",
]
