"""What the command palette can do with the Speech panel. Each brings the panel forward first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDeadlineTimer, QTimer
from PySide6.QtWidgets import QApplication

from kirara_speech.panel import SpeechPanel
from kirara_speech.view.pages import SPEAK, TRAIN
from kirara_studio.api.hooks import Studio

_LOOK = 20  # milliseconds between two looks for a panel that is being made
_PATIENCE = 20_000  # milliseconds; a panel that cannot be opened says so itself


def play(studio: Studio) -> None:
    """Hear the line in front."""
    _do(studio, lambda panel: panel.hearing.play(panel.script.row))


def play_onwards(studio: Studio) -> None:
    """Hear the line in front and all that follow."""
    _do(studio, lambda panel: panel.hearing.play(panel.script.row, onwards=True))


def stop(studio: Studio) -> None:
    """End what is heard."""
    _do(studio, lambda panel: panel.hearing.stop())


def save_sound(studio: Studio) -> None:
    """Ask what to save as sound."""
    _do(studio, lambda panel: panel.exports.ask())


def dictionary(studio: Studio) -> None:
    """Show the words that were taught."""
    _do(studio, lambda panel: panel.teaching.open())


def new_project(studio: Studio) -> None:
    """Begin anew."""
    _do(studio, lambda panel: panel.files.new())


def open_project(studio: Studio) -> None:
    """Ask for a project."""
    _do(studio, lambda panel: panel.files.ask_open())


def save_project(studio: Studio) -> None:
    """Save the project, or ask where."""
    _do(studio, lambda panel: panel.files.save())


def train(studio: Studio) -> None:
    """Show the page for training."""
    _do(studio, lambda panel: None, speaking=False)


def _do(studio: Studio, what: Callable[[SpeechPanel], object], *, speaking: bool = True) -> None:
    """Show the panel, on its page for speaking or that for training, and do something there."""
    studio.open_panel("speech")
    deadline = QDeadlineTimer(_PATIENCE)

    def look() -> None:
        shown = [w for w in QApplication.allWidgets() if isinstance(w, SpeechPanel)]
        for panel in shown:
            if panel.isVisible():
                panel.pages.show(SPEAK if speaking else TRAIN)
                what(panel)
                return
        if not deadline.hasExpired():  # it is made once the place for it was painted
            QTimer.singleShot(_LOOK, look)

    look()
