"""An opened picture, large, with the evidence drawn over it, and the reasons beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from kirara_paintings.answers import FEATURES, METHODS, NETWORK, WHOLE, Box
from kirara_paintings.jobs import Explained
from kirara_paintings.view.bars import Bars, Legend
from kirara_paintings.view.painting_canvas import PaintingCanvas
from kirara_paintings.view.reasons import Reasons
from kirara_paintings.words import method_name, percent, style_name
from kirara_studio.api.widgets import Button, Inspector, KeyboardFocus, Label, plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

translate = QCoreApplication.translate


class DetailView(QWidget):
    """Shows an :class:`Explained`.

    Emits :attr:`left` (back to the gallery), :attr:`stepped` (−1 or 1), :attr:`crop_changed`, and
    :attr:`asked` with a class to explain.
    """

    left = Signal()
    stepped = Signal(int)
    crop_changed = Signal(bool)
    asked = Signal(str)

    def __init__(self, inspector: Inspector) -> None:
        super().__init__()
        self.explained: Explained | None = None
        self.back = Button(icon="chevron-left")
        self.previous = Button(icon="chevron-left", kind="quiet")
        self.next = Button(icon="chevron-right", kind="quiet")
        self.name = Label(bold=True, elide=True)
        self.verdict = Label(size=12, tone="text_soft", elide=True)
        self.note = Label(size=12, tone="text_soft")
        self.canvas = PaintingCanvas()
        self.heat, self.regions, self.crop = QCheckBox(), QCheckBox(), QCheckBox()
        self.regions.setChecked(True)
        for box in (self.heat, self.regions, self.crop):
            KeyboardFocus(box)
        self._regions: list[Box] = []
        self.answers_section = inspector.add_section("")
        self.legend, self.bars = Legend(), Bars()
        self.answers_section.add(self.legend)
        self.answers_section.add(self.bars)
        self.answers_note = self.answers_section.add_text()
        self.reasons_section = inspector.add_section("")
        self.reasons_note = self.reasons_section.add_text()
        self.reasons = Reasons()
        self.reasons_section.add(self.reasons)
        self.sections = (self.answers_section, self.reasons_section)
        self._assemble()
        self.back.clicked.connect(self.left)
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        self.heat.toggled.connect(self._show_overlays)
        self.regions.toggled.connect(self._show_overlays)
        self.crop.clicked.connect(self.crop_changed)
        self.bars.asked.connect(self.asked)
        self.reasons.looked_at.connect(self.show_regions)

    def _assemble(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.back)
        top.addSpacing(8)
        titles = QVBoxLayout()
        titles.setSpacing(1)
        titles.addWidget(self.name)
        titles.addWidget(self.verdict)
        top.addLayout(titles, 1)
        top.addWidget(self.note)
        top.addWidget(self.previous)
        top.addWidget(self.next)
        below = QHBoxLayout()
        below.setSpacing(20)
        below.addStretch(1)
        for box in (self.regions, self.heat, self.crop):
            below.addWidget(box)
        below.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addWidget(self.canvas, 1)
        layout.addLayout(below)

    def show_waiting(self, name: str, *, crops: bool) -> None:
        """Show that a picture is being opened."""
        self.explained = None
        self._regions = []
        self.name.setText(name)
        self.name.setToolTip(plain_tip(name))
        self.note.setText("")
        self.verdict.setText("")
        self.canvas.set_picture(None)
        self.canvas.set_zoom(1)
        self.canvas.set_message("")
        self.canvas.setAccessibleDescription("")
        self.canvas.show_box(WHOLE)
        self.crop.setChecked(crops)
        self.legend.show_methods([])
        self.bars.show_answers((), "")
        self.reasons.show_reasons((), {})
        self.reasons_note.setText("")
        self._show_overlays()

    def show_place(self, has_previous: bool, has_next: bool) -> None:
        """Enable the buttons for the pictures before and after this one."""
        self.previous.setEnabled(has_previous)
        self.next.setEnabled(has_next)

    def show_explained(self, explained: Explained, style: str, order: Sequence[str]) -> None:
        """Show a picture; ``style`` is explained (empty: the answers), ``order`` is of classes."""
        self.explained = explained
        width, height = explained.size
        self.note.setText(translate("paintings", "{0} × {1} pixels").format(width, height))
        self.verdict.setText(
            " · ".join(
                f"{method_name(one.method)}: {style_name(one.style)} {percent(one.confidence)}"
                for one in explained.answers
            )
        )
        self.canvas.set_picture(explained.pixels)
        self.canvas.show_box(explained.box)
        self.canvas.setAccessibleName(self.name.text())
        self.legend.show_methods([answer.method for answer in explained.answers])
        self.bars.show_answers(explained.answers, style or _first_explained(explained), order)
        by_method = {
            answer.method: explanation
            for answer, explanation in zip(explained.answers, explained.explanations, strict=True)
        }
        named, heated = by_method.get(FEATURES), by_method.get(NETWORK)
        self.reasons_note.setText(
            translate("paintings", "The heat map shows where the network's answer came from.")
            if named is None
            else translate("paintings", "The features say {0}, because:").format(
                style_name(named.style)
            )
        )
        self.reasons.show_reasons(named.reasons if named is not None else (), explained.titles)
        self.heat.setToolTip(
            plain_tip(
                translate(
                    "paintings", "Where the network sees {0} (H): pink is evidence for it"
                ).format(style_name(heated.style) if heated is not None else "")
            )
        )
        self._show_overlays()

    def show_problem(self, text: str) -> None:
        """Show why the picture could not be opened."""
        self.canvas.set_message(text)
        self.canvas.setAccessibleDescription(text)

    def show_regions(self, regions: list[Box]) -> None:
        """Mark regions, while regions are shown."""
        self._regions = regions
        self._show_overlays()

    def _show_overlays(self) -> None:
        maps = [one.heat for one in self.explained.explanations] if self.explained else []
        heat = next((one for one in maps if one is not None), None)
        self.heat.setEnabled(heat is not None)
        there = self.explained is not None and any(
            reason.regions for one in self.explained.explanations for reason in one.reasons
        )
        self.regions.setEnabled(there)
        self.canvas.show_heat(heat if self.heat.isChecked() else None)
        self.canvas.show_regions(self._regions if self.regions.isChecked() else [])
        self._show_crop()

    def _show_crop(self) -> None:
        found = self.explained is not None and self.explained.box != WHOLE
        self.crop.setText(
            translate("paintings", "Crop to the painting")
            if found or not self.crop.isChecked() or self.explained is None
            else translate("paintings", "Crop (nothing surrounds it)")
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in steps:
            self.stepped.emit(steps[key])
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace):
            self.left.emit()
        elif key == Qt.Key.Key_H and self.heat.isEnabled():
            self.heat.toggle()
        elif key == Qt.Key.Key_R and self.regions.isEnabled():
            self.regions.toggle()
        elif key == Qt.Key.Key_C:
            self.crop.click()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Set the texts again."""
        self.back.set_content(translate("paintings", "Gallery"))
        for button, name, key in (
            (self.previous, translate("paintings", "Previous picture"), "←"),
            (self.next, translate("paintings", "Next picture"), "→"),
        ):
            button.setAccessibleName(name)
            button.setToolTip(plain_tip(f"{name} ({key})"))
        self.answers_section.set_title(translate("paintings", "Answers"))
        self.answers_note.setText(
            translate("paintings", "Click a class to see the evidence for it.")
        )
        self.reasons_section.set_title(translate("paintings", "Why"))
        self.heat.setText(translate("paintings", "Heat map"))
        self.heat.setToolTip(
            translate(
                "paintings", "Where the network's answer came from (H): pink is evidence for it"
            )
        )
        self.regions.setText(translate("paintings", "Regions"))
        self.regions.setToolTip(translate("paintings", "Where the features were seen (R)"))
        self.crop.setToolTip(
            translate("paintings", "Look at the painting without frame and wall (C)")
        )
        self._show_crop()


def _first_explained(explained: Explained) -> str:
    """The style that is explained: the first classifier's."""
    found = {answer.method: one.style for answer, one in zip(
        explained.answers, explained.explanations, strict=True)}  # fmt: skip
    return next((found[method] for method in METHODS if method in found), "")
