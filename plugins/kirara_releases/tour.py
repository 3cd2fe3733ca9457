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

    Raises TimeoutError where something does not come, RuntimeError where something is missing.
    """
    panel = widget
    guide.wait_until(lambda: panel.desk.card.release is not None, _PATIENCE)
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
        panel.desk.show_page(MONTH)


def _buy(panel: ReleasesPanel) -> None:
    release = panel.desk.card.release
    assert release is not None
    panel.desk.card.button.click()
    if not panel.agenda.mark(release).bought:
        raise RuntimeError(f"“{release.magazine.title}” was not marked as bought")
    panel.changes.set_note(release, "♪")


def _correct(panel: ReleasesPanel) -> None:
    """Move the next issue by a day, as a drag does."""
    release = panel.desk.card.release
    assert release is not None
    panel.changes.move(release, release.date + timedelta(1))
    panel.show_in_calendar(release)


def _add(panel: ReleasesPanel, guide: TourGuide) -> None:
    panel.add_magazine(NthWeekday(2, "friday"))
    dialog = panel.dialog
    assert dialog is not None
    title = "Kirara Tour"
    dialog.title.setText(title)
    guide.wait_until(lambda: len(dialog.preview.texts()) == 12, _PATIENCE)
    dialog.submit()
    if panel.agenda.magazine(id_for(title, set())) is None:
        raise RuntimeError("the new magazine is not in the list")


def _show_lists(panel: ReleasesPanel, guide: TourGuide) -> None:
    panel.desk.show_page(COMING)
    guide.screenshot("releases-coming")
    panel.desk.show_page(HISTORY)
    guide.screenshot("releases-history")
    panel.desk.show_page(MONTH)


def _exchange(panel: ReleasesPanel, guide: TourGuide) -> None:
    """Export a calendar, and drop it on the panel: all of it is there already."""
    path = guide.folder / "releases.ics"
    panel.files.saved = None
    panel.files.export(path)
    guide.wait_until(lambda: panel.files.saved == path, _PATIENCE)
    guide.produced(path)
    count = len(panel.agenda.magazines)
    panel.files.imported = None
    panel.dropped.emit([path])
    guide.wait_until(lambda: panel.files.imported is not None, _PATIENCE)
    if len(panel.agenda.magazines) != count:
        raise RuntimeError("importing what was exported added magazines")
