"""Buttons: one primary per panel, the others plain or quiet."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from kirara_studio.api.widgets.icons import paint_icon
from kirara_studio.api.widgets.keyboard import KeyboardFocus
from kirara_studio.api.widgets.label import plain_tip
from kirara_studio.api.widgets.mixins import Hovered
from kirara_studio.api.widgets.style import RADIUS, Animation, blend, color, draw_focus_ring, font


class PlainButton(Hovered, QAbstractButton):
    """What all buttons do: Enter clicks, the pointer lets them glow, Tab rings them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keyboard = KeyboardFocus(self)
        self._hover = Animation(self, self.update)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class Button(PlainButton):
    """A button with an icon, a text, or both.

    ``kind`` is "primary" (filled), "plain" (outlined), "danger" (outlined, in red), "quiet"
    (nothing until hovered) or "play" (round, tinted). A ``small`` one fits into a bar. ``hint`` is
    shown after the text, dimmed, such as a shortcut. With a ``menu`` a click opens it.
    """

    def __init__(
        self,
        text: str = "",
        *,
        icon: str = "",
        kind: str = "plain",
        hint: str = "",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self._small = small
        self.icon_name = icon
        self.hint = hint
        self._menu: QMenu | None = None
        self.setText(text)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def set_content(self, text: str, *, icon: str | None = None, hint: str | None = None) -> None:
        """Change text, icon and hint; None keeps the old one."""
        self.setText(text)
        self.icon_name = self.icon_name if icon is None else icon
        self.hint = self.hint if hint is None else hint
        self.updateGeometry()
        self.update()

    def set_purpose(self, text: str) -> None:
        """Name a button without a text: its tool tip, and its name for a screen reader."""
        self.setToolTip(plain_tip(text))
        self.setAccessibleName(text)

    def set_menu(self, menu: QMenu) -> None:
        """Open ``menu`` below the button when it is clicked."""
        self._menu = menu
        self.clicked.connect(self._open_menu)
        self.updateGeometry()

    def _open_menu(self) -> None:
        if self._menu is not None:
            self._menu.setMinimumWidth(self.width())
            self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def sizeHint(self) -> QSize:
        height = 28 if self._small else 40 if self.kind in ("primary", "play") else 36
        if not self.text():
            return QSize(height, height)
        metrics = QFontMetrics(font(self, 14, bold=True))
        width = (24 if self._small else 32) + metrics.horizontalAdvance(self.text())
        if self.icon_name:
            width += 22
        if self.hint:
            width += 10 + QFontMetrics(font(self, 12)).horizontalAdvance(self.hint)
        if self._menu is not None:
            width += 18
        return QSize(width, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _colors(self) -> tuple[QColor, QColor, QColor]:
        """Background, border and text."""
        hover = self._hover.value + (0.6 if self.isDown() else 0.0)
        if self.kind == "primary":
            back = blend(color("accent_fill"), color("accent_fill_hover"), min(hover, 1.0))
            return back, back, color("on_accent")
        if self.kind == "play" or self.isChecked():
            back = blend(color("accent_soft"), color("accent"), 0.12 * hover)
            return back, back, color("accent_text")
        if self.kind == "danger":
            back = blend(color("surface"), color("loss_soft"), min(hover, 1.0))
            return back, color("loss" if hover else "line_strong"), color("loss_text")
        back = blend(color("surface"), color("hover"), min(hover, 1.0))
        if self.kind == "quiet":
            back.setAlphaF(min(hover, 1.0))
            return back, QColor(Qt.GlobalColor.transparent), color("text_soft")
        return back, color("line_strong"), color("text")

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if not self.isEnabled():
                painter.setOpacity(0.45)
            back, border, ink = self._colors()
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            radius = box.height() / 2 if self.kind == "play" else RADIUS
            painter.setPen(QPen(border, 1))
            painter.setBrush(back)
            painter.drawRoundedRect(box, radius, radius)
            if self._keyboard.here:
                draw_focus_ring(painter, box.adjusted(1, 1, -1, -1), radius - 1)
            self._paint_content(painter, box, ink)

    def _paint_content(self, painter: QPainter, box: QRectF, ink: QColor) -> None:
        if not self.text():
            margin = (box.height() - 18) / 2
            paint_icon(painter, self.icon_name, box.adjusted(0, margin, 0, -margin), ink)
            return
        text_font, hint_font = font(self, 14, bold=self.kind == "primary"), font(self, 12)
        x = box.left() + (11 if self._small else 15)
        if self.icon_name:
            paint_icon(painter, self.icon_name, QRectF(x - 1, box.center().y() - 8.5, 17, 17), ink)
            x += 22
        painter.setPen(ink)
        painter.setFont(text_font)
        width = QFontMetrics(text_font).horizontalAdvance(self.text()) + 2
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(x, box.top(), width, box.height()), middle, self.text())
        x += width + 8
        if self.hint:
            faded = QColor(ink)
            faded.setAlphaF(0.85)
            painter.setPen(faded)
            painter.setFont(hint_font)
            painter.drawText(QRectF(x, box.top(), box.right() - x, box.height()), middle, self.hint)
        if self._menu is not None:
            arrow = QRectF(box.right() - 25, box.center().y() - 7, 14, 14)
            paint_icon(painter, "chevron-down", arrow, ink)
