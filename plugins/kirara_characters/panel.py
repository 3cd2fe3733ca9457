"""The Characters panel: candidates, pins, and the film that leads from one to the next."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QHideEvent, QImage, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from kirara_characters.controls import Controls
from kirara_characters.exports import Exports
from kirara_characters.files import Files
from kirara_characters.gallery import Gallery
from kirara_characters.history import History
from kirara_characters.menus import candidate_menu, number_name, segment_menu
from kirara_characters.models import ModelFile, available_models
from kirara_characters.scene import LONGEST, SHORTEST, Pin, Scene
from kirara_characters.stage import Stage
from kirara_characters.training_view import TrainingView
from kirara_characters.wall import WallView
from kirara_studio.api.jobs import Cancelled
from kirara_studio.api.kept_json import parse_json
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import (
    EmptyState,
    Filmstrip,
    PanelWidget,
    Segments,
)
from kirara_studio.api.widgets.undo import ValueEdit

translate = QCoreApplication.translate

_FIRST_PINS = (1, 6, 11)  # which candidates are pinned when the panel is opened for the first time
_CREATE, _TRAIN = 0, 1
_STRIP_HEIGHTS = (108, 164)
_SURPRISES = 10_000  # seeds short enough to be remembered and told


class CharactersPanel(PanelWidget):
    """What the user sees is one :class:`Scene`; every edit shows another (:meth:`edit`)."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self.scene = Scene()
        self._settled = self.scene  # the scene before what is being dragged now
        self._first_time = False
        self.models: list[ModelFile] = []
        self.last_saved: Path | None = None

        self.gallery = Gallery(context)
        self.history = History()
        self.wall = WallView()
        self.strip = Filmstrip(shortest=SHORTEST, longest=LONGEST)
        self.stage = Stage(self.gallery, self.wall, self.strip, self)
        self.player = self.stage.player
        self.training = TrainingView(context)
        self.no_model = EmptyState("", "")
        self.pages = Segments(["", ""])
        self.controls = Controls(self.inspector)
        self.training_section = self.inspector.add_section("")
        self.exports = Exports(self)
        self.files = Files(self)
        # A wall that is there in a moment should not make the button flicker.
        self._busy_soon = QTimer(self, singleShot=True, interval=250)

        self._assemble()
        self._connect()
        self.retranslate()
        self.restore_state(context.state)

    # Construction

    def _assemble(self) -> None:
        self._stack = QStackedWidget()
        for page in (self.wall, self.training, self.no_model):
            self._stack.addWidget(page)
        self.set_canvas(self._stack)
        self.set_strip(self.strip)
        self.add_action(self.pages)
        self.add_action(self.exports.button)
        self.training.fill(self.training_section)
        self.training_section.hide()

    def _connect(self) -> None:
        self._connect_controls()
        self._connect_strip()
        self.stage.complete.connect(self._on_complete)
        self.gallery.busy_changed.connect(self._on_busy)
        self._busy_soon.timeout.connect(self.show_busy)
        self.play_pressed.connect(self._on_space)
        self.wall.grid.picked.connect(self.toggle_pin)
        self.wall.grid.menu_requested.connect(
            lambda index, place: candidate_menu(self, index).popup(place)
        )
        self.wall.history.picked.connect(self._recall_from_history)
        self.wall.canvas.save_requested.connect(self.exports.ask_picture)
        self.pages.chosen.connect(self.show_page)
        self.dropped.connect(self.files.take)
        self.training.folder_requested.connect(self._ask_folder)
        self.training.running_changed.connect(self._on_training)
        self.training.use_requested.connect(self.files.export_run)
        self.no_model.clicked.connect(self.files.ask)
        self.add_shortcut("R", self.surprise)
        self.add_shortcut("Ctrl+S", self.exports.ask_picture)
        self.add_shortcut("Ctrl+E", self.exports.ask_film)

    def _connect_controls(self) -> None:
        controls = self.controls
        for name, slider in (
            ("seed", controls.seed),
            ("truncation", controls.truncation),
            ("count", controls.count),
        ):
            slider.changing.connect(lambda value, n=name: self._preview(self._with(n, value)))
            slider.changed.connect(
                lambda value, n=name: self.edit(self._with(n, value), number_name(n), n)
            )
        controls.surprise_requested.connect(self.surprise)
        controls.model_chosen.connect(self.choose_model)
        controls.import_requested.connect(self.files.ask)
        controls.files_dropped.connect(self.files.take)
        controls.easing.chosen.connect(
            lambda index: self.set_easing("smooth" if index == 0 else "linear")
        )
        controls.loop.toggled.connect(
            lambda on: self.edit(replace(self.scene, closed=on), translate("characters", "Loop"))
        )

    def _connect_strip(self) -> None:
        strip = self.strip
        strip.moved.connect(self.move_pin)
        strip.removed.connect(self.remove_pin)
        strip.seconds_changing.connect(
            lambda index, seconds: self._preview(self.scene.with_pin(index, seconds=seconds))
        )
        strip.seconds_changed.connect(
            lambda index, seconds: self.edit(
                self.scene.with_pin(index, seconds=seconds),
                translate("characters", "Seconds"),
                f"seconds {index}",
            )
        )
        strip.note_clicked.connect(lambda index, place: segment_menu(self, index).popup(place))
        strip.add_clicked.connect(self.add_pin)
        strip.dropped.connect(self._on_pin_drop)

    # The scene

    def edit(self, scene: Scene, text: str, kind: str = "") -> None:
        """Show another scene, as a step that can be undone."""
        before, self._settled = self._settled, scene
        if scene != before:
            self.undo_stack.push(ValueEdit(before, scene, text, self.show_scene, kind))

    def _with(self, name: str, value: float) -> Scene:
        """The scene with one of its numbers changed."""
        changes: dict[str, Any] = {name: value if name == "truncation" else int(value)}
        return replace(self.scene, **changes)

    def _preview(self, scene: Scene) -> None:
        """Show a scene while something is being dragged."""
        if scene != self.scene:
            self._show(scene)

    def show_scene(self, scene: Scene) -> None:
        """Show a scene; what is missing for it is computed."""
        self._settled = scene
        self._show(scene)
        self.context.state["scene"] = scene.to_dict()

    def _show(self, scene: Scene) -> None:
        old, self.scene = self.scene, scene
        self.controls.show_scene(scene)
        if scene.model != old.model:
            self._show_models()
        self.stage.show(scene)

    def _on_complete(self, pictures: list[QImage]) -> None:
        """All candidates are there."""
        if self._first_time:
            self._first_time = False
            if not self.scene.pins:
                seeds = self.scene.seeds
                pins = tuple(self._pin(seeds[i]) for i in _FIRST_PINS if i < len(seeds))
                self.show_scene(replace(self.scene, pins=pins))
        if self.scene == self._settled and self.history.add(self.scene, pictures):
            self.wall.set_history(self.history.pictures, self.history.names)

    # Edits

    def generate(self) -> None:
        """Show the next candidates: those after the last of these seeds."""
        self.edit(
            replace(self.scene, seed=self.scene.seeds[-1] + 1), translate("characters", "Generate")
        )

    def surprise(self) -> None:
        """Show the candidates of a random seed."""
        seed = random.randrange(_SURPRISES)
        self.edit(replace(self.scene, seed=seed), translate("characters", "Surprise me"))

    def _pin(self, seed: int) -> Pin:
        return Pin(seed, self.scene.truncation)

    def toggle_pin(self, index: int) -> None:
        """Pin candidate ``index``, or take its pins away."""
        seed = self.scene.seeds[index]
        if self.scene.places_of(seed):
            pins = tuple(pin for pin in self.scene.pins if pin.seed != seed)
            self.edit(replace(self.scene, pins=pins), translate("characters", "Unpin"))
        else:
            self.edit(self.scene.pinned(self._pin(seed)), translate("characters", "Pin"))

    def add_pin(self) -> None:
        """Pin the first candidate that is not pinned yet."""
        seed = next((s for s in self.scene.seeds if not self.scene.places_of(s)), None)
        if seed is not None:
            self.edit(self.scene.pinned(self._pin(seed)), translate("characters", "Pin"))

    def remove_pin(self, index: int) -> None:
        """Take pin ``index`` out of the film."""
        self.edit(self.scene.without(index), translate("characters", "Remove from the film"))

    def move_pin(self, index: int, target: int) -> None:
        """Make pin ``index`` number ``target``."""
        self.edit(self.scene.moved(index, target), translate("characters", "Reorder"))

    def set_easing(self, easing: str) -> None:
        """Choose how the film moves from pin to pin, everywhere."""
        pins = tuple(replace(pin, easing=easing) for pin in self.scene.pins)
        self.edit(replace(self.scene, pins=pins), translate("characters", "Easing"))

    def choose_model(self, model: str) -> None:
        """Draw with another model."""
        self.edit(replace(self.scene, model=model), translate("characters", "Model"))

    def _on_pin_drop(self, payload: str, place: int) -> None:
        pin = self._pin(int(parse_json(payload)["seed"]))
        self.edit(self.scene.pinned(pin, place), translate("characters", "Pin"))

    def _recall_from_history(self, index: int) -> None:
        entry = self.history.entry(index)
        scene = replace(
            self.scene,
            model=entry.model,
            seed=entry.seed,
            truncation=entry.truncation,
            count=entry.count,
        )
        self.edit(scene, translate("characters", "Earlier candidates"))

    def _on_space(self) -> None:
        if self.pages.current == _CREATE:
            self.player.toggle()
        else:
            self.training.toggle_pause()

    # Models and pages

    def refresh_models(self) -> None:
        """Look for models anew, after one was imported or trained."""
        self.models = available_models(self.context.data_folder)
        self.gallery.set_models(self.models)
        self._show_models()
        if self.models and self.model is None:
            self.show_scene(self._with_known_model(self.scene))
            self.undo_stack.clear()
        self.show_page(self.pages.current)

    def _with_known_model(self, scene: Scene) -> Scene:
        """The scene, with the first model in place of one that is gone."""
        known = [str(model.path) for model in self.models]
        gone = scene.model not in known and known
        return replace(scene, model=known[0]) if gone else scene

    @property
    def model(self) -> ModelFile | None:
        """The chosen model, or None where there is none."""
        return next((m for m in self.models if str(m.path) == self.scene.model), None)

    def _show_models(self) -> None:
        self.controls.show_models(self.models, self.scene.model)
        name = self.model.name if self.model else ""
        self.context.set_status(name)

    def show_page(self, page: int) -> None:
        """Show the create page (0) or the training page (1)."""
        self.pages.set_current(page)
        create = page == _CREATE
        if not create:
            self.player.pause()
            self.training.attach()
        empty = create and not self.models
        shown = self.no_model if empty else self.wall if create else self.training
        self._stack.setCurrentWidget(shown)
        self.set_strip_visible(create and not empty)
        self.exports.button.setVisible(create and not empty)
        self.training_section.setVisible(not create)
        for section in self.controls.sections:
            section.setVisible(create)
        self._show_primary_of_page()

    def _show_primary_of_page(self) -> None:
        if self.pages.current == _CREATE:
            text = translate("characters", "Generate")
            self.set_primary(text, self.generate, self.stop)
            self.primary.setEnabled(bool(self.models))
        else:
            text = (
                translate("characters", "Go on")
                if self.training.continues
                else translate("characters", "Start training")
            )
            self.set_primary(text, self.training.start, self.training.stop)
        self.show_busy()
        if self.pages.current == _TRAIN and self.training.stopping:
            self.primary.set_content(translate("characters", "Stopping…"), icon="stop")
            self.primary.setEnabled(False)

    def show_busy(self) -> None:
        """Make the primary button Stop while what it starts on this page goes on."""
        if self.pages.current == _CREATE:
            self.set_busy(self.gallery.busy or self.exports.job is not None)
        else:
            self.set_busy(self.training.running)

    def _on_training(self) -> None:
        if self.pages.current == _TRAIN:
            self._show_primary_of_page()

    def stop(self) -> None:
        """Stop what is being drawn or saved."""
        self.gallery.stop()
        self.exports.stop()

    def report(self, error: BaseException) -> None:
        """Show an error as a banner; a Stop is none."""
        if not isinstance(error, Cancelled):
            self.context.show_error(error)

    def _on_busy(self, busy: bool) -> None:
        if busy:
            self._busy_soon.start()
        else:
            self._busy_soon.stop()
            self.show_busy()

    def _ask_folder(self) -> None:
        title = translate("characters", "Folder with pictures")
        folder = QFileDialog.getExistingDirectory(self, title)
        if folder:
            self.training.choose_folder(Path(folder))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.player.pause()  # what nobody sees must not keep the engine busy

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        smallest, largest = _STRIP_HEIGHTS
        self.strip.setFixedHeight(min(max(int(0.145 * self.height()), smallest), largest))

    # What is remembered, and language

    def save_state(self) -> dict[str, Any]:
        return {**super().save_state(), "scene": self._settled.to_dict()}

    def restore_state(self, state: dict[str, Any]) -> None:
        super().restore_state(state)
        values = state.get("scene")
        self._first_time = not isinstance(values, dict)
        self.scene = Scene.from_dict(values) if isinstance(values, dict) else Scene()
        self._settled = self.scene
        self.refresh_models()  # first, since the gallery needs to know the models' sizes
        self.show_scene(self.scene)

    def set_inspector_visible(self, visible: bool) -> None:
        super().set_inspector_visible(visible)
        self.context.state["inspector"] = visible

    def retranslate(self) -> None:
        super().retranslate()
        self.pages.set_texts([translate("characters", "Create"), translate("characters", "Train")])
        self.training_section.set_title(translate("characters", "Your own pictures"))
        self.set_drop_text(
            translate(
                "characters",
                "Drop a saved picture or film to continue it, a model to import it, "
                "a folder to train on it",
            )
        )
        self.strip.set_hint(translate("characters", "Click two faces, and one becomes the other."))
        self.wall.canvas.set_message(translate("characters", "Drawing the first characters…"))
        self.no_model.set_content(
            translate("characters", "There is no model yet"),
            translate(
                "characters",
                "This copy of the studio comes without one. Import a model, "
                "or train one on pictures of your own.",
            ),
            translate("characters", "Import a model…"),
        )
        self.wall.retranslate()
        self.training.retranslate()
        self.exports.retranslate()
        self.controls.retranslate(self.scene)
        self.stage.retranslate()
        self._show_primary_of_page()
