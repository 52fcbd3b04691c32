"""The items of a marked list become components of the kind that its lead-in announces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from visidaerah.statements.model import Component, ComponentKind
from visidaerah.statements.sentences import trimmed
from visidaerah.statements.series import Head, head_of, listed_items

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visidaerah.spans import Span
    from visidaerah.statements.lists import Item

# The last of these words before a list decides what its items are.
ANNOUNCEMENTS = re.compile(
    r"""
    (?<!\w)(?:
      (?P<characteristic>kara\w{0,2}teristik|ciri|ditandai|tanda-tanda)
    | (?P<dimension>unsur|dimensi|aspek|komponen|elemen|pilar)
    | (?P<principle>prinsip|asas|nilai)
    | (?P<outcome>sehingga|agar|supaya|diharapkan)
    | (?P<means>melalui|cara|upaya|langkah|strategi)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
LEAD_IN = 80
EXPLAINED_IN_BRACKETS = re.compile(
    r"(?P<label>[^()]{2,200}?)\s{0,3}\((?P<explanation>[^()\s]+(?:\s+[^()\s]+){2,})\)"
)
EXPLAINED_BEHIND_COLON = re.compile(
    r"(?P<label>[^:;,.()]{2,80}?)"
    r"(?:,?\s{1,3}(?:yaitu|yakni|meliputi|mencakup)(?:\s{0,3}:|\s)|\s{0,3}:)(?P<explanation>.+)",
    re.DOTALL,
)
NAMELY = re.compile(r"yaitu|yakni", re.IGNORECASE)


def announced_kind(text: str, lead_in: Span | None, items: Sequence[Item]) -> ComponentKind | None:
    """Return what the items of a list are: as the words before it say, else as they look.

    None where neither tells. Items that are all labels with a list of their own are dimensions.
    """
    start = max(lead_in.start, lead_in.end - LEAD_IN) if lead_in else 0
    end = lead_in.end if lead_in else 0
    announced = [match.lastgroup for match in ANNOUNCEMENTS.finditer(text, start, end)]
    if announced and announced[-1]:
        return ComponentKind(announced[-1])
    resolved = all(EXPLAINED_BEHIND_COLON.fullmatch(item.span.of(text)) for item in items)
    return ComponentKind.DIMENSION if resolved else None


def component_of(text: str, item: Item, kind: ComponentKind) -> Component:
    """Return the item as a component: label, explanation, and below a dimension its measures."""
    label, explanation = _label_and_explanation(text, item.span, kind)
    measures: tuple[Span, ...] = ()
    if explanation and kind is ComponentKind.DIMENSION:
        measures = _measures(text, label, explanation)
    return Component(
        kind=kind,
        span=label,
        marker=item.marker,
        explanation=explanation,
        components=tuple(Component(kind=ComponentKind.MEASURE, span=span) for span in measures),
    )


def _measures(text: str, label: Span, explanation: Span) -> tuple[Span, ...]:
    """Return the items behind "yaitu"; behind a mere colon only where one is plainly an action."""
    items = listed_items(text, explanation)
    resolved = NAMELY.search(text, label.end, explanation.start)
    acting = any(head_of(text, item) is not Head.OTHER for item in items)
    return items if resolved or acting else ()


def _label_and_explanation(text: str, item: Span, kind: ComponentKind) -> tuple[Span, Span | None]:
    # A means is one action, whatever it says in brackets or behind a colon.
    if kind is ComponentKind.MEANS:
        return item, None
    quote = item.of(text)
    for form in (EXPLAINED_IN_BRACKETS, EXPLAINED_BEHIND_COLON):
        if match := form.fullmatch(quote):
            label = trimmed(text, item.start, item.start + match.end("label"))
            start, end = (item.start + offset for offset in match.span("explanation"))
            if label and (explanation := trimmed(text, start, end)):
                return label, explanation
    return item, None
