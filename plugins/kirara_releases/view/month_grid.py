"""A month at a glance: covers on their days, to be walked over, ticked, and dragged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QLocale, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from kirara_releases.calendar.release import Release
from kirara_releases.calendar.rules import month_later, shifted
from kirara_releases.texts import long_day_text
from kirara_releases.view.month_layout import Month, MonthLayout
from kirara_releases.view.month_painting import Marks, paint_month
from kirara_releases.view_model import ViewModel
from kirara_studio.api.widgets.look import font

_NOTCH = 120  # what a wheel turns in one step


class MonthGrid(QWidget):
    """Shows one month of an :class:`Agenda`.

    Signals: ``chosen`` with a release and ``day_chosen`` with a day, when mouse or keyboard select
    one; ``month_changed``; ``bought_toggled``, ``opened`` and ``moved`` with what they concern;
    ``menu_requested`` with a release (or None), its day, and a place on the screen;
    ``crowd_requested`` with a day that has more releases than are shown, and a place.
    """

    chosen = Signal(object)
    day_chosen = Signal(object)
    month_changed = Signal()
    bought_toggled = Signal(object)
    opened = Signal(object)
    moved = Signal(object, object)
    menu_requested = Signal(object, object, QPoint)
    crowd_requested = Signal(object, QPoint)

    def __init__(self, today: date, describe: Callable[[Release], str]) -> None:
        super().__init__()
        self.model = ViewModel()
        self.today = today
        self.current = today
        self.release: Release | None = None
        self._describe_release = describe
        self._month = Month.of(today)
        self._layout: MonthLayout | None = None
        self._hovered: Release | None = None
        self._pressed: tuple[Release, QPointF] | None = None
        self._dragged: Release | None = None
        self._at: QPointF | None = None
        self._turned = 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 190)

    # What is shown

    @property
    def month(self) -> Month:
        """The month that is shown."""
        return self._month

    def show_model(self, model: ViewModel, today: date) -> None:
        """Show what is known now."""
        self.model, self.today = model, today
        self._renew()

    def show_selection(self, release: Release | None, day: date) -> None:
        """Show a release, or a day, as selected."""
        self.release = release
        self.show_month(Month.of(day), day)

    def show_month(self, month: Month, day: date | None = None) -> None:
        """Show another month, with the keyboard at ``day`` or at the same day as before."""
        changed = month != self._month
        self._month = month
        first = date(month.year, month.month, 1)
        last = shifted(month_later(first, 1), -1) if month != Month(9999, 12) else date.max
        self.current = day or first.replace(day=min(self.current.day, last.day))
        self._renew()
        if changed:
            self.month_changed.emit()

    def turn(self, count: int) -> None:
        """Show the month so many later."""
        self.show_month(self._month.later(count))

    def go_to(self, day: date) -> None:
        """Select a day."""
        self.day_chosen.emit(day)

    @property
    def layout_now(self) -> MonthLayout:
        """Where everything lies at this moment."""
        if self._layout is None:
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            # Qt counts Monday as 1.
            first_weekday = QLocale().firstDayOfWeek().value - 1
            bare = MonthLayout(self._month, first_weekday, box, [])
            releases = self.model.releases(bare.first, bare.last)
            self._layout = MonthLayout(self._month, first_weekday, box, releases)
        return self._layout

    def retranslate(self) -> None:
        """Another language may begin its weeks on another day."""
        self._renew()

    def _renew(self) -> None:
        self._layout = None
        self._hovered = None
        self._describe()
        self.update()

    def _describe(self) -> None:
        there = [self._describe_release(release) for release in self.layout_now.on(self.current)]
        self.setAccessibleDescription("\n".join([long_day_text(self.current), *there]))

    def sizeHint(self) -> QSize:
        return QSize(720, 480)

    # Keyboard

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
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
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -7,
            Qt.Key.Key_Down: 7,
        }
        months = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        ):
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape and self._dragged is not None:
            self._end_drag()
        elif key in steps:
            self.go_to(shifted(self.current, steps[key]))
        elif key in months:
            self.turn(months[key] * (12 if shift else 1))
            self.go_to(self.current)
        elif key in (Qt.Key.Key_T, Qt.Key.Key_Home):
            self.go_to(self.today)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_B) and self.release is not None:
            self.bought_toggled.emit(self.release)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_current()
        else:
            super().keyPressEvent(event)

    def _open_current(self) -> None:
        releases = self.layout_now.on(self.current)
        if len(releases) > 1:
            place = self.layout_now.cell(self.current).center().toPoint()
            self.crowd_requested.emit(self.current, self.mapToGlobal(place))
        elif releases:
            self.opened.emit(releases[0])

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return
        release = self.layout_now.cover_at(event.position())
        day = self.layout_now.day_at(event.position())
        if release is not None:
            if event.button() == Qt.MouseButton.LeftButton:
                self._pressed = (release, event.position())
            self.chosen.emit(release)
        elif day is not None:
            self.go_to(day)
            if self.layout_now.more_at(event.position()) and event.button() == (
                Qt.MouseButton.LeftButton
            ):
                self.crowd_requested.emit(day, event.globalPosition().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.layout_now.cover_at(event.position()))
        if self._pressed is None:
            return
        release, start = self._pressed
        way = (event.position() - start).manhattanLength()
        if self._dragged is None and way >= QApplication.startDragDistance():
            self._dragged = release
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._at = event.position()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, target = self._dragged, self.layout_now.day_at(event.position())
        self._end_drag()
        if dragged is not None and target is not None and target != dragged.date:
            self.moved.emit(dragged, target)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        release = self.layout_now.cover_at(event.position())
        if release is not None and event.button() == Qt.MouseButton.LeftButton:
            self.bought_toggled.emit(release)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._end_drag()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.layout_now.cell(self.current).center().toPoint()
            self.menu_requested.emit(self.release, self.current, self.mapToGlobal(place))
            return
        day = self.layout_now.day_at(QPointF(event.pos()))
        if day is not None:
            release = self.layout_now.cover_at(QPointF(event.pos()))
            self.menu_requested.emit(release, day, event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._turned += event.angleDelta().y()
        count = int(self._turned / _NOTCH)
        if count:
            self._turned -= count * _NOTCH
            self.turn(-count)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def _hover(self, release: Release | None) -> None:
        if release is not self._hovered:
            self._hovered = release
            if self._dragged is None:
                shape = Qt.CursorShape.PointingHandCursor if release else Qt.CursorShape.ArrowCursor
                self.setCursor(shape)
            self.update()

    def _end_drag(self) -> None:
        self._pressed = self._dragged = self._at = None
        self.unsetCursor()
        self.update()

    def _show_tip(self, event: QHelpEvent) -> None:
        place = QPointF(event.pos())
        release = self.layout_now.cover_at(place)
        day = self.layout_now.more_at(place)
        if release is not None:
            QToolTip.showText(event.globalPos(), self._describe_release(release), self)
        elif day is not None:
            names = [self._describe_release(release) for release in self.layout_now.on(day)]
            QToolTip.showText(event.globalPos(), "\n\n".join(names), self)
        else:
            QToolTip.hideText()

    # Painting

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._layout = None

    def paintEvent(self, event: QPaintEvent) -> None:
        layout = self.layout_now
        marks = Marks(
            today=self.today,
            current=self.current,
            chosen=self.release,
            hovered=self._hovered,
            focused=self.hasFocus(),
            dragged=self._dragged,
            at=self._at,
            target=layout.day_at(self._at) if self._at is not None else None,
        )
        with QPainter(self) as painter:
            paint_month(painter, layout, self.model, marks, font(self, 12))
