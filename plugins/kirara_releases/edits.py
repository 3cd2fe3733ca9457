"""Undo: steps that change the marks of an issue, or the list of magazines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QUndoCommand

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.storage.repository import ReleaseRepository
from kirara_releases.storage.store import Mark
from kirara_studio.api.errors import UserError


@dataclass(frozen=True)
class Records:
    """What steps change; ``changed`` is called after each, ``refused`` if it was not possible."""

    repository: ReleaseRepository
    changed: Callable[[], object]
    refused: Callable[[BaseException], object]


class Step(QUndoCommand):
    """A step that is dropped from the stack if it cannot be done."""

    def __init__(self, records: Records, text: str) -> None:
        super().__init__(text)
        self._records = records

    def redo(self) -> None:
        self._try(lambda: self.do(forwards=True))

    def undo(self) -> None:
        self._try(lambda: self.do(forwards=False))

    def do(self, forwards: bool) -> None:
        """Change the records. Raises UserError if they cannot be written."""
        raise NotImplementedError

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except UserError as error:
            self.setObsolete(True)
            self._records.refused(error)
        self._records.changed()


class MarkEdit(Step):
    """Bought or not, and the note, of one issue."""

    def __init__(
        self, records: Records, key: tuple[str, str], before: Mark, after: Mark, text: str
    ) -> None:
        super().__init__(records, text)
        self._key, self._before, self._after = key, before, after

    def do(self, forwards: bool) -> None:
        old, new = (self._before, self._after) if forwards else (self._after, self._before)
        store = self._records.repository.store
        if new.bought != old.bought:
            store.set_bought(*self._key, new.bought)
        if new.note != old.note:
            store.set_note(*self._key, new.note)


class CatalogueEdit(Step):
    """From one list of magazines to another.

    Only the differences between the two are written, so changes that were made meanwhile in the
    file or on the command line survive an undo.
    """

    def __init__(
        self, records: Records, before: Sequence[Magazine], after: Sequence[Magazine], text: str
    ) -> None:
        super().__init__(records, text)
        self._before, self._after = tuple(before), tuple(after)

    def do(self, forwards: bool) -> None:
        old, new = (self._before, self._after) if forwards else (self._after, self._before)
        catalogue = self._records.repository.catalogue
        catalogue.replace_all(merged(catalogue.magazines, old, new))


def merged(
    current: Sequence[Magazine], old: Sequence[Magazine], new: Sequence[Magazine]
) -> list[Magazine]:
    """``current``, changed as ``old`` became ``new``."""
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
