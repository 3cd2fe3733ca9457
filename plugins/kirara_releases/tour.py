"""The tour of the Releases panel: buys, corrects, adds, exports and imports."""

from __future__ import annotations

from datetime import timedelta

from kirara_releases.calendar.magazine import id_for
from kirara_releases.calendar.rules import NthWeekday
from kirara_releases.panel import ReleasesPanel
from kirara_releases.view.workspace import COMING, HISTORY, MONTH
from kirara_studio.api.panel import TourGuide

_PATIENCE = 60.0  # seconds


def run(widget: ReleasesPanel, guide: TourGuide) -> None:
    """Do what people do with the real panel, and leave its records as they were.

    Raises TimeoutError if something does not come, RuntimeError if something is missing.
    """
    panel = widget
    guide.wait_until(lambda: panel.workspace.card.release is not None, _PATIENCE)
    guide.screenshot("releases-month")
    before = panel.undo_stack.index()
    try:
        _buy(panel)
        _correct(panel)
        guide.screenshot("releases-marked")
        _add(panel, guide)
        _show_lists(panel, guide)
        _exchange(panel, guide)
    finally:
        panel.undo_stack.setIndex(before)
        panel.workspace.show_page(MONTH)


def _buy(panel: ReleasesPanel) -> None:
    release = panel.workspace.card.release
    assert release is not None
    panel.workspace.card.button.click()
    if not panel.session.model.mark(release).bought:
        raise RuntimeError(f"“{release.magazine.title}” was not marked as bought")
    panel.session.set_note(release, "♪")


def _correct(panel: ReleasesPanel) -> None:
    """Move the next issue by a day, as a drag does."""
    release = panel.workspace.card.release
    assert release is not None
    panel.session.move(release, release.date + timedelta(1))
    panel.show_in_calendar(release)


def _add(panel: ReleasesPanel, guide: TourGuide) -> None:
    panel.add_magazine(NthWeekday(2, "friday"))
    dialog = panel.dialog
    assert dialog is not None
    title = "Kirara Tour"
    dialog.title.setText(title)
    guide.wait_until(lambda: len(dialog.preview.texts()) == 12, _PATIENCE)
    dialog.submit()
    if panel.session.model.magazine(id_for(title, set())) is None:
        raise RuntimeError("the new magazine is not in the list")


def _show_lists(panel: ReleasesPanel, guide: TourGuide) -> None:
    panel.workspace.show_page(COMING)
    guide.screenshot("releases-coming")
    panel.workspace.show_page(HISTORY)
    guide.screenshot("releases-history")
    panel.workspace.show_page(MONTH)


def _exchange(panel: ReleasesPanel, guide: TourGuide) -> None:
    """Export a calendar, and drop it on the panel: all of it is there already."""
    path = guide.folder / "releases.ics"
    panel.save_button.last_saved = None
    panel.session.export(path)
    guide.wait_until(lambda: panel.save_button.last_saved == path, _PATIENCE)
    guide.produced(path)
    count = len(panel.session.model.magazines)
    imported: list[int] = []
    panel.session.imported.connect(imported.append)
    panel.dropped.emit([path])
    guide.wait_until(lambda: bool(imported), _PATIENCE)
    if len(panel.session.model.magazines) != count:
        raise RuntimeError("importing what was exported added magazines")
