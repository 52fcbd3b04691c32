"""The interface speaks Indonesian and English, all of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from werkzeug.datastructures import LanguageAccept

import visidaerah.web
from visidaerah.queries import TOPICS
from visidaerah.web.language import LANGUAGES, choose, messages
from visidaerah.web.pages.documentation import SECTIONS
from visidaerah.web.pages.editor import PHRASES, WORDS
from visidaerah.web.pages.frame import NAVIGATION
from visidaerah.web.pages.marked import LEGEND
from visidaerah.web.pages.measures import COLUMNS, MEASURES
from visidaerah.web.pages.plan import FACT_PROPERTIES
from visidaerah.web.pages.quality import CHECKS
from visidaerah.web.pages.reading import TOLD as TOLD_OF_FILES
from visidaerah.web.pages.resource import GROUPS
from visidaerah.web.pages.results import GRAPH_COLUMNS
from visidaerah.web.pages.search import FOUND
from visidaerah.web.pages.tried import DOUBTS
from visidaerah.web.pages.trouble import REASONS, TOLD

WEB = Path(visidaerah.web.__file__).parent
NOBODY = LanguageAccept()

FAMILIES = {
    *(f"kind.{name}" for name in LEGEND),
    *(f"group.{name}" for name in (*GROUPS, "other")),
    *(f"found.{name}" for name in FOUND),
    *(f"topic.{name}" for name in TOPICS),
    *(f"terms.{name}" for name, _ in SECTIONS),
    *(f"results.{name}" for name in GRAPH_COLUMNS),
    *(f"editor.{name}" for name in WORDS),
    *PHRASES.values(),
    *(f"doubt.{name}" for name in DOUBTS),
    "results.true",
    "results.false",
    *(f"trouble.{name}.{part}" for name in TOLD.values() for part in ("heading", "remedy")),
    *REASONS.values(),
    *(f"reading.{name}" for _, name in TOLD_OF_FILES),
    *(name for name, _, _ in FACT_PROPERTIES),
    *(words for _, words in NAVIGATION),
    *(f"quality.{measure.name}" for measure in MEASURES),
    *(f"quality.plan_{name}" for name in COLUMNS),
    *CHECKS.values(),
}
"""Messages that are named by tables of the code."""

OPEN_FAMILIES = ("term.", "graph.", "column.")
"""Messages that are named by the data: what they lack is shown in other words."""


def placeholders(value: object) -> set[str]:
    forms = value.values() if isinstance(value, dict) else [value]
    return {name for form in forms for name in re.findall(r"\{(\w+)\}", str(form))}


def used_names() -> set[str]:
    files = [*WEB.glob("templates/*.html"), *WEB.glob("pages/*.py")]
    assert len(files) > 20
    found: set[str] = set()
    for file in files:
        text = file.read_text(encoding="utf-8")
        found |= set(re.findall(r"""\bt\(\s*['"]([a-z_]+(?:\.[a-z_-]+)+)['"]""", text))
        found |= set(re.findall(r'"(plan\.(?!html)[a-z_]+)"', text))
    assert len(found) > 50
    return found


def test_both_languages_have_the_same_messages() -> None:
    indonesian, english = (messages(language).words for language in LANGUAGES)
    assert len(indonesian) > 100
    assert indonesian.keys() == english.keys()


def test_both_languages_fill_in_the_same_values() -> None:
    indonesian, english = (messages(language).words for language in LANGUAGES)
    differing = [
        name for name in indonesian if placeholders(indonesian[name]) != placeholders(english[name])
    ]
    assert differing == []


def test_every_message_that_is_used_exists() -> None:
    assert (used_names() | FAMILIES) - messages("id").words.keys() == set()


def test_every_message_is_used() -> None:
    known = {name for name in messages("id").words if not name.startswith(OPEN_FAMILIES)}
    assert known - used_names() - FAMILIES == set()


def test_no_message_is_empty_or_untranslated() -> None:
    indonesian, english = (messages(language).words for language in LANGUAGES)
    assert not [name for words in (indonesian, english) for name in words if not words[name]]
    long_and_equal = [
        name
        for name, words in indonesian.items()
        if words == english[name] and len(str(words).split()) > 3 and name != "data.citation"
    ]
    assert long_and_equal == []


@pytest.mark.parametrize(
    ("asked", "remembered", "accepted", "language"),
    [
        ("en", "id", [("id", 1)], "en"),
        (None, "en", [("id", 1)], "en"),
        (None, None, [("en-GB", 1), ("id", 0.5)], "en"),
        (None, None, [("id-ID", 1)], "id"),
        (None, None, [("fr", 1)], "id"),
        (None, None, [], "id"),
        ("xx", "yy", [("en", 1)], "en"),
        ("<script>", None, [], "id"),
    ],
)
def test_the_language_asked_for_wins_then_the_remembered_then_the_accepted(
    asked: str | None, remembered: str | None, accepted: list[tuple[str, float]], language: str
) -> None:
    assert choose(asked, remembered, LanguageAccept(accepted)) == language


def test_english_tells_one_from_many() -> None:
    english = messages("en")
    assert english("plans.missions", n=1) == "1 mission"
    assert english("plans.missions", n=0) == "0 missions"
    assert english("plans.missions", n=5) == "5 missions"


def test_numbers_are_written_as_the_language_writes_them() -> None:
    assert messages("id").number(12345.5) == "12.345,5"
    assert messages("en").number(12345.5) == "12,345.5"


def test_an_unknown_message_is_an_error() -> None:
    with pytest.raises(KeyError):
        messages("id")("no.such.message")
