"""The readings of lines: by the dictionary, in a thread, each text once, with the user's edits."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kirara_speech.jobs import ReadRequest, read_job
from kirara_speech.project.script import Line
from kirara_speech.reading.japanese import Reading
from kirara_speech.reading.merge_edits import merge_edits
from kirara_speech.reading.phrases import Phrases
from kirara_speech.reading.traced_text import Span
from kirara_studio.api.jobs import Jobs

_KEPT = 2_000  # texts


class Readings(QObject):
    """The readings by their texts, :attr:`known`; ``read`` carries the text of each new one.

    :attr:`unread` has the characters that no voice can read, of texts that have any.
    """

    read = Signal(str)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._folder = jobs, folder
        self.known: dict[str, Phrases] = {}
        self.unread: dict[str, tuple[Span, ...]] = {}
        self._wanted: set[str] = set()

    def phrases_of(self, line: Line) -> Phrases | None:
        """The reading of a line with the user's edits; None while it is being read."""
        if line.phrases is not None and line.read == line.text:
            return line.phrases
        fresh = self.known.get(line.text)
        if fresh is None:
            self.want(line.text)
            return None
        if line.phrases is None:
            return fresh
        before = self.known.get(line.read)
        if before is None:
            self.want(line.read)
            return None
        return merge_edits(line.phrases, fresh, before)

    def want(self, text: str) -> None:
        """Read a text, unless it is known or being read."""
        if text in self.known or text in self._wanted:
            return
        self._wanted.add(text)
        self._jobs.submit_io(
            f"read {text}",
            read_job,
            ReadRequest(text, self._folder),
            on_result=lambda reading: self._on_read(text, reading),
            on_error=lambda error: self._on_error(text, error),
        )

    def forget(self) -> None:
        """Read everything again: the dictionary has changed."""
        self.known.clear()
        self.unread.clear()
        self._wanted.clear()

    def _on_read(self, text: str, reading: Reading) -> None:
        if text not in self._wanted:  # of an older dictionary
            return
        self._wanted.discard(text)
        while len(self.known) >= _KEPT:
            oldest = next(iter(self.known))
            del self.known[oldest]
            self.unread.pop(oldest, None)
        self.known[text] = reading.phrases
        if reading.unread:
            self.unread[text] = reading.unread
        self.read.emit(text)

    def _on_error(self, text: str, error: BaseException) -> None:
        self._wanted.discard(text)
        self.failed.emit(error)
