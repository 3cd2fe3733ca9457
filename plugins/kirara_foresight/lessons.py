"""Learning from the clip that is open: a training for a minute, whose network is asked at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QProgressBar

from kirara_foresight.importing import TAKEN, ExportRunRequest, export_run_job
from kirara_foresight.learning.lesson import lesson
from kirara_foresight.learning.schedule import LEFT, REQUEST, TrainRequest
from kirara_studio.api.kept_json import parse_json
from kirara_studio.api.learning.schedule import CHECKPOINT
from kirara_studio.api.training import TrainingRun, new_run_folder, newest_run
from kirara_studio.api.widgets import Button, ImageCanvas, Segments

if TYPE_CHECKING:
    from kirara_foresight.panel import ForesightPanel

translate = QCoreApplication.translate

TRAINER = "kirara_foresight.learning.training:train"
SECONDS = (60.0, 600.0, 0.0)
"""How long a lesson lasts; 0 until it is stopped."""
_GOING_ON = ("starting", "running", "paused")


class Lessons(QObject):
    """The section "Learn from this clip" of the inspector, and what it does."""

    def __init__(self, panel: ForesightPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._context = panel.context
        self.run: TrainingRun | None = None
        self._seconds = SECONDS[0]
        self._data = ""  # what it learns from, for the model's card
        self._asked = False  # its network is wanted as soon as it is done
        self._figures: dict[str, float] = {}
        self._problem = ""
        self.section = panel.inspector.add_section("")
        self.advice = self.section.add_text()
        self.length = Segments(["", "", ""])
        self.section.add(self.length)
        self.button = Button(icon="train")
        self.section.add(self.button)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.bar.setFixedHeight(6)
        self.section.add(self.bar)
        self.status = self.section.add_text()
        self.preview = ImageCanvas(at_top=True)
        self.preview.setFixedHeight(116)
        self.section.add(self.preview)
        self.preview_note = self.section.add_text()
        self.button.clicked.connect(self.toggle)
        self._attached = False

    # Runs

    @property
    def running(self) -> bool:
        """True while a lesson goes on."""
        return self.run is not None and self.run.state in _GOING_ON

    @property
    def runs_folder(self) -> Path:
        """Where the runs are kept."""
        return self._context.data_folder / "training"

    def attach(self) -> None:
        """Find the lesson that went on when the panel was open last: it goes on still, or has
        ended meanwhile, and is asked then."""
        if self._attached or self._context.training is None:
            return
        self._attached = True
        folder = newest_run(self.runs_folder)
        if folder is None or (folder / TAKEN).exists():
            return
        self.run = self._context.training.attach(folder, on_event=self._on_event)
        self._asked = True
        try:
            request = TrainRequest.from_dict(parse_json((folder / REQUEST).read_text("utf-8")))
        except (OSError, ValueError, KeyError, TypeError):
            return  # it has only begun
        self._remember(request)
        self.show_state()

    def toggle(self) -> None:
        """Begin a lesson, or end it and ask its network."""
        if self.running:
            self.stop()
        else:
            self.start()

    def start(self) -> None:
        """Begin to learn from what comes before the moment, from the chosen network or anew."""
        panel, clip, setting = self._panel, self._panel.clip, self._panel.setting
        if clip is None or self.running:
            return
        self._attached = True
        self._figures, self._problem, self._asked = {}, "", True
        self.preview.set_picture(None)
        try:
            request = lesson(
                clip.path,
                setting.start,
                setting.seen,
                setting.frames,
                panel.model,
                SECONDS[self.length.current],
            )
            self._remember(request)
            self.run = self._context.training.start(
                TRAINER,
                request.to_dict(),
                new_run_folder(self.runs_folder, clip.path.stem),
                on_event=self._on_event,
            )
        except Exception as error:
            panel.report(error)
        self.show_state()

    def _remember(self, request: TrainRequest) -> None:
        """Keep what is told of a lesson while it goes on, and on its model's card."""
        self._seconds = request.seconds
        self._data = f"{Path(request.path).name} (frames 0–{request.until - 1})"

    def stop(self) -> None:
        """End the lesson; its network is asked."""
        if self.run is not None:
            self.run.stop()
            self.show_state()

    # What the run tells

    def _on_event(self, event: dict[str, Any]) -> None:
        if self.run is None:
            return  # one of an earlier session, told again
        kind = event.get("event")
        if kind == "progress":
            metrics = dict(event.get("metrics", {}))
            self._figures = {"step": float(event.get("step", 0)), **metrics}
        elif kind == "preview":
            image = QImage(str(self.run.folder / str(event.get("path", ""))))
            if not image.isNull():
                self.preview.set_picture(image)
        elif kind == "failed":
            self._problem = f"{event.get('message', '')} {event.get('advice', '')}".strip()
        elif kind in ("finished", "stopped"):
            self._take_over()
        self.show_state()

    def _take_over(self) -> None:
        """Make a model of what was learnt, and ask it."""
        run = self.run
        if run is None or not self._asked or not (run.folder / CHECKPOINT).exists():
            return
        self._asked = False
        self._context.jobs.submit(
            "learnt",
            export_run_job,
            ExportRunRequest(
                run.folder,
                run.folder.name,
                self._data or run.folder.name,
                self._context.data_folder,
            ),
            title=translate("foresight", "Taking over what was learnt"),
            on_result=self._panel.take_model,
        )

    def show_state(self) -> None:
        """Show how far it is."""
        running = self.running
        self.button.set_content(
            translate("foresight", "Stop, and use it")
            if running
            else translate("foresight", "Learn from this clip"),
            icon="stop" if running else "train",
        )
        self.length.setEnabled(not running)
        there = self.run is not None
        self.bar.setVisible(running)
        self.status.setVisible(there)
        self.preview.setVisible(not self.preview.image.isNull())
        self.preview_note.setVisible(not self.preview.image.isNull())
        left = self._figures.get(LEFT)
        timed = left is not None and self._seconds > 0
        self.bar.setRange(0, 1000 if timed else 0)
        if timed and left is not None:
            self.bar.setValue(round(1000 * (1 - left / self._seconds)))
        self.status.setText(self._words())

    def _words(self) -> str:
        if self._problem:
            return self._problem
        step = self._figures.get("step")
        if step is None:
            return translate("foresight", "Reading the clip…") if self.running else ""
        text = translate("foresight", "{0} steps").format(f"{step:,.0f}")
        if self.running and self._figures.get(LEFT) is not None:
            text += " · " + translate("foresight", "{0} s left").format(
                f"{self._figures[LEFT]:.0f}"
            )
        error = self._figures.get("MSE (held out)")
        still = self._figures.get("MSE where nothing moves (held out)")
        if error is not None and still is not None:
            text += "\n" + translate(
                "foresight", "MSE {0} on what was held out; {1} where nothing moves"
            ).format(f"{error:,.0f}", f"{still:,.0f}")
        return text

    def retranslate(self) -> None:
        """Set the texts anew."""
        self.section.set_title(translate("foresight", "Learn"))
        self.advice.setText(
            translate(
                "foresight",
                "Learns only from what comes before the moment, so that its forecast stays "
                "honest. Goes on from the network above, or begins a small one.",
            )
        )
        self.length.set_name(translate("foresight", "How long"))
        self.length.set_texts(
            [
                translate("foresight", "1 min"),
                translate("foresight", "10 min"),
                translate("foresight", "Until I stop"),
            ]
        )
        self.bar.setAccessibleName(translate("foresight", "Progress of the lesson"))
        self.preview.setAccessibleName(translate("foresight", "Preview"))
        self.preview_note.setText(
            translate("foresight", "From above: seen, truth, forecast, error")
        )
        self.show_state()
