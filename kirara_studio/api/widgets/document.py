"""The value a panel works on: shown while it is edited, undone and redone as one step."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

Value = TypeVar("Value")

_TOGETHER = 1.0  # seconds within which edits of the same kind are one step


class Document(QObject, Generic[Value]):
    """One immutable value, such as a frozen dataclass, and its undo history.

    :attr:`shown` is emitted with every new value, also while something is dragged. Widgets
    connect to it. :attr:`settled` is emitted when a value stays: after an edit, undo, redo and
    :meth:`replace`. Computing and saving connect to it.
    """

    shown = Signal(object)
    settled = Signal(object)

    def __init__(
        self, value: Value, undo_stack: QUndoStack | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.undo_stack = undo_stack if undo_stack is not None else QUndoStack(self)
        self._value = self._settled_value = value

    @property
    def value(self) -> Value:
        """The value that is shown now, perhaps a preview."""
        return self._value

    @property
    def settled_value(self) -> Value:
        """The last value that was not a preview: what to save, and what the next edit undoes to."""
        return self._settled_value

    def preview(self, value: Value) -> None:
        """Show ``value`` while something is dragged. It does not become a step."""
        if value != self._value:
            self._value = value
            self.shown.emit(value)

    def edit(self, value: Value, text: str, kind: str = "") -> None:
        """Change to ``value`` as a step called ``text`` that can be undone.

        Edits of the same ``kind`` in quick succession are one step. Returning to the settled value
        ends a preview without a step.
        """
        if value != self._settled_value:
            self.undo_stack.push(_Step(self._settled_value, value, text, self.replace, kind))
        elif value != self._value:
            self.replace(value)

    def replace(self, value: Value) -> None:
        """Change to ``value`` without a step: for what was loaded, or corrected."""
        self._value = self._settled_value = value
        self.shown.emit(value)
        # A slot of `shown` may have replaced the value; only the last one settles.
        if self._settled_value is value:
            self.settled.emit(value)


class _Step(QUndoCommand, Generic[Value]):
    """From one value to another."""

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
        if not isinstance(other, _Step) or not self._kind or other._kind != self._kind:
            return False
        if other._time - self._time > _TOGETHER:
            return False
        self._after, self._time = other._after, other._time
        return True

    def undo(self) -> None:
        self._show(self._before)

    def redo(self) -> None:
        self._show(self._after)
