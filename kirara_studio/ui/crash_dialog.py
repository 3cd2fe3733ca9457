"""What one sees when something went wrong that no panel could show."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from kirara_studio.api.widgets import Button, Icon, Label
from kirara_studio.api.widgets.icons import app_icon
from kirara_studio.api.widgets.tokens import current_tokens
from kirara_studio.ui.faults import Fault


class Choice(Enum):
    """What the user chose to do."""

    CONTINUE = "continue"
    SAFE_MODE = "safe mode"
    SWITCH_OFF = "switch off"


class CrashDialog(QDialog):
    """Says what happened and offers what can be done about it. Not modal: work can go on.

    ``chosen`` is sent once, when the dialog closes.
    """

    chosen = Signal(object)

    def __init__(self, fault: Fault, logs_folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tokens = current_tokens()
        self.fault = fault
        self._logs_folder = logs_folder
        self._choice = Choice.CONTINUE
        self._more = 0
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowIcon(app_icon())
        self.setMinimumWidth(600)
        self._heading = Label(size=17, bold=True, wrap=True)
        self._message = Label(fault.message, wrap=True)
        self._message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._advice = Label(fault.advice, tone="text_soft", wrap=True)
        self._count = Label(size=12, tone="text_soft", wrap=True)
        self._count.hide()
        self.details = QPlainTextEdit(fault.details)
        self.details.setReadOnly(True)
        self.details.setFixedHeight(180)
        self.details.setProperty("role", "code")
        self.details.hide()
        self.show_details = Button(kind="quiet")
        self.copy = Button(icon="copy")
        self.open_logs = Button(icon="folder")
        self.safe_mode = Button(icon="shield")
        self.switch_off = Button(kind="danger", icon="power")
        self.switch_off.setVisible(bool(fault.plugin))
        self.go_on = Button(kind="primary")
        self.go_on.setFocus()

        head = QHBoxLayout()
        head.setSpacing(tokens.space_m)
        head.addWidget(Icon("alert", "loss_text", 28))
        head.addWidget(self._heading, 1)
        help_row = QHBoxLayout()
        help_row.setSpacing(tokens.space_s)
        help_row.addWidget(self.copy)
        help_row.addWidget(self.open_logs)
        help_row.addStretch(1)
        help_row.addWidget(self.show_details)
        row = QHBoxLayout()
        row.setSpacing(tokens.space_s)
        row.addWidget(self.safe_mode)
        row.addWidget(self.switch_off)
        row.addStretch(1)
        row.addWidget(self.go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(tokens.space_xl,) * 4)
        column.setSpacing(tokens.space_m)
        column.addLayout(head)
        for widget in (self._message, self._advice, self._count):
            column.addWidget(widget)
        column.addLayout(help_row)
        column.addWidget(self.details)
        column.addStretch(1)
        column.addSpacing(tokens.space_s)
        column.addLayout(row)

        self.copy.clicked.connect(self._copy)
        self.open_logs.clicked.connect(self._open_logs)
        self.show_details.clicked.connect(self._toggle_details)
        self.safe_mode.clicked.connect(lambda: self._choose(Choice.SAFE_MODE))
        self.switch_off.clicked.connect(lambda: self._choose(Choice.SWITCH_OFF))
        self.go_on.clicked.connect(lambda: self._choose(Choice.CONTINUE))
        self.finished.connect(lambda: self.chosen.emit(self._choice))
        self._retranslate()

    def count_again(self) -> None:
        """Another error came while the dialog is open."""
        self._more += 1
        self._count.setText(
            self.tr("%n more problems since then; they are in the log.", "", self._more)
        )
        self._count.show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _choose(self, choice: Choice) -> None:
        self._choice = choice
        self.accept()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.fault.message}\n\n{self.fault.details}")
        self.copy.setText(self.tr("Copied"))

    def _open_logs(self) -> None:
        self._logs_folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._logs_folder)))

    def _toggle_details(self) -> None:
        self.details.setVisible(self.details.isHidden())
        self._name_details()
        self.adjustSize()

    def _name_details(self) -> None:
        hidden = self.details.isHidden()
        self.show_details.setText(self.tr("Show details") if hidden else self.tr("Hide details"))

    def _retranslate(self) -> None:
        self.setWindowTitle("Kirara Studio")
        self._heading.setText(self.tr("Something went wrong, but the studio is still here"))
        self.copy.setText(self.tr("Copy details"))
        self.open_logs.setText(self.tr("Open the log folder"))
        self.safe_mode.setText(self.tr("Restart in safe mode"))
        self.switch_off.setText(self.tr("Switch “{plugin}” off").format(plugin=self.fault.plugin))
        self.go_on.setText(self.tr("Continue"))
        self.details.setAccessibleName(self.tr("Details"))
        self._name_details()
