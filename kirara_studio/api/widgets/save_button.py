"""The button "Save" of a panel: its menu, where to save, and what was saved last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from kirara_studio.api.files import free_path
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets.button import Button

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

translate = QCoreApplication.translate


@dataclass(frozen=True)
class SaveItem:
    """An entry of the menu.

    ``note`` is added to the text each time the menu opens, such as the size of the file.
    ``possible`` is asked each time the menu opens. ``shortcut`` is only shown: the panel listens
    to it (:meth:`PanelWidget.add_shortcut`).
    """

    text: str
    save: Callable[[], object]
    possible: Callable[[], bool] = lambda: True
    shortcut: str = ""
    note: Callable[[], str] = lambda: ""


class SaveButton(Button):
    """A button with a menu of what can be saved; :attr:`saved` follows each file."""

    saved = Signal(Path)

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(icon="export", parent=parent)
        self.last_saved: Path | None = None
        self._context = context
        self._items: list[tuple[QAction, SaveItem]] = []
        self.menu = QMenu(self)
        self.set_menu(self.menu)
        self.menu.aboutToShow.connect(self._enable)

    def set_items(self, items: Sequence[SaveItem | None]) -> None:
        """Fill the menu, at the start and after the language changed; None is a separator."""
        self.set_content(translate("widgets", "Save"))
        self.menu.clear()
        self._items = []
        for item in items:
            if item is None:
                self.menu.addSeparator()
                continue
            action = self.menu.addAction(item.text)
            action.triggered.connect(lambda _=False, save=item.save: save())
            action.setShortcut(item.shortcut)
            action.setShortcutVisibleInContextMenu(bool(item.shortcut))
            self._items.append((action, item))

    def ask(
        self, stem: str, suffix: str, filters: str = "", start: Path | None = None
    ) -> Path | None:
        """Ask where to save, starting with a free name in the folder of results; None if cancelled.

        ``start`` is a path to start with instead. The path gets ``suffix`` if the user typed none.
        An empty ``suffix`` means a folder.
        """
        start = start or free_path(self._context.results_folder, stem, suffix)
        title = translate("widgets", "Save")
        name, _ = QFileDialog.getSaveFileName(self.window(), title, str(start), filters)
        if not name:
            return None
        path = Path(name)
        return path if path.suffix or not suffix else path.with_suffix(suffix)

    def report(self, path: Path) -> None:
        """Say that ``path`` was saved, and remember it as :attr:`last_saved`."""
        self.last_saved = path
        self._context.show_message(translate("widgets", "Saved as {0}").format(path))
        self.saved.emit(path)

    def _enable(self) -> None:
        for action, item in self._items:
            action.setEnabled(item.possible())
            action.setText(" · ".join(filter(None, (item.text, item.note()))))
