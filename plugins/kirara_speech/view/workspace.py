"""The canvas: the lines, the phrases of the line in front, and its sound."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QSplitter, QWidget

from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.session import LineState, Session
from kirara_speech.speaking.spoken import Spoken
from kirara_speech.view.line_list import LineList
from kirara_speech.view.phrase_view import PhraseView
from kirara_speech.view.phrase_words import ways_text
from kirara_speech.view.sound_view import SoundView
from kirara_studio.api.widgets import Button, Label, Segments, plain_tip
from kirara_studio.api.widgets.layouts import column, row

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

translate = QCoreApplication.translate

_MOST = 8
"""Unread parts that are shown, and characters of each."""
_LOW = 460  # pixels of height below which the pictures are hidden


class PhrasePane(QWidget):
    """A :class:`PhraseView` with its title."""

    def __init__(self) -> None:
        super().__init__()
        self.view = PhraseView()
        self.title = Label(size=12, tone="text_soft")
        self.capabilities = Label(size=12, tone="text_soft", elide=True)
        self.capabilities.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.reset = Button(icon="undo", kind="quiet")
        self.reset.setFixedHeight(26)
        self.reset.clicked.connect(self.view.edits.reset_wanted)
        self.unread = Label(size=12, pill="attention")
        self.unread.hide()
        bar = row(self.title, self.unread, (self.capabilities, 1), self.reset)
        self.setLayout(column(bar, (self.view, 1), spacing=2))
        self.setFocusProxy(self.view)

    def show_line(self, state: LineState) -> None:
        self.capabilities.setText(ways_text(state.capabilities))
        self.capabilities.setToolTip(plain_tip(self.capabilities.text().replace(" · ", "\n")))
        self._show_unread(state.unread)
        self.view.edits.read = state.read
        self.view.show_phrases(
            state.phrases, state.unmodified, state.measured, state.hint, state.capabilities
        )

    def _show_unread(self, parts: tuple[str, ...]) -> None:
        shown = list(dict.fromkeys(part[:_MOST] for part in parts))
        more = " …" if len(shown) > _MOST else ""
        text = translate("speech", "Not read: {0}").format("  ".join(shown[:_MOST]) + more)
        self.unread.setText(text)
        self.unread.setToolTip(
            translate(
                "speech",
                "No voice can read these characters; they are underlined in the line.\n"
                "Write what shall be said instead, or add them to the dictionary.",
            )
        )
        self.unread.setVisible(bool(shown))

    def retranslate(self) -> None:
        self.title.setText(translate("speech", "Accents and pitch (F4)"))
        self.title.setToolTip(
            translate(
                "speech",
                "← → mora · Shift+↑↓ pitch · Shift+←→ length · A accent · D devoice · P pause\n"
                "[ ] length of the pause · J join · S split · Q question · Enter reading · "
                "Del reset",
            )
        )
        text = translate("speech", "Reset the line: as the dictionary reads it (Ctrl+Del)")
        self.reset.setToolTip(plain_tip(text))
        self.reset.setAccessibleName(translate("speech", "Reset the line"))


class Workspace(QWidget):
    """Lines, phrases and sound below each other; the borders between them can be dragged."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.name = Label(size=14, bold=True, elide=True)
        self.add = Button(icon="plus")
        self.from_here = Button(icon="play")
        self.lines = LineList(session)
        self.phrases = PhrasePane()
        self.sound = SoundView()
        self.pages = Segments(["", "", ""])
        self.time = Label(size=12, tone="text_soft")
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self._bottom = QWidget()
        self._assemble()
        self.pages.chosen.connect(self.sound.show_page)

    def _assemble(self) -> None:
        top, bar = QWidget(), row((self.name, 1), self.add, self.from_here)
        top.setLayout(column(bar, (self.lines, 1), spacing=6, margins=(0, 0, 0, 4)))
        tools = row(self.pages, None, self.time)
        below = column(tools, (self.sound, 1), spacing=6, margins=(0, 2, 0, 0))
        self._bottom.setLayout(below)
        for widget, stretch in ((top, 5), (self.phrases, 3), (self._bottom, 3)):
            self.splitter.addWidget(widget)
            self.splitter.setStretchFactor(self.splitter.count() - 1, stretch)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(6)
        self.splitter.setSizes([260, 230, 200])
        self.setLayout(column(self.splitter))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Lines and phrases need their height; the pictures are hidden first.
        self._bottom.setVisible(self.height() >= _LOW)

    def show_name(self, title: str, path: Path | None, *, unsaved: bool) -> None:
        self.name.setText(f"{title} •" if unsaved else title)
        tip = translate("speech", "Not saved yet (Ctrl+S)") if unsaved else str(path or "")
        self.name.setToolTip(plain_tip(tip))

    def show_line(self, state: LineState, *, playing: bool) -> None:
        """Show the line in front; the time does not change while something is ``playing``."""
        self.phrases.show_line(state)
        self.sound.show_spoken(
            state.spoken, translate("speech", "Play the line to see its sound here.")
        )
        if not playing:
            seconds = 0.0 if state.spoken is None else state.spoken.seconds
            text = f"{seconds:.1f} s" if seconds else ""
            changed = translate("speech", "Changed since")
            self.time.setText(f"{changed} · {text}" if text and state.stale else text)

    def show_cursor(self, spoken: Spoken | None, sample: int | None) -> None:
        """Mark the sample that is played; None removes the mark."""
        self.sound.set_cursor(sample)
        heard = None
        if sample is not None and spoken is not None:
            now, total = min(sample, spoken.samples) / SAMPLE_RATE, spoken.seconds
            self.time.setText(f"{now:.1f} / {total:.1f} s")
            heard = spoken.mora_at(sample)
        mora, share = heard or (None, 0.0)
        self.phrases.view.set_cursor(None if mora is None else (mora.phrase, mora.mora), share)

    def retranslate(self) -> None:
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
