"""A row of choices of which one holds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from kirara_studio.api.widgets.style import Animation, color, draw_focus_ring, font


class Segments(QTabBar):
    """Choices side by side; the chosen one lies on a small card that slides.

    Emits :attr:`chosen` with the index when the user changes it (click, or Left and Right).
    Its accessible name is the choices, unless :meth:`set_name` gives it one.
    """

    chosen = Signal(int)

    def __init__(self, texts: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._silent = False
        self._place = Animation(self, self.update)
        self.setUsesScrollButtons(False)
        self.setDrawBase(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_texts(texts)
        self.currentChanged.connect(self._on_changed)

    @property
    def current(self) -> int:
        """The index of the chosen one."""
        return self.currentIndex()

    def set_current(self, index: int) -> None:
        """Choose without emitting anything."""
        self._silent = True
        self.setCurrentIndex(index)
        self._silent = False

    def set_texts(self, texts: Sequence[str]) -> None:
        """Change the texts. If the chosen one is gone, the first is chosen."""
        self._silent = True
        if self.current >= len(texts):
            self.setCurrentIndex(0)
        while self.count() > len(texts):
            self.removeTab(self.count() - 1)
        for index, text in enumerate(texts):
            if index < self.count():
                self.setTabText(index, text)
            else:
                self.addTab(text)
        self._silent = False
        self._describe()
        self.updateGeometry()

    def set_name(self, name: str) -> None:
        """Say what is chosen here, for screen readers."""
        self._name = name
        self._describe()

    def sizeHint(self) -> QSize:
        return QSize(self._widest() * self.count() + 6, 36)

    def minimumSizeHint(self) -> QSize:
        return QSize(40 * self.count(), 36)

    def tabSizeHint(self, index: int) -> QSize:
        return QSize(max(self.width(), 1) // max(self.count(), 1), self.height())

    def minimumTabSizeHint(self, index: int) -> QSize:
        return QSize(1, self.height())

    def _widest(self) -> int:
        metrics = QFontMetrics(font(self, 14, bold=True))
        widths = (metrics.horizontalAdvance(self.tabText(i)) for i in range(self.count()))
        return max(widths, default=0) + 28

    def _describe(self) -> None:
        texts = [self.tabText(index) for index in range(self.count())]
        self.setAccessibleName(self._name or " / ".join(texts))
        self.setAccessibleDescription(self.tabText(self.current))
        for index, text in enumerate(texts):
            # Qt reads out the chosen one in place of the whole row's name.
            self.setAccessibleTabName(index, f"{self._name}: {text}" if self._name else text)

    def _on_changed(self, index: int) -> None:
        self._place.animate_to(float(max(index, 0)))
        self._describe()
        if not self._silent:
            self.chosen.emit(index)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a wheel that scrolls past must not choose

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("pressed", 0.75))
            painter.drawRoundedRect(box, 8, 8)
            width = (box.width() - 6) / max(self.count(), 1)
            card = QRectF(box.left() + 3 + self._place.value * width, 3.5, width, box.height() - 6)
            painter.setPen(QPen(color("line"), 1))
            painter.setBrush(color("raised"))
            painter.drawRoundedRect(card, 6, 6)
            for index in range(self.count()):
                current = index == self.current
                painter.setFont(font(self, 14, bold=current))
                painter.setPen(color("accent_text" if current else "text_soft"))
                place = QRectF(box.left() + 3 + index * width, box.top(), width, box.height())
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.tabText(index))
            if self.hasFocus():
                draw_focus_ring(painter, card.adjusted(-1, -1, 1, 1), 6)
