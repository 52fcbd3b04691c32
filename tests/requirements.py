"""Tools that some tests need: where one is absent they are skipped with the reason.

With VISIDAERAH_REQUIRE_ALL=1 nothing is skipped: the tests run, and fail for want of the tool.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

Test = TypeVar("Test", bound="Callable[..., Any] | type")

REQUIRE_ALL = os.environ.get("VISIDAERAH_REQUIRE_ALL") == "1"


def absent(*tools: str) -> tuple[str, ...]:
    """Return the programs that are not on the path."""
    return tuple(tool for tool in tools if not shutil.which(tool))


def skip_without(*tools: str, install: str) -> pytest.MarkDecorator:
    """Return the mark that skips a test where a program is absent, unless all are required."""
    missing = absent(*tools)
    reason = f"needs {', '.join(missing)} (Debian: apt-get install {install})"
    return pytest.mark.skipif(bool(missing) and not REQUIRE_ALL, reason=reason)


def requires_java(test: Test) -> Test:
    """Mark a test that runs the reasoner."""
    marked: Test = pytest.mark.java(skip_without("java", install="default-jre-headless")(test))
    return marked


def requires_chromium(test: Test) -> Test:
    """Mark a test that drives a browser."""
    skip = skip_without("chromium", "chromedriver", install="chromium chromium-driver")
    marked: Test = pytest.mark.browser(skip(test))
    return marked
