"""Adding and editing magazines in the Releases panel, with feeds from a real server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from kirara_releases.calendar.magazine import Magazine, ReminderTime
from kirara_releases.calendar.rules import Feed, MonthDay, NthWeekday, SingleDates
from kirara_releases.panel import ReleasesPanel
from kirara_releases.storage.catalogue import Catalogue
from kirara_releases.view.magazine_dialog import MagazineDialog
from tests.plugins.panel_studio import LEFT, press, wait_for

from .feed_server import FeedServer
from .panel_studio import Context, OpenPanel

DAY, WEEKDAY, DATES, FEED = range(4)
COMING = json.dumps(
    [{"title": "Kirara", "date": "2026-12-09"}, {"title": "Kirara", "date": "2027-01-08"}]
).encode()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FeedServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with FeedServer() as running:
        yield running


@pytest.fixture
def dialog(panel: ReleasesPanel) -> MagazineDialog:
    """That for a new magazine."""
    panel.magazines.add.click()
    assert panel.dialog is not None
    panel.dialog.activateWindow()
    wait_for(panel.dialog.isActiveWindow)
    return panel.dialog


def edit(panel: ReleasesPanel, identity: str) -> MagazineDialog:
    magazine = panel.session.model.magazine(identity)
    assert magazine is not None
    panel.edit_magazine(magazine)
    assert panel.dialog is not None
    return panel.dialog


def kept(context: Context, identity: str) -> Magazine:
    return Catalogue(context.data_folder).get(identity)


def test_a_day_of_the_month_with_its_next_twelve_dates(
    dialog: MagazineDialog, context: Context, panel: ReleasesPanel
) -> None:
    assert dialog.focusWidget() is dialog.title  # the keyboard starts at the top
    dialog.title.setText("Comic Sunday")
    dialog.editors[DAY].day.setValue(20)  # type: ignore[attr-defined]
    shown = dialog.preview.texts()
    assert len(shown) == 12 and shown[0] == "Sat, Dec 19  not 12/20"
    dialog.editors[DAY].holidays.setCurrentIndex(1)  # type: ignore[attr-defined]
    assert dialog.preview.texts()[0] == "Mon, Dec 21  not 12/20"
    dialog.editors[DAY].holidays.setCurrentIndex(2)  # type: ignore[attr-defined]
    assert dialog.preview.texts()[0] == "Sun, Dec 20"
    dialog.color.setFocus()
    before = dialog.color.chosen
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert dialog.color.chosen != before
    press(dialog.title, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    magazine = kept(context, "comic-sunday")
    assert magazine.rule == MonthDay(20, "none") and magazine.color == dialog.color.chosen
    panel.undo_stack.undo()
    assert panel.session.model.magazine("comic-sunday") is None
    panel.undo_stack.redo()
    assert panel.session.model.magazine("comic-sunday") == magazine


def test_the_last_friday(dialog: MagazineDialog, context: Context) -> None:
    dialog.title.setText("Friday")
    dialog.show_kind(WEEKDAY)
    dialog.editors[WEEKDAY].number.setCurrentIndex(5)  # type: ignore[attr-defined]
    dialog.editors[WEEKDAY].weekday.setCurrentIndex(4)  # type: ignore[attr-defined]
    assert dialog.preview.texts()[0] == "Fri, Dec 25"
    dialog.save.click()
    assert kept(context, "friday").rule == NthWeekday(-1, "friday")


def test_dates_are_pasted_and_picked(dialog: MagazineDialog, context: Context) -> None:
    dialog.title.setText("増刊")
    dialog.show_kind(DATES)
    assert dialog.preview.texts() == []
    editor = dialog.editors[DATES]
    editor.text.setPlainText("発売日：２０２６年１２月１２日（土）\n1/5")  # type: ignore[attr-defined]
    assert dialog.preview.texts() == ["Sat, Dec 12", "Tue, Jan 5, 2027"]
    days = editor.picker.days  # type: ignore[attr-defined]
    for day in (date(2026, 12, 25), date(2026, 12, 12)):  # the second one takes it away
        QTest.mouseClick(days.viewport(), LEFT, pos=days.cell(day).center().toPoint())
    editor.text.appendPlainText("soon")  # type: ignore[attr-defined]
    assert "soon" in editor.problem.text()  # type: ignore[attr-defined]
    dialog.save.click()
    assert kept(context, "magazine").rule == SingleDates((date(2026, 12, 25), date(2027, 1, 5)))


def test_problems_are_shown_beside_their_fields(dialog: MagazineDialog, context: Context) -> None:
    dialog.page.setText("example.org")
    dialog.show_kind(DATES)
    dialog.save.click()
    assert dialog.isVisible()
    for problem in (dialog.title_problem, dialog.page_problem, dialog.rule_problem):
        assert problem.isVisible() and problem.text().endswith(".")
    dialog.title.setText("Now it has one")
    dialog.page.setText("https://example.org")
    dialog.show_kind(FEED)
    assert not dialog.title_problem.isVisible() and not dialog.page_problem.isVisible()
    dialog.feed.url.setText("ftp://example.org")
    dialog.save.click()
    assert "http://" in dialog.rule_problem.text() and dialog.isVisible()
    dialog.cancel.click()
    assert len(Catalogue(context.data_folder).magazines) == 4


def test_corrections_are_listed_added_and_removed(panel: ReleasesPanel, context: Context) -> None:
    dialog = edit(panel, "kirara")
    corrections = dialog.corrections
    assert corrections.month.currentData() == "2026-12"
    corrections.another_day.click()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.picker.picked.emit(date(2026, 12, 8))  # type: ignore[attr-defined]
    assert dialog.preview.texts()[0] == "Tue, Dec 8  corrected"
    assert corrections.month.currentData() == "2027-01"
    corrections.skip.click()
    assert dialog.preview.texts()[1] == "Tue, Feb 9, 2027"
    corrections.rows["2026-12"].click()
    assert dialog.preview.texts()[0] == "Wed, Dec 9"
    dialog.save.click()
    assert kept(context, "kirara").corrections == {"2027-01": None}
    panel.undo_stack.undo()
    assert kept(context, "kirara").corrections == {}


def test_an_edited_magazine_keeps_its_id_and_its_marks(
    panel: ReleasesPanel, context: Context
) -> None:
    panel.press_primary()
    dialog = edit(panel, "kirara")
    dialog.title.setText("きらら")
    dialog.notify.setChecked(False)
    dialog.save.click()
    magazine = kept(context, "kirara")
    assert magazine.title == "きらら" and not magazine.notify
    assert panel.details.title.text() == "きらら" and panel.details.bought.isChecked()


def test_a_magazine_gets_a_reminder_time_of_its_own(panel: ReleasesPanel, context: Context) -> None:
    dialog = edit(panel, "kirara")
    assert dialog.remind.isVisible() and not dialog.remind.clock.isVisible()
    dialog.remind.day.setCurrentText("The day before")
    dialog.remind.clock.setTime(QTime(21, 15))
    dialog.save.click()
    assert kept(context, "kirara").remind == ReminderTime(1, 21 * 60 + 15)
    assert panel.session.next is not None
    due = datetime.fromtimestamp(panel.session.remind_at(panel.session.next))
    assert due == datetime(2026, 12, 8, 21, 15)
    dialog = edit(panel, "kirara")
    assert dialog.remind.clock.time() == QTime(21, 15)
    dialog.notify.setChecked(False)
    assert not dialog.remind.isVisible()
    dialog.remind.day.setCurrentText("As in the settings")
    dialog.save.click()
    assert kept(context, "kirara").remind is None
    panel.undo_stack.undo()
    panel.undo_stack.undo()
    assert kept(context, "kirara").remind is None and kept(context, "kirara").notify


def test_the_alarm_of_a_feed_is_offered(
    dialog: MagazineDialog, panel: ReleasesPanel, context: Context, server: FeedServer
) -> None:
    alarm = b"BEGIN:VALARM\nTRIGGER:-P5DT4H\nEND:VALARM\n"
    event = b"BEGIN:VEVENT\nDTSTART:20261209\nSUMMARY:A\n" + alarm + b"END:VEVENT\n"
    dialog.show_kind(FEED)
    dialog.feed.url.setText(server.at("/a.ics", b"BEGIN:VCALENDAR\n" + event + b"END:VCALENDAR\n"))
    dialog.feed.fetch.click()
    wait_for(lambda: dialog.remind.time is not None)
    assert dialog.remind.day.currentText() == "6 days before"
    dialog.title.setText("Feed")
    dialog.save.click()
    wait_for(lambda: not panel.busy)
    assert kept(context, "feed").remind == ReminderTime(6, 20 * 60)


def test_a_feed_is_previewed_kept_and_fetched(
    dialog: MagazineDialog, panel: ReleasesPanel, context: Context, server: FeedServer
) -> None:
    url = server.at("/coming.json", lambda handler: handler.answer(200, COMING))
    dialog.show_kind(FEED)
    dialog.feed.url.setText(url)
    assert dialog.preview.texts() == []
    dialog.feed.fetch.click()
    wait_for(lambda: len(dialog.preview.texts()) == 2)
    assert "2 dates: Kirara" in dialog.feed.result.text()
    dialog.title.setText("Feed")
    dialog.save.click()
    assert panel.busy  # it is fetched at once, and the primary button stops it
    wait_for(lambda: not panel.busy)
    assert kept(context, "feed").rule == Feed(url)
    wait_for(lambda: len(panel.workspace.grid.on(date(2026, 12, 9))) == 2)
    assert panel.magazines.fetch.isVisible()


def test_a_feed_that_fails_says_so_in_the_dialog_and_beside_the_magazine(
    dialog: MagazineDialog, panel: ReleasesPanel, context: Context, server: FeedServer
) -> None:
    url = server.at("/gone", lambda handler: handler.answer(404))
    dialog.title.setText("Feed")
    dialog.show_kind(FEED)
    dialog.feed.url.setText(url)
    QTest.keyClick(dialog.feed.url, Qt.Key.Key_Return)
    wait_for(dialog.feed.problem.isVisible)
    assert dialog.isVisible() and dialog.feed.fetch.isEnabled()
    dialog.save.click()
    wait_for(lambda: not panel.busy)
    row = panel.magazines.rows["feed"]
    assert row.problem.isVisible() and "127.0.0.1" in row.problem.text()
    assert any("could not be fetched" in message for message in context.messages)
    assert context.errors == []


def test_fetching_is_stopped_by_the_primary_button(
    context: Context, open_panel: OpenPanel, server: FeedServer
) -> None:
    url = server.at("/slow", lambda handler: server.ending.wait(20) and None)
    Catalogue(context.data_folder).put(Magazine("slow", "Slow", Feed(url)))
    panel = open_panel()
    panel.magazines.fetch.click()
    wait_for(lambda: bool(server.requests))
    panel.press_primary()
    wait_for(lambda: not panel.busy)
    assert context.errors == []


def test_a_dialog_that_is_closed_meanwhile_hears_nothing(
    dialog: MagazineDialog, context: Context, server: FeedServer
) -> None:
    url = server.at("/coming.json", lambda handler: handler.answer(200, COMING))
    dialog.show_kind(FEED)
    dialog.feed.url.setText(url)
    dialog.feed.fetch.click()
    dialog.cancel.click()
    QTest.qWait(300)
    assert context.errors == []


def test_an_address_with_a_key_is_hidden_until_the_eye_is_pressed(
    panel: ReleasesPanel, context: Context
) -> None:
    url = "https://example.org/private-0123456789abcdef/basic.ics"
    Catalogue(context.data_folder).put(Magazine("club", "Club", Feed(url)))
    Catalogue(context.data_folder).put(Magazine("open", "Open", Feed("https://example.org/a.ics")))
    panel.session.reload()
    field = edit(panel, "club").editors[FEED].url  # type: ignore[attr-defined]
    assert field.text() == url and field.echoMode() == QLineEdit.EchoMode.Password
    assert panel.dialog is not None
    panel.dialog.editors[FEED].eye.click()  # type: ignore[attr-defined]
    assert field.echoMode() == QLineEdit.EchoMode.Normal
    panel.dialog.close()
    field = edit(panel, "open").editors[FEED].url  # type: ignore[attr-defined]
    assert field.echoMode() == QLineEdit.EchoMode.Normal
