"""Training on one's own pictures: one run, the newest there is, and how the next is started."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from kirara_characters.learning.schedule import TRAINER, TrainRequest, default_stages
from kirara_studio.api.learning.schedule import CHECKPOINT
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.training import TrainingRun, new_run_folder, newest_run

CURVES = ("discriminator loss", "generator loss", "score of real", "score of generated")
_RUNNING = ("starting", "running", "paused")
_RESUMABLE = ("paused", "stopped", "failed")
_LONGEST_CURVE = 20_000


class TrainingSession(QObject):
    """The run and its figures; ``folder`` holds the pictures of the next run.

    ``curves`` maps :data:`CURVES` to points (step, value); ``figures`` are the newest metrics,
    ``share`` (0…1) how much is done, ``text`` and ``notes`` what the run reports in words.
    """

    changed = Signal()

    def __init__(self, context: PanelContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.run: TrainingRun | None = None
        self.folder: Path | None = None
        self._attached = False
        # A run that is found again repeats its whole history at once.
        self._change_soon = QTimer(self, singleShot=True, interval=100)
        self._change_soon.timeout.connect(self.changed)
        self._clear()

    def _clear(self) -> None:
        self.curves: dict[str, deque[tuple[float, float]]] = {}
        self.notes: deque[str] = deque(maxlen=4)
        self.figures: dict[str, float] = {}
        self.share = 0.0
        self.text = ""
        self._preview = ""

    @property
    def state(self) -> str:
        """The run's state (:attr:`TrainingRun.state`), or "" without a run."""
        return self.run.state if self.run is not None else ""

    @property
    def running(self) -> bool:
        """True while a run is active, paused or not."""
        return self.state in _RUNNING

    @property
    def stopping(self) -> bool:
        """True while a run that was asked to stop has not ended yet."""
        return self.run is not None and self.run.stopping

    @property
    def resumable(self) -> bool:
        """True if the run is paused or has ended and can be resumed."""
        return self.state in _RESUMABLE

    @property
    def continues(self) -> bool:
        """True if starting resumes a stopped run, since no other pictures were chosen."""
        return self.folder is None and self.state == "stopped"

    @property
    def has_checkpoint(self) -> bool:
        """True if a model can be made of the run."""
        return self.run is not None and (self.run.folder / CHECKPOINT).exists()

    @property
    def preview(self) -> Path | None:
        """The newest preview, a picture."""
        return self.run.folder / self._preview if self.run is not None and self._preview else None

    @property
    def runs_folder(self) -> Path:
        """Where the runs are kept."""
        return self._context.data_folder / "training"

    def attach(self) -> None:
        """Find the newest run, once: it may have continued while the studio was closed."""
        if not self._attached and self.run is None:
            self._attached = True
            folder = newest_run(self.runs_folder)
            if folder is not None:
                self.run = self._context.training.attach(folder, on_event=self.take_event)
        self.changed.emit()

    def choose_folder(self, folder: Path) -> None:
        """Take the pictures of ``folder`` for the next run."""
        self.folder = folder if folder.is_dir() else folder.parent
        self.changed.emit()

    def start(self, size: int, thoroughness: float, mirror: bool) -> None:
        """Train on the chosen folder up to ``size`` pixels, or resume the stopped run."""
        if self.running:
            return
        if self.continues and self.run is not None:
            self.run.resume()
        elif self.folder is not None:
            stages = default_stages(size, thoroughness)
            request = TrainRequest(str(self.folder), stages=stages, mirror=mirror)
            run_folder = new_run_folder(self.runs_folder, self.folder.name)
            self._attached = True
            self._clear()
            try:
                self.run = self._context.training.start(
                    TRAINER, request.to_dict(), run_folder, on_event=self.take_event
                )
            except Exception as error:
                self._context.show_error(error)
            else:
                self.folder = None
        self.changed.emit()

    def stop(self) -> None:
        """Save a checkpoint and end the run; it can be resumed later."""
        if self.run is not None:
            self.run.stop()
            self.changed.emit()

    def toggle_pause(self) -> None:
        """Pause, or resume after a pause or a stop."""
        if self.run is None or self.stopping:
            return
        if self.state == "running":
            self.run.pause()
        elif self.resumable:
            self.run.resume()
        self.changed.emit()

    def take_event(self, event: dict[str, Any]) -> None:
        """Take over an event of the run (:meth:`Training.start`)."""
        kind = event.get("event")
        if kind == "progress":
            self._take_progress(event)
        elif kind == "preview":
            self._preview = str(event.get("path", ""))  # relative to the run's folder
        elif kind == "message":
            self.notes.append(str(event.get("text", "")))
        elif kind == "failed":
            self.notes.append(f"{event.get('message', '')} {event.get('advice', '')}".strip())
        if not self._change_soon.isActive():
            self._change_soon.start()

    def _take_progress(self, event: dict[str, Any]) -> None:
        step, total = float(event.get("step", 0)), float(event.get("total", 0))
        self.share = step / total if total > 0 else 0.0
        self.text = str(event.get("text", ""))
        metrics = dict(event.get("metrics", {}))
        self.figures = {n: float(v) for n, v in metrics.items() if isinstance(v, int | float)}
        for name in CURVES:
            if name in self.figures:
                points = self.curves.setdefault(name, deque(maxlen=_LONGEST_CURVE))
                while points and points[-1][0] >= step:
                    points.pop()  # the run went back to its last checkpoint
                points.append((step, self.figures[name]))
