"""Naming: what the statements of a text were called keeps its name when the text changes.

A group is a name without its number: the missions of a plan ("mission"), the dimensions of a pillar
("pillar/3/dimension"). Without a past, statements are numbered in the order of the text.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import count
from typing import TYPE_CHECKING

from visidaerah.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

CLOSE = 0.65
"""Wordings that are this alike are one statement, reworded.

Of two missions of one plan, one pair in a hundred is: measured on texts of forty regions.
"""

MOST_COMPARED = 40_000
"""Pairs of wordings that are compared; a text with more is another text."""

VISION = "vision"
"""The plan's own vision has no number, and is called so whatever it says."""

_NAME = re.compile(r"vision|[a-z]+(?:/[1-9][0-9]{0,8}/[a-z]+)*/[1-9][0-9]{0,8}")
_GROUP = re.compile(r"[a-z]+(?:/[1-9][0-9]{0,8}/[a-z]+)*")
_HEAD = """\
# What statements are called, where that is not their order in the text: a name stays with its
# wording when the text changes, and a number is never given again. `visidaerah add` writes this.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What statements were called: `wordings` by name, in the order of the text.

    `highest` is the highest number that a group ever gave, where no statement has it any more.
    """

    wordings: Mapping[str, str] = field(default_factory=dict)
    highest: Mapping[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Tell whether there is a past."""
        return bool(self.wordings or self.highest)

    def groups(self) -> dict[str, list[tuple[int, str]]]:
        """Return the numbers and wordings of each group, in the order of the text."""
        found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for name, wording in self.wordings.items():
            group, number = split(name)
            found[group].append((number, wording))
        return dict(found)

    def ever(self) -> dict[str, int]:
        """Return the highest number that each group ever gave."""
        highest = dict(self.highest)
        for group, number in map(split, self.wordings):
            highest[group] = max(number, highest.get(group, 0))
        return highest


def split(name: str) -> tuple[str, int]:
    """Return the group and the number of a name: "mission/4" is the fourth of "mission"."""
    group, _, number = name.rpartition("/")
    return (group, int(number)) if group and number.isdecimal() else (name, 1)


def joined(group: str, number: int) -> str:
    """Return the name of a number of a group."""
    return VISION if (group, number) == (VISION, 1) else f"{group}/{number}"


def numbers(
    group: str, wordings: Sequence[str], past: Sequence[tuple[int, str]], highest: int
) -> list[int]:
    """Return the numbers of a group's wordings: the old where they correspond, or else new ones.

    `highest` is the highest number that the group ever gave.
    """
    fixed = [1] if group == VISION and wordings else []
    old = [(number, wording) for number, wording in past if number not in fixed]
    fresh = count(max(highest, len(fixed)) + 1)
    pairs = correspondence([wording for _, wording in old], wordings[len(fixed) :])
    chosen = (pairs.get(place) for place in range(len(wordings) - len(fixed)))
    return [*fixed, *(next(fresh) if place is None else old[place][0] for place in chosen)]


def correspondence(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Return by its place among the new which of the old wordings each is.

    Those that are equal first, in their order before out of it; then the closest of the rest.
    """
    before, after = [_normal(each) for each in old], [_normal(each) for each in new]
    pairs: dict[int, int] = {}
    for step in (_in_order, _moved, _reworded):
        here = sorted(set(range(len(before))) - set(pairs.values()))
        there = sorted(set(range(len(after))) - pairs.keys())
        found = step([before[place] for place in here], [after[place] for place in there])
        pairs |= {there[to]: here[of] for of, to in found}
    return pairs


def _normal(wording: str) -> str:
    return " ".join(re.findall(r"\w+", wording.casefold()))


def _in_order(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    for here, there, length in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_matching_blocks():
        yield from ((here + step, there + step) for step in range(length))


def _moved(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place in reversed(range(len(old))):
        places[old[place]].append(place)
    yield from ((places[word].pop(), there) for there, word in enumerate(new) if places.get(word))


def _reworded(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the closest pairs first, each wording once; equally close ones in their order."""
    if len(old) * len(new) > MOST_COMPARED:
        return
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for _, here, there in sorted(_close(old, new)):
        if here not in taken_old and there not in taken_new:
            taken_old.add(here)
            taken_new.add(there)
            yield here, there


def _close(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[float, int, int]]:
    for there, word in enumerate(new):
        matcher = SequenceMatcher(None, "", word, autojunk=False)
        for here, other in enumerate(old):
            matcher.set_seq1(other)
            bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
            if all(bound() >= CLOSE for bound in bounds):
                yield -matcher.ratio(), here, there


def kept(named: Iterable[tuple[str, str]], past: Naming) -> Naming:
    """Return what must be known to name the same wordings again; nothing where order says it.

    `named` are names and wordings in the order of the text, `past` is what they were named after.
    """
    present = Naming(wordings=dict(named))
    in_use = present.ever()
    gone = {
        group: number
        for group, number in sorted(past.ever().items())
        if number > in_use.get(group, 0) and _has_whole(group, present.wordings)
    }
    plain = {group for group, found in present.groups().items() if _is_ordered(found)} - gone.keys()
    wordings = {n: text for n, text in present.wordings.items() if split(n)[0] not in plain}
    return Naming(wordings=wordings, highest=gone)


def _is_ordered(found: Sequence[tuple[int, str]]) -> bool:
    return all(number == place for place, (number, _) in enumerate(found, start=1))


def _has_whole(group: str, names: Mapping[str, str]) -> bool:
    """Tell whether what the group is part of is there: a name that is gone never comes back."""
    whole = group.rpartition("/")[0]
    return not whole or whole in names


def write_naming(naming: Naming) -> bytes:
    """Write the content of a `names.toml`."""
    tables: dict[str, Mapping[str, str] | Mapping[str, int]] = {
        "statements": naming.wordings,
        "highest": naming.highest,
    }
    written = (
        "".join((f"\n[{title}]\n", *(f"{_string(key)} = {_value(table[key])}\n" for key in table)))
        for title, table in tables.items()
        if table
    )
    return "".join((_HEAD, *written)).encode()


def _value(value: str | int) -> str:
    return _string(value) if isinstance(value, str) else str(value)


def _string(text: str) -> str:
    """Return a string of TOML, which is one of JSON save for DEL (TOML 1.0, String)."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def read_naming(content: bytes, name: str) -> Naming:
    """Read a `names.toml`.

    Raises DocumentError where it is not what `write_naming` writes.
    """
    try:
        table = tomllib.loads(content.decode())
    except ValueError as error:
        raise DocumentError(f"{name} is not TOML: {error}.") from error
    statements, highest = table.pop("statements", {}), table.pop("highest", {})
    if table or not (_is_table(statements, _NAME, str) and _is_table(highest, _GROUP, int)):
        raise DocumentError(
            f"{name} is not understood. It has [statements] with wordings by name"
            ' ("mission/4" = "…"), and [highest] with numbers by group (mission = 5).'
        )
    return Naming(wordings=statements, highest=highest)


def _is_table(table: object, keys: re.Pattern[str], values: type) -> bool:
    return isinstance(table, dict) and all(
        keys.fullmatch(key) and type(value) is values for key, value in table.items()
    )
