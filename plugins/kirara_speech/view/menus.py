"""The menus of the panel: for lines, voices, presets, projects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from kirara_speech.session import Session
from kirara_speech.view.avatar import avatar
from kirara_speech.view.line_list import LineList
from kirara_speech.voice_library import VoiceLibrary, look_of
from kirara_studio.api.widgets import Button, model_title

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Entry:
    """An entry of a menu; ``keys``, as QKeySequence writes them, are shown, not listened to."""

    text: str
    keys: str
    run: Callable[[], object]
    enabled: bool = True
    checked: bool | None = None


def new_menu(parent: QWidget, entries: Iterable[Entry | None] = ()) -> QMenu:
    """A menu that is deleted when it closes; None is a separator."""
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    fill(menu, entries)
    return menu


def fill(menu: QMenu, entries: Iterable[Entry | None]) -> None:
    """Add entries to a menu."""
    for entry in entries:
        if entry is None:
            menu.addSeparator()
            continue
        # Behind a tab, Qt shows keys; the panel's own shortcuts listen to them.
        action = menu.addAction(f"{entry.text}\t{entry.keys}" if entry.keys else entry.text)
        action.setEnabled(entry.enabled)
        if entry.checked is not None:
            action.setCheckable(True)
            action.setChecked(entry.checked)
        action.triggered.connect(lambda _=False, run=entry.run: run())


def line_menu(session: Session, lines: LineList, save_sound: Callable[[], object]) -> QMenu:
    """Commands for the selected lines."""
    edits, playback = session.edits, session.playback
    menu = new_menu(lines, [
        Entry(translate("speech", "Play"), "Space", lambda: playback.play(lines.row)),
        Entry(translate("speech", "Play from here"), "Shift+Space",
              lambda: playback.play(lines.row, onwards=True)),
        None,
    ])  # fmt: skip
    voices = voice_menu(session.voices, session.script.line.voice, edits.set_voice, menu)
    voices.aboutToHide.disconnect()  # it lives as long as this menu
    voices.setTitle(translate("speech", "Voice"))
    menu.addMenu(voices)
    fill(menu, [
        None,
        Entry(translate("speech", "Duplicate"), "Ctrl+D", edits.duplicate),
        Entry(translate("speech", "Move up"), "Alt+↑", lambda: lines.move_chosen(-1)),
        Entry(translate("speech", "Move down"), "Alt+↓", lambda: lines.move_chosen(1)),
        Entry(translate("speech", "Copy the texts"), "Ctrl+C", lines.copy),
        Entry(translate("speech", "Paste as lines"), "Ctrl+V", lines.paste),
        Entry(translate("speech", "Remove"), "Del", lambda: edits.remove(lines.chosen)),
        None,
        Entry(translate("speech", "Reset the readings"), "", edits.reset_phrases),
        Entry(translate("speech", "Save as sound…"), "Ctrl+E", save_sound),
    ])  # fmt: skip
    return menu


def more_menu(
    commands: Mapping[str, Callable[[], object]],
    recent: Sequence[Path],
    open_recent: Callable[[Path], object],
    parent: QWidget,
) -> QMenu:
    """Projects and rarer commands; ``commands`` are those of the panel."""
    menu = new_menu(parent, [
        Entry(translate("speech", "New project"), "Ctrl+N", commands["new_project"]),
        Entry(translate("speech", "Open…"), "Ctrl+O", commands["open_project"]),
    ])  # fmt: skip
    below = menu.addMenu(translate("speech", "Recent"))
    fill(below, (Entry(path.stem, "", partial(open_recent, path)) for path in recent))
    below.setEnabled(bool(recent))
    fill(menu, [
        None,
        Entry(translate("speech", "Dictionary…"), "", commands["dictionary"]),
        Entry(translate("speech", "Import a voice…"), "", commands["import_voice"]),
    ])  # fmt: skip
    return menu


def voice_menu(
    voices: VoiceLibrary,
    current: str,
    choose: Callable[[str], object],
    parent: QWidget,
    actions: QMenu | None = None,
) -> QMenu:
    """A menu of all voices, in groups; ``choose`` gets the name of the chosen one.

    ``actions`` is what can be done with the ``current`` one, if it has networks.
    """
    menu, chosen = new_menu(parent), voices.find(current)
    for group, members in voices.groups:
        menu.addSeparator()
        menu.addAction(group_name(group)).setEnabled(False)
        speakers = Counter(voice.remote.speaker for voice in members if voice.remote is not None)
        below: dict[str, QMenu] = {}
        for voice in members:
            look, place = look_of(voice), menu
            title = model_title(look.title, voice.card)
            if voice.remote is not None and speakers[voice.remote.speaker] > 1:
                speaker, title = voice.remote.speaker, voice.remote.style
                if speaker not in below:
                    below[speaker] = menu.addMenu(QIcon(avatar(look, parent)), speaker)
                place = below[speaker]
            action = place.addAction(QIcon(avatar(look, parent)), title)
            if chosen is not None and voice.name == chosen.name:
                face = action.font()
                face.setBold(True)  # the badge is where a tick would be
                action.setFont(face)
            action.triggered.connect(lambda _=False, name=voice.name: choose(name))
    if actions is not None:
        menu.addSeparator()
        actions.setTitle(translate("speech", "This voice"))
        menu.addMenu(actions).setEnabled(chosen is not None and chosen.model is not None)
    return menu


def group_name(group: str) -> str:
    """The title of a group of voices; that of an engine is the engine's own name."""
    return {
        "bundled": translate("speech", "With the studio"),
        "yours": translate("speech", "Yours"),
        "open-jtalk": translate("speech", "Always there"),
    }.get(group, group)


class PresetsButton(Button):
    """Applies, saves, renames and deletes presets: voices and prosody under a name."""

    def __init__(self, session: Session) -> None:
        super().__init__(icon="sparkle")
        self._session = session
        self.clicked.connect(
            lambda: self.make_menu().popup(self.mapToGlobal(self.rect().bottomLeft()))
        )

    def make_menu(self) -> QMenu:
        session, presets = self._session, self._session.presets.all()
        entries: list[Entry | None] = [
            Entry(name, "", partial(session.apply_preset, name, preset))
            for name, preset in presets.items()
        ]
        save = Entry(translate("speech", "Save as a preset…"), "", self._ask_save)
        menu = new_menu(self, [*entries, *([None] if presets else []), save])
        for title, change in (
            (translate("speech", "Rename"), self._ask_rename),
            (translate("speech", "Delete"), session.remove_preset),
        ):
            below = menu.addMenu(title)
            below.setEnabled(bool(presets))
            fill(below, (Entry(name, "", partial(change, name)) for name in presets))
        return menu

    def _ask_save(self) -> None:
        name, accepted = QInputDialog.getText(
            self, translate("speech", "Save as a preset"), translate("speech", "Name")
        )
        if accepted:
            self._session.save_preset(name)

    def _ask_rename(self, old: str) -> None:
        name, accepted = QInputDialog.getText(
            self, translate("speech", "Rename"), translate("speech", "Name"), text=old
        )
        if accepted:
            self._session.rename_preset(old, name)

    def retranslate(self) -> None:
        self.set_content(translate("speech", "Presets"))
        self.setToolTip(
            translate("speech", "A voice and a speaking style under a name, for the selected lines")
        )
