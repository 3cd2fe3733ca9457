"""The button "Open" of the panel: its menu, and the dialogs that ask for files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFileDialog, QMenu

from kirara_foresight.importing import SUFFIXES
from kirara_foresight.samples import samples
from kirara_foresight.view.welcome import sample_name
from kirara_studio.api.widgets import Button

translate = QCoreApplication.translate

_CLIPS = "*.mp4 *.mkv *.webm *.mov *.avi *.m4v *.mpg *.mpeg *.gif *.webp *.png *.apng *.avif"


class OpenButton(Button):
    """:attr:`chosen` carries the path of a clip or a network that the user chose."""

    chosen = Signal(Path)
    camera_requested = Signal()

    def __init__(self) -> None:
        super().__init__(icon="folder")
        self.menu = QMenu(self)
        self.set_menu(self.menu)

    def ask_file(self) -> None:
        """Ask for a video or an animation."""
        name = translate("foresight", "Videos and animations")
        everything = translate("foresight", "All files")
        self._ask(translate("foresight", "Open a clip"), f"{name} ({_CLIPS});;{everything} (*)")

    def ask_folder(self) -> None:
        """Ask for a folder of pictures."""
        title = translate("foresight", "Folder with pictures")
        path = QFileDialog.getExistingDirectory(self.window(), title)
        if path:
            self.chosen.emit(Path(path))

    def ask_model(self) -> None:
        """Ask for a network."""
        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        name = translate("foresight", "Networks")
        self._ask(translate("foresight", "Import a network"), f"{name} ({patterns})")

    def _ask(self, title: str, filters: str) -> None:
        path, _ = QFileDialog.getOpenFileName(self.window(), title, "", filters)
        if path:
            self.chosen.emit(Path(path))

    def retranslate(self) -> None:
        """Set the texts again."""
        self.set_content(translate("foresight", "Open"))
        menu = self.menu
        menu.clear()
        action = menu.addAction(translate("foresight", "Video or animation…"), self.ask_file)
        action.setShortcut("Ctrl+O")
        action.setShortcutVisibleInContextMenu(True)
        menu.addAction(translate("foresight", "Folder of pictures…"), self.ask_folder)
        menu.addAction(translate("foresight", "Camera, 5 seconds"), self.camera_requested.emit)
        menu.addSeparator()
        for sample in samples():
            action = menu.addAction(
                translate("foresight", "Sample: {0}").format(sample_name(sample))
            )
            action.triggered.connect(lambda _=False, path=sample.path: self.chosen.emit(path))
