"""A class of the user's own: its name, its pictures, and a place to drop more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from kirara_paintings.view_state import ENOUGH, OwnClass
from kirara_studio.api.widgets import Button, Label, plain_tip
from kirara_studio.api.widgets.drop_zone import TakesFiles
from kirara_studio.api.widgets.pictures import rounded_pixmap
from kirara_studio.api.widgets.style import RADIUS, color

translate = QCoreApplication.translate

_HEIGHT = 68
_SIDE = 48


class ClassRow(TakesFiles, QWidget):
    """Emits :attr:`renamed`, :attr:`dropped` (paths), :attr:`removed`."""

    renamed = Signal(str)
    dropped = Signal(list)
    removed = Signal()

    def __init__(self, thumbnail: Callable[[Path], QImage | None]) -> None:
        super().__init__()
        self.shown = OwnClass("")
        self._hover = False  # files are dragged over it
        self.name = QLineEdit()
        self.name.setFixedWidth(180)
        self.count = Label(size=12, tone="text_soft")
        self.count.setFixedWidth(130)
        self.strip = _Strip(thumbnail)
        self.remove = Button(icon="close", kind="quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self.name)
        row.addWidget(self.count)
        row.addWidget(self.strip, 1)
        row.addWidget(self.remove)
        self.setFixedHeight(_HEIGHT)
        self.setAcceptDrops(True)
        self.name.editingFinished.connect(self._rename)
        self.remove.clicked.connect(self.removed)

    def show_class(self, shown: OwnClass) -> None:
        """Show another class."""
        self.shown = shown
        if self.name.text() != shown.name:
            self.name.setText(shown.name)
        self.strip.show_pictures(shown.pictures)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts again."""
        count = len(self.shown.pictures)
        text = translate("paintings", "Pictures: {0}").format(count)
        if count < ENOUGH:
            text += "\n" + translate("paintings", "{0} or more are better").format(ENOUGH)
        self.count.setText(text)
        self.strip.setAccessibleName(
            translate("paintings", "Pictures of “{0}”").format(self.shown.name)
        )
        self.strip.setAccessibleDescription(", ".join(one.name for one in self.shown.pictures))
        self.name.setPlaceholderText(translate("paintings", "Name of the class"))
        self.name.setAccessibleName(translate("paintings", "Name of the class"))
        self.remove.setAccessibleName(translate("paintings", "Remove the class"))
        self.remove.setToolTip(plain_tip(self.remove.accessibleName()))

    def _rename(self) -> None:
        if self.name.text().strip() != self.shown.name:
            self.renamed.emit(self.name.text().strip())

    def _show_drag(self, here: bool) -> None:
        self._hover = here
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(QPen(color("accent" if self._hover else "line"), 1))
            painter.setBrush(color("accent_soft" if self._hover else "surface"))
            painter.drawRoundedRect(box, RADIUS, RADIUS)


class _Strip(QWidget):
    """As many small pictures as there is room for."""

    def __init__(self, thumbnail: Callable[[Path], QImage | None]) -> None:
        super().__init__()
        self._thumbnail = thumbnail
        self._pictures: tuple[Path, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def show_pictures(self, pictures: tuple[Path, ...]) -> None:
        self._pictures = pictures
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, _SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            room = (self.width() + 6) // (_SIDE + 6)
            for index, path in enumerate(self._pictures[:room]):
                box = QRectF(index * (_SIDE + 6), (self.height() - _SIDE) / 2, _SIDE, _SIDE)
                image = self._thumbnail(path)
                if image is not None and not image.isNull():
                    pixmap = rounded_pixmap(image, _SIDE, _SIDE, self.devicePixelRatioF(), RADIUS)
                    painter.drawPixmap(box.topLeft(), pixmap)
                else:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(color("sunken"))
                    painter.drawRoundedRect(box, RADIUS, RADIUS)
