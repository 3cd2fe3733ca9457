"""Walls that were shown before, newest first."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from kirara_characters.scene import Scene
from kirara_characters.wall import mosaic

translate = QCoreApplication.translate

_LONGEST = 12


class History:
    """Remembers each wall with a mosaic of its first four pictures."""

    def __init__(self) -> None:
        self._entries: list[tuple[Scene, QImage]] = []

    def add(self, scene: Scene, pictures: list[QImage]) -> bool:
        """Put a wall first; False where it is there already."""
        if any(_same_wall(scene, entry) for entry, _ in self._entries):
            return False
        self._entries.insert(0, (scene, mosaic(pictures)))
        del self._entries[_LONGEST:]
        return True

    def entry(self, index: int) -> Scene:
        """The scene in which wall ``index`` was shown."""
        return self._entries[index][0]

    @property
    def pictures(self) -> list[QImage]:
        """The mosaics."""
        return [picture for _, picture in self._entries]

    @property
    def names(self) -> list[str]:
        """What each is called."""
        return [
            translate("characters", "Candidates from seed {0}").format(scene.seed)
            for scene, _ in self._entries
        ]


def _same_wall(first: Scene, second: Scene) -> bool:
    names = ("model", "seed", "truncation", "count")
    return all(getattr(first, name) == getattr(second, name) for name in names)
