"""Which part of a page is its content, and which is menu, banner, sidebar or footer."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from visidaerah.readers.markup import Element

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visidaerah.readers.markup import Token

_FURNITURE_TAGS = frozenset({"aside", "footer", "nav"})
_FURNITURE_ROLES = frozenset(
    {"banner", "complementary", "contentinfo", "menu", "menubar", "navigation", "search"}
)
_FURNITURE_NAMES = re.compile(
    r"(?:(?:main|site|top|bottom|primary|secondary|left|right|mobile|page|wp|footer|header)[-_]?)*"
    r"(?:menu|nav|navbar|navigation|footer|sidebar|breadcrumbs?|widgets?|widget[-_]area|topbar"
    r"|comments?|respond|related(?:[-_]?posts?)?|share|sharing|sharedaddy|addtoany|social(?:[-_]media)?|cookies?"
    r"|cookie[-_](?:notice|banner|consent)|copyright|pagination|masthead|colophon|preloader"
    r"|statistik|kontak[-_]kami|berita[-_]terkait|pengunjung)"
    r"(?:[-_]?(?:\d+|wrapper|wrap|container|content|inner|area|section|list|links|bar|top|bottom|col|row))*",
    re.IGNORECASE,
)
_CONTENT_TAGS = frozenset({"article", "main"})
_CONTENT_NAMES = re.compile(
    r"(?:(?:main|page|post|entry|article|site)[-_]?)?(?:content|konten|body|isi|artikel|article)"
    r"(?:[-_]?(?:area|inner|text|body|detail))?",
    re.IGNORECASE,
)
# A page that is wrapped whole in a "menu" or "footer" element is not dropped whole.
_MOST_OF_A_PAGE = 0.5
_WHOLE_CONTENT = 0.7
_LINKED = 0.7
_FEWEST_LINKS = 3
_LONGEST_MENU_ENTRY = 40


def content_of(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of the main content, without menus, banners, sidebars and footers."""
    kept = list(_without_furniture(tokens))
    begin, end = _main_part(tokens, kept)
    return [tokens[index] for index in kept if begin <= index <= end]


def _without_furniture(tokens: Sequence[Token]) -> Iterator[int]:
    """Yield the indices of what is left when furniture is left out."""
    page = max((token.own_text for token in tokens if isinstance(token, Element)), default=0)
    content_end = skip_end = -1
    for index, token in enumerate(tokens):
        if index <= skip_end:
            continue
        if isinstance(token, Element):
            if _may_be_content(token):
                content_end = max(content_end, token.end)
            banner = token.tag == "header" and index > content_end
            if (banner or _is_furniture(token)) and token.own_text <= page * _MOST_OF_A_PAGE:
                skip_end = token.end
                continue
        yield index


def _is_furniture(element: Element) -> bool:
    return (
        element.tag in _FURNITURE_TAGS
        or element.attributes.get("role") in _FURNITURE_ROLES
        or (element.tag not in _CONTENT_TAGS | {"body"} and _named(element, _FURNITURE_NAMES))
        or _is_menu(element)
    )


def _is_menu(element: Element) -> bool:
    """Tell whether an element is hardly more than short links."""
    many = element.links >= _FEWEST_LINKS and element.linked >= element.text * _LINKED
    return many and element.linked < element.links * _LONGEST_MENU_ENTRY


def _named(element: Element, names: re.Pattern[str]) -> bool:
    given = f"{element.attributes.get('class') or ''} {element.attributes.get('id') or ''}"
    return any(names.fullmatch(name) for name in given.split())


def _main_part(tokens: Sequence[Token], kept: Sequence[int]) -> tuple[int, int]:
    """Return where the smallest element that holds most of the kept text begins and ends."""
    lengths = [0] * len(tokens)
    for index in kept:
        token = tokens[index]
        lengths[index] = len(token.strip()) if isinstance(token, str) else 0
    before = list(accumulate(lengths, initial=0))
    candidates = [
        (before[token.end] - before[index], index, token.end)
        for index in kept
        if isinstance(token := tokens[index], Element) and _may_be_content(token)
    ]
    whole = [found for found in candidates if found[0] >= before[-1] * _WHOLE_CONTENT]
    return min(whole)[1:] if whole and before[-1] else (0, len(tokens))


def _may_be_content(element: Element) -> bool:
    return (
        element.tag in _CONTENT_TAGS
        or element.attributes.get("role") == "main"
        or _named(element, _CONTENT_NAMES)
    )
