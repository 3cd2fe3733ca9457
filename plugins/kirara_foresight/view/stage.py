"""The truth and the forecasts side by side, with heat maps of the errors below."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QLinearGradient, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kirara_foresight.forecasts import NETWORK
from kirara_foresight.jobs import ForecastResult, Opened, Pixels, ShownForecast
from kirara_foresight.radar_colours import STEPS, STRONGEST
from kirara_foresight.view.words import INKS, forecast_name, place_words
from kirara_studio.api.widgets import to_image
from kirara_studio.api.widgets.style import RADIUS, color, font

translate = QCoreApplication.translate

_GAP = 12
_HEAD, _LINE, _FOOT = 26, 24, 20
_HEAD_SIZES = (14, 13, 12, 11)  # pixels
_HOT = (255, 120, 40)  # an error of 1, as the films show it
_PAPER = (24, 26, 31)  # below 5 dBZ


class Stage(QWidget):
    """Shows frame ``index`` of the forecasts; a click on the pictures emits :attr:`clicked`.

    The columns are the truth and each forecast, with the legend and the errors below. Without a
    network, its column shows ``advice``.
    """

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.shown: ForecastResult | None = None
        self.index = 0
        self._clip: Opened | None = None
        self._network, self._advice = "", ""
        self._measure = "mse"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # What it shows

    def show_result(
        self, shown: ForecastResult | None, clip: Opened | None, network: str = ""
    ) -> None:
        """Show another result, or none; ``network`` is the name of its model."""
        self.shown, self._clip, self._network = shown, clip, network
        self._refresh()

    def set_index(self, index: int) -> None:
        """Show another frame; those before the moment come first."""
        self.index = index
        self._refresh()

    def set_measure(self, measure: str) -> None:
        """Write the scores by ``measure``: "mse", "ssim" or, for radar pictures, "csi"."""
        self._measure = measure
        self._refresh()

    def set_advice(self, text: str) -> None:
        """Set the text in the network's column while there is no network."""
        self._advice = text
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(820, 420)

    def minimumSizeHint(self) -> QSize:
        return QSize(420, 240)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.shown is not None:
            self.clicked.emit()

    def _refresh(self) -> None:
        self.setAccessibleName(translate("foresight", "Truth and forecasts"))
        parts = [self._place_words()] if self.shown is not None else []
        for one in self.shown.forecasts if self.shown is not None else ():
            parts.append(f"{forecast_name(one.name)}: {self._score_of(one)}")
        self.setAccessibleDescription(", ".join(parts))
        self.update()

    def _place_words(self) -> str:
        assert self.shown is not None
        minutes = self._clip.minutes if self._clip is not None else None
        return place_words(self.shown, self.index, minutes)

    # Where things are

    @property
    def lead(self) -> int:
        """The frame of the future that is shown, from 0; negative before the moment."""
        return self.index - (len(self.shown.before) if self.shown is not None else 0)

    @property
    def columns(self) -> int:
        """The number of pictures beside each other."""
        count = len(self.shown.forecasts) if self.shown is not None else 2
        return 1 + count + self._lacks_network

    @property
    def _lacks_network(self) -> bool:
        return self.shown is not None and not self.shown.request.model

    def wanted_height(self, width: float) -> float:
        """The height of the pictures at full ``width``."""
        if self.shown is None:
            return self.sizeHint().height()
        rows, columns = self.shown.before.shape[1:3]
        room = (width - _GAP * (self.columns - 1)) / self.columns
        return _HEAD + _LINE + _FOOT + 2 * room * rows / columns

    def tile(self, row: int, column: int) -> QRectF:
        """The place of a picture: row 0 has the frames, row 1 the errors."""
        assert self.shown is not None
        height, width = self.shown.before.shape[1:3]
        room_x = (self.width() - _GAP * (self.columns - 1)) / self.columns
        room_y = (self.height() - _HEAD - _LINE - _FOOT) / 2
        scale = min(room_x / width, room_y / height)
        w, h = max(width * scale, min(room_x, 120)), height * scale
        used = self.columns * w + (self.columns - 1) * _GAP
        left = (self.width() - used) / 2 + column * (w + _GAP)
        top = max(0.0, (self.height() - _HEAD - _LINE - _FOOT - 2 * h) / 2) + _HEAD
        return QRectF(left, top + row * (h + _LINE), w, h)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.shown is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            self._paint_truth(painter, self.shown)
            if self._lacks_network:
                box = self.tile(0, 1)
                self._paint_head(painter, box, forecast_name(NETWORK), INKS[NETWORK])
                self._paint_note(painter, box.united(self.tile(1, 1)), self._advice)
            for column, one in enumerate(self.shown.forecasts, 1 + self._lacks_network):
                self._paint_forecast(painter, self.shown, column, one)
            if self._clip is not None:
                painter.setFont(font(self, 12))
                painter.setPen(color("text_soft"))
                foot = QRectF(0, self.height() - _FOOT, self.width(), _FOOT)
                flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(foot, int(flags), self._clip.credit)

    def _paint_truth(self, painter: QPainter, shown: ForecastResult) -> None:
        box = self.tile(0, 0)
        self._paint_head(painter, box, translate("foresight", "Truth"), "")
        if self.lead < 0:
            self._paint_picture(painter, box, shown.before[self.index])
        elif self.lead < len(shown.truth):
            self._paint_picture(painter, box, shown.truth[self.lead])
        else:
            self._paint_note(painter, box, translate("foresight", "The clip ends here."))
        self._paint_line(painter, box, self._place_words(), "text", bold=True)
        self._paint_legend(painter, self.tile(1, 0))

    def _paint_forecast(
        self, painter: QPainter, shown: ForecastResult, column: int, one: ShownForecast
    ) -> None:
        box, below = self.tile(0, column), self.tile(1, column)
        name = forecast_name(one.name)
        if one.name == NETWORK and self._network:
            name = f"{name} · {self._network}"
        self._paint_head(painter, box, name, INKS[one.name])
        if self.lead < 0:
            painter.setOpacity(0.4)
            self._paint_picture(painter, box, shown.before[self.index])
            painter.setOpacity(1)
            self._paint_note(painter, below, "")
            return
        self._paint_picture(painter, box, one.frames[self.lead])
        self._paint_line(painter, box, self._score_of(one), "text_soft")
        if self.lead < len(one.heat):
            self._paint_picture(painter, below, one.heat[self.lead])
        else:
            self._paint_note(painter, below, translate("foresight", "Nothing to compare with"))

    def _score_of(self, one: ShownForecast) -> str:
        if not 0 <= self.lead < len(one.mse):
            return ""
        if self._measure == "ssim":
            return f"SSIM {one.ssim[self.lead]:.3f}"
        if self._measure == "csi" and one.csi is not None:
            value = one.csi[self.lead]
            return "CSI –" if math.isnan(value) else f"CSI {value:.3f}"
        return f"MSE {one.mse[self.lead]:,.1f}"

    def _paint_head(self, painter: QPainter, box: QRectF, text: str, ink: str) -> None:
        left = box.left()
        middle = box.top() - _HEAD / 2 - 1
        if ink:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(ink))
            painter.drawEllipse(QPointF(left + 5, middle), 4, 4)
            left += 15
        painter.setPen(color("text"))
        place = QRectF(left, middle - 11, box.right() - left, 22)
        for size in _HEAD_SIZES:  # smaller rather than cut off
            painter.setFont(font(self, size, bold=True))
            if painter.fontMetrics().horizontalAdvance(text) <= place.width():
                break
        elided = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, int(place.width())
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, elided)

    def _paint_line(
        self, painter: QPainter, box: QRectF, text: str, ink: str, *, bold: bool = False
    ) -> None:
        """Write between a frame and its error."""
        painter.setFont(font(self, 12, bold=bold))
        painter.setPen(color(ink))
        place = QRectF(box.left(), box.bottom(), box.width(), _LINE)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_picture(self, painter: QPainter, box: QRectF, picture: Pixels) -> None:
        image = to_image(picture)
        size = image.size().scaled(box.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(box.left(), box.top(), size.width(), size.height())
        painter.drawImage(place, image)
        painter.setPen(QPen(color("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place)

    def _paint_note(self, painter: QPainter, box: QRectF, text: str) -> None:
        """Paint a card in place of a picture."""
        painter.setPen(QPen(color("line"), 1))
        painter.setBrush(color("sunken"))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        painter.setPen(color("text_soft"))
        painter.setFont(font(self, 12))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(box.adjusted(10, 6, -10, -6), int(flags), text)

    # What the colours mean

    def _paint_legend(self, painter: QPainter, box: QRectF) -> None:
        painter.setFont(font(self, 12))
        painter.setPen(color("text_soft"))
        line = painter.fontMetrics().height()
        width = box.width() - 8
        top = box.top() + 2
        title = translate("foresight", "Error, at the right")
        painter.drawText(QRectF(box.left(), top, width, line), 0, title)
        bar = QRectF(box.left(), top + line + 4, width, 10)
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        for step in range(9):  # the heat is a square root
            share = (step / 8) ** 0.5
            gradient.setColorAt(step / 8, QColor(*(round(share * part) for part in _HOT)))
        painter.fillRect(bar, gradient)
        ends = QRectF(box.left(), bar.bottom() + 2, width, line)
        radar = self._clip is not None and self._clip.radar
        if radar:
            first, last = "0", translate("foresight", "{0} dBZ").format(f"{STRONGEST:g}")
        else:
            first, last = translate("foresight", "none"), translate("foresight", "full")
        painter.drawText(ends, Qt.AlignmentFlag.AlignLeft, first)
        painter.drawText(ends, Qt.AlignmentFlag.AlignRight, last)
        if radar and ends.bottom() + 3 * line + 14 < box.bottom() + _FOOT:
            self._paint_rain(painter, QRectF(box.left(), ends.bottom() + 8, width, 2 * line + 16))

    def _paint_rain(self, painter: QPainter, box: QRectF) -> None:
        line = painter.fontMetrics().height()
        title = translate("foresight", "Reflectivity in dBZ")
        painter.drawText(QRectF(box.left(), box.top(), box.width(), line), 0, title)
        bar = QRectF(box.left(), box.top() + line + 2, box.width(), 12)
        painter.fillRect(bar, QColor(*_PAPER))
        for least, rgb in STEPS:
            bar.setLeft(box.left() + box.width() * least / STRONGEST)
            painter.fillRect(bar, QColor(*rgb))
        for least in (5, 20, 35, 50):
            x = box.left() + box.width() * least / STRONGEST
            place = QRectF(x - 20, bar.bottom() + 1, 40, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, f"{least}")
