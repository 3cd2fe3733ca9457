"""The tour of the Paintings panel: the samples sorted, the reasons of two, a table, own classes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kirara_paintings.panel import PaintingsPanel
from kirara_paintings.pictures.finding import samples_folder
from kirara_paintings.session import Session
from kirara_paintings.view_state import OwnClass
from kirara_studio.api.panel import TourGuide

_PATIENCE = 240.0  # seconds; the first answers wait for OpenCV and torch, on a busy machine


def run(widget: PaintingsPanel, guide: TourGuide) -> None:
    """Sort the samples, see why, save the answers, and learn classes, in the real panel.

    Raises TimeoutError if a result does not arrive.
    """
    panel, session, view = widget, widget.session, widget.detail_view
    session.add_samples()
    guide.wait_until(
        lambda: len(session.collection) > 0 and None not in session.collection.outcomes, _PATIENCE
    )
    guide.wait_until(lambda: not panel.busy, _PATIENCE)
    guide.wait_until(lambda: len(panel.thumbnails) >= 6, _PATIENCE)
    guide.screenshot("paintings-gallery")
    _save(panel, guide, guide.folder / "styles.csv", session.save_csv)

    _open(session, guide, "planes-2")
    guide.screenshot("paintings-reasons")
    _open(session, guide, "framed")
    view.regions.setChecked(False)
    view.heat.setChecked(True)
    guide.screenshot("paintings-heat-map")
    _save(
        panel,
        guide,
        guide.folder / "why.png",
        lambda path: session.save_picture(path, view.canvas.rendered()),
    )
    view.regions.setChecked(True)
    view.heat.setChecked(False)
    session.show_gallery()

    session.own_classes.set_classes(classes_of_samples())
    session.show_classes()
    session.own_classes.fit()
    guide.wait_until(lambda: session.own_classes.result is not None, _PATIENCE)
    guide.screenshot("paintings-own-classes")
    session.show_gallery()


def _open(session: Session, guide: TourGuide, name: str) -> None:
    paths, detail = session.collection.paths, session.detail
    number = next(number for number, path in enumerate(paths) if path.stem == name)
    session.open(number)
    guide.wait_until(lambda: detail.number == number and detail.explained is not None, _PATIENCE)


def _save(
    panel: PaintingsPanel, guide: TourGuide, path: Path, save: Callable[[Path], None]
) -> None:
    panel.save_button.last_saved = None
    save(path)
    guide.wait_until(lambda: panel.save_button.last_saved == path, _PATIENCE)
    guide.produced(path)


def classes_of_samples() -> tuple[OwnClass, ...]:
    """The samples by name: "planes-1" and "planes-2" are a class."""
    folder = samples_folder()
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.glob("*-*.jpg")) if folder is not None else []:
        found.setdefault(path.stem.partition("-")[0], []).append(path)
    return tuple(OwnClass(name, tuple(paths)) for name, paths in found.items())
