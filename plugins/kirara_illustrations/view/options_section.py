"""A part of the settings in the inspector."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import shiboken6
from PySide6.QtCore import QObject

from kirara_illustrations.options import PAGE
from kirara_studio.api.settings import Settings
from kirara_studio.api.widgets import Form, Inspector


class OptionsSection(QObject):
    """Some settings under a title, folded at first, and a note.

    ``needs`` names settings that are shown while their switch, the key, is on.
    """

    def __init__(
        self,
        inspector: Inspector,
        settings: Settings,
        title: Callable[[], str],
        keys: Sequence[str],
        needs: Mapping[str, Sequence[str]],
    ) -> None:
        super().__init__(inspector)
        self._settings, self._title, self._needs = settings, title, needs
        self.section = inspector.add_section("", foldable=True)
        self.form = Form(PAGE, settings, keys=keys, compact=True)
        self.section.add(self.form)
        self.note = self.section.add_text()
        self.section.set_folded(True)
        for switch in needs:
            settings.watch(switch, lambda _: self._on_stored())
        self._show_needed()

    def _on_stored(self) -> None:
        if shiboken6.isValid(self):  # settings outlive the panel
            self._show_needed()

    def _show_needed(self) -> None:
        hidden = {
            key
            for switch, keys in self._needs.items()
            if not self._settings[switch]
            for key in keys
        }
        self.form.show_only(lambda field: field.key not in hidden)

    def set_note(self, text: str) -> None:
        """Show a line below the settings."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def retranslate(self) -> None:
        """Set the title again; the texts of the form follow by themselves."""
        self.section.set_title(self._title())
