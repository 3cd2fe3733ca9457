"""Speaks lines: computed in the engine, heard while they are computed, kept to be heard again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from kirara_speech.speaking.pieces import Piece, SpeakRequest, give_pieces
from kirara_speech.speaking.spoken import Spoken, SpokenStore
from kirara_speech.view.qt_player import QtPlayer
from kirara_studio.api.jobs import Cancelled, JobHandle, Jobs


@dataclass(frozen=True)
class Asked:
    """What is to be spoken: the key of its line, the request, and from which sample on."""

    key: str
    request: SpeakRequest
    start: int = 0


Following = Callable[[str], "Asked | None"]


class Speaker(QObject):
    """One line at a time is heard; the next one is computed meanwhile.

    ``began`` and ``ended`` bring the key of a line; ``grew`` its key and what there is of it,
    also where nothing is heard; ``moved`` its key and the sample that is heard. ``idle``: nothing
    is heard or computed any more. ``failed`` brings an error.
    """

    began = Signal(str)
    grew = Signal(str, object)
    moved = Signal(str, int)
    ended = Signal(str)
    idle = Signal()
    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = SpokenStore()
        self.player = QtPlayer(self)
        self._jobs = jobs
        self._asked: Asked | None = None
        self._following: Following = lambda key: None
        self._pushed = 0  # pieces
        self._mute = False  # there is nothing to hear it with
        self._running: dict[int, tuple[Spoken, JobHandle, str]] = {}
        self._number = 0
        self.player.moved.connect(self._on_moved)
        self.player.ended.connect(self._on_ended)
        self.player.failed.connect(self._on_problem)

    @property
    def key(self) -> str:
        """The key of the line that is heard, or computed to be; empty where none is."""
        return "" if self._asked is None else self._asked.key

    def play(self, asked: Asked, following: Following | None = None) -> None:
        """Let a line be heard, and then the one that ``following`` says, given a key."""
        self._asked, self._following = asked, following or (lambda key: None)
        self._mute = False
        self._begin()

    def stop(self) -> None:
        """Be quiet, and compute nothing more."""
        self.player.stop()
        self._cancel(but=None)
        if self._asked is not None:
            key, self._asked = self._asked.key, None
            self.ended.emit(key)
            self.idle.emit()

    def prepare(self, asked: Asked) -> None:
        """Compute a line that will be wanted soon, unless it is there."""
        if self.store.get(asked.request) is None:
            self._compute(asked)

    def forget(self) -> None:
        """Forget what was spoken, since voices or readings changed."""
        self.stop()
        self.store.clear()

    def _begin(self) -> None:
        asked = self._asked
        assert asked is not None
        spoken = self.store.get(asked.request)
        self._cancel(but=spoken)
        self._pushed = 0
        self.player.start()
        if spoken is None:
            spoken = self._compute(asked)
        self.began.emit(asked.key)
        self._push(spoken)

    def _compute(self, asked: Asked) -> Spoken:
        spoken = self.store.begin(asked.request)
        self._number += 1
        number = self._number
        handle = self._jobs.submit(
            f"speak {number}",
            give_pieces,
            asked.request,
            on_part=lambda piece: self._on_piece(number, piece),
            on_result=lambda _: self._on_complete(number),
            on_error=lambda error: self._on_error(number, error),
        )
        self._running[number] = (spoken, handle, asked.key)
        return spoken

    def _cancel(self, but: Spoken | None) -> None:
        """Stop what is being computed; half of a line is of no use to anyone."""
        for number, (spoken, handle, _) in list(self._running.items()):
            if spoken is not but:
                del self._running[number]
                self.store.drop(spoken)
                handle.cancel()

    # What comes from the engine

    def _on_piece(self, number: int, piece: Piece) -> None:
        if number not in self._running:
            return
        spoken, _, key = self._running[number]
        spoken.add(piece)
        self._tell(spoken, key)

    def _on_complete(self, number: int) -> None:
        if number not in self._running:
            return
        spoken, _, key = self._running.pop(number)
        spoken.complete = True
        self._tell(spoken, key)

    def _on_error(self, number: int, error: BaseException) -> None:
        if number not in self._running:
            return
        spoken, _, key = self._running.pop(number)
        self.store.drop(spoken)
        if self._asked is not None and self.store.get(self._asked.request) is None:
            self.stop()
            if not isinstance(error, Cancelled):
                self.failed.emit(error)
        self.grew.emit(key, spoken)

    def _tell(self, spoken: Spoken, key: str) -> None:
        self.grew.emit(key, spoken)
        if self._asked is not None and self.store.get(self._asked.request) is spoken:
            self._push(spoken)

    # What is heard

    def _push(self, spoken: Spoken) -> None:
        asked = self._asked
        assert asked is not None
        if not self._mute:
            before = sum(len(piece.sound) for piece in spoken.pieces[: self._pushed])
            for piece in spoken.pieces[self._pushed :]:
                skipped = max(asked.start - before, 0)
                before += len(piece.sound)
                if skipped < len(piece.sound):
                    self.player.push(piece.sound[skipped:])
        self._pushed = len(spoken.pieces)
        if spoken.complete:
            following = self._following(asked.key)
            if self._mute:
                self._finish()
                return
            self.player.finish()
            if following is not None:
                self.prepare(following)

    def _on_moved(self, samples: int) -> None:
        if self._asked is not None:
            self.moved.emit(self._asked.key, self._asked.start + samples)

    def _on_ended(self) -> None:
        """All of the line was heard."""
        asked = self._asked
        if asked is None or self._mute:
            return
        following = self._following(asked.key)
        if following is None:
            self._finish()
            return
        self.ended.emit(asked.key)
        self._asked = following
        self._begin()

    def _finish(self) -> None:
        asked, self._asked = self._asked, None
        if asked is not None:
            self.ended.emit(asked.key)
            self.idle.emit()

    def _on_problem(self, error: BaseException) -> None:
        """Nothing can be heard; what is being computed is shown all the same."""
        if self._asked is None:
            return
        self._mute = True
        self.failed.emit(error)
        spoken = self.store.get(self._asked.request)
        if spoken is not None and spoken.complete:
            self._finish()
