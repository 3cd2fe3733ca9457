"""The job bar, with the real queue."""

from __future__ import annotations

from typing import Any

from kirara_studio.api.jobs import Cancelled, Device, Progress
from kirara_studio.testing import wait_for
from kirara_studio.ui.job_bar import ProgressLine
from tests.ui.conftest import Studio, process_events


def start(panel: Any, key: str, title: str, **callbacks: Any) -> Any:
    from kirara_sample.panel import wait_until_stopped  # type: ignore[import-not-found]

    return panel.context.jobs.submit_io(key, wait_until_stopped, key, title=title, **callbacks)


def test_what_runs_how_far_and_stop(studio: Studio) -> None:
    studio.window.show()
    panel = studio.opened("sample")
    bar = studio.window.job_bar
    errors: list[BaseException] = []
    start(panel, "film", "Morphing", on_error=errors.append)
    wait_for(lambda: "frame" in bar.row.text)
    assert bar.row.text.startswith("Morphing frame") and bar.row.text.endswith("of film")
    assert bar.more.isHidden()
    bar.row.stop_button.click()
    wait_for(lambda: not bar.row.isVisible())
    assert [type(error) for error in errors] == [Cancelled]


def test_several_jobs(studio: Studio) -> None:
    studio.window.show()
    panel = studio.opened("sample")
    bar = studio.window.job_bar
    for number in range(3):
        start(panel, f"job {number}", f"Job {number}")
    wait_for(lambda: bar.more.isVisible() and bar.more.text() == "and 2 more")
    assert bar.row.text.startswith("Job 0")
    bar.more.click()
    popup = bar.popup
    assert popup is not None
    assert [row.text.split(" frame")[0] for row in popup.rows] == ["Job 1", "Job 2"]
    popup.rows[1].stop_button.click()
    wait_for(lambda: bar.more.text() == "and 1 more")
    bar.row.stop_button.click()
    wait_for(lambda: bar.row.text.startswith("Job 1"))
    assert bar.popup is None
    bar.row.stop_button.click()
    wait_for(lambda: not bar.row.isVisible())


def test_the_panel_in_front_comes_first_and_windows_show_their_own(studio: Studio) -> None:
    studio.window.show()
    first, second = studio.opened("sample"), studio.opened("sample.second")
    bar = studio.window.job_bar
    start(first, "a", "First's job")
    start(second, "b", "Second's job")
    wait_for(lambda: bar.more.isVisible())
    assert bar.row.text.startswith("Second's")
    studio.window.open_panel("sample")
    assert bar.row.text.startswith("First's")
    studio.window.detach("sample.second")
    own: Any = studio.window.panel_window("sample.second")
    assert own.job_bar.row.text.startswith("Second's") and own.job_bar.more.isHidden()


def test_short_jobs_do_not_flicker(studio: Studio) -> None:
    studio.window.show()
    studio.opened("sample")
    bar = studio.window.job_bar
    info = studio.jobs.new_info("sample", "Quick")
    studio.jobs.job_started.emit(info)
    studio.jobs.job_progress.emit(info, Progress(0.5))
    process_events(50)
    assert not bar.row.isVisible()
    studio.jobs.job_finished.emit(info)
    process_events(300)
    assert not bar.row.isVisible()


def test_the_device_and_messages_of_the_engine(studio: Studio) -> None:
    bar = studio.window.job_bar
    studio.opened("sample")
    studio.jobs.device_known.emit(Device("cpu", "AMD EPYC", "bf16", 2))
    assert bar.status == "CPU, 2 threads · sample of sample"
    studio.jobs.device_known.emit(Device("cuda", "RTX 4070", "fp16", 4))
    assert bar.status == "RTX 4070 · sample of sample"
    studio.jobs.message.emit("There was too little memory.")
    assert bar.message == "There was too little memory."


def test_a_line_without_an_end_moves_only_where_motion_is_wanted(studio: Studio) -> None:
    line = ProgressLine()
    line.show()
    assert line.timer.isActive()
    line.set_fraction(0.5)
    assert not line.timer.isActive()
    studio.appearance.theme.set_still(True)
    line.set_fraction(None)
    assert not line.timer.isActive()
    studio.appearance.theme.set_still(False)
