"""The command palette (Ctrl+K): everything that the studio can do, found by a few letters."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from kirara_studio.api.widgets import CellPainter, Cells, Label
from kirara_studio.api.widgets.icons import paint_icon
from kirara_studio.api.widgets.mixins import Translated
from kirara_studio.api.widgets.style import color, font
from kirara_studio.api.widgets.tokens import current_tokens
from kirara_studio.ui.fuzzy import best_score

WIDTH = 620
_ROW = 44
_ROWS = 9


@dataclass(frozen=True)
class Entry:
    """One line of the palette: ``group`` is its kind, ``names`` find it, in every language."""

    title: str
    group: str
    icon: Path
    run: Callable[[], object]
    names: tuple[str, ...] = ()
    shortcut: str = ""


def find(entries: Sequence[Entry], query: str) -> list[Entry]:
    """The entries that ``query`` fits, best first; all of them, in order, for an empty one."""
    if not query.strip():
        return list(entries)
    scored = []
    for place, entry in enumerate(entries):
        points = best_score(query, (entry.title, *entry.names))
        if points is not None:
            scored.append((-points, place, entry))
    return [entry for _, _, entry in sorted(scored, key=lambda found: found[:2])]


class CommandPalette(Translated, QWidget):
    """Lies over a window until something is chosen, or Escape or a click beside it closes it.

    ``entries`` is called each time the palette opens; ``found`` are those that are listed.
    """

    closed = Signal()

    def __init__(self, window: QWidget, entries: Callable[[], Sequence[Entry]]) -> None:
        super().__init__(window)
        self._collect = entries
        self._entries: Sequence[Entry] = ()
        self._over = window
        self._before: QWidget | None = None
        self.found: list[Entry] = []
        self._box = QFrame(self)
        self._box.setProperty("role", "palette")
        self.field = QLineEdit()
        self.field.setProperty("role", "palette")
        self.list = QListView()
        self.list.setProperty("role", "palette")
        self._cells = Cells(self.list, self._name_of)
        CellPainter(self.list, lambda _: QSize(200, _ROW), self._paint_entry)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing = Label(tone="text_soft")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setMinimumHeight(_ROW * 2)
        self._column = QVBoxLayout(self._box)
        self._column.setContentsMargins(8, 8, 8, 8)
        self._column.setSpacing(6)
        self._column.addWidget(self.field)
        self._column.addWidget(self.list)
        self._column.addWidget(self.nothing)
        self._shadow = QGraphicsDropShadowEffect(self._box)
        self._box.setGraphicsEffect(self._shadow)

        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.list.clicked.connect(lambda index: self._run(index.row()))
        self.list.entered.connect(self.list.setCurrentIndex)
        self.hide()
        self._retranslate()

    def open(self) -> None:
        """Show the palette with all entries."""
        self._before = self.window().focusWidget()
        self._entries = self._collect()
        tokens = current_tokens()
        self._shadow.setBlurRadius(tokens.shadow_blur * 2)
        self._shadow.setOffset(0, tokens.shadow_offset)
        self._shadow.setColor(QColor(tokens.shadow))
        self.field.clear()
        self._search("")
        self.arrange()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_palette(self) -> None:
        """Hide it and give the keyboard back."""
        if not self.isVisible():
            return
        self.hide()
        if self._before is not None:
            with contextlib.suppress(RuntimeError):  # that widget is gone meanwhile
                self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._box.geometry().contains(event.position().toPoint()):
            self.close_palette()

    def paintEvent(self, event: QPaintEvent) -> None:
        scrim = QColor(0, 0, 0, 110) if current_tokens().dark else QColor(60, 40, 60, 60)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), scrim)

    def _on_key(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: _ROWS - 1,
            Qt.Key.Key_PageUp: 1 - _ROWS,
            Qt.Key.Key_Tab: 1,
            Qt.Key.Key_Backtab: -1,
        }
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.close_palette()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.list.currentIndex().row())
        elif key in steps:
            self._move(steps[key])
        else:
            return False
        return True

    def _move(self, step: int) -> None:
        count = len(self.found)
        if not count:
            return
        row = self.list.currentIndex().row() + step
        # Single steps go round, pages stop at the ends.
        row = row % count if abs(step) == 1 else min(max(row, 0), count - 1)
        self.list.setCurrentIndex(self._cells.index(row))

    def _search(self, query: str) -> None:
        self.found = find(self._entries, query)
        self._cells.set_count(len(self.found))
        self.list.setVisible(bool(self.found))
        self.nothing.setVisible(not self.found)
        self.list.setCurrentIndex(self._cells.index(0))
        self.list.scrollToTop()
        self.arrange()

    def _run(self, row: int) -> None:
        if row >= 0:
            entry = self.found[row]
            self.close_palette()
            entry.run()

    def arrange(self) -> None:
        """Fill the window; it calls this when its size changed."""
        over = self._over.rect()
        self.setGeometry(over)
        rows = min(len(self.found), _ROWS, max((over.height() - 220) // _ROW, 3))
        self.list.setFixedHeight(rows * _ROW + 4)
        width = min(WIDTH, over.width() - 48)
        height = self._column.sizeHint().height()
        self._box.setGeometry((over.width() - width) // 2, 72, width, height)

    def _retranslate(self) -> None:
        self.field.setPlaceholderText(self.tr("Find a panel, a setting, something to do…"))
        self.field.setAccessibleName(self.tr("Command palette"))
        self.nothing.setText(self.tr("Nothing fits. Try fewer letters."))
        if self.isVisible():
            self._entries = self._collect()
            self._search(self.field.text())

    def _name_of(self, row: int) -> str:
        return f"{self.found[row].title} — {self.found[row].group}"

    def _paint_entry(self, painter: QPainter, row: int, rect: QRectF) -> None:
        tokens, entry = current_tokens(), self.found[row]
        box = rect.adjusted(2, 1, -2, -1)
        chosen = row == self.list.currentIndex().row()
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent_soft"))
            painter.drawRoundedRect(box, 6, 6)
        place = QRectF(box.left() + 12, box.center().y() - 9, 18, 18)
        paint_icon(painter, entry.icon, place, color("accent_text" if chosen else "text_soft"))
        painter.setFont(font(self, tokens.size_small))
        painter.setPen(color("text_soft"))
        middle = Qt.AlignmentFlag.AlignVCenter
        right = box.right() - 12
        for text in filter(None, (entry.shortcut, entry.group)):
            width = painter.fontMetrics().horizontalAdvance(text) + 2
            area = QRectF(right - width, box.top(), width, box.height())
            painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, text)
            right -= width + 18
        painter.setFont(font(self, tokens.size_body))
        painter.setPen(color("text"))
        area = QRectF(box.left() + 44, box.top(), right - box.left() - 44, box.height())
        elide = Qt.TextElideMode.ElideRight
        title = painter.fontMetrics().elidedText(entry.title, elide, int(area.width()))
        painter.drawText(area, middle, title)
