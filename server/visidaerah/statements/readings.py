"""A clause becomes the components that its cue announces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from visidaerah.statements.clauses import Clause, Role
from visidaerah.statements.model import Component, ComponentKind
from visidaerah.statements.sentences import trimmed
from visidaerah.statements.series import (
    BLANK,
    TAIL,
    Head,
    conjuncts,
    coordinated_actions,
    head_of,
    listed_items,
    phrases,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from visidaerah.spans import Span

# A relative clause that only adds to the action before it.
ADDITION = re.compile(r"(?<!\S)yang\s+(?:menjadi|merupakan|berarti)(?!\S)", re.IGNORECASE)
# What a value holds for is not part of the value.
APPLICATION = re.compile(
    r"(?<!\S)(?:baik\s+)?(?:dalam|di|pada|untuk|guna|demi|menuju|sebagai|apabila)(?!\S)",
    re.IGNORECASE,
)
# What goes on a sentence behind a value, and is none.
NO_VALUE = re.compile(r"(?:adanya|dapat|ter[a-z]+nya)\s")
INTENT = re.compile(r"(?<!\S)(?:dengan|untuk|agar|guna|demi)(?!\S)", re.IGNORECASE)


def components_of(text: str, clause: Clause) -> tuple[Component, ...]:
    """Return what a clause states; nothing where its cue announces no component, or it is empty."""
    reader = READERS.get(clause.role)
    return tuple(reader(text, clause)) if reader else ()


def actions(text: str, clause: Clause) -> Iterable[Component]:
    """Return one means, or the measures of a series of nouns, or the means of a series of verbs."""
    span = _until(ADDITION, text, clause.start, clause.end)
    if span is None or not _tells_an_action(text, clause, span):
        return ()
    spans = coordinated_actions(text, span)
    series_of_nouns = len(spans) > 1 and head_of(text, spans[0]) is not Head.VERB
    return _all(ComponentKind.MEASURE if series_of_nouns else ComponentKind.MEANS, spans)


def _tells_an_action(text: str, clause: Clause, span: Span) -> bool:
    """Tell "dilakukan dengan menanam …" from "dilakukan dengan baik" and "melalui 5 misi"."""
    if text[span.start].isdigit():
        return False
    by_manner = text[clause.cue : clause.start].casefold().endswith("dengan")
    return not by_manner or head_of(text, span) is not Head.OTHER


def principles(text: str, clause: Clause) -> Iterable[Component]:
    """Return a principle for each conjunct, up to where it says in what they apply."""
    span = trimmed(text, clause.start, clause.end)
    found = conjuncts(text, span) if span else ()
    values = (
        _until(APPLICATION, text, value.start, value.end)
        for value in found
        if not NO_VALUE.match(text, value.start)
    )
    return _all(ComponentKind.PRINCIPLE, (value for value in values if value))


def renunciation(text: str, clause: Clause) -> Iterable[Component]:
    """Return what the pursuit must go without, the word "tanpa" included."""
    span = trimmed(text, clause.start, clause.end)
    if span is None:
        return ()
    verbal = head_of(text, span) is Head.VERB
    end = _end_of_verb_phrase(text, span) if verbal else _end_of_nouns(text, span)
    whole = trimmed(text, clause.cue, end)
    return _all(ComponentKind.PRINCIPLE, (whole,) if whole and end > span.start else ())


def _end_of_verb_phrase(text: str, span: Span) -> int:
    intent = INTENT.search(text, span.start, span.end)
    return intent.start() if intent else span.end


def _end_of_nouns(text: str, span: Span) -> int:
    """Return where "korupsi, kolusi, dan nepotisme" ends: before a tail or an item of two words."""
    tail = TAIL.search(text, span.start, span.end)
    limited = trimmed(text, span.start, tail.start() if tail else span.end)
    end, closed = span.start, False
    for phrase in phrases(text, limited) if limited else ():
        if closed or (end > span.start and phrase.several):
            break
        end, closed = phrase.span.end, bool(phrase.link)
    return end


def outcome(text: str, clause: Clause) -> Iterable[Component]:
    """Return the state expected, whole."""
    span = trimmed(text, clause.start, clause.end)
    stated = span and BLANK.search(text, span.start, span.end)
    return _all(ComponentKind.OUTCOME, (span,) if span and stated else ())


def guarantees(text: str, clause: Clause) -> Iterable[Component]:
    """Return an outcome for each conjunct of what is guaranteed."""
    span = trimmed(text, clause.start, clause.end)
    return _all(ComponentKind.OUTCOME, conjuncts(text, span) if span else ())


def characteristics(text: str, clause: Clause) -> Iterable[Component]:
    """Return a characteristic for each item of what is listed in running prose."""
    span = trimmed(text, clause.start, clause.end)
    return _all(ComponentKind.CHARACTERISTIC, listed_items(text, span) if span else ())


READERS: dict[Role, Callable[[str, Clause], Iterable[Component]]] = {
    Role.MEANS: actions,
    Role.THROUGH: actions,
    Role.PRINCIPLE: principles,
    Role.RENUNCIATION: renunciation,
    Role.OUTCOME: outcome,
    Role.GUARANTEE: guarantees,
    Role.CHARACTERISTIC: characteristics,
}


def _until(limit: re.Pattern[str], text: str, start: int, end: int) -> Span | None:
    match = limit.search(text, start, end)
    return trimmed(text, start, match.start() if match else end)


def _all(kind: ComponentKind, spans: Iterable[Span]) -> Iterable[Component]:
    return (Component(kind=kind, span=span) for span in spans)
