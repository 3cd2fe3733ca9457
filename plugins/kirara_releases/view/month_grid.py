"""A month at a glance: covers on their days, to be walked over, ticked, and dragged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QApplication,
    QSizePolicy,
    QToolTip,
)

from kirara_releases.calendar.business_days import is_holiday
from kirara_releases.calendar.release import Release
from kirara_releases.texts import day_summary, release_text
from kirara_releases.view.covers import paint_chip
from kirara_releases.view.month_table import SUNDAY, MonthTable
from kirara_releases.view_model import ViewModel
from kirara_studio.api.widgets.style import RADIUS, color, draw_focus_ring, font

_NUMBER = 20.0  # pixels, for the number of a day
_GAP = 3.0
_LOWEST, _HIGHEST = 18.0, 104.0  # pixels of a cover


@dataclass(frozen=True)
class PlacedRelease:
    """A release and where its cover lies."""

    release: Release
    box: QRectF


class MonthGrid(MonthTable):
    """Shows one month of a :class:`ViewModel`.

    Signals: ``chosen`` with a release, when mouse or keyboard select one; ``bought_toggled``,
    ``opened`` and ``moved`` with what they concern; ``menu_requested`` with a release (or None),
    its day, and a place on the screen; ``crowd_requested`` with a day that has more releases than
    are shown, and a place.
    """

    chosen = Signal(object)
    bought_toggled = Signal(object)
    opened = Signal(object)
    moved = Signal(object, object)
    menu_requested = Signal(object, object, QPoint)
    crowd_requested = Signal(object, QPoint)

    def __init__(self, today: date) -> None:
        self._model = ViewModel()
        self._releases: dict[date, list[Release]] | None = None
        self._release: Release | None = None
        self._day = today
        self._hovered: Release | None = None
        self._pressed: tuple[Release, QPointF] | None = None
        self._dragged: Release | None = None
        self._at: QPointF | None = None
        super().__init__(today, self._describe)
        self.days.modelReset.connect(self._forget_releases)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 190)

    # What is shown

    def show_model(self, model: ViewModel, today: date) -> None:
        self._model, self.today = model, today
        self._forget_releases()
        self.days.refresh()

    def show_selection(self, release: Release | None, day: date, *, go: bool) -> None:
        """Show a release, or a day, as selected; ``go`` there, also if the day is the same."""
        go = go or day != self._day
        self._release, self._day = release, day
        if go:
            self.go_to(day)
        self.viewport().update()

    def on(self, day: date) -> list[Release]:
        """What comes out on a day of those that are shown."""
        if self._releases is None:
            self._releases = {}
            days = self.days.days
            for release in self._model.releases(days[0], days[-1]):
                self._releases.setdefault(release.date, []).append(release)
        return self._releases.get(day, [])

    def covers(self, day: date) -> list[PlacedRelease]:
        """The covers on a day that there is room for."""
        releases, cell = self.on(day), self.cell(day)
        if not releases:
            return []
        inside = cell.adjusted(4, _NUMBER + 2, -4, -4)
        most = max(int((inside.height() + _GAP) // (_LOWEST + _GAP)), 1)
        shown = releases[:most]
        height = min((inside.height() + _GAP) / len(shown) - _GAP, _HIGHEST)
        height = max(height, 6.0)
        return [
            PlacedRelease(
                release,
                QRectF(inside.left(), inside.top() + n * (height + _GAP), inside.width(), height),
            )
            for n, release in enumerate(shown)
        ]

    def more(self, day: date) -> tuple[int, QRectF]:
        """How many there is no room for, and where their number is written."""
        hidden = len(self.on(day)) - len(self.covers(day))
        cell = self.cell(day)
        box = QRectF(cell.left() + 30, cell.top() + 1, cell.width() - 35, _NUMBER)
        return hidden, box if hidden else QRectF()

    def cover_at(self, point: QPointF) -> Release | None:
        """The release whose cover is at a point."""
        day = self.day_at(point)
        placed = self.covers(day) if day is not None else []
        return next((p.release for p in placed if p.box.contains(point)), None)

    def more_at(self, point: QPointF) -> date | None:
        """The day whose "+2" is at a point."""
        day = self.day_at(point)
        return day if day is not None and self.more(day)[1].contains(point) else None

    def _forget_releases(self) -> None:
        self._releases = None
        self._hovered = None
        self.viewport().update()

    def _describe(self, day: date) -> str:
        return day_summary(day, self.on(day), self._model, self.today)

    def sizeHint(self) -> QSize:
        return QSize(720, 480)

    # Keyboard

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space
            and not event.modifiers()
        ):
            event.accept()  # here it ticks, whatever it does elsewhere in the panel
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape and self._dragged is not None:
            self._end_drag()
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_B) and self._release is not None:
            self.bought_toggled.emit(self._release)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_current()
        else:
            super().keyPressEvent(event)

    def _open_current(self) -> None:
        releases = self.on(self.current)
        if len(releases) > 1:
            self.crowd_requested.emit(self.current, self.place_of(self.current))
        elif releases:
            self.opened.emit(releases[0])

    # Mouse

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return
        left = event.button() == Qt.MouseButton.LeftButton
        release = self.cover_at(event.position())
        day = self.day_at(event.position())
        if release is not None:
            if left:
                self._pressed = (release, event.position())
            self.chosen.emit(release)
        elif day is not None:
            self.day_chosen.emit(day)
            if left and self.more_at(event.position()):
                self.crowd_requested.emit(day, event.globalPosition().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.cover_at(event.position()))
        if self._pressed is None:
            return
        release, start = self._pressed
        way = (event.position() - start).manhattanLength()
        if self._dragged is None and way >= QApplication.startDragDistance():
            self._dragged = release
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self._at = event.position()
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, target = self._dragged, self.day_at(event.position())
        self._end_drag()
        if dragged is not None and target is not None and target != dragged.date:
            self.moved.emit(dragged, target)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        release = self.cover_at(event.position())
        if release is not None and event.button() == Qt.MouseButton.LeftButton:
            self.bought_toggled.emit(release)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._end_drag()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.menu_requested.emit(self._release, self.current, self.place_of(self.current))
            return
        day = self.day_at(QPointF(event.pos()))
        if day is not None:
            release = self.cover_at(QPointF(event.pos()))
            self.menu_requested.emit(release, day, event.globalPos())

    def _hover(self, release: Release | None) -> None:
        if release is not self._hovered:
            self._hovered = release
            if self._dragged is None:
                shape = Qt.CursorShape.PointingHandCursor if release else Qt.CursorShape.ArrowCursor
                self.viewport().setCursor(shape)
            self.viewport().update()

    def _end_drag(self) -> None:
        self._pressed = self._dragged = self._at = None
        self.viewport().unsetCursor()
        self.viewport().update()

    def _show_tip(self, event: QHelpEvent) -> None:
        place = QPointF(event.pos())
        release, day = self.cover_at(place), self.more_at(place)
        shown = [release] if release is not None else self.on(day) if day is not None else []
        texts = [release_text(each, self._model, self.today) for each in shown]
        QToolTip.showText(event.globalPos(), "\n\n".join(texts), self)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        box = self.frame_of(self.viewport())
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint_frame(painter, box)
        super().paintEvent(event)
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._round_corners(painter, box)
            if self._dragged is not None and self._at is not None:
                self._paint_dragged(painter, self._dragged, self._at)

    def paint_frame(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(QPen(color("line"), 1))
        painter.setBrush(color("surface"))
        painter.drawRoundedRect(box.adjusted(1.5, 1.5, -1.5, -1.5), RADIUS, RADIUS)

    def _round_corners(self, painter: QPainter, box: QRectF) -> None:
        """The tints of the days reach into the corners of the sheet."""
        sheet = box.adjusted(1.5, 1.5, -1.5, -1.5)
        outside, inside = QPainterPath(), QPainterPath()
        outside.addRect(box)
        inside.addRoundedRect(sheet, RADIUS, RADIUS)
        painter.fillPath(outside - inside, color("ground"))
        painter.setPen(QPen(color("line"), 1))
        painter.drawPath(inside)

    def _paint_dragged(self, painter: QPainter, release: Release, at: QPointF) -> None:
        target = self.day_at(at)
        if target is not None:
            painter.setPen(QPen(color("accent"), 2, Qt.PenStyle.DashLine))
            painter.setBrush(color("accent_soft", 0.6))
            painter.drawRoundedRect(self.cell(target).adjusted(2, 2, -2, -2), 6, 6)
        width = max(self.columnWidth(0) - 8, 40.0)
        box = QRectF(at.x() - width / 2, at.y() - 17, width, 34)
        painter.setOpacity(0.92)
        paint_chip(painter, box, release.magazine, font(self, 12))

    def paint_day(self, painter: QPainter, cell: QRectF, day: date) -> None:
        inside, holiday = self.has(day), day.weekday() == SUNDAY or is_holiday(day)
        if holiday:
            painter.fillRect(cell, color("accent_soft", 0.55))
        if not inside:
            painter.fillRect(cell, color("ground", 0.72))
        painter.setPen(QPen(color("line"), 1))
        painter.drawLine(cell.topLeft(), cell.topRight())
        if cell.left() > 0:
            painter.drawLine(cell.topLeft(), cell.bottomLeft())
        self._paint_number(painter, cell, day, inside, holiday)
        for placed in self.covers(day):
            self._paint_release(painter, placed)
        hidden, box = self.more(day)
        if hidden:
            painter.setFont(font(self, 12, bold=True))
            painter.setPen(color("text_soft"))
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, flags, f"+{hidden}")
        if day == self.current and self.hasFocus():
            draw_focus_ring(painter, cell, 5)
        elif day == self.current:
            painter.setPen(QPen(color("line_strong"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cell.adjusted(1.5, 1.5, -1.5, -1.5), 5, 5)

    def _paint_number(
        self, painter: QPainter, cell: QRectF, day: date, inside: bool, holiday: bool
    ) -> None:
        number = QRectF(cell.left() + 3, cell.top() + 2, 26, _NUMBER - 2)
        painter.setFont(font(self, 12, bold=inside))
        if day == self.today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent_fill"))
            painter.drawRoundedRect(number, 9, 9)
            painter.setPen(color("on_accent"))
        elif holiday:
            painter.setPen(color("accent_text"))
        else:
            painter.setPen(color("text" if inside else "text_soft"))
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(day.day))

    def _paint_release(self, painter: QPainter, placed: PlacedRelease) -> None:
        release, box = placed.release, placed.box
        mark = self._model.mark(release)
        if self._dragged is not None and self._dragged.key == release.key:
            painter.setOpacity(0.35)
        hovered = self._hovered is not None and self._hovered.key == release.key
        paint_chip(
            painter,
            box,
            release.magazine,
            font(self, 12),
            bought=bool(mark.bought),
            corrected=release.corrected,
            noted=bool(mark.note),
            highlight=hovered,
        )
        painter.setOpacity(1.0)
        if self._release is not None and self._release.key == release.key:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color("surface"), 4))
            painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 5, 5)
            painter.setPen(QPen(color("focus"), 2))
            painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 6, 6)
