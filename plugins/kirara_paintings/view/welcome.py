"""The page of the empty panel: ways to add pictures."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kirara_studio.api.widgets import Button, DropZone, Label

translate = QCoreApplication.translate

_WIDTH = 460


class Welcome(QWidget):
    """A drop zone, and buttons for a folder and the samples."""

    files_requested = Signal()
    folder_requested = Signal()
    samples_requested = Signal()
    dropped = Signal(list)

    def __init__(self, *, samples: bool) -> None:
        super().__init__()
        self.title = Label(size=17, bold=True, wrap=True)
        self.text = Label(tone="text_soft", wrap=True)
        self.drop_zone = DropZone("", icon="picture")
        self.folder = Button(icon="folder")
        self.samples = Button(icon="sparkle")
        self.samples.setVisible(samples)
        column = QVBoxLayout()
        column.setSpacing(16)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addWidget(self.drop_zone)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in (self.folder, self.samples):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        middle = QWidget()
        middle.setFixedWidth(_WIDTH)
        middle.setLayout(column)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(middle, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        self.drop_zone.clicked.connect(self.files_requested)
        self.drop_zone.dropped.connect(self.dropped)
        self.folder.clicked.connect(self.folder_requested)
        self.samples.clicked.connect(self.samples_requested)

    def retranslate(self) -> None:
        """Set the texts again."""
        self.title.setText(translate("paintings", "What style is this, and why?"))
        self.text.setText(
            translate(
                "paintings",
                "Two classifiers sort your pictures into styles as they load. Click a picture to "
                "see the reasons.",
            )
        )
        self.drop_zone.set_text(translate("paintings", "Drop pictures or folders, or click"))
        self.folder.set_content(translate("paintings", "Folder…"))
        self.samples.set_content(translate("paintings", "Look at the samples"))
