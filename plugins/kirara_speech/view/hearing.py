"""What is heard and seen of the lines: playing, the cursor, the pictures, the phrases' melody."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kirara_speech.project.script import Line
from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.speaking.pieces import SpeakRequest
from kirara_speech.speaking.spoken import KEPT, Melody, Spoken, key_of
from kirara_speech.view.speaker import Asked, Speaker
from kirara_studio.api.errors import UserError

if TYPE_CHECKING:
    from kirara_speech.panel import SpeechPanel

translate = QCoreApplication.translate

Phrases = tuple[AccentPhrase, ...]


class Hearing:
    """Plays lines of the panel's script, and shows what was spoken of the one in front."""

    def __init__(self, panel: SpeechPanel) -> None:
        self._panel = panel
        self.speaker = Speaker(panel.context.jobs, panel)
        self.last: OrderedDict[str, Spoken] = OrderedDict()
        """The newest speech of lines, by their keys; the oldest is forgotten where it is much."""
        self._wanted: tuple[str, bool, int] | None = None  # waits for a reading
        self._late = ""  # the key of the line that was to follow, but is not read yet
        speaker = self.speaker
        speaker.began.connect(self._on_began)
        speaker.grew.connect(self._on_grew)
        speaker.moved.connect(self._on_moved)
        speaker.ended.connect(self._on_ended)
        speaker.idle.connect(self._on_idle)
        speaker.failed.connect(panel.report)

    @property
    def active(self) -> bool:
        """True while something is heard, or will be."""
        return bool(self.speaker.key) or self._wanted is not None

    # Playing

    def toggle(self) -> None:
        """Hear the line in front, or stop."""
        if self.active:
            self.stop()
        else:
            self.play(self._panel.script.row)

    def play(self, row: int, *, onwards: bool = False, start: int = 0) -> None:
        """Hear a line, from a sample on; ``onwards``: and all that follow."""
        lines = self._panel.script.lines
        if onwards:
            row = next((i for i in range(row, len(lines)) if not lines[i].empty), row)
        line = lines[row]
        if line.empty:
            self._panel.context.show_message(
                translate("speech", "Write something in the line first.")
            )
            return
        self._panel.set_busy(True)
        self._late = ""
        self._wanted = (line.key, onwards, start)
        self.try_wanted()

    def try_wanted(self) -> None:
        """Go on with what waited for the reading of its line."""
        if self._wanted is None:
            return
        key, onwards, start = self._wanted
        line = self._line(key)
        if line is None:
            self.stop()
            return
        try:
            request = self.request_of(line)
        except UserError as error:
            self.stop()
            self._panel.report(error)
            return
        if request is None:
            return  # its reading will come
        self._wanted = None
        self.speaker.play(Asked(key, request, start), self._following if onwards else None)

    def stop(self) -> None:
        """Be quiet."""
        self._wanted, self._late = None, ""
        self.speaker.stop()
        self._panel.set_busy(False)

    def request_of(self, line: Line) -> SpeakRequest | None:
        """What is asked of the voice of a line; None while its reading is not known yet.

        Raises :class:`UserError` where its voice is gone.
        """
        panel = self._panel
        voice = panel.voices.needed(line)
        phrases = None
        if not panel.voices.reads_letters(voice):
            phrases = panel.readings.phrases_of(line)
            if phrases is None:
                return None
        return SpeakRequest(line.text, voice, phrases, line.manner, panel.context.data_folder)

    def _following(self, key: str) -> Asked | None:
        """The next line that has something to say."""
        row = self._panel.script.row_of(key)
        if row is None:
            return None
        for line in self._panel.script.lines[row + 1 :]:
            if not line.empty:
                try:
                    request = self.request_of(line)
                except UserError as error:
                    self._panel.report(error)
                    return None
                self._late = line.key if request is None else ""
                return None if request is None else Asked(line.key, request)
        return None

    def _line(self, key: str) -> Line | None:
        row = self._panel.script.row_of(key)
        return None if row is None else self._panel.script.lines[row]

    # What comes of it

    def _on_began(self, key: str) -> None:
        panel = self._panel
        panel.set_busy(True)
        panel.desk.lines.set_playing(key)
        row = panel.script.row_of(key)
        if row is not None and panel.script.current != key:
            panel.choose(row)
        # The readings of those that follow are wanted soon.
        for line in panel.script.lines[(row or 0) + 1 :][:3]:
            if not line.empty:
                panel.readings.phrases_of(line)
        self.show()

    def _on_idle(self) -> None:
        self._panel.set_busy(False)
        row = self._panel.script.row_of(self._late) if self._late else None
        if row is not None:
            self.play(row, onwards=True)

    def _on_grew(self, key: str, spoken: Spoken) -> None:
        self.last[key] = spoken
        self.last.move_to_end(key)
        while len(self.last) > 1 and sum(s.samples for s in self.last.values()) > KEPT:
            self.last.popitem(last=False)
        if key == self._panel.script.line.key:
            self.show()

    def _on_moved(self, key: str, sample: int) -> None:
        if key != self._panel.script.line.key:
            return
        desk = self._panel.desk
        spoken = self.last.get(key)
        desk.sound.set_cursor(sample)
        if spoken is not None:
            desk.show_time(min(sample, spoken.samples), spoken.samples)
            heard = spoken.mora_at(sample)
            if heard is None:
                desk.phrases.view.set_cursor(None)
            else:
                mora, share = heard
                desk.phrases.view.set_cursor((mora.phrase, mora.mora), share)

    def _on_ended(self, key: str) -> None:
        desk = self._panel.desk
        desk.lines.set_playing("")
        desk.sound.set_cursor(None)
        desk.phrases.view.set_cursor(None)
        self.show()

    # What is shown

    def show(self) -> None:
        """Show the phrases of the line in front, and what was spoken of it."""
        panel = self._panel
        line, view = panel.script.line, panel.desk.phrases.view
        spoken = self.last.get(line.key)
        voice = panel.voices.find(line.voice)
        phrases, hint = self._phrases_or_hint(line)
        panel.desk.phrases.show_acts(
            {} if voice is None or not phrases else panel.voices.acts(voice)
        )
        melody = Melody((), ())
        if spoken is not None:
            melody = Melody(spoken.morae, spoken.request.phrases or ())
        view.edits.read = panel.readings.known.get(line.text, ())
        if line.phrases is not None:  # what a reset goes back to
            panel.readings.want(line.text)
        view.show_phrases(phrases, melody.base(phrases), melody.still(phrases), hint)
        fresh = spoken is not None and spoken.request.text == line.text
        shown = spoken if fresh else None
        panel.desk.sound.show_spoken(
            shown, translate("speech", "Play the line, and here is what it sounds like.")
        )
        if not self.speaker.key:
            samples = 0 if shown is None else shown.samples
            panel.desk.show_time(None, samples, stale=bool(samples) and self._is_stale(line))

    def _is_stale(self, line: Line) -> bool:
        """Whether a line would sound otherwise than it did."""
        try:
            request = self.request_of(line)
        except UserError:
            return False
        return request is not None and key_of(request) != key_of(self.last[line.key].request)

    def _phrases_or_hint(self, line: Line) -> tuple[Phrases, str]:
        panel = self._panel
        if line.empty:
            return (), translate("speech", "The accents of what you write appear here.")
        voice = panel.voices.find(line.voice)
        if voice is not None and panel.voices.reads_letters(voice):
            return (), translate(
                "speech",
                "This voice reads Latin letters as they are written: "
                "there is no accent or pitch to change.",
            )
        phrases = panel.readings.phrases_of(line)
        if phrases is None:
            return (), translate("speech", "Reading…")
        if not phrases:
            return (), translate("speech", "There is nothing to say in this line.")
        return phrases, ""
