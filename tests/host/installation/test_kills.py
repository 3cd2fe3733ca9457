"""An installation that is killed at any moment leaves the old state or the new one, whole."""

from __future__ import annotations

import os

import pytest

from tests.host.installation.kills import run


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs SIGKILL and process groups")
def test_the_old_plugin_or_the_new_one_is_there_and_nothing_is_left_over() -> None:
    seen = run(15)
    assert seen["old"] + seen["new"] == 15, seen
    assert seen["left over"] == seen["changed by the start"] == 0, seen
