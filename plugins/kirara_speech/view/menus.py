"""The menus of the panel and of its lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QWidget

from kirara_speech.session import Session
from kirara_speech.view.line_list import LineList
from kirara_speech.view.voice_menu import voice_menu

translate = QCoreApplication.translate

Entries = list[tuple[str, str, Callable[[], object]] | None]


def line_menu(session: Session, lines: LineList, save_sound: Callable[[], object]) -> QMenu:
    """What can be done with the selected lines."""
    menu = QMenu(lines)
    menu.aboutToHide.connect(menu.deleteLater)
    edits, playback = session.edits, session.playback
    _fill(menu, [
        (translate("speech", "Play"), "Space", lambda: playback.play(lines.row)),
        (translate("speech", "Play from here"), "Shift+Space",
         lambda: playback.play(lines.row, onwards=True)),
        None,
    ])  # fmt: skip
    voices = voice_menu(session.voices, session.script.line.voice, edits.set_voice, menu)
    voices.aboutToHide.disconnect()  # it lives as long as this menu
    voices.setTitle(translate("speech", "Voice"))
    menu.addMenu(voices)
    _fill(menu, [
        None,
        (translate("speech", "Duplicate"), "Ctrl+D", edits.duplicate),
        (translate("speech", "Move up"), "Alt+↑", lambda: lines.move_chosen(-1)),
        (translate("speech", "Move down"), "Alt+↓", lambda: lines.move_chosen(1)),
        (translate("speech", "Copy the texts"), "Ctrl+C", lines.copy),
        (translate("speech", "Paste as lines"), "Ctrl+V", lines.paste),
        (translate("speech", "Remove"), "Del", lambda: edits.remove(lines.chosen)),
        None,
        (translate("speech", "Reset the readings"), "", edits.reset_phrases),
        (translate("speech", "Save as sound…"), "Ctrl+E", save_sound),
    ])  # fmt: skip
    return menu


def more_menu(
    commands: Mapping[str, Callable[[], object]],
    recent: Sequence[Path],
    open_recent: Callable[[Path], object],
    parent: QWidget,
) -> QMenu:
    """Projects and what is needed less often; ``commands`` are those of the panel."""
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    _fill(menu, [
        (translate("speech", "New project"), "Ctrl+N", commands["new_project"]),
        (translate("speech", "Open…"), "Ctrl+O", commands["open_project"]),
    ])  # fmt: skip
    below = menu.addMenu(translate("speech", "Recent"))
    for path in recent:
        below.addAction(path.stem).triggered.connect(lambda _=False, p=path: open_recent(p))
    below.setEnabled(bool(recent))
    _fill(menu, [
        None,
        (translate("speech", "Dictionary…"), "", commands["dictionary"]),
        (translate("speech", "Import a voice…"), "", commands["import_voice"]),
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
