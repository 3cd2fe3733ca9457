"""Playback of lines: computed in the engine, played meanwhile, and cached."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kirara_speech.jobs import speak_job
from kirara_speech.project.script import Line, Script
from kirara_speech.qt_player import QtPlayer
from kirara_speech.speaking.chunks import Chunk, SpeakRequest
from kirara_speech.speaking.spoken import KEPT, Spoken, SpokenStore
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Cancelled, JobHandle
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Document

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Request:
    """What to play: the key of its line, the request, and the sample to start from."""

    key: str
    speak: SpeakRequest
    start: int = 0


class PlaybackController(QObject):
    """Plays lines of a script, one at a time; the next one is computed meanwhile.

    :attr:`started` and :attr:`ended` carry the key of a line, :attr:`moved` also the current
    sample. :attr:`grew` carries the key of a line of which more was computed, played or not.
    """

    started = Signal(str)
    moved = Signal(str, int)
    ended = Signal(str)
    grew = Signal(str)
    busy_changed = Signal(bool)

    def __init__(
        self,
        context: PanelContext,
        document: Document[Script],
        request_of: Callable[[Line], SpeakRequest | None],
        parent: QObject | None = None,
    ) -> None:
        """``request_of`` returns None until a line is read, and raises UserError without a voice.

        Call :meth:`resume` after each reading.
        """
        super().__init__(parent)
        self._context, self._document, self._request_of = context, document, request_of
        self.last: OrderedDict[str, Spoken] = OrderedDict()
        """The newest sound of each line, by its key; the oldest are dropped."""
        self._store = SpokenStore()
        self._player = QtPlayer(self)
        self._running: dict[Spoken, tuple[JobHandle, str]] = {}
        self._submitted = 0
        self._current: Request | None = None
        self._onwards = False
        self._pushed = 0  # chunks given to the player
        self._muted = False  # without a sound device
        self._waiting: tuple[str, bool, int] | None = None  # arguments for a line not yet read
        self._late = ""  # the key of a next line that was not read in time
        self._player.moved.connect(self._move)
        self._player.ended.connect(self._end_line)
        self._player.failed.connect(self._mute)

    @property
    def key(self) -> str:
        """The key of the line that is played, or computed to be played; or empty."""
        return "" if self._current is None else self._current.key

    @property
    def busy(self) -> bool:
        """True while a line is played, or will be."""
        return self._current is not None or self._waiting is not None

    # Commands

    def toggle(self, *, onwards: bool = False) -> None:
        """Play the line in front, with ``onwards`` also all that follow, or stop."""
        if self.busy:
            self.stop()
        else:
            self.play(self._script.row, onwards=onwards)

    def toggle_line(self, row: int) -> None:
        if self.key == self._script.lines[row].key:
            self.stop()
        else:
            self.play(row)

    def play(self, row: int, *, onwards: bool = False, start: int = 0) -> None:
        """Play a line from the sample ``start``, and with ``onwards`` all that follow."""
        lines = self._script.lines
        if onwards:
            row = next((i for i in range(row, len(lines)) if not lines[i].empty), row)
        if lines[row].empty:
            self._context.show_message(translate("speech", "Write something in the line first."))
            return
        self._late = ""
        self._waiting = (lines[row].key, onwards, start)
        self.busy_changed.emit(True)
        self.resume()

    def resume(self) -> None:
        """Play the waiting line, if it is read now."""
        if self._waiting is None:
            return
        key, onwards, start = self._waiting
        row = self._script.row_of(key)
        if row is None:
            self.stop()
            return
        try:
            request = self._request_of(self._script.lines[row])
        except UserError as error:
            self.stop()
            self._context.show_error(error)
            return
        if request is not None:
            self._waiting = None
            self.speak(Request(key, request, start), onwards=onwards)

    def speak(self, request: Request, *, onwards: bool = False) -> None:
        """Play a request, also without a line; ``onwards`` as for :meth:`play`."""
        self._onwards, self._muted = onwards, False
        self._begin(request)

    def prepare(self, request: Request) -> Spoken:
        """Compute a request that will be played soon, unless it is cached."""
        return self._store.get(request.speak) or self._compute(request)

    def stop(self) -> None:
        self._waiting, self._late = None, ""
        self._player.stop()
        self._cancel(keep=None)
        self._finish()

    def forget(self) -> None:
        """Stop, and clear the cache: readings changed."""
        self.stop()
        self._store.clear()

    @property
    def _script(self) -> Script:
        return self._document.settled_value

    def _begin(self, request: Request) -> None:
        self._current, self._pushed = request, 0
        self._cancel(keep=self._store.get(request.speak))
        self._player.start()
        spoken = self.prepare(request)
        self.busy_changed.emit(True)
        self.started.emit(request.key)
        self._push(spoken)

    def _following(self) -> Request | None:
        """The next line with a text, if it shall be played and is read."""
        row = self._script.row_of(self.key)
        if row is None or not self._onwards:
            return None
        line = next((line for line in self._script.lines[row + 1 :] if not line.empty), None)
        if line is None:
            return None
        try:
            request = self._request_of(line)
        except UserError as error:
            self._context.show_error(error)
            return None
        self._late = line.key if request is None else ""
        return None if request is None else Request(line.key, request)

    # From the engine

    def _compute(self, request: Request) -> Spoken:
        spoken = self._store.begin(request.speak)
        self._submitted += 1
        handle = self._context.jobs.submit(
            f"speak {self._submitted}",
            speak_job,
            request.speak,
            on_part=lambda chunk: self._add(spoken, chunk),
            on_result=lambda _: self._add(spoken, None),
            on_error=lambda error: self._fail(spoken, error),
        )
        self._running[spoken] = (handle, request.key)
        return spoken

    def _cancel(self, keep: Spoken | None) -> None:
        """Cancel the jobs; half of a line is of no use later."""
        for spoken in [spoken for spoken in self._running if spoken is not keep]:
            handle, _ = self._running.pop(spoken)
            self._store.drop(spoken)
            handle.cancel()

    def _add(self, spoken: Spoken, chunk: Chunk | None) -> None:
        """Take the next chunk; None follows the last one."""
        if spoken not in self._running:
            return
        _, key = self._running[spoken]
        if chunk is None:
            del self._running[spoken]
            spoken.complete = True
        else:
            spoken.add(chunk)
        self._remember(key, spoken)
        if self._current is not None and self._store.get(self._current.speak) is spoken:
            self._push(spoken)

    def _fail(self, spoken: Spoken, error: BaseException) -> None:
        if spoken not in self._running:
            return
        _, key = self._running.pop(spoken)
        self._store.drop(spoken)
        if self._current is not None and self._store.get(self._current.speak) is None:
            self.stop()
            if not isinstance(error, Cancelled):
                self._context.show_error(error)
        self._remember(key, spoken)

    def _remember(self, key: str, spoken: Spoken) -> None:
        self.last[key] = spoken
        self.last.move_to_end(key)
        while len(self.last) > 1 and sum(s.samples for s in self.last.values()) > KEPT:
            self.last.popitem(last=False)
        self.grew.emit(key)

    # To the player

    def _push(self, spoken: Spoken) -> None:
        """Give the player the new chunks of the current line."""
        if self._current is None:
            return
        if not self._muted:
            before = sum(len(chunk.sound) for chunk in spoken.chunks[: self._pushed])
            for chunk in spoken.chunks[self._pushed :]:
                skipped = max(self._current.start - before, 0)
                before += len(chunk.sound)
                if skipped < len(chunk.sound):
                    self._player.push(chunk.sound[skipped:])
        self._pushed = len(spoken.chunks)
        if not spoken.complete:
            return
        if self._muted:
            self._finish()
            return
        self._player.finish()
        following = self._following()
        if following is not None:
            self.prepare(following)

    def _move(self, samples: int) -> None:
        if self._current is not None:
            self.moved.emit(self._current.key, self._current.start + samples)

    def _end_line(self) -> None:
        if self._current is None or self._muted:
            return
        following = self._following()
        if following is None:
            self._finish()
        else:
            self.ended.emit(self._current.key)
            self._begin(following)

    def _finish(self) -> None:
        """End the playback, unless a next line that was late is read by now."""
        current, self._current = self._current, None
        if current is not None:
            self.ended.emit(current.key)
        self.busy_changed.emit(self.busy)
        row = self._script.row_of(self._late) if self._late and not self.busy else None
        if row is not None:
            self.play(row, onwards=True)

    def _mute(self, error: BaseException) -> None:
        """Go on without a sound device: the sound is shown all the same."""
        if self._current is None:
            return
        self._muted = True
        self._context.show_error(error)
        spoken = self._store.get(self._current.speak)
        if spoken is not None and spoken.complete:
            self._finish()
