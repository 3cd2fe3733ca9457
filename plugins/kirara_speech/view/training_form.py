"""The settings of a training: which recordings, from which voice on, which networks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from kirara_speech.learning.recording_report import Report
from kirara_speech.networks.config import SSRN, TEXT2MEL
from kirara_speech.speaking.voices import Voice
from kirara_speech.view.report_view import ReportView
from kirara_studio.api.widgets import Button, DropZone, Label, Segments

translate = QCoreApplication.translate

_CHOICES: tuple[tuple[str, ...], ...] = ((TEXT2MEL, SSRN), (TEXT2MEL,), (SSRN,))


class TrainingForm(QWidget):
    """``folder_wanted``: the user wants to choose a folder. ``folder_given`` carries one that was
    dropped. ``voice_changed``: the voice to go on from was chosen."""

    folder_wanted = Signal()
    folder_given = Signal(Path)
    voice_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.start_from: Voice | None = None
        self._voices: list[Voice] = []
        self._chosen = False  # by the user, who may have chosen to go on from none
        self._folder: Path | None = None
        self._checking = False
        self._report: Report | None = None
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
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.drop_zone)
        layout.addWidget(self.report, 1)
        layout.addWidget(self.note)
        layout.addStretch(0)
        layout.addWidget(self._from_label)
        layout.addWidget(self.from_button)
        layout.addWidget(self.from_note)
        layout.addWidget(self._networks_label)
        layout.addWidget(self.networks)
        self.report.show_report(None)
        self.drop_zone.clicked.connect(self.folder_wanted)
        self.drop_zone.dropped.connect(
            lambda paths: self.folder_given.emit(paths[0] if paths[0].is_dir() else paths[0].parent)
        )

    @property
    def kinds(self) -> tuple[str, ...]:
        """The architectures to train, in that order."""
        return _CHOICES[self.networks.current]

    def show_folder(self, folder: Path | None, report: Report | None, *, checking: bool) -> None:
        """Show which recordings were chosen, and what is known of them."""
        self._folder, self._checking = folder, checking
        if report is not self._report:
            self._report = report
            self.report.show_report(report)
        self._show_texts()

    def show_voices(self, voices: list[Voice]) -> None:
        """Offer these voices to go on from; the chosen one stays where it still is there."""
        self._voices = [voice for voice in voices if _has_networks(voice)]
        gone = self.start_from is not None and self.start_from not in self._voices
        if gone or not self._chosen:
            # A voice that can read is what few recordings are best learnt from.
            readers = [voice for voice in self._voices if voice.text2mel is not None]
            self.start_from = readers[0] if readers else None
        self._fill_menu()

    def _choose(self, voice: Voice | None) -> None:
        self.start_from = voice
        self._chosen = True
        self._fill_menu()
        self.voice_changed.emit()

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

    def _show_texts(self) -> None:
        ask = translate("speech", "Drop a folder with recordings and their texts here")
        self.drop_zone.set_text(self._folder.name if self._folder else ask)
        if self._checking:
            self.note.setText(translate("speech", "The recordings are being checked…"))
        else:
            self.note.setText(
                translate(
                    "speech",
                    "A table “metadata.csv” (id|text) and the sounds in “wavs”, as in LJSpeech, or "
                    "“transcript_utf8.txt” and “wav”, as in JSUT. Nothing leaves this computer.",
                )
            )
        self.note.setVisible(self._checking or self._folder is None)

    def retranslate(self) -> None:
        """Set every text again."""
        self._from_label.setText(translate("speech", "Start from"))
        self._networks_label.setText(translate("speech", "Networks"))
        self.networks.set_name(translate("speech", "Networks"))
        self.networks.set_texts([translate("speech", "Both"), "Text2Mel", "SSRN"])
        self.networks.setToolTip(
            translate("speech", "Text2Mel reads the text; SSRN makes the sound clear.")
        )
        self.report.retranslate()
        self._fill_menu()
        self._show_texts()


def _has_networks(voice: Voice) -> bool:
    return voice.text2mel is not None or voice.ssrn is not None


def _title(voice: Voice | None) -> str:
    if voice is None:
        return translate("speech", "From scratch")
    return voice.card.name if voice.card is not None and voice.card.name else voice.name
