from __future__ import annotations

from typing import TYPE_CHECKING

import requirements

if TYPE_CHECKING:
    import pytest

ABSENT = "no-such-program-anywhere"


def test_a_test_is_skipped_with_the_reason_where_its_tool_is_absent() -> None:
    mark = requirements.skip_without(ABSENT, install="some-package").mark
    assert mark.args == (not requirements.REQUIRE_ALL,)
    assert mark.kwargs["reason"] == f"needs {ABSENT} (Debian: apt-get install some-package)"


def test_nothing_is_skipped_where_all_tools_are_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requirements, "REQUIRE_ALL", True)
    assert requirements.skip_without(ABSENT, install="some-package").mark.args == (False,)


def test_a_tool_that_is_there_skips_nothing() -> None:
    assert requirements.absent("python3") == ()
    assert requirements.skip_without("python3", install="python3").mark.args == (False,)
