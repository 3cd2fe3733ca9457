"""The one frame of all panels: title, primary button, canvas, strip, inspector."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import (
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShortcut,
    QUndoStack,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets.button import Button
from kirara_studio.api.widgets.drop_zone import TakesFiles
from kirara_studio.api.widgets.inspector import Inspector
from kirara_studio.api.widgets.label import Label, plain_tip
from kirara_studio.api.widgets.mixins import Translated
from kirara_studio.api.widgets.style import RADIUS, color, font

translate = QCoreApplication.translate

_PRIMARY_HINT = "Ctrl+↵"
_NARROW = 960  # pixels; below, the header and the inspector do not fit beside each other


class PanelWidget(TakesFiles, Translated, QWidget):
    """What a panel's own widget inherits from.

    Fill it in the constructor: :meth:`set_canvas`, :meth:`set_strip`, ``self.inspector``,
    :meth:`set_primary`, :meth:`add_action`. ``self.undo_stack`` listens to Ctrl+Z and
    Ctrl+Shift+Z. Override :meth:`retranslate` to set every text again when the language changes
    (call it from the constructor too), and :meth:`save_state` and :meth:`restore_state` to keep
    what should outlive the session.

    Files dropped anywhere arrive in :attr:`dropped`, a list of paths. :attr:`play_pressed` is
    Space, pressed while nothing else takes it.
    """

    dropped = Signal(list)
    play_pressed = Signal()

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.undo_stack = QUndoStack(self)
        self.inspector = Inspector()
        self._busy = False
        self._primary_text = ""
        self._on_start: Callable[[], object] | None = None
        self._on_stop: Callable[[], object] | None = None
        self._inspector_wanted = True
        self._narrow = False

        self._title_label = Label(size=22, bold=True)
        self._subtitle_label = Label(size=12, tone="text_soft", elide=True)
        self.primary = Button(kind="primary", hint=_PRIMARY_HINT)
        self.undo_button = Button(icon="undo", kind="quiet")
        self.redo_button = Button(icon="redo", kind="quiet")
        self.inspector_button = Button(icon="chevron-right", kind="quiet")

        self._actions_place = QHBoxLayout()
        self._actions_place.setSpacing(8)
        self._canvas_place = QVBoxLayout()
        self._canvas_place.setContentsMargins(16, 0, 16, 8)
        self._strip_place = _Strip()
        self._curtain = _Curtain(self)
        self._assemble_frame()
        self._connect_frame()
        self._set_frame_texts()

    def _assemble_frame(self) -> None:
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(self._title_label)
        titles.addWidget(self._subtitle_label)
        header = QHBoxLayout()
        header.setContentsMargins(24, 14, 16, 8)
        header.setSpacing(8)
        header.addLayout(titles, 1)
        header.addWidget(self.undo_button)
        header.addWidget(self.redo_button)
        header.addLayout(self._actions_place)
        header.addWidget(self.primary)
        header.addWidget(self.inspector_button)
        main = QVBoxLayout()
        main.setSpacing(0)
        main.addLayout(header)
        main.addLayout(self._canvas_place, 1)
        main.addWidget(self._strip_place)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(main, 1)
        layout.addWidget(self.inspector)
        self._columns, self._header = layout, header
        self._strip_place.hide()
        self.setAcceptDrops(True)

    def _connect_frame(self) -> None:
        self.primary.clicked.connect(self.press_primary)
        self.primary.setEnabled(False)
        self.inspector.filled.connect(
            lambda: self._show_inspector(self._inspector_wanted and not self._narrow)
        )
        self._show_inspector(True)
        self.inspector_button.clicked.connect(
            lambda: self.set_inspector_visible(self.inspector.isHidden())
        )
        self.undo_button.clicked.connect(self.undo_stack.undo)
        self.redo_button.clicked.connect(self.undo_stack.redo)
        self.undo_stack.canUndoChanged.connect(self.undo_button.setEnabled)
        self.undo_stack.canRedoChanged.connect(self.redo_button.setEnabled)
        self.undo_stack.undoTextChanged.connect(self._name_undo)
        self.undo_stack.redoTextChanged.connect(self._name_undo)
        self.undo_button.setEnabled(False)
        self.redo_button.setEnabled(False)
        for keys, function in (
            ("Ctrl+Return", self.press_primary),
            ("Ctrl+Enter", self.press_primary),
            ("Ctrl+Z", self.undo_stack.undo),
            ("Ctrl+Shift+Z", self.undo_stack.redo),
            ("Ctrl+Y", self.undo_stack.redo),
            ("Space", self.play_pressed.emit),
        ):
            self.add_shortcut(keys, function)

    # Filling it

    def set_canvas(self, widget: QWidget) -> None:
        """Put ``widget`` where the result is shown."""
        self._canvas_place.addWidget(widget)

    def set_strip(self, widget: QWidget) -> None:
        """Put ``widget`` below the canvas."""
        self._strip_place.column.addWidget(widget)
        self._strip_place.show()

    def set_strip_visible(self, visible: bool) -> None:
        """Show or hide the strip."""
        self._strip_place.setVisible(visible)

    def set_primary(
        self, text: str, on_start: Callable[[], object], on_stop: Callable[[], object]
    ) -> None:
        """Say what the primary button does; while busy it stops."""
        self._primary_text, self._on_start, self._on_stop = text, on_start, on_stop
        self.primary.setEnabled(True)
        self._show_primary()

    def add_action(self, button: QWidget) -> QWidget:
        """Put a button (or another small control) left of the primary one; returns it."""
        self._actions_place.addWidget(button)
        return button

    def add_shortcut(self, keys: str, function: Callable[[], object]) -> QShortcut:
        """Call ``function`` when ``keys`` are pressed anywhere in the panel."""
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(function)
        return shortcut

    def set_drop_text(self, text: str) -> None:
        """What is written over the panel while files hover above it."""
        self._curtain.text = text

    # Busy or not

    @property
    def busy(self) -> bool:
        """True while the primary button is Stop."""
        return self._busy

    def set_busy(self, busy: bool) -> None:
        """Make the primary button Stop, or start again."""
        if busy != self._busy:
            self._busy = busy
            self._show_primary()

    def press_primary(self) -> None:
        """What a click on the primary button, and Ctrl+Enter, do."""
        function = self._on_stop if self._busy else self._on_start
        if function is not None and self.primary.isEnabled():
            function()

    def _show_primary(self) -> None:
        contents = ((self._primary_text, "sparkle"), (translate("widgets", "Stop"), "stop"))
        widths = []
        for text, icon in contents:
            self.primary.set_content(text, icon=icon)
            widths.append(self.primary.sizeHint().width())
        text, icon = contents[self._busy]
        self.primary.set_content(text, icon=icon)
        # The same button in the same place: nothing moves under the pointer.
        self.primary.setMinimumWidth(max(widths))

    # The inspector, and what is remembered

    def set_inspector_visible(self, visible: bool) -> None:
        """Show or collapse the inspector; in a narrow panel it lies over the canvas."""
        self._inspector_wanted = visible
        self._show_inspector(visible)

    def _show_inspector(self, visible: bool) -> None:
        """Show or hide it; one without sections is never shown."""
        visible = visible and not self.inspector.empty
        self.inspector.setVisible(visible)
        self.inspector_button.setVisible(not self.inspector.empty)
        self.inspector_button.icon_name = "chevron-right" if visible else "chevron-left"
        self._name_inspector_button()
        self.inspector_button.update()
        self._lay_inspector_over()

    def _adapt_to_width(self) -> None:
        """Give the canvas the whole width of a narrow panel, and the inspector's back later."""
        narrow = self.width() < _NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            if narrow:
                self._columns.removeWidget(self.inspector)
            else:
                self._columns.addWidget(self.inspector)
            self._show_inspector(self._inspector_wanted and not narrow)
        self._lay_inspector_over()

    def _lay_inspector_over(self) -> None:
        if self._narrow:
            self._columns.activate()  # the header has its place before the next event, too
            top = self._header.geometry().bottom() + 1  # its buttons stay in reach
            left = self.width() - self.inspector.width()
            self.inspector.setGeometry(left, top, self.inspector.width(), self.height() - top)
            self.inspector.raise_()

    def save_state(self) -> dict[str, Any]:
        """Plain JSON values that :meth:`restore_state` understands."""
        return {"inspector": self._inspector_wanted}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take over what :meth:`save_state` gave, perhaps in an older version; never raises."""
        visible = state.get("inspector")
        if isinstance(visible, bool):
            self.set_inspector_visible(visible)

    # Language

    def retranslate(self) -> None:
        """Set every text again. Override it, and call it through ``super()``."""

    def _retranslate(self) -> None:
        self._set_frame_texts()
        self.retranslate()

    def _set_frame_texts(self) -> None:
        panel = self.context.panel
        self._title_label.setText(self.context.tr(panel.title))
        self._subtitle_label.setText(self.context.tr(panel.subtitle) if panel.subtitle else "")
        self._subtitle_label.setToolTip(plain_tip(self._subtitle_label.text()))
        self._show_primary()
        self._name_undo()
        self._name_inspector_button()

    def _name_undo(self) -> None:
        undo, redo = translate("widgets", "Undo"), translate("widgets", "Redo")
        for button, name, what, keys in (
            (self.undo_button, undo, self.undo_stack.undoText(), "Ctrl+Z"),
            (self.redo_button, redo, self.undo_stack.redoText(), "Ctrl+Shift+Z"),
        ):
            button.setToolTip(plain_tip(f"{name}: {what} ({keys})" if what else f"{name} ({keys})"))
            button.setAccessibleName(name)

    def _name_inspector_button(self) -> None:
        hidden = self.inspector.isHidden()
        show, hide = (
            translate("widgets", "Show the controls"),
            translate("widgets", "Hide the controls"),
        )
        self.inspector_button.set_purpose(show if hidden else hide)

    # Drops

    def open_files(self, paths: list[Path], purpose: str = "") -> None:
        """Take files as if they were dropped here.

        The studio calls it for models that are dropped elsewhere or named at the start
        (:class:`kirara_studio.api.panel.ModelFormat`), and for what another panel gives. Override
        it if the panel knows a ``purpose`` of files (version 1.4), and call it for the others.
        """
        self.dropped.emit(paths)

    def _show_drag(self, here: bool) -> None:
        self._curtain.setVisible(here)
        self._curtain.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._adapt_to_width()
        self._curtain.setGeometry(self.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), color("ground"))


class _Strip(QWidget):
    """The place below the canvas."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 1, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), color("surface"))
            painter.fillRect(0, 0, self.width(), 1, color("line"))


class _Curtain(QWidget):
    """Lies over the panel while files hover above it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), color("ground", 0.82))
            box = QRectF(self.rect()).adjusted(16, 16, -16, -16)
            painter.setPen(QPen(color("accent"), 2, Qt.PenStyle.DashLine))
            painter.setBrush(color("accent_soft", 0.5))
            painter.drawRoundedRect(box, 2 * RADIUS, 2 * RADIUS)
            painter.setPen(color("accent_text"))
            painter.setFont(font(self, 17, bold=True))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(box.adjusted(24, 24, -24, -24), int(flags), self.text)
