"""The page of the panel without a clip."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kirara_foresight.samples import Sample, samples
from kirara_studio.api.widgets import Button, DropZone, Label

translate = QCoreApplication.translate

_WIDTH = 460


def sample_name(sample: Sample) -> str:
    """The name of a sample."""
    return {
        "digits": translate("foresight", "Moving digits"),
        "radar": translate("foresight", "Weather radar"),
    }.get(sample.id, sample.id)


class Welcome(QWidget):
    """A drop zone, and buttons for a folder and the samples."""

    file_requested = Signal()
    folder_requested = Signal()
    sample_requested = Signal(Path)
    dropped = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self.title = Label(size=17, bold=True, wrap=True)
        self.text = Label(tone="text_soft", wrap=True)
        self.drop_zone = DropZone("", icon="picture")
        self.folder = Button(icon="folder")
        self.samples = [(sample, Button(icon="sparkle")) for sample in samples()]
        column = QVBoxLayout()
        column.setSpacing(16)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addWidget(self.drop_zone)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in (self.folder, *(button for _, button in self.samples)):
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
        self.drop_zone.clicked.connect(self.file_requested)
        self.drop_zone.dropped.connect(self.dropped)
        self.folder.clicked.connect(self.folder_requested)
        for sample, button in self.samples:
            button.clicked.connect(lambda _=False, s=sample: self.sample_requested.emit(s.path))

    def retranslate(self) -> None:
        """Set the texts again."""
        self.title.setText(translate("foresight", "What comes next?"))
        self.text.setText(
            translate(
                "foresight",
                "Open something that moves, and choose a moment in it. Three forecasts show how it "
                "goes on, beside the truth.",
            )
        )
        self.drop_zone.set_text(
            translate("foresight", "Drop a video, a GIF or a folder of pictures, or click")
        )
        self.folder.set_content(translate("foresight", "Folder…"))
        for sample, button in self.samples:
            button.set_content(sample_name(sample))
