"""Edits of the script, each a step of undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kirara_speech.project.script import Line, Script, new_key
from kirara_speech.reading.phrases import Phrases
from kirara_speech.readings import Readings
from kirara_speech.speaking.prosody import Prosody
from kirara_studio.api.widgets import Document

translate = QCoreApplication.translate


class ScriptEdits(QObject):
    """Edits of lines, or of all selected ones.

    :attr:`writing` carries the new position of the cursor in the line in front; -1 is its end.
    """

    writing = Signal(int)

    def __init__(
        self, document: Document[Script], readings: Readings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._readings = document, readings

    @property
    def _script(self) -> Script:
        return self._document.settled_value

    def _edit_selected(self, change: Callable[[Line], Line], text: str, kind: str = "") -> None:
        self._document.edit(self._script.changed(self._script.rows, change), text, kind)

    # Texts

    def type(self, row: int, text: str) -> None:
        line = self._script.lines[row]
        script = self._script.changed([row], lambda old: replace(old, text=text))
        self._document.edit(script, translate("speech", "Typing"), f"text {line.key}")

    def add_line(self) -> None:
        """Add an empty line below the one in front, with its voice, and focus it."""
        row = self._script.row
        script = self._script.inserted(row + 1, [self._like(row)])
        self._document.edit(script, translate("speech", "New line"))
        self.writing.emit(-1)

    def split(self, row: int, before: str, after: str) -> None:
        """Enter: the text after the cursor goes into a new line below."""
        script = self._script.changed([row], lambda old: replace(old, text=before.rstrip()))
        script = script.inserted(row + 1, [replace(self._like(row), text=after.lstrip())])
        self._document.edit(script, translate("speech", "New line"))
        self.writing.emit(0)

    def join(self, row: int) -> None:
        """Backspace at the beginning: the line goes to the end of the one above."""
        above = self._script.lines[row - 1].text
        both = above + self._script.lines[row].text
        script = self._script.at(row - 1).changed([row - 1], lambda old: replace(old, text=both))
        self._document.edit(script.without([row]), translate("speech", "Join the lines"))
        self.writing.emit(len(above))

    def paste(self, row: int, before: str, texts: Sequence[str], after: str) -> None:
        """Several sentences pasted into a line: each gets a line."""
        first, *others = texts
        script = self._script.changed([row], lambda old: replace(old, text=before + first))
        new = [replace(self._like(row), text=text) for text in others]
        new[-1] = replace(new[-1], text=new[-1].text + after)
        self._document.edit(script.inserted(row + 1, new), translate("speech", "Paste"))
        self.writing.emit(len(new[-1].text) - len(after))

    def add_texts(self, texts: Sequence[str]) -> None:
        new = [replace(self._like(self._script.row), text=text) for text in texts]
        self.add_lines(new, translate("speech", "Paste"))

    def add_lines(self, lines: Sequence[Line], text: str) -> None:
        """Add lines below the one in front; if that is empty, they replace it."""
        row = self._script.row
        script = self._script.inserted(row + 1, lines)
        if lines and self._script.line.empty:
            script = script.without([row])
        self._document.edit(script, text)

    # Lines

    def remove(self, rows: Sequence[int]) -> None:
        self._document.edit(self._script.without(rows), translate("speech", "Remove"))

    def duplicate(self) -> None:
        rows = self._script.rows
        below, last = rows[-1] + 1, rows[-1] + len(rows)
        new = [replace(self._script.lines[row], key=new_key()) for row in rows]
        script = self._script.inserted(below, new).selecting(range(below, last + 1), last)
        self._document.edit(script, translate("speech", "Duplicate"))

    def move(self, rows: Sequence[int], target: int) -> None:
        self._document.edit(self._script.moved(rows, target), translate("speech", "Reorder"))

    # How they are spoken

    def set_voice(self, name: str) -> None:
        self._edit_selected(lambda line: replace(line, voice=name), translate("speech", "Voice"))

    def set_value(self, name: str, value: float, text: str) -> None:
        """Change one value of the selected lines' prosody; ``text`` names the step."""
        self._edit_selected(
            lambda line: replace(line, prosody=replace(line.prosody, **{name: value})),
            text,
            f"prosody {name}",
        )

    def set_prosody(self, prosody: Prosody, voice: str | None, text: str) -> None:
        """Change the selected lines' prosody, and their voice unless it is None."""

        def changed(line: Line) -> Line:
            return replace(line, prosody=prosody, voice=line.voice if voice is None else voice)

        self._edit_selected(changed, text)

    # Phrases of the line in front

    def preview_phrases(self, phrases: Phrases) -> None:
        """Show another reading of the line in front during a drag."""
        self._document.preview(self._with_phrases(phrases))

    def set_phrases(self, phrases: Phrases, text: str, kind: str = "") -> None:
        kind = f"{kind} {self._script.line.key}" if kind else ""
        self._document.edit(self._with_phrases(phrases), text, kind)

    def reset_phrases(self) -> None:
        """Read the selected lines as the dictionary does."""
        self._edit_selected(lambda line: line.edited(None), translate("speech", "Reset the line"))

    def _with_phrases(self, phrases: Phrases) -> Script:
        known = self._readings.known.get(self._script.line.text)
        wanted = None if phrases == known else phrases  # all edits were taken back
        return self._script.changed([self._script.row], lambda old: old.edited(wanted))

    def _like(self, row: int) -> Line:
        line = self._script.lines[row]
        return Line("", line.voice, line.prosody)
