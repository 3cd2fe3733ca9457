"""Chooses a magazine's colour: ten that look well, or any other."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QColorDialog,
    QHBoxLayout,
    QSizePolicy,
    QWidget,
)

from kirara_studio.api.text import QT_TRANSLATE_NOOP
from kirara_studio.api.widgets import paint_icon, plain_tip
from kirara_studio.api.widgets.layouts import fill
from kirara_studio.api.widgets.style import color

translate = QCoreApplication.translate

_NAMES = {
    "#E5678F": QT_TRANSLATE_NOOP("releases", "Pink"),
    "#D9534F": QT_TRANSLATE_NOOP("releases", "Red"),
    "#E98A3B": QT_TRANSLATE_NOOP("releases", "Orange"),
    "#E9B83B": QT_TRANSLATE_NOOP("releases", "Yellow"),
    "#7FB24A": QT_TRANSLATE_NOOP("releases", "Green"),
    "#45B8AC": QT_TRANSLATE_NOOP("releases", "Turquoise"),
    "#3E8EDE": QT_TRANSLATE_NOOP("releases", "Light blue"),
    "#5B6BD6": QT_TRANSLATE_NOOP("releases", "Blue"),
    "#9A63C9": QT_TRANSLATE_NOOP("releases", "Purple"),
    "#8A7FA8": QT_TRANSLATE_NOOP("releases", "Grey"),
}
COLORS = tuple(_NAMES)
_SIDE = 32  # pixels


class ColorRow(QWidget):
    """Circles side by side, the last one for any other colour. ``changed`` when it does."""

    changed = Signal()

    def __init__(self, chosen: str) -> None:
        super().__init__()
        self._chosen = chosen.upper()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(translate("releases", "Color"))
        self.circles = [_Circle(own, translate("releases", _NAMES[own])) for own in COLORS]
        self.other = _Circle("", translate("releases", "Another color…"))
        group = QButtonGroup(self)
        fill(QHBoxLayout(self), *self.circles, self.other, spacing=0)
        for circle in (*self.circles, self.other):
            group.addButton(circle)
            circle.toggled.connect(self._on_toggled)
        self.other.clicked.connect(self._ask)
        self._show()

    @property
    def chosen(self) -> str:
        return self._chosen

    def choose(self, chosen: str) -> None:
        if chosen.upper() != self._chosen:
            self._chosen = chosen.upper()
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        own = self._chosen not in COLORS
        self.other.color = self._chosen if own else ""
        circle = self.other if own else self.circles[COLORS.index(self._chosen)]
        circle.setChecked(True)
        self.setFocusProxy(circle)
        self.update()

    def _on_toggled(self, on: bool) -> None:
        circle = self.sender()
        if on and isinstance(circle, _Circle) and circle.color:
            self.choose(circle.color)

    def _ask(self) -> None:
        title = translate("releases", "Color")
        other = QColorDialog.getColor(QColor(self._chosen), self, title)
        if other.isValid():
            self.choose(other.name())
        self._show()


class _Circle(QAbstractButton):
    """A button in its colour; without one, it asks for another."""

    def __init__(self, own: str, name: str) -> None:
        super().__init__()
        self.color = own
        self.setCheckable(True)
        self.setFixedSize(_SIDE, _SIDE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))

    def paintEvent(self, event: QPaintEvent) -> None:
        centre = QPointF(_SIDE / 2, _SIDE / 2)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen if self.color else QPen(color("line_strong"), 1))
            painter.setBrush(QColor(self.color) if self.color else color("surface"))
            painter.drawEllipse(centre, 11, 11)
            if not self.color:
                box = QRectF(centre.x() - 6, centre.y() - 6, 12, 12)
                paint_icon(painter, "more", box, color("text_soft"))
            if self.isChecked() or self.hasFocus():
                painter.setPen(QPen(color("focus" if self.hasFocus() else "text"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(centre, 14, 14)
