"""The state of the panel without its widgets: a scene, its pictures, models and training."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QRect, Signal
from PySide6.QtGui import QImage, QPainter, QUndoStack

from kirara_characters.character_edits import CharacterEdits
from kirara_characters.jobs import MODEL_SUFFIXES, add_model_job
from kirara_characters.likenesses import Likenesses
from kirara_characters.models import available_models
from kirara_characters.networks.character import Character
from kirara_characters.picture_cache import PictureCache
from kirara_characters.recalling import (
    PICTURES,
    SAVED,
    Recalled,
    RecallRequest,
    moment_of,
    recall_job,
    scene_of,
)
from kirara_characters.requests import AddModelRequest
from kirara_characters.saver import Saver
from kirara_characters.scene import Pin, Scene, read_character
from kirara_characters.training_session import TrainingSession
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_folder
from kirara_studio.api.model_library import ModelFile, each_once
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Document, Task

translate = QCoreApplication.translate

_FIRST_PINS = (1, 6, 11)  # which candidates are pinned when the panel is opened for the first time
_LONGEST_HISTORY = 12
_SURPRISES = 10_000  # seeds that are short enough to be remembered by people


class Session(QObject):
    """The document is a :class:`Scene`, whose pictures are drawn also while it is dragged.

    :attr:`changed` is emitted when :attr:`busy` or :attr:`training_shown` may have changed,
    :attr:`models_changed` when ``models`` or the chosen one have,
    :attr:`moment_recalled` with the second of the film that a recalled file shows.
    ``history`` holds the candidates that were shown before, newest first, each scene with a mosaic
    of its first four.
    """

    changed = Signal()
    models_changed = Signal()
    history_changed = Signal()
    favourites_changed = Signal()
    moment_recalled = Signal(float)

    def __init__(
        self, context: PanelContext, stack: QUndoStack | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.document = Document(Scene(), stack, self)
        self.edits = CharacterEdits(context, self.document, self)
        self.likenesses = Likenesses(context, self.document, self)
        self.pictures = PictureCache(context, self)
        self.history: list[tuple[Scene, QImage]] = []
        self.training = TrainingSession(context, stack, self)
        self.models: list[ModelFile] = []
        self.training_shown = False
        self.saver = Saver(context, self.document, lambda: self.model, self)
        self._importing = Task(context.jobs, "import", parent=self)
        self._recalling = Task(context.jobs, "recall", io=True, parent=self)
        self._first_time = False
        self._used_model = ""
        self._report = each_once(context.show_error)
        for task in (self._importing, self._recalling):
            task.failed.connect(context.show_error)
        self.saver.changed.connect(self.changed)
        self.pictures.changed.connect(self.changed)
        self.pictures.pictures_changed.connect(self._look_at_pictures)
        self.document.shown.connect(self._draw)
        self.document.settled.connect(self._keep)

    @property
    def scene(self) -> Scene:
        """The scene that is shown, perhaps a preview."""
        return self.document.value

    @property
    def busy(self) -> bool:
        """True while candidates or a picture are being drawn; a film is drawn beside that."""
        return self.pictures.busy or self.saver.busy

    def stop(self) -> None:
        """Stop drawing and saving, but for films, which the job bar stops."""
        self.pictures.stop()
        self.saver.stop()
        self.likenesses.stop()

    def restore(self, values: object) -> None:
        """Continue with the scene of an earlier session; pin a few candidates if there is none."""
        self._first_time = not isinstance(values, dict)
        scene = Scene.from_dict(values) if isinstance(values, dict) else Scene()
        self._read_models()  # first, since their sizes decide how pictures are drawn
        self.document.replace(self._with_known_model(scene))
        self.models_changed.emit()

    def _draw(self, scene: Scene) -> None:
        self.pictures.show(scene, self.favourites)
        self._look_at_pictures()

    def _keep(self, scene: Scene) -> None:
        self._context.state["scene"] = scene.to_dict()
        if scene.model != self._used_model:
            self._used_model = scene.model
            self.models_changed.emit()
            self.favourites_changed.emit()

    def candidates(self) -> list[QImage | None]:
        """The candidates' pictures, None for those that are not drawn yet."""
        return [self.pictures.picture(self.scene, one) for one in self.scene.candidates]

    def _look_at_pictures(self) -> None:
        """Once all candidates are there, remember them."""
        scene, pictures = self.scene, [one for one in self.candidates() if one is not None]
        if len(pictures) < scene.count or scene != self.document.settled_value:
            return
        if _candidates(scene) not in [_candidates(earlier) for earlier, _ in self.history]:
            self.history.insert(0, (scene, _mosaic(pictures)))
            del self.history[_LONGEST_HISTORY:]
            self.history_changed.emit()
        if self._first_time:
            self._first_time = False
            if not scene.pins:
                pins = tuple(Pin(scene.candidates[i]) for i in _FIRST_PINS if i < scene.count)
                self.document.replace(replace(scene, pins=pins))

    # Edits

    def preview(self, **changes: Any) -> None:
        """Show changed fields of the scene while something is dragged."""
        self.document.preview(replace(self.scene, **changes))

    def edit(self, text: str, kind: str = "", **changes: Any) -> None:
        """Change fields of the scene, as a step that can be undone."""
        self.document.edit(replace(self.scene, **changes), text, kind)

    def generate(self) -> None:
        """Show the next candidates: those after the last of these seeds."""
        self.edit(translate("characters", "Generate"), seed=self.scene.seeds[-1] + 1)

    def surprise(self) -> None:
        """Show the candidates of a random seed."""
        self.edit(translate("characters", "Surprise me"), seed=random.randrange(_SURPRISES))

    def toggle_pin(self, index: int) -> None:
        """Pin candidate ``index``, or remove its pins."""
        scene, character = self.scene, self.scene.candidates[index]
        if places := scene.places_of(character):
            for place in reversed(places):
                scene = scene.without(place)
            self.document.edit(scene, translate("characters", "Unpin"))
        else:
            self.pin(character)

    def pin_next(self) -> None:
        """Pin the first candidate that is not pinned yet."""
        scene = self.scene
        free = next((one for one in scene.candidates if not scene.places_of(one)), None)
        if free is not None:
            self.pin(free)

    def pin(self, character: Character, place: int | None = None) -> None:
        """Pin a character at a place of the film, by default at its end."""
        scene = self.scene.pinned(Pin(character), place)
        self.document.edit(scene, translate("characters", "Pin"))

    def remove_pin(self, index: int) -> None:
        """Remove pin ``index`` from the film."""
        text = translate("characters", "Remove from the film")
        self.document.edit(self.scene.without(index), text)

    def move_pin(self, index: int, target: int) -> None:
        """Make pin ``index`` number ``target``."""
        self.document.edit(self.scene.moved(index, target), translate("characters", "Reorder"))

    def preview_seconds(self, index: int, seconds: float) -> None:
        """Show other seconds of pin ``index`` while its segment is dragged."""
        self.document.preview(self.scene.with_pin(index, seconds=seconds))

    def set_seconds(self, index: int, seconds: float) -> None:
        """Set the seconds from pin ``index`` to the next."""
        scene = self.scene.with_pin(index, seconds=seconds)
        self.document.edit(scene, translate("characters", "Seconds"), f"seconds {index}")

    def set_easing(self, easing: str, index: int | None = None) -> None:
        """Set how the film moves from pin ``index`` to the next, by default from every pin."""
        scene = self.scene
        for place in range(len(scene.pins)) if index is None else [index]:
            scene = scene.with_pin(place, easing=easing)
        self.document.edit(scene, translate("characters", "Easing"))

    def choose_model(self, model: str) -> None:
        """Draw with the model at a path."""
        self.edit(translate("characters", "Model"), model=model)

    def show_earlier(self, index: int) -> None:
        """Show the candidates number ``index`` of the history."""
        earlier, _ = self.history[index]
        self.edit(translate("characters", "Earlier candidates"), **_candidates(earlier))

    # Favourites

    @property
    def favourites(self) -> tuple[Character, ...]:
        """The characters that the user wants to keep, of the chosen model, newest first."""
        found = (read_character(one) for one in self._favourites().get(self.scene.model, []))
        return tuple(character for character in found if character is not None)

    def toggle_favourite(self, character: Character) -> None:
        """Keep a character, or forget it."""
        kept = [one for one in self.favourites if one != character]
        if len(kept) == len(self.favourites):
            kept.insert(0, character)
        values = [one.to_dict() for one in kept]
        self._context.state["favourites"] = {**self._favourites(), self.scene.model: values}
        self.pictures.show(self.scene, self.favourites)
        self.favourites_changed.emit()

    def _add_favourites(self, values: object) -> None:
        """Keep the favourites of a project besides those that there are."""
        found = [read_character(one) for one in values] if isinstance(values, list) else []
        for character in reversed(found):
            if character is not None and character not in self.favourites:
                self.toggle_favourite(character)

    def _favourites(self) -> dict[str, list[Any]]:
        """Plain values by the model's path, as far as they make sense."""
        values = self._context.state.get("favourites")
        items = values.items() if isinstance(values, dict) else ()
        return {model: found for model, found in items if isinstance(found, list)}

    # Models and training

    @property
    def model(self) -> ModelFile | None:
        """The chosen model, or None if there is none."""
        return next((m for m in self.models if str(m.path) == self.scene.model), None)

    def leave_model(self) -> None:
        """Draw with another model, before the chosen one is deleted."""
        others = [model for model in self.models if model is not self.model]
        if others:
            self.choose_model(str(others[0].path))

    def refresh_models(self) -> None:
        """Look for models again, after one was imported or trained."""
        self._read_models()
        if self.models and self.model is None:
            self.document.replace(self._with_known_model(self.scene))
            self.document.undo_stack.clear()
        self.models_changed.emit()

    def _read_models(self) -> None:
        self.models = available_models(self._context.data_folder, report=self._report)
        self.pictures.set_models(self.models)

    def _with_known_model(self, scene: Scene) -> Scene:
        """The scene, with the first model in place of one that is gone."""
        known = [str(model.path) for model in self.models]
        return scene if scene.model in known or not known else replace(scene, model=known[0])

    def show_training(self, shown: bool) -> None:
        """Show the training page, or the scene."""
        self.training_shown = shown
        if shown:
            self.training.attach()
            self.training.chooser.restore()
        self.changed.emit()

    def use_run(self) -> None:
        """Make a model of the training run and use it."""
        if self.training.run is not None:
            title = translate("characters", "Making a model from {0}")
            self._add_model(self.training.run.folder, title)

    def _add_model(self, source: Path, title: str) -> None:
        request = AddModelRequest(source, self._context.data_folder)
        title = title.format(source.name)
        self._importing.start(add_model_job, request, self._use_model, title=title)

    def _use_model(self, path: Path) -> None:
        self.refresh_models()
        self.show_training(False)
        self.choose_model(str(path))
        self._context.show_message(
            translate("characters", "“{0}” is now one of your models").format(path.stem)
        )

    # Files from elsewhere

    def take(self, paths: Sequence[Path]) -> None:
        """Import a model, recall a saved file, or offer folders for training."""
        path = paths[0]
        suffix = path.suffix.lower()
        learn = self.training_shown and suffix in PICTURES
        if learn or (is_folder(path) and not any(path.glob("frame-*.png"))):
            self.train_on(paths)
        elif suffix in MODEL_SUFFIXES:
            self._add_model(path, translate("characters", "Importing {0}"))
        elif suffix in PICTURES and len(paths) > 1:
            for one in paths:
                self.find_likeness(one)
        elif suffix in (*SAVED, *PICTURES) or is_folder(path):
            self._recalling.start(
                recall_job,
                RecallRequest(path, tuple(self.models)),
                partial(self._recall, path),
                title=translate("characters", "Reading {0}").format(path.name),
            )
        else:
            self._context.show_error(
                UserError(
                    "“{file}” is not a file that this panel can use.",
                    advice="Drop a project, a saved PNG, GIF, WebP or MP4, "
                    "a model (.safetensors, .npz), or a folder with pictures.",
                    file=path.name,
                )
            )

    def train_on(self, paths: Sequence[Path]) -> None:
        """Choose files and folders for the next training; a model is imported instead."""
        if paths[0].suffix.lower() in MODEL_SUFFIXES:
            self.take(paths)
            return
        self.training.choose(paths)
        self.show_training(True)

    def find_likeness(self, path: Path) -> None:
        """Pin the character that is most like the one in a picture."""
        self.show_training(False)
        self.likenesses.find(path)

    def _recall(self, path: Path, recalled: Recalled) -> None:
        if not recalled.saved_here:
            self.find_likeness(path)
            return
        settings, model = recalled.settings, recalled.model
        try:
            scene, moment = scene_of(settings, self.scene), moment_of(settings)
        except UserError as error:
            self._context.show_error(error)
            return
        text = translate("characters", "Recalled {0}")
        if model is None:
            text = translate(
                "characters", "“{0}” was made with another model, “{1}”; the faces will differ."
            )
        else:
            scene = replace(scene, model=str(model.path))
        self.show_training(False)
        self.document.edit(scene, translate("characters", "Recall {0}").format(path.name))
        self._add_favourites(settings.get("favourites"))
        self.moment_recalled.emit(moment)
        self._context.show_message(text.format(path.name, settings.get("model", "?")))


def _candidates(scene: Scene) -> dict[str, Any]:
    """What the candidates of a scene depend on."""
    names = ("model", "seed", "truncation", "count", "changes", "near", "distance")
    return {name: getattr(scene, name) for name in names}


def _mosaic(images: Sequence[QImage], side: int = 128) -> QImage:
    """The first four pictures as one, two by two."""
    half = side // 2
    result = QImage(side, side, QImage.Format.Format_RGB32)
    result.fill(0)
    with QPainter(result) as painter:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for index, image in enumerate(images[:4]):
            target = QRect(index % 2 * half, index // 2 * half, half, half)
            painter.drawImage(target, image)
    return result
