"""How a training goes: figures, curve, pictures, and what it sounds like."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from kirara_speech.learning.schedule import READ
from kirara_speech.qt_player import QtPlayer
from kirara_studio.api.widgets import Button, Curve, ImageCanvas, Label, Segments

translate = QCoreApplication.translate

_CURVES = ("loss", "L1", "L1 (held out)", "sharpness of attention (held out)")
_LONGEST_CURVE = 20_000
_PICTURES = (("attention",), ("spectrogram", "mel"))
_ENDED = ("stopped", "finished", "failed")
_NETWORKS = ("Text2Mel", "SSRN")


class TrainingProgress(QWidget):
    """Shows the events of one run. ``refreshed``: it shows what the run told last."""

    refreshed = Signal()

    def __init__(
        self, on_problem: Callable[[BaseException], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._folder: Path | None = None
        self._series: dict[str, deque[tuple[float, float]]] = {}
        self._notes: deque[str] = deque(maxlen=4)
        self._previews: dict[str, Path] = {}
        self._figures: Mapping[str, float] = {}
        self._network = -1.0
        self._expected = False
        self._refresh_soon = QTimer(self, singleShot=True, interval=100)
        self._refresh_soon.timeout.connect(self._refresh)
        self.player = QtPlayer(self)

        self.status = Label(size=17, bold=True, wrap=True)
        self.detail = Label(size=12, tone="text_soft", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.bar.setFixedHeight(6)
        self.curve = Curve()
        self.which = Segments(["", ""])
        self.picture = ImageCanvas()
        self.listen = Button(icon="play")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.which)
        row.addStretch(1)
        row.addWidget(self.listen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.status)
        layout.addWidget(self.bar)
        layout.addWidget(self.detail)
        layout.addWidget(self.curve, 1)
        layout.addLayout(row)
        layout.addWidget(self.picture, 1)
        self.which.chosen.connect(lambda _: self._show_picture())
        self.listen.clicked.connect(self.toggle_sound)
        self.player.ended.connect(self._show_listening)
        self.player.failed.connect(on_problem)

    def begin(self, folder: Path) -> None:
        """Forget the run before; the next events are of the one in ``folder``."""
        self._folder = folder
        self._series.clear()
        self._notes.clear()
        self._previews.clear()
        self._figures = {}
        self._network = -1.0
        self.player.stop()
        self.bar.setValue(0)
        self._refresh()

    def take(self, event: Mapping[str, Any]) -> None:
        """Take what the run tells. A run that is found again tells its whole history at once."""
        kind = event.get("event")
        if self.reading and kind in ("message", *_ENDED):
            self._figures = {}
            self.bar.setValue(0)
        if kind == "progress":
            self._take_progress(event)
        elif kind == "preview" and self._folder is not None:
            path = self._folder / str(event.get("path", ""))
            self._previews[path.stem.partition("-")[2]] = path
        elif kind == "message":
            self._notes.append(str(event.get("text", "")))
        elif kind == "failed":
            self._notes.append(f"{event.get('message', '')} {event.get('advice', '')}".strip())
        if not self._refresh_soon.isActive():
            self._refresh_soon.start()

    def _take_progress(self, event: Mapping[str, Any]) -> None:
        step, total = float(event.get("step", 0)), float(event.get("total", 0))
        values = dict(event.get("metrics", {}))
        if values.get("network", self._network) != self._network:
            self._network = values["network"]
            self._series.clear()  # another network's numbers are others
            self._figures = {}
        self.bar.setValue(int(1000 * step / total) if total > 0 else 0)
        if READ in values:
            self._figures = {READ: step, "to read": total}
            return
        if "loss" not in values and not step:
            return  # of an older version: it reads
        earlier = {} if "loss" in values else self._figures  # nothing was learnt since then
        self._figures = {**earlier, **values, "step": step, "total": total}
        for name in _CURVES:
            if name in values:
                points = self._series.setdefault(name, deque(maxlen=_LONGEST_CURVE))
                while points and points[-1][0] >= step:
                    points.pop()  # the run went back to its last checkpoint
                points.append((step, float(values[name])))

    @property
    def reading(self) -> bool:
        """Whether the recordings were being read when the run told last."""
        return READ in self._figures

    def expect(self, soon: bool) -> None:
        """Say whether curves and pictures come ``soon``, or once a training goes on."""
        self._expected = soon
        if soon:
            curve = translate("speech", "The curves begin after some seconds.")
            picture = translate("speech", "The first preview comes after some seconds of training.")
        else:
            curve = translate("speech", "How a training goes is drawn here.")
            picture = translate("speech", "What it has learnt is shown here.")
        self.curve.set_empty_text(curve)
        self.picture.set_message(picture)

    def show_state(self, text: str, *, told: bool) -> None:
        """Say how the run is; with ``told`` also what it told last, such as an error."""
        self.status.setText(text)
        note = self._notes[-1] if self._notes and told else ""
        self.detail.setText(note or self._progress_text())
        self.detail.setToolTip("\n".join(self._notes))

    def _progress_text(self) -> str:
        figures = self._figures
        if self.reading:
            return translate("speech", "Reading the recordings: {0} of {1}").format(
                f"{int(figures[READ]):,}", f"{int(figures['to read']):,}"
            )
        if "step" not in figures:
            return ""
        attends = any(name.startswith("attention off the diagonal") for name in figures)
        name = _NETWORKS[not attends]
        text = translate("speech", "{0}: step {1} of {2}").format(
            name, f"{int(figures['step']):,}", f"{int(figures['total']):,}"
        )
        seconds = figures.get("seconds per step", 0) * (figures["total"] - figures["step"])
        if seconds >= 60:
            hours, minutes = divmod(round(seconds / 60), 60)
            left = translate("speech", "about {0} h {1} min left").format(hours, minutes)
            text = f"{text} · {left}"
        return text

    def _refresh(self) -> None:
        names = self._curve_names()
        self.curve.set_series({names[n]: list(p) for n, p in self._series.items()})
        self._show_picture()
        self._show_listening()
        self.refreshed.emit()

    def _show_picture(self) -> None:
        names = _PICTURES[self.which.current]
        path = next((self._previews[name] for name in names if name in self._previews), None)
        image = QImage() if path is None else QImage(str(path))
        self.picture.set_picture(None if image.isNull() else image)

    # Hearing

    def toggle_sound(self) -> None:
        """Play the newest sample, or stop it."""
        path = self._previews.get("speech")
        if self.player.playing:
            self.player.stop()
        elif path is not None:
            import soundfile

            try:
                sound, _ = soundfile.read(path, dtype="float32")
            except (soundfile.SoundFileError, OSError):
                return  # a newer one is on its way
            self.play(np.asarray(sound))
        self._show_listening()

    def play(self, sound: npt.NDArray[np.float32]) -> None:
        """Play a sound (samples,), −1…1, at 22,050 Hz, in place of the one that is heard."""
        self.player.start()
        self.player.push(sound)
        self.player.finish()
        self._show_listening()

    def _show_listening(self) -> None:
        playing = self.player.playing
        text = translate("speech", "Stop") if playing else translate("speech", "Hear it")
        self.listen.set_content(text, icon="stop" if playing else "play")
        self.listen.setEnabled(playing or "speech" in self._previews)

    def _curve_names(self) -> dict[str, str]:
        return {
            "loss": translate("speech", "loss"),
            "L1": translate("speech", "distance"),
            "L1 (held out)": translate("speech", "distance, unheard sentences"),
            "sharpness of attention (held out)": translate("speech", "sharpness of attention"),
        }

    def retranslate(self) -> None:
        """Set every text anew."""
        self.which.set_texts([translate("speech", "Attention"), translate("speech", "Spectrogram")])
        self.which.set_name(translate("speech", "Picture"))
        self.bar.setAccessibleName(translate("speech", "Progress of the training"))
        self.picture.setAccessibleName(translate("speech", "Preview"))
        self.expect(self._expected)
        self.listen.setToolTip(
            translate("speech", "A sentence that was kept back, as the network says it now")
        )
        self._refresh()
