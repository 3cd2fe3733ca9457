"""The tour of the Foresight panel: digits, rain, a film of them, and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kirara_foresight.panel import ForesightPanel
from kirara_foresight.samples import samples
from kirara_studio.api.panel import TourGuide

_PATIENCE = 240.0  # seconds; the first forecast waits for OpenCV and torch, on a busy machine


def run(panel: ForesightPanel, guide: TourGuide) -> None:
    """Forecast both samples, save a film and its scores, and open the film again.

    Raises TimeoutError if a result does not come.
    """
    paths = {sample.id: sample.path for sample in samples()}
    _open(panel, guide, paths["digits"])
    panel.workspace.go_to_lead(5)
    guide.screenshot("foresight-digits")
    film = guide.folder / "forecast.gif"
    _save(panel, guide, film, lambda path: panel.session.save_film(path, panel.workspace.fps))
    _save(panel, guide, guide.folder / "scores.csv", panel.session.save_scores)

    _open(panel, guide, paths["radar"])
    panel.workspace.button.click()
    guide.wait_until(lambda: panel.workspace.stage.lead >= 5, _PATIENCE)
    panel.workspace.button.click()
    guide.screenshot("foresight-radar")

    panel.dropped.emit([film])
    guide.wait_until(lambda: panel.session.setting.clip == str(paths["digits"]), _PATIENCE)
    guide.wait_until(lambda: panel.session.result is not None and not panel.busy, _PATIENCE)
    guide.screenshot("foresight-recalled")


def _open(panel: ForesightPanel, guide: TourGuide, path: Path) -> None:
    panel.session.open(path)

    def has_forecast() -> bool:
        result = panel.session.result
        return not panel.busy and result is not None and result.request.clip == str(path)

    guide.wait_until(has_forecast, _PATIENCE)


def _save(
    panel: ForesightPanel, guide: TourGuide, path: Path, save: Callable[[Path], None]
) -> None:
    save(path)
    guide.wait_until(lambda: panel.save_button.last_saved == path, _PATIENCE)
    guide.produced(path)
