"""The panel's context menus, and what things are called in them and in the strip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu

from kirara_characters.latents import EASINGS

if TYPE_CHECKING:
    from kirara_characters.panel import CharactersPanel

translate = QCoreApplication.translate

_SECONDS = (0.5, 1.0, 1.5, 2.0, 3.0)


def candidate_menu(panel: CharactersPanel, index: int) -> QMenu:
    """What can be done with candidate ``index``."""
    menu = _menu(panel)
    seed = panel.scene.seeds[index]
    pinned = bool(panel.scene.places_of(seed))
    text = translate("characters", "Unpin") if pinned else translate("characters", "Pin")
    menu.addAction(text, lambda: panel.toggle_pin(index))
    save = translate("characters", "Save picture…")
    menu.addAction(save, lambda: panel.exports.ask_picture(seed))
    return menu


def segment_menu(panel: CharactersPanel, index: int) -> QMenu:
    """How long the segment after pin ``index`` lasts, and how it moves."""
    menu = _menu(panel)
    for seconds in _SECONDS:
        scene = panel.scene.with_pin(index, seconds=seconds)
        action = menu.addAction(translate("characters", "{0} seconds").format(seconds))
        action.triggered.connect(
            lambda _=False, s=scene: panel.edit(s, translate("characters", "Seconds"))
        )
    menu.addSeparator()
    for easing in EASINGS:
        scene = panel.scene.with_pin(index, easing=easing)
        action = menu.addAction(easing_name(easing))
        action.setCheckable(True)
        action.setChecked(easing == panel.scene.pins[index].easing)
        action.triggered.connect(
            lambda _=False, s=scene: panel.edit(s, translate("characters", "Easing"))
        )
    return menu


def _menu(panel: CharactersPanel) -> QMenu:
    menu = QMenu(panel)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def easing_name(easing: str) -> str:
    """What an easing is called in the strip."""
    return {
        "smooth": translate("characters", "Smooth"),
        "linear": translate("characters", "Steady"),
        "in": translate("characters", "Slow start"),
        "out": translate("characters", "Slow end"),
    }[easing]


def number_name(name: str) -> str:
    """What a number of the scene is called."""
    return {
        "seed": translate("characters", "Seed"),
        "truncation": translate("characters", "Variety"),
        "count": translate("characters", "Count"),
    }[name]
