"""The button "Add" of the panel: its menu, and the dialogs that ask for files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFileDialog, QMenu

from kirara_paintings.pictures.finding import samples_folder
from kirara_studio.api.widgets import Button

translate = QCoreApplication.translate

_NAMES = "*.png *.jpg *.jpeg *.webp *.avif *.gif *.tif *.tiff *.bmp"


class AddButton(Button):
    """:attr:`chosen` carries the paths that the user chose."""

    chosen = Signal(list)
    samples_requested = Signal()
    clear_requested = Signal()

    def __init__(self) -> None:
        super().__init__(icon="plus")
        self.menu = QMenu(self)
        self.set_menu(self.menu)

    def ask_files(self) -> None:
        """Ask for pictures."""
        name, everything = translate("paintings", "Pictures"), translate("paintings", "All files")
        title = translate("paintings", "Add pictures")
        filters = f"{name} ({_NAMES});;{everything} (*)"
        paths, _ = QFileDialog.getOpenFileNames(self.window(), title, "", filters)
        self._choose(*paths)

    def ask_folder(self) -> None:
        """Ask for a folder with pictures."""
        title = translate("paintings", "Folder with pictures")
        self._choose(QFileDialog.getExistingDirectory(self.window(), title))

    def ask_model(self) -> None:
        """Ask for a model file."""
        name, title = translate("paintings", "Models"), translate("paintings", "Import a model")
        path, _ = QFileDialog.getOpenFileName(self.window(), title, "", f"{name} (*.safetensors)")
        self._choose(path)

    def _choose(self, *paths: str) -> None:
        if chosen := [Path(path) for path in paths if path]:  # "" if the user cancelled
            self.chosen.emit(chosen)

    def retranslate(self) -> None:
        """Set the texts again."""
        self.set_content(translate("paintings", "Add"))
        menu = self.menu
        menu.clear()
        menu.addAction(translate("paintings", "Pictures…"), self.ask_files)
        menu.addAction(translate("paintings", "Folder…"), self.ask_folder)
        if samples_folder() is not None:
            menu.addAction(translate("paintings", "Samples"), self.samples_requested.emit)
        menu.addSeparator()
        menu.addAction(translate("paintings", "Clear the gallery"), self.clear_requested.emit)
