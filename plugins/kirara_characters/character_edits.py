"""What the user does to characters: attributes by name, wandering, neighbours, details, a walk."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from kirara_characters.jobs import attributes_job
from kirara_characters.networks.character import Character, Value
from kirara_characters.networks.latents import Attribute, LatentPath
from kirara_characters.requests import Attributes, AttributesRequest
from kirara_characters.scene import LARGEST_SEED, Pin, Scene
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Document, Task

translate = QCoreApplication.translate

_WALK_STOPS = 400  # characters that an endless walk passes before it comes round
_WALK_SECONDS = 5.0  # from one to the next
_NAMES = "direction names"  # in the panel's state: names by direction, by fingerprint of the model
_SOON = 60  # milliseconds after an edit until the attributes are asked for


class CharacterEdits(QObject):
    """Edits of the selected pin, or of all candidates if none is selected.

    ``attributes`` are those that the model has, ``values`` those of :attr:`target`.
    :attr:`attributes_changed` is emitted with other attributes or names of them,
    :attr:`values_changed` with other values.
    """

    attributes_changed = Signal()
    values_changed = Signal()

    def __init__(
        self, context: PanelContext, document: Document[Scene], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._document = context, document
        self.attributes: tuple[Attribute, ...] = ()
        self.values: dict[str, Value] = {}
        self._fingerprint = ""
        self._described: AttributesRequest | None = None
        self._describing = Task(context.jobs, "attributes", parent=self)
        self._describing.failed.connect(self._give_up)
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self._describe)
        self._drag: tuple[Character, tuple[int, int, int, int]] | None = None
        document.shown.connect(self._on_shown)

    @property
    def scene(self) -> Scene:
        """The scene that is shown."""
        return self._document.value

    @property
    def target(self) -> Character:
        """The character whose attributes are shown: the selected pin's or the first candidate."""
        pin = self.scene.selection
        return pin.character if pin else self.scene.candidates[0]

    def _on_shown(self, scene: Scene) -> None:
        if scene.model and AttributesRequest(self.target, scene.model) != self._described:
            self._soon.start()

    def _describe(self) -> None:
        scene = self.scene
        if scene != self._document.settled_value:
            self._soon.start()  # what is dragged is shown by the control that is dragged
            return
        self._described = AttributesRequest(self.target, scene.model)
        self._describing.start(attributes_job, self._described, self._take)

    def _take(self, found: Attributes) -> None:
        other = (found.attributes, found.model.fingerprint) != (self.attributes, self._fingerprint)
        self.attributes, self.values = found.attributes, dict(found.values)
        self._fingerprint = found.model.fingerprint
        if other:
            self.attributes_changed.emit()
        self.values_changed.emit()

    def _give_up(self, _error: BaseException) -> None:
        """The pictures of the same model fail too, and that is reported."""
        self.attributes, self.values = (), {}
        self.attributes_changed.emit()

    # The selection

    def select(self, index: int) -> None:
        """Select a pin; -1 selects none. That is no step of its own."""
        if index != self.scene.selected and index < len(self.scene.pins):
            self._document.replace(replace(self.scene, selected=index))

    # Attributes

    @property
    def changes(self) -> Mapping[str, Value]:
        """What the user set of the target."""
        return dict(self.target.changes)

    @property
    def fixed(self) -> Mapping[str, Value]:
        """What all candidates have in common, those to come included."""
        return dict(self.scene.changes)

    def preview(self, name: str, value: Value) -> None:
        """Show another value of an attribute while its control is dragged."""
        self._document.preview(self._with({name: value}))

    def set(self, name: str, value: Value | None, text: str) -> None:
        """Set an attribute; None gives back what the model chose. ``text`` is the step's name."""
        self._document.edit(self._with({name: value}), text, f"attribute {name}")

    def cancel(self) -> None:
        """Show again what was there before a preview."""
        self._document.edit(self._document.settled_value, "")

    def reset(self) -> None:
        """Give back all attributes."""
        text = translate("characters", "Reset attributes")
        self._document.edit(self._with(dict.fromkeys(self.changes)), text)

    def fix(self, name: str, fixed: bool, text: str) -> None:
        """Let all candidates have the target's value of an attribute, or each its own again."""
        value = self.values.get(name) if fixed else None
        scene = _with_fixed(self.scene, {name: value})
        self._document.edit(scene, text)

    def _with(self, values: Mapping[str, Value | None]) -> Scene:
        scene = self.scene
        if scene.selection is None:
            return _with_fixed(scene, values)
        return scene.with_pin(scene.selected, character=self.target.changed(values))

    # Directions have the names that the user gave them

    def direction_name(self, name: str) -> str:
        """The user's name of a direction, or ""."""
        names = self._context.state.get(_NAMES)
        own = names.get(self._fingerprint, {}) if isinstance(names, dict) else {}
        found = own.get(name, "") if isinstance(own, dict) else ""
        return found if isinstance(found, str) else ""

    def rename_direction(self, name: str, text: str) -> None:
        """Name a direction; an empty text takes the name away."""
        kept = self._context.state.get(_NAMES)
        names = dict(kept) if isinstance(kept, dict) else {}
        own = names.get(self._fingerprint)
        names[self._fingerprint] = {**(own if isinstance(own, dict) else {}), name: text.strip()}
        self._context.state[_NAMES] = names
        self.attributes_changed.emit()
        self.values_changed.emit()

    # Wandering

    def begin_wander(self, pin: int) -> None:
        """Begin to lead ``pin`` away; where to is decided anew each time."""
        self.select(pin)
        ways = tuple(random.randrange(LARGEST_SEED) for _ in range(4))
        self._drag = self.target, (ways[0], ways[1], ways[2], ways[3])

    def wander(self, right: float, down: float) -> None:
        """Show the pin so far away: −1…1, where 1 is all the way to another character."""
        if self._drag is not None:
            self._document.preview(self._wandered(right, down))

    def end_wander(self, right: float, down: float) -> None:
        """Leave the pin there."""
        if self._drag is not None:
            self._document.edit(self._wandered(right, down), translate("characters", "Wander"))
            self._drag = None

    def _wandered(self, right: float, down: float) -> Scene:
        assert self._drag is not None
        character, (east, west, south, north) = self._drag
        for share, seed, opposite in ((right, east, west), (down, south, north)):
            share = round(min(max(share, -1.0), 1.0), 3)
            character = character.stepped(seed if share > 0 else opposite, abs(share))
        return self.scene.with_pin(self.scene.selected, character=character)

    # Neighbours and details

    def show_neighbours(self, character: Character) -> None:
        """Fill the wall with neighbours of a character."""
        scene = replace(self.scene, near=character, selected=-1)
        self._document.edit(scene, translate("characters", "More like this"))

    def leave_neighbours(self) -> None:
        """Fill the wall with all kinds of characters again."""
        scene = replace(self.scene, near=None)
        self._document.edit(scene, translate("characters", "All kinds"))

    def lend_details(self, pin: int, lender: Character) -> None:
        """Give a pin the colours and patterns of another character."""
        mixed = replace(self.scene.pins[pin].character, details=lender)
        scene = replace(self.scene.with_pin(pin, character=mixed), selected=pin)
        self._document.edit(scene, translate("characters", "Details of another"))

    # The endless walk

    def walk(self) -> LatentPath:
        """A restful way past hundreds of characters, from the target on."""
        changes = self.fixed
        first = self.scene.pins[0].character if self.scene.pins else self.target
        seeds = (random.randrange(LARGEST_SEED) for _ in range(_WALK_STOPS))
        others = (Character(seed, self.scene.truncation).changed(changes) for seed in seeds)
        return LatentPath((first, *others), _WALK_SECONDS, easing="smooth")

    def keep_walk(self, walk: LatentPath, seconds: float) -> None:
        """Make a film of the characters that a walk passed until then."""
        count = 1 + int(seconds / _WALK_SECONDS + 0.5)
        pins = tuple(Pin(one, _WALK_SECONDS) for one in walk.characters[:count])
        scene = replace(self.scene, pins=pins, closed=False, selected=-1)
        self._document.edit(scene, translate("characters", "Keep the walk"))


def _with_fixed(scene: Scene, values: Mapping[str, Value | None]) -> Scene:
    fixed = Character(0).changed({**dict(scene.changes), **values})
    return replace(scene, changes=fixed.changes)
