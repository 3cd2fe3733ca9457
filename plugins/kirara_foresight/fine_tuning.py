"""Fine-tuning on the open clip: a short training whose network is used as soon as it is done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kirara_foresight.importing import TAKEN, ExportRunRequest, export_run_job
from kirara_foresight.learning.fine_tune import fine_tune_request
from kirara_foresight.learning.schedule import REQUEST, TrainRequest
from kirara_foresight.setting import Setting
from kirara_studio.api.kept_json import parse_json
from kirara_studio.api.learning.schedule import CHECKPOINT
from kirara_studio.api.model_library import ModelFile
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.training import TrainingRun, new_run_folder, newest_run

translate = QCoreApplication.translate

TRAINER = "kirara_foresight.learning.training:train"
_RUNNING = ("starting", "running", "paused")


class FineTuning(QObject):
    """The training run, its figures and its last preview.

    ``seconds`` is how long it lasts, 0 until it is stopped; ``figures`` are the last step's, and
    ``problem`` says why it failed. :attr:`trained` carries the path of the new network.
    """

    changed = Signal()
    trained = Signal(Path)

    def __init__(self, context: PanelContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.run: TrainingRun | None = None
        self.seconds = 0.0
        self.figures: dict[str, float] = {}
        self.preview: Path | None = None
        self.problem = ""
        self._data = ""  # what it is trained on, for the model's card
        self._wanted = False  # its network is used as soon as it is done
        self._attached = False

    @property
    def running(self) -> bool:
        """True while the training runs."""
        return self.run is not None and self.run.state in _RUNNING

    @property
    def runs_folder(self) -> Path:
        """Where the runs are kept."""
        return self._context.data_folder / "training"

    def attach(self) -> None:
        """Find the run that an earlier session started; if it has ended, its network is used."""
        if self._attached or self._context.training is None:
            return
        self._attached = True
        folder = newest_run(self.runs_folder)
        if folder is None or (folder / TAKEN).exists():
            return
        self.run = self._context.training.attach(folder, on_event=self._on_event)
        self._wanted = True
        try:
            request = TrainRequest.from_dict(parse_json((folder / REQUEST).read_bytes()))
        except (OSError, ValueError, KeyError, TypeError):
            return  # it has only begun
        self._remember(request)
        self.changed.emit()

    def start(self, clip: Path, setting: Setting, model: ModelFile | None, seconds: float) -> None:
        """Train on the frames before the moment, from ``model`` or from the start."""
        self._attached = True
        self.figures, self.problem, self.preview, self._wanted = {}, "", None, True
        try:
            request = fine_tune_request(
                clip, setting.start, setting.seen, setting.frames, model, seconds
            )
            self._remember(request)
            self.run = self._context.training.start(
                TRAINER,
                request.to_dict(),
                new_run_folder(self.runs_folder, clip.stem),
                on_event=self._on_event,
            )
        except Exception as error:
            self._context.show_error(error)
        self.changed.emit()

    def stop(self) -> None:
        """End the training; its network is used."""
        if self.run is not None:
            self.run.stop()
            self.changed.emit()

    def _remember(self, request: TrainRequest) -> None:
        self.seconds = request.seconds
        self._data = f"{Path(request.path).name} (frames 0–{request.until - 1})"

    def _on_event(self, event: dict[str, Any]) -> None:
        if self.run is None:
            return  # a repeated event of an earlier session
        kind = event.get("event")
        if kind == "progress":
            self.figures = {"step": float(event.get("step", 0)), **event.get("metrics", {})}
        elif kind == "preview":
            self.preview = self.run.folder / str(event.get("path", ""))
        elif kind == "failed":
            self.problem = f"{event.get('message', '')} {event.get('advice', '')}".strip()
        elif kind in ("finished", "stopped"):
            self._export()
        self.changed.emit()

    def _export(self) -> None:
        """Make a model of the run."""
        run = self.run
        if run is None or not self._wanted or not (run.folder / CHECKPOINT).exists():
            return
        self._wanted = False
        name = run.folder.name
        self._context.jobs.submit(
            "learnt",
            export_run_job,
            ExportRunRequest(run.folder, name, self._data or name, self._context.data_folder),
            title=translate("foresight", "Taking over what was learnt"),
            on_result=self.trained.emit,
        )
