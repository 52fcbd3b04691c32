"""A parsed HTML page as a flat list of openings, texts and closings, each element measured.

Flat, because pages nest as deep as their authors' mistakes: nothing here recurs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from selectolax.lexbor import LexborNode

_DEEPEST_PATH = 100
_NEVER_TEXT = frozenset(
    """audio button canvas datalist dialog head iframe input math meter noscript object optgroup
    option progress script select style svg template textarea video""".split()  # noqa: SIM905
)


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
    for node, opens in _walk(root):
        if not opens:
            _close(tokens, path)
        elif node.is_element_node:
            tokens.append(_element(node, path))
            path.append(tokens[-1])  # type: ignore[arg-type]
        elif text := node.text_content:
            tokens.append(text)
            path[-1].text += len("".join(text.split()))
    return tokens


def _walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Yield the nodes under a root, each element when it opens and when it closes."""
    pending = [(root, True)]
    while pending:
        node, opens = pending.pop()
        yield node, opens
        if not (opens and node.is_element_node):
            continue
        pending.append((node, False))
        child = node.last_child
        while child is not None:
            if child.is_text_node or (child.is_element_node and child.tag not in _NEVER_TEXT):
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
