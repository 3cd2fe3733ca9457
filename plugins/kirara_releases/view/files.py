"""Import and export, from the menu and by drag and drop."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.calendar.rules import month_later
from kirara_releases.view.exchange import (
    SUFFIXES,
    Candidate,
    Export,
    candidates,
    export_calendar,
    read_lists,
)
from kirara_releases.view.import_dialog import ImportDialog

if TYPE_CHECKING:
    from kirara_releases.panel import ReleasesPanel

translate = QCoreApplication.translate

_PAST, _AHEAD = 1, 24  # months that are exported


class Files:
    """What the panel reads and writes.

    ``saved`` is where the last export went, ``imported`` how much the last import brought.
    """

    def __init__(self, panel: ReleasesPanel) -> None:
        self._panel = panel
        self.dialog: ImportDialog | None = None
        self.saved: Path | None = None
        self.imported: int | None = None

    def ask_import(self) -> None:
        """Ask for files, and take over what is in them."""
        wildcards = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        kinds = translate("releases", "Calendars and lists ({0})").format(wildcards)
        title = translate("releases", "Import")
        names, _ = QFileDialog.getOpenFileNames(self._panel, title, "", kinds)
        if names:
            self.take([Path(name) for name in names])

    def take(self, paths: Sequence[Path]) -> None:
        """Take over what is in these files; where there is a choice, ask."""
        self._panel.context.jobs.submit_io(
            "import",
            read_lists,
            tuple(paths),
            title=translate("releases", "Reading a file"),
            on_result=self._on_read,
            on_error=self._panel.report,
        )

    def _on_read(self, found: list[Magazine]) -> None:
        offered = candidates(found, self._panel.agenda.magazines)
        if len(offered) <= 1 or all(not candidate.news for candidate in offered):
            self.accept(offered)
            return
        self.dialog = ImportDialog(offered, self._panel.window())
        self.dialog.chosen.connect(self.accept)
        self.dialog.open()

    def accept(self, chosen: Sequence[Candidate]) -> None:
        """Take these over, as one step that can be undone."""
        magazines = list(self._panel.agenda.magazines)
        news = [candidate for candidate in chosen if candidate.news]
        self.imported = len(news)
        for candidate in news:
            places = [m.id for m in magazines]
            if candidate.magazine.id in places:
                magazines[places.index(candidate.magazine.id)] = candidate.magazine
            else:
                magazines.append(candidate.magazine)
        if not news:
            self._panel.context.show_message(
                translate("releases", "There was nothing new to import.")
            )
            return
        if self._panel.changes.edit_list(magazines, translate("releases", "Import")):
            self._panel.context.show_message(
                translate("releases", "Imported: {0}").format(
                    ", ".join(candidate.magazine.title for candidate in news[:3])
                    + (" …" if len(news) > 3 else "")
                )
            )

    def ask_export(self) -> None:
        """Ask for a place, and write what is coming there."""
        folder = self._panel.context.results_folder
        folder.mkdir(parents=True, exist_ok=True)
        title = translate("releases", "Export as iCalendar")
        start = str(folder / "releases.ics")
        name, _ = QFileDialog.getSaveFileName(self._panel, title, start, "iCalendar (*.ics)")
        if name:
            self.export(Path(name))

    def export(self, path: Path) -> None:
        """Write what is coming, and a month of what came, to an iCalendar file."""
        if path.suffix.lower() != ".ics":
            path = path.with_name(f"{path.name}.ics")
        today = self._panel.today
        releases = self._panel.agenda.releases(
            month_later(today, -_PAST), month_later(today, _AHEAD)
        )
        self._panel.context.jobs.submit_io(
            "export",
            export_calendar,
            Export(path, tuple(releases)),
            on_result=self._on_saved,
            on_error=self._panel.report,
        )

    def _on_saved(self, path: Path) -> None:
        self.saved = path
        self._panel.context.show_message(
            translate("releases", "Saved as {0}. Any calendar program can open it.").format(path)
        )
