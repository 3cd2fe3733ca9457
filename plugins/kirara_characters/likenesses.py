"""Characters that resemble the user's own pictures: found in the background, and compared."""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kirara_characters.jobs import likeness_job, portrait_job
from kirara_characters.networks.character import Portrait
from kirara_characters.requests import Likeness, LikenessRequest, Pixels, PortraitRequest
from kirara_characters.scene import Pin, Scene
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Document, Task, to_image

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

translate = QCoreApplication.translate

_SIDE = 512  # pixels of a portrait that is compared
_REMEMBERED = 24  # portraits


class Likenesses(QObject):
    """Finds them one after the other; each becomes a pin, which is shown as it gets closer.

    :attr:`portraits_changed` follows each portrait that was read.
    """

    portraits_changed = Signal()

    def __init__(
        self, context: PanelContext, document: Document[Scene], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._document = context, document
        self._waiting: deque[Path] = deque()
        self._portraits: OrderedDict[Portrait, QImage | None] = OrderedDict()
        self._finding = Task(context.jobs, "likeness", parent=self)
        self._finding.failed.connect(self._give_up)
        self._finding.stopped.connect(self._stop)

    @property
    def busy(self) -> bool:
        """True while a likeness is being found."""
        return self._finding.busy

    def find(self, path: Path) -> None:
        """Find the character most like the one in a picture, after those that were asked before."""
        self._waiting.append(path)
        if not self.busy:
            self._next()

    def stop(self) -> None:
        """Find no more."""
        self._waiting.clear()
        self._finding.stop()

    def _next(self) -> None:
        if not self._waiting:
            return
        path = self._waiting.popleft()
        request = LikenessRequest(path, self._document.value.model, self._context.data_folder)
        self._finding.start(
            likeness_job,
            request,
            self._take,
            title=translate("characters", "Finding the likeness of {0}").format(path.name),
            background=True,
            on_part=self._show,
        )

    def _show(self, likeness: Likeness) -> None:
        self._document.preview(self._with(likeness))

    def _take(self, likeness: Likeness) -> None:
        scene = self._with(likeness)
        self._document.edit(scene, translate("characters", "Likeness of a picture"))
        self._next()

    def _with(self, likeness: Likeness) -> Scene:
        scene = self._document.settled_value
        pinned = scene.pinned(Pin(likeness.character))
        return replace(pinned, selected=len(scene.pins))

    def _give_up(self, error: BaseException) -> None:
        self._document.edit(self._document.settled_value, "")
        self._context.show_error(error)
        self._next()

    def _stop(self) -> None:
        self._waiting.clear()
        self._document.edit(self._document.settled_value, "")

    def portrait(self, portrait: Portrait) -> QImage | None:
        """The picture that a character resembles, once it has been read; None if it is gone."""
        if portrait not in self._portraits:
            self._portraits[portrait] = None
            while len(self._portraits) > _REMEMBERED:
                self._portraits.popitem(last=False)

            def take(pixels: Pixels) -> None:
                self._portraits[portrait] = to_image(pixels)
                self.portraits_changed.emit()

            # Without the file there is nothing to compare, and that is no fault.
            self._context.jobs.submit_io(
                f"portrait {portrait.path}",
                portrait_job,
                PortraitRequest(portrait, _SIDE),
                on_result=take,
                on_error=lambda _error: None,
            )
        return self._portraits.get(portrait)
