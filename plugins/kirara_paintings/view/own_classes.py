"""The page of own classes: drop pictures, learn, see the confusion matrix, save."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kirara_paintings.learning.fit_result import FitResult
from kirara_paintings.view.class_row import ClassRow
from kirara_paintings.view.confusion import ConfusionMatrix
from kirara_paintings.view_state import ENOUGH, OwnClass
from kirara_paintings.words import percent, style_name
from kirara_studio.api.widgets import Button, DropZone, Inspector, Label, PictureGrid

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

translate = QCoreApplication.translate


class OwnClassesPage(QWidget):
    """Shows classes, numbered by their places, and a fit; dropped files become classes.

    :attr:`save_requested` carries name, licence and notes.
    """

    renamed = Signal(int, str)
    added = Signal(int, list)
    removed = Signal(int)
    dropped = Signal(list)
    save_requested = Signal(str, str, str)
    picture_opened = Signal(Path)

    def __init__(self, inspector: Inspector, thumbnail: Callable[[Path], QImage | None]) -> None:
        super().__init__()
        self._thumbnail = thumbnail
        self.rows: list[ClassRow] = []
        self.result: FitResult | None = None
        self._cell_pictures: list[Path] = []
        self.advice = Label(tone="text_soft", wrap=True)
        self.drop_zone = DropZone("", icon="folder")
        self.drop_zone.setFixedHeight(76)
        self.score_section = inspector.add_section("")
        self.score = Label(size=17, bold=True, wrap=True)
        self.score_section.add(self.score)
        self.score_note = self.score_section.add_text()
        self.save_section = inspector.add_section("")
        self.sections = (self.score_section, self.save_section)
        self.matrix = ConfusionMatrix()
        self.cell_label = Label(size=12, tone="text_soft", wrap=True)
        self.grid = PictureGrid(largest=120)
        self.fields = self.name, self.licence, self.notes = QLineEdit(), QLineEdit(), QLineEdit()
        self.labels = [Label(size=12, tone="text_soft") for _ in self.fields]
        self.save = Button(icon="check")
        for label, field in zip(self.labels, self.fields, strict=True):
            self.save_section.add(label)
            self.save_section.add(field)
        self.save_section.add(self.save)
        self._assemble()
        self.drop_zone.dropped.connect(self.dropped)
        self.drop_zone.clicked.connect(self._ask_folder)
        self.matrix.chosen.connect(self.show_cell)
        self.grid.picked.connect(lambda index: self.picture_opened.emit(self._cell_pictures[index]))
        self.save.clicked.connect(
            lambda: self.save_requested.emit(*(field.text().strip() for field in self.fields))
        )

    def _assemble(self) -> None:
        self._classes = QVBoxLayout()
        self._classes.setSpacing(8)
        self.table = QWidget()
        matrix = QVBoxLayout()
        matrix.addWidget(self.matrix)
        matrix.addStretch(1)
        pictures = QVBoxLayout()
        pictures.addWidget(self.cell_label)
        pictures.addWidget(self.grid, 1)
        result = QHBoxLayout(self.table)
        result.setContentsMargins(0, 8, 0, 0)
        result.setSpacing(24)
        result.addLayout(matrix)
        result.addLayout(pictures, 1)
        body = QWidget()
        body.setObjectName("ownClasses")
        body.setStyleSheet("#ownClasses { background: transparent; }")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(self.advice)
        column.addLayout(self._classes)
        column.addWidget(self.drop_zone)
        column.addWidget(self.table, 1)
        column.addStretch(1)
        self._scroll = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setStyleSheet("QScrollArea { background: transparent; border: none; }")
        scroll.viewport().setAutoFillBackground(False)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self.table.hide()

    def _ask_folder(self) -> None:
        title = translate("paintings", "Folder with pictures of a class")
        if path := QFileDialog.getExistingDirectory(self.window(), title):
            self.dropped.emit([Path(path)])

    def show_classes(self, classes: Sequence[OwnClass]) -> None:
        """Show classes, each in a row."""
        while len(self.rows) > len(classes):
            row = self.rows.pop()
            self._classes.removeWidget(row)
            row.hide()  # at once, whenever it is deleted
            row.deleteLater()
        while len(self.rows) < len(classes):
            self._add_row(len(self.rows))
        for row, one in zip(self.rows, classes, strict=True):
            if row.shown != one:
                row.show_class(one)

    def _add_row(self, index: int) -> None:
        row = ClassRow(self._thumbnail)
        row.renamed.connect(lambda name: self.renamed.emit(index, name))
        row.dropped.connect(lambda paths: self.added.emit(index, paths))
        row.removed.connect(lambda: self.removed.emit(index))
        row.retranslate()
        self.rows.append(row)
        self._classes.addWidget(row)

    def show_arrived(self) -> None:
        """Show new thumbnails."""
        for row in self.rows:
            row.strip.update()
        self._show_pictures()

    def show_result(self, result: FitResult | None) -> None:
        """Show the cross-validation of a fit, or nothing."""
        if result is self.result:
            return
        self.result = result
        self.table.setVisible(result is not None)
        self._show_score()
        self._cell_pictures = []
        if result is None:
            return
        self.matrix.show_counts(result.classes, result.confusion)
        self.name.setText(", ".join(result.classes)[:60])
        wrong = [
            (row, column)
            for row, counts in enumerate(result.confusion)
            for column, count in enumerate(counts)
            if count and row != column
        ]
        self.matrix.choose(*(wrong[0] if wrong else (0, 0)))
        # Once it has its place, below the classes.
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(self.table))

    def show_cell(self, row: int, column: int) -> None:
        """Show the pictures of a cell of the matrix."""
        if self.result is None:
            return
        self._cell_pictures = self.result.pictures_in(row, column)
        names = [style_name(self.result.classes[index]) for index in (row, column)]
        count = len(self._cell_pictures)
        self.cell_label.setText(
            translate("paintings", "Recognised as {0}: {1}").format(names[0], count)
            if row == column
            else translate("paintings", "{0}, but taken for {1}: {2}").format(*names, count)
        )
        self._show_pictures()

    def _show_pictures(self) -> None:
        images = [self._thumbnail(path) for path in self._cell_pictures]
        there = [None if image is None or image.isNull() else image for image in images]
        self.grid.set_pictures(there, names=[path.name for path in self._cell_pictures])

    def _show_score(self) -> None:
        result = self.result
        for widget in (*self.labels, *self.fields, self.save):
            widget.setEnabled(result is not None)
        if result is None:
            self.score.setText("")
            self.score_note.setText(
                translate(
                    "paintings",
                    "After learning, each picture is classified by a model that has not seen it, "
                    "and the table shows which classes were confused.",
                )
            )
            return
        count = len(result.labels)
        self.score.setText(
            translate("paintings", "{0} of {1} recognised ({2})").format(
                result.right, count, percent(result.right / max(count, 1))
            )
        )
        note = translate(
            "paintings",
            "Each by a model trained on all the others. Trained in {0} s.",
        ).format(f"{result.seconds:.1f}")
        if result.unread:
            note += "\n" + translate("paintings", "Could not be read: {0}").format(
                ", ".join(result.unread[:5])
            )
        self.score_note.setText(note)

    def retranslate(self) -> None:
        """Set the texts again."""
        self.advice.setText(
            translate(
                "paintings",
                "Classes of your own: a folder for each, with {0} pictures or more. They are "
                "learnt in seconds and saved as a model that you can share.",
            ).format(ENOUGH)
        )
        self.drop_zone.set_text(
            translate(
                "paintings",
                "Drop a folder, and it becomes a class; a folder of folders becomes one class each",
            )
        )
        texts = (
            translate("paintings", "Name"),
            translate("paintings", "Licence"),
            translate("paintings", "Notes"),
        )
        for field, label, text in zip(self.fields, self.labels, texts, strict=True):
            label.setText(text)
            field.setAccessibleName(text)
        self.score_section.set_title(translate("paintings", "How well"))
        self.save_section.set_title(translate("paintings", "Keep as a model"))
        self.save.set_content(translate("paintings", "Save and use"))
        self.grid.setAccessibleName(translate("paintings", "Pictures of the chosen cell"))
        for row in self.rows:
            row.retranslate()
        self._show_score()
