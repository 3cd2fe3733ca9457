"""The voice of the selected lines, with its card."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from kirara_speech.speaking.voices import Voice
from kirara_speech.view.avatar import paint_avatar
from kirara_speech.voice_library import VoiceLibrary, VoiceLook
from kirara_studio.api.text import QT_TRANSLATE_NOOP
from kirara_studio.api.widgets import (
    Inspector,
    Label,
    Section,
    gate_note,
    model_title,
    paint_icon,
    plain_tip,
)
from kirara_studio.api.widgets.button import PlainButton
from kirara_studio.api.widgets.style import RADIUS, color, draw_focus_ring, font

translate = QCoreApplication.translate

TRAINING_DATA = QT_TRANSLATE_NOOP(
    "speech",
    "90 minutes, 1,416 sentences (ITA corpus, Unlicense; ROHAN4600, CC0), and 27 minutes, "
    "603 sentences put together by program, of a synthetic Japanese voice (Kokoro-82M, jf_alpha, "
    "Apache-2.0); 40 held out",
)
"""A text of the bundled voice's card, to be translated."""
_SHOWN = 160  # characters of terms of use; the tooltip has all of them


class VoiceSection(QObject):
    """A button with the voice (``wanted``: a click), and its card, below all other sections."""

    wanted = Signal()

    def __init__(self, inspector: Inspector, voices: VoiceLibrary) -> None:
        super().__init__(inspector)
        self._voices = voices
        self.section = inspector.add_section("")
        self.button = VoiceButton()
        self.section.add(self.button)
        self.about: Section | None = None
        self.card = Label(size=12, tone="text_soft", wrap=True)
        self.button.clicked.connect(self.wanted)

    def add_card(self, inspector: Inspector) -> None:
        self.about = inspector.add_section("")
        self.about.add(self.card)

    def show(self, name: str, others: int) -> None:
        """Show the voice of the line in front; ``others`` more lines are selected."""
        voice = self._voices.find(name)
        look = self._voices.look("" if voice is not None and not name else name)
        title = model_title(look.title, None if voice is None else voice.card)
        self.button.show_voice(replace(look, title=title))
        text, tip = translate("speech", "This voice is not here."), ""
        if voice is not None:
            text, tip = card_text(voice), self._voices.terms(voice)
        if tip:
            text += "\n" + translate("speech", "Terms of use: {0}").format(_beginning(tip))
        self.card.setToolTip(plain_tip(tip))
        if others:
            text += "\n" + translate("speech", "Changes go to all {0} selected lines.").format(
                others + 1
            )
        self.card.setText(text)

    def retranslate(self) -> None:
        self.section.set_title(translate("speech", "Voice"))
        if self.about is not None:
            self.about.set_title(translate("speech", "About the voice"))
        self.button.setToolTip(translate("speech", "Choose a voice (F3)"))


def card_text(voice: Voice) -> str:
    """The card of a voice in words: gate, training data, licence, missing networks."""
    if voice.is_open_jtalk:
        return translate(
            "speech", "Open JTalk's voice “mei”, without a network of its own. CC BY 3.0."
        )
    if voice.remote is not None:
        return translate("speech", "A voice of {0}, at {1}").format(
            voice.remote.engine, voice.remote.address
        )
    card = voice.card
    if card is None:
        return ""
    parts = list(filter(None, [gate_note(card)]))
    if card.training_data:
        data = translate("speech", card.training_data)  # that of the studio's voice is translated
        parts.append(translate("speech", "Trained on: {0}").format(data))
    if card.licence:
        parts.append(translate("speech", "Licence: {0}").format(card.licence))
    if voice.text2mel is None:
        parts.append(translate("speech", "It has no Text2Mel, so it cannot read."))
    elif voice.ssrn is None:
        parts.append(translate("speech", "It has no SSRN, so it sounds muffled."))
    return "\n".join(parts)


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


class VoiceButton(PlainButton):
    """A voice's badge and name; a click asks for another one."""

    def __init__(self) -> None:
        super().__init__()
        self._look = VoiceLook("", "", "#77707C")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_voice(self, look: VoiceLook) -> None:
        self._look = look
        self.setText(look.title)
        self.setAccessibleName(translate("speech", "Voice: {0}").format(look.title))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 48)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(QPen(color("line_strong"), 1))
            painter.setBrush(color("hover" if self.underMouse() else "surface"))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
            if self._keyboard.here:
                draw_focus_ring(painter, box)
            paint_avatar(painter, self._look, QRectF(10, 8, 32, 32), self.font())
            painter.setFont(font(self, 14, bold=True))
            painter.setPen(color("text"))
            width = self.width() - 52 - 34
            text = painter.fontMetrics().elidedText(
                self._look.title, Qt.TextElideMode.ElideRight, width
            )
            middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(QRectF(52, 0, width, self.height()), int(middle), text)
            paint_icon(
                painter, "chevron-down", QRectF(self.width() - 30, 17, 14, 14), color("text_soft")
            )
