"""The settings of a training: recordings, the voice to start from, and networks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from kirara_speech.networks.config import SSRN, TEXT2MEL
from kirara_speech.speaking.voices import Voice
from kirara_speech.training_session import TrainingSession
from kirara_speech.view.report_view import ReportView
from kirara_speech.voice_library import look_of
from kirara_studio.api.files import is_folder
from kirara_studio.api.widgets import Button, DropZone, Label, Segments
from kirara_studio.api.widgets.layouts import column

translate = QCoreApplication.translate

_CHOICES: tuple[tuple[str, ...], ...] = ((TEXT2MEL, SSRN), (TEXT2MEL,), (SSRN,))


class TrainingForm(QWidget):
    """``folder_wanted``: a click on the drop zone. ``folder_given`` carries a dropped folder."""

    folder_wanted = Signal()
    folder_given = Signal(Path)

    def __init__(self, task: TrainingSession) -> None:
        super().__init__()
        self._task = task
        self.start_from: Voice | None = None
        self._voices: list[Voice] = []
        self._chosen = False  # by the user, who may have chosen none
        self.drop_zone = DropZone("", icon="folder")
        self.report = ReportView()
        self.note = Label(size=12, tone="text_soft", wrap=True)
        self._from_label = Label(size=12, tone="text_soft")
        self.from_button = Button(icon="sparkle")
        self.from_menu = QMenu(self.from_button)
        self.from_button.set_menu(self.from_menu)
        self.from_note = Label(size=12, tone="text_soft", wrap=True)
        self._networks_label = Label(size=12, tone="text_soft")
        self.networks = Segments(["", "", ""])
        self.setLayout(
            column(
                *(self.drop_zone, (self.report, 1), self.note),
                *(self._from_label, self.from_button, self.from_note),
                *(self._networks_label, self.networks),
                spacing=10,
            )
        )
        self.report.show_report(None)
        self.drop_zone.clicked.connect(self.folder_wanted)
        self.drop_zone.dropped.connect(
            lambda paths: self.folder_given.emit(
                paths[0] if is_folder(paths[0]) else paths[0].parent
            )
        )

    @property
    def kinds(self) -> tuple[str, ...]:
        """The architectures to train, in that order."""
        return _CHOICES[self.networks.current]

    def refresh(self) -> None:
        """Show the folder of recordings, and the report on them."""
        task = self._task
        if task.report is not self.report.report:
            self.report.show_report(task.report)
        ask = translate("speech", "Drop a folder with recordings and their texts here")
        self.drop_zone.set_text(task.folder.name if task.folder else ask)
        self.note.setText(
            translate("speech", "The recordings are being checked…")
            if task.checking
            else translate(
                "speech",
                "A table “metadata.csv” (id|text) and the sounds in “wavs”, as in LJSpeech, or "
                "“transcript_utf8.txt” and “wav”, as in JSUT. Nothing leaves this computer.",
            )
        )
        self.note.setVisible(task.checking or task.folder is None)

    def show_voices(self, voices: list[Voice]) -> None:
        """Offer these voices to start from; the chosen one stays if it still exists."""
        self._voices = [voice for voice in voices if voice.kind == "networks"]
        gone = self.start_from is not None and self.start_from not in self._voices
        if gone or not self._chosen:
            # A voice that can read learns best from few recordings.
            readers = [voice for voice in self._voices if voice.text2mel is not None]
            self.start_from = readers[0] if readers else None
        self._fill_menu()

    def _choose(self, voice: Voice | None) -> None:
        self.start_from = voice
        self._chosen = True
        self._fill_menu()
        if self._task.folder is not None:  # its texts are read as the voice reads
            self._task.check(self._task.folder, voice)

    def _fill_menu(self) -> None:
        self.from_menu.clear()
        group = QActionGroup(self.from_menu)
        for voice in (None, *self._voices):
            action = QAction(_title(voice), self.from_menu, checkable=True)
            action.setChecked(voice == self.start_from)
            action.triggered.connect(lambda _=False, v=voice: self._choose(v))
            group.addAction(action)
            self.from_menu.addAction(action)
        self.from_button.set_content(_title(self.start_from))
        self.from_note.setText(
            translate("speech", "For hours of recordings, and days of training.")
            if self.start_from is None
            else translate("speech", "It learns to sound like the recordings, also from few.")
        )

    def retranslate(self) -> None:
        self._from_label.setText(translate("speech", "Start from"))
        self._networks_label.setText(translate("speech", "Networks"))
        self.networks.set_name(translate("speech", "Networks"))
        self.networks.set_texts([translate("speech", "Both"), "Text2Mel", "SSRN"])
        self.networks.setToolTip(
            translate("speech", "Text2Mel reads the text; SSRN makes the sound clear.")
        )
        self.report.retranslate()
        self._fill_menu()
        self.refresh()


def _title(voice: Voice | None) -> str:
    return translate("speech", "From scratch") if voice is None else look_of(voice).title
