"""The Speech panel: lines of text, how they are read, and what they sound like."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QPoint, QTimer
from PySide6.QtGui import QHideEvent, QShortcut, QShowEvent

from kirara_speech.actions import arrived
from kirara_speech.project.script import Line, Script
from kirara_speech.view.changes import Changes
from kirara_speech.view.desk import Desk
from kirara_speech.view.exports import Exports
from kirara_speech.view.files import Files
from kirara_speech.view.hearing import Hearing
from kirara_speech.view.manner_section import MannerSection
from kirara_speech.view.menus import line_menu, more_menu
from kirara_speech.view.pages import Pages
from kirara_speech.view.presets_menu import PresetsMenu
from kirara_speech.view.readings import Readings
from kirara_speech.view.teaching import Teaching
from kirara_speech.view.voice_menu import voice_menu
from kirara_speech.view.voice_section import VoiceSection
from kirara_speech.view.voices import Voices
from kirara_studio.api.jobs import Cancelled
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Button, PanelWidget, error_words

translate = QCoreApplication.translate

_FIRST = ("こんにちは。", "きららスタジオへようこそ。", "文字を打つと、声になります。")
"""What is there when the panel is opened for the first time."""
_REMEMBERED_AFTER = 1500  # milliseconds


class SpeechPanel(PanelWidget):
    """What the user sees is one :class:`Script`; every edit shows another (:class:`Changes`)."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self.script = Script()
        self.settled = self.script  # the script before what is being dragged now

        self.voices = Voices(context, self)
        self.readings = Readings(context.jobs, context.data_folder, self)
        self.desk = Desk(self.voices.look)
        self.changes = Changes(self)
        self.hearing = Hearing(self)
        self.files = Files(self)
        self.exports = Exports(self)
        self.teaching = Teaching(self)
        self.voice = VoiceSection(self.inspector, self.voices)
        self.presets = PresetsMenu(self)
        self.voice.section.add(self.presets.button)
        self.manner = MannerSection(self.inspector)
        self.voice.add_card(self.inspector)
        self.more = Button(icon="more", kind="quiet")
        self.pages = Pages(self)
        self.shortcuts: list[QShortcut] = []  # of the page for speaking

        self.set_canvas(self.pages.stack)
        self.add_action(self.more)
        self.add_action(self.pages.choice)
        self.add_action(self.exports.button)
        self.setFocusProxy(self.desk.lines)
        self._remember_soon = QTimer(self, singleShot=True, interval=_REMEMBERED_AFTER)
        self._remember_soon.timeout.connect(lambda: context.state.update(self._state()))
        self._connect()
        self.restore_state(context.state)  # first, since whatever is shown is remembered
        self.retranslate()
        arrived(self)

    def _connect(self) -> None:
        lines, phrases, changes = self.desk.lines, self.desk.phrases.view, self.changes
        lines.current_changed.connect(self._on_current)
        lines.selectionModel().selectionChanged.connect(lambda *_: self._show_inspector_values())
        lines.typed.connect(changes.type)
        lines.split.connect(changes.split)
        lines.pasted.connect(changes.paste)
        lines.texts_wanted.connect(changes.paste_below)
        lines.joined.connect(changes.join)
        lines.removed.connect(changes.remove)
        lines.moved.connect(changes.move)
        lines.copied.connect(changes.copy)
        lines.taught.connect(self.teaching.ask)
        lines.play_wanted.connect(self._on_play)
        lines.voice_wanted.connect(self.ask_voice)
        lines.menu_wanted.connect(lambda place: line_menu(self).popup(place))
        phrases.edits.changed.connect(changes.set_phrases)
        phrases.edits.changing.connect(phrases.preview)
        phrases.edits.reset_wanted.connect(changes.reset_phrases)
        phrases.edits.failed.connect(
            lambda error: self.context.show_message(str(error_words(error)))
        )
        self.desk.add.clicked.connect(changes.add_line)
        self.desk.from_here.clicked.connect(self.play_onwards)
        self.desk.sound.wanted.connect(
            lambda sample: self.hearing.play(self.script.row, start=sample)
        )
        self.readings.read.connect(lambda _: self._on_read())
        self.readings.failed.connect(self.report)
        self.voices.changed.connect(self._on_voices)
        self.voice.wanted.connect(self._ask_voice_at_button)
        for name, slider in self.manner.sliders.items():
            slider.changed.connect(lambda value, n=name: changes.set_part(n, value))
        self.dropped.connect(self.files.take)
        self.play_pressed.connect(self._on_space)
        self.more.clicked.connect(
            lambda: more_menu(self).popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
        )
        for keys, function in (
            ("Ctrl+Space", self.hearing.toggle),
            ("Shift+Space", self.play_onwards),
            ("Esc", self._on_escape),
            ("Ctrl+L", changes.add_line),
            ("Ctrl+D", changes.duplicate),
            ("F3", self._ask_voice_at_button),
            ("Ctrl+E", self.exports.ask),
            ("Ctrl+N", self.files.new),
            ("Ctrl+O", self.files.ask_open),
            ("Ctrl+S", self.files.save),
            ("Ctrl+Shift+S", self.files.ask_save_as),
            ("F4", self.desk.phrases.view.setFocus),
        ):
            self.shortcuts.append(self.add_shortcut(keys, function))

    # The script

    def show_script(self, script: Script) -> None:
        """Show a script."""
        self.settled = self.script = script
        self.desk.lines.show_script(script)
        self._show_inspector_values()
        self.hearing.show()
        self.show_name()
        self._remember()

    def choose(self, row: int) -> None:
        """Put a line in front, as a click does."""
        self.desk.lines.setCurrentIndex(self.desk.lines.lines.index(row, 0))

    def _on_current(self, row: int) -> None:
        # Which line is in front is no step to undo.
        self.settled = self.script = self.script.at(row)
        self._show_inspector_values()
        self.hearing.show()
        self._remember()

    def _show_inspector_values(self) -> None:
        line = self.script.line
        self.voice.show(line.voice, len(self.desk.lines.chosen) - 1)
        self.manner.show(line.manner)
        self.context.set_status(self.voices.look(line.voice).title)

    def show_name(self) -> None:
        """Say which project is open, and whether it is saved."""
        mark = " •" if self.files.unsaved else ""
        self.desk.name.setText(f"{self.files.title}{mark}")
        tip = translate("speech", "Not saved yet (Ctrl+S)") if mark else str(self.files.path or "")
        self.desk.name.setToolTip(tip)

    def _on_read(self) -> None:
        self.hearing.show()
        self.hearing.try_wanted()
        self.exports.try_waiting()

    def read_anew(self) -> None:
        """The dictionary has changed: what it read is forgotten."""
        self.readings.forget()
        self.hearing.speaker.forget()
        self.hearing.show()

    # Hearing

    def play_onwards(self) -> None:
        """Hear the line in front and all that follow, or stop."""
        if self.hearing.active:
            self.hearing.stop()
        else:
            self.hearing.play(self.script.row, onwards=True)

    def _on_space(self) -> None:
        if self.pages.speaking:
            self.hearing.toggle()

    def _on_play(self, row: int) -> None:
        """The button in a row."""
        if self.hearing.speaker.key == self.script.lines[row].key:
            self.hearing.stop()
        else:
            self.hearing.play(row)

    def _on_escape(self) -> None:
        if self.hearing.active:
            self.hearing.stop()
        else:
            self.desk.lines.setFocus()

    # Voices

    def ask_voice(self, place: QPoint) -> None:
        """Ask for a voice for the selected lines."""
        self.voices.look_for_engines()  # for the next time, where one was started just now
        current = self.script.line.voice
        voice_menu(self.voices, current, self.changes.set_voice, self).popup(place)

    def _ask_voice_at_button(self) -> None:
        button = self.voice.button
        if not button.isVisible():
            self.desk.lines.ask_voice()
            return
        self.ask_voice(button.mapToGlobal(button.rect().bottomLeft()))

    def _on_voices(self) -> None:
        self._show_inspector_values()
        self.desk.lines.viewport().update()
        self.hearing.show()

    def report(self, error: BaseException) -> None:
        """Show an error as a banner; a Stop is none."""
        if not isinstance(error, Cancelled):
            self.context.show_error(error)

    # What is remembered, and language

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.voices.refresh()
        self.voices.look_for_engines()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hearing.stop()

    def save_state(self) -> dict[str, Any]:
        state = {**super().save_state(), **self._state()}
        return state if self.pages.speaking else {**state, "inspector": self.pages.inspector}

    def _state(self) -> dict[str, Any]:
        return {
            "script": self.settled.to_dict(),
            "path": str(self.files.path or ""),
            "name": self.files.name,
            "saved": not self.files.unsaved,
            "sizes": self.desk.splitter.sizes(),
        }

    def _remember(self) -> None:
        """Keep the script in case that the studio ends without a word; not at every key."""
        if not self._remember_soon.isActive():
            self._remember_soon.start()

    def restore_state(self, state: dict[str, Any]) -> None:
        super().restore_state(state)
        path, values = state.get("path"), state.get("script")
        script = Script(tuple(Line(text) for text in _FIRST)).at(0)
        if isinstance(values, dict):
            try:
                script = Script.from_dict(values)
            except (KeyError, TypeError, ValueError, AttributeError):
                path = ""  # of another version; the project's own file is untouched
        known = Path(path) if isinstance(path, str) and path else None
        saved = state.get("saved") is True or not isinstance(values, dict)
        sizes = state.get("sizes")
        if isinstance(sizes, list) and len(sizes) == 3 and all(isinstance(s, int) for s in sizes):
            self.desk.splitter.setSizes(sizes)
        name = state.get("name")
        self.files.restore(script, known, saved, name if isinstance(name, str) else "")

    def retranslate(self) -> None:
        super().retranslate()
        self.set_primary(translate("speech", "Play"), self.hearing.toggle, self.hearing.stop)
        self.pages.retranslate()
        self.primary.setToolTip(
            translate("speech", "Hear the line (Space, and Ctrl+Space while typing)")
        )
        self.set_drop_text(
            translate(
                "speech",
                "Drop a project to open it, a voice to import it, or a text or a sound saved here "
                "for its lines",
            )
        )
        self.more.setToolTip(translate("speech", "Projects, dictionary and more"))
        self.more.setAccessibleName(translate("speech", "More"))
        self.desk.retranslate()
        self.exports.retranslate()
        self.voice.retranslate()
        self.presets.retranslate()
        self.manner.retranslate()
        self.show_script(self.script)
