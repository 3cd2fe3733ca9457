"""Training on one's own pictures: previews, curves, and the run's buttons."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QSize, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QProgressBar,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from kirara_characters.schedule import SIZES, TrainRequest, default_stages
from kirara_studio.api.learning.schedule import CHECKPOINT
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.training import TrainingRun, new_run_folder, newest_run
from kirara_studio.api.widgets import (
    Button,
    Curve,
    DropZone,
    EmptyState,
    ImageCanvas,
    KeyboardFocus,
    Label,
    Section,
    Segments,
    ValueSlider,
)
from kirara_studio.api.widgets.look import RADIUS, color

translate = QCoreApplication.translate

TRAINER = "kirara_characters.training:train"
_SIZES = SIZES[2:]  # smaller ones are for tests, and for the curious at the command line
_CAN_GO_ON = ("paused", "stopped", "failed")
_CURVES = ("discriminator loss", "generator loss", "score of real", "score of generated")
_COUNTS = ("size", "pictures", "skipped", "files read", "files")
_LONGEST_CURVE = 20_000


class TrainingView(QWidget):
    """Shows one run, the newest there is, and starts the next.

    :attr:`use_requested` carries a run's folder, whose model the user wants in the panel;
    :attr:`folder_requested` asks the panel for a folder of pictures; :attr:`running_changed`
    tells whether the primary button means stop.
    """

    use_requested = Signal(Path)
    folder_requested = Signal()
    running_changed = Signal(bool)

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.run: TrainingRun | None = None
        self.folder: Path | None = None
        self._attached = False
        self._metrics: dict[str, deque[tuple[float, float]]] = {}
        self._notes: deque[str] = deque(maxlen=4)
        self._text = ""
        self._counts: dict[str, int] = {}
        self._preview_path = ""
        self._refresh_soon = QTimer(self, singleShot=True, interval=100)
        self._refresh_soon.timeout.connect(self._refresh)

        self.preview = ImageCanvas(at_top=True)
        self.curve = Curve()
        self.status = Label(size=17, bold=True, wrap=True)
        self.detail = Label(size=12, tone="text_soft", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.bar.setFixedHeight(6)
        self.pause_button = Button(icon="pause")
        self.use_button = Button(icon="check")
        self.empty = EmptyState("", "")
        self.drop_zone = DropZone("", icon="folder")
        self.size_choice = Segments([str(size) for size in _SIZES])
        self.size_choice.set_current(_SIZES.index(64))
        self.thoroughness = ValueSlider("", 0.1, 4.0, 1.0, step=0.1, decimals=1, suffix="×")
        self.mirror = QCheckBox()
        self.mirror.setChecked(True)
        KeyboardFocus(self.mirror)
        self._size_label = Label(size=12, tone="text_soft", wrap=True)
        self._advice = Label(size=12, tone="text_soft", wrap=True)
        self._assemble()
        self._connect()
        self.retranslate()

    def _assemble(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.pause_button)
        buttons.addWidget(self.use_button)
        buttons.addStretch(1)
        card = _Card()
        side = QVBoxLayout(card)
        side.setContentsMargins(20, 16, 20, 16)
        side.setSpacing(10)
        side.addWidget(self.status)
        side.addWidget(self.bar)
        side.addWidget(self.detail)
        side.addWidget(self.curve, 1)
        side.addLayout(buttons)
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(20)
        row.addWidget(self.preview, 2)
        row.addWidget(card, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(page)

    def fill(self, section: Section) -> None:
        """Put the settings of the next run into a section of the inspector."""
        section.add(self.drop_zone)
        section.add(self._size_label)
        section.add(self.size_choice)
        section.add(self.thoroughness)
        section.add(self.mirror)
        section.add(self._advice)

    def _connect(self) -> None:
        self.drop_zone.clicked.connect(self.folder_requested)
        self.drop_zone.dropped.connect(lambda paths: self.choose_folder(paths[0]))
        self.empty.clicked.connect(self.folder_requested)
        self.pause_button.clicked.connect(self.toggle_pause)
        self.use_button.clicked.connect(self._use)

    def sizeHint(self) -> QSize:
        return QSize(800, 480)

    # Runs

    @property
    def running(self) -> bool:
        """True while a run goes on, paused or not."""
        return self.run is not None and self.run.state in ("starting", "running", "paused")

    @property
    def stopping(self) -> bool:
        """True while a run that was told to stop has not ended yet."""
        return self.run is not None and self.run.stopping

    @property
    def continues(self) -> bool:
        """True where starting goes on with a stopped run, since no other pictures were chosen."""
        return self.folder is None and self.run is not None and self.run.state == "stopped"

    @property
    def runs_folder(self) -> Path:
        """Where the runs are kept."""
        return self._context.data_folder / "training"

    def attach(self) -> None:
        """Find the newest run, once: it may have gone on while the studio was closed."""
        if self._attached:
            return
        self._attached = True
        folder = newest_run(self.runs_folder)
        if folder is not None:
            self._clear()
            self.run = self._context.training.attach(folder, on_event=self._on_event)
        self._show_state()

    def choose_folder(self, folder: Path) -> None:
        """Take the pictures of ``folder`` for the next run."""
        self.folder = folder if folder.is_dir() else folder.parent
        self.retranslate()

    def start(self) -> None:
        """Start a run on the chosen folder, or go on with a stopped one; else ask for a folder."""
        if self.running:
            return
        if self.continues and self.run is not None:
            self.run.resume()
            self._show_state()
            return
        if self.folder is None:
            self.folder_requested.emit()
            return
        size = _SIZES[self.size_choice.current]
        request = TrainRequest(
            str(self.folder),
            stages=default_stages(size, self.thoroughness.value),
            mirror=self.mirror.isChecked(),
        )
        run_folder = new_run_folder(self.runs_folder, self.folder.name)
        self._clear()
        try:
            self.run = self._context.training.start(
                TRAINER, request.to_dict(), run_folder, on_event=self._on_event
            )
        except Exception as error:
            self._context.show_error(error)
        else:
            self.folder = None
        self.retranslate()
        self._show_state()

    def stop(self) -> None:
        """Save a checkpoint and end the run; it can go on later."""
        if self.run is not None:
            self.run.stop()
            self._show_state()

    def toggle_pause(self) -> None:
        """Pause, go on after a pause, or go on after a stop."""
        if self.run is None or self.stopping:
            return
        if self.run.state == "running":
            self.run.pause()
        elif self.run.state in _CAN_GO_ON:
            self.run.resume()
        self._show_state()

    def _use(self) -> None:
        if self.run is not None:
            self.use_requested.emit(self.run.folder)

    def _clear(self) -> None:
        self._metrics.clear()
        self._notes.clear()
        self._counts = {}
        self._text = self._preview_path = ""
        self.preview.set_picture(None)
        self.bar.setValue(0)
        self.curve.set_series({})

    # What the run tells

    def _on_event(self, event: dict[str, Any]) -> None:
        kind = event.get("event")
        if kind == "progress":
            self._on_progress(event)
        elif kind == "preview":
            self._preview_path = str(event.get("path", ""))  # relative to the run's folder
        elif kind == "message":
            self._notes.append(str(event.get("text", "")))
        elif kind == "failed":
            self._notes.append(f"{event.get('message', '')} {event.get('advice', '')}".strip())
        if not self._refresh_soon.isActive():
            self._refresh_soon.start()

    def _on_progress(self, event: dict[str, Any]) -> None:
        step, total = float(event.get("step", 0)), float(event.get("total", 0))
        self.bar.setValue(int(1000 * step / total) if total > 0 else 0)
        for name, value in dict(event.get("metrics", {})).items():
            if name in _CURVES and isinstance(value, int | float):
                points = self._metrics.setdefault(name, deque(maxlen=_LONGEST_CURVE))
                while points and points[-1][0] >= step:
                    points.pop()  # the run went back to its last checkpoint
                points.append((step, float(value)))
        self._text = str(event.get("text", ""))
        self._counts = {
            name: int(value)
            for name, value in dict(event.get("metrics", {})).items()
            if name in _COUNTS and isinstance(value, int | float)
        }

    def _refresh(self) -> None:
        """Show what was told; a run that is found again tells its whole history at once."""
        if self._preview_path and self.run is not None:
            image = QImage(str(self.run.folder / self._preview_path))
            if not image.isNull():
                self.preview.set_picture(image)
            self._preview_path = ""
        self.curve.set_series(
            {self._curve_name(n): list(self._metrics[n]) for n in _CURVES if n in self._metrics}
        )
        self._show_state()

    def _show_state(self) -> None:
        state = self.run.state if self.run is not None else ""
        reading = state == "running" and "files read" in self._counts
        self._pages.setCurrentIndex(0 if self.run is None else 1)
        shown = self._state_text("starting" if reading else state)
        stopping = translate("characters", "Stopping…")
        self.status.setText(stopping if self.stopping else shown)
        paused = state in _CAN_GO_ON
        text = translate("characters", "Go on") if paused else translate("characters", "Pause")
        self.pause_button.set_content(text, icon="play" if paused else "pause")
        usable = state in ("running", *_CAN_GO_ON) and not self.stopping
        self.pause_button.setEnabled(usable)
        has_checkpoint = self.run is not None and (self.run.folder / CHECKPOINT).exists()
        self.use_button.setEnabled(has_checkpoint)
        telling = bool(self._notes) and (state in ("starting", "failed") or not self._text)
        self.detail.setText(self._notes[-1] if telling else self._progress_text())
        self.detail.setToolTip("\n".join(self._notes))
        self.running_changed.emit(self.running)

    def _progress_text(self) -> str:
        """How far the run is, in the user's language; a run of an older version tells it itself."""
        if {"files read", "files"} <= self._counts.keys():
            return translate("characters", "Reading the pictures: {count} of {total}").format(
                count=f"{self._counts['files read']:,}", total=f"{self._counts['files']:,}"
            )
        if not {"size", "pictures"} <= self._counts.keys():
            return self._text
        text = translate("characters", "{size}×{size} pixels, {count} pictures shown").format(
            size=self._counts["size"], count=f"{self._counts['pictures']:,}"
        )
        if skipped := self._counts.get("skipped", 0):
            text += "\n" + translate("characters", "{count} files skipped: not pictures").format(
                count=skipped
            )
        return text

    def _state_text(self, state: str) -> str:
        return {
            "": "",
            "starting": translate("characters", "Reading the pictures…"),
            "running": translate("characters", "Learning to draw them"),
            "paused": translate("characters", "Paused"),
            "stopped": translate("characters", "Stopped; it can go on from here"),
            "finished": translate("characters", "Finished"),
            "failed": translate("characters", "The training failed"),
        }.get(state, state)

    def _curve_name(self, name: str) -> str:
        return {
            "discriminator loss": translate("characters", "discriminator loss"),
            "generator loss": translate("characters", "generator loss"),
            "score of real": translate("characters", "score of real"),
            "score of generated": translate("characters", "score of generated"),
        }[name]

    def retranslate(self) -> None:
        """Set the texts anew."""
        self.empty.set_content(
            translate("characters", "Teach it your own characters"),
            translate(
                "characters",
                "Choose a folder with some hundred pictures or more. They are cropped to "
                "squares, and never leave this computer. Training goes on for hours, also while "
                "the studio is closed.",
            ),
            translate("characters", "Choose a folder…"),
        )
        folder = translate("characters", "Drop a folder with your pictures here")
        self.drop_zone.set_text(self.folder.name if self.folder else folder)
        self.thoroughness.set_label(translate("characters", "Thoroughness"))
        self.mirror.setText(translate("characters", "Also learn mirrored pictures"))
        self.use_button.set_content(translate("characters", "Use this model"))
        self.bar.setAccessibleName(translate("characters", "Progress of the training"))
        self.preview.setAccessibleName(translate("characters", "Preview"))
        self.preview.set_message(
            translate("characters", "The first preview comes after some seconds.")
        )
        self.curve.set_empty_text(translate("characters", "The curves begin after some seconds."))
        self.size_choice.set_name(translate("characters", "Size of the pictures"))
        self._size_label.setText(translate("characters", "Size in pixels"))
        self._advice.setText(
            translate(
                "characters",
                "64 pixels take some hours on two cores; each doubling about four times as "
                "long. A graphics card is used where there is one.",
            )
        )
        self._show_state()


class _Card(QWidget):
    """The card beside the preview."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(color("line"))
            painter.setBrush(color("surface"))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), RADIUS, RADIUS)
