"""Play, pause and scrub."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kirara_studio.api.widgets.button import Button
from kirara_studio.api.widgets.label import Label
from kirara_studio.api.widgets.mixins import Hovered, Translated
from kirara_studio.api.widgets.roles import set_role
from kirara_studio.api.widgets.style import Animation, color, draw_focus_ring, draw_line

translate = QCoreApplication.translate


class Transport(Translated, QWidget):
    """A play button, a bar to scrub, and the time. Whoever plays moves the bar.

    :attr:`toggled` is sent for play and pause, :attr:`scrubbed` with the seconds where the user put
    the bar.
    """

    toggled = Signal()
    scrubbed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = Button(icon="play", kind="play")
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.bar = ScrubBar()
        self.time = Label(size=12, tone="text_soft")
        self.time.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.button)
        layout.addWidget(self.bar, 1)
        layout.addWidget(self.time)
        self.button.clicked.connect(self.toggled)
        self.bar.scrubbed.connect(self.scrubbed)
        self._playing = False
        self._retranslate()

    def set_playing(self, playing: bool) -> None:
        """Show pause while something plays, play otherwise."""
        self._playing = playing
        name = translate("widgets", "Pause") if playing else translate("widgets", "Play")
        self.button.icon_name = "pause" if playing else "play"
        self.button.set_purpose(name)
        self.button.update()

    def set_time(self, seconds: float, duration: float) -> None:
        """Show where it is, in seconds."""
        self.bar.set_time(seconds, duration)
        text = translate("widgets", "{0} / {1} s").format(f"{seconds:.1f}", f"{duration:.1f}")
        if text != self.time.text():
            self.time.setText(text)
            widest = self.time.fontMetrics().horizontalAdvance(text.replace("1", "0")) + 6
            self.time.setMinimumWidth(max(self.time.minimumWidth(), widest))

    def _retranslate(self) -> None:
        self.bar.setAccessibleName(translate("widgets", "Position"))
        self.set_playing(self._playing)
        self.set_time(self.bar.seconds, self.bar.duration)


class ScrubBar(Hovered, QWidget):
    """The bar of a :class:`Transport`."""

    scrubbed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seconds = self.duration = 0.0
        self._hover = Animation(self, self.update)
        set_role(self, QAccessible.Role.Slider)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_time(self, seconds: float, duration: float) -> None:
        """Show ``seconds`` of ``duration``."""
        self.seconds, self.duration = seconds, duration
        self.setAccessibleDescription(f"{seconds:.1f} / {duration:.1f}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 40)

    def _scrub(self, x: float) -> None:
        fraction = min(max((x - 8) / max(self.width() - 16, 1), 0.0), 1.0)
        self.scrubbed.emit(fraction * self.duration)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._scrub(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._scrub(event.position().x())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -0.1, Qt.Key.Key_Right: 0.1}
        places = {Qt.Key.Key_Home: 0.0, Qt.Key.Key_End: self.duration}
        key = Qt.Key(event.key())
        if key in steps:
            self.scrubbed.emit(min(max(self.seconds + steps[key], 0.0), self.duration))
        elif key in places:
            self.scrubbed.emit(places[key])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            y, left, right = self.height() / 2, 8.0, self.width() - 8.0
            fraction = self.seconds / self.duration if self.duration > 0 else 0.0
            x = left + (right - left) * min(max(fraction, 0.0), 1.0)
            start, knob = QPointF(left, y), QPointF(x, y)
            draw_line(painter, start, QPointF(right, y), color("line_strong"), 4)
            draw_line(painter, start, knob, color("success"), 4)
            painter.setPen(QPen(color("success"), 2))
            painter.setBrush(color("surface"))
            radius = 6.0 + self._hover.value
            painter.drawEllipse(knob, radius, radius)
            if self.hasFocus():
                draw_focus_ring(painter, QRectF(x - 11, y - 11, 22, 22), 11)
