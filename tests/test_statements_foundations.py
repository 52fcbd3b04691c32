"""Foundations: what a vision names before "dilandasi" rests on what it names after."""

from __future__ import annotations

import pytest

from visidaerah.spans import Span
from visidaerah.statements.foundations import foundations
from visidaerah.statements.model import Foundation, Pillar


def pillars(text: str, *names: str) -> tuple[Pillar, ...]:
    starts = [(text.index(name), len(name)) for name in names]
    return tuple(
        Pillar(span=Span(0, 1), named_in_vision=Span(start, start + length))
        for start, length in starts
    )


@pytest.mark.parametrize(
    "cue",
    [
        "DILANDASI",
        "dilandasi oleh",
        "berlandaskan",
        "berlandaskan pada",
        "berdasarkan",
        "bertumpu pada",
        "dijiwai\u00a0oleh",
        "berasaskan",
    ],
)
def test_what_stands_before_the_cue_rests_on_what_stands_after(cue: str) -> None:
    vision = f"Desa RAPI dan RUKUN {cue} warga SANTUN dan TAAT"
    (found,) = foundations(
        vision, Span(0, len(vision)), pillars(vision, "RAPI", "RUKUN", "SANTUN", "TAAT")
    )
    assert (found.pillars, found.founded_on) == ((1, 2), (3, 4))
    assert found.span.of(vision) == f"{cue} warga SANTUN dan TAAT"


def test_the_span_ends_with_the_last_pillar_founded_on() -> None:
    vision = "Desa rapi berlandaskan warga santun pada tahun 2030"
    (found,) = foundations(vision, Span(0, len(vision)), pillars(vision, "rapi", "santun"))
    assert found == Foundation(pillars=(1,), founded_on=(2,), span=Span(10, 35))


@pytest.mark.parametrize(
    "vision",
    [
        "Desa rapi dan santun",
        "Desa rapi dan santun berlandaskan Pancasila",
        "Berlandaskan iman, desa rapi dan santun",
        "Desa rapi dan santun di landasan pacu",
    ],
)
def test_a_side_that_names_no_pillar_founds_nothing(vision: str) -> None:
    assert foundations(vision, Span(0, len(vision)), pillars(vision, "rapi", "santun")) == ()


def test_pillars_that_the_vision_does_not_name_have_no_part_in_it() -> None:
    vision = "Desa rapi dilandasi warga santun"
    unnamed = Pillar(span=Span(0, 1))
    named = pillars(vision, "rapi", "santun")
    (found,) = foundations(vision, Span(0, len(vision)), (unnamed, *named))
    assert (found.pillars, found.founded_on) == ((2,), (3,))


def test_only_the_vision_is_read() -> None:
    text = "Desa rapi dilandasi warga santun"
    assert foundations(text, Span(0, 9), pillars(text, "rapi", "santun")) == ()
