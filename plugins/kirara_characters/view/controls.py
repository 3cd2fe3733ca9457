"""The panel's inspector: model, candidates, film."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox

from kirara_characters.character_edits import CharacterEdits
from kirara_characters.models import is_drawn, resolution_of
from kirara_characters.scene import (
    DEFAULT_SEED,
    DEFAULT_TRUNCATION,
    LARGEST_COUNT,
    LARGEST_SEED,
    Scene,
)
from kirara_characters.view.attribute_editor import AttributeEditor
from kirara_studio.api.model_library import ModelFile
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import (
    Button,
    DropZone,
    Inspector,
    KeyboardFocus,
    Segments,
    ValueSlider,
    gate_note,
    model_title,
)

translate = QCoreApplication.translate


class Controls(QObject):
    """The controls of the create page, in sections of the inspector."""

    model_chosen = Signal(str)
    file_requested = Signal()
    surprise_requested = Signal()
    all_kinds_requested = Signal()
    files_dropped = Signal(list)

    def __init__(self, context: PanelContext, edits: CharacterEdits, inspector: Inspector) -> None:
        super().__init__(inspector)
        self.model_section = inspector.add_model_section()
        self.model_section.chosen.connect(self.model_chosen)

        self.candidates = inspector.add_section("")
        self.sliders = {
            "seed": ValueSlider("", 0, 9999, DEFAULT_SEED, largest=LARGEST_SEED),
            "truncation": ValueSlider(
                "", 0, 1.5, DEFAULT_TRUNCATION, step=0.01, decimals=2, largest=2
            ),
            "count": ValueSlider("", 4, 64, Scene.count, largest=LARGEST_COUNT),
            "distance": ValueSlider("", 0, 1, Scene.distance, step=0.01, decimals=2),
        }
        for slider in self.sliders.values():
            self.candidates.add(slider)
        self.surprise = Button(icon="dice")
        self.candidates.add(self.surprise)
        self.all_kinds = Button(icon="close")
        self.candidates.add(self.all_kinds)
        self.all_kinds.clicked.connect(self.all_kinds_requested)
        self.surprise.clicked.connect(self.surprise_requested)

        self.attributes = AttributeEditor(context, edits, inspector)

        self.film = inspector.add_section("")
        self.easing = Segments(["", ""])
        self.film.add(self.easing)
        self.loop = QCheckBox()
        KeyboardFocus(self.loop)
        self.film.add(self.loop)
        self.film_note = self.film.add_text()

        self.recall = inspector.add_section("")
        self.drop_zone = DropZone("")
        self.drop_zone.dropped.connect(self.files_dropped)
        self.drop_zone.clicked.connect(self.file_requested)
        self.recall.add(self.drop_zone)
        self._models: list[ModelFile] = []
        self._current_model = ""

    def set_shown(self, shown: bool) -> None:
        """Show the sections, or hide them, as the training page does."""
        for section in (self.model_section, self.candidates, self.film, self.recall):
            section.setVisible(shown)
        self.attributes.set_shown(shown)

    def show_scene(self, scene: Scene) -> None:
        """Show the scene's numbers."""
        self.attributes.show_scene(scene)
        for name, slider in self.sliders.items():
            slider.set_value(getattr(scene, name))
        near = scene.near is not None
        self.sliders["truncation"].setVisible(not near)
        self.sliders["distance"].setVisible(near)
        self.all_kinds.setVisible(near)
        self.easing.set_current(1 if {pin.easing for pin in scene.pins} == {"linear"} else 0)
        with QSignalBlocker(self.loop):
            self.loop.setChecked(scene.closed)
        film = translate("characters", "Pin two or more to make a film.")
        if len(scene.pins) > 1:
            film = translate("characters", "{0} characters, {1} seconds")
        self.film_note.setText(film.format(len(scene.pins), f"{scene.duration:.1f}"))

    def show_models(self, models: list[ModelFile], current: str) -> None:
        """Offer ``models``; ``current`` is the path of the chosen one."""
        self._models, self._current_model = models, current
        chosen = next((model for model in models if str(model.path) == current), None)
        name, note = translate("characters", "No model"), ""
        if chosen:
            name, note = model_title(chosen.name, chosen.card), _describe_model(chosen)
        entries = [(model_title(model.name, model.card), str(model.path)) for model in models]
        self.model_section.show_models(entries, current, name, note)
        text = translate("characters", "Import a model…")
        self.model_section.menu.addAction(text, self.file_requested.emit)

    def retranslate(self, scene: Scene) -> None:
        """Set the texts again."""
        self.model_section.set_title(translate("characters", "Model"))
        self.candidates.set_title(translate("characters", "Candidates"))
        self.sliders["seed"].set_label(translate("characters", "Seed"))
        self.sliders["truncation"].set_label(translate("characters", "Variety (truncation)"))
        self.sliders["truncation"].setToolTip(
            translate("characters", "Low: similar and neat. High: varied, some of them odd.")
        )
        self.sliders["count"].set_label(translate("characters", "Count"))
        self.sliders["distance"].set_label(translate("characters", "Distance"))
        self.all_kinds.set_content(translate("characters", "Back to all kinds"))
        self.surprise.set_content(translate("characters", "Surprise me"))
        self.surprise.setToolTip(translate("characters", "Another random seed (R)"))
        self.film.set_title(translate("characters", "Film"))
        self.easing.set_name(translate("characters", "Easing"))
        steady = translate("characters", "Steady")
        self.easing.set_texts([translate("characters", "Smooth"), steady])
        self.loop.setText(translate("characters", "Back to the start (loop)"))
        self.recall.set_title(translate("characters", "From a file"))
        self.drop_zone.set_text(translate("characters", "Drop a saved picture, film or a model"))
        self.attributes.retranslate()
        self.show_models(self._models, self._current_model)
        self.show_scene(scene)


def number_names() -> dict[str, str]:
    """Names for undo, of the scene's numbers."""
    return {
        "seed": translate("characters", "Seed"),
        "truncation": translate("characters", "Variety"),
        "count": translate("characters", "Count"),
        "distance": translate("characters", "Distance"),
    }


def _describe_model(model: ModelFile) -> str:
    side = resolution_of(model)
    text = translate("characters", "{0} pixels · your own")
    if is_drawn(model):
        text = translate("characters", "any size · drawn by a program, without a network")
    elif model.bundled:
        text = translate("characters", "{0} pixels · comes with the studio")
    return "\n".join(filter(None, (text.format(f"{side}×{side}"), gate_note(model.card))))
