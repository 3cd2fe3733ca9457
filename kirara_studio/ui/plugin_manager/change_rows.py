"""The queue of changes: each with its progress, its output, and Cancel."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from kirara_studio.api.widgets import Button, Label
from kirara_studio.api.widgets.layouts import column, row
from kirara_studio.api.widgets.mixins import Translated
from kirara_studio.ui.job_bar import ProgressLine
from kirara_studio.ui.page import Card
from kirara_studio.ui.plugin_manager.changes import FAILED, RUNNING, Change
from kirara_studio.ui.plugin_manager.words import state_of, title_of


class ChangeRow(Translated, QWidget):
    """One change."""

    cancel_wanted = Signal(object)
    undo_wanted = Signal(object)

    def __init__(self, change: Change) -> None:
        super().__init__()
        self.change = change
        self.is_newest = False
        """Only the newest change can be undone."""
        self._title = Label(bold=True)
        self.state = Label(tone="text_soft", wrap=True)
        self._line = ProgressLine(120)
        self.show_output = Button(kind="quiet", small=True)
        self.cancel = Button(small=True)
        self.undo = Button(small=True)
        self.output = QPlainTextEdit()
        self.output.setReadOnly(True)
        self.output.setProperty("role", "code")
        self.output.setFixedHeight(160)
        self.output.hide()
        texts = column(self._title, self.state, spacing=2)
        parts = row((texts, 1), self._line, self.show_output, self.cancel, self.undo)
        self.setLayout(column(parts, self.output))
        self.cancel.clicked.connect(lambda: self.cancel_wanted.emit(change))
        self.undo.clicked.connect(lambda: self.undo_wanted.emit(change))
        self.show_output.clicked.connect(self._toggle)
        self._retranslate()

    def show_change(self) -> None:
        """Show where the change stands now."""
        change = self.change
        self.state.setText(state_of(change))
        self.state.setProperty("tone", "loss_text" if change.state == FAILED else "text_soft")
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)
        self._line.setVisible(change.state == RUNNING)
        self._line.set_fraction(change.fraction or None)
        self.cancel.setVisible(not change.is_over)
        self.undo.setVisible(self.is_newest and change.can_be_undone)
        self.show_output.setVisible(bool(change.lines))
        if not self.output.isHidden():
            self.output.setPlainText("\n".join(change.lines))
            self.output.verticalScrollBar().setValue(self.output.verticalScrollBar().maximum())

    def _toggle(self) -> None:
        self.output.setVisible(self.output.isHidden())
        self._retranslate()

    def _retranslate(self) -> None:
        title = title_of(self.change)
        self._title.setText(title)
        self.cancel.setText(self.tr("Cancel"))
        self.cancel.setAccessibleName(self.tr("Cancel “{title}”").format(title=title))
        self.undo.setText(self.tr("Undo"))
        self.undo.setAccessibleName(self.tr("Undo “{title}”").format(title=title))
        hidden = self.output.isHidden()
        self.show_output.setText(self.tr("Show output") if hidden else self.tr("Hide output"))
        self.output.setAccessibleName(self.tr("Output of “{title}”").format(title=title))
        self.show_change()


class ChangeList(Translated, Card):
    """All changes of this session, the newest last; hidden while there are none."""

    cancel_wanted = Signal(object)
    undo_wanted = Signal(object)
    clear_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[ChangeRow] = []
        self._heading = Label(bold=True, tone="text_soft", size=12)
        self.clear_button = Button(kind="quiet", small=True)
        self.clear_button.clicked.connect(self.clear_wanted)
        self.column.addLayout(row(self._heading, None, self.clear_button))
        self.hide()
        self._retranslate()

    def show_change(self, change: Change) -> None:
        """Show a change, new or known."""
        found = next((one for one in self.rows if one.change is change), None)
        if found is None:
            found = ChangeRow(change)
            found.cancel_wanted.connect(self.cancel_wanted)
            found.undo_wanted.connect(self.undo_wanted)
            self.rows.append(found)
            self.column.addWidget(found)
        self._show_rows()
        self.clear_button.setVisible(any(one.change.is_over for one in self.rows))
        self.show()

    def _show_rows(self) -> None:
        # None can be undone while another waits or runs.
        idle = all(one.change.is_over for one in self.rows)
        changed = [one for one in self.rows if idle and one.change.has_changed]
        for one in self.rows:
            one.is_newest = one in changed[-1:]
            one.show_change()

    def clear(self) -> None:
        """Take away the rows of changes that are over."""
        for one in [one for one in self.rows if one.change.is_over]:
            self.rows.remove(one)
            self.column.removeWidget(one)
            one.hide()
            one.deleteLater()
        self.setVisible(bool(self.rows))

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Changes"))
        self.clear_button.setText(self.tr("Clear"))
        self.setAccessibleName(self.tr("Changes"))
