"""The Releases panel, used by mouse and keyboard."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.calendar.release import Release
from kirara_releases.calendar.rules import MonthDay, SingleDates
from kirara_releases.panel import ReleasesPanel
from kirara_releases.storage.catalogue import Catalogue
from kirara_releases.storage.store import Mark, ReleaseStore
from kirara_releases.view.release_list import tick_box
from kirara_releases.view.workspace import COMING, HISTORY, MONTH
from kirara_studio.api.errors import UserError
from kirara_studio.api.widgets import Button
from tests.plugins.panel_studio import LEFT, press, wait_for

from .panel_studio import NOON, Clock, Context, OpenPanel, stored

CTRL = Qt.KeyboardModifier.ControlModifier
KIRARA_NEXT = ("kirara", "2026-12-09")


def cover(panel: ReleasesPanel, day: date, number: int = 0) -> QPoint:
    return panel.workspace.grid.covers(day)[number].box.center().toPoint()


def cell(panel: ReleasesPanel, day: date) -> QPoint:
    return panel.workspace.grid.cell(day).center().toPoint()


def drag(panel: ReleasesPanel, start: date, end: date) -> None:
    grid = panel.workspace.grid
    first, last = cover(panel, start), cell(panel, end)
    QTest.mousePress(grid.viewport(), LEFT, pos=first)
    QTest.mouseMove(grid.viewport(), first + QPoint(QApplication.startDragDistance() + 5, 5))
    QTest.mouseMove(grid.viewport(), last)
    assert not picture(panel).isNull()  # with the cover under way
    QTest.mouseRelease(grid.viewport(), LEFT, pos=last)


def picture(panel: ReleasesPanel) -> QImage:
    return panel.grab().toImage()


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()


def put(context: Context, *magazines: Magazine) -> None:
    catalogue = Catalogue(context.data_folder)
    for magazine in magazines:
        catalogue.put(magazine)


# Opening


def test_the_panel_opens_without_torch_or_cv2(repository: Path) -> None:
    code = (
        "import sys, kirara_releases.panel\n"
        "assert not {'torch', 'cv2', 'apprise', 'requests'} & set(sys.modules)"
    )
    path = os.pathsep.join([str(repository), str(repository / "plugins")])
    environment = {**os.environ, "PYTHONPATH": path}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=repository, env=environment)


def test_the_first_opening_shows_the_month_and_what_comes_next(
    panel: ReleasesPanel, context: Context
) -> None:
    assert panel.workspace.grid.month == date(2026, 12, 1)
    december = panel.session.model.releases(date(2026, 12, 1), date(2026, 12, 31))
    assert [release.date.day for release in december] == [9, 19, 24, 28]
    card = panel.workspace.card
    assert card.release is not None and card.release.magazine.id == "kirara"
    assert card.countdown.text() == "in 2 days" and card.day.text() == "Wed, Dec 9"
    assert card.reminder.text() == "Reminder: Wed, Dec 9, 09:00"
    assert panel.details.title.text() == "まんがタイムきらら"
    assert "4" in context.status
    assert context.errors == [] and not panel.undo_stack.canUndo()


def test_another_opening_continues_where_the_last_one_ended(
    panel: ReleasesPanel, context: Context, open_panel: OpenPanel
) -> None:
    panel.workspace.pages.setCurrentIndex(COMING)
    panel.set_inspector_visible(False)
    context.state.update(panel.save_state())
    again = open_panel()
    assert again.workspace.page == COMING and again.workspace.coming.isVisible()
    assert again.inspector.isHidden()


@pytest.mark.parametrize("state", [{"page": 7}, {"page": "x"}, {"page": None, "inspector": 3}])
def test_a_state_that_makes_no_sense_is_left_aside(
    context: Context, open_panel: OpenPanel, state: dict[str, object]
) -> None:
    context.state.update(state)
    assert open_panel().workspace.page == MONTH


# Bought


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_B])
def test_a_key_marks_the_chosen_release_and_undo_takes_it_back(
    panel: ReleasesPanel, context: Context, key: Qt.Key
) -> None:
    press(panel.workspace.grid, key)
    assert stored(context)[KIRARA_NEXT].bought > 0
    press(panel, Qt.Key.Key_Z, CTRL)
    assert KIRARA_NEXT not in stored(context)
    panel.undo_stack.redo()
    assert stored(context)[KIRARA_NEXT].bought > 0
    press(panel.workspace.grid, key)
    assert KIRARA_NEXT not in stored(context)


def test_what_is_bought_vanishes_from_the_desktop(panel: ReleasesPanel, context: Context) -> None:
    query = (
        "INSERT INTO telling (magazine, issue, date, kind, destination, due, batch, state)"
        " VALUES (?, ?, ?, ?, ?, 0, ?, ?)"
    )
    own = ("kirara", "2026-12-09", "2026-12-09")
    with ReleaseStore(context.data_folder).transaction() as connection:
        for row in (
            (*own, "eve", "desktop", "releases:its own", "told"),
            (*own, "day", "desktop", "releases:not yet", "pending"),
            (*own, "day", "Slack", "releases:elsewhere", "told"),
            (*own, "again-1", "desktop", "releases:digest", "told"),
            ("max", "2026-12-19", "2026-12-19", "day", "desktop", "releases:digest", "told"),
        ):
            connection.execute(query, row)
    QTest.keyClick(panel.workspace.grid, Qt.Key.Key_B)
    assert context.withdrawn == ["releases:its own"]
    QTest.keyClick(panel.workspace.grid, Qt.Key.Key_B)  # not bought after all
    assert context.withdrawn == ["releases:its own"]


def test_the_card_marks_the_next_one_and_goes_on(panel: ReleasesPanel, context: Context) -> None:
    panel.workspace.card.button.click()
    assert list(stored(context)) == [KIRARA_NEXT]
    assert panel.workspace.card.release is not None
    assert panel.workspace.card.release.magazine.id == "max"
    assert any("まんがタイムきらら" in message for message in context.messages)


def test_the_primary_button_is_about_the_chosen_release(
    panel: ReleasesPanel, context: Context
) -> None:
    panel.workspace.grid.day_chosen.emit(date(2026, 12, 24))
    press(panel, Qt.Key.Key_Return, CTRL)
    assert list(stored(context)) == [("forward", "2026-12-24")]
    assert panel.primary.text() == "Not bought"
    panel.workspace.grid.day_chosen.emit(
        date(2026, 12, 25)
    )  # nothing comes out: the next one counts
    assert panel.primary.text() == "Bought"
    panel.press_primary()
    assert KIRARA_NEXT in stored(context)


def test_a_double_click_and_the_strip_mark_too(panel: ReleasesPanel, context: Context) -> None:
    QTest.mouseDClick(panel.workspace.grid.viewport(), LEFT, pos=cover(panel, date(2026, 12, 19)))
    assert list(stored(context)) == [("max", "2026-12-19")]
    assert panel.details.bought.isChecked() is False  # the grid chose nothing by that alone
    panel.session.select(next(r for r in panel.workspace.grid.on(date(2026, 12, 19))))
    assert panel.details.bought.isChecked()
    panel.details.bought.click()
    assert stored(context) == {} and not panel.details.bought.isChecked()


def test_a_note_is_kept_and_undone(panel: ReleasesPanel, context: Context) -> None:
    press(panel.workspace.grid, Qt.Key.Key_Return)
    assert panel.details.note.hasFocus()
    QTest.keyClicks(panel.details.note, "reserved, B and T are letters here")
    QTest.keyClick(panel.details.note, Qt.Key.Key_Return)
    assert stored(context)[KIRARA_NEXT] == Mark(0.0, "reserved, B and T are letters here")
    panel.undo_stack.undo()
    assert stored(context) == {} and panel.details.note.text() == ""


def test_a_note_is_not_lost_when_another_release_is_chosen(
    panel: ReleasesPanel, context: Context
) -> None:
    panel.details.note.setText("half a note")
    panel.workspace.grid.day_chosen.emit(date(2026, 12, 24))
    assert stored(context)[KIRARA_NEXT].note == "half a note"
    assert panel.details.note.text() == ""


# Walking


def test_arrows_walk_days_and_pages_turn_months(panel: ReleasesPanel) -> None:
    grid = panel.workspace.grid
    press(grid, Qt.Key.Key_Down)
    press(grid, Qt.Key.Key_Right)
    assert grid.current == date(2026, 12, 17) and panel.session.release is None
    assert "Nothing comes out" in panel.details.facts.text()
    press(grid, Qt.Key.Key_Right)
    press(grid, Qt.Key.Key_Right)
    assert panel.session.release is not None and panel.session.release.magazine.id == "max"
    press(grid, Qt.Key.Key_PageDown)
    assert grid.month == date(2027, 1, 1) and grid.current == date(2027, 1, 19)
    press(grid, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ShiftModifier)
    assert grid.month == date(2026, 1, 1)
    press(grid, Qt.Key.Key_T)
    assert grid.current == NOON.date() and grid.month == date(2026, 12, 1)
    press(grid, Qt.Key.Key_Left)
    press(grid, Qt.Key.Key_Home)
    assert grid.current == NOON.date()


def test_the_wheel_and_the_buttons_turn_months(panel: ReleasesPanel) -> None:
    grid = panel.workspace.grid
    place = QPointF(cell(panel, date(2026, 12, 10)))
    for notch, month in ((-120, date(2027, 1, 1)), (120, date(2026, 12, 1))):
        event = QWheelEvent(
            place, place, QPoint(), QPoint(0, notch), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(grid.viewport(), event)
        assert grid.month == month
    panel.workspace.forward.click()
    assert panel.workspace.month_name.text() == "January 2027"
    panel.workspace.back.click()
    panel.workspace.back.click()
    assert panel.workspace.month_name.text() == "November 2026"
    panel.workspace.today_button.click()
    assert grid.current == NOON.date()


def test_a_month_of_another_year_is_chosen(panel: ReleasesPanel) -> None:
    panel.workspace.month_button.click()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.year.setValue(2028)  # type: ignore[attr-defined]
    buttons = popup.findChildren(Button)
    assert [button.isChecked() for button in buttons] == [False] * 11 + [True]
    buttons[1].click()
    assert panel.workspace.grid.month == date(2028, 2, 1)
    assert panel.workspace.month_name.text() == "February 2028"


def test_a_change_leaves_the_month_that_is_read(panel: ReleasesPanel) -> None:
    panel.workspace.forward.click()
    panel.workspace.card.button.click()
    assert panel.workspace.grid.month == date(2027, 1, 1)
    panel.retranslate()
    assert panel.workspace.grid.month == date(2027, 1, 1)
    panel.workspace.today_button.click()
    panel.workspace.forward.click()
    panel.workspace.today_button.click()
    assert panel.workspace.grid.month == date(2026, 12, 1)


@pytest.mark.parametrize(
    "month", [date(1, 1, 1), date(1900, 2, 1), date(2099, 12, 1), date(9999, 12, 1)]
)
def test_the_ends_of_the_calendar_can_be_seen(panel: ReleasesPanel, month: date) -> None:
    grid = panel.workspace.grid
    grid.go_to(month)
    assert grid.month == month and grid.days.days
    for key in (Qt.Key.Key_PageUp, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_Down):
        press(grid, key)
        assert not picture(panel).isNull()
    grid.day_chosen.emit(date.max)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown):
        press(grid, key)
    assert grid.current == date.max
    grid.day_chosen.emit(date.min)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp):
        press(grid, key)
    assert grid.current == date.min


# For screen readers


def spoken(index: QModelIndex) -> str:
    return index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_every_day_and_every_row_has_a_name(panel: ReleasesPanel) -> None:
    grid, release = panel.workspace.grid, panel.session.next
    assert release is not None
    model = grid.model()
    cells = [model.index(row, column) for row in range(model.rowCount()) for column in range(7)]
    assert len(cells) == 35 and all(spoken(cell) for cell in cells)
    assert spoken(grid.currentIndex()) == "Wednesday, December 9, 2026: まんがタイムきらら"
    panel.session.toggle_bought(release)
    panel.session.set_note(release, "with a poster")
    panel.session.move(release, NOON.date())
    assert spoken(grid.currentIndex()) == (
        "Monday, December 7, 2026, Today: まんがタイムきらら, "
        "Corrected; by the rule it would be Wed, Dec 9, Bought, with a poster"
    )
    header = Qt.Orientation.Horizontal
    assert model.headerData(0, header, Qt.ItemDataRole.AccessibleTextRole) == "Sunday"
    panel.workspace.show_page(COMING)
    rows = panel.workspace.coming.rows
    assert "まんがタイムきらら, Mon, Dec 7 · Today" in spoken(rows.index(1, 0))
    upcoming = panel.workspace.card.upcoming.rows
    assert spoken(upcoming.index(0, 0)) == "まんがタイムきららフォワード, Thu, Dec 24 · in 17 days"


def test_a_screen_reader_may_move_to_a_day(panel: ReleasesPanel) -> None:
    grid = panel.workspace.grid
    grid.setCurrentIndex(grid.days.index_of(date(2026, 12, 19)))
    assert panel.details.title.text() == "まんがタイムきららMAX"


def test_what_follows_is_walked_by_keyboard(panel: ReleasesPanel) -> None:
    upcoming = panel.workspace.card.upcoming
    press(upcoming, Qt.Key.Key_Down)
    press(upcoming, Qt.Key.Key_Down)
    press(upcoming, Qt.Key.Key_Return)
    assert panel.details.title.text() == "まんがタイムきららフォワード"
    assert panel.workspace.grid.hasFocus()
    panel.workspace.card.cover.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(panel.workspace.card.cover, Qt.Key.Key_Space)
    assert panel.details.title.text() == "まんがタイムきらら"


# The mouse


def test_a_click_chooses(panel: ReleasesPanel) -> None:
    QTest.mouseClick(panel.workspace.grid.viewport(), LEFT, pos=cover(panel, date(2026, 12, 28)))
    assert panel.details.title.text() == "まんがタイムきららキャラット"
    QTest.mouseClick(panel.workspace.grid.viewport(), LEFT, pos=cell(panel, date(2026, 12, 30)))
    assert panel.session.release is None
    assert panel.details.title.text() == "Wed, Dec 30"


def test_a_tool_tip_has_it_all(panel: ReleasesPanel) -> None:
    release = panel.workspace.card.release
    assert release is not None
    panel.session.set_note(release, "with a poster")
    grid, place = panel.workspace.grid, cover(panel, date(2026, 12, 9))
    event = QHelpEvent(QEvent.Type.ToolTip, place, grid.viewport().mapToGlobal(place))
    QApplication.sendEvent(grid.viewport(), event)
    for part in ("まんがタイムきらら", "Wed, Dec 9 · in 2 days", "with a poster"):
        assert part in QToolTip.text()


def test_dragging_a_cover_corrects_its_day_and_dragging_it_back_lets_the_rule_hold(
    panel: ReleasesPanel, context: Context
) -> None:
    drag(panel, date(2026, 12, 9), date(2026, 12, 11))
    catalogue = Catalogue(context.data_folder)
    assert catalogue.get("kirara").corrections == {"2026-12": date(2026, 12, 11)}
    assert panel.workspace.card.countdown.text() == "in 4 days"
    assert panel.workspace.grid.current == date(2026, 12, 11)
    assert "by the rule it would be Wed, Dec 9" in panel.details.facts.toolTip()
    drag(panel, date(2026, 12, 11), date(2026, 12, 9))
    assert catalogue.get("kirara").corrections == {}
    panel.undo_stack.undo()
    assert catalogue.get("kirara").corrections == {"2026-12": date(2026, 12, 11)}
    panel.undo_stack.undo()
    assert catalogue.get("kirara").corrections == {}


def test_a_mark_follows_its_issue_to_another_day(panel: ReleasesPanel) -> None:
    press(panel.workspace.grid, Qt.Key.Key_Space)
    drag(panel, date(2026, 12, 9), date(2026, 12, 2))
    (release,) = panel.workspace.grid.on(date(2026, 12, 2))
    assert panel.session.model.mark(release).bought and panel.session.release == release


def test_escape_drops_what_is_being_dragged(panel: ReleasesPanel, context: Context) -> None:
    grid = panel.workspace.grid
    start = cover(panel, date(2026, 12, 9))
    QTest.mousePress(grid.viewport(), LEFT, pos=start)
    QTest.mouseMove(grid.viewport(), start + QPoint(80, 5))
    QTest.keyClick(grid, Qt.Key.Key_Escape)
    QTest.mouseRelease(grid.viewport(), LEFT, pos=cell(panel, date(2026, 12, 11)))
    assert Catalogue(context.data_folder).get("kirara").corrections == {}


def test_the_menu_of_a_release(
    panel: ReleasesPanel, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = panel.workspace.card.release
    assert release is not None
    choose(panel.menus.of_release(release), "Bought")
    assert KIRARA_NEXT in stored(context)
    choose(panel.menus.of_release(release), "Note…")
    assert panel.details.note.hasFocus()
    choose(panel.menus.of_release(release), "Skip this issue")
    assert Catalogue(context.data_folder).get("kirara").corrections == {"2026-12": None}
    assert panel.session.release is None
    panel.undo_stack.undo()
    panel.session.move(release, date(2026, 12, 10))
    (corrected,) = panel.workspace.grid.on(date(2026, 12, 10))
    choose(panel.menus.of_release(corrected), "Back to the rule: Wed, Dec 9")
    assert Catalogue(context.data_folder).get("kirara").corrections == {}
    assert "Open its page" not in texts(panel.menus.of_release(release))
    choose(panel.menus.of_release(release), "Edit the magazine…")
    assert panel.dialog is not None and panel.dialog.title.text() == "まんがタイムきらら"
    panel.dialog.reject()


def test_something_is_added_on_a_day(panel: ReleasesPanel, context: Context) -> None:
    choose(panel.menus.of_day(date(2026, 12, 15)), "Something comes out on this day…")
    assert panel.dialog is not None
    panel.dialog.title.setText("特装版")
    panel.dialog.submit()
    (release,) = panel.workspace.grid.on(date(2026, 12, 15))
    assert release.magazine.rule == SingleDates((date(2026, 12, 15),))


def test_another_day_is_picked_in_a_small_calendar(panel: ReleasesPanel, context: Context) -> None:
    panel.details.another_day.click()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    days = popup.picker.days  # type: ignore[attr-defined]
    place = days.cell(date(2026, 12, 8)).center().toPoint()
    QTest.mouseClick(days.viewport(), LEFT, pos=place)
    assert Catalogue(context.data_folder).get("kirara").corrections == {
        "2026-12": date(2026, 12, 8)
    }


def test_a_crowded_day_says_how_many_there_are_and_lists_them(
    context: Context, open_panel: OpenPanel
) -> None:
    put(context, *(Magazine(f"m{n}", f"Magazine {n} & more", MonthDay(9)) for n in range(8)))
    panel = open_panel()
    layout, day = panel.workspace.grid, date(2026, 12, 9)
    shown = len(layout.covers(day))
    hidden, box = layout.more(day)
    assert shown + hidden == 9 and hidden and layout.cell(day).contains(box)
    assert all(layout.cell(day).contains(placed.box) for placed in layout.covers(day))
    assert layout.more_at(box.center()) == day
    menu = panel.menus.of_crowd(day)
    assert len(menu.actions()) == 9
    menu.actions()[8].trigger()
    assert panel.details.title.text() == "Magazine 7 & more"
    assert not picture(panel).isNull()


# What others change


def test_what_another_process_marked_is_seen_when_the_window_comes_to_the_front(
    panel: ReleasesPanel, context: Context
) -> None:
    store = ReleaseStore(context.data_folder)
    store.set_bought(*KIRARA_NEXT, 5.0)
    store.close()
    QApplication.sendEvent(panel, QEvent(QEvent.Type.ActivationChange))
    assert panel.details.bought.isChecked()
    assert panel.workspace.card.release is not None
    assert panel.workspace.card.release.magazine.id == "max"


def test_an_invalid_list_is_shown_and_the_rest_still_works(
    panel: ReleasesPanel, context: Context
) -> None:
    put(context, Magazine("new", "新しい雑誌", MonthDay(3)))
    path = context.data_folder / "magazines.toml"
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace('id = "new"', 'id = "new'), encoding="utf-8")
    panel.session.reload()
    assert (
        panel.workspace.problem.isVisible()
        and "magazines.toml" in panel.workspace.problem.label.text()
    )
    assert panel.workspace.card.release is not None  # what was known before is still there
    panel.press_primary()
    assert KIRARA_NEXT in stored(context)
    release = panel.workspace.card.release
    panel.session.move(release, release.date + timedelta(1))  # cannot be written
    assert len(context.errors) == 1 and isinstance(context.errors[0], UserError)
    assert panel.undo_stack.count() == 1
    path.write_text(good, encoding="utf-8")
    panel.workspace.problem.again.click()
    assert not panel.workspace.problem.isVisible()
    assert panel.session.model.magazine("new") is not None


def test_a_list_that_is_broken_from_the_start(context: Context, open_panel: OpenPanel) -> None:
    context.data_folder.mkdir()
    (context.data_folder / "magazines.toml").write_text("[[magazine", encoding="utf-8")
    panel = open_panel()
    assert panel.workspace.problem.isVisible() and panel.workspace.grid.isVisible()
    assert not panel.primary.isEnabled()


def test_damaged_records_are_set_aside_with_a_message(
    context: Context, open_panel: OpenPanel
) -> None:
    context.data_folder.mkdir()
    (context.data_folder / "releases.sqlite").write_bytes(b"no database at all" * 100)
    panel = open_panel()
    assert len(context.errors) == 1 and "set aside" in str(context.errors[0])
    panel.press_primary()
    assert KIRARA_NEXT in stored(context)


def test_an_empty_list_offers_the_four(context: Context, open_panel: OpenPanel) -> None:
    Catalogue(context.data_folder).change(lambda _: ())
    panel = open_panel()
    assert panel.workspace.empty.isVisible() and not panel.primary.isEnabled()
    panel.workspace.empty.button.click()
    assert panel.workspace.grid.isVisible() and len(panel.session.model.magazines) == 4
    assert panel.details.title.text() == "まんがタイムきらら"
    panel.undo_stack.undo()
    assert panel.workspace.empty.isVisible()


def test_an_undo_leaves_alone_what_others_changed_meanwhile(
    panel: ReleasesPanel, context: Context
) -> None:
    kirara = panel.session.model.magazine("kirara")
    assert kirara is not None
    panel.session.remove(kirara)
    put(context, Magazine("other", "他社の雑誌", MonthDay(5)))
    panel.undo_stack.undo()
    assert [m.id for m in panel.session.model.magazines] == [
        "kirara",
        "max",
        "forward",
        "carat",
        "other",
    ]


# Time


def test_the_countdown_follows_the_clock(panel: ReleasesPanel, clock: Clock) -> None:
    assert panel.session.minute.isActive()
    clock.now = datetime(2026, 12, 8, 0, 0, 5)
    panel.session.minute.timeout.emit()
    assert panel.workspace.card.countdown.text() == "Tomorrow"
    assert panel.workspace.grid.today == date(2026, 12, 8)
    clock.now = datetime(2026, 12, 9, 9, 0, 1)
    panel.session.minute.timeout.emit()
    assert panel.workspace.card.countdown.text() == "Today"
    assert panel.workspace.card.reminder.isHidden()  # it came at nine
    clock.now = datetime(2026, 12, 10, 0, 1)
    panel.session.minute.timeout.emit()
    assert panel.workspace.card.release is not None
    assert panel.workspace.card.release.magazine.id == "max"


def test_the_clock_stops_while_nobody_looks(panel: ReleasesPanel) -> None:
    panel.hide()
    assert not panel.session.minute.isActive()
    panel.show()
    wait_for(panel.session.minute.isActive)
    assert 0 < panel.session.minute.remainingTime() <= 64_000  # such timers are 5 % off


# Lists


def test_what_is_coming_can_be_searched_in_titles_and_notes(
    panel: ReleasesPanel, context: Context
) -> None:
    release = panel.workspace.card.release
    assert release is not None
    panel.session.set_note(release, "ポスター付き")
    press(panel, Qt.Key.Key_F, CTRL)
    assert panel.workspace.page == COMING and panel.workspace.search.hasFocus()
    assert len(panel.workspace.coming.releases) == 48
    panel.workspace.search.setText("ぽすたー")
    assert [r.issue for r in panel.workspace.coming.releases] == ["2026-12-09"]
    panel.workspace.search.setText("キララ ｍａｘ")
    assert {r.magazine.id for r in panel.workspace.coming.releases} == {"max"}
    panel.workspace.search.setText("no such thing")
    assert panel.workspace.coming.releases == [] and "no such thing" in panel.workspace.coming.hint
    assert not picture(panel).isNull()


def test_the_list_is_walked_and_ticked_by_keyboard_and_mouse(
    panel: ReleasesPanel, context: Context
) -> None:
    panel.workspace.pages.setCurrentIndex(COMING)
    shown = panel.workspace.coming
    shown.select(shown.releases[0])
    press(shown, Qt.Key.Key_Down)
    assert panel.details.title.text() == "まんがタイムきららMAX"
    press(shown, Qt.Key.Key_B)
    assert list(stored(context)) == [("max", "2026-12-19")]
    rect = shown.visualRect(shown.currentIndex())
    QTest.mouseClick(shown.viewport(), LEFT, pos=tick_box(rect).center().toPoint())
    assert stored(context) == {}
    press(shown, Qt.Key.Key_Return)
    assert panel.details.note.hasFocus()


def test_history_shows_what_came_out_and_the_reminders(
    panel: ReleasesPanel, context: Context
) -> None:
    with panel.session.repository.store.transaction() as connection:
        connection.executemany(
            "INSERT INTO telling (magazine, issue, date, kind, destination, due, batch, state,"
            " attempts, told_at, route, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                ("kirara", "2026-11-09", "2026-11-09", "day", "desktop", 1e9, "a", "told", 0,
                 NOON.timestamp(), "daemon", ""),
                ("gone", "2026-11-09", "2026-11-09", "eve", "Slack", 1.1e9, "b", "failed", 9,
                 0, "", "“Slack” refused: error 404."),
                ("max", "2026-11-19", "no date", "day", "desktop", 1e9, "c", "told", 0, 1, "", ""),
            ],
        )  # fmt: skip
    panel.workspace.pages.setCurrentIndex(HISTORY)
    came_out = panel.workspace.came_out.releases
    assert came_out[0].date == date(2026, 11, 28) and len(came_out) == 96
    assert panel.workspace.card.isHidden()
    panel.workspace.which.setCurrentIndex(1)
    deliveries = panel.workspace.deliveries
    assert deliveries.count == 2
    assert deliveries.text(0).splitlines() == [
        "まんがタイムきらら",
        "On the day · Mon, Nov 9 · Notification daemon",
        "Delivered",
        "Mon, Dec 7, 12:00",
    ]
    assert (
        "Slack" in deliveries.text(1)
        and "error 404" in deliveries.text(1)
        and "Failed" in deliveries.text(1)
    )
    assert not picture(panel).isNull()
    panel.workspace.search.setText("きらら")
    assert deliveries.count == 1


# Looks


def test_narrow_and_low_windows_keep_the_calendar(panel: ReleasesPanel) -> None:
    panel.resize(1400, 900)
    QTest.qWait(5)
    assert panel.workspace.card.width() < panel.workspace.card.height()  # beside the calendar
    panel.resize(760, 760)
    QTest.qWait(5)
    assert panel.workspace.card.width() > panel.workspace.card.height()  # above it
    panel.resize(760, 480)
    QTest.qWait(5)
    assert panel.workspace.card.isHidden()
    layout = panel.workspace.grid
    for day in layout.days.days:
        for placed in layout.covers(day):
            assert placed.box.height() >= 6
    assert not picture(panel).isNull()


def test_a_long_title_and_odd_colours_are_shown(context: Context, open_panel: OpenPanel) -> None:
    for number, color in enumerate(("#FFFFFF", "#000000", "#FFFF00", "#808080")):
        put(context, Magazine(f"long{number}", "長い題名" * 40, MonthDay(8), color))
    panel = open_panel()
    assert panel.workspace.card.release is not None
    assert panel.workspace.card.release.magazine.title == "長い題名" * 40
    for size in ((1600, 1000), (900, 640)):
        panel.resize(*size)
        assert not picture(panel).isNull()
    assert panel.details.title.width() < panel.details.width() * 0.6


def test_a_week_begins_as_the_locale_says(
    panel: ReleasesPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtCore import QLocale

    assert panel.workspace.grid.days.first_weekday == 6  # Sunday
    QLocale.setDefault(QLocale("de_DE"))
    panel.retranslate()
    assert panel.workspace.grid.days.first_weekday == 0
    QLocale.setDefault(QLocale("ja_JP"))
    panel.retranslate()
    assert panel.workspace.grid.days.first_weekday == 6


def test_a_release_knows_where_it_came_from(panel: ReleasesPanel) -> None:
    release = panel.workspace.card.release
    assert isinstance(release, Release) and panel.session.model.siblings(release) == 1
