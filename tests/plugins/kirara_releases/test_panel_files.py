"""Import, export, language and tour of the Releases panel."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from kirara_releases.calendar.rules import NthWeekday, SingleDates
from kirara_releases.exchange.importing import read_file
from kirara_releases.panel import ReleasesPanel
from kirara_releases.storage.catalogue import Catalogue
from kirara_releases.tour import run as run_tour
from kirara_studio.api.errors import UserError
from tests.plugins.panel_studio import wait_for

from .panel_studio import Context, stored

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
{events}
END:VCALENDAR
"""
EVENT = """BEGIN:VEVENT
UID:{day}-{title}@test
DTSTART;VALUE=DATE:{day}
SUMMARY:{title}
END:VEVENT"""


def calendar(path: Path, **days: str) -> Path:
    events = [EVENT.format(title=title, day=day) for title, day in days.items()]
    path.write_text(CALENDAR.format(events="\n".join(events)).replace("\n", "\r\n"))
    return path


def drop(panel: ReleasesPanel, *paths: Path) -> list[int]:
    """Drop files; the list gets how many magazines that changed."""
    imported: list[int] = []
    panel.session.imported.connect(imported.append)
    panel.dropped.emit(list(paths))
    return imported


def test_a_dropped_calendar_becomes_a_magazine_and_is_undone(
    panel: ReleasesPanel, context: Context, tmp_path: Path
) -> None:
    imported = drop(panel, calendar(tmp_path / "one.ics", Yuri="20261218"))
    wait_for(lambda: imported == [1])
    magazine = Catalogue(context.data_folder).get("yuri")
    assert magazine.rule == SingleDates((date(2026, 12, 18),))
    assert any("Yuri" in message for message in context.messages)
    panel.undo_stack.undo()
    assert panel.session.model.magazine("yuri") is None


def test_more_dates_join_those_that_are_there(
    panel: ReleasesPanel, context: Context, tmp_path: Path
) -> None:
    imported = drop(panel, calendar(tmp_path / "one.ics", Yuri="20261218"))
    wait_for(lambda: imported == [1])
    imported = drop(panel, calendar(tmp_path / "two.ics", Yuri="20270118"))
    wait_for(lambda: imported == [1])
    rule = Catalogue(context.data_folder).get("yuri").rule
    assert rule == SingleDates((date(2026, 12, 18), date(2027, 1, 18)))
    imported = drop(panel, tmp_path / "two.ics")
    wait_for(lambda: imported == [0])
    assert "nothing new" in context.messages[-1]


def test_of_several_things_one_chooses(
    panel: ReleasesPanel, context: Context, tmp_path: Path
) -> None:
    drop(panel, calendar(tmp_path / "two.ics", Yuri="20261218", Dentist="20261220"))
    wait_for(lambda: panel.import_dialog is not None)
    dialog = panel.import_dialog
    assert dialog is not None and len(dialog.boxes) == 2
    next(box for box in dialog.boxes if "Dentist" in box.text()).click()
    dialog.save.click()
    assert panel.session.model.magazine("yuri") and not panel.session.model.magazine("dentist")
    panel.undo_stack.undo()
    assert panel.session.model.magazine("yuri") is None


def test_a_calendar_imported_again_says_what_moved_and_is_undone(
    panel: ReleasesPanel, context: Context, shared_folder: Path
) -> None:
    field = shared_folder / "field" / "releases"
    imported = drop(panel, field / "reimport-a.ics")
    wait_for(lambda: imported == [1])
    here = panel.session.model.on(date(2026, 12, 9))
    panel.session.toggle_bought(next(r for r in here if r.magazine.title == "COMIC FUZ"))
    imported = drop(panel, field / "reimport-b.ics")
    wait_for(lambda: imported == [1])
    assert "COMIC FUZ (1 moved: 12/9 → 12/11)" in context.messages[-1]
    assert list(stored(context)) == [("comic-fuz", "2026-12-11")]
    assert Catalogue(context.data_folder).get("comic-fuz").rule == SingleDates(
        (date(2026, 12, 11),)
    )
    panel.undo_stack.undo()
    assert list(stored(context)) == [("comic-fuz", "2026-12-09")]
    assert Catalogue(context.data_folder).get("comic-fuz").rule == SingleDates((date(2026, 12, 9),))
    panel.undo_stack.redo()
    assert list(stored(context)) == [("comic-fuz", "2026-12-11")]
    imported = drop(panel, field / "reimport-b.ics")
    wait_for(lambda: imported == [0])
    assert "COMIC FUZ (nothing new)" in context.messages[-1]


def test_numbers_of_issues_become_notes_and_are_undone(
    panel: ReleasesPanel, context: Context, shared_folder: Path
) -> None:
    imported = drop(panel, shared_folder / "field" / "releases" / "r-14-numbered.ics")
    wait_for(lambda: imported == [1])
    assert len(panel.session.model.magazines) == 4  # it is one of the four that are there
    assert stored(context)["kirara", "2026-12-09"].note == "2026年12月号"
    panel.undo_stack.undo()
    assert stored(context) == {}


def test_a_list_is_imported(panel: ReleasesPanel, context: Context, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        '[[magazine]]\nid = "w"\ntitle = "W"\nrule = { weekday = "friday", nth = 2 }\n',
        encoding="utf-8",
    )
    imported = drop(panel, path)
    wait_for(lambda: imported == [1])
    assert Catalogue(context.data_folder).get("w").rule == NthWeekday(2, "friday")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ics", "<html><body>no calendar</body></html>"),
        ("a.json", "{"),
        ("a.toml", "[[magazine]]\nid = 3"),
        ("a.png", "picture"),
        ("a.toml", b"\xff\xfe\xff"),
    ],
)
def test_what_cannot_be_imported_is_reported_and_changes_nothing(
    panel: ReleasesPanel, context: Context, tmp_path: Path, name: str, content: str | bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    drop(panel, path)
    wait_for(lambda: bool(context.errors))
    assert isinstance(context.errors[0], UserError) and name in str(context.errors[0])
    assert not panel.undo_stack.canUndo()


def test_an_export_is_read_by_another_library_and_says_where_it_is(
    panel: ReleasesPanel, context: Context, tmp_path: Path
) -> None:
    panel.session.export(tmp_path / "out")
    path = tmp_path / "out.ics"
    wait_for(lambda: panel.save_button.last_saved == path)
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    days = {(event.decoded("dtstart"), str(event["summary"])) for event in events}
    assert (date(2026, 12, 9), "まんがタイムきらら") in days
    assert len(read_file(path).magazines()) == 4 and str(path) in context.messages[-1]


def test_an_export_that_fails_is_reported(
    panel: ReleasesPanel, context: Context, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    panel.session.export(tmp_path / "file" / "out.ics")
    wait_for(lambda: bool(context.errors))
    assert isinstance(context.errors[0], UserError)


def test_everything_follows_the_language(
    panel: ReleasesPanel, application: QApplication, repository: Path
) -> None:
    translator = QTranslator()
    folder = repository / "plugins" / "kirara_releases" / "translations"
    assert translator.load(str(folder / "ja.qm"))
    QLocale.setDefault(QLocale("ja"))
    application.installTranslator(translator)
    try:
        QCoreApplication.processEvents()
        QApplication.sendEvent(panel, QEvent(QEvent.Type.LanguageChange))
        assert panel.workspace.month_name.text() == "2026年12月"
        assert panel.workspace.card.countdown.text() == "あと2日"
        assert panel.workspace.card.day.text() == "12月9日(水)"
        assert panel.primary.text() == "買った"
        assert panel.magazines.add.text() == "追加…"
        assert panel.reminders.form.rows["snooze"].control.editor.text() == "60 分"
    finally:
        application.removeTranslator(translator)
        QLocale.setDefault(QLocale("en_US"))


class Guide:
    """Walks as the studio's own does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pictures: list[str] = []
        self.files: list[Path] = []

    def wait_until(self, condition: object, timeout: float = 60.0) -> None:
        wait_for(condition, timeout)  # type: ignore[arg-type]

    def screenshot(self, name: str) -> Path:
        self.pictures.append(name)
        return self.folder / f"{name}.png"

    def produced(self, path: Path) -> None:
        assert path.is_file()
        self.files.append(path)


def test_the_tour_does_the_panels_job_and_leaves_nothing_behind(
    panel: ReleasesPanel, context: Context, tmp_path: Path
) -> None:
    before = panel.session.model
    guide = Guide(tmp_path)
    run_tour(panel, guide)
    assert len(guide.pictures) == 4 and guide.files == [tmp_path / "releases.ics"]
    assert (
        panel.session.model.magazines == before.magazines
        and panel.session.model.marks == before.marks
    )
    assert context.errors == []
