"""Pages as a test sees them: elements with attributes and text, in document order."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})


@dataclass
class Element:
    """An element with the text of all its descendants."""

    tag: str
    attributes: dict[str, str | None]
    parents: tuple[str, ...]
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text within, as it is."""
        return "".join(self.words)

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name) or ""


@dataclass
class Page:
    """A parsed page; `problems` are tags that do not nest."""

    elements: list[Element] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Return the elements of a tag with the given attribute values (`class_` is a word)."""
        return [
            element
            for element in self.elements
            if element.tag == tag and all(has(element, *pair) for pair in attributes.items())
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        """Return the only such element."""
        (found,) = self.all(tag, **attributes)
        return found

    @property
    def text(self) -> str:
        """The text of the main part, white space collapsed."""
        return " ".join(self.one("main").text.split())

    @property
    def ids(self) -> list[str]:
        """The ids in document order."""
        return [element["id"] for element in self.elements if "id" in element.attributes]


def has(element: Element, name: str, value: str) -> bool:
    """Tell whether an attribute has a value; `class_` is one word of the classes."""
    if name == "class_":
        return value in element["class"].split()
    return element.attributes.get(name.replace("_", "-")) == value


class Reader(HTMLParser):
    """Collects elements and notes tags that do not nest."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parents = tuple(element.tag for element in self._open)
        element = Element(tag, dict(attrs), parents)
        self.page.elements.append(element)
        if len(attrs) != len(element.attributes):
            self.page.problems.append(f"<{tag}> has an attribute twice")
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1].tag != tag:
            self.page.problems.append(f"</{tag}> closes {[e.tag for e in self._open][-3:]}")
            return
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.words.append(data)

    def close(self) -> None:
        super().close()
        self.page.problems += [f"<{element.tag}> is not closed" for element in self._open]


def parsed(content: str) -> Page:
    """Return a page parsed."""
    reader = Reader()
    reader.feed(content)
    reader.close()
    return reader.page
