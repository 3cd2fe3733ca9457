"""The tour of the Illustrations panel: a folder collected, found, marked and opened."""

from __future__ import annotations

from pathlib import Path

from kirara_illustrations.panel import IllustrationsPanel
from kirara_illustrations.session import ANY, EVERYTHING, SOURCE
from kirara_studio.api.panel import TourGuide
from kirara_studio.api.resources import resource_folder

_PATIENCE = 240.0  # seconds; the filter's first verdict waits for torch, on a busy machine
_SEEN = 6  # pictures


def run(widget: IllustrationsPanel, guide: TourGuide) -> None:
    """Collect the samples from their folder, let the filter judge, open one, and copy it.

    Raises TimeoutError if a result does not arrive.
    """
    panel, session = widget, widget.session
    session.gathering.add_folders([resource_folder() / "samples"])
    guide.wait_until(lambda: bool(session.gathering.counts) and not session.busy, _PATIENCE)
    session.set_show(ANY)
    session.go(EVERYTHING)
    guide.wait_until(lambda: len(panel.thumbnails) >= _SEEN, _PATIENCE)
    session.set_favourite(session.order[1:2], True)
    guide.screenshot("illustrations-gallery")

    session.go(SOURCE, session.gathering.rows[0].id)
    panel.background.section.set_folded(False)
    panel.sending.section.set_folded(False)
    guide.screenshot("illustrations-source")
    session.go(EVERYTHING)

    session.open(session.order[0])
    guide.wait_until(lambda: not panel.detail_view.canvas.image.isNull(), _PATIENCE)
    guide.screenshot("illustrations-picture")
    copies: list[Path] = []
    session.copying.copied.connect(copies.extend)
    session.copying.to_folder([session.current], guide.folder)
    guide.wait_until(lambda: bool(copies), _PATIENCE)
    guide.produced(copies[0])
    session.close()
