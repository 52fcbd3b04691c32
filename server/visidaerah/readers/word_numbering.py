"""The numbers that Word shows before paragraphs, which its files do not hold (ECMA-376-1, 17.9)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from visidaerah.readers.lists import letters, roman

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_MOST_STYLES = 20
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": "{:02}".format,
    "lowerLetter": letters,
    "lowerRoman": roman,
    "none": lambda _: "",
    "upperLetter": lambda number: letters(number).upper(),
    "upperRoman": lambda number: roman(number).upper(),
}
# Bullets that are written as what they show; the others are signs of symbol fonts.
_BULLETS = frozenset("-–—•●○▪■□◦‣➢➤►✓✔*")
_BULLET = "•"
_PART = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How a level of a list is numbered: "%1.%2" shows the numbers of the first two levels."""

    form: str = "decimal"
    text: str = "%1."
    start: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class WordList:
    """A list: `counter` names the numbers that it counts on, which several lists may share."""

    counter: str
    levels: Mapping[int, Level]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordNumbering:
    """The lists of a file by number, and the list and level that a paragraph style brings."""

    lists: Mapping[str, WordList]
    styles: Mapping[str, tuple[str | None, int | None]]


@dataclass(slots=True)
class Counters:
    """Counts the paragraphs of lists in document order."""

    numbering: WordNumbering
    numbers: defaultdict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def marker(self, paragraph: Element) -> str:
        """Return what Word shows before the paragraph; empty where it is no list item."""
        number, depth = self._place(paragraph)
        found = self.numbering.lists.get(number or "")
        if found is None:
            return ""
        level = found.levels.get(depth, Level(text=f"%{depth + 1}."))
        if level.form == "bullet":
            return level.text if level.text in _BULLETS else _BULLET
        counted = self.numbers[found.counter]
        counted[depth] = counted.get(depth, level.start - 1) + 1
        for deeper in [other for other in counted if other > depth]:
            del counted[deeper]
        return _PART.sub(lambda part: _shown(found, counted, int(part[1]) - 1), level.text).strip()

    def _place(self, paragraph: Element) -> tuple[str | None, int]:
        """Return the list and level of a paragraph: its own, or those of its style."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return None, 0
        number, depth = _numbered(properties)
        style = properties.find(f"{W}pStyle")
        named = self.numbering.styles.get(_value(style) or "", (None, None))
        number = named[0] if number is None else number
        depth = named[1] if depth is None else depth
        return number, min(depth or 0, _LEVELS - 1)


def read_numbering(numbering: Element | None, styles: Element | None) -> WordNumbering:
    """Read `numbering.xml` and `styles.xml`; a file may have neither."""
    return WordNumbering(
        lists=_lists(numbering) if numbering is not None else {},
        styles=_styles(styles) if styles is not None else {},
    )


def _shown(found: WordList, counted: Mapping[int, int], depth: int) -> str:
    level = found.levels.get(depth, Level())
    number = counted.get(depth, level.start)
    return _FORMATS.get(level.form, str)(number) if number > 0 else str(number)


def _lists(numbering: Element) -> dict[str, WordList]:
    abstract = {
        _attribute(one, "abstractNumId"): {
            _depth(level): _level(level) for level in one.findall(f"{W}lvl")
        }
        for one in numbering.findall(f"{W}abstractNum")
    }
    return {_attribute(one, "numId"): _list(one, abstract) for one in numbering.findall(f"{W}num")}


def _list(one: Element, abstract: Mapping[str, Mapping[int, Level]]) -> WordList:
    """Read a list; one that overrides a start counts anew, the others of its kind count on."""
    kind = _value(one.find(f"{W}abstractNumId")) or ""
    levels = dict(abstract.get(kind, {}))
    overrides = one.findall(f"{W}lvlOverride")
    for override in overrides:
        depth = _depth(override)
        level = override.find(f"{W}lvl")
        own = _level(level) if level is not None else levels.get(depth, Level())
        start = _integer(_value(override.find(f"{W}startOverride")), own.start)
        levels[depth] = Level(form=own.form, text=own.text, start=start)
    counter = f"num {_attribute(one, 'numId')}" if overrides else f"abstract {kind}"
    return WordList(counter=counter, levels=levels)


def _level(level: Element) -> Level:
    return Level(
        form=_value(level.find(f"{W}numFmt")) or "decimal",
        text=_value(level.find(f"{W}lvlText")) or "",
        start=_integer(_value(level.find(f"{W}start")), 1),
    )


def _styles(styles: Element) -> dict[str, tuple[str | None, int | None]]:
    """Return the list and level of each paragraph style, its own or that of one it is based on."""
    found = {_attribute(style, "styleId"): style for style in styles.findall(f"{W}style")}
    return {name: _inherited(name, found) for name in found}


def _inherited(name: str, styles: Mapping[str, Element]) -> tuple[str | None, int | None]:
    number: str | None = None
    depth: int | None = None
    for _ in range(_MOST_STYLES):
        style = styles.get(name)
        if style is None:
            break
        properties = style.find(f"{W}pPr")
        if properties is not None:
            own_number, own_depth = _numbered(properties)
            number = own_number if number is None else number
            depth = own_depth if depth is None else depth
        name = _value(style.find(f"{W}basedOn")) or ""
    return number, depth


def _numbered(properties: Element) -> tuple[str | None, int | None]:
    own = properties.find(f"{W}numPr")
    if own is None:
        return None, None
    depth = _value(own.find(f"{W}ilvl"))
    return _value(own.find(f"{W}numId")), None if depth is None else _integer(depth, 0)


def _depth(element: Element) -> int:
    return _integer(_attribute(element, "ilvl"), 0)


def _value(element: Element | None) -> str | None:
    return None if element is None else element.get(f"{W}val")


def _attribute(element: Element, name: str) -> str:
    return element.get(f"{W}{name}", "")


def _integer(written: str | None, default: int) -> int:
    return int(written) if written and re.fullmatch(r"\d{1,6}", written) else default
