"""The available voices: those on the disk, and those of running engines."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kirara_speech.engines.voicevox import VOICEVOX_ID
from kirara_speech.jobs import EngineRequest, engine_job, terms_job
from kirara_speech.project.script import Line
from kirara_speech.project.voicevox_project import StyleKey, referenced_style
from kirara_speech.settings import engine_addresses
from kirara_speech.speaking.capabilities import NOT, capabilities_of
from kirara_speech.speaking.voices import Voice, available_voices, find_voice
from kirara_studio.api.errors import UserError
from kirara_studio.api.model_library import each_once
from kirara_studio.api.panel import PanelContext

translate = QCoreApplication.translate

_COLORS = (
    "#C2416F", "#2B7A72", "#5560B5", "#8A5A00", "#7B4FA3", "#A8403C", "#3D7039", "#2C6A9E",
)  # fmt: skip
"""White letters are readable on each, in both themes."""


@dataclass(frozen=True)
class VoiceLook:
    """A voice's full ``title``, a ``short`` one for the rows, and its ``color``."""

    title: str
    short: str
    color: str


class VoiceLibrary(QObject):
    """The available voices; ``changed`` when they change, or more is known of one."""

    changed = Signal()

    def __init__(self, context: PanelContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.own: list[Voice] = []
        self.engines: list[Voice] = []
        self._capabilities: dict[str, Mapping[str, str]] = {}
        self._terms: dict[str, str] = {}
        self._report = each_once(context.show_error)
        self.refresh()

    @property
    def all(self) -> list[Voice]:
        return [*self.own, *self.engines]

    def refresh(self) -> None:
        found = available_voices(self._context.data_folder, report=self._report)
        if found != self.own:
            self.own = found
            self._capabilities.clear()
            self.changed.emit()

    def look_for_engines(self) -> None:
        """Look for running engines, in a thread."""
        self._context.jobs.submit_io(
            "engines",
            engine_job,
            EngineRequest(engine_addresses(self._context.settings)),
            on_result=self._on_engines,
            on_error=lambda _: None,  # reported when a line needs one
        )

    def _on_engines(self, found: list[Voice]) -> None:
        if found != self.engines:
            self.engines = found
            self._capabilities.clear()
            self.changed.emit()

    def find(self, name: str) -> Voice | None:
        """The voice of that name; an empty name means the default voice."""
        if not name:
            return find_voice()
        style = referenced_style(name)
        if style is not None:
            name = self.styles.get(style, name)
        return next((voice for voice in self.all if voice.name == name), None)

    def look(self, name: str) -> VoiceLook:
        voice = self.find(name)
        if voice is not None:
            return look_of(voice)
        title, style = name, referenced_style(name)
        if style is not None:
            engine = "VOICEVOX" if style[0] == VOICEVOX_ID else style[0][:8]
            title = translate("speech", "Style {0} of {1}").format(style[1], engine)
        return VoiceLook(title, title, "#77707C")

    @property
    def styles(self) -> dict[StyleKey, str]:
        """The names of engines' voices by engine and style."""
        found: dict[StyleKey, str] = {}
        for voice in self.engines:
            if voice.remote is not None:
                found.setdefault((voice.remote.engine_id, voice.remote.style_id), voice.name)
        return found

    def capabilities(self, voice: Voice) -> Mapping[str, str]:
        """How the voice does each kind of edit; empty if its card cannot be read."""
        if voice.name not in self._capabilities:
            try:
                self._capabilities[voice.name] = capabilities_of(voice)
            except UserError:  # reported when it speaks
                return {}
        return self._capabilities[voice.name]

    def reads_letters(self, voice: Voice) -> bool:
        """True for networks that read Latin letters, without accents."""
        return voice.text2mel is not None and self.capabilities(voice).get("accent") == NOT

    def terms(self, voice: Voice) -> str:
        """The terms of use of an engine's speaker; empty until they arrive."""
        style = voice.remote
        if style is None:
            return ""
        if style.speaker_id not in self._terms:
            self._terms[style.speaker_id] = ""
            self._context.jobs.submit_io(
                f"terms {style.speaker_id}",
                terms_job,
                style,
                on_result=lambda text: self._on_terms(style.speaker_id, text),
                on_error=lambda _: None,
            )
        return self._terms[style.speaker_id]

    def _on_terms(self, speaker: str, text: str) -> None:
        self._terms[speaker] = text.strip()
        self.changed.emit()

    def needed(self, line: Line) -> Voice:
        """The voice of a line. Raises :class:`UserError` if it is gone."""
        voice = self.find(line.voice)
        if voice is None:
            raise UserError(
                "The voice “{voice}” is not here.",
                advice="Choose another one for the line, or start the program that it belongs to.",
                voice=self.look(line.voice).title,
            )
        return voice

    @property
    def groups(self) -> Sequence[tuple[str, Sequence[Voice]]]:
        """The voices by where they come from: "bundled", "yours", "open-jtalk", or an engine."""
        groups: dict[str, list[Voice]] = {"bundled": [], "yours": [], "open-jtalk": []}
        for voice in self.all:
            if voice.remote is not None:
                groups.setdefault(voice.remote.engine, []).append(voice)
            elif voice.is_open_jtalk:
                groups["open-jtalk"].append(voice)
            else:
                groups["bundled" if voice.bundled else "yours"].append(voice)
        return [(name, voices) for name, voices in groups.items() if voices]


def look_of(voice: Voice) -> VoiceLook:
    """The look of a voice."""
    title, short, key = voice.name, voice.name, voice.name
    if voice.is_open_jtalk:
        title, short = "Open JTalk (mei)", "mei"
    elif voice.remote is not None:
        short, key = voice.remote.speaker, voice.remote.speaker_id
    elif voice.card is not None and voice.card.name:
        title = voice.card.name
    return VoiceLook(title, short, _COLORS[zlib.crc32(key.encode()) % len(_COLORS)])
