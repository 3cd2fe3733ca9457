"""The queue that the studio lends to what a plugin does without a panel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import JobTools
from kirara_studio.testing.driving import wait_for
from kirara_studio.testing.studio import OffscreenStudio


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[OffscreenStudio]:
    with OffscreenStudio([], tmp_path / "home") as studio:
        yield studio


def double(request: int, tools: JobTools) -> int:
    tools.give(request)
    return 2 * request


def refuse(request: str, tools: JobTools) -> None:
    raise UserError("The cupboard is bare.")


def test_results_and_parts_arrive(studio: OffscreenStudio) -> None:
    got: list[object] = []
    jobs = studio.studio.jobs("hidari")
    jobs.submit("a", double, 4, on_part=got.append, on_result=got.append)
    studio.settle()
    jobs.submit_io("b", double, 5, background=True, on_result=got.append)
    studio.settle()
    assert got == [4, 8, 10]


def test_a_panel_of_the_same_name_neither_replaces_nor_stops_them(studio: OffscreenStudio) -> None:
    got: list[object] = []
    studio.hold_jobs()
    studio.studio.jobs("hidari").submit("a", double, 4, on_result=got.append)
    panel = studio.jobs.for_panel("hidari", studio.faults.append)
    panel.submit("a", double, 5, on_result=got.append)
    studio.jobs.stop_panel("hidari")
    studio.release_jobs()
    studio.settle()
    assert got == [8]


def test_an_error_reaches_the_user_also_while_the_window_is_hidden(studio: OffscreenStudio) -> None:
    assert not studio.window.isVisible()
    studio.studio.jobs("hidari").submit("a", refuse, "")
    wait_for(lambda: studio.notices, 30)
    assert studio.notices[0].title == "The cupboard is bare."
