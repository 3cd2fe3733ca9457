"""The state of the panel, without widgets: a script, its readings, and its sound."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from kirara_speech.open_project import OpenProject
from kirara_speech.playback import PlaybackController, Request
from kirara_speech.project.exporting import ExportChoice, ExportRequest, export_job
from kirara_speech.project.presets import Preset, Presets
from kirara_speech.project.project_file import load_text
from kirara_speech.project.script import Line, Script
from kirara_speech.project.sound_memory import lines_of
from kirara_speech.project.voicevox_project import measured_in
from kirara_speech.reading.phrases import AccentPhrase, Phrases
from kirara_speech.reading.traced_text import Span
from kirara_speech.reading.user_dictionary import UserDictionary
from kirara_speech.readings import Readings
from kirara_speech.script_edits import ScriptEdits
from kirara_speech.sound.saving import SOUND_SUFFIXES, recall
from kirara_speech.speaking.chunks import MeasuredPhrase, SpeakRequest
from kirara_speech.speaking.spoken import PitchContour, Spoken, key_of
from kirara_speech.speaking.voice_import import ImportRequest, holds_voice, import_voice_job
from kirara_speech.voice_library import VoiceLibrary
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_folder
from kirara_studio.api.model_library import ModelFile
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Document, Task

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack

translate = QCoreApplication.translate

_REMEMBERED_AFTER = 1500  # milliseconds
_READ_AHEAD = 3  # lines after the one that is heard


@dataclass(frozen=True)
class LineState:
    """The state of the line in front.

    ``read`` is how the dictionary reads it. ``unmodified`` is the pitch of the voice without the
    user's edits, ``measured`` the spoken one, in semitones around the median, by (phrase, mora).
    ``capabilities`` are the voice's. ``spoken`` is None unless this text was spoken, ``stale`` if
    it would sound different now. ``hint`` replaces missing phrases, ``unread`` are the parts of the
    text that no voice can read.
    """

    phrases: Phrases
    hint: str
    read: Phrases
    unmodified: Mapping[tuple[int, int], float]
    measured: Mapping[tuple[int, int], float]
    capabilities: Mapping[str, str]
    spoken: Spoken | None
    stale: bool
    unread: tuple[str, ...] = ()


class Session(QObject):
    """The document is a :class:`Script`, selection included.

    :attr:`line_changed` is emitted if :meth:`line_state` may have changed without the script,
    :attr:`exported` with the sound files of each export.
    """

    line_changed = Signal()
    exported = Signal(list)

    def __init__(
        self,
        context: PanelContext,
        undo_stack: QUndoStack | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.document = Document(Script(), undo_stack, self)
        self.voices = VoiceLibrary(context, self)
        self.readings = Readings(context.jobs, context.data_folder, self)
        self.edits = ScriptEdits(self.document, self.readings, self)
        self.project = OpenProject(context, self.document, self.voices, self)
        self.playback = PlaybackController(context, self.document, self.request_of, self)
        self.presets = Presets(context.data_folder, context.show_error)
        self.dictionary = UserDictionary(context.data_folder, context.show_error)
        self._exporting = Task(context.jobs, "export", parent=self)
        self._importing = Task(context.jobs, "import", parent=self)
        self._waiting: ExportChoice | None = None  # for readings
        self._remember_soon = QTimer(self, singleShot=True, interval=_REMEMBERED_AFTER)

        self._remember_soon.timeout.connect(lambda: context.state.update(self.project.to_dict()))
        self.document.settled.connect(self._remember)
        self.voices.changed.connect(self.line_changed)
        self.readings.read.connect(self._take_reading)
        self.readings.failed.connect(context.show_error)
        self.project.opened.connect(self.playback.stop)
        self.playback.started.connect(self._follow)
        self.playback.ended.connect(self.line_changed)
        self.playback.grew.connect(self._show_growth)
        for task in (self._exporting, self._importing):
            task.failed.connect(context.show_error)

    @property
    def script(self) -> Script:
        """The script that is shown, perhaps a preview."""
        return self.document.value

    def select(self, rows: Iterable[int], row: int) -> None:
        """Select lines and put ``row`` in front; not a step to undo."""
        script = self.document.settled_value.selecting(rows, row)
        if script != self.document.settled_value:
            self.document.replace(script)

    def _remember(self, _: Script) -> None:
        # The studio may be killed; but not at every key.
        if not self._remember_soon.isActive():
            self._remember_soon.start()

    # The line in front

    def line_state(self) -> LineState:
        """The state of the line in front. Starts reading it if it is not read yet."""
        line = self.script.line
        voice = self.voices.find(line.voice)
        phrases, hint = self._phrases_or_hint(line)
        if line.phrases is not None:  # for a reset
            self.readings.want(line.text)
        spoken = self.playback.last.get(line.key)
        contour = PitchContour((), ())
        if spoken is not None:
            contour = PitchContour(spoken.morae, spoken.request.phrases or ())
        fresh = spoken if spoken is not None and spoken.request.text == line.text else None
        return LineState(
            phrases,
            hint,
            self.readings.known.get(line.text, ()),
            contour.unmodified(phrases),
            contour.unchanged(phrases),
            {} if voice is None or not phrases else self.voices.capabilities(voice),
            fresh,
            fresh is not None and self._is_stale(line, fresh),
            tuple(line.text[start:end].strip() for start, end in self.unread_of(line)),
        )

    def unread_of(self, line: Line) -> tuple[Span, ...]:
        """The characters of a line that cannot be read. Starts reading it if it is not read yet."""
        voice = self.voices.find(line.voice)
        if line.empty or (voice is not None and self.voices.reads_letters(voice)):
            return ()
        self.readings.want(line.text)
        return self.readings.unread.get(line.text, ())

    def _phrases_or_hint(self, line: Line) -> tuple[Phrases, str]:
        if line.empty:
            return (), translate("speech", "The accents of what you write appear here.")
        voice = self.voices.find(line.voice)
        if voice is not None and self.voices.reads_letters(voice):
            return (), translate(
                "speech",
                "This voice reads Latin letters as they are written: "
                "it has no accents or pitches to edit.",
            )
        phrases = self.readings.phrases_of(line)
        if phrases is None:
            return (), translate("speech", "Reading…")
        if not phrases:
            return (), translate("speech", "There is nothing to say in this line.")
        return phrases, ""

    def _is_stale(self, line: Line, spoken: Spoken) -> bool:
        try:
            request = self.request_of(line)
        except UserError:
            return False
        return request is not None and key_of(request) != key_of(spoken.request)

    def request_of(self, line: Line) -> SpeakRequest | None:
        """The request for a line; None until the line is read.

        Raises :class:`UserError` if its voice is gone.
        """
        voice = self.voices.needed(line)
        phrases = None
        if not self.voices.reads_letters(voice):
            phrases = self.readings.phrases_of(line)
            if phrases is None:
                return None
        measured: tuple[MeasuredPhrase | None, ...] = ()
        if voice.remote is not None and phrases is not None:
            style = voice.remote.engine_id, voice.remote.style_id
            measured = measured_in(line, phrases, style)
        folder = self._context.data_folder
        return SpeakRequest(line.text, voice, phrases, line.prosody, folder, measured)

    def _take_reading(self) -> None:
        self.line_changed.emit()
        self.playback.resume()
        self._export_waiting()

    # Playing

    def _follow(self, key: str) -> None:
        """Put the line that is played in front, and read the next ones."""
        row = self.script.row_of(key)
        if row is not None and self.script.current != key:
            self.select([row], row)
        for line in self.script.lines[(row or 0) + 1 :][:_READ_AHEAD]:
            if not line.empty:
                self.readings.phrases_of(line)
        self.line_changed.emit()

    def _show_growth(self, key: str) -> None:
        if key == self.script.line.key:
            self.line_changed.emit()

    # The dictionary

    def reading_of(self, word: str) -> str:
        """The kana of a word if it was read as a line, or an empty text."""
        return "".join(phrase.kana for phrase in self.readings.known.get(word, ()))

    def play_word(self, phrase: AccentPhrase) -> None:
        """Speak a word of the dictionary with the voice of the line in front."""
        line = self.script.line
        try:
            voice = self.voices.needed(line)
        except UserError as error:
            self._context.show_error(error)
            return
        request = SpeakRequest(phrase.kana, voice, (phrase,), line.prosody)
        self.playback.speak(Request("dictionary", request))  # no line has that key

    def read_again(self) -> None:
        """Forget readings and sounds after the dictionary has changed."""
        self.readings.forget()
        self.playback.forget()
        self.line_changed.emit()

    # Presets

    def save_preset(self, name: str) -> None:
        """Save the voice and prosody of the line in front under a name."""
        line = self.script.line
        voice = self.voices.find(line.voice)
        preset = Preset(line.voice if voice is None else voice.name, line.prosody)
        self._try(lambda: self.presets.put(name, preset))

    def rename_preset(self, old: str, new: str) -> None:
        self._try(lambda: self.presets.rename(old, new))

    def remove_preset(self, name: str) -> None:
        self._try(lambda: self.presets.remove(name))

    def apply_preset(self, name: str, preset: Preset) -> None:
        """Apply a preset to the selected lines, without its voice if that is gone."""
        voice = preset.voice if self.voices.find(preset.voice) is not None else None
        text = translate("speech", "Preset “{0}”").format(name)
        self.edits.set_prosody(preset.prosody, voice, text)

    # Files

    def add_files(self, paths: Sequence[Path]) -> None:
        """Import voices, or add the lines of texts and saved sounds below the line in front."""
        voices = [path for path in paths if holds_voice(path)]
        if voices:
            self.import_voice(voices)
            return
        new: list[Line] = []
        for path in paths:
            try:
                new += self._lines_in(path)
            except UserError as error:
                self._context.show_error(error)
        if new:
            self.edits.add_lines(new, translate("speech", "From a file"))

    def _lines_in(self, path: Path) -> list[Line]:
        if path.suffix.lower() in SOUND_SUFFIXES:
            return lines_of(recall(path))
        if is_folder(path):
            raise UserError(
                "“{file}” is a folder.",
                advice="Drop a project, a voice, a text or a sound that was saved here.",
                file=path.name,
            )
        current = self.script.line
        return [Line(line.text, current.voice, current.prosody) for line in load_text(path)]

    def model(self) -> ModelFile | None:
        """The networks of the voice of the line in front; None if it has none."""
        voice = self.voices.find(self.script.line.voice)
        return voice.model if voice is not None else None

    def import_voice(self, paths: Sequence[Path]) -> None:
        """Import networks, or a folder with them, as a voice for the selected lines."""

        def done(name: str) -> None:
            self.use_voice(name)
            text = translate("speech", "The voice “{0}” was imported.")
            self._context.show_message(text.format(name))

        self._importing.start(
            import_voice_job,
            ImportRequest(tuple(paths), self._context.data_folder),
            done,
            title=translate("speech", "Importing a voice"),
        )

    def use_voice(self, name: str) -> None:
        self.voices.refresh()
        self.edits.set_voice(name)

    # Saving sound

    def export(self, choice: ExportChoice) -> None:
        self._waiting = choice
        self._export_waiting()

    def _export_waiting(self) -> None:
        choice = self._waiting
        if choice is None:
            return
        try:
            # This starts the reading of all lines.
            requests = [[self.request_of(line) for line in lines] for lines in choice.lines]
        except UserError as error:
            self._waiting = None
            self._context.show_error(error)
            return
        ready = [tuple(r for r in group if r is not None) for group in requests]
        if any(len(a) < len(b) for a, b in zip(ready, requests, strict=True)):
            return
        self._waiting = None
        title = translate("speech", "Saving sound")
        request = ExportRequest(choice, tuple(ready))
        self._exporting.start(export_job, request, self.exported.emit, title=title)

    def _try(self, change: Callable[[], object]) -> None:
        try:
            change()
        except UserError as error:
            self._context.show_error(error)
