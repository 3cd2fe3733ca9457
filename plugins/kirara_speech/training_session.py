"""Training a voice: one run, the newest there is, and how the next is started."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from kirara_speech.learning.schedule import READ
from kirara_speech.learning.voice_plan import RUN_FOLDERS, plan_for
from kirara_speech.speaking.voices import Voice
from kirara_studio.api.learning.schedule import CHECKPOINT
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import TrainingTask

TRAINER = "kirara_speech.learning.voice_training:train_voice"
CURVES = ("loss", "L1", "L1 (held out)", "sharpness of attention (held out)")


class TrainingSession(TrainingTask):
    """A run trains one network after the other; curves and figures are those of the last one."""

    def __init__(self, context: PanelContext, parent: QObject | None = None) -> None:
        super().__init__(context, TRAINER, CURVES, parent)

    def clear(self) -> None:
        super().clear()
        self._network = -1.0

    @property
    def reading(self) -> bool:
        """True while the recordings are read."""
        return READ in self.figures

    @property
    def has_checkpoint(self) -> bool:
        folders = [] if self.run is None else [self.run.folder / f for f in RUN_FOLDERS.values()]
        return any((folder / CHECKPOINT).exists() for folder in folders)

    def start(self, folder: Path, used: int, kinds: Sequence[str], voice: Voice | None) -> None:
        """Train networks of ``kinds`` on the ``used`` recordings of ``folder``, from ``voice`` or
        from scratch."""
        try:
            plan = plan_for(folder, used, kinds, voice)
        except Exception as error:
            self._context.show_error(error)
            return
        self.start_run(plan.to_dict(), folder.name)

    def take_event(self, event: Mapping[str, Any]) -> None:
        if self.reading and event.get("event") in ("message", "stopped", "finished", "failed"):
            self.figures = {}
        super().take_event(event)

    def take_figures(self, figures: dict[str, float]) -> None:
        if figures.get("network", self._network) != self._network:
            self._network = figures["network"]
            self.curves.clear()  # the figures of another network cannot be compared
            self.figures = {}
        if READ in figures:
            self.figures = figures
        elif "loss" in figures or figures["step"]:  # step 0 alone is of an older version
            earlier = {} if "loss" in figures else self.figures  # no step since the last report
            super().take_figures(figures)
            self.figures = {**earlier, **figures}
