"""The inspector's verdict on the open picture; a click on a class corrects it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy

from kirara_illustrations.filter.classes import CLASSES
from kirara_illustrations.storage.library import Item
from kirara_illustrations.words import class_title, percent
from kirara_studio.api.widgets import CellPainter, Cells, Inspector, KeyboardFocus, paint_icon
from kirara_studio.api.widgets.style import color, draw_focus_ring, font

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

translate = QCoreApplication.translate

_ROW = 34


class VerdictSection(QObject):
    """What the filter says of a picture, as bars. Emits :attr:`corrected` with a class or ""."""

    corrected = Signal(str)

    def __init__(self, inspector: Inspector) -> None:
        super().__init__(inspector)
        self._item: Item | None = None
        self.section = inspector.add_section("")
        self.bars = _ClassBars()
        self.section.add(self.bars)
        self.note = self.section.add_text()
        self.opinion = self.section.add_text()
        self.opinion.hide()
        self.bars.chosen.connect(self._choose)

    def show_item(self, item: Item | None) -> None:
        """Show the verdict on a picture."""
        self._item = item
        self.bars.show_item(item)
        if item is None:
            return
        if item.corrected:
            text = translate("illustrations", "Corrected by you. Click again to take it back.")
        elif item.class_name:
            text = translate("illustrations", "Click what it is, if the filter is wrong.")
        else:
            text = translate("illustrations", "Not judged yet. You may say what it is.")
        self.note.setText(text)

    def show_opinion(self, faces: bool | None) -> None:
        """Show the second opinion; None while there is none."""
        self.opinion.setVisible(faces is not None)
        self.opinion.setText(
            translate("illustrations", "Second opinion: drawn faces were found.")
            if faces
            else translate("illustrations", "Second opinion: no drawn face, or a small one alone.")
        )

    def _choose(self, name: str) -> None:
        if self._item is not None:
            self.corrected.emit("" if name == self._item.corrected else name)

    def retranslate(self) -> None:
        """Set the texts again."""
        self.section.set_title(translate("illustrations", "What it is"))
        self.bars.setAccessibleName(translate("illustrations", "What it is"))
        self.show_item(self._item)


class _ClassBars(QListView):
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._item: Item | None = None
        self.cells = Cells(self, self._name)
        self._keyboard = KeyboardFocus(self)
        CellPainter(self, lambda _: QSize(100, _ROW), self._paint)
        self.cells.set_count(len(CLASSES))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_ROW * len(CLASSES) + 2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.setStyleSheet("QListView { background: transparent; border: none; }")

    def show_item(self, item: Item | None) -> None:
        self._item = item
        self.viewport().update()

    def _confidence(self, row: int) -> float:
        return self._item.confidences.get(CLASSES[row], 0.0) if self._item is not None else 0.0

    def _name(self, row: int) -> str:
        name = f"{class_title(CLASSES[row])}, {percent(self._confidence(row))}"
        if self._item is not None and self._item.corrected == CLASSES[row]:
            name += ", " + translate("illustrations", "chosen by you")
        return name

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.chosen.emit(CLASSES[index.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in keys and self.currentIndex().isValid():
            self.chosen.emit(CLASSES[self.currentIndex().row()])
        else:
            self._keyboard.here = True
            super().keyPressEvent(event)

    def _paint(self, painter: QPainter, row: int, whole: QRectF) -> None:
        item, value = self._item, self._confidence(row)
        mine = item is not None and item.corrected == CLASSES[row]
        best = item is not None and item.class_name == CLASSES[row]
        text = QRectF(whole.left() + 2, whole.top(), whole.width() - 4, 22)
        painter.setFont(font(self, 12, bold=mine or best))
        painter.setPen(color("text" if mine or best else "text_soft"))
        left = Qt.AlignmentFlag.AlignVCenter
        if mine:
            paint_icon(painter, "check", QRectF(text.left(), text.center().y() - 6, 12, 12),
                       color("success"))  # fmt: skip
            text.setLeft(text.left() + 17)
        painter.drawText(text, left, class_title(CLASSES[row]))
        painter.drawText(text, left | Qt.AlignmentFlag.AlignRight, percent(value))
        track = QRectF(whole.left() + 2, whole.top() + 24, whole.width() - 4, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("sunken"))
        painter.drawRoundedRect(track, 2, 2)
        if value > 0:
            painter.setBrush(color("accent" if best else "line_strong"))
            track.setWidth(max(4.0, track.width() * value))
            painter.drawRoundedRect(track, 2, 2)
        if self.cells.index(row, 0) == self.currentIndex() and self._keyboard.here:
            draw_focus_ring(painter, whole.adjusted(0, 1, 0, -1), 4)
