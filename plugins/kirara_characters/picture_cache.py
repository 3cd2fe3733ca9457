"""The pictures of a scene: drawn once, chunk by chunk, and remembered."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kirara_characters.jobs import frame_job, stream_job
from kirara_characters.models import is_drawn, resolution_of
from kirara_characters.networks.character import Character
from kirara_characters.networks.latents import LatentPath
from kirara_characters.requests import (
    Chunk,
    Drawn,
    Frame,
    FrameRequest,
    GenerateRequest,
    ModelUsed,
)
from kirara_characters.scene import Scene
from kirara_studio.api.model_library import ModelFile
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Task, model_name, to_image

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

translate = QCoreApplication.translate

_REMEMBERED = 400  # pictures
_LARGEST = 1024  # pixels
_SMOOTH_SIZE = 256  # below, the screen's own enlarging shows squares; the engine does it better


class PictureCache(QObject):
    """Draws what a scene needs, and frames of its film, in the engine.

    :attr:`pictures_changed` follows each chunk of pictures; :attr:`changed` is emitted when
    :attr:`busy` may have changed.
    """

    pictures_changed = Signal()
    changed = Signal()

    def __init__(self, context: PanelContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._pictures: OrderedDict[tuple[str, Character], QImage] = OrderedDict()
        self._scene = Scene()
        self._others: tuple[Character, ...] = ()
        self._sizes: dict[str, int] = {}
        self._drawn: set[str] = set()
        self._request: GenerateRequest | None = None
        self._failed: GenerateRequest | None = None
        self._drawing = Task(context.jobs, "pictures", parent=self)
        self._drawing.changed.connect(self.changed)
        self._drawing.failed.connect(self._give_up)
        self._frames = Task(context.jobs, "frame", parent=self)
        self._frames.failed.connect(self._give_up_frame)
        self._frames.stopped.connect(self._give_up_frame)
        self._large = Task(context.jobs, "large", parent=self)
        self._large.failed.connect(context.show_error)
        self._frame_failed: Callable[[], object]

    def set_models(self, models: Sequence[ModelFile]) -> None:
        """Set the models that scenes may use; the sizes of their pictures are taken from them."""
        self._drawn = {str(model.path) for model in models if is_drawn(model)}
        self._sizes = {
            str(model.path): _SMOOTH_SIZE if resolution_of(model) < _SMOOTH_SIZE else 0
            for model in models
        }

    @property
    def busy(self) -> bool:
        """True while pictures of characters are being drawn."""
        return self._drawing.busy

    def picture(self, scene: Scene, character: Character) -> QImage | None:
        """The picture of a character by the scene's model, if it is drawn."""
        key = scene.model, character
        if key in self._pictures:
            self._pictures.move_to_end(key)  # the last to be forgotten
        return self._pictures.get(key)

    def show(self, scene: Scene, others: Sequence[Character] = ()) -> None:
        """Draw the scene's candidates and pins, and others, as far as they are not remembered."""
        self._scene, self._others = scene, tuple(others)
        self._draw_missing()

    def stop(self) -> None:
        """Stop drawing."""
        self._drawing.stop()

    def _draw_missing(self) -> None:
        scene, running = self._scene, self._request if self.busy else None
        missing = [one for one in self._needed() if self.picture(scene, one) is None]
        if not scene.model or not missing:
            self.stop()
            return
        size = self._sizes.get(scene.model, 0)
        request = GenerateRequest(tuple(dict.fromkeys(missing)), size=size, model=scene.model)
        if request == self._failed or (running is not None and _covers(running, request)):
            return
        self._request, self._failed = request, None
        self._drawing.start(
            stream_job,
            request,
            self._finish,
            title=translate("characters", "Drawing characters"),
            on_part=lambda chunk: self._take(request, chunk),
        )

    def _needed(self) -> list[Character]:
        """What is being changed first, then the candidates and the pins."""
        scene = self._scene
        selected = [scene.selection.character] if scene.selection else []
        pins = (pin.character for pin in scene.pins)
        return [*selected, *scene.candidates, *pins, *self._others]

    def _take(self, request: GenerateRequest, chunk: Chunk) -> None:
        for character, picture in zip(chunk.characters, chunk.pictures, strict=True):
            self._pictures[(request.model, character)] = to_image(picture)
        # Never fewer than a scene needs, or forgetting and drawing would never end.
        largest = max(_REMEMBERED, 2 * len(self._needed()))
        while len(self._pictures) > largest:
            self._pictures.popitem(last=False)
        self.pictures_changed.emit()

    def _finish(self, drawn: Drawn) -> None:
        self._show_status(drawn.model, drawn.milliseconds)

    def _give_up(self, error: BaseException) -> None:
        self._failed = self._request  # asking again at once would fail again
        self._context.show_error(error)

    # Frames

    def draw_frame(
        self,
        model: str,
        path: LatentPath,
        seconds: float,
        done: Callable[[QImage], object],
        failed: Callable[[], object],
    ) -> None:
        """Draw the frame of a film at a moment; a newer one replaces one that is not done yet."""

        def take(frame: Frame) -> None:
            self._show_status(frame.model, frame.milliseconds)
            done(to_image(frame.picture))

        self._frame_failed = failed
        request = FrameRequest(path, seconds, size=self._sizes.get(model, 0), model=model)
        self._frames.start(frame_job, request, take)

    def draw_large(
        self,
        model: str,
        path: LatentPath,
        seconds: float,
        side: int,
        done: Callable[[QImage], object],
    ) -> None:
        """Draw a frame as large as it is shown, if the model can draw any size."""
        if model in self._drawn:
            request = FrameRequest(path, seconds, size=min(side, _LARGEST), model=model)
            self._large.start(frame_job, request, lambda frame: done(to_image(frame.picture)))

    def _give_up_frame(self, error: BaseException | None = None) -> None:
        self._frame_failed()
        if error is not None:
            self._context.show_error(error)

    def _show_status(self, model: ModelUsed, milliseconds: float) -> None:
        time = f"{milliseconds:.0f}" if milliseconds >= 10 else f"{milliseconds:.1f}"
        # Many models carry their resolution in their name.
        size = "" if str(model.resolution) in model.name else f" {model.resolution}"
        self._context.set_status(f"{model_name(model.name)}{size} · {time} ms")


def _covers(running: GenerateRequest, request: GenerateRequest) -> bool:
    """True if a job that runs already will draw what is requested."""
    same = (running.model, running.size) == (request.model, request.size)
    return same and set(request.characters) <= set(running.characters)
