"""A step of undo that changes something kept on disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QUndoCommand

from kirara_studio.api.errors import UserError


class Step(QUndoCommand):
    """A change from ``old`` to ``new``; it leaves the stack if it cannot be written (version 1.4).

    ``write(old, new)`` changes the records, with the two swapped for an undo. ``done`` is called
    after each, with the UserError that ``write`` raised, or None.
    """

    def __init__(
        self,
        text: str,
        write: Callable[[Any, Any], None],
        old: Any,
        new: Any,
        done: Callable[[UserError | None], None],
    ) -> None:
        super().__init__(text)
        self._write, self._old, self._new, self._done = write, old, new, done

    def redo(self) -> None:
        self._apply(self._old, self._new)

    def undo(self) -> None:
        self._apply(self._new, self._old)

    def _apply(self, old: Any, new: Any) -> None:
        problem = None
        try:
            self._write(old, new)
        except UserError as error:
            self.setObsolete(True)
            problem = error
        self._done(problem)
