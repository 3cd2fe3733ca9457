"""The button with the presets: apply, save, rename, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QInputDialog, QMenu

from kirara_speech.project.presets import Preset, Presets
from kirara_studio.api.errors import UserError
from kirara_studio.api.widgets import Button

if TYPE_CHECKING:
    from kirara_speech.panel import SpeechPanel

translate = QCoreApplication.translate


class PresetsMenu:
    """Voices and manners under a name, for the selected lines."""

    def __init__(self, panel: SpeechPanel) -> None:
        self._panel = panel
        self.presets = Presets(panel.context.data_folder, panel.report)
        self.button = Button(icon="sparkle")
        self.button.clicked.connect(
            lambda: self.menu().popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))
        )

    def menu(self) -> QMenu:
        """The presets, and what can be done with them."""
        menu = QMenu(self._panel)
        menu.aboutToHide.connect(menu.deleteLater)
        presets = self.presets.all()
        for name, preset in presets.items():
            menu.addAction(name).triggered.connect(
                lambda _=False, n=name, p=preset: self.apply(n, p)
            )
        if presets:
            menu.addSeparator()
        menu.addAction(translate("speech", "Save as a preset…")).triggered.connect(
            lambda _=False: self.ask_save()
        )
        for title, do in (
            (translate("speech", "Rename"), self.ask_rename),
            (translate("speech", "Delete"), self.remove),
        ):
            below = menu.addMenu(title)
            below.setEnabled(bool(presets))
            for name in presets:
                below.addAction(name).triggered.connect(lambda _=False, n=name, d=do: d(n))
        return menu

    def apply(self, name: str, preset: Preset) -> None:
        """Speak the selected lines by a preset."""
        voice = preset.voice if self._panel.voices.find(preset.voice) is not None else None
        self._panel.changes.set_manner(
            preset.manner, voice, translate("speech", "Preset “{0}”").format(name)
        )

    def ask_save(self) -> None:
        """Ask for a name, and keep the voice and manner of the line in front under it."""
        name, accepted = QInputDialog.getText(
            self._panel, translate("speech", "Save as a preset"), translate("speech", "Name")
        )
        if accepted:
            self.save(name)

    def save(self, name: str) -> None:
        """Keep the voice and manner of the line in front under a name."""
        line = self._panel.script.line
        voice = self._panel.voices.find(line.voice)
        preset = Preset(line.voice if voice is None else voice.name, line.manner)
        try:
            self.presets.put(name, preset)
        except UserError as error:
            self._panel.report(error)

    def ask_rename(self, old: str) -> None:
        """Ask for another name."""
        name, accepted = QInputDialog.getText(
            self._panel, translate("speech", "Rename"), translate("speech", "Name"), text=old
        )
        if accepted:
            try:
                self.presets.rename(old, name)
            except UserError as error:
                self._panel.report(error)

    def remove(self, name: str) -> None:
        """Forget a preset."""
        try:
            self.presets.remove(name)
        except UserError as error:
            self._panel.report(error)

    def retranslate(self) -> None:
        """Set the texts anew."""
        self.button.set_content(translate("speech", "Presets"))
        self.button.setToolTip(
            translate("speech", "A voice and a manner under a name, for the selected lines")
        )
