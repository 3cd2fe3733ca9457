"""The menus of the panel and of its lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu

from kirara_speech.view.voice_menu import voice_menu

if TYPE_CHECKING:
    from kirara_speech.panel import SpeechPanel

translate = QCoreApplication.translate

Entries = list[tuple[str, str, Callable[[], object]] | None]


def line_menu(panel: SpeechPanel) -> QMenu:
    """What can be done with the selected lines."""
    menu = QMenu(panel)
    menu.aboutToHide.connect(menu.deleteLater)
    lines, changes = panel.desk.lines, panel.changes
    _fill(menu, [
        (translate("speech", "Play"), "Space", lambda: panel.hearing.play(lines.row)),
        (translate("speech", "Play from here"), "Shift+Space",
         lambda: panel.hearing.play(lines.row, onwards=True)),
        None,
    ])  # fmt: skip
    voices = voice_menu(panel.voices, panel.script.line.voice, changes.set_voice, menu)
    voices.aboutToHide.disconnect()  # it lives as long as this menu
    voices.setTitle(translate("speech", "Voice"))
    menu.addMenu(voices)
    _fill(menu, [
        None,
        (translate("speech", "Duplicate"), "Ctrl+D", changes.duplicate),
        (translate("speech", "Move up"), "Alt+↑", lambda: lines.move_chosen(-1)),
        (translate("speech", "Move down"), "Alt+↓", lambda: lines.move_chosen(1)),
        (translate("speech", "Copy the texts"), "Ctrl+C", lambda: changes.copy(lines.chosen)),
        (translate("speech", "Paste as lines"), "Ctrl+V", changes.paste_below),
        (translate("speech", "Remove"), "Del", lambda: changes.remove(lines.chosen)),
        None,
        (translate("speech", "Reset the readings"), "", changes.reset_phrases),
        (translate("speech", "Save as sound…"), "Ctrl+E", panel.exports.ask),
    ])  # fmt: skip
    return menu


def more_menu(panel: SpeechPanel) -> QMenu:
    """Projects, and what is seldom needed."""
    menu = QMenu(panel)
    menu.aboutToHide.connect(menu.deleteLater)
    files = panel.files
    _fill(menu, [
        (translate("speech", "New project"), "Ctrl+N", files.new),
        (translate("speech", "Open…"), "Ctrl+O", files.ask_open),
    ])  # fmt: skip
    recent = menu.addMenu(translate("speech", "Recent"))
    for path in files.recent:
        recent.addAction(path.stem).triggered.connect(lambda _=False, p=path: files.open(p))
    recent.setEnabled(bool(files.recent))
    _fill(menu, [
        (translate("speech", "Save"), "Ctrl+S", files.save),
        (translate("speech", "Save as…"), "Ctrl+Shift+S", files.ask_save_as),
        None,
        (translate("speech", "Dictionary…"), "", panel.teaching.open),
        (translate("speech", "Import a voice…"), "", files.ask_voice),
    ])  # fmt: skip
    return menu


def _fill(menu: QMenu, entries: Entries) -> None:
    for entry in entries:
        if entry is None:
            menu.addSeparator()
            continue
        text, keys, function = entry
        # Behind a tab, Qt shows keys; the panel's own shortcuts listen to them.
        menu.addAction(f"{text}\t{keys}" if keys else text).triggered.connect(
            lambda _=False, f=function: f()
        )
