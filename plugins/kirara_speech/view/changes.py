"""Everything that changes the script, each as a step that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from kirara_speech.project.script import Line, Script, lines_of_text, new_key
from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.speaking.manner import Manner
from kirara_speech.view.manner_section import manner_name, with_part
from kirara_studio.api.widgets.undo import ValueEdit

if TYPE_CHECKING:
    from kirara_speech.panel import SpeechPanel

translate = QCoreApplication.translate

Phrases = tuple[AccentPhrase, ...]


class Changes:
    """Edits of the panel's script; those of several lines are done to all that are selected."""

    def __init__(self, panel: SpeechPanel) -> None:
        self._panel = panel

    @property
    def _script(self) -> Script:
        return self._panel.script

    def edit(self, script: Script, text: str, kind: str = "") -> None:
        """Show another script, as a step."""
        before = self._panel.settled
        if script == before:
            return
        lines, chosen = self._panel.desk.lines, self._panel.desk.lines.chosen

        def show(value: Script) -> None:
            self._panel.show_script(value)
            if value is before:  # undone: what was selected is so again
                lines.choose(chosen)

        self._panel.undo_stack.push(ValueEdit(before, script, text, show, kind))

    def _edit_chosen(self, change: Callable[[Line], Line], text: str, kind: str = "") -> None:
        self.edit(self._script.changed(self._panel.desk.lines.chosen, change), text, kind)

    # Texts

    def type(self, row: int, text: str) -> None:
        """Another text in a line."""
        line = self._script.lines[row]
        script = self._script.changed([row], lambda old: replace(old, text=text))
        self.edit(script, translate("speech", "Typing"), f"text {line.key}")

    def insert(self, row: int, lines: Sequence[Line], text: str = "") -> None:
        """More lines before line ``row``."""
        self.edit(self._script.inserted(row, lines), text or translate("speech", "Insert"))

    def add_line(self) -> None:
        """An empty line below the one in front, as that is spoken, to be written."""
        self.insert(self._script.row + 1, [self._like_current()], translate("speech", "New line"))
        self._panel.desk.lines.write()

    def split(self, row: int, before: str, after: str) -> None:
        """Enter: what is after the cursor goes into a new line below."""
        script = self._script.changed([row], lambda old: replace(old, text=before.rstrip()))
        script = script.inserted(row + 1, [replace(self._like(row), text=after.lstrip())])
        self.edit(script, translate("speech", "New line"))
        self._panel.desk.lines.write(0)

    def join(self, row: int) -> None:
        """Backspace at the beginning: the line goes to the end of the one above."""
        above = self._script.lines[row - 1].text
        both = above + self._script.lines[row].text
        script = self._script.at(row - 1).changed([row - 1], lambda old: replace(old, text=both))
        self.edit(script.without([row]), translate("speech", "Join the lines"))
        self._panel.desk.lines.write(len(above))

    def paste(self, row: int, before: str, texts: Sequence[str], after: str) -> None:
        """Several sentences pasted into a line: each gets a line."""
        first, *others = texts
        script = self._script.changed([row], lambda old: replace(old, text=before + first))
        new = [replace(self._like(row), text=text) for text in others]
        new[-1] = replace(new[-1], text=new[-1].text + after)
        self.edit(script.inserted(row + 1, new), translate("speech", "Paste"))
        self._panel.desk.lines.write(len(new[-1].text) - len(after))

    def paste_below(self) -> None:
        """The clipboard's sentences as lines below those selected."""
        self.add_texts(lines_of_text(QGuiApplication.clipboard().text()))

    def add_texts(self, texts: Sequence[str]) -> None:
        """Texts as lines below the one in front; an empty one there makes room."""
        new = [replace(self._like_current(), text=text) for text in texts]
        self.add_lines(new, translate("speech", "Paste"))

    def add_lines(self, lines: Sequence[Line], text: str) -> None:
        """Lines below the one in front; an empty one there makes room."""
        row = self._script.row
        script = self._script.inserted(row + 1, lines)
        if lines and self._script.line.empty:
            script = script.without([row])
        self.edit(script, text)

    def copy(self, rows: Sequence[int]) -> None:
        """The texts of lines into the clipboard."""
        texts = [self._script.lines[row].text for row in rows]
        QGuiApplication.clipboard().setText("\n".join(texts))

    # Lines

    def remove(self, rows: Sequence[int]) -> None:
        """Lines are taken away."""
        self.edit(self._script.without(rows), translate("speech", "Remove"))

    def duplicate(self) -> None:
        """The selected lines once more, below them."""
        rows = self._panel.desk.lines.chosen
        new = [replace(self._script.lines[row], key=new_key()) for row in rows]
        below = rows[-1] + 1
        self.insert(below, new, translate("speech", "Duplicate"))
        self._panel.desk.lines.choose(range(below, below + len(new)))

    def move(self, rows: Sequence[int], target: int) -> None:
        """Lines go before line ``target``."""
        keys = [self._script.lines[row].key for row in rows]
        self.edit(self._script.moved(rows, target), translate("speech", "Reorder"))
        now = [self._script.row_of(key) for key in keys]
        self._panel.desk.lines.choose([row for row in now if row is not None])

    def set_voice(self, name: str) -> None:
        """The selected lines by another voice."""
        self._edit_chosen(lambda line: replace(line, voice=name), translate("speech", "Voice"))

    # How they are spoken

    def set_part(self, name: str, value: float) -> None:
        """One part of the selected lines' manner."""
        self._edit_chosen(
            lambda line: replace(line, manner=with_part(line.manner, name, value)),
            manner_name(name),
            f"manner {name}",
        )

    def set_manner(self, manner: Manner, voice: str | None = None, text: str = "") -> None:
        """The selected lines' manner, and voice, where one is given."""
        self._edit_chosen(
            lambda line: replace(line, manner=manner, voice=line.voice if voice is None else voice),
            text or translate("speech", "Manner"),
        )

    # Phrases of the line in front

    def set_phrases(self, phrases: Phrases | None, text: str, kind: str = "") -> None:
        """Another reading of the line in front; None: as the dictionary reads it."""
        line = self._script.line
        if phrases == self._panel.readings.known.get(line.text):
            phrases = None  # whatever was changed is taken back
        script = self._script.changed([self._script.row], lambda old: old.edited(phrases))
        self.edit(script, text, f"{kind} {line.key}" if kind else "")

    def reset_phrases(self) -> None:
        """The selected lines as the dictionary reads them."""
        self._edit_chosen(lambda line: line.edited(None), translate("speech", "Reset the line"))

    def _like(self, row: int) -> Line:
        """An empty line that is spoken as line ``row``."""
        line = self._script.lines[row]
        return Line("", line.voice, line.manner)

    def _like_current(self) -> Line:
        return self._like(self._script.row)
