"""The session of the Releases panel, without a window."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QUndoStack

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.calendar.rules import MonthDay, SingleDates
from kirara_releases.session import Session
from kirara_releases.storage.catalogue import Catalogue, replaced
from tests.plugins.panel_studio import wait_for

from .panel_studio import Clock, Context, stored


@pytest.fixture
def undo() -> QUndoStack:
    return QUndoStack()


@pytest.fixture
def session(context: Context, undo: QUndoStack, clock: Clock) -> Session:
    return Session(context, undo, clock=clock)  # type: ignore[arg-type]


def test_it_begins_with_the_next_release(session: Session) -> None:
    assert session.release is not None and session.release == session.next
    assert session.day == date(2026, 12, 9) and session.today == date(2026, 12, 7)
    assert session.remind_at(session.release) == datetime(2026, 12, 9, 9).timestamp()


def test_a_day_selects_its_first_release_and_an_empty_day_none(session: Session) -> None:
    session.select_day(date(2026, 12, 19))
    assert session.release is not None and session.release.magazine.id == "max"
    session.select_day(date(2026, 12, 20))
    assert session.release is None and session.target == session.next


def test_a_mark_is_a_step(session: Session, undo: QUndoStack, context: Context) -> None:
    release = session.next
    assert release is not None
    session.toggle_bought(release)
    assert stored(context)["kirara", "2026-12-09"].bought > 0
    assert session.next is not None and session.next.magazine.id == "max"
    undo.undo()
    assert stored(context) == {} and session.next == release


def test_the_selection_follows_an_issue_to_another_day(session: Session, undo: QUndoStack) -> None:
    release = session.next
    assert release is not None
    session.move(release, date(2026, 12, 11))
    assert session.day == date(2026, 12, 11)
    assert session.release is not None and session.release.corrected
    session.skip(session.release)
    assert session.release is None and session.day == date(2026, 12, 11)
    undo.undo()
    assert session.release is not None


def test_a_step_that_cannot_be_written_is_no_step(
    session: Session, undo: QUndoStack, context: Context
) -> None:
    release = session.next
    assert release is not None
    session.move(release, date(2026, 12, 11))
    path = context.data_folder / "magazines.toml"
    path.write_text("[[magazine", encoding="utf-8")
    session.move(release, date(2026, 12, 12))
    assert undo.count() == 1 and len(context.errors) == 1


def test_an_import_asks_only_if_there_is_a_choice(
    session: Session, context: Context, tmp_path: Path
) -> None:
    offers: list[list[object]] = []
    imported: list[int] = []
    session.choice_needed.connect(offers.append)
    session.imported.connect(imported.append)
    path = tmp_path / "two.toml"
    entry = '[[magazine]]\nid = "{0}"\ntitle = "{0}"\nrule = {{ day = 3 }}\n'
    path.write_text(entry.format("a"), encoding="utf-8")
    session.take([path])
    assert session.busy
    wait_for(lambda: imported == [1])
    assert not session.busy and offers == []
    path.write_text(entry.format("a") + entry.format("b") + entry.format("c"), encoding="utf-8")
    session.take([path])
    wait_for(lambda: bool(offers))
    session.accept(offers[0][:2])  # type: ignore[arg-type]
    assert imported == [1, 1] and [m.id for m in session.model.magazines][-2:] == ["a", "b"]


def test_an_export_is_saved_with_the_suffix(session: Session, tmp_path: Path) -> None:
    saved: list[Path] = []
    session.saved.connect(saved.append)
    session.export(tmp_path / "out")
    wait_for(lambda: saved == [tmp_path / "out.ics"])
    assert saved[0].read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_it_reads_the_records_every_minute_while_it_is_watched(
    session: Session, context: Context, clock: Clock
) -> None:
    session.watch()
    assert session.minute.isActive()
    Catalogue(context.data_folder).put(Magazine("new", "New", MonthDay(8)))
    clock.now = datetime(2026, 12, 8)
    session.minute.timeout.emit()
    assert session.today == date(2026, 12, 8)
    assert session.next is not None and session.next.magazine.id == "new"
    session.rest()
    assert not session.minute.isActive()


def test_magazines_are_replaced_in_their_place() -> None:
    a, b, c = (Magazine(name, name, SingleDates(())) for name in "abc")
    other = Magazine("a", "A", MonthDay(1))
    assert replaced([a, b], [other, c]) == [other, b, c]
