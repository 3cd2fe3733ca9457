"""The button with the presets: apply, save, rename, delete."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QInputDialog, QMenu

from kirara_speech.session import Session
from kirara_studio.api.widgets import Button

translate = QCoreApplication.translate


class PresetsButton(Button):
    """Voices and prosody under a name, for the selected lines."""

    def __init__(self, session: Session) -> None:
        super().__init__(icon="sparkle")
        self._session = session
        self.clicked.connect(
            lambda: self.make_menu().popup(self.mapToGlobal(self.rect().bottomLeft()))
        )

    def make_menu(self) -> QMenu:
        """The presets, and what can be done with them."""
        menu, session = QMenu(self), self._session
        menu.aboutToHide.connect(menu.deleteLater)
        presets = session.presets.all()
        for name, preset in presets.items():
            menu.addAction(name).triggered.connect(
                lambda _=False, n=name, p=preset: session.apply_preset(n, p)
            )
        if presets:
            menu.addSeparator()
        menu.addAction(translate("speech", "Save as a preset…")).triggered.connect(
            lambda _=False: self._ask_save()
        )
        for title, do in (
            (translate("speech", "Rename"), self._ask_rename),
            (translate("speech", "Delete"), session.remove_preset),
        ):
            below = menu.addMenu(title)
            below.setEnabled(bool(presets))
            for name in presets:
                below.addAction(name).triggered.connect(lambda _=False, n=name, d=do: d(n))
        return menu

    def _ask_save(self) -> None:
        name, accepted = QInputDialog.getText(
            self, translate("speech", "Save as a preset"), translate("speech", "Name")
        )
        if accepted:
            self._session.save_preset(name)

    def _ask_rename(self, old: str) -> None:
        name, accepted = QInputDialog.getText(
            self, translate("speech", "Rename"), translate("speech", "Name"), text=old
        )
        if accepted:
            self._session.rename_preset(old, name)

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_content(translate("speech", "Presets"))
        self.setToolTip(
            translate("speech", "A voice and a speaking style under a name, for the selected lines")
        )
