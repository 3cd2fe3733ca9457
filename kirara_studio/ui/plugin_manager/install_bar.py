"""Where a plugin is named that shall be installed: by name, address, file or folder."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit

from kirara_studio.api.widgets import Button, Label
from kirara_studio.api.widgets.layouts import row
from kirara_studio.api.widgets.mixins import Translated
from kirara_studio.ui.page import Card


class InstallBar(Translated, Card):
    """Sends ``wanted`` with a name, an address, or the path of a wheel or folder."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setClearButtonEnabled(True)
        self.install = Button(kind="primary")
        self.file = Button(icon="folder")
        self.folder = Button(icon="folder")
        self._hint = Label(size=12, tone="text_soft", wrap=True)
        self.column.addLayout(row((self.field, 1), self.install, self.file, self.folder))
        self.column.addWidget(self._hint)
        self.field.returnPressed.connect(self._install)
        self.field.textChanged.connect(lambda text: self.install.setEnabled(bool(text.strip())))
        self.install.clicked.connect(self._install)
        self.file.clicked.connect(self._choose_file)
        self.folder.clicked.connect(self._choose_folder)
        self.install.setEnabled(False)
        self._retranslate()

    def _install(self) -> None:
        if target := self.field.text().strip():
            self.field.clear()
            self.wanted.emit(target)

    def _choose_file(self) -> None:
        title = self.tr("Install a plugin from a file")
        kinds = self.tr("Plugins") + " (*.whl *.tar.gz *.zip)"
        path, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        if path:
            self.wanted.emit(path)

    def _choose_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, self.tr("Install a plugin from a folder"))
        if path:
            self.wanted.emit(path)

    def _retranslate(self) -> None:
        placeholder = self.tr("Name or address of a plugin")
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName(placeholder)
        self.install.setText(self.tr("Install"))
        self.file.setText(self.tr("File…"))
        self.folder.setText(self.tr("Folder…"))
        self._hint.setText(
            self.tr("A wheel, or the folder of a plugin, can also be dropped on the window.")
        )
