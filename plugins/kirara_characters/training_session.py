"""Training on the user's pictures: the newest run, and how the next is started."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kirara_characters.learning.pictures import check_request
from kirara_characters.learning.schedule import TRAINER, TrainRequest, default_stages
from kirara_characters.models import available_models, is_drawn
from kirara_characters.networks.config import BUNDLED, PgganConfig
from kirara_studio.api.model_library import MODELS, ModelFile
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.resources import resource_folder
from kirara_studio.api.widgets import PictureChooser, TrainingTask

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QUndoStack

CURVES = ("discriminator loss", "generator loss", "score of real", "score of generated")


@dataclass(frozen=True)
class RunChoice:
    """How to train: for ``hours``, up to ``size`` pixels, from a model's file or from nothing."""

    hours: float
    size: int
    mirror: bool = True
    start_from: Path | None = None


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

    def starts(self) -> list[ModelFile]:
        """The models that a run can start from, those that come with the studio first."""
        models = available_models(self._context.data_folder)
        return [model for model in models if not is_drawn(model) and _can_go_on(model)]

    def command(self, choice: RunChoice) -> str:
        """The command line that trains so on the chosen pictures; "" if there are none."""
        if self.folder is None:
            return ""
        words = ["kirara-studio", "characters", "train", *map(str, self.chooser.sources)]
        words += ["--out", "RUN", "--hours", f"{choice.hours:g}", "--size", str(choice.size)]
        if (start := choice.start_from) is not None:
            bundled = start.parent == resource_folder() / MODELS  # every studio has it, by its name
            words += ["--from", start.stem if bundled else str(start)]
        words += [] if choice.mirror else ["--no-mirror"]
        return shlex.join(words)

    def start(self, choice: RunChoice) -> None:
        """Train on the chosen pictures, or resume the stopped run.

        A run is queued while another one goes on.
        """
        if self.continues:
            self.toggle_pause()
        elif self.folder is not None and self.chooser.ready:
            request = TrainRequest(
                str(self.folder),
                stages=default_stages(choice.size),
                mirror=choice.mirror,
                start_from=str(choice.start_from or ""),
                hours=choice.hours,
                pictures=self.chooser.pictures,
            )
            if self.start_run(request.to_dict(), self.folder.stem):
                self.chooser.forget()


def _can_go_on(model: ModelFile) -> bool:
    """True for a network that the trainer's own can take over."""
    try:
        config = PgganConfig.from_dict(model.card.configuration)
    except (KeyError, TypeError, ValueError):
        return False
    return config == BUNDLED.cut_at(config.top_level)
