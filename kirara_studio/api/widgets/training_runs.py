"""The list of a panel's training runs, and what can be done with each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QDate,
    QDateTime,
    QLocale,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
    QUrl,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QDesktopServices,
    QHideEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPixmap,
    QShowEvent,
    QUndoStack,
)
from PySide6.QtWidgets import QFrame, QInputDialog, QListView, QMenu, QVBoxLayout, QWidget

from kirara_studio.api.files import exists
from kirara_studio.api.training import RunSummary
from kirara_studio.api.widgets.button import Button
from kirara_studio.api.widgets.cells import CellPainter, Cells
from kirara_studio.api.widgets.keyboard import KeyboardFocus
from kirara_studio.api.widgets.label import Label
from kirara_studio.api.widgets.mixins import Named, Translated
from kirara_studio.api.widgets.pictures import rounded_pixmap
from kirara_studio.api.widgets.style import RADIUS, color, draw_focus_ring, font
from kirara_studio.api.widgets.training_task import TrainingTask

translate = QCoreApplication.translate

_ROW, _PICTURE, _MARGIN = 60, 44, 8  # pixels
_MOST_ROWS = 5  # more are scrolled to
_REFRESH_MS = 2_000
"""Between two looks at the runs: those of other panels move the queue on, too."""
_GOING_ON = ("starting", "running", "paused", "stopping")


def state_words(run: RunSummary) -> str:
    """The state of a run in a few words."""
    words = {
        "starting": translate("widgets", "Starting…"),
        "running": translate("widgets", "Training"),
        "paused": translate("widgets", "Paused"),
        "stopping": translate("widgets", "Stopping…"),
        "stopped": translate("widgets", "Stopped"),
        "finished": translate("widgets", "Finished"),
        "failed": translate("widgets", "Failed"),
        "interrupted": translate("widgets", "Interrupted"),
        "queued": translate("widgets", "Queued: number {0}").format(run.place),
    }
    return words.get(run.state, run.state)


class RunList(Named, QListView):
    """Rows with a run each: its newest preview, name, state, how far it is, and its beginning.

    Arrow keys move, a click, Enter or Space picks (:attr:`picked`). :attr:`menu_requested` carries
    a place on the screen, after the run was picked. F2 and Delete emit the other two signals.
    """

    picked = Signal(Path)
    menu_requested = Signal(QPoint)
    rename_requested = Signal()
    delete_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: list[RunSummary] = []
        self._shown = Path()
        self._thumbnails: dict[Path, tuple[int, QPixmap]] = {}
        self._keyboard = KeyboardFocus(self)
        self._cells = Cells(self, self._name_of, self._note_of)
        CellPainter(self, lambda _: QSize(0, _ROW), self._paint_row)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QListView { background: transparent; border: none; }")
        self.clicked.connect(lambda index: self._pick(index.row()))
        self._retranslate()

    def _default_name(self) -> str:
        return translate("widgets", "Training runs")

    def show_runs(self, runs: Sequence[RunSummary], shown: Path | None) -> None:
        """Show ``runs``; the one in the folder ``shown`` is marked."""
        shown = shown or Path()
        if (list(runs), shown) == (self._runs, self._shown):
            return
        self._runs, self._shown = list(runs), shown
        self._cells.set_count(len(runs))
        if not self._keyboard.here:
            row = next((i for i, run in enumerate(runs) if run.folder == shown), -1)
            self.setCurrentIndex(self._cells.index(row))
        self.setFixedHeight(min(max(len(runs), 1), _MOST_ROWS) * _ROW)
        self.viewport().update()

    @property
    def shown(self) -> RunSummary | None:
        """The run that is marked."""
        return next((run for run in self._runs if run.folder == self._shown), None)

    # Words

    def _name_of(self, row: int) -> str:
        return self._runs[row].name

    def _note_of(self, row: int) -> str:
        run = self._runs[row]
        parts = [state_words(run)]
        if run.share is not None and run.state != "finished":
            parts.append(translate("widgets", "{0} %").format(round(100 * run.share)))
        if run.began:
            began, short = (
                QDateTime.fromSecsSinceEpoch(int(run.began)),
                QLocale.FormatType.ShortFormat,
            )
            today = began.date() == QDate.currentDate()
            when = began.time() if today else began.date()
            parts.append(QLocale().toString(when, short))
        return " · ".join(parts)

    # Mouse and keyboard

    def _pick(self, row: int) -> None:
        if 0 <= row < len(self._runs):
            self.picked.emit(self._runs[row].folder)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        row, place = self.indexAt(event.pos()).row(), event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            row = self.currentIndex().row()
            box = self.visualRect(self._cells.index(max(row, 0)))
            place = self.viewport().mapToGlobal(box.center())
        if row >= 0:
            self._pick(row)
            self.menu_requested.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = event.key(), self.currentIndex().row()
        picks = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if key in picks and not event.modifiers():
            self._pick(row)
        elif key in (Qt.Key.Key_F2, Qt.Key.Key_Delete) and row >= 0:
            self._pick(row)
            (self.rename_requested if key == Qt.Key.Key_F2 else self.delete_requested).emit()
        else:
            self._keyboard.here = True
            super().keyPressEvent(event)
            self.viewport().update()

    # Painting

    def _paint_row(self, painter: QPainter, row: int, box: QRectF) -> None:
        run = self._runs[row]
        if run.folder == self._shown:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent_soft"))
            painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), RADIUS, RADIUS)
        if self._keyboard.here and row == self.currentIndex().row():
            draw_focus_ring(painter, box.adjusted(0, 1, 0, -1))
        top = box.top() + (_ROW - _PICTURE) / 2
        frame = QRectF(box.left() + _MARGIN, top, _PICTURE, _PICTURE)
        self._paint_preview(painter, run, frame)
        left = frame.right() + 10
        width = box.right() - left - _MARGIN
        lines = (
            (self._name_of(row), font(self, 14, bold=True), "text", box.top() + 10),
            (self._note_of(row), font(self, 12), "text_soft", box.top() + 31),
        )
        for text, face, ink, y in lines:
            painter.setFont(face)
            soft = ink == "text_soft" and run.state in ("failed", "interrupted")
            painter.setPen(color("loss_text" if soft else ink))
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(width))
            painter.drawText(QRectF(left, y, width, 20), Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_preview(self, painter: QPainter, run: RunSummary, frame: QRectF) -> None:
        pixmap = self._thumbnail(run.preview)
        if pixmap is not None:
            painter.drawPixmap(frame, pixmap, QRectF(pixmap.rect()))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("pressed", 0.6))
            painter.drawRoundedRect(frame, 6, 6)

    def _thumbnail(self, path: Path | None) -> QPixmap | None:
        """The picture at ``path``, read again after it was replaced."""
        if path is None or not exists(path):
            return None
        changed = path.stat().st_mtime_ns
        known = self._thumbnails.get(path)
        if known is None or known[0] != changed:
            image = QImage(str(path))
            if image.isNull():
                return None
            ratio = self.devicePixelRatioF()
            known = changed, rounded_pixmap(image, _PICTURE, _PICTURE, ratio, 6)
            self._thumbnails[path] = known
        return known[1]


class TrainingRuns(Translated, QWidget):
    """All runs of a :class:`TrainingTask`: the one that is picked is followed by the task.

    :attr:`use_requested` asks for a model of the run that the task follows. Deleting a run is a
    step of ``stack``.
    """

    use_requested = Signal()

    def __init__(
        self, task: TrainingTask, stack: QUndoStack, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._task, self._stack = task, stack
        self._title = Label(size=14, bold=True)
        self._title.setContentsMargins(0, 14, 0, 0)
        self.list = RunList()
        self.actions_button = Button(icon="more")
        self.menu = QMenu(self.actions_button)
        self.actions_button.set_menu(self.menu)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._parts = self._title, self.list, self.actions_button
        for part in self._parts:
            layout.addWidget(part)
        self._look_again = QTimer(self, interval=_REFRESH_MS)
        self._look_again.timeout.connect(self.refresh)
        self._soon = QTimer(self, singleShot=True, interval=100)
        self._soon.timeout.connect(self.refresh)
        task.changed.connect(self._refresh_soon)
        self.list.picked.connect(self._follow)
        self.list.rename_requested.connect(self.ask_name)
        self.list.delete_requested.connect(self.delete)
        self.list.menu_requested.connect(lambda place: self.menu.popup(place))
        self.menu.aboutToShow.connect(self._fill_menu)
        self._retranslate()

    # What is shown

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._look_again.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._look_again.stop()

    def _refresh_soon(self) -> None:
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def refresh(self) -> None:
        """Look at the runs again."""
        run = self._task.run
        runs = self._task.runs()
        self.list.show_runs(runs, run.folder if run is not None else None)
        for part in self._parts:
            part.setVisible(bool(runs))
        self.actions_button.setEnabled(self.list.shown is not None)

    def _retranslate(self) -> None:
        self._title.setText(translate("widgets", "Runs"))
        self.actions_button.set_content(translate("widgets", "This run"))

    def _follow(self, folder: Path) -> None:
        self._task.follow(folder)
        self.refresh()

    # What can be done with the run that the task follows

    def _fill_menu(self) -> None:
        self.menu.clear()
        run, task = self.list.shown, self._task
        if run is None:
            return
        ended = run.state not in (*_GOING_ON, "queued")
        use = self.menu.addAction(translate("widgets", "Use this model now"))
        use.triggered.connect(lambda: self.use_requested.emit())
        use.setEnabled(task.has_checkpoint)
        self.menu.addSeparator()
        if run.state == "queued":
            self._add(translate("widgets", "Start now, beside the other run"), task.start_now)
            self._add(translate("widgets", "Leave the queue"), task.stop)
        elif ended and run.state != "finished":
            self._add(translate("widgets", "Resume"), task.toggle_pause)
        elif run.state in ("running", "paused"):
            held = run.state == "paused"
            text = translate("widgets", "Resume") if held else translate("widgets", "Pause")
            self._add(text, task.toggle_pause)
            self._add(translate("widgets", "Stop"), task.stop)
        self._add(translate("widgets", "Open its folder"), partial(_open_folder, run.folder))
        copy = partial(task.copy_command, run.folder)
        self._add(translate("widgets", "Copy its command line"), copy)
        self.menu.addSeparator()
        self._add(translate("widgets", "Rename…"), self.ask_name, "F2")
        delete = self._add(translate("widgets", "Delete"), self.delete, "Del")
        delete.setEnabled(ended)

    def _add(self, text: str, run: Callable[[], object], keys: str = "") -> QAction:
        action = self.menu.addAction(text)
        action.triggered.connect(lambda: run())
        action.setShortcut(keys)
        action.setShortcutVisibleInContextMenu(bool(keys))
        return action

    def ask_name(self) -> None:
        """Ask for another name of the run."""
        run = self.list.shown
        if run is not None:
            title, label = translate("widgets", "Rename the run"), translate("widgets", "Name")
            name, accepted = QInputDialog.getText(self, title, label, text=run.name)
            if accepted and name.strip():
                self.rename(name)

    def rename(self, name: str) -> None:
        """Name the run that the task follows."""
        if self.list.shown is not None:
            self._task.rename(self.list.shown.folder, name)
            self.refresh()

    def delete(self) -> None:
        """Delete the run that the task follows, unless it goes on or is queued."""
        run = self.list.shown
        if run is not None and run.state not in (*_GOING_ON, "queued"):
            self._task.delete(run.folder, run.name, self._stack)
            self.refresh()


def _open_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
