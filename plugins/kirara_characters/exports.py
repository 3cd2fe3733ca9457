"""Saving: the picture that is shown, the wall as a sheet, the film."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFileDialog, QMenu

from kirara_characters.files import PANEL_KEY
from kirara_characters.gallery import path_of
from kirara_characters.generation import (
    Frame,
    FrameRequest,
    Generated,
    GenerateRequest,
    Morphed,
    MorphRequest,
    SavePicturesRequest,
    frame_job,
    generate_job,
    morph_job,
    morph_settings,
    picture_settings,
    save_pictures_job,
)
from kirara_characters.scene import Scene
from kirara_studio.api.files import free_path
from kirara_studio.api.jobs import JobHandle
from kirara_studio.api.widgets import Button, Picture

if TYPE_CHECKING:
    from kirara_characters.panel import CharactersPanel

translate = QCoreApplication.translate

SIZES = (0, 256, 512, 1024)
FPS = {".gif": 25.0, ".webp": 30.0, ".mp4": 30.0, "": 30.0}
_SHEET_GAP = 8


class Exports(QObject):
    """The button "Save" with its menu, and what it does."""

    def __init__(self, panel: CharactersPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._context = panel.context
        size = self._context.state.get("save_size")
        self.size = size if size in SIZES else 512
        self.button = Button(icon="export")
        self._menu = QMenu(self.button)
        self.button.set_menu(self._menu)
        self._film_actions: list[QAction] = []
        self._size_menu = QMenu(self._menu)
        self._menu.aboutToShow.connect(self._enable)
        self.job: JobHandle | None = None

    def retranslate(self) -> None:
        """Set the texts anew."""
        self.button.set_content(translate("characters", "Save"))
        menu = self._menu
        menu.clear()
        picture = menu.addAction(translate("characters", "Picture…"), self.ask_picture)
        picture.setShortcut("Ctrl+S")
        picture.setShortcutVisibleInContextMenu(True)
        menu.addAction(translate("characters", "Sheet of all candidates…"), self.ask_sheet)
        menu.addSeparator()
        self._film_actions = []
        for text, suffix in (
            (translate("characters", "Film as GIF…"), ".gif"),
            (translate("characters", "Film as animated WebP…"), ".webp"),
            (translate("characters", "Film as MP4…"), ".mp4"),
            (translate("characters", "Film as a folder of PNG frames…"), ""),
        ):
            action = menu.addAction(text)
            action.triggered.connect(lambda _=False, s=suffix: self.ask_film(s))
            self._film_actions.append(action)
        menu.addSeparator()
        sizes = self._size_menu
        sizes.clear()
        sizes.setTitle(translate("characters", "Size"))
        menu.addMenu(sizes)
        group = QActionGroup(sizes)
        for size in SIZES:
            text = f"{size} × {size}" if size else translate("characters", "As the model draws")
            action = QAction(text, sizes, checkable=True)
            action.setChecked(size == self.size)
            action.triggered.connect(lambda _=False, s=size: self._set_size(s))
            group.addAction(action)
            sizes.addAction(action)

    def _enable(self) -> None:
        for action in self._film_actions:
            action.setEnabled(self._panel.scene.duration > 0)

    def _set_size(self, size: int) -> None:
        self.size = size
        self._context.state["save_size"] = size

    # Asking where

    def ask_picture(self, seed: int | None = None) -> None:
        """Ask where to save the picture that is shown, or the one of ``seed``."""
        name = "character" if seed is None else f"character-{seed}"
        path = self._ask(name, ".png", "PNG (*.png);;WebP (*.webp)")
        if path is not None:
            self.save_picture(path, seed)

    def ask_sheet(self) -> None:
        """Ask where to save all candidates as one picture."""
        path = self._ask(f"sheet-{self._panel.scene.seed}", ".png", "PNG (*.png);;WebP (*.webp)")
        if path is not None:
            self.save_sheet(path)

    def ask_film(self, suffix: str = ".gif") -> None:
        """Ask where to save the film."""
        if self._panel.scene.duration <= 0:
            self._context.show_message(translate("characters", "Pin two or more to make a film."))
            return
        kinds = {".gif": "GIF (*.gif)", ".webp": "WebP (*.webp)", ".mp4": "MP4 (*.mp4)"}
        path = self._ask("morph", suffix, kinds.get(suffix, ""))
        if path is not None:
            self.save_film(path)

    def _ask(self, stem: str, suffix: str, filters: str) -> Path | None:
        start = free_path(self._context.results_folder, stem, suffix)
        title = translate("characters", "Save")
        name, _ = QFileDialog.getSaveFileName(self._panel, title, str(start), filters)
        if not name:
            return None
        path = Path(name)
        return path if path.suffix or not suffix else path.with_suffix(suffix)

    # Saving

    def save_picture(self, path: Path, seed: int | None = None) -> None:
        """Save the picture of ``seed``; by default the film's present frame, or the only pin."""
        scene = self._panel.scene
        if seed is None and scene.duration > 0:
            self._save_frame(path)
            return
        truncation = scene.truncation
        if seed is None:
            seed = scene.seeds[0]
            if scene.pins:
                seed, truncation = scene.pins[0].seed, scene.pins[0].truncation
        request = GenerateRequest((seed,), truncation, size=self.size, model=scene.model)

        def save(result: Generated) -> None:
            settings = picture_settings(request, seed, result.model)
            self._write(path, result.pictures[0], settings, scene)

        self._submit(path, generate_job, request, save)

    def _save_frame(self, path: Path) -> None:
        scene, seconds = self._panel.scene, self._panel.player.seconds
        way = path_of(scene)
        request = FrameRequest(way, seconds, size=self.size, model=scene.model)
        morph = MorphRequest(way, path, FPS[""], size=self.size, model=scene.model)

        def save(frame: Frame) -> None:
            settings = {**morph_settings(morph, frame.model), "time": round(seconds, 4)}
            self._write(path, frame.picture, settings, scene)

        self._submit(path, frame_job, request, save)

    def save_sheet(self, path: Path) -> None:
        """Save all candidates as one picture."""
        scene = self._panel.scene
        request = GenerateRequest(scene.seeds, scene.truncation, model=scene.model)

        def save(result: Generated) -> None:
            settings = picture_settings(request, scene.seed, result.model)
            size = min(self.size, 512) or result.model.resolution
            self._write(path, sheet_of(result.pictures, size), settings, scene)

        self._submit(path, generate_job, request, save)

    def save_film(self, path: Path) -> None:
        """Draw and save the film, as the suffix of ``path`` says; Stop leaves nothing behind."""
        scene = self._panel.scene
        fps = FPS.get(path.suffix.lower(), 30.0)
        request = MorphRequest(
            path_of(scene),
            path,
            fps,
            size=self.size,
            model=scene.model,
            more_settings={PANEL_KEY: scene.to_dict()},
        )

        def saved(result: Morphed) -> None:
            self._saved(result.output)

        self._submit(path, morph_job, request, saved)

    def stop(self) -> None:
        """Stop saving."""
        if self.job is not None:
            self.job.cancel()
            self._end()

    def _submit(self, path: Path, function: Any, request: Any, on_result: Any) -> None:
        def done(result: Any) -> None:
            self._end()
            on_result(result)

        def failed(error: BaseException) -> None:
            self._end()
            self._panel.report(error)

        self.job = self._context.jobs.submit(
            "save",
            function,
            request,
            title=translate("characters", "Saving {0}").format(path.name),
            on_result=done,
            on_error=failed,
        )
        self._panel.show_busy()

    def _end(self) -> None:
        self.job = None
        self._panel.show_busy()

    def _write(self, path: Path, picture: Picture, settings: dict[str, Any], scene: Scene) -> None:
        settings = {**settings, PANEL_KEY: scene.to_dict()}
        self._context.jobs.submit_io(
            f"write {path}",
            save_pictures_job,
            SavePicturesRequest([picture], (path,), (settings,)),
            on_result=lambda paths: self._saved(paths[0]),
        )

    def _saved(self, path: Path) -> None:
        self._panel.last_saved = path
        self._context.show_message(translate("characters", "Saved as {0}").format(path))


def sheet_of(pictures: Picture, side: int) -> Picture:
    """Pictures (count, height, width, 3) side by side on white, each ``side`` pixels wide."""
    count = len(pictures)
    columns = max(1, round(count**0.5))
    rows = -(-count // columns)
    step = side + _SHEET_GAP
    sheet = Image.new("RGB", (columns * step + _SHEET_GAP, rows * step + _SHEET_GAP), "white")
    for index, picture in enumerate(pictures):
        image = Image.fromarray(picture).resize((side, side), Image.Resampling.LANCZOS)
        row, column = divmod(index, columns)
        sheet.paste(image, (_SHEET_GAP + column * step, _SHEET_GAP + row * step))
    return np.asarray(sheet)
