"""What the command palette does with the panel, wherever the user is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from weakref import ref

import shiboken6
from PySide6.QtCore import QTimer

from kirara_speech.view.pages import SPEAK, TRAIN
from kirara_studio.api.hooks import Studio

if TYPE_CHECKING:
    from kirara_speech.panel import SpeechPanel

Doing = Callable[["SpeechPanel"], object]


class _Place:
    """The panel that was made last, and what is to be done as soon as there is one."""

    panel: ref[SpeechPanel] | None = None
    wanted: Doing | None = None


def arrived(panel: SpeechPanel) -> None:
    """There is a panel now; what was asked for before is done when it is shown."""
    _Place.panel = ref(panel)
    wanted, _Place.wanted = _Place.wanted, None
    if wanted is not None:
        QTimer.singleShot(0, panel, lambda: wanted(panel))


def play(studio: Studio) -> None:
    """Hear the line in front."""
    _do(studio, lambda panel: panel.hearing.play(panel.script.row))


def play_onwards(studio: Studio) -> None:
    """Hear the line in front and all that follow."""
    _do(studio, lambda panel: panel.hearing.play(panel.script.row, onwards=True))


def save_sound(studio: Studio) -> None:
    """Ask which lines are to be saved as sound."""
    _do(studio, lambda panel: panel.exports.ask())


def dictionary(studio: Studio) -> None:
    """Show the user's dictionary."""
    _do(studio, lambda panel: panel.teaching.open())


def new_project(studio: Studio) -> None:
    """Begin anew."""
    _do(studio, lambda panel: panel.files.new())


def open_project(studio: Studio) -> None:
    """Ask for a file, and open it."""
    _do(studio, lambda panel: panel.files.ask_open())


def save_project(studio: Studio) -> None:
    """Save the project."""
    _do(studio, lambda panel: panel.files.save())


def import_voice(studio: Studio) -> None:
    """Ask for a voice's networks."""
    _do(studio, lambda panel: panel.files.ask_voice())


def train(studio: Studio) -> None:
    """Show the page for training."""
    _do(studio, lambda panel: None, TRAIN)


def _do(studio: Studio, doing: Doing, page: int = SPEAK) -> None:
    def on_page(panel: SpeechPanel) -> None:
        panel.pages.show(page)
        doing(panel)

    studio.open_panel("speech")
    panel = None if _Place.panel is None else _Place.panel()
    if panel is not None and shiboken6.isValid(panel):
        on_page(panel)
    else:
        _Place.wanted = on_page
