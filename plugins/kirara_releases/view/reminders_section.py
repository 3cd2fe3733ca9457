"""The inspector's reminders: when, and in which words. Every change is stored at once."""

from __future__ import annotations

from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from kirara_releases.notifications.messages import filled
from kirara_releases.notifications.reminder_settings import PAGE
from kirara_studio.api.errors import UserError
from kirara_studio.api.settings import Number, Settings
from kirara_studio.api.text import QT_TRANSLATE_NOOP
from kirara_studio.api.widgets import Inspector, Label, Section, Switch, ValueSlider, error_words

translate = QCoreApplication.translate

_FIELDS = {field.key: field for field in PAGE.fields}
_EXAMPLE = QT_TRANSLATE_NOOP("releases", "Manga Time Kirara")


class RemindersSection(QObject):
    """Shows and changes the settings of :mod:`kirara_releases.notifications.reminder_settings`.

    ``changed`` is sent after one was stored.
    """

    changed = Signal()

    def __init__(self, inspector: Inspector, settings: Settings) -> None:
        super().__init__(inspector)
        self._settings = settings
        self._example = ""
        self._section = inspector.add_section("")
        self.switches = {key: _SwitchRow() for key in ("on_day", "day_before")}
        self.sliders = {key: _slider(key) for key in ("hour", "hour_before", "snooze")}
        self.messages = {key: _Message() for key in ("message", "message_before")}
        self._arrange(self._section)
        self._problem = self._section.add_text()
        self._problem.hide()
        self._connect()
        self.retranslate()

    def _arrange(self, section: Section) -> None:
        message, message_before = self.messages["message"], self.messages["message_before"]
        for widget in (
            self.switches["on_day"],
            self.sliders["hour"],
            *message.widgets,
            self.switches["day_before"],
            self.sliders["hour_before"],
            *message_before.widgets,
            self.sliders["snooze"],
        ):
            section.add(widget)

    def _connect(self) -> None:
        for key, row in self.switches.items():
            row.switch.clicked.connect(lambda on, k=key: self._store(k, on))
        for key, slider in self.sliders.items():
            slider.changed.connect(lambda value, k=key: self._store(k, round(value)))
        for key, message in self.messages.items():
            message.edit.textChanged.connect(lambda _: self._show_previews())
            message.edit.editingFinished.connect(
                lambda k=key, m=message: self._store(k, m.edit.text())
            )
        for key in _FIELDS:
            self._settings.watch(key, lambda _: self._on_stored())

    def set_example(self, title: str) -> None:
        """Preview the sentences with this magazine's title."""
        self._example = title
        self._show_previews()

    def _store(self, key: str, value: Any) -> None:
        if value == self._settings[key]:
            return
        try:
            self._settings[key] = value
        except UserError as error:
            self._problem.setText(str(error_words(error)))
            self._problem.show()
        except ValueError as error:
            self._problem.setText(str(error))
            self._problem.show()
        else:
            self._problem.hide()
            self.changed.emit()

    def _on_stored(self) -> None:
        # Settings outlive the panel: it may be gone when they change.
        if shiboken6.isValid(self):
            self._read()

    def _read(self) -> None:
        for key, row in self.switches.items():
            row.switch.setChecked(bool(self._settings[key]))
        for key, slider in self.sliders.items():
            slider.set_value(float(self._settings[key]))
        for key, message in self.messages.items():
            if not message.edit.hasFocus():
                message.edit.setText(str(self._settings[key]))
                message.edit.setCursorPosition(0)
        self._show_dependents()
        self._show_previews()

    def _show_dependents(self) -> None:
        """What belongs to a reminder that is switched off is not shown."""
        on_day = self.switches["on_day"].switch.isChecked()
        day_before = self.switches["day_before"].switch.isChecked()
        self.sliders["hour"].setVisible(on_day)
        self.messages["message"].set_visible(on_day)
        self.sliders["hour_before"].setVisible(day_before)
        self.messages["message_before"].set_visible(day_before)
        self.sliders["snooze"].setVisible(on_day or day_before)

    def _show_previews(self) -> None:
        example = self._example or translate("releases", _EXAMPLE)
        for message in self.messages.values():
            sentence = filled(message.edit.text(), example)
            message.preview.setText(translate("releases", "“{0}”").format(sentence))

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._section.set_title(translate("releases", "Reminders"))
        for key, row in self.switches.items():
            row.set_text(translate("releases", _FIELDS[key].label))
        for key, slider in self.sliders.items():
            slider.set_label(translate("releases", _FIELDS[key].label))
            slider.setToolTip(translate("releases", _FIELDS[key].help or ""))
        minutes = translate("releases", "min")
        self.sliders["snooze"].suffix = f" {minutes}"
        for key, message in self.messages.items():
            name = translate("releases", _FIELDS[key].label)
            message.name.setText(name)
            message.edit.setAccessibleName(name)
            message.edit.setToolTip(translate("releases", _FIELDS[key].help))
        self._read()


class _SwitchRow(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.label = Label(wrap=True)
        self.switch = Switch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.label, 1)
        row.addWidget(self.switch)

    def set_text(self, text: str) -> None:
        self.label.setText(text)
        self.switch.setAccessibleName(text)


class _Message:
    """A sentence, and what becomes of it."""

    def __init__(self) -> None:
        self.name = Label(size=12, tone="text_soft", wrap=True)
        self.edit = QLineEdit()
        self.edit.setMaxLength(500)
        self.preview = Label(size=12, tone="text_soft", wrap=True)

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        return self.name, self.edit, self.preview

    def set_visible(self, visible: bool) -> None:
        for widget in self.widgets:
            widget.setVisible(visible)


def _slider(key: str) -> ValueSlider:
    field = _FIELDS[key]
    assert isinstance(field, Number)
    return ValueSlider(
        "",
        field.minimum,
        field.maximum,
        field.default,
        step=field.step,
        suffix=field.suffix,
    )
