"""The candidates that were shown before, newest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from kirara_characters.scene import Scene

_LONGEST = 12


class History:
    """Remembers scenes, each with a mosaic of its first four candidates."""

    def __init__(self) -> None:
        self.entries: list[tuple[Scene, QImage]] = []

    def add(self, scene: Scene, pictures: Sequence[QImage]) -> bool:
        """Put the candidates of a scene first; False if they are there already."""
        if any(_candidates(scene) == _candidates(entry) for entry, _ in self.entries):
            return False
        self.entries.insert(0, (scene, mosaic(pictures)))
        del self.entries[_LONGEST:]
        return True


def _candidates(scene: Scene) -> tuple[object, ...]:
    return scene.model, scene.seed, scene.truncation, scene.count


def mosaic(images: Sequence[QImage], side: int = 128) -> QImage:
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
