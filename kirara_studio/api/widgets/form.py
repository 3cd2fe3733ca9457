"""Forms made from described settings. Every change is stored at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QLocale, QSignalBlocker, Qt, Signal
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
from kirara_studio.api.widgets.mixins import Translated, Widget
from kirara_studio.api.widgets.switch import Switch
from kirara_studio.api.widgets.tokens import current_tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QWheelEvent

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


class Row(Translated, QWidget):
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
        self.name = ResettingLabel(wrap=True)
        self._help = Label(size=12, tone="text_soft", wrap=True)
        self._help.setVisible(bool(field.help))
        self._problem = Label(tone="loss_text", wrap=True)
        self._problem.hide()
        self.control = make_control(field, self._translate, 0 if compact else CONTROL_WIDTH)
        self.control.changed.connect(self._store)
        self.name.setBuddy(self.control.editor)
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
        settings.watch(field.key, self._show)
        self._show(settings[field.key])
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

    def _store(self, value: Any) -> None:
        try:
            self._settings[self.field.key] = value
        except (UserError, ValueError) as error:
            words = error_words(error) if isinstance(error, UserError) else error
            self._problem.setText(str(words))
            self._problem.show()
        else:
            self._problem.hide()
            self.stored.emit()

    def _show(self, value: Any) -> None:
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
        self.control.editor.setAccessibleName(name)
        self.control.editor.setAccessibleDescription(self._help.text())
        self.control.retranslate()


class ResettingLabel(Label):
    """A label that reports double clicks."""

    double_clicked = Signal()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.double_clicked.emit()


class Control(QWidget):
    """What a value is changed with; ``editor`` takes the keyboard.

    ``changed`` is sent when the user changed the value.
    """

    changed = Signal(object)

    def __init__(self, editor: QWidget) -> None:
        super().__init__()
        self.editor = editor
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(current_tokens().space_s)
        self.row.addWidget(editor, 1)

    def set_value(self, value: Any) -> None:
        """Show ``value``, without sending ``changed``."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Show the texts in the language of now."""


class ToggleControl(Control):
    """A switch."""

    def __init__(self) -> None:
        self._switch = Switch()
        super().__init__(self._switch)
        self._switch.toggled.connect(self.changed.emit)

    def set_value(self, value: Any) -> None:
        # Not blocked as a whole: the switch itself follows its own signal.
        with QSignalBlocker(self):
            self._switch.setChecked(bool(value))


class NumberControl(Control):
    """A number that can be typed, stepped and wheeled."""

    def __init__(self, field: Number, translate: Callable[[str], str]) -> None:
        self._box = CalmSpinBox()
        super().__init__(self._box)
        self._translate = translate
        self._suffix = field.suffix
        self._box.setDecimals(field.decimals)
        self._box.setRange(field.minimum, field.maximum)
        self._box.setSingleStep(field.step)
        self._box.setKeyboardTracking(False)
        self._box.setFixedWidth(140)
        number = float if field.decimals else round
        self._box.valueChanged.connect(lambda value: self.changed.emit(number(value)))

    def set_value(self, value: Any) -> None:
        with QSignalBlocker(self._box):
            self._box.setValue(float(value))

    def retranslate(self) -> None:
        self._box.setLocale(QLocale())
        unit = self._translate(self._suffix)
        # “60 min”, but “9:00”.
        self._box.setSuffix(f" {unit}" if unit and unit[0].isalpha() else unit)


class ChoiceControl(Control):
    """One of a few."""

    def __init__(self, field: Choice, translate: Callable[[str], str], width: int) -> None:
        self._box = CalmComboBox()
        super().__init__(self._box)
        self._options = field.options
        self._translate = translate
        # The list's own delegate paints as in a menu and ignores the style sheet.
        self._box.setItemDelegate(QStyledItemDelegate(self._box))
        if width:
            self._box.setFixedWidth(width)
        for value, name in field.options:
            self._box.addItem(name, value)
        self._box.activated.connect(lambda: self.changed.emit(self._box.currentData()))

    def set_value(self, value: Any) -> None:
        self._box.setCurrentIndex(max(self._box.findData(value), 0))

    def retranslate(self) -> None:
        for place, (_, name) in enumerate(self._options):
            self._box.setItemText(place, self._translate(name))


class TextControl(Control):
    """A line of text; a secret one is hidden until its button shows it."""

    def __init__(self, field: Text, translate: Callable[[str], str], width: int) -> None:
        self._edit = QLineEdit()
        super().__init__(self._edit)
        self._placeholder = field.placeholder
        self._translate = translate
        self._stored = ""
        self._edit.setMinimumWidth(max(width - 44 if field.secret else width, 0))
        self.eye: Button | None = None
        if field.secret:
            self.eye = Button(icon="eye", kind="quiet", small=True)
            self.eye.setCheckable(True)
            self.eye.toggled.connect(self._show_secret)
            self.row.addWidget(self.eye)
            self._show_secret(False)
        self._edit.editingFinished.connect(self._store)

    def set_value(self, value: Any) -> None:
        self._stored = str(value)
        if self._edit.text() != self._stored:
            self._edit.setText(self._stored)

    def retranslate(self) -> None:
        self._edit.setPlaceholderText(self._translate(self._placeholder))
        if self.eye is not None:
            self.eye.set_purpose(self.tr("Show what is written"))

    def _show_secret(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._edit.setEchoMode(mode)

    def _store(self) -> None:
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
            self._store()


class _Calm(Widget):
    """Ignores the wheel until it has the keyboard: scrolling a page must change nothing."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class CalmSpinBox(_Calm, QDoubleSpinBox):
    """A spin box that a wheel without the keyboard does not change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # The style sheet's padding does not reach the field inside.
        self.lineEdit().setTextMargins(8, 0, 0, 0)


class CalmComboBox(_Calm, QComboBox):
    """A combo box that a wheel without the keyboard does not change."""


def make_control(field: Field, translate: Callable[[str], str], width: int) -> Control:
    """The control for a field; ``width`` 0 lets it be as wide as its place."""
    match field:
        case Toggle():
            return ToggleControl()
        case Number():
            return NumberControl(field, translate)
        case Choice():
            return ChoiceControl(field, translate, width)
        case Text():
            return TextControl(field, translate, width)
        case Folder():
            return FolderControl(translate, width)
    raise TypeError(f"no control for {type(field).__name__}")
