"""Forms made from described settings. Every change is stored at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from kirara_studio.api.errors import UserError
from kirara_studio.api.settings import (
    Choice,
    Field,
    Folder,
    Number,
    Settings,
    SettingsPage,
    Text,
    Toggle,
)
from kirara_studio.api.widgets.button import Button
from kirara_studio.api.widgets.error_text import error_words
from kirara_studio.api.widgets.label import Label
from kirara_studio.api.widgets.switch import Switch
from kirara_studio.api.widgets.tokens import current_tokens

CONTROL_WIDTH = 260


class Form(QWidget):
    """The rows of a settings page, or of those of its fields that ``keys`` names, in that order.

    ``rows`` holds them by the field's key. A ``compact`` form fits into an inspector: no lines
    between the rows, and wide controls below their names. ``changed`` is sent with a field's key
    after the user stored a value with this form.
    """

    changed = Signal(str)

    def __init__(
        self,
        page: SettingsPage,
        settings: Settings,
        *,
        keys: Sequence[str] = (),
        compact: bool = False,
    ) -> None:
        super().__init__()
        self.rows: dict[str, Row] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_tokens().space_s)
        fields = {field.key: field for field in page.fields}
        for key in keys or fields:
            row = Row(fields[key], settings, page.context or page.id, compact=compact)
            row.stored.connect(lambda key=key: self.changed.emit(key))
            self.rows[key] = row
            column.addWidget(row)

    def show_only(self, fits: Callable[[Field], bool]) -> int:
        """Show the rows whose field fits; returns their number."""
        for row in self.rows.values():
            row.setVisible(fits(row.field))
        shown = [row for row in self.rows.values() if not row.isHidden()]
        for row in self.rows.values():
            row.divider.setVisible(bool(shown) and row is not shown[0])
        return len(shown)


class Row(QWidget):
    """One setting: its label (a double click resets), help, control, and what is wrong.

    ``column`` may take more widgets, which appear below. ``stored`` is sent after the user
    changed the value and it was valid.
    """

    stored = Signal()

    def __init__(
        self, field: Field, settings: Settings, context: str, *, compact: bool = False
    ) -> None:
        super().__init__()
        self.field = field
        self._settings = settings
        self._context = context
        tokens = current_tokens()
        self.name = ResettingLabel()
        self._help = Label(size=12, tone="text_soft", wrap=True)
        self._help.setVisible(bool(field.help))
        self._problem = Label(tone="loss_text", wrap=True)
        self._problem.hide()
        self.control = make_control(field, self._translate, 0 if compact else CONTROL_WIDTH)
        self.control.changed.connect(self._store)
        self.name.setBuddy(self.control.focus_target())
        self.divider = QFrame()
        self.divider.setProperty("role", "line")

        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.name)
        texts.addWidget(self._help)
        texts.addWidget(self._problem)
        below = compact and not isinstance(field, Toggle | Number)
        row = QVBoxLayout() if below else QHBoxLayout()
        row.setSpacing(tokens.space_s if compact else tokens.space_xl)
        row.addLayout(texts, 1)
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        row.addWidget(self.control, 0, Qt.AlignmentFlag(0) if below else right)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(tokens.space_s)
        if not compact:
            self.column.addWidget(self.divider)
        self.column.addLayout(row)

        self.name.double_clicked.connect(self.reset)
        settings.watch(field.key, self._on_stored)
        self._read()
        self._retranslate()

    @property
    def problem(self) -> str:
        """Why the value could not be stored, or an empty text."""
        return self._problem.text() if not self._problem.isHidden() else ""

    def reset(self) -> None:
        """Go back to the default."""
        default = self.field.default
        if isinstance(self.field, Choice) and default not in dict(self.field.options):
            default = self.field.options[0][0] if self.field.options else ""
        self.control.set_value(default)
        self._store(default)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _store(self, value: Any) -> None:
        try:
            self._settings[self.field.key] = value
        except UserError as error:
            self._problem.setText(str(error_words(error)))
            self._problem.show()
        except ValueError as error:
            self._problem.setText(str(error))
            self._problem.show()
        else:
            self._problem.hide()
            self.stored.emit()

    def _read(self) -> None:
        self.control.set_value(self._settings[self.field.key])

    def _on_stored(self, value: Any) -> None:
        # Settings outlive the form: it may be gone when they change.
        if shiboken6.isValid(self):
            self.control.set_value(value)

    def _translate(self, text: str) -> str:
        return QCoreApplication.translate(self._context, text) if text else ""

    def _retranslate(self) -> None:
        name = self._translate(self.field.label)
        self.name.setText(name)
        self.name.setToolTip(self.tr("Double-click: back to the default"))
        self._help.setText(self._translate(self.field.help))
        self.control.focus_target().setAccessibleName(name)
        self.control.focus_target().setAccessibleDescription(self._help.text())
        self.control.retranslate()


class ResettingLabel(Label):
    """A label that reports double clicks."""

    double_clicked = Signal()

    def __init__(self) -> None:
        super().__init__(wrap=True)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.double_clicked.emit()


class Control(QWidget):
    """What a value is changed with. ``changed`` is sent when the user changed it."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(current_tokens().space_s)

    def set_value(self, value: Any) -> None:
        """Show ``value``, without sending ``changed``."""
        raise NotImplementedError

    def focus_target(self) -> QWidget:
        """The widget that takes the keyboard."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Show the texts in the language of now."""


class ToggleControl(Control):
    """A switch."""

    def __init__(self) -> None:
        super().__init__()
        self._switch = Switch()
        self.row.addWidget(self._switch)
        self._switch.toggled.connect(self.changed.emit)

    def set_value(self, value: Any) -> None:
        if bool(value) != self._switch.isChecked():
            # Not blocked as a whole: the switch itself follows its own signal.
            self.blockSignals(True)
            self._switch.setChecked(bool(value))
            self.blockSignals(False)

    def focus_target(self) -> QWidget:
        return self._switch


class NumberControl(Control):
    """A number that can be typed, stepped and wheeled."""

    def __init__(self, field: Number, translate: Callable[[str], str]) -> None:
        super().__init__()
        self._translate = translate
        self._whole = field.decimals == 0
        self._box = CalmSpinBox()
        self._box.setDecimals(field.decimals)
        self._box.setRange(field.minimum, field.maximum)
        self._box.setSingleStep(field.step)
        self._box.setKeyboardTracking(False)
        self._box.setFixedWidth(140)
        self._suffix = field.suffix
        self.row.addWidget(self._box)
        self._box.valueChanged.connect(self._tell)
        self.retranslate()

    def set_value(self, value: Any) -> None:
        with QSignalBlocker(self._box):
            self._box.setValue(float(value))

    def focus_target(self) -> QWidget:
        return self._box

    def retranslate(self) -> None:
        self._box.setLocale(QLocale())
        unit = self._translate(self._suffix)
        # “60 min”, but “9:00”.
        self._box.setSuffix(f" {unit}" if unit and unit[0].isalpha() else unit)

    def _tell(self, value: float) -> None:
        self.changed.emit(round(value) if self._whole else value)


class ChoiceControl(Control):
    """One of a few."""

    def __init__(self, field: Choice, translate: Callable[[str], str], width: int) -> None:
        super().__init__()
        self._options = field.options
        self._translate = translate
        self._box = CalmComboBox()
        if width:
            self._box.setFixedWidth(width)
        for value, name in field.options:
            self._box.addItem(name, value)
        self.row.addWidget(self._box)
        self._box.activated.connect(lambda: self.changed.emit(self._box.currentData()))

    def set_value(self, value: Any) -> None:
        self._box.setCurrentIndex(max(self._box.findData(value), 0))

    def focus_target(self) -> QWidget:
        return self._box

    def retranslate(self) -> None:
        for place, (_, name) in enumerate(self._options):
            self._box.setItemText(place, self._translate(name))


class TextControl(Control):
    """A line of text; a secret one is hidden until one asks to see it."""

    def __init__(self, field: Text, translate: Callable[[str], str], width: int) -> None:
        super().__init__()
        self._placeholder = field.placeholder
        self._translate = translate
        self._stored = ""
        self._edit = QLineEdit()
        self._edit.setMinimumWidth(max(width - 44 if field.secret else width, 0))
        self.row.addWidget(self._edit, 1)
        self._eye: Button | None = None
        if field.secret:
            self._edit.setEchoMode(QLineEdit.EchoMode.Password)
            self._eye = Button(icon="eye", kind="quiet", small=True)
            self._eye.setCheckable(True)
            self._eye.toggled.connect(self._show_secret)
            self.row.addWidget(self._eye)
        self._edit.editingFinished.connect(self._tell)

    def set_value(self, value: Any) -> None:
        self._stored = str(value)
        if self._edit.text() != self._stored:
            self._edit.setText(self._stored)

    def focus_target(self) -> QWidget:
        return self._edit

    def retranslate(self) -> None:
        self._edit.setPlaceholderText(self._translate(self._placeholder))
        if self._eye is not None:
            self._eye.set_purpose(self.tr("Show what is written"))

    def _show_secret(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._edit.setEchoMode(mode)

    def _tell(self) -> None:
        if self._edit.text() != self._stored:
            self._stored = self._edit.text()
            self.changed.emit(self._stored)


class FolderControl(TextControl):
    """A folder: typed, or chosen in the system's dialog."""

    def __init__(self, translate: Callable[[str], str], width: int) -> None:
        super().__init__(Text("", ""), translate, width - 60)
        self._choose = Button(icon="folder")
        self._choose.clicked.connect(self._ask)
        self.row.addWidget(self._choose)

    def retranslate(self) -> None:
        super().retranslate()
        self._choose.set_purpose(self.tr("Choose a folder"))

    def _ask(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self.tr("Choose a folder"), self._edit.text()
        )
        if folder:
            self._edit.setText(folder)
            self._tell()


class CalmSpinBox(QDoubleSpinBox):
    """Ignores the wheel until it has the keyboard: scrolling a page must change nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The style sheet's padding does not reach the field inside.
        self.lineEdit().setTextMargins(8, 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class CalmComboBox(QComboBox):
    """Ignores the wheel until it has the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        # The list's own delegate paints as in a menu and ignores the style sheet.
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def make_control(field: Field, translate: Callable[[str], str], width: int) -> Control:
    """The control for a field; ``width`` 0 lets it be as wide as its place."""
    if isinstance(field, Toggle):
        return ToggleControl()
    if isinstance(field, Number):
        return NumberControl(field, translate)
    if isinstance(field, Choice):
        return ChoiceControl(field, translate, width)
    if isinstance(field, Text):
        return TextControl(field, translate, width)
    if isinstance(field, Folder):
        return FolderControl(translate, width)
    raise TypeError(f"no control for {type(field).__name__}")
