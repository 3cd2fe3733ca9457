"""The command palette (Ctrl+K): everything that the studio can do, found by a few letters."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from kirara_studio.api.widgets import Label
from kirara_studio.api.widgets.icons import paint_icon
from kirara_studio.api.widgets.mixins import Translated
from kirara_studio.api.widgets.tokens import current_tokens
from kirara_studio.ui.fuzzy import best_score

WIDTH = 620
_ROW = 44
_ROWS = 9

_ENTRY = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


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
    """Lies over a window until something is chosen, Escape is pressed, or one clicks beside it.

    ``entries`` is called each time the palette opens.
    """

    closed = Signal()

    def __init__(self, window: QWidget, entries: Callable[[], Sequence[Entry]]) -> None:
        super().__init__(window)
        self._collect = entries
        self._entries: Sequence[Entry] = ()
        self._over = window
        self._before: QWidget | None = None
        self._model = _EntryModel()
        self._box = QFrame(self)
        self._box.setProperty("role", "palette")
        self.field = QLineEdit()
        self.field.setProperty("role", "palette")
        self.list = QListView()
        self.list.setProperty("role", "palette")
        self.list.setModel(self._model)
        self.list.setItemDelegate(_EntryDelegate(self.list))
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
        self.list.clicked.connect(lambda index: self._run(index.data(_ENTRY)))
        self.list.entered.connect(self.list.setCurrentIndex)
        self.hide()
        self._retranslate()

    @property
    def found(self) -> list[Entry]:
        """The entries that are listed now."""
        return self._model.entries

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
            self._run(self.list.currentIndex().data(_ENTRY))
        elif key in steps:
            self._move(steps[key])
        else:
            return False
        return True

    def _move(self, step: int) -> None:
        count = len(self._model.entries)
        if not count:
            return
        row = self.list.currentIndex().row() + step
        # Single steps go round, pages stop at the ends.
        row = row % count if abs(step) == 1 else min(max(row, 0), count - 1)
        self.list.setCurrentIndex(self._model.index(row))

    def _search(self, query: str) -> None:
        self._model.show(find(self._entries, query))
        some = bool(self._model.entries)
        self.list.setVisible(some)
        self.nothing.setVisible(not some)
        if some:
            self.list.setCurrentIndex(self._model.index(0))
        self.arrange()

    def _run(self, entry: Entry | None) -> None:
        if entry is not None:
            self.close_palette()
            entry.run()

    def arrange(self) -> None:
        """Fill the window; it calls this when its size changed."""
        over = self._over.rect()
        self.setGeometry(over)
        rows = min(len(self._model.entries), _ROWS, max((over.height() - 220) // _ROW, 3))
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


class _EntryModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []

    def show(self, entries: list[Entry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entries[index.row()]
        if role == _ENTRY:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{entry.title} — {entry.group}"
        return None


class _EntryDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = current_tokens()
        entry: Entry = index.data(_ENTRY)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        box = QRectF(rect).adjusted(2, 1, -2, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft))
            painter.drawRoundedRect(box, 6, 6)
        color = QColor(tokens.accent_text if chosen else tokens.text_soft)
        place = QRectF(box.left() + 12, box.center().y() - 9, 18, 18)
        paint_icon(painter, entry.icon, place, color)

        font = QFont(option.font)
        font.setPixelSize(tokens.size_small)
        small = QFontMetrics(font)
        middle = Qt.AlignmentFlag.AlignVCenter
        right = box.right() - 12
        for text in (entry.shortcut, entry.group):
            if text:
                width = small.horizontalAdvance(text) + 2
                painter.setFont(font)
                painter.setPen(QColor(tokens.text_soft))
                area = QRectF(right - width, box.top(), width, box.height())
                painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, text)
                right -= width + 18
        font.setPixelSize(tokens.size_body)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text))
        left = box.left() + 44
        title = QFontMetrics(font).elidedText(
            entry.title, Qt.TextElideMode.ElideRight, int(right - left)
        )
        painter.drawText(QRectF(left, box.top(), right - left, box.height()), middle, title)
        painter.restore()
