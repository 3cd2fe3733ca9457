"""The settings of the next training: its hours, where it starts from, and rarer ones in a fold."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QActionGroup, QGuiApplication
from PySide6.QtWidgets import QCheckBox, QMenu, QWidget

from kirara_characters.learning.schedule import SIZES, SMALL_FOLDER
from kirara_characters.models import resolution_of
from kirara_characters.training_session import RunChoice
from kirara_studio.api.model_library import ModelFile
from kirara_studio.api.widgets import (
    Button,
    KeyboardFocus,
    Label,
    Section,
    Segments,
    ValueSlider,
    model_title,
)
from kirara_studio.api.widgets.layouts import column

translate = QCoreApplication.translate

_SIZES = SIZES[2:]  # smaller ones are for tests and the command line
_HOURS = 5.0  # from nothing to 64 pixels, on two cores


class RunSettings(QWidget):
    """:attr:`changed` is emitted when :attr:`choice` may have changed.

    A small folder starts from a model, unless the user chose otherwise.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._models: list[ModelFile] = []
        self._chosen: Path | None = None
        self._by_user = False
        self._small = True
        self.hours = ValueSlider("", 0.5, 24, _HOURS, step=0.5, decimals=1, largest=1000)
        self._from_label = Label(size=12, tone="text_soft")
        self.from_button = Button(icon="sparkle")
        self.from_menu = QMenu(self.from_button)
        self.from_button.set_menu(self.from_menu)
        self._from_note = Label(size=12, tone="text_soft", wrap=True)
        self.advanced = Section("", foldable=True)
        self.advanced.set_folded(True)
        self._size_label = Label(size=12, tone="text_soft", wrap=True)
        self.size_choice = Segments([str(size) for size in _SIZES])
        self.size_choice.set_current(_SIZES.index(64))
        self.mirror = QCheckBox()
        self.mirror.setChecked(True)
        KeyboardFocus(self.mirror)
        self._command_label = Label(size=12, tone="text_soft", wrap=True)
        self.command = Label(size=12, wrap=True)
        self.command.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy_button = Button(icon="copy", small=True)
        start = self._from_label, self.from_button, self._from_note
        self.setLayout(column(self.hours, *start, self.advanced, spacing=10))
        for widget in (self._size_label, self.size_choice, self.mirror, self._command_label,
                       self.command, self.copy_button):  # fmt: skip
            self.advanced.add(widget)
        self.hours.changed.connect(lambda _: self.changed.emit())
        self.size_choice.chosen.connect(lambda _: self.changed.emit())
        self.mirror.toggled.connect(lambda _: self.changed.emit())
        self.copy_button.clicked.connect(self._copy)

    # What is chosen

    @property
    def start_from(self) -> ModelFile | None:
        """The model that the run starts from, or None for nothing."""
        return next((one for one in self._models if one.path == self._chosen), None)

    @property
    def choice(self) -> RunChoice:
        """The settings; the size is at least that of the model."""
        size, start = _SIZES[self.size_choice.current], self.start_from
        if start is not None:
            size = max(size, resolution_of(start))
        path = start.path if start is not None else None
        return RunChoice(self.hours.value, size, self.mirror.isChecked(), path)

    def show_models(self, models: list[ModelFile], pictures: int) -> None:
        """Offer ``models`` to start from, for a run on that many pictures; 0: not known yet."""
        small = pictures < SMALL_FOLDER
        if (models, small) == (self._models, self._small):
            return
        self._models, self._small = models, small
        if not self._by_user or (self._chosen is not None and self.start_from is None):
            self._by_user = False
            self._chosen = models[0].path if models and small else None
        self._show_start()
        self.changed.emit()

    def _choose(self, path: Path | None) -> None:
        self._chosen, self._by_user = path, True
        self._show_start()
        self.changed.emit()

    def _show_start(self) -> None:
        self.from_menu.clear()
        group = QActionGroup(self.from_menu)
        for model in (None, *self._models):
            path = model.path if model is not None else None
            action = self.from_menu.addAction(_title(model))
            action.setCheckable(True)
            action.setChecked(path == self._chosen)
            action.triggered.connect(lambda _=False, path=path: self._choose(path))
            group.addAction(action)
        start = self.start_from
        self.from_button.set_content(_title(start))
        note = translate("characters", "For some thousand pictures and many hours.")
        if start is not None:
            note = translate(
                "characters",
                "It is trained further on your pictures, at {0} pixels or more; a few are enough.",
            ).format(resolution_of(start))
        self._from_note.setText(note)

    # The command line

    def show_command(self, command: str) -> None:
        """Show the command line that does the same; "" if nothing is chosen."""
        self.command.setText(command)
        for widget in (self._command_label, self.command, self.copy_button):
            widget.setVisible(bool(command))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.command.text())

    def retranslate(self) -> None:
        """Set the texts again."""
        self.hours.suffix = translate("characters", " h")
        self.hours.set_label(translate("characters", "Hours of training"))
        self.hours.setToolTip(
            translate(
                "characters",
                "It ends after about so long, on any computer; pauses do not count. From nothing, "
                "64 pixels need about five hours on two cores, and each doubling about four times "
                "as long. A graphics card is used if available.",
            )
        )
        self._from_label.setText(translate("characters", "Start from"))
        self.advanced.set_title(translate("characters", "Advanced"))
        self.mirror.setText(translate("characters", "Also learn mirrored pictures"))
        self.size_choice.set_name(translate("characters", "Size of the pictures"))
        self._size_label.setText(translate("characters", "Size in pixels"))
        self._command_label.setText(
            translate("characters", "The same on a computer without a screen:")
        )
        self.copy_button.set_content(translate("characters", "Copy"))
        self._show_start()


def _title(model: ModelFile | None) -> str:
    if model is None:
        return translate("characters", "Nothing")
    return model_title(model.name, model.card)
