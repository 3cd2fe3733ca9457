"""Shows a scene: its candidates on the wall, its pins in the strip, its film on the canvas."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from kirara_characters.networks.character import Character
from kirara_characters.networks.latents import LatentPath
from kirara_characters.scene import Scene
from kirara_characters.session import Session
from kirara_characters.view.menus import easing_name
from kirara_characters.view.player import RATE, MorphPlayer
from kirara_characters.view.wall import WallView
from kirara_studio.api.widgets import FilmItem, Filmstrip

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

translate = QCoreApplication.translate

_REST = 150  # milliseconds after which a picture rests


class SceneView(QObject):
    """Shows pictures as they are drawn, and plays the film, or an endless walk.

    While a pin is selected, the canvas shows it, and a drag on the canvas leads it away.
    """

    def __init__(
        self, session: Session, wall: WallView, strip: Filmstrip, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._cache = session, session.pictures
        self._wall, self._strip = wall, strip
        self._scene = Scene()
        self._hovered = -1
        self._walk: LatentPath | None = None
        self._wandering = False
        self._shown: tuple[str, LatentPath, float] | None = None
        self._at_rest = QTimer(self, singleShot=True, interval=_REST)
        self._at_rest.timeout.connect(self._sharpen)
        self.player = MorphPlayer(self._fetch, self)
        session.document.shown.connect(self._show)
        session.pictures.pictures_changed.connect(self._show_pictures)
        session.favourites_changed.connect(self._show_favourites)
        session.likenesses.portraits_changed.connect(self._show_portrait)
        session.moment_recalled.connect(self._go_to)
        self.player.frame.connect(self._show_frame)
        self.player.moved.connect(self._show_time)
        self.player.playing_changed.connect(self._on_playing)
        wall.transport.toggled.connect(self.player.toggle)
        wall.transport.scrubbed.connect(self._on_scrub)
        wall.canvas.clicked.connect(self.player.toggle)
        wall.canvas.led.connect(self._on_led)
        wall.canvas.released.connect(self._on_released)
        wall.walk.clicked.connect(self._toggle_walk)
        wall.keep.clicked.connect(self._keep_walk)
        wall.grid.hovered.connect(self._on_hover)
        strip.selected.connect(session.edits.select)

    def _show(self, scene: Scene) -> None:
        old, self._scene = self._scene, scene
        if scene.seeds != old.seeds:
            self._hovered = -1
        if (scene.model, scene.pins, scene.closed) != (old.model, old.pins, old.closed):
            self._end_walk()
        selected = scene.selection is not None
        if selected and not self._walk:
            self.player.hold(scene.moment(scene.selected))
        self._show_pictures()
        if scene.selected != old.selected:
            self._strip.set_current(scene.selected if selected else len(scene.pins))
        if (scene.model, scene.pins, scene.closed) != (old.model, old.pins, old.closed):
            self._show_film()
        elif old.selection is not None and not selected and not self.player.playing:
            self.player.seek(self.player.seconds)

    def _fetch(self, index: int, version: int) -> None:
        self._cache.draw_frame(
            self._scene.model,
            self._walk or self._scene.path,
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
        self._show_favourites()
        if self._hovered < 0:
            self._show_still()
        self._show_portrait()

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

    def _show_favourites(self) -> None:
        favourites = self._session.favourites
        pictures = [self._cache.picture(self._scene, one) for one in favourites]
        self._wall.show_favourites(pictures, [one.seed for one in favourites])

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

    def _show_portrait(self) -> None:
        """Beside the selected pin, the picture that it resembles."""
        pin, portrait = self._scene.selection, None
        if pin is not None and pin.character.portrait is not None and self._hovered < 0:
            portrait = self._session.likenesses.portrait(pin.character.portrait)
        self._wall.canvas.set_comparison(portrait)

    def _show_still(self) -> None:
        """The selected pin; without a film the only pin, or the first candidate."""
        scene = self._scene
        if self._walk or (scene.duration > 0 and scene.selection is None):
            return
        shown = scene.pins[0].character if scene.pins else scene.candidates[0]
        if scene.selection is not None:
            shown = scene.selection.character
        picture = self._cache.picture(scene, shown)
        if picture is not None or not self._wandering:
            self._show_picture(picture, shown)

    def _show_picture(self, picture: QImage | None, character: Character) -> None:
        """Show the picture of a character; one that is shown sharp already stays."""
        if (self._scene.model, LatentPath((character,)), 0.0) != self._shown or picture is None:
            self._set_canvas(picture, LatentPath((character,)), 0.0)

    def _set_canvas(self, picture: QImage | None, path: LatentPath, seconds: float) -> None:
        self._wall.canvas.set_picture(picture)
        self._shown = (self._scene.model, path, seconds) if picture is not None else None
        self._at_rest.start()

    def _sharpen(self) -> None:
        """Draw what rests on the canvas as large as it is there."""
        shown, canvas = self._shown, self._wall.canvas
        if shown is None or self.player.playing or self._wandering or not canvas.isVisible():
            return

        def show(image: QImage) -> None:
            if self._shown == shown:
                canvas.set_picture(image)

        side = round(canvas.fitted_box().width() * canvas.devicePixelRatio())
        self._cache.draw_large(*shown, side, show)

    def _go_to(self, seconds: float) -> None:
        """Rest at a moment of the film that was recalled."""
        self.player.pause()
        self.player.seek(seconds)

    def _show_frame(self, image: QImage) -> None:
        if self._hovered < 0 or self.player.playing:
            path = self._walk or self._scene.path
            self._set_canvas(image, path, round(self.player.seconds * RATE) / RATE)

    def _show_time(self, seconds: float) -> None:
        self._wall.transport.set_time(seconds, self.player.duration)
        film = self._scene.duration > 0 and not self._walk
        self._strip.set_playhead(self._scene.place(seconds) if film else None)

    def _on_hover(self, index: int) -> None:
        """While nothing plays, the candidate under the pointer is shown large."""
        self._hovered = index
        self._show_portrait()
        if self.player.playing:
            return
        grid = self._wall.grid
        image = grid.image(index) if 0 <= index < grid.count else None
        if image is not None:
            self._show_picture(image, self._scene.candidates[index])
        elif self._scene.duration > 0:
            self.player.seek(self.player.seconds)
        else:
            self._show_still()

    def _on_playing(self, playing: bool) -> None:
        self._wall.transport.set_playing(playing)
        if playing:
            self._session.edits.select(-1)

    def _on_scrub(self, seconds: float) -> None:
        self._session.edits.select(-1)
        self.player.seek(seconds)

    # Wandering

    def _on_led(self, right: float, down: float) -> None:
        """Lead the selected pin away, or the one that the film shows; without pins, make one."""
        session, scene = self._session, self._scene
        if not self._wandering:
            self.player.pause()
            self._end_walk()
            if not scene.pins:
                session.pin(scene.candidates[0])
            pin = scene.selected if scene.selection else round(scene.place(self.player.seconds))
            session.edits.begin_wander(pin % len(self._scene.pins))
            self._wandering = True
        session.edits.wander(right, down)

    def _on_released(self, right: float, down: float) -> None:
        self._session.edits.end_wander(right, down)
        self._wandering = False

    # The endless walk

    def _toggle_walk(self) -> None:
        if self._walk:
            self._end_walk()
            self._show_film()
            return
        self._session.edits.select(-1)
        self._walk = self._session.edits.walk()
        self._wall.show_walking(True)
        self._wall.transport.setEnabled(True)
        self.player.set_film(self._walk.duration, loops=True)
        self.player.seek(0.0)
        self.player.play()

    def _keep_walk(self) -> None:
        if self._walk:
            self._session.edits.keep_walk(self._walk, self.player.seconds)

    def _end_walk(self) -> None:
        if self._walk:
            self._walk = None
            self.player.pause()
            self._wall.show_walking(False)
