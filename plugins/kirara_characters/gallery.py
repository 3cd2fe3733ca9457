"""Pictures as the panel needs them: asked for once, remembered, replaced by newer wishes."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QImage

from kirara_characters.generation import (
    Frame,
    FrameRequest,
    Generated,
    GenerateRequest,
    ModelUsed,
    frame_job,
    generate_job,
)
from kirara_characters.latents import LatentPath
from kirara_characters.player import RATE
from kirara_characters.scene import Scene
from kirara_studio.api.jobs import Cancelled, JobHandle
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import to_image

translate = QCoreApplication.translate

_REMEMBERED = 1500  # pictures

Key = tuple[str, float, int]


def path_of(scene: Scene) -> LatentPath:
    """The way of the scene's film through the latents. The scene needs two pins."""
    seeds = tuple(pin.seed for pin in scene.pins)
    return LatentPath(seeds, scene.segments, scene.closed, scene.easing)


class Gallery(QObject):
    """The pictures of seeds, and frames of the film, from the engine."""

    pictures_changed = Signal()
    frame_ready = Signal(int, int, QImage)
    frame_failed = Signal(int)
    busy_changed = Signal(bool)

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        self._context = context
        self._pictures: OrderedDict[Key, QImage] = OrderedDict()
        self._job: JobHandle | None = None
        self._wanted: tuple[str, float, tuple[int, ...]] | None = None
        self._failed: tuple[str, float, tuple[int, ...]] | None = None
        self.film = Scene()
        self.used: dict[str, ModelUsed] = {}

    @property
    def busy(self) -> bool:
        """True while pictures of seeds are being drawn."""
        return self._job is not None

    def picture(self, scene: Scene, seed: int) -> QImage | None:
        """The picture of ``seed`` in the scene's model and truncation, if it is there."""
        return self._pictures.get((scene.model, scene.truncation, seed))

    def request(self, scene: Scene) -> None:
        """Draw the scene's candidates and pins, as far as they are not remembered."""
        if not scene.model:
            return
        seeds = dict.fromkeys([*scene.seeds, *(pin.seed for pin in scene.pins)])
        missing = tuple(seed for seed in seeds if self.picture(scene, seed) is None)
        wanted = (scene.model, scene.truncation, missing)
        if not missing:
            self.stop()
        elif wanted not in (self._wanted, self._failed):
            self._draw(wanted)

    def _draw(self, wanted: tuple[str, float, tuple[int, ...]]) -> None:
        self._wanted, self._failed = wanted, None
        model, truncation, seeds = wanted
        was_busy = self.busy
        self._job = self._context.jobs.submit(
            "pictures",
            generate_job,
            GenerateRequest(seeds, truncation, model=model),
            title=translate("characters", "Drawing characters"),
            on_result=lambda result: self._on_pictures(wanted, result),
            on_error=lambda error: self._on_error(wanted, error),
        )
        if not was_busy:
            self.busy_changed.emit(True)

    def stop(self) -> None:
        """Stop drawing."""
        job, self._job, self._wanted = self._job, None, None
        if job is not None:
            job.cancel()
            self.busy_changed.emit(False)

    def _end(self) -> None:
        self._job = self._wanted = None
        self.busy_changed.emit(False)

    def _on_pictures(self, wanted: tuple[str, float, tuple[int, ...]], result: Generated) -> None:
        model, truncation, seeds = wanted
        self.used[model] = result.model
        for seed, picture in zip(seeds, result.pictures, strict=True):
            self._pictures[(model, truncation, seed)] = to_image(picture)
        while len(self._pictures) > _REMEMBERED:
            self._pictures.popitem(last=False)
        self._end()
        self._tell(result.model, result.milliseconds)
        self.pictures_changed.emit()

    def _on_error(self, wanted: tuple[str, float, tuple[int, ...]], error: BaseException) -> None:
        self._failed = wanted  # asking again at once would fail again
        self._end()
        if not isinstance(error, Cancelled):
            self._context.show_error(error)

    # Frames

    def fetch_frame(self, index: int, version: int) -> None:
        """Draw the film's frame at ``index / RATE`` seconds; :attr:`frame_ready` follows."""
        film = self.film
        self._context.jobs.submit(
            "frame",
            frame_job,
            FrameRequest(path_of(film), index / RATE, film.truncation, model=film.model),
            on_result=lambda frame: self._on_frame(index, version, frame),
            on_error=lambda error: self._on_frame_error(version, error),
        )

    def _on_frame(self, index: int, version: int, frame: Frame) -> None:
        self._tell(frame.model, frame.milliseconds)
        self.frame_ready.emit(index, version, to_image(frame.picture))

    def _on_frame_error(self, version: int, error: BaseException) -> None:
        self.frame_failed.emit(version)
        if not isinstance(error, Cancelled):
            self._context.show_error(error)

    def _tell(self, model: ModelUsed, milliseconds: float) -> None:
        time = f"{milliseconds:.0f}" if milliseconds >= 10 else f"{milliseconds:.1f}"
        self._context.set_status(f"{model.name} {model.resolution} · {time} ms")
