"""Training on the user's pictures: the run, and the settings of the next one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent, QUndoStack
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from kirara_characters.training_session import TrainingSession
from kirara_characters.view.run_settings import RunSettings
from kirara_studio.api.widgets import (
    Button,
    ContactSheet,
    DropZone,
    EmptyState,
    Section,
    TrainingRuns,
    TrainingView,
)
from kirara_studio.api.widgets.drop_zone import TakesFiles
from kirara_studio.api.widgets.style import RADIUS, color

translate = QCoreApplication.translate

_COUNTS = ("size", "pictures", "skipped", "files read", "files")


class TrainingPage(TakesFiles, QWidget):
    """Shows a :class:`TrainingSession`, and starts its runs.

    :attr:`dropped` are files and folders for the next run.
    :attr:`use_requested` asks for a model of the run, :attr:`folder_requested` for a folder of
    pictures, :attr:`files_requested` for single ones.
    """

    dropped = Signal(list)
    use_requested = Signal()
    folder_requested = Signal()
    files_requested = Signal()

    def __init__(
        self, training: TrainingSession, stack: QUndoStack, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._training = training
        self.runs = TrainingRuns(training, stack)
        self.queue_button = Button(icon="plus")
        self.setAcceptDrops(True)
        self.view = _RunView(training)
        self.use_button = Button(icon="check")
        self.empty = EmptyState("", "")
        self.sheet = ContactSheet(training.chooser)
        self.drop_zone = DropZone("", icon="folder")
        self.settings = RunSettings()
        self._looks_at_run = False  # though pictures are chosen for the next one
        self._assemble()
        self._connect()
        self.retranslate()

    def _assemble(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.view.pause_button)
        buttons.addWidget(self.use_button)
        buttons.addStretch(1)
        card = _Card()
        side = QVBoxLayout(card)
        side.setContentsMargins(20, 16, 20, 16)
        side.setSpacing(10)
        side.addWidget(self.view, 1)
        side.addLayout(buttons)
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(20)
        shown = QVBoxLayout()
        shown.setSpacing(8)
        shown.addWidget(self.view.moments)
        shown.addWidget(self.view.preview, 1)
        row.addLayout(shown, 2)
        row.addWidget(card, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(page)
        self._pages.addWidget(self.sheet)

    def fill(self, section: Section) -> None:
        """Put the settings of the next run, and the list of runs, into a section."""
        for widget in (self.drop_zone, self.settings, self.queue_button, self.runs):
            section.add(widget)

    def _connect(self) -> None:
        self.drop_zone.clicked.connect(self.folder_requested)
        self.drop_zone.dropped.connect(self.dropped)
        self.sheet.dropped.connect(self.dropped)
        self.sheet.folder_requested.connect(self.folder_requested)
        self.sheet.files_requested.connect(self.files_requested)
        self.empty.clicked.connect(self.folder_requested)
        self.use_button.clicked.connect(self.use_requested)
        self.runs.use_requested.connect(self.use_requested)
        self.queue_button.clicked.connect(self.start)
        self.runs.list.picked.connect(lambda _: self._look(run=True))
        self._training.chooser.document.settled.connect(self._on_pictures)
        self.settings.changed.connect(self._refresh)
        self._training.changed.connect(self._refresh)

    def _look(self, *, run: bool) -> None:
        """Show the run, or the pictures of the next one."""
        self._looks_at_run = run
        self._refresh()

    def _on_pictures(self) -> None:
        self._show_starts()
        self._look(run=False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_starts()

    def _show_starts(self) -> None:
        """Offer the models that the next run can start from."""
        used = self._training.chooser.pictures.used
        self.settings.show_models(self._training.starts(), len(used))

    def sizeHint(self) -> QSize:
        return QSize(800, 480)

    def _show_drag(self, here: bool) -> None:
        self.drop_zone.show_drag(here)

    def start(self) -> None:
        """Start a run on the chosen pictures, or resume a stopped one; else ask for a folder."""
        training = self._training
        if training.folder is None and not training.continues:
            self.folder_requested.emit()
        else:
            self._show_starts()
            training.start(self.settings.choice)

    def _refresh(self) -> None:
        """Show the pictures of the next run, or else the run."""
        training = self._training
        self.drop_zone.set_text(translate("characters", "Drop folders or pictures here"))
        chosen = training.folder is not None
        sheet = chosen and not (self._looks_at_run and training.run is not None)
        self._pages.setCurrentIndex(2 if sheet else 0 if training.run is None else 1)
        self.settings.show_command(training.command(self.settings.choice))
        self.use_button.setEnabled(training.has_checkpoint)
        self.queue_button.setVisible(training.running and chosen)
        self.queue_button.setEnabled(training.chooser.ready)

    def retranslate(self) -> None:
        """Set the texts again."""
        self.empty.set_content(
            translate("characters", "Train it on your own characters"),
            translate(
                "characters",
                "Choose a folder with a few hundred pictures or more. You see how they are cropped "
                "and what is left out before anything starts. They never leave this computer. "
                "Training takes hours and continues while the studio is closed.",
            ),
            translate("characters", "Choose a folder…"),
        )
        self.use_button.set_content(translate("characters", "Use this model"))
        self.queue_button.set_content(translate("characters", "Train on it next"))
        self.settings.retranslate()
        self.view.retranslate()
        self._refresh()


class _RunView(TrainingView):
    def state_text(self, state: str) -> str:
        reading = state == "starting" or (state == "running" and "files read" in self.task.figures)
        if reading:
            return translate("characters", "Reading the pictures…")
        if state == "running":
            return translate("characters", "Learning to draw them")
        return super().state_text(state)

    def detail_text(self) -> str:
        task = self.task
        if task.notes and (task.state in ("starting", "failed") or not task.text):
            return task.notes[-1]
        counts = {name: int(task.figures.get(name, -1)) for name in _COUNTS}
        if min(counts["files read"], counts["files"]) >= 0:
            return translate("characters", "Reading the pictures: {count} of {total}").format(
                count=f"{counts['files read']:,}", total=f"{counts['files']:,}"
            )
        if min(counts["size"], counts["pictures"]) < 0:
            return task.text  # a run of an older version has a text only
        text = translate("characters", "{size}×{size} pixels, {count} pictures shown").format(
            size=counts["size"], count=f"{counts['pictures']:,}"
        )
        if (skipped := counts["skipped"]) > 0:
            more = translate("characters", "{count} files skipped: not pictures")
            text += "\n" + more.format(count=skipped)
        return text

    def curve_name(self, metric: str) -> str:
        return {
            "discriminator loss": translate("characters", "discriminator loss"),
            "generator loss": translate("characters", "generator loss"),
            "score of real": translate("characters", "score of real"),
            "score of generated": translate("characters", "score of generated"),
        }[metric]


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
