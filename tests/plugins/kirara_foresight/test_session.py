"""What the panel works on, with the studio's real queue and engine and without a window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kirara_foresight.samples import samples
from kirara_foresight.session import Session
from kirara_foresight.setting import Setting
from kirara_studio.api.media.saving import recall, save_film
from tests.plugins.panel_studio import wait_for

from .panel_studio import Context
from .test_clips import numbered


@pytest.fixture
def session(context: Context) -> Iterator[Session]:
    """A session with a clip of 24 frames, with forecasts from its middle on."""
    before = set(QApplication.allWidgets())
    session = Session(context)  # type: ignore[arg-type]
    save_film(context.data_folder / "clip.gif", numbered(24), 10, {}, loop=True)
    session.refresh_models()
    session.open(context.data_folder / "clip.gif")
    assert session.opening and session.busy
    wait_for(lambda: is_done(session))
    yield session
    session.stop()
    assert not set(QApplication.allWidgets()) - before, "a session makes no widgets"


def is_done(session: Session) -> bool:
    result = session.result
    return not session.busy and result is not None and result.request.start == session.setting.start


def test_a_clip_is_opened_and_forecast(session: Session, context: Context) -> None:
    assert session.clip.count == 24 and session.setting.start == 12
    assert [one.name for one in session.result.forecasts] == ["nothing moves", "optical flow"]
    assert not session.document.undo_stack.canUndo(), "the first clip is no step"
    assert context.state["setting"] == session.setting.to_dict() and context.errors == []


def test_only_what_settles_is_computed(session: Session) -> None:
    session.preview(start=5)
    session.preview(start=6)
    assert session.setting.start == 6 and not session.busy
    session.move_to(7)
    assert session.busy
    wait_for(lambda: is_done(session))
    session.document.undo_stack.undo()
    assert session.setting.start == 12 and session.busy
    wait_for(lambda: is_done(session))
    session.move_to(1000)
    assert session.setting.start == 24, "the last moment there is"


def test_the_same_question_is_asked_once(session: Session) -> None:
    session.forecast()
    assert not session.busy
    session.forecast(again=True)
    assert session.busy
    session.stop()
    assert not session.busy
    session.forecast()
    assert session.busy, "what was stopped is asked again"
    wait_for(lambda: is_done(session))


def test_undo_opens_the_clip_before(session: Session, context: Context) -> None:
    save_film(context.data_folder / "other.gif", numbered(15), 10, {}, loop=True)
    session.take(context.data_folder / "other.gif")
    wait_for(lambda: session.clip.count == 15 and is_done(session))
    stack = session.document.undo_stack
    assert stack.undoText() == "Open other.gif"
    stack.undo()
    assert session.clip.count == 24, "at once"
    wait_for(lambda: is_done(session))


def test_a_clip_that_fails_leaves_the_one_that_is_shown(session: Session, context: Context) -> None:
    (context.data_folder / "letter.txt").write_text("Dear reader")
    setting = session.setting
    session.take(context.data_folder / "letter.txt")
    wait_for(lambda: context.errors)
    assert session.setting == setting and session.clip.count == 24 and not session.busy


@pytest.mark.parametrize("how", ["it fails", "it is stopped"])
def test_a_setting_whose_clip_does_not_open_is_taken_back(
    session: Session, context: Context, how: str
) -> None:
    clip = str(session.clip.path)
    session.document.edit(Setting(str(context.data_folder / "gone.gif"), 99), "Open gone.gif")
    assert session.opening
    if how == "it fails":
        wait_for(lambda: context.errors)
    else:
        session.stop()
        assert context.errors == []
    assert session.setting.clip == clip and session.setting.start == 24


def test_a_film_brings_its_setting_back(session: Session, context: Context) -> None:
    saved: list[Path] = []
    session.saved.connect(saved.append)
    session.edit("", seen=4, frames=3)
    wait_for(lambda: is_done(session))
    film = context.results_folder / "forecast.gif"
    session.save_film(film, 10)
    wait_for(lambda: saved)
    assert saved == [film] and recall(film)["setting"] == session.setting.to_dict()
    before = session.setting
    session.move_to(3)
    session.take(film)
    wait_for(lambda: session.setting == before and is_done(session))
    assert context.errors == []


def test_it_continues_where_an_earlier_one_ended(session: Session, context: Context) -> None:
    session.move_to(9)
    again = Session(context)  # type: ignore[arg-type]
    again.restore(context.state["setting"])
    wait_for(lambda: is_done(again))
    assert again.setting == session.setting and again.setting.start == 9


def test_without_anything_remembered_it_shows_the_first_sample(context: Context) -> None:
    session = Session(context)  # type: ignore[arg-type]
    session.restore(None)
    wait_for(lambda: is_done(session))
    assert session.clip.path == samples()[0].path
    session = Session(context)  # type: ignore[arg-type]
    session.restore({"clip": "/nowhere/gone.gif", "seen": "many"})
    assert session.clip is None and session.setting == Setting() and not session.busy
