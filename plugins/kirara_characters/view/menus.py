"""Context menus of candidates and of the film's segments."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QWidget

from kirara_characters.networks.character import Character
from kirara_characters.networks.latents import EASINGS
from kirara_characters.session import Session

translate = QCoreApplication.translate

_SECONDS = (0.5, 1.0, 1.5, 2.0, 3.0)


def candidate_menu(
    session: Session, index: int, save: Callable[[Character], object], parent: QWidget
) -> QMenu:
    """The menu of candidate ``index``; ``save`` gets the character."""
    menu = _menu(parent)
    character = session.scene.candidates[index]
    pinned = bool(session.scene.places_of(character))
    text = translate("characters", "Unpin") if pinned else translate("characters", "Pin")
    menu.addAction(text, partial(session.toggle_pin, index))
    _add_what_all_have(menu, session, character)
    if session.scene.selection is not None:
        text = translate("characters", "Lend its details to pin {0}")
        selected = session.scene.selected
        lend = partial(session.edits.lend_details, selected, character)
        menu.addAction(text.format(selected + 1), lend)
    menu.addAction(translate("characters", "Save picture…"), partial(save, character))
    return menu


def pin_menu(
    session: Session, index: int, save: Callable[[Character], object], parent: QWidget
) -> QMenu:
    """The menu of pin ``index``; ``save`` gets the character."""
    menu = _menu(parent)
    character = session.scene.pins[index].character
    _add_what_all_have(menu, session, character)
    others = menu.addMenu(translate("characters", "Take the details of"))
    for place, pin in enumerate(session.scene.pins):
        if place != index:
            text = translate("characters", "Pin {0}").format(place + 1)
            lend = partial(session.edits.lend_details, index, pin.character)
            others.addAction(text, lend)
    others.setEnabled(not others.isEmpty())
    menu.addAction(translate("characters", "Save picture…"), partial(save, character))
    menu.addSeparator()
    remove = translate("characters", "Remove from the film")
    menu.addAction(remove, partial(session.remove_pin, index))
    return menu


def favourite_menu(session: Session, index: int, parent: QWidget) -> QMenu:
    """The menu of favourite ``index``."""
    menu = _menu(parent)
    character = session.favourites[index]
    menu.addAction(translate("characters", "Pin"), partial(session.pin, character))
    _add_what_all_have(menu, session, character)
    return menu


def _add_what_all_have(menu: QMenu, session: Session, character: Character) -> None:
    neighbours = partial(session.edits.show_neighbours, character)
    menu.addAction(translate("characters", "More like this"), neighbours)
    text = translate("characters", "Add to favourites")
    if character in session.favourites:
        text = translate("characters", "Remove from favourites")
    menu.addAction(text, partial(session.toggle_favourite, character))


def segment_menu(session: Session, index: int, parent: QWidget) -> QMenu:
    """The menu of the segment after pin ``index``: its seconds and easing."""
    menu = _menu(parent)
    for seconds in _SECONDS:
        text = translate("characters", "{0} seconds").format(seconds)
        menu.addAction(text, partial(session.set_seconds, index, seconds))
    menu.addSeparator()
    for easing in EASINGS:
        action = menu.addAction(easing_name(easing), partial(session.set_easing, easing, index))
        action.setCheckable(True)
        action.setChecked(easing == session.scene.pins[index].easing)
    return menu


def _menu(parent: QWidget) -> QMenu:
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def easing_name(easing: str) -> str:
    """The name of an easing in the strip."""
    return {
        "smooth": translate("characters", "Smooth"),
        "linear": translate("characters", "Steady"),
        "in": translate("characters", "Slow start"),
        "out": translate("characters", "Slow end"),
    }[easing]
