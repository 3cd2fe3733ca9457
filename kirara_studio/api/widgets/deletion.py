"""Files and folders that are deleted, and brought back by undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtGui import QUndoCommand, QUndoStack

from kirara_studio.api.files import TRASH, exists, explain_write_error, free_path
from kirara_studio.api.panel import PanelContext

OnChange = Callable[[Path, bool], object]
"""Called for each path when it is gone (False) or there again (True)."""


def delete_files(
    paths: Sequence[Path],
    folder: Path,
    text: str,
    stack: QUndoStack,
    context: PanelContext,
    on_change: OnChange,
) -> bool:
    """Move ``paths`` into the trash of ``folder``, as a step of ``stack`` called ``text``.

    Returns False, after showing the error, if that is not possible. A file that has been replaced
    meanwhile is not overwritten by undo.
    """
    step = _Deletion(paths, folder, text, context, on_change)
    stack.push(step)
    return step.done


class _Deletion(QUndoCommand):
    def __init__(
        self,
        paths: Sequence[Path],
        folder: Path,
        text: str,
        context: PanelContext,
        on_change: OnChange,
    ) -> None:
        super().__init__(text)
        self._paths, self._trash = list(paths), folder / TRASH
        self._context, self._on_change = context, on_change
        self._kept: list[tuple[Path, Path]] = []

    @property
    def done(self) -> bool:
        """True while the files are deleted."""
        return bool(self._kept)

    def redo(self) -> None:
        moves = [(path, free_path(self._trash, path.stem, path.suffix)) for path in self._paths]
        if self._move(moves):
            self._kept = moves
        else:
            self.setObsolete(True)

    def undo(self) -> None:
        if self._move([(there, back) for back, there in self._kept]):
            self._kept = []
        else:
            self.setObsolete(True)

    def _move(self, moves: Sequence[tuple[Path, Path]]) -> bool:
        """Move all or none; shows the error."""
        moved: list[tuple[Path, Path]] = []
        for source, target in moves:
            try:
                target.parent.mkdir(exist_ok=True)
                if exists(target):
                    raise FileExistsError(f"there is another “{target.name}”")
                source.rename(target)
            except OSError as error:
                for earlier, now in moved:
                    now.rename(earlier)
                self._context.show_error(explain_write_error(error, target))
                return False
            moved.append((source, target))
        for path in self._paths:
            self._on_change(path, exists(path))
        return True
