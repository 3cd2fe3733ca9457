"""Training on the user's pictures: the newest run, and how the next is started."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kirara_characters.learning.pictures import check_request
from kirara_characters.learning.schedule import TRAINER, TrainRequest, default_stages
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import PictureChooser, TrainingTask

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QUndoStack

CURVES = ("discriminator loss", "generator loss", "score of real", "score of generated")


class TrainingSession(TrainingTask):
    """The run; ``chooser`` holds the pictures of the next one."""

    def __init__(
        self, context: PanelContext, stack: QUndoStack | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(context, TRAINER, CURVES, parent)
        request = partial(check_request, data_folder=context.data_folder)
        self.chooser = PictureChooser(context, request, stack, self)
        self.chooser.changed.connect(self.changed)

    @property
    def folder(self) -> Path | None:
        """The first of the folders and files that were chosen for the next run, if any."""
        return next(iter(self.chooser.sources), None)

    @property
    def continues(self) -> bool:
        """True if starting resumes a stopped run, since no other pictures were chosen."""
        return self.folder is None and self.state == "stopped"

    def choose(self, paths: Iterable[Path]) -> None:
        """Take these pictures, and those in these folders, for the next run."""
        self.chooser.add(paths)

    def start(self, size: int, thoroughness: float, mirror: bool) -> None:
        """Train on the chosen pictures up to ``size`` pixels, or resume the stopped run.

        A run is queued while another one goes on.
        """
        if self.continues:
            self.toggle_pause()
        elif self.folder is not None and self.chooser.ready:
            stages, pictures = default_stages(size, thoroughness), self.chooser.pictures
            request = TrainRequest(
                str(self.folder), stages=stages, mirror=mirror, pictures=pictures
            )
            if self.start_run(request.to_dict(), self.folder.stem):
                self.chooser.forget()
