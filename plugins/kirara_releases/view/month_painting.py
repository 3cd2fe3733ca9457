"""Paints a month: days, Sundays and holidays in their tints, and the covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen

from kirara_releases.calendar.business_days import is_holiday
from kirara_releases.calendar.release import Release
from kirara_releases.view.covers import paint_chip
from kirara_releases.view.month_layout import NUMBER, MonthLayout
from kirara_releases.view_model import ViewModel
from kirara_studio.api.widgets.look import RADIUS, color, draw_focus_ring

_SATURDAY, _SUNDAY = 5, 6


@dataclass(frozen=True)
class Marks:
    """What is marked in the picture of a month.

    ``current`` is the day that the keyboard is at, ``chosen`` the chosen release; ``dragged``
    hangs at ``at`` while it is on its way to ``target``.
    """

    today: date
    current: date | None = None
    chosen: Release | None = None
    hovered: Release | None = None
    focused: bool = False
    dragged: Release | None = None
    at: QPointF | None = None
    target: date | None = None


def paint_month(
    painter: QPainter, layout: MonthLayout, model: ViewModel, marks: Marks, font: QFont
) -> None:
    """Paint all of it into the layout's box."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_sheet(painter, layout)
    painter.save()
    sheet = QPainterPath()
    sheet.addRoundedRect(layout.box, RADIUS, RADIUS)
    painter.setClipPath(sheet)
    for day in layout.days:
        _paint_ground(painter, layout, day)
    _paint_weekdays(painter, layout, font)
    _paint_lines(painter, layout)
    painter.restore()
    for day in layout.days:
        _paint_number(painter, layout, day, marks, font)
        for placed in layout.covers(day):
            _paint_release(painter, placed.release, placed.box, model, marks, font)
        _paint_more(painter, layout, day, font)
    if marks.current in layout.days:
        _paint_current(painter, layout, marks)
    if marks.dragged is not None and marks.at is not None:
        _paint_dragged(painter, layout, marks, font)


def _paint_sheet(painter: QPainter, layout: MonthLayout) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("surface"))
    painter.drawRoundedRect(layout.box, RADIUS, RADIUS)


def _paint_ground(painter: QPainter, layout: MonthLayout, day: date) -> None:
    cell = layout.cell(day)
    if day.weekday() == _SUNDAY or is_holiday(day):
        painter.fillRect(cell, color("accent_soft", 0.55))
    if not layout.month.contains(day):
        painter.fillRect(cell, color("ground", 0.72))


def _paint_weekdays(painter: QPainter, layout: MonthLayout, font: QFont) -> None:
    painter.setFont(_sized(font, 12, bold=True))
    for column, weekday in enumerate(layout.columns):
        tone = "accent_text" if weekday == _SUNDAY else "text_soft"
        painter.setPen(color(tone))
        # Qt counts Monday as 1.
        name = QLocale().dayName(weekday + 1, QLocale.FormatType.ShortFormat)
        painter.drawText(layout.header(column), Qt.AlignmentFlag.AlignCenter, name)


def _paint_lines(painter: QPainter, layout: MonthLayout) -> None:
    painter.setPen(QPen(color("line"), 1))
    top = layout.header(0).bottom()
    box = layout.box
    for row in range(len(layout.weeks)):
        y = top + row * (box.bottom() - top) / len(layout.weeks)
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
    for column in range(1, 7):
        x = layout.header(column).left()
        painter.drawLine(QPointF(x, top), QPointF(x, box.bottom()))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)


def _paint_number(
    painter: QPainter, layout: MonthLayout, day: date, marks: Marks, font: QFont
) -> None:
    cell = layout.cell(day)
    number = QRectF(cell.left() + 3, cell.top() + 2, 26, NUMBER - 2)
    inside = layout.month.contains(day)
    red = day.weekday() == _SUNDAY or is_holiday(day)
    painter.setFont(_sized(font, 12, bold=inside))
    if day == marks.today:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("accent_fill"))
        painter.drawRoundedRect(number, 9, 9)
        painter.setPen(color("on_accent"))
    elif red:
        painter.setPen(color("accent_text"))
    else:
        painter.setPen(color("text" if inside else "text_soft"))
    painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(day.day))


def _paint_release(
    painter: QPainter,
    release: Release,
    box: QRectF,
    model: ViewModel,
    marks: Marks,
    font: QFont,
) -> None:
    mark = model.mark(release)
    lifted = marks.dragged is not None and _same(marks.dragged, release)
    if lifted:
        painter.setOpacity(0.35)
    paint_chip(
        painter,
        box,
        release.magazine,
        font,
        bought=bool(mark.bought),
        corrected=release.corrected,
        noted=bool(mark.note),
        highlight=1.0 if marks.hovered is not None and _same(marks.hovered, release) else 0.0,
    )
    painter.setOpacity(1.0)
    if marks.chosen is not None and _same(marks.chosen, release):
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color("surface"), 4))
        painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 5, 5)
        painter.setPen(QPen(color("focus"), 2))
        painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 6, 6)


def _paint_more(painter: QPainter, layout: MonthLayout, day: date, font: QFont) -> None:
    hidden, box = layout.more(day)
    if hidden:
        painter.setFont(_sized(font, 12, bold=True))
        painter.setPen(color("text_soft"))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, flags, f"+{hidden}")


def _paint_current(painter: QPainter, layout: MonthLayout, marks: Marks) -> None:
    assert marks.current is not None
    cell = layout.cell(marks.current)
    if marks.focused:
        draw_focus_ring(painter, cell, 5)
    else:
        painter.setPen(QPen(color("line_strong"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cell.adjusted(1.5, 1.5, -1.5, -1.5), 5, 5)


def _paint_dragged(painter: QPainter, layout: MonthLayout, marks: Marks, font: QFont) -> None:
    assert marks.dragged is not None and marks.at is not None
    if marks.target is not None:
        cell = layout.cell(marks.target)
        painter.setPen(QPen(color("accent"), 2, Qt.PenStyle.DashLine))
        painter.setBrush(color("accent_soft", 0.6))
        painter.drawRoundedRect(cell.adjusted(2, 2, -2, -2), 6, 6)
    width = max(layout.header(0).width() - 8, 40.0)
    box = QRectF(marks.at.x() - width / 2, marks.at.y() - 17, width, 34)
    painter.setOpacity(0.92)
    paint_chip(painter, box, marks.dragged.magazine, font)
    painter.setOpacity(1.0)


def _same(first: Release, second: Release) -> bool:
    return (first.magazine.id, first.issue) == (second.magazine.id, second.issue)


def _sized(font: QFont, size: int, *, bold: bool = False) -> QFont:
    sized = QFont(font)
    sized.setPixelSize(size)
    sized.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return sized
