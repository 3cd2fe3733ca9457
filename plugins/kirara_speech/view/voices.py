"""The voices that the panel offers: those on the disk, and those of engines that answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kirara_speech.how_it_acts import NOT, how_it_acts
from kirara_speech.script import Line
from kirara_speech.view.voice_look import VoiceLook, look_of, look_of_missing
from kirara_speech.voices import Voice, available_voices
from kirara_studio.api.errors import UserError

translate = QCoreApplication.translate


class Voices(QObject):
    """What there is; ``changed`` when there is something else."""

    changed = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self.all: list[Voice] = []
        self._acts: dict[str, Mapping[str, str]] = {}
        self.refresh()

    def refresh(self) -> None:
        """Look for voices anew, after one was made or taken away."""
        found = available_voices(self._folder)
        if found != self.all:
            self.all = found
            self._acts.clear()
            self.changed.emit()

    def find(self, name: str) -> Voice | None:
        """The voice of that name; an empty one means the first that can read."""
        if not name:
            return self.first
        return next((voice for voice in self.all if voice.name == name), None)

    @property
    def first(self) -> Voice:
        """The one that new lines have: the first that can read a text."""
        return next(v for v in self.all if v.text2mel is not None or v.is_open_jtalk)

    def look(self, name: str) -> VoiceLook:
        """How the voice of that name is shown."""
        voice = self.find(name)
        return look_of_missing(name) if voice is None else look_of(voice)

    def acts(self, voice: Voice) -> Mapping[str, str]:
        """By what each kind of change acts with a voice (:mod:`kirara_speech.how_it_acts`)."""
        if voice.name not in self._acts:
            try:
                self._acts[voice.name] = how_it_acts(voice)
            except UserError:  # told when it is to speak
                return {}
        return self._acts[voice.name]

    def reads_letters(self, voice: Voice) -> bool:
        """True for networks that read Latin letters, where there is no accent to change."""
        return voice.text2mel is not None and self.acts(voice).get("accent") == NOT

    def needed(self, line: Line) -> Voice:
        """The voice of a line. Raises :class:`UserError` where it is gone."""
        voice = self.find(line.voice)
        if voice is None:
            raise UserError(
                translate("speech", "The voice “{0}” is not here.").format(line.voice),
                advice=translate(
                    "speech",
                    "Choose another one for the line, or start the program that it belongs to.",
                ),
            )
        return voice

    @property
    def groups(self) -> Sequence[tuple[str, Sequence[Voice]]]:
        """The voices by where they come from: "bundled", "yours", "open-jtalk"."""
        bundled = [v for v in self.all if v.bundled and not v.is_open_jtalk]
        yours = [v for v in self.all if not v.bundled]
        jtalk = [v for v in self.all if v.is_open_jtalk]
        named = (("bundled", bundled), ("yours", yours), ("open-jtalk", jtalk))
        return [(name, voices) for name, voices in named if voices]
