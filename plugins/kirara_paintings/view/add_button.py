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
        paths, _ = QFileDialog.getOpenFileNames(
            self.window(), title, "", f"{name} ({_NAMES});;{everything} (*)"
        )
        if paths:
            self.chosen.emit([Path(path) for path in paths])

    def ask_folder(self) -> None:
        """Ask for a folder with pictures."""
        path = QFileDialog.getExistingDirectory(
            self.window(), translate("paintings", "Folder with pictures")
        )
        if path:
            self.chosen.emit([Path(path)])

    def ask_model(self) -> None:
        """Ask for a model file."""
        name, title = translate("paintings", "Models"), translate("paintings", "Import a model")
        path, _ = QFileDialog.getOpenFileName(self.window(), title, "", f"{name} (*.safetensors)")
        if path:
            self.chosen.emit([Path(path)])

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
