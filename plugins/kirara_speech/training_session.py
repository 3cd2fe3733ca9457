"""Training a voice: the newest run, and the recordings of the next one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kirara_speech.learning.recording_report import Report
from kirara_speech.learning.schedule import READ
from kirara_speech.learning.voice_making import (
    CheckRequest,
    ListenRequest,
    MakeVoiceRequest,
    check_job,
    listen_job,
    make_voice_job,
)
from kirara_speech.learning.voice_plan import RUN_FOLDERS, plan_for
from kirara_speech.speaking.voices import Voice, config_in
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import exists
from kirara_studio.api.learning.schedule import CHECKPOINT
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Task, TrainingTask

translate = QCoreApplication.translate

TRAINER = "kirara_speech.learning.voice_training:train_voice"
CURVES = ("loss", "L1", "L1 (held out)", "sharpness of attention (held out)")


class TrainingSession(TrainingTask):
    """A run trains one network after the other; curves and figures are those of the last one.

    ``folder`` and ``report`` are the recordings of the next run, once they are checked.
    :attr:`voice_made` carries the name of a new voice, :attr:`sound_read` a recording (samples,).
    """

    voice_made = Signal(str)
    sound_read = Signal(object)

    def __init__(self, context: PanelContext, parent: QObject | None = None) -> None:
        super().__init__(context, TRAINER, CURVES, parent)
        self.folder: Path | None = None
        self.report: Report | None = None
        self._checking = Task(context.jobs, "check recordings", parent=self)
        self._reading_sound = Task(context.jobs, "hear recording", parent=self)
        self._making = Task(context.jobs, "make voice", parent=self)
        for task in (self._checking, self._reading_sound, self._making):
            task.failed.connect(context.show_error)
        for signal in (self._checking.failed, self._checking.stopped):
            signal.connect(self._forget_folder)

    # Recordings

    @property
    def checking(self) -> bool:
        return self._checking.busy

    def check(self, folder: Path, voice: Voice | None) -> None:
        """Check the recordings of ``folder`` for a run that starts from ``voice``."""
        self.folder, self.report = folder, None
        try:
            request = CheckRequest(folder, _front_end(voice))
        except UserError as error:
            self._context.show_error(error)
            self._forget_folder()
            return
        title = translate("speech", "Checking the recordings")
        self._checking.start(check_job, request, self._take_report, title=title)
        self.changed.emit()

    def _take_report(self, report: Report) -> None:
        self.report = report
        self.changed.emit()

    def _forget_folder(self) -> None:
        self.folder = None
        self.changed.emit()

    def listen(self, name: str) -> None:
        """Read a recording of the folder, for :attr:`sound_read`."""
        if self.folder is not None:
            request = ListenRequest(self.folder, name)
            self._reading_sound.start(listen_job, request, self.sound_read.emit)

    # The run

    def clear(self) -> None:
        super().clear()
        self._network = -1.0

    @property
    def reading(self) -> bool:
        return READ in self.figures

    @property
    def has_checkpoint(self) -> bool:
        folders = [] if self.run is None else [self.run.folder / f for f in RUN_FOLDERS.values()]
        return any(exists(folder / CHECKPOINT) for folder in folders)

    def start(self, kinds: Sequence[str], voice: Voice | None) -> None:
        """Train networks of ``kinds`` on the checked recordings, from ``voice`` or from scratch."""
        if self.folder is None or self.report is None:
            return
        try:
            plan = plan_for(self.folder, self.report.used, kinds, voice)
        except Exception as error:
            self._context.show_error(error)
            return
        self.start_run(plan.to_dict(), self.folder.name)

    def make_voice(self, name: str) -> None:
        if self.run is not None:
            self._making.start(
                make_voice_job,
                MakeVoiceRequest(self.run.folder, name, self._context.data_folder),
                self.voice_made.emit,
                title=translate("speech", "Making a voice"),
            )

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


def _front_end(voice: Voice | None) -> str:
    if voice is None or voice.text2mel is None:
        return "japanese"
    return str(getattr(config_in(voice.text2mel), "front_end", "japanese"))
