"""Shows a scene: its candidates on the wall, its pins in the strip, its film on the canvas."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from kirara_characters.scene import Scene
from kirara_characters.session import Session
from kirara_characters.view.menus import easing_name
from kirara_characters.view.player import RATE, MorphPlayer
from kirara_characters.view.wall import WallView
from kirara_studio.api.widgets import FilmItem, Filmstrip

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

translate = QCoreApplication.translate


class SceneView(QObject):
    """Shows pictures as they are drawn, and plays the film."""

    def __init__(
        self, session: Session, wall: WallView, strip: Filmstrip, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._cache = session, session.pictures
        self._wall, self._strip = wall, strip
        self._scene = Scene()
        self._hovered = -1
        self.player = MorphPlayer(self._fetch, self)
        session.document.shown.connect(self._show)
        session.pictures.pictures_changed.connect(self._show_pictures)
        session.moment_recalled.connect(self._go_to)
        self.player.frame.connect(self._show_frame)
        self.player.moved.connect(self._show_time)
        self.player.playing_changed.connect(wall.transport.set_playing)
        wall.transport.toggled.connect(self.player.toggle)
        wall.transport.scrubbed.connect(self.player.seek)
        wall.canvas.clicked.connect(self.player.toggle)
        wall.grid.hovered.connect(self._on_hover)
        strip.selected.connect(self._on_select)

    def _show(self, scene: Scene) -> None:
        old, self._scene = self._scene, scene
        if scene.seeds != old.seeds:
            self._hovered = -1
        self._show_pictures()
        if (scene.model, scene.pins, scene.closed) != (old.model, old.pins, old.closed):
            self._show_film()

    def _fetch(self, index: int, version: int) -> None:
        self._cache.draw_frame(
            self._scene,
            index / RATE,
            partial(self.player.deliver, index, version),
            partial(self.player.fail, version),
        )

    def retranslate(self) -> None:
        """Set the texts again."""
        self._show_candidates()
        self._show_pins()

    # Candidates and pins

    def _show_pictures(self) -> None:
        self._show_candidates()
        self._show_pins()
        if self._hovered < 0:
            self._show_still()

    def _show_candidates(self) -> None:
        scene, grid = self._scene, self._wall.grid
        pictures = self._session.candidates()
        name = translate("characters", "Candidate with seed {0}")
        count = grid.count
        grid.set_pictures(
            pictures,
            payloads=[json.dumps(character.to_dict()) for character in scene.candidates],
            names=[name.format(seed) for seed in scene.seeds],
        )
        if count != len(pictures):
            self._wall.arrange()

    def _show_pins(self) -> None:
        scene = self._scene
        name, items = translate("characters", "Pin {0}, seed {1}"), []
        for index, pin in enumerate(scene.pins):
            picture = self._cache.picture(scene, pin.character)
            seconds = pin.seconds if index < len(scene.segments) else None
            last = index == len(scene.pins) - 1
            note = translate("characters", "to the start") if last else easing_name(pin.easing)
            items.append(
                FilmItem(picture, seconds, note, name.format(index + 1, pin.character.seed))
            )
        self._strip.set_items(items)
        places = {index: scene.places_of(one) for index, one in enumerate(scene.candidates)}
        badges = {index: "·".join(str(p + 1) for p in found) for index, found in places.items()}
        self._wall.grid.set_badges({index: badge for index, badge in badges.items() if badge})

    # The canvas

    def _show_film(self) -> None:
        self.player.set_film(self._scene.duration, loops=self._scene.closed)
        self._wall.transport.setEnabled(self._scene.duration > 0)
        self._show_still()

    def _show_still(self) -> None:
        """Without a film: the only pin, or the first candidate."""
        scene = self._scene
        if scene.duration > 0:
            return
        shown = scene.pins[0].character if scene.pins else scene.candidates[0]
        self._wall.canvas.set_picture(self._cache.picture(scene, shown))

    def _go_to(self, seconds: float) -> None:
        """Rest at a moment of the film that was recalled."""
        self.player.pause()
        self.player.seek(seconds)

    def _show_frame(self, image: QImage) -> None:
        if self._hovered < 0 or self.player.playing:
            self._wall.canvas.set_picture(image)

    def _show_time(self, seconds: float) -> None:
        self._wall.transport.set_time(seconds, self.player.duration)
        film = self._scene.duration > 0
        self._strip.set_playhead(self._scene.place(seconds) if film else None)

    def _on_hover(self, index: int) -> None:
        """While nothing plays, the candidate under the pointer is shown large."""
        self._hovered = index
        if self.player.playing:
            return
        grid = self._wall.grid
        image = grid.image(index) if 0 <= index < grid.count else None
        if image is not None:
            self._wall.canvas.set_picture(image)
        elif self._scene.duration > 0:
            self.player.seek(self.player.seconds)
        else:
            self._show_still()

    def _on_select(self, index: int) -> None:
        if self._scene.duration > 0:
            self.player.seek(self._scene.moment(index))
