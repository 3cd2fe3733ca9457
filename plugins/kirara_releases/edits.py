"""Undo: a step changes the marks of an issue, or the list of magazines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtGui import QUndoCommand

from kirara_releases.calendar.magazine import Magazine
from kirara_studio.api.errors import UserError


class Step(QUndoCommand):
    """A change from ``old`` to ``new``; it leaves the stack if it cannot be written.

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


def merged(
    current: Sequence[Magazine], old: Sequence[Magazine], new: Sequence[Magazine]
) -> list[Magazine]:
    """``current``, changed as ``old`` became ``new``.

    Only the differences between the two count, so changes that were made meanwhile in the file or
    on the command line survive an undo.
    """
    was = {magazine.id: magazine for magazine in old}
    becomes = {magazine.id: magazine for magazine in new}
    gone = was.keys() - becomes.keys()
    result = [
        becomes[m.id] if m.id in becomes and becomes[m.id] != was.get(m.id) else m
        for m in current
        if m.id not in gone
    ]
    known = {magazine.id for magazine in result}
    for place, magazine in enumerate(new):
        if magazine.id not in known and magazine.id not in was:
            result.insert(min(place, len(result)), magazine)
    return result
