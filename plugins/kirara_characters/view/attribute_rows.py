"""A row of the inspector for one attribute: its control, and a lock."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QColorDialog,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QStyledItemDelegate,
    QWidget,
)

from kirara_characters.networks.character import Value
from kirara_characters.networks.latents import Attribute
from kirara_characters.view.attribute_names import value_name
from kirara_studio.api.widgets import Button, KeyboardFocus, Label, ValueSlider
from kirara_studio.api.widgets.button import PlainButton
from kirara_studio.api.widgets.form import CalmComboBox
from kirara_studio.api.widgets.layouts import fill
from kirara_studio.api.widgets.style import color, draw_focus_ring

translate = QCoreApplication.translate

_STEPS = 100  # of a slider


class AttributeRow(QWidget):
    """Shows and changes the value of ``attribute``.

    :attr:`previewed` is sent with every value while something is dragged, :attr:`changed` when it
    stays, :attr:`cancelled` if the value before is wanted after all, :attr:`locked` when the
    lock is turned. ``control`` is what has the keyboard.
    """

    previewed = Signal(object)
    changed = Signal(object)
    cancelled = Signal()
    locked = Signal(bool)

    def __init__(self, attribute: Attribute, control: QWidget) -> None:
        super().__init__()
        self.attribute, self.control = attribute, control
        self.lock = Button(icon="unlock", kind="quiet", small=True)
        self.lock.setCheckable(True)
        self.lock.clicked.connect(lambda on: self.locked.emit(on))

    def set_name(self, name: str) -> None:
        """Set the attribute's name in the language of the window."""
        self.control.setAccessibleName(name)
        text = translate("characters", "All candidates have this: {0}")
        self.lock.set_purpose(text.format(name))

    def set_value(self, value: Value) -> None:
        """Show a value without emitting anything."""
        raise NotImplementedError

    def set_locked(self, locked: bool) -> None:
        """Show whether all candidates have this value."""
        self.lock.setChecked(locked)
        self.lock.icon_name = "lock" if locked else "unlock"
        self.lock.update()


class NumberRow(AttributeRow):
    """A slider."""

    def __init__(self, attribute: Attribute) -> None:
        low, high = attribute.low, attribute.high
        middle = 0.0 if low < 0 < high else round((low + high) / 2, 2)
        self.slider = ValueSlider("", low, high, middle, step=(high - low) / _STEPS, decimals=2)
        super().__init__(attribute, self.slider)
        fill(QHBoxLayout(self), (self.slider, 1), self.lock, spacing=4)
        self.slider.changing.connect(self.previewed.emit)
        self.slider.changed.connect(self.changed.emit)

    def set_name(self, name: str) -> None:
        super().set_name(name)
        self.slider.set_label(name)

    def set_value(self, value: Value) -> None:
        self.slider.set_value(float(value))


class ChoiceRow(AttributeRow):
    """A list of named choices."""

    def __init__(self, attribute: Attribute) -> None:
        self.box = CalmComboBox()
        super().__init__(attribute, self.box)
        self.box.setItemDelegate(QStyledItemDelegate(self.box))  # the list's own has no style
        for choice in attribute.choices:
            self.box.addItem("", choice)
        self.label = _label()
        fill(QHBoxLayout(self), (self.label, 2), (self.box, 3), self.lock, spacing=4)
        self.box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.box.activated.connect(lambda: self.changed.emit(self.box.currentData()))
        self.box.highlighted.connect(self._preview)

    def set_name(self, name: str) -> None:
        super().set_name(name)
        self.label.setText(name)
        for place in range(self.box.count()):
            self.box.setItemText(place, value_name(self.box.itemData(place)))

    def _preview(self, index: int) -> None:
        if self.box.view().isVisible():  # else the box itself is being filled
            self.previewed.emit(self.box.itemData(index))

    def set_value(self, value: Value) -> None:
        if not self.box.view().isVisible():
            self.box.setCurrentIndex(max(self.box.findData(value), 0))


class FlagRow(AttributeRow):
    """A box to check."""

    def __init__(self, attribute: Attribute) -> None:
        self.box = QCheckBox()
        super().__init__(attribute, self.box)
        KeyboardFocus(self.box)
        fill(QHBoxLayout(self), (self.box, 1), self.lock, spacing=4)
        self.box.clicked.connect(lambda on: self.changed.emit(on))

    def set_name(self, name: str) -> None:
        super().set_name(name)
        self.box.setText(name)

    def set_value(self, value: Value) -> None:
        with QSignalBlocker(self.box):
            self.box.setChecked(bool(value))


class ColourRow(AttributeRow):
    """A field in the colour; a click asks for another, or for none if that may be."""

    def __init__(self, attribute: Attribute) -> None:
        self.swatch = _Swatch()
        super().__init__(attribute, self.swatch)
        self.label = _label()
        fill(QHBoxLayout(self), (self.label, 3), (self.swatch, 2), self.lock, spacing=4)
        self.swatch.clicked.connect(self._on_clicked)

    def set_name(self, name: str) -> None:
        super().set_name(name)
        self.label.setText(name)

    def set_value(self, value: Value) -> None:
        self.swatch.set_colour(str(value))

    def _on_clicked(self) -> None:
        if not self.attribute.optional:
            self.ask()
            return
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(translate("characters", "Choose a colour…"), self.ask)
        none = menu.addAction(translate("characters", "None"), lambda: self.changed.emit(""))
        none.setEnabled(bool(self.swatch.colour))
        menu.popup(self.swatch.mapToGlobal(QPoint(0, self.swatch.height())))

    def ask(self) -> QColorDialog:
        """Let the user choose; the picture follows."""
        dialog = QColorDialog(QColor(self.swatch.colour or "#ffffff"), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.control.accessibleName())
        dialog.currentColorChanged.connect(lambda chosen: self.previewed.emit(chosen.name()))
        dialog.colorSelected.connect(lambda chosen: self.changed.emit(chosen.name()))
        dialog.rejected.connect(self.cancelled)
        dialog.open()
        return dialog


class _Swatch(PlainButton):
    """A rounded field in a colour; crossed out without one."""

    def __init__(self) -> None:
        super().__init__()
        self.colour = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(80, 28)

    def set_colour(self, colour: str) -> None:
        self.colour = colour
        self.setAccessibleDescription(colour or translate("characters", "None"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.setPen(QPen(color("line_strong"), 1))
            painter.setBrush(QColor(self.colour) if self.colour else color("surface"))
            painter.drawRoundedRect(box, 6, 6)
            if not self.colour:
                painter.setPen(color("text_soft"))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, translate("characters", "None"))
            if self._keyboard.here:
                draw_focus_ring(painter, box, 6)


def row_for(attribute: Attribute) -> AttributeRow:
    """The row that fits an attribute."""
    kinds = {"number": NumberRow, "choice": ChoiceRow, "flag": FlagRow, "colour": ColourRow}
    return kinds[attribute.kind](attribute)


def _label() -> Label:
    return Label(tone="text_soft", elide=True)
