"""The explanation of a pillar, or a mission, comes apart into its components, nested as it says."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from visidaerah.spans import Span
from visidaerah.statements.clauses import OF_MISSIONS, OF_PILLARS, Clause, CueMatch, Role, clauses
from visidaerah.statements.details import mission_details, pillar_details
from visidaerah.statements.enumerations import announced_kind, component_of
from visidaerah.statements.lists import Item, marked_lists
from visidaerah.statements.model import Component, ComponentKind, Facet
from visidaerah.statements.readings import components_of
from visidaerah.statements.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

ACTIONS = frozenset({ComponentKind.MEANS, ComponentKind.MEASURE})
ACTING = frozenset({Role.MEANS, Role.THROUGH})
WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# As many words of a subject, in as many characters, decide whether it resumes a component.
SUBJECT_WORDS = 8
SUBJECT_LENGTH = 120
# Below this many levels a component hangs on the whole.
DEEPEST = 4


@dataclass(frozen=True, slots=True)
class _Draft:
    """A component without its parts; `parent` is the index of an earlier draft."""

    component: Component
    parent: int | None = None
    depth: int = 1

    @property
    def kind(self) -> ComponentKind:
        return self.component.kind

    @property
    def span(self) -> Span:
        return self.component.span


@dataclass(frozen=True, slots=True)
class Parts:
    """What a stretch states in parts: components, and the facets that none of them holds."""

    components: tuple[Component, ...]
    facets: tuple[Facet, ...]


def pillar_parts(text: str, explanation: Span) -> Parts:
    """Return what the explanation of a pillar states in parts, in reading order.

    Siblings of one kind share no character. Each component holds the facets that lie in it.
    """
    matches = OF_PILLARS.matches(text, explanation)
    return _parts(
        _Reading(text, matches).read(explanation), pillar_details(text, explanation, matches)
    )


def mission_parts(text: str, mission: Span) -> Parts:
    """Return what a mission states beside its own act: means, principles, outcomes, and facets."""
    matches = OF_MISSIONS.matches(text, mission)
    return _parts(_Reading(text, matches).read(mission), mission_details(text, mission, matches))


class _Reading:
    """The drafts of a stretch, gathered sentence by sentence and list by list."""

    def __init__(self, text: str, matches: Sequence[CueMatch]) -> None:
        self.text = text
        self.matches = matches
        self.drafts: list[_Draft] = []
        self._actions: dict[tuple[str, ...], int] = {}

    def read(self, within: Span) -> list[_Draft]:
        start = within.start
        for items in (*marked_lists(self.text, within), ()):
            end = items[0].start if items else within.end
            prose = tuple(sentences(self.text, Span(start, end))) if start < end else ()
            self._read_section(prose, items)
            start = items[-1].span.end if items else end
        return self.drafts

    def _read_section(self, prose: Sequence[Span], items: Sequence[Item]) -> None:
        kind = announced_kind(self.text, prose[-1] if prose else None, items) if items else None
        for sentence in prose[:-1] if kind else prose:
            self._read_sentence(sentence)
        if kind:
            resumed = self._read_sentence(prose[-1], resolved_by=kind) if prose else None
            for item in items:
                self._add(component_of(self.text, item, kind), resumed)

    def _read_sentence(
        self, sentence: Span, resolved_by: ComponentKind | None = None
    ) -> int | None:
        """Add what a sentence states; return the earlier action that it resumes.

        Where a list of means resolves the actions of its lead-in, those are nothing of their own.
        """
        opening, *others = clauses(sentence, self.matches)
        resumed = self._resumed(opening)
        means: int | None = None
        for clause in others:
            stated = components_of(self.text, clause)
            if clause.role not in ACTING:
                self._add_all(stated, None)
            elif resolved_by is not ComponentKind.MEANS:
                below = means if clause.role is Role.THROUGH and means is not None else resumed
                added = self._add_all(stated, below)
                means = added[0] if len(added) == 1 else None
        return resumed

    def _add_all(self, components: Iterable[Component], parent: int | None) -> list[int]:
        return [self._add(component, parent) for component in components]

    def _add(self, component: Component, parent: int | None) -> int:
        depth = self.drafts[parent].depth + 1 if parent is not None else 1
        if depth > DEEPEST:
            parent, depth = None, 1
        index = len(self.drafts)
        bare = replace(component, components=()) if component.components else component
        self.drafts.append(_Draft(bare, parent, depth))
        if component.kind in ACTIONS:
            self._actions[self._words(component.span)[:2]] = index
        self._add_all(component.components, index)
        return index

    def _resumed(self, opening: Clause) -> int | None:
        """Return the latest action whose first words, two or more, are the subject."""
        if opening.start >= opening.end:
            return None
        subject = self._words(Span(opening.start, opening.end))
        index = self._actions.get(subject[:2]) if len(subject) > 1 else None
        if index is None:
            return None
        words = self._words(self.drafts[index].span)
        shared = min(len(subject), len(words))
        return index if subject[:shared] == words[:shared] else None

    def _words(self, span: Span) -> tuple[str, ...]:
        start = self.text[span.start : min(span.end, span.start + SUBJECT_LENGTH)]
        return tuple(word.casefold() for word in WORD.findall(start)[:SUBJECT_WORDS])


def _parts(drafts: Sequence[_Draft], facets: Sequence[Facet]) -> Parts:
    children: dict[int | None, list[int]] = defaultdict(list)
    for index in sorted(range(len(drafts)), key=lambda index: drafts[index].span):
        children[drafts[index].parent].append(index)
    kept = {parent: _apart(drafts, indexes) for parent, indexes in children.items()}
    held = _held(drafts, list(_reached(kept, None)), facets)

    def component(index: int) -> Component:
        parts = tuple(component(part) for part in kept.get(index, ()))
        return replace(drafts[index].component, components=parts, facets=tuple(held[index]))

    return Parts(tuple(component(index) for index in kept.get(None, ())), tuple(held[None]))


def _reached(kept: Mapping[int | None, Sequence[int]], parent: int | None) -> Iterator[int]:
    for index in kept.get(parent, ()):
        yield index
        yield from _reached(kept, index)


def _apart(drafts: Sequence[_Draft], siblings: Iterable[int]) -> list[int]:
    """Leave out siblings that share characters with an earlier one of their kind, or its span."""
    kept: list[int] = []
    ends: dict[ComponentKind, int] = {}
    spans: set[Span] = set()
    for index in siblings:
        draft = drafts[index]
        if draft.span.start >= ends.get(draft.kind, 0) and draft.span not in spans:
            kept.append(index)
            ends[draft.kind] = draft.span.end
            spans.add(draft.span)
    return kept


def _held(
    drafts: Sequence[_Draft], indexes: Iterable[int], facets: Iterable[Facet]
) -> dict[int | None, list[Facet]]:
    """Give each facet to the shortest component whose wording or explanation has it, or None."""
    held: dict[int | None, list[Facet]] = defaultdict(list)
    holders = sorted((span, index) for index in indexes for span in _wording(drafts[index]))
    waiting = iter((*holders, None))
    following = next(waiting)
    current: list[tuple[Span, int]] = []
    for facet in sorted(facets, key=lambda facet: facet.span):
        while following and following[0].start <= facet.span.start:
            current.append(following)
            following = next(waiting)
        current = [holder for holder in current if holder[0].end > facet.span.start]
        holding = [holder for holder in current if holder[0].covers(facet.span)]
        shortest = min(holding, key=_length, default=None)
        held[shortest[1] if shortest else None].append(facet)
    return held


def _length(holder: tuple[Span, int]) -> int:
    return holder[0].end - holder[0].start


def _wording(draft: _Draft) -> tuple[Span, ...]:
    explanation = draft.component.explanation
    return (draft.span, explanation) if explanation else (draft.span,)
