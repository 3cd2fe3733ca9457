"""What happens to files that are dropped on the panel or chosen in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QFileDialog

from kirara_characters.generation import GenerateRequest, request_of_settings
from kirara_characters.importing import (
    SUFFIXES,
    ExportRunRequest,
    ImportRequest,
    export_run_job,
    import_job,
)
from kirara_characters.models import ModelFile
from kirara_characters.scene import LARGEST_SEED, LONGEST, SHORTEST, Pin, Scene
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.media.saving import recall
from kirara_studio.api.models import fingerprint

if TYPE_CHECKING:
    from kirara_characters.panel import CharactersPanel

translate = QCoreApplication.translate

SAVED = (".png", ".gif", ".webp", ".mp4")
PANEL_KEY = "panel"  # the whole scene, in the settings of what the panel saved


@dataclass(frozen=True)
class RecallRequest:
    """Read the settings in the file or folder ``path``, made with one of ``models``."""

    path: Path
    models: tuple[ModelFile, ...]


@dataclass(frozen=True)
class Recalled:
    """``settings`` that were saved; ``model`` is the one they were made with, or None where it
    is not among those asked about."""

    settings: dict[str, Any]
    model: ModelFile | None


def recall_job(request: RecallRequest, tools: JobTools) -> Recalled:
    """Read the settings back from a saved file, and find their model: the very same weights.

    For the pool of disk work. Raises :class:`UserError` as :func:`recall` does.
    """
    settings = recall(request.path)
    wanted = settings.get("model_fingerprint")
    named = sorted(request.models, key=lambda model: model.name != settings.get("model"))
    return Recalled(settings, next((m for m in named if _has_fingerprint(m, wanted)), None))


def _has_fingerprint(model: ModelFile, wanted: object) -> bool:
    try:
        return fingerprint(model.path) == wanted
    except OSError:  # it was deleted meanwhile
        return False


def scene_of(settings: dict[str, Any], current: Scene) -> Scene:
    """The scene that saved settings describe, with the current model.

    Raises :class:`UserError` where they are of something else or make no sense.
    """
    request = request_of_settings(settings)
    panel = settings.get(PANEL_KEY)
    if isinstance(panel, dict):
        return replace(Scene.from_dict(panel), model=current.model)
    if isinstance(request, GenerateRequest):
        seed = min(request.seeds[0], LARGEST_SEED)
        return replace(current, seed=seed, truncation=round(request.truncation, 4))
    path = request.path
    # An open film's last pin has no segment of its own.
    seconds = [*path.parts, Pin.seconds][: len(path.seeds)]
    easings = [*path.easings, Pin.easing][: len(path.seeds)]
    pins = tuple(
        Pin(
            min(seed, LARGEST_SEED),
            round(truncation, 4),
            round(min(max(length, SHORTEST), LONGEST), 2),
            easing,
        )
        for seed, truncation, length, easing in zip(
            path.seeds, path.truncations, seconds, easings, strict=True
        )
    )
    # A wall on which all pins are seen, where they came from one.
    seeds = [pin.seed for pin in pins]
    first = min(seeds) if max(seeds) - min(seeds) < current.count else seeds[0]
    truncation = pins[0].truncation
    return replace(current, seed=first, truncation=truncation, pins=pins, closed=path.loop)


class Files(QObject):
    """Takes files: saved pictures and films, models, folders to train on."""

    def __init__(self, panel: CharactersPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._context = panel.context

    def ask(self) -> None:
        """Ask for a file to import or to recall."""
        patterns = " ".join(f"*{suffix}" for suffix in (*SUFFIXES, *SAVED))
        name = translate("characters", "Models, pictures and films")
        title = translate("characters", "Open")
        path, _ = QFileDialog.getOpenFileName(self._panel, title, "", f"{name} ({patterns})")
        if path:
            self.take([Path(path)])

    def take(self, paths: list[Path]) -> None:
        """Do the obvious thing with the first of ``paths``."""
        path = paths[0]
        suffix = path.suffix.lower()
        if path.is_dir() and not any(path.glob("frame-*.png")):
            self._panel.training.choose_folder(path)
            self._panel.show_page(1)
        elif suffix in SUFFIXES:
            self._import(path)
        elif suffix in SAVED or path.is_dir():
            self._recall(path)
        else:
            self._context.show_error(
                UserError(
                    "“{file}” is nothing that this panel can use.",
                    advice="Drop a saved PNG, GIF, WebP or MP4, a model (.safetensors, .npz), "
                    "or a folder with pictures.",
                    file=path.name,
                )
            )

    # Recalling

    def _recall(self, path: Path) -> None:
        self._context.jobs.submit_io(
            "recall",
            recall_job,
            RecallRequest(path, tuple(self._panel.models)),
            title=translate("characters", "Reading {0}").format(path.name),
            on_result=lambda recalled: self._recalled(path, recalled),
        )

    def _recalled(self, path: Path, recalled: Recalled) -> None:
        panel, settings, model = self._panel, recalled.settings, recalled.model
        try:
            scene = scene_of(settings, panel.scene)
        except UserError as error:
            self._context.show_error(error)
            return
        if model is not None:
            scene = replace(scene, model=str(model.path))
        panel.show_page(0)
        panel.edit(scene, translate("characters", "Recall {0}").format(path.name))
        if model is None:
            message = translate(
                "characters", "“{0}” was made with another model, “{1}”; the faces will differ."
            ).format(path.name, settings.get("model", "?"))
        else:
            message = translate("characters", "Recalled {0}").format(path.name)
        self._context.show_message(message)

    # Models

    def _import(self, path: Path) -> None:
        self._context.jobs.submit(
            "import",
            import_job,
            ImportRequest(path, self._context.data_folder),
            title=translate("characters", "Importing {0}").format(path.name),
            on_result=self._imported,
        )

    def export_run(self, run_folder: Path) -> None:
        """Make the model of a training run one of the panel's."""
        self._context.jobs.submit(
            "import",
            export_run_job,
            ExportRunRequest(run_folder, run_folder.name, self._context.data_folder),
            title=translate("characters", "Taking over {0}").format(run_folder.name),
            on_result=self._imported,
        )

    def _imported(self, path: Path) -> None:
        panel = self._panel
        panel.refresh_models()
        panel.show_page(0)
        panel.choose_model(str(path))
        self._context.show_message(
            translate("characters", "“{0}” is now one of your models").format(path.stem)
        )
