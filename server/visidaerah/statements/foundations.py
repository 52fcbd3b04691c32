"""What a vision names before "dilandasi" is founded on what it names after it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from visidaerah.spans import Span
from visidaerah.statements.model import Foundation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visidaerah.statements.model import Pillar

CUE = re.compile(
    r"(?<!\w)(?:(?:di|ber)landas(?:i|kan)?|di(?:dasari|jiwai|topang|sokong)|ber(?:dasar|asas|azas"
    r"|sendi)kan|ber(?:pijak|tumpu)|dengan\s+landasan|atas\s+dasar)"
    r"(?:\s+(?:oleh|pada|atas))?(?!\w)",
    re.IGNORECASE,
)


def foundations(text: str, vision: Span, pillars: Sequence[Pillar]) -> tuple[Foundation, ...]:
    """Return which pillars the vision founds on which; nothing where a side names none.

    The span reaches from the cue to the end of the last pillar that is founded on.
    """
    cue = CUE.search(text, vision.start, vision.end)
    if cue is None:
        return ()
    named = [
        (number, pillar.named_in_vision)
        for number, pillar in enumerate(pillars, start=1)
        if pillar.named_in_vision and vision.covers(pillar.named_in_vision)
    ]
    before = tuple(number for number, span in named if span.end <= cue.start())
    after = tuple(number for number, span in named if span.start >= cue.end())
    end = max((span.end for number, span in named if number in after), default=0)
    if not before or not after:
        return ()
    return (Foundation(pillars=before, founded_on=after, span=Span(cue.start(), end)),)
