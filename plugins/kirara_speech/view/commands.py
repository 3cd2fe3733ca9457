"""Undo: every edit of the panel puts one script in the place of another."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from kirara_speech.project.script import Script

_TOGETHER = 1.0  # seconds within which the same kind of edit is one step


class ScriptEdit(QUndoCommand):
    """From one script to another. Edits of the same ``kind`` in quick succession are one step."""

    def __init__(
        self,
        before: Script,
        after: Script,
        text: str,
        show: Callable[[Script], None],
        kind: str = "",
    ) -> None:
        super().__init__(text)
        self._before, self._after, self._show = before, after, show
        self._kind = kind
        self._time = time.monotonic()

    def id(self) -> int:
        return 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, ScriptEdit) or not self._kind or other._kind != self._kind:
            return False
        if other._time - self._time > _TOGETHER:
            return False
        self._after, self._time = other._after, other._time
        return True

    def undo(self) -> None:
        self._show(self._before)

    def redo(self) -> None:
        self._show(self._after)
