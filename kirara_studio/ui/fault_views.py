"""Errors that no banner can show: instead of a panel, or in a dialog."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from kirara_studio.api.widgets import Button, Icon, Label
from kirara_studio.api.widgets.icons import app_icon
from kirara_studio.api.widgets.layouts import row
from kirara_studio.api.widgets.mixins import Translated
from kirara_studio.api.widgets.tokens import current_tokens
from kirara_studio.ui.faults import Fault
from kirara_studio.ui.page import Card, CopyDetails


class FaultPage(QWidget):
    """Instead of a panel that could not be made: what happened, whose fault, what to do."""

    again_wanted = Signal()
    switch_off_wanted = Signal()

    def __init__(self, fault: Fault, title: str) -> None:
        super().__init__()
        self.fault = fault
        card = Card()
        card.setMaximumWidth(620)
        card.column.setContentsMargins(28, 24, 28, 24)
        heading, advice = _add_texts(card.column, fault)
        # An expected one need not be a failure: it may have been left closed on purpose.
        opened = self.tr("“{title}” was not opened") if fault.expected else ""
        opened = opened or self.tr("“{title}” could not be opened")
        heading.setText(opened.format(title=title))
        if not fault.expected:
            advice.setText(
                self.tr(
                    "The other panels go on. Try again, or switch the plugin off and report the "
                    "details to its author."
                )
            )
        plugin = Label(self.tr("Plugin: {name}").format(name=fault.plugin), tone="text_soft")
        self.again = Button(self.tr("Try again"), kind="primary", icon="retry")
        self.switch_off = Button(self.tr("Switch this plugin off"), kind="danger", icon="power")
        for widget in (plugin, self.switch_off):
            widget.setVisible(bool(fault.plugin))
        card.column.addWidget(plugin)
        card.column.addSpacing(current_tokens().space_s)
        self.copy = CopyDetails(fault.report)
        card.column.addLayout(row(self.again, self.copy, None, self.switch_off))
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card, 10)
        middle.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(current_tokens().space_xl,) * 4)
        column.addStretch(2)
        column.addLayout(middle)
        column.addStretch(3)

        self.again.clicked.connect(self.again_wanted)
        self.switch_off.clicked.connect(self.switch_off_wanted)
        self.setFocusProxy(self.again)


class Choice(Enum):
    """What the user chose to do."""

    CONTINUE = "continue"
    SAFE_MODE = "safe mode"
    SWITCH_OFF = "switch off"


class CrashDialog(Translated, QDialog):
    """Shows what happened and offers what can be done about it. Not modal: work can go on.

    ``chosen`` is sent once, when the dialog closes.
    """

    chosen = Signal(object)

    def __init__(
        self, fault: Fault, open_logs: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        tokens = current_tokens()
        self.fault = fault
        self._choice = Choice.CONTINUE
        self._more = 0
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowIcon(app_icon())
        self.setWindowTitle("Kirara Studio")
        self.setMinimumWidth(600)
        self.details = QPlainTextEdit(fault.details)
        self.details.setReadOnly(True)
        self.details.setFixedHeight(180)
        self.details.setProperty("role", "code")
        self.details.hide()
        self.count = Label(size=12, tone="text_soft", wrap=True)
        self.count.hide()
        self.show_details = Button(kind="quiet")
        self.copy = CopyDetails(fault.report)
        self.open_logs = Button(icon="folder")
        self.safe_mode = Button(icon="shield")
        self.switch_off = Button(kind="danger", icon="power")
        self.switch_off.setVisible(bool(fault.plugin))
        self.go_on = Button(kind="primary")
        self.go_on.setFocus()

        column = QVBoxLayout(self)
        column.setContentsMargins(*(tokens.space_xl,) * 4)
        column.setSpacing(tokens.space_m)
        self._heading, _ = _add_texts(column, fault)
        column.addWidget(self.count)
        column.addLayout(row(self.copy, self.open_logs, None, self.show_details))
        column.addWidget(self.details)
        column.addStretch(1)
        column.addSpacing(tokens.space_s)
        column.addLayout(row(self.safe_mode, self.switch_off, None, self.go_on))

        self.open_logs.clicked.connect(open_logs)
        self.show_details.clicked.connect(self._toggle_details)
        self.safe_mode.clicked.connect(lambda: self._choose(Choice.SAFE_MODE))
        self.switch_off.clicked.connect(lambda: self._choose(Choice.SWITCH_OFF))
        self.go_on.clicked.connect(self.accept)
        self.finished.connect(lambda: self.chosen.emit(self._choice))
        self._retranslate()

    def count_again(self) -> None:
        """Another error came while the dialog is open."""
        self._more += 1
        self.count.setText(self.tr("More problems since then, in the log: %n", "", self._more))
        self.count.show()

    def _choose(self, choice: Choice) -> None:
        self._choice = choice
        self.accept()

    def _toggle_details(self) -> None:
        self.details.setVisible(self.details.isHidden())
        self._retranslate()
        self.adjustSize()

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Something went wrong, but the studio is still here"))
        self.open_logs.setText(self.tr("Open the log folder"))
        self.safe_mode.setText(self.tr("Restart in safe mode"))
        self.switch_off.setText(self.tr("Switch “{plugin}” off").format(plugin=self.fault.plugin))
        self.go_on.setText(self.tr("Continue"))
        self.details.setAccessibleName(self.tr("Details"))
        hidden = self.details.isHidden()
        self.show_details.setText(self.tr("Show details") if hidden else self.tr("Hide details"))


def _add_texts(column: QVBoxLayout, fault: Fault) -> tuple[Label, Label]:
    """Add a heading, the message and the advice; returns the labels of heading and advice."""
    heading = Label(size=17, bold=True, wrap=True)
    head = QHBoxLayout()
    head.setSpacing(current_tokens().space_m)
    head.addWidget(Icon("alert", "loss_text", 28))
    head.addWidget(heading, 1)
    message = Label(fault.message, wrap=True)
    message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    advice = Label(fault.advice, tone="text_soft", wrap=True)
    column.addLayout(head)
    column.addWidget(message)
    column.addWidget(advice)
    return heading, advice
