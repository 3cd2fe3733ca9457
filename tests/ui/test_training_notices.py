"""A training that was interrupted is offered in the window."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton

from kirara_studio.engine.run_folder import RunFolder
from kirara_studio.engine.training import TrainingService
from kirara_studio.testing import wait_for
from kirara_studio.ui.training_notices import offer_to_resume
from tests.engine.test_training_service import COUNTER
from tests.ui.conftest import Studio


def interrupted_run(data: Path) -> RunFolder:
    """A run as a reboot leaves it: it went on, and its process is gone."""
    folder = RunFolder(data / "kirara_sample" / "training" / "girls-1")
    folder.want("run")
    folder.write_run(COUNTER, {"steps": 20}, "My girls")
    progress = {"event": "progress", "time": 1.0, "step": 5, "total": 20, "metrics": {}}
    folder.events.write_text(json.dumps(progress) + "\n", encoding="utf-8")
    return folder


def test_one_click_resumes_an_interrupted_training(studio: Studio, tmp_path: Path) -> None:
    folder = interrupted_run(tmp_path)
    service = TrainingService(data=tmp_path)
    offer_to_resume(service.find_runs(), studio.window.banners, studio.window.show_error)
    (banner,) = studio.window.banners.banners
    assert banner.message == "The training “My girls” was interrupted."
    (resume,) = [b for b in banner.findChildren(QAbstractButton) if b.text() == "Resume"]
    resume.click()
    assert studio.window.banners.banners == []
    run = service.attach(folder.path)
    assert run is not None
    wait_for(lambda: run.state == "finished" and not run.alive)
    offer_to_resume(service.find_runs(), studio.window.banners, studio.window.show_error)
    assert studio.window.banners.banners == []
