"""Truth and forecasts side by side, and the heat of their errors below: all in step."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QLinearGradient, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kirara_foresight.forecasts import NETWORK
from kirara_foresight.jobs import ForecastResult, Pixels, ShownForecast
from kirara_foresight.radar_colours import STEPS, STRONGEST
from kirara_foresight.view.words import INKS, forecast_name, place_words
from kirara_studio.api.widgets import to_image
from kirara_studio.api.widgets.style import RADIUS, color, font

translate = QCoreApplication.translate

_GAP = 12
_HEAD, _LINE, _FOOT = 26, 24, 20
_HOT = (255, 120, 40)  # an error of 1, as the films show it
_PAPER = (24, 26, 31)  # where a radar sees no rain


class Stage(QWidget):
    """Shows frame ``index`` of the forecasts; :attr:`clicked` by a click on a picture.

    Columns are the truth and each forecast, below a forecast its error; below the truth what
    the colours mean. Without a network its column says ``advice``.
    """

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: ForecastResult | None = None
        self.index = 0
        self._radar = False
        self._minutes: float | None = None
        self._network, self._advice, self._credit = "", "", ""
        self._measure = "mse"
        self._images: dict[tuple[str, int], QImage] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # What it shows

    def show_result(
        self,
        shown: ForecastResult | None,
        *,
        radar: bool = False,
        minutes: float | None = None,
        credit: str = "",
        network: str = "",
    ) -> None:
        """Show another result, or none; ``network`` is the name of the model that was asked."""
        self.shown = shown
        self._radar, self._minutes = radar, minutes
        self._network, self._credit = network, credit
        self._images.clear()
        self.set_index(self.index)

    def set_index(self, index: int) -> None:
        """Show another frame; those that were seen come first."""
        if index != self.index:
            self._images.clear()  # long films of large frames would fill the memory
        self.index = index
        self._describe()
        self.update()

    def set_measure(self, measure: str) -> None:
        """Write the scores by ``measure``: "mse", "ssim" or, for radar pictures, "csi"."""
        self._measure = measure
        self._describe()
        self.update()

    def set_advice(self, text: str) -> None:
        """What the network's column says while there is no network."""
        self._advice = text
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(820, 420)

    def minimumSizeHint(self) -> QSize:
        return QSize(420, 240)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.shown is not None:
            self.clicked.emit()

    def _describe(self) -> None:
        self.setAccessibleName(translate("foresight", "Truth and forecasts"))
        if self.shown is None:
            self.setAccessibleDescription("")
            return
        parts = [place_words(self.shown, self.index, self._minutes)]
        parts += [
            f"{forecast_name(one.name)}: {self._score_of(one)}" for one in self.shown.forecasts
        ]
        self.setAccessibleDescription(", ".join(parts))

    # Where things are

    @property
    def lead(self) -> int:
        """Which frame of the future is shown, from 0; below 0 those that were seen."""
        return self.index - (len(self.shown.before) if self.shown is not None else 0)

    @property
    def columns(self) -> int:
        """How many pictures lie beside each other."""
        count = len(self.shown.forecasts) if self.shown is not None else 2
        return 1 + count + self._lacks_network

    @property
    def _lacks_network(self) -> bool:
        return self.shown is not None and self.shown.request.model is None

    def wanted_height(self, width: float) -> float:
        """How high the pictures would be if only the width limited them."""
        if self.shown is None:
            return self.sizeHint().height()
        rows, columns = self.shown.before.shape[1:3]
        room = (width - _GAP * (self.columns - 1)) / self.columns
        return _HEAD + _LINE + _FOOT + 2 * room * rows / columns

    def tile(self, row: int, column: int) -> QRectF:
        """Where a picture lies: row 0 are the frames, row 1 the errors."""
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
        shown = self.shown
        if shown is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            self._paint_truth(painter, shown)
            column = 1
            if self._lacks_network:
                self._paint_advice(painter, column)
                column += 1
            for one in shown.forecasts:
                self._paint_forecast(painter, shown, column, INKS[one.name], one)
                column += 1
            self._paint_foot(painter)

    def _paint_truth(self, painter: QPainter, shown: ForecastResult) -> None:
        box = self.tile(0, 0)
        self._paint_head(painter, box, translate("foresight", "Truth"), "")
        if self.lead < 0:
            self._paint_picture(painter, box, self._image("seen", self.index))
        elif self.lead < len(shown.truth):
            self._paint_picture(painter, box, self._image("truth", self.lead))
        else:
            self._paint_note(painter, box, translate("foresight", "The clip ends here."))
        place = place_words(shown, self.index, self._minutes)
        self._paint_line(painter, box, place, "text", bold=True)
        self._paint_legend(painter, self.tile(1, 0))

    def _paint_forecast(
        self, painter: QPainter, shown: ForecastResult, column: int, ink: str, one: ShownForecast
    ) -> None:
        box, below = self.tile(0, column), self.tile(1, column)
        name = forecast_name(one.name)
        if one.name == NETWORK and self._network:
            name = f"{name} · {self._network}"
        self._paint_head(painter, box, name, ink)
        if self.lead < 0:
            painter.setOpacity(0.4)
            self._paint_picture(painter, box, self._image("seen", self.index))
            painter.setOpacity(1)
            self._paint_note(painter, below, "")
            return
        self._paint_picture(painter, box, self._image(one.name, self.lead))
        self._paint_line(painter, box, self._score_of(one), "text_soft")
        if self.lead < len(one.heat):
            self._paint_picture(painter, below, self._image(f"{one.name} heat", self.lead))
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
        painter.setFont(font(self, 14, bold=True))
        painter.setPen(color("text"))
        place = QRectF(left, middle - 11, box.right() - left, 22)
        elided = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, int(place.width())
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, elided)

    def _paint_line(
        self, painter: QPainter, box: QRectF, text: str, ink: str, *, bold: bool = False
    ) -> None:
        """Write something between a frame and its error."""
        painter.setFont(font(self, 12, bold=bold))
        painter.setPen(color(ink))
        place = QRectF(box.left(), box.bottom(), box.width(), _LINE)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_picture(self, painter: QPainter, box: QRectF, image: QImage) -> None:
        size = image.size().scaled(box.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(box.left(), box.top(), size.width(), size.height())
        painter.drawImage(place, image)
        painter.setPen(QPen(color("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place)

    def _paint_note(self, painter: QPainter, box: QRectF, text: str) -> None:
        """A card in place of a picture."""
        painter.setPen(QPen(color("line"), 1))
        painter.setBrush(color("sunken"))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        painter.setPen(color("text_soft"))
        painter.setFont(font(self, 12))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(box.adjusted(10, 6, -10, -6), int(flags), text)

    def _paint_advice(self, painter: QPainter, column: int) -> None:
        box = self.tile(0, column)
        self._paint_head(painter, box, forecast_name(NETWORK), INKS[NETWORK])
        both = box.united(self.tile(1, column))
        self._paint_note(painter, both, self._advice)

    # What the colours mean

    def _paint_legend(self, painter: QPainter, box: QRectF) -> None:
        painter.setFont(font(self, 12))
        painter.setPen(color("text_soft"))
        line = painter.fontMetrics().height()
        width = box.width() - 8
        top = box.top() + 2
        painter.drawText(
            QRectF(box.left(), top, width, line), 0, translate("foresight", "Error, at the right")
        )
        bar = QRectF(box.left(), top + line + 4, width, 10)
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        for step in range(9):  # the heat is a square root
            share = (step / 8) ** 0.5
            tone = color("text")
            tone.setRgb(*(round(share * part) for part in _HOT))
            gradient.setColorAt(step / 8, tone)
        painter.fillRect(bar, gradient)
        ends = QRectF(box.left(), bar.bottom() + 2, width, line)
        right = Qt.AlignmentFlag.AlignRight
        if self._radar:
            first, last = "0", translate("foresight", "{0} dBZ").format(f"{STRONGEST:g}")
        else:
            first, last = translate("foresight", "none"), translate("foresight", "full")
        painter.drawText(ends, Qt.AlignmentFlag.AlignLeft, first)
        painter.drawText(ends, right, last)
        if self._radar and ends.bottom() + 3 * line + 14 < box.bottom() + _FOOT:
            self._paint_rain(painter, QRectF(box.left(), ends.bottom() + 8, width, 2 * line + 16))

    def _paint_rain(self, painter: QPainter, box: QRectF) -> None:
        """The colours of reflectivity, from nothing to a thunderstorm."""
        line = painter.fontMetrics().height()
        painter.drawText(
            QRectF(box.left(), box.top(), box.width(), line), 0,
            translate("foresight", "Reflectivity in dBZ"),
        )  # fmt: skip
        bar = QRectF(box.left(), box.top() + line + 2, box.width(), 12)
        tone = color("text")
        tone.setRgb(*_PAPER)
        painter.fillRect(bar, tone)
        for least, (red, green, blue) in STEPS:
            tone.setRgb(red, green, blue)
            left = bar.left() + bar.width() * least / STRONGEST
            painter.fillRect(QRectF(left, bar.top(), bar.right() - left, bar.height()), tone)
        for least in (5, 20, 35, 50):
            x = bar.left() + bar.width() * least / STRONGEST
            place = QRectF(x - 20, bar.bottom() + 1, 40, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, f"{least}")

    def _paint_foot(self, painter: QPainter) -> None:
        if not self._credit:
            return
        painter.setFont(font(self, 12))
        painter.setPen(color("text_soft"))
        place = QRectF(0, self.height() - _FOOT, self.width(), _FOOT)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, int(flags), self._credit)

    def _image(self, kind: str, number: int) -> QImage:
        key = (kind, number)
        if key not in self._images:
            self._images[key] = to_image(self._film(kind)[number])
        return self._images[key]

    def _film(self, kind: str) -> Pixels:
        assert self.shown is not None
        if kind in ("seen", "truth"):
            return self.shown.before if kind == "seen" else self.shown.truth
        name = kind.removesuffix(" heat")
        one = next(one for one in self.shown.forecasts if one.name == name)
        return one.frames if name == kind else one.heat
