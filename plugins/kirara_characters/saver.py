"""Saves what the panel shows: pictures, sheets, films, enlarged pictures and projects."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kirara_characters.jobs import enlarge_job, frame_job, generate_job, morph_job, save_job
from kirara_characters.models import is_drawn, resolution_of
from kirara_characters.networks.character import Character
from kirara_characters.project_file import SUFFIX, ProjectRequest, save_project_job
from kirara_characters.recalling import PANEL_KEY
from kirara_characters.requests import (
    Enlarged,
    EnlargeRequest,
    Frame,
    FrameRequest,
    Generated,
    GenerateRequest,
    MorphRequest,
    SaveRequest,
)
from kirara_characters.saved_settings import morph_settings, picture_settings
from kirara_characters.scene import Scene
from kirara_studio.api.model_library import ModelFile
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Document, Task

translate = QCoreApplication.translate

SIZES = (0, 256, 512, 1024)
"""Sizes of saved pictures, in pixels; 0 is the model's own."""
FPS = {".gif": 12.5, ".webp": 30.0, ".mp4": 30.0, "": 30.0}
_GIF_SIDE = 256
_BYTES_A_PIXEL = {".gif": 0.3, ".webp": 0.12, ".mp4": 0.08}  # measured on drawn characters


class Saver(QObject):
    """Draws a scene for files, in the size that the user chose, and writes them.

    ``model`` gives the one that scenes are drawn with, or None. :attr:`saved` is emitted for each
    file, :attr:`enlarged` with an :class:`Enlarged` to look at, and :attr:`changed` when
    :attr:`busy` may have changed.
    """

    saved = Signal(Path)
    enlarged = Signal(object)
    changed = Signal()

    def __init__(
        self,
        context: PanelContext,
        document: Document[Scene],
        model: Callable[[], ModelFile | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._document, self._model = context, document, model
        self._saving = Task(context.jobs, "save", parent=self)
        self._saving.failed.connect(context.show_error)
        self._saving.changed.connect(self.changed)
        self._films = itertools.count(1)
        self._filming: list[Task] = []

    @property
    def busy(self) -> bool:
        """True while a picture is being drawn for a file; a film is drawn beside that."""
        return self._saving.busy

    def stop(self) -> None:
        """Stop saving, but for films, which the job bar stops."""
        self._saving.stop()

    @property
    def save_size(self) -> int:
        """The width and height of saved pictures, one of :data:`SIZES`."""
        size = self._context.state.get("save_size")
        return size if size in SIZES else 512

    def set_save_size(self, size: int) -> None:
        """Save pictures of that size from now on."""
        self._context.state["save_size"] = size

    def save_picture(
        self, path: Path, *, character: Character | None = None, moment: float = 0.0
    ) -> None:
        """Save the picture of a character; by default the film's at ``moment``, or the only pin."""
        scene = self._document.value
        if character is None and scene.duration > 0:
            self._save_frame(path, moment)
            return
        shown = character or self._shown_character
        request = GenerateRequest((shown,), self.save_size, scene.model)

        def write(result: Generated) -> None:
            settings = picture_settings(shown, request.size, result.model)
            self._write(path, result.pictures, settings, scene)

        self._save(path, generate_job, request, write)

    def _save_frame(self, path: Path, moment: float) -> None:
        scene, size = self._document.value, self.save_size
        request = FrameRequest(scene.path, moment, size=size, model=scene.model)
        morph = MorphRequest(scene.path, path, FPS[""], size=size, model=scene.model)

        def write(frame: Frame) -> None:
            settings = {**morph_settings(morph, frame.model), "time": round(moment, 4)}
            self._write(path, frame.picture[None], settings, scene)

        self._save(path, frame_job, request, write)

    def enlarge(self, factor: int, character: Character | None = None) -> None:
        """Enlarge the picture of a character, by default the one that is shown, to be looked at."""
        scene = self._document.value
        request = EnlargeRequest(character or self._shown_character, factor, scene.model)
        title = translate("characters", "Enlarging a picture")
        self._saving.start(enlarge_job, request, self.enlarged.emit, title=title)

    def save_enlarged(self, path: Path, enlarged: Enlarged) -> None:
        """Save what was enlarged."""
        self._write(path, enlarged.picture[None], dict(enlarged.settings), self._document.value)

    @property
    def can_enlarge(self) -> bool:
        """True for models that draw one size only."""
        model = self._model()
        return model is not None and not is_drawn(model)

    @property
    def _shown_character(self) -> Character:
        scene = self._document.value
        if scene.selection is not None:
            return scene.selection.character
        return scene.pins[0].character if scene.pins else scene.candidates[0]

    def save_sheet(self, path: Path) -> None:
        """Save all candidates as one picture."""
        scene = self._document.value
        request = GenerateRequest(scene.candidates, model=scene.model)

        def write(result: Generated) -> None:
            settings = picture_settings(scene.candidates[0], 0, result.model)
            side = min(self.save_size, 512) or result.model.resolution
            self._write(path, result.pictures, settings, scene, side)

        self._save(path, generate_job, request, write)

    def save_project(self, path: Path, favourites: tuple[Character, ...]) -> None:
        """Save the scene and the favourites, to be opened again."""
        if path.suffix != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        scene = self._document.settled_value
        plain = tuple(one.to_dict() for one in favourites)
        request = ProjectRequest(path, scene.to_dict(), plain, scene.model)
        io = self._context.jobs.submit_io
        io(f"write {path}", save_project_job, request, on_result=self.saved.emit)

    def save_film(self, path: Path) -> None:
        """Draw the film and save it by the suffix of ``path``; if stopped, it leaves no file.

        It is drawn in the background, one film after the other.
        """
        scene, suffix = self._document.value, path.suffix.lower()
        request = MorphRequest(
            scene.path,
            path,
            FPS.get(suffix, 30.0),
            size=self.film_size(suffix),
            model=scene.model,
            more_settings={PANEL_KEY: scene.to_dict()},
        )
        task = Task(self._context.jobs, f"film {next(self._films)}", parent=self)
        task.failed.connect(self._context.show_error)
        self._filming = [*(other for other in self._filming if other.busy), task]
        task.start(
            morph_job,
            request,
            lambda film: self.saved.emit(film.output),
            title=translate("characters", "Saving {0}").format(path.name),
            background=True,
        )

    def film_size(self, suffix: str) -> int:
        """The side of films, in pixels; a GIF is smaller, unless the user chose a size."""
        if suffix == ".gif" and self._context.state.get("save_size") not in SIZES:
            return _GIF_SIDE
        return self.save_size

    def film_bytes(self, suffix: str) -> int:
        """About how large the film's file will be, or 0 if that is not known."""
        model = self._model()
        side = self.film_size(suffix) or (resolution_of(model) if model else 0)
        frames = self._document.value.duration * FPS.get(suffix, 30.0)
        return round(frames * side**2 * _BYTES_A_PIXEL.get(suffix, 0.0))

    def _save(self, path: Path, job: Any, request: Any, done: Any) -> None:
        title = translate("characters", "Saving {0}").format(path.name)
        self._saving.start(job, request, done, title=title)

    def _write(
        self, path: Path, pictures: Any, settings: dict[str, Any], scene: Scene, side: int = 0
    ) -> None:
        request = SaveRequest(pictures, path, {**settings, PANEL_KEY: scene.to_dict()}, side)
        io = self._context.jobs.submit_io
        io(f"write {path}", save_job, request, on_result=self.saved.emit)
