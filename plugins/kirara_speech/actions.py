"""Entries of the command palette: each opens the panel and runs a command of it."""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakMethod

import shiboken6
from PySide6.QtCore import QObject, QTimer

from kirara_studio.api.hooks import Studio

Perform = Callable[[str], object]

_performer: WeakMethod[Perform] | None = None
_waiting = ""  # for the panel


def register(panel: QObject, perform: Perform) -> None:
    """Send actions to ``perform``, a method of ``panel``, also one that came earlier."""
    global _performer, _waiting
    _performer = WeakMethod(perform)
    name, _waiting = _waiting, ""
    if name:
        QTimer.singleShot(0, panel, lambda: perform(name))


def _action(name: str) -> Callable[[Studio], None]:
    def run(studio: Studio) -> None:
        global _waiting
        studio.open_panel("speech")
        perform = None if _performer is None else _performer()
        if perform is not None and shiboken6.isValid(perform.__self__):  # type: ignore[attr-defined]
            perform(name)
        else:
            _waiting = name

    return run


play = _action("play")
play_onwards = _action("play_onwards")
save_sound = _action("save_sound")
dictionary = _action("dictionary")
new_project = _action("new_project")
open_project = _action("open_project")
save_project = _action("save_project")
import_voice = _action("import_voice")
train = _action("train")
