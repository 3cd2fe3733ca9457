"""The voices to choose from, in groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QWidget

from kirara_speech.view.avatar import avatar
from kirara_speech.voice_library import VoiceLibrary, look_of
from kirara_studio.api.widgets import model_title

translate = QCoreApplication.translate


def voice_menu(
    voices: VoiceLibrary, current: str, choose: Callable[[str], object], parent: QWidget
) -> QMenu:
    """A menu of all voices; ``choose`` gets the name of the one that is clicked."""
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    chosen = voices.find(current)
    for group, members in voices.groups:
        menu.addSeparator()
        menu.addAction(group_name(group)).setEnabled(False)
        speakers = Counter(voice.remote.speaker for voice in members if voice.remote is not None)
        below: dict[str, QMenu] = {}
        for voice in members:
            look, place = look_of(voice), menu
            title = model_title(look.title, voice.card)
            if voice.remote is not None and speakers[voice.remote.speaker] > 1:
                speaker, title = voice.remote.speaker, voice.remote.style
                if speaker not in below:
                    below[speaker] = menu.addMenu(QIcon(avatar(look, parent)), speaker)
                place = below[speaker]
            action = place.addAction(QIcon(avatar(look, parent)), title)
            if (
                chosen is not None and voice.name == chosen.name
            ):  # a badge has the place of the tick
                face = action.font()
                face.setBold(True)
                action.setFont(face)
            action.triggered.connect(lambda _=False, name=voice.name: choose(name))
    return menu


def group_name(group: str) -> str:
    """What a group of voices is called; that of an engine has the engine's own name."""
    return {
        "bundled": translate("speech", "With the studio"),
        "yours": translate("speech", "Yours"),
        "open-jtalk": translate("speech", "Always there"),
    }.get(group, group)
