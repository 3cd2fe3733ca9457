"""Pictures as the panel needs them: asked for once, remembered, replaced by newer wishes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

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
from kirara_characters.models import ModelFile
from kirara_characters.player import RATE
from kirara_characters.scene import Scene
from kirara_studio.api.jobs import Cancelled, JobHandle
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import to_image

translate = QCoreApplication.translate

_REMEMBERED = 400  # pictures
_SMOOTH_SIZE = 256  # below, the screen's own enlarging shows squares; the engine does it better

Key = tuple[str, float, int]
Wish = tuple[str, float, tuple[int, ...]]


def path_of(scene: Scene) -> LatentPath:
    """The way of the scene's film through the latents. The scene needs two pins."""
    count = len(scene.segments)
    return LatentPath(
        seeds=tuple(pin.seed for pin in scene.pins),
        seconds=scene.segments,
        loop=scene.closed,
        easing=tuple(pin.easing for pin in scene.pins[:count]),
        truncation=tuple(pin.truncation for pin in scene.pins),
    )


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
        self._wanted: Wish | None = None
        self._failed: Wish | None = None
        self._needed = 0
        self.film = Scene()
        self._sizes: dict[str, int] = {}

    def set_models(self, models: Sequence[ModelFile]) -> None:
        """Say which models there are, for the sizes of their pictures."""
        self._sizes = {
            str(model.path): _SMOOTH_SIZE if model.resolution < _SMOOTH_SIZE else 0
            for model in models
        }

    @property
    def busy(self) -> bool:
        """True while pictures of seeds are being drawn."""
        return self._job is not None

    def picture(self, scene: Scene, seed: int, truncation: float | None = None) -> QImage | None:
        """The picture of ``seed`` if it is there, in the scene's model and, unless another is
        given, in its truncation."""
        key = scene.model, scene.truncation if truncation is None else truncation, seed
        if key in self._pictures:
            self._pictures.move_to_end(key)  # the last to be forgotten
        return self._pictures.get(key)

    def request(self, scene: Scene) -> None:
        """Draw the scene's candidates and pins, as far as they are not remembered.

        One job draws one truncation: the candidates first, then pins of other ones.
        """
        if not scene.model:
            return
        wishes = [(scene.truncation, seed) for seed in scene.seeds]
        wishes += [(pin.truncation, pin.seed) for pin in scene.pins]
        self._needed = len(wishes)
        missing = [wish for wish in wishes if self.picture(scene, wish[1], wish[0]) is None]
        if not missing:
            self.stop()
            return
        truncation = missing[0][0]
        seeds = dict.fromkeys(seed for other, seed in missing if other == truncation)
        wanted = (scene.model, truncation, tuple(seeds))
        if wanted not in (self._wanted, self._failed):
            self._draw(wanted)

    def _draw(self, wanted: Wish) -> None:
        self._wanted, self._failed = wanted, None
        model, truncation, seeds = wanted
        was_busy = self.busy
        self._job = self._context.jobs.submit(
            "pictures",
            generate_job,
            GenerateRequest(seeds, truncation, size=self._sizes.get(model, 0), model=model),
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

    def _on_pictures(self, wanted: Wish, result: Generated) -> None:
        model, truncation, seeds = wanted
        for seed, picture in zip(seeds, result.pictures, strict=True):
            self._pictures[(model, truncation, seed)] = to_image(picture)
        # Never fewer than a scene needs, or forgetting and drawing would go round for ever.
        while len(self._pictures) > max(_REMEMBERED, 2 * self._needed):
            self._pictures.popitem(last=False)
        self._end()
        self._tell(result.model, result.milliseconds)
        self.pictures_changed.emit()

    def _on_error(self, wanted: Wish, error: BaseException) -> None:
        self._failed = wanted  # asking again at once would fail again
        self._end()
        if not isinstance(error, Cancelled):
            self._context.show_error(error)

    # Frames

    def fetch_frame(self, index: int, version: int) -> None:
        """Draw the film's frame at ``index / RATE`` seconds; :attr:`frame_ready` follows."""
        film, size = self.film, self._sizes.get(self.film.model, 0)
        self._context.jobs.submit(
            "frame",
            frame_job,
            FrameRequest(path_of(film), index / RATE, size=size, model=film.model),
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
        # Many models carry their resolution in their name.
        size = "" if str(model.resolution) in model.name else f" {model.resolution}"
        self._context.set_status(f"{model.name}{size} · {time} ms")
