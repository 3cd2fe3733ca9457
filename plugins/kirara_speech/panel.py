"""The Speech panel: its widgets, connected to the session."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from kirara_speech import actions
from kirara_speech.project.script import Script
from kirara_speech.session import Session
from kirara_speech.speech_server import studio_server
from kirara_speech.view import menus
from kirara_speech.view.dialogs import Dialogs
from kirara_speech.view.prosody_section import ProsodySection, value_name
from kirara_speech.view.server_section import ServerSection
from kirara_speech.view.voice_section import VoiceSection
from kirara_speech.view.workspace import Workspace
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import (
    Button,
    ModelActions,
    PanelWidget,
    SaveButton,
    SaveItem,
    Segments,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShortcut, QShowEvent

    from kirara_speech.view.training_section import TrainingSection

translate = QCoreApplication.translate

SPEAK, TRAIN = 0, 1
"""The pages."""


class SpeechPanel(PanelWidget):
    """Lines of text with their readings and sounds, and the training of voices."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self.session = Session(context, self.undo_stack, self)
        self.workspace = Workspace(self.session)
        self.training: TrainingSection | None = None  # made when it is first shown
        self.voice = VoiceSection(self.inspector, self.session.voices)
        self.voice_actions = ModelActions(context, self.undo_stack, self.session.model, self)
        self.presets = menus.PresetsButton(self.session)
        self.prosody = ProsodySection(self.inspector)
        self.more = Button(icon="more", kind="quiet")
        self.pages = Segments(["", ""])
        self.save_button = SaveButton(context)
        self.dialogs = dialogs = Dialogs(context, self.session, self.save_button)
        self._inspector_open = True  # on the page for speaking
        session, playback = self.session, self.session.playback
        self._commands: dict[str, Callable[[], object]] = {
            "play": lambda: playback.play(session.script.row),
            "play_onwards": lambda: playback.play(session.script.row, onwards=True),
            "save_sound": dialogs.ask_export,
            "dictionary": dialogs.open_dictionary,
            "new_project": dialogs.new_project,
            "open_project": dialogs.ask_open,
            "save_project": dialogs.save_project,
            "import_voice": dialogs.ask_voice,
            "train": lambda: None,
        }
        self._shortcuts: list[QShortcut] = []  # of the page for speaking
        self._assemble()
        self._connect_session()
        self._connect_widgets()
        self.restore_state(context.state)
        self.retranslate()
        actions.register(self, self.perform)

    # Construction

    def _assemble(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.workspace)
        self.set_canvas(self._stack)
        self.voice.section.add(self.presets)
        self.voice.add_card(self.inspector)
        settings = self.context.settings
        self.server = ServerSection(self.inspector, studio_server(settings), settings)
        for widget in (self.more, self.pages, self.save_button):
            self.add_action(widget)
        self.setFocusProxy(self.workspace.lines)

    def _connect_session(self) -> None:
        session, playback = self.session, self.session.playback
        session.document.shown.connect(self._show_script)
        session.line_changed.connect(self._show_line)
        session.voices.changed.connect(self._show_voice)
        session.voices.changed.connect(self.workspace.lines.viewport().update)
        session.edits.writing.connect(self.workspace.lines.write)
        session.project.saved.connect(self.save_button.report)
        session.project.saved.connect(lambda _: self._show_name())
        session.exported.connect(self.dialogs.report_export)
        self.server.copied.connect(self.context.show_message)
        playback.busy_changed.connect(self.set_busy)
        playback.started.connect(self.workspace.lines.set_playing)
        playback.moved.connect(self._show_cursor)
        playback.ended.connect(self._hide_cursor)

    def _connect_widgets(self) -> None:
        session, edits, playback = self.session, self.session.edits, self.session.playback
        dialogs = self.dialogs
        lines, phrases = self.workspace.lines, self.workspace.phrases.view.edits
        lines.word_requested.connect(dialogs.open_dictionary)
        lines.voice_wanted.connect(self._ask_voice)
        lines.menu_wanted.connect(
            lambda place: menus.line_menu(session, lines, dialogs.ask_export).popup(place)
        )
        phrases.changed.connect(edits.set_phrases)
        phrases.changing.connect(edits.preview_phrases)
        phrases.reset_wanted.connect(edits.reset_phrases)
        phrases.failed.connect(self.context.show_message)
        self.workspace.add.clicked.connect(edits.add_line)
        self.workspace.from_here.clicked.connect(lambda: playback.toggle(onwards=True))
        self.workspace.sound.wanted.connect(
            lambda sample: playback.play(session.script.row, start=sample)
        )
        self.voice.wanted.connect(self._ask_voice_at_button)
        self.voice_actions.changed.connect(session.voices.refresh)
        for name, slider in self.prosody.sliders.items():
            slider.changed.connect(lambda value, n=name: edits.set_value(n, value, value_name(n)))
        self.pages.chosen.connect(self.show_page)
        self.dropped.connect(dialogs.take)
        self.play_pressed.connect(self._toggle)
        self.more.clicked.connect(lambda: self.make_more_menu().popup(_below(self.more)))
        for keys, function in (
            ("Ctrl+Space", self._toggle),
            ("Shift+Space", lambda: playback.toggle(onwards=True)),
            ("Esc", self._stop_or_leave),
            ("Ctrl+L", edits.add_line),
            ("Ctrl+D", edits.duplicate),
            ("F3", self._ask_voice_at_button),
            ("Ctrl+E", dialogs.ask_export),
            ("Ctrl+N", dialogs.new_project),
            ("Ctrl+O", dialogs.ask_open),
            ("Ctrl+S", dialogs.save_project),
            ("Ctrl+Shift+S", dialogs.save_project_as),
            ("F4", self.workspace.phrases.view.setFocus),
        ):
            self._shortcuts.append(self.add_shortcut(keys, function))

    # From the session

    def _show_script(self, script: Script) -> None:
        self.workspace.lines.show_script(script)
        self._show_voice()
        self._show_line()
        self._show_name()

    def _show_voice(self) -> None:
        script = self.session.script
        self.voice.show(script.line.voice, len(script.rows) - 1)
        self.prosody.show(script.line.prosody)
        self.context.set_status(self.session.voices.look(script.line.voice).title)

    def _show_line(self) -> None:
        playing = bool(self.session.playback.key)
        self.workspace.show_line(self.session.line_state(), playing=playing)

    def _show_cursor(self, key: str, sample: int) -> None:
        if key == self.session.script.line.key:
            self.workspace.show_cursor(self.session.playback.last.get(key), sample)

    def _hide_cursor(self) -> None:
        self.workspace.lines.set_playing("")
        self.workspace.show_cursor(None, None)

    def _show_name(self) -> None:
        project = self.session.project
        self.workspace.show_name(project.title, project.path, unsaved=project.unsaved)

    # Pages and commands

    def perform(self, name: str) -> None:
        self.show_page(TRAIN if name == "train" else SPEAK)
        self._commands[name]()

    def show_page(self, page: int) -> None:
        """Show a page; that for training has no inspector, buttons and shortcuts."""
        training = page == TRAIN
        if training == (self._stack.currentWidget() is not self.workspace):
            return
        self.pages.set_current(page)
        if training:
            self.session.playback.stop()
            self._inspector_open = not self.inspector.isHidden()
        self._stack.setCurrentWidget(self._training_section() if training else self.workspace)
        self.set_inspector_visible(not training and self._inspector_open)
        for widget in (self.inspector_button, self.primary, self.save_button):
            widget.setVisible(not training)
        self.primary.setEnabled(not training)
        for shortcut in self._shortcuts:
            shortcut.setEnabled(not training)

    def _training_section(self) -> TrainingSection:
        if self.training is None:
            from kirara_speech.training_session import TrainingSession
            from kirara_speech.view.training_section import TrainingSection

            task = TrainingSession(self.context, self)
            task.voice_made.connect(self.session.use_voice)
            self.training = TrainingSection(task, self.session.voices, self.undo_stack)
            self.training.progress.player.failed.connect(self.context.show_error)
            self._stack.addWidget(self.training)
        return self.training

    def make_more_menu(self) -> QMenu:
        recent = self.session.project.recent
        return menus.more_menu(self._commands, recent, self.dialogs.open_project, self)

    def _toggle(self) -> None:
        if self.pages.current == SPEAK:
            self.session.playback.toggle()

    def _stop_or_leave(self) -> None:
        if self.session.playback.busy:
            self.session.playback.stop()
        else:
            self.workspace.lines.setFocus()

    def _ask_voice(self, place: QPoint) -> None:
        voices = self.session.voices
        voices.look_for_engines()  # for the next time, if one was started just now
        current, choose = self.session.script.line.voice, self.session.edits.set_voice
        menus.voice_menu(voices, current, choose, self, self.voice_actions.menu).popup(place)

    def _ask_voice_at_button(self) -> None:
        if self.voice.button.isVisible():
            self._ask_voice(_below(self.voice.button))
        else:
            self.workspace.lines.ask_voice()

    # State and language

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.session.voices.refresh()
        self.session.voices.look_for_engines()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.session.playback.stop()

    def save_state(self) -> dict[str, Any]:
        state = {**super().save_state(), **self.session.project.to_dict()}
        state["sizes"] = self.workspace.splitter.sizes()
        if self.pages.current == TRAIN:
            state["inspector"] = self._inspector_open
        return state

    def restore_state(self, state: dict[str, Any]) -> None:
        super().restore_state(state)
        sizes = state.get("sizes")
        if isinstance(sizes, list) and len(sizes) == 3 and all(isinstance(s, int) for s in sizes):
            self.workspace.splitter.setSizes(sizes)
        self.session.project.restore(state)

    def retranslate(self) -> None:
        super().retranslate()
        self.set_primary(translate("speech", "Play"), self._toggle, self.session.playback.stop)
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
        self.pages.set_texts([translate("speech", "Speak"), translate("speech", "Train")])
        self.pages.set_name(translate("speech", "Page"))
        self.more.setToolTip(translate("speech", "Projects, dictionary and more"))
        self.more.setAccessibleName(translate("speech", "More"))
        self.save_button.set_items(self._save_items())
        for part in (self.workspace, self.voice, self.presets, self.prosody, self.server):
            part.retranslate()
        self._show_script(self.session.script)

    def _save_items(self) -> list[SaveItem | None]:
        dialogs, last = self.dialogs, translate("speech", "Project as…")
        return [
            SaveItem(translate("speech", "Lines as sound…"), dialogs.ask_export, shortcut="Ctrl+E"),
            None,
            SaveItem(translate("speech", "Project"), dialogs.save_project, shortcut="Ctrl+S"),
            SaveItem(last, dialogs.save_project_as, shortcut="Ctrl+Shift+S"),
        ]


def _below(widget: QWidget) -> QPoint:
    return widget.mapToGlobal(widget.rect().bottomLeft())
