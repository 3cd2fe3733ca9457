"""The tour of the Characters panel: from candidates to a saved film and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kirara_characters.panel import CharactersPanel
from kirara_studio.api.panel import TourGuide

_PATIENCE = 240.0  # seconds; the first picture waits for torch, on a busy machine


def run(widget: CharactersPanel, guide: TourGuide) -> None:
    """Generate, pin, play, save, and recall what was saved, in the real panel.

    Raises TimeoutError if a step takes too long, RuntimeError if a recalled film differs.
    """
    panel, session = widget, widget.session
    if session.model is None:
        guide.screenshot("characters-no-model")
        return
    guide.wait_until(lambda: _wall_is_there(panel), _PATIENCE)
    _pin(panel, guide)
    guide.screenshot("characters-candidates")

    panel.wall.transport.button.click()
    guide.wait_until(lambda: panel.player.seconds > 0.4 * panel.player.duration, _PATIENCE)
    guide.screenshot("characters-morph")
    panel.wall.transport.button.click()

    _save(panel, guide, guide.folder / "character.png", session.saver.save_picture)
    film = guide.folder / "morph.gif"
    _save(panel, guide, film, session.saver.save_film)
    _recall(panel, guide, film)
    guide.screenshot("characters-recalled")


def _wall_is_there(panel: CharactersPanel) -> bool:
    grid = panel.wall.grid
    return grid.count > 0 and all(grid.image(index) is not None for index in range(grid.count))


def _pin(panel: CharactersPanel, guide: TourGuide) -> None:
    """Click candidates until four are pinned."""
    for index, character in enumerate(panel.session.scene.candidates):
        if len(panel.session.scene.pins) >= 4:
            break
        if not panel.session.scene.places_of(character):
            panel.wall.grid.picked.emit(index)
    guide.wait_until(lambda: panel.player.duration > 0, _PATIENCE)
    guide.wait_until(lambda: not panel.wall.canvas.image.isNull(), _PATIENCE)


def _save(
    panel: CharactersPanel, guide: TourGuide, path: Path, save: Callable[[Path], None]
) -> None:
    panel.save_button.last_saved = None
    save(path)
    guide.wait_until(lambda: panel.save_button.last_saved == path, _PATIENCE)
    guide.produced(path)


def _recall(panel: CharactersPanel, guide: TourGuide, film: Path) -> None:
    """Change everything, then drop the film on the panel."""
    saved = panel.session.scene
    panel.session.surprise()
    panel.session.remove_pin(0)
    edits = panel.undo_stack.count()
    panel.dropped.emit([film])
    guide.wait_until(lambda: panel.undo_stack.count() > edits, _PATIENCE)
    if panel.session.scene.pins != saved.pins:
        raise RuntimeError(f"“{film.name}” recalled {panel.session.scene.pins}, not {saved.pins}")
    guide.wait_until(lambda: _wall_is_there(panel), _PATIENCE)
