"""Fine-tuning on the open clip: a short training whose network is then used at once."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kirara_foresight.importing import TAKEN, ExportRunRequest, export_run_job
from kirara_foresight.learning.schedule import REQUEST, TrainRequest, fine_tune_request
from kirara_foresight.setting import Setting
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import exists
from kirara_studio.api.learning.schedule import LEFT
from kirara_studio.api.model_library import ModelFile
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.reading import read_json, reading
from kirara_studio.api.widgets import TrainingTask

translate = QCoreApplication.translate

TRAINER = "kirara_foresight.learning.training:train"


class FineTuning(TrainingTask):
    """The training run. :attr:`trained` carries the path of the new network."""

    trained = Signal(Path)

    def __init__(self, context: PanelContext, parent: QObject | None = None) -> None:
        super().__init__(context, TRAINER, parent=parent)
        self._seconds = 0.0  # how long it lasts; 0 until it is stopped
        self._data = ""  # what it is trained on, for the model's card
        self._wanted = False  # its network is used as soon as it is done
        self.ended.connect(self._export)

    @property
    def share(self) -> float | None:
        left = self.figures.get(LEFT)
        return 1 - left / self._seconds if left is not None and self._seconds > 0 else None

    def wanted(self, folder: Path) -> bool:
        """A run of an earlier session whose network is not used yet."""
        if exists(folder / TAKEN):
            return False
        self._wanted = True
        self._read_request(folder)
        return True

    def follow(self, folder: Path) -> None:
        """Follow another run; its network is used if it still goes on, or by :meth:`use`."""
        super().follow(folder)
        self._wanted = self.running
        self._read_request(folder)

    def use(self) -> None:
        """Make a model of the run and use it, though the run was stopped earlier."""
        self._wanted = True
        self._export()

    def _read_request(self, folder: Path) -> None:
        with suppress(UserError), reading(folder / REQUEST):  # it may only have begun
            self._remember(TrainRequest.from_dict(read_json(folder / REQUEST)))

    def start(self, clip: Path, setting: Setting, model: ModelFile | None, seconds: float) -> None:
        """Train on the frames before the moment, from ``model`` or from the start."""
        frames = setting.start, setting.seen, setting.frames
        try:
            request = fine_tune_request(clip, *frames, model, seconds, setting.radar)
        except Exception as error:
            self._context.show_error(error)
            return
        self._remember(request)
        self._wanted = True
        self.start_run(request.to_dict(), clip.stem)

    def _remember(self, request: TrainRequest) -> None:
        self._seconds = request.seconds
        self._data = f"{Path(request.path).name} (frames 0–{request.until - 1})"

    def _export(self) -> None:
        """Make a model of the run, unless it failed."""
        run = self.run
        if run is None or self.problem or not self._wanted or not self.has_checkpoint:
            return
        self._wanted = False
        name = run.folder.name
        self._context.jobs.submit(
            "learnt",
            export_run_job,
            ExportRunRequest(run.folder, name, self._data or name, self._context.data_folder),
            title=translate("foresight", "Importing the trained network"),
            on_result=self.trained.emit,
        )
