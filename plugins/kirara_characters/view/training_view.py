"""Training on one's own pictures: previews, curves, and the run's buttons."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Signal
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

from kirara_characters.learning.schedule import SIZES
from kirara_characters.training_session import CURVES, TrainingSession
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

_SIZES = SIZES[2:]  # smaller ones are for tests, and for the curious at the command line
_COUNTS = ("size", "pictures", "skipped", "files read", "files")


class TrainingView(QWidget):
    """Shows a :class:`TrainingSession`, and starts its runs.

    :attr:`use_requested` asks for a model of the run, :attr:`folder_requested` for a folder of
    pictures.
    """

    use_requested = Signal()
    folder_requested = Signal()

    def __init__(self, training: TrainingSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._training = training
        self._preview_path: Path | None = None
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
        self.drop_zone.dropped.connect(lambda paths: self._training.choose_folder(paths[0]))
        self.empty.clicked.connect(self.folder_requested)
        self.pause_button.clicked.connect(self._training.toggle_pause)
        self.use_button.clicked.connect(self.use_requested)
        self._training.changed.connect(self._refresh)

    def sizeHint(self) -> QSize:
        return QSize(800, 480)

    def start(self) -> None:
        """Start a run on the chosen folder, or resume a stopped one; else ask for a folder."""
        training = self._training
        if training.folder is None and not training.continues:
            self.folder_requested.emit()
        else:
            size = _SIZES[self.size_choice.current]
            training.start(size, self.thoroughness.value, self.mirror.isChecked())

    def _refresh(self) -> None:
        """Show the run and the folder of the next one."""
        training = self._training
        self._show_preview(training.preview)
        self.bar.setValue(int(1000 * training.share))
        curves = training.curves
        self.curve.set_series({self._curve_name(n): list(curves[n]) for n in CURVES if n in curves})
        folder = translate("characters", "Drop a folder with your pictures here")
        self.drop_zone.set_text(training.folder.name if training.folder else folder)
        self._show_state()

    def _show_preview(self, path: Path | None) -> None:
        if path != self._preview_path:
            image = QImage(str(path)) if path is not None else QImage()
            if path is None or not image.isNull():
                self._preview_path = path
                self.preview.set_picture(None if image.isNull() else image)

    def _show_state(self) -> None:
        training = self._training
        state, figures = training.state, training.figures
        reading = state == "running" and "files read" in figures
        self._pages.setCurrentIndex(0 if training.run is None else 1)
        self.status.setText(
            translate("characters", "Stopping…")
            if training.stopping
            else self._state_text("starting" if reading else state)
        )
        held = training.resumable
        text = translate("characters", "Resume") if held else translate("characters", "Pause")
        self.pause_button.set_content(text, icon="play" if held else "pause")
        self.pause_button.setEnabled((held or state == "running") and not training.stopping)
        self.use_button.setEnabled(training.has_checkpoint)
        worded = bool(training.notes) and (state in ("starting", "failed") or not training.text)
        self.detail.setText(training.notes[-1] if worded else self._progress_text())
        self.detail.setToolTip("\n".join(training.notes))

    def _progress_text(self) -> str:
        """The progress in the user's language; runs of older versions report a text only."""
        counts = {name: int(self._training.figures.get(name, -1)) for name in _COUNTS}
        if min(counts["files read"], counts["files"]) >= 0:
            return translate("characters", "Reading the pictures: {count} of {total}").format(
                count=f"{counts['files read']:,}", total=f"{counts['files']:,}"
            )
        if min(counts["size"], counts["pictures"]) < 0:
            return self._training.text
        text = translate("characters", "{size}×{size} pixels, {count} pictures shown").format(
            size=counts["size"], count=f"{counts['pictures']:,}"
        )
        if (skipped := counts["skipped"]) > 0:
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
            "stopped": translate("characters", "Stopped; it can be resumed"),
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
        """Set the texts again."""
        self.empty.set_content(
            translate("characters", "Train it on your own characters"),
            translate(
                "characters",
                "Choose a folder with a few hundred pictures or more. They are cropped to squares "
                "and never leave this computer. Training takes hours and continues while the "
                "studio is closed.",
            ),
            translate("characters", "Choose a folder…"),
        )
        self.thoroughness.set_label(translate("characters", "Thoroughness"))
        self.mirror.setText(translate("characters", "Also learn mirrored pictures"))
        self.use_button.set_content(translate("characters", "Use this model"))
        self.bar.setAccessibleName(translate("characters", "Progress of the training"))
        self.preview.setAccessibleName(translate("characters", "Preview"))
        self.preview.set_message(
            translate("characters", "The first preview appears after a few seconds.")
        )
        self.curve.set_empty_text(translate("characters", "The curves appear after a few seconds."))
        self.size_choice.set_name(translate("characters", "Size of the pictures"))
        self._size_label.setText(translate("characters", "Size in pixels"))
        self._advice.setText(
            translate(
                "characters",
                "64 pixels take a few hours on two cores; each doubling takes about four times as "
                "long. A graphics card is used if available.",
            )
        )
        self._refresh()


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
