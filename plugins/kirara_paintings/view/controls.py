"""The inspector of the gallery: grouping, filters, cropping and the model."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QCheckBox

from kirara_paintings.answers import METHODS
from kirara_paintings.classifiers import Models, method_of
from kirara_paintings.view_state import FILTERS, SORTS, ViewState
from kirara_paintings.words import method_name
from kirara_studio.api.model_library import ModelFile
from kirara_studio.api.widgets import (
    Button,
    Inspector,
    KeyboardFocus,
    Label,
    Segments,
    gate_note,
    model_title,
)

translate = QCoreApplication.translate


class Controls(QObject):
    """Shows the state. :attr:`edited` carries a step's text, a field of the state and its value."""

    edited = Signal(str, str, object)
    import_requested = Signal()
    learn_requested = Signal()

    def __init__(self, inspector: Inspector) -> None:
        super().__init__(inspector)
        self.show_section = inspector.add_section("")
        self.method_label = self.show_section.add_text()
        self.method = Segments(["", ""])
        self.sort_label, self.sort = Label(size=12, tone="text_soft"), Segments(["", ""])
        self.only_label, self.only = Label(size=12, tone="text_soft"), Segments(["", "", ""])
        for widget in (self.method, self.sort_label, self.sort, self.only_label, self.only):
            self.show_section.add(widget)
        self.crop_section = inspector.add_section("")
        self.crop = QCheckBox()
        KeyboardFocus(self.crop)
        self.crop_section.add(self.crop)
        self.crop_note = self.crop_section.add_text()
        self.model_section = inspector.add_model_section()
        self.model_section.chosen.connect(
            lambda path: self.edited.emit(translate("paintings", "Classes"), "model", path)
        )
        self.learn_section = inspector.add_section("")
        self.learn_note = self.learn_section.add_text()
        self.learn_button = Button(icon="train")
        self.learn_section.add(self.learn_button)
        self.sections = (
            self.show_section, self.crop_section, self.model_section, self.learn_section,
        )  # fmt: skip
        self.method.chosen.connect(
            lambda index: self.edited.emit(
                translate("paintings", "Group"), "method", METHODS[index]
            )
        )
        self.sort.chosen.connect(
            lambda index: self.edited.emit(translate("paintings", "Sort"), "sort", SORTS[index])
        )
        self.only.chosen.connect(
            lambda index: self.edited.emit(translate("paintings", "Filter"), "only", FILTERS[index])
        )
        self.crop.clicked.connect(
            lambda on: self.edited.emit(translate("paintings", "Crop"), "crop", on)
        )
        self.learn_button.clicked.connect(self.learn_requested)

    def show_state(self, state: ViewState, corrected: int) -> None:
        """Show the state, and the number of pictures that the user gave a style."""
        self.method.set_current(METHODS.index(state.method))
        self.sort.set_current(SORTS.index(state.sort))
        self.only.set_current(FILTERS.index(state.only))
        self.crop.setChecked(state.crop)
        own = bool(state.model)
        for widget in (self.method_label, self.method):
            widget.setVisible(not own)
        self.learn_note.setText(
            translate("paintings", "Pictures that you gave a style: {0}").format(corrected)
            if corrected
            else translate(
                "paintings",
                "If an answer is wrong, press the number of the right style, or drag the "
                "picture to its heading.",
            )
        )
        self.learn_button.setEnabled(corrected > 0)

    def show_models(self, models: Models) -> None:
        """Offer the studio's classifiers and the user's models."""
        below_gate = next((model.card for model in models.studio if model.card.missed), None)
        styles = model_title(translate("paintings", "The four styles"), below_gate)
        chosen = models.chosen
        own = [(model_title(model.name, model.card), str(model.path)) for model in models.own]
        name, path = styles, ""
        if chosen is not None:
            name, path = model_title(chosen.name, chosen.card), str(chosen.path)
        note = _model_words(models.studio, chosen)
        self.model_section.show_models([(styles, ""), *own], path, name, note)
        menu = self.model_section.menu
        menu.addAction(translate("paintings", "Import a model…"), self.import_requested.emit)

    def retranslate(self) -> None:
        """Set the texts again, but for those of models and pictures."""
        self.show_section.set_title(translate("paintings", "Gallery"))
        self.method_label.setText(translate("paintings", "Grouped by the answers of"))
        self.method.set_texts([method_name(method) for method in METHODS])
        self.method.set_name(self.method_label.text())
        self.sort_label.setText(translate("paintings", "Sorted by"))
        self.sort.set_texts([translate("paintings", "Confidence"), translate("paintings", "Name")])
        self.sort.set_name(self.sort_label.text())
        self.only_label.setText(translate("paintings", "Shown"))
        self.only.set_texts(
            [
                translate("paintings", "All"),
                translate("paintings", "Disagree"),
                translate("paintings", "Corrected"),
            ]
        )
        self.only.set_name(self.only_label.text())
        self.crop_section.set_title(translate("paintings", "Frames and walls"))
        self.crop.setText(translate("paintings", "Crop to the painting"))
        self.crop_note.setText(
            translate(
                "paintings", "The crop is shown when a picture is opened, and can be undone there."
            )
        )
        self.model_section.set_title(translate("paintings", "Classes"))
        self.learn_section.set_title(translate("paintings", "Corrections"))
        self.learn_button.set_content(translate("paintings", "Learn from corrections"))


def _model_words(studio_models: Sequence[ModelFile], model: ModelFile | None) -> str:
    if model is None:
        text = translate(
            "paintings",
            "The styles of the contest, with two classifiers: a network, and named features.",
        )
        notes = [
            f"{method_name(method_of(one))}: {gate_note(one.card)}"
            for one in studio_models
            if one.card.missed
        ]
        return "\n".join((text, *notes))
    card = model.card
    parts = translate("paintings", "your own"), card.training_data, card.licence, card.notes
    return " · ".join(filter(None, parts))
