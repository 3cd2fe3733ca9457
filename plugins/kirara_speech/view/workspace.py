"""The canvas: the lines, below them the phrases of the one in front, and what was spoken of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.session import LineState
from kirara_speech.speaking.spoken import Spoken
from kirara_speech.view.line_list import LineList
from kirara_speech.view.phrase_pane import PhrasePane
from kirara_speech.view.sound_view import SoundView
from kirara_speech.voice_library import VoiceLook
from kirara_studio.api.widgets import Button, Label, Segments

translate = QCoreApplication.translate

_LOW = 460  # pixels of height below which there is no room for the pictures


class Workspace(QWidget):
    """Lines, phrases and sound below each other; the borders between them can be dragged."""

    def __init__(self, look: Callable[[str], VoiceLook]) -> None:
        super().__init__()
        self.name = Label(size=14, bold=True, elide=True)
        self.add = Button(icon="plus")
        self.from_here = Button(icon="play")
        self.lines = LineList(look)
        self.phrases = PhrasePane()
        self.sound = SoundView()
        self.pages = Segments(["", "", ""])
        self.time = Label(size=12, tone="text_soft")
        self._assemble()
        self.pages.chosen.connect(self.sound.show_page)

    def _assemble(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.name, 1)
        bar.addWidget(self.add)
        bar.addWidget(self.from_here)
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(6)
        column.addLayout(bar)
        column.addWidget(self.lines, 1)

        self._bottom = bottom = QWidget()
        tools = QHBoxLayout()
        tools.addWidget(self.pages)
        tools.addStretch(1)
        tools.addWidget(self.time)
        column = QVBoxLayout(bottom)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(6)
        column.addLayout(tools)
        column.addWidget(self.sound, 1)

        self.splitter = QSplitter(Qt.Orientation.Vertical)
        for widget, stretch in ((top, 5), (self.phrases, 3), (bottom, 3)):
            self.splitter.addWidget(widget)
            self.splitter.setStretchFactor(self.splitter.count() - 1, stretch)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(6)
        self.splitter.setSizes([260, 230, 200])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Lines and phrases must stay whole; the pictures go first.
        self._bottom.setVisible(self.height() >= _LOW)

    def show_name(self, title: str, path: Path | None, *, unsaved: bool) -> None:
        """Show the name of the project, and whether it is saved."""
        self.name.setText(f"{title} •" if unsaved else title)
        tip = translate("speech", "Not saved yet (Ctrl+S)") if unsaved else str(path or "")
        self.name.setToolTip(tip)

    def show_line(self, state: LineState, *, playing: bool) -> None:
        """Show the line in front; the time is left alone while something is ``playing``."""
        self.phrases.show_line(state)
        self.sound.show_spoken(
            state.spoken, translate("speech", "Play the line, and here is what it sounds like.")
        )
        if not playing:
            seconds = 0.0 if state.spoken is None else state.spoken.seconds
            text = f"{seconds:.1f} s" if seconds else ""
            changed = translate("speech", "Changed since")
            self.time.setText(f"{changed} · {text}" if text and state.stale else text)

    def show_cursor(self, spoken: Spoken | None, sample: int | None) -> None:
        """Mark the sample that is heard; None marks nothing."""
        self.sound.set_cursor(sample)
        heard = None
        if sample is not None and spoken is not None:
            now, total = min(sample, spoken.samples) / SAMPLE_RATE, spoken.seconds
            self.time.setText(f"{now:.1f} / {total:.1f} s")
            heard = spoken.mora_at(sample)
        if heard is None:
            self.phrases.view.set_cursor(None)
        else:
            mora, share = heard
            self.phrases.view.set_cursor((mora.phrase, mora.mora), share)

    def retranslate(self) -> None:
        """Set every text again."""
        self.add.set_content(translate("speech", "Line"))
        self.add.setToolTip(translate("speech", "A new line below (Ctrl+L)"))
        self.from_here.set_content(translate("speech", "From here"))
        self.from_here.setToolTip(
            translate("speech", "Hear this line and all that follow (Shift+Space)")
        )
        self.pages.set_texts(
            [
                translate("speech", "Sound"),
                translate("speech", "Spectrogram"),
                translate("speech", "Attention"),
            ]
        )
        self.pages.set_name(translate("speech", "Picture"))
        self.pages.setToolTip(
            translate(
                "speech",
                "Sound: the waveform. Spectrogram: how loud each pitch is, in mels. Attention: "
                "which symbol the network reads at which moment; a straight line is good. "
                "A click plays from there.",
            )
        )
        self.lines.retranslate()
        self.phrases.retranslate()
