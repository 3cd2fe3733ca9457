"""Undo for a panel whose edits put one value in the place of another."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtGui import QUndoCommand

Value = TypeVar("Value")

_TOGETHER = 1.0  # seconds within which the same kind of edit is one step


class ValueEdit(QUndoCommand, Generic[Value]):
    """From one value to another. Edits of the same ``kind`` in quick succession are one step."""

    def __init__(
        self,
        before: Value,
        after: Value,
        text: str,
        show: Callable[[Value], None],
        kind: str = "",
    ) -> None:
        super().__init__(text)
        self._before, self._after, self._show = before, after, show
        self._kind = kind
        self._time = time.monotonic()

    def id(self) -> int:
        return 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, ValueEdit) or not self._kind or other._kind != self._kind:
            return False
        if other._time - self._time > _TOGETHER:
            return False
        self._after, self._time = other._after, other._time
        return True

    def undo(self) -> None:
        self._show(self._before)

    def redo(self) -> None:
        self._show(self._after)
