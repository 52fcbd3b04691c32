"""A parsed HTML page as a flat list of openings, texts and closings, each element measured.

Flat, because pages nest as deep as their authors' mistakes: nothing here recurs. What a browser
shows when a tab or a heading is clicked is text like any other, the tab's label its heading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from selectolax.lexbor import LexborNode

_DEEPEST_PATH = 100
_NEVER_TEXT = frozenset(
    """audio button canvas datalist dialog head input math meter noscript optgroup option progress
    script select style svg template textarea""".split()  # noqa: SIM905
)
EMBEDDED = frozenset({"embed", "iframe", "img", "object", "video"})
"""What a page shows that is no text of its own; nothing inside is read."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary"})
_UNFOLDS = frozenset({"aria-controls", "aria-expanded"})
_NAMED = ("class", "data-bs-toggle", "data-toggle")
_FOLDS = re.compile(r"accordion|collaps|\btab(?!le)|\bpill\b", re.IGNORECASE)
_TAB = re.compile(r"(?:^|[\s_-])tab(?!le)", re.IGNORECASE)
# "openTab(event, 'visi')"
_CALLED = re.compile(r"\(.*['\"]([\w-]+)['\"]\s*\)")
_LONGEST_LABEL = 80
_LONGEST_CALL = 200
_DEEPEST_LABEL = 4


@dataclass(slots=True, kw_only=True)
class Element:
    """An element of a page.

    `path` leads to it from `html`: "body/ol/li.3" is the third `li` of the first `ol`. `end` is
    the index of its closing among the tokens. `text` and `linked` count the characters in it and
    in its links, `links` the links.
    """

    tag: str
    attributes: Mapping[str, str | None]
    path: str
    end: int = 0
    text: int = 0
    linked: int = 0
    links: int = 0
    children: dict[str, int] = field(default_factory=dict)

    @property
    def own_text(self) -> int:
        """Return how many characters stand outside links."""
        return self.text - self.linked


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of an element."""

    tag: str


Token: TypeAlias = Element | Closing | str


def tokens_of(root: LexborNode) -> list[Token]:
    """Return the elements, closings and texts under a root in document order."""
    tokens: list[Token] = []
    path: list[Element] = []
    labels = _labels_of_panes(root)
    for node, opens in _walk(root):
        if not opens:
            _close(tokens, path)
        elif node.is_element_node:
            element = _element(node, path)
            tokens.append(element)
            path.append(element)
            if label := labels.get(node.attributes.get("id") or ""):
                tokens += _heading(label, element)
        elif (text := node.text_content) and not _labels_a_pane(path, labels):
            tokens.append(text)
            path[-1].text += len("".join(text.split()))
    return tokens


def _heading(label: str, pane: Element) -> list[Token]:
    """Return the label of a tab as the heading of what the tab shows."""
    size = len("".join(label.split()))
    pane.text += size
    return [Element(tag="h3", attributes={}, path=pane.path, text=size), label, Closing("h3")]


def _labels_of_panes(root: LexborNode) -> dict[str, str]:
    """Return the labels of tabs by the id of the element that each shows."""
    panes = {node.attributes["id"] for node in root.css("[id]") if _is_pane(node.attributes)}
    panes -= {"", None}
    labels: dict[str, str] = {}
    for node in root.css("a, button") if panes else ():
        label = " ".join(node.text().split())
        target = _target(node.attributes)
        if target in panes and 0 < len(label) <= _LONGEST_LABEL:
            labels.setdefault(target, label)
    return labels


def _labels_a_pane(path: Sequence[Element], labels: Mapping[str, str]) -> bool:
    """Tell whether a text stands in a tab, whose label heads what it shows instead."""
    tabs = (one for one in path[-_DEEPEST_LABEL:] if one.tag in {"a", "button"})
    return bool(labels) and any(_target(one.attributes) in labels for one in tabs)


def _is_pane(attributes: Mapping[str, str | None]) -> bool:
    return attributes.get("role") == "tabpanel" or bool(_TAB.search(attributes.get("class") or ""))


def _target(attributes: Mapping[str, str | None]) -> str:
    """Return the id of what a link or button shows, nothing where it leads elsewhere."""
    if called := _CALLED.search((attributes.get("onclick") or "")[:_LONGEST_CALL]):
        return called[1]
    targets = (attributes.get(name) or "" for name in ("data-bs-target", "data-target", "href"))
    linked = (target[1:] for target in targets if target.startswith("#"))
    return next(linked, None) or attributes.get("aria-controls") or ""


def _is_text(node: LexborNode, parent: LexborNode) -> bool:
    """Tell whether an element's text is part of the page's: also a button that unfolds some."""
    if node.tag == "button":
        named = " ".join(node.attributes.get(one) or "" for one in _NAMED)
        unfolds = not _UNFOLDS.isdisjoint(node.attributes) or _FOLDS.search(named)
        return bool(unfolds) or parent.tag in _HEADINGS
    return node.tag not in _NEVER_TEXT


def _walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Yield the nodes under a root, each element when it opens and when it closes."""
    pending = [(root, True)]
    while pending:
        node, opens = pending.pop()
        yield node, opens
        if not (opens and node.is_element_node):
            continue
        pending.append((node, False))
        child = node.last_child if node.tag not in EMBEDDED else None
        while child is not None:
            if child.is_text_node or (child.is_element_node and _is_text(child, node)):
                pending.append((child, True))
            child = child.prev


def _element(node: LexborNode, path: list[Element]) -> Element:
    tag = node.tag or ""
    parent = path[-1] if path else None
    if parent is None:
        return Element(tag=tag, attributes=node.attributes, path=tag)
    parent.children[tag] = number = parent.children.get(tag, 0) + 1
    step = quote(tag, safe="") + (f".{number}" if number > 1 else "")
    place = parent.path if len(path) > _DEEPEST_PATH else f"{parent.path}/{step}"
    return Element(tag=tag, attributes=node.attributes, path=place)


def _close(tokens: list[Token], path: list[Element]) -> None:
    closed = path.pop()
    closed.end = len(tokens)
    tokens.append(Closing(closed.tag))
    if closed.tag == "a":
        closed.linked, closed.links = closed.text, closed.links + bool(closed.text)
    if path:
        path[-1].text += closed.text
        path[-1].linked += closed.linked
        path[-1].links += closed.links
