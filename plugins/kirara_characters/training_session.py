"""Training on the user's pictures: the newest run, and how the next is started."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kirara_characters.learning.schedule import TRAINER, TrainRequest, default_stages
from kirara_studio.api.files import is_folder
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import TrainingTask

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

CURVES = ("discriminator loss", "generator loss", "score of real", "score of generated")


class TrainingSession(TrainingTask):
    """The run; ``folder`` holds the pictures of the next one."""

    def __init__(self, context: PanelContext, parent: QObject | None = None) -> None:
        super().__init__(context, TRAINER, CURVES, parent)
        self.folder: Path | None = None

    @property
    def continues(self) -> bool:
        """True if starting resumes a stopped run, since no other pictures were chosen."""
        return self.folder is None and self.state == "stopped"

    def choose_folder(self, folder: Path) -> None:
        """Take the pictures of ``folder`` for the next run."""
        self.folder = folder if is_folder(folder) else folder.parent
        self.changed.emit()

    def start(self, size: int, thoroughness: float, mirror: bool) -> None:
        """Train on the chosen folder up to ``size`` pixels, or resume the stopped run.

        A run is queued while another one goes on.
        """
        if self.continues:
            self.toggle_pause()
        elif self.folder is not None:
            stages = default_stages(size, thoroughness)
            request = TrainRequest(str(self.folder), stages=stages, mirror=mirror)
            if self.start_run(request.to_dict(), self.folder.name):
                self.folder = None
                self.changed.emit()
