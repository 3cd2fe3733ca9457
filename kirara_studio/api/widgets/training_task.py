"""A training run that a panel starts, follows and finds again."""

from __future__ import annotations

import shlex
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from kirara_studio.api.files import exists
from kirara_studio.api.learning.schedule import CHECKPOINT, LEFT
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.training import RUNS, RunSummary, TrainingRun, new_run_folder, newest_run
from kirara_studio.api.widgets.deletion import delete_files

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack

translate = QCoreApplication.translate

_RUNNING = ("starting", "running", "paused", "queued")
_RESUMABLE = ("paused", "stopped", "failed")
_LONGEST_CURVE = 20_000


class TrainingTask(QObject):
    """One of the runs of ``trainer`` ("package.module:function"): its figures, curves, previews.

    ``curves`` maps the metrics that were named to points (step, value); ``figures`` are the newest
    metrics, with "step" and "total"; ``notes`` are the last messages of the run, and ``problem`` is
    the reason why it failed. Runs are kept in ``data_folder / "training"``. :attr:`changed` is
    emitted at most ten times a second, :attr:`ended` for each end of a run.
    """

    changed = Signal()
    ended = Signal()

    def __init__(
        self,
        context: PanelContext,
        trainer: str,
        curves: Sequence[str] = (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._trainer, self._drawn = trainer, tuple(curves)
        self.run: TrainingRun | None = None
        self._attached = False
        # A run that is found again repeats its whole history at once.
        self._change_soon = QTimer(self, singleShot=True, interval=100)
        self._change_soon.timeout.connect(self.changed)
        self._watch = QTimer(self, interval=1000)  # a run that gets no time reports nothing
        self._watch.timeout.connect(self._look_at_run)
        self._was_waiting = False
        self.clear()

    def clear(self) -> None:
        """Forget what an earlier run reported."""
        self.curves: dict[str, deque[tuple[float, float]]] = {}
        self.notes: deque[str] = deque(maxlen=4)
        self.figures: dict[str, float] = {}
        self.problem = self.text = ""
        self._previews: dict[str, list[str]] = {}  # by kind, the newest last, in both

    @property
    def state(self) -> str:
        """The run's state (:attr:`TrainingRun.state`), or "" without a run."""
        return self.run.state if self.run is not None else ""

    @property
    def running(self) -> bool:
        """True while a run goes on, paused or not, or is queued."""
        return self.state in _RUNNING

    @property
    def stopping(self) -> bool:
        """True while a run that was asked to stop has not ended yet."""
        return self.run is not None and self.run.stopping

    @property
    def waiting(self) -> bool:
        """True while the run gets hardly any time of the processor."""
        return self.run is not None and self.run.waiting

    @property
    def queued(self) -> bool:
        """True while the run waits for the run before it."""
        return self.state == "queued"

    @property
    def interrupted(self) -> bool:
        """True if the run's process was killed, as by a reboot."""
        return self.run is not None and self.run.interrupted

    @property
    def resumable(self) -> bool:
        """True if the run can go on from where it is held."""
        return self.state in _RESUMABLE

    @property
    def share(self) -> float | None:
        """How much is done, 0…1; None if that is not known."""
        total = self.figures.get("total", 0)
        return self.figures["step"] / total if total > 0 else None

    @property
    def seconds_left(self) -> float | None:
        """Until the run ends, by what it reports (the metric :data:`LEFT`); None if it does not."""
        return self.figures.get(LEFT) if self.state == "running" and not self.stopping else None

    @property
    def has_checkpoint(self) -> bool:
        """True if a model can be made of the run."""
        return self.run is not None and exists(self.run.folder / CHECKPOINT)

    @property
    def previews(self) -> list[Path]:
        """The previews of the kind that came last, the oldest first."""
        return self.previews_of(next(reversed(self._previews), ""))

    def previews_of(self, *kinds: str) -> list[Path]:
        """Those of the first of ``kinds`` that there is (``0000100-kind.png``), oldest first."""
        found = next((self._previews[kind] for kind in kinds if kind in self._previews), [])
        return [self.run.folder / path for path in found] if self.run is not None else []

    @property
    def runs_folder(self) -> Path:
        """Where the runs are kept."""
        return self._context.data_folder / RUNS

    def attach(self) -> None:
        """Find the newest run, once: it may have gone on while the studio was closed."""
        if not self._attached and self._context.training is not None:
            self._attached = True
            folder = newest_run(self.runs_folder)
            if folder is not None and self.wanted(folder):
                self.run = self._context.training.attach(folder, on_event=self.take_event)
        self.changed.emit()

    def follow(self, folder: Path) -> None:
        """Follow another run, found in ``folder``."""
        if self.run is None or self.run.folder != folder:
            self._leave()
            self._attached = True
            self.clear()
            self.run = self._context.training.attach(folder, on_event=self.take_event)
            self._watch_run()
            self.changed.emit()

    def _leave(self) -> None:
        """Receive the events of the run no longer."""
        if self.run is not None:
            self._context.training.attach(self.run.folder)
            self.run = None

    def wanted(self, folder: Path) -> bool:
        """Whether to attach to the run in ``folder``."""
        return True

    def start_run(self, request: Mapping[str, Any], name: str) -> bool:
        """Start a run in a new folder named after ``name``; shows the error if it cannot start.

        It is queued while another run goes on. Returns True if it started, or was queued.
        """
        self._attached = True
        self._leave()
        self.clear()
        folder = new_run_folder(self.runs_folder, name)
        try:
            self.run = self._context.training.start(
                self._trainer, request, folder, on_event=self.take_event
            )
        except Exception as error:
            self._context.show_error(error)
            return False
        finally:
            self._watch_run()
            self.changed.emit()
        return True

    def stop(self) -> None:
        """Save a checkpoint and end the run; it can be resumed later."""
        if self.run is not None:
            self.run.stop()
            self.changed.emit()

    def end_now(self) -> None:
        """End a run that does not stop; what it did since its last checkpoint is lost."""
        if self.run is not None:
            self.run.end_now()
            self.changed.emit()

    def toggle_pause(self) -> None:
        """Pause, or resume after a pause, a stop or a failure."""
        if self.run is None or self.stopping:
            return
        if self.state == "running":
            self.run.pause()
        elif self.resumable:
            self.problem = ""
            try:
                self.run.resume()
            except Exception as error:
                self._context.show_error(error)
            self._watch_run()
        self.changed.emit()

    def start_now(self) -> None:
        """Start a run that is queued beside the one that goes on."""
        if self.run is not None and self.queued:
            self.run.start_now()
            self.changed.emit()

    # The list of runs

    def runs(self) -> list[RunSummary]:
        """All runs of the panel, the newest first."""
        training = self._context.training
        return training.runs(self.runs_folder) if training is not None else []

    def rename(self, folder: Path, name: str) -> None:
        """Name a run; shows the error if its folder cannot be written to."""
        try:
            self._context.training.rename(folder, name)
        except Exception as error:
            self._context.show_error(error)
        self.changed.emit()

    def copy_command(self, folder: Path) -> None:
        """Put the command that goes on with a run without a window on the clipboard."""
        command = shlex.join(["kirara-studio", "train", str(folder)])
        QGuiApplication.clipboard().setText(command)
        self._context.show_message(translate("widgets", "Copied: {0}").format(command))

    def delete(self, folder: Path, name: str, stack: QUndoStack) -> None:
        """Delete a run that does not go on, as a step of ``stack`` that undo takes back."""
        text = translate("widgets", "Delete “{0}”").format(name)
        if delete_files([folder], self.runs_folder, text, stack, self._context, self._on_deletion):
            self._context.show_message(
                translate("widgets", "Deleted: {0}. Ctrl+Z brings it back.").format(name)
            )

    def _on_deletion(self, folder: Path, there: bool) -> None:
        self._context.training.forget(folder)
        if self.run is not None and self.run.folder == folder:
            self.run = None
            self.clear()
        newest = folder if there else newest_run(self.runs_folder)
        if self.run is None and newest is not None:
            self.follow(newest)
        self.changed.emit()

    def _look_at_run(self) -> None:
        if not self.running:
            self._watch.stop()
        if self.waiting != self._was_waiting:
            self._was_waiting = not self._was_waiting
            self.changed.emit()

    def take_event(self, event: Mapping[str, Any]) -> None:
        """Take over an event of the run (:meth:`Training.start`)."""
        kind = event.get("event")
        if kind == "progress":
            self.text = str(event.get("text", ""))
            metrics = dict(event.get("metrics", {}))
            figures = {n: float(v) for n, v in metrics.items() if isinstance(v, int | float)}
            figures |= {"step": float(event.get("step", 0)), "total": float(event.get("total", 0))}
            self.take_figures(figures)
        elif kind == "preview":
            path = str(event.get("path", ""))  # relative to the run's folder
            kind_of = Path(path).stem.partition("-")[2]
            earlier = self._previews.pop(kind_of, [])
            self._previews[kind_of] = [*(one for one in earlier if one != path), path]
        elif kind in ("started", "resumed"):
            self.problem = ""
        elif kind == "message":
            self.notes.append(str(event.get("text", "")))
        elif kind == "failed":
            self.problem = f"{event.get('message', '')} {event.get('advice', '')}".strip()
            self.notes.append(self.problem)
        if kind in ("finished", "stopped", "failed") and self.run is not None:
            self.ended.emit()
        self._watch_run()
        if not self._change_soon.isActive():
            self._change_soon.start()

    def _watch_run(self) -> None:
        if self.running and not self._watch.isActive():
            self._watch.start()

    def take_figures(self, figures: dict[str, float]) -> None:
        """Take over the figures of a step."""
        self.figures = figures
        step = figures["step"]
        for name in self._drawn:
            if name in figures:
                points = self.curves.setdefault(name, deque(maxlen=_LONGEST_CURVE))
                while points and points[-1][0] >= step:
                    points.pop()  # the run went back to its last checkpoint
                points.append((step, figures[name]))
