"""Asks which of the things in a file to take over."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from kirara_releases.calendar.rules import SingleDates
from kirara_releases.exchange.importing import Candidate
from kirara_studio.api.widgets import Dialog, Label
from kirara_studio.api.widgets.layouts import fill

translate = QCoreApplication.translate


class ImportDialog(Dialog):
    """Lists candidates with a box each; ``chosen`` is sent with those that are ticked."""

    chosen = Signal(list)

    def __init__(self, candidates: Sequence[Candidate], parent: QWidget) -> None:
        title = translate("releases", "Import")
        super().__init__(title, title, parent)
        self._candidates = list(candidates)
        self.boxes: list[QCheckBox] = []
        rows = QWidget()
        rows.setObjectName("scrolled")
        for candidate in candidates:
            # A single ampersand would underline a letter.
            box = QCheckBox(_describe(candidate).replace("&", "&&"))
            joins = isinstance(candidate.magazine.rule, SingleDates) and candidate.is_new
            box.setChecked(candidate.known is None or joins)
            box.setEnabled(candidate.is_new)
            self.boxes.append(box)
        fill(QVBoxLayout(rows), *self.boxes, None, margins=(0, 0, 12, 0))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setMinimumSize(460, min(40 + 32 * len(self._candidates), 360))
        scroll.setWidget(rows)
        self.column.addWidget(Label(translate("releases", "What should be imported?")))
        self.column.addWidget(scroll, 1)
        self.add_buttons()

    def submit(self) -> None:
        pairs = zip(self._candidates, self.boxes, strict=True)
        self.chosen.emit([candidate for candidate, box in pairs if box.isChecked()])
        self.accept()


def _describe(candidate: Candidate) -> str:
    title = candidate.magazine.title
    parts = [title if len(title) <= 60 else f"{title[:59]}…"]
    parts += candidate.changes(lambda text: translate("releases", text))
    if candidate.known is not None:
        parts.append(
            translate("releases", "already there, will be changed")
            if candidate.is_new
            else translate("releases", "already there")
        )
    return " · ".join(parts)
