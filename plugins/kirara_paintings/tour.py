"""The tour of the Paintings panel: the samples sorted, the reasons of two, a table, own classes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kirara_paintings.panel import PaintingsPanel
from kirara_paintings.samples import samples_folder
from kirara_paintings.setting import OwnClass
from kirara_studio.api.panel import TourGuide

_PATIENCE = 240.0  # seconds; the first answers wait for OpenCV and torch, on a busy machine


def run(widget: PaintingsPanel, guide: TourGuide) -> None:
    """Sort the samples, see why, save what was said, and learn classes, in the real panel.

    Raises TimeoutError where something does not come.
    """
    panel = widget
    panel.show_samples()
    guide.wait_until(
        lambda: len(panel.collection) > 0 and None not in panel.collection.outcomes, _PATIENCE
    )
    guide.wait_until(lambda: not panel.busy, _PATIENCE)
    guide.wait_until(lambda: len(panel.thumbnails) >= 6, _PATIENCE)
    guide.screenshot("paintings-gallery")
    _save(panel, guide, guide.folder / "styles.csv", panel.exports.save_csv)

    _open(panel, guide, "planes-2")
    guide.screenshot("paintings-reasons")
    _open(panel, guide, "framed")
    panel.page.regions.setChecked(False)
    panel.page.heat.setChecked(True)
    guide.screenshot("paintings-heat-map")
    _save(panel, guide, guide.folder / "why.png", panel.exports.save_picture)
    panel.page.regions.setChecked(True)
    panel.page.heat.setChecked(False)
    panel.show_gallery()

    panel.edit(replace(panel.setting, classes=classes_of_samples()), "")
    panel.show_own_classes()
    panel.lessons.learn()
    guide.wait_until(lambda: panel.lessons.page.lesson is not None, _PATIENCE)
    guide.screenshot("paintings-own-classes")
    panel.show_gallery()


def _open(panel: PaintingsPanel, guide: TourGuide, name: str) -> None:
    number = next(n for n, path in enumerate(panel.collection.paths) if path.stem == name)
    panel.open_picture(number)
    guide.wait_until(
        lambda: (
            panel.opened.explained is not None
            and panel.opened.explained.request.item.path == panel.collection.paths[number]
        ),
        _PATIENCE,
    )


def _save(
    panel: PaintingsPanel, guide: TourGuide, path: Path, save: Callable[[Path], None]
) -> None:
    panel.last_saved = None
    save(path)
    guide.wait_until(lambda: panel.last_saved == path, _PATIENCE)
    guide.produced(path)


def classes_of_samples() -> tuple[OwnClass, ...]:
    """The samples by what they are called: "planes-1" and "planes-2" are a class."""
    folder = samples_folder()
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.glob("*-*.jpg")) if folder is not None else []:
        found.setdefault(path.stem.partition("-")[0], []).append(path)
    return tuple(OwnClass(name, tuple(paths)) for name, paths in found.items())
