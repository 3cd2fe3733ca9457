"""Numbers over time, drawn as curves."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from kirara_studio.api.widgets.mixins import Named
from kirara_studio.api.widgets.roles import set_role
from kirara_studio.api.widgets.style import color, font

translate = QCoreApplication.translate

_INKS = ("accent", "success", "attention", "text_soft", "loss")
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 12, 14, 22
_LEGEND_ROW = 20

_Ranges = tuple[float, float, float, float]
"""First and last x, lowest and highest y."""


class Curve(Named, QWidget):
    """Up to five curves over one axis, each in its own colour, with a legend.

    Points are (x, y) pairs with rising x; values that are not finite are left out. Long
    curves are thinned to what the width can show. Under the pointer the values are written.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._series: dict[str, np.ndarray] = {}
        self._pointer: float | None = None
        self._mark: float | None = None
        self._legend_rows = 1
        self.empty_text = ""
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        set_role(self, QAccessible.Role.Chart)
        self._retranslate()

    def _default_name(self) -> str:
        return translate("widgets", "Curve")

    def set_series(self, series: Mapping[str, Sequence[tuple[float, float]]]) -> None:
        """Draw these curves, by name."""
        self._series = {}
        for name, points in list(series.items())[: len(_INKS)]:
            array = np.asarray(points, dtype=float).reshape(-1, 2)
            self._series[name] = array[np.isfinite(array).all(axis=1)]
        last = [
            f"{name} {_short(points[-1, 1])}"
            for name, points in self._series.items()
            if len(points)
        ]
        self.setAccessibleDescription(", ".join(last))
        self.update()

    def set_mark(self, x: float | None) -> None:
        """Mark a place of the axis, such as the present moment; None for none."""
        self._mark = x
        self.update()

    def set_empty_text(self, text: str) -> None:
        """What is written while there is nothing to draw."""
        self.empty_text = text
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, 140)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position().x()
        self.update()

    def leaveEvent(self, event: object) -> None:
        self._pointer = None
        self.update()

    def _plot(self) -> QRectF:
        top = _TOP + _LEGEND_ROW * self._legend_rows
        return QRectF(self.rect()).adjusted(_LEFT, top, -_RIGHT, -_BOTTOM)

    def _x(self, value: Any, ranges: _Ranges) -> Any:
        """Where a number, or an array of them, is on the axis, in pixels."""
        plot = self._plot()
        return plot.left() + (value - ranges[0]) / max(ranges[1] - ranges[0], 1e-9) * plot.width()

    def _y(self, value: Any, ranges: _Ranges) -> Any:
        plot = self._plot()
        return plot.bottom() - (value - ranges[2]) / (ranges[3] - ranges[2]) * plot.height()

    def _ranges(self) -> _Ranges | None:
        drawn = [points for points in self._series.values() if len(points) > 1]
        if not drawn:
            return None
        every = np.concatenate(drawn)
        # One wild value at the start must not flatten all that follows.
        low, high = np.quantile(every[:, 1], (0.005, 0.995))
        margin = max(high - low, 1e-6) * 0.08
        return every[:, 0].min(), every[:, 0].max(), low - margin, high + margin

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font(self, 12))
            ranges = self._ranges()
            if ranges is None:
                painter.setPen(color("text_soft"))
                flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                painter.drawText(
                    self.rect().adjusted(16, 16, -16, -16), int(flags), self.empty_text
                )
                return
            self._paint_legend(painter, self._legend(ranges))
            self._paint_axes(painter, ranges)
            self._paint_mark(painter, ranges)
            for ink, points in zip(_INKS, self._series.values(), strict=False):
                self._paint_curve(painter, ink, points, ranges)

    def _paint_axes(self, painter: QPainter, ranges: _Ranges) -> None:
        plot = self._plot()
        first, last, low, high = ranges
        for value in nice_steps(low, high, max(2, int(plot.height() / 44))):
            y = self._y(value, ranges)
            painter.setPen(QPen(color("line"), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(color("text_soft"))
            box = QRectF(0, y - 9, _LEFT - 8, 18)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, right, f"{value:g}")
        for value in nice_steps(first, last, max(2, int(plot.width() / 110))):
            box = QRectF(self._x(value, ranges) - 50, plot.bottom() + 4, 100, 18)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, f"{value:,.0f}")

    def _paint_mark(self, painter: QPainter, ranges: _Ranges) -> None:
        if self._mark is None or not ranges[0] <= self._mark <= ranges[1]:
            return
        plot, x = self._plot(), self._x(self._mark, ranges)
        painter.setPen(QPen(color("text_soft"), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))

    def _paint_curve(
        self,
        painter: QPainter,
        ink: str,
        points: np.ndarray,
        ranges: _Ranges,
    ) -> None:
        if len(points) < 2:
            return
        plot = self._plot()
        step = max(1, len(points) // max(int(plot.width()), 1))
        thin = points[::-step][::-1]  # with the last, which is marked
        xs = self._x(thin[:, 0], ranges)
        ys = np.clip(self._y(thin[:, 1], ranges), plot.top() - 4, plot.bottom() + 4)
        line = QPolygonF([QPointF(x, y) for x, y in zip(xs, ys, strict=True)])
        pen = QPen(color(ink), 2)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(line)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(ink))
        painter.drawEllipse(line.last(), 3.5, 3.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _legend(self, ranges: _Ranges) -> list[str]:
        """Each curve's name with its value: under the pointer, at the mark, or else the last."""
        plot = self._plot()
        texts = []
        for name, points in self._series.items():
            if not len(points):
                texts.append(name)
                continue
            wanted = self._mark
            if self._pointer is not None:
                fraction = (self._pointer - plot.left()) / max(plot.width(), 1)
                wanted = ranges[0] + fraction * (ranges[1] - ranges[0])
            row = points[-1 if wanted is None else int(np.abs(points[:, 0] - wanted).argmin())]
            texts.append(f"{name} {_short(row[1])}")
        return texts

    def _paint_legend(self, painter: QPainter, texts: list[str]) -> None:
        """Write the legend above the plot, in as many rows as it needs."""
        x, row = 0.0, 0
        for ink, text in zip(_INKS, texts, strict=False):
            width = 30 + painter.fontMetrics().horizontalAdvance(text)
            if x > 0 and x + width - 16 > self.width():
                x, row = 0.0, row + 1
            y = 11.0 + row * _LEGEND_ROW
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(ink))
            painter.drawEllipse(QPointF(x + 5, y), 4, 4)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(color("text_soft"))
            painter.drawText(QPointF(x + 14, y + 4.5), text)
            x += width
        self._legend_rows = row + 1


def _short(value: float) -> str:
    """Three digits, and a large number as a whole one."""
    return f"{value:,.0f}" if 1000 <= abs(value) < 1e6 else f"{value:.3g}"


def nice_steps(low: float, high: float, about: int) -> list[float]:
    """Round numbers from ``low`` to ``high``, about so many of them."""
    span = high - low
    if span <= 0 or not math.isfinite(span):
        return []
    rough = span / max(about, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * m for m in (1, 2, 5, 10) if power * m >= rough * 0.999)
    first = math.ceil(low / step)
    last = math.floor(high / step)
    return [round(i * step, 10) for i in range(first, last + 1)]
