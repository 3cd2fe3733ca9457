"""Reasons as sentences, one below the other; the one under the pointer shows its regions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from kirara_paintings.answers import Reason
from kirara_paintings.words import reason_words
from kirara_studio.api.widgets import KeyboardFocus, plain_tip
from kirara_studio.api.widgets.style import RADIUS, color, draw_focus_ring, font

translate = QCoreApplication.translate

_SHOWN = 6


class Reasons(QWidget):
    """A list of reasons; :attr:`looked_at` carries the regions of the hovered or clicked one."""

    looked_at = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.rows: list[ReasonRow] = []
        self._pinned: ReasonRow | None = None

    def show_reasons(self, reasons: Sequence[Reason], titles: Mapping[str, str]) -> None:
        """Show the strongest reasons; ``titles`` are the features' names, in English."""
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()  # at once, whenever it is deleted
            row.deleteLater()
        self.rows = []
        strongest = max((abs(reason.weight) for reason in reasons[:_SHOWN]), default=1.0)
        for reason in reasons[:_SHOWN]:
            title = titles.get(reason.feature, reason.feature)
            row = ReasonRow(reason, title, abs(reason.weight) / (strongest or 1.0))
            row.hovered.connect(self._look)
            row.clicked.connect(lambda _=False, r=row: self.pin(r))
            self.rows.append(row)
            self._column.addWidget(row)
        self._pinned = None
        self.looked_at.emit([])
        if first := next((row for row in self.rows if row.reason.regions), None):
            self.pin(first)

    def pin(self, row: ReasonRow) -> None:
        """Go on showing the regions of a reason."""
        self._pinned = row
        for one in self.rows:
            one.setChecked(one is row)
        self.looked_at.emit(list(row.reason.regions))

    def _look(self, row: ReasonRow | None) -> None:
        shown = row or self._pinned
        self.looked_at.emit(list(shown.reason.regions) if shown is not None else [])


class ReasonRow(QAbstractButton):
    """A reason: what was measured, what is usual, and how much it counts, for or against."""

    hovered = Signal(object)

    def __init__(self, reason: Reason, title: str, strength: float) -> None:
        super().__init__()
        self.reason, self._strength = reason, strength
        self._keyboard = KeyboardFocus(self)
        self.setCheckable(True)
        self.setText(reason_words(reason, title))
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(
            translate("paintings", "evidence for it")
            if reason.weight >= 0
            else translate("paintings", "evidence against it")
        )
        self.setToolTip(plain_tip(self.accessibleDescription()))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        metrics, flags = QFontMetrics(font(self, 12)), int(Qt.TextFlag.TextWordWrap)
        box = metrics.boundingRect(0, 0, max(40, width - 26), 400, flags, self.text())
        return box.height() + 18

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(240))

    def enterEvent(self, event: QEnterEvent) -> None:
        self.hovered.emit(self)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(None)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            if self.underMouse() or self.isChecked():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(color("accent_soft" if self.isChecked() else "hover"))
                painter.drawRoundedRect(box, RADIUS, RADIUS)
            if self._keyboard.here:
                draw_focus_ring(painter, box)
            # A stroke at the left: as high as the reason is strong, pink for and amber against.
            height = max(5.0, (box.height() - 12) * self._strength)
            stroke = QRectF(box.left() + 6, box.center().y() - height / 2, 4, height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent" if self.reason.weight >= 0 else "attention"))
            painter.drawRoundedRect(stroke, 2, 2)
            painter.setPen(color("text"))
            painter.setFont(font(self, 12))
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(box.adjusted(18, 6, -6, -6), int(flags), self.text())
