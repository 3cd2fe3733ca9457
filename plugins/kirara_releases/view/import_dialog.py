"""Asks which of the things in a file to take over."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kirara_releases.rules import SingleDates
from kirara_releases.view.exchange import Candidate
from kirara_studio.api.widgets import Button, Label

translate = QCoreApplication.translate


class ImportDialog(QDialog):
    """Lists candidates with a box each; ``chosen`` is sent with those that are ticked."""

    chosen = Signal(list)

    def __init__(self, candidates: Sequence[Candidate], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("releases", "Import"))
        self._candidates = list(candidates)
        self.list = QListWidget()
        self.list.setMinimumSize(460, 280)
        for candidate in candidates:
            item = QListWidgetItem(_describe(candidate))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = candidate.known is None
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.take = Button(translate("releases", "Import"), kind="primary")
        cancel = Button(translate("releases", "Cancel"))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(translate("releases", "What should be taken over?")))
        column.addWidget(self.list)
        column.addLayout(buttons)
        cancel.clicked.connect(self.reject)
        self.take.clicked.connect(self.submit)

    def submit(self) -> None:
        """Take over what is ticked."""
        ticked = [
            candidate
            for row, candidate in enumerate(self._candidates)
            if self.list.item(row).checkState() == Qt.CheckState.Checked
        ]
        self.chosen.emit(ticked)
        self.accept()


def _describe(candidate: Candidate) -> str:
    magazine = candidate.magazine
    parts = [magazine.title]
    if isinstance(magazine.rule, SingleDates):
        parts.append(translate("releases", "{0} dates").format(len(magazine.rule.dates)))
    if candidate.known is not None:
        parts.append(
            translate("releases", "is there already, would be changed")
            if candidate.news
            else translate("releases", "is there already")
        )
    return " · ".join(parts)
