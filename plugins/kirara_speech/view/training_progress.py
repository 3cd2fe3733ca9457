"""The progress of a training: figures, curve, pictures and sound."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QCoreApplication

from kirara_speech.qt_player import QtPlayer
from kirara_speech.training_session import TrainingSession
from kirara_studio.api.errors import UserError
from kirara_studio.api.reading import reading
from kirara_studio.api.widgets import Button, Segments, TrainingView
from kirara_studio.api.widgets.layouts import row

translate = QCoreApplication.translate

_PICTURES = (("attention",), ("spectrogram", "mel"))
_NETWORKS = ("Text2Mel", "SSRN")


class TrainingProgress(TrainingView):
    """Shows the run; its newest sample can be played."""

    task: TrainingSession

    def __init__(self, task: TrainingSession) -> None:
        super().__init__(task)
        self.player = QtPlayer(self)
        self.which = Segments(["", ""])
        self.listen = Button(icon="play")
        self.column.addLayout(row(self.which, None, self.listen))
        self.column.addWidget(self.preview, 1)
        self.column.addWidget(self.moments)
        self.which.chosen.connect(lambda _: self.refresh())
        self.listen.clicked.connect(self.toggle_sound)
        self.player.ended.connect(self._show_listening)

    def state_text(self, state: str) -> str:
        if state == "starting" or (state == "running" and self.task.reading):
            return translate("speech", "Reading the recordings…")
        texts = {
            "": translate("speech", "Nothing is being trained"),
            "running": translate("speech", "Learning to speak"),
        }
        return texts.get(state) or super().state_text(state)

    def detail_text(self) -> str:
        task = self.task
        if task.notes and task.state in ("starting", "failed"):
            return task.notes[-1]
        figures = task.figures
        if "step" not in figures:
            return ""
        step, total = f"{int(figures['step']):,}", f"{int(figures['total']):,}"
        if task.reading:
            return translate("speech", "Reading the recordings: {0} of {1}").format(step, total)
        attends = any(name.startswith("attention off the diagonal") for name in figures)
        name = _NETWORKS[not attends]
        text = translate("speech", "{0}: step {1} of {2}").format(name, step, total)
        seconds = figures.get("seconds per step", 0) * (figures["total"] - figures["step"])
        if seconds >= 60:
            hours, minutes = divmod(round(seconds / 60), 60)
            left = translate("speech", "about {0} h {1} min left").format(hours, minutes)
            text = f"{text} · {left}"
        return text

    def curve_name(self, metric: str) -> str:
        return {
            "loss": translate("speech", "loss"),
            "L1": translate("speech", "distance"),
            "L1 (held out)": translate("speech", "distance, unheard sentences"),
            "sharpness of attention (held out)": translate("speech", "sharpness of attention"),
        }[metric]

    def refresh(self) -> None:
        super().refresh()
        self._show_listening()
        if not self.task.running or self.task.stopping:
            self.curve.set_empty_text(
                translate("speech", "The progress of a training is drawn here.")
            )
            self.preview.set_message(
                translate("speech", "Previews of the training are shown here.")
            )

    def previews(self) -> list[Path]:
        return self.task.previews_of(*_PICTURES[self.which.current])

    # Playing

    def toggle_sound(self) -> None:
        path = next(reversed(self.task.previews_of("speech")), None)
        if self.player.playing:
            self.player.stop()
        elif path is not None:
            import soundfile

            with suppress(UserError), reading(path):  # it is being replaced by a newer one
                sound, _ = soundfile.read(path, dtype="float32")
                self.play(np.asarray(sound))
        self._show_listening()

    def play(self, sound: npt.NDArray[np.float32]) -> None:
        """Play a sound (samples,), −1…1, at 22,050 Hz, in place of the current one."""
        self.player.start()
        self.player.push(sound)
        self.player.finish()
        self._show_listening()

    def _show_listening(self) -> None:
        playing = self.player.playing
        text = translate("speech", "Stop") if playing else translate("speech", "Hear it")
        self.listen.set_content(text, icon="stop" if playing else "play")
        self.listen.setEnabled(playing or bool(self.task.previews_of("speech")))

    def retranslate(self) -> None:
        self.which.set_texts([translate("speech", "Attention"), translate("speech", "Spectrogram")])
        self.which.set_name(translate("speech", "Picture"))
        self.listen.setToolTip(
            translate("speech", "A held-out sentence, as the network pronounces it now")
        )
        super().retranslate()
