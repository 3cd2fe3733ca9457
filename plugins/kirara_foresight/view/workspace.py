"""The canvas of the panel: pictures, the controls of the player, and the plot of the scores."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kirara_foresight.forecasts import NETWORK
from kirara_foresight.jobs import ForecastResult, Opened
from kirara_foresight.view.player import FramePlayer
from kirara_foresight.view.stage import Stage
from kirara_foresight.view.words import forecast_name, place_words
from kirara_studio.api.widgets import Button, Curve, KeyboardFocus, Label, Segments, plain_tip
from kirara_studio.api.widgets.transport import ScrubBar

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

translate = QCoreApplication.translate

SPEEDS = (2, 5, 10, 25)
"""Frames a second."""
MEASURES = ("mse", "ssim", "csi")
"""The last is for radar pictures only."""
_PLOT_HEIGHTS = (112, 160, 300)
_SPACING = 8


class Workspace(QWidget):
    """Shows the forecasts and plays them; :attr:`moved` carries the clip's frame that is shown."""

    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.stage = Stage()
        self.player = FramePlayer(self)
        self.button = Button(icon="play", kind="play")
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.bar = _FrameBar()
        self.place = Label(size=12, tone="text_soft")
        self.speed = Segments([f"{speed}" for speed in SPEEDS])
        self.speed.set_current(SPEEDS.index(5))
        self.speed_label = Label(size=12, tone="text_soft")
        self.loop = QCheckBox()
        self.loop.setChecked(True)
        KeyboardFocus(self.loop)
        self.measure = Segments(_measure_texts(radar=False))
        self.measure_note = Label(size=12, tone="text_soft", wrap=True)
        self.curve = Curve()
        self._clip: Opened | None = None
        self._assemble()
        self._connect()

    def _assemble(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        for widget in (self.button, self.bar, self.place, self.speed, self.speed_label, self.loop):
            row.addWidget(widget, 1 if widget is self.bar else 0)
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.measure)
        side.addWidget(self.measure_note)
        side.addStretch(1)
        scores = QHBoxLayout()
        scores.setSpacing(16)
        scores.addLayout(side)
        scores.addWidget(self.curve, 1)
        self.measure_note.setFixedWidth(150)
        self.measure.setFixedWidth(150)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_SPACING)
        layout.addWidget(self.stage, 1)
        layout.addLayout(row)
        layout.addLayout(scores)

    def _connect(self) -> None:
        self.player.moved.connect(self._show_index)
        self.player.playing_changed.connect(self._show_playing)
        self.button.clicked.connect(self.player.toggle)
        self.stage.clicked.connect(self.player.toggle)
        self.bar.scrubbed.connect(lambda place: self.player.seek(round(place)))
        self.speed.chosen.connect(lambda index: self.player.set_fps(SPEEDS[index]))
        self.loop.toggled.connect(lambda on: setattr(self.player, "loops", on))
        self.measure.chosen.connect(self._show_measure)

    @property
    def fps(self) -> int:
        """Frames a second."""
        return SPEEDS[self.speed.current]

    def set_fps(self, fps: float) -> None:
        """Play at the nearest speed."""
        index = min(range(len(SPEEDS)), key=lambda one: abs(SPEEDS[one] - fps))
        self.speed.set_current(index)
        self.player.set_fps(SPEEDS[index])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()

    def _share_height(self) -> None:
        """Give the plot what the pictures leave; in a low window, the pictures come first."""
        least, usual, most = _PLOT_HEIGHTS
        height = min(max(int(0.26 * self.height()), least), usual)
        left = self.height() - self.button.sizeHint().height() - 2 * _SPACING
        spare = left - self.stage.wanted_height(self.width())
        self.curve.setFixedHeight(min(max(height, round(spare)), most))

    # What it shows

    def show_result(
        self, shown: ForecastResult | None, clip: Opened | None, network: str = ""
    ) -> None:
        """Show another result at the same lead time, or nothing."""
        lead = self.stage.lead if self.stage.shown is not None else 0
        self._clip = clip
        self.measure.set_texts(_measure_texts(radar=clip is not None and clip.radar))
        self.stage.set_measure(MEASURES[self.measure.current])
        self._show_measure_note()
        self.stage.show_result(shown, clip, network)
        for widget in (self.button, self.bar):
            widget.setEnabled(shown is not None)
        if shown is None:
            self.player.set_film(0, 0)
            self.curve.set_series({})
            return
        self._share_height()
        seen = len(shown.before)
        count = seen + shown.request.frames
        self.player.set_film(count, min(max(seen + lead, 0), count - 1))
        self._show_scores()

    def go_to_lead(self, lead: int) -> None:
        """Show a frame of the future, from 0 on."""
        if self.stage.shown is not None:
            self.player.seek(len(self.stage.shown.before) + lead)

    def _show_index(self, index: int) -> None:
        shown = self.stage.shown
        self.stage.set_index(index)
        self.bar.set_time(index, max(self.player.count - 1, 1))
        if shown is None:
            self.place.setText("")
            self.curve.set_mark(None)
            return
        self.place.setText(place_words(shown, index, self._minutes))
        lead = index - len(shown.before)
        self.curve.set_mark(self._lead_place(lead) if lead >= 0 else None)
        self.moved.emit(shown.request.start + lead)

    @property
    def _minutes(self) -> float | None:
        return self._clip.minutes if self._clip is not None else None

    def _lead_place(self, lead: int) -> float:
        """The place of a frame of the future in the plot: its number, or its minutes."""
        return (lead + 1) * (self._minutes or 1.0)

    def _show_playing(self, playing: bool) -> None:
        name = translate("foresight", "Pause") if playing else translate("foresight", "Play")
        self.button.icon_name = "pause" if playing else "play"
        self.button.setAccessibleName(name)
        self.button.setToolTip(plain_tip(translate("foresight", "{0} (Space)").format(name)))
        self.button.update()

    def _show_measure(self) -> None:
        self.stage.set_measure(MEASURES[self.measure.current])
        self._show_scores()
        self._show_measure_note()

    def _show_scores(self) -> None:
        shown, measure = self.stage.shown, MEASURES[self.measure.current]
        # Also without a network, so that the others keep their colours.
        series: dict[str, list[tuple[float, float]]] = {forecast_name(NETWORK): []}
        for one in shown.forecasts if shown is not None else ():
            scores = getattr(one, measure)
            series[forecast_name(one.name)] = [
                (self._lead_place(lead), float(score))
                for lead, score in enumerate(() if scores is None else scores)
                if not math.isnan(score)
            ]
        self.curve.set_series(series)

    def _show_measure_note(self) -> None:
        note = (
            translate("foresight", "Squared error, summed over the frame. Lower is better."),
            translate("foresight", "Similarity of structure. 1 is the truth; higher is better."),
            translate(
                "foresight", "Rain of 20 dBZ: hits among all predicted or observed. 1 is best."
            ),
        )[self.measure.current]
        axis = translate("foresight", "Across: frames ahead")
        if self._minutes is not None:
            axis = translate("foresight", "Across: minutes ahead")
        self.measure_note.setText(f"{note}\n{axis}")

    def retranslate(self) -> None:
        """Set the texts again."""
        self.speed_label.setText(translate("foresight", "frames a second"))
        self.speed.set_name(translate("foresight", "Speed"))
        self.loop.setText(translate("foresight", "Loop"))
        self.measure.set_name(translate("foresight", "Score"))
        self.bar.setAccessibleName(translate("foresight", "Frame"))
        self.curve.set_empty_text(
            translate("foresight", "A comparison needs two or more true frames.")
        )
        self._show_playing(self.player.playing)
        self._show_measure_note()
        self._show_scores()
        self._show_index(self.player.index)
        self.stage.update()


def _measure_texts(*, radar: bool) -> list[str]:
    return [one.upper() for one in MEASURES if radar or one != "csi"]


class _FrameBar(ScrubBar):
    """Leaves the keys to the panel, which steps by frames."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()
