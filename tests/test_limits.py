"""Limits have defaults, are set by name, and a wrong setting says what is right."""

from __future__ import annotations

from dataclasses import fields

import pytest

from visidaerah.cli import main
from visidaerah.errors import UsageError
from visidaerah.limits import Limits, readable, table, with_settings
from visidaerah.screening import Nesting


@pytest.mark.parametrize(
    ("setting", "name", "value"),
    [
        ("seconds=60", "seconds", 60.0),
        ("quick=0.5", "quick", 0.5),
        ("memory=2G", "memory", 2 << 30),
        ("answer=1.5m", "answer", 3 << 19),
        ("rows=100k", "rows", 102_400),
        ("rows=7", "rows", 7),
    ],
)
def test_a_limit_is_set_by_its_name(setting: str, name: str, value: float) -> None:
    limits = with_settings([setting])
    assert getattr(limits, name) == value
    assert with_settings([setting, f"{name}={getattr(Limits(), name)}"]) == Limits()


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ("time=5", r"no limit 'time'. Known: seconds, .*rows"),
        ("rows", "rows= is no limit. Give a whole number"),
        ("rows=0", "rows=0 is no limit. Give a whole number over 0, as 500 or 64M"),
        ("rows=1.5", "whole number"),
        ("rows=-3", "whole number"),
        ("seconds=soon", "seconds=soon is no limit. Give seconds over 0, as 20 or 0.5"),
        ("memory=1T", "memory=1T is no limit"),
    ],
)
def test_a_wrong_setting_is_told(setting: str, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        with_settings([setting])


def test_what_nests_is_limited_as_it_is_screened() -> None:
    assert Limits().nesting == Nesting()
    assert with_settings(["depth=5"]).nesting == Nesting(depth=5)


def test_the_table_can_be_copied_into_settings() -> None:
    settings = [line.split()[0] for line in table().splitlines()]
    assert len(settings) == len(fields(Limits))
    assert with_settings(settings) == Limits()


@pytest.mark.parametrize(
    ("value", "text"),
    [(1 << 30, "1G"), (1 << 20, "1M"), (4096, "4k"), (1000, "1000"), (0.5, "0.5")],
)
def test_a_limit_is_shown_as_it_would_be_set(value: float, text: str) -> None:
    assert readable(value) == text


def test_serve_shows_every_limit(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["serve", "--help"])
    assert table() in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--limit", "sekonds=5"], "There is no limit 'sekonds'"),
        (["--spool", "/dev/null/x"], "--spool /dev/null/x is no folder"),
    ],
)
def test_serve_refuses_what_it_cannot_keep(
    options: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", *options]) == 2
    assert sentence in capsys.readouterr().err
