"""The inspector's reminders: when, and in which words."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QLineEdit

from kirara_releases.notifications.notifier import filled
from kirara_releases.notifications.reminder_settings import PAGE
from kirara_studio.api.settings import Settings
from kirara_studio.api.text import QT_TRANSLATE_NOOP
from kirara_studio.api.widgets import Form, Inspector, Label

translate = QCoreApplication.translate

_ON_DAY = ("on_day", "hour", "message")
_DAY_BEFORE = ("day_before", "hour_before", "message_before")
_EXAMPLE = QT_TRANSLATE_NOOP("releases", "Manga Time Kirara")


class RemindersSection(QObject):
    """The settings of reminders, with previews of the messages.

    ``changed`` is sent after one was stored.
    """

    changed = Signal()

    def __init__(self, inspector: Inspector, settings: Settings) -> None:
        super().__init__(inspector)
        self._settings = settings
        self._example = ""
        self._section = inspector.add_section("")
        keys = (*_ON_DAY, *_DAY_BEFORE, "snooze")
        self.form = Form(PAGE, settings, keys=keys, compact=True)
        self.previews = {
            key: Label(size=12, tone="text_soft", wrap=True)
            for key in ("message", "message_before")
        }
        self._section.add(self.form)
        for key, preview in self.previews.items():
            self.form.rows[key].column.addWidget(preview)
            self.edit(key).textChanged.connect(self._show_previews)
        for key in ("on_day", "day_before"):
            settings.watch(key, lambda _: self._on_stored())
        self.form.changed.connect(lambda _: self.changed.emit())
        self._show_dependents()
        self.retranslate()

    def edit(self, key: str) -> QLineEdit:
        """The field of a message."""
        field = self.form.rows[key].control.editor
        assert isinstance(field, QLineEdit)
        return field

    def set_example(self, title: str) -> None:
        """Preview the messages with this magazine's title."""
        self._example = title
        self._show_previews()

    def _on_stored(self) -> None:
        if shiboken6.isValid(self):  # settings outlive the panel
            self._show_dependents()

    def _show_dependents(self) -> None:
        """Hide what belongs to a reminder that is switched off."""
        hidden: set[str] = set()
        for toggle, *others in (_ON_DAY, _DAY_BEFORE):
            if not self._settings[toggle]:
                hidden.update(others)
        if not (self._settings["on_day"] or self._settings["day_before"]):
            hidden.add("snooze")
        self.form.show_only(lambda field: field.key not in hidden)

    def _show_previews(self) -> None:
        example = self._example or translate("releases", _EXAMPLE)
        for key, preview in self.previews.items():
            message = filled(self.edit(key).text(), example)
            preview.setText(translate("releases", "“{0}”").format(message))

    def retranslate(self) -> None:
        """Set the texts again; those of the form follow by themselves."""
        self._section.set_title(translate("releases", "Reminders"))
        self._show_previews()
